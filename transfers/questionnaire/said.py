"""One answer of a filled questionnaire, read strictly: who gave it, when, what it says and what shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NoReturn, TypeAlias

from country_reports.facts import Truth, Verification
from country_reports.hub import Hub
from country_reports.places import UnknownPlace
from country_reports.records import BadRecord, Plain, fit
from transfers.law.asked_of_importers import ANSWERED_BY_IMPORTERS
from transfers.leg_names import base_of
from transfers.questionnaire.form import CLOSED, TO_FILL_IN, WORDS, Form, form_of
from transfers.questionnaire.open_points import CATEGORY
from transfers.questionnaire.sheet import SheetRow
from transfers.registry.importer import Certification, SubProcessor

Value: TypeAlias = Truth | tuple[str, ...] | tuple[Certification, ...] | tuple[SubProcessor, ...] | str | None
"""A list is empty for none, a name is, and None is not known."""

LONGEST = {"answer": 4000, "by": 200, "on": 30, "shown_by": 2000}
"""Characters that a cell to fill in may have."""


class Unfit(ValueError):
    """An answer that does not fit; ``told`` says in which fields and why."""

    def __init__(self, told: list[tuple[str, str]]) -> None:
        self.told = told
        super().__init__("; ".join(message for _, message in told))

    @classmethod
    def at(cls, column: str, message: str) -> Unfit:
        return cls([(column, message)])


@dataclass(frozen=True, slots=True)
class Said:
    """An answer; ``words`` are those that were written, ``routes`` those it was asked for."""

    id: str
    value: Value
    words: str
    by: str
    on: date
    shown_by: str | None
    routes: str


def said_in(row: SheetRow, hub: Hub, as_of: date) -> Said | None:
    """The answer in a row; None where there is none.

    Raises:
        Unfit: it lacks a name or a day, is of a day to come, is a formula, or says what is not allowed.
    """
    told = {field: row.told.get(field, "").strip() for field in TO_FILL_IN}
    problems = list(_cells(told))
    if problems:
        raise Unfit(problems)
    if not told["answer"]:
        return None
    problems += [] if told["by"] else [("by", "who answers? Give the name of a person")]
    on = _day(told["on"], as_of, problems)
    name, words = row.told["id"], " ".join(told["answer"].split())
    value: Value = None
    try:
        value = _value(name, told["answer"], hub, on)
    except Unfit as error:
        problems += error.told
    if not told["shown_by"] and _must_be_shown(name, value):
        problems.append(("shown_by", "name the document that shows it; a word alone does not"))
    if problems or on is None:
        raise Unfit(problems)
    by, shown_by, routes = (" ".join(row.told.get(field, "").split()) for field in ("by", "shown_by", "routes"))
    return Said(name, value, words, by, on, shown_by or None, routes)


def _cells(told: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What no cell may hold."""
    for column, text in told.items():
        if text.startswith("="):
            yield column, f"a formula ({text[:30]!r}); write the value"
        if len(text) > LONGEST[column]:
            yield column, f"{len(text)} characters; at most {LONGEST[column]} are read"
        if not all(character.isprintable() or character in "\n\t" for character in text):
            yield column, "it holds characters that cannot be seen; type it anew"


def _day(text: str, as_of: date, problems: list[tuple[str, str]]) -> date | None:
    if not text:
        problems.append(("on", "on which day? Write year-month-day, such as 2026-11-23"))
        return None
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        day = None
    if day is None:
        problems.append(("on", f"{text!r} is not a date; write year-month-day, such as 2026-11-23"))
    elif day > as_of:
        problems.append(("on", f"{day} is still to come (today is {as_of})"))
    return day


def _must_be_shown(name: str, value: Value) -> bool:
    """What the word of the importer alone does not carry."""
    if base_of(name) in ANSWERED_BY_IMPORTERS:
        return value is Truth.YES
    return name.startswith(CATEGORY) and value in (Truth.YES, Truth.NO)


def _value(name: str, text: str, hub: Hub, on: date | None) -> Value:
    form = form_of(name)
    word = text.strip().casefold()
    if form in CLOSED:
        if word not in WORDS[form]:
            _refuse(f"{text[:60]!r} is not one of the allowed words. Allowed: {', '.join(WORDS[form])}")
        return Truth(word) if form is Form.TRUTH else word
    if word == "unknown":
        return None
    if word == "none":
        return "" if form is Form.NAME else ()
    if form is Form.NAME:
        return " ".join(text.split())
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    if form is Form.PLACES:
        return _places(parts, hub)
    if form is Form.CERTIFICATIONS:
        return tuple(_certification(part, hub, on) for part in parts)
    return tuple(_sub_processor(part, hub, on) for part in parts)


def _places(parts: list[str], hub: Hub) -> tuple[str, ...]:
    """Places by their ids; commas between them are taken too, where no name of a place has them."""
    found: dict[str, None] = {}
    for part in parts:
        try:
            found[hub.places.resolve(part)] = None
        except UnknownPlace:
            found.update(dict.fromkeys(_place(one.strip(), hub) for one in part.split(",")))
    return tuple(found)


def _place(name: str, hub: Hub) -> str:
    try:
        return hub.places.resolve(name)
    except UnknownPlace as error:
        _refuse(str(error))


def _certification(text: str, hub: Hub, on: date | None) -> Certification:
    """An entry written ``scheme scope+scope first-day [first-day-without]``; the public list is still to be looked at."""
    scheme, *rest = text.split()
    if scheme not in hub.vocabulary.schemes:
        _refuse(hub.vocabulary.no_such_scheme(scheme))
    if not 2 <= len(rest) <= 3:
        _refuse(f"{text!r}: write scheme, what it covers, first day and, if it ends, the first day without it")
    plain: dict[str, Plain] = {"scheme": scheme, "scope": [*rest[0].split("+")], "valid_from": rest[1]}
    if len(rest) == 3:
        plain["valid_to"] = rest[2]
    plain |= _as_told(on)
    try:
        return fit(plain, Certification, text)
    except BadRecord as error:
        _refuse(f"{text!r}: {error.problems[0].message}")


def _sub_processor(text: str, hub: Hub, on: date | None) -> SubProcessor:
    """Somebody written ``name @ country``. On what terms it has the data is for the contract to show."""
    name, found, place = text.rpartition("@")
    if not found or not name.strip():
        _refuse(f"{text!r}: write name @ country")
    plain: dict[str, Plain] = {"name": " ".join(name.split()), "place": _place(place.strip(), hub)}
    return fit({**plain, **_as_told(on), "verification": Verification.SECONDARY.value}, SubProcessor, text)


def _as_told(on: date | None) -> dict[str, Plain]:
    day = on.isoformat() if on is not None else None
    return {
        "source": {"title": f"Answer of the importer, {day}"},
        "verified_on": day,
        "verification": Verification.UNVERIFIED.value,
    }


def _refuse(message: str) -> NoReturn:
    raise Unfit.at("answer", message)
