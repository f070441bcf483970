"""What a report says of access by authorities, in words: laws, the practice under them, and the parts of the guarantees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from country_reports.access import AccessLaw, Guarantee, Practice
from transfers.documents import words
from transfers.documents.blocks import Block, Heading, Table
from transfers.law.catalogue import provisions


def law_in_words(law: AccessLaw, categories: Mapping[str, str]) -> Iterator[str]:
    """One access law, line by line; ``categories`` says what kinds of recipients are called."""
    reach = ", ".join(words.REACH.get(word) or categories.get(word, word) for word in law.reaches)
    kinds = ", ".join(words.DATA_KINDS[kind] for kind in law.data_kinds)
    authorised = words.AUTHORISATIONS.get(law.prior_authorisation.answer, law.prior_authorisation.answer)
    scope = words.SCOPES[law.scope]
    yield f"For: {', '.join(words.AREAS.get(area, words.said(area)) for area in law.areas)}; {words.said(law.kind)}{', ' + scope if scope else ''}"
    yield f"Who can be compelled: {law.addressees} (reaches: {reach or 'nobody; the authority acts by itself'})"
    yield f"Which data: {law.data} ({kinds}{'; taken on the way' if law.in_transit else ''})"
    yield f"Authorisation beforehand: {words.joined(authorised, law.prior_authorisation.text)}"
    yield f"Beyond its borders: {words.joined(law.extraterritorial.answer, law.extraterritorial.text)}"
    for name, text in (
        ("Limits", law.limits),
        ("Oversight", law.oversight),
        ("The person is told", law.notification),
        ("Remedies of people abroad", law.remedies_for_foreigners),
        ("May be published", words.joined(law.transparency_reporting.answer, law.transparency_reporting.text)),
        ("Duties to assist", law.assistance_duties),
        ("Storage at home", law.localisation),
        ("Limited in time", law.sunset),
    ):
        if text:
            yield f"{name}: {text}"
    for defeat in law.defeats:
        way = provisions()[f"c-311-18:135.{defeat.how}"].about
        read_by = defeat.cited_authority or "our own reading"
        yield f"Against any transfer tool: {way} {defeat.text} ({read_by})"


def practice_in_words(practice: Practice) -> str:
    """How authorities act in fact, and who found it."""
    found_by = f" ({practice.cited_authority})" if practice.cited_authority else ""
    return f"In practice: {words.CONDUCTS[practice.conduct]}. {practice.text}{found_by}"


def parts_in_words(ratings: Iterable[Guarantee]) -> Iterator[Block]:
    """The sub-criteria that were rated by themselves."""
    rows = tuple(
        (
            f"{criterion}: {provisions()[f'edpb-02-2020:{criterion}'].about}",
            words.AREAS.get(one.area, words.said(one.area)),
            words.RATINGS[rating],
        )
        for one in sorted(ratings, key=lambda one: (one.head, one.area, one.id))
        for criterion, rating in sorted(one.criteria.items())
    )
    if rows:
        yield Heading(3, "Part by part")
        yield Table(("Sub-criterion", "Area", "Rating"), rows)
