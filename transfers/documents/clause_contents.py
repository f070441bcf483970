"""What stands in a clause set: clauses, options, what is filled in, annexes, and what the text does for whom.

A number is printed only where it was read in the text; else its heading, or nothing, stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clauses.contents import Alteration, Annex, Choice, Clause, Option
from clauses.in_full import ClauseSetInFull
from clauses.parts import Module, Seen
from country_reports.facts import Truth
from transfers.documents import words
from transfers.documents.blocks import Block, Bullets, Heading, Paragraph, Table
from transfers.documents.clause_words import Sources


class Contents:
    """The contents of a set, or of one of its modules, being written."""

    def __init__(self, record: ClauseSetInFull, module: Module | None, sources: Sources) -> None:
        self.record = record
        self.module = module
        self.sources = sources

    def blocks(self) -> Iterator[Block]:
        yield from self._cases_and_changes()
        yield from self._clauses()
        yield from self._options()
        yield from self._fill_ins()
        yield from self._annexes()
        yield from self._authority()
        yield from self._rights()
        yield from self._assessment()
        yield from self._joining_and_changing()

    def _cases_and_changes(self) -> Iterator[Block]:
        if self.record.uses:
            yield Heading(2, "Cases of use")
            yield Bullets(tuple(f"{one.id}: {one.when}{self._read(one)}" for one in self.record.uses))
        if self.record.changes:
            yield Heading(2, f"What it changes in {self.record.adaptation_of}")
            rows = (
                (
                    f"{one.at}{self._read(one)}",
                    one.change or "",
                    "; ".join(f"{case}: {text.rstrip('.')}" for case, text in one.in_cases.items()),
                )
                for one in self.record.changes
            )
            yield Table(("Where", "Change", "By case"), tuple(rows))

    def _clauses(self) -> Iterator[Block]:
        clauses = self.record.clauses if self.module is None else self.record.clauses_in(self.module.id)
        if clauses:
            yield Heading(2, "Clauses")
            whole = "" if self.record.numbers_verified else " Numbers that were not read in the text are left out."
            yield Paragraph(f"With the headings of the text{self._read(self.record.clauses_read)}.{whole}")
            rows = ((self._called(one), one.section or "", ", ".join(one.modules), self._told(one)) for one in clauses)
            yield Table(("Clause", "Section", "Only in", "Remark"), tuple(rows))
        if self.record.topics:
            yield Heading(2, "What it is known to cover")
            yield Bullets(
                tuple(
                    f"{one.topic}{f' (art. {one.article})' if one.article else ''}{self._read(one)}"
                    for one in self.record.topics
                )
            )

    def _called(self, clause: Clause) -> str:
        number = clause.number if self.record.number_verified(clause) else None
        return f"{number or ''} {clause.heading}{' (optional)' if clause.optional else ''}".strip()

    def _told(self, clause: Clause) -> str:
        told = [clause.note] if clause.note else []
        told += [f"{module}: only if {text}." for module, text in clause.only_if.items() if self._is_of(module)]
        told += [f"{module}: {text}." for module, text in clause.in_brackets.items() if self._is_of(module)]
        parts = [one for one in clause.parts if not one.modules or any(map(self._is_of, one.modules))]
        if parts:
            verified = self.record.number_verified(clause)
            named = (f"{one.number if verified else ''} {one.heading}{self._in_modules(one.modules)}" for one in parts)
            told.append(f"Parts: {'; '.join(map(str.strip, named))}.")
        return " ".join(told)

    def _in_modules(self, modules: tuple[str, ...]) -> str:
        """In which modules something stands, where all of the set are told."""
        return f" ({', '.join(modules)})" if modules and self.module is None else ""

    def _options(self) -> Iterator[Block]:
        options = self.record.options if self.module is None else self.record.options_in(self.module.id)
        if options:
            yield Heading(2, "Options to decide")
        for one in options:
            yield Heading(3, f"{one.name}{self._where(one)}{self._read(one)}")
            choices = tuple(self._choice(choice, one) for choice in one.choices)
            yield Bullets((*choices, *((f"Condition: {one.constraint}",) if one.constraint else ())))

    def _choice(self, choice: Choice, option: Option) -> str:
        told = [f"{choice.what} [{choice.id}]"]
        told += [f"in {', '.join(choice.modules)} only"] if choice.modules and self.module is None else []
        told += [choice.constraint.rstrip(".")] if choice.constraint else []
        told += [f"then {choice.calls_for} is completed"] if choice.calls_for else []
        told += ["taken where nothing is chosen"] if option.default == choice.id else []
        return "; ".join(told)

    def _where(self, option: Option) -> str:
        if option.clause is not None:
            return self._at(option.clause)
        annex = next((one for one in self.record.annexes if one.id == option.annex), None)
        return f", {annex.heading}" if annex is not None else ""

    def _at(self, number: str | None) -> str:
        """Where in the text: by number if that was read, else by heading."""
        clause = self.record.clause(number) if number is not None else None
        if clause is None:
            return ""
        return f", clause {number}" if self.record.number_verified(clause) else f", in “{clause.heading}”"

    def _fill_ins(self) -> Iterator[Block]:
        found = [one for one in self.record.fill_ins if self._is_any_of(one.modules)]
        if found:
            yield Heading(2, "What is filled into the clauses")
            rows = (
                (
                    f"{one.what}{self._read(one)}",
                    self._at(one.clause).removeprefix(", "),
                    "yes" if one.required else "no",
                    one.constraint or "",
                )
                for one in found
            )
            yield Table(("What", "Where", "Required", "Condition"), tuple(rows))

    def _annexes(self) -> Iterator[Block]:
        annexes = self.record.annexes if self.module is None else self.record.annexes_in(self.module.id)
        if annexes:
            yield Heading(2, "Annexes to complete")
        for one in annexes:
            yield from self._annex(one)

    def _annex(self, annex: Annex) -> Iterator[Block]:
        name = words.joined(annex.number, annex.heading)
        yield Heading(3, f"{name}{self._read(annex, self.record.annexes_read)}")
        lines = [
            f"{one.what} [{one.id}]"
            + ("" if one.required else "; not always required")
            + (f"; {one.constraint.rstrip('.')}" if one.constraint else "")
            + (f"; one of: {', '.join(choice.what for choice in one.choices)}" if one.choices else "")
            + (f"; in {', '.join(one.modules)} only" if one.modules and self.module is None else "")
            for one in annex.fields
        ]
        told = (
            ("Required if", annex.required_if),
            ("Condition", annex.constraint),
            ("Examples", ", ".join(annex.examples)),
            ("Remark", annex.note),
        )
        lines += [f"{label}: {text}" for label, text in told if text]
        if annex.modules and self.module is None:
            lines.append(f"In {', '.join(annex.modules)} only")
        yield Bullets(tuple(lines) or ("Its fields are not on file.",))

    def _authority(self) -> Iterator[Block]:
        one = self.record.competent_authority
        if one is not None and self._is_any_of(one.modules):
            yield Heading(2, f"Competent authority{self._at(one.clause)}")
            yield Bullets(tuple(f"{case.when}: {case.authority}{self._read(one)}" for case in one.cases))

    def _rights(self) -> Iterator[Block]:
        if not self.record.is_clauses and self.record.enforcement is None and self.record.liability is None:
            return
        yield Heading(2, "Rights of the data subjects under the contract")
        lines = [f"Do they enforce it as third parties? {words.TRUTHS[self.record.third_party_rights.value]}"]
        one = self.record.enforcement
        if one is not None:
            lines.append(f"How{self._at(one.clause)}: {one.note or 'as the set says'}{self._read(one)}")
            lines += self._excluded(one.excluded, "any module")
            for module, numbers in one.excluded_in.items():
                lines += self._excluded(numbers, module) if self._is_of(module) else []
        liability = self.record.liability
        if liability is not None:
            by_module = (f"{module}: {text}" for module, text in liability.in_modules.items() if self._is_of(module))
            told = " ".join(text for text in (liability.rule, *by_module) if text)
            lines.append(
                f"Liability{self._at(liability.clause)}: {told or 'what it says was not read'}{self._read(liability)}"
            )
        yield Bullets(tuple(lines))

    def _excluded(self, numbers: Iterable[str], where: str) -> list[str]:
        told = ", ".join(numbers)
        if not told:
            return []
        return [
            f"Not enforced by them in {where}: {told if self.record.numbers_verified else 'clauses whose numbers were not read'}"
        ]

    def _assessment(self) -> Iterator[Block]:
        one = self.record.assessment
        yield Heading(2, "Assessment of the destination")
        if one is None:
            yield Paragraph("Whether the set asks for one is not on file.")
            return
        lines = [f"Does the set ask for one? {words.TRUTHS[one.exists.value]}{self._at(one.clause)}{self._read(one)}"]
        told: tuple[tuple[str, str | None], ...] = (
            ("Called", one.name),
            ("Only if", "; ".join(f"{module}: {text}" for module, text in one.only_if.items() if self._is_of(module))),
            ("Documented", _word(one.documented)),
            ("Shown to the authority", _word(one.shown_to_authority)),
            ("Kept", one.kept),
            ("Measured against", one.standard),
            ("Looks at", "; ".join(one.elements)),
            ("Serves", ", ".join(one.serves)),
            ("Guidance", "; ".join(one.guidance)),
            ("Remark", one.note),
        )
        yield Bullets((*lines, *(f"{label}: {text}" for label, text in told if text)))

    def _joining_and_changing(self) -> Iterator[Block]:
        record = self.record
        docking, alteration, reference = record.docking, record.alteration, record.incorporation
        lines: list[str] = []
        if docking is not None:
            lines.append(self._answered("Can others join later", docking.available, docking.how, docking))
        if alteration is not None:
            told = _of_alteration(alteration)
            lines.append(self._answered("May the text be altered", alteration.allowed, told, alteration))
        if reference is not None:
            asks = "Can it be made part of a contract by reference"
            lines.append(self._answered(asks, reference.allowed, reference.note, reference))
            lines += [f"The contract then states: {one}" for one in reference.must_state]
        if record.governing_law:
            lines.append(f"Governing law: {record.governing_law}")
        if record.signature:
            lines.append(f"Signature: {record.signature}")
        languages = record.languages
        if languages is not None:
            first = languages.prevailing and f"{languages.prevailing} prevails"
            said = words.joined(", ".join(languages.official), first, languages.note)
            lines.append(f"Languages: {said}{self._read(languages)}")
        limits = [one for one in record.time_limits if self._is_any_of(one.modules)]
        lines += [f"Time {one.what}: {one.limit}{self._at(one.clause)}{self._read(one)}" for one in limits]
        if lines:
            yield Heading(2, "Joining, changing and referring to it")
            yield Bullets(tuple(lines))

    def _answered(self, asks: str, truth: Truth, more: str | None, part: Seen) -> str:
        return f"{asks}? {words.TRUTHS[truth.value]}{f'. {more}' if more else ''}{self._read(part)}"

    def _is_of(self, module: str) -> bool:
        return self.module is None or module == self.module.id

    def _is_any_of(self, modules: tuple[str, ...]) -> bool:
        return not modules or any(map(self._is_of, modules))

    def _read(self, *parts: Seen | None) -> str:
        return self.sources.of(*parts)


def _of_alteration(one: Alteration) -> str | None:
    told = (
        one.may_add and f"May be added: {one.may_add}",
        one.may_delete and f"may be left out: {one.may_delete}",
        one.note,
    )
    return "; ".join(text for text in told if text) or None


def _word(truth: Truth | None) -> str | None:
    return words.TRUTHS[truth.value] if truth is not None else None
