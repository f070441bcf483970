"""An assessment as it is filed: plain records, their JSON, and the digest over it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from country_reports.facts import Fact
from country_reports.frozen import frozen
from transfers.canonical import Json, as_bytes, canonical_text, canonical_text_of_mapping, canonical_text_of_word
from transfers.finding import AnyGround
from transfers.languages import ENGLISH, Language

SCHEMA = "transborder/assessment/1"


@frozen
class GroundRecord:
    """A fact as cited: its role on the day, how far it was checked, and where a reader can check it."""

    fact: str
    role: str
    origin: str
    verification: str
    statement: str
    source: str
    url: str | None
    valid_from: str | None
    valid_to: str | None
    verified_on: str | None
    stale: bool


@frozen
class FindingRecord:
    """``contested``, ``watch`` and ``options`` of the assessment, told of the finding that each of them comes from."""

    rule: str
    provision: str
    leg: str
    question: str
    truth: str
    because: str
    grounds: tuple[GroundRecord, ...]
    contested: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Enough to tell most findings apart; equal ones agree in all fields."""
        return hash((self.rule, self.leg, self.because))


@frozen
class LineRecord:
    doctrine: str
    outcome: str


@frozen
class RegimeRecord:
    id: str
    name: str
    binding: bool
    outcome: str
    carried_by: str | None
    lines: tuple[LineRecord, ...]
    findings: tuple[FindingRecord, ...]


@frozen
class BenchmarkRecord:
    """Article 14 of Convention 108+ as a standard. ``in_force`` says whether it binds on the day."""

    provision: str
    outcome: str
    in_force: str
    carried_by: str | None
    findings: tuple[FindingRecord, ...]


@frozen
class LegRecord:
    id: str
    name: str
    to: str | None
    outcome: str


@frozen
class ConditionRecord:
    """``binding`` is false for what only the benchmark asks."""

    id: str
    text: str
    provision: str
    binding: bool


@frozen
class QuestionRecord:
    id: str
    text: str
    ask: str
    decides: tuple[str, ...]


@frozen
class InputsRecord:
    route: dict[str, Json]
    importers: tuple[dict[str, Json], ...]
    answers: dict[str, Json]


@frozen
class KnowledgeRecord:
    version: str
    fingerprint: str


@frozen
class Assessment:
    """One route on one day. ``digest`` is SHA-256 over the canonical JSON of all the rest."""

    schema: str
    route: str
    title: str | None
    as_of: str
    destination: str | None
    outcome: str
    weakest_leg: str | None
    benchmark: BenchmarkRecord
    regimes: tuple[RegimeRecord, ...]
    legs: tuple[LegRecord, ...]
    places: dict[str, str]
    conditions: tuple[ConditionRecord, ...]
    questions: tuple[QuestionRecord, ...]
    options: tuple[str, ...]
    watch: tuple[str, ...]
    contested: tuple[str, ...]
    planned: tuple[str, ...]
    review_by: str
    inputs: InputsRecord
    policy: dict[str, str | bool | None]
    knowledge: KnowledgeRecord
    engine: str
    digest: str = ""


def as_json(assessment: Assessment) -> dict[str, Json]:
    """The machine contract as plain values."""
    plain = _plain(assessment)
    assert isinstance(plain, dict)
    return plain


def digest_of(assessment: Assessment) -> str:
    """SHA-256 over the canonical JSON of everything but the digest itself."""
    record = {key: value for key, value in as_json(assessment).items() if key != "digest"}
    return _digest(canonical_text(record))


def signed(assessment: Assessment, parts: Mapping[str, str]) -> Assessment:
    """The assessment with its digest. ``parts`` are fields whose canonical JSON is known already."""
    return replace(assessment, digest=_digest(text_of(assessment, parts, without="digest")))


def text_of(value: Any, parts: Mapping[str, str] = MappingProxyType({}), without: str = "") -> str:
    """The canonical JSON of a record of an assessment or of a value in one."""
    kind: Any = type(value)
    if kind is str:
        return canonical_text_of_word(value)
    if value is None or kind is bool:
        return _CONSTANTS[value]
    if kind is tuple or kind is list:
        return list_of([text_of(item) for item in value])
    if kind is dict:
        return canonical_text_of_mapping(value)
    texts = [
        f'"{name}":{parts[name] if name in parts else text_of(getattr(value, name))}'
        for name in _in_order(kind)
        if name != without
    ]
    return f"{{{','.join(texts)}}}"


def list_of(texts: Iterable[str]) -> str:
    """The canonical JSON of a list by that of its items."""
    return f"[{','.join(texts)}]"


@cache
def _in_order(record: type[Any]) -> tuple[str, ...]:
    return tuple(sorted(field.name for field in fields(record)))


_CONSTANTS = {None: "null", True: "true", False: "false"}


def _digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(as_bytes(text)).hexdigest()


def ground_record(ground: AnyGround, fact: Fact) -> GroundRecord:
    """A fact as machines read it: what it does on the day, and how it was checked."""
    return GroundRecord(
        fact=fact.id,
        role=ground.role.value,
        origin=fact.origin.value,
        verification=ground.verification.value,
        statement=fact.statement,
        source=fact.source.title,
        url=fact.source.url,
        valid_from=_day(fact.period.valid_from),
        valid_to=_day(fact.period.valid_to),
        verified_on=_day(fact.verified_on),
        stale=ground.stale,
    )


def told_in(language: Language, record: GroundRecord, fact: Fact) -> GroundRecord:
    """A fact as cited, told in a language; ids, marks and days stay what they are."""
    if language is ENGLISH:
        return record
    return replace(record, statement=language.statement(fact.told), source=language.word(record.source))


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _plain(value: object) -> Json:
    """Records, tuples and mappings as JSON has them."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} has no place in an assessment")
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
