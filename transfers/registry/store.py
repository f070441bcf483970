"""Imported importers in one file of a workspace: a hundred thousand of them are found as fast as one.

What people write by hand stays a file each; the store holds what came in from a table. It is written whole or not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from transfers.registry.importer import ImporterRecord
from transfers.registry.names import name_key

FILE = "imported.sqlite3"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS importers (id TEXT PRIMARY KEY, record TEXT NOT NULL, came_from TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS names (name_key TEXT, id TEXT, PRIMARY KEY (name_key, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS endings (day TEXT, id TEXT, what TEXT, PRIMARY KEY (day, id, what)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS names_by_id ON names (id);
CREATE INDEX IF NOT EXISTS endings_by_id ON endings (id);
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """An imported record and where it came from: file and row."""

    record: ImporterRecord
    came_from: str


@dataclass(frozen=True, slots=True)
class Ending:
    """Something an importer holds that ends on ``day``, the first day without it."""

    day: date
    importer: str
    what: str


class ImporterStore:
    """The store of one workspace; a workspace without one has nothing in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: sqlite3.Connection | None = None

    def get(self, importer_id: str) -> Stored | None:
        """The record with this id."""
        rows = self._rows("SELECT record, came_from FROM importers WHERE id = ?", importer_id)
        return next((_stored(row) for row in rows), None)

    def called(self, name: str) -> tuple[str, ...]:
        """Ids of every record with this name or alias, as people mean it."""
        return tuple(
            row[0] for row in self._rows("SELECT id FROM names WHERE name_key = ? ORDER BY id", name_key(name))
        )

    def name_keys(self) -> tuple[str, ...]:
        """Every name and alias, as people mean it."""
        return tuple(row[0] for row in self._rows("SELECT DISTINCT name_key FROM names ORDER BY name_key"))

    def ids(self) -> tuple[str, ...]:
        """Every id, in order."""
        return tuple(row[0] for row in self._rows("SELECT id FROM importers ORDER BY id"))

    def all(self) -> Iterator[Stored]:
        """Every record, by id."""
        return map(_stored, self._rows("SELECT record, came_from FROM importers ORDER BY id"))

    def ending(self, after: date, until: date) -> tuple[Ending, ...]:
        """What ends after one day and no later than another."""
        asked = "SELECT day, id, what FROM endings WHERE day > ? AND day <= ? ORDER BY day, id, what"
        rows = self._rows(asked, after.isoformat(), until.isoformat())
        return tuple(Ending(date.fromisoformat(day), importer, what) for day, importer, what in rows)

    def write(self, records: Iterable[Stored]) -> int:
        """Add or replace records by id, all of them or none; how many they were."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path)) as store, store:
            store.executescript(_SCHEMA)
            store.execute("BEGIN")
            count = 0
            for stored in records:
                _put(store, stored)
                count += 1
        self._open = None
        return count

    def _rows(self, asked: str, *values: str) -> Iterator[tuple[str, ...]]:
        if self._open is None:
            if not self._path.is_file():
                return iter(())
            self._open = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, check_same_thread=False)
        return iter(self._open.execute(asked, values).fetchall())


def endings_of(record: ImporterRecord) -> Iterator[Ending]:
    """Everything a record holds that ends by itself: certifications, and the evidence for its fields."""
    for certification in record.certifications or ():
        if certification.valid_to is not None:
            yield Ending(certification.valid_to, record.id, f"certification {certification.scheme}")
        looked_again = certification.verified_on
        if certification.renews_on is not None and (looked_again is None or looked_again < certification.renews_on):
            yield Ending(certification.renews_on, record.id, f"renewal of certification {certification.scheme}")
    for evidence in record.evidence:
        if evidence.expires is not None:
            yield Ending(evidence.expires, record.id, f"evidence for {', '.join(evidence.fields)}")


def _put(store: sqlite3.Connection, stored: Stored) -> None:
    record = stored.record
    for table in ("names", "endings"):
        store.execute(f"DELETE FROM {table} WHERE id = ?", (record.id,))
    text = record.model_dump_json(exclude_unset=True)
    store.execute("INSERT OR REPLACE INTO importers VALUES (?, ?, ?)", (record.id, text, stored.came_from))
    keys = {name_key(name) for name in (record.id, record.name, *record.aliases)}
    store.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", [(key, record.id) for key in sorted(keys)])
    endings = [(ending.day.isoformat(), record.id, ending.what) for ending in endings_of(record)]
    store.executemany("INSERT OR IGNORE INTO endings VALUES (?, ?, ?)", endings)


def _stored(row: tuple[str, ...]) -> Stored:
    return Stored(ImporterRecord.model_validate_json(row[0]), row[1])
