"""Which law binds the exporter: where none is on file, no route is better than undetermined."""

from __future__ import annotations

from country_reports.facts import Truth
from transfers.case import Case, Leg
from transfers.finding import Finding, Outcome, PlaceName, Possible, Question, RegimeConclusion, _, say
from transfers.law.answers import to_document
from transfers.law.catalogue import CODED
from transfers.law.on_record.chapter import opens_ways
from transfers.law.rule import rule
from transfers.view import View

REGIME = "exporter-law"
NAME = _("The exporter's own law")


def is_open(case: Case, view: View) -> bool:
    """Whether some law of the exporter is not judged or only by an answer, and the data do leave or a further law is named."""
    known = case.exporter_kind != "unknown" and _is_on_file(case, view) and not _of_another_kind(case)
    return not known and (not case.stays_at_home or bool(case.subject_to))


@rule(
    "exporter_law.not_researched",
    "method:exporter-law",
    _("Is the law that binds this exporter researched and on file?"),
)
def researched(case: Case, view: View, leg: Leg) -> Finding:
    """Free flow under a treaty never carries a route alone: the exporter's own law decides in the end."""
    if case.exporter is None:
        question = Question(
            "exporter.country", say(_("From which country do the data leave, and under whose law?")), "exporter"
        )
        return Finding(Truth.UNKNOWN, say(_("The country of the exporter is not given.")), questions=(question,))
    if case.exporter_kind == "unknown":
        asks = _("What is the exporter: a private or a public body, or an authority that prevents or prosecutes crime?")
        kind_open = _(
            "It is not stated what kind of body the exporter is; another law binds police and prosecuting authorities."
        )
        return Finding(Truth.UNKNOWN, say(kind_open), questions=(Question("exporter.kind", say(asks), "exporter"),))
    if _is_on_file(case, view):
        return _by_kind_and_purpose(case)
    because = say(
        _("The law that binds an exporter of this kind in {place} on that day has not been researched."),
        place=PlaceName(case.exporter),
    )
    question = Question(
        "exporter_law",
        say(
            _("What does the law of {place} ask for this transfer? Have it answered by counsel there."),
            place=PlaceName(case.exporter),
        ),
        "counsel",
    )
    return Finding(Truth.UNKNOWN, because, tuple(binding.ground for binding in view.regimes), (question,))


def conclude(case: Case, view: View) -> RegimeConclusion:
    """Undetermined, whatever the treaties say, unless an answer settles which law it is."""
    found = researched(case, view, case.importer)
    if found.truth is Truth.YES:
        settled = Outcome.PERMITTED_WITH_CONDITIONS if found.conditions else Outcome.NOT_IN_SCOPE
        return RegimeConclusion(REGIME, NAME, True, Possible.only(settled), (found,))
    possible = Possible(frozenset((Outcome.PERMITTED, Outcome.NOT_PERMITTED)))
    return RegimeConclusion(REGIME, NAME, True, possible, (found,))


def _of_another_kind(case: Case) -> bool:
    """Whether such a body, for such a purpose or one that is not told, may be bound by a law that is made for another kind."""
    purposes = _FOR_BODIES.get(case.exporter_kind)
    return purposes is not None and (case.purpose is None or case.purpose in purposes)


def _by_kind_and_purpose(case: Case) -> Finding:
    """Authorities that prevent or prosecute crime have a law of their own for that, and for nothing else."""
    if case.purpose is None:
        why = _("For what purpose are the data sent? Preventing and prosecuting crime has a law of its own.")
        because = _("The purpose is not stated: which law binds a public body depends on it.")
        return Finding(Truth.UNKNOWN, say(because), questions=(Question("purpose", say(why), "exporter"),))
    if case.exporter_kind == "police":
        kind = _(
            "For this purpose a police authority is as a rule bound by the general law: is it for preventing or prosecuting crime that it sends "
            "the data? If not, state its kind as `public`."
        )
        because = _("The purpose is none for which the law of the police is made.")
        return Finding(Truth.UNKNOWN, say(because), questions=(Question("exporter.kind", say(kind), "exporter"),))
    answer = case.answer(NO_AUTHORITY)
    if answer is Truth.YES:
        because = _("The exporter is no authority competent for this purpose, as answered: the general law binds it.")
        return Finding(answer, say(because), conditions=to_document(case, NO_AUTHORITY))
    because = _("Another law binds a public body that is competent to prevent, investigate or prosecute crime.")
    whether = _(
        "Is the exporter a public body that is not competent to prevent, investigate, detect or prosecute crime?"
    )
    if answer is Truth.NO:
        kind = _("Is the exporter such an authority for this purpose? Then state its kind as `police`.")
        return Finding(Truth.UNKNOWN, say(because), questions=(Question("exporter.kind", say(kind), "exporter"),))
    return Finding(Truth.UNKNOWN, say(because), questions=(Question(NO_AUTHORITY, say(whether), "exporter"),))


NO_AUTHORITY = "exporter_law.no_competent_authority"
"""The answer that leaves a public body under the general law for a purpose that is one of the police."""

_FOR_BODIES = {
    "public": frozenset(("law_enforcement", "criminal_investigation", "public_security")),
    "police": frozenset((
        "hr_administration", "group_administration", "customer_service", "payments", "marketing", "travel", "health_care",
    )),
}  # fmt: skip
"""Purposes for which a body of this kind is as a rule bound by the law that is made for the other."""


def _is_on_file(case: Case, view: View) -> bool:
    """Whether a law of transfers that binds the exporter by its place is judged, and every law that the route names besides.

    One that is named and not in force that day stands for another that was. A law that only forbids some transfers opens no
    way for the others: what else binds the exporter is then not known.
    """
    of_the_place = {binding.record.regime for binding in view.regimes}
    judged = CODED | {law.id for law in view.gateways.values() if opens_ways(law)}
    named = case.subject_to
    on_file = (CODED | set(view.gateways)) & view.regimes_in_force
    return bool(of_the_place & judged) and of_the_place | named <= on_file
