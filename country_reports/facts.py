"""The words every floor shares: truth, period, source, fact, ground."""

from __future__ import annotations

from datetime import date
from enum import Enum, StrEnum

from country_reports.frozen import frozen


class Truth(Enum):
    """Three-valued truth (Kleene's strong logic): a missing fact is ``UNKNOWN``, never ``NO``."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __and__(self, other: Truth) -> Truth:
        if self is Truth.NO or other is Truth.NO:
            return Truth.NO
        return Truth.YES if self is Truth.YES and other is Truth.YES else Truth.UNKNOWN

    def __or__(self, other: Truth) -> Truth:
        if self is Truth.YES or other is Truth.YES:
            return Truth.YES
        return Truth.NO if self is Truth.NO and other is Truth.NO else Truth.UNKNOWN

    def __invert__(self) -> Truth:
        if self is Truth.YES:
            return Truth.NO
        return Truth.YES if self is Truth.NO else Truth.UNKNOWN

    __hash__ = object.__hash__  # each is one object, and tables by answers are looked into all the time

    def __bool__(self) -> bool:
        raise TypeError("a Truth has three values: compare it with `is Truth.YES`, not with `if`")

    @classmethod
    def of(cls, condition: bool) -> Truth:
        """``YES`` or ``NO`` for something that is fully known."""
        return cls.YES if condition else cls.NO


def all_of(*truths: Truth) -> Truth:
    """Conjunction; ``YES`` for nothing."""
    if Truth.NO in truths:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.YES


def any_of(*truths: Truth) -> Truth:
    """Disjunction; ``NO`` for nothing."""
    if Truth.YES in truths:
        return Truth.YES
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.NO


class Role(StrEnum):
    """What a fact does for the finding that cites it."""

    SUPPORTS = "supports"
    ENDED = "ended"
    NOT_YET = "not_yet"


@frozen
class Period:
    """Half-open: ``valid_from <= day < valid_to``. ``None`` is "before our record" or "still valid"."""

    valid_from: date | None = None
    valid_to: date | None = None

    def contains(self, day: date) -> bool:
        return self.role_on(day) is Role.SUPPORTS

    def role_on(self, day: date) -> Role:
        """Whether a fact of this period may support a finding on ``day``, or has ended, or is to come."""
        if self.valid_from is not None and day < self.valid_from:
            return Role.NOT_YET
        if self.valid_to is not None and day >= self.valid_to:
            return Role.ENDED
        return Role.SUPPORTS

    def overlaps(self, other: Period) -> bool:
        starts_before_other_ends = self.valid_from is None or other.valid_to is None or self.valid_from < other.valid_to
        ends_after_other_starts = self.valid_to is None or other.valid_from is None or other.valid_from < self.valid_to
        return starts_before_other_ends and ends_after_other_starts

    @property
    def boundaries(self) -> tuple[date, ...]:
        """The days on which an answer that rests on this period can change."""
        return tuple(day for day in (self.valid_from, self.valid_to) if day is not None)


@frozen
class Source:
    """Where a reader can check a fact. ``url`` is the public page, ``title`` what it is."""

    title: str
    url: str | None = None


class Verification(StrEnum):
    """How a fact was checked: the act itself, another's report of it, or not at all."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Origin(StrEnum):
    """Whether a record came with transborder or from the user's own workspace folder."""

    SHIPPED = "shipped"
    WORKSPACE = "workspace"


class FactKind(StrEnum):
    """Classes of facts that age at different speeds (``freshness.yaml`` holds the limits and reasons)."""

    TREATY_STATUS = "treaty_status"
    TREATY_TABLE = "treaty_table"
    GROUP_MEMBERSHIP = "group_membership"
    ADEQUACY = "adequacy"
    EXPORTER_REGIME = "exporter_regime"
    ACCESS_LAW = "access_law"
    GUARANTEE_RATING = "guarantee_rating"
    CERTIFICATION = "certification"
    IMPORTER = "importer"
    CLAUSE_SET = "clause_set"
    LAWFUL_BASIS = "lawful_basis"
    ANSWER = "answer"
    REPORT = "report"


@frozen
class Statement:
    """A statement made of a template and words of records, so that it can be told in another language."""

    template: str
    parameters: tuple[tuple[str, str | Statement], ...]

    def __str__(self) -> str:
        return self.template.format(**dict(self.parameters))


def stating(template: str, **parameters: str | Statement) -> Statement:
    """A statement; extraction finds its template by the name of this function."""
    return Statement(template, tuple(parameters.items()))


@frozen
class Fact:
    """One thing that is true of the world for a period, with its source and how far it was checked.

    ``verified_on`` is the day the source reached, not the day of writing. ``start_unverified`` says
    that the status was seen on ``verified_on`` but its first day was not: before that day the fact
    counts as unverified. ``due`` is a day from which the fact is too old unless its source reached it, whatever the limit of its kind.
    ``made_of`` is what the statement was made of, where it stands in no record.
    """

    id: str
    kind: FactKind
    statement: str
    period: Period
    source: Source
    verified_on: date | None
    verification: Verification
    origin: Origin = Origin.SHIPPED
    start_unverified: bool = False
    due: date | None = None
    made_of: Statement | None = None

    @property
    def told(self) -> str | Statement:
        """The statement as it can be told in another language."""
        return self.made_of or self.statement

    def __hash__(self) -> int:
        """Facts that differ have different ids, but for an edit: the id spares a walk through all fields."""
        return hash(self.id)

    def verification_on(self, day: date) -> Verification:
        if self.start_unverified and (self.verified_on is None or day < self.verified_on):
            return Verification.UNVERIFIED
        return self.verification


@frozen
class Ground:
    """A fact as one finding cites it: its role on the day, and whether it is too old to carry a permission."""

    fact: Fact
    role: Role
    verification: Verification
    stale: bool = False


@frozen
class Standing:
    """What the facts on file say on one day: the answer, and the facts it rests on."""

    truth: Truth
    grounds: tuple[Ground, ...] = ()
