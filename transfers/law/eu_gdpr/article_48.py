"""Article 48: orders of courts and authorities of third countries."""

from __future__ import annotations

from country_reports.facts import Truth
from transfers.case import Case, Leg
from transfers.finding import Finding, Question, _, say
from transfers.law.rule import rule
from transfers.view import View


@rule(
    "eu-gdpr.foreign_order",
    "eu-gdpr:48",
    _("Does an order of a foreign court or authority lack an international agreement that makes it enforceable?"),
    favours=Truth.NO,
)
def foreign_order(case: Case, view: View, leg: Leg) -> Finding:
    """Article 48; EDPB Guidelines 02/2024: enforceable only under an agreement in force, and no ground of its own.

    A legal basis and a gateway of the chapter are needed besides; this version asks and does not judge them.
    """
    if not case.foreign_order:
        return Finding(Truth.NO, say(_("No order of a foreign court or authority is behind this transfer.")))
    question = Question(
        "eu-gdpr:48",
        say(
            _(
                "Which international agreement in force makes the order enforceable, which legal basis of article 6 applies, and did a processor "
                "inform its controller (articles 28(10) and 48)?"
            )
        ),
        "counsel",
    )
    because = say(
        _("A foreign court or authority ordered the disclosure; articles 28(10) and 48 are for counsel to judge.")
    )
    return Finding(Truth.UNKNOWN, because, questions=(question,))
