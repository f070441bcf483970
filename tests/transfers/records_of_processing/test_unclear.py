"""What a record leaves unclear stays open: nothing is guessed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.transfers.records_of_processing.records import (
    VENDORS,
    drafted,
    route_of_row_10,
)
from transfers.knowledge import Knowledge
from transfers.records_of_processing.routes import Given
from transfers.records_of_processing.template import RecordTemplate
from transfers.registry.importer import ImporterKind


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
