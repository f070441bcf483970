"""``transborder remedies`` and ``compare``: searches over assessments of one route."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.options import assessment_options, telling_problems

if TYPE_CHECKING:
    from transfers.documents.blocks import Document
    from transfers.knowledge import Knowledge
    from transfers.route import Route
    from transfers.view import Policy

    Search = Callable[[Route, Knowledge, date, Policy], Document]


def _searching(name: str, doc: str, search: Search) -> click.Command:
    """A command that reads one route and prints what a search found."""

    @click.argument("route", type=click.Path(path_type=Path))
    @click.option("--format", "form", type=click.Choice(["text", "md", "html"]), default="text", show_default=True)
    @assessment_options
    def run(
        route: Path,
        form: str,
        workspace: Path | None,
        as_of: date | None,
        doctrine: str | None,
        accept_stale: bool,
        verified_only: bool,
    ) -> None:
        from country_reports.records import read_record
        from transfers.documents.writers import WRITERS
        from transfers.knowledge import Knowledge
        from transfers.route import Route
        from transfers.route_files import assess_file
        from transfers.view import Policy

        day, policy = as_of or date.today(), Policy(doctrine, accept_stale, verified_only)
        with telling_problems():
            knowledge = Knowledge(workspace)
            assess_file(route, knowledge, day, policy)
            document = search(read_record(route, Route), knowledge, day, policy)
        click.echo(WRITERS[form](document), nl=False)

    run.__doc__ = doc
    return click.command(name=name)(run)


def _remedies(route: Route, knowledge: Knowledge, day: date, policy: Policy) -> Document:
    from transfers.documents.searches import remedies_document
    from transfers.remedies import remedies
    from transfers.variation import Variations

    found = remedies(route, Variations(knowledge, day, policy))
    return remedies_document(route.title or route.id, day.isoformat(), found)


def _compare(route: Route, knowledge: Knowledge, day: date, policy: Policy) -> Document:
    from transfers.comparison import compared_tools
    from transfers.documents.searches import tools_document

    found = compared_tools(route, knowledge, day, policy)
    return tools_document(route.title or route.id, day.isoformat(), found)


remedies = _searching(
    "remedies",
    """Search for the smallest sets of changes, in the exporter's hands, that make a route permissible.

    \b
    transborder remedies examples/fr-company-to-indian-support.yaml --workspace examples/workspace
    """,
    _remedies,
)
compare = _searching(
    "compare",
    """Put every transfer tool side by side for one route: open, closed and why, or open if.

    \b
    transborder compare examples/fr-company-to-indian-support.yaml --workspace examples/workspace
    """,
    _compare,
)
