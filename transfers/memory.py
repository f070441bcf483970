"""What was worked out before, kept by what was read on the way: nothing is worked out twice from the same answers.

A pure function depends on nothing but what it reads. While one runs, its reads are noted in their order, each with the
answer it got. When it is wanted again, for another case, the same things are read one by one: as long as the answers
are the same, what it will find is known, and it need not run. What another function finds is read like anything else:
where that one read something new and found the same, nobody who asked it runs again. Nobody declares what depends on
what, and a function that reads something new is followed there by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import count
from types import NoneType
from typing import Any, Generic, TypeAlias, TypeVar

from country_reports.facts import Truth

ValueT = TypeVar("ValueT")

Answer: TypeAlias = Hashable
"""What a read got, as something that is compared fast: words, yes and no as they are, all else as a number."""


class Read:
    """One thing that can be read, and how to ``look`` it up. There is one object for each, so that it is found by identity."""

    __slots__ = ("argument", "look", "name")

    def __init__(self, look: Callable[..., Answer], name: Any, argument: Any = None) -> None:
        self.look = look
        self.name = name
        self.argument = argument


def _refused(*_: object) -> Answer:
    raise AssertionError("what rests on this is not kept, so nobody asks for it again")


NEVER_THE_SAME = Read(_refused, "never the same")
"""Noted where what was read cannot be asked for again: a result that rests on it is not kept."""

Notes: TypeAlias = dict[Read, Answer]
"""What was read, in its order, with the answers."""


class Fork:
    """What is read next, and where each answer met so far leads: to another fork, or to the result."""

    __slots__ = ("branches", "read")

    def __init__(self, read: Read) -> None:
        self.read = read
        self.branches: dict[Answer, Fork | Found] = {}


class Found:
    """A result, with the ``answer`` that stands for it where it is itself read, and that ``read``."""

    __slots__ = ("answer", "read", "result")

    def __init__(self, read: Read, answer: Answer, result: Any) -> None:
        self.read = read
        self.answer = answer
        self.result = result


Wanted: TypeAlias = tuple[Any, ...]
"""A function, the number of the leg it is asked about, and the identity of each other argument."""


MANY = 50
"""Reads of one function. Asking for so many takes as long as most rules run."""


class Table(Generic[ValueT]):
    """Values made once for their key. It forgets all of them at once when it holds too many.

    A key may be an identity, if what has it is ``held``: then it cannot become that of something else.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, tuple[ValueT, tuple[object, ...]]] = {}

    def once(self, key: Hashable, make: Callable[[], ValueT], *held: object) -> ValueT:
        """The value for this key, made when it is first wanted."""
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            kept = self._kept[key] = (make(), held)
        return kept[0]

    def forget(self) -> None:
        self._kept.clear()


THEMSELVES = frozenset((str, bool, NoneType, Truth))
"""Answers that are compared fast as they are."""


class Memory:
    """Results by what was read for them. It forgets all of them at once when it holds too many of them, or of what they read."""

    def __init__(self, most: int = 30_000) -> None:
        self._most = most
        self._kept = 0
        self._equal: dict[Hashable, tuple[int, Any]] = {}
        self._same: dict[int, tuple[int, object]] = {}
        self._reads: dict[Wanted, Read] = {}
        self._next = count(2)  # 0 and 1 are equal to False and True
        self.roots: dict[Wanted, Fork | Found] = {}
        """Where to begin to ask for what is wanted."""
        self.of_whole_cases: Table[Any] = Table(5_000)
        """What rests on all of a case, and is looked up by it."""

    def keep(self, wanted: Wanted, read: Read, result: Any, notes: Notes) -> Found:
        """A result, kept unless it rests on so much that the same will hardly be met again, or its reads came in another order.

        ``read`` is how to ask for it again; it holds the arguments, whose identities are in ``wanted``, as long as they are looked up.
        Equal results are one object with one answer: who read the one need not run again for the other.
        """
        if max(self._kept, len(self._equal), len(self._same), len(self._reads)) >= self._most:
            self.forget()
        answer, result = self._settled(result)
        found = Found(self._reads.setdefault(wanted, read), answer, result)
        if len(notes) > MANY or NEVER_THE_SAME in notes:
            return found
        place: dict[Any, Fork | Found] = self.roots
        met: Any = wanted
        for noted, got in notes.items():
            fork = place.get(met)
            if fork is None:
                fork = place[met] = Fork(noted)
            if type(fork) is not Fork or fork.read is not noted:
                return found
            place, met = fork.branches, got
        place[met] = found
        self._kept += 1
        return found

    def by_value(self, value: Any) -> Answer:
        """An answer that all equal values have."""
        return value if type(value) in THEMSELVES else self._canonical(value)[0]

    def by_identity(self, value: object) -> Answer:
        """An answer for this very object: a number that no other object is given, before or after."""
        if type(value) in THEMSELVES:
            return value
        held = self._same.get(id(value))
        if held is None:
            held = self._same[id(value)] = (next(self._next), value)
        return held[0]

    def _settled(self, result: Any) -> tuple[Answer, Any]:
        if type(result) in THEMSELVES:
            return result, result
        try:
            return self._canonical(result)
        except TypeError:  # it cannot be hashed
            return self.by_identity(result), result

    def _canonical(self, value: Any) -> tuple[int, Any]:
        known = self._equal.get(value)
        if known is None:
            known = self._equal[value] = (next(self._next), value)
        return known

    def forget(self) -> None:
        """Forget everything, as if nothing had been worked out yet."""
        self._kept = 0
        for table in (self.roots, self._equal, self._same, self._reads):
            table.clear()
        self.of_whole_cases.forget()
