"""The command that imports a record: what it prints, writes and refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from country_reports.records import read_record
from tests.conftest import DAY, ROOT, Run
from tests.transfers.records_of_processing.records import (
    EXAMPLES,
    OF_CNIL,
    OF_ICO,
    ico,
    put,
)
from transfers.registry.importer import ImporterKind
from transfers.registry.shelf import Registry
from transfers.route import Route


def test_a_dry_run_prints_the_report_of_the_import_and_writes_nothing(tmp_path: Path, transborder: Run) -> None:
    shutil.copytree(ROOT / "examples" / "workspace", tmp_path / "w")
    before = sorted(tmp_path.rglob("*"))
    command = [
        "route",
        "import",
        EXAMPLES / "registre-cnil.xlsx",
        "--template",
        "cnil",
        "--workspace",
        "w",
        "-o",
        "routes",
        "--as-of",
        DAY,
    ]
    dry = transborder(*command, "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert sorted(tmp_path.rglob("*")) == before
    done = transborder(*command)
    assert done.returncode == 0, done.stderr
    assert dry.stderr == done.stderr
    assert dry.stdout.replace("0 files", "8 files") == done.stdout
    assert "7 activities read: 5 with transfers, 2 with no transfer named, 0 rejected" in done.stdout
    assert "no transfer named: T-004 Santé; T-006 Vidéo" in done.stderr
    assert "3 - Modèle de fiche de registre (an empty form)" in done.stderr
    assert {path.stem for path in (tmp_path / "routes").glob("*.yaml")} == set(OF_CNIL)
    assert Registry(tmp_path / "w").get("paymill-exemple-us")[0].name == "Paymill Exemple Inc."
    assert transborder("importer", "check", "--workspace", "w", "--as-of", DAY).returncode == 0
    read = transborder(
        "assess", *sorted((tmp_path / "routes").glob("*.yaml")), "--workspace", "w", "--as-of", DAY, "-o", "out"
    )
    assert read.returncode == 0, read.stderr
    again = transborder(*command)
    assert again.returncode == 2
    assert "t-001-paymill-exemple-us.yaml  it is there already" in again.stderr


def test_without_a_workspace_new_importers_stand_in_their_routes(tmp_path: Path, transborder: Run) -> None:
    command = [
        "route",
        "import",
        EXAMPLES / "vendors.csv",
        "--mapping",
        EXAMPLES / "vendors.mapping.yaml",
        "-o",
        "routes",
        "--as-of",
        DAY,
    ]
    done = transborder(*command, "--exporter-country", "France", "--exporter-name", "Example SA")
    assert done.returncode == 0, done.stderr
    route = read_record(tmp_path / "routes" / "v6-wagewell-example-us.yaml", Route)
    assert not isinstance(route.importer, str)
    assert route.importer is not None
    assert (route.importer.id, route.importer.kind) == ("wagewell-example-us", ImporterKind.COMPANY)
    assert (route.exporter.name, route.exporter.country) == ("Example SA", "FR")
    assert route.importer.evidence[0].source.title == "vendors.csv, C7"


def test_a_bad_activity_writes_nothing_unless_told(tmp_path: Path, transborder: Run) -> None:
    path = ico(tmp_path, lambda sheet: put(sheet, 10, "Categories of recipients", "=HYPERLINK(A1)"))
    command = [
        "route",
        "import",
        path,
        "--template",
        "ico-controller",
        "--exporter-country",
        "GB",
        "-o",
        "routes",
        "--as-of",
        DAY,
    ]
    refused = transborder(*command)
    assert refused.returncode == 2
    assert "rejected: ico.xlsx:10  Template!F10: a formula ('=HYPERLINK(A1)'); give the value" in refused.stderr
    assert "7 activities read: 5 with transfers, 1 with no transfer named, 1 rejected" in refused.stdout
    assert "0 files written" in refused.stdout
    assert not (tmp_path / "routes").exists()
    kept = transborder(*command, "--keep-good")
    assert kept.returncode == 2
    assert len(list((tmp_path / "routes").glob("*.yaml"))) == len(OF_ICO) - 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "say how the record is laid out: --template cnil|ico-controller, or --mapping FILE"),
        (["--template", "icocontroller"], "there is no such template. Templates: cnil, ico-controller"),
        (["--template", "cnil"], "Expected: 'Nom du traitement'; 'Pays'"),
        (["--template", "ico-controller", "--exporter-country", "Atlantis"], "'Atlantis' is not a place we know"),
        (["--mapping", "none.yaml"], "there is no such file"),
    ],
)
def test_wrong_arguments_are_told(arguments: list[str], told: str, transborder: Run) -> None:
    done = transborder("route", "import", EXAMPLES / "ico-controller.xlsx", *arguments, "-o", "routes")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
