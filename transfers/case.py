"""Case: the frozen, hashable extract of a route that holds only what decides.

Two routes with equal cases have equal answers. Names and fact ids are numbered slots, facts about the
parties are held by value as they stand on the day, and the day itself is the number of the law period.
"""

from __future__ import annotations

from dataclasses import replace

from country_reports.facts import Role, Truth, Verification
from country_reports.frozen import frozen
from transfers.finding import SlotGround
from transfers.leg_names import of_leg

MAY_NOT_APPLY = frozenset(("UC5.3", "UC5.4"))
"""Conditions on joint computation, which storage alone does not have."""


@frozen
class CertificationState:
    """A certification on the day; ``slot`` is where its fact stands in the route's list of facts."""

    scheme: str
    scope: frozenset[str]
    role: Role
    verification: Verification
    stale: bool
    slot: int


@frozen
class Leg:
    """One recipient at one place. Leg 0 is the importer; later ones are onward recipients and other places.

    ``certifications`` None is "not researched", and so are the schemes in ``certifications_open``.
    ``kind`` and ``role`` may be ``unknown``. ``place`` None is unknown. ``terms_ground`` is the record of the importer that
    says on what terms it passes the data on, where the route does not.
    """

    number: int
    place: str | None
    kind: str
    role: str
    categories: frozenset[str] = frozenset()
    categories_excluded: frozenset[str] = frozenset()
    gdpr_applies: Truth = Truth.UNKNOWN
    gdpr_ground: SlotGround | None = None
    category_ground: SlotGround | None = None
    certifications: tuple[CertificationState, ...] | None = None
    certifications_open: frozenset[str] = frozenset()
    parent_place: str | None = None
    group: str | None = None
    terms: str = "unknown"
    terms_ground: SlotGround | None = None

    def __hash__(self) -> int:
        """Enough to tell most legs apart; equal legs agree in all fields."""
        return hash((self.number, self.place, self.kind, self.role, self.terms, self.categories))

    def criterion(self, base: str) -> str:
        """The id under which a question about this leg is answered; the first leg's needs no number."""
        return of_leg(base, self.number)

    def in_category(self, category: str) -> Truth:
        """Whether the recipient falls under a legal category; what is not recorded is unknown."""
        if category in self.categories:
            return Truth.YES
        return Truth.NO if category in self.categories_excluded else Truth.UNKNOWN


@frozen
class Mechanism:
    """A claimed gateway. ``in_time``: was the contract made while the set was open for new contracts, or the law had the gateway?

    ``ground`` is the record of the importer that says so, where the route leaves it to that.
    """

    tool: str
    signed: Truth
    in_time: Truth
    dated: bool = True
    ground: SlotGround | None = None


