"""Cells of a record that cannot be taken, each told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transfers.records_of_processing.records import (
    ICO,
    VENDORS,
    drafted,
    ico,
    route_of_row_10,
)
from transfers.knowledge import Knowledge
from transfers.records_of_processing.routes import Given


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("=1+1", "a formula ('=1+1'); give the value"),
        ("x" * 10_000, "10000 characters; what is read of a record has at most 2000"),
        ("Acme\u202e Inc.", "a character that does not show (U+202E); type the text anew"),
        ("Acme\u200b Inc.", "a character that does not show (U+200B); type the text anew"),
        ("<script>alert(1)</script>", "markup ('<script>'); give plain text"),
        ("<!--x-->", "markup ('<!--x-->'); give plain text"),
    ],
)
def test_a_cell_that_cannot_be_taken_rejects_its_activity(
    text: str, told: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    drafts = route_of_row_10(tmp_path, knowledge, recipients=text)
    assert (drafts.activities, drafts.rejected, drafts.routes) == (1, 1, [])
    assert [problem.field for problem in drafts.problems] == ["Template!F10"]
    assert told in drafts.problems[0].message


def test_control_characters_in_a_csv_are_told_with_their_cell(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "v.csv"
    path.write_text("Activity,Vendor,Vendor country\nMail,Acme\x07 Inc.,US\n", encoding="utf-8")
    drafts = drafted(path, VENDORS, Given(), knowledge)
    assert [str(one) for one in drafts.problems] == [
        f"{path}:2  B2: a character that does not show (U+0007); type the text anew"
    ]


@pytest.mark.parametrize(
    ("cells", "told"), [("F10:F11", "merged over several rows"), ("E10:F10", "merged over several columns")]
)
def test_merged_cells_are_told(cells: str, told: str, tmp_path: Path, knowledge: Knowledge) -> None:
    drafts = drafted(
        ico(tmp_path, lambda sheet: sheet.merge_cells(cells)), ICO, Given(exporter_country="GB"), knowledge
    )
    assert drafts.rejected == 1
    assert f"the cells {cells} are {told}" in drafts.problems[0].message


def test_an_array_formula_is_no_value(tmp_path: Path, knowledge: Knowledge) -> None:
    from openpyxl.worksheet.formula import ArrayFormula

    path = ico(tmp_path, lambda sheet: sheet.__setitem__("H10", ArrayFormula("H10", "=A1")))
    assert "Template!H10: a formula ('=A1')" in str(drafted(path, ICO, Given(), knowledge).problems[0])
