"""A draft for two parties as a document: what is open first, then the paper part by part, then advice that is no part of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clauses.paper.draft import Draft, Entry, From, Kind, Part
from clauses.paper.wording import BLANK
from transfers.documents.blocks import Blank, Block, Bullets, Content, Document, Heading, Paragraph, Table, Words


def agreement_document(draft: Draft) -> Document:
    """The whole paper. Every value stands in it, and no field is silently empty."""
    version = f"{', '.join(draft.tools)}, as of {draft.as_of}"
    return Document(draft.title, tuple(_blocks(draft)), version, date.fromisoformat(draft.as_of))


def _blocks(draft: Draft) -> Iterator[Block]:
    yield from _open(draft)
    yield from (block for part in draft.parts if not part.is_note for block in _part(part))
    yield Heading(2, "For those who prepare this paper", new_page=True)
    yield Paragraph(_NO_PART[draft.kind], strong=True)
    yield from (block for part in draft.parts if part.is_note for block in _note(part))
    yield from _origins(draft)


def _open(draft: Draft) -> Iterator[Block]:
    """What must still be filled in, each with where in the set it stands and under which name it is answered."""
    blanks = draft.blanks
    made = f"Made as of {draft.as_of} for {', '.join(draft.tools)}."
    if not blanks:
        yield Paragraph(f"{made} No field that the record of the set asks for is open.", strong=True)
        return
    count = "1 field is open" if len(blanks) == 1 else f"{len(blanks)} fields are open"
    yield Paragraph(f"{made} {count}; each is marked in its place. Do not sign before none is left.", strong=True)
    yield Bullets(tuple(_blank_listed(entry) for entry in blanks))


def _blank_listed(entry: Entry) -> str:
    about = ", ".join(filter(None, (entry.at, entry.group)))
    hint = f". {entry.hint[0].upper()}{entry.hint[1:]}" if entry.hint else ""
    return f"{entry.label}{f' ({about})' if about else ''}: answer {entry.field}{hint}"


def _part(part: Part) -> Iterator[Block]:
    yield Heading(2, part.heading)
    yield from (Paragraph(sentence) for sentence in part.text)
    if part.id == "signatures":
        yield _signatures(part)
        return
    if part.entries and part.id.startswith("supplementary."):
        return
    for group in dict.fromkeys(entry.group for entry in part.entries):
        entries = [entry for entry in part.entries if entry.group == group]
        if group:
            yield Heading(3, group)
        yield _table(entries)


def _table(entries: list[Entry]) -> Table:
    """What is asked, with the clause it stands in where that differs from field to field, and what is answered."""
    places = {entry.at for entry in entries}
    if len(places) > 1:
        rows = ((entry.at, entry.label, _shown(entry)) for entry in entries)
        return Table(("Where", "What", "Answer"), tuple(rows), weights=(3, 4, 4))
    rows_of_two = tuple((entry.label, _shown(entry)) for entry in entries)
    return Table(("What", "Answer"), rows_of_two, weights=(2, 3), row_headings=True)


def _signatures(part: Part) -> Table:
    parties = dict.fromkeys(entry.group for entry in part.entries)
    rows = tuple((party, *(_shown(entry) for entry in part.entries if entry.group == party)) for party in parties)
    return Table(("Party", *dict.fromkeys(entry.label for entry in part.entries)), rows)


def _shown(entry: Entry) -> Content:
    """The answer; else the mark of a blank in words and, in files that have such, a field to fill in."""
    if entry.value is not None:
        return entry.value.text
    if entry.is_blank:
        return (Words(f"{BLANK.format(what=entry.label)} "), Blank(entry.label))
    if entry.by_hand:
        return (Words("(by hand, on signing) "), Blank(f"{entry.label}: {entry.group}" if entry.group else entry.label))
    return "not stated"


def _note(part: Part) -> Iterator[Block]:
    yield Heading(3, part.heading)
    if part.text:
        yield Bullets(part.text)
    if part.entries:
        yield _table([*part.entries])


def _origins(draft: Draft) -> Iterator[Block]:
    """Where each value came from."""
    rows = tuple(
        (
            ", ".join(filter(None, (part.heading, entry.group))),
            entry.label,
            _ORIGINS[entry.value.origin],
            entry.value.detail,
        )
        for part in draft.parts
        for entry in part.entries
        if entry.value is not None
    )
    if rows:
        yield Heading(3, "Where the values came from")
        yield Table(("Part", "What", "From", "How"), rows)


_NO_PART = {
    Kind.AGREEMENT: "What follows, and the list of open fields at the top, is no part of the agreement. Take both out before it is signed.",
    Kind.DATA_SHEET: "What follows is not copied into the form.",
}
_ORIGINS = {
    From.ANSWER: "answers",
    From.ROUTE: "route",
    From.IMPORTER_RECORD: "record of the importer",
    From.COUNTRY_REPORT: "country report",
    From.SET: "record of the set",
    From.WORKED_OUT: "worked out",
}
