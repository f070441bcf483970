"""``transborder country``: the hub of country reports, and the tools of those who keep it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.delivery import form_among
from transfers.cli.options import DayType, deliver, telling, telling_problems

if TYPE_CHECKING:
    from country_reports.country import Country
    from country_reports.hub import Hub
    from country_reports.layout import Collection
    from country_reports.places import Place
    from transfers.documents.blocks import Document

_workspace = click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with your own records, which add to and override the shipped ones.",
)
_as_of = click.option("--as-of", type=DayType(), default=None, help="The day the law is read on (default: today).")
_FORMS = ("text", "md", "html", "json")
_form = click.option(
    "--format", "form", type=click.Choice(_FORMS), help="Default: by the ending of the file, else text."
)
_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file (- for the terminal)."
)


@click.group(name="country")
def command() -> None:
    """Look up a country's law, compare countries, and keep the records true.

    \b
    transborder country show US --as-of 2020-07-15
    transborder country check
    """


@command.command(name="list", short_help="List every place, and how far it was researched.")
@click.option("--group", help="Members of a group on the day, such as eu or council_of_europe.")
@click.option("--treaty", help="Parties to a treaty on the day, such as cets-108.")
@click.option(
    "--adequacy", metavar="ISSUER", help="Places with a finding of this issuer in force, such as eu_commission."
)
@click.option("--depth", type=click.Choice(["full", "exporter", "baseline"]), help="How far the place was researched.")
@click.option("--stale", is_flag=True, help="Only places about which some fact is past its limit.")
@_as_of
@_workspace
def list_places(
    group: str | None,
    treaty: str | None,
    adequacy: str | None,
    depth: str | None,
    stale: bool,
    as_of: date | None,
    workspace: Path | None,
) -> None:
    """List every place on file, one a line, with how far it was researched.

    \b
    transborder country list --treaty cets-108 --depth full
    """
    from country_reports.country import depth_of

    day = as_of or date.today()
    with telling_problems():
        hub = _hub(workspace)
        chosen = [place for place in hub.places if _fits(hub, place, day, group, treaty, adequacy)]
        if stale:
            old = _places_with_stale_facts(hub, day)
            chosen = [place for place in chosen if place.id in old]
        rows = [(place.id, place.name, place.kind.value, depth_of(hub, place.id).value) for place in chosen]
    rows = [row for row in rows if depth in (None, row[3])]
    if sys.stdout.isatty():
        from tabulate import tabulate

        click.echo(f"As of {day}\n")
        click.echo(tabulate(rows, headers=("id", "name", "kind", "researched")))
    else:
        click.echo("\n".join("\t".join(row) for row in rows))


@command.command(name="show", short_help="Show the report on a place, with its sources.")
@click.argument("place")
@_form
@_output
@_as_of
@_workspace
def show(place: str, form: str | None, output: Path | None, as_of: date | None, workspace: Path | None) -> None:
    """Show the report on a place: treaties, adequacy, data protection, access by authorities, redress, sources.

    \b
    transborder country show US --as-of 2020-07-15
    transborder country show Japan --format html -o japan.html
    """
    from clauses.library import Library
    from country_reports.country import country
    from transfers.documents.country import country_document
    from transfers.documents.country_json import country_json
    from transfers.documents.gateways import with_filings

    form = form_among(_FORMS, form, output)
    with telling_problems():
        hub = _hub(workspace)
        report = with_filings(country(hub, _place(hub, place), as_of or date.today()), Library(workspace))
        if form == "json":
            text = json.dumps(country_json(report), indent=2, ensure_ascii=False) + "\n"
        else:
            text = _written(country_document(report, hub.places, hub.vocabulary), form)
    _warn(report)
    deliver(text, output)


@command.command(name="compare", short_help="Put places side by side: treaties, findings, guarantees, law.")
@click.argument("places", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(_FORMS[:3]), help="Default: by the ending of the file, else text.")
@_output
@_as_of
@_workspace
def compare(
    places: tuple[str, ...], form: str | None, output: Path | None, as_of: date | None, workspace: Path | None
) -> None:
    """Put places side by side: treaties, findings, guarantees, regulator, redress.

    \b
    transborder country compare US JP IN --as-of 2026-11-23
    """
    from country_reports.country import country
    from transfers.documents.comparison import comparison_document

    form = form_among(_FORMS[:3], form, output)
    with telling_problems():
        hub = _hub(workspace)
        reports = [country(hub, _place(hub, place), as_of or date.today()) for place in dict.fromkeys(places)]
        text = _written(comparison_document(reports, hub.vocabulary.schemes), form)
    for report in reports:
        _warn(report)
    deliver(text, output)


@command.command(name="history", short_help="Tell every dated change about a place, oldest first.")
@click.argument("place")
@click.option("--since", type=DayType(), default=None, help="Leave out what lies before this day.")
@_form
@_output
@_workspace
def show_history(place: str, since: date | None, form: str | None, output: Path | None, workspace: Path | None) -> None:
    """Tell every dated change about a place that can alter an answer, oldest first.

    \b
    transborder country history GB --since 2020-01-01
    """
    from country_reports.history import history
    from transfers.documents.history import history_document, history_json

    form = form_among(_FORMS, form, output)
    with telling_problems():
        hub = _hub(workspace)
        name = _place(hub, place)
        turns = [
            turn for turn in history(hub, name) if since is None or turn.when >= since.isoformat()[: len(turn.when)]
        ]
        if form == "json":
            text = json.dumps(history_json(hub.places[name], turns), indent=2, ensure_ascii=False) + "\n"
        else:
            text = _written(history_document(hub.places[name], turns), form)
    deliver(text, output)


@command.command(name="check", short_help="Check every record by itself and against the others.")
@click.option(
    "--since", metavar="REVISION", help="Also report facts that stood at this revision or release and are gone."
)
@_workspace
def check_records(since: str | None, workspace: Path | None) -> None:
    """Check every record by itself and against the others. Exit 1 if anything is wrong.

    \b
    transborder country check --since HEAD~1
    """
    from country_reports.hub import SHIPPED_FOLDER
    from country_reports.layout import files_of
    from country_reports.maintenance.check import check, vanished

    folders = _folders(workspace)
    problems = check(folders, date.today())
    if since is not None:
        with _state(since) as before:
            problems += vanished(before, SHIPPED_FOLDER)
    for problem in problems:
        telling(problem)
    if problems:
        click.echo("1 problem" if len(problems) == 1 else f"{len(problems)} problems", err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"{sum(1 for folder in folders for _ in files_of(folder))} files, no problem")


@command.command(name="diff", short_help="Tell what differs between two states of the records.")
@click.argument("old")
@click.argument("new", required=False)
@_workspace
def diff(old: str, new: str | None, workspace: Path | None) -> None:
    """Tell what differs between two states of the records: folders, git revisions or releases (default: now).

    \b
    transborder country diff HEAD~1
    """
    from contextlib import ExitStack

    from country_reports.layout import read_all
    from country_reports.maintenance.diff import changes, unread
    from transfers.documents.changes import change_lines

    with ExitStack() as stack, telling_problems():
        before = read_all(stack.enter_context(_state(old)))
        after = read_all(stack.enter_context(_state(new)) if new is not None else _folders(workspace)[-1])
        _refuse_bad(after)
        found, left_out = changes(before, after), unread(before)
        places = _hub(workspace).places
    for change in found:
        for line in change_lines(change, places):
            click.echo(line)
    for name in left_out:
        click.echo(f"left out: {name} cannot be read as it was at {old}", err=True)
    one = "1 fact differs"
    click.echo("no fact differs" if not found else one if len(found) == 1 else f"{len(found)} facts differ")


@command.command(name="new", short_help="Start a report on a place that has none.")
@click.argument("place")
@_workspace
def new(place: str, workspace: Path | None) -> None:
    """Start a report on a place that has none: what to research, in the order of a reader's questions.

    \b
    transborder country new KZ --workspace my-records
    """
    from country_reports.hub import SHIPPED_FOLDER
    from country_reports.maintenance.scaffold import scaffold
    from transfers.documents.writing import write_whole

    with telling_problems():
        hub = _hub(workspace)
        name = _place(hub, place)
    folder = SHIPPED_FOLDER if workspace is None else workspace / "country_reports"
    path = folder / "reports" / f"{name.lower()}.yaml"
    if path.exists():
        raise click.ClickException(f"{path} is there already; edit it")
    if hub.access_report(name) is not None:
        told = "put the records that differ, under their ids, into a file of your own instead"
        raise click.ClickException(f"there is a report on {hub.places[name].name_in_text}; {told}")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, scaffold(hub.places[name], date.today()))
    click.echo(
        f"{path}\nAnswer its open questions with dated, sourced records; `transborder country check` says what is still wrong."
    )


@command.command(name="stale", short_help="List what must be verified again, worst first.")
@click.option("--on", type=DayType(), default=None, help="The day to look from (default: today).")
@click.option("--unverified", is_flag=True, help="Also list the facts that nobody has checked yet.")
@_workspace
def stale_facts(on: date | None, unverified: bool, workspace: Path | None) -> None:
    """List what must be verified again, worst first.

    \b
    transborder country stale --on 2027-01-01
    """
    from country_reports.layout import read_all
    from country_reports.maintenance.freshness import due
    from transfers.documents.changes import named

    day = on or date.today()
    with telling_problems():
        collections = [read_all(folder) for folder in _folders(workspace)]
        _refuse_bad(*collections)
        found = due(collections, day)
        places = _hub(workspace).places
    for item in found.overdue:
        told = f"{item.days} days over its limit, last verified {item.verified_on}"
        click.echo(f"{item.entry.id}\t{told}\t{named(item.entry, places)}")
    if unverified:
        for entry in found.unverified:
            click.echo(f"{entry.id}\tnever verified\t{named(entry, places)}")
    click.echo(
        f"As of {day}: {len(found.overdue)} facts past their limit, {len(found.unverified)} never verified", err=True
    )


@command.command(name="fmt", short_help="Lay records out in the one way.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; exit 1 if a file is laid out in another way."
)
@_workspace
def fmt(paths: tuple[Path, ...], only_check: bool, workspace: Path | None) -> None:
    """Lay records out in the one way, so that a change of law is a small change of text.

    \b
    transborder country fmt --check
    """
    from country_reports.layout import files_of
    from country_reports.maintenance.fmt import format_file
    from country_reports.records import BadRecord, Problem
    from transfers.documents.writing import write_whole

    folders = [path for path in paths if path.is_dir()] or ([] if paths else [_folders(workspace)[-1]])
    files = [path for path in paths if path.is_file()] + [path for folder in folders for path, _ in files_of(folder)]
    changed: list[Path] = []
    problems: list[Problem] = []
    for path in files:
        try:
            before, after = format_file(path)
        except BadRecord as error:
            problems += error.problems
            continue
        if before != after:
            changed.append(path)
            if not only_check:
                write_whole(path, after)
    for problem in problems:
        telling(problem)
    for path in changed:
        click.echo(f"{'would change' if only_check else 'changed'}  {path}")
    click.echo(f"{len(files)} files, {len(changed)} {'to change' if only_check else 'changed'}", err=True)
    if problems:
        raise click.exceptions.Exit(2)
    if only_check and changed:
        raise click.exceptions.Exit(1)


def _hub(workspace: Path | None) -> Hub:
    from country_reports.hub import Hub

    return Hub(workspace)


def _folders(workspace: Path | None) -> list[Path]:
    """The folders of records in the order in which they lie over one another."""
    from country_reports.hub import SHIPPED_FOLDER

    own = workspace / "country_reports" if workspace is not None else None
    return [SHIPPED_FOLDER, own] if own is not None and own.is_dir() else [SHIPPED_FOLDER]


def _place(hub: Hub, name: str) -> str:
    from country_reports.places import UnknownPlace

    try:
        return hub.places.resolve(name)
    except UnknownPlace as error:
        raise click.UsageError(str(error)) from None


def _fits(hub: Hub, place: Place, day: date, group: str | None, treaty: str | None, adequacy: str | None) -> bool:
    from country_reports.facts import Role, Truth

    on = hub.on(day)
    if group is not None and on.member(place.id, _known(group, hub.group_ids, "group")).truth is not Truth.YES:
        return False
    if treaty is not None and on.party(place.id, _known(treaty, hub.treaty_ids, "treaty")).truth is not Truth.YES:
        return False
    if adequacy is None:
        return True
    issuer = _known(adequacy, tuple(hub.issuers), "issuer")
    return any(act.ground.role is Role.SUPPORTS for act in on.adequacy(place.id, (issuer,)))


def _known(name: str, names: Iterable[str], what: str) -> str:
    import difflib

    known = {one.replace("-", "_"): one for one in names}
    wanted = name.casefold().replace("-", "_")
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, n=3) or sorted(known)
    raise click.UsageError(f"there is no {what} {name!r}; known: {', '.join(near)}")


def _places_with_stale_facts(hub: Hub, day: date) -> set[str]:
    from country_reports.layout import read_all
    from country_reports.maintenance.freshness import due

    return {place for item in due(map(read_all, hub.folders), day).overdue for place in item.entry.places}


def _written(document: Document, form: str) -> str:
    from transfers.documents.writers import WRITERS

    return WRITERS[form](document)


def _warn(report: Country) -> None:
    for problem in report.problems:
        telling(problem, "left out: ")


def _refuse_bad(*collections: Collection) -> None:
    from country_reports.records import BadRecord

    problems = [problem for collection in collections for problem in collection.problems]
    if problems:
        raise BadRecord(problems)


@contextmanager
def _state(name: str) -> Iterator[Path]:
    """An earlier state of the shipped records, or a folder."""
    from country_reports.hub import SHIPPED_FOLDER
    from country_reports.maintenance.revision import NoSuchState, state

    try:
        with state(name, SHIPPED_FOLDER) as folder:
            yield folder
    except NoSuchState as error:
        raise click.UsageError(str(error)) from None
