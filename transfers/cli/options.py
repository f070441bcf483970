"""Options that mean the same in every command, and the way bad input is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from country_reports.records import LAST_DAY, BadRecord, Problem

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

DOCTRINES = ("edpb", "cnil", "ico", "fdpic", "strict")


class DayType(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a date; write year-month-day, such as 2026-11-23", param, ctx)
        if day > LAST_DAY:
            self.fail(f"{value!r} is later than any day that is read; the last is {LAST_DAY}", param, ctx)
        return day


class OutcomeType(click.ParamType[object]):
    """The word for an outcome."""

    name = "outcome"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> object:
        from transfers.finding import Outcome

        if isinstance(value, Outcome):
            return value
        try:
            return Outcome.of_word(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def assessment_options(function: FunctionT) -> FunctionT:
    """--workspace, --as-of, --doctrine, --accept-stale, --verified-only."""
    for option in reversed(_ASSESSMENT_OPTIONS):
        function = option(function)
    return function


_ASSESSMENT_OPTIONS = (
    click.option(
        "--workspace",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Folder with your own importers, country reports and clauses, which add to and override the shipped ones.",
    ),
    click.option("--as-of", type=DayType(), default=None, help="The day the law is read on (default: today)."),
    click.option(
        "--doctrine", type=click.Choice(DOCTRINES), help="Take one side where authorities differ, and say so."
    ),
    click.option("--accept-stale", is_flag=True, help="Let permissions rest on facts that were not checked in time."),
    click.option("--verified-only", is_flag=True, help="Let no permission rest on a fact that was not checked."),
)


@contextmanager
def telling_problems() -> Iterator[None]:
    """Turn bad records into one line per problem on standard error and exit code 2."""
    try:
        yield
    except BadRecord as error:
        for problem in error.problems:
            telling(problem)
        raise click.exceptions.Exit(2) from None


def telling(problem: Problem, prefix: str = "") -> None:
    """One problem on one line of standard error."""
    click.echo(prefix + _relative(problem), err=True)


def _relative(problem: Problem) -> str:
    """Paths below the current folder are shown as the user would write them."""
    try:
        name = str(Path(problem.file).relative_to(Path.cwd()))
    except ValueError:
        name = problem.file
    return str(Problem(name, problem.line, problem.field, problem.message))


def refuse_overwriting(form: Path, option: str) -> None:
    """A form may have been filled in since it was written, and is never written over.

    Raises:
        UsageError: a file is there.
    """
    if form.exists():
        raise click.UsageError(
            f"{form} is there already and may be filled in; give {option} another name, or move it away"
        )


def deliver(text: str, output: Path | None) -> None:
    """To the terminal, or as a whole file or none."""
    if output is None or str(output) == "-":
        click.echo(text, nl=False)
        return
    if str(output) == ".":
        raise click.UsageError("-o needs the name of a file.")
    from transfers.documents.writing import write_whole

    write_whole(output, text)
    click.echo(f"Written: {output}")
