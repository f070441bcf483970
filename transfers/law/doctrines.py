"""Points on which authorities read the law differently: a narrow and a wide line, and the one that the reader takes.

Under `--doctrine` a line counts alone in the laws of which its authority speaks; elsewhere the point stays contested.
"""

from __future__ import annotations

from dataclasses import dataclass

from transfers.finding import Outcome, Possible

STRICT = ("edpb", "cnil", "strict")
"""Readers who take the narrow line wherever there is one."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who takes the narrow line and who the wide one under one law, besides those who are always strict."""

    narrow: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()


def settled(narrow: Possible, wide: Possible, doctrine: str | None, sides: Sides) -> Possible:
    """Where the two lines part the point is contested, unless the reader chose one."""
    if narrow == wide or doctrine in (*STRICT, *sides.narrow):
        return narrow
    if doctrine in sides.wide:
        return wide
    if narrow.outcome.permissible == wide.outcome.permissible and Outcome.UNDETERMINED not in (
        narrow.outcome,
        wide.outcome,
    ):
        return narrow
    contested = frozenset(Outcome.CONTESTED if outcome.permissible else outcome for outcome in wide.outcomes)
    certain = wide.outcomes & narrow.outcomes if narrow.outcome is Outcome.UNDETERMINED else frozenset()
    return Possible(contested | certain)
