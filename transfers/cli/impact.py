"""``transborder impact``: which assessments a change of law, of facts or of the day moves, and why."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.options import assessment_options, deliver, telling_problems

if TYPE_CHECKING:
    from transfers.impact import Comparison
    from transfers.sides import OwnedRoute
    from transfers.view import Policy

FAIL_ON = ("moved", "changed", "reread")


@click.command(name="impact")
@click.argument("routes", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--before", required=True, metavar="REVISION|FOLDER|DAY", help="The side to compare with.")
@click.option("--after", metavar="REVISION|FOLDER|DAY", help="The other side (default: the facts as they stand).")
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option(
    "--xlsx",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also a workbook of routes, regimes, findings, facts.",
)
@click.option(
    "--notices", "folder", type=click.Path(path_type=Path, file_okay=False), help="Also draft notices, one per owner."
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="Exit 1 if a route crosses the line of permissible, or can no longer be assessed; or, besides, is changed, or to be read again.",
)
@assessment_options
def command(
    routes: tuple[Path, ...],
    before: str,
    after: str | None,
    form: str,
    output: Path | None,
    xlsx: Path | None,
    folder: Path | None,
    fail_on: str | None,
    workspace: Path | None,
    as_of: date | None,
    doctrine: str | None,
    accept_stale: bool,
    verified_only: bool,
) -> None:
    """Tell which routes a change of law, of facts or of the day moves, and why; the worst first.

    ROUTES are route files and folders of them. Each side is a day (the facts as they stand, read on it), a git revision or release
    of this clone or of the workspace's, a folder (a clone, an unpacked release or a workspace), or a folder as it was
    (FOLDER@REVISION). A side that is no day is read on --as-of.

    \b
    transborder impact examples --workspace examples/workspace --before 2020-07-15 --after 2020-07-17
    transborder impact routes --before HEAD~1 --notices notices --fail-on moved
    """
    from transfers.route_files import read_routes
    from transfers.view import Policy

    with telling_problems():
        owned = [(route, route.owner) for route in read_routes(routes)]
        _say_what_is_not_read(routes)
        found = _compared(owned, before, after, as_of, workspace, Policy(doctrine, accept_stale, verified_only))
    if xlsx is not None:
        from transfers.documents.impact_tables import impact_sheets
        from transfers.tables import write_workbook

        write_workbook(impact_sheets(found), xlsx)
    if folder is not None:
        _write_notices(found, folder)
    deliver(_written(found, form), output)
    if fail_on is not None and _fails(found, fail_on):
        raise click.exceptions.Exit(1)


def _compared(
    routes: list[OwnedRoute], before: str, after: str | None, as_of: date | None, workspace: Path | None, policy: Policy
) -> Comparison:
    from country_reports.records import BadRecord
    from transfers.sides import NoSuchSide, comparison, two_sides

    try:
        with two_sides(before, after, as_of, date.today(), workspace, policy) as (one, other):
            return comparison(routes, one, other)
    except NoSuchSide as error:
        raise click.UsageError(str(error)) from None
    except BadRecord:
        click.echo("Nothing was compared: the code that runs cannot read these records.", err=True)
        raise


def _say_what_is_not_read(paths: tuple[Path, ...]) -> None:
    """Folders are read, and what lies in folders below them is not."""
    from transfers.route_files import files_below

    for path in paths:
        below = files_below(path) if path.is_dir() else 0
        if below:
            click.echo(
                f"not read: {below} YAML files in folders below {path}; name a folder to have its routes read", err=True
            )


def _written(found: Comparison, form: str) -> str:
    if form == "json":
        from transfers.documents.impact_tables import impact_json

        return json.dumps(impact_json(found), indent=2, ensure_ascii=False) + "\n"
    from transfers.documents.impact import impact_document
    from transfers.documents.writers import WRITERS

    return WRITERS[form](impact_document(found))


def _write_notices(found: Comparison, folder: Path) -> None:
    """All of them, or none: a draft that somebody has worked on is not written over."""
    from transfers.documents.notices import notices
    from transfers.documents.writers import WRITERS
    from transfers.documents.writing import write_new

    drafts = {folder / f"{name}.md": WRITERS["md"](document) for name, document in notices(found).items()}
    try:
        write_new(drafts)
    except FileExistsError as error:
        raise click.UsageError(f"{error.filename} is there already; name another folder for the notices") from None
    click.echo(f"Draft notices: {', '.join(map(str, drafts)) or 'none, no route is touched'}", err=True)


def _fails(found: Comparison, fail_on: str) -> bool:
    """Whether something as grave as that happened to a route: what can no longer be assessed is as grave as what moved."""
    failing = FAIL_ON[: FAIL_ON.index(fail_on) + 1]
    return any(impact.effect.value in failing or impact.lost for impact in found.impacts)
