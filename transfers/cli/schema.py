"""``transborder schema``."""

from __future__ import annotations

import json

import click


@click.command(name="schema")
@click.argument("record", type=click.Choice(["route", "importer", "assessment"]))
def command(record: str) -> None:
    """Print the JSON Schema of a record, for editors and for other programs.

    \b
    transborder schema route
    """
    from pydantic import TypeAdapter

    from transfers.assessment import Assessment
    from transfers.importer import ImporterRecord
    from transfers.route import Route

    models = {"route": Route, "importer": ImporterRecord, "assessment": Assessment}
    schema = TypeAdapter(models[record]).json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    click.echo(json.dumps(schema, indent=2, sort_keys=True))
