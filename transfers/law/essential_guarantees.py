"""European Essential Guarantees (EDPB Recommendations 02/2020): may authorities at the destination reach these data?

One rule per head A to D. A head holds when it is rated as met in every area whose access laws reach
this importer. Ratings come from the country reports; a finding of adequacy that itself examined access
speaks for every tool, for the exporters it was made for.
"""

from __future__ import annotations

from country_reports.access import Area, DataKind, Head, Rating
from country_reports.facts import Role, Standing, Truth, all_of, any_of
from country_reports.hub import ActOnDay, RatedGuarantee, RatedLaw
from country_reports.places import PlaceKind
from transfers.case import Case, Leg
from transfers.finding import AnyGround, Finding, PlaceName, Question, Sentence, Term, _, say
from transfers.law.answers import to_document
from transfers.law.rule import rule
from transfers.view import PlaceView, View

_AREAS = (Area.NATIONAL_SECURITY, Area.LAW_ENFORCEMENT)


@rule("edpb-02-2020.A", "edpb-02-2020:A", _("Is access by authorities based on clear, precise and accessible rules?"))
def clear_rules(case: Case, view: View, leg: Leg) -> Finding:
    """Guarantee A: processing for access rests on clear, precise and accessible rules (CJEU C-311/18, paras 175-176)."""
    return _head(Head.A, case, view, leg)


@rule("edpb-02-2020.B", "edpb-02-2020:B", _("Is access necessary and proportionate to the aims pursued?"))
def necessity(case: Case, view: View, leg: Leg) -> Finding:
    """Guarantee B: necessity and proportionality to legitimate objectives are shown (CJEU C-311/18, paras 178-185)."""
    return _head(Head.B, case, view, leg)


@rule("edpb-02-2020.C", "edpb-02-2020:C", _("Is there independent oversight of access?"))
def oversight(case: Case, view: View, leg: Leg) -> Finding:
    """Guarantee C: an independent oversight mechanism exists (ECtHR Zakharov, paras 257-281)."""
    return _head(Head.C, case, view, leg)


@rule("edpb-02-2020.D", "edpb-02-2020:D", _("Has the person concerned effective remedies against access?"))
def remedies(case: Case, view: View, leg: Leg) -> Finding:
    """Guarantee D: effective remedies are available to the individual (CJEU C-311/18, paras 186-197)."""
    return _head(Head.D, case, view, leg)


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


HEADS = (clear_rules, necessity, oversight, remedies)


def examined_by_adequacy(view: View, place: PlaceView) -> tuple[ActOnDay, ...]:
    """Findings of adequacy in force, for this exporter, that examined access by authorities themselves."""
    return tuple(
        act
        for act in place.acts
        if act.record.examined_access
        and act.ground.role is Role.SUPPORTS
        and view.under.intersection(act.record.usable_under)
    )


def _head(head: Head, case: Case, view: View, leg: Leg) -> Finding:
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place is not known.")))
    own = _own_rating(head, case, view, place, leg)
    acts = examined_by_adequacy(view, place)
    if acts and own.truth is not Truth.YES:
        return _on_adequacy(head, place, acts, own)
    if _may_reach_a_failing_law(head, view, place):
        return own
    return _as_assessed(own, case, leg.criterion(f"edpb-02-2020:{head.value}"))


def _may_reach_a_failing_law(head: Head, view: View, place: PlaceView) -> bool:
    """A rating of not met, on a study or ruling cited, stands: what is open then is only whether its laws reach the recipient."""
    return any(_met(rating, view) is Truth.NO for rating in place.guarantees if rating.record.head is head)


def _as_assessed(own: Finding, case: Case, criterion: str) -> Finding:
    """Counsel's assessment settles what our record leaves open; it never lifts a rating that an authority found not met."""
    answer = case.answer(criterion)
    if own.truth is not Truth.UNKNOWN or answer is Truth.UNKNOWN:
        return own
    conditions = to_document(case, criterion) if answer is Truth.YES else ()
    return Finding(
        answer, say(_("As counsel assessed it for this transfer, answered by the exporter.")), conditions=conditions
    )


def _on_adequacy(head: Head, place: PlaceView, acts: tuple[ActOnDay, ...], own: Finding) -> Finding:
    """An adequacy finding that examined access is strong evidence; our lower rating is shown as contested."""
    because = say(
        _(
            "{act} examined access by authorities in {place} and is in force; its reasoning holds for every transfer tool."
        ),
        act=acts[0].record.instrument,
        place=PlaceName(place.id),
    )
    lower = any(rating.record.head is head and rating.record.rating is not Rating.MET for rating in place.guarantees)
    contested = say(
        _("Guarantee {head} for {place}: {act} takes it as given, while our own reading of the evidence is lower."),
        head=head.value,
        place=PlaceName(place.id),
        act=acts[0].record.instrument,
    )
    watch = tuple(say("{point}", point=point) for act in acts for point in act.record.watch)
    return Finding(
        Truth.YES, because, tuple(act.ground for act in acts), contested=(contested,) if lower else (), watch=watch
    )


