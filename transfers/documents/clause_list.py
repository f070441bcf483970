"""The records of clause sets in one list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clauses.library import SetOnDay
from transfers.canonical import Json
from transfers.documents import words
from transfers.documents.blocks import Document, Paragraph, Table
from transfers.documents.clause_words import standing

HEADINGS = ("id", "name", "kind", "on the day", "laws", "modules")


def row_of(found: SetOnDay, day: date) -> tuple[str, ...]:
    """One record on one line."""
    record = found.record
    laws = ", ".join((*record.regimes, *(f"{one} (not on file)" for one in record.regimes_not_on_file)))
    modules = ", ".join(module.id for module in record.modules)
    return record.id, record.short, words.said(record.kind), standing(record, day), laws or "-", modules or "-"


def clause_list_document(found: Sequence[SetOnDay], day: date) -> Document:
    """The list with its day."""
    table = Table(HEADINGS, tuple(row_of(one, day) for one in found))
    return Document("Clause sets on file", (Paragraph(f"As of {day}.", strong=True), table))


def clause_list_json(found: Sequence[SetOnDay], day: date) -> Json:
    """The same for machines: ``transborder/clause-sets/1``."""
    return {
        "schema": "transborder/clause-sets/1",
        "as_of": day.isoformat(),
        "sets": [
            {
                "id": one.record.id,
                "name": one.record.name,
                "short": one.record.short,
                "kind": one.record.kind.value,
                "status": one.record.status.value,
                "standing": standing(one.record, day),
                "open_to_new_contracts": one.open,
                "regimes": list(one.record.regimes),
                "modules": [module.id for module in one.record.modules],
                "origin": one.origin.value,
            }
            for one in found
        ],
    }
