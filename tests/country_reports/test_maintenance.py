"""What a maintainer does: one line of law, and every tool shows it."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from country_reports.country import Bond, Depth, country
from country_reports.facts import Role, Truth
from country_reports.history import TurnKind, history
from country_reports.hub import SHIPPED_FOLDER, Hub
from country_reports.layout import SCHEMAS, files_of, read_all
from country_reports.maintenance.check import check
from country_reports.maintenance.diff import ChangeKind, changes, unread
from country_reports.maintenance.fmt import formatted
from country_reports.maintenance.freshness import due
from country_reports.maintenance.revision import NoSuchState, state
from country_reports.maintenance.scaffold import scaffold
from country_reports.records import BadRecord, Record, read_plain, read_record, read_text_as
from country_reports.report import CountryReport

TODAY = date(2026, 11, 23)
HUB = Hub()
FILES = list(files_of(SHIPPED_FOLDER))
LT = "- {place: LT, signed: 2018-10-10, ratified: 2020-01-23"
BE = "- {place: BE, signed: 2018-10-10, source: "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("*.py", "__pycache__")
    return Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "country_reports", ignore=ignored))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_ratification_is_one_line_and_diff_and_history_show_it(folder: Path) -> None:
    edit(folder / "treaties" / "cets-223.yaml", BE, "- {place: BE, signed: 2018-10-10, ratified: 2026-11-20, source: ")
    (found,) = changes(read_all(SHIPPED_FOLDER), read_all(folder))
    assert (found.kind, found.entry.id) == (ChangeKind.CHANGED, "treaties/cets-223/be")
    assert [(field.field, field.before, field.after) for field in found.fields] == [("ratified", None, "2026-11-20")]
    before, after = history(HUB, "BE"), history(Hub(folder.parent), "BE")
    new = [turn for turn in after if (turn.when, turn.kind) not in {(old.when, old.kind) for old in before}]
    assert [(turn.when, turn.kind) for turn in new] == [("2026-11-20", TurnKind.RATIFIES)]
    on = Hub(folder.parent).on(TODAY)
    assert on.ratified("BE", "cets-223").truth is Truth.YES
    assert HUB.on(TODAY).ratified("BE", "cets-223").truth is Truth.UNKNOWN


def test_an_annulled_finding_is_ended_and_told(folder: Path) -> None:
    path = folder / "adequacy" / "eu-commission.yaml"
    ended = "  valid_from: 2023-07-10\n  valid_to: 2026-11-01\n"
    edit(path, "  valid_from: 2023-07-10\n", ended)
    assert any("say in `ended_by`" in str(problem) for problem in check([folder], TODAY))
    edit(path, ended, f"  ended_by: A judgment\n  ended_kind: annulled\n{ended}")
    assert check([folder], TODAY) == []
    (found,) = changes(read_all(SHIPPED_FOLDER), read_all(folder))
    assert (found.kind, found.entry.id) == (ChangeKind.ENDED, "adequacy/eu-2023-1795-us-dpf")
    assert {field.field for field in found.fields} == {"valid_to", "ended_by", "ended_kind"}
    acts = Hub(folder.parent).on(TODAY).adequacy("US", ("eu_commission",))
    assert next(act.ground.role for act in acts if act.record.id == "eu-2023-1795-us-dpf") is Role.ENDED


def test_what_is_added_and_what_is_gone(folder: Path) -> None:
    path = folder / "treaties" / "cets-108.yaml"
    line = next(line for line in path.read_text(encoding="utf-8").splitlines() if "place: FR" in line)
    edit(path, f"{line}\n", "")
    assert [(one.kind, one.entry.id) for one in changes(read_all(SHIPPED_FOLDER), read_all(folder))] == [
        (ChangeKind.GONE, "treaties/cets-108/fr")
    ]
    assert [(one.kind, one.entry.id) for one in changes(read_all(folder), read_all(SHIPPED_FOLDER))] == [
        (ChangeKind.ADDED, "treaties/cets-108/fr")
    ]


def test_a_file_that_cannot_be_read_is_left_out_of_a_comparison(folder: Path) -> None:
    (folder / "groups" / "eu.yaml").write_text("id: eu\nmembers: 27\n", encoding="utf-8")
    before = read_all(folder)
    assert unread(before) == ["groups/eu.yaml"]
    assert changes(before, read_all(SHIPPED_FOLDER)) == []


def test_an_earlier_state_is_a_folder_or_a_revision(folder: Path) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "one"], check=True)
    subprocess.run([*git, "tag", "v2026.11.1"], check=True)
    (folder / "groups" / "eu.yaml").unlink()
    for name in ("HEAD", "2026.11.1", str(SHIPPED_FOLDER)):
        with state(name, folder) as earlier:
            assert (earlier / "groups" / "eu.yaml").is_file()
    with pytest.raises(NoSuchState, match="neither a folder nor a revision"), state("no-such-thing", folder):
        pass


def test_what_is_past_its_limit_comes_worst_first() -> None:
    found = due([read_all(SHIPPED_FOLDER)], TODAY)
    limits = {kind: limit.days for kind, limit in HUB.freshness.items()}
    shares = [item.days / limits[item.entry.kind] for item in found.overdue if item.entry.kind]
    assert shares == sorted(shares, reverse=True)
    for item in found.overdue:
        assert item.entry.kind is not None
        assert (TODAY - item.verified_on).days > limits[item.entry.kind]
    later = due([read_all(SHIPPED_FOLDER)], date(2040, 1, 1))
    assert {item.entry.id for item in found.overdue} < {item.entry.id for item in later.overdue}
    assert not {"adequacy/eu-2016-1250-us-privacy-shield"} & {item.entry.id for item in later.overdue}


def test_a_scaffold_checks_and_rates_nothing(folder: Path) -> None:
    path = folder / "reports" / "kz.yaml"
    path.write_text(scaffold(HUB.places["KZ"], TODAY), encoding="utf-8")
    assert check([folder], TODAY) == []
    assert formatted(path.read_text(encoding="utf-8"), str(path), CountryReport) == path.read_text(encoding="utf-8")
    assert country(Hub(folder.parent), "KZ", TODAY).depth is not Depth.FULL
    assert len(read_record(path, CountryReport).open_questions) > 10


@pytest.mark.parametrize("number", range(0, len(FILES), 7))
def test_the_layout_is_stable_and_loses_nothing(number: int) -> None:
    path, model = FILES[number]
    text = path.read_text(encoding="utf-8")
    assert formatted(text, str(path), model) == text
    shuffled = "\n".join(line for line in text.splitlines() if line.strip())
    assert formatted(shuffled, str(path), model) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_survives_the_layout(words: str) -> None:
    import yaml

    record = {"place": "KZ", "as_of": TODAY, "summary": words, "open_questions": [words]}
    text = yaml.safe_dump(record, allow_unicode=True)
    try:
        before = read_text_as(text, "kz.yaml", CountryReport)
    except BadRecord:
        return
    if "#" in words:
        return
    after = formatted(text, "kz.yaml", CountryReport)
    assert read_text_as(after, "kz.yaml", CountryReport) == before
    assert formatted(after, "kz.yaml", CountryReport) == after


def test_a_comment_within_a_record_is_not_lost_in_silence() -> None:
    text = "place: KZ\nas_of: 2026-11-23\n# do not lose me\nsummary: Nothing.\n"
    with pytest.raises(BadRecord, match=r"kz.yaml:3 .*would be lost"):
        formatted(text, "kz.yaml", CountryReport)


def test_a_workspace_adds_to_a_report_by_id(tmp_path: Path) -> None:
    reports = tmp_path / "country_reports" / "reports"
    reports.mkdir(parents=True)
    (reports / "rs.yaml").write_text(
        "place: RS\nas_of: 2026-10-01\nsummary: Ours.\nguarantees:\n"
        "- id: a-ns-1\n  head: A\n  area: national_security\n  rating: not_met\n  reasoning: Counsel in Belgrade.\n"
        "  confidence: high\n  source: {title: Our memorandum, url: 'https://example.org/memo'}\n"
        "  verified_on: 2026-10-01\n  verification: primary\n",
        encoding="utf-8",
    )
    shipped, ours = HUB.on(TODAY).guarantees("RS"), Hub(tmp_path).on(TODAY).guarantees("RS")
    assert len(ours) == len(shipped)
    changed = {
        one.record.id: one.ground.fact.origin.value for one in ours if one.ground.fact.origin.value == "workspace"
    }
    assert changed == {"a-ns-1": "workspace"}
    assert Hub(tmp_path).on(TODAY).access_laws("RS") == HUB.on(TODAY).access_laws("RS")


def test_a_bad_file_does_not_hide_the_other_chapters(tmp_path: Path) -> None:
    folder = tmp_path / "country_reports"
    (folder / "treaties").mkdir(parents=True)
    (folder / "reports").mkdir()
    (folder / "treaties" / "cets-108.yaml").write_text("id: cets-108\n", encoding="utf-8")
    (folder / "reports" / "us.yaml").write_text("place: US\nas_of: soon\n", encoding="utf-8")
    report = country(Hub(tmp_path), "US", TODAY)
    assert {Path(problem.file).name for problem in report.problems} == {"cets-108.yaml", "us.yaml"}
    assert {one.treaty.id for one in report.treaties} == {
        "cets-005",
        "cets-181",
        "cets-185",
        "cets-201",
        "cets-223",
        "cets-224",
    }
    assert any(act.record.id == "eu-2023-1795-us-dpf" for act in report.findings)
    assert country(Hub(tmp_path), "JP", TODAY).depth is Depth.FULL


def test_looking_up_one_place_reads_no_other_report(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def spying(path: Path, model: type[Record]) -> Record:
        read.append(path)
        return read_record(path, model)

    monkeypatch.setattr("country_reports.shelf.read_shipped", spying)
    country(Hub(), "JP", TODAY)
    assert {path.name for path in read if path.parent.name == "reports"} == {"jp.yaml"}


def bonds(place: str, day: date = TODAY) -> dict[str, Bond]:
    return {one.treaty.id: one.bond for one in country(HUB, place, day).treaties}


def test_the_law_that_other_lists_get_wrong() -> None:
    assert bonds("RU")["cets-108"] is Bond.PARTY
    assert bonds("RU")["cets-005"] is Bond.LEFT
    assert bonds("RU", date(2022, 9, 15))["cets-005"] is Bond.PARTY
    assert HUB.on(date(2022, 3, 15)).member("RU", "council_of_europe").truth is Truth.YES
    assert HUB.on(date(2022, 3, 16)).member("RU", "council_of_europe").truth is Truth.NO
    assert {bonds("FR")[treaty] for treaty in ("cets-223",)} == {Bond.RATIFIED}
    assert HUB.on(TODAY).treaty_in_force("cets-223").truth is Truth.NO
    assert HUB.on(TODAY).treaty_in_force("cets-224").truth is Truth.NO
    assert bonds("NL")["cets-223"] is Bond.NOT_ESTABLISHED
    assert bonds("DK")["cets-181"] is Bond.NOT_ESTABLISHED
    assert HUB.on(TODAY).member("RE", "gdpr_area").truth is Truth.YES
    assert HUB.on(TODAY).member("GL", "gdpr_area").truth is Truth.NO


@pytest.mark.parametrize(
    ("place", "act", "first", "last"),
    [
        ("BR", "eu-2026-179-br", date(2026, 1, 26), None),
        ("EPO", "eu-2025-1382-epo", date(2025, 7, 15), None),
        ("KR", "eu-2022-254-kr", date(2021, 12, 17), None),
        ("JP", "eu-2019-419-jp", date(2019, 1, 23), None),
        ("US", "eu-2023-1795-us-dpf", date(2023, 7, 10), None),
        ("CA", "eu-2002-2-ca", date(2001, 12, 20), None),
        ("GB", "eu-2021-1772-gb-v2", date(2025, 12, 19), date(2031, 12, 27)),
    ],
)
def test_findings_of_the_commission_hold_from_day_to_day(place: str, act: str, first: date, last: date | None) -> None:
    found = {one.record.id: one for one in HUB.on(TODAY).adequacy(place, ("eu_commission",))}[act]
    assert found.ground.role is Role.SUPPORTS
    assert found.record.valid_from == first
    assert found.record.source.url
    if last is not None:
        assert found.record.valid_to is not None
        assert (found.record.valid_to - last).days == 1
    if place in ("US", "CA", "KR", "JP", "EPO", "BR"):
        assert found.record.scheme or found.record.requires or found.record.excludes


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_published_schemas_are_those_of_the_models(name: str) -> None:
    """Written anew by `transborder schema NAME > country_reports/schemas/NAME.json`."""
    published = json.loads((SHIPPED_FOLDER / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    assert published | {"$schema": None} == SCHEMAS[name].model_json_schema() | {"$schema": None}


@pytest.mark.parametrize("number", range(0, len(FILES), 5))
def test_every_record_names_its_schema_and_fits_it(number: int) -> None:
    """What an editor checks while one types: the same fields and words, whatever the editor."""
    path, model = FILES[number]
    first = path.read_text(encoding="utf-8").splitlines()[0]
    schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
    assert schema.stem == next(name for name, one in SCHEMAS.items() if one is model)
    Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(read_plain(path))


@pytest.mark.parametrize(
    ("issuer", "place", "day", "followed"),
    [
        ("je_law", "US", TODAY, "eu-2023-1795-us-dpf"),
        ("gg_law", "CA", TODAY, "eu-2002-2-ca"),
        ("co_sic", "EPO", TODAY, "eu-2025-1382-epo"),
        ("rs_gov", "US", date(2020, 7, 15), "eu-2016-1250-us-privacy-shield"),
    ],
)
def test_a_rule_that_follows_another_issuer_keeps_its_limits(issuer: str, place: str, day: date, followed: str) -> None:
    found = [act for act in HUB.on(day).adequacy(place, (issuer,)) if act.follows]
    assert [one.record.id for act in found for one in act.follows] == [followed]
    limits = found[0].follows[0].record
    assert limits.scheme or limits.requires


def test_a_rule_that_follows_another_issuer_ends_with_it() -> None:
    assert not [act for act in HUB.on(date(2020, 7, 16)).adequacy("US", ("rs_gov",)) if act.follows]
    assert not HUB.on(date(2026, 1, 25)).adequacy("BR", ("co_sic",))
    assert HUB.on(date(2026, 1, 26)).adequacy("BR", ("co_sic",))
