"""Findings of adequacy: does one in force cover this recipient, these data and this purpose?

One reading for every law that knows such findings, whatever it calls them; each law says whose it recognises.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from country_reports.facts import Role, Truth, all_of, any_of
from country_reports.hub import ActOnDay
from country_reports.places import PlaceKind
from transfers.case import Case, CertificationState, Leg
from transfers.finding import (
    AnyGround,
    Condition,
    Finding,
    PartyName,
    PlaceName,
    Question,
    SlotGround,
    Term,
    _,
    ask,
    say,
)
from transfers.view import View


def covering(case: Case, view: View, leg: Leg, regime: str, provision: str, nobody: Finding) -> Finding:
    """Whether a finding usable under ``regime`` is in force and covers the leg; its limits are conditions under ``provision``.

    ``nobody`` is the answer where no finding names the place at all; an open one stays open beside findings of other days.
    """
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place of the recipient is not given.")))
    if leg.kind == "international_organisation" and place.kind is not PlaceKind.INTERNATIONAL_ORGANISATION:
        because = say(
            _("An organisation seated in {place} is not covered by a decision on that country as such."),
            place=PlaceName(place.id),
        )
        text = say(_("Does any decision name this organisation, or which rules of its own apply to it?"))
        question = Question(f"{provision}.organisation", text, "registry")
        return Finding(Truth.UNKNOWN if place.acts else Truth.NO, because, questions=(question,) if place.acts else ())
    acts = [act for act in place.acts if regime in act.record.usable_under]
    in_force = [act for act in acts if act.ground.role is Role.SUPPORTS]
    if not in_force:
        return _none_in_force(acts, nobody)
    covered = [_covers(act, provision, case, leg) for act in in_force]
    best = max(covered, key=lambda found: _RANK[found.truth])
    past = tuple(act.ground for act in acts if act.ground.role is not Role.SUPPORTS)
    return best if best.truth is Truth.YES else replace(best, grounds=best.grounds + past)


_RANK = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}


def _none_in_force(acts: list[ActOnDay], nobody: Finding) -> Finding:
    """Why no finding carries a transfer that day: all ended, none has begun, or there never was one."""
    grounds = tuple(act.ground for act in acts)
    if not acts or nobody.truth is not Truth.NO:
        return replace(nobody, grounds=(*nobody.grounds, *grounds))
    ended = [act for act in acts if act.ground.role is Role.ENDED]
    if ended:
        last = max(ended, key=lambda act: (act.record.valid_to or date.min, act.record.id))
        because = say(
            _("{act} has not carried a transfer since {day}: {event}."),
            act=last.record.instrument,
            day=last.record.valid_to or "",
            event=last.record.ended_by or "",
        )
    else:
        first = min(acts, key=lambda act: act.record.id)
        because = say(_("{act} is not yet in force."), act=first.record.instrument)
    return Finding(Truth.NO, because, grounds)


def _covers(act: ActOnDay, provision: str, case: Case, leg: Leg) -> Finding:
    """One decision in force against this recipient, these data and this purpose."""
    record = act.record
    tests = [_exporter_covered(act, provision, case), _not_excluded(act, case, leg)]
    tests += [_requirement(act, requirement.category, requirement.text, leg) for requirement in record.requires]
    if record.scheme is not None:
        tests.append(_certified(record.scheme, case, leg))
    tests += [_not_lost(scheme, leg) for scheme in record.presupposes]
    if act.follows:
        tests.append(
            max((_covers(one, provision, case, leg) for one in act.follows), key=lambda found: _RANK[found.truth])
        )
    truth = all_of(*(test.truth for test in tests))
    decisive = next((test for test in tests if test.truth is truth), tests[0])
    grounds: tuple[AnyGround, ...] = (act.ground, *(ground for test in tests for ground in test.grounds))
    watch = tuple(say("{point}", point=point) for point in record.watch)
    if truth is Truth.YES:
        because = say(_("{act} is in force and covers this transfer."), act=record.instrument)
        conditions = (*_scope_conditions(act, provision), *(one for test in tests for one in test.conditions))
        return Finding(truth, because, grounds, conditions=conditions, watch=watch)
    questions = tuple(question for test in tests if test.truth is Truth.UNKNOWN for question in test.questions)
    options = tuple(option for test in tests for option in test.options)
    return Finding(
        truth, decisive.because, grounds, questions if truth is Truth.UNKNOWN else (), watch=watch, options=options
    )


def _scope_conditions(act: ActOnDay, provision: str) -> tuple[Condition, ...]:
    """Limits of scope that only the exporter can check, and what the act asks of it besides."""
    duties = tuple(
        Condition(
            f"{provision}.duty.{act.record.id}.{number}",
            say(_("The decision asks besides: {duty}."), duty=duty),
            provision,
        )
        for number, duty in enumerate(act.record.duties, 1)
    )
    return duties + tuple(
        Condition(
            id=f"{provision}.scope.{act.record.id}.{exclusion.id}",
            text=say(
                _("Make sure that the transfer is not one of those the decision leaves out: {exclusion}."),
                exclusion=exclusion.text,
            ),
            provision=provision,
        )
        for exclusion in act.record.excludes
        if not exclusion.importer_kinds
    )


def _exporter_covered(act: ActOnDay, provision: str, case: Case) -> Finding:
    if case.exporter in act.record.not_established_for:
        because = say(
            _("{act} is not established for exporters in {place}."),
            act=act.record.instrument,
            place=PlaceName(case.exporter or ""),
        )
        question = Question(f"{provision}.exporter.{act.record.id}", because, "registry")
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
        return Finding(
            truth, say(_("Neither the recipient nor the purpose is left out of {act}."), act=act.record.instrument)
        )
    if truth is Truth.NO:
        return Finding(
            truth, say(_("{act} leaves out recipients or purposes of this kind."), act=act.record.instrument)
        )
    question = ask("purpose", _("What kind of body is the recipient, and for what purpose are the data sent?"))
    return Finding(
        truth,
        say(
            _("The scope of {act} cannot be checked without kind of recipient and purpose."), act=act.record.instrument
        ),
        questions=(question,),
    )


def _among(value: str | None, excluded: set[str]) -> Truth:
    if not excluded:
        return Truth.NO
    return (
        Truth.UNKNOWN
        if value is None
        else Truth.of(value in excluded or (value == "police" and "public_authority" in excluded))
    )


def _requirement(act: ActOnDay, category: str, text: str, leg: Leg) -> Finding:
    truth = leg.in_category(category)
    if truth is Truth.YES:
        grounds = (leg.category_ground,) if leg.category_ground else ()
        return Finding(truth, say(_("Met: {requirement}."), requirement=text), grounds)
    if truth is Truth.NO:
        return Finding(truth, say(_("Not met for {act}: {requirement}."), act=act.record.instrument, requirement=text))
    question = Question(
        f"importer:legal_category.{category}",
        say(_("Does this hold for {recipient}: {requirement}?"), recipient=PartyName(leg.number), requirement=text),
        "importer",
    )
    because = say(
        _("{act} covers only some recipients, and this is not known of {recipient}: {requirement}."),
        act=act.record.instrument,
        recipient=PartyName(leg.number),
        requirement=text,
    )
    return Finding(truth, because, questions=(question,))


def _certified(scheme: str, case: Case, leg: Leg) -> Finding:
    """A certification in force on the day that covers these data (staff data need their own cover)."""
    question = Question(
        id=f"importer:certification.{scheme}",
        text=say(
            _(
                "Is {recipient} itself an active participant in {scheme} on the day, for which data (staff data or other), and when does the entry lapse?"
            ),
            recipient=PartyName(leg.number),
            scheme=Term(scheme),
        ),
        ask="importer",
    )
    if leg.certifications is None or scheme in leg.certifications_open:
        because = say(
            _("It is not known whether {recipient} is an active participant in {scheme}."),
            recipient=PartyName(leg.number),
            scheme=Term(scheme),
        )
        return Finding(Truth.UNKNOWN, because, questions=(question,))
    entries = [entry for entry in leg.certifications if entry.scheme == scheme]
    active = [entry for entry in entries if entry.role is Role.SUPPORTS]
    if not active:
        because = say(
            _("{recipient} is not an active participant in {scheme} on the day."),
            recipient=PartyName(leg.number),
            scheme=Term(scheme),
        )
        option = say(
            _("Have {recipient} certified under {scheme}, if it is eligible."),
            recipient=PartyName(leg.number),
            scheme=Term(scheme),
        )
        return Finding(Truth.NO, because, tuple(_slot(entry) for entry in entries), options=(option,))
    truth = any_of(*(_scope_covers(entry, case) for entry in active))
    grounds = tuple(_slot(entry) for entry in active)
    if truth is Truth.YES:
        return Finding(
            truth,
            say(
                _("{recipient} is an active participant in {scheme}, for these data."),
                recipient=PartyName(leg.number),
                scheme=Term(scheme),
            ),
            grounds,
        )
    because = say(
        _("The entry of {recipient} in {scheme} does not cover these data, or they are not described."),
        recipient=PartyName(leg.number),
        scheme=Term(scheme),
    )
    questions = (
        ask("data.subjects", _("Whose data are sent: staff of the group in the employment context, or others?")),
    )
    return Finding(truth, because, grounds, questions if truth is Truth.UNKNOWN else ())


def _not_lost(scheme: str, leg: Leg) -> Finding:
    """An entry that presupposes another falls with it: one that is on record and not in force closes the finding.

    One that is in force is rested on too: if it is due for renewal or was not checked, so is the finding.
    """
    entries = [entry for entry in leg.certifications or () if entry.scheme == scheme]
    active = [entry for entry in entries if entry.role is Role.SUPPORTS]
    lost = bool(entries) and not active
    template = (
        _("{recipient} is no longer in {scheme}, on which its other entry rests.")
        if lost
        else _("{scheme} is not lost.")
    )
    because = say(template, recipient=PartyName(leg.number), scheme=Term(scheme))
    return Finding(Truth.of(not lost), because, tuple(_slot(entry) for entry in (entries if lost else active)))


def _scope_covers(entry: CertificationState, case: Case) -> Truth:
    """Staff data need `hr`, other data `non_hr`; undescribed data need both."""
    subjects = case.subjects or frozenset()
    needed = {"hr"} if subjects & _STAFF or case.purpose == "hr_administration" else set()
    needed |= {"non_hr"} if subjects - _STAFF else set()
    if not subjects or "other" in subjects:
        needed = {"hr", "non_hr"} if case.purpose != "hr_administration" or "other" in subjects else needed
        return Truth.YES if needed <= entry.scope else Truth.UNKNOWN
    return Truth.of(needed <= entry.scope)


_STAFF = frozenset(("employees", "former_employees", "job_applicants", "contractors"))


def _slot(entry: CertificationState) -> SlotGround:
    return SlotGround(entry.slot, entry.role, entry.verification, entry.stale)
