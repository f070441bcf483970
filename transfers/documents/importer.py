"""The record of an importer as a document: who it is, where it holds data, what reaches it, what it holds, how each is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from country_reports.facts import Origin, Truth, Verification
from country_reports.places import Gazetteer, UnknownPlace
from country_reports.reference import VocabularyFile
from country_reports.sourced import SourceRecord
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from transfers.registry.importer import Certification, ImporterRecord


def importer_document(
    record: ImporterRecord, origin: Origin, day: date, places: Gazetteer, vocabulary: VocabularyFile
) -> Document:
    """The whole record; what is not on file is said to be unknown, never left out as if it were no."""
    return Document(
        f"Importer: {record.name} ({record.id})", tuple(_Record(record, origin, day, places, vocabulary).blocks())
    )


class _Record:
    """One record being written."""

    def __init__(
        self, record: ImporterRecord, origin: Origin, day: date, places: Gazetteer, vocabulary: VocabularyFile
    ) -> None:
        self.record = record
        self.origin = origin
        self.day = day
        self.places = places
        self.vocabulary = vocabulary

    def blocks(self) -> Iterator[Block]:
        record = self.record
        yield Paragraph(f"As of {self.day}. {_ORIGINS[self.origin]}", strong=True)
        if record.retired_on is not None:
            yield Paragraph(
                f"RETIRED since {record.retired_on}: {record.retired_because or 'no reason given'}.", strong=True
            )
        if record.summary:
            yield Paragraph(record.summary)
        yield Bullets(tuple(self._who()))
        yield Heading(2, "Where it holds and sees data")
        yield Bullets(tuple(self._where()))
        yield Heading(2, "Law that reaches it")
        yield Bullets(tuple(self._reach()))
        yield Heading(2, "Certifications and clauses")
        yield from self._certifications()
        yield from self._clauses()
        yield Heading(2, "Requests by authorities")
        yield from self._requests()
        yield Heading(2, "Sub-processors")
        yield from self._sub_processors()
        yield from self._answers()
        yield from self._doubts()

    def _who(self) -> Iterator[str]:
        record = self.record
        yield f"{words.said(record.kind).capitalize()}, {self._place(record.country)}"
        yield from (f"Also called: {name}" for name in record.aliases)
        for label, value in (("Legal form", record.legal_form), ("Website", record.website), ("LEI", record.lei)):
            if value:
                yield f"{label}: {value}"
        yield from (
            f"{one.register_name}: {one.number} ({self._place(one.country)})" for one in record.national_numbers
        )
        for label, names in (("Systems", record.systems), ("Roles", record.roles), ("Sectors", record.sectors)):
            if names:
                yield f"{label}: {', '.join(names)}"
        if record.inhope_member is not Truth.UNKNOWN:
            yield f"Member of INHOPE: {words.TRUTHS[record.inhope_member.value]}"

    def _where(self) -> Iterator[str]:
        for label, kept in (("Stored in", self.record.storage), ("Seen from", self.record.access_from)):
            told = (
                "not on file; ask the importer" if kept is None else ", ".join(map(self._place, kept)) or "nowhere else"
            )
            yield f"{label}: {told}"
        parent = self.record.parent
        if parent is None:
            yield "Parent: none on file, which does not say that there is none"
        else:
            named = words.joined(parent.name, self._place(parent.country) if parent.country else None, parent.id)
            yield f"Parent: {named}"
        if self.record.group:
            yield f"Group: {self.record.group}"

    def _reach(self) -> Iterator[str]:
        named = self.vocabulary.categories
        yield from (f"It is {named.get(word, word)}" for word in self.record.legal_categories)
        yield from (f"It is not {named.get(word, word)}" for word in self.record.legal_categories_excluded)
        if not (self.record.legal_categories or self.record.legal_categories_excluded):
            yield "No legal category is established; which access laws reach it stays open"
        told = words.TRUTHS[self.record.gdpr_applies_directly.value]
        yield f"The GDPR applies to its processing directly: {told}"

    def _certifications(self) -> Iterator[Block]:
        entries = self.record.certifications
        if not entries:
            yield Paragraph("Not researched." if entries is None else "None, as recorded.")
            return
        rows = tuple(self._certification(entry) for entry in entries)
        yield Table(("Scheme", "Covers", "Period", "On the day", "Checked"), rows)
        if self.record.certifications_open:
            named = (self.vocabulary.schemes.get(scheme, scheme) for scheme in self.record.certifications_open)
            yield Paragraph(f"Not researched: {', '.join(named)}.")

    def _certification(self, entry: Certification) -> tuple[str, ...]:
        valid = entry.valid_from <= self.day and (entry.valid_to is None or self.day < entry.valid_to)
        period = words.period_of(str(entry.valid_from), str(entry.valid_to) if entry.valid_to else None)
        period += f", to be renewed by {entry.renews_on}" if entry.renews_on else ""
        checked = _checked(entry.verification, entry.verified_on, entry.source)
        scheme = self.vocabulary.schemes.get(entry.scheme, entry.scheme)
        return (scheme, ", ".join(entry.scope), period, "in force" if valid else "not in force", checked)

    def _clauses(self) -> Iterator[Block]:
        if self.record.clauses is None:
            yield Paragraph("Clauses it signs: not on file.")
        elif self.record.clauses:
            yield Bullets(
                tuple(
                    f"{one.tool}: offered {words.TRUTHS[one.offered.value]}{f', signed on {one.signed_on}' if one.signed_on else ''}; "
                    f"{_checked(one.verification, one.verified_on, one.source)}"
                    for one in self.record.clauses
                )
            )

    def _requests(self) -> Iterator[Block]:
        if not self.record.access_requests:
            yield Paragraph("Not on file. That it tells of none would not show that there were none.")
            return
        for one in self.record.access_requests:
            figures = words.joined(
                f"{one.requests} requests" if one.requests is not None else None,
                f"{one.disclosed} answered with data" if one.disclosed is not None else None,
                one.statement,
            )
            free = words.TRUTHS[one.free_to_tell.value]
            checked = _checked(one.verification, one.verified_on, one.source)
            yield Bullets((f"{one.period}: {figures}; free to tell all: {free}; {checked}",))

    def _sub_processors(self) -> Iterator[Block]:
        listed = self.record.sub_processors
        if not listed:
            yield Paragraph("Not on file; ask the importer." if listed is None else "None, as recorded.")
            return
        rows = tuple(
            (
                one.name,
                self._place(one.place),
                one.for_what or "",
                _checked(one.verification, one.verified_on, one.source),
            )
            for one in listed
        )
        yield Table(("Name", "Place", "For", "Checked"), rows)

    def _answers(self) -> Iterator[Block]:
        """What it answered once for every route to it."""
        if self.record.answers:
            yield Heading(2, "Answers it gave")
            rows = tuple(
                (criterion, words.TRUTHS[one.value.value], one.by or "", str(one.on or ""), one.source or "")
                for criterion, one in sorted(self.record.answers.items())
            )
            yield Table(("Question", "Answer", "By", "On", "Shown by"), rows)

    def _doubts(self) -> Iterator[Block]:
        if self.record.open_questions:
            yield Heading(2, "Open questions")
            yield Bullets(self.record.open_questions)
        if self.record.evidence:
            yield Heading(2, "How this is known")
            yield Bullets(
                tuple(
                    f"{one.statement} [{', '.join(one.fields)}] {_checked(one.verification, one.verified_on, one.source)}"
                    f"{f'; counts until before {one.expires}' if one.expires else ''}{f'; kept by {one.owner}' if one.owner else ''}"
                    for one in self.record.evidence
                )
            )

    def _place(self, name: str) -> str:
        try:
            return self.places[self.places.resolve(name)].name
        except UnknownPlace:
            return name


_ORIGINS = {Origin.SHIPPED: "Shipped with transborder.", Origin.WORKSPACE: "From your own workspace."}


def _checked(verification: Verification, day: date | None, source: SourceRecord | None) -> str:
    """How far something was checked, when, and where a reader can open it."""
    return words.joined(
        words.VERIFICATIONS[verification],
        f"as of {day}" if day else None,
        source.title if source else None,
        source.url if source else None,
    )
