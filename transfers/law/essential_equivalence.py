"""Essential equivalence (CJEU C-311/18; EDPB Recommendations 01/2020): is a transfer tool effective at this place?

Joins the guarantees of the destination, the three branches of para 43 and the supplementary measures.
"""

from __future__ import annotations

from country_reports.facts import Truth, all_of
from country_reports.frozen import frozen
from transfers.case import Case, Leg
from transfers.finding import Finding, Possible
from transfers.law import essential_guarantees as guarantees
from transfers.law import supplementary_measures as measures
from transfers.law.situation import remembered
from transfers.view import View


@frozen
class Equivalence:
    """Where a tool leads at one leg: the outcomes possible, and the findings on the way."""

    possible: Possible
    findings: tuple[Finding, ...]


@remembered
def equivalence(case: Case, view: View, leg: Leg) -> Equivalence:
    """C-311/18, paras 134-135: the tool holds if law and practice respect it, or effective measures make up for it."""
    heads = tuple(head(case, view, leg) for head in guarantees.HEADS)
    law_holds = all_of(*(head.truth for head in heads))
    transit = guarantees.interception_in_transit(case, view, leg)
    findings = [*heads, transit]
    at_importer = measures.EFFECTIVE
    if law_holds is not Truth.YES:
        unapplied = measures.no_reason_to_believe(case, view, leg)
        clear = measures.no_clear_text_needed(case, view, leg)
        findings += [unapplied, clear, *(use_case(case, view, leg) for use_case in measures.USE_CASES)]
        with_measures = measures.against_access_at_the_importer(case, leg, clear.truth)
        at_importer = at_importer.where(law_holds | unapplied.truth, otherwise=with_measures)
    if any(case.measure(measure) is Truth.YES for measure in measures.SUPPORT):
        findings.append(measures.supporting_measures(case, view, leg))
    if transit.truth is not Truth.NO:
        findings.append(measures.encrypted_in_transit(case, view, leg))
    on_the_way = measures.against_interception(case, transit.truth)
    return Equivalence(at_importer.and_also(on_the_way), tuple(findings))


def holds(result: Equivalence) -> Truth:
    """Whether the tool is effective as things stand, as a truth for provisions that ask just that."""
    effective = {outcome.permissible for outcome in result.possible.outcomes}
    if len(effective) > 1:
        return Truth.UNKNOWN
    return Truth.of(effective.pop())


def guarantees_hold(case: Case, view: View, leg: Leg) -> Truth:
    """Whether the law of the place meets all four guarantees for this recipient, measures apart."""
    return all_of(*(head(case, view, leg).truth for head in guarantees.HEADS))
