"""Every row of a table is assessed or rejected with its reason; results are whole, the same, and taken up where they were stopped."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeVar

import pyarrow
import pytest
from openpyxl import Workbook, load_workbook
from pyarrow import parquet

from country_reports.records import BadRecord
from tests.conftest import ROOT, Run
from tests.transfers.portfolio.registers import HEADINGS, batch, files_of, read_csv, register, write_csv
from transfers.portfolio import deciding
from transfers.portfolio.results import RESULTS
from transfers.portfolio.work import PART, RUN

T = TypeVar("T")
EXAMPLE = ROOT / "examples" / "portfolio" / "routes.csv"
AS_OF = ("--as-of", "2026-11-23")
WORKSPACE = ("--workspace", str(ROOT / "examples" / "workspace"))

FAULTS = (
    ("exporter.country", "Atlantis", "'Atlantis' is not a place we know"),
    ("importer", "example-parnet", "example-parnet"),
    ("purpose", "fun", "is not one of the allowed words"),
    ("title", '=HYPERLINK("x")', "a formula"),
    ("frequency", "#REF!", "the spreadsheet shows an error here"),
    ("mechanisms.1.signed_on", "1.3.2024", "is not a date"),
    ("mechanisms.1.tool", "eu-scc-2021/m9", "eu-scc-2021/m9"),
    ("id", "r 1", "use letters, digits, dot, dash and underscore"),
    ("id", "", "this field is required"),
    ("id", "r-7", "'r-7' stands in row 9 too"),
    ("data.volume.people", "-4", "is too small; the least is 0"),
    ("data.clear_text_needed", "perhaps", "is not an answer"),
)
"""A column, what is wrong in it, and what is said of it."""


def clean(rows: int) -> list[dict[str, str]]:
    """Rows of some kinds without a fault."""
    every = [row for row in register(rows * 2, 40, seed=2) if row["exporter.country"] != "Atlantis"]
    plain = {"title": "Flow", "data.volume.people": "3", "mechanisms.1.tool": "eu-scc-2021/m2",
             "mechanisms.1.status": "signed", "mechanisms.1.signed_on": "2024-03-01", "our own column": "x"}  # fmt: skip
    return [row | plain | {"id": f"r-{number}"} for number, row in enumerate(every[:rows])]


def test_a_spreadsheet_of_5000_rows_with_40_faulty_ones(tmp_path: Path) -> None:
    rows = clean(5_000)
    places = [100 + 120 * n for n in range(40)]
    for n, place in enumerate(places):
        column, text, _ = FAULTS[n % 12]
        rows[place][column] = text
        if column == "importer":
            rows[place] |= {"importer.id": "", "importer.name": "", "importer.country": "", "importer.kind": ""}
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append([int(row[name]) if row[name].isdigit() else row[name] or None for name in HEADINGS])
    book.save(tmp_path / "register.xlsx")
    done = batch(tmp_path / "register.xlsx", tmp_path / "o", tia="md", results="csv")
    assert (done.rows, done.assessed, done.rejected) == (5_000, 4_960, 40)
    assert len(read_csv(tmp_path / "o" / "results.csv")) == 4_960
    reasons = read_csv(tmp_path / "o" / "rejected.csv")
    assert [int(reason["row"]) for reason in reasons] == [place + 2 for place in places]
    for n, reason in enumerate(reasons):
        column, _, told = FAULTS[n % 12]
        assert reason["column"] == column
        assert told in reason["problem"]
    destinations = {path.stem.removeprefix("tia-") for path in (tmp_path / "o").glob("tia-*.md")}
    assert {"US", "IN", "GB", "JP", "unknown"} <= destinations
    told = (tmp_path / "o" / "tia-US.md").read_text(encoding="utf-8")
    assert re.search(r"The first \d+ are told in full above, the strictest first", told)
    sums = re.findall(r"^\| r-\d+ \| (\d+) \|", told, re.MULTILINE)
    assert sum(map(int, sums)) == int(re.findall(r"(\d+) routes lead here", told)[0])


def test_the_example_from_the_shell(transborder: Run, tmp_path: Path) -> None:
    done = transborder("batch", EXAMPLE, "-o", "out", *WORKSPACE, *AS_OF)
    assert done.returncode == 0, done.stderr
    assert "Rows read: 36 = assessed 34 + rejected 2" in done.stdout
    assert "the column 'system' is no field of a route" in done.stdout
    assert (tmp_path / "out" / "summary.md").exists()
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *json.loads((tmp_path / "out" / RUN).read_text())["files"],
        RUN,
    }
    assert transborder("batch", EXAMPLE, "-o", "out", *WORKSPACE, *AS_OF, "--fail-on", "rejected").returncode == 1
    assert transborder("batch", EXAMPLE, "-o", "out", *WORKSPACE, *AS_OF, "--fail-on", "not_permitted").returncode == 1
    sure = transborder("batch", EXAMPLE, "-o", "out", *WORKSPACE, *AS_OF, "--fail-on", "nothing")
    assert sure.returncode == 2
    assert "not an outcome" in sure.stderr


def test_a_second_run_writes_the_same_bytes_and_leaves_nothing_of_another_table(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", register(150, 30, seed=5))
    for form in ("csv", "xlsx", "parquet"):
        batch(path, tmp_path / form, tia="md", results=form)
        first = files_of(tmp_path / form)
        time.sleep(1.1 if form == "xlsx" else 0)
        batch(path, tmp_path / form, tia="md", results=form)
        assert files_of(tmp_path / form) == first
    small = write_csv(tmp_path / "s.csv", [row for row in register(150, 30, seed=5) if row["importer"] == "iwf"][:3])
    batch(small, tmp_path / "csv", tia="md")
    batch(small, tmp_path / "afresh", tia="md")
    assert files_of(tmp_path / "csv") == files_of(tmp_path / "afresh")


def test_results_are_a_table_of_routes_again(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", register(80, 20, seed=6))
    batch(path, tmp_path / "a")
    batch(tmp_path / "a" / "results.csv", tmp_path / "b")
    assert (tmp_path / "a" / "results.csv").read_bytes() == (tmp_path / "b" / "results.csv").read_bytes()


def test_no_cell_of_the_results_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    rows = clean(12)
    for row, start in zip(rows, ("=", "+", "-", "@", "\t", "\r") * 2, strict=True):
        row["our own column"] = f"{start}cmd"
    path = write_csv(tmp_path / "r.csv", rows)
    for columnar in (True, False):
        batch(path, tmp_path / str(columnar), columnar=columnar)
        cells = [cell for row in read_csv(tmp_path / str(columnar) / "results.csv") for cell in row.values()]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    batch(path, tmp_path / "x", results="xlsx")
    sheet = load_workbook(tmp_path / "x" / "results.xlsx").active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    rejected = write_csv(tmp_path / "bad.csv", [{"id": "=cmd|1"}], ["id"])
    batch(rejected, tmp_path / "bad")
    assert read_csv(tmp_path / "bad" / "rejected.csv")[0]["id"] == "'=cmd|1"


def test_other_peoples_columns_are_read_by_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(
        "columns: {Ref: id, Pays: exporter.country, Prestataire: importer, Finalité: purpose, Personnes: data.subjects}\n"
        "values: {purpose: {Paie: hr_administration}, data.subjects: {Salariés: employees, Clients: customers}}\n"
        "defaults: {exporter.role: controller, importer_role: processor}\n"
        "ignore: [Divers]\n",
        encoding="utf-8",
    )
    text = "Ref;Pays;Prestataire;Finalité;Personnes;Divers;Site\nT1;FR;example-parent;Paie;Salariés;;A\nT2;FR;iwf;Loisirs;Clients; ;B\n"
    (tmp_path / "theirs.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    done = batch(tmp_path / "theirs.csv", tmp_path / "o", mapping=tmp_path / "mapping.yaml")
    assert (done.assessed, done.rejected, done.unread) == (1, 1, ("Site",))
    assert read_csv(tmp_path / "o" / "rejected.csv")[0]["column"] == "Finalité"
    plain = {"id": "T1", "exporter.country": "FR", "importer": "example-parent", "purpose": "hr_administration",
             "data.subjects": "employees", "exporter.role": "controller", "importer_role": "processor"}  # fmt: skip
    batch(write_csv(tmp_path / "ours.csv", [plain], list(plain)), tmp_path / "p")
    ours, theirs = (read_csv(tmp_path / name / "results.csv")[0] for name in ("p", "o"))
    assert [ours[name] for name in RESULTS] == [theirs[name] for name in RESULTS]


def test_a_mapping_holds_for_what_decides_nothing_too(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(
        "values: {data.volume.people: {about 5: '5', none: many}, data.volume.period: {per Jahr: year}}\n"
        "defaults: {data.retention.months: '6', exporter.country: FR, importer: example-parent}\n",
        encoding="utf-8",
    )
    rows = [{"id": "a", "data.volume.people": "about 5", "data.volume.period": "per Jahr"},
            {"id": "b", "data.volume.people": "none", "data.volume.period": ""},
            {"id": "c", "data.volume.people": "", "data.volume.period": "per Jahr"}]  # fmt: skip
    path = write_csv(tmp_path / "r.csv", rows, list(rows[0]))
    (tmp_path / "by default.yaml").write_text(
        "values: {data.volume.period: {per Jahr: year}}\ndefaults: {data.volume.people: '5'}\n", encoding="utf-8"
    )
    lone = write_csv(
        tmp_path / "lone.csv", [{"id": "a", "data.volume.period": "per Jahr"}], ["id", "data.volume.period"]
    )
    for columnar in (True, False):
        done = batch(path, tmp_path / str(columnar), columnar=columnar, mapping=tmp_path / "mapping.yaml")
        assert (done.assessed, done.rejected) == (1, 2)
        told = {(row["id"], row["column"]) for row in read_csv(tmp_path / str(columnar) / "rejected.csv")}
        assert told == {("b", "data.volume.people"), ("c", "data.volume.people")}
        mapping = tmp_path / "by default.yaml"
        assert batch(lone, tmp_path / f"lone {columnar}", columnar=columnar, mapping=mapping).rejected == 0
    assert files_of(tmp_path / "True") == files_of(tmp_path / "False")


def refused(path: Path, folder: Path) -> str:
    with pytest.raises(BadRecord) as error:
        batch(path, folder)
    return str(error.value)


def test_tables_that_cannot_be_read_as_a_whole_are_told(tmp_path: Path) -> None:
    whole = tmp_path / "whole.parquet"
    parquet.write_table(pyarrow.table({"id": [f"r{n}" for n in range(5_000)]}), whole)
    for name, content, told in (
        ("none.csv", b"", "the first line must name the columns"),
        ("cut.parquet", whole.read_bytes()[:-200], "no whole Parquet file"),
        ("no.parquet", b"PAR1", "no whole Parquet file"),
        ("latin.csv", "id,title\na,Activité\n".encode("cp1252"), "latin.csv:2  no UTF-8 text"),
        (
            "wide.csv",
            b"id," + b",".join(b"c%d" % n for n in range(2_000_000)) + b"\n",
            "2000001 columns; a table has at most",
        ),
        ("open.csv", b'id,title\na,"never closed\nb,c\n', "not a whole CSV file"),
        ("twice.csv", b"id,id\n", "two columns are called id"),
        ("typo.csv", b"id,exporter.contry\n", "did you mean exporter.country"),
        ("group.csv", b"id,exporter,exporter.country\na,x,y\n", ""),
        ("noid.csv", b"title\nx\n", "no column gives the id"),
        ("r.doc", b"x", ".doc is not read"),
        ("r.xlsx", b"PK", "no XLSX workbook"),
        ("r.yaml", b"id: a\n", "a list of routes is expected"),
        ("r.yml", b"- id: [\n", "not valid YAML"),
    ):
        (tmp_path / name).write_bytes(content)
        if told:
            assert told in refused(tmp_path / name, tmp_path / f"o-{name}"), name
        assert not (tmp_path / f"o-{name}").exists() or not told, name
    assert "there is no such file" in refused(tmp_path / "absent.csv", tmp_path / "o")
    nested = pyarrow.table({"id": ["a"], "mechanisms": [[{"tool": "adequacy"}]]})
    parquet.write_table(nested, tmp_path / "nested.parquet")
    told = refused(tmp_path / "nested.parquet", tmp_path / "o")
    assert "nested.parquet  mechanisms: lists of groups are not read; give columns such as mechanisms.1.tool" in told


def test_rows_that_cannot_be_read_are_rejected_and_none_is_lost(tmp_path: Path) -> None:
    lines = ["id,title,purpose", "a,t,hosting", "b,t", "c,t,hosting,more", "d,,", ",,", "", 'e,"two\nlines",hosting',
             f"f,{'x' * 10_000_000},hosting", "g,t,hosting,,", 'h,"said ""so""",hosting', "a,t,hosting"]  # fmt: skip
    (tmp_path / "r.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for columnar in (True, False):
        done = batch(tmp_path / "r.csv", tmp_path / str(columnar), columnar=columnar)
        assert (done.rows, done.assessed, done.rejected) == (9, 5, 4)
        told = {row["id"]: (row["row"], row["problem"]) for row in read_csv(tmp_path / str(columnar) / "rejected.csv")}
        assert told["b"] == ("3", "it has 2 cells, but the first line has 3 columns")
        assert told["c"] == ("4", "it has more cells than the first line has columns")
        assert told["f"] == ("10", "10000000 characters; a cell has at most 32767")
        assert told["a"] == ("13", "'a' stands in row 2 too")
        assert [row["id"] for row in read_csv(tmp_path / str(columnar) / "results.csv")] == ["a", "d", "e", "g", "h"]


def test_lines_of_json_are_taken_one_by_one(tmp_path: Path) -> None:
    deep = b'{"id": "deep", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    lines = [b'{"id": "a"}', b"{", b"[]", b'{"id": "b", "id": "c"}', b'{"id": "d", "purpose": NaN}', b"\xff", b"", deep,
             b'{"id": "e", "purpose": "fun"}', b'{"id": "f", "data": {"volume": {"people": -1}}}', b'{"id": 4}',
             b'{"id": "g", "exporter": "FR"}', b'{"id": "h", "data": {"volume": {"peple": 1}}}']  # fmt: skip
    (tmp_path / "r.jsonl").write_bytes(b"\n".join(lines))
    done = batch(tmp_path / "r.jsonl", tmp_path / "o")
    assert (done.rows, done.assessed, done.rejected) == (12, 1, 11)
    told = [(row["row"], row["column"]) for row in read_csv(tmp_path / "o" / "rejected.csv")]
    assert {row for row, _ in told} == {"2", "3", "4", "5", "6", "8", "9", "10", "11", "12", "13"}
    assert ("10", "data.volume.people") in told
    assert ("9", "purpose") in told


