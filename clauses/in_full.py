"""The whole record of a clause set: what an assessment reads of it, and all that whoever fills it in needs besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Self

from pydantic import ConfigDict

from clauses.clause_set import ClauseSet
from clauses.contents import (
    Alteration,
    Annex,
    AssessmentDuty,
    Change,
    Clause,
    CompetentAuthority,
    Docking,
    Enforcement,
    Event,
    FillIn,
    Incorporation,
    Languages,
    Liability,
    Option,
    Position,
    Published,
    Reuse,
    TimeLimit,
    Topic,
    Transition,
    Use,
)
from clauses.parts import Seen
from country_reports.records import Fault
from country_reports.sourced import repeated


class ClauseSetInFull(ClauseSet):
    """A set with what stands in it. Everything is told in our own words; only headings are those of the text."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    published: Published | None = None
    based_on: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    combining_modules: str | None = None
    governing_law: str | None = None
    signature: str | None = None
    transitions: tuple[Transition, ...] = ()
    events: tuple[Event, ...] = ()
    uses: tuple[Use, ...] = ()
    clauses: tuple[Clause, ...] = ()
    options: tuple[Option, ...] = ()
    fill_ins: tuple[FillIn, ...] = ()
    annexes_read: Seen | None = None
    annexes: tuple[Annex, ...] = ()
    changes: tuple[Change, ...] = ()
    topics: tuple[Topic, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()
    docking: Docking | None = None
    competent_authority: CompetentAuthority | None = None
    enforcement: Enforcement | None = None
    liability: Liability | None = None
    assessment: AssessmentDuty | None = None
    alteration: Alteration | None = None
    incorporation: Incorporation | None = None
    languages: Languages | None = None
    reuse: Reuse | None = None
    positions: tuple[Position, ...] = ()
    members: tuple[str, ...] = ()
    associates: tuple[str, ...] = ()

    def clause(self, number: str) -> Clause | None:
        """The clause that ``number`` stands in, such as 8 for ``8.7(i)``; None where the set has none of that number.

        A clause whose parts are not on file is taken to have whatever part is named.
        """
        asked = _whole(number)
        return next((one for one in self.clauses if asked in _numbers_of(one)), None) or next(
            (one for one in self.clauses if not one.parts and asked.partition(".")[0] in _numbers_of(one)), None
        )

    def number_verified(self, clause: Clause) -> bool:
        """Whether this clause's number was read in the text, so that it may be printed."""
        if clause.number is None:
            return False
        return self.numbers_verified if clause.number_verified is None else clause.number_verified

    def as_of(self, day: date) -> Self:
        """The set with those of its demands, changes and transitions that stand on the day."""
        passing = ("demands", "changes", "transitions")
        return self.model_copy(
            update={field: tuple(one for one in getattr(self, field) if one.stands_on(day)) for field in passing}
        )

    def clauses_in(self, module: str) -> tuple[Clause, ...]:
        """The clauses of one module, in the order of the text."""
        return tuple(clause for clause in self.clauses if not clause.modules or module in clause.modules)

    def options_in(self, module: str) -> tuple[Option, ...]:
        """What the parties decide in one module, with the choices that are open there."""
        return tuple(
            option.model_copy(
                update={"choices": tuple(one for one in option.choices if not one.modules or module in one.modules)}
            )
            for option in self.options
            if not option.modules or module in option.modules
        )

    def annexes_in(self, module: str) -> tuple[Annex, ...]:
        """The annexes of one module, with the fields that are filled in there."""
        return tuple(
            annex.model_copy(
                update={"fields": tuple(one for one in annex.fields if not one.modules or module in one.modules)}
            )
            for annex in self.annexes
            if not annex.modules or module in annex.modules
        )

    def faults(self) -> Iterator[Fault]:
        """Besides those of the part that is read for an assessment: parts of unknown modules, clauses and annexes."""
        yield from super().faults()
        numbers = (clause.number or f"({position})" for position, clause in enumerate(self.clauses))
        yield from repeated(("clauses",), numbers, "number")
        for field in ("options", "fill_ins", "annexes", "changes", "uses"):
            yield from repeated((field,), (part.id for part in getattr(self, field)))
        yield from self._faults_of_clauses()
        yield from self._faults_of_options()
        yield from self._faults_of_annexes()
        yield from self._clauses_named_that_are_missing()
        for number, change in enumerate(self.changes):
            for case in sorted({*change.in_cases} - {use.id for use in self.uses}):
                yield Fault(("changes", number, "in_cases", case), f"{case!r} is none of the `uses` of this record")

    def _faults_of_clauses(self) -> Iterator[Fault]:
        for number, clause in enumerate(self.clauses):
            yield from self.unknown_modules(("clauses", number, "modules"), clause.modules)
            yield from self.unknown_modules(("clauses", number, "only_if"), clause.only_if)
            yield from self.unknown_modules(("clauses", number, "in_brackets"), clause.in_brackets)
            for part_number, part in enumerate(clause.parts):
                yield from self.unknown_modules(("clauses", number, "parts", part_number, "modules"), part.modules)

    def _faults_of_options(self) -> Iterator[Fault]:
        annexes = {annex.id for annex in self.annexes}
        for number, option in enumerate(self.options):
            at = ("options", number)
            yield from self.unknown_modules((*at, "modules"), option.modules)
            yield from repeated((*at, "choices"), (choice.id for choice in option.choices))
            for choice_number, choice in enumerate(option.choices):
                yield from self.unknown_modules((*at, "choices", choice_number, "modules"), choice.modules)
                if choice.calls_for is not None and choice.calls_for not in annexes:
                    yield Fault((*at, "choices", choice_number, "calls_for"), _no_annex(choice.calls_for, annexes))
            if option.default is not None and option.default not in {choice.id for choice in option.choices}:
                yield Fault((*at, "default"), f"{option.default!r} is none of the choices of this option")
            if option.annex is not None and option.annex not in annexes:
                yield Fault((*at, "annex"), _no_annex(option.annex, annexes))

    def _faults_of_annexes(self) -> Iterator[Fault]:
        for number, annex in enumerate(self.annexes):
            at = ("annexes", number)
            yield from self.unknown_modules((*at, "modules"), annex.modules)
            yield from repeated((*at, "fields"), (field.id for field in annex.fields))
            for field_number, field in enumerate(annex.fields):
                yield from self.unknown_modules((*at, "fields", field_number, "modules"), field.modules)
        authority = self.competent_authority
        annexes = {annex.id for annex in self.annexes}
        if authority is not None and authority.named_in is not None and authority.named_in not in annexes:
            yield Fault(("competent_authority", "named_in"), _no_annex(authority.named_in, annexes))

    def _clauses_named_that_are_missing(self) -> Iterator[Fault]:
        """Whatever stands in a clause stands in one that is on file."""
        for location, number in self._clauses_named():
            if self.clause(number) is None:
                known = ", ".join(clause.number for clause in self.clauses if clause.number is not None)
                yield Fault(location, f"this set has no clause {number!r} on file. Its clauses: {known or 'none'}")

    def _clauses_named(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        for field in ("options", "fill_ins", "time_limits"):
            for number, part in enumerate(getattr(self, field)):
                if part.clause is not None:
                    yield (field, number, "clause"), part.clause
        for field in ("docking", "competent_authority", "enforcement", "liability", "assessment"):
            part = getattr(self, field)
            if part is not None and part.clause is not None:
                yield (field, "clause"), part.clause
        for number, module in enumerate(self.modules):
            if module.onward_clause is not None:
                yield ("modules", number, "onward_clause"), module.onward_clause
        if self.enforcement is not None:
            yield from ((("enforcement", "excluded"), one) for one in self.enforcement.excluded)
            yield from self._clauses_excluded(self.enforcement.excluded_in)

    def _clauses_excluded(self, excluded: dict[str, tuple[str, ...]]) -> Iterator[tuple[tuple[int | str, ...], str]]:
        for module, numbers in excluded.items():
            yield from ((("enforcement", "excluded_in", module), one) for one in numbers)


def _whole(number: str) -> str:
    """The number without its letters: 15.1 for ``15.1(c)``."""
    return number.partition("(")[0].strip()


def _numbers_of(clause: Clause) -> Iterable[str]:
    """The numbers that a clause goes by: its own, those of its parts, and each of a row such as ``3-8``."""
    if clause.number is None:
        return []
    own = clause.number
    row = re.fullmatch(r"(\d+)-(\d+)", own)
    if row is not None:
        return [own, *map(str, range(int(row[1]), int(row[2]) + 1))]
    return [own, *(part.number for part in clause.parts)]


def _no_annex(name: str, annexes: Iterable[str]) -> str:
    return f"{name!r} is no annex of this set. Its annexes: {', '.join(sorted(annexes)) or 'none'}"
