"""The in-depth report on one country: its law, who can be compelled to hand over data, what protects against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import ConfigDict

from country_reports.access import AccessReport
from country_reports.records import Fault, LooseDay, Record
from country_reports.sourced import Sourced, repeated


class Identified(Sourced):
    """A fact of a report, known for ever by its id within its chapter."""

    id: str


class Statute(Identified):
    title: str
    citation: str | None = None
    adopted: LooseDay | None = None
    in_force: LooseDay | None = None
    amended: tuple[str, ...] = ()
    scope: str | None = None
    status: str
    note: str | None = None


class Regulator(Identified):
    name: str
    abbr: str | None = None
    url: str | None = None
    independent: str
    why: str | None = None
    powers: str | None = None
    gpa_member: str = "unknown"


class Right(Identified):
    right: str
    provision: str | None = None
    available_to_foreigners: str = "unknown"
    limits: str | None = None


class TransferRules(Sourced):
    summary: str
    provision: str | None = None
    mechanisms: tuple[str, ...] = ()


class SectorGap(Identified):
    gap: str


class FilingDuty(Identified):
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


class Framework(Identified):
    status: str
    since: LooseDay | None = None
    until: LooseDay | None = None
    citation: str | None = None
    note: str | None = None


class Agreement(Identified):
    name: str
    kind: str
    status: str
    signed: LooseDay | None = None
    in_force: LooseDay | None = None
    note: str | None = None


class Observation(Identified):
    """A figure or a case from practice."""

    what: str
    figure: str | None = None
    when: str | None = None
    body: str | None = None
    outcome: str | None = None


class RedressStep(Identified):
    step: int
    route: str
    body: str | None = None
    who: str | None = None
    how: str | None = None
    limits: str | None = None
    provision: str | None = None


class ReportingBody(Identified):
    name: str
    kind: str
    inhope: str = "unknown"
    url: str | None = None
    note: str | None = None


class ReportingDuty(Identified):
    who: str
    duty: str
    to: str | None = None
    provision: str | None = None
    in_force: LooseDay | None = None
    penalty: str | None = None
    preservation: str | None = None


class ChildProtection(Record):
    bodies: tuple[ReportingBody, ...] = ()
    duties: tuple[ReportingDuty, ...] = ()
    note: str | None = None


class Event(Identified):
    date: LooseDay
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
    open_questions: tuple[str, ...] = ()

    def faults(self) -> Iterator[Fault]:
        """As for access; and ids used twice within a chapter, steps of redress out of order."""
        yield from super().faults()
        for chapter, records in self.chapters():
            yield from repeated(chapter, (record.id for record in records))
        steps = [step.step for step in self.redress]
        if steps != sorted(set(steps)):
            yield Fault(
                ("redress",), "the steps are numbered upwards, each once, in the order in which a person takes them"
            )

    def chapters(self) -> Iterator[tuple[tuple[str, ...], Sequence[Identified]]]:
        """Where each list of facts stands in the report, besides access laws and guarantees, and the facts."""
        law, protection = self.data_protection, self.child_protection
        yield ("frameworks",), self.frameworks
        yield ("data_protection", "laws"), law.laws
        yield ("data_protection", "regulators"), law.regulators
        yield ("data_protection", "rights"), law.rights
        yield ("data_protection", "filings"), law.filings
        yield ("data_protection", "sector_gaps"), law.sector_gaps
        yield ("agreements",), self.agreements
        yield ("transparency",), self.transparency
        yield ("enforcement",), self.enforcement
        yield ("redress",), self.redress
        yield ("child_protection", "bodies"), protection.bodies
        yield ("child_protection", "duties"), protection.duties
        yield ("timeline",), self.timeline
