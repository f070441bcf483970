"""Clauses of our own drafting for the contractual measures CM-01 to CM-11, from ``supplementary.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from clauses.paper.wording import Gap, gaps_in
from country_reports.records import Fault, Record, read_record
from country_reports.sourced import repeated

SHIPPED_FILE = Path(__file__).resolve().parent / "supplementary.yaml"


class SupplementaryClause(Record):
    """One clause. ``text`` are its paragraphs, with ``{id}`` where a gap is filled; ``only_if`` is what it depends on to help at all.

    ``note`` warns who drafts; it is no part of the clause.
    """

    id: str
    heading: str
    gaps: tuple[Gap, ...] = ()
    text: tuple[str, ...]
    only_if: str
    note: str | None = None


class SupplementaryClauses(Record):
    """All of them, with what is said before the first. ``where_importer_decides`` warns who drafts for a processor that sends to a controller."""

    opening: tuple[str, ...]
    where_importer_decides: str
    clauses: tuple[SupplementaryClause, ...]

    def faults(self) -> Iterator[Fault]:
        """Ids used twice; gaps that the text does not have, and the other way round."""
        yield from repeated(("clauses",), (clause.id for clause in self.clauses))
        for number, clause in enumerate(self.clauses):
            named = gaps_in(clause.text)
            for gap in sorted(named ^ {gap.id for gap in clause.gaps}):
                yield Fault(("clauses", number, "gaps"), f"{gap!r} must stand both in the text and among the gaps")

    def get(self, clause_id: str) -> SupplementaryClause | None:
        """The clause for a measure."""
        return next((clause for clause in self.clauses if clause.id == clause_id), None)


@cache
def read_supplementary(path: Path = SHIPPED_FILE) -> SupplementaryClauses:
    """The file, read once.

    Raises:
        BadRecord: it is missing or wrong.
    """
    return read_record(path, SupplementaryClauses)
