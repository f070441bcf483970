"""The confidentiality of communications: may a messaging provider scan them at all, before anything is found or sent?"""

from __future__ import annotations

from dataclasses import replace

from country_reports.facts import Standing, Truth, all_of
from transfers.case import NO_PROFILE, Case, Leg, OcseaCase
from transfers.finding import Finding, PlaceName, Question, _, ask, say
from transfers.law.answers import to_document
from transfers.law.rule import rule
from transfers.view import View


@rule("ocsea.confidentiality", "eprivacy:5", _("May the provider scan these communications at all on that day?"))
def confidentiality(case: Case, view: View, leg: Leg) -> Finding:
    """Directive 2002/58/EC, art. 5(1): messaging providers in the EU need a derogation in force, which leaves out audio and end-to-end encryption.

    Elsewhere the law of the exporter's place guards the confidentiality of communications, and is for counsel to tell; so
    is, besides, in a State of the European Economic Area of which it was not found that the derogation was taken up there.
    """
    messaging, established = case.offers("ni_ics"), _established_in_the_union(case, view)
    if messaging is Truth.NO:
        return Finding(Truth.YES, say(_("The exporter is not a provider of interpersonal communications.")))
    if messaging is Truth.UNKNOWN:
        question = ask("exporter.services", _("Is the exporter a provider of (number-independent) messaging?"))
        because = say(
            _(
                "It is not stated which services the exporter offers: messaging providers may not scan without a derogation."
            )
        )
        return Finding(Truth.UNKNOWN, because, questions=(question,))
    if established.truth is Truth.UNKNOWN:
        question = ask("exporter.country", _("In which country is the messaging provider established?"))
        because = say(_("It is not known whether the messaging provider is established in the Union."))
        return Finding(Truth.UNKNOWN, because, established.grounds, (question,))
    not_found = case.exporter in view.lawful_basis_not_established_for
    if established.truth is Truth.YES and not not_found:
        return _under_a_derogation(case, view)
    own_law = _elsewhere(case, established)
    reached = in_the_union(case, view).truth is Truth.YES
    return _both(own_law, _under_a_derogation(case, view)) if reached else own_law


def in_the_union(case: Case, view: View) -> Standing:
    """Established where the Regulation applies, or bound by it from elsewhere."""
    established = _established_in_the_union(case, view)
    bound_from_abroad = Truth.of("eu-gdpr" in case.subject_to)
    return Standing(established.truth | bound_from_abroad, established.grounds)


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
    """The Directive as it binds providers in the Union, and those that serve it from elsewhere."""
    derogation = view.lawful_basis
    if derogation.truth is not Truth.YES:
        because = say(
            _(
                "No derogation from the confidentiality of communications is in force on that day: the detection has no basis."
            )
        )
        return Finding(derogation.truth, because, derogation.grounds)
    return _within_its_limits(case.ocsea or NO_PROFILE, view)


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
