"""Which law binds the exporter: where none is on file, no route is better than undetermined."""

from __future__ import annotations

from country_reports.facts import Truth
from transfers.case import Case, Leg
from transfers.finding import Finding, Outcome, PlaceName, Possible, Question, RegimeConclusion, _, say
from transfers.law.catalogue import CODED
from transfers.law.on_record.chapter import opens_ways
from transfers.law.rule import rule
from transfers.view import View

REGIME = "exporter-law"
NAME = _("The exporter's own law")


def is_open(case: Case, view: View) -> bool:
    """Whether some law of the exporter is not judged, and the data do leave or a further law is named."""
    known = case.exporter_kind != "unknown" and _is_on_file(case, view)
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
    """Undetermined, whatever the treaties say."""
    found = researched(case, view, case.importer)
    possible = Possible(frozenset((Outcome.PERMITTED, Outcome.NOT_PERMITTED)))
    return RegimeConclusion(REGIME, NAME, True, possible, (found,))


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
