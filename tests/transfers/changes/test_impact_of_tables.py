"""A table of routes on two sides says of each row what is said of its route alone, and no row is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyarrow
import pytest
from openpyxl import Workbook
from pyarrow import parquet

from country_reports.records import BadRecord, Plain
from tests.transfers.changes.fictitious import (
    FICTITIOUS,
    RULES_DAY,
    WORKSPACE,
    by_route,
    commit,
    compared,
    compared_table,
    end_the_finding,
    many_routes,
    only,
    route,
)
from tests.transfers.portfolio.registers import DAY, batch, read_csv, register, route_of, write_csv
from transfers.changes.records import Answered, Comparison, Effect, Impact, Refused
from transfers.changes.sides import impacts, two_sides
from transfers.route import Route
from transfers.tables.dotted import cells_of
from transfers.view import Policy

HEADINGS = list(dict.fromkeys(["id", "title", "owner", "importer", *cells_of(route())]))


def rows_of(routes: list[Route]) -> list[dict[str, str]]:
    return [cells_of(one) for one in routes]


def table_of(path: Path, rows: list[dict[str, str]]) -> Path:
    return write_csv(path, rows, list(dict.fromkeys([*HEADINGS, *(name for row in rows for name in row)])))


def twenty_kinds(rows: int) -> list[Route]:
    """Half of the kinds go where the finding ends; each has a recipient's name of its own, or another purpose."""
    importer = route().importer
    assert importer is not None
    assert not isinstance(importer, str)
    kinds: list[dict[str, Plain]] = [
        {"importer": importer.model_copy(update={"name": f"Recipient {number % 5} Ltd", "country": place}).model_dump(
            mode="json", exclude_unset=True), "purpose": purpose}
        for number, (place, purpose) in enumerate([(place, purpose) for place in ("XQ", "XZ")
                                                   for purpose in ("hosting", "payments")] * 5)
    ]  # fmt: skip
    return [
        route(f"r-{n}", title=f"Flow {n}", owner=f"Team {n % 7}" if n % 3 else None, **kinds[n % len(kinds)])
        for n in range(rows)
    ]


def accounted(found: Comparison) -> None:
    assert found.table is not None
    assert found.table.rows == found.compared + len(found.table.rejected)


def test_2000_rows_of_20_kinds_are_judged_20_times_and_say_what_each_route_says_alone(
    workspace: Path, tmp_path: Path
) -> None:
    end_the_finding(workspace)
    routes = twenty_kinds(2_000)
    seen: set[tuple[str, int]] = set()
    table = table_of(tmp_path / "routes.csv", rows_of(routes))
    sides = (str(FICTITIOUS), str(workspace), None, RULES_DAY)
    found = compared_table(table, *sides, watch=lambda doing, _, of: seen.add((doing, of)))
    accounted(found)
    assert {of for doing, of in seen if doing == "comparing"} == {20}
    assert (len(found.impacts), found.compared) == (20, 2_000)
    some = routes[::7]
    told = by_route(found)
    assert {one.id: told[one.id] for one in some} == by_route(compared(some, *sides))
    assert {impact.effect for impact in found.impacts} == {Effect.MOVED, Effect.UNTOUCHED}
    rows = [(one.row, one.route) for impact in found.impacts for one in impact.routes]
    assert sorted(rows, key=lambda one: one[0] or 0) == [(n + 2, f"r-{n}") for n in range(2_000)]
    moved = [impact for impact in found.impacts if impact.effect is Effect.MOVED]
    assert [impact.routes[0].row for impact in moved] == sorted(impact.routes[0].row or 0 for impact in moved)


def test_a_register_with_faulty_and_repeated_rows_loses_none(tmp_path: Path) -> None:
    rows = register(400, 60, seed=11)
    table = write_csv(tmp_path / "routes.csv", rows)
    days = ("2020-07-15", "2020-07-17", WORKSPACE)
    found = compared_table(table, *days)
    accounted(found)
    assert found.table is not None
    assert found.table.unread == ("our own column",)
    rejected = {row.row: row for row in found.table.rejected}
    readable: dict[int, Route] = {}
    for number, row in enumerate(rows, 2):
        try:
            readable[number] = route_of(row)
        except BadRecord:
            assert number in rejected
    with two_sides("2020-07-15", "2020-07-17", None, DAY, WORKSPACE, Policy()) as (before, after):
        alone = impacts(((one, None) for one in readable.values()), before, after)
    first: dict[str, Impact] = {}
    for number, impact in zip(readable, alone, strict=True):
        if isinstance(impact.before, Refused) and isinstance(impact.after, Refused):
            reasons = {problem.message for problem in (*impact.before.reasons, *impact.after.reasons)}
            assert {reason.message for reason in rejected[number].reasons} >= reasons
        elif impact.route in first:
            assert f"{impact.route!r} stands in row" in rejected[number].reasons[0].message
        else:
            assert number not in rejected
            first[impact.route] = impact
    assert len(rejected) > 10
    assert by_route(found) == by_route(replace(found, impacts=tuple(first.values())))


def test_what_a_batch_rejects_is_rejected_with_the_same_reasons(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "routes.csv", register(400, 60, seed=11))
    batch(table, tmp_path / "out")
    told = [(int(row["row"]), row["column"], row["problem"]) for row in read_csv(tmp_path / "out" / "rejected.csv")]
    found = compared_table(table, DAY.isoformat(), DAY.isoformat(), WORKSPACE)
    assert found.table is not None
    assert told == [(row.row, one.field, one.message) for row in found.table.rejected for one in row.reasons]
    assert {impact.effect for impact in found.impacts} == {Effect.UNTOUCHED}


