"""What is told in another language: catalogues that are whole, documents in which nothing was left in English unseen."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from datetime import date
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest

from country_reports.records import read_record
from tests.conftest import EXAMPLES, ROOT, Run
from tests.transfers.leaks import Strange, leaks, words_of
from transfers.assessment import Assessment, assess
from transfers.documents.blocks import Blank, Cite, Document, Paragraph, Table, Words, runs_of, text_of
from transfers.documents.layouts import LAYOUTS
from transfers.documents.quoting import with_quotes_marked
from transfers.documents.saying import speaking
from transfers.documents.tia import Tia, by_destination
from transfers.documents.tia_document import tia_document
from transfers.documents.tia_workbook import tia_workbook
from transfers.documents.writers import PACKED_WRITERS, WRITERS
from transfers.golden import GoldenRun
from transfers.knowledge import Knowledge
from transfers.languages import CODES, ENGLISH, Language, language_of, quotes_in
from transfers.languages.catalogue import DOMAINS, catalogue, path_of, read
from transfers.languages.extracting import COMMAND, up_to_date
from transfers.languages.typography import put_right
from transfers.route import Route

TODAY = date(2026, 11, 23)
GOLDEN = sorted(path for path in (ROOT / "tests" / "cases").rglob("*.yaml") if "workspace" not in path.parts)
FRENCH = language_of("fr")


@cache
def examples(language: Language) -> tuple[Tia, ...]:
    knowledge = Knowledge(ROOT / "examples" / "workspace")
    told = [assess(read_record(path, Route), knowledge, TODAY, language=language) for path in EXAMPLES]
    return by_destination(told, knowledge.hub, language)


def ncmec(language: Language) -> Tia:
    return next(tia for tia in examples(language) if tia.destination == "US")


# --- catalogues


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", CODES[1:])
def test_catalogues_are_up_to_date_with_code_and_records(language: str, domain: str) -> None:
    assert path_of(language, domain).read_text(encoding="utf-8") == up_to_date(language, domain), f"run: {COMMAND}"


def test_no_template_stands_within_an_f_string_where_extraction_may_miss_it() -> None:
    for package in ("country_reports", "clauses", "transfers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            strings = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.JoinedStr)]
            assert not [path for string in strings for node in ast.walk(string) if _marks_a_template(node)]


def _marks_a_template(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
        return False
    return node.func.id in ("_", "marked", "stating") and isinstance(node.args[0], ast.Constant)


@pytest.mark.parametrize("language", CODES[1:])
def test_everything_the_engine_says_is_translated(language: str) -> None:
    untold = [text for text, told in catalogue(language, "engine").items() if not told]
    assert not untold, f"without translation in {path_of(language, 'engine')}: {untold[:5]}"
    assert "fuzzy" not in path_of(language, "engine").read_text(encoding="utf-8")


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_translation_has_the_parameters_of_its_template(domain: str) -> None:
    wrong = {
        text: told
        for text, told in catalogue("fr", domain).items()
        if told and sorted(re.findall(r"\{.*?\}", text)) != sorted(re.findall(r"\{.*?\}", told))
    }
    assert not wrong


@pytest.mark.parametrize("domain", DOMAINS)
def test_french_has_its_own_spaces_and_apostrophes(domain: str) -> None:
    told = [text for text in catalogue("fr", domain).values() if text]
    assert not [text for text in told if put_right("fr", text) != text]
    assert not [
        text for text in told if re.search(r"[^\s(«/=…\u202f?!][;?!»](?!\w)", re.sub(r"https?:\S+|\[[^]]*\]", "", text))
    ]
    assert not [text for text in told if "  " in text]


def test_every_name_of_a_place_is_translated(knowledge: Knowledge) -> None:
    shipped = Knowledge().hub.places
    assert not [place.name for place in shipped if not catalogue("fr", "records").get(place.name)]


def glossary() -> dict[str, tuple[str, ...]]:
    """The English terms that are checked, each with its French forms."""
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \| .*? \| oui \|$", (ROOT / "docs" / "glossaire.md").read_text("utf-8"), re.M
    )
    return {english.partition(" (")[0]: tuple(french.partition(" (")[0].split(" / ")) for english, french in rows}


@pytest.mark.parametrize("english", glossary())
def test_terms_of_law_are_those_of_the_glossary(english: str) -> None:
    forms = [form.replace("'", "’").casefold() for form in glossary()[english]]
    sought = re.compile(rf"\b{re.escape(english)}(?:s|es)?\b", re.IGNORECASE)
    found = {
        text: told for text, told in catalogue("fr", "engine").items() if sought.search(re.sub(r"\{\w+\}", "", text))
    }
    assert found, "a term that nothing says has no place in the glossary"
    others = {
        text: told
        for text, told in found.items()
        if not any(_inflected(form).search(told.casefold()) for form in forms)
    }
    assert not others


def _inflected(form: str) -> re.Pattern[str]:
    """A term in the singular or the plural of each of its words."""
    return re.compile(r"\s+".join(rf"\b{re.escape(word)}(?:s|x)?\b" for word in form.split()))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "a"\nmsgid_plural "b"\n', "x.po:2: 'msgid_plural \"b\"' has no place in a catalogue of ours"),
        ('msgid "a\n', "x.po:1: '\"a' is no text between quotes"),
    ],
)
def test_a_catalogue_that_cannot_be_read_says_where(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read(text, "x.po")


def test_a_catalogue_may_be_wrapped_as_other_editors_do() -> None:
    assert read('msgid ""\n"a "\n"b"\nmsgstr ""\n"c \\"d\\""\n', "x") == {"a b": 'c "d"'}


# --- one language


def test_days_are_written_as_french_writes_them() -> None:
    assert [FRENCH.day(day) for day in ("2026-11-23", "2027-08-01", "not a day")] == [
        "23 novembre 2026",
        "1er août 2027",
        "not a day",
    ]
    assert ENGLISH.day("2026-11-23") == "2026-11-23"


def test_there_is_no_language_without_catalogues() -> None:
    with pytest.raises(ValueError, match=re.escape("'de' is no language we have. Allowed: en, fr")):
        language_of("de")


def test_a_text_of_a_record_is_translated_or_quoted_and_the_words_of_the_user_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert FRENCH.record("Germany") == "Allemagne"
    assert FRENCH.record("What I call my own law") == "What I call my own law"
    untold = next(text for text in catalogue("fr", "records") if text.endswith("."))
    monkeypatch.setitem(catalogue("fr", "records"), untold, "")
    assert list(quotes_in(f"avant {FRENCH.record(untold)} après")) == [
        ("avant ", False),
        (untold, True),
        (" après", False),
    ]
    assert list(quotes_in(FRENCH.within(untold))) == [(untold.removesuffix("."), True)]


def test_english_needs_no_catalogue_and_nothing_that_extracts() -> None:
    code = (
        "import sys; from transfers.cli.assess import command; "
        "command(['examples/fr-messaging-to-ncmec.yaml', '--as-of', '2026-11-23'], standalone_mode=False); "
        "from transfers.languages.catalogue import catalogue; "
        "sys.exit(catalogue.cache_info().currsize or 'babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False).returncode == 0


# --- the assessment


def test_the_french_assessment_is_the_english_one_told_in_french() -> None:
    for english, french in zip(examples(ENGLISH), examples(FRENCH), strict=True):
        for one, other in zip(english.assessments, french.assessments, strict=True):
            assert _skeleton(one) == _skeleton(other)
            assert one.digest == other.digest
            assert one.benchmark.findings[0].question != other.benchmark.findings[0].question


def _skeleton(assessment: Assessment) -> object:
    """What an assessment says without any sentence."""
    findings = [*assessment.benchmark.findings, *chain.from_iterable(one.findings for one in assessment.regimes)]
    return (
        assessment.outcome,
        assessment.inputs,
        assessment.knowledge,
        [(one.id, one.outcome) for one in assessment.regimes],
        [(one.id, one.outcome) for one in assessment.legs],
        [(one.id, one.provision) for one in assessment.conditions],
        [(one.id, one.decides) for one in assessment.questions],
        [(one.rule, one.leg, one.truth, [ground.fact for ground in one.grounds]) for one in findings],
    )


# --- documents


@pytest.mark.parametrize("layout", [*LAYOUTS, "workbook"])
def test_no_word_of_an_example_is_told_in_no_language(layout: str) -> None:
    for tia in examples(_STRANGE):
        document = tia_workbook(tia) if layout == "workbook" else tia_document(tia, layout)
        assert not leaks(document, tia)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_word_of_a_golden_route_is_told_in_no_language(path: Path) -> None:
    run = GoldenRun(path)
    own = set(words_of(run.workspace)) if run.workspace is not None else set()
    for number in range(0, len(run.cases), max(1, len(run.cases) // 5)):
        told = by_destination([run.assessment(number, language=_STRANGE)], run.knowledge.hub, _STRANGE)
        for tia in told:
            assert not leaks(tia_document(tia), tia, own | _citations(run.knowledge, tia.destination))


def _citations(knowledge: Knowledge, place: str) -> set[str]:
    """Of every law on access there, also of those that are none on the day."""
    found = knowledge.hub.access_report(place) if place in knowledge.hub.places else None
    return {law.citation for law in found[0].access_laws} if found is not None else set()


_STRANGE = Strange()


def quoted(document: Document) -> list[str]:
    tables = [cell for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row]
    paragraphs = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    runs = [run for content in (*tables, *paragraphs) for run in runs_of(content)]
    return [run.text for run in runs if isinstance(run, Words) and run.language == "en"]


def test_what_is_quoted_in_english_says_so_once_in_each_section() -> None:
    mark = "\x0ein English\x0f"
    blocks = (
        Paragraph(f"Avant {mark} après, et {mark}."),
        Table(("T",), (((Words(mark),), "rien"), ((Cite(1), Blank("x")), mark))),
    )
    with speaking(FRENCH):
        first, table = with_quotes_marked(blocks)
    assert isinstance(first, Paragraph)
    assert isinstance(table, Table)
    assert text_of(first.text) == "Avant in English (en anglais dans le dossier) après, et in English."
    assert quoted(Document("t", (first, table), language="fr")) == ["in English"] * 4
    assert "(en anglais" not in "".join(text_of(cell) for row in table.rows for cell in row)


QUOTED = 0
"""Texts that the French documents of the examples quote in English. It is only ever lowered."""


def test_the_examples_quote_less_english_every_time() -> None:
    found = {text for tia in examples(FRENCH) for layout in LAYOUTS for text in quoted(tia_document(tia, layout))}
    assert len(found) <= QUOTED, f"{len(found)} texts are quoted in English, at most {QUOTED} were: {sorted(found)[:3]}"


def test_a_quotation_in_english_is_marked_as_such_for_whoever_reads_it_aloud() -> None:
    document = Document("t", (Paragraph((Words("avant "), Words("in English", language="en"))),), language="fr")
    assert 'avant <span lang="en">in English</span>' in WRITERS["html"](document)
    assert "avant in English" in WRITERS["md"](document)
    with ZipFile(BytesIO(PACKED_WRITERS["docx"](document))) as packed:
        assert (
            '<w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">in English'
            in packed.read("word/document.xml").decode()
        )
    assert PACKED_WRITERS["pdf"](document).startswith(b"%PDF")


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_labels_of_the_writers_are_in_the_language_of_the_document(form: str) -> None:
    written = WRITERS[form](tia_document(ncmec(FRENCH)))
    for english in ("Skip to the text", "Contents", "To fill in", "As of", "\x0e", "\x0f"):
        assert english not in written
    if form == "html":
        assert '<html lang="fr">' in written


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_files_are_written_in_french(form: str) -> None:
    tia = ncmec(FRENCH)
    written = PACKED_WRITERS[form](tia_workbook(tia) if form == "xlsx" else tia_document(tia))
    assert written.startswith(b"PK")


def test_the_document_says_whose_digest_it_prints() -> None:
    written = WRITERS["md"](tia_document(ncmec(FRENCH)))
    assert "C’est celle de la version anglaise" in written
    assert all(one.digest in written for one in ncmec(ENGLISH).assessments)


# --- the command line


def test_assess_writes_french_where_it_is_asked_for(transborder: Run) -> None:
    example = ROOT / "examples" / "fr-messaging-to-ncmec.yaml"
    told = transborder("assess", example, "--as-of", "2026-11-23", "--lang", "fr")
    assert told.returncode == 0
    assert told.stdout.startswith("Au 23 novembre 2026\n")
    assert "INDÉTERMINÉ\u00a0: DES FAITS MANQUENT" in told.stdout


def test_what_machines_read_is_always_english(transborder: Run) -> None:
    example = ROOT / "examples" / "fr-messaging-to-ncmec.yaml"
    told = transborder("assess", example, "--lang", "fr", "--format", "json")
    assert told.returncode == 2
    assert "--lang has no effect on --format json, which is for machines and always in English" in told.stderr


def test_messages_stay_english(transborder: Run, tmp_path: Path) -> None:
    example = ROOT / "examples" / "fr-messaging-to-ncmec.yaml"
    told = transborder("assess", example, "--as-of", "2026-11-23", "--lang", "fr", "-o", tmp_path / "x.md")
    assert told.stdout.startswith("As of 2026-11-23: undetermined. Written: ")
    assert (tmp_path / "x.md").read_text(encoding="utf-8").startswith("# Analyse d’impact des transferts de données")
