"""Article 14 of Convention 108+: how it is read here, what it would ask, and what must be shown under paragraphs 5 and 6."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.assessment import Assessment
from transfers.documents import words
from transfers.documents.blocks import Blank, Block, Bullets, Content, Paragraph, Style, Table, Words
from transfers.documents.parts.telling import Telling
from transfers.documents.saying import _, told, told_with

_TO_BE_SHOWN = (
    "coe-108plus.law", "coe-108plus.binding", "coe-108plus.enforceable", "coe-108plus.adopted", "coe-108plus.implemented",
    "coe-108plus.content", "coe-108plus.not_neutralised", "coe-108plus.consent", "coe-108plus.interests", "coe-108plus.public_interest",
    "coe-108plus.expression",
)  # fmt: skip
"""Elements of a level of protection, and derogations, whose effect an authority may ask to see."""


def article_14_reading(_telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Whether Article 14 binds on the day, and what it would say."""
    benchmark = assessment.benchmark
    bound = _("Article 14 of Convention 108+ ({provision}) is in force for this route. Its result: {result}.")
    standard = _(
        "Article 14 of Convention 108+ ({provision}) is not in force on this day. It is read as a benchmark, stands beside the result and does "
        "not change it. Its result: {result}."
    )
    text = bound if benchmark.in_force == "yes" else standard
    provision = (Words(benchmark.provision, Style.CODE),)
    yield Paragraph(told_with(text, provision=provision, result=words.OUTCOMES[benchmark.outcome]))
    if benchmark.carried_by:
        yield Paragraph(
            told(_("This reading takes the result of {law}, which carries it out."), law=benchmark.carried_by)
        )


def asked_besides(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Conditions of the benchmark alone."""
    chosen = [condition for condition in assessment.conditions if not condition.binding]
    if chosen:
        yield Bullets(
            tuple((Words(one.text), Words(" ("), telling.provision(one.provision), Words(")")) for one in chosen)
        )


def demonstration(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """Article 14(5) and (6): each element with its answer, and room for what shows it."""
    found = [finding for finding in assessment.benchmark.findings if finding.rule in _TO_BE_SHOWN]
    relied_on = [finding for finding in found if finding.truth != "no"]
    if not relied_on:
        yield Paragraph(_("Nothing of Article 14 is relied on that would have to be shown."))
        return
    rows: list[tuple[Content, ...]] = []
    for finding in relied_on:
        question: Content = (Words(finding.question), Words(" "), telling.provision(finding.provision))
        evidence = Blank(told(_("evidence for {provision}, and where it is kept"), provision=finding.provision))
        rows.append((question, words.TRUTHS[finding.truth], (evidence,)))
    headings = (_("What must be shown"), _("Answer"), _("Evidence, and where it is kept"))
    yield Table(headings, tuple(rows), _("Demonstration under Article 14(5) and (6)"), (48, 12, 40))
