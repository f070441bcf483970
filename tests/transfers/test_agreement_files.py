"""Papers as Word files: for every deep set and module one is opened by LibreOffice, and what it shows is what was answered."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pypdf
import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn

from clauses.assembly import assemble, made_out
from country_reports.records import Plain
from tests.clauses.papers import PAPERS, answered, contract_of, day_of, first_answers
from tests.conftest import DAY, ROOT, Run, program
from transfers.documents.agreement import agreement_document
from transfers.documents.writers import PACKED_WRITERS

ALL = sorted(PAPERS)


def squeezed(text: str) -> str:
    """Letters and digits alone: lines of a page break where they will."""
    return re.sub(r"\W", "", text)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of every paper as LibreOffice shows its Word file; one start of the program for all."""
    office, folder = program("soffice", "libreoffice"), tmp_path_factory.mktemp("papers")
    for name in ALL:
        document = agreement_document(assemble(contract_of(answered(name), day_of(name))))
        (folder / f"{name}.docx").write_bytes(PACKED_WRITERS["docx"](document))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [str(folder / f"{name}.docx") for name in ALL]
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: _text((folder / f"{name}.pdf").read_bytes()) for name in ALL}


def _text(content: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


@pytest.mark.parametrize("name", ALL)
def test_the_word_file_shows_every_answer_and_no_blank(name: str, shown: dict[str, str]) -> None:
    answers = answered(name)
    missing = [text for text in _texts(answers) if text.startswith("Answer ") and squeezed(text) not in shown[name]]
    assert not missing
    assert squeezed("[to fill in:") not in shown[name]
    assert squeezed("No field that the record of the set asks for is open") in shown[name]


def _texts(plain: Plain) -> list[str]:
    if isinstance(plain, dict):
        return [text for value in plain.values() for text in _texts(value)]
    if isinstance(plain, list):
        return [text for value in plain for text in _texts(value)]
    return [plain] if isinstance(plain, str) else []


def test_what_is_open_is_a_field_to_fill_in() -> None:
    draft = made_out(contract_of(first_answers("eu-m2")))
    file = WordDocument(io.BytesIO(PACKED_WRITERS["docx"](agreement_document(draft))))
    fields = len(list(file.element.body.iter(qn("w:sdt"))))
    in_tables = [one for part in draft.parts if not part.id.startswith("supplementary.") for one in part.entries]
    assert fields == sum(entry.is_blank or (entry.by_hand and entry.value is None) for entry in in_tables)


def test_the_same_paper_makes_the_same_file(tmp_path: Path) -> None:
    document = agreement_document(assemble(contract_of(answered("eu-m2"))))
    assert PACKED_WRITERS["docx"](document) == PACKED_WRITERS["docx"](document)


def test_a_word_file_goes_into_a_file_only(transborder: Run, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    command = (
        "clauses",
        "assemble",
        "--answers",
        "examples/agreements/cn-contract-answers.yaml",
        "--as-of",
        DAY,
        "--format",
        "docx",
    )
    refused = transborder(*command)
    assert (refused.returncode, "give -o FILE" in refused.stderr) == (2, True)
    assert transborder(*command, "-o", "sheet.docx").returncode == 0
    assert WordDocument(str(tmp_path / "sheet.docx")).paragraphs[0].text == "Data sheet for the official form"
