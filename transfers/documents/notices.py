"""Draft notices to those who answer for routes: what changed, which of their transfers it concerns, and what to do by when."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from transfers.documents.impact import decisive_first, fact_line, outcome_of, refusals
from transfers.documents.writing import safe_name
from transfers.impact import Comparison, Effect, Impact, Refused

NO_OWNER = "no owner named"


def notices(found: Comparison) -> dict[str, Document]:
    """One draft for each owner of a route that is touched, under a name that a file may have; the same owner gets the same name."""
    owners: dict[str, list[Impact]] = {}
    for impact in found.impacts:
        owners.setdefault(impact.owner or NO_OWNER, []).append(impact)
    concerned = [owner for owner in sorted(owners) if any(_touched(one) for one in owners[owner])]
    return {
        name: _notice(owner, owners[owner], found)
        for owner, name in zip(concerned, _file_names(concerned), strict=True)
    }


def by_when(impact: Impact) -> str:
    """Until when something must be done about a route."""
    if impact.effect is Effect.REREAD:
        return "" if isinstance(impact.after, Refused) else f"by {impact.after.review_by}, the review day"
    if not impact.worse:
        return "before you rely on it"
    day = _takes_effect(impact)
    return "at once" if day is None else f"at once: it holds from {day}"


def _touched(impact: Impact) -> bool:
    return impact.effect is not Effect.UNTOUCHED


def _file_names(owners: list[str]) -> Iterator[str]:
    """Owners whose names differ only in what no file name holds are numbered, capitals aside."""
    seen: list[str] = []
    for owner in owners:
        name = safe_name(owner)
        seen.append(name.casefold())
        many = seen.count(name.casefold())
        yield name if many == 1 else f"{name}.{many}"


def _notice(owner: str, impacts: list[Impact], found: Comparison) -> Document:
    return Document("Draft notice: your transfers of personal data", tuple(_blocks(owner, impacts, found)))


def _blocks(owner: str, impacts: list[Impact], found: Comparison) -> Iterator[Block]:
    touched = [impact for impact in impacts if _touched(impact)]
    yield Paragraph(f"To: {owner}", strong=True)
    yield Paragraph(
        f"The law, or the facts about it, differ between {found.before.as_of} ({found.before.told}) and {found.after.as_of} "
        f"({found.after.told}). Of the transfers that you answer for, {len(touched)} of {len(impacts)} are concerned. This is a "
        "draft, made from dated facts: have it read before it is sent."
    )
    yield Heading(2, "What changed")
    yield from _changes(touched)
    yield Heading(2, "Which of your transfers are concerned, and what to do")
    for impact in touched:
        yield from _transfer(impact)
    if len(touched) < len(impacts):
        names = "; ".join(_called(one) for one in impacts if not _touched(one))
        yield Heading(2, "Not concerned")
        yield Paragraph(f"Nothing changes for: {names}.")


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


def _transfer(impact: Impact) -> Iterator[Block]:
    yield Heading(3, _called(impact))
    row = (outcome_of(impact.before), outcome_of(impact.after), by_when(impact))
    yield Table(("Before", "After", "By when"), (row,))
    yield Bullets(tuple(_to_do(impact)))


def _to_do(impact: Impact) -> Iterator[str]:
    for name, side in (("before", impact.before), ("after", impact.after)):
        if isinstance(side, Refused):
            yield from (f"It cannot be assessed {name}: {reason}" for reason in refusals(side))
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
    yield from (f"To be answered now: {text}" for _, text in impact.questions.added)


def _takes_effect(impact: Impact) -> str | None:
    """The last day, up to that of the later side, from which a fact that decided counts."""
    facts = [fact for shift in decisive_first(impact) if shift.deciding for fact in shift.facts]
    days = [fact.takes_effect for fact in facts if fact.takes_effect is not None]
    return max((day for day in days if day <= impact.after.as_of), default=None)


def _called(impact: Impact) -> str:
    return f"{impact.title} ({impact.route})" if impact.title else impact.route
