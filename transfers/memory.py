"""What was worked out before, kept by what was read on the way: nothing is worked out twice from the same answers.

A pure function depends on nothing but what it reads. While one runs, its reads are noted in their order, each with the
answer it got. When it is wanted again, for another case, the same things are read one by one: as long as the answers
are the same, what it will find is known, and it need not run. Nobody declares what depends on what, and a function that
reads something new is followed there by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import count
from typing import Any, Generic, TypeAlias, TypeVar

ValueT = TypeVar("ValueT")

Answer: TypeAlias = Hashable
"""What a read got, as something that is compared fast: words, yes and no as they are, all else as a number."""


class Read:
    """One thing that can be read, and how to ``look`` it up. There is one object for each, so that it is found by identity."""

    __slots__ = ("argument", "look", "name")

    def __init__(self, look: Callable[..., Answer], name: str, argument: Any = None) -> None:
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
    """A result with the arguments it was found for, and all that was read for it.

    The arguments are held because they are looked up by their identity, which must stay theirs as long as the result is kept.
    """

    __slots__ = ("arguments", "notes", "result")

    def __init__(self, result: Any, arguments: tuple[object, ...], notes: Notes) -> None:
        self.result = result
        self.arguments = arguments
        self.notes = notes


Wanted: TypeAlias = tuple[Hashable, ...]
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


class Memory:
    """Results by what was read for them. It forgets all of them at once when it holds too many of them, or of what they read."""

    def __init__(self, most: int = 30_000) -> None:
        self._most = most
        self._kept = 0
        self._equal: dict[Hashable, tuple[int, Any]] = {}
        self._same: dict[int, tuple[int, object]] = {}
        self._next = count(2)  # 0 and 1 are equal to False and True
        self.roots: dict[Wanted, Fork | Found] = {}
        """Where to begin to ask for what is wanted."""

    def keep(self, wanted: Wanted, found: Found) -> None:
        """Keep a result; not one that rests on so much that the same will hardly be met again, or whose reads came in another order."""
        if max(self._kept, len(self._equal), len(self._same)) >= self._most:
            self.forget()
        if len(found.notes) > MANY or NEVER_THE_SAME in found.notes:
            return
        place: dict[Any, Fork | Found] = self.roots
        answer: Any = wanted
        for read, got in found.notes.items():
            fork = place.get(answer)
            if fork is None:
                fork = place[answer] = Fork(read)
            if type(fork) is not Fork or fork.read is not read:
                return
            place, answer = fork.branches, got
        place[answer] = found
        self._kept += 1

    def by_value(self, value: Any) -> Answer:
        """An answer that all equal values have."""
        return self._canonical(value)[0]

    def by_identity(self, value: object) -> Answer:
        """An answer for this very object: a number that no other object is given, before or after."""
        held = self._same.get(id(value))
        if held is None:
            held = self._same[id(value)] = (next(self._next), value)
        return held[0]

    def canonical(self, value: ValueT) -> ValueT:
        """The first of all values equal to this one."""
        first: ValueT = self._canonical(value)[1]
        return first

    def _canonical(self, value: Any) -> tuple[int, Any]:
        known = self._equal.get(value)
        if known is None:
            known = self._equal[value] = (next(self._next), value)
        return known

    def forget(self) -> None:
        """Forget everything, as if nothing had been worked out yet."""
        self._kept = 0
        for table in (self.roots, self._equal, self._same):
            table.clear()
