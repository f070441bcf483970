"""Health of the shipped facts: everything checks, and agrees with a table that somebody else wrote."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from country_reports.adequacy_act import AdequacyAct
from country_reports.country import Depth, country, depth_of
from country_reports.facts import Truth
from country_reports.hub import SHIPPED_FOLDER, Hub
from country_reports.layout import MODELS, files_of, read_all
from country_reports.ledger import entries_of
from country_reports.maintenance.check import check
from country_reports.maintenance.fmt import unformatted
from country_reports.shelf import PATTERNS
from tests.conftest import ROOT
from transfers.law.catalogue import CATALOGUE
from transfers.registry.importer import ImporterRecord
from transfers.registry.shelf import SHIPPED_FOLDER as IMPORTERS
from transfers.registry.shelf import Registry

RECORDS = sorted(
    [*SHIPPED_FOLDER.rglob("*.yaml"), *(ROOT / "clauses").rglob("*.yaml"), *IMPORTERS.glob("*.yaml"), CATALOGUE]
)
HUB = Hub()
ACTS = [act for issuer in HUB.issuers for act, _origin in HUB.acts(issuer)]
TODAY = date(2026, 11, 23)
INDEPENDENT = yaml.safe_load((ROOT / "tests" / "country_reports" / "independent_tables.yaml").read_text("utf-8"))


def test_the_shipped_records_check() -> None:
    assert [str(problem) for problem in check([SHIPPED_FOLDER], TODAY)] == []


def test_the_shipped_records_are_in_the_one_layout() -> None:
    assert list(unformatted(path for path, _ in files_of(SHIPPED_FOLDER))) == []


def test_every_file_of_the_hub_is_read_by_some_model() -> None:
    known = {path for path, _ in files_of(SHIPPED_FOLDER)}
    assert {path for path in SHIPPED_FOLDER.rglob("*.yaml")} == known
    assert set(MODELS) == set(PATTERNS)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_no_word_about_how_the_facts_were_compiled(path: Path) -> None:
    forbidden = re.compile(r"general knowledge|dossiers/|\bseen:|treaties\.csv|adequacy\.yaml", re.IGNORECASE)
    assert not forbidden.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_a_yaml_1_1_reader_sees_the_same_words(path: Path) -> None:
    """Other tools read YAML 1.1, where a bare NO is false: country codes are quoted where that matters."""

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                assert not isinstance(key, bool), f"{path.name}: a key reads as true or false"
                walk(item)
        elif isinstance(value, list):
            for item in value:
                assert not isinstance(item, bool), f"{path.name}: an item reads as true or false"
                walk(item)

    walk(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_every_place_of_the_world_and_the_depth_that_is_promised() -> None:
    depths = {place.id: depth_of(HUB, place.id) for place in HUB.places}
    assert (
        len([place for place in HUB.places if re.fullmatch("[A-Z]{2}", place.id) and place.id not in ("XK", "EU")])
        == 249
    )
    assert sum(depth is Depth.FULL for depth in depths.values()) >= 50
    members = [member.place for member in HUB.group("eea")[0].members if member.valid_to is None]
    assert len(members) == 30
    assert all(depths[place] is not Depth.BASELINE for place in [*members, "EU"])
    for place in ("AL", "AD", "AM", "AZ", "BA", "MC", "MD", "ME", "MK", "SM"):
        assert depths[place] is Depth.FULL


@pytest.mark.parametrize("day", [date(1981, 1, 1), date(2015, 1, 1), date(2020, 7, 15), TODAY], ids=str)
def test_every_place_has_a_report_on_every_day(day: date) -> None:
    for place in HUB.places:
        report = country(HUB, place.id, day)
        assert report.problems == ()
        assert len(report.treaties) == 7


def test_legal_categories_of_importers_are_in_the_vocabulary() -> None:
    for importer_id in Registry().ids():
        importer = Registry().get(importer_id)[0]
        assert importer.id == importer_id
        assert {*importer.legal_categories, *importer.legal_categories_excluded} <= set(HUB.vocabulary.categories)


def test_points_to_watch_are_sentences() -> None:
    for act in ACTS:
        assert all(len(point) > 20 for point in act.watch), act.id


def test_every_fact_has_an_id_that_machines_can_keep() -> None:
    ids = [entry.id for file in read_all(SHIPPED_FOLDER).files for entry in entries_of(file.record)]
    assert len(ids) == len(set(ids)) > 4000
    assert all(re.fullmatch(r"[a-z0-9_.()/-]+", fact_id) for fact_id in ids)


def test_every_field_of_an_importer_has_its_evidence() -> None:
    for importer_id in Registry().ids():
        importer: ImporterRecord = Registry().get(importer_id)[0]
        covered = {field for evidence in importer.evidence for field in evidence.fields}
        told = importer.model_fields_set - {"id", "evidence", "open_questions"}
        assert told <= covered, f"{importer_id}: {sorted(told - covered)} without evidence"
        assert importer.fictitious is Truth.NO


def decision_number(act: AdequacyAct) -> str | None:
    found = re.search(r"\b(?:\(EU\) )?(\d{4}/\d+)\b", act.instrument)
    return found[1] if found else None


def test_the_decisions_of_the_commission_are_those_of_the_independent_table() -> None:
    """Two acts prolonged or renewed the decision on the United Kingdom; ours stand under its first number."""
    ours = defaultdict(list)
    for act in ACTS:
        if act.issuer == "eu_commission" and "eu-led" not in act.usable_under:
            ours[decision_number(act)].append(act)
    theirs = {re.sub(r"\(EU\) |/EC|/EU", "", row["decision"]): row for row in INDEPENDENT["eu_adequacy"]["rows"]}
    renewals = {"2025/1226", "2025/2574"}
    assert set(ours) == set(theirs) - renewals
    for number in set(theirs) - renewals:
        acts, row = ours[number], theirs[number]
        assert all(row["place"] == act.destinations[0].removesuffix("_CBP").removesuffix("_CBSA") for act in acts), (
            number
        )
        assert row["adopted"] in {act.adopted for act in acts}, number
        assert row.get("ended") is None or row["ended"] in {act.valid_to for act in acts}, number
    last_day = max(row["last_day"] for row in theirs.values() if row.get("last_day"))
    assert max(act.valid_to for act in ours["2021/1772"] if act.valid_to) == last_day + timedelta(days=1)


@pytest.mark.parametrize(
    ("table", "treaty", "field", "day"),
    [
        ("convention_108", "cets-108", "valid_from", "in_force"),
        ("protocol_181", "cets-181", "valid_from", "in_force"),
        ("protocol_223", "cets-223", "ratified", "ratified"),
    ],
)
def test_treaty_tables_are_those_of_the_independent_table(table: str, treaty: str, field: str, day: str) -> None:
    """A State that only the other table lists must be one whose row we know to be missing."""
    ours = {row.place: getattr(row, field) for row in HUB.treaty(treaty)[0].status if getattr(row, field)}
    theirs = {row["place"]: row.get(day) for row in INDEPENDENT[table]["rows"]}
    assert set(ours) <= set(theirs)
    assert set(theirs) - set(ours) <= set(HUB.treaty(treaty)[0].candidates)
    differing = {place for place, said in theirs.items() if said is not None and place in ours and ours[place] != said}
    assert differing == set()


@pytest.mark.parametrize("year", range(1996, 2027))
def test_the_hub_answers_every_quarter_for_every_place(year: int) -> None:
    for month in (1, 4, 7, 10):
        on = HUB.on(date(year, month, 1))
        for place in HUB.places:
            assert on.member(place.id, "gdpr_area").truth in Truth
            assert on.party(place.id, "cets-108").truth in Truth


@pytest.mark.parametrize("workspace", ["tests/cases/rules/workspace", "examples/workspace"])
def test_our_own_workspaces_check(workspace: str) -> None:
    own = ROOT / workspace / "country_reports"
    assert [str(problem) for problem in check([SHIPPED_FOLDER, *([own] if own.is_dir() else [])], TODAY)] == []
