"""Standard clauses that a route relies on: which claimed set comes nearest to carrying a leg, and why it does or does not.

One reading for every law that knows standard clauses; each law adds what it asks of them besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clauses.fitting import Circumstances, Fit, Pair, fits
from clauses.library import Tool
from clauses.parts import IfNot, Obstacle
from country_reports.facts import Role, Truth, all_of
from transfers.case import Case, Leg, Mechanism
from transfers.finding import Condition, Finding, Question, Sentence, _, ask, say
from transfers.law.answers import to_document
from transfers.view import ToolView, View

EU_GDPR = "eu-gdpr"


@dataclass(frozen=True, slots=True)
class ChosenClauses:
    """The claimed clause tool that comes nearest to carrying the leg; every clause rule speaks of this one."""

    view: ToolView
    claim: Mechanism
    signed: Truth
    fits: tuple[Fit, ...]

    @property
    def fit(self) -> Truth:
        return all_of(*(fit.met for fit in self.fits if _judged_here(fit) or _closes_unanswered(fit)))

    @property
    def fits_parties(self) -> Truth:
        """As far as the route shows it: what the set asks besides may still be open."""
        return all_of(*(fit.met for fit in self.fits if _judged_here(fit)))

    @property
    def available(self) -> Truth:
        return self.signed & self.fit

    @property
    def title(self) -> Sentence:
        return titled(self.view.tool)


def titled(tool: Tool) -> Sentence:
    """What a reader sees of a tool: set, module and adaptations by name."""
    title = say("{set}, {module}", set=tool.clause_set.short, module=tool.module.name)
    for adaptation in tool.adaptations:
        title = say(_("{tool} with {adaptation}"), tool=title, adaptation=adaptation.short)
    return title


def chosen_clauses(
    case: Case, view: View, leg: Leg, regime: str, of_other_gateways: frozenset[str] = frozenset()
) -> ChosenClauses | None:
    """The clause tool that the rules of ``regime`` speak of, or None where the route claims none.

    Sets ``of_other_gateways`` of the same law are judged there.
    """
    claimed = [
        ChosenClauses(
            view.tools[mechanism.tool],
            mechanism,
            _reliable(view.tools[mechanism.tool], mechanism.signed, mechanism.in_time),
            _fits(case, leg, circumstances(case, leg, regime), view.tools[mechanism.tool]),
        )
        for mechanism in case.mechanisms or ()
        if mechanism.tool in view.tools and not view.tools[mechanism.tool].tool.is_one_of(of_other_gateways)
    ]
    return max(
        claimed, key=lambda chosen: (_RANK[chosen.available], _RANK[chosen.fit], chosen.view.tool.id), default=None
    )


def nearest_form(
    case: Case, view: View, leg: Leg, regime: str, gateway: str, sets: tuple[str, ...]
) -> ChosenClauses | None:
    """Of these sets the module that comes nearest to fitting the leg on the day, for a route that names the ``gateway`` and no set."""
    claims = [claim for claim in case.mechanisms or () if claim.tool == f"{regime}:{gateway}"]
    claim = max(claims, key=lambda claim: _RANK[claim.signed & claim.in_time], default=_UNCLAIMED)
    here = circumstances(case, leg, regime)
    forms = [
        ChosenClauses(tool, claim, _reliable(tool, Truth.YES, claim.in_time), _fits(case, leg, here, tool))
        for tool_id, tool in sorted(view.tools.items())
        if tool_id == tool.tool.id and tool.tool.is_one_of(sets)
    ]
    return max(forms, key=lambda form: (_RANK[form.available], _RANK[form.fit], form.view.tool.id), default=None)


def as_signed(chosen: ChosenClauses, duties: tuple[Condition, ...], open_ones: tuple[Sentence, ...]) -> Finding:
    """Whether the clauses are concluded and can be relied on; ``duties`` follow if so, ``open_ones`` could be signed if not."""
    recorded = (chosen.claim.ground,) if chosen.claim.ground is not None else ()
    grounds = (*chosen.view.grounds, *recorded)
    if chosen.signed is Truth.YES:
        because = say(_("{tool} is signed and can be relied on."), tool=chosen.title)
        return Finding(chosen.signed, because, grounds, conditions=() if chosen.fit is Truth.NO else duties)
    if chosen.signed is Truth.UNKNOWN:
        question = ask(
            f"mechanisms.{chosen.view.tool.id}.signed", _("Are the clauses signed by all importers, and on which day?")
        )
        because = say(_("It is not known whether and when {tool} was signed."), tool=chosen.title)
        return Finding(chosen.signed, because, grounds, (question,))
    return Finding(chosen.signed, _not_signed(chosen), grounds, options=open_ones)


def as_fitting(case: Case, leg: Leg, chosen: ChosenClauses, open_ones: tuple[Sentence, ...]) -> Finding:
    """Whether set and module match the exporter's law and the real roles of the parties."""
    truth = chosen.fit
    if truth is Truth.YES:
        asked = [f"{chosen.view.tool.clause_set.id}.{obstacle.value}" for obstacle in _FOR_COUNSEL]
        answered = [criterion for criterion in asked if case.claims(criterion)]
        answered += [fit.criterion for fit in chosen.fits if fit.answered_for_the_set and _judged_here(fit)]
        conditions = (*to_document(case, *dict.fromkeys(answered)), *_to_review(chosen))
        return Finding(truth, say(_("{tool} fits the roles of the parties."), tool=chosen.title), conditions=conditions)
    if truth is Truth.UNKNOWN and chosen.fits_parties is Truth.YES:
        return _asked_by_the_set(chosen)
    fit = next(fit for fit in chosen.fits if fit.met is truth and _judged_here(fit))
    if fit.obstacle not in _MISFIT and fit.demand is not None:
        asks = fit.demand.asks
        because = say(_("{tool} asks for this, and it is answered as not met: {text}"), tool=chosen.title, text=asks)
        return Finding(truth, because, options=open_ones)
    if leg.kind == "unknown" and fit.obstacle in _FOR_COUNSEL:
        because = say(_("What kind of body the recipient is, a company or a public one, is not stated."))
        return Finding(truth, because, questions=(ask("importer.kind", _("What kind of body is the recipient?")),))
    assert fit.obstacle is not None
    because = say(_MISFIT[fit.obstacle], tool=chosen.title)
    if truth is Truth.UNKNOWN:
        return Finding(truth, because, questions=(ask(fit.criterion, _MISFIT_QUESTION[fit.obstacle]),))
    return Finding(truth, because, options=open_ones)


