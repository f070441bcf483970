"""The command line: forms, files, exit codes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import yaml
from openpyxl import load_workbook

from tests.conftest import DAY, EXAMPLES, ROOT, Run
from tests.transfers.changes.fictitious import (
    IRELAND,
    RECIPIENT,
    SHIELD,
    WORKSPACE,
    commit,
    end_the_finding,
    write_route,
)


def test_the_command_tells_what_moved_and_exits_with_one_where_asked(transborder: Run, tmp_path: Path) -> None:
    days = ("--before", "2020-07-15", "--after", "2020-07-17")
    common = (IRELAND, "--workspace", WORKSPACE)
    done = transborder("impact", *common, *days, "--fail-on", "moved", "--format", "json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["policy"] == {"doctrine": None, "accept_stale": False, "verified_only": False}
    assert (told["schema"], told["read"], told["counts"]) == ("transborder/impact/1", 1, {"moved": 1})
    assert told["routes"][0]["facts"][0]["fact"] == SHIELD
    strict = transborder("impact", *common, *days, "--doctrine", "edpb", "--verified-only")
    assert "no permission on facts that were not checked" in strict.stdout
    quiet = transborder("impact", *common, "--before", "2026-11-23", "--after", "2026-11-24", "--fail-on", "reread")
    assert (quiet.returncode, quiet.stderr) == (0, "")
    assert "1 route read and told. Untouched: 1." in quiet.stdout


def test_a_route_that_is_lost_fails_as_one_that_moved(transborder: Run, workspace: Path, tmp_path: Path) -> None:
    record = yaml.safe_dump({**RECIPIENT, "id": "only-then"})
    (workspace / "importers").mkdir()
    (workspace / "importers" / "only-then.yaml").write_text(record, encoding="utf-8")
    commit(workspace, "Then")
    (workspace / "importers" / "only-then.yaml").unlink()
    path = write_route(tmp_path / "routes", "lost", importer="only-then")
    given = (path, "--workspace", workspace, "--as-of", "2024-01-15", "--fail-on", "moved")
    assert transborder("impact", *given, "--before", "HEAD").returncode == 1
    assert transborder("impact", *given, "--before", workspace, "--after", "HEAD").returncode == 0


def test_a_workbook_that_cannot_be_written_is_told_in_two_lines(transborder: Run, tmp_path: Path) -> None:
    write_route(tmp_path / "routes", "plain")
    given = ("--before", "2020-07-15", "--after", "2020-07-17")
    done = transborder("impact", tmp_path / "routes", *given, "--xlsx", tmp_path / "none" / "out.xlsx")
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 2, done.stderr


def test_the_workbook_is_read_back_and_no_cell_is_a_formula(transborder: Run, workspace: Path, tmp_path: Path) -> None:
    end_the_finding(workspace)
    write_route(tmp_path / "routes", "armed", title="=HYPERLINK(1)", owner="@sum")
    write_route(tmp_path / "routes", "plain")
    given = ("--workspace", workspace, "--as-of", "2024-01-15", "--before", "HEAD")
    done = transborder("impact", tmp_path / "routes", *given, "--xlsx", tmp_path / "out.xlsx")
    assert done.returncode == 0, done.stderr
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["routes", "regimes", "findings", "facts", "conditions and questions"]
    heading, *rows = ([cell.value for cell in line] for line in book["routes"].iter_rows())
    told = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [(one["route"], one["effect"], one["before"], one["after"]) for one in told] == [
        ("armed", "moved", "permitted", "not_permitted"),
        ("plain", "moved", "permitted", "not_permitted"),
    ]
    assert (told[0]["title"], told[0]["owner"]) == ("'=HYPERLINK(1)", "'@sum")
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    facts = [[cell.value for cell in line] for line in book["facts"].iter_rows()]
    assert ["armed", "adequacy/fictitious-xq", "ended"] in [line[:3] for line in facts]


def test_notices_are_written_once_and_never_over_a_draft(transborder: Run, workspace: Path, tmp_path: Path) -> None:
    end_the_finding(workspace)
    path = write_route(tmp_path / "routes", "one", owner="../../Sales")
    given = (path, "--workspace", workspace, "--as-of", "2024-01-15", "--before", "HEAD", "--notices", tmp_path / "n")
    assert transborder("impact", *given).returncode == 0
    (draft,) = (tmp_path / "n").iterdir()
    assert (draft.name, draft.parent) == ("Sales.md", tmp_path / "n")
    assert draft.read_text(encoding="utf-8").startswith("# Draft notice: your transfers of personal data\n")
    draft.write_text("Worked on", encoding="utf-8")
    again = transborder("impact", *given)
    assert again.returncode == 2
    assert "name another folder for the notices" in again.stderr
    assert draft.read_text(encoding="utf-8") == "Worked on"


def test_a_folder_of_routes_is_read_and_what_lies_below_is_told(transborder: Run) -> None:
    done = transborder("impact", ROOT / "examples", "--workspace", WORKSPACE, "--before", DAY, "--after", DAY)
    assert done.returncode == 0
    assert f"{len(EXAMPLES)} routes read and told." in done.stdout
    assert "YAML files in folders below" in done.stderr


def test_files_that_are_no_routes_are_told_with_their_lines(transborder: Run, tmp_path: Path) -> None:
    routes = tmp_path / "routes"
    write_route(routes, "one")
    (routes / "two.yaml").write_text("id: one\ntitle: The same id\n", encoding="utf-8")
    (routes / "three.yaml").write_text("id: three\nexporter: {contry: FR}\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    done = transborder("impact", routes, tmp_path / "empty", tmp_path / "none.yaml", "--before", DAY)
    assert (done.returncode, done.stdout) == (2, "")
    for told in (
        "routes/two.yaml:1  id: routes/one.yaml is called 'one' too; ids must differ",
        "routes/three.yaml:2  exporter.contry: unknown field; did you mean 'country'?",
        "empty  no YAML file lies in this folder",
        "none.yaml  there is no such file",
    ):
        assert told in done.stderr.replace(f"{tmp_path}{os.sep}", "")
    assert transborder("impact", "--before", DAY).returncode == 2


def test_rejected_rows_are_those_of_a_table(transborder: Run) -> None:
    done = transborder("impact", ROOT / "examples", "--before", "2020-07-15", "--fail-on", "rejected")
    assert (done.returncode, "no table was given" in done.stderr) == (2, True)
