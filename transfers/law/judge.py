"""All regimes that bind a route, and the benchmark beside them."""

from __future__ import annotations

from dataclasses import dataclass

from transfers.case import Case
from transfers.finding import Outcome, RegimeConclusion, strictest
from transfers.law import coe_108, exporter_law, ocsea
from transfers.law.coe_108plus import article_14
from transfers.law.eu_gdpr import chapter_v
from transfers.view import View


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the law says of a case: each binding regime, the benchmark, and the strictest of the former."""

    regimes: tuple[RegimeConclusion, ...]
    benchmark: RegimeConclusion
    outcome: Outcome


CODED = {chapter_v.REGIME: chapter_v.conclude}


def judge(case: Case, view: View) -> Judgement:
    """Pure function of case and view (which holds the policy)."""
    bound = {binding.record.regime for binding in view.regimes} | case.subject_to
    regimes = [CODED[regime](case, view) for regime in sorted(bound) if regime in CODED]
    carrier = regimes[0] if regimes and regimes[0].id in {binding.record.regime for binding in view.regimes} else None
    uncoded = [binding for binding in view.regimes if binding.record.regime not in CODED]
    if not view.regimes or uncoded:
        regimes.append(exporter_law.conclude(case, view))
    regimes.append(coe_108.conclude(case, view, carrier))
    if ocsea.applies(case):
        regimes.append(ocsea.conclude(case, view))
    benchmark = article_14.conclude(case, view, carrier)
    ordered = tuple(sorted(regimes, key=lambda regime: regime.id))
    return Judgement(ordered, benchmark, strictest(regime.outcome for regime in ordered))
