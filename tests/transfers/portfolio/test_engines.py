"""The engines of a batch, and one route at a time, say the same of every row."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pyarrow
import pytest
from pyarrow import parquet

from country_reports.records import BadRecord
from tests.transfers.portfolio.registers import (
    CHOICES,
    DAY,
    HEADINGS,
    KINDS,
    LAW,
    ROWS,
    batch,
    files_of,
    kind,
    read_csv,
    register,
    route_of,
    told_one_by_one,
    write_csv,
)
from transfers.knowledge import Knowledge
from transfers.portfolio.cells import keys_of
from transfers.portfolio.columns import BETWEEN, FREE, columns_of, is_free
from transfers.portfolio.results import RESULTS
from transfers.route import Route
from transfers.tables.dotted import cells_of
from transfers.tables.mapping import Mapping
from transfers.view import Policy


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("table") / "routes.csv", register(ROWS, KINDS, seed=1))


def test_both_engines_and_one_by_one_agree_row_for_row(table: Path, tmp_path: Path, knowledge: Knowledge) -> None:
    columnar, by_row = batch(table, tmp_path / "columnar"), batch(table, tmp_path / "rows", columnar=False)
    assert files_of(tmp_path / "columnar") == files_of(tmp_path / "rows")
    assert columnar == by_row
    results = {row["id"].strip(): row for row in read_csv(tmp_path / "columnar" / "results.csv")}
    rejected = {int(row["row"]) for row in read_csv(tmp_path / "columnar" / "rejected.csv")}
    assert columnar.assessed == len(results)
    assert columnar.rejected == len(rejected) > 20
    assert told_one_by_one(table, results, rejected, knowledge) == columnar.assessed


def test_rows_come_out_in_their_order(table: Path, tmp_path: Path) -> None:
    batch(table, tmp_path)
    rejected = {int(row["row"]) for row in read_csv(tmp_path / "rejected.csv")}
    kept = [row["title"] for number, row in enumerate(read_csv(table), 2) if number not in rejected]
    assert [row["title"] for row in read_csv(tmp_path / "results.csv")] == kept


def test_parquet_says_the_same_as_csv(table: Path, tmp_path: Path) -> None:
    rows = read_csv(table)
    columns = {name: pyarrow.array([row[name] or None for row in rows]) for name in HEADINGS}
    parquet.write_table(pyarrow.table(columns), tmp_path / "routes.parquet", row_group_size=700)
    of_csv = batch(table, tmp_path / "csv", tia="md")
    of_parquet = batch(tmp_path / "routes.parquet", tmp_path / "parquet", tia="md")
    for path in (tmp_path / "csv").glob("*.md"):
        assert path.read_bytes() == (tmp_path / "parquet" / path.name).read_bytes()
    by_row = batch(tmp_path / "routes.parquet", tmp_path / "rows", results="parquet", columnar=False)
    assert of_csv.outcomes == of_parquet.outcomes == by_row.outcomes
    assert of_csv.rejected == of_parquet.rejected == by_row.rejected
    expected = [[row[name].removeprefix("'") for name in RESULTS] for row in read_csv(tmp_path / "csv" / "results.csv")]
    for folder in ("parquet", "rows"):
        found = parquet.read_table(tmp_path / folder / "results.parquet").to_pylist()
        assert [[row[name] or "" for name in RESULTS] for row in found] == expected


def test_typed_columns_of_parquet_are_read_as_they_are_meant(tmp_path: Path) -> None:
    table = pyarrow.table({
        "id": ["a", "b", "c"],
        "exporter": [{"country": "FR", "role": "controller"}] * 3,
        "importer": pyarrow.array(["example-parent"] * 3).dictionary_encode(),
        "collected_directly": [False, False, None],
        "data.subjects": pyarrow.array([["employees", "users"], [], None], pyarrow.list_(pyarrow.string())),
        "data.volume.people": pyarrow.array([4, 5, None], pyarrow.int64()),
        "mechanisms.1.tool": ["eu-scc-2021/m2"] * 3,
        "mechanisms.1.status": ["signed"] * 3,
        "mechanisms.1.signed_on": [DAY] * 3,
    })  # fmt: skip
    parquet.write_table(table, tmp_path / "typed.parquet")
    header = ["id", "exporter.country", "exporter.role", "importer", "collected_directly", "data.subjects",
              "data.volume.people", *(name for name in HEADINGS if name.startswith("mechanisms"))]  # fmt: skip
    same = ["FR", "controller", "example-parent"]
    signed = ["eu-scc-2021/m2", "signed", DAY.isoformat()]
    rows = [["a", *same, "no", "employees; users", "4", *signed], ["b", *same, "no", "none", "5", *signed],
            ["c", *same, "", "", "", *signed]]  # fmt: skip
    write_csv(tmp_path / "typed.csv", [dict(zip(header, row, strict=True)) for row in rows], header)
    assert batch(tmp_path / "typed.parquet", tmp_path / "p", results="csv").assessed == 3
    batch(tmp_path / "typed.csv", tmp_path / "c")
    told = [[row[name] for name in RESULTS] for row in read_csv(tmp_path / "p" / "results.csv")]
    assert told == [[row[name] for name in RESULTS] for row in read_csv(tmp_path / "c" / "results.csv")]


def test_numbers_of_words_tell_keys_apart_whatever_they_are_held_in() -> None:
    words = [f"w{n}" for n in range(1_000)]

    def column(numbers: list[int], kind: pyarrow.DataType, most: int) -> pyarrow.Array:
        return pyarrow.DictionaryArray.from_arrays(pyarrow.array(numbers, kind), words[:most])

    wide = [("same", column([999] * 1_000, pyarrow.uint64(), 1_000))] * 5
    numbers, keys = keys_of([*wide, ("last", column([*range(1_000)], pyarrow.uint64(), 1_000))], 1_000)
    assert [keys[n].rpartition(BETWEEN)[2] for n in numbers] == words
    numbers, keys = keys_of([("full", column([*range(128)], pyarrow.int8(), 128))], 128)
    assert [keys[n] for n in numbers] == words[:128]


def test_routes_as_they_are_written_elsewhere_say_the_same(tmp_path: Path) -> None:
    rows = [row for row in register(60, 40, seed=3) if not row["title"].startswith("=")]
    records = []
    for row in rows:
        try:
            records.append(route_of(row).model_dump(mode="json", exclude_unset=True))
        except BadRecord:
            continue
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (tmp_path / "routes.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "routes.yaml").write_text(json.dumps(records), encoding="utf-8")
    cells = [cells_of(Route.model_validate(record)) for record in records]
    headings = list(dict.fromkeys(name for row in cells for name in row))
    write_csv(tmp_path / "routes.csv", cells, headings)
    for name in ("routes.jsonl", "routes.yaml", "routes.csv"):
        batch(tmp_path / name, tmp_path / name.replace(".", "-"))
    found = [read_csv(tmp_path / name / "results.csv") for name in ("routes-jsonl", "routes-yaml", "routes-csv")]
    assert len(found[0]) > 40
    assert found[0] == found[1] == found[2]


def test_equal_keys_with_other_names_of_recipients_are_told_by_their_own_names(tmp_path: Path) -> None:
    row = {name: "" for name in HEADINGS} | {
        "exporter.country": "FR",
        "exporter.role": "controller",
        "purpose": "hosting",
    }
    row |= {"importer.id": "own", "importer.country": "US", "importer.kind": "company", "importer_role": "processor",
            "importer.legal_categories": "us_electronic_communication_service_provider"}  # fmt: skip
    rows = [row | {"id": "one", "importer.name": "Alpha Ltd"}, row | {"id": "two", "importer.name": "Beta Ltd"}]
    path = write_csv(tmp_path / "r.csv", rows, [*HEADINGS, "importer.legal_categories"])
    done = batch(path, tmp_path / "o", tia="md")
    assert done.assessed == 2
    tia = (tmp_path / "o" / "tia-US.md").read_text(encoding="utf-8")
    assert "Alpha Ltd" in tia
    assert "Beta Ltd" in tia
    first, second = read_csv(tmp_path / "o" / "results.csv")
    assert "Alpha Ltd" not in " ".join(second.values()).replace(second["importer.name"], "")
    assert "Beta Ltd" not in " ".join(first.values()).replace(first["importer.name"], "")


def test_what_is_left_out_of_a_key_cannot_be_read_by_the_law(knowledge: Knowledge) -> None:
    """A route is made of its key alone. Here: what is outside the key changes neither its Case nor any name or fact in its slots."""
    random = Random(4)
    for _ in range(60):
        plain = {name: text for name, text in kind(random).items() if text and text != "Atlantis"}
        route = route_of({"id": "a", **plain})
        other = route_of({"id": "b", **plain, "title": "T", "note": "N", "owner": "O", "exporter.name": "E", "data.volume.people": "9",
                          "data.volume.period": "year", "data.retention.months": "6"})  # fmt: skip
        assert knowledge.extract(route, DAY) == knowledge.extract(other, DAY)


def test_every_column_of_a_route_is_in_the_key_unless_it_is_known_to_decide_nothing() -> None:
    columns = columns_of(["id", "title", *CHOICES, "note", "exporter.name", "data.volume.people"], Mapping(), Path("x"))
    assert {columns.headings[n] for n in columns.key} == set(CHOICES)
    assert set(columns.free) == {"id", "title", "note", "exporter.name", "data.volume.people"}
    for name in FREE:
        assert is_free(name)
        assert not is_free(f"{name}x")
    assert not is_free("exporter")


def test_a_character_that_divides_keys_makes_no_two_rows_alike(tmp_path: Path) -> None:
    rows = [{"id": "a", "purpose": "hosting\x1f", "frequency": "systematic"},
            {"id": "b", "purpose": "hosting", "frequency": "\x1fsystematic"}]  # fmt: skip
    path = write_csv(tmp_path / "r.csv", rows, ["id", "purpose", "frequency"])
    for columnar in (True, False):
        assert batch(path, tmp_path / str(columnar), columnar=columnar).rejected == 2


def test_an_outcome_under_another_policy_is_not_taken_from_before(
    table: Path, tmp_path: Path, knowledge: Knowledge
) -> None:
    strict = type(LAW)(LAW.workspace, LAW.as_of, Policy(verified_only=True))
    usual, other = batch(table, tmp_path / "a"), batch(table, tmp_path / "b", law=strict)
    assert usual.outcomes != other.outcomes
