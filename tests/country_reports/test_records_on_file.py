"""Health of the shipped facts: everything loads, ids are unique, periods fit, nothing slips in unmarked."""

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from clauses.library import Library
from country_reports.access import Area, Head
from country_reports.adequacy_act import AdequacyFile
from country_reports.facts import Period, Truth, Verification
from country_reports.group import Group
from country_reports.hub import SHIPPED_FOLDER, Hub
from country_reports.records import read_record
from country_reports.regime import Regime
from country_reports.report import CountryReport
from country_reports.sourced import Sourced
from country_reports.treaty import Treaty
from transfers.importer import SHIPPED_FOLDER as IMPORTERS
from transfers.importer import ImporterRecord, Registry
from transfers.law.catalogue import CATALOGUE

ROOT = SHIPPED_FOLDER.parent
RECORDS = sorted(
    [*SHIPPED_FOLDER.rglob("*.yaml"), *(ROOT / "clauses").rglob("*.yaml"), *IMPORTERS.glob("*.yaml"), CATALOGUE]
)
KINDS: dict[str, type[BaseModel]] = {
    "treaties": Treaty,
    "groups": Group,
    "adequacy": AdequacyFile,
    "regimes": Regime,
    "reports": CountryReport,
}
HUB = Hub()
ACTS = [act for issuer in HUB.issuers for act, _origin in HUB.acts(issuer)]


@pytest.mark.parametrize("path", [path for path in RECORDS if path.parent.name in KINDS], ids=lambda path: path.name)
def test_every_record_loads(path: Path) -> None:
    read_record(path, KINDS[path.parent.name])


def test_the_single_files_load() -> None:
    assert HUB.places.resolve("France") == "FR"
    assert len(HUB.bindings) >= 6
    assert HUB.freshness
    assert len(HUB.lawful_bases) == 3


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


@pytest.mark.parametrize("path", sorted((SHIPPED_FOLDER / "treaties").glob("*.yaml")), ids=lambda path: path.stem)
def test_treaty_rows_are_complete_and_consistent(path: Path) -> None:
    treaty = read_record(path, Treaty)
    assert treaty.id == path.stem
    assert len({row.place for row in treaty.status}) == len(treaty.status)
    of_ratifications = treaty.total.of == "ratifications"
    listed = [
        row for row in treaty.status if (row.ratified if of_ratifications else row.valid_from) and row.valid_to is None
    ]
    assert len(listed) == treaty.total.listed
    assert treaty.total.counted - treaty.total.listed <= len(treaty.candidates)
    for row in treaty.status:
        assert row.place in HUB.places, row.place
        if row.ratified and row.signed:
            assert row.signed <= row.ratified, row.place
        if row.ratified and row.valid_from:
            assert row.ratified <= row.valid_from, row.place


def test_ids_are_unique_and_files_are_named_by_them() -> None:
    acts = [act.id for act in ACTS]
    assert len(acts) == len(set(acts))
    for path in (SHIPPED_FOLDER / "groups").glob("*.yaml"):
        assert read_record(path, Group).id.replace("_", "-") == path.stem
    for path in (SHIPPED_FOLDER / "regimes").glob("*.yaml"):
        assert read_record(path, Regime).id == path.stem
    for importer_id in Registry().ids():
        assert Registry().get(importer_id)[0].id == importer_id


def test_cross_references_resolve() -> None:
    regimes = {binding.regime for binding, _origin in HUB.bindings}
    for act in ACTS:
        for name in act.destinations:
            assert HUB.group(name.removeprefix("group:")) if name.startswith("group:") else name in HUB.places, (
                f"{act.id}: {name}"
            )
        assert act.scheme is None or act.scheme in HUB.vocabulary.schemes, act.id
        for requirement in act.requires:
            assert requirement.category in HUB.vocabulary.categories
    for binding, _origin in HUB.bindings:
        for name in binding.places:
            assert HUB.group(name.removeprefix("group:")) if name.startswith("group:") else name in HUB.places
    library = Library()
    for tool_id in library.ids():
        assert set(library.tool(tool_id).clause_set.regimes) <= regimes | {"coe-108plus"}, tool_id


