"""Which sets and modules are open to a pair of parties, and why the others are closed. Knows no route."""

from __future__ import annotations

from collections.abc import Iterable

from clauses.library import Tool
from clauses.parts import Obstacle
from country_reports.facts import Truth, all_of
from country_reports.frozen import frozen


@frozen
class ClauseQuestion:
    """Who would sign. ``importer_under_regime``: is the importer's own processing bound by the exporter's law?

    ``importer_place`` is where the data go; None: not known.
    """

    regime: str
    exporter_role: str
    importer_role: str
    importer_kind: str
    importer_under_regime: Truth
    importer_place: str | None = None


@frozen
class Fit:
    """Whether one demand of the set is met by the parties."""

    obstacle: Obstacle
    met: Truth


def fits(question: ClauseQuestion, tool: Tool) -> tuple[Fit, ...]:
    """Each demand of the set and module, in the order in which a lawyer checks them."""
    return (
        Fit(Obstacle.REGIME, _regime(question, tool)),
        Fit(Obstacle.ROLES, _roles(question, tool)),
        Fit(Obstacle.IMPORTER_UNDER_REGIME, _importer_under_regime(question, tool)),
        Fit(
            Obstacle.ORGANISATION,
            _party_of_kind(question, "international_organisation", tool.clause_set.covers_organisations),
        ),
        Fit(Obstacle.PUBLIC_AUTHORITY, _public(question, tool)),
        Fit(Obstacle.IMPORTER_PLACE, _importer_place(question, tool)),
    )


def _regime(question: ClauseQuestion, tool: Tool) -> Truth:
    """A set is a transfer tool only under the regimes it was adopted for, or through an adaptation."""
    return Truth.of(tool.serves(question.regime))


def _roles(question: ClauseQuestion, tool: Tool) -> Truth:
    """The module must match the factual roles; a wrong module is no tool."""
    exporter = _matches(question.exporter_role, tool.module.exporter_roles)
    return exporter & _matches(question.importer_role, tool.module.importer_roles)


def _matches(role: str, allowed: Iterable[str]) -> Truth:
    return Truth.UNKNOWN if role == "unknown" else Truth.of(role in allowed)


def _importer_under_regime(question: ClauseQuestion, tool: Tool) -> Truth:
    """Where the set is not written for importers under the exporter's own law, such an importer is a gap."""
    return ~question.importer_under_regime | tool.clause_set.covers_importers_under_regime


def _party_of_kind(question: ClauseQuestion, kind: str, covered: Truth) -> Truth:
    if question.importer_kind == "unknown":
        return Truth.UNKNOWN
    if question.importer_kind != kind:
        return Truth.YES
    return covered


def _public(question: ClauseQuestion, tool: Tool) -> Truth:
    suits = tool.clause_set.suits_public_authorities
    if question.importer_kind == "police":
        return suits
    return _party_of_kind(question, "public_authority", suits)


def _importer_place(question: ClauseQuestion, tool: Tool) -> Truth:
    """A set written for recipients in some places carries nothing to another."""
    asked = (one for part in tool.parts for one in part.demands if one.about is Obstacle.IMPORTER_PLACE and one.places)
    return all_of(*(_within(question.importer_place, demand.places) for demand in asked))


def _within(place: str | None, places: tuple[str, ...]) -> Truth:
    return Truth.UNKNOWN if place is None else Truth.of(place in places)
