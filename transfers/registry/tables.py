"""Importers from other people's tables: a column for each field, dotted where fields are nested, read by a mapping where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from country_reports.hub import Hub
from country_reports.records import BadRecord, Plain, Problem, fit
from transfers.registry.check import troubles_of
from transfers.registry.files import twins_of
from transfers.registry.importer import ImporterRecord
from transfers.registry.names import id_of
from transfers.registry.shelf import Registry
from transfers.registry.store import FILE, ImporterStore, Stored
from transfers.tables.dotted import cells_of, column_of
from transfers.tables.mapping import Mapping
from transfers.tables.reading import Row, read_table


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
    return [cells_of(record) for record in records]


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
            column_of(ImporterRecord, column).put(plain, said)
        except ValueError as error:
            return [Problem(str(path), row.number, name, str(error))], None
    if "id" not in plain and isinstance(plain.get("name"), str):
        plain["id"] = id_of(str(plain["name"]))
    try:
        return [], fit(plain, ImporterRecord, str(path))
    except BadRecord as error:
        return [Problem(str(path), row.number, one.field, one.message) for one in error.problems], None
