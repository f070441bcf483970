"""The questionnaire to an importer as a document that is read, not filled in."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph
from transfers.questionnaire.form import COLUMNS, AskedQuestion, Questionnaire


def questionnaire_document(asked: Questionnaire) -> Document:
    """Who is asked and why, and each question with how to answer it."""
    return Document(asked.title, tuple(_blocks(asked)))


def _blocks(asked: Questionnaire) -> Iterator[Block]:
    yield Paragraph(f"As of {asked.as_of}", strong=True)
    if not asked.questions:
        yield Paragraph(f"Nothing is open about {asked.name} that could still move an answer.")
        return
    yield from map(Paragraph, asked.explanation)
    for number, one in enumerate(asked.questions, 1):
        yield Heading(3, f"{number}. {one.question}")
        yield Bullets(tuple(_how(one)))


def _how(one: AskedQuestion) -> Iterator[str]:
    yield f"{COLUMNS['id']}: {one.id}"
    yield f"{COLUMNS['why']}: {one.why}"
    yield f"{COLUMNS['looks_like']}: {one.looks_like}"
    yield f"{COLUMNS['allowed']}: {', '.join(one.allowed)}"
    yield f"{COLUMNS['routes']}: {', '.join(one.routes)}"
