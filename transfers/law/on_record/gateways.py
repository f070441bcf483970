"""The gateways of a law on record, one rule for each kind: findings, clauses, other tools, exceptions, limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from country_reports.facts import Truth
from country_reports.regime import Assessment, DecidedBy, Filing, Gateway, GatewayTest, Needed, Pattern, Way, WithSet
from transfers.case import Case, Leg
from transfers.finding import Condition, Finding, PlaceName, Question, Sentence, _, say
from transfers.law import as_stated
from transfers.law.answers import to_document
from transfers.law.claims import Test, all_met, by_tests, decided, is_claimed
from transfers.law.clauses_relied_on import (
    ChosenClauses,
    as_fitting,
    as_signed,
    chosen_clauses,
    lasting_duties,
    nearest_form,
    to_be_signed,
)
from transfers.law.findings_of_adequacy import covering
from transfers.law.on_record.scope import in_words
from transfers.law.orders import unnamed
from transfers.law.rule import record_rule
from transfers.law.situation import remembered
from transfers.view import RegimeView, View


@record_rule(
    "on-record.finding",
    _("Does a finding that {law}, {where} recognises cover this recipient, these data and this purpose?"),
)
def by_finding(case: Case, view: View, leg: Leg, law: RegimeView, gateway: Gateway) -> Finding:
    """Adequacy, lists and rules of free flow: a finding on file, else one that counsel names where our list may lack it."""
    provision = f"{law.id}:{gateway.id}"
    named = _as_answered(case, leg, law, gateway)
    if gateway is not _first_finding(law):
        return named
    found = covering(case, view, leg, law.id, provision, named)
    duties = tuple(_duties(law, gateway, provision)) if found.truth is Truth.YES else ()
    return replace(found, conditions=(*found.conditions, *duties))


def by_findings(case: Case, view: View, leg: Leg, law: RegimeView) -> tuple[Finding, ...]:
    """Every gateway of the law that rests on findings, in turn."""
    return tuple(by_finding(case, view, leg, law, one) for one in law.record.gateways if one.way is Way.FINDING)


def _as_answered(case: Case, leg: Leg, law: RegimeView, gateway: Gateway) -> Finding:
    """Where no finding on file names the place: no if our list is whole that day, else counsel's answer, for this place alone."""
    place = PlaceName(leg.place or "")
    if law.lists_complete:
        because = say(_("No finding that {law} recognises names {place}."), law=law.name, place=place)
        return Finding(Truth.NO, because)
    criterion = leg.criterion(f"{law.id}:{gateway.id}")
    answer = case.answer(criterion)
    if answer is not Truth.UNKNOWN:
        because = say(
            _("Whether {law}, {where} opens the way to {place} is answered in the route."),
            law=law.name,
            where=gateway.provision,
            place=place,
        )
        return Finding(answer, because, conditions=to_document(case, criterion))
    asks = say(
        _("Does {law}, {where} open the way to {place}? It asks for: {conditions}."),
        law=law.name,
        where=gateway.provision,
        place=place,
        conditions=gateway.conditions,
    )
    because = say(_("The findings that {law} recognises are not all on file."), law=law.name)
    return Finding(Truth.UNKNOWN, because, questions=(Question(criterion, asks, "counsel"),))


@record_rule(
    "on-record.clauses", _("Have the parties signed clauses under {law}, {where} that can be relied on that day?")
)
def by_clauses(case: Case, view: View, leg: Leg, law: RegimeView, gateway: Gateway) -> Finding:
    """Standard clauses: a set of this law, concluded, in force, and fitting the roles; what else the gateway asks is asked as well."""
    provision = f"{law.id}:{gateway.id}"
    others = _sets_of_others(law, gateway)
    chosen = chosen_clauses(case, view, leg, law.id, others)
    open_ones = _open_ones(case, view, leg, law, gateway)
    if chosen is None:
        return Finding(Truth.NO, say(_("No standard clauses are relied on.")), options=open_ones)
    duties = (*lasting_duties(chosen, provision), *_to_confirm(law, gateway), *_duties(law, gateway, provision))
    signed, fitting = as_signed(chosen, duties, open_ones), as_fitting(case, leg, chosen, open_ones)
    tests = (*_tests_of_sets(case, leg, law, gateway, chosen), *_first_steps(law, gateway))
    tested = all_met(case, leg, provision, tests)
    every = (signed, fitting, tested)
    failing = next((found for found in every if found.truth is Truth.NO), None)
    if failing is not None or signed.truth is not Truth.YES:
        return failing or signed
    if any(found.truth is Truth.UNKNOWN for found in every):
        first = fitting if fitting.truth is Truth.UNKNOWN else tested
        return replace(first, questions=tuple(dict.fromkeys((*fitting.questions, *tested.questions))))
    conditions = (*signed.conditions, *fitting.conditions, *tested.conditions)
    return replace(fitting, grounds=signed.grounds, conditions=conditions)


