"""What a change of law, of facts or of the day moves, as a document: the worst first, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from transfers.changes.records import Answered, Comparison, Effect, FindingShift, Impact, TextShift
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from transfers.documents.impact_lines import first_of_each_line, lines_table, rejected_rows
from transfers.documents.impact_told import (
    called,
    change_of,
    decisive_first,
    fact_line,
    finding_line,
    kind_of,
    laws_that_differ,
    names,
    outcome_of,
    reasons_of_refusal,
)
from transfers.view import Policy

TOLD = 3
"""Findings of one route, and conditions and questions of each sort, that are told in full; the JSON has all."""

IN_FULL = 20
"""Changes of a table that are told in full, each by its first row."""


def impact_document(found: Comparison, in_full: int = IN_FULL) -> Document:
    """Every route that was read, under what the change does to it; of a table, a line for each change, and so many ``in_full``."""
    blocks = (*_head(found), *(_by_route(found) if found.table is None else _by_line(found, in_full)))
    day = date.fromisoformat(found.after.as_of)
    return Document("What a change of law, of facts or of the day moves", blocks, day=day)


def counted(found: Comparison) -> str:
    """How many routes were read, and what happened to them: the numbers add up."""
    every: Counter[str] = Counter()
    for one in found.impacts:
        every[words.EFFECTS[kind_of(one)]] += len(one.routes)
    parts = [f"{title}: {every[title]}" for title in words.EFFECTS.values() if title in every]
    if found.table is not None:
        sums = f"Rows read: {found.table.rows} = compared {found.compared} + rejected {len(found.table.rejected)}."
        return f"{sums} {'; '.join(parts)}." if parts else sums
    routes = "1 route" if found.compared == 1 else f"{found.compared} routes"
    return f"{routes} read and told. {'; '.join(parts)}."


def _head(found: Comparison) -> Iterator[Block]:
    yield Paragraph(counted(found), strong=True)
    sides = (("before", found.before), ("after", found.after))
    rows = tuple((name, side.as_of, side.told) for name, side in sides)
    yield Table(("Side", "Read on", "Facts"), rows, weights=(1, 1, 5))
    yield Paragraph("The same code judges both sides. The line is between what may go and what may not, or not yet.")
    policies = tuple(_policies(found.policy))
    if policies:
        yield Paragraph("Both sides are read with these choices:")
        yield Bullets(policies)


def _by_route(found: Comparison) -> Iterator[Block]:
    for kind, impacts in groupby(found.impacts, kind_of):
        yield Heading(2, words.EFFECTS[kind])
        if kind[0] == Effect.UNTOUCHED.value:
            yield _untouched(impacts)
        else:
            for impact in impacts:
                yield from _route(impact)


def _by_line(found: Comparison, in_full: int) -> Iterator[Block]:
    """A thousand rows of a table are not a thousand chapters."""
    for kind, impacts in groupby(found.impacts, kind_of):
        yield Heading(2, words.EFFECTS[kind])
        yield from lines_table(impacts)
    if found.table is not None:
        yield from rejected_rows(found.table)
    touched = first_of_each_line(impact for impact in found.impacts if impact.effect is not Effect.UNTOUCHED)
    if touched and in_full:
        told = "each" if len(touched) <= in_full else f"the first {in_full} of {len(touched)}, each"
        yield Heading(2, f"The changes in full, {told} by its first row")
        for impact in touched[:in_full]:
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
    yield Heading(3, called(impact.routes[0]))
    yield Paragraph(change_of(impact), strong=True)
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


def _remaining(findings: list[FindingShift]) -> Iterator[Block]:
    if findings:
        provisions = ", ".join(dict.fromkeys(shift.provision for shift in findings))
        one = "1 more finding came" if len(findings) == 1 else f"{len(findings)} more findings came"
        yield Paragraph(f"{one} out otherwise, under {provisions}.")


def _around(impact: Impact) -> Iterator[str]:
    """What differs besides findings and facts."""
    if len(impact.routes) > 1:
        yield f"{len(impact.routes):,} rows fare so: {names(one.route for one in impact.routes)}"
    owners = {one.owner for one in impact.routes if one.owner}
    if owners:
        yield f"{'Owner' if len(owners) == 1 else 'Owners'}: {names(one.owner for one in impact.routes)}"
    yield from (reason[0].upper() + reason[1:] for reason in reasons_of_refusal(impact))
    yield from laws_that_differ(impact)
    if impact.effect is Effect.REREAD:
        yield f"What differs: {', '.join(words.PARTS[part.value] for part in impact.parts)}"
    yield from _benchmark(impact)
    if isinstance(impact.before, Answered) and isinstance(impact.after, Answered):
        moved = impact.before.review_by != impact.after.review_by
        yield f"Review by {impact.after.review_by}{f' (before: {impact.before.review_by})' if moved else ''}"


def _benchmark(impact: Impact) -> Iterator[str]:
    if isinstance(impact.before, Answered) and isinstance(impact.after, Answered):
        old, new = impact.before.benchmark, impact.after.benchmark
        if old != new:
            yield f"Convention 108+, article 14 (benchmark): {words.OUTCOMES[old]} -> {words.OUTCOMES[new]}"


def _texts(what: str, shift: TextShift) -> Iterator[str]:
    for title, texts in ((f"New {what}", shift.added), (f"No longer a {what}", shift.gone)):
        yield from (f"{title}: {text}" for _, text in texts[:TOLD])
        if len(texts) > TOLD:
            yield f"{title}: {len(texts) - TOLD} more"
