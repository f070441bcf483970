"""The engine for clusters says of every row what the engine of one machine says. On a real Spark, with two threads of this machine."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from country_reports.records import BadRecord
from tests.conftest import Run, library, program
from tests.transfers.portfolio.registers import (
    DAY,
    HEADINGS,
    KINDS,
    LAW,
    ROWS,
    batch,
    read_csv,
    register,
    told_one_by_one,
    write_csv,
)
from transfers.cli.batch import command
from transfers.knowledge import Knowledge
from transfers.portfolio.batch import Done
from transfers.portfolio.on_workers import packed
from transfers.portfolio.results import RESULTS
from transfers.portfolio.spark import EDITION, FACTS, PROBLEMS, ROW, SPACES, Assessed, numbered, results
from transfers.portfolio.spark_batch import SparkOrder, run_on_spark, telling_failures
from transfers.tables.mapping import Mapping
from transfers.tables.reading import MissingExtra
from transfers.view import Policy

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    program("java")
    library("pyspark")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings: dict[str, bool | float | int | str | None] = {
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # nothing runs long enough to be compiled twice
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.files.maxPartitionBytes": str(ROWS * 10),  # several partitions, however small the table
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def on_spark(routes: Path, folder: Path, tia: str | None = None, results: str | None = None) -> Done:
    return run_on_spark(SparkOrder(str(routes), str(folder), LAW, None, tia, results))


def read_folder(folder: Path) -> list[dict[str, str]]:
    """All rows of a table of several files."""
    return [row for part in sorted(folder.glob("*.csv")) for row in read_csv(part)]


def by_row(rows: list[dict[str, str]]) -> dict[int, dict[str, str]]:
    """Rows by their numbers, without what only this engine adds."""
    found = {
        int(row[ROW]): {name: text for name, text in row.items() if not name.startswith("transborder_")} for row in rows
    }
    assert len(found) == len(rows)
    return found


def lines(rows: list[dict[str, str]]) -> list[tuple[str, ...]]:
    return sorted(tuple(row.values()) for row in rows)


def numbers_of(table: Path, folder: Path) -> list[int]:
    """The numbers of the rows that a batch on one machine assessed."""
    rejected = {int(row["row"]) for row in read_csv(folder / "rejected.csv")}
    return [number for number, _ in enumerate(read_csv(table), 2) if number not in rejected]


def test_rows_are_told_as_on_one_machine_and_one_by_one(
    spark: SparkSession, tmp_path: Path, knowledge: Knowledge
) -> None:
    rows = register(ROWS, KINDS, seed=1)
    table = write_csv(tmp_path / "routes.csv", rows)
    local, here = batch(table, tmp_path / "local"), tmp_path / "spark"
    done = on_spark(table, here)
    assert (done.rows, done.assessed, done.rejected) == (ROWS, local.assessed, local.rejected)
    assert done.outcomes == local.outcomes
    told = read_folder(here / "results.csv")
    expected = dict(
        zip(numbers_of(table, tmp_path / "local"), read_csv(tmp_path / "local" / "results.csv"), strict=True)
    )
    assert by_row(told) == expected
    assert {(row[FACTS], row[EDITION]) for row in told} == {(run_json(here)["facts"], knowledge.edition)}
    rejected = read_folder(here / "rejected.csv")
    assert lines(rejected) == lines(read_csv(tmp_path / "local" / "rejected.csv"))
    assert (here / "summary.txt").read_text("utf-8") == (tmp_path / "local" / "summary.txt").read_text("utf-8")
    numbers = {int(row["row"]) for row in rejected}
    assert told_one_by_one(table, {row["id"].strip(): row for row in told}, numbers, knowledge) == done.assessed


def run_json(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "run.json").read_text("utf-8"))
    return found


def test_nulls_blanks_and_types_of_parquet_are_told_as_on_one_machine(spark: SparkSession, tmp_path: Path) -> None:
    rows = [row for row in register(600, 40, seed=2)]
    columns = {
        name: pyarrow.array([row[name] or (None if n % 2 else "") for n, row in enumerate(rows)]) for name in HEADINGS
    }
    columns["data.volume.people"] = pyarrow.array([n for n in range(600)])
    columns |= {"data.retention.months": pyarrow.array([float(n % 3) if n % 50 == 0 else None for n in range(600)])}
    columns["data.subjects"] = pyarrow.array(
        [None if n % 3 else [] if n % 2 else ["users"] for n in range(600)], pyarrow.list_(pyarrow.string())
    )
    columns |= {
        "importer": pyarrow.array(
            [{"id": "own", "name": f"N{n % 2}", "country": "US", "kind": "company"} for n in range(600)]
        )
    }
    for name in ("importer.id", "importer.name", "importer.country", "importer.kind"):
        del columns[name]
    table = pyarrow.table(columns)
    parquet.write_table(table, tmp_path / "r.parquet", row_group_size=100)
    local = batch(tmp_path / "r.parquet", tmp_path / "local", tia="md")
    expected = parquet.read_table(tmp_path / "local" / "results.parquet").to_pylist()
    assert spark.read.parquet(str(tmp_path / "r.parquet")).rdd.getNumPartitions() > 2
    done = on_spark(tmp_path / "r.parquet", tmp_path / "spark", tia="md")
    assert (done.outcomes, done.assessed, done.rejected) == (local.outcomes, local.assessed, local.rejected)
    found = sorted(
        parquet.read_table(tmp_path / "spark" / "results.parquet").to_pylist(), key=lambda row: int(row[ROW])
    )
    assert [{name: row[name] for name in expected[0]} for row in found] == expected
    told = parquet.read_table(tmp_path / "spark" / "rejected.parquet").to_pylist()
    rejected = lines([{key: str(text) for key, text in row.items()} for row in told])
    assert rejected == lines(read_csv(tmp_path / "local" / "rejected.csv"))
    for name in (name for name in local.files if name.endswith((".md", ".txt"))):
        assert (tmp_path / "spark" / name).read_text("utf-8") == (tmp_path / "local" / name).read_text("utf-8")


ODD_LINES = """\
id;purpose;title;exporter.country
a;hosting;"two
lines";FR
b;hosting;short
c;hosting;;FR;
d;hosting;;FR;more
;; ;

