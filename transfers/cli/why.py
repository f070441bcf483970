"""``transborder why``."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

import click

from transfers.cli.options import assessment_options, telling_problems


@click.command(name="why")
@click.argument("route", type=click.Path(path_type=Path))
@click.argument("finding", required=False)
@assessment_options
def command(
    route: Path,
    finding: str | None,
    workspace: Path | None,
    as_of: date | None,
    doctrine: str | None,
    accept_stale: bool,
    verified_only: bool,
) -> None:
    """Explain a conclusion finding by finding, down to the sources, and what would have had to be true for another.

    FINDING is a rule such as eu-gdpr.adequacy or a provision such as eu-gdpr:45; without it, all are shown.

    \b
    transborder why examples/fr-messaging-to-ncmec.yaml eu-gdpr:45 --as-of 2026-11-23
    """
    from country_reports.records import read_record
    from transfers.alternatives.variation import Variations
    from transfers.alternatives.why_not import what_would_have_to_be_true
    from transfers.documents.searches import suppositions_document
    from transfers.documents.terminal import explanation
    from transfers.documents.writers import WRITERS
    from transfers.finding import Outcome
    from transfers.knowledge import Knowledge
    from transfers.route import Route
    from transfers.route_files import assess_file
    from transfers.view import Policy

    day, policy = as_of or date.today(), Policy(doctrine, accept_stale, verified_only)
    with telling_problems():
        knowledge = Knowledge(workspace)
        assessment = assess_file(route, knowledge, day, policy)
    findings = [found for regime in assessment.regimes for found in regime.findings] + list(
        assessment.benchmark.findings
    )
    known = sorted({found.rule for found in findings} | {found.provision for found in findings})
    if finding is not None and finding not in known:
        holding = [name for name in known if finding in name] or difflib.get_close_matches(finding, known, n=5)
        near = f"Near it: {', '.join(holding)}. " if holding else ""
        raise click.UsageError(f"this assessment has no finding {finding!r}. {near}All of them: {', '.join(known)}")
    click.echo(explanation(assessment, finding), nl=False)
    if finding is None and not Outcome.of_word(assessment.outcome).permissible:
        variations = Variations(knowledge, day, policy)
        found = what_would_have_to_be_true(read_record(route, Route), assessment, variations)
        click.echo("\n" + WRITERS["text"](suppositions_document(found)), nl=False)
