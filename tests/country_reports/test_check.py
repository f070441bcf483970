"""Seeded faults: each is found, on its line, in words that say what would be right."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from country_reports.hub import SHIPPED_FOLDER, Hub
from country_reports.maintenance.check import check, vanished
from country_reports.records import BadRecord

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Seed:
    """One fault: in ``file``, ``old`` becomes ``new``; the complaint stands on the line that holds ``line``."""

    what: str
    file: str
    old: str
    new: str
    says: str
    line: str | None = None


BE_223 = "- {place: BE, signed: 2018-10-10, source: "
FR_108 = "- {place: FR, signed: 1981-01-28, ratified: 1983-03-24, how: ratification, valid_from: 1985-10-01, source: "
AT_EU = "- {place: AT, valid_from: 1995-01-01, source: "
DPF = "- id: eu-2023-1795-us-dpf\n"

SEEDS = [
    Seed("not YAML", "groups/eu.yaml", "id: eu\n", "id: [eu\n", "not valid YAML", "name:"),
    Seed("an empty file", "groups/efta.yaml", "*", "", "the file is empty"),
    Seed("a field twice", "groups/eu.yaml", "id: eu\n", "id: eu\nid: eu\n", "written twice", "id: eu"),
    Seed("an anchor", "groups/eu.yaml", "id: eu\n", "id: &a eu\nnote: *a\n", "anchors and aliases"),
    Seed("a tag", "groups/eu.yaml", "id: eu\n", "id: !!python/name:os.system eu\n", "is not allowed"),
    Seed("a misspelt field", "groups/eu.yaml", "name: ", "nmae: ", "did you mean 'name'?", "nmae"),
    Seed("a word that is none", "reports/us.yaml", "  rating: met\n", "  rating: good\n", "Allowed: met, partly, not_met, unclear", "rating: good"),
    Seed("a verification that is none", "groups/eu.yaml", "verification: secondary\n", "verification: sure\n", "Allowed: primary, secondary, unverified", "verification: sure"),
    Seed("no date", "treaties/cets-108.yaml", "signed: 1981-01-28, ratified: 1983-03-24", "signed: 1981-02-30, ratified: 1983-03-24", "is not a date", "1981-02-30"),
    Seed("a date and time", "treaties/cets-223.yaml", "opened: 2018-10-10", "opened: 2018-10-10T00:00:00", "is not a date", "opened"),
    Seed("a date in words", "reports/fr.yaml", "as_of: ", "as_of: last year # ", "is not a date", "as_of"),
    Seed("a loose date that is none", "reports/us.yaml", "  since: '2023-07-10'", "  since: July 2023", "is not a date; write '2026'", "July 2023"),
    Seed("a period that ends before it starts", "groups/eu.yaml", "- {place: GB, valid_from: 1973-01-01, valid_to: 2020-02-01,", "- {place: GB, valid_from: 1973-01-01, valid_to: 1972-02-01,", "ends before it starts", "1972-02-01"),
    Seed("a source without an address", "regimes/uk-gdpr.yaml", "url: 'https://www.legislation.gov.uk/eur/2016/679/chapter/V'", "url: null", "a source with a `url`", "source:"),
    Seed("an address that is none", "groups/eu.yaml", "'https://european-union", "'see european-union", "is not the address of a page", "european-union-europa-eu: {"),
    Seed("a source key that is missing", "groups/eu.yaml", AT_EU, "- {place: AT, valid_from: 1995-01-01, source: nowhere, note: ", "there is no source 'nowhere'", "nowhere"),
    Seed("verified without a day", "regimes/uk-gdpr.yaml", "verified_on: 2026-08-05\n", "", "needs `verified_on`"),
    Seed("unverified with a day", "regimes/uk-gdpr.yaml", "verification: secondary", "verification: unverified", "an unverified fact has no day", "verified_on"),
    Seed("verified tomorrow", "regimes/uk-gdpr.yaml", "verified_on: 2026-08-05", "verified_on: 2026-11-24", "is in the future", "verified_on"),
    Seed("verified after the report's day", "reports/rs.yaml", "as_of: 2025-04-30", "as_of: 2012-04-30", "the report reaches at least to that day", "as_of"),
    Seed("an unknown place in a treaty", "treaties/cets-223.yaml", "- {place: BE, signed", "- {place: BX, signed", "'BX' is no place", "place: BX"),
    Seed("an unknown place in a group", "groups/eu.yaml", "- {place: AT,", "- {place: OE,", "'OE' is no place", "place: OE"),
    Seed("an unknown destination", "adequacy/eu-commission.yaml", "destinations: [UY]", "destinations: [UU]", "is no place, group:, treaty: or findings:", "destinations: [UU]"),
    Seed("an unknown group of destinations", "adequacy/kr-pipc.yaml", "'group:gdpr_area'", "'group:gdpr_aria'", "is no place, group:, treaty: or findings:", "group:gdpr_aria"),
    Seed("an unknown whole", "places.yaml", "- {id: GF, name: French Guiana, kind: territory, iso3: GUF, within: FR,", "- {id: GF, name: French Guiana, kind: territory, iso3: GUF, within: FX,", "'FX' is no place", "within: FX"),
    Seed("two places of one id", "places.yaml", "- {id: AD, name: Andorra,", "- {id: AE, name: Andorra,", "'AE' stands twice"),
    Seed("two places of one name", "places.yaml", "- {id: AD, name: Andorra,", "- {id: AD, name: Angola,", "is also a name of"),
    Seed("a place that a treaty needs is gone", "places.yaml", "- {id: AD, name: Andorra,", "- {id: A0, name: Andorra,", "'AD' is no place"),
    Seed("two open periods", "groups/eu.yaml", AT_EU, f"{AT_EU}european-union-europa-eu, verification: unverified}}\n{AT_EU}", "both are open", AT_EU),
    Seed("two rows that overlap", "groups/eu.yaml", AT_EU, f"- {{place: AT, valid_from: 1990-01-01, valid_to: 1996-01-01, source: european-union-europa-eu, verification: unverified}}\n{AT_EU}", "the periods overlap", AT_EU),
    Seed("a treaty row twice", "treaties/cets-223.yaml", BE_223, f"- {{place: BE, signed: 2018-10-11, source: coe-int, verification: unverified}}\n{BE_223}", "stands twice", BE_223),
    Seed("ratified before it was signed", "treaties/cets-108.yaml", "ratified: 1983-03-24", "ratified: 1980-03-24", "cannot ratify before it signs", "ratified: 1980-03-24"),
    Seed("bound before it ratified", "treaties/cets-108.yaml", "ratified: 1983-03-24, how: ratification, valid_from: 1985-10-01", "ratified: 1986-03-24, how: ratification, valid_from: 1985-10-01", "cannot be bound before it ratifies", "1986-03-24"),
    Seed("bound by a treaty that is not in force", "treaties/cets-223.yaml", BE_223, "- {place: BE, signed: 2018-10-10, valid_from: 2024-01-01, source: ", "the treaty is not in force", "valid_from: 2024-01-01"),
    Seed("more rows than the depositary counts", "treaties/cets-223.yaml", "counted: 34", "counted: 30", "take the new count from the depositary", "total:"),
    Seed("more rows missing than candidates", "treaties/cets-181.yaml", "counted: 44", "counted: 46", "name in `candidates` who may have it", "total:"),
    Seed("a candidate that has its row", "treaties/cets-223.yaml", BE_223, "- {place: BE, signed: 2018-10-10, ratified: 2026-11-03, source: ", "BE has its row now", "candidates:"),
    Seed("a protocol without the convention", "treaties/cets-108.yaml", FR_108, "- {place: JP, signed: 1981-01-28, ratified: 1983-03-24, how: ratification, valid_from: 1985-10-01, source: ", "FR is no Party to Convention 108"),
    Seed("a file under another name", "treaties/cets-201.yaml", "id: cets-201", "id: cets-202", "belongs in a file called cets-202.yaml", "id: cets-202"),
    Seed("a finding that survives accession", "adequacy/eu-commission.yaml", "  valid_to: 2004-05-01\n", "  valid_to: 2005-05-01\n", "HU is a Member State since 2004-05-01", "destinations: [HU]"),
    Seed("a finding in force before it is adopted", "adequacy/eu-commission.yaml", "  adopted: 2023-07-10\n", "  adopted: 2024-07-10\n", "before it is adopted", "valid_from: 2023-07-10"),
    Seed("an ended finding without its end", "adequacy/eu-commission.yaml", DPF, f"{DPF}  ended_kind: annulled\n", "say in `valid_to` since which day", "ended_kind: annulled"),
    Seed("two findings at once", "adequacy/eu-commission.yaml", "destinations: [NZ]", "destinations: [UY]", "covers UY under the same regime on the same days", "destinations: [UY]"),
    Seed("an act of another issuer", "adequacy/kr-pipc.yaml", "  issuer: kr_pipc", "  issuer: jp_ppc", "holds the findings of 'kr_pipc'", "  issuer: jp_ppc"),
    Seed("a scheme that is none", "adequacy/eu-commission.yaml", "scheme: eu-us-dpf", "scheme: eu-us-dpff", "is no scheme in vocabulary.yaml", "scheme: eu-us-dpff"),
    Seed("a category that is none", "adequacy/eu-commission.yaml", "category: kr_pipa_controller", "category: kr_pippa", "is no category in vocabulary.yaml", "kr_pippa"),
    Seed("a reach that is none", "reports/us.yaml", "reaches: [us_electronic_communication_service_provider]", "reaches: [everyone]", "is no category in vocabulary.yaml, nor `any`", "reaches: [everyone]"),
    Seed("a kind of data that is none", "reports/gb.yaml", "  data_kinds: [content, traffic, location]", "  data_kinds: [everything]", "is not one of the allowed words", "data_kinds: [everything]"),
    Seed("a regime that is none", "adequacy/kr-pipc.yaml", "usable_under: [kr-pipa]", "usable_under: [kr-pipc]", "is no regime", "usable_under: [kr-pipc]"),
    Seed("an issuer that is none", "exporters.yaml", "adequacy_by: [kr_pipc]", "adequacy_by: [kr_ppc]", "no file in adequacy/", "adequacy_by: [kr_ppc]"),
    Seed("a regime without its file", "exporters.yaml", "- regime: kr-pipa\n", "- regime: kr-pipa2\n", "regimes/kr-pipa2.yaml is missing", "regime: kr-pipa2"),
    Seed("a regime on two days", "regimes/kr-pipa.yaml", "valid_from: 2023-09-15", "valid_from: 2023-09-16", "one of them is wrong", None),
    Seed("two regimes for one exporter", "exporters.yaml", "  valid_to: 2026-02-05\n", "  valid_to: 2026-03-05\n", "exporters there on the same days"),
    Seed("a gateway twice", "regimes/kr-pipa.yaml", "- id: kr-2\n", "- id: kr-1\n", "stands twice", "- id: kr-1"),
    Seed("a rating about a law that is none", "reports/us.yaml", "about: [us_fisa_702", "about: [us_fisa_703", "no access law of this report is called us_fisa_703", "us_fisa_703"),
    Seed("two ratings for one day", "reports/rs.yaml", "- id: a-ns-1\n", "- id: a-ns-0\n  head: A\n  area: national_security\n  rating: met\n  reasoning: As below.\n  confidence: low\n  source: {title: None}\n  verification: unverified\n- id: a-ns-1\n", "stands twice, and both are open", "- id: a-ns-1"),
    Seed("days without a rating", "reports/rs.yaml", "- id: a-ns-1\n", "- id: a-ns-1\n  valid_from: 2001-01-01\n", "no rating of guarantee A for national_security before 2001-01-01", "- id: a-ns-1"),
    Seed("an id for two things", "reports/us.yaml", "- id: us_wiretap\n", "- id: us_sca\n", "'us_sca' stands twice", None),
    Seed("a group of origin that is none", "reports/us.yaml", "{group: us_qualifying_states", "{group: us_friends", "no file in groups/ is called 'us_friends'", "us_friends"),
    Seed("a report against the treaty table", "reports/uy.yaml", "- id: convention_108\n  status: party", "- id: convention_108\n  status: none", "the table wins", "status: none"),
    Seed("a Member State outside the area of the GDPR", "groups/gdpr-area.yaml", "- {place: AT,", "- {place: GL,", "AT is in the group `eu` and not here", "members:"),
    Seed("a kind of fact without a limit", "freshness.yaml", "  report: {days: 730, reason: As for ratings.}\n", "", "no limit for report"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(
        shutil.copytree(
            SHIPPED_FOLDER, tmp_path / "country_reports", ignore=shutil.ignore_patterns("*.py", "__pycache__")
        )
    )


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.what)
def test_a_seeded_fault_is_found_on_its_line(folder: Path, seed: Seed) -> None:
    path = folder / seed.file
    text = path.read_text(encoding="utf-8")
    assert seed.old == "*" or seed.old in text, "the seed no longer fits the record"
    path.write_text(seed.new if seed.old == "*" else text.replace(seed.old, seed.new, 1), encoding="utf-8")
    problems = check([folder], TODAY)
    told = [problem for problem in problems if seed.says in str(problem)]
    assert told, [str(problem) for problem in problems]
    if seed.line is not None:
        lines = [f"{number}:{line}" for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)]
        assert any(seed.line in lines[problem.line - 1] for problem in told if problem.line), [
            str(problem) for problem in told
        ]


def test_all_faults_are_told_at_once(folder: Path) -> None:
    (folder / "groups" / "eu.yaml").write_text("name: [", encoding="utf-8")
    (folder / "treaties" / "cets-223.yaml").write_text("", encoding="utf-8")
    (folder / "places.yaml").write_text("places: []\n", encoding="utf-8")
    files = {Path(problem.file).name for problem in check([folder], TODAY)}
    assert {"eu.yaml", "cets-223.yaml", "cets-108.yaml"} <= files


def test_a_fact_that_is_gone_is_told(folder: Path) -> None:
    path = folder / "treaties" / "cets-108.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "place: FR" not in line), encoding="utf-8")
    assert ["treaties/cets-108/fr is gone" in str(problem) for problem in vanished(SHIPPED_FOLDER, folder)] == [True]


def test_a_record_that_does_not_check_is_not_used(tmp_path: Path) -> None:
    """The same faults that `check` tells keep an assessment from resting on the record."""
    groups = tmp_path / "country_reports" / "groups"
    groups.mkdir(parents=True)
    text = (SHIPPED_FOLDER / "groups" / "gdpr-area.yaml").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if "place: FR" in line)
    (groups / "gdpr-area.yaml").write_text(text.replace(row, f"{row}\n{row}"), encoding="utf-8")
    with pytest.raises(BadRecord, match="both are open"):
        Hub(tmp_path).on(TODAY).member("FR", "gdpr_area")


@pytest.mark.parametrize("name", ["treaties/cets-181.yaml", "groups/eu.yaml", "freshness.yaml", "exporters.yaml"])
def test_a_file_that_the_engine_needs_is_missed(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert any(name in problem.file and "is missing" in problem.message for problem in check([folder], TODAY))


@pytest.mark.parametrize(
    "name", ["reports/RS.yaml", "reports/rs.yml", "notes.txt", "report/rs.yaml", "groups/eu.yaml.bak"]
)
def test_a_file_that_nothing_reads_is_told(folder: Path, name: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("place: RS\n", encoding="utf-8")
    assert any("nothing reads this" in problem.message for problem in check([folder], TODAY))


def test_one_unreadable_file_does_not_bury_its_cause(folder: Path) -> None:
    (folder / "places.yaml").write_text("places: 7\n", encoding="utf-8")
    assert [Path(problem.file).name for problem in check([folder], TODAY)] == ["places.yaml"]


def test_a_pipe_is_no_record_and_stops_nothing(folder: Path) -> None:
    (folder / "reports" / "us.yaml").unlink()
    os.mkfifo(folder / "reports" / "us.yaml")
    assert any("no file that can be read" in problem.message for problem in check([folder], TODAY))
