"""Compiles every shipped record that an assessment may read: ``python -m transfers.compiling``, run when the package is built."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from clauses import library
from clauses.clause_set import ClauseSet
from country_reports.access import AccessReport
from country_reports.compiled import FOLDER, HOUSE, compile_record
from country_reports.hub import SHIPPED_FOLDER
from country_reports.layout import files_of
from country_reports.records import BadRecord
from country_reports.report import CountryReport
from transfers.law.catalogue import CATALOGUE, CatalogueFile
from transfers.registry import shelf
from transfers.registry.importer import ImporterRecord


def shipped() -> Iterator[tuple[Path, type[BaseModel]]]:
    """Every file with the model by which an assessment reads it: of a report, the part about access only; of a set of clauses,
    what is asked of its parties.
    """
    for path, model in files_of(SHIPPED_FOLDER):
        yield path, AccessReport if model is CountryReport else model
    yield from ((path, ClauseSet) for path in sorted(library.SHIPPED_FOLDER.glob("*.yaml")))
    yield from ((path, ImporterRecord) for path in sorted(shelf.SHIPPED_FOLDER.glob("*.yaml")))
    yield CATALOGUE, CatalogueFile


def compile_all() -> list[Path]:
    """Write every compiled form anew, and say where they lie.

    Raises:
        BadRecord: a shipped file does not fit its model.
    """
    files = list(shipped())
    for package in sorted({path.relative_to(HOUSE).parts[0] for path, _ in files}):
        shutil.rmtree(HOUSE / package / FOLDER, ignore_errors=True)
    return [compile_record(path, model) for path, model in files]


if __name__ == "__main__":
    try:
        compile_all()
    except BadRecord as error:
        sys.exit(str(error))
