"""``transborder importer``: the registry of those to whom data are sent, and the tools of those who keep it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.delivery import form_among
from transfers.cli.importer_add import add
from transfers.cli.options import DayType, deliver, telling_problems

if TYPE_CHECKING:
    from transfers.registry.shelf import Registry

_workspace = click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with your own importers, which add to and override the shipped ones.",
)
_as_of = click.option("--as-of", type=DayType(), default=None, help="The day asked about (default: today).")
_FORMS = ("text", "md", "html", "json")
_TABLES = ("csv", "json", "xlsx")
_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file (- for the terminal)."
)


class SpanType(click.ParamType[timedelta]):
    """A number of days written 90d, or of weeks written 12w."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,5})([dw])", str(value))
        if found is None:
            self.fail(f"{value!r} is not a span of time; write 90d for days or 12w for weeks", param, ctx)
        return timedelta(days=int(found[1]) * {"d": 1, "w": 7}[found[2]])


@click.group(name="importer")
def command() -> None:
    """Look up importers, see what they hold and until when, and keep the registry true.

    \b
    transborder importer show ncmec
    transborder importer expiring --within 90d --workspace W
    """


@command.command(name="list", short_help="List the importers on file, one a line.")
@click.option("--kind", help="Only importers of this kind, such as hotline or company.")
@click.option("--country", help="Only importers established there.")
@click.option("--own", is_flag=True, help="Only those of the workspace.")
@_workspace
def list_importers(kind: str | None, country: str | None, own: bool, workspace: Path | None) -> None:
    """List the importers on file, one a line.

    \b
    transborder importer list --kind hotline
    """
    from country_reports.facts import Origin
    from transfers.registry.importer import ImporterKind

    if kind is not None and kind not in {known.value for known in ImporterKind}:
        raise click.UsageError(
            f"{kind!r} is no kind of importer. Kinds: {', '.join(one.value for one in ImporterKind)}"
        )
    with telling_problems(), _telling_unknown():
        place = _place(country, workspace) if country else None
        rows = [
            (record.id, record.name, record.country, record.kind.value, origin.value)
            for record, origin in _registry(workspace).all()
            if kind in (None, record.kind.value)
            and place in (None, record.country)
            and not (own and origin is Origin.SHIPPED)
        ]
    if sys.stdout.isatty():
        from tabulate import tabulate

        click.echo(tabulate(rows, headers=("id", "name", "country", "kind", "from")))
    else:
        click.echo("\n".join("\t".join(row) for row in rows))


@command.command(name="show", short_help="Show what is on file about an importer.")
@click.argument("name")
@click.option("--format", "form", type=click.Choice(_FORMS), help="Default: by the ending of the file, else text.")
@_output
@_as_of
@_workspace
def show(name: str, form: str | None, output: Path | None, as_of: date | None, workspace: Path | None) -> None:
    """Show what is on file about an importer, by id, name or alias, or by the name of a system that it runs.

    \b
    transborder importer show interpol
    transborder importer show "Project Arachnid" --format html -o c3p.html
    """
    from country_reports.hub import Hub
    from transfers.documents.importer import importer_document
    from transfers.documents.writers import WRITERS

    form = form_among(_FORMS, form, output)
    with telling_problems(), _telling_unknown():
        record, origin = _registry(workspace).behind(name)
        hub = Hub(workspace)
        if form == "json":
            plain = record.model_dump(mode="json", exclude_unset=True)
            text = json.dumps({**plain, "origin": origin.value}, indent=2, ensure_ascii=False) + "\n"
        else:
            document = importer_document(record, origin, as_of or date.today(), hub.places, hub.vocabulary)
            text = WRITERS[form](document)
    deliver(text, output)


