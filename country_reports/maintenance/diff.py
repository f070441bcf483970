"""What differs between two states of the records, fact by fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from country_reports.layout import Collection
from country_reports.ledger import Entry, entries_of
from country_reports.records import Record


class ChangeKind(StrEnum):
    """What happened to a fact between two states."""

    ADDED = "added"
    ENDED = "ended"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a fact, as it was and as it is, in words; None where it was not said."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that differs. ``entry`` is the newer state, or the older of a fact that is gone."""

    kind: ChangeKind
    entry: Entry
    fields: tuple[FieldChange, ...]


def changes(before: Collection, after: Collection) -> list[Change]:
    """Every fact that was added, ended, changed or lost, in the order of the newer files, lost ones last.

    Files that cannot be read on either side are left out on both: ``unread`` names them.
    """
    without = {*unread(before), *unread(after)}
    old, new = _facts(before, without), _facts(after, without)
    found = [change for key, value in new.items() if (change := _compared(old.get(key), value)) is not None]
    found += [Change(ChangeKind.GONE, entry, ()) for key, (entry, _) in old.items() if key not in new]
    return found


def unread(collection: Collection) -> list[str]:
    """Files of a state that cannot be read, such as those of an older layout."""
    names = {Path(problem.file).relative_to(collection.folder).as_posix() for problem in collection.problems}
    return sorted(names)


def _facts(collection: Collection, without: set[str]) -> dict[str, tuple[Entry, dict[str, str]]]:
    records = [file.record for file in collection.files if file.name not in without]
    return {entry.id: (entry, _said(entry, record)) for record in records for entry in entries_of(record)}


def _compared(before: tuple[Entry, dict[str, str]] | None, after: tuple[Entry, dict[str, str]]) -> Change | None:
    entry, told = after
    if before is None:
        return Change(ChangeKind.ADDED, entry, field_changes({}, told))
    fields = field_changes(before[1], told)
    if not fields:
        return None
    ended = any(change.field == "valid_to" and change.before is None for change in fields)
    return Change(ChangeKind.ENDED if ended else ChangeKind.CHANGED, entry, fields)


def said(record: Record, without: Iterable[int | str] = ()) -> dict[str, str]:
    """What a record says, field by field, in words: what was written alone, and neither its id nor the sources that its parts name."""
    return dict(_flat(record, {*without, "sources", "id"}))


def field_changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """The fields of a fact that were said otherwise, in the order of the newer state."""
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        FieldChange(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )


def _said(entry: Entry, file: Record) -> dict[str, str]:
    """What the fact itself says; facts that stand within it speak for themselves."""
    within = {other.location[0] for other in entries_of(file) if other.location} if not entry.location else set()
    return said(entry.record, within)


def _flat(record: Record, without: set[int | str]) -> Iterator[tuple[str, str]]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name not in without and name in record.model_fields_set and value is not None:
            yield from _words(name, value)


def _words(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Record):
        yield from ((f"{name}.{field}", text) for field, text in _flat(value, set()))
    elif isinstance(value, tuple) and value and isinstance(value[0], Record):
        for number, item in enumerate(value):
            yield from _words(f"{name}[{getattr(item, 'id', number)}]", item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _words(f"{name}.{key}", item)
    elif isinstance(value, tuple):
        yield name, ", ".join(str(item) for item in value)
    else:
        yield name, str(value)
