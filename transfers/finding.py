"""The algebra of conclusions: outcomes, what is still possible, and findings with their reasons.

Unknown facts leave several outcomes possible. ``Possible`` carries them all through the combination
of gateways, legs and regimes, and only the end asks whether they lie on one side of *permissible*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cache
from typing import TypeAlias

from country_reports.facts import Ground, Role, Truth, Verification
from country_reports.frozen import frozen


class Outcome(IntEnum):
    """What a regime says about a route; a higher number is stricter."""

    NOT_IN_SCOPE = 0
    NO_TRANSFER = 1
    PERMITTED = 2
    PERMITTED_WITH_CONDITIONS = 3
    PERMITTED_DEROGATION_ONLY = 4
    CONTESTED = 5
    SUPPLEMENTARY_MEASURES_REQUIRED = 6
    UNDETERMINED = 7
    NOT_PERMITTED = 8

    @property
    def word(self) -> str:
        """The word used in files and on the command line."""
        return _WORDS[self]

    @property
    def permissible(self) -> bool:
        return self <= Outcome.PERMITTED_DEROGATION_ONLY

    @classmethod
    def of_word(cls, word: str) -> Outcome:
        """The outcome called ``word``.

        Raises:
            ValueError: there is none; the message lists them.
        """
        if word not in _WORDS:
            raise ValueError(f"{word!r} is not an outcome. Allowed: {', '.join(_WORDS)}")
        return cls(_WORDS.index(word))


_WORDS = tuple(outcome.name.lower() for outcome in Outcome)


@frozen
class Possible:
    """The outcomes that the completions of what is unknown can lead to; never empty."""

    outcomes: frozenset[Outcome]

    @classmethod
    def only(cls, outcome: Outcome) -> Possible:
        return cls(frozenset((outcome,)))

    @classmethod
    def when(cls, truth: Truth, then: Outcome, otherwise: Outcome) -> Possible:
        """``then`` if yes, ``otherwise`` if no, either if unknown."""
        if truth is Truth.YES:
            return cls.only(then)
        if truth is Truth.NO:
            return cls.only(otherwise)
        return cls(frozenset((then, otherwise)))

    def or_else(self, other: Possible) -> Possible:
        """Two gateways side by side: the better one carries the route."""
        if self.outcomes == other.outcomes and len(self.outcomes) == 1:
            return self
        return _each(min, self.outcomes, other.outcomes)

    def and_also(self, other: Possible) -> Possible:
        """Two legs, or two demands that must both be met: the stricter one decides."""
        return _each(max, self.outcomes, other.outcomes)

    def either(self, other: Possible) -> Possible:
        """It is not known which of the two applies."""
        return Possible(self.outcomes | other.outcomes)

    def where(self, truth: Truth, otherwise: Possible) -> Possible:
        """This if ``truth``, ``otherwise`` if not, either if unknown."""
        if truth is Truth.YES:
            return self
        return otherwise if truth is Truth.NO else self.either(otherwise)

    def at_best(self, outcome: Outcome) -> Possible:
        """No better than ``outcome``: used where a condition is attached."""
        return _each(max, self.outcomes, frozenset((outcome,)))

    @property
    def outcome(self) -> Outcome:
        """``undetermined`` if the possible outcomes straddle the line of permissible, else the strictest."""
        return _outcome_of(self.outcomes)


@cache
def _outcome_of(outcomes: frozenset[Outcome]) -> Outcome:
    sides = {outcome.permissible for outcome in outcomes}
    return Outcome.UNDETERMINED if len(sides) > 1 else max(outcomes)


@cache
def _each(
    choose: Callable[[Outcome, Outcome], Outcome], ours: frozenset[Outcome], others: frozenset[Outcome]
) -> Possible:
    """Every outcome of the one with every outcome of the other; there are few such pairs, and every case has some."""
    return Possible(frozenset(choose(a, b) for a in ours for b in others))


@frozen
class PlaceName:
    """Stands in a sentence for the name of a place."""

    place: str


@frozen
class PartyName:
    """Stands in a sentence for the name of the recipient of a leg; filled per route."""

    leg: int


@frozen
class Term:
    """Stands in a sentence for what a legal category or a scheme of certification is called."""

    word: str


Parameter: TypeAlias = "str | int | date | PlaceName | PartyName | Term | Sentence | tuple[str | Term | Sentence, ...]"


@frozen
class Sentence:
    """A template in English with named parameters, so that it can be told in another language; a parameter may be a sentence too."""

    template: str
    parameters: tuple[tuple[str, Parameter], ...] = ()


def say(template: str, **parameters: Parameter) -> Sentence:
    """A sentence; wrap the template in ``_()`` so that extraction finds it."""
    return Sentence(template, tuple(sorted(parameters.items())))


def _(template: str) -> str:
    """Marks a template for translation."""
    return template


@frozen
class SlotGround:
    """A fact about a party, cited by its numbered slot so that equal cases share their findings."""

    slot: int
    role: Role
    verification: Verification
    stale: bool = False


AnyGround: TypeAlias = Ground | SlotGround


@frozen
class Question:
    """What must be found out, and from whom. ``id`` is the criterion that an answer settles."""

    id: str
    text: Sentence
    ask: str


def ask(question_id: str, text: str) -> Question:
    """A plain question to the exporter."""
    return Question(question_id, Sentence(text), "exporter")


@frozen
class Condition:
    """What a permission depends on."""

    id: str
    text: Sentence
    provision: str


@frozen
class Finding:
    """One rule's answer to its question for one leg, with the reason and the facts behind it."""

    truth: Truth
    because: Sentence
    grounds: tuple[AnyGround, ...] = ()
    questions: tuple[Question, ...] = ()
    conditions: tuple[Condition, ...] = ()
    watch: tuple[Sentence, ...] = ()
    contested: tuple[Sentence, ...] = ()
    options: tuple[Sentence, ...] = ()
    leg: int = 0
    rule: str = ""
    provision: str = ""
    asks: Sentence = Sentence("")

    def __hash__(self) -> int:
        """Enough to tell most findings apart; equal ones agree in all fields."""
        return hash((self.rule, self.provision, self.leg, self.because))

    def signed(self, rule: str, provision: str, leg: int, asks: Sentence) -> Finding:
        """This finding with the rule that made it."""
        return Finding(
            self.truth,
            self.because,
            self.grounds,
            self.questions,
            self.conditions,
            self.watch,
            self.contested,
            self.options,
            leg,
            rule,
            provision,
            asks,
        )


@frozen
class Equivalence:
    """Where a tool leads at one leg: the outcomes possible, and the findings on the way."""

    possible: Possible
    findings: tuple[Finding, ...]


@frozen
class Line:
    """One side of a contested point: who reads the law so, and where that reading leads."""

    doctrine: str
    outcome: Outcome


@frozen
class LegConclusion:
    """What one regime says about one leg."""

    leg: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class RegimeConclusion:
    """What one regime says about the route, and every finding on the way."""

    id: str
    name: str
    binding: bool
    possible: Possible
    findings: tuple[Finding, ...]
    legs: tuple[LegConclusion, ...] = ()
    lines: tuple[Line, ...] = ()
    carried_by: str | None = None
    outcome: Outcome = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcome", self.possible.outcome)


def strictest(outcomes: Iterable[Outcome]) -> Outcome:
    """The overall outcome of several regimes; nothing binding is ``not_in_scope``."""
    return max(outcomes, default=Outcome.NOT_IN_SCOPE)
