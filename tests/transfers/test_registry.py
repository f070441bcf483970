"""The registry of importers: found by name, imported from tables, checked, merged and never deleted."""

from __future__ import annotations

import os
import pty
import sqlite3
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from country_reports.facts import Truth
from country_reports.hub import Hub
from country_reports.records import BadRecord
from tests.conftest import Run
from transfers.registry.check import check_importers
from transfers.registry.importer import ImporterRecord
from transfers.registry.names import name_key
from transfers.registry.shelf import Registry
from transfers.registry.store import FILE, ImporterStore, Stored
from transfers.registry.tables import read_importers, write_importers
from transfers.tables.mapping import Mapping
from transfers.tables.reading import MAX_UNPACKED, read_table

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


ACME = ("--id", "acme-us", "--name", "Acme, Inc.", "--country", "US", "--kind", "company", "--source", "Vendor form")


def added(transborder: Run, workspace: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return transborder("importer", "add", *ACME, *more, "--workspace", str(workspace), "--as-of", "2026-11-23")


def test_a_record_is_added_by_flags_with_its_source_as_evidence(tmp_path: Path, transborder: Run) -> None:
    done = added(transborder, tmp_path, "--storage", "none", "--access-from", "IN", "--certification",
                 "eu-us-dpf hr,non_hr 2024-01-01 2026-12-24", "--sub-processor", "Example Helpdesk Ltd @ IN")  # fmt: skip
    assert done.returncode == 0, done.stderr
    record = Registry(tmp_path).get("acme-us")[0]
    assert (record.storage, record.access_from) == ((), ("IN",))
    assert record.certifications is not None
    assert (record.certifications[0].scope, record.certifications[0].valid_to) == (("hr", "non_hr"), date(2026, 12, 24))
    assert record.sub_processors is not None
    assert (record.sub_processors[0].name, record.sub_processors[0].place) == ("Example Helpdesk Ltd", "IN")
    assert record.evidence[0].source.title == "Vendor form"
    assert "sub_processors" in record.evidence[0].fields


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--lei", "5493001KJTIIGC8Y1R13"), "lei"),
        (("--storage", "Atlantis"), "'Atlantis' is not a place"),
        (("--category", "a_bank_of_sorts"), "is not a legal category on file. Allowed: "),
        (("--certification", "eu-us-dpf hr"), "certifications[0].valid_from: this field is required"),
        (
            ("--certification", "iso27001"),
            "certifications[0].scheme: 'iso27001' is not a scheme we know. The closest is iso-27001: ISO/IEC 27001 "
            "(information security management). All of them: iso-27001, iso-27701, ",
        ),
        (
            ("--certification", "privacy shield hr 2018-01-01"),
            "'privacy' is not a scheme we know",
        ),
        (("--certification", "eu-us-dpf everything 2024-01-01"), "does not know everything"),
        (("--certification", "eu-us-dpf hr 2024-01-01 2023-01-01"), "lies not after valid_from"),
        (("--certification", "eu-us-dpf hr 2024-01-01 2026-01-01 or so"), "is not a date"),
        (("--sub-processor", "Example Helpdesk Ltd"), "sub_processors[0].place: this field is required"),
    ],
)
def test_what_does_not_fit_is_refused_by_field_and_nothing_is_written(
    tmp_path: Path, transborder: Run, more: tuple[str, ...], told: str
) -> None:
    done = added(transborder, tmp_path, *more)
    assert done.returncode == 2
    assert told in done.stderr
    assert not (tmp_path / "importers").exists()


def test_a_record_under_another_name_of_somebody_on_file_is_warned_of(tmp_path: Path, transborder: Run) -> None:
    done = added(transborder, tmp_path, "--legal-form", "Corporation")
    assert "warning" not in done.stderr
    twin = transborder("importer", "add", "--id", "acme", "--name", "ACME Inc", "--country", "US", "--kind", "company", "--source", "x",
                       "--workspace", str(tmp_path))  # fmt: skip
    assert "has the name of acme-us; if they are one, merge them" in twin.stderr


def test_without_a_terminal_the_missing_flags_are_named(tmp_path: Path, transborder: Run) -> None:
    done = transborder("importer", "add", "--id", "acme-us", "--workspace", str(tmp_path))
    assert done.returncode == 2
    assert "give --name, --country, --kind, --source" in done.stderr


def test_on_a_terminal_each_field_is_asked_until_it_fits(tmp_path: Path) -> None:
    answers = [
        "acme-us",
        "Acme, Inc.",
        "Atlantis",
        "US",
        "shop",
        "company",
        "",
        "",
        "",
        "",
        "FR; DE",
        "none",
        "",
        "no",
        "",
        "",
        "Vendor form",
    ]
    command = [str(Path(sys.executable).with_name("transborder")), "importer", "add", "--workspace", str(tmp_path)]
    screen, terminal = pty.openpty()
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, cwd=tmp_path) as process:
        os.write(screen, "".join(f"{answer}\n" for answer in answers).encode())
        assert process.wait(timeout=60) == 0
    shown = os.read(screen, 100_000).decode()
    os.close(terminal)
    os.close(screen)
    assert "'Atlantis' is not a place" in shown
    assert "'shop' is not one of the allowed words" in shown
    record = Registry(tmp_path).get("acme-us")[0]
    assert (record.storage, record.access_from, record.certifications) == (("FR", "DE"), (), None)
    assert (record.gdpr_applies_directly, record.kind) == (Truth.NO, "company")


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


ROUTE = """
id: hr
exporter: {country: IE, role: controller, kind: private}
importer: acme-us
importer_role: controller
collected_directly: no
processing: {storage: [US], access_from: [US]}
purpose: hr_administration
data: {subjects: [employees], clear_text_needed: yes}
frequency: systematic
mechanisms: []
"""


def test_an_entry_that_lapses_was_told_before_and_stops_carrying_the_route_the_day_after(
    tmp_path: Path, transborder: Run
) -> None:
    added(transborder, tmp_path, "--certification", "eu-us-dpf hr 2024-01-01 2026-12-24")
    route = tmp_path / "route.yaml"
    route.write_text(ROUTE, encoding="utf-8")
    told = transborder("importer", "expiring", "--within", "90d", "--workspace", str(tmp_path), "--as-of", "2026-11-23")
    assert "2026-12-24\tacme-us\tcertification eu-us-dpf" in told.stdout
    permissible = ["assess", str(route), "--workspace", str(tmp_path), "--fail-on", "undetermined", "--as-of"]
    assert transborder(*permissible, "2026-12-23").returncode == 0
    assert transborder(*permissible, "2026-12-24").returncode == 1


def test_a_renewal_that_is_due_is_told_until_somebody_has_looked_again(tmp_path: Path) -> None:
    entry = {"scheme": "eu-us-dpf", "scope": ["hr"], "valid_from": "2024-01-01", "renews_on": "2026-12-24"}
    store = ImporterStore(tmp_path / FILE)
    store.write([Stored(record("due", certifications=[entry]), "x"),
                 Stored(record("done", certifications=[{**entry, "verified_on": "2026-12-24"}]), "x")])  # fmt: skip
    assert [(one.importer, one.what) for one in store.ending(TODAY, date(2027, 1, 1))] == [
        ("due", "renewal of certification eu-us-dpf")
    ]
