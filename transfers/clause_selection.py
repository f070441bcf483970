"""Which sets of clauses are open to a route: for every law that binds its exporter, and each importer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from clauses.fitting import Pair
from clauses.selection import ClauseQuestion, Offer, select
from country_reports.facts import Truth
from country_reports.frozen import frozen
from country_reports.regime import Filing
from transfers.case import Case, Leg
from transfers.extract import Party
from transfers.knowledge import Knowledge
from transfers.law.clauses_relied_on import EU_GDPR, circumstances
from transfers.route import Route
from transfers.view import Policy, View


@frozen
class OpenClauses:
    """What is open under one law towards one importer. ``inside``: does the data stay where that law itself applies?

    ``gateways`` are those of the law that its sets are, by the id of the set: ``law:gateway`` and what must be filed there.
    """

    law: str
    law_name: str
    importer: str
    place: str | None
    inside: Truth
    question: ClauseQuestion
    offers: tuple[Offer, ...]
    gateways: dict[str, tuple[str, Filing | None]]

    def filing(self, offer: Offer) -> Filing | None:
        """What must be filed where the set is relied on, as its own record or else the law's has it; None: not on file."""
        gateway = self.gateway(offer)
        return offer.filing or (gateway[1] if gateway is not None else None)

    def gateway(self, offer: Offer) -> tuple[str, Filing | None] | None:
        """The gateway of the law that the set, or an adaptation joined to it, is."""
        base, *joined = offer.tool.split(" WITH ")
        parts = (*joined, base.partition("/")[0])
        return next((self.gateways[part] for part in parts if part in self.gateways), None)


@frozen
class RouteClauses:
    """Every law and importer of a route. ``presumed``: is the law judged as that of private exporters, for want of a word on it?"""

    route: str
    day: date
    exporter: str | None
    presumed: bool
    found: tuple[OpenClauses, ...]


def clauses_open_to(route: Route, knowledge: Knowledge, as_of: date) -> RouteClauses:
    """The sets that are open to a route on a day, and why the others are not.

    Raises:
        BadRoute: it names a place, importer or tool that does not exist.
    """
    extract = knowledge.extract(route, as_of)
    case = extract.case
    view = knowledge.view(case, as_of, Policy())
    laws = _laws(case, view)
    found = tuple(
        _open(case, view, leg, extract.parties[leg.number], law, laws, knowledge, as_of)
        for law in laws
        for leg in case.importers
    )
    return RouteClauses(route.title or route.id, as_of, case.exporter, case.exporter_kind == "unknown", found)


def clause_question(
    case: Case, leg: Leg, law: str, laws: tuple[str, ...], at_home: bool, as_of: date
) -> ClauseQuestion:
    """What is asked of the clause library for one importer under one of the ``laws`` that bind the exporter."""
    here = replace(circumstances(case, leg, law), exporter_within=Truth.of(at_home))
    pair = Pair(case.exporter_role, leg.role)
    return ClauseQuestion(as_of, (pair,), here, tuple(one for one in laws if one != law), case.answers)


def _laws(case: Case, view: View) -> tuple[str, ...]:
    """Those of the exporter's place, then those that reach it from abroad."""
    at_home = [binding.record.regime for binding in view.regimes]
    return tuple(dict.fromkeys((*at_home, *sorted(case.subject_to & view.regimes_in_force))))


def _open(
    case: Case,
    view: View,
    leg: Leg,
    party: Party,
    law: str,
    laws: tuple[str, ...],
    knowledge: Knowledge,
    as_of: date,
) -> OpenClauses:
    at_home = any(binding.record.regime == law for binding in view.regimes)
    question = clause_question(case, leg, law, laws, at_home, as_of)
    name = next((one.short or one.name for one, _ in knowledge.hub.bindings if one.regime == law), law)
    gateways = dict(_gateways(knowledge, law, as_of))
    offers = select(question, knowledge.library)
    return OpenClauses(law, name, party.name, leg.place, _inside(view, leg, law), question, offers, gateways)


def _inside(view: View, leg: Leg, law: str) -> Truth:
    if leg.place is None or leg.kind == "international_organisation":
        return Truth.UNKNOWN
    if law == EU_GDPR:
        return view.places[leg.place].gdpr_area.truth
    return view.gateways[law].inside[leg.place].truth if law in view.gateways else Truth.UNKNOWN


def _gateways(knowledge: Knowledge, law: str, as_of: date) -> Iterator[tuple[str, tuple[str, Filing | None]]]:
    record = knowledge.hub.regime(law)
    for gateway in record.gateways if record is not None else ():
        if gateway.stands_on(as_of):
            yield from ((one, (f"{law}:{gateway.id}", gateway.filing)) for one in gateway.sets)
