"""How assessments reach the reader: on the terminal, in one file, or in a folder with one document for each destination."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from transfers.assessment import Assessment
    from transfers.documents.blocks import Document, House
    from transfers.documents.tia import Tia
    from transfers.knowledge import Knowledge
    from transfers.languages import Language

FORMATS = ("text", "md", "html", "docx", "pdf", "xlsx", "json")
PACKED = ("docx", "pdf", "xlsx")
"""Formats that are no text, and so go into a file only."""
MAX_MARKING = 120
"""Characters of a marking, which stands on every page."""
_ENDINGS = {
    ".txt": "text",
    ".md": "md",
    ".html": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".json": "json",
}
_OF_OTHER_PROGRAMS = (".doc", ".odt", ".rtf", ".xls", ".ods")
"""What an office program would fail to open if Markdown stood in it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the reader wants: the format, the layout, where to, and the look of the house."""

    form: str | None
    layout: str
    output: str | None
    template: Path | None
    logo: Path | None
    marking: str | None
    many: bool
    language: Language

    @property
    def folder(self) -> Path | None:
        """The folder to write into, where it is one."""
        if self.output is None or not (self.many or self.output.endswith("/") or Path(self.output).is_dir()):
            return None
        return Path(self.output)

    @property
    def format(self) -> str:
        """As asked for; else by the ending of the file, Markdown into files of another ending, text on the terminal."""
        if self.form is None and self.folder is not None:
            return "md"
        return form_of(self.form, self.output)

    def check(self) -> None:
        """Whether the wishes fit together.

        Raises:
            UsageError: a file format without a file, or a look that the format does not have.
        """
        form = self.format
        if self.marking is not None and len(self.marking) > MAX_MARKING:
            raise click.UsageError(f"--marking has {len(self.marking)} characters; a line has room for {MAX_MARKING}")
        if form in PACKED and self.output is None:
            raise click.UsageError(f"{form.upper()} is no text: give -o FILE or -o FOLDER/")
        if form == "json" and self.language.code != "en":
            raise click.UsageError("--lang has no effect on --format json, which is for machines and always in English")
        for option, given, forms in (
            ("--template", self.template, ("docx",)),
            ("--logo", self.logo, ("docx", "pdf", "html")),
            ("--marking", self.marking, ("md", "html", "docx", "pdf", "xlsx")),
        ):
            if given is not None and form not in forms:
                raise click.UsageError(f"{option} has no effect on --format {form}; it goes with {', '.join(forms)}")


def form_of(form: str | None, output: str | None, also: Mapping[str, str] = MappingProxyType({})) -> str:
    """As asked for; else by the ending of the file, Markdown into files of another ending, text on the terminal.

    ``also`` are endings that this command writes besides.

    Raises:
        UsageError: an office program would fail to open such a file.
    """
    if form is not None or output is None:
        return form or "text"
    endings = {**_ENDINGS, **also}
    ending = Path(output).suffix.casefold()
    if ending in _OF_OTHER_PROGRAMS:
        raise click.UsageError(f"no {ending} file is written; give one of {', '.join(endings)}, or --format")
    return endings.get(ending, "md")


def deliver_assessments(assessments: list[Assessment], knowledge: Knowledge, order: Order, as_of: date) -> None:
    """Write what was ordered, whole or not at all.

    Raises:
        BadRecord: the template or the logo is none.
        MissingExtra: the format needs a library that is not installed.
    """
    from transfers.documents.saying import _, dated, speaking, told
    from transfers.documents.terminal import overview
    from transfers.documents.writing import write_whole

    folder = order.folder
    if folder is not None:
        written = _files(assessments, knowledge, order, folder)
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in written.items():
            write_whole(path, content)
        click.echo(f"As of {as_of.isoformat()}\n")
        click.echo(overview(assessments))
        click.echo(f"\nTransfer impact assessments, one per destination: {', '.join(map(str, written))}")
    elif order.output is not None:
        target = Path(order.output)
        write_whole(target, _document(assessments, knowledge, order))
        click.echo(f"As of {as_of.isoformat()}: {assessments[0].outcome}. Written: {target}")
    elif order.many and order.format == "text":
        with speaking(order.language):
            click.echo(told(_("As of {day}"), day=dated(as_of.isoformat())) + "\n")
            click.echo(overview(assessments))
    else:
        click.echo(_document(assessments, knowledge, order), nl=False)


def _document(assessments: list[Assessment], knowledge: Knowledge, order: Order) -> str | bytes:
    """All assessments in one document, of the destination that they name."""
    from transfers.assessment import as_json
    from transfers.documents.tia import by_destination

    if order.format == "json":
        plain = [as_json(assessment) for assessment in assessments]
        return _json(plain[0] if len(plain) == 1 else plain)
    if order.format == "text":
        return _texts(assessments, order)
    named = {assessment.destination or "unknown" for assessment in assessments}
    tias = [tia for tia in by_destination(assessments, knowledge.hub, order.language) if tia.destination in named]
    house = _house(order)
    written = [_written(tia, order, house) for tia in tias]
    texts = [one for one in written if isinstance(one, str)]
    return "\n".join(texts) if texts else written[0]


def _files(assessments: list[Assessment], knowledge: Knowledge, order: Order, folder: Path) -> dict[Path, str | bytes]:
    """One document for each destination, each made before the first is written."""
    from transfers.documents.tia import by_destination, tia_json
    from transfers.documents.writing import safe_name

    house, form = _house(order), order.format
    files: dict[Path, str | bytes] = {}
    for tia in by_destination(assessments, knowledge.hub, order.language):
        content: str | bytes
        if form == "json":
            content = _json(tia_json(tia))
        elif form == "text":
            content = _texts(tia.assessments, order)
        else:
            content = _written(tia, order, house)
        files[folder / f"tia-{safe_name(tia.destination)}.{'txt' if form == 'text' else form}"] = content
    return files


def _texts(assessments: Iterable[Assessment], order: Order) -> str:
    from transfers.documents.saying import speaking
    from transfers.documents.terminal import assessment_text

    with speaking(order.language):
        return "\n".join(map(assessment_text, assessments))


def _written(tia: Tia, order: Order, house: House) -> str | bytes:
    from country_reports.records import BadRecord, Problem
    from transfers.documents.blocks import BadPicture
    from transfers.documents.tia_document import tia_document
    from transfers.documents.tia_workbook import tia_workbook
    from transfers.documents.writers import PACKED_WRITERS, WRITERS

    form = order.format
    document: Document = tia_workbook(tia, house) if form == "xlsx" else tia_document(tia, order.layout, house)
    try:
        return WRITERS[form](document) if form in WRITERS else PACKED_WRITERS[form](document)
    except BadPicture as error:
        raise BadRecord([Problem(str(order.logo), None, "", f"a picture that cannot be drawn: {error}")]) from None


def _house(order: Order) -> House:
    from transfers.documents.house import house_of

    return house_of(order.template, order.logo, order.marking)


def _json(plain: dict[str, object] | Iterable[object]) -> str:
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"
