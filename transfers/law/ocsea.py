"""Detection and reporting of online child sexual exploitation and abuse (expert report of the Council of Europe, 2021, section 3.4).

A rule set of its own for routes with that profile: the lawful basis of the detection and the ten heads of
safeguards come before any transfer. Chapter V of the GDPR cannot cure a detection that has no basis.
"""

from __future__ import annotations

from country_reports.facts import Truth, all_of
from transfers.case import NO_PROFILE, Case, Leg
from transfers.finding import Condition, Finding, Outcome, Possible, Question, RegimeConclusion, Sentence, _, ask, say
from transfers.law.answers import to_document
from transfers.law.confidentiality import confidentiality, in_the_union, provides_communications
from transfers.law.ocsea_profile import profile
from transfers.law.orders import unnamed
from transfers.law.rule import rule
from transfers.view import View

REGIME = "ocsea"
NAME = _("Safeguards for reports of child sexual exploitation and abuse")

HEADS = {
    "OC-01": _("strict purpose limitation"),
    "OC-02": _("minimisation and proportionality"),
    "OC-03": _("data protection by design"),
    "OC-04": _("impact assessment"),
    "OC-05": _("transparency"),
    "OC-06": _("human review before reporting"),
    "OC-07": _("data security"),
    "OC-08": _("limited retention"),
    "OC-09": _("complaints and remedies"),
}


@rule("ocsea.lawful_basis", "coe-ocsea-2021:3.4.1", _("Does the detection rest on a lawful basis?"))
def lawful_basis(case: Case, view: View, leg: Leg) -> Finding:
    """Expert report, section 3.4: consent by terms is invalid; a public interest laid down by law is the strongest basis."""
    basis = (case.ocsea or NO_PROFILE).lawful_basis
    if basis in ("public_interest_law", "mandatory_detection_law"):
        return _on_a_law(case)
    if basis in ("consent", "consent_by_terms"):
        return Finding(Truth.NO, say(_("Consent through terms of service gives no free choice and is no basis.")))
    if basis == "legitimate_interest_of_authorities":
        return Finding(Truth.NO, say(_("The interest of authorities is not the provider's own and is no basis here.")))
    if basis == "own_legitimate_interest":
        return _own_interest(case, view)
    because = say(_("The lawful basis of the detection is not given."))
    return Finding(
        Truth.UNKNOWN,
        because,
        questions=(ask("ocsea.lawful_basis", _("On which lawful basis does the detection rest?")),),
    )


def _on_a_law(case: Case) -> Finding:
    """A duty in one State is none for a provider in another: it is a law of its own State, or of the Union, that is to be named."""
    criterion = "ocsea.law"
    if case.answer(criterion) is Truth.NO:
        return Finding(
            Truth.NO, say(_("No law that binds the exporter at home permits or asks for the detection, as answered."))
        )
    named = (
        to_document(case, criterion)
        if case.claims(criterion)
        else (Condition(criterion, say(_NAME_THE_LAW), "coe-ocsea-2021:3.4.1"),)
    )
    return Finding(Truth.YES, say(_("The detection rests on a law.")), conditions=named)


_NAME_THE_LAW = _(
    "Name the law, with its article, that permits or asks for the detection: one of the exporter's own State or of the Union, since a duty in "
    "another State is none here."
)


@rule("ocsea.scenario", "coe-ocsea-2021:3.2.2", _("Is the reporting scenario fit to carry transfers?"))
def scenario(case: Case, view: View, leg: Leg) -> Finding:
    """Expert report, section 3.2.2: purely voluntary reporting on contract terms (R1) is unsuitable; R2 to R4 rest on law."""
    named = (case.ocsea or NO_PROFILE).scenario
    if named is None:
        question = ask(
            "ocsea.scenario",
            _(
                "Which scenario is it: purely voluntary (R1), voluntary under a statute (R2), a duty (R3), on request of a court (R4)?"
            ),
        )
        return Finding(Truth.UNKNOWN, say(_("The reporting scenario is not given.")), questions=(question,))
    if named == "R1":
        return Finding(Truth.NO, say(_("Purely voluntary reporting on contract terms is no suitable basis.")))
    if named == "R4":
        return _on_request(case)
    return Finding(Truth.YES, say(_("Scenario {name} rests on law."), name=named))


