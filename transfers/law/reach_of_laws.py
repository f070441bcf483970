"""Which access laws reach a recipient and its data, and what to ask where the route leaves that open."""

from __future__ import annotations

from collections.abc import Iterator

from country_reports.access import Area, DataKind
from country_reports.facts import Truth, any_of
from country_reports.hub import RatedLaw
from transfers.case import Case, Leg
from transfers.finding import PlaceName, Question, SlotGround, Term, _, say
from transfers.view import PlaceView

ALWAYS = (Area.NATIONAL_SECURITY, Area.LAW_ENFORCEMENT)
"""Areas that are looked at everywhere, whether or not a law is on file."""


def areas_of(place: PlaceView) -> tuple[Area, ...]:
    """National security and law enforcement always; other public access where a law or a rating of its own is on file."""
    laws = any(law.record.areas == (Area.OTHER_PUBLIC,) for law in place.access_laws)
    rated = any(rating.record.area is Area.OTHER_PUBLIC for rating in place.guarantees)
    return (*ALWAYS, Area.OTHER_PUBLIC) if laws or rated else ALWAYS


def laws_in(area: Area, place: PlaceView) -> list[RatedLaw]:
    """The access laws that count in an area; one that serves other public ends besides security or crime is rated there."""
    return [
        law
        for law in place.access_laws
        if area in law.record.areas and (area is not Area.OTHER_PUBLIC or law.record.areas == (Area.OTHER_PUBLIC,))
    ]


def reaches(law: RatedLaw, case: Case, leg: Leg) -> Truth:
    """Whether the law can be used against this recipient for data of this kind."""
    return _addresses(law, leg) & _takes(law, case)


def kept_away(leg: Leg) -> tuple[SlotGround, ...]:
    """What the record of the recipient says that keeps laws away from it: whoever relies on that cites it."""
    return (leg.category_ground,) if leg.category_ground is not None and leg.categories_excluded else ()


def _addresses(law: RatedLaw, leg: Leg) -> Truth:
    """Whether the recipient is among those who can be addressed (`any`: everybody in the jurisdiction)."""
    return any_of(Truth.of("any" in law.record.reaches), *(leg.in_category(one) for one in law.record.reaches))


def _takes(law: RatedLaw, case: Case) -> Truth:
    """Whether the law takes such data: what people store or send covers all, and data of an unknown kind may be any."""
    kinds = frozenset(law.record.data_kinds)
    if kinds & _EVERYTHING or (case.data_kinds is not None and kinds & case.data_kinds):
        return Truth.YES
    if case.data_kinds is None or "any" in case.data_kinds or kinds & _ABOUT_USE:
        return Truth.UNKNOWN
    return Truth.NO


_EVERYTHING = frozenset((DataKind.ANY, DataKind.CONTENT))
_ABOUT_USE = frozenset((DataKind.TRAFFIC, DataKind.LOCATION, DataKind.SUBSCRIBER))
"""Files name people, and whoever works on them online leaves such data: no category in a route rules them out."""


def questions_on_reach(case: Case, place: PlaceView, leg: Leg) -> tuple[Question, ...]:
    """Whether the laws reach this recipient is for the importer to say, and which data are sent for the exporter."""
    return (*_who_is_reached(place, leg), *_which_data(case, place, leg))


def _who_is_reached(place: PlaceView, leg: Leg) -> Iterator[Question]:
    categories = sorted(
        {
            category
            for law in _deciding_by_reach(place)
            for category in law.record.reaches
            if category != "any" and leg.in_category(category) is Truth.UNKNOWN
        }
    )
    for category in categories:
        text = _("Is the recipient {category}? This decides which access laws reach it.")
        yield Question(f"importer:legal_category.{category}", say(text, category=Term(category)), "importer")


def _deciding_by_reach(place: PlaceView) -> list[RatedLaw]:
    """Laws of which it matters whom they reach: not where another law of their area reaches everybody and is rated with them."""
    rated_apart = {law_id for rating in place.guarantees for law_id in rating.record.about}
    general = {area for law in place.access_laws if "any" in law.record.reaches for area in law.record.areas}
    return [
        law
        for law in place.access_laws
        if law.record.id in rated_apart
        or law.record.defeats
        or law.record.practice is not None
        or general.isdisjoint(law.record.areas)
    ]


def _which_data(case: Case, place: PlaceView, leg: Leg) -> tuple[Question, ...]:
    """Which data are sent, where a law takes only some and the route does not say."""
    confined = [
        law for law in place.access_laws if _addresses(law, leg) is not Truth.NO and _takes(law, case) is Truth.UNKNOWN
    ]
    if case.data_kinds is not None or not confined:
        return ()
    text = _("Which categories of data are sent? Some access laws of {place} take only some.")
    return (Question("data.categories", say(text, place=PlaceName(place.id)), "exporter"),)
