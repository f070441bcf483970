"""Drafted routes and importers as files: all of them or none, and never over one that is there."""

from __future__ import annotations

from pathlib import Path

from country_reports.records import BadRecord, Problem
from transfers.documents.writing import safe_name
from transfers.records_of_processing.routes import Drafts
from transfers.registry.files import as_yaml, file_of


def files_of(drafts: Drafts, folder: Path, workspace: Path | None) -> dict[Path, str]:
    """What would be written where: a file for each route, and one in the workspace for each new importer.

    Raises:
        BadRecord: one of the files is there already.
    """
    files: dict[Path, str] = {}
    for route in drafts.routes:
        new = drafts.importers.get(route.importer) if workspace is None and isinstance(route.importer, str) else None
        whole = route if new is None else route.model_copy(update={"importer": new})
        files[folder / f"{safe_name(route.id)}.yaml"] = as_yaml(whole)
    if workspace is not None:
        files |= {file_of(workspace, record): as_yaml(record) for record in drafts.importers.values()}
    there = [path for path in files if path.exists() or path.is_symlink()]
    if there:
        again = "it is there already; import into another folder, or move it away"
        raise BadRecord(Problem(str(path), None, "", again) for path in there)
    return files
