"""Law and practice of the destination (EDPB Recommendations 01/2020, paras 43.1 and 43.2): where practice defeats a tool.

Practice is read where a source documents it. That nothing is documented opens no question by itself: the ratings of
the guarantees cover law and practice as the evidence shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from country_reports.access import Conduct, Practice
from country_reports.facts import Ground, Truth, all_of
from country_reports.hub import ActOnDay
from transfers.case import Case, Leg
from transfers.finding import Finding, PlaceName, Question, _, say
from transfers.law.answers import to_document
from transfers.law.ratings import examined_by_adequacy, reach_of
from transfers.law.reach_of_laws import kept_away, laws_in, questions_on_reach, reaches
from transfers.law.rule import rule
from transfers.view import PlaceView, View


@rule("edpb-01-2020.43.1", "edpb-01-2020:43.1", _("Do authorities keep in practice to a law that meets the standard?"))
def law_kept_in_practice(case: Case, view: View, leg: Leg) -> Finding:
    """Para 43.1: the law meets the standard, but practice manifestly ignores it: suspend, or protect the data by measures."""
    return _practice(case, view, leg)


@rule(
    "edpb-01-2020.43.2",
    "edpb-01-2020:43.2",
    _("Where the law is absent or falls short, is a practice documented that cannot go with the tool?"),
    favours=Truth.NO,
)
def practice_against_the_tool(case: Case, view: View, leg: Leg) -> Finding:
    """Para 43.2: the law is absent or falls short and practice is incompatible with the tool: suspend, or protect the data by measures.

    A report under the third option of para 43.3 cannot stand against such a practice.
    """
    found = _practice(case, view, leg)
    if found.truth is Truth.YES and {*found.grounds} <= {*kept_away(leg)} and not _answers(case, leg):
        because = say(_("No source on file documents such a practice. That is no finding on how authorities act."))
        return Finding(Truth.NO, because, found.grounds)
    return replace(found, truth=~found.truth)


@dataclass(frozen=True, slots=True)
class _Documented:
    """A practice on file under laws that reach the leg, or may reach it."""

    reach: Truth
    practice: Practice
    ground: Ground

    @property
    def respected(self) -> Truth:
        """An adverse practice counts where an authority or study found it; our own reading leaves it open."""
        if self.practice.conduct is Conduct.RESPECTED:
            return Truth.YES
        return ~self.reach | (Truth.NO if self.found_against else Truth.UNKNOWN)

    @property
    def found_against(self) -> bool:
        """Whether an authority or study found it adverse: no answer stands against that, be its reach still open."""
        adverse = self.practice.conduct not in (Conduct.RESPECTED, Conduct.UNKNOWN)
        return adverse and self.practice.cited_authority is not None


def _documented(case: Case, leg: Leg, place: PlaceView) -> Iterator[_Documented]:
    """Practice documented with ratings and with laws; what cannot reach the leg is left out."""
    for rating in place.guarantees:
        if rating.practice is not None and rating.record.practice is not None:
            area = rating.record.area
            reach = reach_of(rating, laws_in(area, place), area in place.complete_areas, case, leg)
            if reach is not Truth.NO:
                yield _Documented(reach, rating.record.practice, rating.practice)
    for law in place.access_laws:
        if law.practice is not None and law.record.practice is not None:
            reach = reaches(law, case, leg)
            if reach is not Truth.NO:
                yield _Documented(reach, law.record.practice, law.practice)


def _practice(case: Case, view: View, leg: Leg) -> Finding:
    """Whether practice keeps to the law: as documented, else as answered; where neither speaks, the ratings stand for it."""
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place is not known.")))
    documented = tuple(_documented(case, leg, place))
    on_file = all_of(*(one.respected for one in documented))
    acts = examined_by_adequacy(view, place)
    if acts:
        return _on_adequacy(acts, on_file, place)
    if documented and on_file is not Truth.UNKNOWN:
        return _as_documented(on_file, documented, place)
    answers = _answers(case, leg)
    silent = Truth.UNKNOWN if documented else Truth.YES
    beyond_answers = all_of(*(one.respected for one in documented if one.found_against))
    truth = (all_of(*answers.values()) if answers else silent) & beyond_answers
    if truth is Truth.UNKNOWN:
        return _open(documented, case, place, leg)
    if not answers:
        because = _(
            "The ratings cover law and practice as the evidence shows them; no source on file says that practice ignores the law."
        )
        return Finding(truth, say(because), kept_away(leg) if _is_documented_for_others(place) else ())
    because = _("As counsel assessed practice there for this transfer, answered by the exporter.")
    return Finding(truth, say(because), conditions=to_document(case, *answers) if truth is Truth.YES else ())


def _is_documented_for_others(place: PlaceView) -> bool:
    """Whether practice is documented there, though under laws or ratings that do not reach the recipient."""
    by_law = any(law.practice is not None for law in place.access_laws)
    return by_law or any(rating.practice is not None for rating in place.guarantees)


def _answers(case: Case, leg: Leg) -> dict[str, Truth]:
    """What the route says of practice: that it keeps to the law (43.1), or cannot go with the tool (43.2)."""
    kept, against = leg.criterion("edpb-01-2020:43.1"), leg.criterion("edpb-01-2020:43.2")
    said = {kept: case.answer(kept), against: ~case.answer(against)}
    return {name: truth for name, truth in said.items() if case.claims(name)}


def _as_documented(truth: Truth, documented: tuple[_Documented, ...], place: PlaceView) -> Finding:
    """What the sources say, and who found it where it is adverse."""
    deciding = [one for one in documented if one.respected is truth]
    grounds = tuple(one.ground for one in deciding)
    where = PlaceName(place.id)
    if truth is Truth.YES:
        return Finding(truth, say(_("Practice in {place} is documented as keeping to the law."), place=where), grounds)
    because = say(
        _("Practice in {place} is documented as ignoring the law or as incompatible with the tool ({authority})."),
        place=where,
        authority=deciding[0].practice.cited_authority or "",
    )
    return Finding(truth, because, grounds)


def _open(documented: tuple[_Documented, ...], case: Case, place: PlaceView, leg: Leg) -> Finding:
    """What is documented, answered or read by us alone leaves practice open; so it does where its reach is open."""
    where = PlaceName(place.id)
    because = say(_("It is not established whether authorities in {place} keep to the law in practice."), place=where)
    text = _("Do authorities in {place} keep in practice to the law on access to data, and which sources say so?")
    question = Question(leg.criterion("edpb-01-2020:43.1"), say(text, place=where), "counsel")
    on_reach = questions_on_reach(case, place, leg) if documented else ()
    return Finding(Truth.UNKNOWN, because, tuple(one.ground for one in documented), (*on_reach, question))


def _on_adequacy(acts: tuple[ActOnDay, ...], on_file: Truth, place: PlaceView) -> Finding:
    """A finding of adequacy that examined access looked at practice too; what we have documented against it is contested."""
    act, where = acts[0].record.instrument, PlaceName(place.id)
    because = say(_("{act} examined law and practice in {place} and is in force."), act=act, place=where)
    contested = say(_("Practice in {place}: {act} takes it as sound, while a source on file says otherwise."), act=act, place=where)  # fmt: skip
    grounds = tuple(one.ground for one in acts)
    return Finding(Truth.YES, because, grounds, contested=() if on_file is Truth.YES else (contested,))
