"""What a change does to routes, as records: each change with the routes that share it, and the two sides that were compared."""

from __future__ import annotations

from enum import StrEnum

from country_reports.frozen import frozen
from transfers.changes.facts_between import FactShift
from transfers.field_problems import FieldProblem
from transfers.view import Policy


class Effect(StrEnum):
    """What a change does to a route.

    Moved: it crosses the line of permissible. Changed: an outcome is another, on the same side of the line. Re-read: every outcome
    is the same, and something on which it rests is not. Not compared: one side has no answer.
    """

    MOVED = "moved"
    NOT_COMPARED = "not_compared"
    CHANGED = "changed"
    REREAD = "reread"
    UNTOUCHED = "untouched"


class Part(StrEnum):
    """A part of an assessment in which two sides differ."""

    FACTS = "facts"
    FINDINGS = "findings"
    CONDITIONS = "conditions"
    QUESTIONS = "questions"
    LINES = "lines"
    BENCHMARK = "benchmark"
    LEGS = "legs"
    WATCH = "watch"
    CONTESTED = "contested"
    OPTIONS = "options"
    REVIEW = "review_by"


@frozen
class Refused:
    """A side on which the route cannot be assessed, because it names what is not on file there."""

    as_of: str
    reasons: tuple[FieldProblem, ...]


@frozen
class Answered:
    """What a side says of a route, as far as it is told; ``digest`` is that of its assessment."""

    as_of: str
    outcome: str
    benchmark: str
    review_by: str
    fingerprint: str
    digest: str


@frozen
class OutcomeShift:
    """What one regime says on each side; None where it does not bind."""

    id: str
    name: str
    before: str | None
    after: str | None


@frozen
class Said:
    """What a finding found."""

    truth: str
    because: str


@frozen
class FindingShift:
    """A finding that came out otherwise, with the facts behind it that differ.

    ``deciding``: it belongs to a regime that has the outcome of the whole, on the stricter side. ``counts``: it belongs to a
    regime that binds, and not to the benchmark.
    """

    regime: str
    rule: str
    provision: str
    leg: str
    question: str
    before: Said | None
    after: Said | None
    facts: tuple[FactShift, ...]
    deciding: bool
    counts: bool


@frozen
class TextShift:
    """Conditions or questions that are new, and those that are no longer there; id and text."""

    added: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]


@frozen
class Concerned:
    """A route that was read. ``row`` is where it stands in its table; a route of a file of its own has none."""

    route: str
    title: str | None
    owner: str | None
    row: int | None = None


@frozen
class Impact:
    """A change, and the routes that share it: one from a file, or all rows of a table that say the same of a route.

    ``worse``: the stricter side is the later one. Only what is touched says why.
    """

    routes: tuple[Concerned, ...]
    before: Answered | Refused
    after: Answered | Refused
    effect: Effect
    worse: bool
    parts: tuple[Part, ...] = ()
    regimes: tuple[OutcomeShift, ...] = ()
    findings: tuple[FindingShift, ...] = ()
    facts: tuple[FactShift, ...] = ()
    conditions: TextShift = TextShift((), ())
    questions: TextShift = TextShift((), ())

    @property
    def route(self) -> str:
        """The id of the first route."""
        return self.routes[0].route

    @property
    def lost(self) -> bool:
        """It could be assessed before, and can no longer be."""
        return isinstance(self.after, Refused) and not isinstance(self.before, Refused)


@frozen
class SideTold:
    """A side in words: what the user wrote, what it was taken for, and the day."""

    name: str
    told: str
    as_of: str


@frozen
class RejectedRow:
    """A row of a table of which no side can make anything; ``route`` is its id as it stands there, each reason with its column."""

    row: int
    route: str
    owner: str | None
    reasons: tuple[FieldProblem, ...]


@frozen
class TableRead:
    """A table of routes that was read: how many rows, which of them were rejected, and the columns that are no field of a route."""

    name: str
    rows: int
    rejected: tuple[RejectedRow, ...]
    unread: tuple[str, ...]


@frozen
class Comparison:
    """Every route that was read, the worst first; both sides under one policy.

    Of a ``table``, its rows are those of the routes of all impacts and the rejected ones.
    """

    before: SideTold
    after: SideTold
    policy: Policy
    impacts: tuple[Impact, ...]
    table: TableRead | None = None

    @property
    def compared(self) -> int:
        """How many routes have an answer on some side, or come from files."""
        return sum(len(impact.routes) for impact in self.impacts)
