"""The in-depth report on one country: its law, who can be compelled to hand over data, what protects against it."""

from __future__ import annotations

from enum import StrEnum

from country_reports.facts import Fact, FactKind, Origin
from country_reports.records import Day, Record
from country_reports.sourced import RecordFile, Sourced, SourceOf


class Area(StrEnum):
    """For what purpose authorities reach for data."""

    NATIONAL_SECURITY = "national_security"
    LAW_ENFORCEMENT = "law_enforcement"
    OTHER_PUBLIC = "other_public"


class Head(StrEnum):
    """The four European Essential Guarantees (EDPB Recommendations 02/2020)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Rating(StrEnum):
    """Our reading of the evidence on one guarantee; ``partly`` and ``unclear`` never count as met."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"


class Graded(Record):
    """A short answer with the words behind it."""

    answer: str
    text: str | None = None
    provision: str | None = None


class AccessLaw(Sourced):
    """One law or programme under which public authorities reach data held by an importer.

    ``reaches`` lists the legal categories of importers that can be addressed; ``any`` is everybody in
    the jurisdiction, an empty list nobody. ``in_transit`` says that data are taken on the way.
    """

    id: str
    name: str
    citation: str
    areas: tuple[Area, ...]
    kind: str
    addressees: str
    reaches: tuple[str, ...]
    in_transit: bool = False
    data: str
    scope: str
    extraterritorial: Graded
    prior_authorisation: Graded
    limits: str | None = None
    oversight: str | None = None
    notification: str | None = None
    remedies_for_foreigners: str | None = None
    transparency_reporting: Graded
    assistance_duties: str | None = None
    localisation: str | None = None
    sunset: str | None = None
    see: tuple[str, ...] = ()

    def fact(self, place: str, origin: Origin) -> Fact:
        return self.as_fact(
            f"reports/{place.lower()}/{self.id}", FactKind.ACCESS_LAW, f"{self.name} ({self.citation})", origin
        )


class Evidence(Record):
    what: str
    body: str | None = None
    date: str | None = None
    ref: str | None = None
    source: SourceOf | None = None


class OriginCondition(Record):
    """The rating holds for data from members of ``group`` only; for others read ``otherwise``."""

    group: str
    otherwise: Rating


class Guarantee(Sourced):
    """One head in one area for one period. ``about`` names the access laws it rates (none: all of the area)."""

    id: str
    head: Head
    area: Area
    rating: Rating
    about: tuple[str, ...] = ()
    origin_in: OriginCondition | None = None
    cited_authority: str | None = None
    watch: tuple[str, ...] = ()
    reasoning: str
    evidence: tuple[Evidence, ...] = ()
    confidence: str

    def fact(self, place: str, origin: Origin) -> Fact:
        return self.as_fact(
            f"reports/{place.lower()}/guarantees/{self.id}",
            FactKind.GUARANTEE_RATING,
            f"{place}, guarantee {self.head}, {self.area.replace('_', ' ')}: {self.rating}",
            origin,
        )


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


class DataProtection(Record):
    laws: tuple[Statute, ...] = ()
    regulators: tuple[Regulator, ...] = ()
    rights: tuple[Right, ...] = ()
    transfer_rules: TransferRules | None = None
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


class CountryReport(RecordFile):
    """All that is known in depth about one place, as of ``as_of``."""

    place: str
    as_of: Day
    summary: str
    frameworks: tuple[Framework, ...] = ()
    data_protection: DataProtection = DataProtection()
    access_laws: tuple[AccessLaw, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    transparency: tuple[Observation, ...] = ()
    enforcement: tuple[Observation, ...] = ()
    redress: tuple[RedressStep, ...] = ()
    child_protection: ChildProtection = ChildProtection()
    timeline: tuple[Event, ...] = ()
    references: tuple[Reference, ...] = ()
    confidence: dict[str, str] = {}
    open_questions: tuple[str, ...] = ()
