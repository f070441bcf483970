"""assess(): one route on one day, as a record that can be filed, checked and explained years later."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date

from country_reports.facts import Fact, Role
from transfers import __version__
from transfers.canonical import Json, canonical_json
from transfers.extraction import Extract, places_of
from transfers.finding import (
    AnyGround,
    Condition,
    Finding,
    Outcome,
    Parameter,
    PartyName,
    PlaceName,
    Question,
    RegimeConclusion,
    Sentence,
    Term,
)
from transfers.knowledge import DATA_VERSION, Knowledge, fact_of
from transfers.law.catalogue import provisions
from transfers.law.judge import Judgement, judge
from transfers.route import MeasureStatus, Route, ToolStatus
from transfers.view import Policy

SCHEMA = "transborder/assessment/1"


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class FindingRecord:
    rule: str
    provision: str
    leg: str
    question: str
    truth: str
    because: str
    grounds: tuple[GroundRecord, ...]


@dataclass(frozen=True, slots=True)
class LineRecord:
    doctrine: str
    outcome: str


@dataclass(frozen=True, slots=True)
class RegimeRecord:
    id: str
    name: str
    binding: bool
    outcome: str
    carried_by: str | None
    lines: tuple[LineRecord, ...]
    findings: tuple[FindingRecord, ...]


@dataclass(frozen=True, slots=True)
class BenchmarkRecord:
    """Article 14 of Convention 108+ as a standard. ``in_force`` says whether it binds on the day."""

    provision: str
    outcome: str
    in_force: str
    carried_by: str | None
    findings: tuple[FindingRecord, ...]


@dataclass(frozen=True, slots=True)
class LegRecord:
    id: str
    name: str
    to: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class ConditionRecord:
    """``binding`` is false for what only the benchmark asks."""

    id: str
    text: str
    provision: str
    binding: bool


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    id: str
    text: str
    ask: str
    decides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputsRecord:
    route: dict[str, Json]
    importers: tuple[dict[str, Json], ...]
    answers: dict[str, Json]


@dataclass(frozen=True, slots=True)
class KnowledgeRecord:
    version: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
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


def assess(route: Route, knowledge: Knowledge, as_of: date, policy: Policy | None = None) -> Assessment:
    """Judge one route on one day. The same inputs and data give the same bytes.

    Raises:
        BadRoute: the route names a place, importer or tool that does not exist.
        BadRecord: a fact on file that the route needs is malformed.
    """
    chosen = policy or Policy()
    extract = knowledge.extract(route, as_of)
    view = knowledge.view(extract.case, as_of, chosen)
    judgement = judge(extract.case, view)
    fingerprint = knowledge.fingerprint(extract.case, view, extract.slots)
    unsigned = _Rendering(knowledge, extract, judgement).assessment(route, as_of, chosen, fingerprint)
    return replace(unsigned, digest=digest_of(unsigned))


def as_json(assessment: Assessment) -> dict[str, Json]:
    """The machine contract as plain values."""
    plain = _plain(assessment)
    assert isinstance(plain, dict)
    return plain


def digest_of(assessment: Assessment) -> str:
    """SHA-256 over the canonical JSON of everything but the digest itself."""
    record = {key: value for key, value in as_json(assessment).items() if key != "digest"}
    return "sha256:" + hashlib.sha256(canonical_json(record)).hexdigest()


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


class _Rendering:
    """Fills the slots of a judgement with the names and facts of one route."""

    def __init__(self, knowledge: Knowledge, extract: Extract, judgement: Judgement) -> None:
        self.places = knowledge.hub.places
        vocabulary = knowledge.hub.vocabulary
        cited = {name: provision.about.rstrip(".") for name, provision in provisions().items()}
        self.terms = vocabulary.schemes | vocabulary.categories | cited
        self.extract = extract
        self.judgement = judgement
        self.findings = [found for regime in (*judgement.regimes, judgement.benchmark) for found in regime.findings]

    def assessment(self, route: Route, as_of: date, policy: Policy, fingerprint: str) -> Assessment:
        watch = self._sentences(found.watch for found in self.findings)
        legs = self._legs()
        return Assessment(
            schema=SCHEMA,
            route=route.id,
            title=route.title,
            as_of=as_of.isoformat(),
            destination=self.extract.case.importer.place,
            outcome=self.judgement.outcome.word,
            weakest_leg=_weakest(legs),
            benchmark=self._benchmark(),
            regimes=tuple(self._regime(regime) for regime in self.judgement.regimes),
            legs=legs,
            places={
                place: self.places[place].name for place in sorted(places_of(self.extract.case)) if place in self.places
            },
            conditions=self._conditions(),
            questions=self._questions(),
            options=self._sentences(found.options for regime in self.judgement.regimes for found in regime.findings)
            if not self.judgement.outcome.permissible
            else (),
            watch=watch,
            contested=self._sentences(found.contested for found in self.findings),
            planned=_planned(route),
            review_by=min([_months_later(as_of, 6 if watch else 12), *self._ends(as_of)]).isoformat(),
            inputs=self._inputs(route),
            policy={
                "doctrine": policy.doctrine,
                "accept_stale": policy.accept_stale,
                "verified_only": policy.verified_only,
            },
            knowledge=KnowledgeRecord(DATA_VERSION, fingerprint),
            engine=__version__,
        )

    def _benchmark(self) -> BenchmarkRecord:
        benchmark = self.judgement.benchmark
        status = next(found for found in benchmark.findings if found.rule == "coe-108plus.status")
        return BenchmarkRecord(
            "coe-108plus:14",
            benchmark.outcome.word,
            status.truth.value,
            benchmark.carried_by,
            self._findings(benchmark),
        )

    def _regime(self, regime: RegimeConclusion) -> RegimeRecord:
        lines = tuple(LineRecord(line.doctrine, line.outcome.word) for line in regime.lines)
        return RegimeRecord(
            regime.id,
            regime.name,
            regime.binding,
            regime.outcome.word,
            regime.carried_by,
            lines,
            self._findings(regime),
        )

    def _findings(self, regime: RegimeConclusion) -> tuple[FindingRecord, ...]:
        unique = dict.fromkeys(self._finding(found) for found in regime.findings)
        return tuple(unique)

    def _finding(self, found: Finding) -> FindingRecord:
        grounds = tuple(dict.fromkeys(self._ground(ground) for ground in found.grounds))
        return FindingRecord(
            found.rule,
            found.provision,
            self.extract.parties[found.leg].id,
            self._text(found.asks),
            found.truth.value,
            self._text(found.because),
            grounds,
        )

    def _ground(self, ground: AnyGround) -> GroundRecord:
        return ground_record(ground, self._fact(ground))

    def _fact(self, ground: AnyGround) -> Fact:
        return fact_of(ground, self.extract.slots)

    def _legs(self) -> tuple[LegRecord, ...]:
        outcomes: dict[int, Outcome] = {}
        for regime in self.judgement.regimes:
            for concluded in regime.legs:
                outcomes[concluded.leg] = max(concluded.outcome, outcomes.get(concluded.leg, Outcome.NOT_IN_SCOPE))
        return tuple(
            LegRecord(
                party.id,
                party.name,
                leg.place,
                outcomes.get(leg.number, self.judgement.outcome if leg.number == 0 else Outcome.UNDETERMINED).word,
            )
            for leg, party in zip(self.extract.case.legs, self.extract.parties, strict=True)
        )

    def _ends(self, as_of: date) -> list[date]:
        """Days on which a fact relied on by a binding regime ends: the assessment is reviewed before."""
        facts = (
            self._fact(ground)
            for regime in self.judgement.regimes
            for found in regime.findings
            for ground in found.grounds
            if ground.role is Role.SUPPORTS
        )
        return [
            fact.period.valid_to for fact in facts if fact.period.valid_to is not None and fact.period.valid_to > as_of
        ]

    def _conditions(self) -> tuple[ConditionRecord, ...]:
        """Conditions of every reading that may still permit the transfer."""
        found: dict[str, ConditionRecord] = {}
        for regime in (*self.judgement.regimes, self.judgement.benchmark):
            if regime.outcome is not Outcome.NOT_PERMITTED:
                for condition in (condition for finding in regime.findings for condition in finding.conditions):
                    record = self._condition(condition, regime.binding)
                    found.setdefault(record.id, record)
        return tuple(found.values())

    def _condition(self, condition: Condition, binding: bool) -> ConditionRecord:
        return ConditionRecord(self._unslotted(condition.id), self._text(condition.text), condition.provision, binding)

    def _questions(self) -> tuple[QuestionRecord, ...]:
        """Questions whose answers can still move a regime or the benchmark; a settled one asks nothing."""
        asked: dict[str, tuple[Question, list[str]]] = {}
        unsettled = [regime for regime in self.judgement.regimes if len(regime.possible.outcomes) > 1]
        if self.judgement.benchmark.outcome is Outcome.UNDETERMINED:
            unsettled.append(self.judgement.benchmark)
        for finding in (finding for regime in unsettled for finding in regime.findings):
            for question in finding.questions:
                asked.setdefault(self._unslotted(question.id), (question, []))[1].append(finding.rule)
        return tuple(
            QuestionRecord(question_id, self._text(question.text), question.ask, tuple(dict.fromkeys(rules)))
            for question_id, (question, rules) in asked.items()
        )

    def _sentences(self, groups: Iterable[tuple[Sentence, ...]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._text(sentence) for group in groups for sentence in group))

    def _text(self, sentence: Sentence) -> str:
        text = sentence.template.format(**{name: self._word(value) for name, value in sentence.parameters})
        return text[:1].upper() + text[1:] if sentence.template.startswith("{place}") else text

    def _word(self, value: Parameter) -> str:
        if isinstance(value, PlaceName):
            return self.places[value.place].name_in_text if value.place in self.places else "an unknown place"
        if isinstance(value, PartyName):
            return self.extract.parties[value.leg].name
        if isinstance(value, Term):
            return self.terms.get(value.word, value.word)
        if isinstance(value, tuple):
            return "; ".join(self._word(item) for item in value)
        if isinstance(value, date):
            return value.isoformat()
        return self._slot_statement(value) if isinstance(value, str) and value.startswith("slot-") else str(value)

    def _slot_statement(self, name: str) -> str:
        number = name.removeprefix("slot-")
        return self.extract.slots[int(number)].statement if number.isdigit() else name

    def _unslotted(self, record_id: str) -> str:
        prefix, found, number = record_id.partition(":slot-")
        return f"{prefix}:{self.extract.slots[int(number)].id}" if found and number.isdigit() else record_id

    def _inputs(self, route: Route) -> InputsRecord:
        record = route.model_dump(mode="json", exclude_unset=True, exclude={"answers"})
        answers = route.model_dump(mode="json", exclude_unset=True, include={"answers"}).get("answers", {})
        importers = {party.record.id: party.record for party in self.extract.parties if party.record is not None}
        shown = tuple(
            importer.model_dump(mode="json", exclude_unset=True, exclude={"evidence", "open_questions", "summary"})
            for _id, importer in sorted(importers.items())
        )
        return InputsRecord(record, shown, answers)


def _weakest(legs: tuple[LegRecord, ...]) -> str | None:
    """The leg that decides; the first of equals."""
    if not legs:
        return None
    return max(legs, key=lambda leg: Outcome.of_word(leg.outcome)).id


def _planned(route: Route) -> tuple[str, ...]:
    """Tools and measures that are only planned: shown, never counted."""
    tools = [claim.tool for claim in route.mechanisms or () if claim.status is ToolStatus.PLANNED]
    measures = [claim.id for claim in route.measures or () if claim.status is MeasureStatus.PLANNED]
    return tuple(sorted(tools) + sorted(measures))


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


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
