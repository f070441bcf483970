"""A filled questionnaire as it was read, whatever kind of file it came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from country_reports.records import Problem
from transfers.questionnaire.form import COLUMNS


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One question as it stands in the file, by field; ``line`` and ``label`` say where, ``names`` what the file calls a field."""

    line: int | None
    label: str
    told: dict[str, str]
    names: Mapping[str, str] = field(default_factory=lambda: COLUMNS)

    def at(self, file: str, column: str, message: str) -> Problem:
        """A problem with one field of it."""
        return Problem(file, self.line, f"{self.label}{self.names[column]}", message)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled questionnaire: ``about`` says which it is."""

    file: str
    about: dict[str, str]
    rows: tuple[SheetRow, ...]

    @property
    def importer(self) -> str:
        return self.about["importer"]
