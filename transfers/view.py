"""View: everything the law may ask of the facts for one case, resolved as of the day. Holds no files, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clauses.library import Tool
from country_reports.access import Area
from country_reports.facts import Ground, Standing, Truth
from country_reports.frozen import frozen
from country_reports.hub import ActOnDay, BindingOnDay, RatedGuarantee, RatedLaw
from country_reports.places import PlaceKind
from country_reports.regime import Regime
from transfers.memory import Memory


@frozen
class Policy:
    """How the reader wants doubtful facts and doctrines taken. Printed in every assessment."""

    doctrine: str | None = None
    accept_stale: bool = False
    verified_only: bool = False


@frozen
class PlaceView:
    """One place on the day."""

    id: str
    kind: PlaceKind
    party_108: Standing
    party_181: Standing
    party_108plus: Standing
    ratified_108plus: Standing
    provisional_108plus: Standing
    gdpr_area: Standing
    acts: tuple[ActOnDay, ...]
    access_laws: tuple[RatedLaw, ...]
    guarantees: tuple[RatedGuarantee, ...]
    complete_areas: frozenset[Area] = frozenset()


@frozen
class ToolView:
    """A clause tool on the day: may contracts on it be relied on? ``ground`` is that of its least reliable part.

    ``open``: can a new contract be made on it?
    """

    tool: Tool
    open: bool
    ground: Ground
    grounds: tuple[Ground, ...]


@frozen
class Weighed:
    """One rating, or one law or area that nobody rated, as it bears on a leg: does it reach it, and is the head met there?"""

    reach: Truth
    met: Truth
    rating: RatedGuarantee | None = None
    ground: Ground | None = None
    bulk: bool = False

    @property
    def truth(self) -> Truth:
        """The head holds here: it is met, or there is nothing to fear from laws that do not reach the leg."""
        return ~self.reach | self.met


@frozen
class RegimeView:
    """A regime that binds the exporter and is judged from its record.

    ``name`` is what it is called within a sentence, ``ground`` the fact that it binds. ``inside`` says of each place of the
    case, and of others that cases of the day named, whether it lies where the regime itself is the law, ``lists_complete``
    whether all findings of adequacy that it recognises are on file, ``gateways_known`` whether its gateways stood on the day
    as they are recorded, ``record_ground`` the fact that they do. ``record`` holds the gateways of the day only.
    """

    record: Regime
    name: str
    ground: Ground
    inside: dict[str, Standing]
    lists_complete: bool
    gateways_known: bool
    record_ground: Ground

    @property
    def id(self) -> str:
        return self.record.id


@dataclass(frozen=True, slots=True)
class View:
    """What the facts on file say about the places and tools of one case on one day.

    ``gateways`` holds each regime that binds the exporter and is judged from its record. ``under`` names the regimes whose
    findings of adequacy count as evidence: those that bind the exporter, or the one that is being judged.
    """

    places: Mapping[str, PlaceView]
    regimes: tuple[BindingOnDay, ...]
    regimes_in_force: frozenset[str]
    gateways: Mapping[str, RegimeView]
    under: frozenset[str]
    cets_223_in_force: Standing
    origins: Mapping[str, Standing]
    tools: Mapping[str, ToolView]
    lawful_basis: Standing
    lawful_basis_leaves_out: tuple[str, ...]
    lawful_basis_not_established_for: frozenset[str]
    policy: Policy
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)
    """What judgements of like cases have found."""
