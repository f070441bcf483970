"""The transfer impact assessments of a batch: one document for each destination, with so many routes in full as one can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from transfers.assessment import Assessment, assess
from transfers.documents.blocks import Block, Document
from transfers.documents.layouts import DEFAULT
from transfers.documents.tia import Tia, by_destination
from transfers.documents.tia_document import tia_document
from transfers.documents.writers import written
from transfers.documents.writing import safe_name
from transfers.portfolio.columns import free_route
from transfers.portfolio.deciding import Decider
from transfers.portfolio.told import Answered, rest

IN_FULL = 20
"""Routes of one destination that are told in full, each with an answer of its own, the strictest first."""


def with_rest(tia: Tia, layout: str, more: tuple[Block, ...]) -> Document:
    """One TIA as a document, with what follows it."""
    document = tia_document(tia, layout)
    return replace(document, blocks=(*document.blocks, *more))


class Papers:
    """Writes the TIAs of one batch, one destination at a time."""

    def __init__(self, decider: Decider, answers: tuple[Answered, ...], form: str, layout: str = DEFAULT) -> None:
        self._decider = decider
        self._form = form
        self._layout = layout
        self._assessed: dict[str, Assessment] = {}
        self._by_place: dict[str, list[Answered]] = {}
        for one in answers:
            for place in one.decision.places:
                self._by_place.setdefault(place, []).append(one)

    def names(self) -> Iterator[tuple[str, str]]:
        """Each destination with the name of its file."""
        for place in sorted(self._by_place):
            yield place, f"tia-{safe_name(place)}.{self._form}"

    def content(self, place: str) -> str | bytes:
        """The TIA of one destination."""
        answers = self._by_place[place]
        assessed = [self._assessment(one) for one in answers[:IN_FULL]]
        tia = next(one for one in by_destination(assessed, self._decider.knowledge.hub) if one.destination == place)
        return written(with_rest(tia, self._layout, rest(answers, IN_FULL)), self._form)

    def _assessment(self, one: Answered) -> Assessment:
        """The first route that has this answer, in full."""
        if one.key not in self._assessed:
            law = self._decider.law
            route = self._decider.route(one.key, free_route(one.free))
            self._assessed[one.key] = assess(route, self._decider.knowledge, law.as_of, law.policy)
        return self._assessed[one.key]
