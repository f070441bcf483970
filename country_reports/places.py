"""Countries, territories and organisations: one id per place, many names, never a silent fallback."""

import difflib
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from country_reports.frozen import frozen
from country_reports.records import Fault, Record
from country_reports.sourced import repeated


class PlaceKind(StrEnum):
    """What sort of place, because treaties and transfer chapters treat them differently."""

    STATE = "state"
    TERRITORY = "territory"
    SUB_UNIT = "sub_unit"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    EU_BODY = "eu_body"
    AUTHORITY = "authority"


class PlaceRecord(Record):
    """One place. ``id`` is ISO 3166-1 alpha-2 where there is one, else our own code."""

    id: str
    name: str
    kind: PlaceKind = PlaceKind.STATE
    iso3: str | None = None
    within: str | None = None
    article: str | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None


class PlacesFile(Record):
    places: tuple[PlaceRecord, ...]

    def faults(self) -> Iterator[Fault]:
        """Two places of one id or one name: a name must never lead to the wrong country."""
        yield from repeated(("places",), (place.id for place in self.places))
        owner: dict[str, str] = {}
        for number, place in enumerate(self.places):
            for name in (place.id, place.iso3, place.name, *place.aliases):
                other = owner.setdefault(_folded(name), place.id) if name else place.id
                if other != place.id:
                    yield Fault(("places", number), f"{name!r} is also a name of {other}; a name belongs to one place")


@frozen
class Place:
    """A destination or an exporter's country, as the rules see it."""

    id: str
    name: str
    kind: PlaceKind
    within: str | None
    article: str | None

    @property
    def name_in_text(self) -> str:
        """The name as it stands within a sentence: "the United States"."""
        return f"{self.article} {self.name}" if self.article else self.name


class UnknownPlace(ValueError):
    """A name that no place carries; the message offers near matches."""


class Gazetteer:
    """All places by any of their names."""

    def __init__(self, records: Iterable[PlaceRecord]) -> None:
        self._records = tuple(records)
        self._places = {
            record.id: Place(record.id, record.name, record.kind, record.within, record.article)
            for record in self._records
        }

    @cached_property
    def _names(self) -> dict[str, str]:
        """Every name of a place as it is looked up; most routes name places by their id and need none."""
        return {
            _folded(name): record.id
            for record in self._records
            for name in (record.id, record.iso3, record.name, *record.aliases)
            if name
        }

    def __iter__(self) -> Iterator[Place]:
        return iter(sorted(self._places.values(), key=lambda place: place.id))

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._places

    def __getitem__(self, place_id: str) -> Place:
        return self._places[place_id]

    def resolve(self, name: str) -> str:
        """The id of the place called ``name``: ISO code, name, former name or common alias.

        Raises:
            UnknownPlace: no place, with the nearest names.
        """
        found = name if name in self._places else self._names.get(_folded(name))
        if found is None:
            raise UnknownPlace(self._refusal(name))
        return found

    def _refusal(self, name: str) -> str:
        near = difflib.get_close_matches(_folded(name), self._names, n=3, cutoff=0.75)
        hints = sorted({f"{self._places[self._names[match]].name} ({self._names[match]})" for match in near})
        if hints:
            return f"{name!r} is not a place we know. Near matches: {', '.join(hints)}"
        return f"{name!r} is not a place we know; use the ISO 3166-1 two-letter code or the English name"


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").casefold()).encode("ascii", "ignore").decode()
    return " ".join(plain.replace("-", " ").replace("'", " ").replace(",", " ").replace(".", " ").split())
