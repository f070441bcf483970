"""What an analyst gets of a table: a line for each change on the terminal, every row in files, a notice for each owner."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from docx import Document as WordFile
from openpyxl import load_workbook

from tests.conftest import ROOT, Run
from tests.transfers.changes.fictitious import (
    FICTITIOUS,
    IRELAND,
    RULES_DAY,
    WORKSPACE,
    compared_table,
    end_the_finding,
)
from tests.transfers.changes.test_impact_of_tables import rows_of, table_of, twenty_kinds
from tests.transfers.portfolio.registers import write_csv
from transfers.changes.records import Comparison
from transfers.documents.impact import impact_document
from transfers.documents.impact_tables import impact_json, impact_rows, impact_sheets
from transfers.documents.notices import notices
from transfers.documents.writers import WRITERS

TABLE = ROOT / "examples" / "portfolio" / "routes.csv"
SCHREMS = ("--workspace", WORKSPACE, "--before", "2020-07-15", "--after", "2020-07-17")
ROUTES = 1_000


@pytest.fixture
def found(workspace: Path, tmp_path: Path) -> Comparison:
    """A thousand rows and three that are rejected; the finding on XQ ends for half of them."""
    end_the_finding(workspace)
    rows = rows_of(twenty_kinds(ROUTES))
    rows += [{**rows[0], "id": f"bad-{n}", "purpose": "fun", "owner": f"Team {n}"} for n in range(3)]
    table = table_of(tmp_path / "routes.csv", rows)
    return compared_table(table, str(FICTITIOUS), str(workspace), None, RULES_DAY)


def test_a_thousand_rows_do_not_give_a_thousand_lines(found: Comparison) -> None:
    text = WRITERS["text"](impact_document(found, 0))
    flat = " ".join(text.split())
    assert len(text.splitlines()) < 60
    assert "Rows read: 1003 = compared 1000 + rejected 3. No longer permissible: 500; Untouched: 500." in flat
    assert "Permitted -> Not permitted Rows: 500 Why: Ended: Fictitious Decision on XQ" in flat
    assert "First rows: r-0, r-1, r-4, r-5, r-8 and 495 more" in flat
    assert "Rows 1002 (bad-0), 1003 (bad-1), 1004 (bad-2): purpose: 'fun'" in flat
    assert "in full" not in flat
    whole = WRITERS["md"](impact_document(found))
    assert "The changes in full, each by its first row" in whole
    assert "500 rows fare so: r-0, r-1, r-4, r-5, r-8 and 495 more" in whole


def test_every_row_stands_in_the_json_the_csv_and_the_workbook(found: Comparison) -> None:
    told = impact_json(found)
    assert isinstance(told, dict)
    assert told["schema"] == "transborder/impact-of-table/1"
    assert [told[name] for name in ("read", "compared", "rejected", "counts")] == [
        1_003, 1_000, 3, {"moved": 500, "untouched": 500}]  # fmt: skip
    changes, routes, rejected = told["changes"], told["routes"], told["rejected_rows"]
    assert isinstance(changes, list)
    assert isinstance(routes, list)
    assert isinstance(rejected, list)
    assert (len(changes), len(routes), len(rejected)) == (20, 1_000, 3)
    effects = {one["change"]: one["effect"] for one in changes if isinstance(one, dict)}
    rows = impact_rows(found)
    assert len(rows) == 1_003
    assert {row["row"] for row in rows} == {str(n) for n in range(2, 1_005)}
    assert [(one["route"], effects[one["change"]]) for one in routes if isinstance(one, dict)] == [
        (row["route"], row["effect"]) for row in rows[:1_000]
    ]
    assert [(row["effect"], row["owner"]) for row in rows[1_000:]] == [("rejected", f"Team {n}") for n in range(3)]
    sheets = impact_sheets(found)
    assert sheets["routes"] == rows[:1_000]
    assert len(sheets["rejected"]) == 3
    ended = {row["change"] for row in sheets["facts"] if row["fact"] == "adequacy/fictitious-xq"}
    assert ended == {row["change"] for row in rows if row["effect"] == "moved"}
    assert {(row["effect"], row["by_when"]) for row in rows[:1_000]} == {
        ("moved", "at once: it holds from 2023-06-01"), ("untouched", "")}  # fmt: skip


def test_each_owner_gets_one_notice_with_all_rows_of_its_own(found: Comparison) -> None:
    drafts = notices(found)
    assert sorted(drafts) == [*(f"Team-{n}" for n in range(7)), "no-owner-named"]
    rows = [row for row in impact_rows(found) if row["effect"] != "rejected"]
    for n in range(3):
        text = " ".join(WRITERS["text"](drafts[f"Team-{n}"]).split())
        mine = [row for row in rows if row["owner"] == f"Team {n}"]
        moved = [row for row in mine if row["effect"] == "moved"]
        assert f"{len(moved)} of {len(mine)} are concerned" in text
        assert f"{len(moved)} transfers: " in text
        assert all(f"({row['route']})" in text for row in mine)
        assert f"bad-{n} (row {1_002 + n}): purpose: 'fun'" in text
        others = {row["route"] for row in rows if row["owner"] != f"Team {n}"}
        assert not [name for name in others if f"({name})" in text]


def test_who_answers_for_every_row_answers_for_rejected_ones_too(workspace: Path, tmp_path: Path) -> None:
    end_the_finding(workspace)
    rows = [{name: text for name, text in row.items() if name != "owner"} for row in rows_of(twenty_kinds(20))]
    table = tmp_path / "routes.csv"
    write_csv(table, [*rows, {**rows[0], "id": "bad", "purpose": "fun"}], list(rows[0]))
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("defaults: {owner: Privacy}\n", encoding="utf-8")
    found = compared_table(table, str(FICTITIOUS), str(workspace), None, RULES_DAY, mapping)
    assert {row["owner"] for row in impact_rows(found)} == {"Privacy"}
    assert "bad (row 22): purpose: 'fun'" in " ".join(WRITERS["text"](notices(found)["Privacy"]).split())


def test_what_only_is_to_be_read_again_stands_apart_from_what_changes(tmp_path: Path) -> None:
    found = compared_table(TABLE, "2020-07-15", "2020-07-17", WORKSPACE)
    text = WRITERS["text"](notices(found)["Trust-and-safety"])
    concerned, again = text.index("WHICH OF YOUR TRANSFERS ARE CONCERNED"), text.index("SAME OUTCOME, TO BE READ AGAIN")
    assert concerned < text.index("report-fr-ncmec") < again < text.index("report-de-ncmec")


def test_the_example_from_the_shell_in_every_form(transborder: Run, tmp_path: Path) -> None:
    done = transborder("impact", TABLE, *SCHREMS)
    assert done.returncode == 0, done.stderr
    assert "Rows read: 36 = compared 34 + rejected 2. No longer permissible: 7;" in done.stdout
    assert "not read: the column 'system' is no field of a route" in done.stderr
    for ending in ("json", "csv", "xlsx", "docx", "md"):
        done = transborder("impact", TABLE, *SCHREMS, "-o", f"out.{ending}")
        assert (done.returncode, done.stdout) == (0, f"Written: out.{ending}\n"), done.stderr
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["read"] == 36
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 36
    sheets = load_workbook(tmp_path / "out.xlsx")
    assert sheets.sheetnames[0] == "routes"
    assert sheets["routes"].max_row == 35
    assert WordFile(str(tmp_path / "out.docx")).paragraphs[0].text.startswith("What a change of law")
    assert (tmp_path / "out.md").read_text(encoding="utf-8").startswith("# What a change")


def test_the_ending_decides_for_route_files_too(transborder: Run, tmp_path: Path) -> None:
    assert transborder("impact", IRELAND, *SCHREMS, "-o", "out.json").returncode == 0
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (told["schema"], told["routes"][0]["after"]["digest"][:7]) == ("transborder/impact/1", "sha256:")
    assert transborder("impact", IRELAND, *SCHREMS, "-o", "out.xlsx").returncode == 0
    assert load_workbook(tmp_path / "out.xlsx")["routes"].max_row == 2
    assert transborder("impact", IRELAND, *SCHREMS, "-o", "text.json", "--format", "text").returncode == 0
    assert (tmp_path / "text.json").read_text(encoding="utf-8").startswith("WHAT A CHANGE")
    assert transborder("impact", IRELAND, *SCHREMS, "-o", "-").stdout.startswith("WHAT A CHANGE")


def test_notices_in_word(transborder: Run, tmp_path: Path) -> None:
    given = (TABLE, *SCHREMS, "--notices", "notices", "--notices-format", "docx")
    assert transborder("impact", *given).returncode == 0
    names = sorted(path.name for path in (tmp_path / "notices").iterdir())
    assert names == ["Human-resources.docx", "Procurement.docx", "Trust-and-safety.docx"]
    file = WordFile(str(tmp_path / "notices" / "Human-resources.docx"))
    words = [one.text for one in file.paragraphs]
    assert words[:2] == ["Draft notice: your transfers of personal data", "To: Human resources"]
    assert [cell.text for cell in file.tables[0].rows[1].cells][:2] == ["Permitted", "Not permitted"]
    again = transborder("impact", *given)
    assert again.returncode == 2
    assert "name another folder for the notices" in again.stderr


def test_what_does_not_go_together_is_refused(transborder: Run, tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    for given, told in (
        ((TABLE, IRELAND), "routes.csv is a table of routes; give it alone"),
        ((IRELAND, "--mapping", "m.yaml"), "--mapping is for a table of routes"),
        ((tmp_path / "none.csv",), "none.csv  there is no such file"),
        ((tmp_path / "old.xls",), ".xls is not read; give .csv, .xlsx, .parquet"),
        ((TABLE, "-o", "out.xls"), "this command writes no .xls file; give -o one of"),
        ((TABLE, "--format", "docx"), "DOCX is no text: give -o FILE"),
    ):
        done = transborder("impact", *given, *SCHREMS)
        assert (done.returncode, done.stdout) == (2, ""), given
        assert told in done.stderr, done.stderr
        assert "Nothing was compared" not in done.stderr


def test_rejected_rows_fail_a_nightly_job_where_asked(transborder: Run) -> None:
    same = (TABLE, "--workspace", WORKSPACE, "--before", "2026-11-23", "--after", "2026-11-24")
    assert transborder("impact", *same, "--fail-on", "moved").returncode == 0
    assert transborder("impact", *same, "--fail-on", "moved", "--fail-on", "rejected").returncode == 1
    assert transborder("impact", TABLE, *SCHREMS, "--fail-on", "moved").returncode == 1
