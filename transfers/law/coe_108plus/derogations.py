"""Article 14(4) to (6): derogations, and the duties towards the supervisory authority."""

from __future__ import annotations

from country_reports.facts import Truth, all_of
from transfers.case import Case, Leg
from transfers.finding import (
    Condition,
    Finding,
    Question,
    _,
    say,
)
from transfers.law.answers import to_document
from transfers.law.catalogue import DEROGATION_TESTS
from transfers.law.rule import Rule, rule
from transfers.view import View


@rule(
    "coe-108plus.consent",
    "coe-108plus:14(4)(a)",
    _("Has the data subject consented explicitly, specifically and freely, knowing the risks?"),
)
def consent(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(4)(a): explicit, specific and free consent after information on the risks. Acceptance of terms is none."""
    if case.ocsea is not None and case.ocsea.lawful_basis == "consent_by_terms":
        return Finding(Truth.NO, say(_("Acceptance of terms of service is not free and specific consent.")))
    return _derogation(case, "coe-108plus:14(4)(a)")


@rule(
    "coe-108plus.interests",
    "coe-108plus:14(4)(b)",
    _("Do specific interests of the data subject require it in this case?"),
)
def interests_of_the_person(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(4)(b): the specific interests of the data subject require it in the particular case."""
    return _derogation(case, "coe-108plus:14(4)(b)")


@rule(
    "coe-108plus.public_interest",
    "coe-108plus:14(4)(c)",
    _("Does a law provide for it, for a prevailing legitimate interest, necessarily and proportionately?"),
)
def prevailing_interests(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(4)(c): prevailing legitimate interests provided for by law, necessary and proportionate in a democratic society."""
    return _derogation(case, "coe-108plus:14(4)(c)")


@rule(
    "coe-108plus.expression", "coe-108plus:14(4)(d)", _("Is it necessary and proportionate for freedom of expression?")
)
def freedom_of_expression(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(4)(d): a necessary and proportionate measure for freedom of expression."""
    return _derogation(case, "coe-108plus:14(4)(d)")


@rule(
    "coe-108plus.inform",
    "coe-108plus:14(5)",
    _("What must the supervisory authority be told beforehand?"),
    favours=None,
)
def inform_authority(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(5), first limb: all relevant information on transfers under (3)(b)."""
    text = _(
        "Keep all relevant information on the safeguards, recipients and reasons ready for the supervisory authority before the first transfer."
    )
    condition = Condition("inform_authority_14_5", say(text), "coe-108plus:14(5)")
    return Finding(
        Truth.YES, say(_("Transfers on safeguards are to be accounted for to the authority.")), conditions=(condition,)
    )


@rule(
    "coe-108plus.inform_on_request",
    "coe-108plus:14(5)-on-request",
    _("What must the supervisory authority be told when it asks?"),
    favours=None,
)
def inform_on_request(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(5), second limb: on request, all relevant information on transfers under (4)(b) and (c)."""
    text = _(
        "Have all relevant information on each use of the derogation ready for the supervisory authority when it asks."
    )
    condition = Condition("inform_authority_on_request", say(text), "coe-108plus:14(5)-on-request")
    return Finding(
        Truth.YES,
        say(_("Transfers on interests are to be accounted for when the authority asks.")),
        conditions=(condition,),
    )


@rule(
    "coe-108plus.demonstrate",
    "coe-108plus:14(6)",
    _("Can the exporter demonstrate that the safeguards work, or that the interest prevails?"),
    favours=None,
)
def demonstrate(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(6): on request, demonstrate effectiveness or the prevailing interest; the authority may prohibit, suspend or attach conditions."""
    condition = Condition(
        "demonstrate_14_6",
        say(
            _(
                "Keep evidence that each safeguard works, or that the interest prevails: the authority may ask for it and may prohibit or suspend the transfer."
            )
        ),
        "coe-108plus:14(6)",
    )
    return Finding(
        Truth.YES,
        say(_("The authority may ask for a demonstration, and may prohibit, suspend or attach conditions.")),
        conditions=(condition,),
    )


DEROGATIONS: tuple[Rule, ...] = (consent, interests_of_the_person, prevailing_interests, freedom_of_expression)


def _derogation(case: Case, provision: str) -> Finding:
    """A derogation counts only where the route claims it; each of its tests is then a fact to be shown."""
    if all(claim.tool != provision or claim.signed is Truth.NO for claim in case.mechanisms or ()):
        return Finding(Truth.NO, say(_("The route does not rely on this derogation.")))
    tests = DEROGATION_TESTS[provision]
    truths = {test: case.answer(f"{provision}.{test}") for test in tests}
    truth = all_of(*truths.values())
    questions = tuple(
        Question(
            f"{provision}.{test}",
            say(_TEST[test], provision=provision),
            "counsel",
        )
        for test in tests
        if truths[test] is Truth.UNKNOWN
    )
    conditions = to_document(case, *(f"{provision}.{test}" for test in tests)) if truth is Truth.YES else ()
    return Finding(
        truth, say(_DEROGATION[truth]), questions=questions if truth is Truth.UNKNOWN else (), conditions=conditions
    )


_TEST = {
    "adopted": _("Has national law adopted this derogation ({provision}), and in which text?"),
    "explicit": _("Was the consent explicit ({provision})?"),
    "specific": _("Was the consent given for this specific transfer ({provision})?"),
    "free": _("Was the consent free, and not a condition of a service or a job ({provision})?"),
    "informed": _("Was the person told of the risks that follow from missing safeguards ({provision})?"),
    "required_in_this_case": _(
        "Do the specific interests of the person require it in this particular case ({provision})?"
    ),
    "provided_by_law": _("Which law provides for the interest ({provision})?"),
    "necessary": _("Is the transfer necessary in a democratic society ({provision})?"),
    "proportionate": _("Is the transfer proportionate to its aim ({provision})?"),
}


_DEROGATION = {
    Truth.YES: _("Every test of this derogation is answered with yes."),
    Truth.NO: _("A test of this derogation is not met."),
    Truth.UNKNOWN: _("Not every test of this derogation is answered."),
}
