"""Whether a set and module fit a pair of parties under one law: each demand, met, not met or open. Knows no route."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from clauses.clause_set import ClauseSet
from clauses.library import Tool
from clauses.parts import Counted, Demand, IfNot, Obstacle, Volume
from country_reports.facts import Truth
from country_reports.frozen import frozen

FOR_COUNSEL = (Obstacle.ORGANISATION, Obstacle.PUBLIC_AUTHORITY, Obstacle.IMPORTER_UNDER_REGIME)
"""What counsel may answer for any set as ``set.obstacle``, where its record leaves it open."""

NEVER_IN_THE_WAY = (IfNot.NOT_NEEDED, IfNot.OTHER_CHOICE)
"""What follows from a demand without closing the set: nothing need be signed, or something else is written into it."""


@frozen
class Pair:
    """Who sends and who receives, each ``controller``, ``joint_controller``, ``processor`` or ``unknown``."""

    exporter: str
    importer: str


@frozen
class Circumstances:
    """What is known of a transfer under one law, apart from the day and the roles.

    ``importer_under_regime``: is the importer's own processing bound by this law? ``importer_place`` is where the data go,
    ``further_places`` where they are known to go from there. ``exporter_within``: is the exporter established where the law is
    at home, and not only reached by it? ``persons`` are counted as the volumes of sets count them; what is not there is not known.
    """

    regime: str
    importer_kind: str
    importer_under_regime: Truth
    importer_place: str | None = None
    further_places: frozenset[str] = frozenset()
    exporter_within: Truth = Truth.UNKNOWN
    persons: tuple[tuple[Counted, int], ...] = ()


@frozen
class Fit:
    """Whether one demand of ``part`` is met. ``obstacle`` and ``demand`` say which; ``band`` the volume of it.

    ``field`` is the part of a route that would tell, where that is what is open; ``answered`` says that somebody's answer decided.
    """

    part: ClauseSet
    obstacle: Obstacle | None
    met: Truth
    demand: Demand | None = None
    band: Volume | None = None
    field: str | None = None
    answered: bool = False

    @property
    def criterion(self) -> str:
        """The id under which a route answers it, while it is open."""
        if self.field is not None:
            return self.field
        if self.band is not None and self.band.answered_as is not None:
            return self.band.answered_as
        return criterion_of(self.part, self.demand) if self.demand is not None else f"{self.part.id}.{self.obstacle}"

    @property
    def answered_for_the_set(self) -> bool:
        """Whether somebody's answer to a question of the set's own decided, and not to one of a law."""
        return self.answered and self.criterion.startswith(f"{self.part.id}.")


Answers = Callable[[str], Truth]
"""What is answered under an id; unknown where nothing is."""


def nothing_answered(_: str) -> Truth:
    """Nobody was asked."""
    return Truth.UNKNOWN


def fits(here: Circumstances, pair: Pair, tool: Tool, answer: Answers = nothing_answered) -> tuple[Fit, ...]:
    """Each demand of a tool, as its record has them, in the order in which a lawyer checks them; what is open may be answered.

    Demands that never stand in the way are left out.
    """
    return (
        _regime(here, tool),
        _roles(pair, tool),
        _importer_under_regime(here, tool, answer),
        _kind(Obstacle.ORGANISATION, ("international_organisation",), here, tool, answer),
        _kind(Obstacle.PUBLIC_AUTHORITY, ("public_authority", "police"), here, tool, answer),
        *_others(here, pair, tool, answer),
    )


def demands_of(here: Circumstances, pair: Pair, tool: Tool) -> Iterator[tuple[ClauseSet, Demand]]:
    """Every demand that the parts of a tool make of such a transfer."""
    for part in tool.parts:
        for demand in part.demands:
            if (
                (not demand.modules or tool.module.id in demand.modules)
                and (not demand.under or here.regime in demand.under)
                and (not demand.importer_roles or pair.importer in demand.importer_roles)
            ):
                yield part, demand


def criterion_of(record: ClauseSet, demand: Demand) -> str:
    """The id under which a route answers a demand as a whole."""
    own = demand.about.value if demand.about is not None and demand.about in FOR_COUNSEL else demand.id
    return demand.answered_as or f"{record.id}.{own}"


def answerable(record: ClauseSet) -> Iterator[str]:
    """Every id under which a route may answer a question that the set asks; those of a law are the law's."""
    yield from (f"{record.id}.{obstacle}" for obstacle in FOR_COUNSEL)
    yield from (criterion_of(record, demand) for demand in record.demands if can_be_answered(demand))


def can_be_answered(demand: Demand) -> bool:
    """Whether it may stand in the way, and neither the route itself nor the choice of the tool settles it."""
    told = (*_SETTLED, Obstacle.IMPORTER_PLACE, Obstacle.EXPORTER_PLACE)
    settled = demand.about in told and demand.about not in FOR_COUNSEL
    return demand.if_not not in NEVER_IN_THE_WAY and not settled and not demand.volumes


