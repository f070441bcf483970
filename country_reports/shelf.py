"""A folder of records: what may lie in it, and what nothing would read."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from country_reports.compiled import FOLDER, read_shipped
from country_reports.facts import Origin
from country_reports.frozen import frozen
from country_reports.records import BadRecord, Problem, read_record

ModelT = TypeVar("ModelT", bound=BaseModel)


@frozen
class Shelf:
    """A folder of records and where it came from."""

    folder: Path
    origin: Origin

    def read(self, path: Path, model: type[ModelT]) -> ModelT:
        """One file of this folder.

        Raises:
            BadRecord: it does not fit.
        """
        return (read_shipped if self.origin is Origin.SHIPPED else read_record)(path, model)


PATTERNS = (
    "places.yaml", "vocabulary.yaml", "freshness.yaml", "exporters.yaml", "lawful-bases.yaml", "outlook.yaml",
    "treaties/*.yaml", "groups/*.yaml", "adequacy/*.yaml", "regimes/*.yaml", "reports/*.yaml",
)  # fmt: skip
"""Where records lie below a folder of records."""


def strays(folder: Path) -> Iterator[Problem]:
    """Files and folders among the records that nothing would ever read: a record under a wrong name is a record lost."""
    folders = {pattern.partition("/")[0] for pattern in PATTERNS if "/" in pattern}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if inside.parts[0] in ("schemas", "maintenance", "__pycache__", FOLDER) or path.suffix == ".py":
            continue
        if not (inside.as_posix() in folders if path.is_dir() else _has_its_place(inside)):
            where = "records lie in places.yaml and the like, or in treaties/, groups/, adequacy/, regimes/ and reports/, in lower case, ending in .yaml"
            yield Problem(str(path), None, "", f"nothing reads this: {where}")


def _has_its_place(inside: Path) -> bool:
    name = inside.as_posix()
    fitting = (pattern for pattern in PATTERNS if fnmatchcase(name, pattern) and pattern.count("/") == name.count("/"))
    return name == name.lower() and any(fitting)


def refuse_strays(folder: Path) -> None:
    """Keep an assessment from passing over a record of the user's that has a wrong name.

    Raises:
        BadRecord: there is one.
    """
    found = list(strays(folder))
    if found:
        raise BadRecord(found)
