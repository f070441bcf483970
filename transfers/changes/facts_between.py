"""What became of the facts that an assessment rests on, between two sides of a comparison: which ended, began, were altered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from country_reports.facts import Fact, Ground, Period
from country_reports.frozen import frozen
from country_reports.hub import HubOnDay
from country_reports.maintenance.diff import FieldChange, field_changes, said
from transfers.assessment_records import GroundRecord, ground_record
from transfers.consulted import consulted
from transfers.extract import Extract
from transfers.registry.importer import ImporterRecord, importer_fact
from transfers.view import View


class Turn(StrEnum):
    """What became of a fact. Added and gone: among the facts that this route rests on."""

    ENDED = "ended"
    GONE = "gone"
    TO_END = "to_end"
    BEGAN = "began"
    ADDED = "added"
    TOO_OLD = "too_old"
    ALTERED = "altered"


@frozen
class FactSeen:
    """A fact as one side has it, with all that is said of it, field by field."""

    ground: GroundRecord
    said: Mapping[str, str]


@frozen
class FactShift:
    """A fact that differs; ``fact`` is the newer state, or the older of one that is gone."""

    turn: Turn
    fact: GroundRecord
    fields: tuple[FieldChange, ...]

    @property
    def takes_effect(self) -> str | None:
        """The day from which it counts: the first without a fact that ends, the first of one that begins."""
        if self.turn in (Turn.ENDED, Turn.TO_END):
            return self.fact.valid_to
        return self.fact.valid_from if self.turn in (Turn.BEGAN, Turn.ADDED) else None


def facts_seen(extract: Extract, view: View, on: HubOnDay) -> dict[str, FactSeen]:
    """Every fact that the assessment of a route rests on, by id; of several with one id, the later ones are numbered."""
    every: dict[tuple[str, Period], FactSeen] = {}
    for one in consulted(view):
        key = (one.ground.fact.id, one.ground.fact.period)
        if one.record is not None or key not in every:
            every[key] = _seen(one.ground, {} if one.record is None else said(one.record, ("practice",)))
    for fact, fields in _of_parties(extract):
        every[fact.id, fact.period] = _seen(on.ground(fact), fields)
    many = Counter[str]()
    found: dict[str, FactSeen] = {}
    for seen in sorted(every.values(), key=lambda one: (one.ground.fact, one.ground.valid_from or "")):
        many[seen.ground.fact] += 1
        number = many[seen.ground.fact]
        found[seen.ground.fact if number == 1 else f"{seen.ground.fact}#{number}"] = seen
    return found


def shifts(
    before: Mapping[str, FactSeen], after: Mapping[str, FactSeen], days: tuple[date, date]
) -> tuple[FactShift, ...]:
    """Every fact that differs between two sides, what ended first, and then by id; ``days`` are those of the sides."""
    names = sorted({*before, *after})
    found = [shift for name in names if (shift := _shift(before.get(name), after.get(name), days)) is not None]
    return tuple(sorted(found, key=lambda shift: _ORDER[shift.turn]))


_ORDER = {turn: number for number, turn in enumerate(Turn)}


def _shift(before: FactSeen | None, after: FactSeen | None, days: tuple[date, date]) -> FactShift | None:
    if before is not None and after is not None:
        fields = field_changes(before.said, after.said)
        turn = _turn(before.ground, after.ground, fields)
        return None if turn is None else FactShift(turn, after.ground, fields)
    if after is not None:
        return FactShift(Turn.BEGAN if _between(days, after.ground.valid_from) else Turn.ADDED, after.ground, ())
    assert before is not None
    return FactShift(Turn.ENDED if _between(days, before.ground.valid_to) else Turn.GONE, before.ground, ())


def _between(days: tuple[date, date], day: str | None) -> bool:
    """A day after that of the first side and no later than that of the second."""
    return day is not None and days[0].isoformat() < day <= days[1].isoformat()


def _turn(before: GroundRecord, after: GroundRecord, fields: tuple[FieldChange, ...]) -> Turn | None:
    if before.role != after.role:
        return {"ended": Turn.ENDED, "supports": Turn.BEGAN}.get(after.role, Turn.ALTERED)
    if before.valid_to is None and after.valid_to is not None:
        return Turn.TO_END
    if after.stale and not before.stale:
        return Turn.TOO_OLD
    return Turn.ALTERED if fields or before.stale != after.stale else None


def _seen(ground: Ground, fields: Mapping[str, str]) -> FactSeen:
    """``fields`` is what is said besides what every fact says."""
    fact = ground.fact
    every = {
        "statement": fact.statement,
        "valid_from": fact.period.valid_from,
        "valid_to": fact.period.valid_to,
        "source.title": fact.source.title,
        "source.url": fact.source.url,
        "verified_on": fact.verified_on,
        "verification": ground.verification.value,
        "renews_on": fact.due,
    }
    told = {name: str(value) for name, value in every.items() if value is not None}
    return FactSeen(ground_record(ground, fact), dict(fields) | told)


_DECIDING = (
    "name", "country", "kind", "parent", "group", "storage", "access_from", "legal_categories", "legal_categories_excluded",
    "gdpr_applies_directly", "certifications_open", "sub_processors",
)  # fmt: skip
"""Fields of an importer's record that an assessment may turn on; what it holds and has signed are facts of their own."""


def _of_parties(extract: Extract) -> Iterator[tuple[Fact, dict[str, str]]]:
    """What the route's assessment knows of its recipients: certifications and evidence as cited, and the fields of their records."""
    fields: dict[str, tuple[Fact, dict[str, str]]] = {}
    for party in extract.parties:
        for name in _DECIDING if party.record is not None else ():
            assert party.record is not None
            told = _field(party.record, name)
            fact = importer_fact(party.record, name, party.origin)
            if told:
                fields[fact.id] = (fact, told)
    cited = {fact.id: fact for fact in extract.slots}
    yield from ((fact, fields[fact.id][1] if fact.id in fields else {}) for fact in extract.slots)
    yield from (one for name, one in fields.items() if name not in cited)


def _field(record: ImporterRecord, name: str) -> dict[str, str]:
    value = getattr(record, name)
    if name not in record.model_fields_set or value is None:
        return {}
    return {key: told for key, told in said(record).items() if re.split(r"[.\[]", key)[0] == name} or {name: "none"}
