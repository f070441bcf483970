"""How one finding is told: its sentences with their parameters in a language, its slots filled with names and facts of a route."""

from __future__ import annotations

from datetime import date

from country_reports.facts import Fact, Ground, Role, Statement
from country_reports.frozen import frozen
from country_reports.hub import Hub
from transfers.assessment_records import FindingRecord, GroundRecord, ground_record, told_in
from transfers.extract import Extract, Party
from transfers.finding import (
    AnyGround,
    Finding,
    Parameter,
    PartyName,
    PlaceName,
    Sentence,
    SlotGround,
    Term,
    _,
)
from transfers.languages import ENGLISH, Language
from transfers.law.catalogue import provisions
from transfers.leg_names import leg_in
from transfers.memory import Table


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


class WordsOfFindings:
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


class ToldBefore:
    """What was told of one finding, by the party it is about and the names and facts that filled the slots it has."""

    def __init__(self, found: Finding, words: WordsOfFindings) -> None:
        self._found = found
        self._words = words
        self._names: tuple[int, ...] | None = None
        self._facts: tuple[int, ...] = ()
        self._tellings: Table[Told] = Table(100)
        self._cited: Table[Cited] = Table(100)

    def of_route(self, extract: Extract) -> Cited:
        party = extract.parties[self._found.leg].id
        if self._names is None:
            return _about(party, self._first(extract))
        if not self._names and not self._facts:
            return self._cited.once(party, lambda: _about(party, self._telling((), extract)))
        filling = self._filling(extract)
        return self._cited.once((party, filling), lambda: _about(party, self._telling(filling, extract)))

    def _filling(self, extract: Extract) -> tuple[object, ...]:
        names = [(extract.parties[leg].id, extract.parties[leg].name) for leg in self._names or ()]
        return (*names, *[extract.slots[slot] for slot in self._facts])

    def _telling(self, filling: tuple[object, ...], extract: Extract) -> Told:
        return self._tellings.once(filling, lambda: _Telling(extract, self._words).of(self._found))

    def _first(self, extract: Extract) -> Told:
        """Shows which slots the finding has: the same for every route, since it is its sentences that have them."""
        telling = _Telling(extract, self._words)
        told = telling.of(self._found)
        self._names, self._facts = tuple(sorted(telling.names_used)), tuple(sorted(telling.facts_used))
        return self._tellings.once(self._filling(extract), lambda: told)


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

    def __init__(self, extract: Extract, words: WordsOfFindings) -> None:
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
