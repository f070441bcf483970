"""What became of the rows of a table, a line for each change: rows that fare alike, for the same reason, are told together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from transfers.changes.records import Concerned, Impact, RejectedRow, TableRead
from transfers.documents.blocks import Block, Bullets, Heading, Paragraph, Table
from transfers.documents.impact_told import NAMED, change_of, laws_that_differ, names, outcome_of, why
from transfers.field_problems import FieldProblem

MOST_LINES = 50
"""Lines of a table in a document; a spreadsheet is the place for more."""


def lines_table(impacts: Iterable[Impact]) -> Iterator[Block]:
    """Changes of one effect, those of most rows first."""
    lines = sorted(_lines(impacts), key=lambda line: -len(_rows(line)))
    cells = list(map(_cells, lines[:MOST_LINES]))
    said = [number for number in range(len(_COLUMNS)) if any(row[number] for row in cells)]
    headings, weights = zip(*(_COLUMNS[number] for number in said), strict=True)
    yield Table(headings, tuple(tuple(row[number] for number in said) for row in cells), weights=weights)
    if len(lines) > MOST_LINES:
        rest = sum(len(_rows(line)) for line in lines[MOST_LINES:])
        yield Paragraph(f"And {len(lines) - MOST_LINES} more, of {rest:,} rows. {_EVERY_ROW}")


_COLUMNS = (("Change", 6), ("Rows", 3), ("Why", 11), ("First rows", 8), ("Owners", 6))
"""Each with its weight. One in which nothing is said, such as owners that nobody names, is left out."""


def first_of_each_line(impacts: Iterable[Impact]) -> tuple[Impact, ...]:
    """Of the changes that share a line the first, in their order, with the rows of all of them."""
    return tuple(replace(line[0], routes=tuple(_rows(line))) for line in _lines(impacts))


def rejected_rows(table: TableRead) -> Iterator[Block]:
    """Rows that were not compared, each with what is wrong with it."""
    if not table.rejected:
        return
    yield Heading(2, "Rejected")
    wrong: dict[FieldProblem, list[RejectedRow]] = {}
    for row in table.rejected:
        for reason in row.reasons:
            wrong.setdefault(reason, []).append(row)
    told = [_told(reason, rows) for reason, rows in wrong.items()]
    yield Bullets(tuple(told[:MOST_LINES]))
    if len(told) > MOST_LINES:
        yield Paragraph(f"And {len(told) - MOST_LINES:,} more reasons. {_EVERY_ROW}")


def _told(reason: FieldProblem, rows: list[RejectedRow]) -> str:
    which = names(f"{row.row} ({row.route})" if row.route else str(row.row) for row in rows)
    where = f"{reason.field}: " if reason.field else ""
    return f"{'Row' if len(rows) == 1 else 'Rows'} {which}: {where}{reason.message}"


_EVERY_ROW = "Every row stands in the forms json, csv and xlsx."


def _lines(impacts: Iterable[Impact]) -> list[tuple[Impact, ...]]:
    """The changes that a reader would say are one: the same effect, outcomes and reason."""
    found: dict[object, list[Impact]] = {}
    for impact in impacts:
        found.setdefault((impact.effect, impact.worse, _change(impact), why(impact)), []).append(impact)
    return [tuple(line) for line in found.values()]


def _change(impact: Impact) -> str:
    """Where the whole is the same, a law that says something else than before."""
    if outcome_of(impact.before) != outcome_of(impact.after):
        return change_of(impact)
    return "; ".join((change_of(impact), *laws_that_differ(impact)))


def _rows(line: tuple[Impact, ...]) -> list[Concerned]:
    """In the order of the table."""
    return sorted((one for impact in line for one in impact.routes), key=lambda one: one.row or 0)


def _cells(line: tuple[Impact, ...]) -> tuple[str, ...]:
    rows, reasons = _rows(line), why(line[0])
    more = (f"and {len(reasons) - NAMED} more",) if len(reasons) > NAMED else ()
    return (
        _change(line[0]),
        f"{len(rows):,}",
        "; ".join((*reasons[:NAMED], *more)),
        names(one.route for one in rows),
        names(one.owner for one in rows),
    )
