"""Chapter V as a whole: the gate, then adequacy, then tools; the weakest leg decides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from country_reports.facts import Truth, all_of
from transfers.case import Case, Leg
from transfers.finding import (
    Equivalence,
    Finding,
    LegConclusion,
    Line,
    Outcome,
    Possible,
    RegimeConclusion,
    _,
    say,
)
from transfers.law.clauses_relied_on import chosen_clauses
from transfers.law.doctrines import Sides, settled
from transfers.law.essential_equivalence import equivalence
from transfers.law.eu_gdpr.article_44 import all_places_known, applies, disclosure, onward, parent_abroad, third_country
from transfers.law.eu_gdpr.article_45 import adequacy, onward_after_decision
from transfers.law.eu_gdpr.article_46 import (
    clauses_fit,
    clauses_signed,
    importer_outside_regime,
    tools_answered,
)
from transfers.law.eu_gdpr.article_48 import foreign_order
from transfers.law.eu_gdpr.article_49 import any_derogation
from transfers.law.eu_gdpr.other_safeguards import any_safeguard
from transfers.law.interception import interception_in_transit
from transfers.law.reached import CLOSED, CONDITIONAL, DEROGATED, FREE, NOTHING_LEAVES, UNTOUCHED
from transfers.law.supplementary_measures import encrypted_in_transit
from transfers.view import View

REGIME = "eu-gdpr"
NAME = _("General Data Protection Regulation, Chapter V")


def conclude(case: Case, view: View) -> RegimeConclusion:
    """Chapter V from the gate to the last gateway, told from the first importer that is abroad; the weakest leg decides."""
    outside = (one for one in case.importers if third_country(case, view, one).truth is not Truth.NO)
    case = case.led_by(next(outside, case.importer))
    first = case.importer
    disclosed, abroad = disclosure(case, view, first), third_country(case, view, first)
    bound = applies(case, view, first)
    gate = (disclosed, abroad, parent_abroad(case, view, first), bound)
    if disclosed.truth is Truth.NO:
        return _no_transfer(case, view, gate)
    chapter = _chapter(case, view, abroad.truth)
    possible = chapter.possible.where(disclosed.truth, otherwise=NOTHING_LEAVES)
    if first.role == "unknown" or bound.truth is not Truth.YES:
        possible = possible.either(CLOSED)
    findings = (*gate, *chapter.findings)
    if possible == NOTHING_LEAVES:
        findings = _with_general_duties(findings)
    lines = _lines(chapter, findings)
    return RegimeConclusion(REGIME, NAME, True, _capped(possible, findings), findings, chapter.legs, lines)


def _no_transfer(case: Case, view: View, gate: tuple[Finding, ...]) -> RegimeConclusion:
    """Nothing is transferred; an order from abroad is no less one for that, and article 48 is read all the same."""
    order = (foreign_order(case, view, case.importer),) if case.foreign_order else ()
    obeyed = UNTOUCHED.where(all_of(*(~found.truth for found in order)), otherwise=CLOSED)
    possible = NOTHING_LEAVES.and_also(obeyed)
    findings = (*_with_general_duties(gate), *order)
    first, *further = case.legs
    legs = (
        LegConclusion(first.number, possible.outcome),
        *(LegConclusion(leg.number, Outcome.NO_TRANSFER) for leg in further),
    )
    return RegimeConclusion(REGIME, NAME, True, _capped(possible, (findings[0], *order)), findings, legs)


def _with_general_duties(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    duties = say(
        _("Chapter V is not engaged; articles 5, 24, 28, 30, 32, 33, 35 and 48 still apply to the processing.")
    )
    return (replace(findings[0], watch=(*findings[0].watch, duties)), *findings[1:])


@dataclass(frozen=True, slots=True)
class _Chapter:
    possible: Possible
    findings: tuple[Finding, ...]
    legs: tuple[LegConclusion, ...]
    narrow: Possible
    wide: Possible


def _chapter(case: Case, view: View, abroad: Truth) -> _Chapter:
    first = case.importer
    moving = [leg for leg in case.legs[1:] if third_country(case, view, leg).truth is not Truth.NO]
    decision, places = adequacy(case, view, first), all_places_known(case, view, first)
    order = foreign_order(case, view, first)
    findings = [decision, places, *([order] if case.foreign_order else [])]
    findings += [third_country(case, view, leg) for leg in case.legs[1:]]
    if case.routed_via and (decision.truth is Truth.YES or abroad is Truth.NO):
        findings += [interception_in_transit(case, view, first), encrypted_in_transit(case, view, first)]
    safe = UNTOUCHED.where(places.truth & ~order.truth, otherwise=CLOSED)
    by_adequacy = FREE.where(decision.truth, otherwise=CLOSED).where(abroad, otherwise=NOTHING_LEAVES)
    by_decision = by_adequacy
    for leg in moving:
        onward_step = onward_after_decision(case, view, leg)
        findings += [adequacy(case, view, leg), onward_step]
        by_decision = by_decision.and_also(FREE.where(onward_step.truth, otherwise=CLOSED))
    tool = _NO_TOOL
    if not by_decision.outcome.permissible:
        tool = _by_tools(case, view, moving) if abroad is not Truth.NO else _from_inside(case, view, moving)
        findings += tool.findings
    by_tool = settled(tool.narrow, tool.wide, view.policy.doctrine, Sides())
    possible = by_decision.or_else(by_tool).and_also(safe)
    carried_by_decision = tool is _NO_TOOL or by_decision.outcome < by_tool.outcome
    first_leg = by_adequacy if carried_by_decision else by_adequacy.or_else(tool.first_leg)
    first_leg = first_leg.and_also(safe)
    legs = (
        LegConclusion(first.number, (first_leg.either(CLOSED) if first.role == "unknown" else first_leg).outcome),
        *(
            LegConclusion(leg.number, Outcome.NO_TRANSFER)
            if leg not in moving
            else LegConclusion(leg.number, _further(case, view, leg, tool, carried_by_decision).and_also(safe).outcome)
            for leg in case.legs[1:]
        ),
    )
    return _Chapter(
        possible,
        tuple(findings),
        legs,
        by_decision.or_else(tool.narrow).and_also(safe),
        by_decision.or_else(tool.wide).and_also(safe),
    )


@dataclass(frozen=True, slots=True)
class _ByTools:
    narrow: Possible
    wide: Possible
    first_leg: Possible
    further: dict[int, Possible]
    findings: tuple[Finding, ...]


_NO_TOOL = _ByTools(CLOSED, CLOSED, CLOSED, {}, ())
_UNTESTED = Equivalence(CLOSED, ())


def _by_tools(case: Case, view: View, onward_legs: list[Leg]) -> _ByTools:
    """Article 46 with essential equivalence, then article 49; on the narrow and on the wide line where readings differ.

    The narrow line takes clauses as no tool for recipients bound by the GDPR (recital 7) and no derogation for a
    systematic flow; the wide line allows both.
    """
    first = case.importer
    answered, signed = tools_answered(case, view, first), clauses_signed(case, view, first)
    each = [_to_importer(case, view, one) for one in (first, *onward_legs) if one in case.importers]
    claimed = [found for way in each for found in way.claimed]
    if not claimed:
        answered = replace(answered, options=(*answered.options, _OTHER_WAYS))
    findings = [answered, signed, *(found for way in each for found in way.findings)]
    narrow, wide, by_narrow_derogation, by_wide_derogation = FREE, FREE, FREE, FREE
    for way in each:
        narrow, wide = narrow.and_also(way.narrow), wide.and_also(way.wide)
        by_narrow_derogation = by_narrow_derogation.and_also(way.by_narrow_derogation)
        by_wide_derogation = by_wide_derogation.and_also(way.by_wide_derogation)
    derogated = FREE
    steps: dict[int, Possible] = {}
    by_tool = all_of(*(way.relied_on | ~way.covered for way in each))
    for leg in (leg for leg in onward_legs if leg not in case.importers):
        step = _onward_under_clauses(case, view, leg).where(by_tool, otherwise=_after_decision(case, view, leg))
        steps[leg.number] = step
        narrow, wide = narrow.and_also(step), wide.and_also(step)
        derogated = derogated.and_also(FREE.where(adequacy(case, view, leg).truth, otherwise=CLOSED))
        findings += [onward(case, view, leg), *equivalence(case, view, leg).findings]
    unanswered = CONDITIONAL.where(answered.truth, otherwise=CLOSED) if answered.truth is not Truth.YES else CLOSED
    own = {way.number: way.narrow.or_else(way.by_narrow_derogation).or_else(unanswered) for way in each}
    return _ByTools(
        narrow=narrow.or_else(by_narrow_derogation.and_also(derogated)).or_else(unanswered),
        wide=wide.or_else(by_wide_derogation.and_also(derogated)).or_else(unanswered),
        first_leg=own[first.number],
        further={**steps, **own},
        findings=(*findings, *claimed),
    )


@dataclass(frozen=True, slots=True)
class _ToImporter:
    """How the data may reach one importer, on the narrow and on the wide line; free where a decision covers it."""

    number: int
    covered: Truth
    relied_on: Truth
    narrow: Possible
    wide: Possible
    by_narrow_derogation: Possible
    by_wide_derogation: Possible
    findings: tuple[Finding, ...]
    claimed: tuple[Finding, ...]


def _to_importer(case: Case, view: View, importer: Leg) -> _ToImporter:
    covered = adequacy(case, view, importer).truth
    clauses, gap = clauses_signed(case, view, importer).truth, Truth.YES
    findings: list[Finding] = []
    if chosen_clauses(case, view, importer, REGIME) is not None:
        fit, outside = clauses_fit(case, view, importer), importer_outside_regime(case, view, importer)
        findings += [fit, outside]
        clauses, gap = clauses & fit.truth, outside.truth
    safeguard, on_safeguards = any_safeguard(case, view, importer)
    narrow, wide, on_derogations = any_derogation(case, view, importer)
    relied_on = clauses | safeguard
    result = equivalence(case, view, importer) if relied_on is not Truth.NO else _UNTESTED

    def free_or(carried: Possible, truth: Truth) -> Possible:
        return FREE.where(covered, otherwise=carried.where(truth, otherwise=CLOSED))

    return _ToImporter(
        number=importer.number,
        covered=covered,
        relied_on=relied_on,
        narrow=free_or(result.possible, clauses & gap | safeguard),
        wide=free_or(result.possible, relied_on),
        by_narrow_derogation=free_or(DEROGATED, narrow),
        by_wide_derogation=free_or(DEROGATED, wide),
        findings=(*findings, *on_safeguards, *result.findings),
        claimed=on_derogations,
    )


def _after_decision(case: Case, view: View, leg: Leg) -> Possible:
    """Where a decision and no tool carries the sender, its terms are not those of clauses."""
    return FREE.where(onward_after_decision(case, view, leg).truth, otherwise=CLOSED)


_OTHER_WAYS = say(
    _("Binding corporate rules, a code or a certification (article 46), or in single cases a derogation (article 49).")
)


def _from_inside(case: Case, view: View, onward_legs: list[Leg]) -> _ByTools:
    """The first recipient is inside the area; what leaves it rests on its own terms with the next one and the law there."""
    effective = NOTHING_LEAVES
    findings: list[Finding] = []
    steps: dict[int, Possible] = {}
    for leg in onward_legs:
        steps[leg.number] = _onward_under_clauses(case, view, leg)
        effective = effective.and_also(steps[leg.number])
        findings += [onward(case, view, leg), *equivalence(case, view, leg).findings]
    return _ByTools(effective, effective, NOTHING_LEAVES, steps, tuple(findings))


def _onward_under_clauses(case: Case, view: View, leg: Leg) -> Possible:
    """Clauses 8.7 and 8.8: the third party is bound, and the law of its place does not undo the clauses."""
    covered = adequacy(case, view, leg).truth
    bound = equivalence(case, view, leg).possible.where(onward(case, view, leg).truth, otherwise=CLOSED)
    return FREE.where(covered, otherwise=bound)


def _further(case: Case, view: View, leg: Leg, tool: _ByTools, carried_by_decision: bool) -> Possible:
    """A further leg under the gateway that carries the route, or comes nearest to it."""
    return _after_decision(case, view, leg) if carried_by_decision else tool.further[leg.number]


def _lines(chapter: _Chapter, findings: tuple[Finding, ...]) -> tuple[Line, ...]:
    """Both lines, where readings differ and it matters."""
    contested = any(found.contested and found.rule.startswith("eu-gdpr.") for found in findings)
    if not contested or chapter.narrow == chapter.wide:
        return ()
    gap = any(found.rule == "eu-gdpr.clauses_gap" and found.truth is not Truth.YES for found in findings)
    other = "disclosed_use" if gap else "systematic_derogation"
    return (Line("edpb", chapter.narrow.outcome), Line(other, chapter.wide.outcome))


def _capped(possible: Possible, findings: tuple[Finding, ...]) -> Possible:
    """A permission that carries conditions is at best one with conditions."""
    if any(found.conditions for found in findings):
        return possible.at_best(Outcome.PERMITTED_WITH_CONDITIONS)
    return possible
