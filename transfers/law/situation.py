"""A case and the facts about it, as the law reads them in one judgement: every read is noted for the memory.

Rules see no difference: what they are given answers as a ``Case`` and a ``View`` do. They read nothing else, and keep
nothing on their own account, since nobody would know what they had read for it; what is worth keeping is ``remembered``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, update_wrapper
from operator import is_
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from country_reports.facts import Truth
from transfers.case import Case
from transfers.finding import Finding
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
        self._memory = memory or (Memory() if view is None else view.memory)
        self.plain_case = _with_shared_legs(case, self._memory)
        self._view = view
        self._answers: Notes = {}
        self._found: dict[Wanted, Found] = {}
        self._noting: list[Notes] = []
        self._others: dict[int, tuple[Case, Situation]] = {}
        self.supposed = {(found.rule, found.provision, found.leg): found for found in supposed}
        self.case = cast(Case, _WatchedCase(self.plain_case, self))
        self.view = cast(View, _WatchedView(view, self))

    def of(self, case: Case) -> Situation:
        """The situation of another case made of this one, on the same facts."""
        for notes in self._noting:
            notes[NEVER_THE_SAME] = None
        if id(case) not in self._others:
            other = Situation(case, self._view, self.supposed.values(), self._memory)
            self._others[id(case)] = (case, other)
        return self._others[id(case)][1]

    def find(self, function: Callable[..., ResultT], *arguments: object) -> ResultT:
        """What the function finds; it need not run where everything that it reads is as it was before."""
        wanted = (function, *map(id, arguments))
        found = self._found.get(wanted)
        if found is None:
            found = self._found[wanted] = self._recalled(wanted) or self._worked_out(wanted, function, arguments)
        if self._noting:
            self._noting[-1].update(found.notes)  # whoever asked has read all this too
        result: ResultT = found.result
        return result

    def note(self, room: str, name: str, value: object, argument: Hashable = None) -> None:
        """Note what was read, if somebody is working something out."""
        if self._noting:
            read, answers = _read(room, name, argument), self._answers
            if read not in answers:
                answers[read] = self._told(room, value)
            self._noting[-1][read] = answers[read]

    def _recalled(self, wanted: Wanted) -> Found | None:
        answers, place = self._answers, self._memory.roots.get(wanted)
        while type(place) is Fork:
            read = place.read
            try:
                answer = answers[read]
            except KeyError:
                answer = answers[read] = self._answer(read)
            place = place.branches.get(answer)
        assert not isinstance(place, Fork)
        return place

    def _worked_out(self, wanted: Wanted, function: Callable[..., object], arguments: tuple[object, ...]) -> Found:
        notes: Notes = {}
        self._noting.append(notes)
        try:
            found = Found(function(self.case, self.view, *arguments), arguments, notes)
        finally:
            self._noting.pop()
        self._memory.keep(wanted, found)
        return found

    def _answer(self, read: Read) -> Answer:
        room = read.room
        if room is _CASE:
            return self._told(room, getattr(self.plain_case, read.name))
        if room is _ASKED:
            return self._told(room, getattr(self.plain_case, read.name)(read.argument))
        value = getattr(self._view, read.name)
        return self._told(room, value if room is _VIEW else value.get(read.argument))

    def _told(self, room: str, value: Any) -> Answer:
        """Cases are compared by value; facts by identity, since Knowledge gives the same objects as long as they are the same."""
        if value is None or type(value) in _THEMSELVES:
            return value  # type: ignore[no-any-return]
        if type(value) is frozenset:
            return self._memory.by_value(value)
        if type(value) is dict:
            return self._memory.by_value(tuple((key, self._memory.by_identity(item)) for key, item in value.items()))
        return self._memory.by_identity(value) if room not in _OF_THE_CASE else self._memory.by_value(value)


def _with_shared_legs(case: Case, memory: Memory) -> Case:
    """Equal legs as one object, so that what was found for one is looked up by its identity."""
    legs = tuple(map(memory.canonical, case.legs))
    return case if all(map(is_, legs, case.legs)) else replace(case, legs=legs)


_CASE, _ASKED, _VIEW, _ENTRY = "case", "asked", "view", "entry"
"""Where a read looks: a field of the case, a method of it, a field of the view, an entry of one."""

_OF_THE_CASE = frozenset((_CASE, _ASKED))
_THEMSELVES = frozenset((str, bool, Truth))
"""Answers that are compared fast as they are."""

_read = cache(Read)


class _WatchedCase:
    """Answers as the case does."""

    def __init__(self, case: Case, situation: Situation) -> None:
        self._case = case
        self._situation = situation

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._case, name)
        self._situation.note(_CASE, name, value)
        return value

    def answer(self, criterion: str) -> Any:
        return self._asked("answer", criterion)

    def claims(self, criterion: str) -> Any:
        return self._asked("claims", criterion)

    def answered_among(self, criteria: tuple[str, ...]) -> Any:
        value = self._case.answered_among(criteria)
        self._situation.note(_ASKED, "answered_among", value, criteria)
        return value

    def measure(self, measure: str) -> Truth:
        """Noted as a look at all measures: the rules ask for many at a time, and routes have them in sets."""
        self._situation.note(_CASE, "measures", self._case.measures)
        return self._case.measure(measure)

    def offers(self, service: str) -> Any:
        return self._asked("offers", service)

    def _asked(self, name: str, argument: str) -> Any:
        value = getattr(self._case, name)(argument)
        self._situation.note(_ASKED, name, value, argument)
        return value


class _WatchedView:
    """Answers as the view does."""

    def __init__(self, view: View | None, situation: Situation) -> None:
        self._view = view
        self.situation = situation

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._view, name)
        if isinstance(value, Mapping):
            return _WatchedEntries(name, value, self.situation)
        self.situation.note(_VIEW, name, value)
        return value


class _WatchedEntries(Mapping[Any, Any]):
    """One table of the view: what is looked up in it is read, and only who goes through all of it reads all."""

    def __init__(self, name: str, entries: Mapping[Any, Any], situation: Situation) -> None:
        self._name = name
        self._entries = entries
        self._situation = situation

    def __getitem__(self, key: Hashable) -> Any:
        self._situation.note(_ENTRY, self._name, self._entries.get(key), key)
        return self._entries[key]

    def __iter__(self) -> Iterator[Any]:
        self._situation.note(_VIEW, self._name, self._entries)
        return iter(self._entries)

    def __len__(self) -> int:
        self._situation.note(_VIEW, self._name, self._entries)
        return len(self._entries)


def situated(case: Case, view: View) -> Situation:
    """The situation that a rule is asked in; outside a judgement, one of its own."""
    if not isinstance(view, _WatchedView):
        return Situation(case, view)
    here = view.situation
    return here if case is here.plain_case or case is here.case else here.of(case)


def remembered(
    function: Callable[Concatenate[Case, View, P], ResultT],
) -> Callable[Concatenate[Case, View, P], ResultT]:
    """Have a pure function of case, view and other arguments run once for all cases in which it reads the same."""

    def remembering(case: Case, view: View, /, *others: P.args, **_: P.kwargs) -> ResultT:
        return situated(case, view).find(function, *others)

    update_wrapper(remembering, function)
    return remembering
