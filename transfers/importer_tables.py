"""Importers from other people's tables: a column for each field, dotted where fields are nested, read by a mapping where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from country_reports.hub import Hub
from country_reports.records import BadRecord, Plain, Problem, fit
from transfers.importer import ImporterRecord
from transfers.importer_check import troubles_of
from transfers.importer_files import twins_of
from transfers.importer_names import id_of
from transfers.importer_store import FILE, ImporterStore, Stored
from transfers.mapping import Mapping
from transfers.registry import Registry
from transfers.tables import Row, read_table

LISTS = (
    "aliases", "systems", "roles", "sectors", "storage", "access_from", "legal_categories", "legal_categories_excluded",
    "certifications_open", "scope", "fields",
)  # fmt: skip
"""Fields whose cells hold several words, with semicolons between them."""


@dataclass(slots=True)
class Import:
    """What was read: the records, the rows that could not be read, what was left unread, and likely twins."""

    records: list[Stored] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    unread_columns: set[str] = field(default_factory=set)
    twins: list[str] = field(default_factory=list)
    rows: int = 0


def read_importers(path: Path, mapping: Mapping, registry: Registry, hub: Hub, today: date) -> Import:
    """Every row as an importer, or with the reason why it is none. Nothing is written.

    Raises:
        BadRecord: the file as a whole cannot be read.
        MissingExtra: its kind needs a library that is not installed.
    """
    found = Import()
    taken: dict[str, int] = {}
    for row in read_table(path, mapping.sheet):
        found.rows += 1
        problems, record = _record(path, row, mapping, found.unread_columns)
        if record is not None:
            problems += [
                Problem(str(path), row.number, one.field, one.message)
                for one in troubles_of(record, hub, today)
                if one.refused
            ]
            if record.id in taken:
                problems.append(
                    Problem(str(path), row.number, "id", f"{record.id!r} stands in row {taken[record.id]} too")
                )
        if problems or record is None:
            found.rejected += problems
            continue
        taken[record.id] = row.number
        found.twins += twins_of(record, registry)
        found.records.append(Stored(record, f"{path.name}, row {row.number}"))
    return found


def as_table(records: Iterable[ImporterRecord]) -> list[dict[str, str]]:
    """Records as rows that ``read_importers`` reads back to the same records."""
    return [dict(_cells("", record.model_dump(mode="json", exclude_unset=True))) for record in records]


def _cells(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _cells(f"{name}.{key}" if name else key, inner)
    elif isinstance(value, list):
        if name.rpartition(".")[2] in LISTS:
            yield name, "; ".join(map(str, value))
        else:
            for number, inner in enumerate(value, 1):
                yield from _cells(f"{name}.{number}", inner)
    elif value is not None:
        yield name, {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def write_importers(workspace: Path, records: Iterable[Stored]) -> int:
    """Put imported records into the workspace's store, all or none; how many."""
    return ImporterStore(workspace / "importers" / FILE).write(records)


def _record(path: Path, row: Row, mapping: Mapping, unread: set[str]) -> tuple[list[Problem], ImporterRecord | None]:
    if row.problems:
        return list(row.problems), None
    plain: dict[str, Plain] = {}
    for name, value in (*mapping.defaults.items(), *row.cells.items()):
        column = mapping.field_of(name) or name
        if mapping.ignores(name):
            continue
        if column.split(".")[0] not in ImporterRecord.model_fields:
            unread.add(name)
            continue
        said = (mapping.word(column, value) or value) if isinstance(value, str) else value
        try:
            _place(plain, _steps(column), said)
        except ValueError as error:
            return [Problem(str(path), row.number, name, str(error))], None
    if "id" not in plain and isinstance(plain.get("name"), str):
        plain["id"] = id_of(str(plain["name"]))
    try:
        return [], fit(plain, ImporterRecord, str(path))
    except BadRecord as error:
        return [Problem(str(path), row.number, one.field, one.message) for one in error.problems], None


def _steps(column: str) -> list[str]:
    """The fields on the way to a value; the id of a question has dots of its own."""
    answer = _ANSWER.fullmatch(column)
    return column.split(".") if answer is None else ["answers", answer["criterion"], *answer["field"].split(".")]


_ANSWER = re.compile(r"answers\.(?P<criterion>.+?)\.(?P<field>value|by|on|source|evidence\..+)")


def _place(into: dict[str, Plain], names: list[str], value: Plain) -> None:
    """Put a value where its dotted name says; ``certifications.1.scheme`` is the first certification's scheme.

    Raises:
        ValueError: the name runs through a field that holds a single value, or counts from nothing.
    """
    first, rest = names[0], names[1:]
    if not rest:
        listed = isinstance(value, str) and first in LISTS
        into[first] = [part.strip() for part in str(value).split(";") if part.strip()] if listed else value
        return
    if rest[0].isdigit():
        items = into.setdefault(first, [])
        if not isinstance(items, list) or not 1 <= int(rest[0]) <= len(items) + 1:
            raise ValueError(f"{'.'.join(names)}: count the items from 1, one after the other")
        if not rest[1:]:
            items.append(value)
            return
        if int(rest[0]) > len(items):
            items.append({})
        item = items[int(rest[0]) - 1]
        assert isinstance(item, dict)
        _place(item, rest[1:], value)
        return
    inner = into.setdefault(first, {})
    if isinstance(inner, dict):
        _place(inner, rest, value)
        return
    raise ValueError(f"{first} holds a single value in another column")
