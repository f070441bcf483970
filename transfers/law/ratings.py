"""How the access laws that reach a recipient are rated in the country report, head by head; answers of people apart.

A head holds at a place if it is rated as met for every law that reaches the recipient, in every area. ``met`` is
yes, ``not_met`` by a cited authority is no, and everything between is open.
"""

from __future__ import annotations

from collections.abc import Iterator

from country_reports.access import Area
from country_reports.facts import Role, Truth, all_of, any_of
from country_reports.guarantees import Criterion, Head, Rating
from country_reports.hub import ActOnDay, RatedGuarantee, RatedLaw
from transfers.case import Case, Leg
from transfers.finding import _
from transfers.law.reach_of_laws import areas_of, laws_in, reaches
from transfers.law.situation import remembered
from transfers.view import PlaceView, View, Weighed


def weigh(head: Head, case: Case, view: View, place: PlaceView, leg: Leg) -> tuple[Weighed, ...]:
    """Everything on file that bears on a head at this place for this leg, worked out once: each sub-criterion asks again."""
    return _weighed(case, view, leg, head, place)


@remembered
def _weighed(case: Case, view: View, leg: Leg, head: Head, place: PlaceView) -> tuple[Weighed, ...]:
    return tuple(one for area in areas_of(place) for one in _in_area(head, area, case, view, place, leg))


def decisive(weighed: tuple[Weighed, ...]) -> tuple[Truth, tuple[Weighed, ...]]:
    """What it comes to, and what of it decides."""
    truth = all_of(*(one.truth for one in weighed))
    return truth, tuple(one for one in weighed if one.truth is truth)


def _in_area(head: Head, area: Area, case: Case, view: View, place: PlaceView, leg: Leg) -> Iterator[Weighed]:
    """The ratings of one area, and its laws that none of them is about; open where the area was not rated as a whole."""
    laws = laws_in(area, place)
    ratings = [rating for rating in place.guarantees if rating.record.head is head and rating.record.area is area]
    rated_ids = {law_id for rating in ratings for law_id in (rating.record.about or [law.record.id for law in laws])}
    complete = area in place.complete_areas
    for rating in ratings:
        yield _rated(rating, laws, complete, case, view, leg)
    for law in laws:
        if law.record.id not in rated_ids:
            yield Weighed(reaches(law, case, leg), Truth.UNKNOWN, ground=law.ground, bulk=law.record.in_bulk)
    rated_as_a_whole = any(not rating.record.about for rating in ratings)
    if not ratings or not (rated_as_a_whole or complete):
        yield Weighed(Truth.YES, Truth.UNKNOWN)


def _rated(rating: RatedGuarantee, laws: list[RatedLaw], complete: bool, case: Case, view: View, leg: Leg) -> Weighed:
    """A rating, and whether any law that it is about reaches the leg."""
    reach = reach_of(rating, laws, complete, case, leg)
    bulk = any(law.record.in_bulk for law in _about(rating, laws))
    return Weighed(reach, met(rating, view), rating, rating.ground, bulk)


def reach_of(rating: RatedGuarantee, laws: list[RatedLaw], complete: bool, case: Case, leg: Leg) -> Truth:
    """Whether a law of the area that the rating is about reaches this recipient; no, only where no other law is left to find."""
    about = _about(rating, laws)
    reach = any_of(*(reaches(law, case, leg) for law in about)) if about else Truth.UNKNOWN
    return Truth.UNKNOWN if reach is Truth.NO and not complete else reach


def _about(rating: RatedGuarantee, laws: list[RatedLaw]) -> list[RatedLaw]:
    return [law for law in laws if not rating.record.about or law.record.id in rating.record.about]


def met(rating: RatedGuarantee, view: View) -> Truth:
    """``met`` is yes; ``not_met`` by a cited authority is no; everything between is unknown."""
    record = rating.record
    found = as_truth(record.rating, record.cited_authority is not None)
    if record.origin_in is None:
        return found
    origin = view.origins[record.origin_in.group].truth
    otherwise = as_truth(record.origin_in.otherwise, True)
    if origin is Truth.UNKNOWN:
        return found if found is otherwise else Truth.UNKNOWN
    return (origin & found) | (~origin & otherwise)


def criterion_met(criterion: Criterion, rating: RatedGuarantee, view: View) -> Truth | None:
    """How a rating judges one of its sub-criteria; None where it does not speak of it, or not of this exporter's data."""
    record = rating.record
    if criterion not in record.criteria:
        return None
    if record.origin_in is not None and view.origins[record.origin_in.group].truth is not Truth.YES:
        return None
    return as_truth(record.criteria[criterion], record.cited_authority is not None)


def as_truth(rating: Rating, has_authority: bool) -> Truth:
    """What a word of the report is worth: our own adverse reading leaves a point open."""
    if rating is Rating.MET:
        return Truth.YES
    return Truth.NO if rating is Rating.NOT_MET and has_authority else Truth.UNKNOWN


def has_failed(head: Head, view: View, place: PlaceView) -> bool:
    """Whether a study or ruling cited rates the head as not met under any law there, be it open whether that law reaches the leg."""
    return any(met(rating, view) is Truth.NO for rating in place.guarantees if rating.record.head is head)


def cited_authority(head: Head, place: PlaceView) -> str:
    """Who found the head, or part of it, not met there."""
    cited = [
        rating.record.cited_authority
        for rating in place.guarantees
        if rating.record.head is head and rating.record.cited_authority
    ]
    return cited[0] if cited else _("an authority rules so")


def examined_by_adequacy(view: View, place: PlaceView) -> tuple[ActOnDay, ...]:
    """Findings of adequacy in force, for this exporter, that examined access by authorities themselves."""
    return tuple(
        act
        for act in place.acts
        if act.record.examined_access
        and act.ground.role is Role.SUPPORTS
        and view.under.intersection(act.record.usable_under)
    )
