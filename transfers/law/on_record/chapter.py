"""A law on record as a whole: what it asks of every transfer, then its gateways; the weakest leg decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from country_reports.facts import Truth, all_of, any_of
from country_reports.regime import Gateway, Way
from transfers.case import Case, Leg
from transfers.finding import (
    Finding,
    LegConclusion,
    Line,
    Outcome,
    PartyName,
    PlaceName,
    Possible,
    Question,
    RegimeConclusion,
    _,
    say,
)
from transfers.law import as_stated
from transfers.law.answers import to_document
from transfers.law.claims import is_claimed
from transfers.law.doctrines import Sides, settled
from transfers.law.on_record import gateways as kinds
from transfers.law.on_record.protection import LINES, SIDES, Protection, protection
from transfers.law.on_record.scope import (
    DEPTH,
    PLACES,
    SCOPE,
    TOOLS,
    Scope,
    abroad,
    demand,
    depth,
    disclosure,
    places,
    tools_answered,
)
from transfers.law.rule import record_rule
from transfers.view import RegimeView, View

FREE = Possible.only(Outcome.PERMITTED)
CLOSED = Possible.only(Outcome.NOT_PERMITTED)
NOTHING_LEAVES = Possible.only(Outcome.NO_TRANSFER)
CONDITIONAL = Possible.only(Outcome.PERMITTED_WITH_CONDITIONS)
DEROGATED = Possible.only(Outcome.PERMITTED_DEROGATION_ONLY)
UNTOUCHED = Possible.only(Outcome.NOT_IN_SCOPE)
ONWARD = Scope("onward")


def opens_ways(law: RegimeView) -> bool:
    """Whether the record says under what a transfer may take place, and not only what is forbidden."""
    return any(gateway.way is not Way.LIMIT for gateway in law.record.gateways)


def conclude(case: Case, view: View, law: RegimeView) -> RegimeConclusion:
    """The law from its scope to its last gateway, in the order of its record."""
    first = case.importer
    gate = (disclosure(case, view, first, law, SCOPE), *(abroad(case, view, leg, law, SCOPE) for leg in case.legs))
    moving = [leg for leg, found in zip(case.legs, gate[1:], strict=True) if found.truth is not Truth.NO]
    if gate[0].truth is Truth.NO:
        return _nothing_leaves(case, law, gate)
    known = places(case, view, first, law, PLACES)
    if not moving and known.truth is Truth.YES and gate[0].truth is Truth.YES:
        return _nothing_leaves(case, law, (*gate, known))
    demands = (*_demands(case, view, law), known)
    ways = _ways(case, view, law, moving)
    safe = UNTOUCHED.where(all_of(*(found.truth for found in demands)), otherwise=CLOSED)
    standard = law.record.standard
    sides = SIDES.get(standard, Sides()) if standard is not None else Sides()
    possible = settled(ways.narrow, ways.wide, view.policy.doctrine, sides).and_also(safe)
    possible = possible.where(gate[0].truth, otherwise=NOTHING_LEAVES)
    if first.role == "unknown":
        possible = possible.either(CLOSED)
    findings = (*gate, *demands, *ways.findings)
    if any(found.conditions for found in findings):
        possible = possible.at_best(Outcome.PERMITTED_WITH_CONDITIONS)
    legs = tuple(LegConclusion(leg.number, outcome) for leg, outcome in _by_leg(case, ways, moving, safe))
    lines = _lines(law, ways, safe)
    return RegimeConclusion(law.id, law.name, True, possible, findings, legs, lines)


def _nothing_leaves(case: Case, law: RegimeView, findings: tuple[Finding, ...]) -> RegimeConclusion:
    legs = tuple(LegConclusion(leg.number, Outcome.NO_TRANSFER) for leg in case.legs)
    possible = NOTHING_LEAVES
    if any(found.conditions for found in findings):
        possible = possible.at_best(Outcome.PERMITTED_WITH_CONDITIONS)
    return RegimeConclusion(law.id, law.name, True, possible, findings, legs)


def _demands(case: Case, view: View, law: RegimeView) -> tuple[Finding, ...]:
    """What the law asks of every transfer, whatever carries it."""
    first = case.importer
    asked = [demand(case, view, first, law, part) for part in law.record.demands]
    limits = [kinds.stays_clear(case, view, first, law, one) for one in _of(law, Way.LIMIT) if not one.dormant]
    return (depth(case, view, first, law, DEPTH), *asked, *limits)


@dataclass(frozen=True, slots=True)
class _Ways:
    """Where the gateways lead on either line, what they say of the first leg and of each further one."""

    narrow: Possible
    wide: Possible
    findings: tuple[Finding, ...]
    first_leg: Possible
    further: dict[int, Possible]


def _ways(case: Case, view: View, law: RegimeView, moving: list[Leg]) -> _Ways:
    """By findings, else by tools and exceptions; a law that only forbids asks for no gateway at all."""
    if not opens_ways(law):
        return _Ways(FREE, FREE, (), FREE, {leg.number: FREE for leg in moving})
    first = case.importer
    leaves = abroad(case, view, first, law, SCOPE).truth
    found, found_truth = _found(case, view, law, first)
    by_finding = FREE.where(found_truth, otherwise=CLOSED).where(leaves, otherwise=NOTHING_LEAVES)
    further = [leg for leg in moving if leg is not first]
    findings = list(found)
    after = by_finding
    steps: dict[int, Possible] = {}
    for leg in further:
        covered, covered_truth = _found(case, view, law, leg)
        step = onward_after_finding(case, view, leg, law, ONWARD)
        findings += [*covered, step]
        steps[leg.number] = FREE.where(covered_truth | step.truth, otherwise=CLOSED)
        after = after.and_also(steps[leg.number])
    if after.outcome.permissible:
        return _Ways(after, after, tuple(findings), by_finding, steps)
    tools = _by_tools(case, view, law, further) if leaves is not Truth.NO else _from_inside(case, view, law, further)
    findings += tools.findings
    first_leg = by_finding.or_else(tools.first_leg)
    narrow, wide = after.or_else(tools.narrow), after.or_else(tools.wide)
    better = {number: steps[number].or_else(tools.further[number]) for number in tools.further}
    return _Ways(narrow, wide, tuple(findings), first_leg, better)


def _found(case: Case, view: View, law: RegimeView, leg: Leg) -> tuple[tuple[Finding, ...], Truth]:
    """Findings about one place, each list and rule of free flow in turn."""
    found = kinds.by_findings(case, view, leg, law)
    return found, any_of(*(one.truth for one in found))


def _by_tools(case: Case, view: View, law: RegimeView, further: list[Leg]) -> _Ways:
    """Tools with the protection they need, then exceptions; further steps by their terms and the law there.

    Powers to restrict that are not known to have been used concern what no finding covers.
    """
    first = case.importer
    answered = _with_options(tools_answered(case, view, first, law, TOOLS), case, law)
    clauses = [one for gateway in law.record.gateways for one in _clauses(case, view, law, gateway)]
    claimed = [gateway for gateway in law.record.gateways if is_claimed(case, f"{law.id}:{gateway.id}")]
    tools = [kinds.by_tool(case, view, first, law, one) for one in claimed if one.way is Way.TOOL]
    exceptions = [kinds.by_exception(case, view, first, law, one) for one in claimed if one.way is Way.EXCEPTION]
    relied_on = any_of(*(one.truth for one in (*_each_importer(clauses), *tools)))
    excepted = any_of(*(one.truth for one in exceptions))
    guarded = protection(case, view, first, law) if relied_on is not Truth.NO else _UNTESTED
    dormant = [kinds.stays_clear(case, view, first, law, one) for one in _of(law, Way.LIMIT) if one.dormant]
    unlimited = UNTOUCHED.where(all_of(*(one.truth for one in dormant)), otherwise=CLOSED)
    findings = [answered, *clauses, *tools, *dormant, *guarded.findings]
    narrow, wide, single = guarded.narrow, guarded.wide, _exceptional(law, exceptions)
    steps: dict[int, Possible] = {}
    for leg in further:
        step = onward(case, view, leg, law, ONWARD)
        there = protection(case, view, leg, law)
        covered = _found(case, view, law, leg)[1]
        findings += [step, *there.findings]
        narrow = narrow.and_also(_step(covered, step, there.narrow))
        steps[leg.number] = _step(covered, step, there.narrow)
        wide = wide.and_also(_step(covered, step, there.wide))
        single = single.and_also(FREE.where(covered, otherwise=CLOSED))
    findings += exceptions
    unanswered = CONDITIONAL.where(answered.truth, otherwise=CLOSED) if answered.truth is not Truth.YES else CLOSED

    def line(by_tool: Possible) -> Possible:
        carried = by_tool.where(relied_on, otherwise=CLOSED).or_else(single.where(excepted, otherwise=CLOSED))
        return carried.or_else(unanswered).and_also(unlimited)

    return _Ways(line(narrow), line(wide), tuple(findings), line(guarded.narrow), steps)


_UNTESTED = Protection(CLOSED, CLOSED)


def _from_inside(case: Case, view: View, law: RegimeView, further: list[Leg]) -> _Ways:
    """The first recipient is where the law itself applies; what leaves from there rests on its own terms and the law of the place."""
    narrow = wide = NOTHING_LEAVES
    findings: list[Finding] = []
    steps: dict[int, Possible] = {}
    for leg in further:
        step, there = onward(case, view, leg, law, ONWARD), protection(case, view, leg, law)
        covered = _found(case, view, law, leg)[1]
        findings += [step, *there.findings]
        steps[leg.number] = _step(covered, step, there.narrow)
        narrow = narrow.and_also(steps[leg.number])
        wide = wide.and_also(_step(covered, step, there.wide))
    return _Ways(narrow, wide, tuple(findings), NOTHING_LEAVES, steps)


def _step(covered: Truth, bound: Finding, protected: Possible) -> Possible:
    """A further step: a finding covers it, or its recipient is bound and the law there leaves that effective."""
    return FREE.where(covered, otherwise=protected.where(bound.truth, otherwise=CLOSED))


@record_rule("on-record.onward", _("Do the terms that carried the first leg allow this further one?"))
def onward(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """As the route states the terms where we can measure the protection there; else as counsel answers."""
    criterion = f"{law.id}:{part.id}.{leg.number}"
    stated = as_stated.terms_bind(leg)
    if leg.terms == "same_importer" and abroad(case, view, case.importer, law, SCOPE).truth is Truth.NO:
        stated = Truth.UNKNOWN
    if stated is Truth.YES and law.record.standard is None:
        stated = Truth.UNKNOWN
    if case.claims(criterion) and leg.terms not in ("none", "parallel"):
        stated = case.answer(criterion)
    recipient, place = PartyName(leg.number), PlaceName(leg.place or "")
    if stated is Truth.UNKNOWN:
        return _ask_onward(leg, law, criterion)
    text = {
        Truth.YES: _("The further step to {recipient} in {place} is covered by its terms."),
        Truth.NO: _("Nothing binds {recipient} in {place} besides the law there."),
    }[stated]
    conditions = to_document(case, criterion) if case.claims(criterion) and stated is Truth.YES else ()
    return Finding(stated, say(text, recipient=recipient, place=place), conditions=conditions)


@record_rule(
    "on-record.onward_after_finding", _("After a finding on the first recipient, may the data go on to this place?")
)
def onward_after_finding(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """A finding on the first place says nothing of the next one; what lets the data go on is for counsel to say."""
    criterion = f"{law.id}:{part.id}.{leg.number}"
    place = PlaceName(leg.place or "")
    if leg.terms in ("none", "parallel"):
        return Finding(Truth.NO, say(_("Nothing lets the data go on to {place}."), place=place))
    answer = case.answer(criterion)
    first = _found(case, view, law, case.importer)[1]
    if first is Truth.NO:
        return Finding(Truth.NO, say(_("No finding covers the first recipient, so that none has onward terms.")))
    if answer is Truth.UNKNOWN or first is Truth.UNKNOWN:
        return _ask_onward(leg, law, criterion)
    because = say(_("Answered for the step to {place}."), place=place)
    return Finding(answer, because, conditions=to_document(case, criterion) if answer is Truth.YES else ())


def _ask_onward(leg: Leg, law: RegimeView, criterion: str) -> Finding:
    recipient, place = PartyName(leg.number), PlaceName(leg.place or "")
    asks = say(
        _(
            "On what ground of {law} may {recipient} hold or see the data in {place}, and does the law there leave it effective?"
        ),
        law=law.name,
        recipient=recipient,
        place=place,
    )
    because = say(_("On what ground the data may be held or seen in {place} is not established."), place=place)
    return Finding(Truth.UNKNOWN, because, questions=(Question(criterion, asks, "counsel"),))


def _of(law: RegimeView, way: Way) -> list[Gateway]:
    return [gateway for gateway in law.record.gateways if gateway.way is way]


def _clauses(case: Case, view: View, law: RegimeView, gateway: Gateway) -> list[Finding]:
    """Standard clauses by their sets, for every importer that signs them."""
    return [kinds.by_clauses(case, view, importer, law, gateway) for importer in case.importers if gateway.sets]


def _with_options(answered: Finding, case: Case, law: RegimeView) -> Finding:
    """The gateways that the route does not rely on, in the order of the law."""
    left = (one for one in law.record.gateways if one.can_be_claimed and not is_claimed(case, f"{law.id}:{one.id}"))
    options = tuple(kinds.option(law, gateway) for gateway in left if kinds.may_carry(case, gateway))
    return replace(answered, options=(*answered.options, *options))


def _each_importer(clauses: list[Finding]) -> list[Finding]:
    """Clauses must bind every importer: of the findings on one gateway the worst counts."""
    worst: dict[str, Finding] = {}
    rank = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}
    for found in clauses:
        known = worst.get(found.provision)
        if known is None or rank[found.truth] < rank[known.truth]:
            worst[found.provision] = found
    return list(worst.values())


def _exceptional(law: RegimeView, exceptions: list[Finding]) -> Possible:
    """An exception for single cases is one; a gateway of equal rank, as consent is in some laws, is a condition."""
    ordinary = {f"{law.id}:{one.id}" for one in _of(law, Way.EXCEPTION) if one.pattern != "occasional"}
    equal = any(found.provision in ordinary and found.truth is Truth.YES for found in exceptions)
    return CONDITIONAL if equal else DEROGATED


def _by_leg(case: Case, ways: _Ways, moving: list[Leg], safe: Possible) -> Iterable[tuple[Leg, Outcome]]:
    yield case.importer, ways.first_leg.and_also(safe).outcome
    for leg in case.legs[1:]:
        inside = leg not in moving
        yield leg, Outcome.NO_TRANSFER if inside else ways.further.get(leg.number, CLOSED).outcome


def _lines(law: RegimeView, ways: _Ways, safe: Possible) -> tuple[Line, ...]:
    """Both lines, where readings differ and it matters."""
    standard = law.record.standard
    if ways.narrow == ways.wide or standard is None or standard not in LINES:
        return ()
    narrow, wide = LINES[standard]
    return (Line(narrow, ways.narrow.and_also(safe).outcome), Line(wide, ways.wide.and_also(safe).outcome))
