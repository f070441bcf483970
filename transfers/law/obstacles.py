"""Laws that by themselves stop an importer from keeping to a tool (CJEU C-311/18, paras 135 and 141-142).

Access imposed without any rule on it, a blanket duty to help in secret, forced storage where authorities have
access, and a general duty to decrypt. Only what the country reports say in typed words is read.
"""

from __future__ import annotations

from country_reports.access import Defeat, Obstacle
from country_reports.facts import Truth, any_of
from country_reports.hub import RatedLaw
from transfers.case import Case, Leg
from transfers.finding import Finding, PlaceName, Question, Term, _, say
from transfers.law.answers import settled, to_document
from transfers.law.ratings import examined_by_adequacy
from transfers.law.reach_of_laws import kept_away, questions_on_reach, reaches
from transfers.law.rule import rule
from transfers.view import PlaceView, View

IN_WORDS = {
    Obstacle.NO_REGIME: "c-311-18:135.no_regime",
    Obstacle.SECRET_BLANKET_DUTY: "c-311-18:135.secret_blanket_duty",
    Obstacle.LOCALISATION_WITH_ACCESS: "c-311-18:135.localisation_with_access",
    Obstacle.COMPELLED_DECRYPTION: "c-311-18:135.compelled_decryption",
}
"""Where the catalogue says each in words."""


@rule(
    "c-311-18.135",
    "c-311-18:135",
    _("Does a law there by itself stop the recipient from keeping to the tool?"),
    favours=Truth.NO,
)
def law_against_the_tool(case: Case, view: View, leg: Leg) -> Finding:
    """CJEU C-311/18, para 135, with paras 141-142: duties of the recipient under the law there that are contrary to the tool.

    A law of which an authority found this counts; our own reading alone leaves it open. Where no law that reaches the
    recipient is typed so, and the route does not speak of it, the ratings of the four guarantees stand for it.
    """
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place is not known.")))
    typed = [law for law in place.access_laws if law.record.defeats and reaches(law, case, leg) is not Truth.NO]
    acts = examined_by_adequacy(view, place)
    if acts:
        act, where = acts[0].record.instrument, PlaceName(place.id)
        because = say(_("{act} examined the laws of {place} and is in force."), act=act, place=where)
        contested = say(
            _("A law of {place} is read by us as defeating the tool by itself; {act} does not see it so."),
            act=act,
            place=where,
        )
        grounds = tuple(one.ground for one in acts)
        return Finding(Truth.NO, because, grounds, contested=(contested,) if typed else ())
    criterion = leg.criterion("c-311-18:135")
    on_file = _on_file(case, leg, place)
    truth = settled(case, criterion, on_file, silent=Truth.NO)
    if truth is not Truth.UNKNOWN and truth is not on_file and case.claims(criterion):
        because = say(_("As counsel assessed it for this transfer, answered by the exporter."))
        return Finding(truth, because, conditions=to_document(case, criterion) if truth is Truth.NO else ())
    if truth is Truth.NO:
        because = say(_("No law of this kind that reaches the recipient is on file."))
        out_of_reach = any(law.record.defeats for law in place.access_laws)
        return Finding(truth, because, kept_away(leg) if out_of_reach else ())
    deciding = [law for law in typed if reaches(law, case, leg) & _established(law) is truth]
    return _by_law(truth, deciding, case, place, leg, criterion)


def _on_file(case: Case, leg: Leg, place: PlaceView) -> Truth | None:
    """Whether a law typed as defeating a tool reaches the leg; None where nothing on file says so."""
    found = any_of(*(reaches(law, case, leg) & _established(law) for law in place.access_laws if law.record.defeats))
    return None if found is Truth.NO else found


def _established(law: RatedLaw) -> Truth:
    """Found by an authority, or only our own reading."""
    return Truth.YES if any(defeat.cited_authority for defeat in law.record.defeats) else Truth.UNKNOWN


def _by_law(truth: Truth, laws: list[RatedLaw], case: Case, place: PlaceView, leg: Leg, criterion: str) -> Finding:
    """The laws that stand against the tool, each with its way of doing so; found by an authority, where that settles it."""
    defeats = [defeat for law in laws for defeat in law.record.defeats]
    grounds = tuple(law.ground for law in laws)
    where = PlaceName(place.id)
    if truth is Truth.YES:
        found = [defeat for defeat in defeats if defeat.cited_authority]
        because = say(
            _("A law of {place} stands against the tool by itself: {ways} ({authority})."),
            place=where,
            ways=_in_words(found),
            authority=found[0].cited_authority or "",
        )
        return Finding(truth, because, grounds)
    every_way = tuple(Term(way) for way in IN_WORDS.values())
    because = say(
        _("It is open whether a law of {place} stands against the tool by itself: {ways}."),
        place=where,
        ways=_in_words(defeats) or every_way,
    )
    text = _("Does a law of {place} oblige this recipient to act against the tool: {ways}?")
    question = Question(criterion, say(text, place=where, ways=every_way), "counsel")
    return Finding(truth, because, grounds, (*questions_on_reach(case, place, leg), question))


def _in_words(defeats: list[Defeat]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(Term(IN_WORDS[defeat.how]) for defeat in defeats))
