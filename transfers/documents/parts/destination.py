"""The destination: how deep its law was researched, the guarantees, the laws on access, and what is known of practice."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.assessment import Assessment
from transfers.canonical import Json
from transfers.documents import words
from transfers.documents.blocks import Block, Content, Paragraph, Style, Table, Words
from transfers.documents.parts.telling import Telling
from transfers.documents.saying import _, dated, described, told, told_with
from transfers.documents.tia import AccessLawRow, RatingRow


def depth(telling: Telling, _assessment: Assessment) -> Iterator[Block]:
    """Whether the laws on access by authorities were researched, and a short portrait where they were."""
    tia = telling.tia
    researched = _("The law of {place} on access by authorities has been researched in depth.")
    not_researched = _(
        "The law of {place} on access by authorities has NOT been researched in depth; only treaties and findings of adequacy are on file."
    )
    yield Paragraph(told(researched if tia.depth == "full" else not_researched, place=tia.name_in_text))
    if tia.summary and _first_time(telling, "summary"):
        text = _("In short, as the country report has it, from the sources of its ratings: {summary}")
        cites = telling.sources.cited(row.ground for row in tia.ratings)
        yield Paragraph((*told_with(text, summary=tia.summary), *cites))


def guarantees(telling: Telling, _assessment: Assessment) -> Iterator[Block]:
    """Each guarantee in each area, as the country report rates it on the day."""
    if not telling.tia.ratings:
        return
    if not _first_time(telling, "guarantees"):
        yield Paragraph(
            told(_("The guarantees in {place} are told with the first route above."), place=telling.tia.name_in_text)
        )
        return
    rows = tuple(_rating(telling, row) for row in telling.tia.ratings)
    headings = (_("Guarantee"), _("Area"), _("Rating"), _("Why"))
    yield Table(headings, rows, _("European Essential Guarantees"), (22, 14, 13, 51))
    yield Paragraph(
        _(
            "What these ratings mean for the recipient stands in the findings: a decision may speak for the guarantee, a law may not reach it, "
            "or counsel may have answered."
        ),
        small=True,
    )


def _rating(telling: Telling, row: RatingRow) -> tuple[Content, ...]:
    provision = telling.provision(f"edpb-02-2020:{row.head}")
    guarantee = told_with(_("{head} {provision}"), head=words.HEADS[row.head], provision=(provision,))
    area = words.AREAS.get(row.area, words.said(row.area))
    reason: Content = (Words(row.reasoning), *telling.sources.cited((row.ground,)))
    return guarantee, area, (Words(words.RATINGS[row.rating], Style.STRONG),), reason


def access_laws(telling: Telling, _assessment: Assessment) -> Iterator[Block]:
    """Each law under which authorities reach data."""
    if not telling.tia.access_laws:
        return
    if not _first_time(telling, "access_laws"):
        yield Paragraph(
            told(_("The access laws of {place} are told with the first route above."), place=telling.tia.name_in_text)
        )
        return
    rows = tuple(_law(telling, law) for law in telling.tia.access_laws)
    headings = (_("Law"), _("Who can be addressed"), _("Who authorises"), _("Remedies for persons abroad"))
    yield Table(headings, rows, _("Access laws in force on this day"), (24, 27, 22, 27))


def _law(telling: Telling, law: AccessLawRow) -> tuple[Content, ...]:
    areas = ", ".join(words.AREAS.get(area, words.said(area)) for area in law.areas)
    named = told_with(
        _("{name}, {citation} ({areas})"), name=(Words(law.name, Style.STRONG),), citation=law.citation, areas=areas
    )
    ends: Content = told_with(_(" Limited in time: {sunset}"), sunset=law.sunset) if law.sunset else ()
    cites = telling.sources.cited((law.ground,))
    return (*named, *cites, *ends), law.addressees, law.authorisation, law.remedies


def evidence(telling: Telling, assessment: Assessment) -> Iterator[Block]:
    """The sources behind answers on practice, by the classes of Annex 3 to EDPB Recommendations 01/2020."""
    from transfers.law.catalogue import provisions

    found = [
        (str(item.get("class")), criterion, item)
        for criterion, answer in sorted(assessment.inputs.answers.items())
        if isinstance(answer, dict)
        for item in _items(answer.get("evidence"))
    ]
    found.sort(key=lambda one: (len(one[0]), one[0]))  # S2 before S10; those of one class as the route has them
    if not found:
        yield Paragraph(_("No evidence on practice, by class of source, is recorded with the answers of this route."))
        return
    rows: list[tuple[Content, ...]] = []
    for name, criterion, item in found:
        own = item.get("of_importer") not in (None, False, "no")
        provision = f"edpb-01-2020:{name}.importer" if own else f"edpb-01-2020:{name}"
        about = described(provisions()[provision]) if provision in provisions() else name
        kind: Content = (Words(about), Words(" "), telling.provision(provision))
        rows.append(
            (kind, str(item.get("source") or ""), dated(str(item.get("on") or "")), (Words(criterion, Style.CODE),))
        )
    headings = (_("Class"), _("Source"), _("Of"), _("Behind the answer to"))
    yield Table(headings, tuple(rows), _("Evidence on practice"), (32, 34, 12, 22))


def _items(value: Json) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _first_time(telling: Telling, what: str) -> bool:
    """The destination's own law is the same for every route of the document."""
    new = what not in telling.facts_of_destination
    telling.facts_of_destination.add(what)
    return new
