"""The fields that every fact on file carries, and the step from a record to a Fact."""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Protocol, Self

from pydantic import BeforeValidator, GetJsonSchemaHandler, WithJsonSchema, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from country_reports.facts import Fact, FactKind, Origin, Period, Source, Statement, Verification
from country_reports.records import Day, Fault, Record, between_fields


def _as_url(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"https?://[^\s/]+\.[^\s]+", value):
        return value
    raise PydanticCustomError("url", "{given} is not the address of a page; write https://...", {"given": repr(value)})


Url = Annotated[str, BeforeValidator(_as_url), WithJsonSchema({"type": "string", "format": "uri"})]
"""The address of a public page."""


class SourceRecord(Record):
    """Where a reader can check the fact."""

    title: str
    url: Url | None = None


def _not_a_key(value: object) -> object:
    if isinstance(value, str):
        raise PydanticCustomError(
            "source", "there is no source {key} in this file; add it under `sources`", {"key": repr(value)}
        )
    return value


class _OrKey:
    """Tells editors that a source may be written as the key of one, which the file puts in its place."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "description": "a key under `sources`"}, handler(schema)]}


SourceOf = Annotated[SourceRecord, BeforeValidator(_not_a_key), _OrKey()]
"""A source written out, or the key of one under `sources` at the top of the file."""


class RecordFile(Record):
    """A file of facts: sources that several facts share are written once, and facts name their key."""

    sources: dict[str, SourceRecord] = {}

    def overlaid_by(self, overlay: Self) -> Self:
        """This file with what ``overlay`` says over it: records of the same id (or place) are replaced, others added.

        What is no list of such records is replaced as a whole, and an empty list takes everything back.
        """
        said = {name: getattr(overlay, name) for name in overlay.model_fields_set}
        return self.model_copy(update={name: _merged(getattr(self, name), value) for name, value in said.items()})

    def keys_of_records(self) -> Iterator[str]:
        """What every record in this file is known by: its id, else its place."""
        for value in self.__dict__.values():
            if isinstance(value, tuple):
                yield from (key for key in map(_key, value) if key is not None)

    @model_validator(mode="before")
    @classmethod
    def _put_sources_in_place(cls, data: object) -> object:
        sources = data.get("sources") if isinstance(data, dict) else None
        return _with_sources(data, sources) if isinstance(sources, dict) else data


class _Dated(Protocol):
    @property
    def period(self) -> Period: ...


def overlaps(field: str, dated: Iterable[tuple[str, _Dated]]) -> Iterator[Fault]:
    """Items of a list that say two things of the same key for the same day: one fault for each pair."""
    seen: dict[str, list[tuple[int, Period]]] = {}
    for number, (key, record) in enumerate(dated):
        for earlier, period in seen.setdefault(key, []):
            if period.overlaps(record.period):
                both = (
                    "both are open"
                    if period.valid_to is None and record.period.valid_to is None
                    else "the periods overlap"
                )
                yield Fault(
                    (field, number), f"{key} stands twice, and {both} (see {field}[{earlier}]); end one of them"
                )
        seen[key].append((number, record.period))


def repeated(location: tuple[str | int, ...], keys: Iterable[str], what: str = "id") -> Iterator[Fault]:
    """Items of the list at ``location`` with a key that an earlier item has."""
    seen: set[str] = set()
    for number, key in enumerate(keys):
        if key in seen:
            yield Fault(
                (*location, number, what), f"{key!r} stands twice in this file; ids are for ever and for one thing only"
            )
        seen.add(key)


def _merged(below: object, above: object) -> object:
    if not isinstance(below, tuple) or not isinstance(above, tuple) or not above:
        return above
    keys = {_key(record) for record in above}
    return above if None in keys else (*(record for record in below if _key(record) not in keys), *above)


def _key(record: object) -> str | None:
    """What a record is known by: its id, else the place it is about."""
    return getattr(record, "id", None) or getattr(record, "place", None)


def _with_sources(data: object, sources: dict[str, object]) -> object:
    if isinstance(data, list):
        return [_with_sources(item, sources) for item in data]
    if not isinstance(data, dict):
        return data
    placed = {
        key: _with_sources(value, sources) if isinstance(value, (dict, list)) else value
        for key, value in data.items()
        if key != "sources"
    }
    key = placed.get("source")
    if isinstance(key, str):
        placed["source"] = sources.get(key, key)
    if "sources" in data:
        placed["sources"] = data["sources"]
    return placed


class Sourced(Record):
    """A dated fact with its source. ``valid_to`` is the first day on which it no longer holds."""

    valid_from: Day | None = None
    valid_to: Day | None = None
    source: SourceOf
    verified_on: Day | None = None
    verification: Verification
    start_unverified: bool = False

    @model_validator(mode="after")
    def _marks_and_days_agree(self) -> Self:
        if self.valid_from is not None and self.valid_to is not None and self.valid_to <= self.valid_from:
            raise between_fields("valid_to", "the period ends before it starts; valid_to is the first day after it")
        if self.verification is Verification.UNVERIFIED:
            if self.verified_on is not None:
                raise between_fields(
                    "verified_on", "an unverified fact has no day on which it was verified; leave it out"
                )
            return self
        if self.verified_on is None:
            raise between_fields(
                "verification", f"a {self.verification} fact needs `verified_on`, the day its source reached"
            )
        if self.source.url is None:
            raise between_fields(
                "source", f"a {self.verification} fact needs a source with a `url` that a reader can open"
            )
        return self

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)

    def as_fact(
        self, fact_id: str, kind: FactKind, statement: str | Statement, origin: Origin, period: Period | None = None
    ) -> Fact:
        """This record as a Fact; ``period`` replaces its own where another date decides."""
        return Fact(
            id=fact_id,
            kind=kind,
            statement=str(statement),
            period=period or self.period,
            source=Source(self.source.title, self.source.url),
            verified_on=self.verified_on,
            verification=self.verification,
            origin=origin,
            start_unverified=self.start_unverified,
            made_of=statement if isinstance(statement, Statement) else None,
        )
