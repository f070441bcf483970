"""Interception on the way (EDPB Recommendations 01/2020, Annex 2, use case 3): looked at even if the importer is safe."""

from __future__ import annotations

from country_reports.access import Area
from country_reports.facts import Ground, Role, Standing, Truth, all_of
from country_reports.guarantees import Head
from country_reports.hub import RatedLaw
from country_reports.places import PlaceKind
from transfers.case import Case, Leg
from transfers.finding import Finding, Question, _, say
from transfers.law.answers import to_document
from transfers.law.ratings import examined_by_adequacy, met
from transfers.law.reach_of_laws import ALWAYS
from transfers.law.rule import rule
from transfers.view import PlaceView, View


@rule(
    "edpb-01-2020.transit",
    "edpb-01-2020:UC3",
    _("Can authorities take the data on the way to the recipient under a law that falls short?"),
    favours=Truth.NO,
)
def interception_in_transit(case: Case, view: View, leg: Leg) -> Finding:
    """EDPB Recommendations 01/2020, Annex 2, use case 3: interception on the way is looked at even if the importer is safe.

    Covers programmes of the destination that take data in transit, and third countries the data are routed through.
    """
    on_the_way = [_transit_at(view, leg.place)] + [_protected(view, place) for place in sorted(case.routed_via)]
    protected = all_of(*(standing.truth for standing in on_the_way))
    criterion = leg.criterion("edpb-01-2020:UC3.risk")
    if protected is Truth.UNKNOWN and case.answer(criterion) is Truth.NO:
        because = say(
            _(
                "As answered by the exporter, authorities cannot take these data on the way under a law that falls short."
            )
        )
        return Finding(Truth.NO, because, conditions=to_document(case, criterion))
    if protected is Truth.UNKNOWN:
        protected = ~case.answer(criterion)
    grounds = tuple(ground for standing in on_the_way for ground in standing.grounds)
    if protected is Truth.YES:
        return Finding(Truth.NO, say(_("No law that falls short is known to take these data on the way.")), grounds)
    if protected is Truth.NO:
        because = say(
            _(
                "A programme rated as falling short can take data on the way; encryption in transit (use case 3) must answer it."
            )
        )
        return Finding(Truth.YES, because, grounds, watch=(because,) if case.routed_via else ())
    question = Question(
        id=leg.criterion("edpb-01-2020:UC3.risk"),
        text=say(_("Can authorities intercept the data on the way to the recipient, and under which law?")),
        ask="counsel",
    )
    because = say(_("It is not established whether authorities can take the data on the way."))
    return Finding(Truth.UNKNOWN, because, grounds, (question,))


def _transit_at(view: View, place_id: str | None) -> Standing:
    """Whether the destination's programmes in transit, if any, respect the guarantees."""
    place = view.places.get(place_id or "")
    if place is None:
        return Standing(Truth.UNKNOWN)
    acts = examined_by_adequacy(view, place)
    if acts:
        return Standing(Truth.YES, tuple(act.ground for act in acts))
    if not place.guarantees:
        return Standing(Truth.UNKNOWN)
    return _programmes_in_transit(view, place)


def _programmes_in_transit(view: View, place: PlaceView) -> Standing:
    """Every programme that takes data on the way, in every area it serves, under every head: a rating that is missing is unknown."""
    taking = [law for law in place.access_laws if law.record.in_transit]
    if not taking:
        return Standing(Truth.YES if set(ALWAYS) <= place.complete_areas else Truth.UNKNOWN)
    found = [_rated(law, area, head, view, place) for law in taking for area in law.record.areas for head in Head]
    truth = all_of(*(standing.truth for standing in found))
    grounds = (ground for standing in found if standing.truth is truth for ground in standing.grounds)
    return Standing(truth, tuple(dict.fromkeys(grounds)))


def _rated(law: RatedLaw, area: Area, head: Head, view: View, place: PlaceView) -> Standing:
    """How one law is rated in one area under one head."""
    ratings = [
        rating
        for rating in place.guarantees
        if rating.record.head is head
        and rating.record.area is area
        and (not rating.record.about or law.record.id in rating.record.about)
    ]
    truth = all_of(*(met(rating, view) for rating in ratings)) if ratings else Truth.UNKNOWN
    return Standing(truth, tuple(rating.ground for rating in ratings if met(rating, view) is truth))


def _protected(view: View, place_id: str) -> Standing:
    """A place the data only pass through: safe inside the area of the exporter's law, else as its programmes are rated."""
    place = view.places.get(place_id)
    if place is None:
        return Standing(Truth.UNKNOWN)
    of_the_union = any(regime.startswith("eu-") for regime in view.under)
    if of_the_union and (place.gdpr_area.truth is Truth.YES or place.kind is PlaceKind.EU_BODY):
        return Standing(Truth.YES, place.gdpr_area.grounds)
    adequate = _found_adequate_as_a_whole(view, place)
    return Standing(Truth.YES, adequate) if adequate and not of_the_union else _transit_at(view, place_id)


def _found_adequate_as_a_whole(view: View, place: PlaceView) -> tuple[Ground, ...]:
    """Findings in force of the exporter's own law about the whole of a place, whatever the recipient."""
    return tuple(
        act.ground
        for act in place.acts
        if act.ground.role is Role.SUPPORTS
        and view.under.intersection(act.record.usable_under)
        and not (act.record.scheme or act.record.requires or act.follows)
    )
