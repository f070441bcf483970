"""What an assessment rests on: every fact in a view, whether or not a finding cites it, with the record whose fields decide."""

from __future__ import annotations

from collections.abc import Iterator

from country_reports.facts import Ground, Standing
from country_reports.frozen import frozen
from country_reports.hub import OnDay
from country_reports.records import Record
from transfers.view import PlaceView, View


@frozen
class Consulted:
    """A fact as it stood on the day. ``record`` is what was written of it, where its typed fields decide too.

    ``by_record_alone``: the record decides, and the fact says no more than where it comes from.
    """

    ground: Ground
    record: Record | None = None
    by_record_alone: bool = False


def consulted(view: View) -> Iterator[Consulted]:
    """Every fact and record of a view, in its order; one that is read twice comes twice."""
    for place in view.places.values():
        for _, standing in standings_of(place):
            yield from map(Consulted, standing.grounds)
        yield from (Consulted(act.ground, act.record) for act in place.acts)
        yield from (Consulted(one.ground, one.record) for one in _access_of(place))
        yield from (Consulted(one.practice) for one in _access_of(place) if one.practice is not None)
    yield from (Consulted(binding.ground) for binding in view.regimes)
    for tool in view.tools.values():
        yield from map(Consulted, tool.grounds, tool.tool.parts)
    yield from (Consulted(law.record_ground, law.record, by_record_alone=True) for law in view.gateways.values())
    for standing in (view.cets_223_in_force, view.lawful_basis, *view.origins.values()):
        yield from map(Consulted, standing.grounds)


def standings_of(place: PlaceView) -> tuple[tuple[str, Standing], ...]:
    """The standings of a place by name."""
    return (
        ("party_108", place.party_108),
        ("party_181", place.party_181),
        ("party_108plus", place.party_108plus),
        ("ratified_108plus", place.ratified_108plus),
        ("provisional_108plus", place.provisional_108plus),
        ("gdpr_area", place.gdpr_area),
    )


def grounds_on_access(place: PlaceView) -> Iterator[Ground]:
    """Access laws, ratings, and the practice documented with them."""
    for one in _access_of(place):
        yield from (ground for ground in (one.ground, one.practice) if ground is not None)


def _access_of(place: PlaceView) -> tuple[OnDay, ...]:
    return (*place.access_laws, *place.guarantees)
