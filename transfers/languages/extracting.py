"""Brings the catalogues up to date with the code and the records: ``python -m transfers.languages.extracting``.

Texts that are new get an empty translation, those that are gone are left out, all others keep what they have; so does the comment at
the head of a catalogue. Names of places
without a translation get that of the Unicode CLDR, or ours where it has none or another.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import takewhile
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel

from clauses.clause_set import ClauseSet
from clauses.parts import Demand, Module
from country_reports import access, guarantees, regime
from country_reports.access import AccessLaw, AccessReport, Defeat, Guarantee, Practice
from country_reports.adequacy_act import AdequacyAct, AdequacyFile, Exclusion, Requirement
from country_reports.group import Group
from country_reports.hub import SHIPPED_FOLDER
from country_reports.places import PlaceRecord, PlacesFile
from country_reports.records import read_record
from country_reports.reference import LawfulBasis, VocabularyFile
from country_reports.regime import Binding, Filing, Gateway, GatewayTest, Regime
from country_reports.treaty import EntryIntoForce, Treaty
from transfers import route
from transfers.compiling import shipped
from transfers.languages.catalogue import path_of, read
from transfers.languages.language import CODES
from transfers.languages.progress import Progress, progress
from transfers.languages.typography import put_right
from transfers.law.catalogue import PROTECTION_ELEMENTS, CatalogueFile
from transfers.registry import importer

COMMAND = "python -m transfers.languages.extracting"
HOUSE = Path(__file__).resolve().parent.parent.parent

Found: TypeAlias = dict[str, dict[str, None]]
"""Each text with the places it stands in."""


def up_to_date(language: str, domain: str) -> str:
    """The catalogue as it should be, with the translations that the file on disk has."""
    path = path_of(language, domain)
    known = read(path.read_text(encoding="utf-8"), path.name) if path.exists() else {}
    found = _in_code() if domain == "engine" else _in_records()
    names = _places(language) if domain == "records" else {}
    told = {text: put_right(language, known.get(text) or names.get(text, "")) for text in found}
    return _head(path) + _written(language, found, told)


def records_told() -> dict[str, str]:
    """Every text of a shipped record that an assessment tells, with the first place it stands in: ``file:field``.

    Raises:
        BadRecord: a shipped file does not fit its model.
    """
    return {text: min(places) for text, places in _in_records().items()}


def main() -> None:
    """Write every catalogue of every language, and say how much of each is told, and what of the records is still to be done."""
    for language in CODES[1:]:
        for domain in ("engine", "records"):
            path = path_of(language, domain)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(up_to_date(language, domain), encoding="utf-8")
            told = read(path.read_text(encoding="utf-8"), path.name)
            sys.stdout.write(f"{path.relative_to(HOUSE)}: {sum(map(bool, told.values()))} of {len(told)}\n")
            if domain == "records":
                sys.stdout.writelines(_line_of(one) for one in progress(told, records_told()) if one.untranslated)


def _line_of(one: Progress) -> str:
    return f"    {one.collection:24}{one.untranslated:6} of {one.texts} untranslated\n"


def _in_code() -> Found:
    """Literal templates of the three packages, and the words of the enumerations that a reader is shown."""
    from babel.messages.extract import extract_from_dir

    found: Found = {}
    for package in ("country_reports", "clauses", "transfers"):
        messages = extract_from_dir(str(HOUSE / package), [("**.py", "python")], keywords=_KEYWORDS)
        for file, _line, text, _comments, _context in sorted(messages):
            if isinstance(text, str) and text:
                found.setdefault(text, {})[f"{package}/{file}"] = None
    for text, module in _labels():
        found.setdefault(text, {})[module] = None
    return found


_KEYWORDS: dict[str, None] = {"_": None, "marked": None, "stating": None}
"""Functions whose first argument is a template."""


def _labels() -> Iterator[tuple[str, str]]:
    """Words of routes and records as `transfers.documents.words.said` shows them: values of enumerations, names of fields."""
    for kind in _ENUMERATIONS:
        yield from ((value, kind.__module__.replace(".", "/") + ".py") for value in map(_label, kind) if value)
    for model in _SHOWN:
        yield from ((name.replace("_", " "), "transfers/route.py") for name in model.model_fields)
    yield from ((name.replace("_", " "), "transfers/law/catalogue.py") for name in PROTECTION_ELEMENTS)
    vocabulary = read_record(SHIPPED_FOLDER / "vocabulary.yaml", VocabularyFile)
    for words in vocabulary.data_kinds.values():
        yield from ((word.replace("_", " "), "country_reports/vocabulary.yaml") for word in words)


def _label(value: Enum) -> str:
    """What is no word, such as the number of a scenario, needs no other language."""
    word = str(value.value).replace("_", " ")
    return word if re.fullmatch(r"[a-z ]{2,}", word) else ""


_ENUMERATIONS: tuple[type[Enum], ...] = (
    route.ExporterKind, route.PartyRole, route.Purpose, route.Frequency, route.ToolStatus, route.MeasureStatus, route.Service,
    route.Subject, route.SpecialCategory, route.LawfulBasisOfDetection, importer.ImporterKind, importer.OnwardTerms,
    regime.GatewayKind, regime.Depth, regime.Confidence, regime.Assessment, guarantees.Rating, access.Area, access.Conduct,
    access.Degree,
)  # fmt: skip
_SHOWN: tuple[type[BaseModel], ...] = (
    route.Exporter, route.Processing, route.Volume, route.Retention, route.Data, route.Order, route.Ocsea, route.OnwardRecipient,
    importer.ImporterRecord,
)  # fmt: skip
"""Parts of a route, and records, whose fields a document names."""


def _in_records() -> Found:
    """What an assessment or its document tells of shipped records."""
    found: Found = {}
    for path, model in sorted(shipped()):
        name = str(path.relative_to(HOUSE))
        for text, where in _told(read_record(path, model)):
            found.setdefault(text, {})[f"{name}:{where}"] = None
    return found


def _told(record: BaseModel) -> Iterator[tuple[str, str]]:
    if isinstance(record, VocabularyFile):
        yield from ((text, "schemes") for text in record.schemes.values())
        yield from ((text, "categories") for text in record.categories.values())
    if isinstance(record, CatalogueFile):
        for instrument in record.instruments:
            yield instrument.title, instrument.id
            yield from ((about, f"{instrument.id}:{name}") for name, about in instrument.provisions.items())
    for field in _fields_of(type(record)):
        yield from ((text, field) for text in _texts(record, field))
    for name in type(record).model_fields:
        value = getattr(record, name)
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel):
                yield from (
                    (text, where if where.startswith(name) else f"{name}.{where}") for text, where in _told(item)
                )


def _fields_of(model: type[BaseModel]) -> tuple[str, ...]:
    """A model tells the fields that what it extends tells, and its own."""
    return tuple(field for base in model.__mro__ for field in _FIELDS.get(base, ()))


def _texts(record: BaseModel, field: str) -> tuple[str, ...]:
    """One text or several; none where an optional part is missing."""
    try:
        value = attrgetter(field)(record)
    except AttributeError:
        return ()
    return tuple(filter(None, (value,) if isinstance(value, str) else value or ()))


_FIELDS: dict[type, tuple[str, ...]] = {
    PlaceRecord: ("name",),
    Treaty: ("title", "short"),
    EntryIntoForce: ("text",),
    Group: ("name",),
    AdequacyFile: ("name",),
    AdequacyAct: ("instrument", "duties", "watch", "ended_by"),
    Requirement: ("text",),
    Exclusion: ("text",),
    Binding: ("name", "short", "legal_basis"),
    Regime: ("name",),
    Gateway: ("provision", "conditions"),
    GatewayTest: ("asks", "provision"),
    Filing: ("what", "to", "deadline", "counted_from"),
    Demand: ("asks",),
    AccessReport: ("summary",),
    AccessLaw: ("name", "addressees", "remedies_for_foreigners", "sunset", "prior_authorisation.text"),
    Guarantee: ("reasoning", "watch", "cited_authority"),
    Practice: ("cited_authority",),
    Defeat: ("cited_authority",),
    LawfulBasis: ("statement",),
    ClauseSet: ("name", "short", "instrument"),
    Module: ("name",),
    importer.Evidence: ("statement",),
}
"""The fields of each record that are told, names in full among them; what else it holds is shown nowhere in an assessment, or is a citation."""


def _places(language: str) -> dict[str, str]:
    """Names of places by their English ones."""
    from babel import Locale

    territories = Locale(language).territories
    own = _OWN_NAMES.get(language, {})
    records = read_record(SHIPPED_FOLDER / "places.yaml", PlacesFile).places
    return {place.name: own.get(place.id) or territories.get(place.id, "") for place in records}


_OWN_NAMES: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "TR": "Türkiye",
        "XK": "Kosovo",
        "HK": "Hong Kong",
        "MO": "Macao",
        "PS": "Palestine",
        "CZ": "Tchéquie",
        "MM": "Myanmar",
        "SZ": "Eswatini",
        "EU_INSTITUTIONS": "Institutions, organes et organismes de l’Union européenne",
        "EEA_INSTITUTIONS": "Organes institués par l’accord sur l’EEE",
        "EUROPOL": "Agence de l’Union européenne pour la coopération des services répressifs (Europol)",
        "INTERPOL": "Organisation internationale de police criminelle (INTERPOL)",
        "EPO": "Organisation européenne des brevets",
        "US_CBP": "Service des douanes et de la protection des frontières des États-Unis (données des dossiers passagers)",
        "CA_CBSA": "Agence des services frontaliers du Canada (données des dossiers passagers)",
        "US-CA": "Californie",
        "CA-QC": "Québec",
        "AE-DIFC": "Centre financier international de Dubaï (DIFC)",
        "AE-ADGM": "Abu Dhabi Global Market (ADGM)",
        "QA-QFC": "Centre financier du Qatar (QFC)",
    }
}
"""Where the CLDR has no name, a long one, or another than the official one of the place."""


def _head(path: Path) -> str:
    """The comment at the head of a catalogue, where translators keep their glossary."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    return "".join(takewhile(lambda line: line.startswith("#"), lines))


def _written(language: str, found: Found, told: Mapping[str, str]) -> str:
    """The catalogue as Babel writes one, in an order that edits elsewhere leave alone."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(locale=language)
    for text in sorted(found, key=lambda text: (sorted(found[text])[0], text)):
        catalogue.add(text, told[text], locations=[(place, 0) for place in _few(found[text])])
    file = io.BytesIO()
    write_po(file, catalogue, width=0, omit_header=True, include_lineno=False)
    header = f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    return f'msgid ""\nmsgstr ""\n{header}\n{file.getvalue().decode("utf-8").strip()}\n'


def _few(places: Iterable[str]) -> list[str]:
    """The first three places: enough to find out what a text is about."""
    return sorted(places)[:3]


if __name__ == "__main__":
    main()
