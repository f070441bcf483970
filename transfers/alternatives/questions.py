"""Which open questions can still change the answer, the most decisive first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from country_reports.facts import Truth
from transfers.alternatives.variation import Variations
from transfers.assessment import Assessment, QuestionRecord
from transfers.finding import Outcome
from transfers.law.catalogue import head_of, same_in_other_words
from transfers.law.judge import Judgement
from transfers.law.supplementary_measures import CONDITIONS
from transfers.route import (
    ExporterKind,
    Frequency,
    LawfulBasisOfDetection,
    MeasureClaim,
    MeasureStatus,
    Ocsea,
    PartyRole,
    Route,
    Safeguard,
    Scenario,
)

MOST_TRIED = 300
"""Questions of one route of which it is tried whether they matter. Each is tried with all others answered one way or the other."""

Variant = Callable[[Route], Route]
Variants: TypeAlias = list[tuple[str, Variant]]
"""Answers that can be tried, each with what it makes of a route."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An open question, and where each answer to it would lead.

    ``by_answer`` is empty where the answer is no yes or no that can be tried, such as a place or the text of a law, or was not tried.
    """

    question: QuestionRecord
    by_answer: tuple[tuple[str, Outcome], ...]
    settles: bool

    @property
    def can_be_tried(self) -> bool:
        return bool(self.by_answer)


def weighed_questions(
    route: Route, assessment: Assessment, variations: Variations, also: Mapping[str, Variants] = MappingProxyType({})
) -> list[Weighed]:
    """The open questions that can still move the answer, alone or with others; those that settle it alone come first.

    A question is idle if no answer to it moves what is possible: as things stand, with all other questions answered
    one way or the other, and with those of each group answered for the transfer and the rest against it. Questions
    that cannot be tried are kept, after the others: what is not known to be idle is asked. ``also`` holds the answers to
    some of these, the better one first, for whoever can say how they are tried. Of more than ``MOST_TRIED`` none is tried.

    Raises:
        BadRoute: the route names a place, importer or tool that does not exist.
    """
    if len(assessment.questions) > MOST_TRIED:
        return [Weighed(question, (), settles=False) for question in assessment.questions]
    base = variations.judged(route)
    variants = {
        question.id: also.get(question.id) or _variants(question.id, route, variations)
        for question in assessment.questions
    }
    found: list[tuple[int, Weighed]] = []
    for number, question in enumerate(assessment.questions):
        if variants[question.id] and _is_idle(question.id, route, variants, variations):
            continue
        results = [(answer, variations.judged(change(route))) for answer, change in variants[question.id]]
        by_answer = tuple((answer, result.outcome) for answer, result in results)
        settles = (
            any(outcome is not Outcome.UNDETERMINED for _, outcome in by_answer)
            and base.outcome is Outcome.UNDETERMINED
        )
        found.append((number, Weighed(question, by_answer, settles)))
    found.sort(key=lambda item: (not item[1].settles, not item[1].can_be_tried, -_spread(item[1]), item[0]))
    return [weighed for _, weighed in found]


def _is_idle(question: str, route: Route, variants: dict[str, Variants], variations: Variations) -> bool:
    """Whether the question moves nothing in any of the settings it is tried in."""
    for setting in _settings(question, route, variants):
        seen = {str(_possible(variations.judged(change(setting)))) for _, change in variants[question]}
        if len(seen | {str(_possible(variations.judged(setting)))}) > 1:
            return False
    return True


def _settings(question: str, route: Route, variants: dict[str, Variants]) -> Iterator[Route]:
    """The route as it stands, and with the other questions answered: all well, all badly, or each group well and the rest badly."""
    others = [name for name in variants if name != question and variants[name]]
    others = [name for name in others if not same_in_other_words(name, question)]
    groups = sorted({_group(name) for name in others})
    yield route
    for well in ([], groups, *([group] for group in groups)):
        setting = route
        for name in others:
            _, change = variants[name][0 if _group(name) in well else -1]
            setting = change(setting)
        yield setting


def _group(question: str) -> str:
    """What tests of one ground, conditions of one use case or parts of one guarantee have in common."""
    return head_of(question) or question.rpartition(".")[0]


def _possible(judgement: Judgement) -> list[tuple[str, frozenset[Outcome]]]:
    """Everything that is still possible, regime by regime."""
    return [(regime.id, regime.possible.outcomes) for regime in judgement.regimes]


def _spread(weighed: Weighed) -> int:
    """How far apart the answers lead."""
    outcomes = [outcome for _, outcome in weighed.by_answer]
    return max(outcomes) - min(outcomes) if outcomes else 0


def _variants(question: str, route: Route, variations: Variations) -> Variants:
    """The answers that can be tried, the best first and the worst last: fields of the route by their words, criteria by yes and no."""
    if question in _FIELDS:
        return list(_FIELDS[question].items())
    measure = re.fullmatch(r"edpb-01-2020:(UC[1-5]\.[0-9])", question)
    if measure is not None:
        return [
            (status.value, _with_measure(measure[1], status))
            for status in (MeasureStatus.IN_PLACE, MeasureStatus.ABSENT)
        ]

    def answering(value: Truth) -> Variant:
        return lambda route: variations.answering(route, question, value)

    if not variations.can_be_answered(route, question):
        return []
    return [(value.value, answering(value)) for value in (Truth.YES, Truth.NO)]


_ALL_OPEN = tuple(
    MeasureClaim(id=condition, status=MeasureStatus.UNKNOWN)
    for conditions in CONDITIONS.values()
    for condition in conditions
)
"""What a route without a list of measures says of each condition: a list that leaves one out would say that it is absent."""


def _with_measure(measure: str, status: MeasureStatus) -> Variant:
    def change(route: Route) -> Route:
        told = _ALL_OPEN if route.measures is None else route.measures
        kept = tuple(claim for claim in told if claim.id != measure)
        return route.model_copy(update={"measures": (*kept, MeasureClaim(id=measure, status=status))})

    return change


def _with_frequency(value: Frequency) -> Variant:
    return lambda route: route.model_copy(update={"frequency": value})


def _with_clear_text(value: Truth) -> Variant:
    return lambda route: route.model_copy(update={"data": route.data.model_copy(update={"clear_text_needed": value})})


def _with_exporter_kind(value: ExporterKind) -> Variant:
    return lambda route: route.model_copy(update={"exporter": route.exporter.model_copy(update={"kind": value})})


def _with_importer_role(value: PartyRole) -> Variant:
    return lambda route: route.model_copy(update={"importer_role": value})


def _with_direct_collection(value: Truth) -> Variant:
    return lambda route: route.model_copy(update={"collected_directly": value})


def _with_ocsea(**fields: object) -> Variant:
    return lambda route: route.model_copy(update={"ocsea": (route.ocsea or Ocsea()).model_copy(update=fields)})


def _with_safeguard(head: Safeguard, value: Truth) -> Variant:
    def change(route: Route) -> Route:
        told = route.ocsea.safeguards if route.ocsea is not None else {}
        return _with_ocsea(safeguards={**told, head: value})(route)

    return change


_FIELDS: dict[str, dict[str, Variant]] = {
    "frequency": {value.value: _with_frequency(value) for value in Frequency if value is not Frequency.UNKNOWN},
    "data.clear_text_needed": {value.value: _with_clear_text(value) for value in (Truth.YES, Truth.NO)},
    "exporter.kind": {value.value: _with_exporter_kind(value) for value in ExporterKind},
    "importer_role": {value.value: _with_importer_role(value) for value in PartyRole if value is not PartyRole.UNKNOWN},
    "collected_directly": {value.value: _with_direct_collection(value) for value in (Truth.YES, Truth.NO)},
    "ocsea.lawful_basis": {
        basis.value: _with_ocsea(lawful_basis=basis) for basis in reversed(tuple(LawfulBasisOfDetection))
    },
    "ocsea.scenario": {
        scenario.value: _with_ocsea(scenario=scenario)
        for scenario in (Scenario.R2, Scenario.R3, Scenario.R4, Scenario.R1)
    },
    "ocsea.audio": {value.value: _with_ocsea(audio=value) for value in (Truth.NO, Truth.YES)},
    "ocsea.end_to_end_encrypted": {
        value.value: _with_ocsea(end_to_end_encrypted=value) for value in (Truth.NO, Truth.YES)
    },
    **{
        f"ocsea.safeguards.{head.value}": {value.value: _with_safeguard(head, value) for value in (Truth.YES, Truth.NO)}
        for head in Safeguard
    },
}
