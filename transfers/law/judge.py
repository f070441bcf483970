"""All regimes that bind a route, and the benchmark beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from country_reports.facts import Truth
from country_reports.frozen import frozen
from transfers.case import Case
from transfers.finding import Finding, Outcome, RegimeConclusion, _, strictest
from transfers.law import coe_108, exporter_law, ocsea, ocsea_profile
from transfers.law.coe_108plus import article_14
from transfers.law.eu_gdpr import chapter_v
from transfers.law.on_record import chapter
from transfers.law.rule import RULES
from transfers.law.situation import Situation
from transfers.memory import Memory
from transfers.view import View

__all__ = ["RULES", "Judgement", "judge"]
"""Whoever imports the rules from here has them all registered."""


@frozen
class Judgement:
    """What the law says of a case: each binding regime, the benchmark, and the strictest of the former."""

    regimes: tuple[RegimeConclusion, ...]
    benchmark: RegimeConclusion
    outcome: Outcome


def judge(case: Case, view: View, supposed: Sequence[Finding] = ()) -> Judgement:
    """Pure function of case and view (which holds the policy). An equal case on the same facts is not judged again.

    ``supposed`` findings stand in the place of what their rules would find: "what if" and no more, which is not remembered.
    """
    if supposed:
        return _judged(case, replace(view, memory=Memory()), supposed)
    found: Judgement = view.memory.of_whole_cases.once((case, id(view)), lambda: _judged(case, view, ()), view)
    return found


def _judged(case: Case, view: View, supposed: Sequence[Finding]) -> Judgement:
    facts = view
    here = Situation(case, facts, supposed)
    case, view = here.plain_case, here.view
    laws = tuple(_by_law(case, facts, view, supposed))
    carrier = _carrying_the_convention(laws, view)
    regimes = list(laws)
    if exporter_law.is_open(case, view):
        regimes.append(exporter_law.conclude(case, view))
    regimes.append(coe_108.conclude(case, view, carrier))
    if ocsea_profile.concerns(case):
        regimes.append(ocsea.conclude(case, view))
    benchmark = article_14.conclude(case, view, carrier)
    if _bound_by_108plus(case, view):
        regimes.append(replace(benchmark, name=_("Convention 108+, article 14"), binding=True))
    ordered = tuple(sorted(regimes, key=lambda regime: (regime.carried_by is not None, regime.id)))
    return Judgement(ordered, benchmark, strictest(regime.outcome for regime in ordered))


def _by_law(case: Case, facts: View, view: View, supposed: Sequence[Finding]) -> Iterator[RegimeConclusion]:
    """Every law on file that binds the exporter, each with the findings of adequacy that it recognises itself."""
    bound = {binding.record.regime for binding in facts.regimes} | (case.subject_to & facts.regimes_in_force)
    for regime in sorted(bound):
        alone = facts.under == {regime}
        own = view if alone else Situation(case, replace(facts, under=frozenset((regime,))), supposed).view
        if regime == chapter_v.REGIME:
            yield chapter_v.conclude(case, own)
        elif regime in facts.gateways:
            yield chapter.conclude(case, own, facts.gateways[regime])


def _carrying_the_convention(laws: tuple[RegimeConclusion, ...], view: View) -> RegimeConclusion | None:
    """The law of the exporter's place that carries out Convention 108 for it."""
    implementing = {binding.record.regime for binding in view.regimes if "coe-108" in binding.record.implements}
    return next((law for law in laws if law.id in implementing), None)


def _bound_by_108plus(case: Case, view: View) -> bool:
    """From entry into force on, article 14 of 108+ binds the exporter's State and is read as binding law."""
    place = view.places.get(case.exporter or "")
    in_force = view.cets_223_in_force.truth is Truth.YES
    return in_force and place is not None and place.party_108plus.truth is Truth.YES
