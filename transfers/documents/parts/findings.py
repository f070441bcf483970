"""Findings under one head: the question, the answer, the reason with its sources, law by law."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.assessment import Assessment, FindingRecord
from transfers.documents import words
from transfers.documents.blocks import Block, Content, Paragraph, Run, Style, Table, Words
from transfers.documents.parts.telling import Telling
from transfers.documents.saying import _, told, told_with
from transfers.documents.topics import TITLES, Topic, topic_of


def findings(topic: Topic, telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Each finding once per route; a later reading refers to what an earlier one has told."""
    readings = [
        (name, [finding for finding in every if topic_of(finding.rule) is topic])
        for name, every in _readings(assessment)
    ]
    several = sum(bool(found) for _name, found in readings) > 1
    for name, found in readings:
        new = [finding for finding in found if telling.is_new(assessment, finding)]
        if new and several:
            yield Paragraph(name, strong=True)
        if new:
            yield _table(telling, assessment, new, topic)
        shared = dict.fromkeys(finding.provision for finding in found if finding not in new)
        if shared:
            yield Paragraph(_also(telling, name, list(shared)), small=True)


def _readings(assessment: Assessment) -> Iterator[tuple[str, tuple[FindingRecord, ...]]]:
    for regime in assessment.regimes:
        yield regime.name, regime.findings
    yield _("Convention 108+, Article 14"), assessment.benchmark.findings


def _table(telling: Telling, assessment: Assessment, new: list[FindingRecord], topic: Topic) -> Table:
    """A column names the leg where the route has several."""
    legs = len(assessment.legs) > 1
    rows = tuple(_row(telling, finding, legs) for finding in new)
    title = told(_("Findings: {head}"), head=TITLES[topic])
    if legs:
        headings: tuple[str, ...] = (_("Question"), _("Leg"), _("Answer"), _("Reason and sources"))
        return Table(headings, rows, title, (30, 14, 11, 45))
    return Table((_("Question"), _("Answer"), _("Reason and sources")), rows, title, (35, 12, 53))


def _row(telling: Telling, finding: FindingRecord, legs: bool) -> tuple[Content, ...]:
    question: Content = (Words(finding.question), Words(" "), telling.provision(finding.provision))
    leg: tuple[Content, ...] = ((Words(finding.leg, Style.CODE),),) if legs else ()
    return (question, *leg, words.TRUTHS[finding.truth], telling.sourced(finding))


def _also(telling: Telling, name: str, provisions: list[str]) -> Content:
    listed: list[Run] = []
    for provision in provisions:
        listed += [Words(", ")] if listed else []
        listed.append(telling.provision(provision))
    text = _("These findings belong to the reading under {law} too and are not told twice: {provisions}.")
    return told_with(text, law=name, provisions=tuple(listed))
