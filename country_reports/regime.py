"""Exporter regimes: whose law it is, since when, and which gateways it opens."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from country_reports.facts import Fact, FactKind, Origin, stating
from country_reports.records import Day, Fault, Record, between_fields
from country_reports.sourced import RecordFile, Sourced, repeated


class Binding(Sourced):
    """Whom a regime binds: exporters in these places (or ``group:<id>``) of these kinds. ``short`` is its name within a sentence.

    ``implements`` names the treaty whose transfer rules this regime carries into law for them;
    ``adequacy_by`` the issuers whose findings a transfer under it may rest on.
    """

    regime: str
    name: str
    short: str | None = None
    legal_basis: str
    places: tuple[str, ...]
    exporter_kinds: tuple[str, ...]
    implements: tuple[str, ...] = ()
    adequacy_by: tuple[str, ...] = ()
    note: str | None = None

    def fact(self, origin: Origin) -> Fact:
        statement = stating("{law} ({citation})", law=self.name, citation=self.legal_basis)
        return self.as_fact(f"regimes/{self.regime}", FactKind.EXPORTER_REGIME, statement, origin)


class BindingsFile(RecordFile):
    regimes: tuple[Binding, ...]

    def faults(self) -> Iterator[Fault]:
        """A regime with two rows."""
        yield from repeated(("regimes",), (binding.regime for binding in self.regimes), "regime")


class Standard(StrEnum):
    """What a transfer tool is measured against, where the law or its authority says so."""

    ESSENTIAL_EQUIVALENCE = "essential_equivalence"
    NOT_MATERIALLY_LOWER = "not_materially_lower"
    FOUR_GUARANTEES = "four_guarantees"


class LeftOut(StrEnum):
    """What a regime does not regard as a transfer, though somebody abroad sees the data."""

    OWN_STAFF = "own_staff"
    DIRECT_COLLECTION = "direct_collection"
    RETURN_TO_CONTROLLER = "return_to_controller"


class DecidedBy(StrEnum):
    """The part of a route that decides a test, so that nobody need be asked."""

    OCCASIONAL = "occasional"
    NOT_REPEATED = "not_repeated"
    RECIPIENT_IS_PUBLIC = "recipient_is_public"
    RECIPIENT_IS_POLICE = "recipient_is_police"
    EXPORTER_IS_PUBLIC = "exporter_is_public"
    EXPORTER_IS_PRIVATE = "exporter_is_private"
    OUTSIDE_PUBLIC_POWERS = "outside_public_powers"


class GatewayKind(StrEnum):
    """What a gateway is, in the words that laws use for it."""

    ADEQUACY = "adequacy"
    LIST = "list"
    FREE_FLOW = "free_flow"
    NEGATIVE_LIST = "negative_list"
    TREATY = "treaty"
    PUBLIC_INSTRUMENT = "public_instrument"
    ADMINISTRATIVE_ARRANGEMENT = "administrative_arrangement"
    APPROVED_CONTRACT = "approved_contract"
    ADHOC_CONTRACT = "adhoc_contract"
    APPROPRIATE_SAFEGUARDS = "appropriate_safeguards"
    BCR = "bcr"
    CODE = "code"
    CERTIFICATION = "certification"
    AUTHORISATION = "authorisation"
    SECURITY_ASSESSMENT = "security_assessment"
    SELF_ASSESSMENT = "self_assessment"
    ACCOUNTABILITY = "accountability"
    EXEMPTION = "exemption"
    CONSENT = "consent"
    DEROGATION = "derogation"
    RESTRICTION = "restriction"
    NOTIFICATION = "notification"


class Way(StrEnum):
    """How a gateway works: looked for anyway, open to those who rely on it, an exception for them, or standing in the way."""

    FINDING = "finding"
    TOOL = "tool"
    EXCEPTION = "exception"
    LIMIT = "limit"


_WAYS = {
    GatewayKind.ADEQUACY: Way.FINDING,
    GatewayKind.LIST: Way.FINDING,
    GatewayKind.FREE_FLOW: Way.FINDING,
    GatewayKind.NEGATIVE_LIST: Way.FINDING,
    GatewayKind.CONSENT: Way.EXCEPTION,
    GatewayKind.DEROGATION: Way.EXCEPTION,
    GatewayKind.RESTRICTION: Way.LIMIT,
    GatewayKind.NOTIFICATION: Way.LIMIT,
}
_UNSIGNED = (
    GatewayKind.CONSENT,
    GatewayKind.DEROGATION,
    GatewayKind.EXEMPTION,
    GatewayKind.TREATY,
    GatewayKind.ACCOUNTABILITY,
    GatewayKind.SELF_ASSESSMENT,
)


class Depth(StrEnum):
    """How far a law was taken apart."""

    DEEP = "deep"
    STANDARD = "standard"
    SHORT = "short"


class Confidence(StrEnum):
    """How far the record can be trusted; one of low confidence carries nothing by itself."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Assessment(StrEnum):
    """Whether the law asks for an assessment of the destination."""

    REQUIRED = "required"
    EXPECTED = "expected"
    CONDITIONAL = "conditional"
    NOT_REQUIRED = "not_required"


