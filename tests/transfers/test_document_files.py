"""The files that are filed: Word as LibreOffice shows it, PDF as a reader finds it, and the look of a house."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pypdf
import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from country_reports.records import BadRecord, read_record
from tests.conftest import DAY, ROOT, Run, program
from transfers.assessment import assess
from transfers.documents.blocks import Blank, Heading, House, Notes, Paragraph, Table, runs_of, text_of
from transfers.documents.house import house_of
from transfers.documents.parts.telling import findings_of
from transfers.documents.reasons import decisive_findings
from transfers.documents.tia import Tia, by_destination
from transfers.documents.tia_document import tia_document
from transfers.documents.writers import PACKED_WRITERS
from transfers.knowledge import Knowledge
from transfers.languages import language_of
from transfers.route import Route

NCMEC = ROOT / "examples" / "fr-messaging-to-ncmec.yaml"
MARKING = "Privileged and confidential"


@pytest.fixture(scope="module")
def tia() -> Tia:
    knowledge = Knowledge(ROOT / "examples" / "workspace")
    (found,) = by_destination([assess(read_record(NCMEC, Route), knowledge, date.fromisoformat(DAY))], knowledge.hub)
    return found


@pytest.fixture(scope="module")
def word(tia: Tia) -> bytes:
    return PACKED_WRITERS["docx"](tia_document(tia, house=House(MARKING)))


def squeezed(text: str) -> str:
    """Letters and digits alone: lines of a page break where they will."""
    return re.sub(r"\W", "", text)


def text_of_pdf(content: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


def missing_in(text: str, tia: Tia) -> list[str]:
    """Findings and sources that a file does not show."""
    (assessment,) = tia.assessments
    told = [finding.because for finding in findings_of(assessment)]
    told += [ground.statement for finding in findings_of(assessment) for ground in finding.grounds]
    told += [question.text for question in assessment.questions] + [assessment.digest]
    return [one for one in told if squeezed(one) not in text]


def test_libreoffice_shows_every_finding_and_source_of_the_word_file(word: bytes, tia: Tia, tmp_path: Path) -> None:
    office = program("soffice", "libreoffice")
    (tmp_path / "tia.docx").write_bytes(word)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "tia.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    content = (tmp_path / "tia.pdf").read_bytes()
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert not missing_in(text_of_pdf(content), tia)
    assert MARKING in pages[0].extract_text()
    assert f"Page 1 of {len(pages)}" in pages[0].extract_text()
    assert len(pages) < 25


def test_the_word_file_has_real_styles_notes_contents_and_controls(word: bytes, tia: Tia) -> None:
    document = tia_document(tia, house=House(MARKING))
    file = WordDocument(io.BytesIO(word))
    body = file.element.body
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    styles = [paragraph.style.name for paragraph in file.paragraphs if paragraph.style is not None]
    assert styles[0] == "Title"
    assert sum(name.startswith("Heading") for name in styles) == len(headings)
    assert styles.count("toc 1") + styles.count("TOC 1") == sum(heading.level == 2 for heading in headings)
    fields = [element.text or "" for element in body.iter(qn("w:instrText"))]
    assert sum('TOC \\o "1-1"' in field for field in fields) == 1
    names = {element.get(qn("w:name")) for element in body.iter(qn("w:bookmarkStart"))}
    assert {field.split()[1] for field in fields if "REF" in field} <= names
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len(file.tables) == len(tables)
    assert len(list(body.iter(qn("w:tblHeader")))) == len(tables)
    blanks = [
        run for table in tables for row in table.rows for cell in row for run in runs_of(cell) if isinstance(run, Blank)
    ]
    assert len(list(body.iter(qn("w:sdt")))) == len(blanks)
    assert len(list(body.iter(qn("w:drawing")))) == 1
    assert all(element.get("descr") for element in body.iter() if element.tag.endswith("}docPr"))


def test_each_source_is_one_endnote_cited_where_it_is_first_named(word: bytes, tia: Tia) -> None:
    document = tia_document(tia)
    (notes,) = (block for block in document.blocks if isinstance(block, Notes))
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        endnotes = parts.read("word/endnotes.xml").decode()
        main = parts.read("word/document.xml").decode()
        settings = parts.read("word/settings.xml").decode()
        types = parts.read("[Content_Types].xml").decode()
        relations = parts.read("word/_rels/endnotes.xml.rels").decode()
    numbers = [int(number) for number in re.findall(r'<w:endnoteReference w:id="(\d+)"', main)]
    assert numbers == list(range(1, len(notes.items) + 1))
    assert re.findall(r'<w:endnote w:id="(\d+)"', endnotes) == [str(number) for number in numbers]
    assert '<w:endnotePr><w:numFmt w:val="decimal"/>' in settings
    assert "/word/endnotes.xml" in types
    assert relations.count('TargetMode="External"') >= len([note for note in notes.items if note.url]) - 5


def test_the_word_file_says_its_language_and_runs_marking_and_pages_along(word: bytes) -> None:
    file = WordDocument(io.BytesIO(word))
    language = file.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language is not None
    assert language.get(qn("w:val")) == "en-GB"
    (section,) = file.sections
    assert MARKING in section.header.paragraphs[0].text
    fields = [element.text for element in section.footer._element.iter(qn("w:instrText"))]
    assert fields == [" PAGE ", " NUMPAGES "]
    assert str(file.core_properties.modified) == f"{DAY} 00:00:00+00:00"


def test_the_pdf_shows_every_finding_and_source_tagged_and_with_bookmarks(tia: Tia) -> None:
    document = tia_document(tia, house=House(MARKING))
    content = PACKED_WRITERS["pdf"](document)
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert not missing_in(text_of_pdf(content).replace("\u200b", ""), tia)
    root = reader.root_object
    assert str(root["/Lang"]) == "en"
    assert "/StructTreeRoot" in root
    assert reader.xmp_metadata is not None
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()
    chapters = [one.title for one in reader.outline if not isinstance(one, list)]
    assert chapters == [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 2]
    assert MARKING in reader.pages[-1].extract_text()
    assert f"Page 1 of {len(reader.pages)}" in reader.pages[0].extract_text()


@pytest.mark.parametrize(
    ("layout", "most"), [("short", 2), ("edpb", 15), ("convention", 15), ("cnil", 15), ("ico", 15)]
)
def test_a_document_of_one_route_has_a_sensible_length(layout: str, most: int, tia: Tia) -> None:
    content = PACKED_WRITERS["pdf"](tia_document(tia, layout))
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) <= most


OPEN_ROUTE = """\
id: open
title: A shop has its orders looked after in India, with copies in the Philippines
exporter: {country: FR, role: controller, kind: private}
importer: {id: acme, name: Acme Inc., country: IN, kind: company}
processing: {storage: [US, IN], access_from: [IN, PH]}
onward: [{recipient: {id: sub, name: Sub, country: US, kind: company}, place: US}]
"""


@pytest.fixture(scope="module")
def summarised(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Tia]:
    """An open route, one that may take place, and one that fights child abuse, in both languages."""
    path = tmp_path_factory.mktemp("open") / "open.yaml"
    path.write_text(OPEN_ROUTE, encoding="utf-8")
    knowledge, found = Knowledge(ROOT / "examples" / "workspace"), {}
    for file in (path, NCMEC, ROOT / "examples" / "es-clinic-backup-to-us-cloud.yaml"):
        for code in ("en", "fr"):
            language = language_of(code)
            assessment = assess(read_record(file, Route), knowledge, date.fromisoformat(DAY), language=language)
            tias = by_destination([assessment], knowledge.hub, language)
            found[file.stem, code] = next(tia for tia in tias if tia.destination == assessment.destination)
    return found


def test_a_summary_has_two_pages_in_either_format_and_language(
    summarised: dict[tuple[str, str], Tia], tmp_path: Path
) -> None:
    office = program("soffice", "libreoffice")
    for (name, code), tia in summarised.items():
        document = tia_document(tia, "short")
        assert len(pypdf.PdfReader(io.BytesIO(PACKED_WRITERS["pdf"](document))).pages) <= 2, (name, code)
        (tmp_path / f"{name}-{code}.docx").write_bytes(PACKED_WRITERS["docx"](document))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], check=True, capture_output=True, timeout=110)
    shown = {path.stem: len(pypdf.PdfReader(path).pages) for path in tmp_path.glob("*.pdf")}
    assert len(shown) == len(summarised)
    assert all(pages <= 2 for pages in shown.values()), shown


def test_a_summary_asks_first_what_decides_and_counts_the_rest(summarised: dict[tuple[str, str], Tia]) -> None:
    tia = summarised["open", "en"]
    (assessment,) = tia.assessments
    blocks = tia_document(tia, "short").blocks
    (table,) = (one for one in blocks if isinstance(one, Table) and one.about == "Open questions")
    decisive = decisive_findings(assessment.outcome, assessment.regimes)
    deciding = [one for one in assessment.questions if {found.rule for found in decisive} & set(one.decides)]
    assert deciding[0].text in text_of(table.rows[0][0])
    assert deciding[0] is not assessment.questions[0]
    told = " ".join(text_of(block.text) for block in blocks if isinstance(block, Paragraph))
    assert f"More open questions: {len(assessment.questions) - len(table.rows)}. " in told
    assert "transborder questions" in told


# --- the look of a house


def png(width: int = 60, height: int = 20) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = (b"\x00" + b"\x1f\x3a\x5f" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = WordDocument()
    file.add_paragraph("Old text of the firm that must not be filed")
    file.styles["Heading 1"].font.name = "Georgia"
    file.styles["Heading 1"].font.size = Pt(23)
    file.sections[0].header.paragraphs[0].text = "Law Firm LLP"
    path = tmp_path / "house.docx"
    file.save(str(path))
    return path


def test_a_template_lends_its_styles_header_and_footer_and_nothing_of_its_text(template: Path, tia: Tia) -> None:
    house = house_of(template, None, MARKING)
    file = WordDocument(io.BytesIO(PACKED_WRITERS["docx"](tia_document(tia, house=house))))
    text = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "Old text" not in text
    assert MARKING in text
    assert file.styles["Heading 1"].font.size == Pt(23)
    assert file.sections[0].header.paragraphs[0].text == "Law Firm LLP"
    fields = [element.text for element in file.sections[0].footer._element.iter(qn("w:instrText"))]
    assert fields == [" PAGE ", " NUMPAGES "]


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_a_logo_is_on_the_first_page(form: str, tmp_path: Path, transborder: Run) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    done = transborder("assess", NCMEC, "--as-of", DAY, "--logo", "logo.png", "-o", f"tia.{form}")
    assert done.returncode == 0, done.stderr
    content = (tmp_path / f"tia.{form}").read_bytes()
    if form == "docx":
        pictures = [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if name.startswith("word/media/")]
        assert len(pictures) == 2
    elif form == "pdf":
        assert len(pypdf.PdfReader(io.BytesIO(content)).pages[0].images) == 1
    else:
        assert b'<img class="logo" src="data:image/png;base64,' in content


@pytest.mark.parametrize(
    ("option", "content", "told"),
    [
        ("--template", b"no packed folder", "no DOCX document"),
        ("--template", b"", "no DOCX document"),
        ("--logo", b"GIF89a", "no PNG or JPEG picture"),
        ("--logo", png()[:-30], "no PNG or JPEG picture"),
        ("--logo", png()[:60] + b"\xff" + png()[61:], "no PNG or JPEG picture"),
        ("--logo", png()[:23] + b"\x15" + png()[24:], "a part of it is damaged"),
        ("--logo", png(6000, 1), "6000 by 1 pixels"),
        ("--logo", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\xff\xd9", "no PNG or JPEG picture"),
        ("--template", None, "there is no such file"),
        ("--logo", None, "there is no such file"),
    ],
)
def test_a_file_of_the_house_that_is_none_is_named_and_nothing_is_written(
    option: str, content: bytes | None, told: str, tmp_path: Path, transborder: Run
) -> None:
    if content is not None:
        (tmp_path / "given").write_bytes(content)
    done = transborder("assess", NCMEC, "--as-of", DAY, option, "given", "-o", "tia.docx")
    assert done.returncode == 2
    assert done.stderr.startswith("given")
    assert told in done.stderr
    assert not (tmp_path / "tia.docx").exists()
    assert "Traceback" not in done.stderr


def test_a_logo_that_looks_whole_and_is_not_is_named(tmp_path: Path, transborder: Run) -> None:
    def segment(code: int, body: bytes) -> bytes:
        return b"\xff" + bytes([code]) + struct.pack(">H", len(body) + 2) + body

    frame = segment(0xC0, struct.pack(">BHHB", 8, 20, 60, 3) + bytes(9))
    (tmp_path / "logo.jpg").write_bytes(b"\xff\xd8" + frame + segment(0xDA, bytes(10)) + b"garbage\xff\xd9")
    done = transborder("assess", NCMEC, "--as-of", DAY, "--logo", "logo.jpg", "-o", "tia.pdf")
    assert done.returncode == 2
    assert done.stderr.startswith("logo.jpg  a picture that cannot be drawn")
    assert not (tmp_path / "tia.pdf").exists()


def test_a_workbook_is_no_template(tmp_path: Path, tia: Tia) -> None:
    (tmp_path / "house.docx").write_bytes(PACKED_WRITERS["xlsx"](tia_document(tia)))
    with pytest.raises(BadRecord, match="no DOCX document that can be read"):
        house_of(tmp_path / "house.docx", None, None)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--format", "pdf"), "give -o FILE"),
        (("--format", "docx"), "give -o FILE"),
        (("--template", "x.docx", "-o", "a.pdf"), "--template has no effect on --format pdf"),
        (("--logo", "x.png", "-o", "a.md"), "--logo has no effect on --format md"),
        (("--marking", "x", "--format", "json"), "--marking has no effect on --format json"),
        (("--marking", "x" * 121, "-o", "a.md"), "121 characters"),
        (("--layout", "none"), "is not one of"),
    ],
)
def test_wishes_that_do_not_fit_are_refused(arguments: tuple[str, ...], told: str, transborder: Run) -> None:
    done = transborder("assess", NCMEC, "--as-of", DAY, *arguments)
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.parametrize(
    ("library", "form", "extra"), [("docx", "docx", "docx"), ("typst", "pdf", "pdf"), ("openpyxl", "xlsx", "tables")]
)
def test_a_missing_library_is_named_with_the_line_that_installs_it(
    library: str, form: str, extra: str, tmp_path: Path
) -> None:
    code = f"import sys; sys.modules[{library!r}] = None; from transfers.cli import main; main()"
    command = [sys.executable, "-c", code, "assess", str(NCMEC), "--as-of", DAY, "-o", f"tia.{form}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert f"pip install 'transborder[{extra}]'" in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_format_follows_the_ending_of_the_file(tmp_path: Path, transborder: Run) -> None:
    for name, start in (
        ("a.docx", b"PK"),
        ("a.pdf", b"%PDF"),
        ("a.html", b"<!DOCTYPE"),
        ("a.json", b"{"),
        ("a.md", b"# "),
        ("a", b"As of 2026-11-23"),
    ):
        assert transborder("assess", NCMEC, "--as-of", DAY, "-o", name).returncode == 0
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_folder_takes_one_file_for_each_destination(tmp_path: Path, transborder: Run) -> None:
    routes = [NCMEC, ROOT / "examples" / "de-host-to-iwf.yaml"]
    done = transborder("assess", *routes, "--as-of", DAY, "--format", "docx", "--layout", "short", "-o", "out/")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["tia-GB.docx", "tia-US.docx"]
