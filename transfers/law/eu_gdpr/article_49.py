"""Article 49: derogations for specific situations, read narrowly (EDPB Guidelines 2/2018).

Each counts only where the route claims it, for the recipient it is claimed for, and never for onward steps. Whether
(a), (d), (f) and (g) may carry a systematic flow is contested; (b), (c) and (e) may not (recital 111).
"""

from __future__ import annotations

from dataclasses import replace

from country_reports.facts import Truth, any_of
from country_reports.regime import DecidedBy
from transfers.case import Case, Leg
from transfers.finding import Condition, Finding, _, ask, say
from transfers.law.claims import Test, by_tests, decided, is_claimed
from transfers.law.rule import Rule, rule
from transfers.view import View


@rule(
    "eu-gdpr.consent",
    "eu-gdpr:49(1)(a)",
    _("Has the person consented explicitly to this transfer, told of its risks?"),
)
def explicit_consent(case: Case, view: View, leg: Leg) -> Finding:
    """Article 49(1)(a) with 49(3): explicit consent after information on the risks; not for public authorities exercising public powers."""
    tests = (
        Test("explicit", _("Was the consent explicit ({provision})?")),
        Test("specific", _("Was it given for this transfer, and before it ({provision})?")),
        Test(
            "informed",
            _(
                "Was the person told who receives the data where, and of the risks that follow from missing safeguards ({provision})?"
            ),
        ),
        Test("free", _("Was it free, and not a condition of a job or a service ({provision})?")),
        _outside_public_powers(case, leg),
    )
    return _not_the_rule(case, by_tests(case, leg, "eu-gdpr:49(1)(a)", tests))


@rule(
    "eu-gdpr.contract",
    "eu-gdpr:49(1)(b)",
    _("Does a contract with the person, or a step before it, need this transfer?"),
)
def contract_with_the_person(case: Case, view: View, leg: Leg) -> Finding:
    """Article 49(1)(b) with 49(3) and recital 111: occasional, and with a close and substantial link to the contract."""
    tests = (
        _occasional(case, leg),
        Test(
            "necessary",
            _("Is there a close and substantial link between the transfer and the contract ({provision})?"),
        ),
        _outside_public_powers(case, leg),
    )
    return by_tests(case, leg, "eu-gdpr:49(1)(b)", tests)


@rule(
    "eu-gdpr.contract_in_interest",
    "eu-gdpr:49(1)(c)",
    _("Does a contract concluded in the person's interest need this transfer?"),
)
def contract_in_the_persons_interest(case: Case, view: View, leg: Leg) -> Finding:
    """Article 49(1)(c) with 49(3) and recital 111: occasional, and with a close and substantial link to that contract."""
    tests = (
        _occasional(case, leg),
        Test("in_interest", _("Was the contract concluded in the interest of the person ({provision})?")),
        Test("necessary", _("Is there a close and substantial link between the transfer and it ({provision})?")),
        _outside_public_powers(case, leg),
    )
    return by_tests(case, leg, "eu-gdpr:49(1)(c)", tests)


@rule(
    "eu-gdpr.public_interest",
    "eu-gdpr:49(1)(d)",
    _("Is the transfer strictly necessary for an important public interest that Union or Member State law recognises?"),
)
def public_interest(case: Case, view: View, leg: Leg) -> Finding:
    """Article 49(1)(d) with 49(4): an interest recognised in Union law or the law of the controller's Member State; one of the third country alone is none."""
    tests = (
        Test(
            "recognised_interest",
            _("Which text of Union or Member State law recognises the interest ({provision} with article 49(4))?"),
        ),
        Test("necessary", _("Is the transfer strictly necessary for it ({provision})?")),
    )
    return _not_the_rule(case, by_tests(case, leg, "eu-gdpr:49(1)(d)", tests))