def test_half_a_character_in_json_is_a_reason_and_no_crash(tmp_path: Path) -> None:
    lines = [r'{"id": "a", "title": "\ud83d\ude00"}', r'{"id": "b", "title": "\ud83d"}', r'{"id": "c", "purpose": "\ude00"}',
             r'{"id": "d", "x\ud83d": 1}']  # fmt: skip
    (tmp_path / "r.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = batch(tmp_path / "r.jsonl", tmp_path / "o")
    assert (done.assessed, done.rejected) == (1, 3)
    told = read_csv(tmp_path / "o" / "rejected.csv")
    assert [row["row"] for row in told] == ["2", "3", "4"]
    assert told[0]["problem"].startswith(r"\ud83d is half of a character")


def shown(folder: Path) -> set[str]:
    """Files among the results, but for the folder of the work."""
    return {path.name for path in folder.iterdir() if path.name != PART} if folder.exists() else set()


def command(routes: Path, folder: Path) -> list[str]:
    transborder = str(Path(sys.executable).with_name("transborder"))
    return [transborder, "batch", str(routes), "-o", str(folder), *WORKSPACE, *AS_OF]


def test_a_run_killed_at_any_moment_is_taken_up_and_ends_the_same(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", register(500, 120, seed=8))
    start = time.monotonic()
    subprocess.run(command(path, tmp_path / "undisturbed"), check=True, capture_output=True)
    whole = time.monotonic() - start
    random = Random(9)
    for _ in range(5):
        with subprocess.Popen(command(path, tmp_path / "killed"), stdout=subprocess.DEVNULL) as running:
            time.sleep(random.uniform(0.3, 1.0) * whole)
            running.send_signal(signal.SIGKILL)
        seen = shown(tmp_path / "killed")
        assert all(
            (tmp_path / "undisturbed" / name).read_bytes() == (tmp_path / "killed" / name).read_bytes() for name in seen
        )
    subprocess.run(command(path, tmp_path / "killed"), check=True, capture_output=True)
    assert files_of(tmp_path / "killed") == files_of(tmp_path / "undisturbed")


def test_processes_that_judge_say_what_one_says_and_end_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "r.csv", register(4_000, 4_000, seed=10))
    monkeypatch.setattr(deciding, "WORTH_TWO", 10_000)
    batch(path, tmp_path / "alone")
    order = [*command(path, tmp_path / "shared"), "--tia", "none"]
    with subprocess.Popen(order, stderr=subprocess.PIPE, text=True) as running:
        os.kill(int(wait_for(lambda: children_of(running.pid))[0]), signal.SIGKILL)
        _, told = running.communicate()
    assert running.returncode == 3
    assert "a process that judges ended before its work was done" in told
    assert "run the same command" in told
    with subprocess.Popen(order, stderr=subprocess.DEVNULL, text=True) as running:
        helped_by = wait_for(lambda: children_of(running.pid))
        running.send_signal(signal.SIGKILL)
    assert wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in helped_by))
    subprocess.run(order, check=True, capture_output=True)
    assert files_of(tmp_path / "shared") == files_of(tmp_path / "alone")


