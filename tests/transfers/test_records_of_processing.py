"""Records of processing activities (GDPR art. 30) as routes: what is read, what stays open, what is refused, and that nothing is lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from country_reports.records import BadRecord, Plain, read_plain, read_record
from tests.conftest import DAY, ROOT, Run
from transfers.assessment import assess
from transfers.documents.writing import write_new
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.records_of_processing.activities import read_activities
from transfers.records_of_processing.routes import Drafts, Given, draft_routes
from transfers.records_of_processing.template import RecordTemplate, read_template, template_ids
from transfers.records_of_processing.writing import files_of
from transfers.registry.importer import ImporterKind
from transfers.registry.shelf import Registry
from transfers.route import Route
from transfers.tables.sheets import MAX_SHEETS_UNPACKED
from transfers.view import Policy

EXAMPLES = ROOT / "examples" / "records_of_processing"
TODAY = date.fromisoformat(DAY)
ICO = read_template("ico-controller", None)
CNIL = read_template("cnil", None)
VENDORS = read_template(None, EXAMPLES / "vendors.mapping.yaml")

FRENCH: dict[str, Plain] = {"name": "Ateliers Exemple SAS", "country": "FR", "role": "controller"}
BRITISH: dict[str, Plain] = {"country": "GB", "role": "controller"}
OF_CNIL: dict[str, Plain] = {
    "t-001-paymill-exemple-us": {
        "exporter": FRENCH, "importer": "paymill-exemple-us", "importer_role": "processor", "destination": "US",
        "purpose": "hr_administration", "mechanisms": [{"tool": "adequacy"}],
        "data": {"subjects": ["employees"], "categories": ["names", "adresses", "bank_details", "NIR"]},
    },
    "t-002-example-support-in": {
        "exporter": FRENCH, "importer": "example-support-in", "importer_role": "processor", "destination": "IN",
        "purpose": "customer_service", "data": {"subjects": ["customers"], "categories": ["contact_data", "ip_addresses"]},
    },
    "t-003-prestataire-informatique-in": {
        "exporter": FRENCH, "importer_role": "processor", "destination": "IN",
        "data": {"subjects": ["employees", "customers"], "categories": ["Journaux de connexion"]},
    },
    "t-005-exemple-brasil-br": {
        "exporter": FRENCH, "importer": "exemple-brasil-br", "destination": "BR",
        "mechanisms": [{"tool": "eu-gdpr:46(2)(b)"}], "data": {"categories": ["names"]},
    },
    "t-005-exemple-japan-kk-jp": {
        "exporter": FRENCH, "destination": "JP", "mechanisms": [{"tool": "adequacy"}], "data": {"categories": ["names"]},
    },
    "t-007-ncmec-us": {
        "exporter": FRENCH, "importer": "ncmec", "destination": "US",
        "data": {"subjects": ["users"], "categories": ["Images"], "special_categories": ["offences"]},
    },
}  # fmt: skip
OF_ICO: dict[str, Plain] = {
    "finance-payroll-wagewell-example-us": {
        "exporter": BRITISH, "importer": "wagewell-example-us", "destination": "US", "purpose": "hr_administration",
        "data": {"subjects": ["employees"], "categories": ["contact_data", "bank_details"]}, "mechanisms": [{"tool": "adequacy"}],
    },
    "human-resources-recruitment-hirewise-example-llc-us": {
        "exporter": BRITISH, "destination": "US", "purpose": "hr_administration", "mechanisms": [{"tool": "uk-idta/a1"}],
        "data": {"subjects": ["job_applicants"], "categories": ["contact_data", "trade union membership"],
                 "special_categories": ["trade_union"]},
    },
    "human-resources-recruitment-hirewise-example-llc-ca": {
        "exporter": BRITISH, "destination": "CA", "purpose": "hr_administration", "mechanisms": [{"tool": "uk-idta/a1"}],
        "data": {"subjects": ["job_applicants"], "categories": ["contact_data", "trade union membership"],
                 "special_categories": ["trade_union"]},
    },
    "customer-services-customer-service-our-it-provider-in": {
        "exporter": BRITISH, "destination": "IN", "purpose": "customer_service",
        "data": {"subjects": ["customers"], "categories": ["contact_data", "tickets"]},
    },
    "editorial-reader-panels-recipient-open-au": {
        "exporter": {"country": "GB", "role": "joint_controller"}, "destination": "AU", "data": {"categories": ["names", "opinions"]},
    },
    "editorial-reader-panels-recipient-open-country-open": {
        "exporter": {"country": "GB", "role": "joint_controller"}, "data": {"categories": ["names", "opinions"]},
    },
    "it-backup-example-vault-inc-country-open": {
        "exporter": BRITISH, "purpose": "backup", "mechanisms": [{"tool": "uk-gdpr:ukg-46-2-b"}],
        "data": {"subjects": ["employees", "customers"], "categories": ["All of the above"]},
    },
    "it-backup-example-vault-inc-country-open-2": {
        "exporter": BRITISH, "purpose": "backup",
        "data": {"subjects": ["employees", "customers"], "categories": ["All of the above"]},
    },
}  # fmt: skip
CUSTOMERS_OF_V1: dict[str, Plain] = {"subjects": ["customers"], "categories": ["names", "e_mails"]}
OF_VENDORS: dict[str, Plain] = {
    "v1-mailwing-example-inc-us": {
        "exporter": {"country": "FR", "role": "controller"}, "importer_role": "processor", "destination": "US",
        "mechanisms": [{"tool": "eu-scc-2021/m2"}], "data": CUSTOMERS_OF_V1,
    },
    "v2-mailwing-example-inc-in": {
        "exporter": {"country": "FR", "role": "controller"}, "importer_role": "processor", "destination": "IN",
        "mechanisms": [{"tool": "eu-scc-2021/m2"}], "data": CUSTOMERS_OF_V1,
    },
    "v3-dr-ada-example-ch": {
        "exporter": {"country": "FR", "role": "controller"}, "importer": "dr-ada-example-ch", "importer_role": "controller",
        "destination": "CH", "mechanisms": [{"tool": "adequacy"}], "data": {"subjects": ["customers"], "categories": ["case_data"]},
    },
    "v4-cloud-provider-us": {
        "exporter": {"country": "FR", "role": "controller"}, "importer_role": "processor", "destination": "US",
        "data": {"subjects": ["customers", "employees"], "categories": ["documents"]},
    },
    "v6-wagewell-example-us": {
        "exporter": {"country": "FR", "role": "controller"}, "importer": "wagewell-example-us", "importer_role": "processor",
        "destination": "US", "mechanisms": [{"tool": "eu-scc-2021/m2"}],
        "data": {"subjects": ["employees"], "categories": ["payroll"]},
    },
}  # fmt: skip
RECORDS = {
    "registre-cnil.xlsx": (CNIL, Given(), OF_CNIL, {"paymill-exemple-us", "exemple-brasil-br"}),
    "ico-controller.xlsx": (ICO, Given(exporter_country="GB"), OF_ICO, {"wagewell-example-us"}),
    "vendors.csv": (VENDORS, Given(exporter_country="FR"), OF_VENDORS, {"dr-ada-example-ch", "wagewell-example-us"}),
}
SAFEGUARD = "Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)"
COUNTRIES = (
    "Names of third countries or international organisations that personal data are transferred to (if applicable)"
)


def drafted(path: Path, template: RecordTemplate, given: Given, knowledge: Knowledge) -> Drafts:
    return draft_routes(path, read_activities(path, template), template, given, knowledge, TODAY)


def plain(route: Route) -> dict[str, Plain]:
    told = route.model_dump(mode="json", exclude_unset=True)
    return {name: value for name, value in told.items() if name not in ("id", "title", "note")}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_gives_exactly_these_routes_and_importers(name: str, knowledge: Knowledge) -> None:
    template, given, routes, importers = RECORDS[name]
    drafts = drafted(EXAMPLES / name, template, given, knowledge)
    assert {route.id: plain(route) for route in drafts.routes} == routes
    assert set(drafts.importers) == importers
    assert drafts.rejected == 0
    assert drafts.activities == drafts.with_transfers + len(drafts.without) + drafts.rejected


@pytest.mark.parametrize("name", RECORDS)
def test_no_imported_route_with_an_unclear_fact_is_better_than_undetermined(name: str, knowledge: Knowledge) -> None:
    template, given, _, _ = RECORDS[name]
    drafts = drafted(EXAMPLES / name, template, given, knowledge)
    for route in drafts.routes:
        new = drafts.importers.get(route.importer) if isinstance(route.importer, str) else None
        whole = route if new is None else route.model_copy(update={"importer": new})
        outcome = assess(whole, knowledge, TODAY, Policy()).outcome
        assert outcome in (Outcome.UNDETERMINED.word, Outcome.NOT_PERMITTED.word), f"{route.id}: {outcome}"


def test_what_was_unclear_is_quoted_in_the_note_with_its_cell(knowledge: Knowledge) -> None:
    drafts = drafted(EXAMPLES / "ico-controller.xlsx", ICO, Given(exporter_country="GB"), knowledge)
    notes = {route.id: route.note or "" for route in drafts.routes}
    assert notes["finance-payroll-wagewell-example-us"] == "From ico-controller.xlsx, Template, row 10."
    assert notes["customer-services-customer-service-our-it-provider-in"] == (
        "From ico-controller.xlsx, Template, row 13. Template!F13: Recipient 'Our IT provider' names nobody: give the legal name. "
        "Template!I13: 'SCCs': it names clauses and not their module; give one, such as eu-scc-2021/m2 WITH uk-addendum."
    )
    assert "gets data in CA and US by this record" in notes["human-resources-recruitment-hirewise-example-llc-us"]
    assert "'Atlantis': this is not a place we know" in notes["editorial-reader-panels-recipient-open-country-open"]
    told = [str(problem) for problem in drafts.left_open]
    assert any("ico-controller.xlsx:13  Template!F13: Recipient 'Our IT provider' names nobody" in one for one in told)


# --- the command ---


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


# --- cells that are refused ---


def ico(folder: Path, change: Callable[[Worksheet], object]) -> Path:
    """The example of the ICO's template with one thing changed."""
    book = load_workbook(EXAMPLES / "ico-controller.xlsx")
    change(book["Template"])
    book.save(folder / "ico.xlsx")
    return folder / "ico.xlsx"


