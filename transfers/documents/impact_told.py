"""One change in words: its outcomes, why it came about, whose routes it is told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import shorten

from transfers.changes.facts_between import FactShift
from transfers.changes.records import Answered, Concerned, Effect, FindingShift, Impact, Refused, RejectedRow, Said
from transfers.documents import words
from transfers.documents.reasons import AGAINST, CARRYING
from transfers.finding import Outcome

NAMED = 5
"""Routes or owners that are named where a line stands for many."""

_FIELD = 120
"""Letters of a field that are told of what it said."""


def kind_of(impact: Impact) -> tuple[str, bool]:
    """The key of ``words.EFFECTS``."""
    return impact.effect.value, impact.worse


def outcome_of(side: Answered | Refused) -> str:
    """The outcome in words, or that there is none."""
    return "Cannot be assessed" if isinstance(side, Refused) else words.OUTCOMES[side.outcome]


def change_of(impact: Impact) -> str:
    """The outcomes before and after, in words."""
    before, after = outcome_of(impact.before), outcome_of(impact.after)
    return f"{before} on both sides" if before == after else f"{before} -> {after}"


def laws_that_differ(impact: Impact) -> Iterator[str]:
    """Each law that says something else than before."""
    for one in impact.regimes:
        if one.before != one.after:
            told = ("does not bind" if word is None else words.OUTCOMES[word] for word in (one.before, one.after))
            yield f"{one.name}: {' -> '.join(told)}"


def called(one: Concerned) -> str:
    """What a reader calls a route."""
    return f"{one.title} ({one.route})" if one.title else one.route


def names(texts: Iterable[str | None]) -> str:
    """The first of them, each once, and how many more there are."""
    every = list(dict.fromkeys(text for text in texts if text))
    more = f" and {len(every) - NAMED:,} more" if len(every) > NAMED else ""
    return ", ".join(every[:NAMED]) + more


def why(impact: Impact) -> tuple[str, ...]:
    """What it comes down to: why a side has no answer; else the facts behind the finding that decides, or its reason; else what differs."""
    refused = tuple(reasons_of_refusal(impact))
    if refused:
        return refused
    first = next(iter(decisive_first(impact)), None)
    facts = impact.facts if first is None else first.facts
    if facts:
        return tuple(f"{_fact_said(one)} [{one.fact.fact}]" for one in facts)
    if first is not None:
        return ((first.after or first.before or Said("", "")).because,)
    return tuple(words.PARTS[part.value] for part in impact.parts)


def reasons_of_refusal(impact: Impact) -> Iterator[str]:
    """Why a side cannot assess the routes, with the side."""
    for name, side in (("before", impact.before), ("after", impact.after)):
        if isinstance(side, Refused):
            yield from (f"{name}: {reason}" for reason in refusals(side))


def by_when(impact: Impact) -> str:
    """Until when something must be done about a route; blank where nothing must."""
    if impact.effect is Effect.UNTOUCHED:
        return ""
    if impact.effect is Effect.REREAD:
        return "" if isinstance(impact.after, Refused) else f"by {impact.after.review_by}, the review day"
    if not impact.worse:
        return "before you rely on it"
    day = _takes_effect(impact)
    return "at once" if day is None else f"at once: it holds from {day}"


def _takes_effect(impact: Impact) -> str | None:
    """The last day, up to that of the later side, from which a fact that decided counts."""
    facts = [fact for shift in decisive_first(impact) if shift.deciding for fact in shift.facts]
    days = [fact.takes_effect for fact in facts if fact.takes_effect is not None]
    return max((day for day in days if day <= impact.after.as_of), default=None)


def decisive_first(impact: Impact) -> list[FindingShift]:
    """Findings that came out otherwise: those of the regime that decides first, and of these what a lawyer would name first.

    What is said in two regimes, or of two legs, in the same words is told once.
    """
    told: dict[tuple[str, Said | None, Said | None], FindingShift] = {}
    for shift in sorted(impact.findings, key=lambda shift: _weight(shift, impact)):
        told.setdefault((shift.question, shift.before, shift.after), shift)
    return list(told.values())


def fact_line(shift: FactShift) -> str:
    """What became of a fact, its period, how it was checked, and where a reader can check it."""
    fact = shift.fact
    checked = words.joined(words.VERIFICATIONS[fact.verification], fact.verified_on and f"as of {fact.verified_on}")
    fields = "; ".join(_field(one.field, one.before, one.after) for one in shift.fields)
    return f"{_fact_said(shift)}{f'; {fields}' if fields else ''}; {checked}; {fact.url or fact.source} [{fact.fact}]"


def refusals(side: Refused | RejectedRow) -> Iterator[str]:
    """Why a side cannot assess the route, with the field or column that says what is not on file."""
    yield from (f"{one.field}: {one.message}" if one.field else one.message for one in side.reasons)


def finding_line(shift: FindingShift) -> str:
    """The answer after, the answer before, and where in the assessment it stands."""
    after = "No longer asked." if shift.after is None else _said(shift.after)
    return f"{shift.question} {after} Before: {_said(shift.before)} [{shift.rule}, {shift.provision}, leg {shift.leg}]"


def _said(said: Said | None) -> str:
    return "not asked." if said is None else f"{words.TRUTHS[said.truth].upper()}. {said.because}"


def _fact_said(shift: FactShift) -> str:
    period = words.period_of(shift.fact.valid_from, shift.fact.valid_to)
    return f"{words.FACTS_BETWEEN[shift.turn.value]}: {shift.fact.statement}{f' ({period})' if period else ''}"


def _field(name: str, before: str | None, after: str | None) -> str:
    said = words.said(name.removesuffix(".title"))
    return f"{said}: {_short(before) or 'not said'} -> {_short(after) or 'no longer said'}"


def _short(text: str | None) -> str:
    return shorten(text or "", _FIELD, placeholder=" ...")


def _weight(shift: FindingShift, impact: Impact) -> tuple[bool, bool, int, int]:
    carries = isinstance(impact.after, Answered) and Outcome.of_word(impact.after.outcome).permissible
    order = tuple(rule for rule, _ in CARRYING) if carries else AGAINST
    place = next((number for number, rule in enumerate(order) if shift.rule.startswith(rule)), len(order))
    return not shift.counts, not shift.deciding, _step(shift, carries), place


def _step(shift: FindingShift, carries: bool) -> int:
    """An answer that turned; one that is new and on the side of the outcome; any other that is new or gone; a reason alone."""
    if shift.before is not None and shift.after is not None:
        return 0 if shift.before.truth != shift.after.truth else 3
    telling = shift.after is not None and (shift.after.truth == "yes") is carries
    return 1 if telling else 2
