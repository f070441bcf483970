"""Article 44 with EDPB Guidelines 05/2021: is there a transfer, and may the data be passed on?"""

from __future__ import annotations

from country_reports.facts import Truth
from country_reports.places import PlaceKind
from transfers.case import Case, Leg
from transfers.finding import (
    Finding,
    PartyName,
    PlaceName,
    Question,
    _,
    ask,
    say,
)
from transfers.law import as_stated
from transfers.law.answers import to_document
from transfers.law.rule import rule
from transfers.view import View


@rule(
    "eu-gdpr.disclosure",
    "edpb-05-2021:2",
    _("Does the exporter disclose the data, or make them available, to another controller or processor?"),
    favours=Truth.NO,
)
def disclosure(case: Case, view: View, leg: Leg) -> Finding:
    """Second criterion: a disclosure to a separate party. Data given by the person herself have no exporter."""
    if case.collected_directly is Truth.YES:
        return _from_the_person(case)
    if leg.kind == "employee_of_exporter":
        return _to_own_staff(case)
    if leg.role == "unknown":
        because = say(_("The role of the recipient is not given."))
        return Finding(
            Truth.UNKNOWN,
            because,
            questions=(ask("importer_role", _("Is the recipient a controller, a joint controller or a processor?")),),
        )
    if case.collected_directly is Truth.UNKNOWN:
        because = say(_("It is not said whether the recipient collects the data from the data subject itself."))
        return Finding(
            Truth.UNKNOWN,
            because,
            questions=(
                ask("collected_directly", _("Does the recipient collect the data directly from the data subject?")),
            ),
        )
    because = say(
        _("{recipient} is a separate {role} to whom the exporter makes the data available; remote access counts."),
        recipient=PartyName(leg.number),
        role=leg.role.replace("_", " "),
    )
    return Finding(Truth.YES, because)


def _from_the_person(case: Case) -> Finding:
    """EDPB Guidelines 05/2021, example 1: whoever collects from the person has no exporter; whoever gets the data after that has one."""
    if any(leg.number > 0 and leg.terms != "same_importer" for leg in case.legs):
        asks = _("Who sends the data to those who get them besides? State them as the recipients of that exporter.")
        because = say(_("The recipient collects the data from the data subject itself, but they go to others besides."))
        return Finding(Truth.UNKNOWN, because, questions=(ask("importer", asks),))
    because = say(_("The recipient collects the data from the data subject itself: there is no exporter."))
    return Finding(Truth.NO, because)


def _to_own_staff(case: Case) -> Finding:
    """EDPB Guidelines 05/2021, example 8: staff abroad are no recipient, but whoever they pass the data to is."""
    if len(case.legs) > 1:
        because = say(
            _(
                "Staff of the exporter are no recipient, but the data go on to others or are kept elsewhere: state who holds them there."
            )
        )
        return Finding(
            Truth.UNKNOWN, because, questions=(ask("importer", _("Who receives the data from the exporter's staff?")),)
        )
    return Finding(Truth.NO, say(_("The recipient is staff of the exporter, not another controller or processor.")))


@rule(
    "eu-gdpr.third_country",
    "edpb-05-2021:3",
    _("Is the recipient in a third country, or an international organisation?"),
    favours=Truth.NO,
)
def third_country(case: Case, view: View, leg: Leg) -> Finding:
    """Third criterion: the importer is outside the area where the GDPR is the law of the place, whether or not it binds the importer."""
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(
            Truth.UNKNOWN,
            say(_("The place of the recipient is not given.")),
            questions=(ask("destination", _("To which country or organisation do the data go?")),),
        )
    if place.kind is PlaceKind.INTERNATIONAL_ORGANISATION or leg.kind == "international_organisation":
        return Finding(Truth.YES, say(_("{place} is an international organisation."), place=PlaceName(place.id)))
    if place.kind is PlaceKind.EU_BODY:
        return Finding(
            Truth.NO, say(_("{place} is a body of the Union, not a third country."), place=PlaceName(place.id))
        )
    outside = ~place.gdpr_area.truth
    template = {
        Truth.YES: _("{place} is outside the area where the GDPR applies."),
        Truth.NO: _("{place} is inside the area where the GDPR applies."),
        Truth.UNKNOWN: _("It is not established whether {place} belongs to the area where the GDPR applies."),
    }[outside]
    return Finding(outside, say(template, place=PlaceName(place.id)), place.gdpr_area.grounds)


