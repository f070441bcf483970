"""GDPR, Chapter V (Regulation (EU) 2016/679, arts 44-50), in the order of the text.

First the gate of EDPB Guidelines 05/2021, then adequacy, then the tools of article 46, then what else is claimed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from clauses.selection import ClauseQuestion, Fit, Obstacle, fits
from country_reports.facts import Role, Truth, all_of, any_of
from country_reports.hub import ActOnDay
from country_reports.places import PlaceKind
from transfers.case import CertificationState, Case, Leg
from transfers.finding import (
    AnyGround,
    Condition,
    Finding,
    LegConclusion,
    Line,
    Outcome,
    PartyName,
    PlaceName,
    Possible,
    Question,
    RegimeConclusion,
    Sentence,
    SlotGround,
    _,
    say,
)
from transfers.law.essential_equivalence import Equivalence, equivalence
from transfers.law.rule import rule
from transfers.view import ToolView, View

REGIME = "eu-gdpr"
NAME = "General Data Protection Regulation, Chapter V"

FREE = Possible.only(Outcome.PERMITTED)
CLOSED = Possible.only(Outcome.NOT_PERMITTED)


# --- Article 44 and EDPB Guidelines 05/2021: is there a transfer? ---------------------------------------------


@rule(
    "eu-gdpr.disclosure",
    "edpb-05-2021:2",
    _("Does the exporter disclose the data, or make them available, to another controller or processor?"),
    favours=Truth.NO,
)
def disclosure(case: Case, view: View, leg: Leg) -> Finding:
    """Second criterion: a disclosure to a separate party. Data given by the person herself have no exporter."""
    if case.collected_directly is Truth.YES:
        return Finding(Truth.NO, say(_("The recipient collects the data from the data subject itself: there is no exporter.")))
    if leg.kind == "employee_of_exporter":
        return Finding(Truth.NO, say(_("The recipient is staff of the exporter, not another controller or processor.")))
    if leg.role == "unknown":
        because = say(_("The role of the recipient is not given."))
        return Finding(Truth.UNKNOWN, because, questions=(_ask("importer_role", _("Is the recipient a controller, a joint controller or a processor?")),))
    if case.collected_directly is Truth.UNKNOWN:
        because = say(_("It is not said whether the recipient collects the data from the data subject itself."))
        return Finding(Truth.UNKNOWN, because, questions=(_ask("collected_directly", _("Does the recipient collect the data directly from the data subject?")),))
    because = say(_("{recipient} is a separate {role} to whom the exporter makes the data available; remote access counts."),
                  recipient=PartyName(leg.number), role=leg.role.replace("_", " "))  # fmt: skip
    return Finding(Truth.YES, because)


@rule(
    "eu-gdpr.third_country",
    "edpb-05-2021:3",
    _("Is the recipient in a third country, or an international organisation?"),
    favours=Truth.NO,
)
def third_country(case: Case, view: View, leg: Leg) -> Finding:
    """Third criterion: the importer is outside the area where the GDPR is the law of the place, whether or not it binds the importer."""
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place of the recipient is not given.")),
                       questions=(_ask("destination", _("To which country or organisation do the data go?")),))  # fmt: skip
    if place.kind is PlaceKind.INTERNATIONAL_ORGANISATION or leg.kind == "international_organisation":
        return Finding(Truth.YES, say(_("{place} is an international organisation."), place=PlaceName(place.id)))
    if place.kind is PlaceKind.EU_BODY:
        return Finding(Truth.NO, say(_("{place} is a body of the Union, not a third country."), place=PlaceName(place.id)))
    outside = ~place.gdpr_area.truth
    template = {
        Truth.YES: _("{place} is outside the area where the GDPR applies."),
        Truth.NO: _("{place} is inside the area where the GDPR applies."),
        Truth.UNKNOWN: _("It is not established whether {place} belongs to the area where the GDPR applies."),
    }[outside]
    return Finding(outside, say(template, place=PlaceName(place.id)), place.gdpr_area.grounds)


@rule("eu-gdpr.all_places", "edpb-01-2020:step-1", _("Are all places of storage and access known?"))
def all_places_known(case: Case, view: View, leg: Leg) -> Finding:
    """EDPB Recommendations 01/2020, step 1: know the transfers, cloud locations and remote access included."""
    if case.places_known is Truth.YES:
        return Finding(Truth.YES, say(_("The places of storage and of access are stated; each is judged as a leg.")))
    question = Question("processing.storage", say(_("In which countries are the data stored, and from which can they be seen?")), "importer")
    return Finding(Truth.UNKNOWN, say(_("It is not stated where the data are stored or from where they can be seen.")), questions=(question,))


@rule("eu-gdpr.parent_abroad", "eu-gdpr:28", _("Can the law of another country reach the recipient through its parent?"), favours=None)
def parent_abroad(case: Case, view: View, leg: Leg) -> Finding:
    """EDPB Guidelines 05/2021, example 12: a parent abroad alone is no transfer, but an exposure to be weighed (arts 28(1), 32, 48)."""
    if leg.parent_place is None or leg.parent_place == leg.place:
        return Finding(Truth.NO, say(_("No parent in another country is recorded.")))
    watch = say(_("The parent of {recipient} is in {place}: orders made there may reach the data; weigh this under articles 28(1), 32 and 48."),
                recipient=PartyName(leg.number), place=PlaceName(leg.parent_place))  # fmt: skip
    return Finding(Truth.YES, watch, watch=(watch,))


# --- Article 45: adequacy ---------------------------------------------------------------------------------------


@rule("eu-gdpr.adequacy", "eu-gdpr:45", _("Does a Commission decision in force cover this recipient, these data and this purpose?"))
def adequacy(case: Case, view: View, leg: Leg) -> Finding:
    """Article 45(1), (3) and (9): a decision in force whose territorial, personal and material scope covers the transfer."""
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place of the recipient is not given.")))
    acts = [act for act in place.acts if REGIME in act.record.usable_under]
    in_force = [act for act in acts if act.ground.role is Role.SUPPORTS]
    if not in_force:
        return _no_decision(place.id, acts)
    covered = [_covers(act, case, leg) for act in in_force]
    best = max(covered, key=lambda found: _RANK[found.truth])
    past = tuple(act.ground for act in acts if act.ground.role is not Role.SUPPORTS)
    return best if best.truth is Truth.YES else replace(best, grounds=best.grounds + past)


_RANK = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}


def _no_decision(place: str, acts: list[ActOnDay]) -> Finding:
    grounds = tuple(act.ground for act in acts)
    if not acts:
        return Finding(Truth.NO, say(_("The Commission has made no decision about {place}."), place=PlaceName(place)))
    ended = [act for act in acts if act.ground.role is Role.ENDED]
    if ended:
        last = max(ended, key=lambda act: (act.record.valid_to or date.min, act.record.id))
        because = say(_("{act} no longer carries a transfer since {day}: {event}."), act=last.record.instrument,
                      day=last.record.valid_to or "", event=last.record.ended_by or "")  # fmt: skip
    else:
        first = min(acts, key=lambda act: act.record.id)
        because = say(_("{act} is not yet in force."), act=first.record.instrument)
    return Finding(Truth.NO, because, grounds)


def _covers(act: ActOnDay, case: Case, leg: Leg) -> Finding:
    """One decision in force against this recipient, these data and this purpose."""
    record = act.record
    tests = [_exporter_covered(act, case), _not_excluded(act, case, leg)]
    tests += [_requirement(act, requirement.category, requirement.text, leg) for requirement in record.requires]
    if record.scheme is not None:
        tests.append(_certified(record.scheme, case, leg))
    truth = all_of(*(test.truth for test in tests))
    decisive = next((test for test in tests if test.truth is truth), tests[0])
    grounds: tuple[AnyGround, ...] = (act.ground, *(ground for test in tests for ground in test.grounds))
    watch = tuple(say("{point}", point=point) for point in record.watch)
    if truth is Truth.YES:
        because = say(_("{act} is in force and covers this transfer."), act=record.instrument)
        return Finding(truth, because, grounds, conditions=_scope_conditions(act), watch=watch)
    questions = tuple(question for test in tests if test.truth is Truth.UNKNOWN for question in test.questions)
    return Finding(truth, decisive.because, grounds, questions if truth is Truth.UNKNOWN else (), watch=watch)


def _scope_conditions(act: ActOnDay) -> tuple[Condition, ...]:
    """Limits of scope that only the exporter can check."""
    return tuple(
        Condition(
            id=f"eu-gdpr:45.scope.{act.record.id}.{exclusion.id}",
            text=say(_("Make sure that the transfer is not one of those the decision leaves out: {exclusion}."), exclusion=exclusion.text),
            provision="eu-gdpr:45",
        )
        for exclusion in act.record.excludes
        if not exclusion.importer_kinds and not exclusion.purposes
    )


def _exporter_covered(act: ActOnDay, case: Case) -> Finding:
    if case.exporter in act.record.not_established_for:
        because = say(_("{act} is not established for exporters in {place}."), act=act.record.instrument, place=PlaceName(case.exporter or ""))
        question = Question(f"eu-gdpr:45.exporter.{act.record.id}", because, "registry")
        return Finding(Truth.UNKNOWN, because, questions=(question,))
    return Finding(Truth.YES, say(_("{act} is in force."), act=act.record.instrument))


def _not_excluded(act: ActOnDay, case: Case, leg: Leg) -> Finding:
    """Kinds of recipients and purposes that the decision leaves out."""
    kinds = {kind for exclusion in act.record.excludes for kind in exclusion.importer_kinds}
    purposes = {purpose for exclusion in act.record.excludes for purpose in exclusion.purposes}
    kind_out = _among(leg.kind if leg.kind != "unknown" else None, kinds)
    purpose_out = _among(case.purpose, purposes)
    truth = ~(kind_out | purpose_out)
    if truth is Truth.YES:
        return Finding(truth, say(_("Neither the recipient nor the purpose is left out of {act}."), act=act.record.instrument))
    if truth is Truth.NO:
        return Finding(truth, say(_("{act} leaves out recipients or purposes of this kind."), act=act.record.instrument))
    question = _ask("purpose", _("What kind of body is the recipient, and for what purpose are the data sent?"))
    return Finding(truth, say(_("The scope of {act} cannot be checked without kind of recipient and purpose."), act=act.record.instrument),
                   questions=(question,))  # fmt: skip


def _among(value: str | None, excluded: set[str]) -> Truth:
    if not excluded:
        return Truth.NO
    return Truth.UNKNOWN if value is None else Truth.of(value in excluded or (value == "police" and "public_authority" in excluded))


def _requirement(act: ActOnDay, category: str, text: str, leg: Leg) -> Finding:
    truth = leg.in_category(category)
    if truth is Truth.YES:
        return Finding(truth, say(_("Met: {requirement}."), requirement=text))
    if truth is Truth.NO:
        return Finding(truth, say(_("Not met for {act}: {requirement}."), act=act.record.instrument, requirement=text))
    question = Question(f"importer:legal_category.{category}",
                        say(_("Does this hold for {recipient}: {requirement}?"), recipient=PartyName(leg.number), requirement=text), "importer")  # fmt: skip
    because = say(_("{act} covers only some recipients, and this is not known of {recipient}: {requirement}."), act=act.record.instrument,
                  recipient=PartyName(leg.number), requirement=text)  # fmt: skip
    return Finding(truth, because, questions=(question,))


def _certified(scheme: str, case: Case, leg: Leg) -> Finding:
    """A certification in force on the day that covers these data (staff data need their own cover)."""
    question = Question(
        id=f"importer:certification.{scheme}",
        text=say(_("Is {recipient} itself an active participant in {scheme} on the day, for which data (staff data or other), and when does the entry lapse?"),
                 recipient=PartyName(leg.number), scheme=scheme),
        ask="importer",
    )  # fmt: skip
    if leg.certifications is None:
        because = say(_("It is not known whether {recipient} is an active participant in {scheme}."), recipient=PartyName(leg.number), scheme=scheme)
        return Finding(Truth.UNKNOWN, because, questions=(question,))
    entries = [entry for entry in leg.certifications if entry.scheme == scheme]
    active = [entry for entry in entries if entry.role is Role.SUPPORTS]
    if not active:
        because = say(_("{recipient} is not an active participant in {scheme} on the day."), recipient=PartyName(leg.number), scheme=scheme)
        return Finding(Truth.NO, because, tuple(_slot(entry) for entry in entries))
    truth = any_of(*(_scope_covers(entry, case) for entry in active))
    grounds = tuple(_slot(entry) for entry in active)
    if truth is Truth.YES:
        return Finding(truth, say(_("{recipient} is an active participant in {scheme}, for these data."), recipient=PartyName(leg.number), scheme=scheme), grounds)
    because = say(_("The entry of {recipient} in {scheme} does not cover these data, or they are not described."), recipient=PartyName(leg.number), scheme=scheme)
    questions = (_ask("data.subjects", _("Whose data are sent: staff of the group in the employment context, or others?")),)
    return Finding(truth, because, grounds, questions if truth is Truth.UNKNOWN else ())


def _scope_covers(entry: CertificationState, case: Case) -> Truth:
    """Staff data need `hr`, other data `non_hr`; undescribed data need both."""
    if case.subjects is None and case.purpose != "hr_administration":
        return Truth.YES if {"hr", "non_hr"} <= entry.scope else Truth.UNKNOWN
    staff = {"employees", "job_applicants"}
    subjects = case.subjects or frozenset(("employees",))
    needed = {"hr"} if subjects & staff or case.purpose == "hr_administration" else set()
    needed |= {"non_hr"} if subjects - staff else set()
    return Truth.of(bool(needed) and needed <= entry.scope)


def _slot(entry: CertificationState) -> SlotGround:
    return SlotGround(entry.slot, entry.role, entry.verification, entry.stale)


# --- Article 46: appropriate safeguards -------------------------------------------------------------------------


@rule("eu-gdpr.tools_answered", "eu-gdpr:46", _("Is it said which transfer tool the exporter relies on?"))
def tools_answered(case: Case, view: View, leg: Leg) -> Finding:
    """Article 46(1): a transfer without a decision needs appropriate safeguards; which ones is for the exporter to say."""
    if case.mechanisms is not None:
        return Finding(Truth.YES, say(_("The route names the tools it relies on.")))
    question = _ask("mechanisms", _("On which transfer tool does the exporter rely, and when was it signed? If on none, say so."))
    return Finding(Truth.UNKNOWN, say(_("The route does not say on which transfer tool it relies.")), questions=(question,))


@rule("eu-gdpr.clauses_signed", "eu-gdpr:46(2)(c)", _("Have the parties signed standard clauses that can be relied on that day?"))
def clauses_signed(case: Case, view: View, leg: Leg) -> Finding:
    """Article 46(2)(c): clauses adopted by the Commission, concluded, and in force on the day."""
    chosen = _chosen_clauses(case, view, leg)
    if chosen is None:
        return Finding(Truth.NO, say(_("No standard clauses are relied on.")), options=_clause_options(case, view, leg))
    record = chosen.view.tool.clause_set
    grounds = (chosen.view.ground,)
    if chosen.signed is Truth.YES:
        condition = Condition("eu-gdpr:46(2)(c).annexes", say(_("Keep the annexes of {tool} complete and true: parties, description, measures, "
                              "sub-processors."), tool=chosen.view.tool.id), "eu-gdpr:46(2)(c)")  # fmt: skip
        return Finding(chosen.signed, say(_("{tool} is signed and can be relied on."), tool=chosen.view.tool.id), grounds, conditions=(condition,))
    if chosen.signed is Truth.UNKNOWN:
        question = _ask(f"mechanisms.{chosen.view.tool.id}.signed", _("Are the clauses signed by all importers, and on which day?"))
        return Finding(chosen.signed, say(_("It is not known whether and when {tool} was signed."), tool=chosen.view.tool.id), grounds, (question,))
    because = say(_("{set} cannot be relied on that day, or was not signed in time."), set=record.short)
    return Finding(chosen.signed, because, grounds, options=_clause_options(case, view, leg))


@rule("eu-gdpr.clauses_fit", "eu-scc-2021:recital-10", _("Do set and module match the exporter's law and the real roles of the parties?"))
def clauses_fit(case: Case, view: View, leg: Leg) -> Finding:
    """Decision (EU) 2021/914, art. 1 and recital 10: the set serves exporters under the GDPR, the module the factual roles."""
    chosen = _chosen_clauses(case, view, leg)
    if chosen is None:
        return Finding(Truth.NO, say(_("No standard clauses are relied on.")))
    truth = chosen.fit
    tool = chosen.view.tool.id
    if truth is Truth.YES:
        return Finding(truth, say(_("{tool} fits the roles of the parties."), tool=tool))
    fit = next(fit for fit in chosen.fits if fit.met is truth and fit.obstacle is not Obstacle.IMPORTER_UNDER_REGIME)
    because = say(_MISFIT[fit.obstacle], tool=tool)
    question = _ask(f"eu-scc-2021.{fit.obstacle.value}", _MISFIT_QUESTION[fit.obstacle])
    return Finding(truth, because, questions=(question,) if truth is Truth.UNKNOWN else (),
                   options=_clause_options(case, view, leg) if truth is Truth.NO else ())  # fmt: skip


_MISFIT = {
    Obstacle.REGIME: _("{tool} is not a transfer tool of the exporter's law."),
    Obstacle.ROLES: _("{tool} does not match, or cannot be matched to, the roles of exporter and recipient."),
    Obstacle.ORGANISATION: _("{tool} is written for entities in third countries; whether it can bind an international organisation is unclear."),
    Obstacle.PUBLIC_AUTHORITY: _("{tool} is as a rule unsuitable for a public authority, which cannot submit to its clauses 14 and 18."),
}
_MISFIT_QUESTION = {
    Obstacle.REGIME: _("Which law binds the exporter for this transfer?"),
    Obstacle.ROLES: _("Who decides on purposes and means: is each party a controller or a processor?"),
    Obstacle.ORGANISATION: _("Do the organisation's privileges allow it to be bound by the clauses? Consider article 46(2)(a) or 46(3)(b)."),
    Obstacle.PUBLIC_AUTHORITY: _("Can this authority be bound by the clauses? Consider article 46(2)(a) or 46(3)(b)."),
}


@rule("eu-gdpr.clauses_gap", "eu-scc-2021:recital-7", _("Is the recipient's own processing outside the GDPR, as the clauses suppose?"))
def importer_outside_regime(case: Case, view: View, leg: Leg) -> Finding:
    """Decision (EU) 2021/914, art. 1(1) and recital 7: not written for importers bound by the GDPR; no set for them exists."""
    chosen = _chosen_clauses(case, view, leg)
    if chosen is None:
        return Finding(Truth.NO, say(_("No standard clauses are relied on.")))
    truth = next(fit.met for fit in chosen.fits if fit.obstacle is Obstacle.IMPORTER_UNDER_REGIME)
    grounds: tuple[AnyGround, ...] = ()
    if truth is Truth.YES:
        return Finding(truth, say(_("The recipient's processing is not itself subject to the GDPR.")), grounds)
    if truth is Truth.NO:
        contested = say(_("The clauses of 2021 are not written for recipients whose processing the GDPR binds directly (recital 7). One line holds "
                          "that they are no tool there; another uses them with open disclosure of the gap until the announced set is adopted."))  # fmt: skip
        return Finding(truth, say(_("The GDPR binds the recipient directly; the clauses are not written for that case.")), grounds, contested=(contested,))
    question = Question("importer.gdpr_applies_directly",
                        say(_("Is the processing of {recipient} itself subject to the GDPR, for example under article 3(2)?"), recipient=PartyName(leg.number)),
                        "importer")  # fmt: skip
    return Finding(truth, say(_("It is not known whether the GDPR binds the recipient directly; the clauses are not written for that case.")), grounds, (question,))


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The claimed clause tool that comes nearest to carrying the leg; every clause rule speaks of this one."""

    view: ToolView
    signed: Truth
    fits: tuple[Fit, ...]

    @property
    def fit(self) -> Truth:
        return all_of(*(fit.met for fit in self.fits if fit.obstacle is not Obstacle.IMPORTER_UNDER_REGIME))

    @property
    def available(self) -> Truth:
        return self.signed & self.fit


