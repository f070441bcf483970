"""The in-depth report on one country: its law, who can be compelled to hand over data, what protects against it."""

from __future__ import annotations

from pydantic import ConfigDict

from country_reports.access import AccessReport
from country_reports.records import Record
from country_reports.sourced import Sourced


class Statute(Sourced):
    id: str
    title: str
    citation: str | None = None
    adopted: str | None = None
    in_force: str | None = None
    amended: tuple[str, ...] = ()
    scope: str | None = None
    status: str
    note: str | None = None


class Regulator(Sourced):
    name: str
    abbr: str | None = None
    url: str | None = None
    independent: str
    why: str | None = None
    powers: str | None = None
    gpa_member: str = "unknown"


class Right(Sourced):
    right: str
    provision: str | None = None
    available_to_foreigners: str = "unknown"
    limits: str | None = None


class TransferRules(Sourced):
    summary: str
    provision: str | None = None
    mechanisms: tuple[str, ...] = ()


class SectorGap(Sourced):
    gap: str


class FilingDuty(Sourced):
    """What an exporter must tell or ask an authority about a transfer, beyond the regime's own gateways."""

    what: str
    to: str
    when: str | None = None
    provision: str | None = None


class DataProtection(Record):
    laws: tuple[Statute, ...] = ()
    regulators: tuple[Regulator, ...] = ()
    rights: tuple[Right, ...] = ()
    transfer_rules: TransferRules | None = None
    filings: tuple[FilingDuty, ...] = ()
    sector_gaps: tuple[SectorGap, ...] = ()


class Framework(Sourced):
    id: str
    status: str
    since: str | None = None
    until: str | None = None
    citation: str | None = None
    note: str | None = None


class Agreement(Sourced):
    name: str
    kind: str
    status: str
    signed: str | None = None
    in_force: str | None = None
    note: str | None = None


class Observation(Sourced):
    """A figure or a case from practice."""

    what: str
    figure: str | None = None
    when: str | None = None
    body: str | None = None
    outcome: str | None = None


class RedressStep(Sourced):
    step: int
    route: str
    body: str | None = None
    who: str | None = None
    how: str | None = None
    limits: str | None = None
    provision: str | None = None


class ReportingBody(Sourced):
    name: str
    kind: str
    inhope: str = "unknown"
    url: str | None = None
    note: str | None = None


class ReportingDuty(Sourced):
    who: str
    duty: str
    to: str | None = None
    provision: str | None = None
    in_force: str | None = None
    penalty: str | None = None
    preservation: str | None = None


class ChildProtection(Record):
    bodies: tuple[ReportingBody, ...] = ()
    duties: tuple[ReportingDuty, ...] = ()
    note: str | None = None


class Event(Sourced):
    date: str
    event: str
    affects: tuple[str, ...] = ()


class Reference(Record):
    id: str
    title: str
    url: str | None = None
    date: str | None = None
    read: bool


class CountryReport(AccessReport):
    """All that is known in depth about one place, as of ``as_of``."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    frameworks: tuple[Framework, ...] = ()
    data_protection: DataProtection = DataProtection()
    agreements: tuple[Agreement, ...] = ()
    transparency: tuple[Observation, ...] = ()
    enforcement: tuple[Observation, ...] = ()
    redress: tuple[RedressStep, ...] = ()
    child_protection: ChildProtection = ChildProtection()
    timeline: tuple[Event, ...] = ()
    references: tuple[Reference, ...] = ()
    confidence: dict[str, str] = {}
    open_questions: tuple[str, ...] = ()