@rule("eu-gdpr.applies", "eu-gdpr:3", _("Does the GDPR bind the exporter for this processing?"))
def applies(case: Case, view: View, leg: Leg) -> Finding:
    """Article 3: established in the Union or the EEA, or caught by article 3(2) or (3), as the route states."""
    binding = [bound for bound in view.regimes if bound.record.regime == "eu-gdpr"]
    if binding:
        return Finding(Truth.YES, say(_("The GDPR is the law of the exporter's place.")), (binding[0].ground,))
    return Finding(Truth.YES, say(_("The route states that the GDPR reaches this exporter.")))


@rule("eu-gdpr.all_places", "edpb-01-2020:step-1", _("Are all places of storage and access known?"))
def all_places_known(case: Case, view: View, leg: Leg) -> Finding:
    """EDPB Recommendations 01/2020, step 1: know the transfers, cloud locations and remote access included."""
    return as_stated.places(case)


@rule(
    "eu-gdpr.parent_abroad",
    "edpb-05-2021:example-12",
    _("Can the law of another country reach the recipient through its parent?"),
    favours=None,
)
def parent_abroad(case: Case, view: View, leg: Leg) -> Finding:
    """EDPB Guidelines 05/2021, example 12: a parent abroad alone is no transfer, but an exposure to be weighed (arts 28(1), 32, 48)."""
    if leg.parent_place is None or leg.parent_place == leg.place:
        return Finding(Truth.NO, say(_("No parent in another country is recorded.")))
    watch = say(
        _(
            "The parent of {recipient} is in {place}: orders made there may reach the data; weigh this under articles 28(1), 32 and 48."
        ),
        recipient=PartyName(leg.number),
        place=PlaceName(leg.parent_place),
    )
    return Finding(Truth.YES, watch, watch=(watch,))


@rule("eu-gdpr.onward", "eu-gdpr:44", _("Do the terms that carried the first leg allow this further one?"))
def onward(case: Case, view: View, leg: Leg) -> Finding:
    """Article 44, second sentence, with clauses 8.7 and 8.8: onward transfers keep the level of protection."""
    criterion = leg.criterion("eu-gdpr:44.onward")
    truth = as_stated.terms_bind(leg)
    if truth is Truth.YES and leg.terms != "parallel" and _may_come_from_inside(case, view, leg):
        truth = Truth.UNKNOWN
    if leg.terms not in ("none", "parallel") and case.claims(criterion):
        truth = case.answer(criterion)
    if truth is Truth.YES:
        return Finding(
            truth,
            say(
                _("The further step to {recipient} in {place} is covered by its terms."),
                recipient=PartyName(leg.number),
                place=PlaceName(leg.place or ""),
            ),
            () if case.claims(criterion) else as_stated.told_of_terms(leg),
            conditions=to_document(case, criterion) if case.claims(criterion) else (),
        )
    if truth is Truth.NO:
        return Finding(
            truth,
            say(
                _("Nothing binds {recipient} in {place} besides the law there."),
                recipient=PartyName(leg.number),
                place=PlaceName(leg.place or ""),
            ),
        )
    question = Question(
        criterion,
        say(
            _("On what terms does {recipient} in {place} receive the data?"),
            recipient=PartyName(leg.number),
            place=PlaceName(leg.place or ""),
        ),
        "importer",
    )
    return Finding(
        truth,
        say(_("The terms of the further step to {recipient} are not known."), recipient=PartyName(leg.number)),
        questions=(question,),
    )


def _may_come_from_inside(case: Case, view: View, leg: Leg) -> bool:
    """Whether a recipient inside the area may be the one that passes the data on: on what it relies is then not stated."""
    senders = (case.owner_of(leg),) if leg.terms == "same_importer" else case.importers
    return any(third_country(case, view, sender).truth is Truth.NO for sender in senders)
