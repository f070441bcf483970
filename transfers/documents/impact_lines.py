"""What became of the rows of a table, a line for each change: rows that fare alike, for the same reason, are told together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transfers.documents.blocks import Block, Heading, Paragraph, Table
from transfers.documents.impact_told import NAMED, change_of, names, why
from transfers.impact_records import Concerned, Impact, TableRead

MOST_LINES = 50
"""Lines of a table in a document; a spreadsheet is the place for more."""


def lines_table(impacts: Iterable[Impact]) -> Iterator[Block]:
    """Changes of one effect, those of most rows first."""
    lines = sorted(_lines(impacts), key=lambda line: -len(_rows(line)))
    owned = any(one.owner for line in lines for one in _rows(line))
    headings = ("Change", "Rows", "Why", "First rows", *(("Owners",) if owned else ()))
    yield Table(headings, tuple(_cells(line)[: len(headings)] for line in lines[:MOST_LINES]))
    if len(lines) > MOST_LINES:
        rest = sum(len(_rows(line)) for line in lines[MOST_LINES:])
        yield Paragraph(f"And {len(lines) - MOST_LINES} more, of {rest:,} rows. {_EVERY_ROW}")


def first_of_each_line(impacts: Iterable[Impact]) -> tuple[Impact, ...]:
    """Of the changes that share a line the first, in their order."""
    return tuple(line[0] for line in _lines(impacts))


def rejected_rows(table: TableRead) -> Iterator[Block]:
    """Rows that were not compared, each with what is wrong with it."""
    if not table.rejected:
        return
    yield Heading(2, "Rejected")
    told = [(str(row.row), row.route, reason.field, reason.message) for row in table.rejected for reason in row.reasons]
    yield Table(("Row", "Id", "Column", "What is wrong"), tuple(told[:MOST_LINES]))
    if len(told) > MOST_LINES:
        yield Paragraph(f"And {len(told) - MOST_LINES} more reasons. {_EVERY_ROW}")


_EVERY_ROW = "Every row stands in the forms json, csv and xlsx."


def _lines(impacts: Iterable[Impact]) -> list[tuple[Impact, ...]]:
    """The changes that a reader would say are one: the same effect, outcomes and reason."""
    found: dict[object, list[Impact]] = {}
    for impact in impacts:
        found.setdefault((impact.effect, impact.worse, change_of(impact), why(impact)), []).append(impact)
    return [tuple(line) for line in found.values()]


def _rows(line: tuple[Impact, ...]) -> list[Concerned]:
    """In the order of the table."""
    return sorted((one for impact in line for one in impact.routes), key=lambda one: one.row or 0)


def _cells(line: tuple[Impact, ...]) -> tuple[str, ...]:
    rows, reasons = _rows(line), why(line[0])
    more = (f"and {len(reasons) - NAMED} more",) if len(reasons) > NAMED else ()
    return (
        change_of(line[0]),
        f"{len(rows):,}",
        "; ".join((*reasons[:NAMED], *more)),
        names(one.route for one in rows),
        names(one.owner for one in rows),
    )
