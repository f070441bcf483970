"""The TIA of one destination as tables that can be sorted and filtered: one chapter, and so one sheet, for each kind of record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from transfers.assessment import Assessment, FindingRecord
from transfers.documents import words
from transfers.documents.blocks import Block, Content, Document, Heading, House, Table
from transfers.documents.parts.telling import place_of
from transfers.documents.quoting import with_quotes_marked
from transfers.documents.reasons import advice, decisive_reason
from transfers.documents.saying import _, dated, speaking, told
from transfers.documents.sources import KINDS, Sources, kind_of
from transfers.documents.tia import Tia
from transfers.documents.topics import TITLES, topic_of


def tia_workbook(tia: Tia, house: House | None = None) -> Document:
    """Conclusion, routes, findings, conditions, questions and sources."""
    with speaking(tia.language):
        return _workbook(tia, house or House())


def _workbook(tia: Tia, house: House) -> Document:
    first = tia.assessments[0]
    version = _("As of {day}. Facts {facts}, transborder {engine}.")
    return Document(
        told(_("Transfer impact assessment: {name} ({id})"), name=tia.name, id=tia.id),
        tuple(with_quotes_marked(_sheets(tia))),
        told(version, day=dated(tia.as_of), facts=first.knowledge.version, engine=first.engine),
        date.fromisoformat(tia.as_of),
        house=house,
        language=tia.language.code,
    )


def _sheets(tia: Tia) -> Iterator[Block]:
    sources = Sources()
    yield Heading(2, _("Conclusion"))
    yield _conclusion(tia)
    yield Heading(2, _("Routes"))
    yield _routes(tia)
    yield Heading(2, _("Findings"))
    yield _findings(tia, sources)
    yield Heading(2, _("Conditions"))
    yield _conditions(tia)
    yield Heading(2, _("Questions"))
    yield _questions(tia)
    yield Heading(2, _("Sources"))
    sources.cited((*(row.ground for row in tia.ratings), *(row.ground for row in tia.access_laws)))
    yield _sources(sources)


def _conclusion(tia: Tia) -> Table:
    rows: list[tuple[Content, ...]] = [
        (
            one.route,
            one.title or "",
            words.OUTCOMES[one.outcome],
            decisive_reason(one),
            advice(one),
            one.review_by,
            words.OUTCOMES[one.benchmark.outcome],
            one.knowledge.fingerprint,
            one.digest,
        )
        for one in tia.assessments
    ]
    headings = (
        _("Route"), _("Title"), _("Result"), _("What decides"), _("What to do"), _("Review by"), _("Article 14 benchmark"), _("Fingerprint"),
        _("Digest"),
    )  # fmt: skip
    return Table(headings, tuple(rows), weights=(12, 18, 16, 34, 30, 10, 16, 20, 20))


def _routes(tia: Tia) -> Table:
    """Each leg of each route."""
    rows: list[tuple[Content, ...]] = []
    for one in tia.assessments:
        for leg in one.legs:
            decides = _("yes") if leg.id == one.weakest_leg else _("no")
            rows.append((one.route, leg.id, leg.name, place_of(one, leg.to), words.OUTCOMES[leg.outcome], decides))
    headings = (_("Route"), _("Leg"), _("Recipient"), _("Place"), _("Result"), _("Decides"))
    return Table(headings, tuple(rows), weights=(18, 16, 30, 16, 20, 8))


def _findings(tia: Tia, sources: Sources) -> Table:
    rows = [
        _finding(one, law, finding, sources)
        for one in tia.assessments
        for law, findings in _laws(one)
        for finding in findings
    ]
    headings = (
        _("Route"), _("Law"), _("Head"), _("Rule"), _("Provision"), _("Leg"), _("Question"), _("Answer"), _("Reason and sources"),
    )  # fmt: skip
    return Table(headings, tuple(rows), weights=(12, 14, 14, 12, 14, 9, 26, 8, 40))


def _laws(assessment: Assessment) -> Iterator[tuple[str, tuple[FindingRecord, ...]]]:
    for regime in assessment.regimes:
        yield regime.name, regime.findings
    yield _("Convention 108+, Article 14 (benchmark)"), assessment.benchmark.findings


def _finding(assessment: Assessment, law: str, finding: FindingRecord, sources: Sources) -> tuple[Content, ...]:
    marks = "".join(f" [{cite.number}]" for cite in sources.cited(finding.grounds))
    return (
        assessment.route,
        law,
        TITLES[topic_of(finding.rule)],
        finding.rule,
        finding.provision,
        finding.leg,
        finding.question,
        words.TRUTHS[finding.truth],
        finding.because + marks,
    )


def _conditions(tia: Tia) -> Table:
    rows: list[tuple[Content, ...]] = [
        (
            one.route,
            condition.id,
            condition.text,
            condition.provision,
            _("binding") if condition.binding else _("benchmark"),
            "",
            "",
        )
        for one in tia.assessments
        for condition in one.conditions
    ]
    headings = (_("Route"), _("Name"), _("Condition"), _("Provision"), _("Force"), _("Who meets it"), _("Evidence"))
    return Table(headings, tuple(rows), weights=(14, 18, 44, 16, 10, 14, 18))


def _questions(tia: Tia) -> Table:
    rows: list[tuple[Content, ...]] = [
        (one.route, question.id, question.text, words.ASKED[question.ask], ", ".join(question.decides), "")
        for one in tia.assessments
        for question in one.questions
    ]
    headings = (_("Route"), _("Name"), _("Question"), _("Ask"), _("Decides"), _("Answer"))
    return Table(headings, tuple(rows), weights=(14, 20, 44, 14, 18, 20))


def _sources(sources: Sources) -> Table:
    rows: list[tuple[Content, ...]] = [
        (
            str(number),
            KINDS.get(kind_of(ground), kind_of(ground)),
            ground.statement,
            ground.valid_from or "",
            ground.valid_to or "",
            words.ROLES[ground.role],
            words.VERIFICATIONS[ground.verification],
            ground.verified_on or "",
            _("older than its limit") if ground.stale else "",
            ground.source,
            ground.url or "",
            ground.fact,
        )
        for number, ground in enumerate(sources.in_order, 1)
    ]
    headings = (
        _("Number"), _("Class"), _("Fact"), _("From"), _("Until before"), _("On this day"), _("How checked"), _("As of"), _("Age"), _("Source"),
        _("Address"), _("Name of the fact"),
    )  # fmt: skip
    return Table(headings, tuple(rows), weights=(6, 14, 34, 10, 10, 12, 14, 10, 10, 24, 30, 24))
