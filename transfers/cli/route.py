"""``transborder route``: routes from what an organisation has written down already."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.options import DayType, telling, telling_problems

if TYPE_CHECKING:
    from transfers.records_of_processing.activities import Reading
    from transfers.records_of_processing.routes import Drafts

EXPORTER_KINDS = ("private", "public", "police", "eu_body")
IMPORTER_KINDS = (
    "company", "association", "hotline", "clearing_house", "public_authority", "police", "international_organisation", "eu_body",
    "individual", "employee_of_exporter",
)  # fmt: skip


@click.group(name="route")
def command() -> None:
    """Make routes from an organisation's record of processing activities (GDPR art. 30).

    \b
    transborder route import register.xlsx --template cnil --workspace W -o routes
    """


@command.command(name="import", short_help="Make routes from a record of processing activities.")
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--template", help="The layout of the record, such as cnil or ico-controller.")
@click.option(
    "--mapping", type=click.Path(path_type=Path), help="YAML with your own headings and words; lies over the template."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the routes."
)
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of your own importers, where new ones are written; without it they stand in the routes.",
)
@click.option("--exporter-name", help="Who keeps the record, where it does not say so.")
@click.option("--exporter-country", help="Where the exporter is, where the record does not say so.")
@click.option(
    "--exporter-kind", type=click.Choice(EXPORTER_KINDS), help="What the exporter is, where the record does not say so."
)
@click.option(
    "--importer-kind", type=click.Choice(IMPORTER_KINDS), help="What recipients are of whom the record does not say it."
)
@click.option("--dry-run", is_flag=True, help="Read and report; write nothing.")
@click.option("--keep-good", is_flag=True, help="Write the activities that can be read even if others cannot.")
@click.option(
    "--as-of", type=DayType(), default=None, help="The day on which recipients are looked up (default: today)."
)
def import_record(
    record: Path,
    template: str | None,
    mapping: Path | None,
    output: Path,
    workspace: Path | None,
    exporter_name: str | None,
    exporter_country: str | None,
    exporter_kind: str | None,
    importer_kind: str | None,
    dry_run: bool,
    keep_good: bool,
    as_of: date | None,
) -> None:
    """Import a record as routes, one for each activity, recipient and country, and its new recipients as importers.

    What a cell leaves unclear stays open in the route, with the cell in its note, so that an assessment asks. An activity that
    cannot be read is told with its cell; unless --keep-good, nothing is then written.

    \b
    transborder route import register.xlsx --template cnil --workspace W -o routes --dry-run
    transborder route import vendors.csv --mapping vendors.yaml --exporter-country FR -o routes
    """
    from country_reports.places import UnknownPlace
    from transfers.documents.writing import write_new
    from transfers.knowledge import Knowledge
    from transfers.records_of_processing.activities import read_activities
    from transfers.records_of_processing.routes import Given, draft_routes
    from transfers.records_of_processing.template import read_template, template_ids
    from transfers.records_of_processing.writing import files_of
    from transfers.registry.importer import ImporterKind

    if template is None and mapping is None:
        raise click.UsageError(
            f"say how the record is laid out: --template {'|'.join(template_ids())}, or --mapping FILE"
        )
    knowledge = Knowledge(workspace if workspace is not None and workspace.is_dir() else None)
    try:
        country = knowledge.hub.places.resolve(exporter_country) if exporter_country else None
    except UnknownPlace as error:
        raise click.UsageError(str(error)) from None
    given = Given(exporter_name, country, exporter_kind, ImporterKind(importer_kind) if importer_kind else None)
    with telling_problems():
        layout = read_template(template, mapping)
        reading = read_activities(record, layout)
        drafts = draft_routes(record, reading, layout, given, knowledge, as_of or date.today())
        files = files_of(drafts, output, workspace)
        _tell(reading, drafts)
        write = not dry_run and (keep_good or not drafts.rejected)
        if write:
            write_new(files)
    new = f"{len(drafts.importers)} new importers{'' if workspace is not None or not drafts.importers else ', written out in the routes'}"
    click.echo(
        f"{drafts.activities} activities read: {drafts.with_transfers} with transfers, {len(drafts.without)} with no transfer named, "
        f"{drafts.rejected} rejected"
    )
    click.echo(f"{len(drafts.routes)} routes, {new}; {len(files) if write else 0} files written")
    if drafts.rejected:
        raise click.exceptions.Exit(2)


def _tell(reading: Reading, drafts: Drafts) -> None:
    """Everything that is not in the routes as the record has it, cell by cell."""
    for problem in drafts.problems:
        telling(problem, "rejected: ")
    for problem in drafts.left_open:
        telling(problem, "left open: ")
    for warning in drafts.warnings:
        click.echo(f"warning: {warning}", err=True)
    for problem in reading.unread_cells:
        telling(problem, "not read: ")
    for what, names in (
        ("no transfer named", drafts.without),
        ("sheets not read", reading.unread_sheets),
        ("columns not read", reading.unread_headings),
        ("columns that no route has a field for", reading.ignored_headings),
    ):
        if names:
            click.echo(f"{what}: {'; '.join(names)}", err=True)
