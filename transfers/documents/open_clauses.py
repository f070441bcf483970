"""Which sets of clauses are open to a route, for readers and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clauses.selection import Offer, State
from country_reports.facts import Truth
from country_reports.regime import Needed
from transfers.canonical import Json
from transfers.clause_selection import OpenClauses, RouteClauses
from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from transfers.documents.clause_words import STATES, filing_in_words, pair_of


def open_clauses_document(found: RouteClauses) -> Document:
    """Law by law and importer by importer: what can be signed, what would open more, and why the rest is closed."""
    return Document(f"Clauses open to: {found.route}", tuple(_blocks(found)))


def open_clauses_json(found: RouteClauses) -> Json:
    """The same for machines: ``transborder/clause-selection/1``."""
    return {
        "schema": "transborder/clause-selection/1",
        "route": found.route,
        "as_of": found.day.isoformat(),
        "exporter": found.exporter,
        "law_of_private_exporters_presumed": found.presumed,
        "selections": [
            {
                "law": one.law,
                "law_name": one.law_name,
                "importer": one.importer,
                "place": one.place,
                "inside": one.inside.value,
                "offers": [_offer_json(offer, one) for offer in one.offers],
            }
            for one in found.found
        ],
    }


def _blocks(found: RouteClauses) -> Iterator[Block]:
    yield Paragraph(f"New contracts made on {found.day}.", strong=True)
    yield Paragraph(
        "That a set can be signed does not yet permit the transfer: whether its law is satisfied, and whether the law of the "
        "destination leaves the clauses effective, is assessed for the route (transborder assess)."
    )
    if found.presumed:
        yield Paragraph(
            "What kind of exporter it is is not stated (exporter.kind); the law of private exporters is shown."
        )
    if not found.found:
        place = (
            "is not stated (exporter.country)"
            if found.exporter is None
            else "has no law of exporters on file for this day"
        )
        yield Paragraph(f"No set can be chosen: the exporter's place {place}.")
    for one in found.found:
        yield from _under_one_law(one)


def _under_one_law(one: OpenClauses) -> Iterator[Block]:
    (pair,) = one.question.pairs
    yield Heading(
        2, f"Under {one.law_name}, to {one.importer}{f' ({one.place})' if one.place else ''}, {pair_of(pair)}"
    )
    if one.inside is Truth.YES:
        yield Paragraph(
            "The data stay where this law itself applies, so that no clauses for a transfer are needed.", strong=True
        )
    by_state = {state: [offer for offer in one.offers if offer.state is state] for state in State}
    if not by_state[State.OPEN] and not by_state[State.OPEN_IF]:
        yield Paragraph(
            "No set of clauses on file can be signed under this law. Other tools: transborder compare.", strong=True
        )
    for offer in (*by_state[State.OPEN], *by_state[State.OPEN_IF]):
        yield Heading(3, f"{STATES[offer.state]}: {offer.title} [{offer.tool}]")
        yield Bullets(tuple(_told(offer, one)))
    bases = {offer.record.id for offer in one.offers if " WITH " in offer.tool}
    of_this_law = [
        offer for offer in by_state[State.CLOSED] if one.law in offer.record.regimes or offer.record.id in bases
    ]
    others = [offer for offer in by_state[State.CLOSED] if offer not in of_this_law]
    if of_this_law:
        yield Heading(3, "Closed, though made or adapted for this law")
        yield Table(("Set", "Why"), tuple((f"{offer.title} [{offer.tool}]", _why(offer)) for offer in of_this_law))
    if others:
        yield Heading(3, "Closed: of other laws")
        names = ", ".join(dict.fromkeys(offer.record.id for offer in others))
        yield Paragraph(f"{names}. The reasons for each: --format json.")


def _told(offer: Offer, one: OpenClauses) -> Iterator[str]:
    """The questions first, then what is filed, then what to heed."""
    for reason in offer.reasons:
        yield f"If: {reason.text} Answer under {reason.criterion}"
    filing, gateway = one.filing(offer), one.gateway(offer)
    if filing is not None:
        yield filing_in_words(filing)
    else:
        yield "Whether anything must be filed is not on file."
    if (
        gateway is not None
        and filing is not gateway[1]
        and gateway[1] is not None
        and gateway[1].needed is not Needed.NO
    ):
        yield f"Besides, by the law: {filing_in_words(gateway[1])}"
    if gateway is not None:
        yield f"Gateway of the law: {gateway[0]}"
    yield from offer.heed


def _why(offer: Offer) -> str:
    instead = f" Rely on {' or '.join(offer.instead)} instead." if offer.instead else ""
    return " ".join(_texts(offer)) + instead


def _texts(offer: Offer) -> Iterable[str]:
    return (reason.text for reason in offer.reasons)


def _offer_json(offer: Offer, one: OpenClauses) -> Json:
    filing, gateway = one.filing(offer), one.gateway(offer)
    return {
        "tool": offer.tool,
        "title": offer.title,
        "exporter_role": offer.pair.exporter if offer.pair is not None else None,
        "importer_role": offer.pair.importer if offer.pair is not None else None,
        "state": offer.state.value,
        "reasons": [
            {"code": reason.code, "text": reason.text, "answer_under": reason.criterion} for reason in offer.reasons
        ],
        "heed": list(offer.heed),
        "gateway": gateway[0] if gateway is not None else None,
        "filing": filing.model_dump(mode="json", exclude_unset=True) if filing is not None else None,
        "instead": list(offer.instead),
    }