@rule(
    "eu-gdpr.legal_claims",
    "eu-gdpr:49(1)(e)",
    _("Is the transfer strictly necessary for legal claims in a specific procedure?"),
)
def legal_claims(case: Case, view: View, leg: Leg) -> Finding:
    """Article 49(1)(e) with recital 111: occasional, for claims in a specific procedure, no more data than it needs."""
    tests = (
        _occasional(case, leg),
        Test("specific_procedure", _("Which procedure is pending or being prepared ({provision})?")),
        Test(
            "necessary",
            _(
                "Would anonymous or pseudonymous data not do, and is nothing sent that the claim does not need ({provision})?"
            ),
        ),
    )
    return by_tests(case, leg, "eu-gdpr:49(1)(e)", tests)


@rule(
    "eu-gdpr.vital_interests",
    "eu-gdpr:49(1)(f)",
    _("Does the transfer protect the life or health of somebody where the person cannot consent?"),
)
def vital_interests(case: Case, view: View, leg: Leg) -> Finding:
    """Article 49(1)(f): vital interests, where the person is physically or legally incapable of consenting."""
    tests = (
        Test("vital", _("Whose life or bodily integrity is at stake ({provision})?")),
        Test("incapable", _("Why can the person not consent, physically or legally ({provision})?")),
    )
    return _not_the_rule(case, by_tests(case, leg, "eu-gdpr:49(1)(f)", tests))


@rule(
    "eu-gdpr.public_register",
    "eu-gdpr:49(1)(g)",
    _("Do the data come from a public register, under the conditions for consulting it?"),
)
def public_register(case: Case, view: View, leg: Leg) -> Finding:
    """Article 49(1)(g) with 49(2): a register meant to inform the public; never all of it or whole categories."""
    tests = (
        Test(
            "public", _("Does law make the register public, or open to those with a legitimate interest ({provision})?")
        ),
        Test("not_entire", _("Is less sent than the register or whole categories of it ({provision})?")),
        Test("conditions", _("Are the conditions for consulting it met in this case ({provision})?")),
    )
    return _not_the_rule(case, by_tests(case, leg, "eu-gdpr:49(1)(g)", tests))


@rule(
    "eu-gdpr.compelling_interests",
    "eu-gdpr:49(1)-second",
    _("Do compelling legitimate interests carry a single transfer where nothing else is left?"),
)
def compelling_interests(case: Case, view: View, leg: Leg) -> Finding:
    """Article 49(1), second subparagraph, with 49(3) and 49(6): the last resort; authority and persons are told, and it is recorded."""
    provision = "eu-gdpr:49(1)-second"
    tests = (
        decided(case, leg, DecidedBy.NOT_REPEATED, "not_repetitive", _("Is the transfer not repeated ({provision})?")),
        Test("exhausted", _("Was it shown that no other ground of the chapter is left ({provision})?")),
        Test("limited_number", _("Are only a limited number of persons concerned ({provision})?")),
        Test("compelling", _("Which interest of the controller is compelling ({provision})?")),
        Test("not_overridden", _("Do the interests and rights of the persons not prevail ({provision})?")),
        Test(
            "safeguards", _("Which suitable safeguards were provided after assessing all circumstances ({provision})?")
        ),
        _outside_public_powers(case, leg),
    )
    found = by_tests(case, leg, provision, tests)
    if found.truth is not Truth.YES:
        return found
    duties = (
        ("inform_authority", _("Tell the supervisory authority of the transfer (article 49(1), second subparagraph).")),
        ("inform_data_subjects", _("Tell the persons of the transfer and of the compelling interest.")),
        ("record", _("Enter assessment and safeguards in the record of processing (article 49(6)).")),
    )
    conditions = tuple(Condition(f"{provision}.{name}", say(text), provision) for name, text in duties)
    return Finding(found.truth, found.because, conditions=(*found.conditions, *conditions))