@remembered
def _open_ones(case: Case, view: View, leg: Leg, law: RegimeView, gateway: Gateway) -> tuple[Sentence, ...]:
    return to_be_signed(case, view, leg, law.id, _sets_of_others(law, gateway))


def is_relied_on(case: Case, law: RegimeView, gateway: Gateway) -> bool:
    """Whether the route relies on the gateway, by its name or by a set of clauses that it names."""
    claimed = (claim.tool.split(" WITH ") for claim in case.mechanisms or () if claim.signed is not Truth.NO)
    sets = {part.partition("/")[0].strip() for parts in claimed for part in parts}
    return is_claimed(case, f"{law.id}:{gateway.id}") or not sets.isdisjoint(gateway.sets)


def _sets_of_others(law: RegimeView, gateway: Gateway) -> frozenset[str]:
    """Sets that other gateways of the law name, and this one does not."""
    return frozenset(one for other in law.record.gateways for one in other.sets) - {*gateway.sets}


def _to_confirm(law: RegimeView, gateway: Gateway) -> Iterator[Condition]:
    """Tests that neither the record of the set nor the signature settles, and that nobody need answer first."""
    for test in (test for test in gateway.tests if test.with_set is WithSet.CONFIRMED):
        text = say(
            _("Confirm, and keep the evidence ({law}, {where}): {text}"),
            law=law.name,
            where=gateway.provision,
            text=test.asks,
        )
        yield Condition(f"{law.id}:{gateway.id}.{test.id}", text, f"{law.id}:{gateway.id}")


def _tests_of_sets(case: Case, leg: Leg, law: RegimeView, gateway: Gateway, chosen: ChosenClauses) -> Iterator[Test]:
    """What the gateway asks besides its set: as of any tool, but for what signature and roles show unless it is denied."""
    kinds = {test.id: test.with_set for test in gateway.tests}
    shown = {WithSet.SIGNATURE: chosen.signed, WithSet.ROLES: chosen.fit}
    for test in _tests(case, leg, law, gateway):
        kind = kinds.get(test.name, WithSet.ASKED)
        answered = case.claims(test.criterion(leg, f"{law.id}:{gateway.id}"))
        if kind in shown and not answered:
            yield replace(test, shown=shown[kind])
        elif kind is not WithSet.CONFIRMED:
            yield test


@record_rule("on-record.tool", _("Does the route rely on {law}, {where}, and is each of its tests met?"))
def by_tool(case: Case, view: View, leg: Leg, law: RegimeView, gateway: Gateway) -> Finding:
    """Treaties, instruments, rules of a group, codes, certifications, contracts of one's own, permits and assessments.

    Clauses that the route names by their gateway alone are judged like any tool, once some form on file fits the roles that day.
    """
    found = _claimed(case, leg, law, gateway, (*_tests(case, leg, law, gateway), *_first_steps(law, gateway)))
    form = nearest_form(case, view, leg, law.id, gateway.id, gateway.sets) if gateway.is_its_sets else None
    if form is None or form.available is Truth.YES or found.truth is Truth.NO:
        return found
    unfit = as_fitting(case, leg, form, ()) if form.signed is Truth.YES else as_signed(form, (), ())
    return replace(unfit, questions=(*found.questions, *unfit.questions))


@record_rule(
    "on-record.exception", _("Does the route rely on the exception of {law}, {where}, and is each of its tests met?")
)
def by_exception(case: Case, view: View, leg: Leg, law: RegimeView, gateway: Gateway) -> Finding:
    """Consent and the other exceptions, for the recipient they are claimed for."""
    tests = (*_tests(case, leg, law, gateway), *_not_the_rule(case, leg, law, gateway))
    return _claimed(case, leg, law, gateway, (*tests, *_filed_first(law, gateway)))


