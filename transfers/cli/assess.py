"""``transborder assess``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from transfers.cli.delivery import FORMATS, Order, deliver_assessments
from transfers.cli.options import OutcomeType, assessment_options, telling_problems

if TYPE_CHECKING:
    from country_reports.records import Plain, Problem
    from transfers.assessment import Assessment
    from transfers.finding import Outcome
    from transfers.knowledge import Knowledge
    from transfers.languages import Language
    from transfers.view import Policy

LAYOUTS = ("edpb", "cnil", "ico", "convention", "short")
"""The names of ``transfers.documents.layouts``, which a command that is only asked for help does not load."""
LANGUAGES = ("en", "fr")
"""Those of ``transfers.languages``, likewise."""


@click.command(name="assess")
@click.argument("routes", nargs=-1, type=click.Path(path_type=Path))
@click.option("--from", "exporter", help="Country of the exporter (instead of a file).")
@click.option("--to", "destination", help="Destination (instead of a file; default: the importer's country).")
@click.option("--importer", help="Id in the importer registry.")
@click.option("--tool", "tools", multiple=True, help="Transfer tool relied on and signed, such as eu-scc-2021/m1.")
@click.option(
    "--exporter-role", default="controller", show_default=True, help="controller, joint_controller or processor."
)
@click.option(
    "--importer-role", default="unknown", show_default=True, help="controller, joint_controller or processor."
)
@click.option("--purpose", help="Why the data are sent, such as hosting or ocsea_report.")
@click.option(
    "--clear-text",
    type=click.Choice(["yes", "no", "unknown"]),
    default="unknown",
    show_default=True,
    help="Does the importer need the data in the clear?",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=None,
    help="Default: text; with -o by the ending of the file, else md.",
)
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default=LAYOUTS[0],
    show_default=True,
    help="Chapters as one reader is used to: the steps of the EDPB or of the CNIL, the questions of the ICO, Article 14 of Convention 108+ "
    "first, or a summary of two pages.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    help="A Word template (.docx) whose styles, header and footer are used.",
)
@click.option("--logo", type=click.Path(path_type=Path), help="A picture (PNG or JPEG) for the first page.")
@click.option("--marking", help='A marking for each page, such as "Confidential".')
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language of the assessment that is written. JSON and messages stay English.",
)
@click.option(
    "-o",
    "--output",
    help="A file; or, for several routes or with a trailing slash, a folder with one TIA per destination.",
)
@click.option("--fail-on", type=OutcomeType(), help="Exit 1 if an outcome is this strict or stricter.")
@assessment_options
def command(
    routes: tuple[Path, ...],
    exporter: str | None,
    destination: str | None,
    importer: str | None,
    tools: tuple[str, ...],
    exporter_role: str,
    importer_role: str,
    purpose: str | None,
    clear_text: str,
    form: str | None,
    layout: str,
    template: Path | None,
    logo: Path | None,
    marking: str | None,
    language: str,
    output: str | None,
    fail_on: Outcome | None,
    workspace: Path | None,
    as_of: date | None,
    doctrine: str | None,
    accept_stale: bool,
    verified_only: bool,
) -> None:
    """Assess routes and write a transfer impact assessment per destination.

    \b
    transborder assess examples/fr-messaging-to-ncmec.yaml --as-of 2026-11-23
    transborder assess --from FR --to US --importer ncmec --tool eu-scc-2021/m1 --importer-role controller
    transborder assess examples/*.yaml --workspace examples/workspace -o out/
    transborder assess examples/fr-messaging-to-ncmec.yaml --layout convention -o out/ncmec.docx
    """
    from transfers.knowledge import Knowledge
    from transfers.languages import language_of
    from transfers.view import Policy

    if not routes and exporter is None:
        raise click.UsageError("name a route file, or give --from and --to.")
    if routes and exporter is not None:
        raise click.UsageError("give either route files or --from and --to, not both.")
    spoken = language_of(language)
    target = None if output == "-" else output
    order = Order(form, layout, target, template, logo, marking, many=len(routes) > 1, language=spoken)
    order.check()
    day = as_of or date.today()
    policy = Policy(doctrine, accept_stale, verified_only)
    with telling_problems():
        knowledge = Knowledge(workspace)
        if routes:
            assessments = _assess_files(routes, knowledge, day, policy, spoken)
        else:
            fields = {
                "exporter": exporter,
                "destination": destination,
                "importer": importer,
                "purpose": purpose,
                "clear_text": clear_text,
                "exporter_role": exporter_role,
                "importer_role": importer_role,
            }
            assessments = [_assess_flags(fields, tools, knowledge, day, policy, spoken)]
        deliver_assessments(assessments, knowledge, order, day)
    _fail(assessments, fail_on)


def _assess_files(
    paths: tuple[Path, ...], knowledge: Knowledge, day: date, policy: Policy, language: Language
) -> list[Assessment]:
    """Every file, with the problems of all bad ones together."""
    from country_reports.records import BadRecord
    from transfers.route_files import assess_file

    done: list[Assessment] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            done.append(assess_file(path, knowledge, day, policy, language))
        except BadRecord as error:
            problems += error.problems
    problems += _repeated(done, paths)
    if problems:
        raise BadRecord(problems)
    return done


def _repeated(done: list[Assessment], paths: tuple[Path, ...]) -> list[Problem]:
    from country_reports.records import Problem

    ids = [assessment.route for assessment in done]
    return [
        Problem(str(paths[-1]), None, "id", f"two routes are called {name!r}; ids must differ")
        for name in sorted({one for one in ids if ids.count(one) > 1})
    ]


def _assess_flags(
    fields: dict[str, str | None],
    tools: tuple[str, ...],
    knowledge: Knowledge,
    day: date,
    policy: Policy,
    language: Language,
) -> Assessment:
    from country_reports.records import BadRecord, Problem, fit
    from transfers.assessment import assess
    from transfers.field_problems import BadRoute
    from transfers.route import Route

    record: dict[str, Plain] = {
        "id": "command-line",
        "exporter": {"country": fields["exporter"], "role": fields["exporter_role"]},
        "importer": fields["importer"],
        "destination": fields["destination"],
        "importer_role": fields["importer_role"],
        "collected_directly": False,
        "purpose": fields["purpose"],
        "data": {"clear_text_needed": fields["clear_text"]},
        "mechanisms": [{"tool": tool, "status": "signed"} for tool in tools],
    }
    route = fit(record, Route, "command line")
    try:
        return assess(route, knowledge, day, policy, language)
    except BadRoute as error:
        raise BadRecord(
            Problem("command line", None, problem.field, problem.message) for problem in error.problems
        ) from None


def _fail(assessments: list[Assessment], threshold: Outcome | None) -> None:
    from transfers.finding import Outcome

    if threshold is not None and any(Outcome.of_word(one.outcome) >= threshold for one in assessments):
        raise click.exceptions.Exit(1)
