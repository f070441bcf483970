"""What somebody may have meant who names a set of clauses without its module, or only a word of its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clauses.clause_set import ClauseSet
from clauses.parts import Status


def lacks_module(typed: str, meant: Iterable[ClauseSet]) -> str:
    """That ``typed`` names no module, and the modules of the sets that are meant, those in force first."""
    sets = sorted(meant, key=lambda one: (one.status is Status.REPEALED, one.id))
    told = "; ".join(f"{one.short}: {', '.join(_modules(one))}" for one in sets)
    return f"{typed!r} names no module; write the set and the module of it that fits the roles of the parties. {told}"


def meant_by(typed: str, sets: Iterable[ClauseSet]) -> tuple[ClauseSet, ...]:
    """The sets with modules to be claimed whose id and names have every word that was typed."""
    words = _words(typed)
    claimable = (one for one in sets if one.is_clauses and one.adaptation_of is None and one.modules)
    return tuple(one for one in claimable if words and words <= _words(f"{one.id} {one.short} {one.name}"))


def _words(text: str) -> frozenset[str]:
    """Words in small letters, without the s of a plural."""
    return frozenset(word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", text.casefold()))


def _modules(record: ClauseSet) -> Iterable[str]:
    return (f"{record.id}/{module.id} ({module.name})" for module in record.modules)