@record_rule("on-record.demand", _("Is the demand of {law} on every transfer met? {where}"))
def demand(case: Case, view: View, leg: Leg, law: RegimeView, part: GatewayTest) -> Finding:
    """What the law asks of each transfer besides a gateway; open until it is answered or the route shows it."""
    shown = as_stated.decides(case, leg, part.decided_by) if part.decided_by is not None else None
    criterion = leg.criterion(f"{law.id}:{part.id}")
    instead = _stands_instead(case, view, leg, law, part)
    if instead is not None and shown is not Truth.YES:
        return instead
    answer = case.answer(criterion)
    truth = answer if shown is None or answer is Truth.NO else shown
    if truth is Truth.UNKNOWN:
        question = Question(criterion, in_words(law, part.provision, part.asks), part.who)
        because = say(
            _("{law} asks this of every transfer, and it is not established: {text}"), law=law.name, text=part.asks
        )
        return Finding(truth, because, questions=(question,))
    if shown is truth:
        return Finding(truth, say(_("The route itself shows it.")))
    conditions = to_document(case, criterion) if truth is Truth.YES else ()
    answered = {
        Truth.YES: _("Answered by the exporter as met: {text}"),
        Truth.NO: _("Answered by the exporter as not met: {text}"),
    }[truth]
    return Finding(truth, say(answered, text=part.asks), conditions=conditions)


def _stands_instead(case: Case, view: View, leg: Leg, law: RegimeView, part: GatewayTest) -> Finding | None:
    """A gateway that departs from the demand, if the route relies on it: its own tests then decide."""
    claimed = (one for one in law.record.gateways if one.id in part.unless and is_claimed(case, f"{law.id}:{one.id}"))
    gateway = next(claimed, None)
    if gateway is None:
        return None
    found = by_exception(case, view, leg, law, gateway)
    because = say(
        _("{law}, {where} departs from this demand, and its tests decide."), law=law.name, where=gateway.provision
    )
    return Finding(found.truth, because)


@record_rule("on-record.limit", _("Does the transfer stay clear of the limit of {law}, {where}?"))
def stays_clear(case: Case, view: View, leg: Leg, law: RegimeView, gateway: Gateway) -> Finding:
    """A power to restrict, or a rule that forbids: open until answered; one that is not known to have been used is a condition."""
    provision = f"{law.id}:{gateway.id}"
    if gateway.on_order and not case.foreign_order:
        return Finding(Truth.YES, say(_("No court or authority abroad asks for the data.")))
    answer = case.answer(provision)
    missing = tuple(unnamed(case.order, rests_on_agreement=True)) if gateway.on_order and case.order is not None else ()
    if answer is Truth.YES and missing:
        because = say(
            _("The order is said to be one that may be obeyed, and it is not said whose it is and under which treaty.")
        )
        return Finding(Truth.UNKNOWN, because, questions=missing)
    if answer is not Truth.UNKNOWN:
        because = say(_("Whether the transfer stays clear of this limit is answered in the route."))
        return Finding(answer, because, conditions=to_document(case, provision))
    if gateway.dormant:
        heed = _about(_("Make sure that no use was made of the power in {law}, {where}: {conditions}."), law, gateway)
        because = say(_("No use of this power is on record."))
        return Finding(Truth.YES, because, conditions=(Condition(provision, heed, provision),))
    asks = _("Does the transfer stay clear of this limit, or is it met ({law}, {where})? It says: {conditions}.")
    question = Question(provision, _about(asks, law, gateway), "counsel")
    because = say(_("It is not established whether the transfer stays clear of this limit."))
    return Finding(Truth.UNKNOWN, because, questions=(question, *missing))


def _about(template: str, law: RegimeView, gateway: Gateway) -> Sentence:
    """A sentence about a gateway as its record words it."""
    return say(template, law=law.name, where=gateway.provision, conditions=gateway.conditions)


def _claimed(case: Case, leg: Leg, law: RegimeView, gateway: Gateway, tests: tuple[Test, ...]) -> Finding:
    """The gateway by its tests, and what follows from relying on it."""
    provision = f"{law.id}:{gateway.id}"
    found = by_tests(case, leg, provision, tests)
    duties = tuple(_duties(law, gateway, provision)) if found.truth is Truth.YES else ()
    return replace(found, grounds=(law.ground,), conditions=(*found.conditions, *duties))


def may_carry(case: Case, gateway: Gateway) -> bool:
    """Whether nothing in the route rules the gateway out; a steady flow rules out exceptions for single cases."""
    tests = (test.decided_by for test in gateway.tests if test.decided_by is not None)
    ruled_out = any(as_stated.decides(case, case.importer, by) is Truth.NO for by in tests)
    single = gateway.way is Way.EXCEPTION and gateway.pattern is Pattern.OCCASIONAL and case.frequency == "systematic"
    return not ruled_out and not single


def option(law: RegimeView, gateway: Gateway) -> Sentence:
    """What a gateway asks for, for whoever may want to rely on it."""
    return say(
        _("{law}, {provision} ({kind}): {conditions}."),
        law=law.name,
        provision=gateway.provision,
        kind=gateway.kind.replace("_", " "),
        conditions=gateway.conditions,
    )


