"""Files that are no record, or too much of one, and what is written of a record."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.transfers.records_of_processing.records import (
    EXAMPLES,
    ICO,
    VENDORS,
    drafted,
    ico,
    refusal,
    route_of_row_10,
)
from transfers.documents.writing import write_new
from transfers.knowledge import Knowledge
from transfers.records_of_processing.activities import read_activities
from transfers.records_of_processing.routes import Given
from transfers.records_of_processing.template import RecordTemplate
from transfers.records_of_processing.writing import files_of
from transfers.tables.sheets import MAX_SHEETS_UNPACKED


def test_files_that_are_no_record_are_told(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "none.xlsx")
    assert "this is a folder; name a file in it" in refusal(tmp_path)
    for name, content, told in (
        ("r.ods", b"PK", "an ODS file is not read; save it as XLSX"),
        ("r.xlsx", b"no workbook", "it is not a packed folder"),
        ("r.docx", b"PK", ".docx is not read"),
        (
            "latin.csv",
            "Activité;Pays\nPaie;Inde\n".encode("cp1252"),
            "latin.csv:1  no UTF-8 text; save it as CSV UTF-8",
        ),
        ("r.json", b"{", "no JSON"),
        ("deep.json", b"[" * 200_000, "no JSON that is read: it is nested too deep"),
        ("empty.csv", b"", "the headings of 'ico-controller' were not found"),
        ("large.csv", b"x" * (MAX_SHEETS_UNPACKED + 1), "the file is larger than 16 MiB"),
    ):
        (tmp_path / name).write_bytes(content)
        assert told in refusal(tmp_path / name)


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (MAX_SHEETS_UNPACKED + 1))
    assert "it would unpack to 16 MiB" in refusal(path)


def test_a_cell_at_the_far_end_of_a_sheet_is_not_walked_to(tmp_path: Path) -> None:
    path = ico(tmp_path, lambda sheet: sheet.cell(1_000_000, 100, "x"))
    assert "reaches to line 1000000, column 100; delete what lies outside the record" in refusal(path)


def test_a_merge_of_the_whole_sheet_is_not_opened(tmp_path: Path) -> None:
    narrow = ico(tmp_path, lambda sheet: sheet.merge_cells("B20:C20"))
    path = tmp_path / "wide.xlsx"
    with zipfile.ZipFile(narrow) as packed, zipfile.ZipFile(path, "w") as wide:
        for name in packed.namelist():
            wide.writestr(name, packed.read(name).replace(b"B20:C20", b"B20:XFD1048576"))
    assert "cells are merged; split them" in refusal(path)


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    path = ico(tmp_path, lambda sheet: sheet.cell(9, 31, "Categories of  RECIPIENTS"))
    assert "two columns are called Categories of  RECIPIENTS, Categories of recipients" in refusal(path)


def test_headings_that_do_not_match_are_told_with_near_ones(tmp_path: Path) -> None:
    path = ico(tmp_path, lambda sheet: sheet.cell(9, 6, "Category of recipient"))
    told = refusal(path)
    assert "Expected: 'Categories of recipients'. Near matches: 'Category of recipient'" in told
    assert "(--mapping)" in told


def test_a_sheet_that_is_asked_for_must_be_there() -> None:
    asked = ICO.with_mapping(RecordTemplate(sheet="Register"))
    assert "no sheet is called 'Register'; there are: Notes, Template" in refusal(
        EXAMPLES / "ico-controller.xlsx", asked
    )


def test_two_activities_of_one_reference_are_told(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "v.csv"
    path.write_text(
        "Ref,Activity,Vendor,Vendor country\nA/1,Mail,Acme Inc.,US\nA-1,Post,Beta Inc.,IN\n", encoding="utf-8"
    )
    drafts = drafted(path, VENDORS, Given(), knowledge)
    assert [route.id for route in drafts.routes] == ["a-1-acme-us"]
    assert "A3: the reference 'A-1' stands in A2 too; change one" in str(drafts.problems[0])


def test_ids_that_would_collide_are_numbered_and_told(knowledge: Knowledge) -> None:
    drafts = drafted(EXAMPLES / "ico-controller.xlsx", ICO, Given(exporter_country="GB"), knowledge)
    assert drafts.warnings == [
        "Template, row 16: same activity, recipient and country as the route it-backup-example-vault-inc-country-open; "
        "named it-backup-example-vault-inc-country-open-2"
    ]


def test_paths_in_a_record_stay_in_the_folder(tmp_path: Path, knowledge: Knowledge) -> None:
    drafts = route_of_row_10(tmp_path, knowledge, function="../../etc", recipients="../../Acme Inc.")
    for path in files_of(drafts, tmp_path / "routes", tmp_path / "w"):
        assert (
            path.resolve().is_relative_to(tmp_path / "routes") or path.resolve().parent == tmp_path / "w" / "importers"
        )


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        write_new({tmp_path / "a" / "one.yaml": "1", tmp_path / "file" / "two.yaml": "2"})
    assert not (tmp_path / "a" / "one.yaml").exists()


def test_a_workbook_without_the_library_is_told_with_what_to_install(tmp_path: Path) -> None:
    program = "import sys; sys.modules['openpyxl'] = None; from transfers.cli import main; main()"
    command = [sys.executable, "-c", program, "route", "import", str(EXAMPLES / "ico-controller.xlsx")]
    done = subprocess.run(
        [*command, "--template", "ico-controller", "-o", "routes"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr == "Error: reading XLSX needs openpyxl: pip install 'transborder[tables]'\n"


def test_what_does_not_show_is_not_printed(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("Activity,Vendor,Vendor country,\x1b[2J\nMail,Acme Inc.,US,x\n", encoding="utf-8")
    assert list(read_activities(path, VENDORS).unread_headings) == ["'\\x1b[2J'"]
    named = ico(tmp_path, lambda sheet: setattr(sheet, "title", "Re\u202egister"))
    assert "the name of a sheet has a character that does not show (U+202E)" in refusal(named)
