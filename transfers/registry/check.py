"""Check the registry of importers: what a record cannot know by itself, and what records say against one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from country_reports.hub import Hub
from country_reports.places import UnknownPlace
from transfers.given_answers import why_not_answered_by_importers
from transfers.registry.importer import ImporterRecord, Parent
from transfers.registry.names import name_key
from transfers.registry.store import endings_of


@dataclass(frozen=True, slots=True)
class Trouble:
    """A record that is wrong, or doubtful (``refused`` false): which field, what, and what would be right."""

    importer: str
    field: str
    message: str
    refused: bool = True


def check_importers(records: Iterable[ImporterRecord], hub: Hub, today: date) -> list[Trouble]:
    """Every trouble of these records, record by record, then among them."""
    known = list(records)
    found = [trouble for record in known for trouble in troubles_of(record, hub, today)]
    return [*found, *_circles(known), *_twins(known)]


def troubles_of(record: ImporterRecord, hub: Hub, today: date) -> Iterator[Trouble]:
    """What is wrong with one record, seen with the words and places on file."""
    yield from _places(record, hub)
    yield from _schemes(record, hub)
    yield from _categories(record, hub)
    yield from _evidence(record)
    yield from _answers(record, today)
    for ending in endings_of(record):
        if ending.day <= today and record.retired_on is None:
            yield Trouble(record.id, "valid_to", f"{ending.what}: {ending.day} has passed", refused=False)
    if record.retired_on is not None and not record.retired_because:
        yield Trouble(record.id, "retired_because", "say why the record is no longer used")


def _places(record: ImporterRecord, hub: Hub) -> Iterator[Trouble]:
    parent = record.parent.country if record.parent is not None else None
    named = [("country", record.country), ("parent.country", parent)]
    named += [(f"storage[{number}]", place) for number, place in enumerate(record.storage or ())]
    named += [(f"access_from[{number}]", place) for number, place in enumerate(record.access_from or ())]
    named += [(f"sub_processors[{number}].place", one.place) for number, one in enumerate(record.sub_processors or ())]
    for field, place in named:
        if place is not None:
            try:
                hub.places.resolve(place)
            except UnknownPlace as error:
                yield Trouble(record.id, field, str(error))


def _schemes(record: ImporterRecord, hub: Hub) -> Iterator[Trouble]:
    """A scheme must be known, and an entry covers only what the scheme can cover, for a time that can be."""
    schemes, scopes = hub.vocabulary.schemes, hub.vocabulary.scopes
    for number, scheme in enumerate(record.certifications_open):
        if scheme not in schemes:
            yield Trouble(record.id, f"certifications_open[{number}]", hub.vocabulary.no_such_scheme(scheme))
    for number, entry in enumerate(record.certifications or ()):
        field = f"certifications[{number}]"
        if entry.scheme not in schemes:
            yield Trouble(record.id, f"{field}.scheme", hub.vocabulary.no_such_scheme(entry.scheme))
            continue
        strange = sorted(set(entry.scope) - set(scopes.get(entry.scheme, ())))
        if strange:
            allowed = ", ".join(scopes.get(entry.scheme, ()))
            yield Trouble(
                record.id, f"{field}.scope", f"{entry.scheme} does not know {', '.join(strange)}; it knows: {allowed}"
            )
        if entry.valid_to is not None and entry.valid_to <= entry.valid_from:
            yield Trouble(record.id, f"{field}.valid_to", f"lies not after valid_from ({entry.valid_from})")
        if entry.renews_on is not None and entry.renews_on <= entry.valid_from:
            yield Trouble(record.id, f"{field}.renews_on", f"lies not after valid_from ({entry.valid_from})")


def _categories(record: ImporterRecord, hub: Hub) -> Iterator[Trouble]:
    known = hub.vocabulary.categories
    for field in ("legal_categories", "legal_categories_excluded"):
        for number, category in enumerate(getattr(record, field)):
            if category not in known:
                yield Trouble(
                    record.id,
                    f"{field}[{number}]",
                    f"{category!r} is not a legal category on file. Allowed: {', '.join(known)}",
                )


def _evidence(record: ImporterRecord) -> Iterator[Trouble]:
    for number, evidence in enumerate(record.evidence):
        strange = sorted(set(evidence.fields) - set(type(record).model_fields))
        if strange:
            yield Trouble(record.id, f"evidence[{number}].fields", f"{', '.join(strange)}: a record has no such field")


def _answers(record: ImporterRecord, today: date) -> Iterator[Trouble]:
    """Only what an importer may answer for all routes, by somebody, on a day that has come."""
    for criterion, answer in record.answers.items():
        refused = why_not_answered_by_importers(criterion)
        if refused is not None:
            yield Trouble(record.id, f"answers.{criterion}", refused)
        elif answer.on is not None and answer.on > today:
            yield Trouble(record.id, f"answers.{criterion}.on", f"{answer.on} is still to come", refused=False)


def _circles(records: list[ImporterRecord]) -> Iterator[Trouble]:
    """Nobody controls itself, however long the chain."""
    parents = {
        record.id: record.parent.id for record in records if isinstance(record.parent, Parent) and record.parent.id
    }
    for start in sorted(parents):
        seen, at = [start], parents[start]
        while at in parents and at not in seen:
            seen.append(at)
            at = parents[at]
        if at == start:
            yield Trouble(start, "parent.id", f"controls itself: {' > '.join([*seen, start])}")


def _twins(records: list[ImporterRecord]) -> Iterator[Trouble]:
    """Two records of what seems to be one body: by identifier, or by name within one country."""
    by_key: dict[tuple[str, ...], str] = {}
    for record in records:
        if record.retired_on is not None:
            continue
        for key, field in _keys(record):
            first = by_key.setdefault(key, record.id)
            if first != record.id:
                what = "the same identifier" if field != "name" else "the same name in the same country"
                message = f"{what} as {first}; if they are one, `transborder importer merge {first} {record.id}`"
                yield Trouble(record.id, field, message, refused=field == "lei")


def _keys(record: ImporterRecord) -> Iterator[tuple[tuple[str, ...], str]]:
    if record.lei is not None:
        yield ("lei", record.lei), "lei"
    for number in record.national_numbers:
        yield ("number", number.country, name_key(number.register_name), number.number), "national_numbers"
    for name in {name_key(name) for name in (record.name, *record.aliases)}:
        yield ("name", record.country, name), "name"
