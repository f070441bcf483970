"""A law on record as a whole: what it asks of every transfer, then its gateways; the weakest leg decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from country_reports.facts import Truth, all_of, any_of
from country_reports.regime import DecidedBy, Gateway, Pattern, Way
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
from transfers.law.essential_equivalence import stands_in_the_way
from transfers.law.on_record import gateways as kinds
from transfers.law.on_record.protection import LINES, SIDES, Protection, protection
from transfers.law.on_record.scope import (
    DEPTH,
    PLACES,
    SCOPE,
    TOOLS,
    Scope,
    abroad,
    depth,
    disclosure,
    places,
    tools_answered,
)
from transfers.law.reached import CLOSED, CONDITIONAL, DEROGATED, FREE, NOTHING_LEAVES, UNTOUCHED
from transfers.law.rule import record_rule
from transfers.view import RegimeView, View

ONWARD = Scope("onward_terms")


def opens_ways(law: RegimeView) -> bool:
    """Whether the record says under what a transfer may take place, and not only what is forbidden."""
    return any(gateway.way is not Way.LIMIT for gateway in law.record.gateways)


def conclude(case: Case, view: View, law: RegimeView) -> RegimeConclusion:
    """The law from its scope to its last gateway, in the order of its record; told from the first importer that is abroad."""
    outside = (one for one in case.importers if abroad(case, view, one, law, SCOPE).truth is not Truth.NO)
    case = case.led_by(next(outside, case.importer))
    first = case.importer
    sent = disclosure(case, view, first, law, SCOPE)
    places_of = {leg.number: abroad(case, view, leg, law, SCOPE) for leg in case.legs}
    moving = [leg for leg in case.legs if places_of[leg.number].truth is not Truth.NO]
    known, deep = places(case, view, first, law, PLACES), depth(case, view, first, law, DEPTH)
    gate = (sent, *places_of.values())
    if sent.truth is Truth.NO:
        return _nothing_leaves(case, view, law, gate)
    if not moving and known.truth is Truth.YES:
        return _nothing_leaves(case, view, law, (*gate, known))
    demands = (deep, *_demands(case, view, law, moving), known)
    ways = _ways(case, view, law, moving)
    safe = UNTOUCHED.where(all_of(*(found.truth for found in demands)), otherwise=CLOSED)
    standard = law.record.standard
    sides = SIDES.get(standard, Sides()) if standard is not None else Sides()
    possible = settled(ways.narrow, ways.wide, view.policy.doctrine, sides).and_also(safe)
    possible = _with_a_role(case, possible.where(sent.truth, otherwise=NOTHING_LEAVES))
    findings = (*gate, *demands, *ways.findings)
    if any(found.conditions for found in findings):
        possible = possible.at_best(Outcome.PERMITTED_WITH_CONDITIONS)
    legs = tuple(LegConclusion(leg.number, outcome) for leg, outcome in _by_leg(case, ways, moving, safe, known.truth))
    lines = _lines(law, ways, safe)
    return RegimeConclusion(law.id, law.name, True, possible, findings, legs, lines)


def _nothing_leaves(case: Case, view: View, law: RegimeView, gate: tuple[Finding, ...]) -> RegimeConclusion:
    """Nothing is transferred; a limit on what courts and authorities abroad may be given holds all the same."""
    on_order = [limit for limit in _of(law, Way.LIMIT) if limit.on_order and case.foreign_order]
    orders = tuple(kinds.stays_clear(case, view, case.importer, law, limit) for limit in on_order)
    obeyed = UNTOUCHED.where(all_of(*(found.truth for found in orders)), otherwise=CLOSED)
    possible, findings = _with_a_role(case, NOTHING_LEAVES).and_also(obeyed), (*gate, *orders)
    first = LegConclusion(case.importer.number, possible.outcome)
    legs = (first, *(LegConclusion(leg.number, Outcome.NO_TRANSFER) for leg in case.legs[1:]))
    if any(found.conditions for found in findings):
        possible = possible.at_best(Outcome.PERMITTED_WITH_CONDITIONS)
    return RegimeConclusion(law.id, law.name, True, possible, findings, legs)


def _with_a_role(case: Case, possible: Possible) -> Possible:
    """Whose role is not given may be anybody: nothing is better than open until it is."""
    return possible.either(CLOSED) if case.importer.role == "unknown" else possible


def _demands(case: Case, view: View, law: RegimeView, moving: list[Leg]) -> Iterator[Finding]:
    """What the law asks of every transfer, whatever carries it; what it asks of the recipient, of each that stands abroad."""
    for part in law.record.demands:
        about = moving if part.decided_by in _ABOUT_THE_RECIPIENT else [case.importer]
        yield from (kinds.demand(case, view, leg, law, part) for leg in about if leg.terms != "same_importer")
    for limit in _of(law, Way.LIMIT):
        if not limit.dormant:
            yield kinds.stays_clear(case, view, case.importer, law, limit)


_ABOUT_THE_RECIPIENT = (DecidedBy.RECIPIENT_IS_POLICE, DecidedBy.RECIPIENT_IS_PUBLIC)


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
        findings += [*covered, onward_after_finding(case, view, leg, law, ONWARD)]
        steps[leg.number] = _after_finding(case, view, law, leg, covered_truth)
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
    """Tools with the protection they need, then exceptions, for each importer abroad; further steps by their terms and the law there.

    Powers to restrict that are not known to have been used concern what no finding covers.
    """
    first = case.importer
    answered = _with_options(tools_answered(case, view, first, law, TOOLS), case, law)
    dormant = [kinds.stays_clear(case, view, first, law, one) for one in _of(law, Way.LIMIT) if one.dormant]
    unlimited = UNTOUCHED.where(all_of(*(one.truth for one in dormant)), otherwise=CLOSED)
    each = {one.number: _for_importer(case, view, law, one) for one in (first, *further) if one in case.importers}
    findings = [answered, *dormant, *(found for way in each.values() for found in way.findings)]
    excepted, exceptional = FREE, FREE
    narrow, wide = FREE, FREE
    for way in each.values():
        narrow, wide = narrow.and_also(way.narrow), wide.and_also(way.wide)
        exceptional = exceptional.and_also(way.by_exception)
    steps = {number: way.narrow for number, way in each.items() if number != first.number}
    for leg in (leg for leg in further if leg not in case.importers):
        covered = _found(case, view, law, leg)[1]
        step, there = onward(case, view, leg, law, ONWARD), protection(case, view, leg, law)
        findings += [step, *there.findings]
        by_tool, after = _tool_governs(case, leg, each), _after_finding(case, view, law, leg, covered)
        steps[leg.number] = _step(covered, leg, step, there.narrow).where(by_tool, otherwise=after)
        narrow = narrow.and_also(steps[leg.number])
        wide = wide.and_also(_step(covered, leg, step, there.wide).where(by_tool, otherwise=after))
        excepted = excepted.and_also(FREE.where(covered, otherwise=CLOSED))
    unanswered = CONDITIONAL if answered.truth is Truth.UNKNOWN else CLOSED
    by_exception = exceptional.and_also(excepted)

    def line(by_tool: Possible) -> Possible:
        open_still = CLOSED.either(unanswered)
        return by_tool.or_else(by_exception).or_else(open_still).and_also(unlimited)

    own = each[first.number]
    first_leg = own.narrow.or_else(own.by_exception).or_else(CLOSED.either(unanswered)).and_also(unlimited)
    return _Ways(line(narrow), line(wide), tuple(findings), first_leg, steps)


def _tool_governs(case: Case, leg: Leg, each: dict[int, _Sent]) -> Truth:
    """Whether a tool, and not a finding alone, carries whoever may pass the data on: only then its terms are those of a tool."""
    senders = [case.owner_of(leg)] if leg.terms == "same_importer" else case.importers
    return all_of(*(each[one.number].relied_on | ~each[one.number].covered for one in senders if one.number in each))


def _after_finding(case: Case, view: View, law: RegimeView, leg: Leg, covered: Truth) -> Possible:
    step = onward_after_finding(case, view, leg, law, ONWARD)
    return FREE.where(covered | step.truth, otherwise=CLOSED)


@dataclass(frozen=True, slots=True)
class _Sent:
    """How the data may reach one importer: by a tool on either line, or by an exception; free where a finding covers it."""

    covered: Truth
    relied_on: Truth
    narrow: Possible
    wide: Possible
    by_exception: Possible
    findings: tuple[Finding, ...]


def _for_importer(case: Case, view: View, law: RegimeView, importer: Leg) -> _Sent:
    covered = _found(case, view, law, importer)[1]
    claimed = [gateway for gateway in law.record.gateways if is_claimed(case, f"{law.id}:{gateway.id}")]
    clauses = [kinds.by_clauses(case, view, importer, law, one) for one in law.record.gateways if one.sets]
    tools = [kinds.by_tool(case, view, importer, law, one) for one in claimed if one.way is Way.TOOL]
    exceptions = [kinds.by_exception(case, view, importer, law, one) for one in claimed if one.way is Way.EXCEPTION]
    relied_on = any_of(*(one.truth for one in (*clauses, *tools)))
    guarded = protection(case, view, importer, law) if relied_on is not Truth.NO else _UNTESTED
    excepted = any_of(*(one.truth for one in exceptions))

    def free_or(otherwise: Possible) -> Possible:
        return FREE.where(covered, otherwise=otherwise)

    return _Sent(
        covered=covered,
        relied_on=relied_on,
        narrow=free_or(guarded.narrow.where(relied_on, otherwise=CLOSED)),
        wide=free_or(guarded.wide.where(relied_on, otherwise=CLOSED)),
        by_exception=free_or(_exceptional(law, exceptions).where(excepted, otherwise=CLOSED)),
        findings=(*clauses, *tools, *guarded.findings, *exceptions),
    )


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
        steps[leg.number] = _step(covered, leg, step, there.narrow)
        narrow = narrow.and_also(steps[leg.number])
        wide = wide.and_also(_step(covered, leg, step, there.wide))
    return _Ways(narrow, wide, tuple(findings), NOTHING_LEAVES, steps)


def _step(covered: Truth, leg: Leg, bound: Finding, protected: Possible) -> Possible:
    """A further step: a finding covers it, or its recipient is bound and the law there leaves that effective; a place not known stays open."""
    step = FREE.where(covered, otherwise=protected.where(bound.truth, otherwise=CLOSED))
    return step.either(CLOSED) if leg.place is None else step


@record_rule("on-record.onward", _("Do the terms that carried the first leg allow this further one?"))
def onward(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """As the route states the terms where we can measure the protection there; else as counsel answers."""
    criterion = leg.criterion(f"{law.id}:{part.id}")
    stated = as_stated.terms_bind(leg)
    unmeasured = law.record.standard is None or _may_come_from_inside(case, view, leg, law)
    if stated is Truth.YES and unmeasured:
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
    answered = case.claims(criterion)
    conditions = to_document(case, criterion) if answered and stated is Truth.YES else ()
    grounds = as_stated.told_of_terms(leg) if stated is Truth.YES and not answered else ()
    return Finding(stated, say(text, recipient=recipient, place=place), grounds, conditions=conditions)


@record_rule(
    "on-record.onward_after_finding", _("After a finding on the first recipient, may the data go on to this place?")
)
def onward_after_finding(case: Case, view: View, leg: Leg, law: RegimeView, part: Scope) -> Finding:
    """A finding on the first place says nothing of the next one; what lets the data go on is for counsel to say."""
    criterion = leg.criterion(f"{law.id}:{part.id}")
    place = PlaceName(leg.place or "")
    if leg.terms in ("none", "parallel"):
        return Finding(Truth.NO, say(_("Nothing lets the data go on to {place}."), place=place))
    answer = case.answer(criterion)
    first = _found(case, view, law, case.owner_of(leg))[1]
    if first is Truth.NO:
        return Finding(Truth.NO, say(_("No finding covers the first recipient, so that none has onward terms.")))
    undone = law.record.standard is not None and stands_in_the_way(case, view, leg) is not Truth.NO
    if answer is Truth.UNKNOWN or first is Truth.UNKNOWN or leg.place is None or (undone and answer is Truth.YES):
        return _ask_onward(leg, law, criterion)
    because = say(_("Answered for the step to {place}."), place=place)
    return Finding(answer, because, conditions=to_document(case, criterion) if answer is Truth.YES else ())


def _may_come_from_inside(case: Case, view: View, leg: Leg, law: RegimeView) -> bool:
    """Whether a recipient inside the law's own area may pass the data on: on what it relies is then not stated."""
    senders = (case.owner_of(leg),) if leg.terms == "same_importer" else case.importers
    return any(abroad(case, view, sender, law, SCOPE).truth is Truth.NO for sender in senders)


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