def children_of(pid: int) -> list[str]:
    """Processes that judge; not the one that watches over what they share."""
    ids = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for one in ids if "spawn_main" in Path(f"/proc/{one}/cmdline").read_text()]


def wait_for(found: Callable[[], T]) -> T:
    """What is found within a minute."""
    for _ in range(600):
        if seen := found():
            return seen
        time.sleep(0.1)
    raise AssertionError("it did not come about")


def test_what_was_found_is_not_found_again_and_a_torn_line_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transfers.portfolio.deciding import Decider

    path = write_csv(tmp_path / "r.csv", register(200, 60, seed=10))
    batch(path, tmp_path / "whole", tia="md")
    judged: list[str] = []
    original = Decider.verdict

    def counted(self: Decider, key: str) -> object:
        judged.append(key)
        if len(judged) in (30, 45):
            raise OSError(28, "No space left on device")
        return original(self, key)

    monkeypatch.setattr(Decider, "verdict", counted)
    for _ in range(2):
        with pytest.raises(OSError, match="No space"):
            batch(path, tmp_path / "o", tia="md")
        assert shown(tmp_path / "o") == set()
        with (tmp_path / "o" / PART / "decided.jsonl").open("a", encoding="utf-8") as file:
            file.write('{"key": "torn')
    batch(path, tmp_path / "o", tia="md")
    assert len(judged) == len(set(judged)) + 2  # the two at which the disk was full
    assert files_of(tmp_path / "o") == files_of(tmp_path / "whole")


