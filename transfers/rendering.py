"""From a judgement to the assessment that is filed: the slots of its findings filled with the names and facts of a route.

What is told of a finding is kept and told again where the same names and facts fill its slots; so is its canonical JSON, once
a digest is asked for, which is taken over the kept parts put together: the JSON that ``canonical_json`` writes of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from country_reports.facts import Fact, Ground, Role, Statement
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
    GroundRecord,
    InputsRecord,
    KnowledgeRecord,
    LegRecord,
    LineRecord,
    QuestionRecord,
    RegimeRecord,
    ground_record,
    list_of,
    signed,
    text_of,
    told_in,
)
from transfers.canonical import Json
from transfers.extract import Extract, Party
from transfers.finding import (
    AnyGround,
    Finding,
    Outcome,
    Parameter,
    PartyName,
    PlaceName,
    RegimeConclusion,
    Sentence,
    SlotGround,
    Term,
    _,
)
from transfers.importer import ImporterRecord
from transfers.knowledge import DATA_VERSION
from transfers.languages import ENGLISH, Language
from transfers.law.catalogue import provisions
from transfers.law.judge import Judgement
from transfers.leg_names import leg_in
from transfers.memory import Table
from transfers.route import MeasureStatus, Route, ToolStatus
from transfers.view import Policy


@frozen
class Told:
    """All that is told on account of one finding, but for the party it is about."""

    record: FindingRecord
    watch: tuple[str, ...]
    contested: tuple[str, ...]
    options: tuple[str, ...]
    conditions: tuple[tuple[str, str, str], ...]
    questions: tuple[tuple[str, str, str], ...]
    ends: tuple[date, ...]


@frozen
class Cited:
    """A finding as it is told of one party."""

    told: Told
    record: FindingRecord


@frozen
class Reading:
    """One regime with its findings as they are told."""

    regime: RegimeConclusion
    cited: tuple[Cited, ...]
    once: tuple[Cited, ...]
    """The findings without those that say what another says."""

    @property
    def records(self) -> tuple[FindingRecord, ...]:
        return tuple(one.record for one in self.once)


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
        self._words = _Words(hub, language)
        self._findings: Table[_ToldBefore] = Table(20_000)
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
        """Told once for all routes of which it holds and whose parties and facts fill its slots alike."""
        key = (id(judgement), tuple((party.id, party.name) for party in extract.parties), extract.slots)
        return self._answers.once(key, lambda: self._tell(extract, judgement), judgement)

    def _tell(self, extract: Extract, judgement: Judgement) -> Answer:
        readings = [self._reading(regime, extract) for regime in (*judgement.regimes, judgement.benchmark)]
        *binding, standard = readings
        every = [one.told for reading in readings for one in reading.cited]
        decisive = [one.told for reading in binding for one in reading.cited]
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
            ends=tuple({day for told in decisive for day in told.ends}),
        )

    def _parts_of(self, answer: Answer) -> dict[str, str]:
        """The canonical JSON of the parts of an answer, put together from that of the findings."""
        *binding, standard = (list_of(map(self._cited, reading.once)) for reading in answer.readings)
        told = zip(answer.regimes, binding, strict=True)
        return {
            "regimes": list_of(text_of(regime, {"findings": findings}) for regime, findings in told),
            "benchmark": text_of(answer.benchmark, {"findings": standard}),
            "legs": list_of(map(self._text, answer.legs)),
            "conditions": list_of(map(self._text, answer.conditions)),
            "questions": list_of(map(self._text, answer.questions)),
        }

    def _reading(self, regime: RegimeConclusion, extract: Extract) -> Reading:
        cited = tuple(self._told(found).of_route(extract) for found in regime.findings)
        first: dict[FindingRecord, Cited] = {}
        for one in cited:
            first.setdefault(one.record, one)
        return Reading(regime, cited, tuple(first.values()))

    def _cited(self, one: Cited) -> str:
        """The canonical JSON of a finding: that of all of it but the party it is about is kept."""
        told = one.told
        return text_of(one.record.leg).join(self._halves.once(id(told), lambda: self._split(told.record), told))

    def _split(self, record: FindingRecord) -> tuple[str, str]:
        grounds = (self._grounds.once(id(ground), partial(text_of, ground), ground) for ground in record.grounds)
        before, after = text_of(record, {"leg": _HERE, "grounds": list_of(grounds)}).split(_HERE)
        return before, after

    def _told(self, found: Finding) -> _ToldBefore:
        return self._findings.once(id(found), lambda: _ToldBefore(found, self._words))

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


class _Words:
    """What places, parties, terms and facts are called in a language."""

    def __init__(self, hub: Hub, language: Language) -> None:
        self.language = language
        self.places = hub.places
        vocabulary = hub.vocabulary
        cited = {name: provision.about for name, provision in provisions().items()}
        terms = vocabulary.schemes | vocabulary.categories | cited
        self.terms = {name: language.within(text) for name, text in terms.items()}
        self._grounds: Table[GroundRecord] = Table(20_000)

    def place(self, place: str) -> str:
        """The name of a place that is on file."""
        return self.language.record(self.places[place].name)

    def place_in_text(self, place: str) -> str:
        """The same within a sentence: templates of other languages have it where no article is needed."""
        if place not in self.places:
            return self.language.text(_("an unknown place"))
        return self.places[place].name_in_text if self.language is ENGLISH else self.place(place)

    def party(self, party: Party) -> str:
        """A name is a name in every language; only what stands for one that is not known is told."""
        return party.name if party.record is not None else self.language.text(party.name)

    def ground(self, ground: Ground) -> GroundRecord:
        """A fact on file as it is cited; many findings cite the same."""
        return self._grounds.once(id(ground), lambda: self.cited(ground, ground.fact), ground)

    def cited(self, ground: AnyGround, fact: Fact) -> GroundRecord:
        """A fact as it is cited."""
        return told_in(self.language, ground_record(ground, fact), fact)


class _ToldBefore:
    """What was told of one finding, by the names and facts that filled the slots it has, and last of which party."""

    def __init__(self, found: Finding, words: _Words) -> None:
        self._found = found
        self._words = words
        self._names: tuple[int, ...] | None = None
        self._facts: tuple[int, ...] = ()
        self._tellings: Table[Told] = Table(100)
        self._last: tuple[str, Cited] | None = None

    def of_route(self, extract: Extract) -> Cited:
        party = extract.parties[self._found.leg].id
        if self._last is not None and self._last[0] == party and not (self._names or self._facts):
            return self._last[1]
        cited = _about(party, self._filled(extract))
        self._last = (party, cited)
        return cited

    def _filled(self, extract: Extract) -> Told:
        parties, facts = extract.parties, extract.slots
        if self._names is None:
            return self._filled_first(extract)
        names = ((parties[leg].id, parties[leg].name) for leg in self._names)
        filling = (*names, *(facts[slot] for slot in self._facts))
        return self._tellings.once(filling, lambda: _Telling(extract, self._words).of(self._found))

    def _filled_first(self, extract: Extract) -> Told:
        """Shows which slots the finding has: the same for every route, since it is its sentences that have them."""
        telling = _Telling(extract, self._words)
        told = telling.of(self._found)
        self._names, self._facts = tuple(sorted(telling.names_used)), tuple(sorted(telling.facts_used))
        return told


def _about(party: str, told: Told) -> Cited:
    said = told.record
    record = FindingRecord(
        said.rule,
        said.provision,
        party,
        said.question,
        said.truth,
        said.because,
        said.grounds,
        said.contested,
        said.watch,
        said.options,
    )
    return Cited(told, record)


class _Telling:
    """Tells one finding for one route, and minds which names and facts of the route it used."""

    def __init__(self, extract: Extract, words: _Words) -> None:
        self._extract = extract
        self._words = words
        self._language = words.language
        self._statements: dict[str, str | Statement] = {}
        self.names_used: set[int] = set()
        self.facts_used: set[int] = set()

    def of(self, found: Finding) -> Told:
        if self._language is not ENGLISH:
            self._statements = {fact.statement: fact.told for fact in map(self._fact, found.grounds)}
        record = FindingRecord(
            found.rule,
            found.provision,
            "",
            self._text(found.asks),
            found.truth.value,
            self._text(found.because),
            tuple(dict.fromkeys(map(self._ground, found.grounds))),
            tuple(map(self._text, found.contested)),
            tuple(map(self._text, found.watch)),
            tuple(map(self._text, found.options)),
        )
        ends = (self._fact(ground).period.valid_to for ground in found.grounds if ground.role is Role.SUPPORTS)
        return Told(
            record=record,
            watch=tuple(map(self._text, found.watch)),
            contested=tuple(map(self._text, found.contested)),
            options=tuple(map(self._text, found.options)),
            conditions=tuple((self._told(one.id), self._text(one.text), one.provision) for one in found.conditions),
            questions=tuple((self._told(one.id), self._text(one.text), one.ask) for one in found.questions),
            ends=tuple({day for day in ends if day is not None}),
        )

    def _ground(self, ground: AnyGround) -> GroundRecord:
        if isinstance(ground, SlotGround):
            return self._words.cited(ground, self._slot(ground.slot))
        return self._words.ground(ground)

    def _fact(self, ground: AnyGround) -> Fact:
        return self._slot(ground.slot) if isinstance(ground, SlotGround) else ground.fact

    def _slot(self, number: int) -> Fact:
        self.facts_used.add(number)
        return self._extract.slots[number]

    def _name(self, leg: int) -> str:
        self.names_used.add(leg)
        return self._words.party(self._extract.parties[leg])

    def _text(self, sentence: Sentence) -> str:
        template = self._language.text(sentence.template)
        text = template.format(**{name: self._word(value) for name, value in sentence.parameters})
        return text[:1].upper() + text[1:] if template.startswith("{place}") else text

    def _word(self, value: Parameter) -> str:
        if isinstance(value, PlaceName):
            return self._words.place_in_text(value.place)
        if isinstance(value, PartyName):
            return self._name(value.leg)
        if isinstance(value, Term):
            return self._words.terms.get(value.word, value.word)
        if isinstance(value, Sentence):
            return self._text(value)
        if isinstance(value, tuple):
            return self._language.text("; ").join(self._word(item) for item in value)
        if isinstance(value, date):
            return self._language.day(value.isoformat())
        if not isinstance(value, str):
            return str(value)
        return self._slot_statement(value) if value.startswith("slot-") else self._said(value)

    def _slot_statement(self, name: str) -> str:
        number = name.removeprefix("slot-")
        return self._language.statement(self._slot(int(number)).told) if number.isdigit() else name

    def _said(self, words: str) -> str:
        """Words that fill a sentence: a statement of a fact, a text of a record, an id."""
        if self._language is ENGLISH:
            return self._told(words)
        if words in self._statements:
            return self._language.statement(self._statements[words])
        return self._language.word(self._told(words))

    def _told(self, id_in_law: str) -> str:
        """An id as a reader sees it; the slots that it fills are minded too."""
        _, found, number = id_in_law.partition(":slot-")
        if found and number.isdigit():
            self.facts_used.add(int(number))
        leg = leg_in(id_in_law)
        if leg is not None:
            self.names_used.add(leg)
        return self._extract.told(id_in_law)


def _unique(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for group in groups for text in group))


def _benchmark(reading: Reading) -> BenchmarkRecord:
    regime = reading.regime
    status = next(found for found in regime.findings if found.rule == "coe-108plus.status")
    findings = reading.records
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
        reading.records,
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
            for condition, text, provision in (one for cited in reading.cited for one in cited.told.conditions):
                if condition not in found:
                    found[condition] = ConditionRecord(condition, text, provision, reading.regime.binding)
    return tuple(found.values())


def _questions(binding: Iterable[Reading], benchmark: Reading) -> tuple[QuestionRecord, ...]:
    """Questions whose answers can still move a regime or the benchmark; a settled one asks nothing."""
    unsettled = [reading for reading in binding if len(reading.regime.possible.outcomes) > 1]
    if benchmark.regime.outcome is Outcome.UNDETERMINED:
        unsettled.append(benchmark)
    asked: dict[str, tuple[str, str, list[str]]] = {}
    for cited in (cited for reading in unsettled for cited in reading.cited):
        for question, text, whom in cited.told.questions:
            asked.setdefault(question, (text, whom, []))[2].append(cited.record.rule)
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
