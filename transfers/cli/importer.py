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

from transfers.cli.options import DayType, deliver, telling_problems

if TYPE_CHECKING:
    from transfers.registry import Registry

_workspace = click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with your own importers, which add to and override the shipped ones.",
)
_as_of = click.option("--as-of", type=DayType(), default=None, help="The day asked about (default: today).")
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


@command.command(name="list")
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


@command.command(name="show")
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@_output
@_as_of
@_workspace
def show(name: str, form: str, output: Path | None, as_of: date | None, workspace: Path | None) -> None:
    """Show what is on file about an importer, by id, name or alias.

    \b
    transborder importer show interpol
    transborder importer show "Project Arachnid" --format html -o c3p.html
    """
    from country_reports.hub import Hub
    from transfers.documents.blocks import WRITERS
    from transfers.documents.importer import importer_document

    with telling_problems(), _telling_unknown():
        record, origin = _registry(workspace).find(name)
        hub = Hub(workspace)
        if form == "json":
            plain = record.model_dump(mode="json", exclude_unset=True)
            text = json.dumps({**plain, "origin": origin.value}, indent=2, ensure_ascii=False) + "\n"
        else:
            document = importer_document(record, origin, as_of or date.today(), hub.places, hub.vocabulary)
            text = WRITERS[form](document)
    deliver(text, output)


@command.command(name="check")
@_as_of
@_workspace
def check(as_of: date | None, workspace: Path | None) -> None:
    """Check every record: places, schemes and their scopes, categories, evidence, circles of control, twins. Exit 1 if one is wrong.

    \b
    transborder importer check --workspace W
    """
    from country_reports.hub import Hub
    from transfers.importer_check import check_importers

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


@command.command(name="expiring")
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


@contextmanager
def _telling_unknown() -> Iterator[None]:
    """Turn a name that nobody has into a usage error."""
    from country_reports.places import UnknownPlace
    from transfers.registry import UnknownImporter

    try:
        yield
    except (UnknownImporter, UnknownPlace) as error:
        raise click.UsageError(str(error)) from None


def _registry(workspace: Path | None) -> Registry:
    from transfers.registry import Registry

    return Registry(workspace)


def _place(name: str, workspace: Path | None) -> str:
    from country_reports.hub import Hub

    return Hub(workspace).places.resolve(name)