def _own_rating(head: Head, case: Case, view: View, place: PlaceView, leg: Leg) -> Finding:
    if not place.guarantees:
        because = say(_("{place} has no in-depth report: its access laws are not rated."), place=PlaceName(place.id))
        return Finding(Truth.UNKNOWN, because, questions=(_ask_for_rating(head, place, leg),))
    rated = [_area(head, area, case, view, place, leg) for area in _areas_of(place)]
    truth = all_of(*(standing.truth for standing in rated))
    decisive = [standing for standing in rated if standing.truth is truth] or rated
    grounds: tuple[AnyGround, ...] = tuple(ground for standing in decisive for ground in standing.grounds)
    if truth is Truth.YES:
        grounds += (leg.category_ground,) if leg.category_ground and leg.categories_excluded else ()
        because = say(
            _("Guarantee {head} is rated as met in {place} for every access law that reaches this recipient."),
            head=head.value,
            place=PlaceName(place.id),
        )
        return Finding(truth, because, grounds, watch=_watch(head, place))
    if truth is Truth.NO:
        because = say(
            _("Guarantee {head} is rated as not met in {place} ({authority})."),
            head=head.value,
            place=PlaceName(place.id),
            authority=_authority(head, place),
        )
        return Finding(truth, because, grounds)
    because = say(_open_template(head, place), head=head.value, place=PlaceName(place.id))
    asked = (*_reach_questions(place, leg), *_data_questions(case, place, leg), _ask_for_rating(head, place, leg))
    return Finding(truth, because, grounds, asked)


def _open_template(head: Head, place: PlaceView) -> str:
    """Why a guarantee is open: our own lower rating, or a law that nobody rated."""
    ratings = {rating.record.rating for rating in place.guarantees if rating.record.head is head}
    if Rating.NOT_MET in ratings:
        return _(
            "Guarantee {head} is rated as not met in {place} in our own reading of the evidence; no study or authority is cited for it."
        )
    if ratings - {Rating.MET}:
        return _("Guarantee {head} is rated as only partly met or unclear in {place}.")
    return _(
        "Guarantee {head} is rated as met in {place} for some laws or some origins; a law that may reach this recipient is not rated."
    )


def _areas_of(place: PlaceView) -> tuple[Area, ...]:
    """National security and law enforcement always; other public access where a law or a rating of its own is on file."""
    laws = any(law.record.areas == (Area.OTHER_PUBLIC,) for law in place.access_laws)
    rated = any(rating.record.area is Area.OTHER_PUBLIC for rating in place.guarantees)
    return (*_AREAS, Area.OTHER_PUBLIC) if laws or rated else _AREAS


def _area(head: Head, area: Area, case: Case, view: View, place: PlaceView, leg: Leg) -> Standing:
    """The head in one area: met unless a law that reaches this recipient is rated lower, or not rated."""
    laws = [law for law in place.access_laws if area in law.record.areas and not _counts_elsewhere(law, area)]
    ratings = [rating for rating in place.guarantees if rating.record.head is head and rating.record.area is area]
    rated_ids = {law_id for rating in ratings for law_id in (rating.record.about or [law.record.id for law in laws])}
    complete = area in place.complete_areas
    standings = [_counted(rating, laws, complete, case, view, leg) for rating in ratings]
    standings += [_unrated(law, case, view, leg) for law in laws if law.record.id not in rated_ids]
    rated_as_a_whole = any(not rating.record.about for rating in ratings)
    if not ratings or not (rated_as_a_whole or complete):
        standings.append(Standing(Truth.UNKNOWN))
    truth = all_of(*(standing.truth for standing in standings))
    grounds = tuple(ground for standing in standings if standing.truth is truth for ground in standing.grounds)
    return Standing(truth, grounds)


def _counts_elsewhere(law: RatedLaw, area: Area) -> bool:
    """A law that serves other public ends besides security or crime is rated there."""
    return area is Area.OTHER_PUBLIC and law.record.areas != (Area.OTHER_PUBLIC,)


def _counted(
    rating: RatedGuarantee, laws: list[RatedLaw], complete: bool, case: Case, view: View, leg: Leg
) -> Standing:
    """The rating where its laws reach this recipient; nothing to fear where none does and no other law is left to find."""
    about = [law for law in laws if not rating.record.about or law.record.id in rating.record.about]
    reach = any_of(*(_reaches(law, case, view, leg) for law in about)) if about else Truth.UNKNOWN
    if reach is Truth.NO and not complete:
        reach = Truth.UNKNOWN
    return Standing(~reach | _met(rating, view), (rating.ground,))


