"""What a summary tells in place of the whole: the first of each kind, and how many more stand in the full assessment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from transfers.assessment import Assessment, QuestionRecord
from transfers.documents.blocks import Block, Bullets, Content, Paragraph, Style, Words, text_of
from transfers.documents.parts.conclusion import told_condition
from transfers.documents.parts.doubts import points_contested, points_to_watch, question_table
from transfers.documents.parts.telling import Telling
from transfers.documents.reasons import decisive_findings
from transfers.documents.saying import _, dated, told, told_with


@dataclass(frozen=True, slots=True)
class _Room:
    """How many items are told, and how many characters they may have together; the first is told however long it is."""

    items: int
    characters: int

    def fitting(self, lengths: Sequence[int]) -> int:
        """How many of them are told."""
        fit = sum(total <= self.characters for total in accumulate(lengths[: self.items]))
        return max(fit, min(1, len(lengths)))


_CONDITIONS = _Room(8, 1100)
_QUESTIONS = _Room(5, 900)
_POINTS = _Room(3, 600)
"""What leaves two pages for the whole, with the tables of results and signatures, in French too."""


def first_conditions(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The first things that the binding laws make the result depend on."""
    chosen = [condition for condition in assessment.conditions if condition.binding]
    yield from _first([told_condition(telling, one) for one in chosen], _CONDITIONS)


def first_questions(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Those open questions that decide the result come first; what only the benchmark asks comes last."""
    asked = sorted(assessment.questions, key=lambda question: _rank(question, assessment))
    if not asked:
        yield Paragraph(_("No open question can still move a result."))
        return
    shown = asked[: _QUESTIONS.fitting([len(question.text) for question in asked])]
    yield question_table(telling, assessment, shown)
    if len(shown) < len(asked):
        text = _(
            "More open questions: {number}. All stand in the full assessment; {command} lists those that can still change the result."
        )
        command = (Words("transborder questions", Style.CODE),)
        yield Paragraph(told_with(text, number=str(len(asked) - len(shown)), command=command))


def first_contested(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The first points on which authorities or readings differ."""
    yield from _first(points_contested(telling, assessment), _POINTS)


def first_watched(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The first points to watch."""
    yield from _first(points_to_watch(telling, assessment), _POINTS)


def review_day(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The latest day of the next look."""
    text = _("Review by {day}, and at once on a change of law, recipient, place or data.")
    yield Paragraph(told_with(text, day=(Words(dated(assessment.review_by), Style.STRONG),)))


def _first(items: Sequence[Content], room: _Room) -> Iterator[Block]:
    shown = items[: room.fitting([len(text_of(item)) for item in items])]
    if shown:
        yield Bullets(tuple(shown))
    if len(shown) < len(items):
        yield Paragraph(told(_("More of these, in the full assessment: {number}."), number=len(items) - len(shown)))


def _rank(question: QuestionRecord, assessment: Assessment) -> int:
    """Lower for what decides the result."""
    deciding = {finding.rule for finding in decisive_findings(assessment.outcome, assessment.regimes)}
    binding = {finding.rule for regime in assessment.regimes for finding in regime.findings}
    return 0 if deciding & set(question.decides) else 1 if binding & set(question.decides) else 2
