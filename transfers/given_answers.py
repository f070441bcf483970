"""The answers that a route stands on: its own, and where it is silent those in the records of its recipients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from clauses.fitting import FOR_COUNSEL, answerable
from clauses.library import Library
from country_reports.facts import FactKind, Truth
from country_reports.frozen import frozen
from country_reports.hub import Hub
from transfers.answers import CriterionAnswer
from transfers.field_problems import FieldProblem
from transfers.law.asked_of_importers import ANSWERED_BY_IMPORTERS, NOT_BY_WORD_ALONE
from transfers.law.catalogue import (
    CODED,
    OTHER_TOOLS,
    PARTS_THAT_ASK,
    READ_WITH_EVIDENCE,
    TESTS_OF_ANY_GATEWAY,
    answered_twice,
    criteria,
)
from transfers.leg_names import UnknownLeg, base_of, leg_in, numbered, of_leg
from transfers.registry.importer import ImporterRecord


@frozen
class GivenAnswers:
    """What a Case holds of the answers, by the ids of the law. ``by_importers`` are those that came from a recipient's record."""

    values: frozenset[tuple[str, Truth]]
    documented: frozenset[str]
    evidence: frozenset[tuple[str, frozenset[str]]]
    by_importers: frozenset[str]


class AnswerReader:
    """Reads the answers for one route on one day, collecting what is wrong with them."""

    def __init__(self, hub: Hub, library: Library, as_of: date, problems: list[FieldProblem]) -> None:
        self.hub = hub
        self.library = library
        self.as_of = as_of
        self.problems = problems

    def read(
        self, given: Mapping[str, CriterionAnswer], names: Sequence[str], records: Sequence[ImporterRecord | None]
    ) -> GivenAnswers:
        """The answers ``given`` by a route whose legs have these names and records, leg by leg."""
        own: dict[str, CriterionAnswer] = {}
        for name, answer in given.items():
            try:
                own[numbered(name, names[1:])] = answer
            except UnknownLeg as error:
                self.problems.append(FieldProblem(f"answers.{name}", str(error)))
        self._check(given, own)
        recorded = {name: answer for name, answer in self._recorded(records) if name not in own}
        every = own | recorded if recorded else own
        return GivenAnswers(
            values=frozenset((name, self._value(answer)) for name, answer in every.items()),
            documented=frozenset(name for name, answer in every.items() if is_documented(answer, self.as_of, self.hub)),
            evidence=frozenset(self._evidence(own)),
            by_importers=frozenset(recorded),
        )

    def _recorded(self, records: Iterable[ImporterRecord | None]) -> Iterator[tuple[str, CriterionAnswer]]:
        """What the recipients said, for each of their legs; what was said after the day was not there yet."""
        for number, record in enumerate(records):
            for criterion, answer in record.answers.items() if record is not None else ():
                refused = why_not_answered_by_importers(criterion)
                if record is not None and refused is not None:
                    self._add_once(FieldProblem(f"importer.answers.{criterion}", f"{record.id}: {refused}"))
                elif answer.on is None or answer.on <= self.as_of:
                    yield of_leg(criterion, number), answer

    def _add_once(self, problem: FieldProblem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def _value(self, answer: CriterionAnswer) -> Truth:
        """An answer given after the day of the assessment was not there yet."""
        return Truth.UNKNOWN if answer.on is not None and answer.on > self.as_of else answer.value

    def _evidence(self, own: Mapping[str, CriterionAnswer]) -> Iterator[tuple[str, frozenset[str]]]:
        """The classes of sources behind the answers that are read with their evidence; what is of a later day was not there yet."""
        for name, answer in own.items():
            if answer.evidence is not None and name.startswith(READ_WITH_EVIDENCE):
                yield name, frozenset(one.counted_as for one in answer.evidence if one.on <= self.as_of)

    def _check(self, given: Mapping[str, CriterionAnswer], own: Iterable[str]) -> None:
        """A misspelt criterion would silently leave its question open; a guarantee answered as a whole and part by part could say two things."""
        if not given:
            return
        laws = {name.partition(":")[0] for name in given} & laws_on_record(self.hub)
        sets = {name.partition(".")[0] for name in given} & {*self.library.set_ids()}
        known = criteria().union(OTHER_TOOLS, *(self._criteria_of(law) for law in laws), self._about_sets(sets))
        onward = {"eu-gdpr:44.onward", *(f"{law}:onward_terms" for law in laws)}
        for name in own:
            base = base_of(name)
            if base not in known and (leg_in(name) is None or base not in onward):
                near = get_close_matches(base, known, n=2, cutoff=0.5)
                hint = f"near: {', '.join(near)}" if near else "copy the id from the open questions of the assessment"
                self.problems.append(
                    FieldProblem(f"answers.{name}", f"{name!r} is not a question this version reads; {hint}")
                )
        for name, whole in answered_twice(given):
            message = f"{whole} is answered too; answer the guarantee as a whole or its sub-criteria, not both"
            self.problems.append(FieldProblem(f"answers.{name}", message))

    def _criteria_of(self, law: str) -> Iterator[str]:
        """Every id under which a route may answer a question of a law on record."""
        record = self.hub.regime(law)
        if record is not None:
            yield from (f"{law}:{name}" for name in PARTS_THAT_ASK)
            yield from (f"{law}:{demand.id}" for demand in record.demands)
            for gateway in record.gateways:
                yield f"{law}:{gateway.id}"
                tests = [test.id for test in gateway.tests]
                yield from (f"{law}:{gateway.id}.{name}" for name in (*tests, *TESTS_OF_ANY_GATEWAY))

    def _about_sets(self, named: Iterable[str]) -> Iterator[str]:
        """What may be asked about a set of clauses; of those that no answer names, what may be asked about any."""
        for set_id in self.library.set_ids():
            yield from (f"{set_id}.{obstacle}" for obstacle in FOR_COUNSEL)
        for set_id in sorted(named):
            yield from answerable(self.library.record(set_id))


def is_documented(answer: CriterionAnswer, as_of: date, hub: Hub) -> bool:
    """Whether it says who gave it, when and on what, and is not older than an answer may be."""
    if not (answer.by and answer.on and answer.source):
        return False
    return (as_of - answer.on).days <= hub.freshness[FactKind.ANSWER].days


def why_not_answered_by_importers(criterion: str) -> str | None:
    """Why the record of an importer may not answer a criterion, and what would be right; None where it may."""
    if criterion in ANSWERED_BY_IMPORTERS:
        return None
    said = f"{criterion!r} is not for the recipient to answer once for all routes"
    if criterion in NOT_BY_WORD_ALONE:
        return (
            f"{said}: {NOT_BY_WORD_ALONE[criterion]}. Write the answer into the route, once you have seen what shows it"
        )
    near = get_close_matches(criterion, ANSWERED_BY_IMPORTERS, n=2, cutoff=0.7)
    hint = (
        f"near: {', '.join(near)}" if near else "an answer of yours or of counsel stands in the route, under `answers`"
    )
    return f"{said}; {hint}"


def laws_on_record(hub: Hub) -> frozenset[str]:
    """Laws that bind exporters somewhere and are judged from their records."""
    return frozenset(binding.regime for binding, _origin in hub.bindings) - CODED
