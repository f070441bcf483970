"""All regimes that bind a route, and the benchmark beside them."""

from __future__ import annotations

from dataclasses import replace

from country_reports.facts import Truth
from country_reports.frozen import frozen
from transfers.case import Case
from transfers.finding import Outcome, RegimeConclusion, strictest
from transfers.law import coe_108, exporter_law, ocsea
from transfers.law.coe_108plus import article_14
from transfers.law.eu_gdpr import chapter_v
from transfers.law.rule import RULES
from transfers.law.situation import Situation
from transfers.memory import Found
from transfers.view import View

__all__ = ["RULES", "Judgement", "judge"]
"""Whoever imports the rules from here has them all registered."""


@frozen
class Judgement:
    """What the law says of a case: each binding regime, the benchmark, and the strictest of the former."""

    regimes: tuple[RegimeConclusion, ...]
    benchmark: RegimeConclusion
    outcome: Outcome


CODED = {chapter_v.REGIME: chapter_v.conclude}


def judge(case: Case, view: View) -> Judgement:
    """Pure function of case and view (which holds the policy). An equal case on the same facts is not judged again."""
    wanted = (judge, case, id(view))
    found = view.memory.roots.get(wanted)
    if isinstance(found, Found) and isinstance(found.result, Judgement):
        return found.result
    judgement = _judged(case, Situation(case, view, view.memory).view)
    view.memory.keep(wanted, Found(judgement, (view,), {}))
    return judgement


def _judged(case: Case, view: View) -> Judgement:
    bound = {binding.record.regime for binding in view.regimes} | (case.subject_to & view.regimes_in_force)
    regimes = [CODED[regime](case, view) for regime in sorted(bound) if regime in CODED]
    carrier = regimes[0] if regimes and regimes[0].id in {binding.record.regime for binding in view.regimes} else None
    unjudged = not view.regimes or bound - set(CODED) or case.exporter_kind == "unknown"
    if (unjudged and not case.stays_at_home) or case.subject_to - set(CODED):
        regimes.append(exporter_law.conclude(case, view))
    regimes.append(coe_108.conclude(case, view, carrier))
    if ocsea.applies(case) is not Truth.NO:
        regimes.append(ocsea.conclude(case, view))
    benchmark = article_14.conclude(case, view, carrier)
    if _bound_by_108plus(case, view):
        regimes.append(replace(benchmark, name="Convention 108+, article 14", binding=True))
    ordered = tuple(sorted(regimes, key=lambda regime: (regime.carried_by is not None, regime.id)))
    return Judgement(ordered, benchmark, strictest(regime.outcome for regime in ordered))


def _bound_by_108plus(case: Case, view: View) -> bool:
    """From entry into force on, article 14 of 108+ binds the exporter's State and is read as binding law."""
    place = view.places.get(case.exporter or "")
    in_force = view.cets_223_in_force.truth is Truth.YES
    return in_force and place is not None and place.party_108plus.truth is Truth.YES
