"""Remedies, open questions and suppositions, as documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transfers.alternatives.questions import MOST_TRIED, Weighed
from transfers.alternatives.remedies import LIMIT, Remedies
from transfers.alternatives.why_not import LIMIT as SUPPOSED_AT_MOST
from transfers.alternatives.why_not import Suppositions
from transfers.assessment import Assessment
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph
from transfers.finding import Sentence


def remedies_document(route: str, as_of: str, found: Remedies) -> Document:
    """What the exporter could change, least burden first."""
    return Document(f"What could make it permissible: {route}", tuple(_remedies(as_of, found)))


def _remedies(as_of: str, found: Remedies) -> Iterator[Block]:
    yield Paragraph(f"As of {as_of}: {words.OUTCOMES[found.outcome.word]}", strong=True)
    if found.outcome.permissible:
        yield Paragraph("Nothing has to change for the transfer to be permissible; its conditions have to be met.")
        return
    if not found.found:
        yield Paragraph(
            f"No set of at most {LIMIT} of the changes below makes it permissible. Others may; and where facts are open, answer "
            "the questions first (transborder questions)."
        )
    elif not found.technical_suffices:
        yield Paragraph("No technical measure suffices by itself, not even with a signature added.")
    for number, remedy in enumerate(found.found, 1):
        yield Heading(2, f"{number}. {words.OUTCOMES[remedy.outcome.word]}")
        yield Bullets(tuple(_sentence(change.text) for change in remedy.changes))
    yield Heading(2, "What was tried")
    yield Paragraph(f"Every set of at most {LIMIT} of these, all in the exporter's hands; open facts were left open.")
    yield Bullets(tuple(_sentence(change.text) for change in found.tried))


def questions_document(found: Sequence[tuple[Assessment, list[Weighed]]]) -> Document:
    """The open questions of each route that can still move its answer, the most decisive first."""
    if len(found) == 1:
        ((assessment, weighed),) = found
        return Document(f"What is still to be found out: {_title(assessment)}", tuple(_open_ones(assessment, weighed)))
    blocks: list[Block] = []
    for assessment, weighed in found:
        blocks += [Heading(2, _title(assessment)), *_open_ones(assessment, weighed)]
    return Document(f"What is still to be found out about {len(found)} routes", tuple(blocks))


def _title(assessment: Assessment) -> str:
    return assessment.title or assessment.route


def _open_ones(assessment: Assessment, found: list[Weighed]) -> Iterator[Block]:
    yield Paragraph(f"As of {assessment.as_of}: {words.OUTCOMES[assessment.outcome]}", strong=True)
    if not found:
        yield Paragraph("No open question can change this answer.")
    if len(assessment.questions) > MOST_TRIED:
        yield Paragraph(
            f"{len(assessment.questions)} questions are open: too many to try which of them matter, so all of them are listed."
        )
    for weighed in found:
        question = weighed.question
        yield Heading(3, question.text)
        leads = [f"{answer}: {words.OUTCOMES[result.word]}" for answer, result in weighed.by_answer]
        yield Bullets((f"Ask {words.ASKED[question.ask]}", f"answer under {question.id}", *leads))


def suppositions_document(found: Suppositions) -> Document:
    """What would have had to be true for the transfer to be permissible, the smallest sets first."""
    blocks: list[Block] = []
    if found.at_most < SUPPOSED_AT_MOST:
        kept = f"only sets of at most {found.at_most} were tried" if found.at_most else "none was tried"
        blocks.append(
            Paragraph(f"So many findings stand against the transfer that not every set could be tried: {kept}.")
        )
    if not found.sets and found.at_most:
        text = f"No set of at most {found.at_most} other findings would have made it permissible."
        blocks.append(Paragraph(text))
    for number, one in enumerate(found.sets, 1):
        blocks.append(Heading(3, f"{number}. {words.OUTCOMES[one.outcome.word]}, had these come out the other way"))
        told = (
            f"{each.question} Now {words.TRUTHS[each.truth].upper()}: {each.because} [{each.rule}]"
            for each in one.findings
        )
        blocks.append(Bullets(tuple(told)))
    return Document("Why not: what would have had to be true", tuple(blocks))


def _sentence(sentence: Sentence) -> str:
    """A sentence whose parameters are words."""
    return sentence.template.format(**dict(sentence.parameters))