@pytest.mark.parametrize("path", sorted((SHIPPED_FOLDER / "reports").glob("*.yaml")), ids=lambda path: path.stem)
def test_ratings_cover_every_day_once(path: Path) -> None:
    """For each guarantee and area, from the first record to today, exactly one rating: no gap, no overlap."""
    report = read_record(path, CountryReport)
    laws = {law.id for law in report.access_laws}
    periods: dict[tuple[Head, Area], list[Period]] = defaultdict(list)
    for rating in report.guarantees:
        assert set(rating.about) <= laws
        assert rating.origin_in is None or HUB.group(rating.origin_in.group)
        periods[rating.head, rating.area].append(rating.period)
    for head in Head:
        for area in (Area.NATIONAL_SECURITY, Area.LAW_ENFORCEMENT):
            ordered = sorted(periods[head, area], key=lambda period: period.valid_from or date.min)
            assert ordered, f"{path.stem}: no rating for {head} {area}"
            assert ordered[0].valid_from is None
            assert ordered[-1].valid_to is None
            for earlier, later in pairwise(ordered):
                assert earlier.valid_to == later.valid_from


def test_legal_categories_of_laws_and_importers_are_in_the_vocabulary() -> None:
    known = set(HUB.vocabulary.categories) | {"any"}
    for path in (SHIPPED_FOLDER / "reports").glob("*.yaml"):
        for law in read_record(path, CountryReport).access_laws:
            assert set(law.reaches) <= known, law.id
    for importer_id in Registry().ids():
        importer = Registry().get(importer_id)[0]
        assert set(importer.legal_categories) | set(importer.legal_categories_excluded) <= known


def test_no_finding_of_adequacy_about_a_member_state_survives_its_accession() -> None:
    eu, _origins = HUB.group("eu")
    joined = {member.place: member.period for member in eu.members}
    for act in ACTS:
        if act.issuer == "eu_commission":
            for place in act.destinations:
                if place in joined and joined[place].valid_to is None:
                    assert not act.period.overlaps(joined[place]), act.id


def test_points_to_watch_are_sentences() -> None:
    for act in ACTS:
        assert all(len(point) > 20 for point in act.watch), act.id


def test_one_decision_of_an_issuer_about_a_place_holds_at_a_time() -> None:
    """Two decisions in force at once for the same place, regime and scheme would be a mistake of dates."""
    holding: dict[tuple[str, str, str | None], list[tuple[str, Period]]] = defaultdict(list)
    for act in ACTS:
        for place in act.destinations:
            for regime in act.usable_under:
                holding[place, regime, act.scheme].append((act.id, act.period))
    for key, acts in holding.items():
        for number, (one, period) in enumerate(acts):
            for other, other_period in acts[number + 1 :]:
                assert not period.overlaps(other_period), f"{key}: {one} and {other}"


def _sourced(value: object) -> list[Sourced]:
    if isinstance(value, tuple):
        return [found for item in value for found in _sourced(item)]
    if not isinstance(value, BaseModel):
        return []
    nested = [found for name in type(value).model_fields for found in _sourced(getattr(value, name))]
    return [value, *nested] if isinstance(value, Sourced) else nested


@pytest.mark.parametrize("path", [path for path in RECORDS if path.parent.name in KINDS], ids=lambda path: path.name)
def test_a_verified_fact_names_its_page_and_its_day(path: Path) -> None:
    for fact in _sourced(read_record(path, KINDS[path.parent.name])):
        if fact.verification is not Verification.UNVERIFIED:
            assert fact.verified_on is not None, fact
            assert fact.source.url, fact
        if fact.valid_from and fact.valid_to:
            assert fact.valid_from < fact.valid_to, fact


def test_every_field_of_an_importer_has_its_evidence() -> None:
    for importer_id in Registry().ids():
        importer: ImporterRecord = Registry().get(importer_id)[0]
        covered = {field for evidence in importer.evidence for field in evidence.fields}
        told = importer.model_fields_set - {"id", "evidence", "open_questions"}
        assert told <= covered, f"{importer_id}: {sorted(told - covered)} without evidence"
        assert importer.fictitious is Truth.NO


@pytest.mark.parametrize("year", range(1996, 2027))
def test_the_hub_answers_every_quarter_for_every_place(year: int) -> None:
    for month in (1, 4, 7, 10):
        on = HUB.on(date(year, month, 1))
        for place in HUB.places:
            assert on.member(place.id, "gdpr_area").truth in Truth
            assert on.party(place.id, "cets-108").truth in Truth
