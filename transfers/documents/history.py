"""Every dated change about a place, as a document and for machines."""

from __future__ import annotations

from country_reports.history import Turn, TurnKind
from country_reports.places import Place
from transfers.canonical import Json
from transfers.documents import words
from transfers.documents.blocks import Document, Table


def history_document(place: Place, turns: list[Turn]) -> Document:
    """Every turn, oldest first."""
    rows = tuple((turn.when, _told(turn), _source(turn)) for turn in turns)
    return Document(f"Dated changes: {place.name} ({place.id})", (Table(("Day", "What", "Source"), rows),))


def history_json(place: Place, turns: list[Turn]) -> Json:
    """The same for machines: ``transborder/history/1``."""
    return {
        "schema": "transborder/history/1",
        "place": place.id,
        "turns": [
            {
                "when": turn.when,
                "kind": turn.kind.value,
                "subject": turn.subject,
                "detail": turn.detail,
                "fact": turn.fact.id,
                "verification": turn.fact.verification.value,
                "source": turn.fact.source.title,
                "url": turn.fact.source.url,
            }
            for turn in turns
        ],
    }


def _told(turn: Turn) -> str:
    """What happens, and why."""
    if turn.kind is TurnKind.EVENT:
        return turn.subject
    detail = f" ({turn.detail})" if turn.detail else ""
    return f"{turn.subject}: {words.TURNS[turn.kind]}{detail}"


def _source(turn: Turn) -> str:
    fact = turn.fact
    return f"{words.VERIFICATIONS[fact.verification]}, {fact.source.url or fact.source.title} [{fact.id}]"
