"""The parts of a transfer impact assessment: what each says, in blocks. A layout puts them in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from transfers.assessment import Assessment
from transfers.documents.blocks import Block
from transfers.documents.parts.conclusion import conditions, next_steps, result, results_by_law, whom_to_tell
from transfers.documents.parts.convention import article_14_reading, asked_besides, demonstration
from transfers.documents.parts.destination import access_laws, depth, evidence, guarantees
from transfers.documents.parts.doubts import contested, open_questions, options, planned, review, watched
from transfers.documents.parts.filing import (
    for_the_file,
    provisions_cited,
    sign_off,
    sources_by_class,
    sources_in_order,
)
from transfers.documents.parts.findings import findings
from transfers.documents.parts.measures import measures
from transfers.documents.parts.route import answers_given, data_sent, legal_layers, legs, parties, picture
from transfers.documents.parts.summary import (
    first_conditions,
    first_contested,
    first_questions,
    first_watched,
    review_day,
)
from transfers.documents.parts.telling import Telling
from transfers.documents.saying import marked
from transfers.documents.topics import TITLES, Topic


@dataclass(frozen=True, slots=True)
class RoutePart:
    """A part that speaks of one route. It stands under its title where it is not alone in its section; no title, no heading."""

    title: str
    blocks: Callable[[Telling, Assessment], Iterator[Block]]


@dataclass(frozen=True, slots=True)
class WholePart:
    """A part that speaks of the whole document."""

    title: str
    blocks: Callable[[Telling], Iterator[Block]]


ROUTE_PARTS: dict[str, RoutePart] = {
    "result": RoutePart("", result),
    "results_by_law": RoutePart(marked("Result under each law"), results_by_law),
    "conditions": RoutePart(marked("What must be met"), conditions),
    "next_steps": RoutePart(marked("What to do next"), next_steps),
    "whom_to_tell": RoutePart(marked("Who must be told, and by when"), whom_to_tell),
    "picture": RoutePart("", picture),
    "parties": RoutePart(marked("Parties, purpose and data"), parties),
    "data": RoutePart(marked("Data sent"), data_sent),
    "legs": RoutePart(marked("Legs"), legs),
    "legal_layers": RoutePart(marked("Laws and other acts relied on or considered, with their dates"), legal_layers),
    "answers": RoutePart(marked("Answers given by people"), answers_given),
    **{topic.value: RoutePart(TITLES.template(topic), partial(findings, topic)) for topic in Topic},
    "depth": RoutePart("", depth),
    "guarantees": RoutePart(marked("The European Essential Guarantees in the destination"), guarantees),
    "access_laws": RoutePart(marked("Laws on access by authorities in force on this day"), access_laws),
    "evidence": RoutePart(marked("Evidence on practice, by class of source"), evidence),
    "measure_table": RoutePart(marked("Each use case, condition by condition"), measures),
    "article_14_reading": RoutePart("", article_14_reading),
    "asked_besides": RoutePart(marked("What Article 14 would ask besides"), asked_besides),
    "demonstration": RoutePart(marked("What must be shown to the authority on request"), demonstration),
    "questions": RoutePart(marked("Open questions, and whom to ask"), open_questions),
    "contested": RoutePart(marked("Where authorities or readings differ"), contested),
    "options": RoutePart(marked("What could open the way"), options),
    "planned": RoutePart(marked("Planned, and not counted"), planned),
    "review": RoutePart(marked("Review date and triggers"), review),
    "watch": RoutePart(marked("To watch"), watched),
    "first_conditions": RoutePart(marked("What must be met"), first_conditions),
    "first_questions": RoutePart(marked("Open questions, and whom to ask"), first_questions),
    "first_contested": RoutePart(marked("Where authorities or readings differ"), first_contested),
    "first_watched": RoutePart(marked("To watch"), first_watched),
    "review_day": RoutePart(marked("Review date and triggers"), review_day),
}
"""Parts that each route has."""

WHOLE_PARTS: dict[str, WholePart] = {
    "sign_off": WholePart("", sign_off),
    "for_the_file": WholePart(marked("For the file"), for_the_file),
    "provisions": WholePart("", provisions_cited),
    "sources_by_class": WholePart(marked("Sources by class"), sources_by_class),
    "sources": WholePart(marked("Sources in the order in which they are cited"), sources_in_order),
}
"""Parts that stand once, after all routes."""
