"""Access by public authorities: the part of a country report that the law asks about.

Read by itself when a route is assessed; the whole report is read, and checked, by the tools that show or keep it.
"""

from collections.abc import Iterator
from enum import StrEnum

from pydantic import ConfigDict

from country_reports.facts import Fact, FactKind, Origin, Truth, stating
from country_reports.guarantees import Criterion, Head, Rating, roll_up
from country_reports.records import Day, Fault, Record
from country_reports.sourced import RecordFile, Sourced, SourceOf, overlaps, repeated


class Area(StrEnum):
    """For what purpose authorities reach for data."""

    NATIONAL_SECURITY = "national_security"
    LAW_ENFORCEMENT = "law_enforcement"
    OTHER_PUBLIC = "other_public"


class DataKind(StrEnum):
    """What a law lets authorities take. ``content`` is whatever people store or send, so it covers every category of data."""

    ANY = "any"
    CONTENT = "content"
    TRAFFIC = "traffic"
    LOCATION = "location"
    SUBSCRIBER = "subscriber"
    FINANCIAL = "financial"
    TRAVEL = "travel"


class Scope(StrEnum):
    """Whether a law lets data be taken of chosen persons, in bulk, or both; a duty to help takes none by itself."""

    TARGETED = "targeted"
    BULK = "bulk"
    BOTH = "both"
    NOT_APPLICABLE = "not_applicable"


