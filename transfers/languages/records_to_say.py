"""What the shipped records say to the reader of a transfer impact assessment, string by string: the work of a translator.

``python -m transfers.languages.records_to_say`` tells how far each translation of the records has come; with ``--update`` it
first brings their catalogues in line with the records: new strings come in untranslated, places and order are put right.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from clauses.clause_set import ClauseSet, Module
from country_reports.access import AccessLaw, AccessReport, Defeat, Guarantee, Practice
from country_reports.adequacy_act import AdequacyAct, AdequacyFile, Exclusion, Requirement
from country_reports.compiled import HOUSE
from country_reports.group import Group
from country_reports.records import BadRecord, read_record
from country_reports.reference import LawfulBasis, VocabularyFile
from country_reports.regime import Binding, Filing, Gateway, GatewayTest, Regime
from country_reports.treaty import EntryIntoForce, Treaty
from transfers.compiling import shipped
from transfers.law.catalogue import Instrument

if TYPE_CHECKING:
    from babel.messages import Catalog

CATALOGUES = HOUSE / "transfers" / "locale"
"""One folder for each language, as gettext wants it."""

WORDS: dict[type[BaseModel], tuple[str, ...]] = {
    Instrument: ("title", "provisions"),
    VocabularyFile: ("schemes", "categories"),
    Treaty: ("title", "short"),
    EntryIntoForce: ("text",),
    Group: ("name",),
    AdequacyFile: ("name",),
    AdequacyAct: ("instrument", "duties", "ended_by", "watch"),
    Requirement: ("text",),
    Exclusion: ("text",),
    ClauseSet: ("name", "short", "instrument"),
    Module: ("name",),
    Binding: ("name", "short", "legal_basis"),
    Regime: ("name",),
    GatewayTest: ("asks", "provision"),
    Gateway: ("provision", "conditions"),
    Filing: ("what", "to", "deadline"),
    LawfulBasis: ("statement",),
    AccessReport: ("summary",),
    AccessLaw: ("name", "addressees", "prior_authorisation.text", "remedies_for_foreigners", "sunset"),
    Guarantee: ("reasoning", "watch", "cited_authority"),
    Practice: ("cited_authority",),
    Defeat: ("cited_authority",),
}
"""The fields of each record that an assessment shows. Sources and citations stay in the language in which they can be looked up."""


@dataclass(frozen=True, slots=True)
class Said:
    """One string of a record, and where it stands: its file below the house, and the way to it by ids."""

    text: str
    file: str
    field: str

    @property
    def place(self) -> str:
        """The place as a catalogue names it."""
        return f"{self.file}#{self.field}"

    @property
    def collection(self) -> str:
        """Files of a kind are counted together; reports and laws each by itself."""
        path = Path(self.file)
        apart = path.parent.name in ("reports", "regimes")
        return f"{path.parent.name}/{path.stem}" if apart else path.stem if path.stem in _BY_NAME else path.parent.name


_BY_NAME = ("provisions", "vocabulary", "exporters", "lawful-bases")


def records_to_say() -> dict[str, tuple[Said, ...]]:
    """Every string with the places where it stands, in the order of the alphabet.

    Raises:
        BadRecord: a shipped file does not fit its model.
    """
    found: dict[str, list[Said]] = {}
    for path, model in shipped():
        file = path.relative_to(HOUSE).as_posix()
        for field, text in _strings(read_record(path, model)):
            found.setdefault(text, []).append(Said(text, file, field))
    return {text: tuple(found[text]) for text in sorted(found)}


def _strings(record: BaseModel, way: str = "") -> Iterator[tuple[str, str]]:
    """What a record says, with the way to it."""
    for name in WORDS.get(type(record), ()):
        yield from _text(_value(record, name), f"{way}{name}")
    for name in type(record).model_fields:
        for key, part in _records(getattr(record, name)):
            yield from _strings(part, f"{way}{name}{key}.")


def _value(record: BaseModel, name: str) -> object:
    value: object = record
    for part in name.split("."):
        value = getattr(value, part, None)
    return value


def _text(value: object, way: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and value:
        yield way, value
    elif isinstance(value, dict):
        for key, text in value.items():
            yield from _text(text, f"{way}.{key}")
    elif isinstance(value, tuple):
        for number, text in enumerate(value):
            yield from _text(text, f"{way}.{number}")


def _records(value: object) -> Iterator[tuple[str, BaseModel]]:
    if isinstance(value, BaseModel):
        yield "", value
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            if isinstance(part, BaseModel):
                key = next((getattr(part, name) for name in _KEYS if getattr(part, name, None)), number)
                yield f".{key}", part


_KEYS = ("id", "regime", "place")


def catalogues() -> tuple[Path, ...]:
    """The translations of the records, one file for each language."""
    return tuple(sorted(CATALOGUES.glob("*/LC_MESSAGES/records.po")))


def read_catalogue(path: Path) -> Catalog:
    """One translation.

    Raises:
        babel.messages.pofile.PoFileError: the file is no catalogue.
    """
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, abort_invalid=True)


def translations_in(catalogue: Catalog) -> dict[str, str]:
    """What is translated, by the English of it."""
    return {str(one.id): str(one.string) for one in catalogue if one.id and one.string}


def stale_in(catalogue: Catalog, said: dict[str, tuple[Said, ...]]) -> Iterator[str]:
    """Strings of a catalogue that no record says any more, each with the places where it stood."""
    for one in catalogue:
        if one.id and one.id not in said:
            where = ", ".join(place for place, _ in one.locations) or "a record that the catalogue does not name"
            yield f"{where}: the record no longer says {str(one.id)!r}; translate what it says now, and take this entry out"


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a collection is translated."""

    collection: str
    strings: int
    words: int
    untranslated: int


