"""``transborder clauses assemble`` and ``check``: the paper that two parties sign, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.delivery import form_among
from transfers.cli.options import DayType, deliver, refuse_overwriting, telling_problems

if TYPE_CHECKING:
    from clauses.paper.answers import Answers
    from clauses.paper.contract import Contract
    from clauses.paper.trouble import Trouble
    from country_reports.records import BadRecord, Plain
    from transfers.documents.blocks import Document
    from transfers.knowledge import Knowledge

_FORMS = ("text", "md", "html", "docx", "pdf", "json")
_set = click.option(
    "--set",
    "tools",
    metavar="EXPRESSION",
    multiple=True,
    help='The clauses, such as "eu-scc-2021/m2 WITH uk-addendum": once for all routes, or once for each in their order.',
)
_as_of = click.option(
    "--as-of", type=DayType(), default=None, help="The day on which sets and laws are read (default: today)."
)
_workspace = click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with your own importers, country reports and clauses, which add to and override the shipped ones.",
)


@click.command(name="assemble", short_help="Make out the paper that two parties sign, with its annexes.")
@click.argument("routes", metavar="ROUTE...", nargs=-1, type=click.Path(path_type=Path))
@_set
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    help="YAML with the parties' answers; they go over what the routes say.",
)
@click.option(
    "--answers-template",
    "template",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the open fields to this file, to be filled in and given back with --answers.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    help="Default: by the ending of the file, else text.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file (- for the terminal)."
)
@_as_of
@_workspace
def assemble(
    routes: tuple[Path, ...],
    tools: tuple[str, ...],
    answers: Path | None,
    template: Path | None,
    form: str | None,
    output: Path | None,
    as_of: date | None,
    workspace: Path | None,
) -> None:
    """Make out a paper for two parties: an agreement with its annexes, or a sheet for a form that must be signed itself.

    Each ROUTE is one transfer. What nobody answered is a blank, listed first and marked in its place.

    \b
    transborder clauses assemble route.yaml --set eu-scc-2021/m2 --answers answers.yaml --format docx -o agreement.docx
    """
    from clauses.assembly import assemble as made
    from clauses.library import UnknownTool
    from clauses.paper.answers import read_answers
    from clauses.paper.answers_template import answers_template
    from clauses.paper.draft_file import as_json
    from clauses.paper.trouble import BadAgreement
    from transfers.knowledge import Knowledge

    if not routes and answers is None:
        raise click.UsageError("name a route, or give --answers FILE with the parties")
    if len(tools) > 1 and len(tools) != len(routes):
        raise click.UsageError(
            f"{len(tools)} times --set for {len(routes)} routes: give it once, or once for each route"
        )
    if template is not None:
        refuse_overwriting(template, "--answers-template")
    form = form_among(_FORMS, form, output)
    day = as_of or date.today()
    with telling_problems():
        knowledge = Knowledge(workspace)
        written = read_answers(answers) if answers is not None else {}
        known = _known(routes, tools, knowledge, day).overlaid(written)
        try:
            contract = _contract(known, answers or routes[0], knowledge, day)
            draft = made(contract)
        except UnknownTool as error:
            raise click.UsageError(str(error)) from None
        except BadAgreement as error:
            raise _as_problems(error.troubles, answers, written, routes) from None
    if template is not None:
        deliver(answers_template(draft), template)
        if output is None:
            return
    if form == "json":
        deliver(as_json(draft, contract), output)
    else:
        from transfers.documents.agreement import agreement_document

        _write(form, agreement_document(draft), output)
    if output is not None and draft.blanks:
        click.echo(f"{len(draft.blanks)} fields are open; --answers-template FILE lists them.", err=True)


@click.command(name="check", short_help="Say what a paper lacks, and what in it contradicts its set.")
@click.argument("draft", metavar="DRAFT", type=click.Path(path_type=Path))
@_set
@_as_of
@_workspace
def check(draft: Path, tools: tuple[str, ...], as_of: date | None, workspace: Path | None) -> None:
    """Say what a paper lacks or what in it contradicts its set: each with the clause and what would be right. Exit 1 if anything.

    DRAFT is the JSON that `assemble` wrote, or a file of answers that names its set, there or with --set.

    \b
    transborder clauses check draft.json
    """
    from clauses.completeness import lacks
    from clauses.library import UnknownTool
    from transfers.knowledge import Knowledge

    day = as_of or date.today()
    _refuse_what_is_not_checked(draft, tools)
    with telling_problems():
        knowledge = Knowledge(workspace)
        try:
            if draft.suffix == ".json":
                found = _lacking_in_draft(draft, knowledge, day)
            else:
                contract = _contract(_answers_alone(draft, tools), draft, knowledge, day)
                found = lacks(contract)
        except UnknownTool as error:
            if tools:
                raise click.UsageError(f"--set: {error}") from None
            click.echo(f"tool: {error}")
            raise click.exceptions.Exit(1) from None
    click.echo(f"As of {day}")
    for trouble in found:
        click.echo(f"{trouble.field}: {trouble}")
    click.echo(
        f"{len(found)} {'point' if len(found) == 1 else 'points'} to settle."
        if found
        else "Nothing is missing that we can see."
    )
    if found:
        raise click.exceptions.Exit(1)


def _known(routes: tuple[Path, ...], tools: tuple[str, ...], knowledge: Knowledge, day: date) -> Answers:
    """What the routes and the records of their importers answer."""
    from transfers.agreement_of_route import answers_of
    from transfers.route_files import of_file

    read = [of_file(path, lambda route: (route, knowledge.extract(route, day, numbered=False))[0]) for path in routes]
    return answers_of(read, tools, knowledge, day)


def _refuse_what_is_not_checked(draft: Path, tools: tuple[str, ...]) -> None:
    """Papers are written for people, and a draft names its own set.

    Raises:
        UsageError: the file is such a paper, or --set would go unread.
    """
    ending = draft.suffix.casefold()
    if ending in (".docx", ".pdf", ".html", ".md", ".txt"):
        raise click.UsageError(
            f"{draft}: a paper cannot be read back. Check the JSON of the same draft: clauses assemble ... -o {draft.stem}.json"
        )
    if tools and ending == ".json":
        raise click.UsageError(
            f"{draft} is a draft and names its own set: leave --set out, or assemble it anew with that set"
        )


def _answers_alone(path: Path, tools: tuple[str, ...]) -> Answers:
    from clauses.paper.answers import Answers, read_answers

    if len(tools) > 1:
        raise click.UsageError("give --set once; other sets stand with their transfers in the file")
    _refuse_what_leans_on_a_route(path)
    named: dict[str, Plain] = {"tool": tools[0]} if tools else {}
    return Answers({**read_answers(path), **named}, {})


def _refuse_what_leans_on_a_route(path: Path) -> None:
    """A route, and the answers that go over one, are no whole agreement: what they lack may stand in the other.

    Raises:
        UsageError: the file is one of them; the message says how the two are checked together.
        BadRecord: it is no YAML.
    """
    from country_reports.records import parse, read_source

    plain = parse(read_source(path), str(path))
    if not isinstance(plain, dict):
        return
    parties = plain.get("parties")
    named = [one for one in parties.values() if isinstance(one, dict)] if isinstance(parties, dict) else []
    if "exporter" in plain or "importer" in plain:
        found, made = "is a route, and no answers", f"clauses assemble {path} --set EXPRESSION -o draft.json"
    elif "transfers" not in plain and named and not any(one.get("side") for one in named):
        found = "does not say on which `side` its parties stand, so it goes over a route that does"
        made = f"clauses assemble ROUTE --set EXPRESSION --answers {path} -o draft.json"
    else:
        return
    raise click.UsageError(f"{path} {found}. Make a draft, then check that: transborder {made}")


def _contract(known: Answers, path: Path, knowledge: Knowledge, day: date) -> Contract:
    from clauses.paper.contract import Contract

    agreement = known.agreement(str(path))
    if agreement.tool is None and all(one.tool is None for one in agreement.transfers.values()):
        raise click.UsageError("which clauses? Give --set EXPRESSION, or `tool` in the answers")
    return Contract(agreement, knowledge.library, knowledge.hub, day, known.origins)


def _lacking_in_draft(path: Path, knowledge: Knowledge, day: date) -> tuple[Trouble, ...]:
    """What the answers behind a draft lack, and what in its words is no longer what they give."""
    from clauses.completeness import lacks
    from clauses.paper.contract import Contract
    from clauses.paper.draft_file import changed_by_hand, read_draft

    file = read_draft(path)
    made = Contract(file.agreement, knowledge.library, knowledge.hub, file.as_of, file.origins)
    contract = Contract(file.agreement, knowledge.library, knowledge.hub, day, file.origins)
    return (*lacks(contract), *changed_by_hand(file, made))


def _as_problems(
    troubles: Iterable[Trouble], answers: Path | None, written: dict[str, Plain], routes: tuple[Path, ...]
) -> BadRecord:
    """Each trouble on the line of the answer it is about; what no answer says was said by a route, or on the command line."""
    from country_reports.records import BadRecord, Problem, line_of_field, read_source

    def told(trouble: Trouble) -> Problem:
        if answers is not None and _stands_in(trouble.field, written):
            text = read_source(answers)
            return Problem(str(answers), line_of_field(text, str(answers), trouble.field), trouble.field, str(trouble))
        return Problem(
            str(routes[0]) if routes else "answers", None, _OF_COMMAND.get(trouble.field, trouble.field), str(trouble)
        )

    return BadRecord(told(one) for one in troubles)


def _stands_in(field: str, written: dict[str, Plain]) -> bool:
    """Whether a person wrote this field, or one that holds it."""
    place: Plain = written
    for part in field.split("."):
        name = part.partition("[")[0]
        if not isinstance(place, dict) or name not in place:
            return False
        place = place[name]
    return True


def _write(form: str, document: Document, output: Path | None) -> None:
    from transfers.documents.writers import PACKED_WRITERS, WRITERS
    from transfers.documents.writing import write_whole

    if form in WRITERS:
        deliver(WRITERS[form](document), output)
        return
    if output is None or str(output) == "-":
        raise click.UsageError(f"{form.upper()} is no text: give -o FILE")
    write_whole(output, PACKED_WRITERS[form](document))
    click.echo(f"Written: {output}")


_OF_COMMAND = {"tool": "--set"}