class Pattern(StrEnum):
    """What kind of flow a gateway is made for."""

    SYSTEMATIC = "systematic"
    OCCASIONAL = "occasional"
    EITHER = "either"


class Needed(StrEnum):
    """Whether something must be filed."""

    YES = "yes"
    NO = "no"
    CONDITIONAL = "conditional"
    UNKNOWN = "unknown"


class Filing(Record):
    """What must be filed. ``before_transfer``: the gateway is shut until it is; otherwise it is a duty that follows.

    The time for it is told in words (``deadline``), or as a number of ``days``, working days or not, counted from something.
    ``by`` is who files, ``sanction`` what follows where nobody does, ``again_on`` what calls for another filing.
    """

    needed: Needed
    what: str | None = None
    to: str | None = None
    deadline: str | None = None
    days: int | None = None
    working_days: bool = False
    counted_from: str | None = None
    before_transfer: bool = False
    by: str | None = None
    languages: tuple[str, ...] = ()
    again_on: str | None = None
    sanction: str | None = None
    note: str | None = None

    @property
    def due(self) -> str | None:
        """Until when, in words."""
        if self.days is None:
            return self.deadline
        return f"{self.days} {'working ' if self.working_days else ''}days from {self.counted_from}"

    @model_validator(mode="after")
    def _one_time_for_it(self) -> Self:
        if self.days is not None and self.deadline is not None:
            raise between_fields("deadline", "the time is told in `days` already; keep one of the two")
        if (self.days is None) != (self.counted_from is None):
            raise between_fields("counted_from", "`days` are counted from something; give both or neither")
        return self


