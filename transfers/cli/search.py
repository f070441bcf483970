"""``transborder remedies`` and ``compare``: searches over assessments of one route."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.delivery import form_among
from transfers.cli.options import assessment_options, deliver, telling_problems

if TYPE_CHECKING:
    from transfers.documents.blocks import Document
    from transfers.knowledge import Knowledge
    from transfers.route import Route
    from transfers.view import Policy

    Search = Callable[[Route, Knowledge, date, Policy], Document]

_route = click.argument("route", type=click.Path(path_type=Path))
_FORMS = ("text", "md", "html")
_form = click.option(
    "--format", "form", type=click.Choice(_FORMS), help="Default: text; with -o by the ending of the file."
)
_output = click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")


@click.command(name="remedies")
@_route
@_form
@_output
@assessment_options
def remedies(
    route: Path,
    form: str | None,
    output: Path | None,
    workspace: Path | None,
    as_of: date | None,
    doctrine: str | None,
    accept_stale: bool,
    verified_only: bool,
) -> None:
    """Search for the smallest sets of changes, in the exporter's hands, that make a route permissible.

    \b
    transborder remedies examples/fr-company-to-indian-support.yaml --workspace examples/workspace
    """
    from transfers.alternatives.remedies import remedies as found_remedies
    from transfers.alternatives.variation import Variations
    from transfers.documents.searches import remedies_document
    from transfers.view import Policy

    def search(read: Route, knowledge: Knowledge, day: date, policy: Policy) -> Document:
        found = found_remedies(read, Variations(knowledge, day, policy))
        return remedies_document(read.title or read.id, day.isoformat(), found)

    chosen, policy = form_among(_FORMS, form, output), Policy(doctrine, accept_stale, verified_only)
    deliver(_found(search, route, chosen, workspace, as_of or date.today(), policy), output)


@click.command(name="compare")
@_route
@click.option("--all", "everything", is_flag=True, help="Tell each tool in full, also what all of them share.")
@_form
@_output
@assessment_options
def compare(
    route: Path,
    everything: bool,
    form: str | None,
    output: Path | None,
    workspace: Path | None,
    as_of: date | None,
    doctrine: str | None,
    accept_stale: bool,
    verified_only: bool,
) -> None:
    """Put every transfer tool side by side for one route: open, closed and why, or open if.

    What tools have in common is told once, and then what sets them apart.

    \b
    transborder compare examples/fr-company-to-indian-support.yaml --workspace examples/workspace
    """
    from transfers.alternatives.comparison import compared_tools
    from transfers.documents.tools_compared import tools_document
    from transfers.view import Policy

    def search(read: Route, knowledge: Knowledge, day: date, policy: Policy) -> Document:
        found = compared_tools(read, knowledge, day, policy)
        return tools_document(read.title or read.id, day.isoformat(), found, everything=everything)

    chosen, policy = form_among(_FORMS, form, output), Policy(doctrine, accept_stale, verified_only)
    deliver(_found(search, route, chosen, workspace, as_of or date.today(), policy), output)


def _found(search: Search, path: Path, form: str, workspace: Path | None, day: date, policy: Policy) -> str:
    """What a search finds on the route of a file."""
    from country_reports.records import read_record
    from transfers.documents.writers import WRITERS
    from transfers.knowledge import Knowledge
    from transfers.route import Route
    from transfers.route_files import assess_file

    with telling_problems():
        knowledge = Knowledge(workspace)
        assess_file(path, knowledge, day, policy)
        document = search(read_record(path, Route), knowledge, day, policy)
    return WRITERS[form](document)
