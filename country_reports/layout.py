"""Where each kind of record lies in a folder of records, and the model that reads it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from country_reports.adequacy_act import AdequacyFile
from country_reports.group import Group
from country_reports.outlook import Outlook
from country_reports.places import PlacesFile
from country_reports.records import BadRecord, Problem, Record, read_record
from country_reports.reference import FreshnessFile, LawfulBasesFile, VocabularyFile
from country_reports.regime import BindingsFile, Regime
from country_reports.report import CountryReport
from country_reports.treaty import Treaty

MODELS: dict[str, type[Record]] = {
    "places.yaml": PlacesFile,
    "vocabulary.yaml": VocabularyFile,
    "freshness.yaml": FreshnessFile,
    "exporters.yaml": BindingsFile,
    "lawful-bases.yaml": LawfulBasesFile,
    "outlook.yaml": Outlook,
    "treaties/*.yaml": Treaty,
    "groups/*.yaml": Group,
    "adequacy/*.yaml": AdequacyFile,
    "regimes/*.yaml": Regime,
    "reports/*.yaml": CountryReport,
}
"""Each kind of file by its pattern below a folder of records."""


SCHEMAS: dict[str, type[Record]] = {
    "places": PlacesFile,
    "vocabulary": VocabularyFile,
    "freshness": FreshnessFile,
    "exporters": BindingsFile,
    "lawful-bases": LawfulBasesFile,
    "outlook": Outlook,
    "treaty": Treaty,
    "group": Group,
    "adequacy": AdequacyFile,
    "regime": Regime,
    "country": CountryReport,
}
"""The name under which the JSON Schema of each kind is published, in ``schemas/``."""


@dataclass(frozen=True, slots=True)
class OnFile:
    """One file that was read, ``name`` being its path below the folder."""

    path: Path
    name: str
    record: Record


@dataclass(frozen=True, slots=True)
class Collection:
    """Every file of a folder that can be read, and what is wrong with the others."""

    folder: Path
    files: tuple[OnFile, ...]
    problems: tuple[Problem, ...]


def files_of(folder: Path) -> Iterator[tuple[Path, type[Record]]]:
    """Every record file below ``folder`` with its model, in the order of ``MODELS`` and then of names."""
    for pattern, model in MODELS.items():
        yield from ((path, model) for path in sorted(folder.glob(pattern)))


def model_of(path: Path) -> type[Record] | None:
    """The model that reads this file, by its name and the name of its folder; None for other files."""
    return MODELS.get(path.name) or MODELS.get(f"{path.parent.name}/*{path.suffix}")


def read_all(folder: Path) -> Collection:
    """Read a whole folder of records; a file that cannot be read does not keep the others from it."""
    files: list[OnFile] = []
    problems = [
        Problem(str(one), None, "", "this folder cannot be read; check its permissions")
        for one in (folder, *(folder / pattern.partition("/")[0] for pattern in MODELS if "/" in pattern))
        if one.is_dir() and not os.access(one, os.R_OK | os.X_OK)
    ]
    for path, model in files_of(folder):
        try:
            files.append(OnFile(path, path.relative_to(folder).as_posix(), read_record(path, model)))
        except BadRecord as error:
            problems += error.problems
    return Collection(folder, tuple(files), tuple(problems))