def _regime(here: Circumstances, tool: Tool) -> Fit:
    """A set is a transfer tool only under the regimes it was adopted for, or through an adaptation."""
    return Fit(tool.clause_set, Obstacle.REGIME, Truth.of(tool.serves(here.regime)))


def _roles(pair: Pair, tool: Tool) -> Fit:
    """The module must match the factual roles; a wrong module is no tool."""
    exporter = _matches(pair.exporter, tool.module.exporter_roles)
    met = exporter & _matches(pair.importer, tool.module.importer_roles)
    unknown = "exporter.role" if pair.exporter == "unknown" else "importer_role"
    return Fit(tool.clause_set, Obstacle.ROLES, met, field=unknown if met is Truth.UNKNOWN else None)


def _matches(role: str, allowed: tuple[str, ...]) -> Truth:
    return Truth.UNKNOWN if role == "unknown" else Truth.of(role in allowed)


def _importer_under_regime(here: Circumstances, tool: Tool, answer: Answers) -> Fit:
    """Where the set that serves this law is not written for importers under it, such an importer is a gap."""
    part = next((one for one in tool.parts if here.regime in one.regimes), tool.clause_set)
    covers, under = part.covers_importers_under_regime, here.importer_under_regime
    met = Truth.YES if covers is None else ~under | covers
    told = _TOLD_OF_IMPORTER.get(here.regime) if under is Truth.UNKNOWN else None
    fit = Fit(part, Obstacle.IMPORTER_UNDER_REGIME, met, _about(Obstacle.IMPORTER_UNDER_REGIME, part))
    return _answered(fit, answer) if told is None else _told_by(told, fit)


_TOLD_OF_IMPORTER = {"eu-gdpr": "importer.gdpr_applies_directly"}
"""Where a route says whether a law binds the importer; for other laws counsel is asked."""


def _kind(obstacle: Obstacle, kinds: tuple[str, ...], here: Circumstances, tool: Tool, answer: Answers) -> Fit:
    """Whether the set can bind such a body, if the importer is one."""
    record = tool.clause_set
    open_kind = here.importer_kind == "unknown"
    is_one = Truth.UNKNOWN if open_kind else Truth.of(here.importer_kind in kinds)
    covers = record.covers_organisations if obstacle is Obstacle.ORGANISATION else record.suits_public_authorities
    fit = _answered(Fit(record, obstacle, ~is_one | covers, _about(obstacle, record)), answer)
    return _told_by("importer.kind", fit) if open_kind else fit


def _about(obstacle: Obstacle, part: ClauseSet) -> Demand | None:
    return next((demand for demand in part.demands if demand.about is obstacle), None)


def _others(here: Circumstances, pair: Pair, tool: Tool, answer: Answers) -> Iterator[Fit]:
    """The demands that only this set makes."""
    for part, demand in demands_of(here, pair, tool):
        if demand.if_not in NEVER_IN_THE_WAY or demand.about in _SETTLED:
            continue
        if demand.about is Obstacle.IMPORTER_PLACE and demand.places:
            yield _placed(here, part, demand)
        elif demand.about is Obstacle.EXPORTER_PLACE:
            yield _told_by("exporter.country", Fit(part, demand.about, here.exporter_within, demand))
        elif demand.volumes:
            yield from (_answered(_volume(here, part, demand, band), answer) for band in demand.volumes)
        else:
            gone_on = demand.about is Obstacle.ONWARD_PLACE and not here.further_places.issubset(demand.places)
            met = Truth.NO if gone_on else Truth.UNKNOWN
            yield _answered(Fit(part, demand.about, met, demand), answer)


_SETTLED = (Obstacle.REGIME, Obstacle.ROLES, Obstacle.BASE_SET, *FOR_COUNSEL)
"""What is looked at for every set, or settled by naming the tool."""


def _placed(here: Circumstances, part: ClauseSet, demand: Demand) -> Fit:
    """A set written for recipients in some places carries nothing to another."""
    place = here.importer_place
    met = Truth.UNKNOWN if place is None else Truth.of(place in demand.places)
    return _told_by("destination", Fit(part, demand.about, met, demand))


def _volume(here: Circumstances, part: ClauseSet, demand: Demand, band: Volume) -> Fit:
    """A band is met by a number within it; a number that is not known leaves it open."""
    persons = dict(here.persons).get(band.of)
    met = Truth.UNKNOWN if persons is None else Truth.of(band.holds(persons))
    return Fit(part, demand.about, met, demand, band)


def _answered(fit: Fit, answer: Answers) -> Fit:
    """What facts leave open, as it is answered."""
    told = answer(fit.criterion) if fit.met is Truth.UNKNOWN else Truth.UNKNOWN
    return fit if told is Truth.UNKNOWN else replace(fit, met=told, answered=True)


def _told_by(field: str, fit: Fit) -> Fit:
    """A demand that a part of the route settles, while that part is not known."""
    return replace(fit, field=field) if fit.met is Truth.UNKNOWN else fit