@rule(
    "eu-gdpr.national_limits",
    "eu-gdpr:49(5)",
    _("Does Union or Member State law forbid to send such data, for important reasons of public interest?"),
    favours=Truth.NO,
)
def national_limits(case: Case, view: View, leg: Leg) -> Finding:
    """Article 49(5): where there is no decision, law may limit the transfer of specific categories of data."""
    limited = case.answer("eu-gdpr:49(5)")
    if limited is Truth.YES:
        return Finding(limited, say(_("As answered, Union or Member State law limits the transfer of such data.")))
    if not any(is_claimed(case, provision) for provision in PROVISIONS):
        return Finding(Truth.NO, say(_("No derogation is relied on.")))
    text = _("Make sure that no Union or Member State law limits the transfer of such data (article 49(5)).")
    conditions = () if limited is Truth.NO else (Condition("eu-gdpr:49(5)", say(text), "eu-gdpr:49(5)"),)
    return Finding(Truth.NO, say(_("No limit of that kind is on file.")), conditions=conditions)


DEROGATIONS: tuple[Rule, ...] = (
    explicit_consent,
    contract_with_the_person,
    contract_in_the_persons_interest,
    public_interest,
    legal_claims,
    vital_interests,
    public_register,
    compelling_interests,
)
PROVISIONS = tuple(derogation.provision for derogation in DEROGATIONS)


def any_derogation(case: Case, view: View, leg: Leg) -> tuple[Truth, Truth, tuple[Finding, ...]]:
    """Whether a derogation carries the transfer: on the narrow line, on the wide line, and the findings on those claimed."""
    allowed = ~national_limits(case, view, leg).truth
    claimed = [derogation for derogation in DEROGATIONS if is_claimed(case, derogation.provision)]
    found = [derogation(case, view, leg) for derogation in claimed]
    single = ~_systematic(case)
    wide = any_of(*(one.truth for one in found)) & allowed
    narrow = any_of(*(one.truth & single if one.provision in _NOT_CONFINED else one.truth for one in found)) & allowed
    return narrow, wide, (*found, national_limits(case, view, leg)) if found else ()


def _outside_public_powers(case: Case, leg: Leg) -> Test:
    """Article 49(3): (a), (b), (c) and the second subparagraph are closed to authorities exercising public powers."""
    asks = _("Is the transfer outside the exercise of public powers (article 49(3), {provision})?")
    return decided(case, leg, DecidedBy.OUTSIDE_PUBLIC_POWERS, "outside_public_powers", asks)


def _occasional(case: Case, leg: Leg) -> Test:
    """Recital 111: contracts and claims carry occasional transfers only."""
    asks = _("Is the transfer occasional, or repeated in the course of business ({provision})?")
    return decided(case, leg, DecidedBy.OCCASIONAL, "occasional", asks)


def _systematic(case: Case) -> Truth:
    """Whether the transfer is part of a steady flow."""
    return {"systematic": Truth.YES, "unknown": Truth.UNKNOWN}.get(case.frequency, Truth.NO)


def _not_the_rule(case: Case, found: Finding) -> Finding:
    """A derogation that carries a systematic flow becomes the rule: authorities say it may not, the text does not."""
    systematic = _systematic(case)
    if found.truth is Truth.NO or systematic is Truth.NO:
        return found
    if systematic is Truth.UNKNOWN:
        question = ask("frequency", _("Is this one transfer, an occasional one, or part of a systematic flow?"))
        return replace(found, questions=(*found.questions, question))
    text = _(
        "Whether a derogation may carry a systematic flow: the authorities hold that the exception must not become the rule "
        "(EDPB Guidelines 2/2018); the text of article 49 limits only some grounds to occasional transfers (recital 111)."
    )
    return replace(found, contested=(say(text),))


_NOT_CONFINED = ("eu-gdpr:49(1)(a)", "eu-gdpr:49(1)(d)", "eu-gdpr:49(1)(f)", "eu-gdpr:49(1)(g)")
"""Grounds that the text does not confine to occasional transfers."""