def test_a_full_disk_is_told_with_what_to_do(tmp_path: Path) -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root, to make a small disk")
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(small)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no small disk can be made here")
    try:
        for columnar in ("csv", "parquet"):
            path = write_csv(tmp_path / "r.csv", register(700, 60, seed=11))
            done = subprocess.run(
                [*command(path, small / "o"), "--results", columnar], check=False, capture_output=True, text=True
            )
            assert done.returncode == 3, done.stderr
            assert "is full" in done.stderr
            assert "run the same command" in done.stderr
            assert shown(small / "o") == set()
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path) -> None:
    from transfers.portfolio.work import Work

    path = write_csv(tmp_path / "r.csv", register(5, 3, seed=12))
    (tmp_path / "o").mkdir()
    first = Work(tmp_path / "o", {"a": 1})
    first.begin()
    assert "another batch is writing here" in refused(path, tmp_path / "o")
    first.close()
    assert batch(path, tmp_path / "o").rows == 5


def test_csv_writer_of_python_reads_what_is_written(tmp_path: Path) -> None:
    rows = clean(6)
    for row, text in zip(rows, ('"', ",", "a\nb", "é", "'", ""), strict=True):
        row["our own column"] = text
    batch(write_csv(tmp_path / "r.csv", rows), tmp_path / "o")
    with (tmp_path / "o" / "results.csv").open(encoding="utf-8", newline="") as file:
        assert [row["our own column"] for row in csv.DictReader(file, strict=True)] == ['"', ",", "a\nb", "é", "'", ""]
