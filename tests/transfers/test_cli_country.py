"""``transborder country`` as a lawyer and a maintainer meet it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import DAY, Run

NASTY = "<script>alert(1)</script> | `x` **b** \u202e evil \x07"


def test_list_prints_every_place_one_a_line(transborder: Run) -> None:
    lines = transborder("country", "list").stdout.splitlines()
    assert len(lines) == 263
    assert {line.split("\t")[3] for line in lines} == {"full", "exporter", "baseline"}
    assert len([line for line in lines if line.endswith("\tfull")]) >= 50
    assert "NO\tNorway\tstate\texporter" in lines


@pytest.mark.parametrize(
    ("filters", "has", "has_not"),
    [
        (("--group", "eu"), "FR", "GB"),
        (("--group", "eu", "--as-of", "2019-01-01"), "GB", "NO"),
        (("--treaty", "cets-108"), "RU", "US"),
        (("--treaty", "cets-223"), None, "FR"),
        (("--adequacy", "eu_commission", "--as-of", DAY), "BR", "MA"),
        (("--adequacy", "ch-federal-council", "--as-of", DAY), "MC", "JP"),
        (("--depth", "full"), "SM", "FR"),
        (("--stale", "--as-of", "2040-01-01"), "JP", "AQ"),
    ],
)
def test_list_filters(transborder: Run, filters: tuple[str, ...], has: str | None, has_not: str) -> None:
    done = transborder("country", "list", *filters)
    ids = [line.split("\t")[0] for line in done.stdout.splitlines() if line]
    assert done.returncode == 0
    assert has is None or has in ids
    assert has_not not in ids


def test_an_unknown_filter_or_place_is_told_with_what_is_near(transborder: Run) -> None:
    done = transborder("country", "list", "--group", "council_of_europ")
    assert (done.returncode, "council_of_europe" in done.stderr) == (2, True)
    done = transborder("country", "show", "Frnace")
    assert (done.returncode, "France (FR)" in done.stderr) == (2, True)


@pytest.mark.parametrize("day", ["1981-01-01", "2015-01-01", "2020-07-15", DAY])
@pytest.mark.parametrize("place", ["US", "FR", "Réunion", "INTERPOL", "AQ"])
def test_show_answers_on_every_day(transborder: Run, place: str, day: str) -> None:
    done = transborder("country", "show", place, "--as-of", day)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[2].startswith(f"As of {day}.")
    assert max(map(len, (line for line in done.stdout.splitlines() if "http" not in line))) <= 100


def test_a_report_tells_what_a_lawyer_asks(transborder: Run) -> None:
    text = transborder("country", "show", "US", "--as-of", DAY, "--format", "md").stdout
    for heading in (
        "Treaties", "Findings of adequacy about this place", "The law that binds exporters here", "Data-protection law and regulator",
        "Access by public authorities", "European Essential Guarantees", "Redress, step by step", "Reports of child sexual abuse",
        "Timeline", "What is unverified, too old or open", "Sources",
    ):  # fmt: skip
        assert f"## {heading}\n" in text
    for words in (
        "Who can be compelled:",
        "Authorisation beforehand: a court",
        "UNVERIFIED: not read",
        "Only for recipients certified",
    ):
        assert words in text
    numbers = {int(number) for number in re.findall(r"\\\[(\d+)\\\]", text)}
    listed = len(re.findall(r"^\d+\. ", text.split("## Sources")[1], re.MULTILINE))
    assert numbers == set(range(1, listed + 1))


def test_the_day_decides_what_a_report_says(transborder: Run) -> None:
    before = transborder("country", "show", "US", "--as-of", "2020-07-15").stdout
    after = transborder("country", "show", "US", "--as-of", "2020-07-16").stdout
    shield = "European Commission: in force on this day\n\nCommission Implementing Decision (EU) 2016/1250"
    assert shield in before
    assert shield not in after
    assert "European Commission: no longer in force\n\nCommission Implementing Decision (EU) 2016/1250" in after


def test_json_is_for_machines(transborder: Run) -> None:
    report = json.loads(transborder("country", "show", "RU", "--as-of", DAY, "--format", "json").stdout)
    assert (report["schema"], report["place"], report["as_of"]) == ("transborder/country/1", "RU", DAY)
    assert {one["treaty"]: one["position"] for one in report["treaties"]}["cets-108"] == "party"
    grounds = [one["ground"] for one in (*report["treaties"], *report["findings"], *report["access_laws"])]
    assert all(ground["fact"] and ground["verification"] for ground in grounds)


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_text_from_a_record_is_never_markup(transborder: Run, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "records" / "country_reports" / "reports"
    folder.mkdir(parents=True)
    (folder / "kz.yaml").write_text(
        json.dumps({"place": "KZ", "as_of": "2026-01-01", "summary": NASTY, "open_questions": [NASTY]}),
        encoding="utf-8",
    )
    out = tmp_path / f"kz.{form}"
    done = transborder(
        "country", "show", "KZ", "--as-of", DAY, "--format", form, "--workspace", tmp_path / "records", "-o", out
    )
    assert done.returncode == 0, done.stderr
    text = out.read_text(encoding="utf-8")
    if form != "json":
        assert "\u202e" not in text
        assert "\x07" not in text
    if form == "html":
        page = Tags()
        page.feed(text)
        assert "script" not in page.tags
        assert all(link.startswith(("http://", "https://", "#")) for link in page.links)
    if form == "md":
        assert "<script>" not in text


def test_a_record_that_cannot_be_read_is_a_warning_for_the_others(transborder: Run, tmp_path: Path) -> None:
    folder = tmp_path / "country_reports" / "treaties"
    folder.mkdir(parents=True)
    (folder / "cets-108.yaml").write_text("id: cets-108\n", encoding="utf-8")
    done = transborder("country", "show", "JP", "--as-of", DAY, "--workspace", tmp_path)
    assert done.returncode == 0
    assert "left out:" in done.stderr
    assert "EUROPEAN ESSENTIAL GUARANTEES" in done.stdout
    refused = transborder("assess", "--from", "FR", "--to", "JP", "--as-of", DAY, "--workspace", tmp_path)
    assert refused.returncode == 2
    assert "cets-108.yaml:1" in refused.stderr


def test_compare_puts_places_side_by_side(transborder: Run) -> None:
    text = transborder("country", "compare", "US", "JP", "Serbia", "--as-of", DAY, "--format", "md").stdout
    assert "| Convention 108 | neither signed nor ratified | neither signed nor ratified | Party |" in text
    assert re.search(r"\| D: effective remedies, national security \| \S", text)


def test_history_as_text_and_as_json(transborder: Run) -> None:
    text = transborder("country", "history", "GB", "--since", "2020-01-01").stdout
    assert text.index("2020-02-01") < text.index("2021-06-28") < text.index("2025-12-19")
    turns = json.loads(transborder("country", "history", "GB", "--format", "json").stdout)["turns"]
    assert [turn["when"] for turn in turns] == sorted(turn["when"] for turn in turns)


def test_check_tells_and_fails_and_the_shipped_records_pass(transborder: Run, tmp_path: Path) -> None:
    assert transborder("country", "check").returncode == 0
    folder = tmp_path / "country_reports" / "groups"
    folder.mkdir(parents=True)
    (folder / "clubs.yaml").write_text(
        "id: clubs\nname: Clubs\nmembers: []\nsource: none\nverification: unverified\n", encoding="utf-8"
    )
    done = transborder("country", "check", "--workspace", tmp_path)
    assert done.returncode == 1
    assert "country_reports/groups/clubs.yaml:4  source: there is no source 'none' in this file" in done.stderr


def test_diff_of_two_folders_in_words(transborder: Run, tmp_path: Path) -> None:
    for name, note in (("old", ""), ("new", ", ratified: 2026-11-20")):
        folder = tmp_path / name / "treaties"
        folder.mkdir(parents=True)
        (folder / "cets-900.yaml").write_text(
            "id: cets-900\ntitle: A treaty\nshort: Treaty 900\nopened: 2020-01-01\nin_force: {text: not in force, source: t, verification: unverified}\n"
            "source: t\nverification: unverified\nsources:\n  t: {title: A title}\n"
            f"status:\n- {{place: KZ, signed: 2020-01-02{note}, source: t, verification: unverified}}\n",
            encoding="utf-8",
        )
    done = transborder("country", "diff", "old", "new")
    assert (
        done.stdout
        == "Changed: Kazakhstan: Treaty 900 [treaties/cets-900/kz]\n    ratified: 2026-11-20\n1 fact differs\n"
    )
    assert transborder("country", "diff", "old", "old").stdout == "no fact differs\n"
    assert transborder("country", "diff", "nowhere").returncode == 2


def test_new_writes_once_and_check_accepts_it(transborder: Run, tmp_path: Path) -> None:
    done = transborder("country", "new", "Kazakhstan", "--workspace", tmp_path)
    assert (tmp_path / "country_reports" / "reports" / "kz.yaml").is_file(), done.stderr
    assert transborder("country", "check", "--workspace", tmp_path).returncode == 0
    assert "there already" in transborder("country", "new", "KZ", "--workspace", tmp_path).stderr


def test_stale_is_a_list_for_a_maintainer(transborder: Run) -> None:
    done = transborder("country", "stale", "--on", DAY)
    assert done.returncode == 0
    assert all(re.match(r"\S+\t\d+ days over its limit", line) for line in done.stdout.splitlines())
    more = transborder("country", "stale", "--on", DAY, "--unverified").stdout.splitlines()
    assert len(more) > len(done.stdout.splitlines())


def test_fmt_changes_layout_only_and_says_where(transborder: Run, tmp_path: Path) -> None:
    path = tmp_path / "reports" / "kz.yaml"
    path.parent.mkdir()
    path.write_text("summary:   Nothing yet.\nas_of: 2026-01-01\nplace: KZ\n", encoding="utf-8")
    assert transborder("country", "fmt", "--check", path).returncode == 1
    assert transborder("country", "fmt", path).returncode == 0
    assert path.read_text(encoding="utf-8") == "place: KZ\nas_of: 2026-01-01\nsummary: Nothing yet.\n"
    assert transborder("country", "fmt", "--check", path).returncode == 0
    path.write_text("place: KZ\nas_of: soon\nsummary: Nothing yet.\n", encoding="utf-8")
    done = transborder("country", "fmt", path)
    assert (done.returncode, "kz.yaml:2" in done.stderr) == (2, True)


def test_a_past_day_is_not_told_with_the_law_of_today(transborder: Run) -> None:
    monaco = transborder("country", "show", "MC", "--as-of", "2015-01-01", "--format", "md").stdout
    assert re.search(r"\| not yet in force on this day \| 2024-12-14 \|", monaco)
    america = transborder("country", "show", "US", "--as-of", "1981-01-01", "--format", "md").stdout
    assert "State of 2026-06-30, not of 1981-01-01" in america
    assert "since when is not on file: seen by 2026-06-30, not shown for 1981-01-01" in america
    assert "not yet open for signature" in america
    assert "34 ratifications" not in america
    compared = transborder("country", "compare", "MC", "US", "--as-of", "1981-01-01", "--format", "md").stdout
    assert "Protecting Americans" not in compared


def test_what_was_left_out_is_said_in_the_document_itself(transborder: Run, tmp_path: Path) -> None:
    folder = tmp_path / "country_reports" / "adequacy"
    folder.mkdir(parents=True)
    (folder / "eu-commission.yaml").write_text("issuer: eu_commission\n", encoding="utf-8")
    done = transborder("country", "show", "NZ", "--as-of", DAY, "--workspace", tmp_path)
    assert "LEFT OUT, because it cannot be read: eu-commission.yaml" in " ".join(done.stdout.split())
    assert "No finding of any issuer" not in done.stdout


@pytest.mark.parametrize("name", ["reports/RS.yaml", "reports/rs.yml", "report/rs.yaml", "rs.yaml"])
def test_a_record_under_a_wrong_name_is_refused_and_not_passed_over(
    transborder: Run, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "country_reports" / name
    path.parent.mkdir(parents=True)
    path.write_text("place: RS\nas_of: 2026-01-01\nsummary: Ours.\n", encoding="utf-8")
    for command in (("country", "show", "RS"), ("assess", "--from", "FR", "--to", "RS")):
        done = transborder(*command, "--workspace", tmp_path)
        assert (done.returncode, "nothing reads this" in done.stderr) == (2, True)
    assert "nothing reads this" in transborder("country", "check", "--workspace", tmp_path).stderr


def test_output_follows_links_and_leaves_devices_alone(transborder: Run, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    assert transborder("country", "show", "AQ", "-o", "link.txt").returncode == 0
    assert "Antarctica" in (tmp_path / "real.txt").read_text(encoding="utf-8").title()
    assert (tmp_path / "link.txt").is_symlink()
    assert transborder("country", "show", "AQ", "-o", "/dev/null").returncode == 0
    assert Path("/dev/null").is_char_device()
    assert transborder("country", "show", "AQ", "-o", "-").stdout.startswith("COUNTRY REPORT")
    missing = transborder("country", "show", "AQ", "-o", "no/such/folder.txt")
    assert (missing.returncode, "no/such/folder.txt" in missing.stderr) == (3, True)


def test_a_skeleton_claims_nothing_and_does_not_stand_before_a_report(transborder: Run, tmp_path: Path) -> None:
    transborder("country", "new", "KZ", "--workspace", tmp_path)
    shown = transborder("country", "show", "KZ", "--workspace", tmp_path, "--as-of", DAY).stdout
    assert "the law of the place itself was NOT" in " ".join(shown.split())
    refused = transborder("country", "new", "JP", "--workspace", tmp_path)
    assert (refused.returncode, "there is a report on Japan" in refused.stderr) == (1, True)


def test_a_name_leads_to_one_place_in_a_workspace_too(transborder: Run, tmp_path: Path) -> None:
    folder = tmp_path / "country_reports"
    folder.mkdir()
    (folder / "places.yaml").write_text("places:\n- {id: XA, name: Serbia}\n", encoding="utf-8")
    done = transborder("country", "show", "Serbia", "--workspace", tmp_path)
    assert (done.returncode, "a name belongs to one place" in done.stderr) == (2, True)
