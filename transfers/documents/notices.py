"""Draft notices to those who answer for routes: what changed, which of their transfers it concerns, and what to do by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count

from transfers.changes.records import Comparison, Concerned, Effect, Impact, Refused, RejectedRow
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from transfers.documents.impact_told import (
    by_when,
    called,
    decisive_first,
    fact_line,
    outcome_of,
    reasons_of_refusal,
    refusals,
)
from transfers.documents.writing import safe_name

NO_OWNER = "no owner named"

ASKED = 5
"""Questions about one transfer that are told in full."""

MOST_NAMED = 200
"""Transfers that are named in one place of a notice; how many more there are is told."""


def notices(found: Comparison) -> dict[str, Document]:
    """One draft for each owner of a route that is touched, under a name that a file may have; the same owner gets the same name."""
    owners: dict[str, list[Impact]] = {}
    for impact in found.impacts:
        for owner, routes in _by_owner(impact).items():
            owners.setdefault(owner, []).append(replace(impact, routes=tuple(routes)))
    concerned = [owner for owner in sorted(owners) if any(_touched(one) for one in owners[owner])]
    return {
        name: _notice(owner, owners[owner], found)
        for owner, name in zip(concerned, _file_names(concerned), strict=True)
    }


def _by_owner(impact: Impact) -> dict[str, list[Concerned]]:
    owners: dict[str, list[Concerned]] = {}
    for one in impact.routes:
        owners.setdefault(one.owner or NO_OWNER, []).append(one)
    return owners


def _touched(impact: Impact) -> bool:
    return impact.effect is not Effect.UNTOUCHED


def _file_names(owners: list[str]) -> Iterator[str]:
    """Owners whose names differ only in what no file name holds are numbered, capitals aside."""
    taken: set[str] = set()
    for owner in owners:
        name = safe_name(owner)
        numbered = (name if many == 1 else f"{name}.{many}" for many in count(1))
        chosen = next(one for one in numbered if one.casefold() not in taken)
        taken.add(chosen.casefold())
        yield chosen


def _notice(owner: str, impacts: list[Impact], found: Comparison) -> Document:
    day = date.fromisoformat(found.after.as_of)
    return Document("Draft notice: your transfers of personal data", tuple(_blocks(owner, impacts, found)), day=day)


def _blocks(owner: str, impacts: list[Impact], found: Comparison) -> Iterator[Block]:
    touched = [impact for impact in impacts if _touched(impact)]
    yield Paragraph(f"To: {owner}", strong=True)
    yield Paragraph(
        f"The law, or the facts about it, differ between {found.before.as_of} ({found.before.told}) and {found.after.as_of} "
        f"({found.after.told}). Of the transfers that you answer for, {_many(touched):,} of {_many(impacts):,} are concerned. This "
        "is a draft, made from dated facts: have it read before it is sent."
    )
    yield Heading(2, "What changed")
    yield from _changes(touched)
    outcome = [impact for impact in touched if impact.effect is not Effect.REREAD]
    yield from _transfers("Which of your transfers are concerned, and what to do", outcome)
    again = [impact for impact in touched if impact.effect is Effect.REREAD]
    yield from _transfers("Same outcome, to be read again", again)
    if len(touched) < len(impacts):
        rest = [one for impact in impacts if not _touched(impact) for one in impact.routes]
        yield Heading(2, "Not concerned")
        yield Paragraph(f"Nothing changes for: {_named(rest)}.")
    yield from _rejected(
        [row for row in found.table.rejected if (row.owner or NO_OWNER) == owner] if found.table else []
    )


def _many(impacts: Iterable[Impact]) -> int:
    return sum(len(impact.routes) for impact in impacts)


def _named(routes: Iterable[Concerned]) -> str:
    """Each route, those of one title together."""
    ordered = sorted(routes, key=lambda one: one.row or 0)
    titles: dict[str | None, list[str]] = {}
    for one in ordered[:MOST_NAMED]:
        titles.setdefault(one.title, []).append(one.route)
    told = [f"{title} ({', '.join(ids)})" if title else ", ".join(ids) for title, ids in titles.items()]
    more = f" and {len(ordered) - MOST_NAMED:,} more" if len(ordered) > MOST_NAMED else ""
    return "; ".join(told) + more


def _changes(impacts: list[Impact]) -> Iterator[Block]:
    """Each fact that differs once: those that decided something first."""
    deciding = [fact for impact in impacts for shift in decisive_first(impact) for fact in shift.facts]
    every = dict.fromkeys([*deciding, *(fact for impact in impacts for fact in impact.facts)])
    if every:
        yield Bullets(tuple(map(fact_line, every)))
    elif any(impact.effect is not Effect.NOT_COMPARED for impact in impacts):
        yield Paragraph("No single fact: what the lists and limits of age on file make of them is another.")
    else:
        yield Paragraph("What is on file: a side cannot assess the transfers below, and says why.")


def _transfers(title: str, impacts: list[Impact]) -> Iterator[Block]:
    """Transfers of which the same is to be told, together."""
    alike: dict[tuple[str, str, str, tuple[str, ...]], list[Concerned]] = {}
    for impact in impacts:
        told = (outcome_of(impact.before), outcome_of(impact.after), by_when(impact), tuple(_to_do(impact)))
        alike.setdefault(told, []).extend(impact.routes)
    if alike:
        yield Heading(2, title)
    for (before, after, when, to_do), routes in alike.items():
        more = f" and {len(routes) - 1:,} more" if len(routes) > 1 else ""
        yield Heading(3, f"{called(min(routes, key=lambda one: one.row or 0))}{more}")
        yield Table(("Before", "After", "By when"), ((before, after, when),))
        if more:
            yield Paragraph(f"{len(routes):,} transfers: {_named(routes)}.")
        yield Bullets(to_do)


def _rejected(rows: list[RejectedRow]) -> Iterator[Block]:
    """What was not compared is concerned or not: nobody knows."""
    if rows:
        yield Heading(2, "Not compared")
        yield Paragraph(
            "These rows could not be assessed on either side, so nothing is known of what changes for them:"
        )
        told = tuple(f"{row.route or 'without an id'} (row {row.row}): {'; '.join(refusals(row))}" for row in rows)
        more = (f"and {len(told) - MOST_NAMED:,} more",) if len(told) > MOST_NAMED else ()
        yield Bullets((*told[:MOST_NAMED], *more))


def _to_do(impact: Impact) -> Iterator[str]:
    yield from (f"It cannot be assessed {reason}" for reason in reasons_of_refusal(impact))
    if isinstance(impact.after, Refused):
        yield "Correct what the route names, and assess it again before data go on being sent."
        return
    if impact.effect is Effect.REREAD:
        differs = ", ".join(words.PARTS[part.value] for part in impact.parts)
        yield f"The answer is the same. Read again, and file the new assessment: {differs}."
    else:
        yield words.ADVICE[impact.after.outcome]
        yield from (shift.after.because for shift in decisive_first(impact)[:2] if shift.after is not None)
    yield from (f"To be met now: {text}" for _, text in impact.conditions.added)
    asked = [text for _, text in impact.questions.added]
    yield from (f"To be answered now: {text}" for text in asked[:ASKED])
    if len(asked) > ASKED:
        yield f"To be answered now: {len(asked) - ASKED} more questions, which the new assessment lists."
