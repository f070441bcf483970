"""Article 46(1) and (2)(c): standard clauses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clauses.selection import ClauseQuestion, Fit, Obstacle, fits
from country_reports.facts import Role, Truth, all_of
from transfers.case import Case, Leg, Mechanism
from transfers.finding import (
    AnyGround,
    Condition,
    Finding,
    Outcome,
    PartyName,
    Question,
    Sentence,
    _,
    ask,
    say,
)
from transfers.law.answers import to_document
from transfers.law.essential_equivalence import equivalence
from transfers.law.rule import rule
from transfers.view import ToolView, View

REGIME = "eu-gdpr"


@rule("eu-gdpr.tools_answered", "eu-gdpr:46", _("Is it said which transfer tool the exporter relies on?"))
def tools_answered(case: Case, view: View, leg: Leg) -> Finding:
    """Article 46(1): a transfer without a decision needs appropriate safeguards; which ones is for the exporter to say."""
    if case.mechanisms is not None:
        return Finding(Truth.YES, say(_("The route names the tools it relies on.")))
    question = ask(
        "mechanisms", _("On which transfer tool does the exporter rely, and when was it signed? If on none, say so.")
    )
    return Finding(
        Truth.UNKNOWN, say(_("The route does not say on which transfer tool it relies.")), questions=(question,)
    )


@rule(
    "eu-gdpr.clauses_signed",
    "eu-gdpr:46(2)(c)",
    _("Have the parties signed standard clauses that can be relied on that day?"),
)
def clauses_signed(case: Case, view: View, leg: Leg) -> Finding:
    """Article 46(2)(c): clauses adopted by the Commission, concluded, and in force on the day."""
    chosen = chosen_clauses(case, view, leg)
    if chosen is None:
        return Finding(Truth.NO, say(_("No standard clauses are relied on.")), options=_clause_options(case, view, leg))
    grounds = (chosen.view.ground,)
    if chosen.signed is Truth.YES:
        because = say(_("{tool} is signed and can be relied on."), tool=chosen.view.tool.title)
        return Finding(chosen.signed, because, grounds, conditions=() if chosen.fit is Truth.NO else _duties(chosen))
    if chosen.signed is Truth.UNKNOWN:
        question = ask(
            f"mechanisms.{chosen.view.tool.id}.signed", _("Are the clauses signed by all importers, and on which day?")
        )
        return Finding(
            chosen.signed,
            say(_("It is not known whether and when {tool} was signed."), tool=chosen.view.tool.title),
            grounds,
            (question,),
        )
    return Finding(chosen.signed, _not_signed(chosen), grounds, options=_clause_options(case, view, leg))


def _duties(chosen: ChosenClauses) -> tuple[Condition, ...]:
    """What the clauses ask for as long as they are relied on."""
    tool, provision = chosen.view.tool.title, "eu-gdpr:46(2)(c)"
    annexes = _("Keep the annexes of {tool} complete and true: parties, description, measures, sub-processors.")
    assessment = _(
        "Document the assessment of law and practice that clause 14 asks for, and hand it to the authority on request."
    )
    persons = _(
        "Tell the data subjects of the transfer and its safeguards (articles 13(1)(f), 14(1)(f)) and enter it in the record (article 30)."
    )
    own = _(
        "Module Four serves only to return data to the exporter's own controller: make sure that the recipient is that controller."
    )
    day = _("State the day on which {tool} was signed: a contract counts from that day only.")
    special = [(f"{provision}.own_controller", own)] if chosen.view.tool.module.id == "m4" else []
    special += [] if chosen.claim.dated else [(f"{provision}.signed_on", day)]
    return (
        *(Condition(name, say(text, tool=tool), provision) for name, text in special),
        Condition(f"{provision}.annexes", say(annexes, tool=tool), provision),
        Condition(f"{provision}.assessment", say(assessment), provision),
        Condition(f"{provision}.information", say(persons), provision),
    )


def _not_signed(chosen: ChosenClauses) -> Sentence:
    """Why the clauses bind nobody on the day: the set, its window, or the signature."""
    record, tool = chosen.view.tool.clause_set, chosen.view.tool.title
    if chosen.view.ground.role is Role.ENDED:
        return say(_("{tool} can no longer be relied on since {day}."), tool=tool, day=record.valid_to or "")
    if chosen.view.ground.role is Role.NOT_YET:
        return say(_("{tool} cannot be relied on before {day}."), tool=tool, day=record.valid_from or "")
    if chosen.claim.in_time is Truth.NO:
        return say(_("{tool} was signed on a day on which the set could not be concluded."), tool=tool)
    return say(_("{tool} is not signed on that day; a planned or later signature does not count."), tool=tool)


@rule(
    "eu-gdpr.clauses_fit",
    "eu-scc-2021:recital-10",
    _("Do set and module match the exporter's law and the real roles of the parties?"),
)
def clauses_fit(case: Case, view: View, leg: Leg) -> Finding:
    """Decision (EU) 2021/914, art. 1 and recital 10: the set serves exporters under the GDPR, the module the factual roles."""
    chosen = chosen_clauses(case, view, leg)
    if chosen is None:
        return Finding(Truth.NO, say(_("No standard clauses are relied on.")))
    truth = chosen.fit
    tool = chosen.view.tool.title
    if truth is Truth.YES:
        answered = (f"eu-scc-2021.{name}" for name in ("organisation", "public_authority"))
        conditions = to_document(case, *(criterion for criterion in answered if case.claims(criterion)))
        return Finding(truth, say(_("{tool} fits the roles of the parties."), tool=tool), conditions=conditions)
    fit = next(fit for fit in chosen.fits if fit.met is truth and fit.obstacle is not Obstacle.IMPORTER_UNDER_REGIME)
    if leg.kind == "unknown" and fit.obstacle in (Obstacle.ORGANISATION, Obstacle.PUBLIC_AUTHORITY):
        because = say(_("What kind of body the recipient is, a company or a public one, is not stated."))
        return Finding(truth, because, questions=(ask("importer.kind", _("What kind of body is the recipient?")),))
    because = say(_MISFIT[fit.obstacle], tool=tool)
    question = ask(f"eu-scc-2021.{fit.obstacle.value}", _MISFIT_QUESTION[fit.obstacle])
    return Finding(
        truth,
        because,
        questions=(question,) if truth is Truth.UNKNOWN else (),
        options=_clause_options(case, view, leg) if truth is Truth.NO else (),
    )


_MISFIT = {
    Obstacle.REGIME: _("{tool} is not a transfer tool of the exporter's law."),
    Obstacle.ROLES: _("{tool} does not match, or cannot be matched to, the roles of exporter and recipient."),
    Obstacle.ORGANISATION: _(
        "{tool} is written for entities in third countries; whether it can bind an international organisation is unclear."
    ),
    Obstacle.PUBLIC_AUTHORITY: _(
        "{tool} is as a rule unsuitable for a public authority, which cannot submit to its clauses 14 and 18."
    ),
}
_MISFIT_QUESTION = {
    Obstacle.REGIME: _("Which law binds the exporter for this transfer?"),
    Obstacle.ROLES: _("Who decides on purposes and means: is each party a controller or a processor?"),
    Obstacle.ORGANISATION: _(
        "Do the organisation's privileges allow it to be bound by the clauses? Consider article 46(2)(a) or 46(3)(b)."
    ),
    Obstacle.PUBLIC_AUTHORITY: _("Can this authority be bound by the clauses? Consider article 46(2)(a) or 46(3)(b)."),
}


@rule(
    "eu-gdpr.clauses_gap",
    "eu-scc-2021:recital-7",
    _("Is the recipient's own processing outside the GDPR, as the clauses suppose?"),
)
def importer_outside_regime(case: Case, view: View, leg: Leg) -> Finding:
    """Decision (EU) 2021/914, art. 1(1) and recital 7: not written for importers bound by the GDPR; no set for them exists."""
    chosen = chosen_clauses(case, view, leg)
    if chosen is None:
        return Finding(Truth.NO, say(_("No standard clauses are relied on.")))
    truth = next(fit.met for fit in chosen.fits if fit.obstacle is Obstacle.IMPORTER_UNDER_REGIME)
    grounds: tuple[AnyGround, ...] = (leg.gdpr_ground,) if leg.gdpr_ground else ()
    if truth is Truth.YES:
        return Finding(truth, say(_("The recipient's processing is not itself subject to the GDPR.")), grounds)
    if truth is Truth.NO:
        contested = say(
            _(
                "The clauses of 2021 are not written for recipients whose processing the GDPR binds directly (recital 7). One line holds "
                "that they are no tool there; another uses them with open disclosure of the gap until the announced set is adopted."
            )
        )
        return Finding(
            truth,
            say(_("The GDPR binds the recipient directly; the clauses are not written for that case.")),
            grounds,
            contested=(contested,),
        )
    question = Question(
        "importer.gdpr_applies_directly",
        say(
            _("Is the processing of {recipient} itself subject to the GDPR, for example under article 3(2)?"),
            recipient=PartyName(leg.number),
        ),
        "importer",
    )
    return Finding(
        truth,
        say(
            _(
                "It is not known whether the GDPR binds the recipient directly; the clauses are not written for that case."
            )
        ),
        grounds,
        (question,),
    )


@dataclass(frozen=True, slots=True)
class ChosenClauses:
    """The claimed clause tool that comes nearest to carrying the leg; every clause rule speaks of this one."""

    view: ToolView
    claim: Mechanism
    signed: Truth
    fits: tuple[Fit, ...]

    @property
    def fit(self) -> Truth:
        return all_of(*(fit.met for fit in self.fits if fit.obstacle is not Obstacle.IMPORTER_UNDER_REGIME))

    @property
    def available(self) -> Truth:
        return self.signed & self.fit


def chosen_clauses(case: Case, view: View, leg: Leg) -> ChosenClauses | None:
    """The clause tool that every clause rule speaks of, or None where the route claims none."""
    claimed = [
        ChosenClauses(
            view.tools[mechanism.tool],
            mechanism,
            _reliable(view.tools[mechanism.tool], mechanism.signed, mechanism.in_time),
            _fits(case, view.tools[mechanism.tool], leg),
        )
        for mechanism in case.mechanisms or ()
        if mechanism.tool in view.tools
    ]
    return max(
        claimed, key=lambda chosen: (_RANK[chosen.available], _RANK[chosen.fit], chosen.view.tool.id), default=None
    )


def _reliable(tool: ToolView, signed: Truth, in_time: Truth) -> Truth:
    return signed & in_time & Truth.of(tool.ground.role is Role.SUPPORTS)


def _fits(case: Case, tool: ToolView, leg: Leg) -> tuple[Fit, ...]:
    """Each demand of the set; what only counsel can say may be answered."""
    question = ClauseQuestion(REGIME, case.exporter_role, leg.role, leg.kind, leg.gdpr_applies)
    return tuple(
        replace(fit, met=case.answer(f"eu-scc-2021.{fit.obstacle.value}"))
        if fit.met is Truth.UNKNOWN and fit.obstacle in (Obstacle.ORGANISATION, Obstacle.PUBLIC_AUTHORITY)
        else fit
        for fit in fits(question, tool.tool)
    )


def _clause_options(case: Case, view: View, leg: Leg) -> tuple[Sentence, ...]:
    """Modules that could be signed: they fit the roles, can be relied on that day, and would not fail on the law there."""
    if equivalence(case, view, leg).possible.outcome is Outcome.NOT_PERMITTED:
        return ()
    return tuple(
        say(_("Sign {name} ({tool})."), tool=tool.tool.id, name=tool.tool.title)
        for tool_id, tool in sorted(view.tools.items())
        if tool.ground.role is Role.SUPPORTS
        and tool.tool.clause_set.concludable_until is None
        and all_of(*(fit.met for fit in _fits(case, tool, leg) if fit.obstacle is not Obstacle.IMPORTER_UNDER_REGIME))
        is Truth.YES
        and tool_id == tool.tool.id
    )


_RANK = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}
