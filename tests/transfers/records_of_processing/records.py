"""The records, templates and changed files that the tests on records of processing share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from country_reports.records import BadRecord, Plain
from tests.conftest import DAY, ROOT
from transfers.knowledge import Knowledge
from transfers.records_of_processing.activities import read_activities
from transfers.records_of_processing.routes import Drafts, Given, draft_routes
from transfers.records_of_processing.template import RecordTemplate, read_template
from transfers.route import Route

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


def refusal(path: Path, template: RecordTemplate = ICO) -> str:
    with pytest.raises(BadRecord) as caught:
        read_activities(path, template)
    return str(caught.value)


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
