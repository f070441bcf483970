"""The gateways of a law of exporters, as its record has them: for a reader of the country report, and for whoever may claim one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clauses.library import Library
from country_reports.country import Country
from country_reports.regime import Gateway, Regime
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Table


def with_filings(country: Country, library: Library) -> Country:
    """The report with what must be filed with each gateway, also where the record of a clause set holds it."""
    laws = tuple(
        replace(one, regime=library.with_filings(one.regime)) if one.regime is not None else one
        for one in country.laws_of_exporters
    )
    return replace(country, laws_of_exporters=laws)


def gateways_of(regime: Regime) -> Iterator[Block]:
    """What the law asks of every transfer, then its ways out in its own order; in brackets the name under which a route claims or answers each."""
    yield from _asked_of_all(regime)
    rows = tuple(_gateway(regime.id, gateway) for gateway in regime.gateways)
    yield Table(("Gateway", "Asks for", "Impact assessment", "Filing"), rows)


def _asked_of_all(regime: Regime) -> Iterator[Block]:
    """What the law measures tools against, leaves out, and asks of every transfer."""
    told = [f"Tools are measured against {words.STANDARDS[regime.standard]}."] if regime.standard else []
    told += [f"No transfer there: {words.LEFT_OUT[one]}." for one in regime.leaves_out]
    told += [f"Gateways as they stand since {regime.gateways_since}."] if regime.gateways_since else []
    told += [f"Asked of every transfer: {demand.asks} [{regime.id}:{demand.id}]" for demand in regime.demands]
    if told:
        yield Bullets(tuple(told))


def _gateway(law: str, gateway: Gateway) -> tuple[str, ...]:
    filing = gateway.filing
    before = "before the transfer" if filing is not None and filing.before_transfer else None
    told = "" if filing is None else words.joined(filing.needed, filing.what, filing.to, filing.due or before)
    pattern = f"; {words.PATTERNS[gateway.pattern]}" if gateway.pattern is not None else ""
    tests = " ".join(test.asks for test in gateway.tests)
    asks = "; ".join(gateway.conditions) + (f". Tests: {tests}" if tests else "")
    return (
        f"{words.GATEWAYS.get(gateway.kind, words.said(gateway.kind))}, {gateway.provision}{pattern} [{law}:{gateway.id}]",
        asks + (f" Note: {gateway.note}" if gateway.note else ""),
        words.ASSESSMENTS.get(gateway.impact_assessment or "", ""),
        told,
    )
