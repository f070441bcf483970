"""What the route itself states, read in the same way by every law: its tools, its places, the terms of further steps."""

from __future__ import annotations

from country_reports.facts import Truth
from transfers.case import Case, Leg
from transfers.finding import Finding, Question, _, ask, say


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
