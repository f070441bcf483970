"""Article 14(1): flows between Parties, and the status of the Convention."""

from __future__ import annotations

from country_reports.facts import Standing, Truth
from country_reports.places import PlaceKind
from transfers.case import Case, Leg
from transfers.finding import (
    Finding,
    PlaceName,
    Question,
    _,
    say,
)
from transfers.law.rule import rule
from transfers.view import View


@rule(
    "coe-108plus.free_flow",
    "coe-108plus:14(1)",
    _("Is the recipient under the jurisdiction of a State that has ratified Convention 108+?"),
)
def free_flow(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(1), first sentence: between Parties, no ban or special authorisation for the sole purpose of data protection."""
    place = view.places.get(leg.place or "")
    if place is None:
        return Finding(Truth.UNKNOWN, say(_("The place of the recipient is not given.")))
    if (
        place.kind in (PlaceKind.INTERNATIONAL_ORGANISATION, PlaceKind.EU_BODY)
        or leg.kind == "international_organisation"
    ):
        return Finding(
            Truth.NO,
            say(_("{place} is an organisation and not a Party."), place=PlaceName(place.id)),
            place.ratified_108plus.grounds,
        )
    return _ratification(place.ratified_108plus, place.id)


@rule(
    "coe-108plus.circumvention",
    "coe-108plus:14(1)-circumvention",
    _("Has the exporter's State restricted this flow because it would circumvent the Convention?"),
    favours=Truth.NO,
)
def circumvention(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(1), second sentence: a power of the Party where there is a real and serious risk of circumvention (explanatory report, para 106)."""
    criterion = "coe-108plus:14(1)-circumvention"
    if not case.claims(criterion):
        return Finding(Truth.NO, say(_("The exception is a power of the exporter's State; no use of it is recorded.")))
    truth = case.answer(criterion)
    questions = (
        Question(
            criterion,
            say(_("Has the authority of the exporter's State invoked this exception for this flow?")),
            "counsel",
        ),
    )
    return Finding(truth, say(_("Answered by the exporter.")), questions=questions if truth is Truth.UNKNOWN else ())


@rule(
    "coe-108plus.regional_rules",
    "coe-108plus:14(1)-regional",
    _("Is the exporter bound by harmonised rules of a regional organisation?"),
    favours=None,
)
def regional_rules(case: Case, view: View, leg: Leg) -> Finding:
    """Article 14(1), third sentence: exporters bound by harmonised rules shared by States of a regional organisation follow those."""
    harmonised = [binding for binding in view.regimes if binding.record.regime.startswith("eu-")]
    grounds = tuple(binding.ground for binding in harmonised)
    if harmonised:
        return Finding(
            Truth.YES,
            say(
                _("The exporter is bound by the rules of the Union, which decide: {regime}."),
                regime=harmonised[0].record.name,
            ),
            grounds,
        )
    return Finding(Truth.NO, say(_("The exporter is not bound by harmonised rules of a regional organisation.")))


@rule(
    "coe-108plus.status",
    "coe-108plus:37(3)",
    _("Is Convention 108+ in force, or applied provisionally by the exporter's State?"),
    favours=None,
)
def status(case: Case, view: View, leg: Leg) -> Finding:
    """CETS 223, art. 37: in force, or applied provisionally by declaration; reported, never binding by itself."""
    force = view.cets_223_in_force
    exporter = view.places.get(case.exporter or "")
    provisional = exporter.provisional_108plus if exporter else Standing(Truth.UNKNOWN)
    if force.truth is Truth.YES:
        return Finding(Truth.YES, say(_("Convention 108+ is in force.")), force.grounds)
    if provisional.truth is Truth.YES:
        because = say(
            _(
                "Convention 108+ is not in force; {place} has declared that it applies it provisionally. Read here as a benchmark."
            ),
            place=PlaceName(case.exporter or ""),
        )
        return Finding(Truth.NO, because, (*force.grounds, *provisional.grounds))
    return Finding(
        Truth.NO, say(_("Convention 108+ is not in force on that day. Read here as a benchmark.")), force.grounds
    )


def _ratification(standing: Standing, place: str) -> Finding:
    name = PlaceName(place)
    if standing.truth is Truth.YES:
        return Finding(
            Truth.YES,
            say(_("{place} has ratified Convention 108+ and is taken as a Party."), place=name),
            standing.grounds,
        )
    if standing.truth is Truth.NO:
        return Finding(Truth.NO, say(_("{place} has not ratified Convention 108+."), place=name), standing.grounds)
    question = Question(
        f"treaty:cets-223.{place}",
        say(_("Check with the Treaty Office whether {place} has ratified CETS 223."), place=name),
        "registry",
    )
    return Finding(
        Truth.UNKNOWN,
        say(_("It is not established whether {place} has ratified Convention 108+."), place=name),
        standing.grounds,
        (question,),
    )
