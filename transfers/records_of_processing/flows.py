"""Who gets the data where: the recipients and countries of an activity, joined only where the record or the registry joins them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from transfers.records_of_processing.activities import Activity, Fields
from transfers.records_of_processing.recipients import Recipients
from transfers.records_of_processing.words import Words
from transfers.tables.sheets import Said


@dataclass(frozen=True, slots=True)
class Flow:
    """One recipient in one place, as far as the record names them; ``open`` says what it leaves unclear, cell by cell."""

    name: Said | None
    place: str | None
    row: Fields
    open: tuple[tuple[Said, str], ...] = ()


def flows_of(activity: Activity, words: Words, recipients: Recipients, home: str | None) -> tuple[Flow, ...]:
    """Every flow that an activity names; ``home`` is the exporter's country, where there is no transfer to."""
    return tuple(flow for row in activity.transfers for flow in _Row(activity, row, words, recipients, home).flows())


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that may name transfers: one of a form's list of them, or all that a table says of an activity."""

    activity: Activity
    row: Fields
    words: Words
    recipients: Recipients
    home: str | None

    def flows(self) -> Iterator[Flow]:
        names = self.words.parts(self.row, "importer.name", lambda text: bool(self.words.called(text)))
        places = self.words.parts(self.row, "destination", lambda text: self.words.place(text) is not None)
        hinted = [(self.words.without_hint(name), self.words.hint(name)) for name in names]
        if len(names) == 1 and hinted[0][1] is None and places:
            yield from (self._flow(names[0], place) for place in places)
            return
        found = list(self._paired(hinted, places))
        yield from found or self._without_country(names)

    def _paired(self, names: list[tuple[Said, str | None]], places: list[Said]) -> Iterator[Flow]:
        named = {self.words.place(place.text) for place in places} - {None}
        reached: set[str] = set()
        unpaired: list[str] = []
        for name, hint in names:
            on_file = self.recipients.place_of(name.text)
            place = hint or (on_file if on_file in named else None)
            if place is None:
                unpaired.append(name.text)
            elif place != self.home:
                reached.add(place)
                yield Flow(name, place, self.row)
        for said in places:
            if self.words.place(said.text) not in reached:
                which = f"which of these recipients gets the data there: {'; '.join(unpaired)}?" if unpaired else None
                yield self._flow(None, said, which)

    def _flow(self, name: Said | None, place: Said, which: str | None = None) -> Flow:
        found = self.words.place(place.text)
        why = self.words.template.why_open("destination", place.text) or "this is not a place we know; give the country"
        notes = [(place, why)] if found is None else []
        if name is None:
            notes.append((place, which or "no recipient is named; give the legal name"))
        return Flow(name, found, self.row, tuple(notes))

    def _without_country(self, names: list[Said]) -> Iterator[Flow]:
        """A row that names no country and still speaks of a transfer: as one of a list of transfers, or by a safeguard."""
        safeguards = self.words.parts(self.row, "mechanisms", lambda text: self.words.tool(text) is not None)
        if names and self.row is not self.activity.said:
            yield from (Flow(name, None, self.row, ((name, "no country is named"),)) for name in names)
        elif safeguards:
            name = names[0] if len(names) == 1 else None
            yield Flow(name, None, self.row, ((safeguards[0], "a safeguard is named, and no country of a transfer"),))
