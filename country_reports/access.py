"""Access by public authorities: the part of a country report that the law asks about.

Read by itself when a route is assessed; the whole report is read, and checked, by the tools that show or keep it.
"""

from collections.abc import Iterator
from enum import StrEnum

from pydantic import ConfigDict

from country_reports.facts import Fact, FactKind, Origin
from country_reports.records import Day, Fault, Record
from country_reports.sourced import RecordFile, Sourced, SourceOf, overlaps, repeated


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


class DataKind(StrEnum):
    """What a law lets authorities take. ``content`` is whatever people store or send, so it covers every category of data."""

    ANY = "any"
    CONTENT = "content"
    TRAFFIC = "traffic"
    LOCATION = "location"
    SUBSCRIBER = "subscriber"
    FINANCIAL = "financial"
    TRAVEL = "travel"


class Graded(Record):
    """A short answer with the words behind it."""

    answer: str
    text: str | None = None
    provision: str | None = None


class AccessLaw(Sourced):
    """One law or programme under which public authorities reach data held by an importer.

    ``reaches`` lists the legal categories of importers that can be addressed; ``any`` is everybody in
    the jurisdiction, an empty list nobody. ``data_kinds`` lists what can be taken, ``data`` says it in
    words. ``in_transit`` says that data are taken on the way.
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
    data_kinds: tuple[DataKind, ...]
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
            f"{place}, guarantee {self.head}, {self.area.replace('_', ' ')}: {self.rating.replace('_', ' ')}",
            origin,
        )


class AccessReport(RecordFile):
    """What a report says of access; its other chapters are left unread.

    ``complete_areas``: areas whose list of access laws is complete, so that "no law reaches this recipient"
    may be concluded from it. In other areas a law may be missing, and the answer stays open.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    place: str
    as_of: Day
    summary: str
    complete_areas: tuple[Area, ...] = ()
    access_laws: tuple[AccessLaw, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    confidence: dict[str, str] = {}

    def faults(self) -> Iterator[Fault]:
        """Ids used twice, ratings about laws that do not exist, days with two ratings."""
        yield from repeated(("access_laws",), (law.id for law in self.access_laws))
        yield from repeated(("guarantees",), (rating.id for rating in self.guarantees))
        laws = {law.id for law in self.access_laws}
        for number, rating in enumerate(self.guarantees):
            if rating.id in laws:
                yield Fault(
                    ("guarantees", number, "id"), f"{rating.id!r} is also the id of an access law; ids must differ"
                )
            missing = sorted({*rating.about} - laws)
            if missing:
                yield Fault(
                    ("guarantees", number, "about"), f"no access law of this report is called {', '.join(missing)}"
                )
        rated = (
            (f"guarantee {one.head} for {one.area} {' '.join(sorted(one.about))}".strip(), one)
            for one in self.guarantees
        )
        yield from overlaps("guarantees", rated)

    @property
    def is_full(self) -> bool:
        """Whether access by authorities was rated; a report on an exporter's side alone is not full."""
        return bool(self.guarantees)

    @property
    def is_begun(self) -> bool:
        """Whether any chapter was researched; each that was has its confidence."""
        return bool(self.confidence)
