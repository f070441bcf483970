"""What the route itself states, read in the same way by every law: its tools, its places, the terms of further steps."""

from __future__ import annotations

from collections.abc import Callable

from country_reports.facts import Truth
from country_reports.regime import DecidedBy
from transfers.case import Case, Leg
from transfers.finding import Finding, Question, SlotGround, _, ask, say


def tools(case: Case) -> Finding:
    """Whether the route says which tools it relies on; on what, is for the exporter to say."""
    if case.mechanisms is not None:
        return Finding(Truth.YES, say(_("The route names the tools it relies on.")))
    question = ask(
        "mechanisms", _("On which transfer tool does the exporter rely, and when was it signed? If on none, say so.")
    )
    because = say(_("The route does not say on which transfer tool it relies."))
    return Finding(Truth.UNKNOWN, because, questions=(question,))


def places(case: Case) -> Finding:
    """Whether all places of storage and access are stated."""
    if case.places_known is Truth.YES:
        because = say(_("The places of storage and of access are stated; each is judged as a leg."))
        return Finding(Truth.YES, because, case.places_grounds)
    text = _("In which countries are the data stored, and from which can they be seen?")
    because = say(_("It is not stated where the data are stored or from where they can be seen."))
    return Finding(Truth.UNKNOWN, because, questions=(Question("processing.storage", say(text), "importer"),))


def terms_bind(leg: Leg) -> Truth:
    """Whether the terms stated for a further step bind the recipient. An adequate destination binds nobody: it is judged apart."""
    if leg.terms == "joined_clauses" and leg.kind in _UNLIKELY_TO_JOIN:
        return Truth.UNKNOWN
    return _BINDING.get(leg.terms, Truth.UNKNOWN)


def told_of_terms(leg: Leg) -> tuple[SlotGround, ...]:
    """The record on which the terms of a further step rest, where the route leaves them to it."""
    return (leg.terms_ground,) if leg.terms_ground is not None else ()


_BINDING = {
    "joined_clauses": Truth.YES,
    "equivalent_safeguards": Truth.YES,
    "adequate_destination": Truth.NO,
    "same_importer": Truth.YES,
    "parallel": Truth.YES,
    "none": Truth.NO,
}

_UNLIKELY_TO_JOIN = ("public_authority", "police", "international_organisation")
"""Bodies whose immunity or law as a rule keeps them from being bound by clauses."""


def decides(case: Case, leg: Leg, by: DecidedBy) -> Truth | None:
    """What the route shows of a test that one of its fields decides; None where only an answer can tell."""
    return _DECIDES[by](case, leg)


def _occasional(case: Case, leg: Leg) -> Truth | None:
    return {"one_off": Truth.YES, "occasional": Truth.YES, "systematic": Truth.NO}.get(case.frequency, Truth.UNKNOWN)


def _not_repeated(case: Case, leg: Leg) -> Truth | None:
    return {"one_off": Truth.YES, "systematic": Truth.NO}.get(case.frequency)


def _recipient_is_public(case: Case, leg: Leg) -> Truth | None:
    return None if leg.kind == "unknown" else Truth.of(leg.kind in _PUBLIC)


def _recipient_is_police(case: Case, leg: Leg) -> Truth | None:
    """A police authority is one for these purposes; whether another body may stand in for it is asked."""
    return Truth.YES if leg.kind == "police" else None


def _exporter_is_public(case: Case, leg: Leg) -> Truth | None:
    return None if case.exporter_kind == "unknown" else Truth.of(case.exporter_kind != "private")


def _exporter_is_private(case: Case, leg: Leg) -> Truth | None:
    """A private exporter is one; what a public one is, is asked."""
    return Truth.YES if case.presumed_kind == "private" else None


def _outside_public_powers(case: Case, leg: Leg) -> Truth | None:
    """A private exporter has none as a rule; one that is only presumed to be private is asked."""
    return Truth.YES if case.exporter_kind == "private" and case.kind_stated else None


_PUBLIC = ("public_authority", "police", "international_organisation")

_DECIDES: dict[DecidedBy, Callable[[Case, Leg], Truth | None]] = {
    DecidedBy.OCCASIONAL: _occasional,
    DecidedBy.NOT_REPEATED: _not_repeated,
    DecidedBy.RECIPIENT_IS_PUBLIC: _recipient_is_public,
    DecidedBy.RECIPIENT_IS_POLICE: _recipient_is_police,
    DecidedBy.EXPORTER_IS_PUBLIC: _exporter_is_public,
    DecidedBy.EXPORTER_IS_PRIVATE: _exporter_is_private,
    DecidedBy.OUTSIDE_PUBLIC_POWERS: _outside_public_powers,
}

FIELDS = {DecidedBy.OCCASIONAL: "frequency", DecidedBy.NOT_REPEATED: "frequency"}
"""The field of the route that is asked for where it decides a test and is not stated."""
