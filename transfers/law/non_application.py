"""The third option of para 43.3 (EDPB Recommendations 01/2020): to go on because a problematic law will not be applied.

It takes a report that rests on sources of Annex 3. A likelihood alone never satisfies it, nor does the word of the
importer, least of all where the law forbids the importer to speak.
"""

from __future__ import annotations

from country_reports.access import Degree
from country_reports.facts import Truth, any_of
from transfers.case import Case, Leg
from transfers.finding import Condition, Finding, Question, Sentence, Term, _, say
from transfers.law.answers import settled, to_document
from transfers.law.paragraph_43 import practice_against_the_tool
from transfers.law.reach_of_laws import areas_of, kept_away, reaches
from transfers.law.rule import rule
from transfers.law.supplementary_measures import ask_whether_met
from transfers.view import View

SOURCES = {
    "S1": "edpb-01-2020:S1",
    "S2": "edpb-01-2020:S2",
    "S3": "edpb-01-2020:S3",
    "S4": "edpb-01-2020:S4",
    "S5": "edpb-01-2020:S5",
    "S6": "edpb-01-2020:S6",
    "S7": "edpb-01-2020:S7",
    "S7.importer": "edpb-01-2020:S7.importer",
    "S8": "edpb-01-2020:S8",
    "S9": "edpb-01-2020:S9",
    "S10": "edpb-01-2020:S10",
    "S11": "edpb-01-2020:S11",
}
"""The classes of sources of Annex 3, each with where the catalogue names it in words."""

OF_THE_IMPORTER = frozenset(("S7.importer", "S11"))
"""What comes from the importer itself; it never counts alone, and not at all where the importer must keep silent."""


@rule(
    "edpb-01-2020.43.3",
    "edpb-01-2020:43.3",
    _("Is it shown that the problematic law will not be applied to these data?"),
)
def no_reason_to_believe(case: Case, view: View, leg: Leg) -> Finding:
    """Para 43.3, third option: the exporter can show no reason to believe that the law will be applied in practice.

    Needs a legal exclusion from the law's scope, or documented non-application that rests on at least two classes of
    sources, one of them not the importer's (paras 46-47, Annex 3). Not relied on unless the route says so.
    """
    exclusion, practice = leg.criterion("edpb-01-2020:43.3.scope_exclusion"), _practice_id(leg)
    claimed = tuple(name for name in (exclusion, practice) if case.claims(name))
    if not claimed:
        return _not_relied_on(case, view, leg)
    excluded = case.answer(exclusion) if exclusion in claimed else Truth.NO
    unapplied = case.answer(practice) & sources_suffice(case, view, leg) if practice in claimed else Truth.NO
    truth = excluded | unapplied
    if truth is Truth.YES:
        return Finding(truth, _on_what(excluded, case, leg), conditions=(_REPORT, *to_document(case, *claimed)))
    questions = _open_points(excluded, case, view, leg) if truth is Truth.UNKNOWN else ()
    return Finding(truth, _what_lacks(case, leg), questions=questions)


@rule(
    "edpb-01-2020.secrecy",
    "edpb-01-2020:43.3.secrecy",
    _("Does a duty of secrecy forbid the recipient to speak of requests?"),
    favours=Truth.NO,
)
def duty_of_secrecy(case: Case, view: View, leg: Leg) -> Finding:
    """Para 47: the importer's own experience counts only if the law does not forbid it to disclose requests."""
    place = view.places.get(leg.place or "")
    criterion = leg.criterion("edpb-01-2020:43.3.secrecy")
    laws = place.access_laws if place is not None else ()
    found = [reaches(law, case, leg) & _SILENT[law.record.transparency_reporting.answer] for law in laws]
    on_file = any_of(*found)
    if on_file is Truth.NO and (place is None or not set(areas_of(place)) <= place.complete_areas):
        on_file = Truth.UNKNOWN
    truth = settled(case, criterion, on_file, silent=Truth.UNKNOWN)
    grounds = tuple(law.ground for law, silenced in zip(laws, found, strict=True) if silenced is on_file)
    if on_file is Truth.YES:
        return Finding(
            truth, say(_("An access law that reaches the recipient forbids it to speak of requests.")), grounds
        )
    if on_file is Truth.NO:
        silent_elsewhere = any(_SILENT[law.record.transparency_reporting.answer] is not Truth.NO for law in laws)
        return Finding(
            truth,
            say(_("No access law that reaches the recipient forbids it to speak of requests.")),
            (*grounds, *kept_away(leg)) if silent_elsewhere else grounds,
        )
    if truth is not Truth.UNKNOWN:
        return Finding(truth, say(_("As answered by the exporter.")), conditions=_if_free(truth, case, criterion))
    text = _("Does the law there forbid the recipient to say that it was addressed, or how often?")
    because = say(_("It is not established whether the law forbids the recipient to speak of requests."))
    return Finding(truth, because, grounds, (Question(criterion, say(text), "counsel"),))


