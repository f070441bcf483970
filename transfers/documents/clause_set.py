"""The whole record of a clause set as a document: who may use it, what it asks, and what stands in it. Its text is not on file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from clauses.clause_set import ClauseSet
from clauses.fitting import can_be_answered, criterion_of
from clauses.in_full import ClauseSetInFull
from clauses.library import SetOnDay
from clauses.parts import Demand, Module, Passing
from country_reports.facts import Origin, Truth
from transfers.canonical import Json
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from transfers.documents.clause_contents import Contents
from transfers.documents.clause_words import IF_NOT, KINDS, Sources, filing_in_words, roles, standing


def clause_set_document(found: SetOnDay, day: date, module: Module | None, laws: Mapping[str, str]) -> Document:
    """One set on a day, or one module of it; ``laws`` says what the laws of exporters are called."""
    name = found.record.name if module is None else f"{found.record.name}: {module.name}"
    return Document(f"Clause set: {name}", tuple(_Record(found, day, module, laws).blocks()))


def clause_set_json(found: SetOnDay, day: date, module: Module | None) -> Json:
    """The same for machines, as the record has it: ``transborder/clause-set/1``."""
    return {
        "schema": "transborder/clause-set/1",
        "as_of": day.isoformat(),
        "module": module.id if module is not None else None,
        "role": found.role.value,
        "open_to_new_contracts": found.open,
        "standing": standing(found.record, day),
        "origin": found.origin.value,
        "record": found.record.model_dump(mode="json", exclude_unset=True, exclude={"sources"}),
    }


class _Record:
    """One record being written."""

    def __init__(self, found: SetOnDay, day: date, module: Module | None, laws: Mapping[str, str]) -> None:
        self.found = found
        self.record: ClauseSetInFull = found.record
        self.day = day
        self.module = module
        self.laws = laws
        self.sources = Sources(found.record)

    def blocks(self) -> Iterator[Block]:
        yield from self._head()
        yield from self._users()
        yield from self._modules()
        yield from self._demands()
        yield from Contents(self.record, self.module, self.sources).blocks()
        yield from self._filings()
        yield from self._passing("Transitions", ((one.text, one) for one in self.record.transitions))
        yield from self._history()
        yield from self._reading()

    def _head(self) -> Iterator[Block]:
        record = self.record
        yield Paragraph(f"As of {self.day}: {standing(record, self.day)}.", strong=True)
        own = " This record is from your own workspace." if self.found.origin is Origin.WORKSPACE else ""
        yield Paragraph(
            "What is told here is a record of the set in our own words, with its headings; the text itself must be taken from "
            f"its official source.{own}"
        )
        lines = [
            f"{words.said(KINDS[record.kind]).capitalize()}, known as {record.short} ({record.id})",
            f"Issued by: {record.issuer}",
            f"Instrument: {record.instrument}{self.sources.of()}",
            f"Status: {words.said(record.status)}{f'. {record.status_note}' if record.status_note else ''}",
            *self._days(),
        ]
        published = record.published
        if published is not None:
            told = (
                ("Published", words.joined(published.reference, str(published.on) if published.on else None)),
                ("Legal basis", "; ".join(published.legal_basis)),
                ("Amended by", "; ".join(published.amended_by)),
                ("Replaces", ", ".join(published.replaces)),
            )
            lines += [f"{name}: {text}" for name, text in told if text]
        yield Bullets(tuple(lines))

    def _days(self) -> Iterator[str]:
        record = self.record
        if record.adopted is not None:
            yield f"Adopted: {record.adopted}"
        if record.valid_from is not None:
            yield f"Can be used from: {record.valid_from}{' (this day is UNVERIFIED)' if record.start_unverified else ''}"
        if record.concludable_until is not None:
            yield f"No new contracts from: {record.concludable_until}"
        if record.valid_to is not None:
            yield f"Nothing rests on it from: {record.valid_to}"

    def _users(self) -> Iterator[Block]:
        record = self.record
        yield Heading(2, "Who may use it")
        names = [f"{self.laws.get(one, one)} ({one})" for one in record.regimes]
        names += [f"{name} (no record of this law on file)" for name in record.regimes_not_on_file.values()]
        lines = [f"Exporters under: {'; '.join(names) or 'no law on file'}"]
        if record.transfer_tool is Truth.NO:
            lines.append("It gives no safeguard for a transfer.")
        if record.is_clauses:
            lines += [f"{asks}: {words.TRUTHS[truth.value]}" for asks, truth in _of_importers(record)]
        if record.official_form_only:
            lines.append("The official form itself is signed, whole and as it stands.")
        told = (
            ("Joined to a module of", (record.adaptation_of,) if record.adaptation_of else ()),
            ("A route relies instead on", record.relied_on_as),
            ("Based on", record.based_on),
            ("Replaced by", record.replaced_by),
        )
        lines += [f"{name}: {', '.join(ids)}" for name, ids in told if ids]
        yield Bullets(tuple(lines))

    def _modules(self) -> Iterator[Block]:
        modules = [self.module] if self.module is not None else list(self.record.modules)
        if not modules:
            return
        yield Heading(2, "Modules" if self.module is None else "Module")
        rows = (
            (
                f"{self.record.id}/{one.id}",
                one.name,
                roles(one.exporter_roles),
                roles(one.importer_roles),
                " ".join((*(f"Also meets {duty}." for duty in one.also_meets), one.note or "")).strip(),
            )
            for one in modules
        )
        yield Table(("Name in a route", "Module", "Exporter", "Importer", "Remark"), tuple(rows))
        if self.record.combining_modules and self.module is None:
            yield Paragraph(self.record.combining_modules)

    def _demands(self) -> Iterator[Block]:
        demands = [one for one in self.record.demands if self._concerns(one.modules)]
        if not demands:
            return
        yield Heading(2, f"What it asks of parties and transfer on {self.day}")
        rows = (
            (
                f"{one.asks}{self.sources.of(one)}",
                IF_NOT[one.if_not],
                one.basis or "",
                ", ".join(_answered_under(self.record, one)),
                " ".join((*_made_of(one), one.note or "")).strip(),
            )
            for one in demands
        )
        yield Table(("Question", "If not", "Basis", "Answered in a route under", "Remark"), tuple(rows))

    def _filings(self) -> Iterator[Block]:
        yield Heading(2, "What must be filed")
        lines = [
            f"{'Under ' + ', '.join(one.under) + ': ' if one.under else ''}{filing_in_words(one)}{self.sources.of(one)}"
            for one in self.record.filings
        ]
        yield (
            Bullets(tuple(lines))
            if lines
            else Paragraph(
                "Not on file with the set. Where the law of the exporter has something filed, it stands with its gateway: transborder country show."
            )
        )

    def _passing(self, title: str, parts: Iterable[tuple[str, Passing]]) -> Iterator[Block]:
        lines = tuple(f"{text}{self.sources.of(part)}" for text, part in parts)
        if lines:
            yield from (Heading(2, title), Bullets(lines))

    def _history(self) -> Iterator[Block]:
        events = [one for one in self.record.events if one.on <= self.day.isoformat()[: len(one.on)]]
        if events:
            yield Heading(2, "What happened")
            yield Bullets(
                tuple(f"{one.on}: {one.what}{self.sources.of(one)}" for one in sorted(events, key=lambda one: one.on))
            )
        if self.record.positions:
            yield Heading(2, "What States and authorities made of it")
            yield Bullets(
                tuple(
                    f"{words.joined(one.place, one.act, one.on)}: {one.text}{self.sources.of(one)}"
                    for one in self.record.positions
                )
            )
        if self.record.members:
            others = f"; associates: {', '.join(self.record.associates)}" if self.record.associates else ""
            yield Paragraph(f"Members: {', '.join(self.record.members)}{others}")

    def _reading(self) -> Iterator[Block]:
        record = self.record
        yield Heading(2, "How it was read")
        lines = [f"The record: {words.checked(record.fact(self.found.origin), record.verification)}{self.sources.of()}"]
        if record.clauses:
            numbers = (
                "their numbers were read in the text"
                if record.numbers_verified
                else "their numbers are not verified, and not printed"
            )
            read = record.clauses_read
            note = f". {read.note}" if read is not None and read.note else ""
            lines.append(f"The clauses: {numbers}{note}{self.sources.of(read)}")
        if record.reuse is not None:
            lines.append(
                f"Copying the text: {record.reuse.terms} {record.reuse.our_practice or ''}".rstrip()
                + self.sources.of(record.reuse)
            )
        yield Bullets((*lines, *((record.note,) if record.note else ())))
        yield Heading(2, "Sources")
        yield self.sources.notes
        yield Paragraph("This record organises facts for those who decide; it is no legal advice.")

    def _concerns(self, modules: tuple[str, ...]) -> bool:
        return self.module is None or not modules or self.module.id in modules


def _of_importers(record: ClauseSet) -> Iterator[tuple[str, Truth]]:
    """What kinds of importers it is written for, as far as that is asked of it."""
    if record.covers_importers_under_regime is not None:
        yield "For importers whose own processing the exporter's law binds", record.covers_importers_under_regime
    if record.adaptation_of is None:
        yield "Can bind an international organisation", record.covers_organisations
        yield "Suits a public authority as importer", record.suits_public_authorities


def _answered_under(record: ClauseSet, demand: Demand) -> Iterator[str]:
    """The ids under which a route answers it; none where the route itself or the choice of the set settles it."""
    if can_be_answered(demand):
        yield criterion_of(record, demand)
    yield from (band.answered_as for band in demand.volumes if band.answered_as is not None)


def _made_of(demand: Demand) -> Iterator[str]:
    """Of which transfers only it is made, and since or until when."""
    if demand.modules:
        yield f"Of {', '.join(demand.modules)} only."
    if demand.under:
        yield f"Under {', '.join(demand.under)} only."
    if demand.importer_roles:
        yield f"Of transfers to a {roles(demand.importer_roles)} only."
    if demand.since is not None:
        yield f"Since {demand.since}."
    if demand.until is not None:
        yield f"Until before {demand.until}."
