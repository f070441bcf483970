"""Transfer tools side by side: what they have in common once, then what sets them apart; or every one in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from transfers.alternatives.comparison import Compared
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from transfers.documents.reasons import decisive_findings
from transfers.finding import Outcome

SHOWN = 3
"""How many points of one kind are told before the rest is only counted; of one tool alone, one open question."""


def tools_document(route: str, as_of: str, found: Sequence[Compared], *, everything: bool = False) -> Document:
    """The tools by what they lead to, the mildest first; ``everything`` tells each tool by itself, with nothing left out."""
    read = f"As of {as_of}. Each tool is read as if it were relied on alone and signed that day."
    blocks = _in_full(found) if everything else _grouped(found)
    return Document(f"Transfer tools side by side: {route}", (Paragraph(read, strong=True), *blocks))


@dataclass(frozen=True, slots=True)
class _Point:
    """Something that is said of a tool: ``kind`` is one of ``_KINDS``."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}" if self.kind != _REASON else self.text


_REASON, _OPEN, _CONDITION, _FRAGILE = "Reason", "Open", "Condition", "Fragile"
_KINDS = {
    _REASON: ("reason", "reasons"),
    _OPEN: ("open question", "open questions"),
    _CONDITION: ("condition", "conditions"),
    _FRAGILE: ("point to watch", "points to watch"),
}


def _in_full(found: Iterable[Compared]) -> Iterator[Block]:
    rows = tuple((one.title, _verdict(one.outcome), " ".join(map(str, _points(one)))) for one in found)
    yield Table(("Tool", "Result", "Why, or what is open"), rows)


def _grouped(found: Sequence[Compared]) -> Iterator[Block]:
    for outcome in sorted({one.outcome for one in found}):
        tools = [one for one in found if one.outcome is outcome]
        yield Heading(2, f"{_verdict(outcome)} ({_counted(len(tools), 'tool')})")
        yield from _alike(tools)
    yield Paragraph(
        "Each tool in full: --all. The questions that still matter, the most decisive first: transborder questions."
    )


def _alike(tools: Sequence[Compared]) -> Iterator[Block]:
    """Tools that lead to the same: what is said of all of them, then of several, then of one alone."""
    said = {one.tool: _points(one) for one in tools}
    spread = Counter(point for points in said.values() for point in points)
    several = len(tools) > 1
    common = [point for point in said[tools[0].tool] if several and spread[point] == len(tools)]
    if common:
        yield Paragraph("What is said of all of them:")
        yield Bullets(tuple(_told(common)))
    groups: dict[tuple[_Point, ...], list[Compared]] = {}
    for one in tools:
        in_part = [point for point in said[one.tool] if 1 < spread[point] < len(tools)]
        groups.setdefault(tuple(sorted(in_part, key=lambda point: spread[point])), []).append(one)
    for shared, alike in groups.items():
        these = "this one" if len(alike) == 1 else f"these {len(alike)}"
        if shared:
            yield Paragraph(f"What is said besides of {these}:")
            yield Bullets(tuple(_told(shared)))
        elif len(groups) > 1:
            yield Paragraph(f"Nothing besides is said in the same words of {these}:")
        own = ([point for point in said[one.tool] if spread[point] == 1] for one in alike)
        yield _named([one.title for one in alike], [" ".join(_told(points, 1)) for points in own])


def _named(titles: Sequence[str], own: Sequence[str]) -> Block:
    """The tools, each with what is said of it alone."""
    if any(own):
        return Table(("Tool", "Of it alone"), tuple(zip(titles, own, strict=True)))
    return Bullets(tuple(titles))


def _told(points: Sequence[_Point], open_ones: int = SHOWN) -> Iterator[str]:
    """The first of each kind, and how many more there are."""
    for kind, (one, many) in _KINDS.items():
        chosen = [point for point in points if point.kind == kind]
        most = open_ones if kind == _OPEN else SHOWN
        yield from map(str, chosen[:most])
        left = len(chosen) - most
        if left > 0:
            yield f"And {left} more {one if left == 1 else many}."


def _points(one: Compared) -> tuple[_Point, ...]:
    """The reasons, what is open under the laws that bind, and, where the tool opens the way, what it asks and rests on."""
    assessment, opens = one.assessment, one.outcome.permissible
    points = [_Point(_REASON, finding.because) for finding in decisive_findings(assessment.outcome, assessment.regimes)]
    if one.outcome is Outcome.UNDETERMINED:
        points += [
            _Point(_OPEN, question.text)
            for question in assessment.questions
            if not all(rule.startswith("coe-108plus.") for rule in question.decides)
        ]
    if opens:
        points += [_Point(_CONDITION, condition.text) for condition in assessment.conditions if condition.binding]
        points += [_Point(_FRAGILE, point) for point in assessment.watch]
    return tuple(dict.fromkeys(points))


def _verdict(outcome: Outcome) -> str:
    state = "open" if outcome.permissible else "open if" if outcome is Outcome.UNDETERMINED else "closed"
    return f"{state}: {words.OUTCOMES[outcome.word]}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