def _chosen_clauses(case: Case, view: View, leg: Leg) -> _Chosen | None:
    claimed = [
        _Chosen(view.tools[mechanism.tool], _reliable(view.tools[mechanism.tool], mechanism.signed, mechanism.in_time), _fits(case, view.tools[mechanism.tool], leg))
        for mechanism in case.mechanisms or ()
        if mechanism.tool in view.tools
    ]
    return max(claimed, key=lambda chosen: (_RANK[chosen.available], _RANK[chosen.fit], chosen.view.tool.id), default=None)


def _reliable(tool: ToolView, signed: Truth, in_time: Truth) -> Truth:
    return signed & in_time & Truth.of(tool.ground.role is Role.SUPPORTS)


def _fits(case: Case, tool: ToolView, leg: Leg) -> tuple[Fit, ...]:
    return fits(ClauseQuestion(REGIME, case.exporter_role, leg.role, leg.kind, leg.gdpr_applies), tool.tool)


def _clause_options(case: Case, view: View, leg: Leg) -> tuple[Sentence, ...]:
    """Modules that could be signed: they fit the roles and can be relied on that day."""
    return tuple(
        say(_("Sign {tool} ({name})."), tool=tool.tool.id, name=tool.tool.module.name)
        for tool_id, tool in sorted(view.tools.items())
        if tool.ground.role is Role.SUPPORTS
        and tool.tool.clause_set.concludable_until is None
        and all_of(*(fit.met for fit in _fits(case, tool, leg) if fit.obstacle is not Obstacle.IMPORTER_UNDER_REGIME)) is Truth.YES
        and tool_id == tool.tool.id
    )


