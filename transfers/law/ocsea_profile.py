"""Which routes carry reports of child sexual abuse: as they state, else as parties and data show, else as somebody answers."""

from __future__ import annotations

from country_reports.facts import Truth
from transfers.case import Case, Leg
from transfers.finding import Finding, _, ask, say
from transfers.law.answers import to_document
from transfers.law.rule import rule
from transfers.view import View


def concerns(case: Case) -> bool:
    """Whether this rule set has anything to say of the route, be it only that an answer takes it out."""
    return applies(case) is not Truth.NO or (_may_be_one(case) and case.claims(REPORT))


def applies(case: Case) -> Truth:
    """Whether the route has this profile: as it states, else as parties and data show, else as answered.

    A report stays one under whatever purpose, and whoever is the last to get it.
    """
    if case.ocsea is not None or case.purpose in ("ocsea_report", "ocsea_hash_query"):
        return Truth.YES
    return case.answer(REPORT) if case.claims(REPORT) or _may_be_one(case) else Truth.NO


REPORT = "ocsea.report"
"""The answer that tells whether a route carries reports, where its parties and data leave that open."""


def _may_be_one(case: Case) -> bool:
    """Whether parties and data are those of reports: hotlines and clearing houses at either end, or intimate data of children.

    Such data count where they go to whoever takes reports, or come from a service on which such material is searched for; from
    that to those, what is not said of the data may be what reports hold.
    """
    if case.offers("hotline") is Truth.YES or any(leg.kind in _RECIPIENTS for leg in case.legs):
        return not _shown_to_be_none(case)
    if case.presumed_kind != "private":
        return False
    online = _have(case.exporter_services, _ONLINE)
    taken = any(leg.kind in _TAKE_REPORTS for leg in case.legs)
    unsaid = online and taken
    return (
        (online or taken)
        and _have(case.subjects, _VICTIMS, unsaid)
        and _have(case.special_categories, _INTIMATE, unsaid)
    )


def _shown_to_be_none(case: Case) -> bool:
    """Data of staff and suppliers, sent for a purpose that is stated, that say nothing of sex life or offences."""
    if case.purpose is None or case.subjects is None or case.special_categories is None:
        return False
    return bool(case.subjects) and case.subjects <= _OF_THE_HOUSE and not case.special_categories & _INTIMATE


def _have(stated: frozenset[str] | None, sought: frozenset[str], unstated: bool = False) -> bool:
    return unstated if stated is None else not stated.isdisjoint(sought)


_RECIPIENTS = ("hotline", "clearing_house")
_TAKE_REPORTS = ("police", "public_authority", "international_organisation", "eu_body", "association")
_VICTIMS = frozenset(("children", "victims"))
_INTIMATE = frozenset(("sex_life", "offences"))
_ONLINE = frozenset(("ni_ics", "nb_ics", "hosting", "search", "social_network"))
"""Services on which such material is searched for."""
_OF_THE_HOUSE = frozenset((
    "employees", "former_employees", "job_applicants", "contractors", "suppliers",
))  # fmt: skip


@rule(
    "ocsea.profile", "coe-ocsea-2021:3.4", _("Are these reports of child sexual exploitation or abuse?"), favours=None
)
def profile(case: Case, view: View, leg: Leg) -> Finding:
    """Expert report, section 3.4: reports to hotlines and clearing houses have a profile of their own."""
    truth = applies(case)
    if truth is Truth.NO:
        because = say(_("The route carries no reports of child sexual abuse, as answered."))
        return Finding(truth, because, conditions=to_document(case, REPORT))
    if truth is Truth.YES:
        as_answered = case.ocsea is None and case.answer(REPORT) is Truth.YES
        told = _("The route carries reports, as answered.") if as_answered else _("The purpose is stated.")
        return Finding(truth, say(told))
    if case.purpose is None:
        question = ask(
            "purpose", _("For what purpose are the data sent: a report of child sexual abuse, or something else?")
        )
        because = say(_("A party is a hotline, clearing house or authority, and the purpose is not stated."))
        return Finding(truth, because, questions=(question,))
    question = ask(
        REPORT,
        _("Do the data come from, or belong to, a report of child sexual abuse or the search for such material?"),
    )
    because = say(_("Parties and data may be those of a report of child sexual abuse, whatever the purpose is called."))
    return Finding(truth, because, questions=(question,))