def _tests(case: Case, leg: Leg, law: RegimeView, gateway: Gateway) -> Iterator[Test]:
    """The tests of the gateway one by one, or its conditions as a whole where they have not been taken apart."""
    for test in gateway.tests:
        yield _test(case, leg, law, gateway, test)
    if not gateway.tests:
        asks = _("Are the conditions of {law}, {where} met: {conditions}?")
        yield Test("conditions", said=_about(asks, law, gateway))


def _test(case: Case, leg: Leg, law: RegimeView, gateway: Gateway, test: GatewayTest) -> Test:
    said = in_words(law, test.provision or gateway.provision, test.asks)
    if test.decided_by is None:
        return Test(test.id, who=test.who, said=said)
    return decided(case, leg, test.decided_by, test.id, said=said)


def _not_the_rule(case: Case, leg: Leg, law: RegimeView, gateway: Gateway) -> Iterator[Test]:
    """An exception on file for single cases carries a steady flow only if counsel says that the law lets it."""
    by_itself = any(test.decided_by in (DecidedBy.OCCASIONAL, DecidedBy.NOT_REPEATED) for test in gateway.tests)
    if gateway.pattern is not Pattern.OCCASIONAL or by_itself or case.frequency in ("one_off", "occasional"):
        return
    asks = say(_("{law}, {where}: may this exception carry a systematic flow?"), law=law.name, where=gateway.provision)
    if case.frequency == "systematic":
        yield Test("systematic", said=asks)
    else:
        yield Test("systematic", shown=Truth.UNKNOWN, field="frequency", who="exporter", said=asks)


def _first_steps(law: RegimeView, gateway: Gateway) -> Iterator[Test]:
    """What must be done before a tool can be used: the filing, and the assessment where we cannot make it ourselves."""
    yield from _filed_first(law, gateway)
    asked_of_all = any(demand.id == "impact_assessment" for demand in law.record.demands)
    if gateway.impact_assessment is Assessment.REQUIRED and law.record.standard is None and not asked_of_all:
        asks = say(
            _("Has the assessment that {law}, {where} asks for been made, and does it find the protection sufficient?"),
            law=law.name,
            where=gateway.provision,
        )
        yield Test("assessment", who="exporter", said=asks)


def _filed_first(law: RegimeView, gateway: Gateway) -> Iterator[Test]:
    """A filing, approval or permit without which the gateway is shut."""
    filing = gateway.filing
    if filing is not None and filing.before_transfer:
        asks = say(
            _("Has this been done with {authority}, as far as it is needed here ({law}, {where}): {what}?"),
            authority=filing.to or "",
            law=law.name,
            where=gateway.provision,
            what=filing.what or "",
        )
        yield Test("filed", who="exporter", said=asks)


def _duties(law: RegimeView, gateway: Gateway, provision: str) -> Iterator[Condition]:
    """What follows from relying on the gateway: a filing that may come after, an assessment that is expected."""
    filing = gateway.filing
    if filing is not None and filing.needed is not Needed.NO and not filing.before_transfer:
        text = _("{law}, {where}: file or tell, as far as the law asks for it: {what} (to {authority}; {deadline}).")
        said = say(
            text,
            law=law.name,
            where=gateway.provision,
            what=filing.what or _NOT_ON_FILE,
            authority=filing.to or _NOT_ON_FILE,
            deadline=_due(filing),
        )
        yield Condition(f"{provision}.filing", said, provision)
    if gateway.impact_assessment in (Assessment.EXPECTED, Assessment.CONDITIONAL) or (
        gateway.impact_assessment is Assessment.REQUIRED and law.record.standard is not None
    ):
        text = _("{law}, {where}: document the assessment of the destination that is asked for ({degree}).")
        degree = gateway.impact_assessment or ""
        yield Condition(
            f"{provision}.assessment", say(text, law=law.name, where=gateway.provision, degree=degree), provision
        )


def _due(filing: Filing) -> str | Sentence:
    """Until when; the same that ``Filing.due`` says."""
    if filing.days is None:
        return filing.deadline or _NOT_ON_FILE
    text = _("{days} working days from {event}") if filing.working_days else _("{days} days from {event}")
    return say(text, days=filing.days, event=filing.counted_from or "")


_NOT_ON_FILE = _("not on file")


def _first_finding(law: RegimeView) -> Gateway:
    """All findings on file are read under the first gateway that rests on them."""
    return next(gateway for gateway in law.record.gateways if gateway.way is Way.FINDING)
