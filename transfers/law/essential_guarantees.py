"""European Essential Guarantees (EDPB Recommendations 02/2020): may authorities at the destination reach these data?

One rule per head A to D. A head holds when it is rated as met in every area whose access laws reach
this importer. Ratings come from the country reports; a finding of adequacy that itself examined access
speaks for every tool, for the exporters it was made for. What the reports leave open, counsel may answer: the head
as a whole, or its sub-criteria one by one.
"""

from __future__ import annotations

from country_reports.facts import Truth
from country_reports.guarantees import Criterion, Head, Rating
from transfers.case import Case, Leg
from transfers.finding import AnyGround, Finding, PlaceName, Question, Sentence, Term, _, say
from transfers.law.answers import to_document
from transfers.law.parts_of_a_head import Parts, answered_in
from transfers.law.ratings import cited_authority, decisive, examined_by_adequacy, has_failed, weigh
from transfers.law.reach_of_laws import kept_away, questions_on_reach
from transfers.law.rule import rule
from transfers.view import PlaceView, View, Weighed


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


HEADS = {Head.A: clear_rules, Head.B: necessity, Head.C: oversight, Head.D: remedies}


def _head(head: Head, case: Case, view: View, leg: Leg) -> Finding:
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place is not known.")))
    truth, deciding = decisive(weigh(head, case, view, place, leg))
    acts = examined_by_adequacy(view, place)
    if acts and truth is not Truth.YES:
        return _on_adequacy(head, view, place)
    if truth is not Truth.UNKNOWN:
        return _settled(head, truth, deciding, place, leg)
    if has_failed(head, view, place):
        return _open(head, deciding, (_ask_for_rating(head, place, leg),), case, place, leg)
    return _answered(head, deciding, case, view, place, leg)


def _settled(head: Head, truth: Truth, deciding: tuple[Weighed, ...], place: PlaceView, leg: Leg) -> Finding:
    """The record decides; an answer by a person neither lifts nor lowers it."""
    grounds = _grounds(deciding)
    if truth is Truth.YES:
        grounds += kept_away(leg)
        because = say(
            _("Guarantee {head} is rated as met in {place} for every access law that reaches this recipient."),
            head=head.value,
            place=PlaceName(place.id),
        )
        return Finding(truth, because, grounds, watch=_watch(head, place))
    because = say(
        _("Guarantee {head} is rated as not met in {place} ({authority})."),
        head=head.value,
        place=PlaceName(place.id),
        authority=cited_authority(head, place),
    )
    return Finding(truth, because, grounds)


def _answered(head: Head, deciding: tuple[Weighed, ...], case: Case, view: View, place: PlaceView, leg: Leg) -> Finding:
    """What the record leaves open, counsel settles: by one answer to the head, or by answers to its core sub-criteria."""
    criterion = leg.criterion(f"edpb-02-2020:{head.value}")
    answer = case.answer(criterion)
    if answer is not Truth.UNKNOWN:
        because = say(_("As counsel assessed it for this transfer, answered by the exporter."))
        return Finding(answer, because, conditions=to_document(case, criterion) if answer is Truth.YES else ())
    parts = Parts(head, Truth.UNKNOWN, deciding, answered_in(head, case, leg), view)
    truth = parts.head_truth if parts.answers else Truth.UNKNOWN
    if truth is Truth.YES:
        because = say(
            _(
                "Every sub-criterion that guarantee {head} cannot do without is met, as rated or as counsel answered it."
            ),
            head=head.value,
        )
        given = (leg.criterion(f"edpb-02-2020:{one}") for one, said in parts.answers.items() if said is Truth.YES)
        return Finding(truth, because, conditions=to_document(case, *given))
    if truth is Truth.NO:
        because = say(
            _("A sub-criterion that guarantee {head} cannot do without is not met, as counsel answered it."),
            head=head.value,
        )
        return Finding(truth, because)
    as_a_whole = () if parts.answers else (_ask_for_rating(head, place, leg),)
    by_part = () if case.claims(criterion) else tuple(_ask_for_part(one, place, leg) for one in parts.open_ones)
    return _open(head, deciding, (*as_a_whole, *by_part), case, place, leg)


def _open(
    head: Head, deciding: tuple[Weighed, ...], asked: tuple[Question, ...], case: Case, place: PlaceView, leg: Leg
) -> Finding:
    """Neither the record nor an answer settles the head."""
    if not place.guarantees:
        because = say(_("{place} has no in-depth report: its access laws are not rated."), place=PlaceName(place.id))
        return Finding(Truth.UNKNOWN, because, questions=asked)
    because = say(_open_template(head, place), head=head.value, place=PlaceName(place.id))
    questions = (*questions_on_reach(case, place, leg), *asked)
    return Finding(Truth.UNKNOWN, because, _grounds(deciding), questions)


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


def _on_adequacy(head: Head, view: View, place: PlaceView) -> Finding:
    """An adequacy finding that examined access is strong evidence; our lower rating is shown as contested."""
    acts = examined_by_adequacy(view, place)
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


def _grounds(deciding: tuple[Weighed, ...]) -> tuple[AnyGround, ...]:
    return tuple(one.ground for one in deciding if one.ground is not None)


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


def _ask_for_part(criterion: Criterion, place: PlaceView, leg: Leg) -> Question:
    """Answers to the parts can stand instead of one to the head."""
    name = f"edpb-02-2020:{criterion}"
    text = _("Guarantee {head} part by part, in {place} for this recipient and these data: {criterion}")
    return Question(
        leg.criterion(name),
        say(text, head=criterion.head.value, place=PlaceName(place.id), criterion=Term(name)),
        "counsel",
    )
