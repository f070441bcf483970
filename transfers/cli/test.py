"""``transborder test``."""

from __future__ import annotations

from pathlib import Path

import click

from transfers.cli.options import telling_problems


@click.command(name="test")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def command(folder: Path) -> None:
    """Run golden routes written in YAML. Exit 1 if one gives another answer than it expects.

    \b
    transborder test tests/cases
    """
    from transfers.golden import run_folder

    with telling_problems():
        results = list(run_folder(folder))
    failed = [result for result in results if result.differences]
    for result in failed:
        click.echo(f"{result.file}  {result.name}")
        for difference in result.differences:
            click.echo(f"    {difference}")
    click.echo(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    if not results:
        click.echo(f"{folder} holds no YAML file with cases.", err=True)
    if failed or not results:
        raise click.exceptions.Exit(1)