def _unrated(law: RatedLaw, case: Case, view: View, leg: Leg) -> Standing:
    return Standing(~_reaches(law, case, view, leg) | Truth.UNKNOWN, (law.ground,))


def _reaches(law: RatedLaw, case: Case, view: View, leg: Leg) -> Truth:
    """Whether the law can be used against this recipient for data of this kind; worked out once for every leg."""
    key = (law.record.id, leg.number)
    if key not in view.reach:
        view.reach[key] = _addresses(law, leg) & _takes(law, case)
    return view.reach[key]


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


def _met(rating: RatedGuarantee, view: View) -> Truth:
    """``met`` is yes; ``not_met`` by a cited authority is no; everything between is unknown."""
    record = rating.record
    met = _as_truth(record.rating, record.cited_authority is not None)
    if record.origin_in is None:
        return met
    origin = view.origins[record.origin_in.group].truth
    otherwise = _as_truth(record.origin_in.otherwise, True)
    return (origin & met) | (~origin & otherwise) if origin is not Truth.UNKNOWN else _both(met, otherwise)


def _as_truth(rating: Rating, has_authority: bool) -> Truth:
    if rating is Rating.MET:
        return Truth.YES
    return Truth.NO if rating is Rating.NOT_MET and has_authority else Truth.UNKNOWN


def _both(one: Truth, other: Truth) -> Truth:
    return one if one is other else Truth.UNKNOWN


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
        return Standing(Truth.YES if set(_AREAS) <= place.complete_areas else Truth.UNKNOWN)
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
    truth = all_of(*(_met(rating, view) for rating in ratings)) if ratings else Truth.UNKNOWN
    return Standing(truth, tuple(rating.ground for rating in ratings if _met(rating, view) is truth))


def _protected(view: View, place_id: str) -> Standing:
    """A place the data only pass through: safe inside the area of the exporter's law, else as its programmes are rated."""
    place = view.places.get(place_id)
    if place is None:
        return Standing(Truth.UNKNOWN)
    of_the_union = any(regime.startswith("eu-") for regime in view.under)
    if of_the_union and (place.gdpr_area.truth is Truth.YES or place.kind is PlaceKind.EU_BODY):
        return Standing(Truth.YES, place.gdpr_area.grounds)
    return _transit_at(view, place_id)


def _authority(head: Head, place: PlaceView) -> str:
    cited = [
        rating.record.cited_authority
        for rating in place.guarantees
        if rating.record.head is head and rating.record.cited_authority
    ]
    return cited[0] if cited else "an authority rules so"


def _watch(head: Head, place: PlaceView) -> tuple[Sentence, ...]:
    return tuple(
        say("{point}", point=point)
        for rating in place.guarantees
        if rating.record.head is head
        for point in rating.record.watch
    )


def _ask_for_rating(head: Head, place: PlaceView, leg: Leg) -> Question:
    return Question(
        id=leg.criterion(f"edpb-02-2020:{head.value}"),
        text=say(
            _(
                "Does the law and practice of {place} meet guarantee {head} for this recipient and these data? Have it "
                "assessed by counsel there."
            ),
            place=PlaceName(place.id),
            head=head.value,
        ),
        ask="counsel",
    )


def _data_questions(case: Case, place: PlaceView, leg: Leg) -> tuple[Question, ...]:
    """Which data are sent, where a law takes only some and the route does not say."""
    confined = [
        law for law in place.access_laws if _addresses(law, leg) is not Truth.NO and _takes(law, case) is Truth.UNKNOWN
    ]
    if case.data_kinds is not None or not confined:
        return ()
    text = _("Which categories of data are sent? Some access laws of {place} take only some.")
    return (Question("data.categories", say(text, place=PlaceName(place.id)), "exporter"),)


def _deciding_by_reach(place: PlaceView) -> list[RatedLaw]:
    """Laws of which it matters whom they reach: not where another law of their area reaches everybody and is rated with them."""
    rated_apart = {law_id for rating in place.guarantees for law_id in rating.record.about}
    general = {area for law in place.access_laws if "any" in law.record.reaches for area in law.record.areas}
    return [law for law in place.access_laws if law.record.id in rated_apart or general.isdisjoint(law.record.areas)]


def _reach_questions(place: PlaceView, leg: Leg) -> tuple[Question, ...]:
    """Whether the laws rated low reach this importer at all is for the importer to say."""
    categories = sorted(
        {
            category
            for law in _deciding_by_reach(place)
            for category in law.record.reaches
            if category != "any" and leg.in_category(category) is Truth.UNKNOWN
        }
    )
    return tuple(
        Question(
            id=f"importer:legal_category.{category}",
            text=say(
                _("Is the recipient {category}? This decides which access laws reach it."),
                category=Term(category),
            ),
            ask="importer",
        )
        for category in categories
    )