def progress(catalogue: Catalog, said: dict[str, tuple[Said, ...]]) -> tuple[Progress, ...]:
    """Collection by collection; a string is counted where it first stands."""
    done = translations_in(catalogue)
    counted: dict[str, list[str]] = {}
    for text, places in said.items():
        counted.setdefault(places[0].collection, []).append(text)
    return tuple(
        Progress(name, len(texts), sum(len(text.split()) for text in texts), sum(text not in done for text in texts))
        for name, texts in sorted(counted.items())
    )


def updated(catalogue: Catalog, said: dict[str, tuple[Said, ...]]) -> Catalog:
    """The catalogue as the records have it now: what is translated stays, what is new comes in, places are put right."""
    from babel.messages import Catalog

    done = translations_in(catalogue)
    fresh = Catalog(locale=catalogue.locale, fuzzy=False)
    for text, places in said.items():
        fresh.add(text, done.get(text, ""), locations=[(place.place, 0) for place in places])
    return fresh


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """One entry a string, in the order of the English; the head of the file, its glossary included, stays as it is."""
    from babel.messages.pofile import write_po

    head = path.read_text("utf-8").partition("\n\n")[0]
    entries = BytesIO()
    write_po(entries, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)
    path.write_bytes(head.encode() + b"\n\n" + entries.getvalue().strip() + b"\n")


def main(arguments: list[str]) -> int:
    """Bring the catalogues in line where asked to, and tell how far they have come; 1 where one holds what no record says."""
    said = records_to_say()
    stale: list[str] = []
    for path in catalogues():
        catalogue = read_catalogue(path)
        stale += stale_in(catalogue, said)
        if "--update" in arguments and not stale:
            catalogue = updated(catalogue, said)
            write_catalogue(catalogue, path)
        _print(path.parent.parent.name, progress(catalogue, said))
    for line in stale:
        print(line, file=sys.stderr)
    return 1 if stale else 0


def _print(language: str, found: tuple[Progress, ...]) -> None:
    print(f"{'collection (' + language + ')':28}{'strings':>9}{'words':>9}{'untranslated':>14}")
    for one in found:
        print(f"{one.collection:28}{one.strings:9}{one.words:9}{one.untranslated:14}")
    total = [sum(getattr(one, name) for one in found) for name in ("strings", "words", "untranslated")]
    print(f"{'all':28}{total[0]:9}{total[1]:9}{total[2]:14}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BadRecord as error:
        sys.exit(str(error))