def _asked_by_the_set(chosen: ChosenClauses) -> Finding:
    """What only this set asks, and closes it where the answer is no."""
    open_ones = [fit for fit in chosen.fits if _closes_unanswered(fit)]
    because = say(
        _("{tool} asks for more than the roles of the parties, and it is not established."), tool=chosen.title
    )
    questions = tuple(Question(fit.criterion, _as_asked(chosen, fit), "counsel") for fit in open_ones)
    return Finding(Truth.UNKNOWN, because, questions=questions)


def _to_review(chosen: ChosenClauses) -> Iterator[Condition]:
    """What the set asks and counsel may weigh: open, it is left as something to confirm."""
    for fit in (fit for fit in chosen.fits if _of_the_set_and_open(fit) and not _closes_unanswered(fit)):
        text = say(_("Have counsel confirm, and keep the reasons ({asked})."), asked=_as_asked(chosen, fit))
        yield Condition(f"confirm_set:{fit.criterion}", text, "method:answers")


def _as_asked(chosen: ChosenClauses, fit: Fit) -> Sentence:
    return say(_("{tool}: {text}"), tool=chosen.title, text="" if fit.demand is None else fit.demand.asks)


def lasting_duties(chosen: ChosenClauses, provision: str) -> Iterator[Condition]:
    """What any set of clauses asks for as long as it is relied on."""
    annexes = _("Keep the annexes of {tool} complete and true: parties, description, measures, sub-processors.")
    day = _("State the day on which {tool} was signed: a contract counts from that day only.")
    if not chosen.claim.dated:
        yield Condition(f"{provision}.signed_on", say(day, tool=chosen.title), provision)
    yield Condition(f"{provision}.annexes", say(annexes, tool=chosen.title), provision)


def circumstances(case: Case, leg: Leg, regime: str) -> Circumstances:
    """What is known of a leg, as sets of clauses ask for it. Whether a law binds the importer too is on record for the GDPR alone."""
    bound_too = leg.gdpr_applies if regime == EU_GDPR else Truth.UNKNOWN
    beyond = frozenset(one.place for one in _further(case, leg) if one.place is not None)
    return Circumstances(regime, leg.kind, bound_too, leg.place, beyond)


def _further(case: Case, leg: Leg) -> Iterator[Leg]:
    """Where the data go from this importer: its own other places, and every further recipient, whoever passes the data on."""
    for one in case.legs:
        if one not in case.importers and (one.terms != "same_importer" or case.owner_of(one) is leg):
            yield one


def to_be_signed(
    case: Case, view: View, leg: Leg, regime: str, of_other_gateways: frozenset[str] = frozenset()
) -> tuple[Sentence, ...]:
    """Sets and modules of ``regime`` that fit the roles and can be concluded and relied on that day."""
    here = circumstances(case, leg, regime)
    return tuple(
        say(_("Sign {name} ({tool})."), tool=tool.tool.id, name=titled(tool.tool))
        for tool_id, tool in sorted(view.tools.items())
        if tool.open
        and tool_id == tool.tool.id
        and not tool.tool.is_one_of(of_other_gateways)
        and _may_be_signed(ChosenClauses(tool, _UNCLAIMED, Truth.NO, _fits(case, leg, here, tool)))
    )


