"""The words a reader sees for what the records of clause sets say, and the numbers of the sources it was read in."""

from __future__ import annotations

from datetime import date

from clauses.clause_set import ClauseSet
from clauses.fitting import Pair
from clauses.parts import NEVER_USABLE, Kind, PartyRole, Seen, Status
from country_reports.facts import Role, Truth, Verification
from country_reports.regime import Filing, Needed
from transfers.documents import words
from transfers.documents.blocks import Note, Notes

KINDS = {
    Kind.CLAUSE_SET: "set of clauses",
    Kind.ADDENDUM: "addendum to another set",
    Kind.ADAPTATION: "adaptation of another set",
    Kind.NON_CLAUSE_TOOL: "tool of another kind, no clauses",
    Kind.GUIDANCE: "guidance, no clauses",
}
STATES = {"open": "Open", "open_if": "Open if", "closed": "Closed"}
IF_NOT = {
    "not_available": "the set cannot be used",
    "not_designed_for_it": "the set is not designed for it",
    "needs_review": "counsel must review it",
    "other_module": "another module is the right one",
    "other_choice": "the contract must be filled in otherwise",
    "other_gateway": "another way of the law is the right one",
    "not_needed": "no clauses are needed",
}
NEEDED = {
    Needed.YES: "Must be filed",
    Needed.NO: "Nothing is filed",
    Needed.CONDITIONAL: "Must be filed in some cases",
    Needed.UNKNOWN: "Not known whether anything is filed",
}


def standing(record: ClauseSet, day: date) -> str:
    """What the set is good for on the day."""
    role = record.role_on(day)
    if record.kind in (Kind.NON_CLAUSE_TOOL, Kind.GUIDANCE):
        return "no clauses to sign"
    if record.status in NEVER_USABLE:
        return f"{words.said(record.status)}, not there to be signed"
    if record.transfer_tool is Truth.NO:
        return "no tool for a transfer"
    if record.open_on(day) and record.adaptation_of is None and not record.modules:
        return "in force; its modules are not on file"
    if record.open_on(day):
        return "open to new contracts" + (", where it is adopted" if record.status is Status.WHERE_ADOPTED else "")
    if role is Role.SUPPORTS:
        return f"no new contracts since {record.concludable_until}; older ones may still be relied on"
    return (
        f"not before {record.valid_from}"
        if role is Role.NOT_YET
        else f"ended; nothing rests on it since {record.valid_to}"
    )


def roles(parties: tuple[PartyRole, ...]) -> str:
    """The roles that a module is written for."""
    return " or ".join(words.said(role) for role in parties)


def pair_of(pair: Pair) -> str:
    """A pair of roles; what is not known is said."""
    exporter, importer = (
        "role not known" if one == "unknown" else words.said(one) for one in (pair.exporter, pair.importer)
    )
    return f"{exporter} to {importer}"


def filing_in_words(filing: Filing) -> str:
    """What must be filed with whom, until when, by whom and in which languages."""
    told = words.joined(
        filing.what,
        filing.to and f"to {filing.to}",
        filing.due or ("before the transfer" if filing.before_transfer else None),
        filing.by and f"by {filing.by}",
        ", ".join(filing.languages) and f"in {', '.join(filing.languages)}",
        filing.again_on and f"again on {filing.again_on}",
    )
    more = " ".join(text for text in (filing.sanction, filing.note) if text)
    return f"{NEEDED[filing.needed]}{': ' + told if told else ''}." + (f" {more}" if more else "")


class Sources:
    """The sources of one record, numbered in the order in which they are cited; what is unverified is said on the spot."""

    def __init__(self, record: ClauseSet) -> None:
        self._record = record
        self._numbers: dict[tuple[str, str | None, str], int] = {}

    def of(self, *parts: Seen | None) -> str:
        """Where a part was read: as it says itself, else as what it stands in does, else as the record does."""
        record, told = self._record, [part for part in parts if part is not None]
        source = next((part.source for part in told if part.source is not None), None)
        seen = next((part.verification for part in told if part.verification is not None), record.verification)
        as_of = (
            f", as of {record.verified_on}"
            if source is None and record.verified_on and seen is record.verification
            else ""
        )
        where = source or record.source
        key = (where.title.rstrip("."), where.url, f"{words.VERIFICATIONS[seen]}{as_of}")
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        return f" (UNVERIFIED) [{number}]" if seen is Verification.UNVERIFIED else f" [{number}]"

    @property
    def notes(self) -> Notes:
        return Notes(tuple(Note(f"{title}. {checked}.", url) for title, url, checked in self._numbers))
