"""Chapter V as a whole: the gate, then adequacy, then tools; the weakest leg decides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from country_reports.facts import Truth, all_of
from transfers.case import Case, Leg
from transfers.finding import (
    Finding,
    LegConclusion,
    Line,
    Outcome,
    Possible,
    RegimeConclusion,
    _,
    say,
)
from transfers.law.essential_equivalence import Equivalence, equivalence
from transfers.law.eu_gdpr.article_44 import all_places_known, disclosure, onward, parent_abroad, third_country
from transfers.law.eu_gdpr.article_45 import adequacy
from transfers.law.eu_gdpr.article_46 import (
    chosen_clauses,
    clauses_fit,
    clauses_signed,
    importer_outside_regime,
    other_gateways,
    tools_answered,
)
from transfers.view import View

REGIME = "eu-gdpr"
NAME = "General Data Protection Regulation, Chapter V"

FREE = Possible.only(Outcome.PERMITTED)
CLOSED = Possible.only(Outcome.NOT_PERMITTED)


def conclude(case: Case, view: View) -> RegimeConclusion:
    """Chapter V from the gate to the last gateway; the weakest leg decides."""
    first = case.importer
    gate = (disclosure(case, view, first), third_country(case, view, first))
    exposure = parent_abroad(case, view, first)
    transfer = all_of(*(found.truth for found in gate))
    if transfer is Truth.NO and not _leaves_the_area(case, view):
        return _no_transfer(case, gate, exposure)
    chapter = _chapter(case, view)
    possible = (
        chapter.possible
        if _leaves_the_area(case, view)
        else chapter.possible.where(transfer, otherwise=Possible.only(Outcome.NO_TRANSFER))
    )
    if first.role == "unknown":
        possible = possible.either(CLOSED)
    findings = (*gate, exposure, *chapter.findings)
    return RegimeConclusion(
        REGIME, NAME, True, _capped(possible, findings), findings, chapter.legs, _lines(chapter, findings)
    )


def _leaves_the_area(case: Case, view: View) -> bool:
    """Whether some later leg leaves the area though the first does not: storage or support abroad."""
    if case.collected_directly is Truth.YES or case.importer.kind == "employee_of_exporter":
        return False
    return any(third_country(case, view, leg).truth is not Truth.NO for leg in case.legs[1:])


def _no_transfer(case: Case, gate: tuple[Finding, ...], exposure: Finding) -> RegimeConclusion:
    duties = say(
        _("Chapter V is not engaged; articles 5, 24, 28, 30, 32, 33, 35 and 48 still apply to the processing.")
    )
    findings = (
        *(replace(found, watch=(*found.watch, duties)) if found.truth is Truth.NO else found for found in gate),
        exposure,
    )
    possible = _capped(Possible.only(Outcome.NO_TRANSFER), findings)
    legs = tuple(LegConclusion(leg.number, Outcome.NO_TRANSFER) for leg in case.legs)
    return RegimeConclusion(REGIME, NAME, True, possible, findings, legs)


@dataclass(frozen=True, slots=True)
class _Chapter:
    possible: Possible
    findings: tuple[Finding, ...]
    legs: tuple[LegConclusion, ...]
    if_gap_closes: Possible
    if_gap_is_used: Possible


def _chapter(case: Case, view: View) -> _Chapter:
    first = case.importer
    decision = adequacy(case, view, first)
    places = all_places_known(case, view, first)
    findings = [decision, places]
    by_adequacy = FREE.where(decision.truth, otherwise=CLOSED)
    known = FREE.where(places.truth, otherwise=CLOSED)
    onward_legs = [leg for leg in case.legs[1:] if third_country(case, view, leg).truth is not Truth.NO]
    inside = first.place is not None and third_country(case, view, first).truth is Truth.NO
    if inside:
        by_adequacy = FREE
    by_decision = by_adequacy
    for leg in onward_legs:
        by_decision = by_decision.and_also(_onward_under_decision(case, view, leg))
    needs_tool = decision.truth is not Truth.YES or bool(onward_legs)
    closed = use = first_leg = CLOSED
    if needs_tool:
        tool = _by_clauses(case, view, onward_legs)
        findings += tool.findings
        closed, use, first_leg = tool.if_gap_closes, tool.if_gap_is_used, tool.first_leg
    gap = _gap(closed, use, view)
    possible = by_decision.or_else(gap).and_also(known)
    legs = (
        LegConclusion(first.number, by_adequacy.or_else(first_leg).and_also(known).outcome),
        *(LegConclusion(leg.number, _leg_outcome(case, view, leg)) for leg in case.legs[1:]),
    )
    for leg in onward_legs:
        findings += [third_country(case, view, leg), adequacy(case, view, leg), onward(case, view, leg)]
    return _Chapter(
        possible,
        tuple(findings),
        legs,
        by_decision.or_else(closed).and_also(known),
        by_decision.or_else(use).and_also(known),
    )


def _onward_under_decision(case: Case, view: View, leg: Leg) -> Possible:
    """After a decision, a further step rests on another decision or on terms the decision asks for; the latter are for counsel to confirm."""
    terms = case.answer(f"eu-gdpr:44.onward.{leg.number}")
    terms = Truth.NO if leg.terms == "none" else terms
    return FREE.where(adequacy(case, view, leg).truth | terms, otherwise=CLOSED)


@dataclass(frozen=True, slots=True)
class _ByClauses:
    if_gap_closes: Possible
    if_gap_is_used: Possible
    first_leg: Possible
    findings: tuple[Finding, ...]


def _by_clauses(case: Case, view: View, onward_legs: list[Leg]) -> _ByClauses:
    """Article 46 with essential equivalence, once if the gap of recital 7 closes the clauses, once if it is disclosed and used."""
    first = case.importer
    answered = tools_answered(case, view, first)
    signed = clauses_signed(case, view, first)
    findings = [answered, signed]
    available = signed.truth
    gap = Truth.YES
    result = Equivalence(CLOSED, ())
    if chosen_clauses(case, view, first) is not None:
        fit = clauses_fit(case, view, first)
        outside = importer_outside_regime(case, view, first)
        result = equivalence(case, view, first)
        findings += [fit, outside, *result.findings]
        available = available & fit.truth
        gap = outside.truth
    effective = result.possible
    for leg in onward_legs:
        effective = effective.and_also(_onward_under_clauses(case, view, leg))
        findings += equivalence(case, view, leg).findings
    other = other_gateways(case, view, first)
    findings.append(other)
    elsewhere = Possible.only(Outcome.PERMITTED_DEROGATION_ONLY).where(other.truth, otherwise=CLOSED)
    unanswered = Possible.only(Outcome.PERMITTED_WITH_CONDITIONS).where(answered.truth, otherwise=CLOSED)
    base = elsewhere if answered.truth is Truth.YES else elsewhere.or_else(unanswered)
    if_used = effective.where(available, otherwise=CLOSED).or_else(base)
    if_closed = effective.where(available & gap, otherwise=CLOSED).or_else(base)
    first_leg = result.possible.where(available & gap, otherwise=CLOSED).or_else(base)
    return _ByClauses(if_closed, if_used, first_leg, tuple(findings))


def _onward_under_clauses(case: Case, view: View, leg: Leg) -> Possible:
    """Clauses 8.7 and 8.8: the third party is bound, and the law of its place does not undo the clauses."""
    covered = adequacy(case, view, leg).truth
    bound = equivalence(case, view, leg).possible.where(onward(case, view, leg).truth, otherwise=CLOSED)
    if leg.terms == "adequate_destination":
        bound = CLOSED
    return FREE.where(covered, otherwise=bound)


def _gap(closed: Possible, used: Possible, view: View) -> Possible:
    """Recital 7: where the two lines part, the point is contested, unless the reader chose a line."""
    if view.policy.doctrine in ("edpb", "strict"):
        return closed
    if closed == used:
        return closed
    if closed.outcome.permissible == used.outcome.permissible and Outcome.UNDETERMINED not in (
        closed.outcome,
        used.outcome,
    ):
        return closed
    contested = frozenset(Outcome.CONTESTED if outcome.permissible else outcome for outcome in used.outcomes)
    certain = used.outcomes & closed.outcomes if closed.outcome is Outcome.UNDETERMINED else frozenset()
    return Possible(contested | certain)


def _leg_outcome(case: Case, view: View, leg: Leg) -> Outcome:
    if third_country(case, view, leg).truth is Truth.NO:
        return Outcome.NO_TRANSFER
    return _onward_under_decision(case, view, leg).or_else(_onward_under_clauses(case, view, leg)).outcome


def _lines(chapter: _Chapter, findings: tuple[Finding, ...]) -> tuple[Line, ...]:
    """Both lines of recital 7, where they differ."""
    contested = any(found.rule == "eu-gdpr.clauses_gap" and found.truth is not Truth.YES for found in findings)
    if not contested or chapter.if_gap_closes == chapter.if_gap_is_used:
        return ()
    return (Line("edpb", chapter.if_gap_closes.outcome), Line("disclosed_use", chapter.if_gap_is_used.outcome))


def _capped(possible: Possible, findings: tuple[Finding, ...]) -> Possible:
    """A permission that carries conditions is at best one with conditions."""
    if any(found.conditions for found in findings):
        return possible.at_best(Outcome.PERMITTED_WITH_CONDITIONS)
    return possible
