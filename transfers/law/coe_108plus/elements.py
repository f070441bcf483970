"""The protection elements of Convention 108+ (articles 5 to 21): what a law or safeguards must contain to secure an appropriate level.

They may be answered as a whole or one by one. One that is answered with no fails; none may stay open.
"""

from __future__ import annotations

from country_reports.facts import Truth, all_of
from transfers.case import Case, Leg
from transfers.finding import Question, _, say
from transfers.law.catalogue import PROTECTION_ELEMENTS

ASKED = {
    "lawfulness": _(
        "Must processing be fair and rest on consent or another legitimate basis laid down by law (article 5(1) to (3))?"
    ),
    "purpose_and_minimisation": _(
        "Are purpose limitation, minimisation, accuracy and limited retention required (article 5(4))?"
    ),
    "special_categories": _(
        "Are special categories of data allowed only with appropriate safeguards laid down by law (article 6)?"
    ),
    "security": _("Are security and the notice of serious breaches required (article 7)?"),
    "transparency": _("Must the persons be told who processes what, why, and their rights (article 8)?"),
    "rights": _(
        "Have the persons access, rectification, objection and protection from solely automated decisions (article 9)?"
    ),
    "accountability": _(
        "Must controllers show compliance, examine the impact beforehand and protect by design (article 10)?"
    ),
    "exceptions": _(
        "Are exceptions only allowed by law, respecting the essence of rights, necessary and proportionate, with independent review (article 11)?"
    ),
    "remedies": _("Are there sanctions and judicial and non-judicial remedies (article 12)?"),
    "onward_flows": _("Are onward flows bound to an appropriate level (article 14)?"),
    "authority": _("Does an independent authority with powers of its own supervise (article 15)?"),
    "co_operation": _(
        "Does that authority co-operate with those of other States and assist persons abroad (articles 16 to 21)?"
    ),
}
"""Each element as a question that yes answers for the transfer, in the order of the articles."""


def answered(case: Case, leg: Leg, criterion: str) -> Truth:
    """What the route answers as a whole, or by all the elements together."""
    whole = case.answer(leg.criterion(criterion))
    return whole if whole is not Truth.UNKNOWN else all_of(*_answers(case, leg, criterion).values())


def open_elements(case: Case, leg: Leg, criterion: str, who: str) -> tuple[Question, ...]:
    """The elements still open, once the route has begun to answer them one by one; before that the whole is asked."""
    answers = _answers(case, leg, criterion)
    if all(answer is Truth.UNKNOWN for answer in answers.values()):
        return ()
    return tuple(
        Question(_name(criterion, leg, element), say(ASKED[element]), who)
        for element, answer in answers.items()
        if answer is Truth.UNKNOWN
    )


def relied_on(case: Case, leg: Leg, criterion: str) -> tuple[str, ...]:
    """The answers that a yes rests on, for whoever must document them."""
    whole = leg.criterion(criterion)
    if case.answer(whole) is Truth.YES:
        return (whole,)
    return tuple(_name(criterion, leg, element) for element in PROTECTION_ELEMENTS)


def failing(case: Case, leg: Leg, criterion: str) -> tuple[str, ...]:
    """The elements that are answered with no."""
    return tuple(name for name, answer in _answers(case, leg, criterion).items() if answer is Truth.NO)


def _answers(case: Case, leg: Leg, criterion: str) -> dict[str, Truth]:
    names = tuple(_name(criterion, leg, element) for element in PROTECTION_ELEMENTS)
    told = dict(case.answered_among(names))
    return {element: told.get(name, Truth.UNKNOWN) for element, name in zip(PROTECTION_ELEMENTS, names, strict=True)}


def _name(criterion: str, leg: Leg, element: str) -> str:
    return leg.criterion(f"{criterion}.{element}")
