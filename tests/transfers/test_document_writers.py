"""What the writers make of any document: the same bytes each time, and data that stays text in every format."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from country_reports.records import read_record
from tests.conftest import DAY, ROOT, Run
from transfers.assessment import assess
from transfers.documents.blocks import (
    Blank,
    Bullets,
    Callout,
    Cite,
    Document,
    Figure,
    Heading,
    House,
    Note,
    Notes,
    Paragraph,
    Style,
    Table,
    Tone,
    Words,
)
from transfers.documents.lines import plain, web_address
from transfers.documents.saying import told_with
from transfers.documents.terminal import assessment_text
from transfers.documents.tia import Tia, by_destination
from transfers.documents.tia_document import tia_document
from transfers.documents.tia_workbook import tia_workbook
from transfers.documents.writers import PACKED_WRITERS, WRITERS
from transfers.knowledge import Knowledge
from transfers.route import Route

TODAY = date.fromisoformat(DAY)
NCMEC = ROOT / "examples" / "fr-messaging-to-ncmec.yaml"


def shown_by(form: str, document: Document) -> str:
    """The text that a reader of the format sees, with single spaces."""
    if form in WRITERS:
        written = WRITERS[form](document)
        if form == "html":
            written = html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", written, flags=re.DOTALL))
        return plain(written.replace("\\", "") if form == "md" else written)
    packed = io.BytesIO(PACKED_WRITERS[form](document))
    return plain(READERS[form](packed))


def of_docx(packed: io.BytesIO) -> str:
    with zipfile.ZipFile(packed) as parts:
        xml = "".join(parts.read(name).decode() for name in parts.namelist() if re.fullmatch(r"word/\w+\.xml", name))
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"</w:p>", " ", xml)))


def of_pdf(packed: io.BytesIO) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(packed).pages).replace("\u200b", "")


def of_xlsx(packed: io.BytesIO) -> str:
    book = openpyxl.load_workbook(packed)
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    return "\n".join([*book.sheetnames, *cells])


READERS: dict[str, Callable[[io.BytesIO], str]] = {"docx": of_docx, "pdf": of_pdf, "xlsx": of_xlsx}
FORMS = [*WRITERS, *PACKED_WRITERS]

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#1f3a5f"/></svg>'
)
EVERY_BLOCK = Document(
    "Title of it",
    (
        Heading(2, "First chapter"),
        Callout("Result in words", ((Words("A reason"), Cite(1)), "What to do"), Tone.STOP),
        Paragraph((Words("Plain, "), Words("strong", Style.STRONG), Words(" and "), Words("an-id:1", Style.CODE))),
        Heading(2, "Second chapter"),
        Bullets(("One item", (Words("Another"), Cite(2), Cite(1)))),
        Table(("What", "Filled in"), (("A row", (Blank("name"),)), ("B row", "text")), "A table", (30, 70), True),
        Figure(SVG, "A dark rectangle", "The caption", 40, 20),
        Paragraph("Small print", small=True),
        Heading(2, "Sources", new_page=True),
        Notes((Note("First source", "https://example.org/a"), Note((Words("Second source"),), None))),
    ),
    "Version line",
    TODAY,
    contents=1,
    house=House("MARKED"),
)


@pytest.mark.parametrize("form", FORMS)
def test_every_block_is_shown_in_every_format(form: str) -> None:
    text = shown_by(form, EVERY_BLOCK).casefold()
    for words in ("marked", "version line", "first chapter", "result in words", "a reason", "what to do", "strong", "an-id:1", "one item",
                  "another", "a row", "b row", "the caption", "small print", "first source", "second source"):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize("form", FORMS)
def test_the_same_document_makes_the_same_bytes(form: str, tia: Tia) -> None:
    document = tia_workbook(tia) if form == "xlsx" else tia_document(tia)
    writer = {**WRITERS, **PACKED_WRITERS}[form]
    assert writer(document) == writer(document)


def test_two_runs_write_the_same_bytes(transborder: Run, tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        assert transborder("assess", NCMEC, "--as-of", DAY, "-o", name).returncode == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


@pytest.fixture(scope="module")
def tia() -> Tia:
    knowledge = Knowledge(ROOT / "examples" / "workspace")
    (found,) = by_destination([assess(read_record(NCMEC, Route), knowledge, TODAY)], knowledge.hub)
    return found


HOSTILE = {
    "markup": "A|B <script>alert(1)</script> `x` [link](javascript:1) *bold* ~~x~~ &lt;",
    "headings": "\n# Heading\n---\n1. one\n- two",
    "typst": '#panic("x") $x^2$ #import "a.typ" @label <label> \\ // comment /* _a_ ${b}',
    "format": "{digest} {0} %s %(x)s {{route}}",
    "formula": "=HYPERLINK(\"http://x\",\"y\")",
    "xml": "]]> </w:t> <!-- --> <?xml?> \ufffe &amp;",
    "direction": "abc\u202etxt.exe\u202c \u2066x\u2069 \u200f",
    "control": "a\x00b\x07c\x1b[31md\x0be\x85f",
    "long words": "W" * 10_000,
    "long text": "word " * 2_000,
    "scripts": "株式会社 Ελλάδα Ćirilica Компанија şirket ",
}  # fmt: skip


FORBIDDEN = ("\x00", "\x07", "\x1b", "\u202e", "\u2066", "\u200f", "\x0b", "\x85", "\ufffe")


def full_of(text: str) -> Document:
    """A document with the text in every place that takes data; with a very long one only in two."""
    if len(text) > 1_000:
        return Document("Title", (Paragraph(text), Table(("a", "b"), ((text, "b"),), "about", (1, 3))), day=TODAY)
    return Document(
        text,
        (
            Heading(2, text),
            Callout(text, (text, (Words(text, Style.STRONG), Cite(1))), Tone.CARE),
            Paragraph((Words(text), Words(text, Style.STRONG), Words(text, Style.CODE), Blank(text))),
            Heading(2, text),
            Bullets((text,)),
            Table((text, "b"), ((text, (Words(text, Style.CODE),)),), text, (1, 3), True),
            Figure(SVG, text, text, 40, 20),
            Heading(2, text),
            Notes((Note(text, text),)),
        ),
        text,
        TODAY,
        contents=2,
        house=House(text),
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_data_is_shown_as_text(form: str, name: str) -> None:
    text = shown_by(form, full_of(HOSTILE[name]))
    assert not [character for character in FORBIDDEN if character in text]
    wanted, text = (re.sub(r"\W", "", one) for one in (plain(HOSTILE[name]), text))
    if form == "pdf":  # letters that no font has are told by number
        wanted = "".join(letter if letter in text else f"U{ord(letter):04X}" for letter in wanted[:400])
    assert wanted in text, f"{form} does not show it"


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_in_data_becomes_none(name: str) -> None:
    document = full_of(HOSTILE[name])
    markdown, page = WRITERS["md"](document), WRITERS["html"](document)
    outside_code = re.sub(r"`[^`\n]*`|\[1\]", "", re.sub(r"\\.", "", markdown))
    assert not re.search(r"<(?!http)|\[\w|\]\(|~~|^#+ .*#|^---", outside_code, re.MULTILINE)
    assert "<script" not in page
    assert page.count("<h2") == (3 if document.contents else 0)


def test_hostile_names_stay_text_from_route_to_file(knowledge: Knowledge) -> None:
    text = " ".join(one for name, one in HOSTILE.items() if not name.startswith("long"))
    route = Route.model_validate({
        "id": "hostile", "title": text, "note": text, "exporter": {"country": "FR", "name": text, "role": "controller"},
        "importer": {"id": "x", "name": text, "country": "US", "kind": "company"}, "importer_role": "processor", "collected_directly": "no",
        "answers": {"edpb-02-2020:A": {"value": "yes", "by": text, "source": text}},
    })  # fmt: skip
    assessment = assess(route, knowledge, TODAY)
    (tia,) = by_destination([assessment], knowledge.hub)
    for form in FORMS:
        told = shown_by(form, tia_workbook(tia) if form == "xlsx" else tia_document(tia))
        assert not [character for character in FORBIDDEN if character in told]
        assert "Remedies" in told or form in ("xlsx", "text")
    assert not [character for character in FORBIDDEN if character in assessment_text(assessment)]


def test_no_cell_starts_a_formula() -> None:
    for start in ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", HOSTILE["formula"]):
        book = openpyxl.load_workbook(io.BytesIO(PACKED_WRITERS["xlsx"](full_of(start))))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f" or str(cell.value)[:1] in "=+-@\t\r"]


def test_the_workbook_has_a_sheet_for_each_kind_of_record(tia: Tia) -> None:
    book = openpyxl.load_workbook(io.BytesIO(PACKED_WRITERS["xlsx"](tia_workbook(tia))))
    assert book.sheetnames == ["Conclusion", "Routes", "Findings", "Conditions", "Questions", "Sources"]
    (assessment,) = tia.assessments
    findings = sum(len(regime.findings) for regime in assessment.regimes) + len(assessment.benchmark.findings)
    head = 2  # title and version
    assert book["Findings"].max_row == head + 1 + findings
    assert book["Conditions"].max_row == head + 1 + len(assessment.conditions)
    assert book["Questions"].max_row == head + 1 + len(assessment.questions)
    assert book["Conclusion"].cell(head + 2, 9).value == assessment.digest


def test_an_address_that_is_no_page_of_the_web_is_no_link() -> None:
    assert web_address("javascript:alert(1)") is None
    assert web_address("data:text/html,x") is None
    assert web_address('https://example.org/a b"><script>') == "https://example.org/a%20b%22%3E%3Cscript%3E"
    document = replace(EVERY_BLOCK, blocks=(Notes((Note("A source", "javascript:alert(1)"),)),))
    for form in ("md", "html"):
        assert "javascript" not in WRITERS[form](document)


def test_sentences_take_runs_as_parameters_and_data_never_as_template() -> None:
    made = told_with("From {a} to {b}.", a="{b}", b=(Words("x", Style.CODE), Cite(3)))
    assert made == (Words("From "), Words("{b}"), Words(" to "), Words("x", Style.CODE), Cite(3), Words("."))


def test_the_json_of_an_assessment_says_of_which_finding_a_point_comes(tia: Tia) -> None:
    (assessment,) = tia.assessments
    findings = [one for regime in assessment.regimes for one in regime.findings] + list(assessment.benchmark.findings)
    for kind in ("contested", "watch", "options"):
        told = {text for finding in findings for text in getattr(finding, kind)}
        assert set(getattr(assessment, kind)) <= told
    assert json.dumps(assessment.contested)
