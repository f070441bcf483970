"""What a change of law, of facts or of the day does to a route: two assessments of it side by side, and why they differ.

Pure: it knows no file and no clock, and not where the two sides come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from transfers.assessment_records import Assessment, FindingRecord, RegimeRecord
from transfers.changes.facts_between import FactShift
from transfers.changes.records import (
    Answered,
    Concerned,
    Effect,
    FindingShift,
    Impact,
    OutcomeShift,
    Part,
    Refused,
    Said,
    TextShift,
)
from transfers.finding import Outcome


def untouched(before: Assessment, after: Assessment) -> bool:
    """The same facts consulted, and nothing that a reader is told differs."""
    return not _outcomes_differ(before, after) and not any(_parts(before, after))


def impact_of(before: Assessment, after: Assessment, facts: tuple[FactShift, ...], owner: str | None = None) -> Impact:
    """The two sides of one route. ``facts`` are those of the facts it rests on that differ; untouched routes need none."""
    parts = tuple(_parts(before, after))
    findings = tuple(_finding_shifts(before, after, facts))
    return Impact(
        routes=(Concerned(after.route, after.title, owner),),
        before=_answered(before),
        after=_answered(after),
        effect=_effect(before, after, parts),
        worse=_worse(before, after),
        parts=parts,
        regimes=tuple(_outcome_shifts(before, after)),
        findings=findings,
        facts=facts,
        conditions=_texts(
            {one.id: one.text for one in before.conditions}, {one.id: one.text for one in after.conditions}
        ),
        questions=_texts({one.id: one.text for one in before.questions}, {one.id: one.text for one in after.questions}),
    )


def not_compared(
    route: str, title: str | None, owner: str | None, before: Assessment | Refused, after: Assessment | Refused
) -> Impact:
    """A route that one side, or each, cannot assess."""
    old, new = (one if isinstance(one, Refused) else _answered(one) for one in (before, after))
    return Impact((Concerned(route, title, owner),), old, new, Effect.NOT_COMPARED, worse=isinstance(after, Refused))


def worst_first(impact: Impact) -> tuple[int, int, int, str]:
    """By what it does: lost first; then the stricter answer, then the place in the table, or the id."""
    rank = _RANKS.index((impact.effect, impact.worse)) if (impact.effect, impact.worse) in _RANKS else len(_RANKS)
    strict = 0 if isinstance(impact.after, Refused) else -Outcome.of_word(impact.after.outcome)
    return rank, strict, impact.routes[0].row or 0, impact.route


_RANKS = [
    (Effect.MOVED, True),
    (Effect.NOT_COMPARED, True),
    (Effect.MOVED, False),
    (Effect.NOT_COMPARED, False),
    (Effect.CHANGED, True),
    (Effect.CHANGED, False),
    (Effect.REREAD, False),
]


def _answered(found: Assessment) -> Answered:
    fingerprint = found.knowledge.fingerprint
    return Answered(found.as_of, found.outcome, found.benchmark.outcome, found.review_by, fingerprint, found.digest)


def _effect(before: Assessment, after: Assessment, parts: tuple[Part, ...]) -> Effect:
    if _permissible(before) is not _permissible(after):
        return Effect.MOVED
    if _outcomes_differ(before, after):
        return Effect.CHANGED
    return Effect.REREAD if parts else Effect.UNTOUCHED


def _permissible(assessment: Assessment) -> bool:
    return Outcome.of_word(assessment.outcome).permissible


def _outcomes_differ(before: Assessment, after: Assessment) -> bool:
    return before.outcome != after.outcome or any(one.before != one.after for one in _outcome_shifts(before, after))


def _worse(before: Assessment, after: Assessment) -> bool:
    """The whole is stricter than it was, or, where it is the same, some regime is."""
    if before.outcome != after.outcome:
        return Outcome.of_word(after.outcome) > Outcome.of_word(before.outcome)
    return any(
        one.before is not None and one.after is not None and Outcome.of_word(one.after) > Outcome.of_word(one.before)
        for one in _outcome_shifts(before, after)
    )


def _outcome_shifts(before: Assessment, after: Assessment) -> Iterator[OutcomeShift]:
    """Every regime of either side, those of the later side first."""
    old, new = ({one.id: one for one in side.regimes} for side in (before, after))
    for name in dict.fromkeys((*new, *old)):
        either: RegimeRecord = new.get(name) or old[name]
        outcomes = (found.outcome if (found := side.get(name)) is not None else None for side in (old, new))
        yield OutcomeShift(name, either.name, *outcomes)


def _parts(before: Assessment, after: Assessment) -> Iterator[Part]:
    """Where two assessments differ, their outcomes apart."""
    if before.knowledge.fingerprint != after.knowledge.fingerprint or _grounds(before) != _grounds(after):
        yield Part.FACTS
    for part, values in _COMPARED.items():
        if values(before) != values(after):
            yield part
    if _sooner(before, after):
        yield Part.REVIEW


_COMPARED: dict[Part, Callable[[Assessment], object]] = {
    Part.FINDINGS: lambda one: {
        (name, found.rule, found.leg, found.question, found.truth, found.because) for name, found in _findings(one)
    },
    Part.CONDITIONS: lambda one: one.conditions,
    Part.QUESTIONS: lambda one: one.questions,
    Part.LINES: lambda one: [(regime.id, regime.carried_by, regime.lines) for regime in one.regimes],
    Part.BENCHMARK: lambda one: (one.benchmark.outcome, one.benchmark.in_force, one.benchmark.carried_by),
    Part.LEGS: lambda one: (one.legs, one.weakest_leg),
    Part.WATCH: lambda one: one.watch,
    Part.CONTESTED: lambda one: one.contested,
    Part.OPTIONS: lambda one: one.options,
}


def _grounds(assessment: Assessment) -> set[tuple[str, str, bool, str]]:
    """Every fact cited and what it does on the day; how it reads is for the fingerprint."""
    return {
        (ground.fact, ground.role, ground.stale, ground.verification)
        for _, found in _findings(assessment)
        for ground in found.grounds
    }


def _sooner(before: Assessment, after: Assessment) -> bool:
    """The review day moves along with the day of the assessment: then only one that comes sooner says anything."""
    moved_along = before.as_of != after.as_of
    return after.review_by < before.review_by if moved_along else after.review_by != before.review_by


BENCHMARK = "coe-108plus:14"


def _findings(assessment: Assessment) -> Iterator[tuple[str, FindingRecord]]:
    """Every finding with the regime it belongs to."""
    for regime in assessment.regimes:
        yield from ((regime.id, found) for found in regime.findings)
    yield from ((BENCHMARK, found) for found in assessment.benchmark.findings)


def _finding_shifts(before: Assessment, after: Assessment, facts: tuple[FactShift, ...]) -> Iterator[FindingShift]:
    """Every finding whose answer or reason differs, in the order of the later side."""
    old, new = _by_question(before), _by_question(after)
    deciding = _deciding(before, after)
    for key in dict.fromkeys((*new, *old)):
        regime, rule, provision, leg, question = key
        for one, other in _paired(old.get(key, []), new.get(key, [])):
            cited = {ground.fact for found in (one, other) if found is not None for ground in found.grounds}
            yield FindingShift(
                regime,
                rule,
                provision,
                leg,
                question,
                _said(one),
                _said(other),
                tuple(shift for shift in facts if shift.fact.fact in cited),
                deciding=regime in deciding,
                counts=regime != BENCHMARK,
            )


_Question = tuple[str, str, str, str, str]


def _by_question(assessment: Assessment) -> dict[_Question, list[FindingRecord]]:
    found: dict[_Question, list[FindingRecord]] = {}
    for regime, one in _findings(assessment):
        found.setdefault((regime, one.rule, one.provision, one.leg, one.question), []).append(one)
    return found


def _paired(
    before: list[FindingRecord], after: list[FindingRecord]
) -> Iterator[tuple[FindingRecord | None, FindingRecord | None]]:
    """Findings on one question, those that say the same left out."""
    old = [one for one in before if _said(one) not in map(_said, after)]
    new = [one for one in after if _said(one) not in map(_said, before)]
    for number in range(max(len(old), len(new))):
        yield (old[number] if number < len(old) else None, new[number] if number < len(new) else None)


def _said(found: FindingRecord | None) -> Said | None:
    return None if found is None else Said(found.truth, found.because)


def _deciding(before: Assessment, after: Assessment) -> set[str]:
    """The regimes that have, on some side, the outcome of the whole on the stricter one, and do not take it from another."""
    strictest = max(before.outcome, after.outcome, key=Outcome.of_word)
    every = (*before.regimes, *after.regimes)
    return {one.id for one in every if one.outcome == strictest and one.carried_by is None}


def _texts(before: dict[str, str], after: dict[str, str]) -> TextShift:
    """By id and text: one whose words differ is gone and added."""
    old, new = list(before.items()), list(after.items())
    return TextShift(tuple(one for one in new if one not in old), tuple(one for one in old if one not in new))
