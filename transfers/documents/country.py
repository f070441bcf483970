"""The country report as a document: chapter by chapter, each line with its source, what is doubtful said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from country_reports.adequacy_act import AdequacyAct
from country_reports.country import Bond, Country, Depth, LawOfExporters, TreatyOnDay
from country_reports.facts import Fact, FactKind, Ground, Origin, Role, Verification
from country_reports.hub import ActOnDay, OnDay
from country_reports.ledger import entries_of
from country_reports.places import Gazetteer, PlaceKind
from country_reports.reference import VocabularyFile
from country_reports.sourced import Sourced
from transfers.documents import words
from transfers.documents.access import law_in_words, parts_in_words, practice_in_words
from transfers.documents.blocks import Block, Bullets, Document, Heading, Note, Notes, Paragraph, Table
from transfers.documents.gateways import gateways_of
from transfers.documents.reach import limits_of, status_on


def country_document(country: Country, places: Gazetteer, vocabulary: VocabularyFile) -> Document:
    """The whole report; ``vocabulary`` says what categories of recipients and schemes are called."""
    return _Report(country, places, vocabulary).document()


class _Report:
    """One report being written: it numbers the sources in the order in which they are cited."""

    def __init__(self, country: Country, places: Gazetteer, vocabulary: VocabularyFile) -> None:
        self.country = country
        self.places = places
        self.categories, self.schemes = vocabulary.categories, vocabulary.schemes
        self.notes: dict[tuple[str, str | None, str], int] = {}

    def document(self) -> Document:
        chapters = (
            self._head,
            self._treaties,
            self._groups,
            self._findings,
            self._laws_of_exporters,
            self._data_protection,
            self._access,
            self._guarantees,
            self._redress,
            self._child_protection,
            self._practice,
            self._timeline,
            self._doubts,
        )
        blocks = [block for chapter in chapters for block in chapter()]
        name = f"{self.country.place.name} ({self.country.place.id})"
        return Document(f"Country report: {name}", (*blocks, *self._sources()))

    def _head(self) -> Iterator[Block]:
        report = self.country.report
        yield Paragraph(f"As of {self.country.day}. {words.DEPTHS[self.country.depth]}", strong=True)
        if self.country.place.within:
            whole = self.places[self.country.place.within].name_in_text
            yield Paragraph(
                f"It belongs to {whole}. Whether what binds {whole} binds it too is said here, or was not researched."
            )
        if self.country.problems:
            names = ", ".join(sorted({Path(problem.file).name for problem in self.country.problems}))
            yield Paragraph(
                f"LEFT OUT, because it cannot be read: {names}. What rests on it is missing below.", strong=True
            )
        if report is not None:
            yield Paragraph(report.summary)
            yield Paragraph(f"The research reaches to {report.as_of}; the summary above is of that day.")

    def _undated(self) -> Iterator[Block]:
        """Before chapters whose facts bear no days: of which day they are, where it is not the day asked for."""
        report = self.country.report
        if report is not None and self.country.day < report.as_of:
            told = f"State of {report.as_of}, not of {self.country.day}: what follows bears no days of its own."
            yield Paragraph(told, strong=True)

    def _if_judged_later(self, record: Sourced) -> str:
        """Said of a rating or law whose first day is not on file, where the day asked for lies before the research."""
        report = self.country.report
        if report is None or record.valid_from is not None or self.country.day >= report.as_of:
            return ""
        return f" (since when is not on file: seen by {report.as_of}, not shown for {self.country.day})"

    def _treaties(self) -> Iterator[Block]:
        yield Heading(2, "Treaties")
        rows = tuple(self._treaty(one) for one in self.country.treaties)
        yield Table(("Treaty", "Position", "Days", "Remark"), rows)

    def _treaty(self, one: TreatyOnDay) -> tuple[str, ...]:
        days = one.row and (
            ("signed", one.row.signed),
            ("ratified", one.row.ratified),
            ("applied provisionally from", one.row.provisional_from),
            ("in force", one.row.valid_from),
            ("ended", one.row.valid_to),
        )
        told = ", ".join(f"{name} {day}" for name, day in days or () if day and day <= self.country.day)
        return one.treaty.short, self._bond(one) + self._cite(one.ground), told, "; ".join(self._remarks(one))

    def _bond(self, one: TreatyOnDay) -> str:
        if self.country.day < one.treaty.opened:
            return "not yet open for signature"
        if one.bond is Bond.NOT_ESTABLISHED and self._is_part:
            return "not established: a territory does not ratify itself, and no declaration is on file"
        if one.bond is Bond.NONE and self.country.place.kind is not PlaceKind.STATE:
            return "not bound; it is no State"
        return words.BONDS[one.bond]

    @property
    def _is_part(self) -> bool:
        return self.country.place.kind in (PlaceKind.TERRITORY, PlaceKind.SUB_UNIT)

    def _remarks(self, one: TreatyOnDay) -> Iterator[str]:
        """What is to be said of the row, as far as the day had come."""
        row, treaty = one.row, one.treaty
        if row is not None and row.note and (row.valid_to is None or self.country.day >= row.valid_to):
            yield row.note.rstrip(".")
        if one.bond is Bond.NOT_ESTABLISHED and not self._is_part and treaty.candidates_reason:
            yield treaty.candidates_reason.rstrip(".")
        if treaty.in_force.valid_from is None and self.country.day >= treaty.opened:
            counted = treaty.total is not None and self.country.day >= treaty.total.as_of
            yield f"the treaty itself is {treaty.in_force.text}" if counted else "the treaty itself is not in force"

    def _groups(self) -> Iterator[Block]:
        rows = tuple(
            (
                f"{one.name}{self._cite(one.ground)}",
                words.STANDINGS[one.ground.role],
                _days(one.ground.fact) or "no day on file",
            )
            for one in self.country.groups
        )
        if rows:
            yield Heading(2, "Unions, areas and lists")
            yield Table(("Group", "On the day", "Days"), rows)

    def _findings(self) -> Iterator[Block]:
        yield Heading(2, "Findings of adequacy about this place")
        if not self.country.findings and not self.country.problems:
            yield Paragraph("No finding of any issuer on file names it. That is no finding that its law falls short.")
        order = {Role.SUPPORTS: 0, Role.NOT_YET: 1, Role.ENDED: 2}
        for one in sorted(self.country.findings, key=lambda act: (order[act.ground.role], act.record.id)):
            yield from self._finding(one)
        for prospect in self.country.prospects:
            yield Paragraph(f"Under way: {prospect.stage}{self._cite_record(prospect)}")
        yield from self._none_found()

    def _finding(self, one: ActOnDay) -> Iterator[Block]:
        act = one.record
        issuer = self.country.issuers.get(act.issuer, act.issuer)
        yield Heading(3, f"{issuer}: {words.STANDINGS[one.ground.role]}")
        by_name = self.country.place.id in act.destinations
        days = (
            _days(one.ground.fact)
            if by_name
            else f"a rule or list {_days(one.ground.fact)}, which holds for this place on this day"
        )
        yield Paragraph(f"{act.instrument}, {days}.{self._cite(one.ground)}")
        live = one.ground.role is not Role.ENDED
        lines = [*limits_of(one, self.schemes), *self._reviews(act, live)]
        yield Bullets(tuple(lines)) if lines else Paragraph("It covers the place without a condition on the recipient.")

    def _reviews(self, act: AdequacyAct, live: bool) -> Iterator[str]:
        if act.ended_by:
            yield f"Ended by: {act.ended_by}"
        day = self.country.day
        yield from (f"Reviewed {one.date}: {one.result} ({one.act})" for one in act.reviews if one.date <= day)
        yield from (f"In court, {one.case}, {one.date}: {one.outcome}" for one in act.litigation if one.date <= day)
        if act.not_established_for:
            names = ", ".join(self.places[place].name_in_text for place in act.not_established_for)
            yield f"Not established for exporters in {names}"
        if live:
            yield from (f"To watch: {point}" for point in act.watch)
        if act.note and live:
            yield f"Note: {act.note}"

    def _none_found(self) -> Iterator[Block]:
        for none in self.country.none_found:
            text = f"As an exporter's law, {none.legal_basis} foresees findings by {none.authority}; none was found."
            yield Paragraph(f"{text}{self._cite_record(none)}")

    def _laws_of_exporters(self) -> Iterator[Block]:
        yield Heading(2, "The law that binds exporters here")
        if not self.country.laws_of_exporters:
            yield Paragraph("Not researched for this day. Treaties alone never carry a transfer: ask counsel there.")
        for one in self.country.laws_of_exporters:
            yield from self._law_of_exporters(one)

    def _law_of_exporters(self, one: LawOfExporters) -> Iterator[Block]:
        record, regime = one.binding.record, one.regime
        yield Heading(3, record.name)
        kinds = ", ".join(words.said(kind) for kind in record.exporter_kinds)
        yield Paragraph(
            f"{record.legal_basis}. Binds {kinds} exporters, {_days(one.binding.ground.fact)}.{self._cite(one.binding.ground)}"
        )
        if regime is None:
            yield Paragraph("Its gateways are not on file.")
            return
        yield Paragraph(f"Researched at depth: {words.said(regime.depth)}; confidence: {regime.confidence}.")
        yield (
            Bullets(regime.baseline)
            if regime.baseline
            else Paragraph("The gateways, in the order in which the law tries them:")
        )
        yield from gateways_of(regime)
        if regime.note:
            yield Paragraph(f"Note: {regime.note}")

    def _data_protection(self) -> Iterator[Block]:
        law = self.country.report.data_protection if self.country.report else None
        if law is None:
            return
        yield Heading(2, "Data-protection law and regulator")
        yield from self._table(
            ("Act", "Status", "In force", "Scope"),
            (
                (
                    f"{one.title}{_of(one.citation)}",
                    one,
                    status_on(one, self.country.day, self._reaches_to),
                    one.in_force or "day not on file",
                    words.joined(one.scope, one.note),
                )
                for one in law.laws
            ),
        )
        if law.regulators or law.rights or law.filings or law.sector_gaps or law.transfer_rules:
            yield from self._undated()
        yield from self._table(
            ("Regulator", "Independent", "Why", "Powers"),
            (
                (f"{one.name}{_of(one.abbr)}", one, one.independent, one.why or "", one.powers or "")
                for one in law.regulators
            ),
        )
        yield from self._table(
            ("Right", "Provision", "Open to people abroad", "Limits"),
            (
                (one.right, one, one.provision or "", one.available_to_foreigners, one.limits or "")
                for one in law.rights
            ),
        )
        if law.transfer_rules is not None:
            rules = law.transfer_rules
            yield Paragraph(
                f"Transfers out of the country: {rules.summary}{_of(rules.provision)}{self._cite_record(rules)}"
            )
        yield from self._table(
            ("What to file", "With whom", "When", "Provision"),
            ((one.what, one, one.to, one.when or "", one.provision or "") for one in law.filings),
        )
        if law.sector_gaps:
            yield Paragraph("What the law leaves out:")
            yield Bullets(tuple(f"{gap.gap}{self._cite_record(gap)}" for gap in law.sector_gaps))

    @property
    def _reaches_to(self) -> date:
        return self.country.report.as_of if self.country.report is not None else self.country.day

    def _access(self) -> Iterator[Block]:
        if self.country.depth is not Depth.FULL:
            return
        yield Heading(2, "Access by public authorities")
        if not self.country.access_laws:
            yield Paragraph("No access law is on file for this day. That says nothing about the law of that time.")
        for one in self.country.access_laws:
            yield Heading(3, one.record.name)
            yield Paragraph(
                f"{one.record.citation}, {_days(one.ground.fact) or 'first day not on file'}{self._if_judged_later(one.record)}.{self._cite(one.ground)}"
            )
            yield Bullets((*law_in_words(one.record, self.categories), *self._applied(one)))

    def _applied(self, one: OnDay) -> Iterator[str]:
        """How a law, or the laws that a rating is about, are applied in fact, where a source documents it."""
        if one.practice is not None and one.record.practice is not None:
            yield f"{practice_in_words(one.record.practice)}{self._cite(one.practice)}"

    def _guarantees(self) -> Iterator[Block]:
        report = self.country.report
        if report is None or not report.guarantees:
            return
        yield Heading(2, "European Essential Guarantees")
        yield Paragraph(
            "Ratings are our reading of the evidence and no finding of an authority; where one ruled, it is named."
        )
        rows = tuple(
            (
                f"{one.record.head}: {words.HEADS[one.record.head]}",
                words.AREAS.get(one.record.area, one.record.area),
                words.RATINGS[one.record.rating] + _of(one.record.cited_authority) + self._if_judged_later(one.record),
                " ".join((one.record.reasoning, *self._applied(one))),
                "; ".join(words.joined(piece.what, piece.body, piece.date) for piece in one.record.evidence)
                + self._cite(one.ground),
            )
            for one in sorted(self.country.guarantees, key=lambda one: (one.record.head, one.record.area))
        )
        yield Table(("Guarantee", "Area", "Rating", "Why", "Evidence"), rows)
        yield from parts_in_words(one.record for one in self.country.guarantees)
        others = [one for one in report.guarantees if not one.period.contains(self.country.day)]
        if others:
            yield Heading(3, "On other days")
            yield Bullets(
                tuple(
                    f"{one.head}, {words.AREAS.get(one.area, one.area)}, {words.period_of(_day(one.valid_from), _day(one.valid_to))}: "
                    f"{words.RATINGS[one.rating]}. {one.reasoning}{self._cite_record(one)}"
                    for one in others
                )
            )

    def _redress(self) -> Iterator[Block]:
        steps = self.country.report.redress if self.country.report else ()
        if steps:
            yield Heading(2, "Redress, step by step")
            yield from self._undated()
        yield from self._table(
            ("Step", "Before whom", "Who", "How", "Limits"),
            (
                (
                    f"{one.step}. {one.route}{_of(one.provision)}",
                    one,
                    one.body or "",
                    one.who or "",
                    one.how or "",
                    one.limits or "",
                )
                for one in steps
            ),
        )

    def _child_protection(self) -> Iterator[Block]:
        chapter = self.country.report.child_protection if self.country.report else None
        if chapter is None or not (chapter.bodies or chapter.duties):
            return
        yield Heading(2, "Reports of child sexual abuse")
        yield from self._undated()
        yield from self._table(
            ("Body", "Kind", "Member of INHOPE", "Remark"),
            ((one.name, one, words.said(one.kind), one.inhope, one.note or "") for one in chapter.bodies),
        )
        yield from self._table(
            ("Who must report", "What", "To whom", "Provision", "Since"),
            ((one.who, one, one.duty, one.to or "", one.provision or "", one.in_force or "") for one in chapter.duties),
        )
        if chapter.note:
            yield Paragraph(chapter.note)

    def _practice(self) -> Iterator[Block]:
        report = self.country.report
        if report is None or not (report.agreements or report.transparency or report.enforcement):
            return
        yield Heading(2, "Agreements and practice")
        yield from self._undated()
        yield from self._table(
            ("Agreement", "Status", "Signed", "In force", "Remark"),
            (
                (one.name, one, words.said(one.status), one.signed or "", one.in_force or "", one.note or "")
                for one in report.agreements
            ),
        )
        yield from self._table(
            ("From practice", "Figure", "When", "Who", "Result"),
            (
                (one.what, one, one.figure or "", one.when or "", one.body or "", one.outcome or "")
                for one in (*report.transparency, *report.enforcement)
            ),
        )

    def _timeline(self) -> Iterator[Block]:
        events = self.country.report.timeline if self.country.report else ()
        if events:
            yield Heading(2, "Timeline")
            yield Table(("Day", "Event"), tuple((one.date, f"{one.event}{self._cite_record(one)}") for one in events))

    def _doubts(self) -> Iterator[Block]:
        report = self.country.report
        entries = (
            [entry for entry in entries_of(report) if "/frameworks/" not in entry.id] if report is not None else []
        )
        unverified = [ground.fact.statement for ground in self.country.grounds if _unverified(ground)]
        unverified += [
            entry.name
            for entry in entries
            if entry.kind is FactKind.REPORT and entry.sourced and entry.sourced.verification is Verification.UNVERIFIED
        ]
        unverified = list(dict.fromkeys(unverified))
        stale = [ground.fact.statement for ground in self.country.grounds if ground.stale]
        yield Heading(2, "What is unverified, too old or open")
        yield Paragraph(
            "A permission that rests on an unverified fact carries the condition to confirm it; one that rests on a fact past its limit is undetermined."
        )
        for title, items in (
            ("Unverified: not read at any source", unverified),
            ("Past the limit of its kind", stale),
            ("Open questions", list(report.open_questions) if report else []),
        ):
            yield Heading(3, title)
            yield Bullets(tuple(items) or ("nothing",))
        if report is not None and report.confidence:
            told = ", ".join(
                f"{_CHAPTERS.get(name, words.said(name))} {level}" for name, level in report.confidence.items()
            )
            yield Paragraph(f"Our confidence by chapter: {told}.")

    def _sources(self) -> Iterator[Block]:
        yield Heading(2, "Sources")
        yield Notes(tuple(Note(f"{title}. {checked}.", url) for title, url, checked in self.notes))
        yield Paragraph("This report organises law and facts for those who decide; it is no legal advice.")

    def _table(self, headings: tuple[str, ...], rows: Iterable[tuple[str | Sourced, ...]]) -> Iterator[Block]:
        """A table whose first cell cites the record that stands second; nothing where there are no rows."""
        cells: list[tuple[str, ...]] = []
        for first, record, *rest in rows:
            assert isinstance(record, Sourced)
            cells.append((f"{first}{self._cite_record(record)}", *(str(cell) for cell in rest)))
        if cells:
            yield Table(headings, tuple(cells))

    def _cite(self, ground: Ground) -> str:
        origin = "; from your own workspace" if ground.fact.origin is Origin.WORKSPACE else ""
        return self._numbered(
            ground.fact, ground.verification, "; older than its limit" if ground.stale else "", origin
        )

    def _cite_record(self, record: Sourced) -> str:
        fact = record.as_fact("", FactKind.REPORT, "", Origin.SHIPPED)
        return self._numbered(fact, record.verification)

    def _numbered(self, fact: Fact, verification: Verification, *more: str) -> str:
        checked = f"{words.checked(fact, verification)}{''.join(more)}"
        key = (fact.source.title.rstrip("."), fact.source.url, checked)
        return f" [{self.notes.setdefault(key, len(self.notes) + 1)}]"


_CHAPTERS = {"eeg": "guarantees", "public_access": "access by authorities", "treaties": "agreements"}


def _unverified(ground: Ground) -> bool:
    return ground.verification is Verification.UNVERIFIED


def _days(fact: Fact) -> str:
    return words.period_of(_day(fact.period.valid_from), _day(fact.period.valid_to))


def _day(day: object) -> str | None:
    return str(day) if day is not None else None


def _of(text: str | None) -> str:
    return f" ({text})" if text else ""
