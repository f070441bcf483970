"""In words: why a set does not fit, and what must be answered before it does."""

from __future__ import annotations

from collections.abc import Iterable

from clauses.clause_set import ClauseSet
from clauses.fitting import Circumstances, Fit, Pair
from clauses.library import Tool
from clauses.parts import Counted, Demand, IfNot, Obstacle, Volume


def code_of(fit: Fit) -> str:
    """A word for the demand that never changes: the matter it is about, else its id."""
    if fit.obstacle is not None or fit.demand is None:
        return str(fit.obstacle)
    return fit.demand.id


def asked(fit: Fit) -> str:
    """The question that is open; "yes" means that the set fits, unless a part of the route is asked for."""
    if fit.field in _FIELDS:
        return _FIELDS[fit.field]
    if fit.band is not None:
        return f"Counted from {fit.band.counted_from}, is the number of {_PERSONS[fit.band.of]} {_range(fit.band)}?"
    if fit.demand is not None:
        return fit.demand.asks
    assert fit.obstacle is not None
    return _ASKED_OF_ANY[fit.obstacle].format(short=fit.part.short)


_FIELDS = {
    "exporter.role": "Who decides on purposes and means: is the exporter a controller or a processor?",
    "importer_role": "Who decides on purposes and means: is the importer a controller or a processor?",
    "importer.kind": "What kind of body is the importer: a company, a public authority, an international organisation?",
    "importer.gdpr_applies_directly": "Is the importer's own processing of these data itself subject to the GDPR?",
    "destination": "In which country is the importer?",
    "exporter.country": "Where is the exporter established?",
}
_ASKED_OF_ANY = {
    Obstacle.ORGANISATION: "Do the organisation's privileges let it be bound by {short}?",
    Obstacle.PUBLIC_AUTHORITY: "Can this authority be bound by {short}, and by the courts and the supervision that it names?",
    Obstacle.IMPORTER_UNDER_REGIME: "Is the importer's own processing outside the exporter's law, or is {short} fit for an importer within it?",
}
_PERSONS = {
    Counted.PERSONS_WITHOUT_SENSITIVE_DATA: "persons whose data go abroad and are not sensitive",
    Counted.PERSONS_WITH_SENSITIVE_DATA: "persons whose sensitive data go abroad",
}


def why_not_met(fit: Fit, here: Circumstances, pair: Pair, tool: Tool) -> str:
    """What stands in the way, with what the record has to say of it."""
    short = fit.part.short
    match fit.obstacle:
        case Obstacle.ROLES:
            written = f"{_roles(tool.module.exporter_roles)} to {_roles(tool.module.importer_roles)}"
            text = f"Written for transfers from {written}; here from {_role(pair.exporter)} to {_role(pair.importer)}."
        case Obstacle.IMPORTER_UNDER_REGIME if not fit.answered:
            text = (
                f"{short} is not written for importers whose own processing the exporter's law binds, as it does here."
            )
        case Obstacle.IMPORTER_PLACE if fit.demand is not None:
            text = f"{short} is written for recipients in {', '.join(fit.demand.places)}; the data go to {here.importer_place}."
        case Obstacle.ONWARD_PLACE if fit.demand is not None and not fit.answered:
            beyond = ", ".join(sorted(here.further_places.difference(fit.demand.places)))
            text = f"With {short} data must not go on outside {', '.join(fit.demand.places)}; they go on to {beyond}."
        case Obstacle.EXPORTER_PLACE:
            text = f"{short} is not written for an exporter that the law reaches from abroad: {_asks(fit)}"
        case _ if fit.answered:
            text = f"Answered with no: {asked(fit)}"
        case _:
            text = f"Not so here: {asked(fit)}"
    return " ".join((text, *_what_follows(fit.demand)))


def of_other_laws(parts: Iterable[ClauseSet], regime: str) -> str:
    """That no part of a tool is on file for this law, and for which laws it is."""
    parts = tuple(parts)
    names = [name for part in parts for name in (*part.regimes, *part.regimes_not_on_file.values())]
    of = f"on file as a tool of {', '.join(dict.fromkeys(names))}" if names else "on file as a tool of no law"
    return f"{' with '.join(part.short for part in parts)}: {of}, not of {regime}."


def _what_follows(demand: Demand | None) -> Iterable[str]:
    if demand is None:
        return
    if demand.if_not is IfNot.NEEDS_REVIEW:
        yield "Counsel may find otherwise."
    if demand.note is not None:
        yield demand.note


def _asks(fit: Fit) -> str:
    return fit.demand.asks if fit.demand is not None else ""


def _range(band: Volume) -> str:
    told = (
        "" if band.at_least is None else f"at least {band.at_least:,}",
        "" if band.below is None else f"below {band.below:,}",
    )
    return " and ".join(text for text in told if text).replace(",", " ")


def _roles(roles: Iterable[str]) -> str:
    """Joint controllers go with controllers, so that they are named only where they stand alone."""
    names = [role for role in roles if role != "joint_controller" or "controller" not in roles]
    return " or ".join(names)


def _role(role: str) -> str:
    return role.replace("_", " ")
