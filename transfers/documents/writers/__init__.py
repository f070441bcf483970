"""The writers of documents: the one table of the formats, each in a module of its own, none of which knows law."""

from __future__ import annotations

from collections.abc import Callable

from transfers.documents.blocks import Document
from transfers.documents.writers.html import as_html
from transfers.documents.writers.markdown import as_markdown
from transfers.documents.writers.text import as_text


def _as_docx(document: Document) -> bytes:
    from transfers.documents.writers.docx import as_docx

    return as_docx(document)


def _as_pdf(document: Document) -> bytes:
    from transfers.documents.writers.pdf import as_pdf

    return as_pdf(document)


def _as_xlsx(document: Document) -> bytes:
    from transfers.documents.writers.xlsx import as_xlsx

    return as_xlsx(document)


WRITERS: dict[str, Callable[[Document], str]] = {"text": as_text, "md": as_markdown, "html": as_html}
"""Formats that are text."""

PACKED_WRITERS: dict[str, Callable[[Document], bytes]] = {"docx": _as_docx, "pdf": _as_pdf, "xlsx": _as_xlsx}
"""Formats that are files; each raises `transfers.tables.reading.MissingExtra` where its library is not installed."""


def written(document: Document, form: str) -> str | bytes:
    """A document in any form that documents have.

    Raises:
        MissingExtra: the form needs a library that is not installed.
    """
    return WRITERS[form](document) if form in WRITERS else PACKED_WRITERS[form](document)
