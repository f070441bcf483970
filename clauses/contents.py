"""What stands in a set of clauses: clauses, options, what is filled in, annexes, and what the text does for whom.

Headings and numbers are those of the official text; everything else is told in our own words. ``modules`` of a part, where
left out, are all modules of the set.
"""

from __future__ import annotations

from enum import StrEnum

from clauses.parts import Passing, Seen
from country_reports.records import Answer, Day, LooseDay, Record


class SubClause(Record):
    """A numbered part of a clause, in some modules or in all."""

    number: str
    heading: str
    modules: tuple[str, ...] = ()


class Clause(Record):
    """One clause. ``only_if`` says by module when it applies; ``in_brackets`` what a module words otherwise.

    ``number_verified``: whether its number was read, where that is not so for all clauses alike.
    """

    number: str | None = None
    heading: str
    section: str | None = None
    modules: tuple[str, ...] = ()
    optional: bool = False
    number_verified: bool | None = None
    parts: tuple[SubClause, ...] = ()
    only_if: dict[str, str] = {}
    in_brackets: dict[str, str] = {}
    note: str | None = None


class Choice(Record):
    """One way to decide an option or a field. ``modules`` where it is open in some only; ``calls_for`` an annex it needs."""

    id: str
    what: str
    modules: tuple[str, ...] = ()
    constraint: str | None = None
    calls_for: str | None = None


class Option(Seen):
    """Something the parties decide. It stands in a clause, in an annex, or concerns the set as a whole.

    ``default`` is the choice that the text takes where the parties take none.
    """

    id: str
    name: str
    clause: str | None = None
    annex: str | None = None
    modules: tuple[str, ...] = ()
    choices: tuple[Choice, ...]
    default: str | None = None
    constraint: str | None = None


class FillIn(Seen):
    """Something the parties write into a clause."""

    id: str
    what: str
    clause: str
    modules: tuple[str, ...] = ()
    required: bool = True
    constraint: str | None = None


class Field(Record):
    """One field of an annex."""

    id: str
    what: str
    required: bool = True
    modules: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    constraint: str | None = None


class Annex(Seen):
    """An annex, appendix, table or part that the parties complete. ``required_if`` says when, where not always."""

    id: str
    number: str | None = None
    heading: str
    modules: tuple[str, ...] = ()
    required_if: str | None = None
    constraint: str | None = None
    examples: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    note: str | None = None


class Seat(StrEnum):
    """Where the exporter stands towards the area of its law, which decides whose authority is competent."""

    WITHIN = "within"
    REPRESENTED_WITHIN = "represented_within"
    NOT_REPRESENTED = "not_represented"


class AuthorityCase(Record):
    """Which authority is competent for an exporter of one seat."""

    id: str
    exporter: Seat | None = None
    when: str
    authority: str


class CompetentAuthority(Seen):
    """The cases among which the parties name the authority, and the annex where they do."""

    clause: str | None = None
    modules: tuple[str, ...] = ()
    cases: tuple[AuthorityCase, ...]
    named_in: str | None = None


class Docking(Seen):
    """Whether further parties can join the contract as it stands."""

    available: Answer
    clause: str | None = None
    optional: bool = False
    how: str | None = None


class Enforcement(Seen):
    """Whether and how data subjects enforce the clauses, and which they cannot, in all modules or in one."""

    clause: str | None = None
    excluded: tuple[str, ...] = ()
    excluded_in: dict[str, tuple[str, ...]] = {}
    note: str | None = None


class Liability(Seen):
    """Who answers for what, by module where they differ."""

    clause: str | None = None
    rule: str | None = None
    in_modules: dict[str, str] = {}


class AssessmentDuty(Seen):
    """Whether the set has the parties assess the law of the destination. ``serves`` names the provisions of law it serves."""

    exists: Answer
    name: str | None = None
    clause: str | None = None
    modules: tuple[str, ...] = ()
    only_if: dict[str, str] = {}
    documented: Answer | None = None
    shown_to_authority: Answer | None = None
    kept: str | None = None
    standard: str | None = None
    elements: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    guidance: tuple[str, ...] = ()
    note: str | None = None


class Alteration(Seen):
    """Whether the text may be altered, and what may be added or left out all the same."""

    allowed: Answer
    may_add: str | None = None
    may_delete: str | None = None
    note: str | None = None


class Languages(Seen):
    """Languages of the official text, and the one that prevails."""

    official: tuple[str, ...] = ()
    prevailing: str | None = None
    note: str | None = None


class Incorporation(Seen):
    """Whether the set can be made part of a contract by reference, and what the contract must then state."""

    allowed: Answer
    note: str | None = None
    must_state: tuple[str, ...] = ()


class Reuse(Seen):
    """On what terms the official text may be copied. We do not bundle it."""

    terms: str
    our_practice: str | None = None


class Transition(Passing):
    """What became of contracts made before a change."""

    text: str


class Event(Seen):
    """Something that happened to the set, on a day, in a month or in a year."""

    on: LooseDay
    what: str


class TimeLimit(Seen):
    """How long a party has for something."""

    what: str
    limit: str
    clause: str | None = None
    modules: tuple[str, ...] = ()


class Change(Passing):
    """What an addendum or adaptation changes in its base. ``in_cases`` where that differs by case of use."""

    id: str
    at: str
    change: str | None = None
    in_cases: dict[str, str] = {}


class Use(Seen):
    """One case in which the set is used, where its content turns on it."""

    id: str
    when: str


class Position(Seen):
    """What a State or its authority made of the set."""

    place: str
    act: str | None = None
    on: LooseDay | None = None
    text: str


class Topic(Seen):
    """What the set is known to cover where its clauses could not be read, with the article that it carries out."""

    topic: str
    article: str | None = None


class Published(Record):
    """The instrument as it was published."""

    reference: str | None = None
    on: Day | None = None
    legal_basis: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
