"""The confidentiality of communications: may a messaging provider scan them at all, before anything is found or sent?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from country_reports.facts import Standing, Truth, all_of, any_of
from transfers.case import NO_PROFILE, Case, Leg, OcseaCase
from transfers.finding import Finding, PlaceName, Question, _, ask, say
from transfers.law.answers import to_document
from transfers.law.rule import rule
from transfers.view import View

NUMBER_INDEPENDENT, NUMBER_BASED = "ni_ics", "nb_ics"
"""The two kinds of communications between persons, as a route names them; only the former ever had a derogation."""


@rule("ocsea.confidentiality", "eprivacy:5", _("May the provider scan these communications at all on that day?"))
def confidentiality(case: Case, view: View, leg: Leg) -> Finding:
    """Directive 2002/58/EC, arts 5, 6 and 15(1): providers in the Union need a derogation in force, or a law that lets them scan.

    Derogations cover number-independent communications only, and leave out audio and end-to-end encryption; for telephony and
    short messages only a law under article 15(1) can open the way. Elsewhere the law of the exporter's place guards the
    confidentiality of communications, and is for counsel to tell; so is, besides, in a State of the European Economic Area of
    which it was not found that the derogation was taken up there. Services called "other" may be of either kind.
    """
    if case.exporter_services is None:
        question = ask(
            "exporter.services",
            _("Is the exporter a provider of messaging, independent of numbers or based on them (telephony, SMS)?"),
        )
        because = say(
            _(
                "It is not stated which services the exporter offers: messaging providers may not scan without a derogation."
            )
        )
        return Finding(Truth.UNKNOWN, because, questions=(question,))
    found = [*_of_communications(case, view), *_of_other_services(case), *_of_the_controller(case)]
    if not found:
        return Finding(Truth.YES, say(_("The exporter is not a provider of interpersonal communications.")))
    return reduce(_both, found)


def provides_communications(case: Case) -> Truth:
    """Whether the exporter offers communications between persons, be they based on numbers or not."""
    return any_of(*map(case.offers, (NUMBER_INDEPENDENT, NUMBER_BASED)))


def in_the_union(case: Case, view: View) -> Standing:
    """Established where the Regulation applies, or bound by it from elsewhere."""
    established = _established_in_the_union(case, view)
    bound_from_abroad = Truth.of("eu-gdpr" in case.subject_to)
    return Standing(established.truth | bound_from_abroad, established.grounds)


def _of_communications(case: Case, view: View) -> Iterator[Finding]:
    """Every law that must let the provider scan what it carries, for each kind of communications that it offers."""
    if provides_communications(case) is Truth.NO:
        return
    established = _established_in_the_union(case, view)
    if established.truth is Truth.UNKNOWN:
        question = ask("exporter.country", _("In which country is the messaging provider established?"))
        because = say(_("It is not known whether the messaging provider is established in the Union."))
        yield Finding(Truth.UNKNOWN, because, established.grounds, (question,))
        return
    by_derogation, by_law = case.offers(NUMBER_INDEPENDENT) is Truth.YES, case.offers(NUMBER_BASED) is Truth.YES
    not_found = case.exporter in view.lawful_basis_not_established_for
    if established.truth is Truth.NO or (by_derogation and not_found):
        yield _elsewhere(case, established)
    if in_the_union(case, view).truth is Truth.YES:
        if by_derogation:
            yield _under_a_derogation(case, view)
        if by_law:
            yield _under_article_15(case)


def _of_other_services(case: Case) -> Iterator[Finding]:
    """What is called "other" is nothing with communications only where somebody says so."""
    if case.offers("other") is not Truth.YES:
        return
    yield _as_answered(
        case,
        "ocsea.other_services",
        carried_none=_("The exporter's other services carry no communications between persons, as answered."),
        open_because=_(
            "Services of the exporter are called other; they may be communications, which nobody may scan freely."
        ),
        whether=_(
            "Do the exporter's other services carry no communications between persons: no telephony, no SMS, no messages, no mail?"
        ),
        which=_("Which are the other services: `ni_ics` (messages in an app, mail) or `nb_ics` (telephony, SMS)?"),
    )


def _of_the_controller(case: Case) -> Iterator[Finding]:
    """Who scans for a provider is no freer than the provider is, whatever it offers itself."""
    if case.exporter_role not in ("processor", "unknown") or provides_communications(case) is Truth.YES:
        return
    if case.exporter_role == "unknown":
        decides = ask(
            "exporter.role", _("Who decides on purposes and means: is the exporter a controller or a processor?")
        )
        because = say(_("The role of the exporter is not given; it may scan for a provider of communications."))
        yield Finding(Truth.UNKNOWN, because, questions=(decides,))
        return
    yield _as_answered(
        case,
        "ocsea.for_no_provider",
        carried_none=_("The controller for whom the exporter acts is no provider of communications, as answered."),
        open_because=_("The exporter acts for a controller, which may be a provider of communications."),
        whether=_(
            "Is the controller for whom the exporter acts no provider of communications (messages, mail, telephony, SMS)?"
        ),
        which=_("Which communications does the controller provide? Name its services: `ni_ics` or `nb_ics`."),
    )


def _as_answered(case: Case, criterion: str, carried_none: str, open_because: str, whether: str, which: str) -> Finding:
    """Nothing is scanned that is confidential only where somebody answers so; where it is, the services are to be named."""
    answer = case.answer(criterion)
    if answer is Truth.YES:
        return Finding(answer, say(carried_none), conditions=to_document(case, criterion))
    question = ask("exporter.services", which) if answer is Truth.NO else ask(criterion, whether)
    return Finding(Truth.UNKNOWN, say(open_because), questions=(question,))


def _both(one: Finding, other: Finding) -> Finding:
    """Two laws that must both let the provider scan: the stricter answer, with what either of them rests on and asks."""
    truth = all_of(one.truth, other.truth)
    told = other if other.truth is truth else one
    if truth is Truth.NO:
        return told
    return replace(
        told,
        grounds=(*one.grounds, *other.grounds),
        questions=(*one.questions, *other.questions),
        conditions=(*one.conditions, *other.conditions),
    )


def _under_a_derogation(case: Case, view: View) -> Finding:
    """The Directive as it binds providers of number-independent communications in the Union, and those that serve it from elsewhere."""
    derogation = view.lawful_basis
    if derogation.truth is not Truth.YES:
        because = say(
            _(
                "No derogation from the confidentiality of communications is in force on that day: the detection has no basis."
            )
        )
        return Finding(derogation.truth, because, derogation.grounds)
    return _within_its_limits(case.ocsea or NO_PROFILE, view)


def _under_article_15(case: Case) -> Finding:
    """Telephony and short messages: no derogation of the Union ever covered them, so that only a law of a State can restrict articles 5 and 6."""
    criterion = "ocsea.article_15"
    answer = case.answer(criterion)
    if answer is Truth.YES:
        because = say(_("A law under article 15(1) lets the provider scan number-based communications, as answered."))
        return Finding(answer, because, conditions=to_document(case, criterion))
    none_covers = _(
        "Telephony and SMS are confidential (articles 5 and 6), and the derogation for voluntary detection covers number-independent "
        "communications only."
    )
    asks = _(
        "Which law of the State, made under article 15(1) of Directive 2002/58/EC, lets the provider scan telephony or SMS, if any does?"
    )
    questions = (Question(criterion, say(asks), "counsel"),) if answer is Truth.UNKNOWN else ()
    return Finding(answer, say(none_covers), questions=questions)


def _elsewhere(case: Case, outside: Standing) -> Finding:
    """A messaging provider outside the Union: the Directive does not bind it, and what does is not on file."""
    criterion = "ocsea.confidentiality"
    answer = case.answer(criterion)
    place = PlaceName(case.exporter or "")
    if answer is Truth.UNKNOWN:
        asks = say(
            _("Does the law of {place} on the confidentiality of communications let the provider scan these ones?"),
            place=place,
        )
        because = say(
            _("What the law of {place} says of the confidentiality of communications is not on file."), place=place
        )
        return Finding(answer, because, outside.grounds, (Question(criterion, asks, "counsel"),))
    because = say(_("Answered for the law of {place} on the confidentiality of communications."), place=place)
    return Finding(
        answer, because, outside.grounds, conditions=to_document(case, criterion) if answer is Truth.YES else ()
    )


def _within_its_limits(profile: OcseaCase, view: View) -> Finding:
    """What the derogation of the day leaves out: audio, end-to-end encryption, or nothing."""
    touched = {"audio": profile.audio, "end_to_end_encrypted": profile.end_to_end_encrypted}
    truth = all_of(*(~touched[kind] for kind in view.lawful_basis_leaves_out))
    because = {
        Truth.YES: say(_("A derogation for voluntary detection is in force and covers these communications.")),
        Truth.NO: say(_("The derogation in force leaves out these communications (audio, or end-to-end encrypted).")),
        Truth.UNKNOWN: say(
            _("A derogation is in force; whether the communications are audio or end-to-end encrypted is not said.")
        ),
    }[truth]
    open_ones = [kind for kind in view.lawful_basis_leaves_out if touched[kind] is Truth.UNKNOWN]
    questions = tuple(ask(f"ocsea.{kind}", _LEFT_OUT[kind]) for kind in open_ones)
    return Finding(truth, because, view.lawful_basis.grounds, questions if truth is Truth.UNKNOWN else ())


_LEFT_OUT = {
    "audio": _("Are audio communications scanned?"),
    "end_to_end_encrypted": _("Are end-to-end encrypted communications scanned?"),
}


def _established_in_the_union(case: Case, view: View) -> Standing:
    place = view.places.get(case.exporter or "")
    return place.gdpr_area if place is not None else Standing(Truth.UNKNOWN)
