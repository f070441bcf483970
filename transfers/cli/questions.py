"""``transborder questions``: what is still open on routes, or all of it that one importer can answer, as a form to send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.delivery import form_among
from transfers.cli.options import assessment_options, deliver, refuse_overwriting, telling_problems

if TYPE_CHECKING:
    from transfers.alternatives.variation import Variations
    from transfers.documents.blocks import Document
    from transfers.questionnaire.form import Questionnaire
    from transfers.route import Route

_FORMS = ("text", "md", "html")
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(name="questions")
@click.argument("routes", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(_FORMS), help="Default: text; with -o by the ending of the file.")
@click.option(
    "-o",
    "--output",
    type=_FILE,
    help="Write the list to this file; a form to be filled in goes by --xlsx, --docx or --json.",
)
@click.option("--importer", help="Write the questions to this importer instead, each once for all the routes.")
@click.option("--xlsx", type=_FILE, help="Write them to this workbook, to be filled in.")
@click.option("--docx", type=_FILE, help="Write them to this Word form, to be filled in.")
@click.option("--json", "json_file", type=_FILE, help="Write them to this JSON file, to be filled in.")
@assessment_options
def command(
    routes: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    importer: str | None,
    xlsx: Path | None,
    docx: Path | None,
    json_file: Path | None,
    workspace: Path | None,
    as_of: date | None,
    doctrine: str | None,
    accept_stale: bool,
    verified_only: bool,
) -> None:
    """List only those open questions that can still change the answer, the most decisive first.

    \b
    transborder questions examples/fr-messaging-to-ncmec.yaml --as-of 2026-11-23
    transborder questions routes/*.yaml --importer acme-us --xlsx acme-us.xlsx --workspace W
    """
    from transfers.alternatives.variation import Variations
    from transfers.documents.writers import WRITERS
    from transfers.knowledge import Knowledge
    from transfers.view import Policy

    chosen = form_among(_FORMS, form, output)
    files = {"xlsx": xlsx, "docx": docx, "json": json_file}
    if importer is None and any(files.values()):
        raise click.UsageError("--xlsx, --docx and --json write the questions to one importer: name it with --importer")
    if output is not None and any(files.values()):
        raise click.UsageError(
            "-o writes a list to read, --xlsx, --docx and --json forms to fill in: give one or the other"
        )
    with telling_problems():
        knowledge = Knowledge(workspace)
        variations = Variations(knowledge, as_of or date.today(), Policy(doctrine, accept_stale, verified_only))
        read = _read(routes, variations)
        if importer is None:
            document = _open_questions([route for _, route in read], variations)
        else:
            asked = _asked_of(importer, read, variations)
            if any(files.values()):
                _write(asked, files)
                return
            document = _as_document(asked)
    deliver(WRITERS[chosen](document), output)


def _read(paths: Sequence[Path], variations: Variations) -> list[tuple[Path, Route]]:
    """The routes, each known to be one that can be assessed."""
    from country_reports.records import BadRecord, Problem, read_record
    from transfers.route import Route
    from transfers.route_files import assess_file

    problems: list[Problem] = []
    found: list[tuple[Path, Route]] = []
    for path in paths:
        try:
            assess_file(path, variations.knowledge, variations.as_of, variations.policy)
            found.append((path, read_record(path, Route)))
        except BadRecord as error:
            problems += error.problems
    first: dict[str, Path] = {}
    for path, route in found:
        if first.setdefault(route.id, path) is not path:
            problems.append(
                Problem(
                    str(path), None, "id", f"{route.id!r} is the id of {first[route.id]} too; give each route its own"
                )
            )
    if problems:
        raise BadRecord(problems)
    return found


def _open_questions(routes: Sequence[Route], variations: Variations) -> Document:
    from transfers.alternatives.questions import weighed_questions
    from transfers.assessment import assess
    from transfers.documents.searches import questions_document

    assessed = [(route, assess(route, variations.knowledge, variations.as_of, variations.policy)) for route in routes]
    return questions_document(
        [(assessment, weighed_questions(route, assessment, variations)) for route, assessment in assessed]
    )


def _asked_of(name: str, read: Sequence[tuple[Path, Route]], variations: Variations) -> Questionnaire:
    """The questions to the importer of this id, name or alias."""
    from country_reports.records import BadRecord, problem_at
    from transfers.questionnaire.wording import questionnaire_for
    from transfers.registry.importer import ImporterRecord
    from transfers.registry.shelf import UnknownImporter

    try:
        record, _ = variations.knowledge.registry.find(name)
    except UnknownImporter as error:
        raise click.UsageError(str(error)) from None
    written_out = [
        problem_at(
            path,
            ("importer",),
            f"{record.id} is written out in this route, which would not read its answers; name it by its id",
        )
        for path, route in read
        for one in (route.importer, *route.importers, *(step.recipient for step in route.onward or ()))
        if isinstance(one, ImporterRecord) and one.id == record.id
    ]
    if written_out:
        raise BadRecord(written_out)
    asked = questionnaire_for(record, [route for _, route in read], variations)
    if asked is None:
        raise click.UsageError(
            f"{record.id} is no recipient on {'this route' if len(read) == 1 else 'any of these routes'}"
        )
    return asked


def _as_document(asked: Questionnaire) -> Document:
    from transfers.documents.questionnaire import questionnaire_document

    return questionnaire_document(asked)


def _write(asked: Questionnaire, files: dict[str, Path | None]) -> None:
    """Each file that was asked for; none where there is nothing to ask."""
    from transfers.questionnaire.filled import write_json
    from transfers.questionnaire.letter import write_letter
    from transfers.questionnaire.workbook import write_workbook

    if not asked.questions:
        click.echo(f"Nothing is open about {asked.name} that could still move an answer; nothing is written.")
        return
    for kind, path in files.items():
        if path is not None:
            refuse_overwriting(path, f"--{kind}")
    writers = {"xlsx": write_workbook, "docx": write_letter, "json": write_json}
    for kind, path in files.items():
        if path is not None:
            writers[kind](asked, path)
            click.echo(f"Written: {path} ({_counted(len(asked.questions))} to {asked.name})")


def _counted(questions: int) -> str:
    return f"{questions} {'question' if questions == 1 else 'questions'}"
