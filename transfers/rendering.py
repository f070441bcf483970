"""From a judgement to the assessment that is filed: the slots of its findings filled with the names and facts of a route.

What is told of a finding is kept and told again where the same names and facts fill its slots; so is its canonical JSON, once
a digest is asked for, which is taken over the kept parts put together: the JSON that ``canonical_json`` writes of the whole.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from country_reports.frozen import frozen
from country_reports.hub import Hub
from country_reports.plain import as_plain
from transfers import __version__
from transfers.assessment_records import (
    SCHEMA,
    Assessment,
    BenchmarkRecord,
    ConditionRecord,
    FindingRecord,
    InputsRecord,
    KnowledgeRecord,
    LegRecord,
    LineRecord,
    QuestionRecord,
    RegimeRecord,
    list_of,
    signed,
    text_of,
)
from transfers.canonical import Json
from transfers.extract import Extract
from transfers.finding import (
    Finding,
    Outcome,
    RegimeConclusion,
)
from transfers.knowledge import DATA_VERSION
from transfers.languages import ENGLISH, Language
from transfers.law.judge import Judgement
from transfers.memory import Table
from transfers.registry.importer import ImporterRecord
from transfers.route import MeasureStatus, Route, ToolStatus
from transfers.telling import Cited, ToldBefore, WordsOfFindings
from transfers.view import Policy

SaidT = TypeVar("SaidT")


@frozen
class FindingsTold:
    """The findings of one regime as they are told, and what they bring with them, the same only once.

    ``once`` holds the findings without those that say what another says. Conditions are id, text and provision; questions
    id, text, whom to ask, and the rule that asks.
    """

    once: tuple[Cited, ...]
    records: tuple[FindingRecord, ...]
    conditions: tuple[tuple[str, str, str], ...]
    questions: tuple[tuple[str, str, str, str], ...]
    options: tuple[str, ...]
    watch: tuple[str, ...]
    contested: tuple[str, ...]
    ends: frozenset[date]


@frozen
class Reading:
    """One regime with its findings as they are told."""

    regime: RegimeConclusion
    told: FindingsTold


@frozen
class Answer:
    """What an assessment says of a judgement, apart from whose route it is."""

    outcome: Outcome
    readings: tuple[Reading, ...]
    regimes: tuple[RegimeRecord, ...]
    benchmark: BenchmarkRecord
    legs: tuple[LegRecord, ...]
    conditions: tuple[ConditionRecord, ...]
    questions: tuple[QuestionRecord, ...]
    options: tuple[str, ...]
    watch: tuple[str, ...]
    contested: tuple[str, ...]
    ends: tuple[date, ...]

    @property
    def weakest_leg(self) -> str | None:
        """The leg that decides; the first of equals."""
        return max(self.legs, key=lambda leg: Outcome.of_word(leg.outcome)).id if self.legs else None

    def review_by(self, as_of: date) -> date:
        """Half a year where something is to be watched, else a year; sooner where a fact that a binding regime relies on ends."""
        return min([_months_later(as_of, 6 if self.watch else 12), *(day for day in self.ends if day > as_of)])


class Renderer:
    """Renders judgements on the facts of one hub, in one language. The digest it gives is of what it told."""

    def __init__(self, hub: Hub, language: Language = ENGLISH) -> None:
        self._words = WordsOfFindings(hub, language)
        self._findings: Table[ToldBefore] = Table(20_000)
        self._readings: Table[FindingsTold] = Table(5_000)
        self._answers: Table[Answer] = Table(2_000)
        self._parts: Table[dict[str, str]] = Table(2_000)
        self._halves: Table[tuple[str, str]] = Table(20_000)
        self._grounds: Table[str] = Table(20_000)
        self._texts: Table[str] = Table(20_000)
        self._importers: Table[dict[str, Json]] = Table(20_000)

    def assessment(
        self, route: Route, extract: Extract, judgement: Judgement, as_of: date, policy: Policy, fingerprint: str
    ) -> Assessment:
        """The record of one route, with its digest."""
        answer = self.answer(extract, judgement)
        places = self._words.places
        return signed(
            Assessment(
                schema=SCHEMA,
                route=route.id,
                title=route.title,
                as_of=as_of.isoformat(),
                destination=extract.case.importer.place,
                outcome=judgement.outcome.word,
                weakest_leg=answer.weakest_leg,
                benchmark=answer.benchmark,
                regimes=answer.regimes,
                legs=answer.legs,
                places={place: self._words.place(place) for place in sorted(extract.case.places) if place in places},
                conditions=answer.conditions,
                questions=answer.questions,
                options=answer.options,
                watch=answer.watch,
                contested=answer.contested,
                planned=_planned(route),
                review_by=answer.review_by(as_of).isoformat(),
                inputs=self._inputs(route, extract),
                policy={
                    "doctrine": policy.doctrine,
                    "accept_stale": policy.accept_stale,
                    "verified_only": policy.verified_only,
                },
                knowledge=KnowledgeRecord(DATA_VERSION, fingerprint),
                engine=__version__,
            ),
            self._parts.once(id(answer), lambda: self._parts_of(answer), answer),
        )

    def answer(self, extract: Extract, judgement: Judgement) -> Answer:
        """FindingsTold once for all routes of which it holds and whose parties and facts fill its slots alike."""
        filling = (tuple((party.id, party.name) for party in extract.parties), extract.slots)
        return self._answers.once((id(judgement), filling), lambda: self._tell(extract, judgement, filling), judgement)

    def _tell(self, extract: Extract, judgement: Judgement, filling: Hashable) -> Answer:
        readings = [self._reading(regime, extract, filling) for regime in (*judgement.regimes, judgement.benchmark)]
        *binding, standard = readings
        every, decisive = [reading.told for reading in readings], [reading.told for reading in binding]
        names = [self._words.party(party) for party in extract.parties]
        return Answer(
            outcome=judgement.outcome,
            readings=tuple(readings),
            regimes=tuple(_regime(reading, self._words.language) for reading in binding),
            benchmark=_benchmark(standard),
            legs=_legs(extract, judgement, names),
            conditions=_conditions(readings),
            questions=_questions(binding, standard),
            options=() if judgement.outcome.permissible else _unique(told.options for told in decisive),
            watch=_unique(told.watch for told in every),
            contested=_unique(told.contested for told in every),
            ends=tuple(sorted({day for told in decisive for day in told.ends})),
        )

    def _parts_of(self, answer: Answer) -> dict[str, str]:
        """The canonical JSON of the parts of an answer, put together from that of the findings."""
        *binding, standard = (list_of(map(self._cited, reading.told.once)) for reading in answer.readings)
        told = zip(answer.regimes, binding, strict=True)
        return {
            "regimes": list_of(text_of(regime, {"findings": findings}) for regime, findings in told),
            "benchmark": text_of(answer.benchmark, {"findings": standard}),
            "legs": list_of(map(self._text, answer.legs)),
            "conditions": list_of(map(self._text, answer.conditions)),
            "questions": list_of(map(self._text, answer.questions)),
        }

    def _reading(self, regime: RegimeConclusion, extract: Extract, filling: Hashable) -> Reading:
        """The same findings are told alike, whichever case they are of, if the same parties and facts fill their slots."""
        key = (tuple(map(id, regime.findings)), filling)
        told = self._readings.once(key, lambda: self._told_once(regime.findings, extract), regime.findings)
        return Reading(regime, told)

    def _told_once(self, findings: Iterable[Finding], extract: Extract) -> FindingsTold:
        cited = [
            self._findings.once(id(one), partial(ToldBefore, one, self._words)).of_route(extract) for one in findings
        ]
        every = [one.told for one in cited]
        first: dict[FindingRecord, Cited] = {}
        conditions: dict[str, tuple[str, str, str]] = {}
        for one in cited:
            first.setdefault(one.record, one)
            for condition in one.told.conditions:
                conditions.setdefault(condition[0], condition)
        return FindingsTold(
            once=tuple(first.values()),
            records=tuple(one.record for one in first.values()),
            conditions=tuple(conditions.values()),
            questions=_unique([(*asked, one.record.rule) for asked in one.told.questions] for one in cited),
            options=_unique(told.options for told in every),
            watch=_unique(told.watch for told in every),
            contested=_unique(told.contested for told in every),
            ends=frozenset(day for told in every for day in told.ends),
        )

    def _cited(self, one: Cited) -> str:
        """The canonical JSON of a finding: that of all of it but the party it is about is kept."""
        told = one.told
        return text_of(one.record.leg).join(self._halves.once(id(told), lambda: self._split(told.record), told))

    def _split(self, record: FindingRecord) -> tuple[str, str]:
        grounds = (self._grounds.once(id(ground), partial(text_of, ground), ground) for ground in record.grounds)
        before, after = text_of(record, {"leg": _HERE, "grounds": list_of(grounds)}).split(_HERE)
        return before, after

    def _text(self, record: ConditionRecord | LegRecord | QuestionRecord) -> str:
        """Conditions and questions return in many routes."""
        return self._texts.once(record, lambda: text_of(record))

    def _inputs(self, route: Route, extract: Extract) -> InputsRecord:
        record = as_plain(route, only_set=True)
        assert isinstance(record, dict)
        answers = record.pop("answers", {})
        assert isinstance(answers, dict)
        importers = {party.record.id: party.record for party in extract.parties if party.record is not None}
        return InputsRecord(record, tuple(self._importer(one) for _id, one in sorted(importers.items())), answers)

    def _importer(self, record: ImporterRecord) -> dict[str, Json]:
        """What the record says that decides, or names the importer."""
        return dict(self._importers.once(id(record), lambda: _shown(record), record))


def _shown(record: ImporterRecord) -> dict[str, Json]:
    plain = as_plain(record, only_set=True)
    assert isinstance(plain, dict)
    return {name: value for name, value in plain.items() if name not in _NOT_SHOWN}


_HERE = "\0"
"""No canonical JSON holds it."""

_NOT_SHOWN = ("evidence", "open_questions", "summary")


def _unique(groups: Iterable[Iterable[SaidT]]) -> tuple[SaidT, ...]:
    return tuple(dict.fromkeys(said for group in groups for said in group))


def _benchmark(reading: Reading) -> BenchmarkRecord:
    regime = reading.regime
    status = next(found for found in regime.findings if found.rule == "coe-108plus.status")
    findings = reading.told.records
    return BenchmarkRecord("coe-108plus:14", regime.outcome.word, status.truth.value, regime.carried_by, findings)


def _regime(reading: Reading, language: Language) -> RegimeRecord:
    regime = reading.regime
    return RegimeRecord(
        regime.id,
        language.word(regime.name),
        regime.binding,
        regime.outcome.word,
        regime.carried_by,
        tuple(LineRecord(line.doctrine, line.outcome.word) for line in regime.lines),
        reading.told.records,
    )


def _legs(extract: Extract, judgement: Judgement, names: Iterable[str]) -> tuple[LegRecord, ...]:
    """Each leg by the strictest law; never worse than the whole under that law, which may turn on whether there is a transfer at all."""
    outcomes: dict[int, Outcome] = {}
    for regime in judgement.regimes:
        for concluded in regime.legs:
            told = min(concluded.outcome, regime.outcome)
            outcomes[concluded.leg] = max(told, outcomes.get(concluded.leg, Outcome.NOT_IN_SCOPE))
    return tuple(
        LegRecord(
            party.id,
            name,
            leg.place,
            outcomes.get(leg.number, judgement.outcome if leg.number == 0 else Outcome.UNDETERMINED).word,
        )
        for leg, party, name in zip(extract.case.legs, extract.parties, names, strict=True)
    )


def _conditions(readings: Iterable[Reading]) -> tuple[ConditionRecord, ...]:
    """Conditions of every reading that may still permit the transfer."""
    found: dict[str, ConditionRecord] = {}
    for reading in readings:
        if reading.regime.outcome is not Outcome.NOT_PERMITTED:
            for condition, text, provision in reading.told.conditions:
                if condition not in found:
                    found[condition] = ConditionRecord(condition, text, provision, reading.regime.binding)
    return tuple(found.values())


def _questions(binding: Iterable[Reading], benchmark: Reading) -> tuple[QuestionRecord, ...]:
    """Questions whose answers can still move a regime or the benchmark; a settled one asks nothing."""
    unsettled = [reading for reading in binding if len(reading.regime.possible.outcomes) > 1]
    if benchmark.regime.outcome is Outcome.UNDETERMINED:
        unsettled.append(benchmark)
    asked: dict[str, tuple[str, str, list[str]]] = {}
    for question, text, whom, rule in (one for reading in unsettled for one in reading.told.questions):
        asked.setdefault(question, (text, whom, []))[2].append(rule)
    return tuple(
        QuestionRecord(question, text, whom, tuple(dict.fromkeys(rules)))
        for question, (text, whom, rules) in asked.items()
    )


def _planned(route: Route) -> tuple[str, ...]:
    """Tools and measures that are only planned: shown, never counted."""
    tools = [claim.tool for claim in route.mechanisms or () if claim.status is ToolStatus.PLANNED]
    measures = [claim.id for claim in route.measures or () if claim.status is MeasureStatus.PLANNED]
    return tuple(sorted(tools) + sorted(measures))


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
