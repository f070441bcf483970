"""``transborder impact``: which assessments a change of law, of facts or of the day moves, and why."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.delivery import PACKED, form_among
from transfers.cli.options import assessment_options, deliver, telling_problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from transfers.changes.records import Comparison
    from transfers.changes.sides import Side
    from transfers.view import Policy

FAIL_ON = ("moved", "changed", "reread")
REJECTED = "rejected"
FORMATS = ("text", "md", "html", "docx", "pdf", "xlsx", "csv", "json")


@click.command(name="impact")
@click.argument("routes", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--before", required=True, metavar="REVISION|FOLDER|DAY", help="The side to compare with.")
@click.option("--after", metavar="REVISION|FOLDER|DAY", help="The other side (default: the facts as they stand).")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    help="File that leads the columns and words of a table to those of a route.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: text; with -o by the ending of the file.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option(
    "--xlsx",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also a workbook of routes, regimes, findings, facts, conditions and questions.",
)
@click.option(
    "--notices", "folder", type=click.Path(path_type=Path, file_okay=False), help="Also draft notices, one per owner."
)
@click.option(
    "--notices-format",
    "notices_form",
    type=click.Choice(["md", "html", "docx", "pdf"]),
    default="md",
    show_default=True,
    help="Form of the notices.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*FAIL_ON, REJECTED]),
    multiple=True,
    help="Exit 1 if a route crosses the line of permissible, or can no longer be assessed; or, besides, is changed, or to be read again. "
    "rejected: if a row of the table was. May be given twice.",
)
@assessment_options
def command(
    routes: tuple[Path, ...],
    before: str,
    after: str | None,
    mapping: Path | None,
    form: str | None,
    output: Path | None,
    xlsx: Path | None,
    folder: Path | None,
    notices_form: str,
    fail_on: tuple[str, ...],
    workspace: Path | None,
    as_of: date | None,
    doctrine: str | None,
    accept_stale: bool,
    verified_only: bool,
) -> None:
    """Tell which routes a change of law, of facts or of the day moves, and why; the worst first.

    ROUTES are route files and folders of them, or one table as `batch` reads it: CSV, XLSX, Parquet, JSONL, or a list in YAML. Each side is
    a day (the facts as they stand, read on it), a git revision or release of this clone or of the workspace's, a folder (a clone, an
    unpacked release or a workspace), or a folder as it was (FOLDER@REVISION). A side that is no day is read on --as-of.

    \b
    transborder impact examples --workspace examples/workspace --before 2020-07-15 --after 2020-07-17
    transborder impact routes --before HEAD~1 --notices notices --fail-on moved
    transborder impact routes.csv --before HEAD~1 -o impact.xlsx --notices notices --notices-format docx
    """
    from transfers.portfolio.rows import is_table
    from transfers.view import Policy

    to_file = None if output is None or str(output) == "-" else output
    chosen = form_among(FORMATS, form, to_file)
    if chosen in PACKED and to_file is None:
        raise click.UsageError(f"{chosen.upper()} is no text: give -o FILE")
    if REJECTED in fail_on and not any(map(is_table, routes)):
        raise click.UsageError("--fail-on rejected is about the rows of a table, and no table was given")
    with telling_problems():
        sides = (before, after, as_of)
        found = _compared(routes, mapping, sides, workspace, Policy(doctrine, accept_stale, verified_only))
        if xlsx is not None:
            _write_workbook(found, xlsx)
        if folder is not None:
            _write_notices(found, folder, notices_form)
        _deliver(found, chosen, output)
    if _fails(found, fail_on):
        raise click.exceptions.Exit(1)


def _compared(
    routes: tuple[Path, ...],
    mapping: Path | None,
    sides: tuple[str, str | None, date | None],
    workspace: Path | None,
    policy: Policy,
) -> Comparison:
    from country_reports.records import BadRecord
    from transfers.changes.sides import NoSuchSide, two_sides

    compare = _read(routes, mapping)
    before, after, as_of = sides
    try:
        with two_sides(before, after, as_of, date.today(), workspace, policy) as (one, other):
            return compare(one, other)
    except NoSuchSide as error:
        raise click.UsageError(str(error)) from None
    except BadRecord:
        click.echo("Nothing was compared: the code that runs cannot read these records.", err=True)
        raise


def _read(paths: tuple[Path, ...], mapping: Path | None) -> Callable[[Side, Side], Comparison]:
    """The routes, to be compared on two sides."""
    from transfers.changes.sides import comparison
    from transfers.portfolio.rows import is_table
    from transfers.route_files import read_routes

    tables = [path for path in paths if is_table(path)]
    if tables and len(paths) > 1:
        raise click.UsageError(
            f"{tables[0]} is a table of routes; give it alone, since the ids of other files may be its ids too"
        )
    if mapping is not None and not tables:
        raise click.UsageError(
            "--mapping is for a table of routes (.csv, .xlsx or .parquet); give one, or leave it out"
        )
    if tables:
        return _read_table(tables[0], mapping)
    owned = [(route, route.owner) for route in read_routes(paths)]
    _say_what_is_not_read(paths)
    return lambda before, after: comparison(owned, before, after)


def _read_table(table: Path, mapping: Path | None) -> Callable[[Side, Side], Comparison]:
    from transfers.cli.batch import Bar
    from transfers.portfolio.compared import Register

    bar = Bar()

    def compared(before: Side, after: Side) -> Comparison:
        try:
            found = register.comparison(before, after)
        finally:
            bar.clear()
        assert found.table is not None
        for name in found.table.unread:
            click.echo(f"not read: the column {name!r} is no field of a route", err=True)
        return found

    try:
        register = Register(table, mapping, bar.show)
    finally:
        bar.clear()
    return compared


def _say_what_is_not_read(paths: tuple[Path, ...]) -> None:
    """Folders are read, and what lies in folders below them is not."""
    from transfers.route_files import files_below

    for path in paths:
        below = files_below(path) if path.is_dir() else 0
        if below:
            click.echo(
                f"not read: {below} YAML files in folders below {path}; name a folder to have its routes read", err=True
            )


def _deliver(found: Comparison, form: str, output: Path | None) -> None:
    from transfers.documents.impact import IN_FULL, impact_document
    from transfers.documents.impact_tables import impact_json, impact_rows
    from transfers.documents.writers import PACKED_WRITERS, WRITERS
    from transfers.documents.writing import write_whole
    from transfers.tables.reading import csv_text

    if form == "json":
        deliver(json.dumps(impact_json(found), indent=2, ensure_ascii=False) + "\n", output)
    elif form == "csv":
        deliver(csv_text(impact_rows(found)), output)
    elif form in WRITERS:
        deliver(WRITERS[form](impact_document(found, 0 if form == "text" else IN_FULL)), output)
    else:
        assert output is not None
        if form == "xlsx":
            _write_workbook(found, output)
        else:
            write_whole(output, PACKED_WRITERS[form](impact_document(found)))
        click.echo(f"Written: {output}")


def _write_workbook(found: Comparison, output: Path) -> None:
    from transfers.documents.impact_tables import impact_sheets
    from transfers.tables.reading import write_workbook

    write_workbook(impact_sheets(found), output)


def _write_notices(found: Comparison, folder: Path, form: str) -> None:
    """All of them, or none: a draft that somebody has worked on is not written over."""
    from transfers.documents.notices import notices
    from transfers.documents.writers import written
    from transfers.documents.writing import write_new

    drafts = {folder / f"{name}.{form}": written(document, form) for name, document in notices(found).items()}
    try:
        write_new(drafts)
    except FileExistsError as error:
        raise click.UsageError(f"{error.filename} is there already; name another folder for the notices") from None
    click.echo(f"Draft notices: {', '.join(map(str, drafts)) or 'none, no route is touched'}", err=True)


def _fails(found: Comparison, fail_on: tuple[str, ...]) -> bool:
    """Whether something as grave as that happened to a route: what can no longer be assessed is as grave as what moved."""
    if REJECTED in fail_on and found.table is not None and found.table.rejected:
        return True
    grave = [FAIL_ON.index(one) for one in fail_on if one != REJECTED]
    failing = FAIL_ON[: max(grave) + 1] if grave else ()
    return any(impact.effect.value in failing or (impact.lost and bool(failing)) for impact in found.impacts)
