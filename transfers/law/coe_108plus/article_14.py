"""Article 14 as a whole, in the benchmark reading.

States that have ratified CETS 223 by the day are taken as Parties, and so is the exporter's State. The
result stands beside the outcome and never changes it.
"""

from __future__ import annotations

from country_reports.facts import Truth, all_of, any_of
from transfers.case import Case, Leg
from transfers.finding import (
    Finding,
    LegConclusion,
    Outcome,
    Possible,
    RegimeConclusion,
    _,
)
from transfers.law.coe_108 import crosses_a_border
from transfers.law.coe_108plus.derogations import DEROGATIONS, demonstrate, inform_authority, inform_on_request
from transfers.law.coe_108plus.parties import circumvention, free_flow, regional_rules, status
from transfers.law.coe_108plus.safeguards import (
    ELEMENTS,
    appropriate_level,
    law_of_destination,
    not_neutralised,
    safeguards_relied_on,
)
from transfers.law.essential_equivalence import equivalence
from transfers.law.reached import CLOSED, CONDITIONAL, DEROGATED, FREE
from transfers.view import View

REGIME = "coe-108plus"
NAME = _("Convention 108+, article 14 (benchmark)")


def conclude(case: Case, view: View, carrier: RegimeConclusion | None) -> RegimeConclusion:
    """The benchmark reading of article 14 for the route, leg by leg."""
    first = case.importer
    flow = crosses_a_border(case, view, first)
    findings = [status(case, view, first), flow]
    if flow.truth is Truth.NO:
        return RegimeConclusion(REGIME, NAME, False, Possible.only(Outcome.NO_TRANSFER), tuple(findings))
    regional = regional_rules(case, view, first)
    findings.append(regional)
    possible = _leg(case, view, first, carrier, regional.truth, findings)
    legs = [LegConclusion(first.number, possible.outcome)]
    for leg in case.legs[1:]:
        further = _leg(case, view, leg, carrier, regional.truth, findings)
        legs.append(LegConclusion(leg.number, further.outcome))
        possible = possible.and_also(further)
    possible = possible.where(flow.truth, otherwise=Possible.only(Outcome.NO_TRANSFER))
    if case.exporter is None or first.place is None or first.role == "unknown":
        possible = possible.either(CLOSED).either(FREE)
    if any(found.conditions for found in findings if found.rule == "coe-108plus.free_flow"):
        possible = possible.at_best(Outcome.PERMITTED_WITH_CONDITIONS)
    return RegimeConclusion(
        REGIME, NAME, False, possible, tuple(findings), tuple(legs), carried_by=_carried(carrier, regional, findings)
    )


def _carried(carrier: RegimeConclusion | None, regional: Finding, findings: list[Finding]) -> str | None:
    between = any(found.rule == "coe-108plus.free_flow" and found.truth is not Truth.NO for found in findings)
    return carrier.id if carrier is not None and regional.truth is Truth.YES and between else None


def _leg(
    case: Case, view: View, leg: Leg, carrier: RegimeConclusion | None, regional: Truth, findings: list[Finding]
) -> Possible:
    party, restricted = free_flow(case, view, leg), circumvention(case, view, leg)
    findings += [party, restricted]
    between = FREE
    if regional is Truth.YES:
        between = carrier.possible if carrier is not None else FREE.either(CLOSED)
    between = between.where(~restricted.truth, otherwise=CLOSED)
    if party.truth is Truth.YES:
        return between
    return between.where(party.truth, otherwise=_to_a_non_party(case, view, leg, findings))


def _to_a_non_party(case: Case, view: View, leg: Leg, findings: list[Finding]) -> Possible:
    """Article 14(2): by law, else by safeguards, else by derogation."""
    level, law = appropriate_level(case, view, leg), law_of_destination(case, view, leg)
    findings += [level, law]
    if law.truth is Truth.YES:
        return CONDITIONAL if law.conditions else FREE
    relied_on = safeguards_relied_on(case, view, leg)
    derogations = tuple(test(case, view, leg) for test in DEROGATIONS)
    findings += [relied_on, *derogations]
    by_safeguards = CLOSED
    if relied_on.truth is not Truth.NO:
        by_safeguards = _by_safeguards(case, view, leg, relied_on, findings)
    if relied_on.truth is not Truth.NO:
        findings.append(inform_authority(case, view, leg))
    if any(found.truth is not Truth.NO for found in derogations[1:3]):
        findings.append(inform_on_request(case, view, leg))
    if relied_on.truth is not Truth.NO or any(found.truth is not Truth.NO for found in derogations[1:3]):
        findings.append(demonstrate(case, view, leg))
    return FREE.where(law.truth, otherwise=CLOSED).or_else(by_safeguards).or_else(_by_derogation(case, derogations))


def _by_safeguards(case: Case, view: View, leg: Leg, relied_on: Finding, findings: list[Finding]) -> Possible:
    """Article 14(3)(b): every element, and law and practice that leave the safeguards effective."""
    result = equivalence(case, view, leg)
    elements = tuple(test(case, view, leg) for test in ELEMENTS[1:])
    findings += [*elements, not_neutralised(case, view, leg), *result.findings]
    met = all_of(relied_on.truth, *(element.truth for element in elements))
    return result.possible.and_also(CONDITIONAL).where(met, otherwise=CLOSED)


def _by_derogation(case: Case, derogations: tuple[Finding, ...]) -> Possible:
    """Derogations are read narrowly: flows that are systematic are contested under (b) to (d)."""
    by_consent = DEROGATED.where(derogations[0].truth, otherwise=CLOSED)
    others = any_of(*(found.truth for found in derogations[1:]))
    narrow = {
        "systematic": Possible.only(Outcome.CONTESTED),
        "unknown": DEROGATED.either(Possible.only(Outcome.CONTESTED)),
    }
    return by_consent.or_else(narrow.get(case.frequency, DEROGATED).where(others, otherwise=CLOSED))
