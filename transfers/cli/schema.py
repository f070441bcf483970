"""``transborder schema``."""

from __future__ import annotations

import json

import click

RECORDS = (
    "route", "importer", "assessment", "agreement", "clause-set", "record-template",
    "adequacy", "country", "exporters", "freshness", "group", "lawful-bases", "outlook", "places", "regime", "treaty", "vocabulary",
)  # fmt: skip


@click.command(name="schema")
@click.argument("record", type=click.Choice(RECORDS))
def command(record: str) -> None:
    """Print the JSON Schema of a record, for editors and for other programs.

    \b
    transborder schema route
    """
    from pydantic import TypeAdapter

    from clauses.agreement import Agreement
    from clauses.in_full import ClauseSetInFull
    from country_reports.layout import SCHEMAS
    from transfers.assessment import Assessment
    from transfers.records_of_processing.template import RecordTemplate
    from transfers.registry.importer import ImporterRecord
    from transfers.route import Route

    models = {
        "route": Route,
        "importer": ImporterRecord,
        "assessment": Assessment,
        "agreement": Agreement,
        "clause-set": ClauseSetInFull,
        "record-template": RecordTemplate,
    } | SCHEMAS
    schema = TypeAdapter(models[record]).json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    click.echo(json.dumps(schema, indent=2, sort_keys=True))