e;hosting;caf\ufffd;FR
f;hosting;"said ""so"" once";FR
a;hosting;again;DE
"""


def test_lines_of_csv_that_are_no_rows_are_rejected_and_blank_ones_left(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("\ufeff" + ODD_LINES, encoding="utf-8")
    done = on_spark(tmp_path / "r.csv", tmp_path / "o")
    assert (done.rows, done.assessed, done.rejected) == (7, 3, 4)
    told = {row["id"]: row for row in read_folder(tmp_path / "o" / "results.csv")}
    assert {name: row["title"] for name, row in told.items()} == {"a": "two\nlines", "c": "", "f": 'said "so" once'}
    assert "transborder_odd" not in told["a"]
    rejected = [(row["row"], row["id"], row["problem"]) for row in read_folder(tmp_path / "o" / "rejected.csv")]
    assert rejected == [
        ("3", "b", "it has 3 cells, but the first line has 4 columns"),
        ("5", "d", "it has more cells than the first line has columns"),
        ("7", "e", "a character could not be read (U+FFFD); save the table as CSV UTF-8"),
        ("9", "a", "'a' stands in row 2 too"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.csv", 'id,title\na,"open\nb,x\n', "a quote is opened and never closed"),
        ("r.csv", 'id,title\na,"x"y"z\nb,"\n', "cannot be read"),
        ("r.csv", "id,title,\na,b,\n", "a column has no name"),
        ("r.csv", "id,id\na,b\n", "two columns are called id"),
        ("r.csv", "id,exporter.contry\na,b\n", "exporter.contry"),
        ("r.parquet", "PAR1 or not", "cannot be read"),
        ("r.xlsx", "", "neither .parquet nor .csv"),
        (None, "", "there is no such file"),
    ],
)
def test_tables_that_cannot_be_read_are_refused_in_one_line(
    spark: SparkSession, tmp_path: Path, name: str | None, content: str, said: str
) -> None:
    if name is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(BadRecord) as error:
        on_spark(tmp_path / (name or "r.csv"), tmp_path / "o")
    assert said in str(error.value)
    assert "\n" not in error.value.problems[0].message
    assert not list(tmp_path.glob("o/*"))


def test_a_mapping_holds_for_what_decides_nothing_too(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(
        "values: {data.volume.people: {about 5: '5', none: many}}\ndefaults: {data.volume.people: '7', exporter.country: FR}\n",
        encoding="utf-8",
    )
    rows = [{"id": name, "data.volume.people": text} for name, text in (("a", "about 5"), ("b", "none"), ("c", "4"))]
    path = write_csv(tmp_path / "r.csv", rows, list(rows[0]))
    local = batch(path, tmp_path / "local", mapping=tmp_path / "mapping.yaml")
    order = SparkOrder(str(path), str(tmp_path / "spark"), LAW, tmp_path / "mapping.yaml", None)
    done = run_on_spark(order)
    assert (done.assessed, done.rejected) == (local.assessed, local.rejected) == (2, 1)
    told = read_folder(tmp_path / "spark" / "rejected.csv")
    assert lines(told) == lines(read_csv(tmp_path / "local" / "rejected.csv"))


def test_files_of_one_table_must_have_the_same_headings(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.csv").write_text("id,purpose\na,hosting\n")
    (tmp_path / "r" / "b.csv").write_text("purpose,id\nhosting,b\n")
    with pytest.raises(BadRecord, match="cannot be read"):
        on_spark(tmp_path / "r", tmp_path / "o")


def test_a_frame_of_a_notebook_gets_its_answers(spark: SparkSession, tmp_path: Path, knowledge: Knowledge) -> None:
    rows = [
        ("a", "FR", "example-parent"),
        ("b", None, "example-parent"),
        ("a", "FR", "iwf"),
        ("c", "Atlantis", ""),
        (" d ", "FR", "iwf"),
    ]
    frame = spark.createDataFrame(rows, "`id` string, `exporter.country` string, `importer` string").repartition(3)
    found = {(row["id"], row["importer"]): row for row in results(frame, knowledge, DAY).collect()}
    assert len(found) == 5
    assert {row[ROW] for row in found.values()} == {1, 2, 3, 4, 5}
    assert found["c", ""][PROBLEMS][0]["column"] == "exporter.country"
    assert found["c", ""]["outcome"] is None
    twice = [found["a", "example-parent"], found["a", "iwf"]]
    assert sorted(len(row[PROBLEMS]) for row in twice) == [0, 1]
    assert found[" d ", "iwf"]["outcome"] is not None
    changed = tmp_path / "t.parquet"
    for country in ("FR", "Atlantis"):
        parquet.write_table(pyarrow.table({"id": ["a"], "exporter.country": [country], ROW: [1]}), changed)
        told = results(spark.read.parquet(str(changed)), knowledge, DAY).collect()
        assert [len(row[PROBLEMS]) for row in told] == [int(country == "Atlantis")]
    carried = frame.selectExpr("*", "cast(crc32(importer) as bigint) as transborder_row").where("id = 'b'")
    assert results(carried, knowledge, DAY).collect()[0]["fingerprint"] == found["b", "example-parent"]["fingerprint"]


def test_the_command_writes_results_of_results_and_beside_nothing_that_is_not_its_own(
    spark: SparkSession, tmp_path: Path
) -> None:
    earlier = {"outcome": "permitted", ROW: "7", EDITION: "old"}
    rows = [row | earlier for row in register(30, 10, seed=5)]
    rows[9]["id"] = rows[3]["id"]
    table, folder = write_csv(tmp_path / "routes.csv", rows, [*HEADINGS, *earlier]), tmp_path / "o"
    law = ["--workspace", str(LAW.workspace), "--as-of", DAY.isoformat(), "--engine", "spark"]
    asked = [str(table), "-o", str(folder), *law, "--results", "parquet"]
    (folder / "results.csv").mkdir(parents=True)
    refused = CliRunner().invoke(command, asked)
    assert refused.exit_code == 2
    assert "no earlier batch is known to have written it" in refused.output
    (folder / "results.csv" / "part.csv").write_text("old")
    (folder / "run.json").write_text(json.dumps({"files": ["results.csv", "tia-XX.md", "../o", "ours.txt"]}))
    for name in ("ours.txt", "tia-XX.md"):
        (folder / name).write_text("here before")
    done = CliRunner().invoke(command, [*asked, "--tia", "none", "--fail-on", "rejected"])
    told = run_json(folder)
    assert done.exit_code == 1
    assert f"Rows read: 30 = assessed {told['assessed']} + rejected {told['rejected']}" in done.output
    names = {path.name for path in folder.iterdir()}
    assert names == {"ours.txt", "results.parquet", "rejected.parquet", "summary.txt", "run.json"}
    found = parquet.read_table(folder / "results.parquet")
    assert set(found.column_names) == {*HEADINGS, *RESULTS, ROW, FACTS, EDITION}
    assert len(set(found[ROW].to_pylist())) == found.num_rows == told["assessed"]
    within = CliRunner().invoke(command, [str(folder / "results.parquet"), "-o", str(folder), *law])
    assert within.exit_code == 2
    assert "lie in one another" in within.output
    assert CliRunner().invoke(command, [*asked[:-1], "xlsx"]).exit_code == 2


def test_a_worker_with_other_records_judges_nothing(spark: SparkSession, knowledge: Knowledge) -> None:
    pack = replace(packed(knowledge, DAY, Policy()), edition="sha256:other")
    frame = numbered(spark.createDataFrame([("a",)], "`id` string").persist())
    with pytest.raises(MissingExtra, match="every worker needs the same") as error, telling_failures("t"):
        Assessed(frame, pack, Mapping(), "t")
    assert "sha256:other" in str(error.value)


def test_a_malformed_fact_of_the_workspace_is_told_with_its_file(spark: SparkSession, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    (workspace / "importers").mkdir(parents=True)
    (workspace / "importers" / "bad.yaml").write_text("id: bad\nname: 7\nnonsense: true\n")
    table = write_csv(tmp_path / "r.csv", [{"id": "a", "importer": "bad"}], ["id", "importer"])
    with pytest.raises(BadRecord) as error:
        run_on_spark(SparkOrder(str(table), str(tmp_path / "o"), replace(LAW, workspace=workspace)))
    assert str(workspace / "importers" / "bad.yaml") in str(error.value)


def test_without_java_or_the_libraries_it_is_said_what_to_install(
    tmp_path: Path, transborder: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    library("pyspark")
    table = write_csv(tmp_path / "r.csv", [{"id": "a"}], ["id"])
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    found = transborder("batch", table, "-o", tmp_path / "o", "--engine", "spark")
    assert found.returncode == 3
    assert "Spark needs Java 17" in found.stderr
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match=r"needs pandas: pip install 'transborder\[spark\]'"):
        on_spark(table, tmp_path / "o")


def test_spark_strips_what_python_strips() -> None:
    assert {chr(n) for n in range(sys.maxunicode + 1) if chr(n).isspace()} == set(SPACES)
