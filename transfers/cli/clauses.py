"""``transborder clauses``: the clause sets of the world."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.options import deliver, telling_problems

if TYPE_CHECKING:
    from clauses.comparison import Choices
    from clauses.obligations import Obligations

_workspace = click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with your own clause sets, which add to and override the shipped ones.",
)
_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file (- for the terminal)."
)


@click.group(name="clauses")
def command() -> None:
    """Compare the clause sets of the world.

    \b
    transborder clauses compare uk-idta eu-scc-2021/m1
    """


@command.command(name="compare")
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
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@_output
@_workspace
def compare_sets(
    a: str,
    b: str | None,
    against: str | None,
    chosen: tuple[str, ...],
    verified_only: bool,
    form: str,
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
    from transfers.documents.blocks import WRITERS
    from transfers.documents.clause_comparison import (
        ClauseReport,
        clause_comparison_document,
        clause_comparison_json,
    )

    if b is None and against is None:
        raise click.UsageError("name a second set to compare with, or --against coe108plus")
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
    if form == "json":
        text = json.dumps(clause_comparison_json(report), indent=2, ensure_ascii=False) + "\n"
    else:
        text = WRITERS[form](clause_comparison_document(report))
    deliver(text, output)


def _choices(chosen: tuple[str, ...], verified_only: bool, obligations: Obligations) -> Choices:
    from clauses.comparison import Choices

    known = [duty.id for duty in obligations.duties]
    for name in chosen:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3) or known
            raise click.UsageError(f"there is no duty {name!r}; known: {', '.join(near)}")
    return Choices(frozenset(chosen), verified_only)
