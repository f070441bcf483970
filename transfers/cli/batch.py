"""``transborder batch``."""

from __future__ import annotations

import errno
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.assess import LAYOUTS
from transfers.cli.options import OutcomeType, assessment_options, telling_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from transfers.finding import Outcome
    from transfers.portfolio.batch import Done
    from transfers.portfolio.deciding import Law

REJECTED = "rejected"


class FailOn(OutcomeType):
    """The word for an outcome, or ``rejected``."""

    name = "rejected|outcome"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> object:
        return value if value == REJECTED else super().convert(value, param, ctx)


@click.command(name="batch")
@click.argument("routes", type=click.Path())
@click.option("-o", "--output", "folder", required=True, type=click.Path(file_okay=False),
              help="Folder for the results, the documents and the summary.")  # fmt: skip
@click.option("--mapping", type=click.Path(path_type=Path),
              help="File that leads other people's columns and words to those of a route.")  # fmt: skip
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
              help="Where the work is done: on this machine, or where Apache Spark runs.")  # fmt: skip
@click.option("--tia", type=click.Choice(["md", "html", "docx", "pdf", "none"]), default="md", show_default=True,
              help="Form of the documents, one per destination.")  # fmt: skip
@click.option("--layout", type=click.Choice(LAYOUTS), default=LAYOUTS[0], show_default=True,
              help="Chapters of the documents, as one reader is used to.")  # fmt: skip
@click.option("--results", type=click.Choice(["csv", "xlsx", "parquet"]), default=None,
              help="Form of the results. Default: that of the table, or csv.")  # fmt: skip
@click.option("--fail-on", type=FailOn(),
              help="Exit 1 if a row was rejected, or an outcome is this strict or stricter.")  # fmt: skip
@assessment_options
def command(
    routes: str,
    folder: str,
    mapping: Path | None,
    engine: str,
    tia: str,
    layout: str,
    results: str | None,
    fail_on: Outcome | str | None,
    workspace: Path | None,
    as_of: date | None,
    doctrine: str | None,
    accept_stale: bool,
    verified_only: bool,
) -> None:
    """Assess a whole table of routes: CSV, XLSX, Parquet, JSONL, or a list in YAML.

    Every row is assessed, or rejected with the reason. A run that was stopped is taken up by the same command.

    \b
    transborder batch examples/portfolio/routes.csv -o out/portfolio --workspace examples/workspace --as-of 2026-11-23
    """
    from transfers.portfolio.deciding import Law
    from transfers.view import Policy

    if engine == "spark" and results == "xlsx":
        raise click.UsageError("Spark writes csv or parquet; give --results csv or --results parquet.")
    day = as_of or date.today()
    click.echo(f"As of {day.isoformat()}\n")
    law = Law(workspace, day, Policy(doctrine, accept_stale, verified_only))
    documents = None if tia == "none" else tia
    with telling_problems():
        work = _work(engine, routes, folder, law, mapping, documents, layout, results)
        outcomes, rejected = _done(work, folder)
    _fail(outcomes, rejected, fail_on)


def _work(
    engine: str,
    routes: str,
    folder: str,
    law: Law,
    mapping: Path | None,
    tia: str | None,
    layout: str,
    results: str | None,
) -> Callable[[Bar], Done]:
    """What is to be done, by the engine that does it. Addresses of a cluster are no paths of this machine."""
    if engine == "spark":
        from transfers.portfolio.spark_batch import SparkOrder, run_on_spark

        order = SparkOrder(routes, folder, law, mapping, tia, results, layout)
        return lambda _: run_on_spark(order)
    from transfers.portfolio.batch import Order, run

    local = Order(Path(routes), Path(folder), law, mapping, tia, results, layout=layout)
    return lambda bar: run(local, bar.show)


def _done(work: Callable[[Bar], Done], folder: str) -> tuple[Mapping[str, int], int]:
    from concurrent.futures.process import BrokenProcessPool

    bar = Bar()
    try:
        done = work(bar)
    except BrokenProcessPool:
        click.echo("Error: a process that judges ended before its work was done; perhaps memory was short.", err=True)
        raise _to_be_taken_up() from None
    except OSError as error:
        if not _is_full(error):
            raise
        click.echo(f"Error: the disk with {folder} is full.", err=True)
        raise _to_be_taken_up() from None
    finally:
        bar.clear()
    click.echo(_told(done))
    for name in done.unread:
        click.echo(f"Not read: the column {name!r} is no field of a route; it is handed through.")
    if done.rejected:
        click.echo(f"Rejected rows, each with its reason: {folder}/{_named(done, 'rejected.')}")
    documents = sum(name.startswith("tia-") for name in done.files)
    also = f", {documents} transfer impact assessments" if documents else ""
    click.echo(f"Written to {folder}: {_named(done, 'results.')}, summary.txt{also}")
    return done.outcomes, done.rejected


def _to_be_taken_up() -> click.exceptions.Exit:
    message = "Nothing half-written is left among the results. Make room, then run the same command: it goes on from where it was."
    click.echo(message, err=True)
    return click.exceptions.Exit(3)


def _named(done: Done, start: str) -> str:
    return next(name for name in done.files if name.startswith(start))


def _told(done: Done) -> str:
    """The rows accounted for, and how many end how, the strictest first."""
    from tabulate import tabulate

    from transfers.documents import words
    from transfers.finding import Outcome

    ordered = sorted(done.outcomes, key=lambda word: -Outcome.of_word(word))
    table = tabulate([(words.OUTCOMES[word], done.outcomes[word]) for word in ordered], ("Result", "Routes"))
    return f"Rows read: {done.rows} = assessed {done.assessed} + rejected {done.rejected}\n\n{table}\n"


def _is_full(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left on device" in str(error)


def _fail(outcomes: Mapping[str, int], rejected: int, threshold: Outcome | str | None) -> None:
    from transfers.finding import Outcome

    if threshold == REJECTED and rejected:
        raise click.exceptions.Exit(1)
    if isinstance(threshold, Outcome) and any(Outcome.of_word(word) >= threshold for word in outcomes):
        raise click.exceptions.Exit(1)


class Bar:
    """One line on a terminal that says how far the work has come; nothing in the first second, and nothing elsewhere."""

    WIDTH = 30

    def __init__(self) -> None:
        self._shown = False
        self._next = time.monotonic() + 1.0
        self._on = sys.stderr.isatty()

    def show(self, doing: str, done: int, of: int) -> None:
        if not self._on or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.1
        filled = self.WIDTH * done // of if of else 0
        bar = f"[{'#' * filled}{' ' * (self.WIDTH - filled)}] {done:,} of {of:,}" if of else f"{done:,}"
        click.echo(f"\r\x1b[K{doing} {bar}", nl=False, err=True)
        self._shown = True

    def clear(self) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._shown = False
