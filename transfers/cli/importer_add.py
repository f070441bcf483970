"""``transborder importer add``: a new record, by flags or field by field on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from transfers.cli.options import DayType, telling_problems

if TYPE_CHECKING:
    from country_reports.hub import Hub
    from country_reports.records import Plain


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that can be given: its flag, what is asked for it, and how a word or a list of words becomes its value."""

    name: str
    flag: str
    asks: str
    many: bool = False
    needed: bool = False
    read: Callable[[str], Plain] = str


def _certification(text: str) -> Plain:
    """``eu-us-dpf hr,non_hr 2024-01-01 2026-12-24``: scheme, what it covers, first day, and the first day without it if known."""
    told: dict[str, Plain] = dict(
        zip(("scheme", "scope", "valid_from", "valid_to"), text.split(maxsplit=3), strict=False)
    )
    return told | {"scope": [*str(told["scope"]).split(",")]} if "scope" in told else told


def _sub_processor(text: str) -> Plain:
    """``Example Helpdesk Ltd @ IN``: who, and where."""
    name, _, place = text.rpartition("@")
    return {"name": name.strip(), "place": place.strip()} if name else {"name": place.strip()}


SOURCE = "source"
NONE = "none"
FIELDS = (
    _Field("id", "--id", "Short name for routes: letters, digits, hyphens", needed=True),
    _Field("name", "--name", "Legal name", needed=True),
    _Field("country", "--country", "Country where it is established", needed=True),
    _Field("kind", "--kind", "Kind of body, such as company, association or public_authority", needed=True),
    _Field("legal_form", "--legal-form", "Legal form"),
    _Field("website", "--website", "Website"),
    _Field("lei", "--lei", "Legal Entity Identifier"),
    _Field("parent", "--parent", "Country of its parent"),
    _Field("storage", "--storage", "Countries of storage", many=True),
    _Field("access_from", "--access-from", "Countries from which data can be seen", many=True),
    _Field("legal_categories", "--category", "Legal categories that apply to it", many=True),
    _Field("gdpr_applies_directly", "--gdpr", "Does the GDPR apply to its processing directly (yes, no, unknown)"),
    _Field("certifications", "--certification", "Certifications, each as 'scheme scope,scope first-day day-after'", many=True, read=_certification),
    _Field("sub_processors", "--sub-processor", "Sub-processors, each as 'name @ country'", many=True, read=_sub_processor),
    _Field(SOURCE, "--source", "How this is known: a document, person or page", needed=True),
)  # fmt: skip
"""What is asked for, in this order. A list that says ``none`` is empty; a field that is not given stays unknown."""


def _flags(function: Callable[..., None]) -> Callable[..., None]:
    for field in reversed(FIELDS):
        more = f"; repeat for more, or '{NONE}'" if field.many else ""
        name = field.flag.strip("-").replace("-", "_")
        function = click.option(field.flag, name, multiple=field.many, help=f"{field.asks}{more}.")(function)
    return function


@click.command(name="add", short_help="Add an importer to a workspace.")
@_flags
@click.option(
    "--workspace", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to add it to."
)
@click.option("--as-of", type=DayType(), default=None, help="The day on which this is known (default: today).")
def add(workspace: Path, as_of: date | None, **flags: Any) -> None:
    """Add an importer to a workspace. On a terminal, what is needed and not given is asked for, field by field.

    \b
    transborder importer add --id acme-us --name "Acme, Inc." --country US --kind company --source "Vendor form of 2026-11-02" --workspace W
    """
    from country_reports.hub import Hub
    from transfers.registry.files import add_importer, twins_of
    from transfers.registry.shelf import Registry

    day = as_of or date.today()
    own = workspace if workspace.is_dir() else None
    hub, registry = Hub(own), Registry(own)
    given = {field.name: _given(field, flags[field.flag.strip("-").replace("-", "_")]) for field in FIELDS}
    told: dict[str, Plain] = {name: value for name, value in given.items() if value is not None}
    missing = [field for field in FIELDS if field.needed and field.name not in told]
    if missing and not sys.stdin.isatty():
        raise click.UsageError(f"give {', '.join(field.flag for field in missing)}; on a terminal you are asked")
    if missing:
        _ask_for_the_rest(told, hub, day)
    source = str(told.pop(SOURCE))
    with telling_problems():
        record, path = add_importer(workspace, told, source, hub, day)
    for twin in twins_of(record, registry):
        click.echo(f"warning: {twin}", err=True)
    click.echo(f"Written: {path}")


def _given(field: _Field, value: str | tuple[str, ...] | None) -> Plain:
    if isinstance(value, tuple):
        return _as_list(field, value) if value else None
    return None if value is None else field.read(value)


def _as_list(field: _Field, words: Iterable[str]) -> Plain:
    told = [word.strip() for word in words if word.strip()]
    return [] if [word.casefold() for word in told] == [NONE] else [field.read(word) for word in told]


def _ask_for_the_rest(told: dict[str, Plain], hub: Hub, day: date) -> None:
    """Each field that was not given, until its value fits; Enter leaves what is not needed unknown."""
    click.echo("Enter leaves a field unknown. Several values: with semicolons between them.", err=True)
    for field in FIELDS:
        while field.name not in told:
            answer = click.prompt(
                field.asks, default=None if field.needed else "", show_default=False, err=True
            ).strip()
            if not answer and not field.needed:
                break
            value = _as_list(field, answer.split(";")) if field.many else field.read(answer)
            problems = [] if field.name == SOURCE else _problems(field, {**told, field.name: value}, hub, day)
            for problem in problems:
                click.echo(f"  {problem}", err=True)
            if answer and not problems:
                told[field.name] = value


_STAND_IN: dict[str, Plain] = {"id": "x", "name": "x", "country": "FR", "kind": "company"}


def _problems(field: _Field, told: dict[str, Plain], hub: Hub, day: date) -> list[str]:
    """What is wrong with one field, those that are still to come being in order."""
    from country_reports.records import BadRecord
    from transfers.registry.files import checked

    try:
        checked({**_STAND_IN, **told}, hub, day)
    except BadRecord as error:
        return [problem.message for problem in error.problems if problem.field.startswith(field.name)]
    return []
