"""What an assessment holds on its route, as it was written: parties, places, and what each leg is."""

from __future__ import annotations

from functools import cache, cached_property

from country_reports.hub import Hub
from country_reports.places import Gazetteer, UnknownPlace
from transfers.assessment_records import Assessment, LegRecord
from transfers.canonical import Json

Fields = dict[str, Json]


@cache
def shipped_places() -> Gazetteer:
    """The places that every installation knows."""
    return Hub().places


class RouteRead:
    """One assessment: the route, the records of its importers, its legs."""

    def __init__(self, assessment: Assessment, places: Gazetteer) -> None:
        self.assessment = assessment
        self.route = assessment.inputs.route
        self.exporter = fields(self.route.get("exporter"))
        self.processing = fields(self.route.get("processing"))
        self._places = places
        self._records = assessment.inputs.importers

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """What each leg is: importer, same_importer or further.

        They stand in the order in which the route was read: each importer with its other places, then whom it passes data on to.
        """
        named = len(items(self.route.get("importers"))) or 1
        kinds: list[str] = []
        seat, seen = "", set[str | None]()
        for leg in self.assessment.legs:
            if kinds and leg.name == seat and leg.to not in seen and leg.to in self._elsewhere(leg):
                kinds.append("same_importer")
            elif kinds.count("importer") < named:
                kinds.append("importer")
                seat, seen = leg.name, set()
            else:
                kinds.append("further")
                seat = ""
            seen.add(leg.to)
        return tuple(kinds)

    @cached_property
    def importers(self) -> tuple[LegRecord, ...]:
        """The legs to the importers themselves, at their seats."""
        return tuple(leg for leg, kind in zip(self.assessment.legs, self.kinds, strict=True) if kind == "importer")

    def record(self, name: str) -> Fields:
        """The record of the recipient of this name; empty where there is none."""
        return next((record for record in self._records if record.get("name") == name), {})

    def stated(self, field: str, leg: LegRecord) -> set[str | None]:
        """Places of storage or access, by id: of the route; where it says nothing, of the record of the importer of ``leg``."""
        stated = self.processing.get(field)
        listed = stated if isinstance(stated, list) else items(self.record(leg.name).get(field))
        return {self.place_id(place) for place in listed}

    def at_home(self, field: str) -> bool:
        """Whether storage or access is stated for the exporter's own country."""
        home = self.place_id(self.exporter.get("country"))
        return home is not None and any(home in self.stated(field, leg) for leg in self.importers)

    def terms(self, leg: LegRecord) -> str:
        """On what terms a further recipient gets the data: those of this place if given, else those that hold for all its places."""
        of_it = [(place, terms) for name, place, terms in self._onward if name == leg.name]
        found = {terms for place, terms in of_it if place == leg.to} or {terms for _place, terms in of_it}
        return found.pop() if len(found) == 1 else "unknown"

    def place_id(self, value: Json) -> str | None:
        """The id of a place that the route gives by any of its names; what names none stays as it is."""
        if not isinstance(value, str) or value in self.assessment.places:
            return value if isinstance(value, str) else None
        try:
            return self._places.resolve(value)
        except UnknownPlace:
            return value

    def place_name(self, value: Json) -> str | None:
        """The name of a place; None where none is given."""
        found = self.place_id(value)
        if found is None or found in self.assessment.places:
            return self.assessment.places.get(found or "")
        return self._places[found].name if found in self._places else found

    def _elsewhere(self, leg: LegRecord) -> set[str | None]:
        """Where an importer may have the data besides its seat."""
        destination = None if self.route.get("importers") else self.place_id(self.route.get("destination"))
        return {destination, *self.stated("storage", leg), *self.stated("access_from", leg)}

    @cached_property
    def _onward(self) -> list[tuple[str, str | None, str]]:
        """Name, place and terms of further recipients: of the route; where it says nothing, of the records of its importers."""
        stated = self.route.get("onward")
        if isinstance(stated, list):
            return [self._further(one.get("recipient"), one) for one in map(fields, stated)]
        listed = [one for leg in self.importers for one in items(self.record(leg.name).get("sub_processors"))]
        return [self._further(one.get("id") or one.get("name"), one) for one in map(fields, listed)]

    def _further(self, recipient: Json, given: Fields) -> tuple[str, str | None, str]:
        reference = recipient.get("id") if isinstance(recipient, dict) else recipient
        names = (record.get("name") for record in self._records if record.get("id") == reference)
        return str(next(names, reference)), self.place_id(given.get("place")), str(given.get("terms", "unknown"))


def fields(value: Json) -> Fields:
    """A mapping, or an empty one for what is none."""
    return value if isinstance(value, dict) else {}


def items(value: Json) -> list[Json]:
    """A list, or an empty one for what is none."""
    return value if isinstance(value, list) else []
