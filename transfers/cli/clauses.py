"""``transborder clauses``: the clause sets of the world."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.clauses_paper import assemble, check
from transfers.cli.delivery import form_among
from transfers.cli.options import DayType, deliver, telling_problems

if TYPE_CHECKING:
    from clauses.comparison import Choices
    from clauses.library import Library, SetOnDay
    from clauses.obligations import Obligations
    from clauses.parts import Module
    from country_reports.hub import Hub
    from transfers.canonical import Json
    from transfers.documents.blocks import Document

_workspace = click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with your own clause sets, which add to and override the shipped ones.",
)
_as_of = click.option("--as-of", type=DayType(), default=None, help="The day of the contract (default: today).")
_FORMS = ("text", "md", "html", "json")
_form = click.option(
    "--format", "form", type=click.Choice(_FORMS), help="Default: by the ending of the file, else text."
)
_KINDS = ("clause_set", "addendum", "adaptation", "non_clause_tool", "guidance")
_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file (- for the terminal)."
)


@click.group(name="clauses")
def command() -> None:
    """Look up the clause sets of the world, choose among them, and compare them.

    \b
    transborder clauses list --regime uk-gdpr
    transborder clauses select examples/es-clinic-backup-to-us-cloud.yaml
    """


@command.command(name="list", short_help="List the records on file, and which are open to new contracts.")
@click.option("--regime", metavar="LAW", help="Only sets of this law of exporters, such as eu-gdpr.")
@click.option("--kind", type=click.Choice(_KINDS), help="Only records of this kind.")
@_form
@_output
@_as_of
@_workspace
def list_sets(
    regime: str | None,
    kind: str | None,
    form: str | None,
    output: Path | None,
    as_of: date | None,
    workspace: Path | None,
) -> None:
    """List every record on file, one a line: what it is, whether it is open to new contracts, and for which laws.

    \b
    transborder clauses list --regime uk-gdpr --as-of 2022-03-21
    """
    from clauses.library import Library
    from transfers.documents.clause_list import HEADINGS, clause_list_document, clause_list_json, row_of

    form, day = form_among(_FORMS, form, output), as_of or date.today()
    with telling_problems():
        if regime is not None:
            _refuse_unknown_law(regime, _hub(workspace))
        found = [
            one
            for one in Library(workspace).on(day)
            if regime in (None, *one.record.regimes) and kind in (None, one.record.kind.value)
        ]
    if form != "text":
        _deliver(form, lambda: clause_list_document(found, day), lambda: clause_list_json(found, day), output)
        return
    rows = [row_of(one, day) for one in found]
    if output is None and sys.stdout.isatty():
        from tabulate import tabulate

        click.echo(f"As of {day}\n")
        click.echo(tabulate(rows, headers=HEADINGS))
    else:
        deliver("".join("\t".join(row) + "\n" for row in rows), output)


@command.command(name="show", short_help="Show the record of a set, or of one module of it.")
@click.argument("name", metavar="SET[/MODULE]")
@_form
@_output
@_as_of
@_workspace
def show(name: str, form: str | None, output: Path | None, as_of: date | None, workspace: Path | None) -> None:
    """Show the record of a set, or of one module: who may use it, what it asks, what stands in it, what is filed, how it was read.

    \b
    transborder clauses show eu-scc-2021/m2
    transborder clauses show uk-addendum --format html -o addendum.html
    """
    from clauses.library import Library
    from transfers.documents.clause_set import clause_set_document, clause_set_json

    form, day = form_among(_FORMS, form, output), as_of or date.today()
    with telling_problems():
        found, module = _named(name, Library(workspace), day)
        laws = {one.regime: one.short or one.name for one, _ in _hub(workspace).bindings}
    _deliver(
        form,
        lambda: clause_set_document(found, day, module, laws),
        lambda: clause_set_json(found, day, module),
        output,
    )


@command.command(name="select", short_help="Say which sets and modules are open to a route, and which not.")
@click.argument("route", type=click.Path(path_type=Path))
@_form
@_output
@_as_of
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with your own records and importers.",
)
def select_sets(route: Path, form: str | None, output: Path | None, as_of: date | None, workspace: Path | None) -> None:
    """Say which sets and modules are open to a route: for every law that binds its exporter, and each importer.

    \b
    transborder clauses select examples/es-clinic-backup-to-us-cloud.yaml --as-of 2026-11-23
    """
    from transfers.clause_selection import clauses_open_to
    from transfers.documents.open_clauses import open_clauses_document, open_clauses_json
    from transfers.knowledge import Knowledge
    from transfers.route_files import of_file

    form, day = form_among(_FORMS, form, output), as_of or date.today()
    with telling_problems():
        knowledge = Knowledge(workspace)
        found = of_file(route, lambda read: clauses_open_to(read, knowledge, day))
    _deliver(form, lambda: open_clauses_document(found), lambda: open_clauses_json(found), output)


command.add_command(assemble)
command.add_command(check)


@command.command(name="compare", short_help="Say, duty by duty, whether the clauses of A cover those of B.")
@click.argument("a")
@click.argument("b", required=False)
@click.option("--against", type=click.Choice(["coe108plus"]), help="Also against article 14(3)(b) of Convention 108+.")
@click.option(
    "--with",
    "chosen",
    metavar="DUTY",
    multiple=True,
    help="Take the optional or conditional clause on this duty as chosen.",
)
@click.option("--verified-only", is_flag=True, help="Take what nobody has checked for not known.")
@_form
@_output
@_workspace
def compare_sets(
    a: str,
    b: str | None,
    against: str | None,
    chosen: tuple[str, ...],
    verified_only: bool,
    form: str | None,
    output: Path | None,
    workspace: Path | None,
) -> None:
    """Say, duty by duty, whether the clauses of A cover what those of B ask.

    A and B are a set, a module of it, or a module with an adaptation. B may be left out with --against.

    \b
    transborder clauses compare uk-idta eu-scc-2021/m1
    transborder clauses compare "eu-scc-2021/m2 WITH uk-addendum" --against coe108plus
    """
    from clauses.comparison import against_coe108plus, compare
    from clauses.library import Library, UnknownTool
    from clauses.obligations import read_obligations
    from transfers.documents.clause_comparison import (
        ClauseReport,
        clause_comparison_document,
        clause_comparison_json,
    )

    if b is None and against is None:
        raise click.UsageError("name a second set to compare with, or --against coe108plus")
    form = form_among(_FORMS, form, output)
    names = (a,) if b is None else (a, b)
    with telling_problems():
        library, obligations = Library(workspace), read_obligations()
        choices = _choices(chosen, verified_only, obligations)
        try:
            report = ClauseReport(
                names,
                tuple(map(library.tools, names)),
                compare(a, b, library, obligations, choices) if b is not None else None,
                tuple(against_coe108plus(name, library, obligations, choices) for name in names) if against else (),
                obligations,
            )
        except UnknownTool as error:
            raise click.UsageError(str(error)) from None
    _deliver(form, lambda: clause_comparison_document(report), lambda: clause_comparison_json(report), output)


def _deliver(form: str, document: Callable[[], Document], plain: Callable[[], Json], output: Path | None) -> None:
    from transfers.documents.writers import WRITERS

    if form == "json":
        deliver(json.dumps(plain(), indent=2, ensure_ascii=False) + "\n", output)
    else:
        deliver(WRITERS[form](document()), output)


def _hub(workspace: Path | None) -> Hub:
    from country_reports.hub import Hub

    return Hub(workspace)


def _named(name: str, library: Library, day: date) -> tuple[SetOnDay, Module | None]:
    """A set, or one module of it.

    Raises:
        UsageError: there is none of this name; the message offers what is near.
    """
    from clauses.library import UnknownTool

    set_id, slash, module_id = name.partition("/")
    if " WITH " in name:
        first, *joined = name.split(" WITH ")
        raise click.UsageError(f"one record at a time: {', then '.join((first.strip(), *map(str.strip, joined)))}")
    try:
        found = library.set_on(set_id, day)
    except UnknownTool:
        near = difflib.get_close_matches(set_id, library.set_ids(), n=3, cutoff=0.4) or library.set_ids()
        raise click.UsageError(f"there is no set {set_id!r}; known: {', '.join(near)}") from None
    if not slash:
        return found, None
    module = next((one for one in found.record.modules if one.id == module_id), None)
    if module is None:
        known = ", ".join(f"{set_id}/{one.id}" for one in found.record.modules) or "none on file"
        raise click.UsageError(f"{name!r} is no module of {found.record.short}; its modules: {known}")
    return found, module


def _refuse_unknown_law(regime: str, hub: Hub) -> None:
    known = sorted(one.regime for one, _ in hub.bindings)
    if regime not in known:
        near = difflib.get_close_matches(regime, known, n=3) or known
        raise click.UsageError(f"there is no law {regime!r} on file; known: {', '.join(near)}")


def _choices(chosen: tuple[str, ...], verified_only: bool, obligations: Obligations) -> Choices:
    from clauses.comparison import Choices

    known = [duty.id for duty in obligations.duties]
    for name in chosen:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3) or known
            raise click.UsageError(f"there is no duty {name!r}; known: {', '.join(near)}")
    return Choices(frozenset(chosen), verified_only)