def put(sheet: Worksheet, row: int, heading: str, text: str) -> None:
    column = next(cell.column for cell in sheet[9] if cell.value == heading)
    sheet.cell(row, column, text)


def route_of_row_10(folder: Path, knowledge: Knowledge, **texts: str) -> Drafts:
    names = {"recipients": "Categories of recipients", "countries": COUNTRIES, "safeguards": SAFEGUARD,
             "individuals": "Categories of individuals", "data": "Categories of personal data", "function": "Business function"}  # fmt: skip

    def change(sheet: Worksheet) -> None:
        sheet.delete_rows(11, 20)
        for name, text in texts.items():
            put(sheet, 10, names[name], text)

    return drafted(ico(folder, change), ICO, Given(exporter_country="GB"), knowledge)


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


# --- files that are refused ---


def refusal(path: Path, template: RecordTemplate = ICO) -> str:
    with pytest.raises(BadRecord) as caught:
        read_activities(path, template)
    return str(caught.value)


def test_files_that_are_no_record_are_told(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "none.xlsx")
    assert "this is a folder; name a file in it" in refusal(tmp_path)
    for name, content, told in (
        ("r.ods", b"PK", "an ODS file is not read; save it as XLSX"),
        ("r.xlsx", b"no workbook", "it is not a packed folder"),
        ("r.docx", b"PK", ".docx is not read"),
        (
            "latin.csv",
            "Activité;Pays\nPaie;Inde\n".encode("cp1252"),
            "latin.csv:1  no UTF-8 text; save it as CSV UTF-8",
        ),
        ("r.json", b"{", "no JSON"),
        ("deep.json", b"[" * 200_000, "no JSON that is read: it is nested too deep"),
        ("empty.csv", b"", "the headings of 'ico-controller' were not found"),
        ("large.csv", b"x" * (MAX_SHEETS_UNPACKED + 1), "the file is larger than 16 MiB"),
    ):
        (tmp_path / name).write_bytes(content)
        assert told in refusal(tmp_path / name)


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (MAX_SHEETS_UNPACKED + 1))
    assert "it would unpack to 16 MiB" in refusal(path)