@command.command(name="check", short_help="Check every record of the registry.")
@_as_of
@_workspace
def check(as_of: date | None, workspace: Path | None) -> None:
    """Check every record: places, schemes and their scopes, categories, evidence, circles of control, twins. Exit 1 if one is wrong.

    \b
    transborder importer check --workspace W
    """
    from country_reports.hub import Hub
    from transfers.registry.check import check_importers

    with telling_problems():
        registry = _registry(workspace)
        records = [record for record, _ in registry.all()]
        troubles = check_importers(records, Hub(workspace), as_of or date.today())
    for trouble in troubles:
        mark = "" if trouble.refused else "warning: "
        click.echo(f"{trouble.importer}: {trouble.field}: {mark}{trouble.message}", err=True)
    wrong = sum(trouble.refused for trouble in troubles)
    click.echo(
        f"{len(records)} importers, {wrong or 'no'} {'problem' if wrong < 2 else 'problems'}, {len(troubles) - wrong} warnings"
    )
    if wrong:
        raise click.exceptions.Exit(1)


@command.command(name="expiring", short_help="List certifications and evidence that end soon, the next first.")
@click.option("--within", type=SpanType(), default="90d", show_default=True, help="How far to look ahead: 90d or 12w.")
@_as_of
@_workspace
def expiring(within: timedelta, as_of: date | None, workspace: Path | None) -> None:
    """List certifications and evidence that end soon, the next first.

    \b
    transborder importer expiring --within 90d --as-of 2026-11-23
    """
    day = as_of or date.today()
    with telling_problems():
        found = _registry(workspace).ending(day, day + within)
    click.echo(f"As of {day}, until {day + within}")
    for ending in found:
        click.echo(f"{ending.day}\t{ending.importer}\t{ending.what}")
    if not found:
        click.echo("Nothing on file ends in that time.")


@command.command(name="import", short_help="Import importers from CSV, XLSX or JSON.")
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="YAML that says how their columns and words are read.")
@click.option("--dry-run", is_flag=True, help="Read and report; write nothing.")
@click.option("--keep-good", is_flag=True, help="Write the rows that can be read even if others cannot.")
@click.option(
    "--workspace", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to import into."
)
@_as_of
def import_table(
    table: Path, mapping: Path | None, dry_run: bool, keep_good: bool, workspace: Path, as_of: date | None
) -> None:
    """Import importers from CSV, XLSX or JSON. Every row that cannot be read is told with its reason; unless --keep-good, none is then written.

    \b
    transborder importer import vendors.xlsx --mapping vendors.yaml --workspace W --dry-run
    """
    from country_reports.hub import Hub
    from transfers.cli.options import telling
    from transfers.registry.tables import read_importers, write_importers
    from transfers.tables.mapping import read_mapping

    own = workspace if workspace.is_dir() else None
    with telling_problems():
        found = read_importers(table, read_mapping(mapping), _registry(own), Hub(own), as_of or date.today())
    for problem in found.rejected:
        telling(problem)
    for twin in found.twins:
        click.echo(f"warning: {twin}", err=True)
    if found.unread_columns:
        click.echo(f"columns not read: {', '.join(sorted(found.unread_columns))}", err=True)
    write = not dry_run and (keep_good or not found.rejected)
    written = write_importers(workspace, found.records) if write and found.records else 0
    rejected = found.rows - len(found.records)
    click.echo(f"{found.rows} rows read: {len(found.records)} importers, {rejected} rejected; {written} written")
    if rejected:
        raise click.exceptions.Exit(2)


command.add_command(add)


@command.command(name="merge", short_help="Make one record of two of your own.")
@click.argument("kept")
@click.argument("retired")
@click.option(
    "--workspace", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True, help="Folder of both."
)
@_as_of
def merge(kept: str, retired: str, workspace: Path, as_of: date | None) -> None:
    """Make one record of two of your own: the second is retired, never deleted, and its names lead to the first.

    \b
    transborder importer merge acme-us acme-usa --workspace W
    """
    from transfers.registry.files import merge_importers

    with telling_problems(), _telling_unknown():
        changed = merge_importers(workspace, kept, retired, as_of or date.today())
    for path in changed:
        click.echo(f"Written: {path}")