def _may_be_signed(chosen: ChosenClauses) -> bool:
    """Whether nothing is against it; what the set asks besides can be answered once somebody chooses it."""
    return chosen.fits_parties is Truth.YES and chosen.fit is not Truth.NO


_UNCLAIMED = Mechanism("", Truth.NO, Truth.NO)
_RANK = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}


def _not_signed(chosen: ChosenClauses) -> Sentence:
    """Why the clauses bind nobody on the day: the set, its window, or the signature."""
    record, tool = chosen.view.tool.clause_set, chosen.title
    if chosen.view.ground.role is Role.ENDED:
        return say(_("{tool} can no longer be relied on since {day}."), tool=tool, day=record.valid_to or "")
    if chosen.view.ground.role is Role.NOT_YET:
        return say(_("{tool} cannot be relied on before {day}."), tool=tool, day=record.valid_from or "")
    if chosen.claim.in_time is Truth.NO:
        return say(_("{tool} was signed on a day on which the set could not be concluded."), tool=tool)
    return say(_("{tool} is not signed on that day; a planned or later signature does not count."), tool=tool)


def _reliable(tool: ToolView, signed: Truth, in_time: Truth) -> Truth:
    return signed & in_time & Truth.of(tool.ground.role is Role.SUPPORTS)


def _fits(case: Case, leg: Leg, here: Circumstances, tool: ToolView) -> tuple[Fit, ...]:
    """Each demand of the set; what only counsel can say may be answered."""
    return fits(here, Pair(case.exporter_role, leg.role), tool.tool, case.answer)


def _judged_here(fit: Fit) -> bool:
    """Whether the fit is for these rules: not the gap of importers under the law, nor what a gateway's own tests ask.

    That data go on to where the set lets nothing go is told by the route itself, whatever is answered to those tests.
    """
    if fit.obstacle is Obstacle.IMPORTER_UNDER_REGIME:
        return False
    if fit.obstacle is Obstacle.ONWARD_PLACE:
        return fit.met is Truth.NO
    return fit.obstacle in _MISFIT or fit.answered_for_the_set


def _of_the_set_and_open(fit: Fit) -> bool:
    """Whether nobody answered what this set asks of its own: neither the route nor a test of a law's settles it."""
    own = fit.demand is not None and fit.field is None and fit.criterion.startswith(f"{fit.part.id}.")
    return own and fit.met is Truth.UNKNOWN and fit.obstacle not in _ASKED_ELSEWHERE and fit.obstacle not in _MISFIT


def _closes_unanswered(fit: Fit) -> bool:
    """Whether the set is shut where that is answered with no, so that it carries nothing while it is open."""
    return _of_the_set_and_open(fit) and fit.demand is not None and fit.demand.if_not in _SHUT


_SHUT = (IfNot.NOT_AVAILABLE, IfNot.OTHER_GATEWAY, IfNot.OTHER_MODULE)
_ASKED_ELSEWHERE = (Obstacle.IMPORTER_UNDER_REGIME, Obstacle.EXPORTER_PLACE)
_FOR_COUNSEL = (Obstacle.ORGANISATION, Obstacle.PUBLIC_AUTHORITY)

_MISFIT = {
    Obstacle.REGIME: _("{tool} is not a transfer tool of the exporter's law."),
    Obstacle.ROLES: _("{tool} does not match, or cannot be matched to, the roles of exporter and recipient."),
    Obstacle.ORGANISATION: _(
        "{tool} is written for entities in third countries; whether it can bind an international organisation is unclear."
    ),
    Obstacle.PUBLIC_AUTHORITY: _(
        "{tool} is as a rule unsuitable for a public authority, which cannot submit to the courts and the supervision it names."
    ),
    Obstacle.IMPORTER_PLACE: _("{tool} is written for recipients in other places than this one."),
    Obstacle.ONWARD_PLACE: _("{tool} lets nothing go on to places where the route says that the data go."),
}
_MISFIT_QUESTION = {
    Obstacle.REGIME: _("Which law binds the exporter for this transfer?"),
    Obstacle.ROLES: _("Who decides on purposes and means: is each party a controller or a processor?"),
    Obstacle.ORGANISATION: _(
        "Do the organisation's privileges allow it to be bound by the clauses? Consider article 46(2)(a) or 46(3)(b)."
    ),
    Obstacle.PUBLIC_AUTHORITY: _("Can this authority be bound by the clauses? Consider article 46(2)(a) or 46(3)(b)."),
    Obstacle.IMPORTER_PLACE: _("In which country is the recipient?"),
}
