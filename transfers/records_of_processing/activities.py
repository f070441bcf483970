"""From the sheets of a record to its activities: what the record says of each, in its own words, cell by cell."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from country_reports.records import BadRecord, Problem
from transfers.records_of_processing.template import OF_A_TRANSFER, Block, Layout, RecordTemplate
from transfers.tables.mapping import folded
from transfers.tables.sheets import Said, Sheet, read_sheets

MOST_CHARACTERS = 2_000
"""Characters of a cell that is read; what a route holds is never longer."""
FIRST_LINES = 40
"""Lines from the top among which the headings of a table must stand."""

Fields = dict[str, list[Said]]


@dataclass(slots=True)
class Activity:
    """One processing activity. ``transfers`` are rows that each name a transfer; ``recipients`` those who get data anywhere."""

    where: str
    line: int
    said: Fields = field(default_factory=dict)
    transfers: list[Fields] = field(default_factory=list)
    recipients: list[Fields] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """What was read of a record: its activities, and what was left unread."""

    activities: list[Activity] = field(default_factory=list)
    unread_headings: dict[str, None] = field(default_factory=dict)
    ignored_headings: dict[str, None] = field(default_factory=dict)
    unread_cells: list[Problem] = field(default_factory=list)
    unread_sheets: list[str] = field(default_factory=list)


def read_activities(path: Path, template: RecordTemplate) -> Reading:
    """Every activity of a record.

    Raises:
        BadRecord: the file cannot be read, or no sheet of it has the headings of the template.
        MissingExtra: its kind needs a library that is not installed.
    """
    sheets = read_sheets(path)
    for sheet in sheets:
        why = unreadable(sheet.name)
        if why is not None:
            raise BadRecord([Problem(str(path), None, "", f"the name of a sheet has {why}")])
    asked = [sheet for sheet in sheets if template.sheet is None or folded(sheet.name) == folded(template.sheet)]
    if not asked:
        names = ", ".join(sheet.name for sheet in sheets)
        raise BadRecord([Problem(str(path), None, "", f"no sheet is called {template.sheet!r}; there are: {names}")])
    skipped = frozenset(map(folded, template.skip_sheets))
    reading = Reading()
    matched = False
    for sheet in asked:
        if sheet.name and folded(sheet.name) in skipped:
            reading.unread_sheets.append(f"{sheet.name} (no activity of yours by the template)")
            continue
        reader = _FormReader(path, sheet, template, reading) if template.layout is Layout.FORM else None
        found = reader.read() if reader is not None else _read_table(path, sheet, template, reading)
        matched = matched or found
        if not found:
            reading.unread_sheets.append(f"{sheet.name} (not the template's headings)")
    if not matched:
        raise BadRecord([_no_match(path, asked, template)])
    for activity in reading.activities:
        _fill(activity, template)
    return reading


def unreadable(text: str) -> str | None:
    """Why the text of a cell is not taken, if it is not: a formula, markup, characters that do not show, or too long a text."""
    if text.startswith("="):
        return f"a formula ({text[:30]!r}); give the value"
    if len(text) > MOST_CHARACTERS:
        return f"{len(text)} characters; what is read of a record has at most {MOST_CHARACTERS}"
    hidden = next(
        (letter for letter in text if letter not in "\n\r\t" and unicodedata.category(letter) in _HIDDEN), None
    )
    if hidden is not None:
        return f"a character that does not show (U+{ord(hidden):04X}); type the text anew"
    markup = re.search(r"<[A-Za-z/!?][^>]*>?", text)
    return f"markup ({markup[0][:30]!r}); give plain text" if markup is not None else None


_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def _fill(activity: Activity, template: RecordTemplate) -> None:
    """Put what holds for every row where the record says nothing."""
    for led_to, text in template.defaults.items():
        said = Said(text, "defaults of the mapping", activity.line, 0)
        for fields in activity.transfers if led_to in OF_A_TRANSFER else [activity.said]:
            fields.setdefault(led_to, [said])


def _read_table(path: Path, sheet: Sheet, template: RecordTemplate, reading: Reading) -> bool:
    at = next((n for n, line in enumerate(sheet.lines[:FIRST_LINES]) if _are_headings(line, template)), None)
    if at is None:
        return False
    columns: dict[int, str] = {}
    for said in sheet.lines[at]:
        led_to = template.field_of(said.text)
        if led_to is not None:
            columns[said.column] = led_to
        else:
            _leave(said.text, template.ignores(said.text), reading)
    _refuse_twins(path, sheet.lines[at], template)
    for line in sheet.lines[at + 1 :]:
        activity = Activity(_place(sheet, line[0].line), line[0].line)
        for said in line:
            if said.column in columns:
                _take(path, sheet, said, columns[said.column], activity.said, activity, columns)
        if activity.said or activity.problems:
            activity.transfers.append(activity.said)
            reading.activities.append(activity)
    return True


def _are_headings(line: tuple[Said, ...], template: RecordTemplate) -> bool:
    found = {template.field_of(said.text) for said in line}
    return found.issuperset(template.required)


def _refuse_twins(path: Path, headings: tuple[Said, ...], template: RecordTemplate) -> None:
    known = [folded(said.text) for said in headings if template.field_of(said.text) is not None]
    twice = sorted({said.text for said in headings if known.count(folded(said.text)) > 1})
    if twice:
        line = headings[0].line
        raise BadRecord(
            [Problem(str(path), line, "", f"two columns are called {', '.join(twice)}; rename or delete one")]
        )


def _leave(heading: str, known: bool, reading: Reading) -> None:
    shown = heading if unreadable(heading) is None else repr(heading[:60])
    (reading.ignored_headings if known else reading.unread_headings)[shown] = None


def _place(sheet: Sheet, line: int) -> str:
    return f"{sheet.name}, row {line}" if sheet.name else f"row {line}"


def _take(
    path: Path, sheet: Sheet, said: Said, led_to: str, into: Fields, activity: Activity, columns: Iterable[int]
) -> None:
    """Put what a cell says where it belongs, or its problem to the activity."""
    why = unreadable(said.text) or _merged(sheet, said, columns)
    if why is not None:
        activity.problems.append(Problem(str(path), said.line, said.where, why))
        return
    into.setdefault(led_to, []).append(said)


def _merged(sheet: Sheet, said: Said, columns: Iterable[int]) -> str | None:
    """Merged cells that stand for several rows or several columns: nobody can tell which of them the text is for."""
    for one in sheet.merged:
        if said.line in one.lines and said.column in one.columns:
            if len(one.lines) > 1:
                return f"the cells {one.name} are merged over several rows; split them and give each row its own value"
            if sum(column in one.columns for column in columns) > 1:
                return f"the cells {one.name} are merged over several columns; split them and give each its own value"
    return None


class _FormReader:
    """Reads one sheet that is one activity."""

    def __init__(self, path: Path, sheet: Sheet, template: RecordTemplate, reading: Reading) -> None:
        self.path = path
        self.sheet = sheet
        self.template = template
        self.reading = reading
        self.activity = Activity(sheet.name or path.name, sheet.lines[0][0].line if sheet.lines else 1)
        self.blocks = {folded(name): block for block in template.blocks for name in block.heading}
        self.block: Block | None = None
        self.headings: dict[int, str] = {}
        self.found: set[str] = set()
        self.unread: list[Problem] = []

    def read(self) -> bool:
        for line in self.sheet.lines:
            self._line(line)
        if not self.found.issuperset(self.template.required):
            return False
        self.reading.unread_cells += self.unread
        if self.activity.said or self.activity.transfers or self.activity.recipients or self.activity.problems:
            self.reading.activities.append(self.activity)
        else:
            self.reading.unread_sheets.append(f"{self.sheet.name} (an empty form)")
        return True

    def _line(self, line: tuple[Said, ...]) -> None:
        label, rest = line[0], line[1:]
        if self.block is not None and label.column in self.headings:
            self._row(self.block, Said("", label.where, label.line, 0), line)
            return
        led_to = self.template.field_of(label.text)
        block = self.blocks.get(folded(label.text))
        if block is not None:
            self._start(block, rest)
        elif self._belongs_to_block(label):
            assert self.block is not None
            self._row(self.block, label, rest)
        elif led_to is not None:
            self.block = None
            self.found.add(led_to)
            self._answer(led_to, rest)
        elif self.template.ignores(label.text):
            self.block = None
        elif self.block is not None:
            self._row(self.block, label, rest)
        else:
            self._unread(line)

    def _belongs_to_block(self, label: Said) -> bool:
        return self.block is not None and any(folded(label.text) == folded(name) for name in self.block.rows)

    def _start(self, block: Block, rest: tuple[Said, ...]) -> None:
        self.block = block
        self.headings = {said.column: said.text for said in rest}
        twice = sorted({name for name in self.headings.values() if list(self.headings.values()).count(name) > 1})
        if twice:
            line = rest[0].line
            message = f"two columns are called {', '.join(twice)}; rename or delete one"
            raise BadRecord([Problem(str(self.path), line, rest[0].where, message)])
        known = {folded(name) for columns in (block.columns, *block.rows.values()) for name in columns}
        self.found |= {
            led_to for name, led_to in block.columns.items() if folded(name) in map(folded, self.headings.values())
        }
        for name in self.headings.values():
            if folded(name) not in known:
                _leave(name, folded(name) in map(folded, block.ignore) or self.template.ignores(name), self.reading)

    def _row(self, block: Block, label: Said, rest: tuple[Said, ...]) -> None:
        columns = self._columns_of(block, label)
        row: Fields = {}
        for said in rest:
            led_to = columns.get(said.column)
            if led_to is not None and not self.template.says_nothing(said.text):
                _take(self.path, self.sheet, self._meant(block, label, said), led_to, row, self.activity, columns)
            elif led_to is None and said.column not in self.headings:
                self._unread((said,))
        if not row:
            return
        if block.each == "transfer":
            self.activity.transfers.append(row)
        elif block.each == "recipient":
            self.activity.recipients.append(row)
        else:
            for led_to, cells in row.items():
                self.activity.said.setdefault(led_to, []).extend(cells)

    def _columns_of(self, block: Block, label: Said) -> dict[int, str]:
        own = next(
            (columns for name, columns in block.rows.items() if folded(name) == folded(label.text)), block.columns
        )
        by_heading = {folded(name): led_to for name, led_to in own.items()}
        return {
            column: by_heading[folded(name)] for column, name in self.headings.items() if folded(name) in by_heading
        }

    def _meant(self, block: Block, label: Said, said: Said) -> Said:
        """What a filled row stands for, where its label says so."""
        means = {folded(name): word for name, word in block.means.items()}
        word = means.get(folded(label.text))
        refused = unreadable(said.text) is not None
        return Said(word, said.where, said.line, said.column) if word is not None and not refused else said

    def _answer(self, led_to: str, rest: tuple[Said, ...]) -> None:
        if not rest:
            return
        _take(self.path, self.sheet, rest[0], led_to, self.activity.said, self.activity, ())
        self._unread(rest[1:])

    def _unread(self, cells: Iterable[Said]) -> None:
        self.unread += [
            Problem(str(self.path), said.line, said.where, f"{said.text[:60]!r} is not read") for said in cells
        ]


def _no_match(path: Path, sheets: Iterable[Sheet], template: RecordTemplate) -> Problem:
    every = {
        said.text for sheet in sheets for line in sheet.lines[:FIRST_LINES] for said in line if len(said.text) < 200
    }
    missing = list(_missing(every, template))
    near = [match for name in missing for match in difflib.get_close_matches(name, sorted(every), n=1, cutoff=0.6)]
    expected = "; ".join(repr(name) for name in missing) or "all of them on one sheet"
    found = f". Near matches: {'; '.join(map(repr, dict.fromkeys(near)))}" if near else ""
    own = " Name your own headings in a mapping file (--mapping)."
    return Problem(
        str(path), None, "", f"the headings of {template.id!r} were not found. Expected: {expected}{found}.{own}"
    )


def _missing(every: Iterable[str], template: RecordTemplate) -> Iterator[str]:
    """Of each heading that must be there and is not, its first spelling."""
    there = set(map(folded, every))
    for led_to in template.required:
        names = template.headings_of(led_to)
        if names and not there & set(map(folded, names)):
            yield names[0]