def test_a_cell_at_the_far_end_of_a_sheet_is_not_walked_to(tmp_path: Path) -> None:
    path = ico(tmp_path, lambda sheet: sheet.cell(1_000_000, 100, "x"))
    assert "reaches to line 1000000, column 100; delete what lies outside the record" in refusal(path)


def test_a_merge_of_the_whole_sheet_is_not_opened(tmp_path: Path) -> None:
    narrow = ico(tmp_path, lambda sheet: sheet.merge_cells("B20:C20"))
    path = tmp_path / "wide.xlsx"
    with zipfile.ZipFile(narrow) as packed, zipfile.ZipFile(path, "w") as wide:
        for name in packed.namelist():
            wide.writestr(name, packed.read(name).replace(b"B20:C20", b"B20:XFD1048576"))
    assert "cells are merged; split them" in refusal(path)


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    path = ico(tmp_path, lambda sheet: sheet.cell(9, 31, "Categories of  RECIPIENTS"))
    assert "two columns are called Categories of  RECIPIENTS, Categories of recipients" in refusal(path)


def test_headings_that_do_not_match_are_told_with_near_ones(tmp_path: Path) -> None:
    path = ico(tmp_path, lambda sheet: sheet.cell(9, 6, "Category of recipient"))
    told = refusal(path)
    assert "Expected: 'Categories of recipients'. Near matches: 'Category of recipient'" in told
    assert "(--mapping)" in told