@rule("eu-gdpr.other_gateways", "eu-gdpr:49", _("Does another safeguard or a derogation that the route claims carry it?"))
def other_gateways(case: Case, view: View, leg: Leg) -> Finding:
    """Articles 46(2)(a), (b), (e), (f), 46(3), 47 and 49: claimed, but not judged by this version."""
    claimed = tuple(mechanism.tool for mechanism in case.mechanisms or () if mechanism.tool.startswith(("eu-gdpr:46", "eu-gdpr:49")))
    if not claimed:
        return Finding(Truth.NO, say(_("The route claims no other safeguard and no derogation.")))
    questions = tuple(
        Question(tool, say(_("Are all tests of {provision} met in this case? This version does not judge them: have counsel answer."), provision=tool), "counsel")
        for tool in claimed
    )
    answered = any_of(*(case.answer(tool) for tool in claimed))
    if answered is Truth.NO:
        return Finding(answered, say(_("Counsel answered that {claimed} does not carry the transfer."), claimed=claimed))
    return Finding(Truth.UNKNOWN, say(_("The route claims {claimed}, whose tests this version does not judge."), claimed=claimed), questions=questions)


# --- Onward transfers -------------------------------------------------------------------------------------------


@rule("eu-gdpr.onward", "eu-gdpr:44", _("Do the terms that carried the first leg allow this further one?"))
def onward(case: Case, view: View, leg: Leg) -> Finding:
    """Article 44, second sentence, with clauses 8.7 and 8.8: onward transfers keep the level of protection."""
    criterion = f"eu-gdpr:44.onward.{leg.number}"
    stated = {"joined_clauses": Truth.YES, "equivalent_safeguards": Truth.YES, "adequate_destination": Truth.YES, "same_importer": Truth.YES,
              "none": Truth.NO}.get(leg.terms, Truth.UNKNOWN)  # fmt: skip
    truth = case.answer(criterion) if case.claims(criterion) else stated
    if truth is Truth.YES:
        return Finding(truth, say(_("The further step to {recipient} in {place} is covered by its terms."), recipient=PartyName(leg.number), place=PlaceName(leg.place or "")))
    if truth is Truth.NO:
        return Finding(truth, say(_("Nothing binds {recipient} in {place}: the data may not be passed on."), recipient=PartyName(leg.number), place=PlaceName(leg.place or "")))
    question = Question(criterion, say(_("On what terms does {recipient} in {place} receive the data?"), recipient=PartyName(leg.number), place=PlaceName(leg.place or "")), "importer")
    return Finding(truth, say(_("The terms of the further step to {recipient} are not known."), recipient=PartyName(leg.number)), questions=(question,))


