"""How an answer names the recipient it is about: by who that is and where, never by its place in a list.

Within a Case the legs are numbered, so that routes that differ in names alone are judged once. A route that is edited may
number them otherwise; an answer that went by number would then speak for somebody else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_NUMBERED = re.compile(r"\.leg-(\d+)$")
_BY_NUMBER_ALONE = re.compile(r"(?<=onward)\.\d+$")
_NAMED = re.compile(r"\.([^.@]+@[^.@]+)$")


class UnknownLeg(ValueError):
    """An answer is about nobody on the route; the message says whom it can be about."""


def names_of(recipients: Sequence[tuple[str | None, str | None]]) -> tuple[str, ...]:
    """What each leg is called, for its recipient and place, such as ``c3p@CA``.

    Legs that nobody can tell apart say how many they are (``recipient-1-of-2@IN``): with one more of them, none is called as before.
    """
    plain = [(_word(who or "the recipient"), where or "unknown") for who, where in recipients]
    many, seen = Counter(plain), Counter[tuple[str, str]]()
    found = []
    for who, where in plain:
        seen[who, where] += 1
        alike = f"-{seen[who, where]}-of-{many[who, where]}" if many[who, where] > 1 else ""
        found.append(f"{who}{alike}@{where}")
    return tuple(found)


def numbered(criterion: str, further: Sequence[str]) -> str:
    """The id of an answer as the law asks for it, for the id that a route gives it; ``further`` are the legs from the second on.

    Raises:
        UnknownLeg: it is about no further leg of the route.
    """
    named = _NAMED.search(criterion)
    if named is not None and named[1] in further:
        return f"{criterion[: named.start()]}.leg-{further.index(named[1]) + 1}"
    found = named or _NUMBERED.search(criterion) or _BY_NUMBER_ALONE.search(criterion)
    if found is not None:
        asked = criterion[: found.start()]
        offered = ", ".join(f"{asked}.{name}" for name in further) or "none: this route has one recipient at one place"
        raise UnknownLeg(f"{criterion!r} names no further recipient of this route. It would be one of: {offered}")
    return criterion


def of_leg(criterion: str, number: int) -> str:
    """The id under which the law asks a question about the leg of this number; the first leg's needs none."""
    return criterion if number == 0 else f"{criterion}.leg-{number}"


def leg_in(criterion: str) -> int | None:
    """The number of the leg that an id of the law is about; None for the first, and for what is about no leg."""
    found = _NUMBERED.search(criterion)
    return int(found[1]) if found is not None else None


def named(criterion: str, name: str) -> str:
    """The id that a route gives an answer about the leg of this name."""
    return _NUMBERED.sub(f".{name}", criterion)


def base_of(criterion: str) -> str:
    """What is asked, whichever leg it is about."""
    return _NUMBERED.sub("", criterion)


def _word(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-")[:60] or "recipient"
