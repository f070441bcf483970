"""What a maintainer changed, in words."""

from __future__ import annotations

from collections.abc import Iterator

from country_reports.ledger import Entry
from country_reports.maintenance.diff import Change, ChangeKind, FieldChange
from country_reports.places import Gazetteer
from transfers.documents.lines import plain

_VERBS = {
    ChangeKind.ADDED: "Added",
    ChangeKind.ENDED: "Ended",
    ChangeKind.CHANGED: "Changed",
    ChangeKind.GONE: "Gone, though facts are ended and never deleted",
}


def change_lines(change: Change, places: Gazetteer) -> Iterator[str]:
    """One fact that differs: a line that names it, and a line for each field."""
    yield f"{_VERBS[change.kind]}: {named(change.entry, places)} [{change.entry.id}]"
    yield from (f"    {plain(_field(field))}" for field in change.fields)


def named(entry: Entry, places: Gazetteer) -> str:
    """A fact as a reader would call it, with the places it is about."""
    about = ", ".join(places[place].name if place in places else place for place in entry.places[:6])
    more = f" and {len(entry.places) - 6} more" if len(entry.places) > 6 else ""
    return plain(f"{about}{more}: {entry.name}" if about else entry.name)


def _field(change: FieldChange) -> str:
    name = change.field.replace("_", " ")
    if change.before is None:
        return f"{name}: {change.after}"
    return f"{name}: {change.before} -> {change.after if change.after is not None else 'no longer said'}"