# --- The chapter as a whole -------------------------------------------------------------------------------------


def conclude(case: Case, view: View) -> RegimeConclusion:
    """Chapter V from the gate to the last gateway; the weakest leg decides."""
    first = case.importer
    gate = (disclosure(case, view, first), third_country(case, view, first))
    exposure = parent_abroad(case, view, first)
    transfer = all_of(*(found.truth for found in gate))
    if transfer is Truth.NO and not _leaves_the_area(case, view):
        return _no_transfer(case, gate, exposure)
    chapter = _chapter(case, view)
    possible = chapter.possible if _leaves_the_area(case, view) else chapter.possible.where(transfer, otherwise=Possible.only(Outcome.NO_TRANSFER))
    if first.role == "unknown":
        possible = possible.either(CLOSED)
    findings = (*gate, exposure, *chapter.findings)
    return RegimeConclusion(REGIME, NAME, True, _capped(possible, findings, view), findings, chapter.legs, _lines(chapter, findings))


def _leaves_the_area(case: Case, view: View) -> bool:
    """Whether some later leg leaves the area though the first does not: storage or support abroad."""
    if case.collected_directly is Truth.YES or case.importer.kind == "employee_of_exporter":
        return False
    return any(third_country(case, view, leg).truth is not Truth.NO for leg in case.legs[1:])


