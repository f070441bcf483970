"""Article 48: orders of courts and authorities of third countries."""

from __future__ import annotations

from collections.abc import Iterator

from country_reports.facts import Truth, all_of
from transfers.case import Case, Leg
from transfers.finding import Finding, Question, _, say
from transfers.law.answers import to_document
from transfers.law.orders import unnamed
from transfers.law.rule import rule
from transfers.view import View


@rule(
    "eu-gdpr.foreign_order",
    "eu-gdpr:48",
    _("Does an order of a foreign court or authority stand in the way, because nothing lets the exporter obey it?"),
    favours=Truth.NO,
)
def foreign_order(case: Case, view: View, leg: Leg) -> Finding:
    """Article 48; EDPB Guidelines 02/2024: an order needs a legal basis of article 6 and, besides, a gateway of this chapter.

    It is no gateway of its own. Only an agreement in force makes it enforceable, and a duty under foreign law alone is no
    legal basis. A processor tells its controller and waits for instructions (article 28(3)(a) and (10)). So whoever obeys
    can name the court or authority, and the agreement or that there is none.
    """
    order = case.order
    if order is None:
        return Finding(Truth.NO, say(_("No order of a foreign court or authority is behind this transfer.")))
    asked = {name: text for name, text in _TESTS.items() if name != "controller_instructed" or _for_another(case)}
    truths = {name: case.answer(f"eu-gdpr:48.{name}") for name in asked}
    open_still = (*_of_the_agreement(case), *unnamed(order, case.answer(AGREEMENT) is Truth.YES))
    may_obey = all_of(*truths.values(), Truth.UNKNOWN if open_still else Truth.YES)
    if may_obey is Truth.UNKNOWN:
        tests = (
            Question(f"eu-gdpr:48.{name}", say(text), "counsel")
            for name, text in asked.items()
            if truths[name] is Truth.UNKNOWN
        )
        questions = (*tests, *open_still)
        because = say(
            _("A foreign court or authority ordered the disclosure; what lets the exporter obey is not established.")
        )
        return Finding(Truth.UNKNOWN, because, questions=questions)
    if may_obey is Truth.NO:
        because = say(_("A foreign court or authority ordered the disclosure, and nothing lets the exporter obey it."))
        return Finding(Truth.YES, because)
    rests_on = [f"eu-gdpr:48.{name}" for name in asked]
    if case.answer(AGREEMENT) is Truth.YES:
        rests_on.append(AGREEMENT)
    watch = () if AGREEMENT in rests_on else (say(_NO_AGREEMENT),)
    because = say(
        _("The order rests on a legal basis of article 6; a gateway of the chapter must carry the transfer besides.")
    )
    return Finding(Truth.NO, because, conditions=to_document(case, *rests_on), watch=watch)


AGREEMENT = "eu-gdpr:48.agreement"
"""The answer that tells whether an agreement in force makes the order enforceable."""


_TESTS = {
    "legal_basis": _(
        "Which legal basis of article 6 lets the exporter obey the order? A duty under foreign law alone is none; an "
        "international agreement in force may give one."
    ),
    "controller_instructed": _(
        "Has the controller been told of the order, and has it instructed the processor to obey?"
    ),
}
_NO_AGREEMENT = _(
    "No international agreement is shown that makes the order enforceable. What is disclosed to the court or authority needs a gateway that "
    "covers that very body; one for another recipient does not. As a rule only a narrow derogation, article 49(1)(d), (e) or (f), carries it, "
    "in the single case."
)


def _of_the_agreement(case: Case) -> Iterator[Question]:
    """Whether there is one; which, the route names."""
    if case.answer(AGREEMENT) is Truth.UNKNOWN:
        asks = _(
            "Is there an international agreement in force with the State whose court or authority orders it, such as one on mutual legal "
            "assistance, and does it cover this order? Name it in the route, or answer no."
        )
        yield Question(AGREEMENT, say(asks), "counsel")


def _for_another(case: Case) -> bool:
    """Whether the exporter holds the data for a controller."""
    return case.exporter_role not in ("controller", "joint_controller")
