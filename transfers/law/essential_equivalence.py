"""Essential equivalence (CJEU C-311/18; EDPB Recommendations 01/2020): is a transfer tool effective at this place?

Joins the guarantees of the destination, the laws and the practice that defeat a tool, the third option of para 43.3
and the supplementary measures.
"""

from __future__ import annotations

from country_reports.facts import Truth, all_of
from country_reports.guarantees import Head
from transfers.case import Case, Leg
from transfers.finding import Equivalence, Finding
from transfers.law import essential_guarantees as guarantees
from transfers.law import non_application, obstacles, paragraph_43, sub_criteria
from transfers.law import supplementary_measures as measures
from transfers.law.interception import interception_in_transit
from transfers.law.parts_of_a_head import answered_in, nothing_said_against
from transfers.law.situation import remembered
from transfers.view import View


@remembered
def equivalence(case: Case, view: View, leg: Leg) -> Equivalence:
    """C-311/18, paras 134-135: the tool holds if law and practice respect it, or effective measures make up for it.

    Worked out once for each leg of a judgement: every tool stands on it.
    """
    law, findings = _law(case, view, leg)
    transit = interception_in_transit(case, view, leg)
    kept = paragraph_43.law_kept_in_practice(case, view, leg)
    findings.append(transit)
    if law is Truth.YES or (law is Truth.UNKNOWN and kept.truth is not Truth.YES):
        findings.append(kept)
    at_importer = measures.EFFECTIVE
    unapplied = Truth.NO
    if law is not Truth.YES:
        against = paragraph_43.practice_against_the_tool(case, view, leg)
        option = non_application.findings(case, view, leg)
        unapplied = option[0].truth & ~against.truth
        findings += [against, *option]
    goes_on = (law & kept.truth) | unapplied
    if goes_on is not Truth.YES:
        clear = measures.no_clear_text_needed(case, view, leg)
        findings += [clear, *(use_case(case, view, leg) for use_case in measures.USE_CASES)]
        with_measures = measures.against_access_at_the_importer(case, leg, clear.truth)
        at_importer = at_importer.where(goes_on, otherwise=with_measures)
    if any(case.measure(measure) is Truth.YES for measure in measures.SUPPORT):
        findings.append(measures.supporting_measures(case, view, leg))
    if transit.truth is not Truth.NO:
        findings.append(measures.encrypted_in_transit(case, view, leg))
    on_the_way = measures.against_interception(case, transit.truth)
    return Equivalence(at_importer.and_also(on_the_way), tuple(findings))


def _law(case: Case, view: View, leg: Leg) -> tuple[Truth, list[Finding]]:
    """Whether the law there meets the standard: the four guarantees, and no law that defeats the tool by itself."""
    findings: list[Finding] = []
    heads: list[Truth] = []
    for head, rule in guarantees.HEADS.items():
        found = rule(case, view, leg)
        heads.append(found.truth)
        findings += [found, *sub_criteria.spoken_of(head, case, view, leg)]
    obstacle = obstacles.law_against_the_tool(case, view, leg)
    told = {condition.id for found in findings for condition in found.conditions}
    asks_more = any(condition.id not in told for condition in obstacle.conditions)
    if obstacle.truth is not Truth.NO or obstacle.contested or asks_more:
        findings.append(obstacle)
    return all_of(*heads, ~obstacle.truth), findings


def holds(result: Equivalence) -> Truth:
    """Whether the tool is effective as things stand, as a truth for provisions that ask just that."""
    effective = {outcome.permissible for outcome in result.possible.outcomes}
    if len(effective) > 1:
        return Truth.UNKNOWN
    return Truth.of(effective.pop())


def stands_in_the_way(case: Case, view: View, leg: Leg) -> Truth:
    """Whether law or practice of the place undoes what another answer would allow: as found on file, or as the route itself says.

    What is found on file cites its facts; what a person answered cites none.
    """
    heads = {head: rule(case, view, leg) for head, rule in guarantees.HEADS.items()}
    practice = paragraph_43.law_kept_in_practice(case, view, leg)
    obstacle = obstacles.law_against_the_tool(case, view, leg)
    failing = [found for found in (*heads.values(), practice) if found.truth is Truth.NO]
    failing += [obstacle] if obstacle.truth is Truth.YES else []
    if any(found.grounds for found in failing):
        return Truth.YES
    said = [_as_said(head, found, case, leg) for head, found in heads.items()]
    said += [practice.truth] if _claims(case, leg, "edpb-01-2020:43.1", "edpb-01-2020:43.2") else []
    said += [~obstacle.truth] if _claims(case, leg, "c-311-18:135") else []
    return ~all_of(*said)


def _as_said(head: Head, found: Finding, case: Case, leg: Leg) -> Truth:
    """A head as far as the route speaks of it: where it does not, or not of a part, nothing is said against it."""
    whole = leg.criterion(f"edpb-02-2020:{head}")
    parts = answered_in(head, case, leg)
    if not parts and not case.claims(whole):
        return Truth.YES
    if found.truth is not Truth.UNKNOWN or not parts:
        return found.truth
    return nothing_said_against(head, parts)


def _claims(case: Case, leg: Leg, *names: str) -> bool:
    return any(case.claims(leg.criterion(name)) for name in names)