def _with_options(answered: Finding, case: Case, law: RegimeView) -> Finding:
    """What the route relies on under this law, if it says so; the gateways that it does not rely on, in the order of the law."""
    left = [one for one in law.record.gateways if one.can_be_claimed and not kinds.is_relied_on(case, law, one)]
    options = tuple(kinds.option(law, gateway) for gateway in left if kinds.may_carry(case, gateway))
    told = replace(answered, options=(*answered.options, *options))
    gateways = {f"{law.id}:{one.id}" for one in law.record.gateways}
    relies = any(claim.tool in gateways or not _is_gateway(claim.tool) for claim in case.mechanisms or ())
    if answered.truth is not Truth.YES or relies:
        return told
    because = say(_("The route relies on no tool and no exception of {law}."), law=law.name)
    return replace(told, truth=Truth.NO, because=because)


def _is_gateway(tool: str) -> bool:
    """Whether a claim names a provision or gateway, and not a set of clauses."""
    return ":" in tool or tool == "adequacy"


def _exceptional(law: RegimeView, exceptions: list[Finding]) -> Possible:
    """An exception for single cases is one; a gateway of equal rank, as consent is in some laws, is a condition."""
    ordinary = {f"{law.id}:{one.id}" for one in _of(law, Way.EXCEPTION) if one.pattern is not Pattern.OCCASIONAL}
    equal = any(found.provision in ordinary and found.truth is Truth.YES for found in exceptions)
    return CONDITIONAL if equal else DEROGATED


def _by_leg(case: Case, ways: _Ways, moving: list[Leg], safe: Possible, known: Truth) -> Iterable[tuple[Leg, Outcome]]:
    """Each leg by itself. What the law asks of a transfer is not asked of a first recipient that is inside; only its places must be known."""
    at_home = NOTHING_LEAVES.and_also(UNTOUCHED.where(known, otherwise=CLOSED))
    first = ways.first_leg.and_also(safe) if case.importer in moving else at_home
    yield case.importer, _with_a_role(case, first).outcome
    for leg in case.legs[1:]:
        inside = leg not in moving
        yield leg, Outcome.NO_TRANSFER if inside else ways.further.get(leg.number, CLOSED).and_also(safe).outcome


def _lines(law: RegimeView, ways: _Ways, safe: Possible) -> tuple[Line, ...]:
    """Both lines, where readings differ and it matters."""
    standard = law.record.standard
    if ways.narrow == ways.wide or standard is None or standard not in LINES:
        return ()
    narrow, wide = LINES[standard]
    return (Line(narrow, ways.narrow.and_also(safe).outcome), Line(wide, ways.wide.and_also(safe).outcome))
