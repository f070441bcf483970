"""Which law binds the exporter: without it, no route is better than undetermined."""

from __future__ import annotations

from country_reports.facts import Role, Truth
from transfers.case import Case, Leg
from transfers.finding import Finding, Outcome, PlaceName, Possible, Question, RegimeConclusion, Sentence, _, say
from transfers.law.rule import rule
from transfers.view import View

REGIME = "exporter-law"
NAME = "The exporter's own law"

JUDGED = frozenset(("eu-gdpr",))
"""Regimes that this version judges."""


@rule(
    "exporter_law.not_researched", "method:exporter-law", _("Is the law that binds this exporter researched and coded?")
)
def researched(case: Case, view: View, leg: Leg) -> Finding:
    """Free flow under a treaty never carries a route alone: the exporter's own law decides in the end."""
    if case.exporter is None:
        question = Question(
            "exporter.country", say(_("From which country do the data leave, and under whose law?")), "exporter"
        )
        return Finding(Truth.UNKNOWN, say(_("The country of the exporter is not given.")), questions=(question,))
    if case.exporter_kind == "unknown":
        question = Question(
            "exporter.kind",
            say(
                _(
                    "What is the exporter: a private or a public body, or an authority that prevents or prosecutes crime?"
                )
            ),
            "exporter",
        )
        because = say(
            _(
                "It is not stated what kind of body the exporter is; another law binds police and prosecuting authorities."
            )
        )
        return Finding(Truth.UNKNOWN, because, questions=(question,))
    unjudged = [binding for binding in view.regimes if binding.record.regime not in JUDGED]
    names = (*(binding.record.name for binding in unjudged), *sorted(case.subject_to - JUDGED))
    grounds = tuple(binding.ground for binding in unjudged)
    if names:
        because = say(
            _("The law that binds this exporter in {place} is on file but not yet judged by this version: {names}."),
            place=PlaceName(case.exporter),
            names=names,
        )
    else:
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
    return Finding(Truth.UNKNOWN, because, grounds, (question,), options=_ways_out(view, leg))


def _ways_out(view: View, leg: Leg) -> tuple[Sentence, ...]:
    """What counsel will find in that law: its findings about the destination, and its gateways in the order in which it tries them."""
    place = view.places.get(leg.place or "")
    named = [
        say(
            _("{law}: {act} names the destination; its limits are for counsel to check."),
            law=regime.name,
            act=act.record.instrument,
        )
        for regime in view.gateways.values()
        for act in (place.acts if place is not None else ())
        if regime.id in act.record.usable_under and act.ground.role is Role.SUPPORTS
    ]
    listed = [
        say(
            _("{law}, {provision} ({kind}): {conditions}."),
            law=regime.name,
            provision=gateway.provision,
            kind=gateway.kind.replace("_", " "),
            conditions="; ".join(gateway.conditions),
        )
        for regime in view.gateways.values()
        for gateway in regime.gateways
    ]
    return (*named, *listed)


def conclude(case: Case, view: View) -> RegimeConclusion:
    """Undetermined, whatever the treaties say."""
    found = researched(case, view, case.importer)
    possible = Possible(frozenset((Outcome.PERMITTED, Outcome.NOT_PERMITTED)))
    return RegimeConclusion(REGIME, NAME, True, possible, (found,))
