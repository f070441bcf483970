"""A paper made out for two parties: parts, entries, and for each value where it came from. What nobody answered is a blank."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from country_reports.frozen import frozen

SCHEMA = "transborder/clause-draft/1"


class Kind(StrEnum):
    """An agreement can be signed as it stands once it has no blanks; a data sheet is copied into an official form."""

    AGREEMENT = "agreement"
    DATA_SHEET = "data_sheet"


class From(StrEnum):
    """Where a value came from."""

    ANSWER = "answer"
    ROUTE = "route"
    IMPORTER_RECORD = "importer_record"
    COUNTRY_REPORT = "country_report"
    SET = "set"
    WORKED_OUT = "worked_out"


@frozen
class Value:
    """What is written in, and where it came from; ``detail`` says how it was worked out, or how far its source was checked."""

    text: str
    origin: From
    detail: str = ""


@frozen
class Entry:
    """One field. ``field`` is where it is answered, ``at`` the clause or annex, ``group`` the party or other thing it is about.

    ``by_hand``: it is written in when the paper is signed.
    """

    field: str
    label: str
    at: str
    value: Value | None
    group: str = ""
    required: bool = True
    by_hand: bool = False
    hint: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it must be filled in and is not."""
        return self.value is None and self.required and not self.by_hand


@frozen
class Part:
    """A part of the paper: sentences, then fields. ``is_note``: advice to those who draft, and no part of what is signed."""

    id: str
    heading: str
    text: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    is_note: bool = False


@frozen
class Draft:
    """The paper as a whole."""

    kind: Kind
    title: str
    as_of: str
    tools: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def entries(self) -> Iterator[Entry]:
        """Every field, in the order of the paper."""
        return (entry for part in self.parts for entry in part.entries)

    @property
    def blanks(self) -> tuple[Entry, ...]:
        """What must still be filled in, each field once."""
        found: dict[tuple[str, str], Entry] = {}
        for entry in self.entries:
            if entry.is_blank:
                found.setdefault((entry.field, entry.group), entry)
        return tuple(found.values())
