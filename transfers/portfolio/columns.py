"""Which columns of a table say what of a route, and which of them decide.

The key of a row is the text of every column that is read into the route, but for those of ``FREE``. A route is made of
the key alone, so that nothing outside it can decide, and two rows with one key have one answer: a column that nobody
thought about is in the key. Names of recipients stand in sentences and are in the key too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from country_reports.records import BadRecord, Plain, Problem, fit
from transfers.portfolio.results import RESULTS, Trouble
from transfers.route import Route
from transfers.tables.dotted import Column, column_of
from transfers.tables.mapping import Mapping as TableMapping
from transfers.tables.reading import fault_of

FREE = ("id", "title", "note", "owner", "exporter.name", "data.volume", "data.retention")
"""Fields that decide nothing, with all that is in them: a Case has no room for them, and a test holds that no answer turns on them."""

NUMBERS = ("data.volume.people", "data.retention.months")
"""Those of them that hold whole numbers."""

BETWEEN = "\x1f"
"""Stands between the cells of a key. A cell that holds it is refused, so that no two rows can share a key by it."""

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
NUMBER = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True)
class Columns:
    """The columns of one table: each heading with the field it leads to, if it leads to one."""

    headings: tuple[str, ...]
    fields: tuple[Column | None, ...]
    mapping: TableMapping

    @cached_property
    def key(self) -> tuple[int, ...]:
        """Where the columns stand that make up the key."""
        return tuple(n for n, one in enumerate(self.fields) if one is not None and not is_free(one.name))

    @cached_property
    def free(self) -> dict[str, int]:
        """Where the columns stand that are read and decide nothing."""
        return {one.name: n for n, one in enumerate(self.fields) if one is not None and is_free(one.name)}

    @cached_property
    def kept(self) -> tuple[int, ...]:
        """Columns that the results show again: all but those of an earlier result."""
        return tuple(n for n, heading in enumerate(self.headings) if heading not in RESULTS)

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings that lead nowhere; they are handed through."""
        named = (heading for heading, one in zip(self.headings, self.fields, strict=True) if one is None)
        return tuple(name for name in named if name and name not in RESULTS and not self.mapping.ignores(name))

    def key_of(self, cells: Sequence[str]) -> str:
        return BETWEEN.join([cells[n] for n in self.key])

    def plain(self, key: str) -> dict[str, Plain]:
        """What a key says of a route.

        Raises:
            BadCells: a cell cannot stand where it does.
        """
        cells = key.split(BETWEEN)
        if len(cells) != max(len(self.key), 1):
            raise BadCells([Trouble("", "a cell holds a character that does not show (U+001F); type the text anew")])
        plain = self._defaults()
        troubles: list[Trouble] = []
        for place, (column, heading) in enumerate(self._in_order):
            text = cells[self._order[place]].strip()
            if text:
                troubles += self._put(plain, column, heading, text)
        if troubles:
            raise BadCells(troubles)
        return plain

    def free_cells(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells of one row that decide nothing, by field, with what holds for every row."""
        return self.free_said({name: cells[n] for name, n in self.free.items()})

    def free_said(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The same of cells that are known by their fields: in our words, without blanks. An id is what it is."""
        told = ((name, text.strip()) for name, text in cells.items())
        said = {name: text if name == "id" else self.said(name, text) for name, text in told if text}
        return self._free_by_default | said

    def is_reworded(self, field: str) -> bool:
        """Whether the mapping has our words for theirs in a field, so that a cell does not show at sight what it says."""
        return bool(self.mapping.values.get(field))

    @cached_property
    def _free_by_default(self) -> dict[str, str]:
        return {name: text for name, text in self.mapping.defaults.items() if is_free(name) and name not in self.free}

    def troubles_of_free(self, free: Mapping[str, str]) -> list[Trouble]:
        """What is wrong with the cells of a row that decide nothing."""
        if plainly_right(free):
            return []
        troubles = [one for name, text in free.items() for one in troubles_of_cell(self.heading_of(name), text)]
        return troubles or self.troubles_of(free_route(free))

    def troubles_of(self, plain: dict[str, Plain]) -> list[Trouble]:
        """What the model of a route says against plain values."""
        try:
            fit(plain, Route, "")
        except BadRecord as error:
            return [Trouble(self.heading_of(as_column(one.field)), one.message) for one in error.problems]
        return []

    def heading_of(self, field: str) -> str:
        """What the table itself calls a field, or the nearest field around it that has a column."""
        name = field
        while name:
            if name in self._headings:
                return self._headings[name]
            name = name.rpartition(".")[0]
        return field

    @cached_property
    def _headings(self) -> dict[str, str]:
        return {one.name: text for one, text in zip(self.fields, self.headings, strict=True) if one is not None}

    @cached_property
    def _order(self) -> tuple[int, ...]:
        """Items of lists are put in by their numbers, wherever their columns stand."""
        return tuple(sorted(range(len(self.key)), key=lambda place: _by_number(self._column(place).path)))

    @cached_property
    def _in_order(self) -> tuple[tuple[Column, str], ...]:
        return tuple((self._column(place), self.headings[self.key[place]]) for place in self._order)

    def _column(self, place: int) -> Column:
        column = self.fields[self.key[place]]
        assert column is not None
        return column

    def _defaults(self) -> dict[str, Plain]:
        """What holds for every row that has no column of its own for it."""
        plain: dict[str, Plain] = {}
        for name, text in self.mapping.defaults.items():
            if name not in self._headings:
                column_of(Route, name).put(plain, text)
        return plain

    def _put(self, plain: dict[str, Plain], column: Column, heading: str, text: str) -> Iterator[Trouble]:
        troubles = list(troubles_of_cell(heading, text))
        if not troubles:
            try:
                column.put(plain, self.said(column.name, text))
            except ValueError as error:
                troubles.append(Trouble(heading, str(error)))
        return iter(troubles)

    def said(self, field: str, text: str) -> str:
        """Our words for theirs: for the whole cell, or for each part of a list."""
        whole = self.mapping.word(field, text)
        if whole is not None or field not in self.mapping.values or ";" not in text:
            return text if whole is None else whole
        return ";".join(self.mapping.word(field, part) or part for part in text.split(";"))


class BadCells(ValueError):
    """A row cannot be read as a route."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("; ".join(f"{one.column}: {one.message}" for one in troubles))


def columns_of(headings: Sequence[str], mapping: TableMapping, path: Path | str) -> Columns:
    """The columns of a table with these headings.

    Raises:
        BadRecord: a heading looks like a field and is none, two lead to one field, or none gives the id.
    """
    problems: list[Problem] = []
    fields: list[Column | None] = []
    taken: dict[str, str] = {}
    for heading in headings:
        column = None
        if heading and heading not in RESULTS and not mapping.ignores(heading):
            try:
                column = _column(heading, mapping)
            except ValueError as error:
                problems.append(Problem(str(path), 1, heading, str(error)))
        if column is not None and column.name in taken:
            message = f"leads to {column.name}, as {taken[column.name]!r} does; keep one, or ignore one in the mapping"
            problems.append(Problem(str(path), 1, heading, message))
        elif column is not None:
            taken[column.name] = heading
        fields.append(column)
    if "id" not in taken and not problems:
        message = "no column gives the id of each route; call it id, or lead a column to it in the mapping"
        problems.append(Problem(str(path), 1, "", message))
    problems += _bad_defaults(mapping, path)
    if problems:
        raise BadRecord(problems)
    return Columns(tuple(headings), tuple(fields), mapping)


def _column(heading: str, mapping: TableMapping) -> Column | None:
    led_to = mapping.field_of(heading)
    if led_to is None and heading.partition(".")[0] not in Route.model_fields:
        return None
    return column_of(Route, led_to or heading)


def _bad_defaults(mapping: TableMapping, path: Path | str) -> Iterator[Problem]:
    for name, text in mapping.defaults.items():
        try:
            column_of(Route, name).put({}, text)
        except ValueError as error:
            yield Problem(str(path), None, f"defaults.{name}", str(error))


def is_free(name: str) -> bool:
    """Whether a column decides nothing."""
    return any(name == free or name.startswith(f"{free}.") for free in FREE)


def free_route(free: Mapping[str, str]) -> dict[str, Plain]:
    """The fields of a route that decide nothing, as plain values."""
    plain: dict[str, Plain] = {}
    for name, text in free.items():
        column_of(Route, name).put(plain, text)
    return plain


def as_column(field: str) -> str:
    """``mechanisms[0].tool`` as a column is called: ``mechanisms.1.tool``."""
    return re.sub(r"\[(\d+)\]", lambda found: f".{int(found[1]) + 1}", field)


def plainly_right(free: Mapping[str, str]) -> bool:
    """Seen at sight; whatever is in doubt goes to the model of a route."""
    texts = all(fault_of(text) is None and BETWEEN not in text for text in free.values())
    numbers = all(NUMBER.fullmatch(free[name]) for name in NUMBERS if name in free)
    whole = "data.volume.people" in free or "data.volume.period" not in free
    return texts and numbers and whole and ID.fullmatch(free.get("id", "")) is not None


def troubles_of_cell(heading: str, text: str) -> Iterator[Trouble]:
    """What no cell of a route may be."""
    fault = fault_of(text)
    if fault is None and BETWEEN in text:
        fault = "a character that does not show (U+001F); type the text anew"
    if fault is not None:
        yield Trouble(heading, fault)


def _by_number(path: tuple[str | int, ...]) -> tuple[tuple[int, str], ...]:
    """Numbers by their size; words keep the order of the table, so that only items of one list are moved."""
    return tuple((part, "") if isinstance(part, int) else (0, "") for part in path)
