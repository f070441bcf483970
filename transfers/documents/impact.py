"""What a change of law, of facts or of the day moves, as a document: the worst first, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import shorten

from transfers.assessment import Assessment
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from transfers.documents.reasons import AGAINST, CARRYING
from transfers.facts_between import FactShift
from transfers.finding import Outcome
from transfers.impact import Comparison, Effect, FindingShift, Impact, Refused, Said, TextShift
from transfers.view import Policy

TOLD = 3
"""Findings of one route, and conditions and questions of each sort, that are told in full; the JSON has all."""


_FIELD = 120
"""Letters of a field that are told of what it said."""


def impact_document(found: Comparison) -> Document:
    """Every route that was read, under what the change does to it."""
    return Document("What a change of law, of facts or of the day moves", tuple(_blocks(found)))


def counted(impacts: Iterable[Impact]) -> str:
    """How many routes were read, and what happened to them: the numbers add up."""
    every = [words.EFFECTS[kind_of(one)] for one in impacts]
    parts = [f"{title}: {every.count(title)}" for title in words.EFFECTS.values() if title in every]
    routes = "1 route" if len(every) == 1 else f"{len(every)} routes"
    return f"{routes} read and told. {'; '.join(parts)}."


def kind_of(impact: Impact) -> tuple[str, bool]:
    """The key of ``words.EFFECTS``."""
    return impact.effect.value, impact.worse


def outcome_of(side: Assessment | Refused) -> str:
    """The outcome in words, or that there is none."""
    return "Cannot be assessed" if isinstance(side, Refused) else words.OUTCOMES[side.outcome]


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
    period = words.period_of(fact.valid_from, fact.valid_to)
    checked = words.joined(words.VERIFICATIONS[fact.verification], fact.verified_on and f"as of {fact.verified_on}")
    told = f"{words.FACTS_BETWEEN[shift.turn.value]}: {fact.statement}{f' ({period})' if period else ''}"
    fields = "; ".join(_field(one.field, one.before, one.after) for one in shift.fields)
    return f"{told}{f'; {fields}' if fields else ''}; {checked}; {fact.url or fact.source} [{fact.fact}]"


def refusals(side: Refused) -> Iterator[str]:
    """Why a side cannot assess the route, with the field that names what is not on file."""
    yield from (f"{problem.field}: {problem.message}" for problem in side.reasons)


def _blocks(found: Comparison) -> Iterator[Block]:
    yield Paragraph(counted(found.impacts), strong=True)
    sides = (("before", found.before), ("after", found.after))
    yield Table(("Side", "Read on", "Facts"), tuple((name, side.as_of, side.told) for name, side in sides))
    yield Paragraph("The same code judges both sides. The line is between what may go and what may not, or not yet.")
    policies = tuple(_policies(found.policy))
    if policies:
        yield Paragraph("Both sides are read with these choices:")
        yield Bullets(policies)
    for kind, impacts in groupby(found.impacts, kind_of):
        yield Heading(2, words.EFFECTS[kind])
        if kind[0] == Effect.UNTOUCHED.value:
            yield _untouched(impacts)
        else:
            for impact in impacts:
                yield from _route(impact)


def _policies(policy: Policy) -> Iterator[str]:
    for name, text in words.POLICIES.items():
        value = getattr(policy, name)
        if value:
            yield text.format(value=value)


def _untouched(impacts: Iterable[Impact]) -> Table:
    rows = tuple((one.route, outcome_of(one.after)) for one in impacts)
    return Table(("Route", "Outcome on both sides"), rows)


def _route(impact: Impact) -> Iterator[Block]:
    yield Heading(3, f"{impact.title} ({impact.route})" if impact.title else impact.route)
    before, after = outcome_of(impact.before), outcome_of(impact.after)
    yield Paragraph(f"{before} on both sides" if before == after else f"{before} -> {after}", strong=True)
    yield from _bullets(_around(impact))
    findings = decisive_first(impact)
    if findings:
        yield Paragraph("Why", strong=True)
    for shift in findings[:TOLD]:
        yield Paragraph(finding_line(shift))
        yield from _bullets(map(fact_line, shift.facts))
    yield from _remaining(findings[TOLD:])
    told = {fact for shift in findings[:TOLD] for fact in shift.facts}
    others = tuple(fact_line(one) for one in impact.facts if one not in told)
    if others:
        yield Paragraph("Other facts it rests on that differ" if told else "Facts it rests on that differ", strong=True)
        yield Bullets(others)
    asked = (*_texts("condition", impact.conditions), *_texts("question", impact.questions))
    if asked:
        yield Paragraph("Conditions and questions", strong=True)
        yield Bullets(asked)


def _bullets(lines: Iterable[str]) -> Iterator[Block]:
    items = tuple(lines)
    if items:
        yield Bullets(items)


def finding_line(shift: FindingShift) -> str:
    """The answer after, the answer before, and where in the assessment it stands."""
    after = "No longer asked." if shift.after is None else _said(shift.after)
    return f"{shift.question} {after} Before: {_said(shift.before)} [{shift.rule}, {shift.provision}, leg {shift.leg}]"


def _said(said: Said | None) -> str:
    return "not asked." if said is None else f"{words.TRUTHS[said.truth].upper()}. {said.because}"


def _remaining(findings: list[FindingShift]) -> Iterator[Block]:
    if findings:
        provisions = ", ".join(dict.fromkeys(shift.provision for shift in findings))
        one = "1 more finding came" if len(findings) == 1 else f"{len(findings)} more findings came"
        yield Paragraph(f"{one} out otherwise, under {provisions}.")


def _around(impact: Impact) -> Iterator[str]:
    """What differs besides findings and facts."""
    if impact.owner:
        yield f"Owner: {impact.owner}"
    for name, side in (("Before", impact.before), ("After", impact.after)):
        if isinstance(side, Refused):
            yield from (f"{name}: {reason}" for reason in refusals(side))
    for one in impact.regimes:
        if one.before != one.after:
            yield f"{one.name}: {_outcome(one.before)} -> {_outcome(one.after)}"
    if impact.effect is Effect.REREAD:
        yield f"What differs: {', '.join(words.PARTS[part.value] for part in impact.parts)}"
    yield from _benchmark(impact)
    if isinstance(impact.before, Assessment) and isinstance(impact.after, Assessment):
        moved = impact.before.review_by != impact.after.review_by
        yield f"Review by {impact.after.review_by}{f' (before: {impact.before.review_by})' if moved else ''}"


def _benchmark(impact: Impact) -> Iterator[str]:
    if isinstance(impact.before, Assessment) and isinstance(impact.after, Assessment):
        old, new = impact.before.benchmark.outcome, impact.after.benchmark.outcome
        if old != new:
            yield f"Convention 108+, article 14 (benchmark): {_outcome(old)} -> {_outcome(new)}"


def _texts(what: str, shift: TextShift) -> Iterator[str]:
    for title, texts in ((f"New {what}", shift.added), (f"No longer a {what}", shift.gone)):
        yield from (f"{title}: {text}" for _, text in texts[:TOLD])
        if len(texts) > TOLD:
            yield f"{title}: {len(texts) - TOLD} more"


def _outcome(word: str | None) -> str:
    return "does not bind" if word is None else words.OUTCOMES[word]


def _field(name: str, before: str | None, after: str | None) -> str:
    said = words.said(name.removesuffix(".title"))
    return f"{said}: {_short(before) or 'not said'} -> {_short(after) or 'no longer said'}"


def _short(text: str | None) -> str:
    return shorten(text or "", _FIELD, placeholder=" ...")


def _weight(shift: FindingShift, impact: Impact) -> tuple[bool, bool, int, int]:
    carries = isinstance(impact.after, Assessment) and Outcome.of_word(impact.after.outcome).permissible
    order = tuple(rule for rule, _ in CARRYING) if carries else AGAINST
    place = next((number for number, rule in enumerate(order) if shift.rule.startswith(rule)), len(order))
    return not shift.counts, not shift.deciding, _step(shift, carries), place


def _step(shift: FindingShift, carries: bool) -> int:
    """An answer that turned; one that is new and on the side of the outcome; any other that is new or gone; a reason alone."""
    if shift.before is not None and shift.after is not None:
        return 0 if shift.before.truth != shift.after.truth else 3
    telling = shift.after is not None and (shift.after.truth == "yes") is carries
    return 1 if telling else 2
