"""Article 46(1) and (2)(c): standard clauses."""

from __future__ import annotations

from clauses.parts import Obstacle
from country_reports.facts import Truth
from transfers.case import Case, Leg
from transfers.finding import AnyGround, Condition, Finding, Outcome, PartyName, Question, Sentence, _, say
from transfers.law import as_stated
from transfers.law.clauses_relied_on import (
    ChosenClauses,
    as_fitting,
    as_signed,
    chosen_clauses,
    lasting_duties,
    to_be_signed,
)
from transfers.law.essential_equivalence import equivalence
from transfers.law.rule import rule
from transfers.law.situation import remembered
from transfers.view import View

REGIME = "eu-gdpr"


@rule("eu-gdpr.tools_answered", "eu-gdpr:46", _("Is it said which transfer tool the exporter relies on?"))
def tools_answered(case: Case, view: View, leg: Leg) -> Finding:
    """Article 46(1): a transfer without a decision needs appropriate safeguards; which ones is for the exporter to say."""
    return as_stated.tools(case)


@rule(
    "eu-gdpr.clauses_signed",
    "eu-gdpr:46(2)(c)",
    _("Have the parties signed standard clauses that can be relied on that day?"),
)
def clauses_signed(case: Case, view: View, leg: Leg) -> Finding:
    """Article 46(2)(c): clauses adopted by the Commission, concluded, and in force on the day."""
    chosen = chosen_clauses(case, view, leg, REGIME)
    if chosen is None:
        return Finding(Truth.NO, say(_("No standard clauses are relied on.")), options=_clause_options(case, view, leg))
    return as_signed(chosen, _duties(chosen), _clause_options(case, view, leg))


def _duties(chosen: ChosenClauses) -> tuple[Condition, ...]:
    """What the clauses and the Regulation ask for as long as the clauses are relied on."""
    provision = "eu-gdpr:46(2)(c)"
    assessment = _(
        "Document the assessment of law and practice that clause 14 asks for, and hand it to the authority on request."
    )
    persons = _(
        "Tell the data subjects of the transfer and its safeguards (articles 13(1)(f), 14(1)(f)) and enter it in the record (article 30)."
    )
    own = _(
        "Module Four serves only to return data to the exporter's own controller: make sure that the recipient is that controller."
    )
    special = (Condition(f"{provision}.own_controller", say(own), provision),)
    return (
        *(special if chosen.view.tool.module.id == "m4" else ()),
        *lasting_duties(chosen, provision),
        Condition(f"{provision}.assessment", say(assessment), provision),
        Condition(f"{provision}.information", say(persons), provision),
    )


@rule(
    "eu-gdpr.clauses_fit",
    "eu-scc-2021:recital-10",
    _("Do set and module match the exporter's law and the real roles of the parties?"),
)
def clauses_fit(case: Case, view: View, leg: Leg) -> Finding:
    """Decision (EU) 2021/914, art. 1 and recital 10: the set serves exporters under the GDPR, the module the factual roles."""
    chosen = chosen_clauses(case, view, leg, REGIME)
    if chosen is None:
        return Finding(Truth.NO, say(_("No standard clauses are relied on.")))
    return as_fitting(case, leg, chosen, _clause_options(case, view, leg))


@rule(
    "eu-gdpr.clauses_gap",
    "eu-scc-2021:recital-7",
    _("Is the recipient's own processing outside the GDPR, as the clauses suppose?"),
)
def importer_outside_regime(case: Case, view: View, leg: Leg) -> Finding:
    """Decision (EU) 2021/914, art. 1(1) and recital 7: not written for importers bound by the GDPR; no set for them exists."""
    chosen = chosen_clauses(case, view, leg, REGIME)
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


@remembered
def _clause_options(case: Case, view: View, leg: Leg) -> tuple[Sentence, ...]:
    """Modules that could be signed and would not fail on the law there."""
    if equivalence(case, view, leg).possible.outcome is Outcome.NOT_PERMITTED:
        return ()
    return to_be_signed(case, view, leg, REGIME)