def _no_transfer(case: Case, gate: tuple[Finding, ...], exposure: Finding) -> RegimeConclusion:
    duties = say(_("Chapter V is not engaged; articles 5, 24, 28, 30, 32, 33, 35 and 48 still apply to the processing."))
    findings = (*(replace(found, watch=(*found.watch, duties)) if found.truth is Truth.NO else found for found in gate), exposure)
    possible = _capped(Possible.only(Outcome.NO_TRANSFER), findings, None)
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
    legs = (LegConclusion(first.number, by_adequacy.or_else(first_leg).and_also(known).outcome),
            *(LegConclusion(leg.number, _leg_outcome(case, view, leg)) for leg in case.legs[1:]))  # fmt: skip
    for leg in onward_legs:
        findings += [third_country(case, view, leg), adequacy(case, view, leg), onward(case, view, leg)]
    return _Chapter(possible, tuple(findings), legs, by_decision.or_else(closed).and_also(known), by_decision.or_else(use).and_also(known))


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
    if _chosen_clauses(case, view, first) is not None:
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
    if closed.outcome.permissible == used.outcome.permissible and Outcome.UNDETERMINED not in (closed.outcome, used.outcome):
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


def _capped(possible: Possible, findings: tuple[Finding, ...], view: View | None) -> Possible:
    """A permission that carries conditions is at best one with conditions."""
    if any(found.conditions for found in findings):
        return possible.at_best(Outcome.PERMITTED_WITH_CONDITIONS)
    return possible


def _ask(question_id: str, text: str) -> Question:
    return Question(question_id, say(text), "exporter")