@frozen
class Case:
    """What decides a route under the law of one period. ``mechanisms`` and ``measures`` None: not answered.

    ``documented`` are the criteria answered with name, day and source, lately enough; ``evidence`` holds the classes of
    sources on which the answers to some rest. ``told_by_importers`` are the criteria that a recipient's record answers.
    ``kind_stated`` is no where the kind of the exporter is only presumed.
    """

    period: int
    exporter: str | None
    exporter_role: str
    exporter_kind: str
    exporter_services: frozenset[str] | None
    subject_to: frozenset[str]
    legs: tuple[Leg, ...]
    places_known: Truth
    places_grounds: tuple[SlotGround, ...]
    collected_directly: Truth
    purpose: str | None
    subjects: frozenset[str] | None
    data_kinds: frozenset[str] | None
    special_categories: frozenset[str] | None
    clear_text_needed: Truth
    frequency: str
    mechanisms: tuple[Mechanism, ...] | None
    measures: frozenset[tuple[str, str]] | None
    routed_via: frozenset[str]
    answers: frozenset[tuple[str, Truth]]
    documented: frozenset[str]
    evidence: frozenset[tuple[str, frozenset[str]]]
    order: OrderCase | None
    ocsea: OcseaCase | None
    told_by_importers: frozenset[str] = frozenset()
    kind_stated: bool = True

    @property
    def foreign_order(self) -> bool:
        """Whether a court or authority abroad asks for the data."""
        return self.order is not None

    @property
    def presumed_kind(self) -> str:
        """The kind whose law is judged where none is known; `exporter_law` then keeps the answer open."""
        return "private" if self.exporter_kind == "unknown" else self.exporter_kind

    @property
    def importer(self) -> Leg:
        return self.legs[0]

    @property
    def importers(self) -> tuple[Leg, ...]:
        """Every importer to whom the exporter itself sends: one, or several for split processing."""
        return tuple(leg for leg in self.legs if leg.number == 0 or leg.terms == "parallel")

    def led_by(self, lead: Leg) -> Case:
        """The same case told from another importer: that one and its places first. Numbers stay as they are."""
        start = self.legs.index(lead)
        end = start + 1
        while end < len(self.legs) and self.legs[end].terms == "same_importer":
            end += 1
        return replace(self, legs=(*self.legs[start:end], *self.legs[:start], *self.legs[end:])) if start else self

    def owner_of(self, leg: Leg) -> Leg:
        """The importer whose further place a leg is; for an onward recipient the first importer, who may have passed the data on."""
        if leg.terms != "same_importer":
            return self.importer
        return max((one for one in self.importers if one.number < leg.number), key=lambda one: one.number)

    @property
    def places_reached(self) -> frozenset[str]:
        """Every place where the data may be taken: of these, and not of the exporter's own, access laws matter."""
        named = {*(leg.place for leg in self.legs), *(leg.parent_place for leg in self.legs), *self.routed_via}
        return frozenset(place for place in named if place is not None)

    @property
    def places(self) -> frozenset[str]:
        """Every place the law may ask about."""
        return self.places_reached | ({self.exporter} if self.exporter is not None else set())

    @property
    def tools_named(self) -> frozenset[str]:
        """Every tool that the route speaks of, signed or not."""
        return frozenset(mechanism.tool for mechanism in self.mechanisms or ())

    @property
    def stays_at_home(self) -> bool:
        """Whether every recipient and place is known and lies in the exporter's own country."""
        at_home = all(leg.place == self.exporter and leg.kind != "international_organisation" for leg in self.legs)
        known = self.exporter is not None and self.places_known is Truth.YES and self.importer.role != "unknown"
        return known and at_home

    def offers(self, service: str) -> Truth:
        """Whether the exporter offers a service; unknown where its services are not stated."""
        return Truth.UNKNOWN if self.exporter_services is None else Truth.of(service in self.exporter_services)

    def answer(self, criterion: str) -> Truth:
        """What a person answered to this criterion; unknown where nobody did."""
        for answered, value in self.answers:
            if answered == criterion:
                return value
        return Truth.UNKNOWN

    def claims(self, criterion: str) -> bool:
        """Whether the route speaks of this criterion at all, be it to say that the answer is open."""
        return any((criterion, value) in self.answers for value in Truth) if self.answers else False

    def answered_among(self, criteria: tuple[str, ...]) -> tuple[tuple[str, Truth], ...]:
        """Those of these criteria of which the route speaks, with what it says of each."""
        if not self.answers:
            return ()
        told = dict(self.answers)
        return tuple((criterion, told[criterion]) for criterion in criteria if criterion in told)

    def evidence_for(self, criterion: str) -> frozenset[str] | None:
        """The classes of sources that an answer names; None where it does not say on what it rests."""
        for answered, classes in self.evidence:
            if answered == criterion:
                return classes
        return None

    def measure(self, measure: str) -> Truth:
        """Whether a measure is in place. Planned and unlisted ones are not; unknown only where that is said."""
        if self.measures is None:
            return Truth.UNKNOWN
        if (measure, "in_place") in self.measures or (
            measure in MAY_NOT_APPLY and (measure, "not_applicable") in self.measures
        ):
            return Truth.YES
        return Truth.UNKNOWN if (measure, "unknown") in self.measures else Truth.NO


@frozen
class OrderCase:
    """An order of a court or authority abroad: what of it the route names."""

    names_authority: bool
    names_agreement: bool


@frozen
class OcseaCase:
    """The OCSEA profile of a route."""

    lawful_basis: str | None
    scenario: str | None
    audio: Truth
    end_to_end_encrypted: Truth
    safeguards: frozenset[tuple[str, Truth]]

    def safeguard(self, head: str) -> Truth:
        for name, value in self.safeguards:
            if name == head:
                return value
        return Truth.UNKNOWN


NO_PROFILE = OcseaCase(None, None, Truth.UNKNOWN, Truth.UNKNOWN, frozenset())
"""What a route without the profile says of it: nothing."""
