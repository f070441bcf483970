"""What is open, contested, to be watched, only planned, and when to look again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transfers.assessment import Assessment, FindingRecord, QuestionRecord
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Content, Paragraph, Run, Style, Table, Words
from transfers.documents.parts.telling import Telling, findings_of, from_findings
from transfers.documents.saying import _, dated, told, told_with


def open_questions(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """What is to be found out, from whom, and which provision it decides."""
    if not assessment.questions:
        yield Paragraph(_("No open question can still move a result."))
        return
    yield question_table(telling, assessment, assessment.questions)


def question_table(telling: Telling, assessment: Assessment, questions: Iterable[QuestionRecord]) -> Table:
    """Questions, each with the name to answer it under."""
    by_rule = {finding.rule: finding.provision for finding in findings_of(assessment)}
    rows: list[tuple[Content, ...]] = []
    for question in questions:
        decides = dict.fromkeys(by_rule[rule] for rule in question.decides if rule in by_rule)
        text = told_with(_("{question} {id}"), question=question.text, id=(Words(question.id, Style.CODE),))
        rows.append((text, words.ASKED[question.ask], _listed(telling.provision(one) for one in decides)))
    headings = (_("Question, and the name to answer it under"), _("Ask"), _("Decides"))
    return Table(headings, tuple(rows), _("Open questions"), (58, 16, 26))


def contested(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Points on which authorities or readings differ; both lines of those that decide."""
    points = points_contested(telling, assessment)
    if points:
        yield Bullets(points)


def points_contested(telling: Telling, assessment: Assessment) -> tuple[Content, ...]:
    """The points, and after them both lines of those that decide."""
    lines: list[Content] = []
    for regime in assessment.regimes:
        for line in regime.lines:
            text = _("Under {law}, by one line ({doctrine}), the result is: {result}.")
            doctrine = words.DOCTRINES.get(line.doctrine, line.doctrine)
            lines.append(told(text, law=regime.name, doctrine=doctrine, result=words.OUTCOMES[line.outcome]))
    return (*_points(telling, assessment, assessment.contested, "contested"), *lines)


def watched(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Pending cases, events and general duties."""
    points = points_to_watch(telling, assessment)
    if points:
        yield Bullets(points)


def points_to_watch(telling: Telling, assessment: Assessment) -> tuple[Content, ...]:
    """Each with the provisions of the findings that it comes from."""
    return tuple(_points(telling, assessment, assessment.watch, "watch"))


def options(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Starting points where the result is not permissible; one alone may not be enough."""
    points = tuple(_points(telling, assessment, assessment.options, "options"))
    if points:
        yield Bullets(points)


def _points(telling: Telling, assessment: Assessment, texts: Iterable[str], kind: str) -> Iterator[Content]:
    for text, findings in from_findings(assessment, texts, kind):
        yield _with_sources(telling, text, findings)


def _with_sources(telling: Telling, text: str, findings: list[FindingRecord]) -> Content:
    """A point with the provisions of the findings that it comes from; with sources where one finding alone stands behind it."""
    provisions = _listed(telling.provision(one) for one in dict.fromkeys(finding.provision for finding in findings))
    cites = telling.sources.cited(findings[0].grounds) if len(findings) == 1 else ()
    return (Words(text), *cites, Words(" ("), *provisions, Words(")")) if provisions else text


def _listed(found: Iterable[Words]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for one in found:
        runs += [Words(", ")] if runs else []
        runs.append(one)
    return tuple(runs)


def planned(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Tools and measures without effect on the result."""
    if assessment.planned:
        yield Bullets(tuple((Words(name, Style.CODE),) for name in assessment.planned))


def review(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The latest day of the next look, and what brings it forward."""
    text = _("Review by {day}, and at once on any of these:")
    yield Paragraph(told_with(text, day=(Words(dated(assessment.review_by), Style.STRONG),)))
    yield Bullets(
        (
            _("a new law, a judgment, or a change of a finding of adequacy"),
            _("a notice of the recipient, or a request of an authority that it received"),
            _("a change of sub-processor, place, ownership or vendor"),
            _("new data, persons or purposes"),
            _("a measure put in place, given up or found wanting"),
        )
    )
