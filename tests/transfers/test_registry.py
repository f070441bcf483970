"""The registry of importers: found by name, imported from tables, checked, merged and never deleted."""

from __future__ import annotations

import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import pytest

from country_reports.hub import Hub
from country_reports.records import BadRecord
from tests.conftest import Run
from transfers.importer import ImporterRecord
from transfers.importer_check import check_importers
from transfers.importer_names import name_key
from transfers.importer_store import FILE, ImporterStore, Stored
from transfers.importer_tables import read_importers, write_importers
from transfers.mapping import Mapping
from transfers.registry import Registry
from transfers.tables import MAX_UNPACKED, read_table

TODAY = date(2026, 11, 23)
HUB = Hub()
MAPPING = Mapping(
    columns={"Vendor": "name", "Seat": "country", "Type": "kind", "Scheme": "certifications.1.scheme",
             "Covers": "certifications.1.scope", "From": "certifications.1.valid_from", "To": "certifications.1.valid_to"},
    ignore=("Notes",),
)  # fmt: skip
TABLE = """Vendor;Seat;Type;Scheme;Covers;From;To;Notes;Colour
"Acme, Inc.";US;company;eu-us-dpf;hr; 2024-01-01;2026-12-24;x;red
Beta GmbH;DE;company;;;;;;
Nowhere Ltd;Atlantis;company;;;;;;
=cmd|' /C calc'!A0;DE;company;;;;;;
Scopeless SA;FR;company;eu-us-dpf;everything;2024-01-01;;;
"""


def record(importer_id: str, **fields: object) -> ImporterRecord:
    plain = {"id": importer_id, "name": importer_id, "country": "US", "kind": "company", **fields}
    return ImporterRecord.model_validate(plain)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "vendors.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_every_row_is_an_importer_or_has_its_reason(table: Path) -> None:
    found = read_importers(table, MAPPING, Registry(), HUB, TODAY)
    assert [stored.record.id for stored in found.records] == ["acme", "beta"]
    assert found.rows == len(found.records) + len({problem.line for problem in found.rejected})
    told = [str(problem) for problem in found.rejected]
    assert ":4  country: 'Atlantis' is not a place" in told[0]
    assert ":5  Vendor: a formula" in told[1]
    assert ":6  certifications[0].scope: eu-us-dpf does not know everything" in told[2]
    assert found.unread_columns == {"Colour"}


def test_an_import_with_a_bad_row_writes_nothing_unless_told(table: Path, tmp_path: Path, transborder: Run) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "columns: {Vendor: name, Seat: country, Type: kind}\nignore: [Notes, Scheme, Covers, From, To]\n",
        encoding="utf-8",
    )
    command = ["importer", "import", str(table), "--mapping", str(mapping), "--workspace", str(tmp_path / "own")]
    refused = transborder(*command)
    assert refused.returncode == 2
    assert "2 rejected; 0 written" in refused.stdout
    assert not (tmp_path / "own").exists()
    assert "3 written" in transborder(*command, "--keep-good").stdout
    assert "acme" in transborder("importer", "list", "--own", "--workspace", str(tmp_path / "own")).stdout


def test_an_imported_importer_is_found_by_any_spelling_of_its_name(table: Path, tmp_path: Path) -> None:
    write_importers(tmp_path, read_importers(table, MAPPING, Registry(), HUB, TODAY).records)
    registry = Registry(tmp_path)
    assert registry.find("ACME")[0].name == "Acme, Inc."
    assert registry.get("beta")[0].country == "DE"
    assert "acme" in registry.ids()


def test_what_ends_soon_is_told_before_it_ends(table: Path, tmp_path: Path) -> None:
    write_importers(tmp_path, read_importers(table, MAPPING, Registry(), HUB, TODAY).records)
    registry = Registry(tmp_path)
    assert [ending.importer for ending in registry.ending(TODAY, date(2027, 2, 21))] == ["acme"]
    assert registry.ending(date(2026, 12, 24), date(2027, 2, 21)) == ()


def test_a_store_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    store = ImporterStore(tmp_path / FILE)

    def failing() -> object:
        yield Stored(record("one"), "row 1")
        raise RuntimeError("the table ends here")

    with pytest.raises(RuntimeError):
        store.write(failing())  # type: ignore[arg-type]
    assert store.ids() == ()
    assert store.write([Stored(record("one"), "row 1")]) == 1
    assert store.ids() == ("one",)
    with sqlite3.connect(tmp_path / FILE) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_nobody_controls_itself_and_no_identifier_stands_twice() -> None:
    circle = [record("a", parent={"id": "b"}), record("b", parent={"id": "c"}), record("c", parent={"id": "a"})]
    assert "controls itself: a > b > c > a" in check_importers(circle, HUB, TODAY)[0].message
    twins = [record("d", lei="529900T8BM49AURSDO55"), record("e", lei="529900T8BM49AURSDO55")]
    assert [trouble.refused for trouble in check_importers(twins, HUB, TODAY)] == [True]
    named = [record("f", name="Acme, Inc."), record("g", name="ACME Incorporated")]
    assert [trouble.refused for trouble in check_importers(named, HUB, TODAY)] == [False]


def test_a_wrong_check_digit_is_refused() -> None:
    with pytest.raises(ValueError, match="is no Legal Entity Identifier"):
        record("a", lei="529900T8BM49AURSDO56")


def test_two_records_are_merged_and_the_second_is_retired(tmp_path: Path, transborder: Run) -> None:
    for name in ("acme-us", "acme-usa"):
        added = transborder("importer", "add", "--id", name, "--name", f"{name} Inc.", "--country", "US", "--kind", "company",
                            "--source", "Vendor form", "--workspace", str(tmp_path), "--as-of", "2026-11-23")  # fmt: skip
        assert added.returncode == 0, added.stderr
    assert (
        transborder(
            "importer", "merge", "acme-us", "acme-usa", "--workspace", str(tmp_path), "--as-of", "2026-11-23"
        ).returncode
        == 0
    )
    registry = Registry(tmp_path)
    assert registry.get("acme-usa")[0].retired_because == "merged into acme-us"
    assert "acme-usa Inc." in registry.get("acme-us")[0].aliases
    route = tmp_path / "route.yaml"
    route.write_text("id: r\nexporter: {country: FR}\nimporter: acme-usa\n", encoding="utf-8")
    told = transborder("assess", str(route), "--workspace", str(tmp_path), "--as-of", "2026-11-24")
    assert told.returncode == 2
    assert "was retired on 2026-11-23: merged into acme-us" in told.stderr


def test_a_bomb_in_the_clothing_of_a_workbook_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "vendors.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(MAX_UNPACKED // 2**20 + 1):
            part.write(b"0" * 2**20)
    with pytest.raises(BadRecord, match="it would unpack to"):
        list(read_table(path))


def test_a_workbook_is_read_as_it_is_written(tmp_path: Path, transborder: Run) -> None:
    path = tmp_path / "importers.xlsx"
    assert transborder("importer", "export", "--format", "xlsx", "-o", str(path)).returncode == 0
    found = read_importers(path, Mapping(), Registry(), HUB, TODAY)
    assert not found.rejected
    assert {stored.record.id for stored in found.records} == set(Registry().ids())
    assert all(stored.record == Registry().get(stored.record.id)[0] for stored in found.records)


@pytest.mark.parametrize(
    ("one", "other"), [("Acme, Inc.", "ACME Incorporated"), ("Société Générale SA", "societe generale"), ("SE", "S.E.")]
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one).replace(" ", "") == name_key(other).replace(" ", "")
