"""The TIA of one destination as a document: the parts that its layout names, in that order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from transfers.assessment import Assessment
from transfers.documents import words
from transfers.documents.blocks import Block, Content, Document, Heading, House, Paragraph, Run, Style, Table, Words
from transfers.documents.layouts import DEFAULT, LAYOUTS, Layout, Section
from transfers.documents.parts import ROUTE_PARTS, WHOLE_PARTS
from transfers.documents.parts.telling import Telling
from transfers.documents.quoting import with_quotes_marked
from transfers.documents.saying import _, dated, speaking, told
from transfers.documents.sources import Sources, Unnumbered
from transfers.documents.tia import Tia


def tia_document(tia: Tia, layout: str = DEFAULT, house: House | None = None) -> Document:
    """The whole document: the conclusion first, sources last."""
    with speaking(tia.language):
        return _document(tia, LAYOUTS[layout], house or House())


def _document(tia: Tia, chosen: Layout, house: House) -> Document:
    first = tia.assessments[0]
    version = _("As of {day}. Layout: {layout}. Facts {facts}, transborder {engine}.")
    return Document(
        told(_("Transfer impact assessment: {name} ({id})"), name=tia.name, id=tia.id),
        tuple(with_quotes_marked(_blocks(tia, chosen))),
        told(version, day=dated(tia.as_of), layout=_(chosen.about), facts=first.knowledge.version, engine=first.engine),
        date.fromisoformat(tia.as_of),
        contents=(2 if len(tia.assessments) > 1 else 1) if chosen.whole else 0,
        house=house,
        language=tia.language.code,
    )


def _blocks(tia: Tia, layout: Layout) -> Iterator[Block]:
    telling = Telling(tia, Sources() if layout.whole else Unnumbered())
    if not layout.whole:
        yield Paragraph(
            _(
                "This is a summary. The findings, their sources and the laws of the destination are in the full assessment, in any other layout."
            )
        )
    several = len(tia.assessments) > 1
    if several:
        yield Heading(2, _("Overview"))
        yield _overview(telling)
    for assessment in tia.assessments:
        if several:
            title = told(_("Route: {title}"), title=assessment.title or assessment.route)
            yield Heading(2, title)
        else:
            yield Paragraph(assessment.title or assessment.route, strong=True)
        for section in layout.route:
            yield from _section(section, 3 if several else 2, _of_route(section, telling, assessment))
    for section in layout.closing:
        yield from _section(section, 2, _of_whole(section, telling))


def _overview(telling: Telling) -> Table:
    """One row for each route."""
    rows: list[tuple[Content, ...]] = []
    for one in telling.tia.assessments:
        reasons: list[Run] = []
        for reason in telling.reasons(one):
            reasons += [Words(" "), *reason] if reasons else reason
        rows.append((one.title or one.route, (Words(words.OUTCOMES[one.outcome], Style.STRONG),), tuple(reasons)))
    headings = (_("Route"), _("Result"), _("What decides"))
    return Table(headings, tuple(rows), _("Routes to this destination"), (28, 20, 52))


def _of_route(section: Section, telling: Telling, assessment: Assessment) -> Iterator[tuple[str, list[Block]]]:
    for name in section.parts:
        part = ROUTE_PARTS[name]
        yield part.title, list(part.blocks(telling, assessment))


def _of_whole(section: Section, telling: Telling) -> Iterator[tuple[str, list[Block]]]:
    for name in section.parts:
        part = WHOLE_PARTS[name]
        yield part.title, list(part.blocks(telling))


def _section(section: Section, level: int, parts: Iterator[tuple[str, list[Block]]]) -> Iterator[Block]:
    """A part alone in its chapter needs no heading of its own."""
    filled = [(title, blocks) for title, blocks in parts if blocks]
    if section.left_out and not filled:
        return
    yield Heading(level, _(section.title), section.new_page)
    if not filled:
        yield Paragraph(_("Nothing of this kind arises on this route."))
    for title, blocks in filled:
        if title and len(filled) > 1:
            yield Heading(level + 1, _(title))
        yield from blocks