@rule(
    "edpb-01-2020.likelihood",
    "edpb-01-2020:43.3.likelihood",
    _("Does a likelihood of access show that the law will not be applied?"),
    favours=None,
)
def likelihood(case: Case, view: View, leg: Leg) -> Finding:
    """Para 43.3: the report shows why the law will not be applied; a probability, however low, is no such report."""
    because = _("A likelihood of access, however low, never shows it by itself; say on which sources it rests.")
    return Finding(Truth.NO, say(because))


def findings(case: Case, view: View, leg: Leg) -> tuple[Finding, ...]:
    """The third option, and what bears on its proof where the route brings it up."""
    found = [no_reason_to_believe(case, view, leg)]
    own = (case.evidence_for(_practice_id(leg)) or frozenset()) & OF_THE_IMPORTER
    if own or case.claims(leg.criterion("edpb-01-2020:43.3.secrecy")):
        found.append(duty_of_secrecy(case, view, leg))
    if case.claims(leg.criterion("edpb-01-2020:43.3.likelihood")):
        found.append(likelihood(case, view, leg))
    return tuple(found)


def sources_suffice(case: Case, view: View, leg: Leg) -> Truth:
    """Whether the evidence comes from at least two classes, one of them not the importer's; open where none is told."""
    told = case.evidence_for(_practice_id(leg))
    if told is None:
        return Truth.UNKNOWN
    independent = told - OF_THE_IMPORTER
    if not independent:
        return Truth.NO
    with_the_importer = Truth.of(len({name.partition(".")[0] for name in told}) > 1)
    heard = ~duty_of_secrecy(case, view, leg).truth if told != independent else Truth.NO
    return Truth.of(len(independent) > 1) | (with_the_importer & heard)


def _practice_id(leg: Leg) -> str:
    return leg.criterion("edpb-01-2020:43.3.non_application")


_SILENT = {Degree.YES: Truth.NO, Degree.NO: Truth.YES, Degree.PARTLY: Truth.UNKNOWN, Degree.UNCLEAR: Truth.UNKNOWN}
"""Whether a law that lets be published, or not, that it was used puts the importer under a duty of secrecy."""


def _if_free(truth: Truth, case: Case, criterion: str) -> tuple[Condition, ...]:
    return to_document(case, criterion) if truth is Truth.NO else ()


_REPORT = Condition(
    "no_reason_to_believe_report",
    say(
        _(
            "Keep the signed report that shows why the law will not be applied, open to authority and "
            "data subjects on request, and check it again regularly."
        )
    ),
    "edpb-01-2020:43.3",
)


def _not_relied_on(case: Case, view: View, leg: Leg) -> Finding:
    """No claim is made; a report is worth writing unless practice there is known to be against it."""
    option = say(
        _(
            "Show by a documented report, on sources independent of the recipient, that the law will not be applied to these data (para 43.3)."
        )
    )
    because = _("The route does not rely on the problematic law not being applied.")
    if case.claims(leg.criterion("edpb-01-2020:43.3.likelihood")):
        because = _("The route relies on a likelihood of access alone, and on no report.")
    closed = practice_against_the_tool(case, view, leg).truth is Truth.YES
    return Finding(Truth.NO, say(because), options=() if closed else (option,))


def _on_what(excluded: Truth, case: Case, leg: Leg) -> Sentence:
    if excluded is Truth.YES:
        return say(_("A documented report shows no reason to believe that the law will be applied to these data."))
    return say(
        _(
            "A documented report shows no reason to believe that the law will be applied to these data. It rests on: {sources}."
        ),
        sources=_named(case, leg),
    )


def _what_lacks(case: Case, leg: Leg) -> Sentence:
    """Why the report is not there yet."""
    if not case.evidence_for(_practice_id(leg)):
        return say(
            _(
                "The report on non-application is not established: an exclusion from the law's scope, or practice shown by independent sources, is missing."
            )
        )
    return say(
        _(
            "The report on non-application is not established. It names: {sources}. Two classes of sources are needed, one of them not the "
            "recipient's own; its own do not count where it must keep silent."
        ),
        sources=_named(case, leg),
    )


def _named(case: Case, leg: Leg) -> tuple[Term, ...]:
    """The classes of sources in words, in the order of Annex 3."""
    told = case.evidence_for(_practice_id(leg)) or frozenset()
    return tuple(Term(provision) for name, provision in SOURCES.items() if name in told)


def _open_points(excluded: Truth, case: Case, view: View, leg: Leg) -> tuple[Question, ...]:
    """What of the claim is still to be answered."""
    questions: list[Question] = []
    if excluded is Truth.UNKNOWN:
        questions.append(ask_whether_met(leg.criterion("edpb-01-2020:43.3.scope_exclusion")))
    practice = _practice_id(leg)
    if case.claims(practice) and (case.answer(practice) is Truth.UNKNOWN or case.evidence_for(practice) is None):
        text = _(
            "Is the law not applied in practice to such recipients or data, and on what evidence, of which classes of sources? Two are "
            "needed, one of them not the recipient's own."
        )
        questions.append(Question(practice, say(text), "exporter"))
    if case.claims(practice) and (case.evidence_for(practice) or frozenset()) & OF_THE_IMPORTER:
        questions += duty_of_secrecy(case, view, leg).questions
    return tuple(questions)