@command.command(name="diff", short_help="Show field by field how two records differ.")
@click.argument("one")
@click.argument("other", required=False)
@_workspace
def diff(one: str, other: str | None, workspace: Path | None) -> None:
    """Show field by field how two records differ; with one name, how your own differs from the shipped one. Exit 1 if they do.

    \b
    transborder importer diff ncmec --workspace W
    """
    from transfers.registry.files import differences

    with telling_problems(), _telling_unknown():
        first = _registry(None if other is None else workspace).find(one)[0]
        second = _registry(workspace).find(other or one)[0]
    lines = list(differences(first, second))
    click.echo("\n".join(lines) if lines else "No difference.")
    if lines:
        raise click.exceptions.Exit(1)


@command.command(name="export", short_help="Write the registry as a table that `import` reads back.")
@click.option("--format", "form", type=click.Choice(_TABLES), help="Default: by the ending of the file, else csv.")
@click.option("--own", is_flag=True, help="Only those of the workspace.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; required for xlsx."
)
@_workspace
def export(form: str | None, own: bool, output: Path | None, workspace: Path | None) -> None:
    """Write the registry as a table that `import` reads back.

    \b
    transborder importer export --format csv --own --workspace W -o importers.csv
    """
    from country_reports.facts import Origin
    from transfers.registry.tables import as_table
    from transfers.tables.reading import write_table

    form = form_among(_TABLES, form, output)
    if form == "xlsx" and output is None:
        raise click.UsageError("an XLSX workbook is no text: give -o FILE")
    with telling_problems():
        records = [record for record, origin in _registry(workspace).all() if not (own and origin is Origin.SHIPPED)]
        write_table(as_table(records), form, output)


@command.command(name="answers", short_help="Take an importer's answers from a filled questionnaire.")
@click.argument("questionnaire", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--importer", help="Refuse the questionnaire unless it was sent to this importer.")
@click.option("--owner", help="Who keeps the questionnaire on your side.")
@click.option("--dry-run", is_flag=True, help="Read and report; write nothing.")
@click.option(
    "--workspace", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder of the record."
)
@_as_of
def answers(
    questionnaire: Path, importer: str | None, owner: str | None, dry_run: bool, workspace: Path, as_of: date | None
) -> None:
    """Take an importer's answers from a filled questionnaire (XLSX, DOCX, JSON) into its record. Where one does not fit, none is taken.

    \b
    transborder importer answers acme-us.xlsx --workspace W --dry-run
    """
    from country_reports.hub import Hub
    from transfers.questionnaire.filled import read_filled
    from transfers.questionnaire.recorded import with_answers
    from transfers.registry.files import write_importer

    if not workspace.is_dir():
        raise click.UsageError(
            f"--workspace: there is no folder {str(workspace)!r}. Name the one that the questions were written with; "
            "to keep answers about an importer that comes with transborder, make an empty folder first"
        )
    with telling_problems():
        hub = Hub(workspace)
        sheet = read_filled(questionnaire, hub)
        found = with_answers(sheet, _registry(workspace), hub, as_of or date.today(), importer, owner)
    answered = len(found.changes) + len(found.for_routes)
    click.echo(f"{found.record.id}: {answered} of {found.asked} questions answered")
    for change in found.changes:
        click.echo(f"  on its record: {change}")
    for told in found.for_routes:
        click.echo(f"  for you to weigh and write into the routes: {told}")
    if dry_run or not found.changes:
        click.echo("Nothing is written.")
    else:
        click.echo(f"Written: {write_importer(workspace, found.record)}")


@contextmanager
def _telling_unknown() -> Iterator[None]:
    """Turn a name that nobody has into a usage error."""
    from country_reports.places import UnknownPlace
    from transfers.registry.shelf import UnknownImporter

    try:
        yield
    except (UnknownImporter, UnknownPlace) as error:
        raise click.UsageError(str(error)) from None


def _registry(workspace: Path | None) -> Registry:
    from transfers.registry.shelf import Registry

    return Registry(workspace)


def _place(name: str, workspace: Path | None) -> str:
    from country_reports.hub import Hub

    return Hub(workspace).places.resolve(name)
