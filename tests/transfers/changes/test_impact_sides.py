"""The two sides: days, revisions, releases, folders; what cannot be read is refused as a whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import transfers.changes.sides
from country_reports.records import BadRecord, read_record
from tests.conftest import DAY, EXAMPLES, ROOT, Run
from tests.transfers.changes.fictitious import (
    FICTITIOUS,
    IRELAND,
    RULES_DAY,
    WORKSPACE,
    commit,
    compared,
    edit,
    git,
    only,
    route,
    write_route,
)
from transfers.changes.records import Effect
from transfers.changes.sides import NoSuchSide
from transfers.route import Route


def test_an_unrelated_edit_leaves_every_route_untouched(clone: Path) -> None:
    report = clone / "country_reports" / "reports" / "ke.yaml"
    text = report.read_text(encoding="utf-8")
    try:
        edit(report, "summary: Kenya's", "summary: (Edited.) Kenya's")
        commit(clone, "A word on Kenya")
        routes = [read_record(path, Route) for path in EXAMPLES]
        found = compared(routes, f"{clone}@HEAD~1", f"{clone}@HEAD", WORKSPACE)
    finally:
        report.write_text(text, encoding="utf-8")
        commit(clone, "Back")
    assert [impact.effect for impact in found.impacts] == [Effect.UNTOUCHED] * len(EXAMPLES)
    assert found.before.told != found.after.told


def test_a_release_a_folder_and_the_facts_as_they_stand_say_the_same(clone: Path) -> None:
    routes = [read_record(path, Route) for path in EXAMPLES]
    for before in (f"{clone}@2026.11.1", str(clone), DAY):
        found = compared(routes, before, None, WORKSPACE)
        assert {impact.effect for impact in found.impacts} == {Effect.UNTOUCHED}, before


def test_a_revision_without_a_folder_is_one_of_the_clone_that_runs(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfers.changes.sides, "HOUSE", clone)
    found = compared([read_record(IRELAND, Route)], "2026.11.1", "HEAD", WORKSPACE)
    assert found.before.told.startswith("the facts of this clone, as of revision 2026.11.1 (")
    assert only(found).effect is Effect.UNTOUCHED


def test_a_hook_of_another_clone_does_not_lead_astray(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    assert only(compared([route()], "HEAD", None, workspace, RULES_DAY)).effect is Effect.UNTOUCHED


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("no-such-thing", "'no-such-thing' is no day, no folder and no revision or release"),
        ("--output=x", "is no day, no folder and no revision"),
        ("2020-7-15", "a day is written year-month-day, such as 2020-07-15"),
        ("15.07.2020", "a day is written year-month-day, such as 2020-07-15"),
        ("2020-02-30", "'2020-02-30' is no day of the calendar; write year-month-day"),
        ("", "is no day, no folder and no revision"),
        (str(ROOT / "docs"), "holds neither the packages of transborder"),
        (
            f"{ROOT / 'examples' / 'workspace'}@no-such-thing",
            "'no-such-thing' is no revision or release in the history",
        ),
    ],
)
def test_a_side_that_is_none_is_refused_with_what_would_be_right(transborder: Run, before: str, told: str) -> None:
    done = transborder("impact", IRELAND, f"--before={before}", "--after", DAY)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_options_that_contradict_are_refused(workspace: Path) -> None:
    with pytest.raises(NoSuchSide, match="both do; leave it out"):
        compared([route()], "2024-01-01", "2024-01-02", FICTITIOUS, RULES_DAY)
    with pytest.raises(NoSuchSide, match="leave --workspace out"):
        compared([route()], str(workspace), None, FICTITIOUS)
    shutil.copytree(workspace / "country_reports", workspace / "within" / "country_reports")
    with pytest.raises(NoSuchSide, match="was it there then"):
        compared([route()], f"{workspace / 'within'}@HEAD", None)


def test_records_of_a_side_that_cannot_be_read_stop_the_comparison(
    transborder: Run, workspace: Path, tmp_path: Path
) -> None:
    acts = workspace / "country_reports" / "adequacy" / "fictitious.yaml"
    edit(acts, "issuer: fictitious\n", "issuer: fictitious\nold_field: 1\n")
    commit(workspace, "Of another time")
    path = write_route(tmp_path / "routes", "one")
    given = ("--workspace", workspace, "--as-of", "2024-01-15", "--before", "HEAD~1", "--after", "HEAD")
    done = transborder("impact", path, EXAMPLES[0], *given)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Nothing was compared: the code that runs cannot read these records.\n")
    assert "HEAD:country_reports/adequacy/fictitious.yaml:3  old_field: unknown field" in done.stderr


def test_a_revision_that_cannot_be_read_is_refused_as_a_whole(clone: Path, workspace: Path) -> None:
    routes = [read_record(IRELAND, Route)]
    act = clone / "country_reports" / "adequacy" / "eu-commission.yaml"
    text = act.read_text(encoding="utf-8")
    try:
        edit(act, "issuer: eu_commission\n", "issuer: eu_commission\nold_field: 1\n")
        (clone / "country_reports" / "categories.yaml").write_text("a: 1\n", encoding="utf-8")
        commit(clone, "An older layout")
        (clone / "country_reports" / "categories.yaml").unlink()
        commit(clone, "An unknown field alone")
        (clone / "country_reports" / "vocabulary.yaml").rename(clone / "country_reports" / "words.txt")
        commit(clone, "No words")
        told = []
        for revision in ("HEAD~2", "HEAD~1", "HEAD"):
            with pytest.raises(BadRecord) as refused:
                compared(routes, f"{clone}@{revision}", None, WORKSPACE)
            told.append([f"{one.file} {one.message}" for one in refused.value.problems])
    finally:
        git(clone, "reset", "-q", "--hard", "v2026.11.1")
    assert act.read_text(encoding="utf-8") == text
    assert told[0][0].startswith("HEAD~2:country_reports/categories.yaml nothing reads this")
    assert told[1][0].startswith("HEAD~1:country_reports/adequacy/eu-commission.yaml unknown field")
    assert told[2][0].startswith("HEAD:country_reports/vocabulary.yaml not there")
