"""View: everything the law may ask of the facts for one case, resolved as of the day. Holds no files, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clauses.library import Tool
from country_reports.access import Area
from country_reports.facts import Ground, Standing
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
    """A clause tool on the day: may contracts on it be relied on?"""

    tool: Tool
    ground: Ground


@dataclass(frozen=True, slots=True)
class View:
    """What the facts on file say about the places and tools of one case on one day.

    ``gateways`` holds the record of each regime that binds the exporter and that this version does not judge.
    """

    places: Mapping[str, PlaceView]
    regimes: tuple[BindingOnDay, ...]
    regimes_in_force: frozenset[str]
    gateways: Mapping[str, Regime]
    cets_223_in_force: Standing
    origins: Mapping[str, Standing]
    tools: Mapping[str, ToolView]
    lawful_basis: Standing
    lawful_basis_leaves_out: tuple[str, ...]
    policy: Policy
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)
    """What judgements of like cases have found."""