class Degree(StrEnum):
    """A short answer."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNCLEAR = "unclear"


class Graded(Record):
    """A short answer with the words behind it."""

    answer: str
    text: str | None = None
    provision: str | None = None


class Publication(Record):
    """Whether an importer may publish, or tell the exporter, that it was addressed; ``no`` is a duty of secrecy."""

    answer: Degree
    text: str | None = None
    provision: str | None = None


class Conduct(StrEnum):
    """What is documented of practice: it keeps to the law, ignores it, or cannot go with a transfer tool.

    ``unknown`` says that somebody looked and could not establish it. Where nobody looked nothing is recorded.
    """

    RESPECTED = "respected"
    IGNORED = "ignored"
    INCOMPATIBLE = "incompatible"
    UNKNOWN = "unknown"


class Practice(Sourced):
    """How authorities act under the laws that a rating or an access law is about, as a source documents it."""

    conduct: Conduct
    text: str
    cited_authority: str | None = None

    def fact(self, carrier: Fact) -> Fact:
        """The practice as a fact of its own, beside that of the rating or law which carries it."""
        statement = stating("{subject}: practice {conduct}", subject=carrier.told, conduct=self.conduct)
        return self.as_fact(f"{carrier.id}/practice", FactKind.GUARANTEE_RATING, statement, carrier.origin)


class Obstacle(StrEnum):
    """How a law by itself can stop an importer from keeping to a transfer tool, whatever its ratings."""

    NO_REGIME = "no_regime"
    SECRET_BLANKET_DUTY = "secret_blanket_duty"
    LOCALISATION_WITH_ACCESS = "localisation_with_access"
    COMPELLED_DECRYPTION = "compelled_decryption"


class Defeat(Record):
    """One way in which an access law defeats a tool by itself. Without a cited authority it is our own reading, and leaves the point open."""

    how: Obstacle
    text: str
    cited_authority: str | None = None


class AccessLaw(Sourced):
    """One law or programme under which public authorities reach data held by an importer.

    ``reaches`` lists the legal categories of importers that can be addressed; ``any`` is everybody in
    the jurisdiction, an empty list nobody. ``data_kinds`` lists what can be taken, ``data`` says it in
    words. ``in_transit`` says that data are taken on the way. ``scope`` tells bulk collection, ``defeats``
    what by itself stops an importer from keeping to a transfer tool, ``practice`` how it is applied in fact.
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
    scope: Scope
    extraterritorial: Graded
    prior_authorisation: Graded
    limits: str | None = None
    oversight: str | None = None
    notification: str | None = None
    remedies_for_foreigners: str | None = None
    transparency_reporting: Publication
    assistance_duties: str | None = None
    localisation: str | None = None
    sunset: str | None = None
    see: tuple[str, ...] = ()
    defeats: tuple[Defeat, ...] = ()
    practice: Practice | None = None

    @property
    def in_bulk(self) -> bool:
        return self.scope in (Scope.BULK, Scope.BOTH)

    def fact(self, place: str, origin: Origin) -> Fact:
        statement = stating("{law} ({citation})", law=self.name, citation=self.citation)
        return self.as_fact(f"reports/{place.lower()}/{self.id}", FactKind.ACCESS_LAW, statement, origin)


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
    """One head in one area for one period. ``about`` names the access laws it rates (none: all of the area).

    ``criteria`` rates its sub-criteria, by the same words, as far as they were looked at; what they make of the head
    (``roll_up``) is the rating of the head. ``cited_authority`` stands behind every ``not_met`` among them.
    """

    id: str
    head: Head
    area: Area
    rating: Rating
    criteria: dict[Criterion, Rating] = {}
    about: tuple[str, ...] = ()
    origin_in: OriginCondition | None = None
    cited_authority: str | None = None
    watch: tuple[str, ...] = ()
    reasoning: str
    evidence: tuple[Evidence, ...] = ()
    confidence: str
    practice: Practice | None = None

    def fact(self, place: str, origin: Origin) -> Fact:
        statement = stating(
            "{place}, guarantee {head}, {area}: {rating}",
            place=place,
            head=self.head.value,
            area=self.area.replace("_", " "),
            rating=self.rating.replace("_", " "),
        )
        fact_id = f"reports/{place.lower()}/guarantees/{self.id}"
        return self.as_fact(fact_id, FactKind.GUARANTEE_RATING, statement, origin)


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
            yield from self._criteria_at_odds(number, rating)
        rated = (
            (f"guarantee {one.head} for {one.area} {' '.join(sorted(one.about))}".strip(), one)
            for one in self.guarantees
        )
        yield from overlaps("guarantees", rated)

    def _criteria_at_odds(self, number: int, rating: Guarantee) -> Iterator[Fault]:
        """Sub-criteria of another head, and a rating that its own sub-criteria do not bear out."""
        for criterion in rating.criteria:
            if criterion.head is not rating.head:
                yield Fault(
                    ("guarantees", number, "criteria", criterion.value),
                    f"{criterion} is no sub-criterion of guarantee {rating.head}; rate it there",
                )
        known = {criterion: _WORTH[word] for criterion, word in rating.criteria.items()}
        allowed = _BORNE_OUT[roll_up(rating.head, known, self._in_bulk(rating))]
        if rating.criteria and rating.rating not in allowed:
            yield Fault(
                ("guarantees", number, "rating"),
                f"'{rating.rating}' does not follow from its `criteria`, which make it {' or '.join(allowed)}. A core one "
                "that is not recorded counts as not known; correct the one that is wrong, or leave `criteria` out",
            )

    def _in_bulk(self, rating: Guarantee) -> bool:
        """Whether a law of bulk collection is among those that a rating is about."""
        return any(
            law.in_bulk and (law.id in rating.about if rating.about else rating.area in law.areas)
            for law in self.access_laws
            if law.period.overlaps(rating.period)
        )

    @property
    def is_full(self) -> bool:
        """Whether access by authorities was rated; a report on an exporter's side alone is not full."""
        return bool(self.guarantees)

    @property
    def is_begun(self) -> bool:
        """Whether any chapter was researched; each that was has its confidence."""
        return bool(self.confidence)


_WORTH = {
    Rating.MET: Truth.YES,
    Rating.NOT_MET: Truth.NO,
    Rating.PARTLY: Truth.UNKNOWN,
    Rating.UNCLEAR: Truth.UNKNOWN,
}
_BORNE_OUT = {
    Truth.YES: (Rating.MET,),
    Truth.NO: (Rating.NOT_MET,),
    Truth.UNKNOWN: (Rating.PARTLY, Rating.UNCLEAR),
}
"""The words for a head that its sub-criteria allow."""
