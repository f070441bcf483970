"""A case and the facts about it, as the law reads them in one judgement: every read is noted for the memory.

Rules see no difference: what they are given answers as a ``Case``, a ``Leg`` and a ``View`` do. They read nothing else, and
keep nothing on their own account, since nobody would know what they had read for it; what is worth keeping is ``remembered``.
A leg is known by its number: what was found for one is found again where those of its fields that were read are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar, cast

from country_reports.facts import Truth
from transfers.case import Case, Leg
from transfers.finding import Finding
from transfers.leg_names import of_leg
from transfers.memory import NEVER_THE_SAME, Answer, Fork, Found, Memory, Notes, Read, Wanted
from transfers.view import View

ResultT = TypeVar("ResultT")
P = ParamSpec("P")


class Situation:
    """One case with its view, or before it has one, and what has been found out about them so far.

    ``supposed`` findings are taken for what their rules would find; such a situation needs a memory of its own.
    """

    def __init__(
        self, case: Case, view: View | None, supposed: Iterable[Finding] = (), memory: Memory | None = None
    ) -> None:
        self.memory = memory or (Memory() if view is None else view.memory)
        self.plain_case = case
        self.plain_view = view
        self.plain_legs = {leg.number: leg for leg in case.legs}
        self._answers: Notes = {}
        self._found: dict[Wanted, Found] = {}
        self._noting: list[Notes] = []
        self._others: dict[int, tuple[Case, Situation]] = {}
        self.supposed = {(found.rule, found.provision, found.leg): found for found in supposed}
        self.legs = {leg.number: cast(Leg, _WatchedLeg(leg, self)) for leg in case.legs}
        self.case = cast(Case, _WatchedCase(case, self))
        self.view = cast(View, _WatchedView(view, self))

    def of(self, case: Case) -> Situation:
        """The situation of another case made of this one, on the same facts."""
        if self._noting:
            self._noting[-1][NEVER_THE_SAME] = None
        if id(case) not in self._others:
            other = Situation(case, self.plain_view, self.supposed.values(), self.memory)
            self._others[id(case)] = (case, other)
        return self._others[id(case)][1]

    def find(self, function: Callable[..., ResultT], leg: Leg | None, *others: object) -> ResultT:
        """What the function finds about a leg of the case, or about none; it need not run where all that it reads is as before."""
        found = self.found((function, None if leg is None else leg.number, *map(id, others)), others)
        if self._noting:
            self._noting[-1][found.read] = found.answer  # whoever asked has read this, whatever it was found from
        result: ResultT = found.result
        return result

    def found(self, wanted: Wanted, others: tuple[object, ...]) -> Found:
        """The same with what is known of it: found in this judgement, in one before that read the same, or worked out now."""
        found = self._found.get(wanted)
        if found is not None:
            return found
        place, answers = self.memory.roots.get(wanted), self._answers
        while type(place) is Fork:
            read = place.read
            try:
                answer = answers[read]
            except KeyError:
                answer = answers[read] = read.look(self, read)
            place = place.branches.get(answer)
        found = place if type(place) is Found else self._worked_out(wanted, others)
        self._found[wanted] = found
        return found

    def note(self, look: Look, name: str, argument: Hashable = None) -> None:
        """Note what was read, if somebody is working something out."""
        if self._noting:
            read, answers = _read(look, name, argument), self._answers
            if read not in answers:
                answers[read] = look(self, read)
            self._noting[-1][read] = answers[read]

    def _worked_out(self, wanted: Wanted, others: tuple[object, ...]) -> Found:
        function, leg, *_ = wanted
        notes: Notes = {}
        about = () if leg is None else (self.legs[leg],)
        self._noting.append(notes)
        try:
            result = function(self.case, self.view, *about, *others)
        finally:
            self._noting.pop()
        return self.memory.keep(wanted, Read(_result, wanted, others), result, notes)


Look: TypeAlias = Callable[[Situation, Read], Answer]
"""Where a read looks. Cases are compared by value; facts by identity, since Knowledge gives the same objects as long as they are the same."""

_read = cache(Read)


def _result(here: Situation, read: Read) -> Answer:
    """What another function finds."""
    return here.found(read.name, read.argument).answer


def _case(here: Situation, read: Read) -> Answer:
    """A field of the case."""
    return here.memory.by_value(getattr(here.plain_case, read.name))


def _asked(here: Situation, read: Read) -> Answer:
    """What the case answers to a question."""
    return here.memory.by_value(getattr(here.plain_case, read.name)(read.argument))


def _which_legs(here: Situation, read: Read) -> Answer:
    """Which legs the case names, by number."""
    return here.memory.by_value(tuple(leg.number for leg in getattr(here.plain_case, read.name)))


def _first_leg(here: Situation, read: Read) -> Answer:
    return here.plain_case.importer.number


def _owner(here: Situation, read: Read) -> Answer:
    return here.plain_case.owner_of(here.plain_legs[read.argument]).number


def _leg(here: Situation, read: Read) -> Answer:
    """A field of a leg."""
    return here.memory.by_value(getattr(here.plain_legs[read.argument], read.name))


def _categories(here: Situation, read: Read) -> Answer:
    """Whether the recipient of a leg falls under a legal category."""
    return here.plain_legs[read.argument].in_category(read.name)


def _view(here: Situation, read: Read) -> Answer:
    """A field of the view."""
    return _as_stands(here.memory, getattr(here.plain_view, read.name))


def _entry(here: Situation, read: Read) -> Answer:
    """An entry of a table of the view."""
    return _as_stands(here.memory, getattr(here.plain_view, read.name).get(read.argument))


def _as_stands(memory: Memory, value: Any) -> Answer:
    """A frozenset by its members and a table by its entries, since both are made anew for each view."""
    if type(value) is frozenset:
        return memory.by_value(value)
    if type(value) is dict:
        return memory.by_value(tuple((key, memory.by_identity(item)) for key, item in value.items()))
    return memory.by_identity(value)


class _WatchedCase:
    """Answers as the case does."""

    def __init__(self, case: Case, situation: Situation) -> None:
        self._plain = case
        self._situation = situation

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._plain, name)
        if callable(value):
            raise TypeError(f"what Case.{name} reads is not noted")
        self._situation.note(_case, name)
        return value

    @property
    def legs(self) -> tuple[Leg, ...]:
        return self._watched("legs", self._plain.legs)

    @property
    def importers(self) -> tuple[Leg, ...]:
        return self._watched("importers", self._plain.importers)

    @property
    def importer(self) -> Leg:
        here, first = self._situation, self._plain.importer.number
        here.note(_first_leg, "importer")
        return here.legs[first]

    def owner_of(self, leg: Leg) -> Leg:
        here = self._situation
        here.note(_owner, "owner_of", leg.number)
        return here.legs[self._plain.owner_of(here.plain_legs[leg.number]).number]

    def answer(self, criterion: str) -> Truth:
        self._situation.note(_asked, "answer", criterion)
        return self._plain.answer(criterion)

    def claims(self, criterion: str) -> bool:
        self._situation.note(_asked, "claims", criterion)
        return self._plain.claims(criterion)

    def evidence_for(self, criterion: str) -> frozenset[str] | None:
        self._situation.note(_asked, "evidence_for", criterion)
        return self._plain.evidence_for(criterion)

    def answered_among(self, criteria: tuple[str, ...]) -> tuple[tuple[str, Truth], ...]:
        self._situation.note(_asked, "answered_among", criteria)
        return self._plain.answered_among(criteria)

    def measure(self, measure: str) -> Truth:
        """Noted as a look at all measures: the rules ask for many at a time, and routes have them in sets."""
        self._situation.note(_case, "measures")
        return self._plain.measure(measure)

    def offers(self, service: str) -> Truth:
        self._situation.note(_asked, "offers", service)
        return self._plain.offers(service)

    def _watched(self, name: str, legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
        here = self._situation
        here.note(_which_legs, name)
        return tuple(here.legs[leg.number] for leg in legs)


class _WatchedLeg:
    """Answers as the leg does. Its number is by what it is known, so it is read without being noted."""

    def __init__(self, leg: Leg, situation: Situation) -> None:
        self._plain = leg
        self._situation = situation
        self.number = leg.number

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._plain, name)
        if callable(value):
            raise TypeError(f"what Leg.{name} reads is not noted")
        self._situation.note(_leg, name, self.number)
        return value

    def criterion(self, base: str) -> str:
        return of_leg(base, self.number)

    def in_category(self, category: str) -> Truth:
        self._situation.note(_categories, category, self.number)
        return self._plain.in_category(category)


class _WatchedView:
    """Answers as the view does."""

    def __init__(self, view: View | None, situation: Situation) -> None:
        self._plain = view
        self.situation = situation

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._plain, name)
        if isinstance(value, Mapping):
            return _WatchedEntries(name, value, self.situation)
        self.situation.note(_view, name)
        return value


class _WatchedEntries(Mapping[Any, Any]):
    """One table of the view: what is looked up in it is read, and only who goes through all of it reads all."""

    def __init__(self, name: str, entries: Mapping[Any, Any], situation: Situation) -> None:
        self._name = name
        self._entries = entries
        self._situation = situation

    def __getitem__(self, key: Hashable) -> Any:
        self._situation.note(_entry, self._name, key)
        return self._entries[key]

    def __iter__(self) -> Iterator[Any]:
        self._situation.note(_view, self._name)
        return iter(self._entries)

    def __len__(self) -> int:
        self._situation.note(_view, self._name)
        return len(self._entries)


def situated(case: Case, view: View) -> Situation:
    """The situation that a rule is asked in; outside a judgement, one of its own."""
    if not isinstance(view, _WatchedView):
        return Situation(case, view)
    here = view.situation
    return here if case is here.plain_case or case is here.case else here.of(case)


def remembered(
    function: Callable[Concatenate[Case, View, Leg, P], ResultT],
) -> Callable[Concatenate[Case, View, Leg, P], ResultT]:
    """Have a pure function of case, view, leg and other arguments run once for all cases in which it reads the same."""

    def remembering(case: Case, view: View, leg: Leg, /, *others: P.args, **_: P.kwargs) -> ResultT:
        return situated(case, view).find(function, leg, *others)

    update_wrapper(remembering, function)
    return remembering