class WithSet(StrEnum):
    """How a test of a gateway stands where the route names a set of clauses on file that is this gateway."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    SIGNATURE = "signature"
    ROLES = "roles"


class GatewayTest(Record):
    """One thing that must be true, asked of ``who``. ``id`` completes the id of the answer and never changes.

    A demand called ``impact_assessment`` stands for that of every gateway. ``unless`` names gateways that depart from a demand:
    where the route relies on one, its tests decide instead. ``with_set``: where the route names a set of clauses that is this
    gateway, the test is asked all the same, or is left as something to confirm, or is shown by the signature or by the roles
    that the set is written for.
    """

    id: str
    asks: str
    provision: str = ""
    who: str = "counsel"
    decided_by: DecidedBy | None = None
    unless: tuple[str, ...] = ()
    with_set: WithSet = WithSet.ASKED


class Gateway(Record):
    """One way out that the regime gives, in the order in which the regime tries them.

    ``tests`` are its conditions one by one, where they have been taken apart; without them ``conditions`` are asked as a whole.
    ``on_order`` marks a limit that only concerns requests of courts and authorities abroad. ``sets`` names the sets of standard
    clauses that are this gateway, where they are in the library; ``only_by_sets`` says that a route must name one of them. A
    gateway that is nothing but its sets leaves its filing to their records. ``since`` is its first day and ``until`` the first
    day without it, where they are not those of the law; from ``concludable_until`` on nothing new is concluded on it.
    """

    id: str
    provision: str
    kind: GatewayKind
    conditions: tuple[str, ...]
    tests: tuple[GatewayTest, ...] = ()
    sets: tuple[str, ...] = ()
    only_by_sets: bool = False
    dormant: bool = False
    on_order: bool = False
    since: Day | None = None
    until: Day | None = None
    concludable_until: Day | None = None
    impact_assessment: Assessment | None = None
    filing: Filing | None = None
    pattern: Pattern | None = None
    coe108plus: str | None = None
    note: str | None = None

    @property
    def way(self) -> Way:
        return _WAYS.get(self.kind, Way.TOOL)

    def stands_on(self, day: date) -> bool:
        """Whether the law has this gateway on the day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    @property
    def has_days_of_its_own(self) -> bool:
        """Whether the law had it, or let it be concluded, only for a part of its own time."""
        return self.since is not None or self.concludable_until is not None

    def concludable_on(self, day: date) -> bool:
        """Whether something could be concluded on it that day."""
        return self.stands_on(day) and (self.concludable_until is None or day < self.concludable_until)

    @property
    def is_signed(self) -> bool:
        """Whether it counts only once somebody has signed or approved something."""
        return self.kind not in _UNSIGNED

    @property
    def is_its_sets(self) -> bool:
        """Whether it is nothing but the sets of clauses on file that it names."""
        return bool(self.sets) and self.kind is GatewayKind.APPROVED_CONTRACT

    @property
    def can_be_claimed(self) -> bool:
        """Whether a route may rely on it by naming it: not a finding, not a limit, and not standard clauses that go by their sets."""
        return self.way in (Way.TOOL, Way.EXCEPTION) and not self.only_by_sets


class Regime(Sourced):
    """The regime itself, as a reader of the hub sees it and the law evaluates it.

    ``standard``: what tools are measured against, if the engine can measure it. ``area``: places (or ``group:<id>``) inside
    which nothing is a transfer, if they are more than those it binds. ``demands``: what every transfer must meet besides a gateway.
    ``gateways_since``: the day since which the gateways stand as recorded, where the law is older than they are.
    """

    id: str
    name: str
    binds: str
    depth: Depth
    confidence: Confidence
    baseline: tuple[str, ...] = ()
    standard: Standard | None = None
    area: tuple[str, ...] = ()
    leaves_out: tuple[LeftOut, ...] = ()
    demands: tuple[GatewayTest, ...] = ()
    gateways_since: Day | None = None
    gateways: tuple[Gateway, ...]
    other_sources: tuple[str, ...] = ()
    note: str | None = None

    def fact(self, origin: Origin) -> Fact:
        """That the law has these gateways."""
        statement = stating("Gateways of {law}", law=self.name)
        return self.as_fact(f"regimes/{self.id}/gateways", FactKind.EXPORTER_REGIME, statement, origin)

    def faults(self) -> Iterator[Fault]:
        """Two gateways, demands or tests of one id."""
        yield from repeated(("gateways",), (gateway.id for gateway in self.gateways))
        yield from repeated(("demands",), (demand.id for demand in self.demands))
        for number, gateway in enumerate(self.gateways):
            yield from repeated(("gateways", number, "tests"), (test.id for test in gateway.tests))
            if gateway.only_by_sets and not gateway.sets:
                yield Fault(
                    ("gateways", number, "only_by_sets"), "a gateway that goes by its sets names them in `sets`"
                )