def test_every_form_of_a_table_says_the_same(workspace: Path, tmp_path: Path) -> None:
    routes = many_routes(workspace)
    rows = rows_of(routes)
    headings = list(dict.fromkeys(name for row in rows for name in row))
    records = [one.model_dump(mode="json", exclude_unset=True) for one in routes]
    table_of(tmp_path / "r.csv", rows)
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    (tmp_path / "r.yaml").write_text(json.dumps(records), encoding="utf-8")
    columns = {name: pyarrow.array([row.get(name) for row in rows], pyarrow.string()) for name in headings}
    parquet.write_table(pyarrow.table(columns), tmp_path / "r.parquet")
    book = Workbook()
    assert book.active is not None
    for line in [headings, *([row.get(name, "") for name in headings] for row in rows)]:
        book.active.append(line)
    book.save(tmp_path / "r.xlsx")
    sides = ("HEAD~1", "HEAD", workspace, RULES_DAY)
    alone = by_route(compared(routes, *sides))
    assert alone.pop("e-nobody").effect is Effect.NOT_COMPARED
    for name in ("r.csv", "r.jsonl", "r.yaml", "r.parquet", "r.xlsx"):
        found = compared_table(tmp_path / name, *sides)
        accounted(found)
        assert by_route(found) == alone, name
        assert found.table is not None
        (row,) = found.table.rejected
        assert row.route == "e-nobody"
        assert "'nobody-at-all' is not in the importer registry" in row.reasons[0].message
        assert [one.route for impact in found.impacts for one in impact.routes] == [
            "d-moved", "c-lost-importer", "f-better", "b-new-importer", "a-untouched"]  # fmt: skip


def test_a_side_that_cannot_assess_a_row_says_so_under_the_heading_of_the_table(
    workspace: Path, tmp_path: Path
) -> None:
    many_routes(workspace)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "columns: {Ref: id, Fournisseur: importer, Responsable: owner}\n"
        "defaults: {exporter.country: FR, exporter.role: controller, owner: Legal}\n",
        encoding="utf-8",
    )
    table = tmp_path / "theirs.csv"
    table.write_text("Ref;Fournisseur;Responsable\nt1;only-now;Sales\nt2;only-then;\nt3;nobody;Sales\n", "utf-8")
    found = compared_table(table, "HEAD~1", "HEAD", workspace, RULES_DAY, mapping)
    accounted(found)
    lost, new = found.impacts
    assert (lost.lost, new.lost) == (True, False)
    assert [(one.route, one.owner, one.row) for one in (*lost.routes, *new.routes)] == [
        ("t2", None, 3),
        ("t1", "Sales", 2),
    ]
    assert isinstance(lost.after, Refused)
    assert isinstance(lost.before, Answered)
    assert (lost.after.reasons[0].field, new.effect) == ("Fournisseur", Effect.NOT_COMPARED)
    assert found.table is not None
    (nobody,) = found.table.rejected
    assert (nobody.row, nobody.owner, nobody.reasons[0].field) == (4, "Sales", "Fournisseur")
    table.write_text("Ref;Fournisseur\nt2;only-then\n", "utf-8")
    (legal,) = only(compared_table(table, "HEAD~1", "HEAD", workspace, RULES_DAY, mapping)).routes
    assert legal.owner == "Legal"


def test_who_owns_a_row_is_not_what_it_is_judged_by(workspace: Path, tmp_path: Path) -> None:
    rows = rows_of([route(f"r-{n}", owner=f"Owner {n}", title=f"T {n}", note=f"N {n}") for n in range(30)])
    impact = only(compared_table(table_of(tmp_path / "r.csv", rows), str(FICTITIOUS), str(workspace), None, RULES_DAY))
    assert [one.owner for one in impact.routes] == [f"Owner {n}" for n in range(30)]


def test_a_table_is_compared_at_two_revisions_and_on_two_days(workspace: Path, tmp_path: Path) -> None:
    end_the_finding(workspace)
    commit(workspace, "Ended")
    table = table_of(tmp_path / "r.csv", rows_of([route("one"), route("two")]))
    for sides in (
        ("HEAD~1", "HEAD", workspace, RULES_DAY),
        (f"{workspace}@HEAD~1", str(workspace), None, RULES_DAY),
        ("2023-05-31", "2023-06-01", workspace, None),
    ):
        impact = only(compared_table(table, *sides))
        assert (impact.effect, impact.worse, len(impact.routes)) == (Effect.MOVED, True, 2), sides


def test_records_of_a_side_that_cannot_be_read_stop_the_comparison_of_a_table(workspace: Path, tmp_path: Path) -> None:
    table = table_of(tmp_path / "r.csv", rows_of([route("one")]))
    acts = workspace / "country_reports" / "adequacy" / "fictitious.yaml"
    acts.write_text(acts.read_text(encoding="utf-8").replace("issuer: f", "old_field: 1\nissuer: f", 1), "utf-8")
    with pytest.raises(BadRecord, match="old_field"):
        compared_table(table, str(FICTITIOUS), str(workspace), None, RULES_DAY)