def test_a_sheet_that_is_asked_for_must_be_there() -> None:
    asked = ICO.with_mapping(RecordTemplate(sheet="Register"))
    assert "no sheet is called 'Register'; there are: Notes, Template" in refusal(
        EXAMPLES / "ico-controller.xlsx", asked
    )


def test_two_activities_of_one_reference_are_told(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "v.csv"
    path.write_text(
        "Ref,Activity,Vendor,Vendor country\nA/1,Mail,Acme Inc.,US\nA-1,Post,Beta Inc.,IN\n", encoding="utf-8"
    )
    drafts = drafted(path, VENDORS, Given(), knowledge)
    assert [route.id for route in drafts.routes] == ["a-1-acme-us"]
    assert "A3: the reference 'A-1' stands in A2 too; change one" in str(drafts.problems[0])


def test_ids_that_would_collide_are_numbered_and_told(knowledge: Knowledge) -> None:
    drafts = drafted(EXAMPLES / "ico-controller.xlsx", ICO, Given(exporter_country="GB"), knowledge)
    assert drafts.warnings == [
        "Template, row 16: same activity, recipient and country as the route it-backup-example-vault-inc-country-open; "
        "named it-backup-example-vault-inc-country-open-2"
    ]


def test_paths_in_a_record_stay_in_the_folder(tmp_path: Path, knowledge: Knowledge) -> None:
    drafts = route_of_row_10(tmp_path, knowledge, function="../../etc", recipients="../../Acme Inc.")
    for path in files_of(drafts, tmp_path / "routes", tmp_path / "w"):
        assert (
            path.resolve().is_relative_to(tmp_path / "routes") or path.resolve().parent == tmp_path / "w" / "importers"
        )


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        write_new({tmp_path / "a" / "one.yaml": "1", tmp_path / "file" / "two.yaml": "2"})
    assert not (tmp_path / "a" / "one.yaml").exists()


def test_a_workbook_without_the_library_is_told_with_what_to_install(tmp_path: Path) -> None:
    program = "import sys; sys.modules['openpyxl'] = None; from transfers.cli import main; main()"
    command = [sys.executable, "-c", program, "route", "import", str(EXAMPLES / "ico-controller.xlsx")]
    done = subprocess.run(
        [*command, "--template", "ico-controller", "-o", "routes"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr == "Error: reading XLSX needs openpyxl: pip install 'transborder[tables]'\n"


def test_what_does_not_show_is_not_printed(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("Activity,Vendor,Vendor country,\x1b[2J\nMail,Acme Inc.,US,x\n", encoding="utf-8")
    assert list(read_activities(path, VENDORS).unread_headings) == ["'\\x1b[2J'"]
    named = ico(tmp_path, lambda sheet: setattr(sheet, "title", "Re\u202egister"))
    assert "the name of a sheet has a character that does not show (U+202E)" in refusal(named)


# --- what is never guessed ---


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("UK adequacy regulations", ["adequacy"]),
        ("IDTA; Binding Corporate Rules", ["uk-gdpr:ukg-46-2-b", "uk-idta/a1"]),
        ("eu-scc-2021/m2 WITH uk-addendum", ["eu-scc-2021/m2 WITH uk-addendum"]),
        ("IDTA; SCCs", None),
        ("SCC", None),
        ("appropriate safeguards", None),
        ("a letter", None),
        ("N/A", None),
        ("IDTA (Canada)", None),
    ],
)
def test_safeguards(said: str, claimed: list[str] | None, tmp_path: Path, knowledge: Knowledge) -> None:
    (route,) = route_of_row_10(tmp_path, knowledge, safeguards=said).routes
    assert (sorted(claim.tool for claim in route.mechanisms) if route.mechanisms is not None else None) == claimed


@pytest.mark.parametrize(
    ("recipients", "countries", "expected"),
    [
        ("Acme Inc.", "US", [("acme-us", "US")]),
        ("Acme Inc. (US); HMRC", "US", [("acme-us", "US")]),
        ("Acme Inc. (US); Beta Ltd (India)", "N/A", [("acme-us", "US"), ("beta-in", "IN")]),
        ("Acme Inc.; Beta Ltd", "US", [(None, "US")]),
        ("NCMEC; HMRC", "US; India", [("ncmec", "US"), (None, "IN")]),
        ("Acme Inc.", "Trinidad and Tobago", [("acme-tt", "TT")]),
        ("NCMEC", "US and Trinidad and Tobago", [("ncmec", "US"), (None, "TT")]),
        ("Acme Inc.", "NA", [(None, None)]),
        ("Acme Inc., Beta Ltd", "US", [(None, "US")]),
        ("Acme, Inc.", "US", [("acme-us", "US")]),
        ("HMRC", "none", []),
        ("N/A", "US", [(None, "US")]),
        ("Pensions Ltd (UK)", "N/A", []),
        ("Pensions", "US", [(None, "US")]),
        ("The parent company", "US", [(None, "US")]),
    ],
)
def test_recipients_and_countries_are_joined_only_where_the_record_joins_them(
    recipients: str, countries: str, expected: list[tuple[str | None, str | None]], tmp_path: Path, knowledge: Knowledge
) -> None:
    drafts = route_of_row_10(tmp_path, knowledge, recipients=recipients, countries=countries, safeguards="N/A")
    assert [(route.importer, route.destination) for route in drafts.routes] == expected
    assert len(drafts.without) == (0 if expected else 1)


def test_a_cell_with_a_thousand_values_is_split(tmp_path: Path, knowledge: Knowledge) -> None:
    (route,) = route_of_row_10(tmp_path, knowledge, data=",".join(["a"] * 900)).routes
    assert route.data.categories == ("a",)


def test_one_word_that_is_not_understood_leaves_the_subjects_open(tmp_path: Path, knowledge: Knowledge) -> None:
    (route,) = route_of_row_10(tmp_path, knowledge, individuals="Customers, crew").routes
    assert route.data.subjects is None
    assert "'crew': no word of data.subjects is meant for sure" in (route.note or "")


def test_a_safeguard_without_a_country_is_a_transfer_all_the_same(tmp_path: Path, knowledge: Knowledge) -> None:
    (route,) = route_of_row_10(tmp_path, knowledge, recipients="Acme Inc.", countries="N/A", safeguards="IDTA").routes
    assert route.destination is None
    assert "a safeguard is named, and no country of a transfer" in (route.note or "")


def test_a_recipient_on_file_abroad_is_pointed_out_where_no_transfer_is_named(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    drafts = route_of_row_10(tmp_path, knowledge, recipients="NCMEC", countries="None", safeguards="N/A")
    assert drafts.routes == []
    assert "this recipient is in United States by the registry" in str(drafts.left_open[0])


@pytest.mark.parametrize(
    ("name", "country", "importer", "told"),
    [
        ("EXAMPLE HOLDINGS INC (fictitious)", "US", "example-parent", ""),
        (
            "Example Holding (fictitious)",
            "US",
            "example-holding-fictitious-us",
            "is spelt almost like 'Example Holdings, Inc.",
        ),
        ("Example Holdings, Inc. (fictitious)", "IN", None, "is in IN by this record, and"),
        ("Twin Works LLC", "US", None, "has another legal form than 'Twin Works, Inc.' (twin-works)"),
        ("Gone GmbH", "CH", "gone-ch", ""),
    ],
)
def test_nobody_is_taken_for_somebody_of_almost_the_same_name(
    name: str, country: str, importer: str | None, told: str, tmp_path: Path
) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(ROOT / "examples" / "workspace", workspace)
    for more in (
        {"id": "twin-works", "name": "Twin Works, Inc.", "country": "US", "kind": "company"},
        {
            "id": "gone",
            "name": "Gone GmbH",
            "country": "CH",
            "kind": "company",
            "retired_on": "2026-01-01",
            "retired_because": "closed",
        },
    ):
        (workspace / "importers" / f"{more['id']}.yaml").write_text(yaml.safe_dump(more), encoding="utf-8")
    path = tmp_path / "v.csv"
    path.write_text(f'Activity,Vendor,Vendor country,Vendor type\nMail,"{name}",{country},Company\n', encoding="utf-8")
    drafts = drafted(path, VENDORS, Given(), Knowledge(workspace))
    assert [route.importer for route in drafts.routes] == [importer]
    assert bool(told) == bool(drafts.warnings)
    assert told in " ".join(drafts.warnings)


def test_the_kind_of_a_new_importer_is_said_by_its_legal_form_or_by_the_person(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    path = tmp_path / "v.csv"
    path.write_text("Activity,Vendor,Vendor country\nMail,Acme Foundation,US\n", encoding="utf-8")
    (unsaid,) = drafted(path, VENDORS, Given(), knowledge).routes
    assert unsaid.importer is None
    assert "nothing says what kind of body it is" in (unsaid.note or "")
    said = drafted(path, VENDORS, Given(importer_kind=ImporterKind.ASSOCIATION), knowledge)
    assert said.importers["acme-foundation-us"].kind is ImporterKind.ASSOCIATION


def test_defaults_hold_where_a_row_says_nothing(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "v.csv"
    path.write_text("Activity,Vendor,Vendor country\nMail,Acme Foundation,US\nPost,Beta,\n", encoding="utf-8")
    own = RecordTemplate(defaults={"importer.kind": "association", "destination": "India", "exporter.kind": "private"})
    routes = drafted(path, VENDORS.with_mapping(own), Given(), knowledge).routes
    assert [(route.importer, route.destination) for route in routes] == [
        ("acme-foundation-us", "US"),
        ("beta-in", "IN"),
    ]
    assert all(route.exporter.kind == "private" and route.exporter.role == "controller" for route in routes)


# --- forms ---


def form(folder: Path, *more: list[str | None]) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Fiche"
    lines: list[list[str | None]] = [
        ["Nom du traitement", "Paie"],
        ["Colonne de plus", "x"],
        ["Transferts hors UE", "Destinataire", "Pays", "Garanties"],
        *more,
    ]
    for line in lines:
        sheet.append(line)
    book.save(folder / "fiche.xlsx")
    return folder / "fiche.xlsx"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["Organisme 1", "Acme Inc.", "Inde", "BCR"], ("acme-in", "IN", "eu-gdpr:46(2)(b)")),
        ([None, "Acme Inc.", "Côte d’Ivoire", None], ("acme-ci", "CI", None)),
        (["Organisme 1", "Acme Inc.", None, None], (None, None, None)),
        (["Organisme 1", None, "Oui", "CCT"], (None, None, None)),
        (["Organisme 1", None, None, "BCR"], (None, None, "eu-gdpr:46(2)(b)")),
        (["Organisme 1", "Filiale du groupe", "ÉTATS-UNIS", "Privacy shield"], (None, "US", None)),
    ],
)
def test_a_row_of_a_forms_transfers_is_a_transfer_whatever_it_leaves_out(
    line: list[str | None], expected: tuple[str | None, ...], tmp_path: Path, knowledge: Knowledge
) -> None:
    (route,) = drafted(form(tmp_path, line), CNIL, Given(), knowledge).routes
    assert (route.importer, route.destination, route.mechanisms[0].tool if route.mechanisms else None) == expected


def test_cells_and_columns_of_a_form_that_are_not_read_are_told(tmp_path: Path) -> None:
    reading = read_activities(form(tmp_path, ["Organisme 1", "Acme Inc.", "Inde", None]), CNIL)
    assert [problem.field for problem in reading.unread_cells] == ["Fiche!A2", "Fiche!B2"]


def test_a_json_file_and_ones_own_headings_over_a_template_are_read(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "r.json"
    rows = [
        {
            "Area": "Finance",
            "Purpose of processing": "Payroll",
            "Categories of recipients": ["Acme Inc."],
            "Where": "US",
            "Colour": "red",
        }
    ]
    path.write_text(json.dumps(rows), encoding="utf-8")
    own = RecordTemplate(
        columns={"Area": "title", "Where": "destination"}, values={"destination": {"the States": "US"}}
    )
    drafts = drafted(path, ICO.with_mapping(own), Given(), knowledge)
    assert [route.id for route in drafts.routes] == ["finance-payroll-acme-us"]
    assert list(read_activities(path, ICO.with_mapping(own)).unread_headings) == ["Colour"]


# --- the templates ---


@pytest.mark.parametrize("name", template_ids())
def test_a_template_names_its_source_and_only_tools_and_places_that_are_known(name: str, knowledge: Knowledge) -> None:
    template = read_template(name, None)
    assert template.id == name
    assert template.source is not None
    assert template.unverified
    for tool in template.values["mechanisms"].values():
        assert knowledge.knows_tool(tool), tool
    for place in template.values.get("destination", {}).values():
        assert place in knowledge.hub.places
    assert set(template.values.get("data.categories", {}).values()) <= set(knowledge.hub.kind_of_data)


def test_a_mapping_with_a_field_or_word_that_no_route_has_is_told(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("columns: {Land: destinaton}\nvalues: {importer_role: {P: procesor}}\n", encoding="utf-8")
    with pytest.raises(BadRecord) as caught:
        read_template(None, path)
    told = str(caught.value)
    assert (
        "m.yaml:1  columns.Land: 'destinaton' is not a field that a record of processing can fill; did you mean 'destination'?"
        in told
    )
    assert "m.yaml:2  values.importer_role.P: 'procesor' is not one of the allowed words. Allowed: controller" in told


def test_the_example_mapping_is_a_mapping_that_can_be_copied() -> None:
    assert isinstance(read_plain(EXAMPLES / "vendors.mapping.yaml"), dict)
    assert VENDORS.id == "mapping"