@rule("ocsea.safeguards", "coe-ocsea-2021:3.4.3", _("Are the safeguards of the report in place?"))
def safeguards(case: Case, view: View, leg: Leg) -> Finding:
    """Expert report, section 3.4.3: the heads OC-01 to OC-09; the tenth is the transfer itself."""
    profile = case.ocsea or NO_PROFILE
    flows = Truth.of(profile.safeguard("OC-10") is not Truth.NO)
    truth = all_of(flows, *(profile.safeguard(head) for head in HEADS))
    if truth is Truth.YES:
        return Finding(truth, say(_("All nine heads of safeguards are in place.")))
    missing = tuple(_named(head) for head in HEADS if profile.safeguard(head) is not Truth.YES)
    missing += (say(_("OC-10 the transfer itself")),) if flows is Truth.NO else ()
    questions = tuple(
        Question(
            f"ocsea.safeguards.{head}",
            say(_("Is this safeguard in place, and where is it documented: {head}?"), head=_named(head)),
            "exporter",
        )
        for head in HEADS
        if profile.safeguard(head) is Truth.UNKNOWN
    )
    because = say(_("Not all heads of safeguards are in place: {missing}."), missing=missing)
    return Finding(truth, because, questions=questions if truth is Truth.UNKNOWN else ())


def _named(head: str) -> Sentence:
    return say("{head} {name}", head=head, name=say(HEADS[head]))


@rule(
    "ocsea.hash_query",
    "coe-ocsea-2021:3.4.3-hashes",
    _("Does a query to a repository abroad carry nothing but hashes that cannot be reversed?"),
    favours=None,
)
def hash_query(case: Case, view: View, leg: Leg) -> Finding:
    """Expert report, section 3.4.3: hashing protects privacy and does not take the detection outside data protection law.

    What else leaves with the hash, such as an account or an address, decides how much is sent; the query stays processing, and is judged
    as a transfer all the same.
    """
    criterion = "ocsea.hashes_only"
    answer = case.answer(criterion)
    told = {
        Truth.YES: _(
            "The query carries hashes only: keep it so, and document that they cannot be reversed or linked to a user."
        ),
        Truth.NO: _("The query carries data about a user besides the hash: leave them out, or treat it as a report."),
        Truth.UNKNOWN: _("It is not said whether the query carries more than a hash that cannot be reversed."),
    }[answer]
    asks = _(
        "Does a query carry nothing but a hash that cannot be reversed: no account, no address, no time of upload?"
    )
    questions = (ask(criterion, asks),) if answer is Truth.UNKNOWN else ()
    return Finding(answer, say(told), questions=questions, watch=(say(told),))


@rule(
    "ocsea.recipient",
    "coe-ocsea-2021:3.4.3-recipients",
    _("By which way do reports reach a recipient of this kind?"),
    favours=None,
)
def recipient(case: Case, view: View, leg: Leg) -> Finding:
    """Expert report, sections 3.4.3 and following: hotlines, clearing houses, INTERPOL and police are reached by ways of their own."""
    way = say(_WAYS.get(leg.kind, _OTHER_WAY))
    return Finding(Truth.YES, way, options=(way, *(say(text) for text in _LONGER_TERM)))


_WAYS = {
    "hotline": _(
        "A hotline in a State that is Party to the Convention, as a rule the provider's own, passes the report on through its network."
    ),
    "clearing_house": _(
        "A private clearing house in a State that is no Party needs that State's law, binding safeguards or a statute of the exporter's own "
        "State behind the report; terms of service never do."
    ),
    "international_organisation": _(
        "INTERPOL is reached through the national central bureau and a hotline or police authority, under its rules on the processing of data."
    ),
    "police": _(
        "Police abroad are reached through the competent authority of the exporter's own State (police co-operation, mutual legal assistance)."
    ),
    "public_authority": _(
        "Authorities abroad are reached through the competent authority of the exporter's own State (police co-operation, mutual legal assistance)."
    ),
}
_OTHER_WAY = _(
    "Send confirmed reports to the hotline or the competent authority of the exporter's own State, which passes them on."
)
_LONGER_TERM = (
    _("For the longer term: encrypt, with the keys held by staff in the sending country."),
    _(
        "For the longer term: bring strategic transfers onshore, with storage and hosting at home or in the same jurisdiction."
    ),
    _(
        "For the longer term: binding corporate rules that the authority has validated, or a data fiduciary or data trust."
    ),
)


