"""Articles 46(2)(a), (b), (e), (f), 46(3) and 47: safeguards other than standard clauses.

Each counts only where the route claims it. Like every tool of article 46 it gives enforceable rights and effective
remedies (46(1)) and stands or falls with the law and practice of the destination (C-311/18, para 92).
"""

from __future__ import annotations

from country_reports.facts import Truth, any_of
from country_reports.regime import DecidedBy
from transfers.case import Case, Leg
from transfers.finding import Finding, _
from transfers.law.claims import Test, by_tests, decided, is_claimed
from transfers.law.eu_gdpr.article_48 import AGREEMENT
from transfers.law.rule import Rule, rule
from transfers.view import View

_RIGHTS = Test(
    "rights", _("Do the persons get enforceable rights and effective remedies ({provision}, article 46(1))?")
)
_COMMITMENTS = Test(
    "commitments", _("Has the recipient made binding and enforceable commitments ({provision})?"), who="importer"
)
_COVERS = Test("covers", _("Does it cover these data and this purpose ({provision})?"))


@rule(
    "eu-gdpr.public_instrument",
    "eu-gdpr:46(2)(a)",
    _("Does a binding and enforceable instrument between public bodies cover the transfer?"),
)
def public_instrument(case: Case, view: View, leg: Leg) -> Finding:
    """Article 46(2)(a); EDPB Guidelines 2/2020: a legally binding and enforceable instrument, such as a treaty in force between them.

    It may cover co-operation of a private party with an authority abroad if it says so (EDPB Guidelines 02/2024).
    """
    tests = (
        Test("in_force", _("Which instrument is in force between which bodies ({provision})?")),
        Test("covers", _("Does it cover these data, this purpose and these two parties ({provision})?")),
        Test("binding", _("Is it legally binding and enforceable ({provision})?")),
        _recipient_is_public(case, leg),
        _RIGHTS,
        *((Test("agreement", _COVERS_ORDER, case.answer(AGREEMENT), AGREEMENT),) if case.foreign_order else ()),
    )
    return by_tests(case, leg, "eu-gdpr:46(2)(a)", tests)


_COVERS_ORDER = _(
    "Is the instrument an agreement in force that makes the order from abroad enforceable ({provision} with article 48)?"
)


@rule(
    "eu-gdpr.bcr",
    "eu-gdpr:46(2)(b)",
    _("Do approved binding corporate rules bind the recipient for this transfer?"),
)
def binding_corporate_rules(case: Case, view: View, leg: Leg) -> Finding:
    """Articles 46(2)(b) and 47: rules approved by the competent authority, binding every member concerned, covering these data and purposes."""
    tests = (
        Test("approved", _("Which authority approved the rules, and when ({provision} with article 47)?")),
        Test(
            "member", _("Is the recipient a member of the group that is bound by them ({provision})?"), who="importer"
        ),
        Test("covers", _("Do they cover these data, this purpose and these roles ({provision})?")),
    )
    return by_tests(case, leg, "eu-gdpr:46(2)(b)", tests)


@rule(
    "eu-gdpr.code",
    "eu-gdpr:46(2)(e)",
    _("Does an approved code of conduct, with binding commitments of the recipient, cover the transfer?"),
)
def code_of_conduct(case: Case, view: View, leg: Leg) -> Finding:
    """Articles 40 and 46(2)(e); EDPB Guidelines 04/2021: a code of general validity, with binding and enforceable commitments of the recipient."""
    tests = (
        Test("approved", _("Which code of general validity was approved for transfers, and when ({provision})?")),
        _COMMITMENTS,
        _COVERS,
        _RIGHTS,
    )
    return by_tests(case, leg, "eu-gdpr:46(2)(e)", tests)


@rule(
    "eu-gdpr.certification",
    "eu-gdpr:46(2)(f)",
    _("Does an approved certification, with binding commitments of the recipient, cover the transfer?"),
)
def certification(case: Case, view: View, leg: Leg) -> Finding:
    """Articles 42 and 46(2)(f); EDPB Guidelines 07/2022: a certification made for transfers, with binding and enforceable commitments of the recipient."""
    tests = (
        Test(
            "approved",
            _("Which mechanism was approved for transfers, and until when is the recipient certified ({provision})?"),
        ),
        _COMMITMENTS,
        _COVERS,
        _RIGHTS,
    )
    return by_tests(case, leg, "eu-gdpr:46(2)(f)", tests)


@rule(
    "eu-gdpr.adhoc_clauses",
    "eu-gdpr:46(3)(a)",
    _("Do clauses of the parties' own, authorised by the authority, cover the transfer?"),
)
def individual_clauses(case: Case, view: View, leg: Leg) -> Finding:
    """Article 46(3)(a): contractual clauses between the parties, authorised by the competent supervisory authority after the consistency mechanism (46(4))."""
    tests = (
        Test("authorised", _("Which authority authorised the clauses, and when ({provision})?")),
        _RIGHTS,
    )
    return by_tests(case, leg, "eu-gdpr:46(3)(a)", tests)


@rule(
    "eu-gdpr.arrangement",
    "eu-gdpr:46(3)(b)",
    _("Does an authorised arrangement between public bodies, with enforceable rights, cover the transfer?"),
)
def administrative_arrangement(case: Case, view: View, leg: Leg) -> Finding:
    """Article 46(3)(b); EDPB Guidelines 2/2020: provisions in an arrangement between public bodies, authorised, with enforceable and effective rights."""
    tests = (
        decided(
            case,
            leg,
            DecidedBy.EXPORTER_IS_PUBLIC,
            "exporter_is_public",
            _("Is the exporter a public body ({provision})?"),
        ),
        _recipient_is_public(case, leg),
        Test("authorised", _("Which authority authorised the arrangement, and when ({provision})?")),
        _RIGHTS,
    )
    return by_tests(case, leg, "eu-gdpr:46(3)(b)", tests)


SAFEGUARDS: tuple[Rule, ...] = (
    public_instrument,
    binding_corporate_rules,
    code_of_conduct,
    certification,
    individual_clauses,
    administrative_arrangement,
)


def any_safeguard(case: Case, view: View, leg: Leg) -> tuple[Truth, tuple[Finding, ...]]:
    """Whether a safeguard that the route claims is available, and the findings on those claimed."""
    found = tuple(safeguard(case, view, leg) for safeguard in SAFEGUARDS if is_claimed(case, safeguard.provision))
    return any_of(*(one.truth for one in found)), found


def _recipient_is_public(case: Case, leg: Leg) -> Test:
    asks = _("Is the recipient a public authority or an international organisation ({provision})?")
    return decided(case, leg, DecidedBy.RECIPIENT_IS_PUBLIC, "recipient_is_public", asks)
