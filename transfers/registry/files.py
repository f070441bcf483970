"""Records of importers written by hand, one file each: added, merged and compared. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from pathlib import Path

import yaml

from country_reports.hub import Hub
from country_reports.records import BadRecord, Plain, Problem, Record, fit, read_source
from transfers.documents.writing import write_whole
from transfers.registry.check import troubles_of
from transfers.registry.importer import ImporterRecord
from transfers.registry.shelf import Registry


def add_importer(
    workspace: Path, given: dict[str, Plain], source: str, hub: Hub, day: date
) -> tuple[ImporterRecord, Path]:
    """Write a new record into a workspace, with its source as evidence for every field given and every entry in it.

    Raises:
        BadRecord: a field does not fit, or the id is taken in the workspace.
    """
    how: dict[str, Plain] = {
        "source": {"title": source},
        "verified_on": day.isoformat(),
        "verification": "secondary",
    }
    evidence = evidence_for(given, "As given when the record was added.", how)
    parts: dict[str, Plain] = {
        name: [{**one, **how} if isinstance(one, dict) else one for one in value]
        for name, value in given.items()
        if isinstance(value, list)
    }
    record = checked({**given, **parts, "evidence": [evidence]}, hub, day)
    path = file_of(workspace, record)
    if path.exists():
        raise BadRecord(
            [Problem(str(path), None, "id", f"{record.id!r} is taken; change that record, or choose another id")]
        )
    _write(path, record)
    return record, path


def evidence_for(given: dict[str, Plain], statement: str, how: dict[str, Plain]) -> dict[str, Plain]:
    """One piece of evidence for every field that was given."""
    return {"fields": [*sorted(set(given) - {"id"})], "statement": statement, **how}


def file_of(workspace: Path, record: ImporterRecord) -> Path:
    """Where a workspace keeps a record that is written by hand."""
    return workspace / "importers" / f"{record.id}.yaml"


def checked(given: dict[str, Plain], hub: Hub, day: date) -> ImporterRecord:
    """A record that fits its model and the words and places on file.

    Raises:
        BadRecord: one problem for each field that does not.
    """
    unknown = _unknown_schemes(given, hub)
    try:
        record = fit(given, ImporterRecord, "the importer")
    except BadRecord as error:
        entries = tuple(problem.field.removesuffix("scheme") for problem in unknown)
        others = [one for one in error.problems if not one.field.startswith(entries)] if entries else error.problems
        raise BadRecord([*unknown, *others]) from None
    problems = [
        Problem("the importer", None, one.field, one.message) for one in troubles_of(record, hub, day) if one.refused
    ]
    if not record.id.replace("-", "").isalnum():
        problems.append(Problem("the importer", None, "id", f"{record.id!r}: use letters, digits and hyphens"))
    if problems:
        raise BadRecord(problems)
    return record


def _unknown_schemes(given: dict[str, Plain], hub: Hub) -> list[Problem]:
    """Certifications under a name that no scheme has: told before what else an entry lacks, which depends on the scheme."""
    entries = given.get("certifications")
    return [
        Problem("the importer", None, f"certifications[{number}].scheme", hub.vocabulary.no_such_scheme(name))
        for number, entry in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
        and isinstance(name := entry.get("scheme"), str)
        and name not in hub.vocabulary.schemes
    ]


def twins_of(record: ImporterRecord, registry: Registry) -> Iterator[str]:
    """Records that seem to be the same body under another id."""
    for name in dict.fromkeys((record.name, *record.aliases)):
        for twin in registry.called(name):
            if twin != record.id:
                yield f"{record.id} ({record.name}) has the name of {twin}; if they are one, merge them"


def merge_importers(workspace: Path, kept: str, retired: str, day: date) -> tuple[Path, Path]:
    """Retire one of two own records and lead its names to the other.

    Raises:
        UnknownImporter: one of them is not on file.
        BadRecord: one of them cannot be read, or both are the same.
    """
    registry = Registry(workspace)
    first, second = registry.find(kept)[0], registry.find(retired)[0]
    if first.id == second.id:
        raise BadRecord([Problem(kept, None, "id", "a record cannot be merged with itself")])
    names = [
        name for name in dict.fromkeys((*first.aliases, second.name, *second.aliases, second.id)) if name != first.name
    ]
    joined = first.model_copy(update={"aliases": tuple(names), "evidence": (*first.evidence, *second.evidence)})
    reason = f"merged into {first.id}"
    ended = second.model_copy(update={"retired_on": day, "retired_because": reason, "aliases": ()})
    paths = tuple(file_of(workspace, record) for record in (joined, ended))
    _write(paths[0], joined)
    _write(paths[1], ended)
    return paths[0], paths[1]


def differences(one: ImporterRecord, other: ImporterRecord) -> Iterator[str]:
    """Each field in which two records differ, as a line."""
    first, second = one.model_dump(mode="json"), other.model_dump(mode="json")
    for name in first:
        if first[name] != second[name]:
            yield f"{name}: {_told(first[name])} -> {_told(second[name])}"


def _told(value: object) -> str:
    return "not given" if value in (None, [], {}) else str(value)


def write_importer(workspace: Path, record: ImporterRecord) -> Path:
    """Write a record as a file of the workspace, whole or not at all; it lies over a shipped or an imported one of the same id."""
    path = workspace / "importers" / f"{record.id}.yaml"
    _write(path, record)
    return path


def as_yaml(record: Record) -> str:
    """A record as the file that a person would write: what is not known is not in it."""
    plain = record.model_dump(mode="json", exclude_unset=True)
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=110)


def _write(path: Path, record: ImporterRecord) -> None:
    """In place of what was there, but for the lines of comment at its top."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = read_source(path).splitlines(keepends=True) if path.is_file() else []
    write_whole(path, "".join(takewhile(lambda line: line.startswith("#"), before)) + as_yaml(record))