def conclude(case: Case, view: View) -> RegimeConclusion:
    """All four must hold before any transfer of a report."""
    profiled = profile(case, view, case.importer)
    if profiled.truth is Truth.NO:
        outside = Outcome.PERMITTED_WITH_CONDITIONS if profiled.conditions else Outcome.NOT_IN_SCOPE
        return RegimeConclusion(REGIME, NAME, True, Possible.only(outside), (profiled,))
    if profiled.truth is Truth.UNKNOWN:
        return RegimeConclusion(
            REGIME, NAME, True, Possible.when(Truth.UNKNOWN, Outcome.NOT_IN_SCOPE, Outcome.NOT_PERMITTED), (profiled,)
        )
    tests = tuple(test(case, view, case.importer) for test in (confidentiality, lawful_basis, scenario, safeguards))
    advice = [recipient(case, view, case.importer)]
    if case.purpose == "ocsea_hash_query":
        advice.append(hash_query(case, view, case.importer))
    findings = (profiled, *tests, *advice)
    truth = all_of(*(found.truth for found in tests))
    best = Outcome.PERMITTED_WITH_CONDITIONS if any(found.conditions for found in findings) else Outcome.PERMITTED
    return RegimeConclusion(REGIME, NAME, True, Possible.when(truth, best, Outcome.NOT_PERMITTED), findings)


def _on_request(case: Case) -> Finding:
    """A request is somebody's: it is named, and one from abroad counts only under a treaty; at volume it is no request any more."""
    criterion = "ocsea.order"
    answer, order = case.answer(criterion), case.order
    if answer is Truth.NO:
        return Finding(
            answer, say(_("No court or independent authority requests these data: scenario R4 is not what happens."))
        )
    whose = _(
        "Which court or independent authority requests the data, by which act for each disclosure? If it is one abroad, state it under "
        "`order`, with the treaty in force."
    )
    missing = [ask(criterion, whose)] if answer is Truth.UNKNOWN else []
    missing += unnamed(order, rests_on_agreement=True) if order is not None else ()
    if missing:
        because = say(
            _(
                "Scenario R4 is a request of a court or independent authority; whose, and under what, is not established."
            )
        )
        return Finding(Truth.UNKNOWN, because, questions=tuple(missing))
    watch = (say(_AT_VOLUME),) if case.frequency == "systematic" else ()
    because = say(_("A court or independent authority requests these data, as answered."))
    return Finding(Truth.YES, because, conditions=to_document(case, criterion), watch=watch)


_AT_VOLUME = _(
    "Requests are reactive: each disclosure needs its own, and scenario R4 does not carry what detection finds at volume."
)


def _own_interest(case: Case, view: View) -> Finding:
    """Closed to providers bound by confidentiality; for others an overriding interest after a balancing test."""
    if (provides_communications(case) & in_the_union(case, view).truth) is Truth.YES:
        return Finding(
            Truth.NO,
            say(_("A provider bound by the confidentiality of communications cannot rely on its own interest.")),
        )
    criterion = "ocsea.balancing_test"
    truth = case.answer(criterion)
    questions = (
        ask(
            criterion,
            _(
                "Does a documented balancing test show an overriding interest, with strict privacy-preserving safeguards?"
            ),
        ),
    )
    because = {
        Truth.YES: say(_("The provider's own interest prevails after a documented balancing test.")),
        Truth.NO: say(_("The balancing test does not come out for the provider.")),
        Truth.UNKNOWN: say(_("The provider relies on its own interest; no balancing test is on file.")),
    }[truth]
    conditions = to_document(case, criterion) if truth is Truth.YES else ()
    return Finding(truth, because, questions=questions if truth is Truth.UNKNOWN else (), conditions=conditions)
