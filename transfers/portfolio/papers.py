"""The transfer impact assessments of a batch: one document for each destination, with so many routes in full as one can read."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.assessment import Assessment, assess
from transfers.documents.blocks import Block, Document, as_markdown, as_text
from transfers.documents.markdown import tia_markdown
from transfers.documents.tia import Tia, by_destination
from transfers.documents.writing import safe_name
from transfers.portfolio.columns import free_route
from transfers.portfolio.deciding import Decider
from transfers.portfolio.told import Answered, rest

IN_FULL = 20
"""Routes of one destination that are told in full, each with an answer of its own, the strictest first."""

FORMS = ("md",)
"""What a document can be written as."""


def written(document: Document, form: str) -> str:
    """A document of the batch in one of ``FORMS``, or as text for the terminal."""
    return as_text(document) if form == "text" else as_markdown(document)


def tia_written(tia: Tia, more: tuple[Block, ...]) -> str:
    """One TIA with what follows it. The one place where a batch turns a TIA into a file's content."""
    return tia_markdown(tia) + ("\n" + _body(more) if more else "")


class Papers:
    """Writes the TIAs of one batch, one destination at a time."""

    def __init__(self, decider: Decider, answers: tuple[Answered, ...], form: str) -> None:
        self._decider = decider
        self._form = form
        self._assessed: dict[str, Assessment] = {}
        self._by_place: dict[str, list[Answered]] = {}
        for one in answers:
            for place in one.decision.places:
                self._by_place.setdefault(place, []).append(one)

    def names(self) -> Iterator[tuple[str, str]]:
        """Each destination with the name of its file."""
        for place in sorted(self._by_place):
            yield place, f"tia-{safe_name(place)}.{self._form}"

    def content(self, place: str) -> str:
        """The TIA of one destination."""
        answers = self._by_place[place]
        assessed = [self._assessment(one) for one in answers[:IN_FULL]]
        tia = next(one for one in by_destination(assessed, self._decider.knowledge.hub) if one.destination == place)
        return tia_written(tia, rest(answers, IN_FULL))

    def _assessment(self, one: Answered) -> Assessment:
        """The first route that has this answer, in full."""
        if one.key not in self._assessed:
            law = self._decider.law
            route = self._decider.route(one.key, free_route(one.free))
            self._assessed[one.key] = assess(route, self._decider.knowledge, law.as_of, law.policy)
        return self._assessed[one.key]


def _body(blocks: tuple[Block, ...]) -> str:
    """Blocks without a title of their own."""
    return as_markdown(Document("", blocks)).split("\n", 2)[2]
