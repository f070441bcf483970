"""Article 45: transfers on the basis of an adequacy decision."""

from __future__ import annotations

from country_reports.facts import Truth
from transfers.case import Case, Leg
from transfers.finding import Finding, PartyName, PlaceName, Question, _, say
from transfers.law.answers import to_document
from transfers.law.essential_equivalence import stands_in_the_way
from transfers.law.findings_of_adequacy import covering
from transfers.law.rule import rule
from transfers.view import View

REGIME = "eu-gdpr"


@rule(
    "eu-gdpr.adequacy",
    "eu-gdpr:45",
    _("Does a Commission decision in force cover this recipient, these data and this purpose?"),
)
def adequacy(case: Case, view: View, leg: Leg) -> Finding:
    """Article 45(1), (3) and (9): a decision in force whose territorial, personal and material scope covers the transfer."""
    none = say(_("The Commission has made no decision about {place}."), place=PlaceName(leg.place or ""))
    return covering(case, view, leg, REGIME, "eu-gdpr:45", Finding(Truth.NO, none))


@rule(
    "eu-gdpr.onward_after_decision",
    "eu-gdpr:44.onward",
    _("After a decision on the first recipient, may the data go on to this place?"),
)
def onward_after_decision(case: Case, view: View, leg: Leg) -> Finding:
    """Article 44 with the onward terms of the decision: a decision on the next place, or terms that counsel has confirmed."""
    if adequacy(case, view, leg).truth is Truth.YES:
        return Finding(Truth.YES, say(_("A decision covers {place} too."), place=PlaceName(leg.place or "")))
    place = PlaceName(leg.place or "")
    if leg.terms == "none":
        return Finding(Truth.NO, say(_("Nothing binds the recipient in {place}."), place=place))
    if leg.terms == "parallel":
        return Finding(Truth.NO, say(_("The exporter itself sends to {place}: no onward terms apply."), place=place))
    criterion = leg.criterion("eu-gdpr:44.onward")
    answer = case.answer(criterion)
    if answer is Truth.NO:
        return Finding(answer, say(_("Answered: nothing lets the data go on to {place}."), place=place))
    carried = adequacy(case, view, case.importer).truth
    if carried is Truth.NO:
        return Finding(
            Truth.NO,
            say(
                _("No decision covers the first recipient, so none of its terms lets the data go on to {place}."),
                place=place,
            ),
        )
    free = stands_in_the_way(case, view, leg) is Truth.NO
    if answer is Truth.YES and carried is Truth.YES and leg.place is not None and free:
        return Finding(
            answer, say(_("Answered for the step to {place}."), place=place), conditions=to_document(case, criterion)
        )
    question = Question(
        criterion,
        say(
            _(
                "On what ground may {recipient} hold or see the data in {place}: the onward terms of a decision or certification, or another entity's contract?"
            ),
            recipient=PartyName(leg.number),
            place=place,
        ),
        "counsel",
    )
    because = say(_("On what ground the data may be held or seen in {place} is not established."), place=place)
    return Finding(Truth.UNKNOWN, because, questions=(question,))
