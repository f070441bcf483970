"""What a change of law, of facts or of the day moves: real repositories, real routes, and every route that is read is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

import transfers.sides
from country_reports.records import BadRecord, fit, read_record
from tests.conftest import DAY, EXAMPLES, ROOT, Run
from transfers.assessment import Assessment, assess
from transfers.documents.impact import decisive_first, impact_document
from transfers.documents.impact_tables import impact_json
from transfers.documents.notices import notices
from transfers.documents.writers import WRITERS
from transfers.facts_between import Turn
from transfers.golden import GoldenFile
from transfers.impact import Comparison, Effect, FindingShift, Impact, Part, Refused, impact_of, untouched
from transfers.knowledge import Knowledge
from transfers.route import Route
from transfers.sides import NoSuchSide, comparison, two_sides
from transfers.view import Policy

WORKSPACE = ROOT / "examples" / "workspace"
FICTITIOUS = ROOT / "tests" / "cases" / "rules" / "workspace"
IRELAND = ROOT / "examples" / "ie-subsidiary-to-us-parent.yaml"
SHIELD = "adequacy/eu-2016-1250-us-privacy-shield"
RULES_DAY = date(2024, 1, 15)

TO_XQ = {
    "exporter": {"name": "Example Exporter SA (fictitious)", "country": "FR", "role": "controller", "kind": "private"},
    "importer": {"id": "example-xq", "name": "Example Ltd (fictitious)", "country": "XQ", "kind": "company",
                 "gdpr_applies_directly": "no", "certifications": []},
    "importer_role": "controller",
    "collected_directly": "no",
    "processing": {"storage": [], "access_from": []},
    "purpose": "customer_service",
    "data": {"subjects": ["customers"], "special_categories": [], "clear_text_needed": "yes"},
    "frequency": "systematic",
    "mechanisms": [{"tool": "adequacy"}],
    "measures": [],
}  # fmt: skip


def route(route_id: str = "to-xq", **more: object) -> Route:
    return fit({"id": route_id, **TO_XQ, **more}, Route, "test")  # type: ignore[dict-item]  # plain values of a test


def write_route(folder: Path, route_id: str, **more: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{route_id}.yaml"
    path.write_text(yaml.safe_dump({"id": route_id, **TO_XQ, **more}), encoding="utf-8")
    return path


def git(folder: Path, *arguments: str) -> None:
    own = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *own, *arguments], check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The fictitious facts of the rule cases, under version control of their own."""
    folder = tmp_path / "records"
    shutil.copytree(FICTITIOUS, folder)
    git(tmp_path, "init", "-q", str(folder))
    commit(folder, "one")
    return folder


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with the records of transborder and nothing else, and a release."""
    house = tmp_path_factory.mktemp("clone")
    for part in ("country_reports", "clauses", "transfers/importers"):
        kept = shutil.ignore_patterns("*.py", "__pycache__", "compiled")
        shutil.copytree(ROOT / part, house / part, ignore=kept)
    git(house, "init", "-q")
    commit(house, "one")
    git(house, "tag", "v2026.11.1")
    return house


def compared(
    routes: list[Route], before: str, after: str | None, workspace: Path | None = None, as_of: date | None = None
) -> Comparison:
    with two_sides(before, after, as_of, date.fromisoformat(DAY), workspace, Policy()) as (one, other):
        return comparison([(one_route, one_route.owner) for one_route in routes], one, other)


def only(found: Comparison) -> Impact:
    (impact,) = found.impacts
    return impact


def end_the_finding(workspace: Path, day: str = "2023-06-01") -> None:
    edit(
        workspace / "country_reports" / "adequacy" / "fictitious.yaml",
        "  valid_from: 2019-01-01\n",
        f"  valid_from: 2019-01-01\n  valid_to: {day}\n  ended_by: Fictitious judgment\n  ended_kind: annulled\n",
    )


# --- what moves, and why


def test_schrems_ii_moves_a_golden_route_and_the_decision_that_fell_is_named_first() -> None:
    golden = read_record(ROOT / "tests" / "cases" / "facts" / "adequacy-over-time.yaml", GoldenFile)
    ireland = fit({"id": "ireland", **golden.routes["ireland"]}, Route, "golden")
    impact = only(compared([ireland], "2020-07-15", "2020-07-17", WORKSPACE))
    assert (impact.effect, impact.worse) == (Effect.MOVED, True)
    assert [(one.id, one.before, one.after) for one in impact.regimes if one.id == "eu-gdpr"] == [
        ("eu-gdpr", "permitted", "not_permitted")
    ]
    first = decisive_first(impact)[0]
    assert (first.rule, first.provision) == ("eu-gdpr.adequacy", "eu-gdpr:45")
    assert first.before is not None
    assert first.after is not None
    assert (first.before.truth, first.after.truth) == ("yes", "no")
    (fact,) = first.facts
    assert (fact.turn, fact.fact.fact, fact.fact.valid_to) == (Turn.ENDED, SHIELD, "2020-07-16")
    assert fact.takes_effect == "2020-07-16"
    assert fact.fact.url


def test_a_finding_that_is_ended_in_the_second_commit_moves_its_route(workspace: Path) -> None:
    end_the_finding(workspace)
    commit(workspace, "The finding on XQ is annulled")
    before = (workspace / "country_reports" / "adequacy" / "fictitious.yaml").read_bytes()
    impact = only(compared([route()], "HEAD~1", "HEAD", workspace, RULES_DAY))
    assert (impact.effect, impact.worse) == (Effect.MOVED, True)
    (fact,) = [one for one in impact.facts if one.fact.fact == "adequacy/fictitious-xq"]
    assert (fact.turn, fact.fact.valid_to, fact.fact.origin) == (Turn.ENDED, "2023-06-01", "workspace")
    assert {one.field for one in fact.fields} == {"valid_to", "ended_by", "ended_kind"}
    assert fact in decisive_first(impact)[0].facts
    assert (workspace / "country_reports" / "adequacy" / "fictitious.yaml").read_bytes() == before


def test_a_finding_that_is_to_end_is_only_read_again(workspace: Path) -> None:
    end_the_finding(workspace, "2024-06-01")
    impact = only(compared([route()], "HEAD", str(workspace), workspace, RULES_DAY))
    assert (impact.effect, impact.worse) == (Effect.REREAD, False)
    assert {Part.FACTS, Part.REVIEW} <= {*impact.parts}
    assert isinstance(impact.after, Assessment)
    assert impact.after.review_by == "2024-06-01"
    (fact,) = impact.facts
    assert (fact.turn, fact.takes_effect) == (Turn.TO_END, "2024-06-01")


def test_a_day_of_checking_is_read_again_and_said(workspace: Path) -> None:
    path = workspace / "country_reports" / "adequacy" / "fictitious.yaml"
    edit(path, "verified_on: 2024-01-01", "verified_on: 2024-01-10")
    impact = only(compared([route()], "HEAD", None, workspace, RULES_DAY))
    assert (impact.effect, impact.parts) == (Effect.REREAD, (Part.FACTS,))
    (fact,) = impact.facts
    assert [(one.field, one.before, one.after) for one in fact.fields] == [("verified_on", "2024-01-01", "2024-01-10")]
    assert impact.findings == ()


def test_a_fact_that_grows_too_old_is_told_as_such() -> None:
    impact = only(compared([route()], "2024-12-31", "2025-01-01", FICTITIOUS))
    assert (impact.effect, impact.worse) == (Effect.MOVED, True)
    assert (Turn.TOO_OLD, "adequacy/fictitious-xq") in {(one.turn, one.fact.fact) for one in impact.facts}


def test_a_certification_that_lapses_moves_its_route() -> None:
    ireland = read_record(IRELAND, Route)
    days = ("2027-07-31", "2027-08-01")
    impact = only(compared([ireland], *days, WORKSPACE))
    assert (impact.effect, impact.worse) == (Effect.MOVED, True)
    ended = [one for one in impact.facts if one.turn is Turn.ENDED]
    assert [(one.fact.fact, one.takes_effect) for one in ended] == [
        ("importers/example-parent/certifications/eu-us-dpf", "2027-08-01")
    ]
    assert ended[0] in decisive_first(impact)[0].facts


def test_a_rating_that_ends_and_the_one_that_follows_it_are_told_by_their_days() -> None:
    found = only(compared([read_record(IRELAND, Route)], "2023-07-09", "2023-07-10", WORKSPACE))
    turns = {one.fact.fact: one.turn for one in found.facts}
    assert turns["reports/us/guarantees/d-ns-1"] is Turn.ENDED
    assert turns["reports/us/guarantees/d-ns-2"] is Turn.BEGAN
    assert turns["adequacy/eu-2023-1795-us-dpf"] is Turn.BEGAN


def test_an_importers_record_that_says_something_else_is_told_field_by_field(workspace: Path) -> None:
    folder = workspace / "importers"
    folder.mkdir()
    record = {**TO_XQ["importer"], "country": "XQ"}  # type: ignore[dict-item]  # a mapping of the test
    (folder / "example-xq.yaml").write_text(yaml.safe_dump(record), encoding="utf-8")
    commit(workspace, "An importer")
    edit(folder / "example-xq.yaml", "country: XQ", "country: XZ")
    impact = only(compared([route(importer="example-xq")], "HEAD", None, workspace, RULES_DAY))
    assert impact.effect is Effect.MOVED
    fact = next(one for one in impact.facts if one.fact.fact == "importers/example-xq/country")
    assert [(one.field, one.before, one.after) for one in fact.fields] == [("country", "XQ", "XZ")]


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
    monkeypatch.setattr(transfers.sides, "HOUSE", clone)
    found = compared([read_record(IRELAND, Route)], "2026.11.1", "HEAD", WORKSPACE)
    assert found.before.told.startswith("the facts of this clone, as of revision 2026.11.1 (")
    assert only(found).effect is Effect.UNTOUCHED


def test_a_hook_of_another_clone_does_not_lead_astray(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    assert only(compared([route()], "HEAD", None, workspace, RULES_DAY)).effect is Effect.UNTOUCHED


def test_an_assessment_beside_itself_is_untouched(knowledge: Knowledge) -> None:
    for path in EXAMPLES:
        one = assess(read_record(path, Route), knowledge, date.fromisoformat(DAY))
        assert untouched(one, one)
        impact = impact_of(one, one, ())
        assert (impact.effect, impact.parts, impact.findings) == (Effect.UNTOUCHED, (), ())


def test_the_review_day_counts_where_it_does_not_move_along_with_the_day(knowledge: Knowledge) -> None:
    one = assess(read_record(IRELAND, Route), knowledge, date.fromisoformat(DAY))
    assert impact_of(one, replace(one, review_by="2027-05-24"), ()).parts == (Part.REVIEW,)
    later = replace(one, as_of="2026-11-24", review_by="2027-05-24")
    assert impact_of(one, later, ()).parts == ()
    assert impact_of(one, replace(later, review_by="2027-01-01"), ()).parts == (Part.REVIEW,)


def test_what_turned_under_the_law_that_decides_is_told_before_what_is_new_and_before_the_benchmark() -> None:
    moved = only(compared([read_record(IRELAND, Route)], "2020-07-15", "2020-07-17", WORKSPACE))
    shuffled = replace_findings(moved, tuple(reversed(moved.findings)))
    told = decisive_first(shuffled)
    assert told[0].rule == "eu-gdpr.adequacy"
    assert [one.counts for one in told] == sorted((one.counts for one in told), reverse=True)
    new = [one.rule for one in told if one.counts and one.before is None]
    assert new.index("eu-gdpr.clauses_signed") < new.index("eu-gdpr.tools_answered")


def replace_findings(moved: Impact, findings: tuple[FindingShift, ...]) -> Impact:
    return Impact(moved.route, None, None, moved.before, moved.after, moved.effect, moved.worse, findings=findings)


# --- every route is told, the worst first


def many_routes(workspace: Path) -> list[Route]:
    """One for each thing that can happen between the two commits."""
    record = yaml.safe_dump({**TO_XQ["importer"], "id": "only-now"})  # type: ignore[dict-item]  # a mapping of the test
    gone = yaml.safe_dump({**TO_XQ["importer"], "id": "only-then"})  # type: ignore[dict-item]  # a mapping of the test
    (workspace / "importers").mkdir()
    (workspace / "importers" / "only-then.yaml").write_text(gone, encoding="utf-8")
    commit(workspace, "Then")
    end_the_finding(workspace)
    acts = workspace / "country_reports" / "adequacy" / "fictitious.yaml"
    new = yaml.safe_load(acts.read_text(encoding="utf-8"))["acts"][0]
    new = {name: value for name, value in new.items() if name not in ("valid_to", "ended_by", "ended_kind")}
    both = {**new, "id": "fictitious-xz", "destinations": ["XZ"]}
    acts.write_text(f"{acts.read_text(encoding='utf-8')}{yaml.safe_dump([both])}", encoding="utf-8")
    (workspace / "importers" / "only-then.yaml").unlink()
    (workspace / "importers" / "only-now.yaml").write_text(record, encoding="utf-8")
    commit(workspace, "Now")
    return [
        route("a-untouched", exporter={"country": "FR", "role": "controller"}, importer=None, destination="JP"),
        route("b-new-importer", importer="only-now"),
        route("c-lost-importer", importer="only-then"),
        route("d-moved"),
        route("e-nobody", importer="nobody-at-all"),
        route("f-better", importer={**TO_XQ["importer"], "country": "XZ"}),  # type: ignore[dict-item]  # a mapping of the test
    ]


def test_the_worst_comes_first_and_no_route_is_dropped(workspace: Path) -> None:
    routes = many_routes(workspace)
    found = compared(routes, "HEAD~1", "HEAD", workspace, RULES_DAY)
    assert [(one.route, one.effect, one.worse) for one in found.impacts] == [
        ("d-moved", Effect.MOVED, True),
        ("c-lost-importer", Effect.NOT_COMPARED, True),
        ("e-nobody", Effect.NOT_COMPARED, True),
        ("f-better", Effect.MOVED, False),
        ("b-new-importer", Effect.NOT_COMPARED, False),
        ("a-untouched", Effect.UNTOUCHED, False),
    ]
    back = compared(routes, "HEAD", "HEAD~1", workspace, RULES_DAY)
    assert [(one.route, one.worse) for one in back.impacts if one.effect is Effect.MOVED] == [
        ("f-better", True),
        ("d-moved", False),
    ]
    told = impact_json(found)
    assert isinstance(told, dict)
    assert told["read"] == len(routes)
    assert told["counts"] == {"moved": 2, "not_compared": 3, "untouched": 1}
    for form in ("text", "md", "html"):
        text = WRITERS[form](impact_document(found))
        assert all(one.id in text for one in routes), form


def test_a_side_that_cannot_assess_says_why(workspace: Path) -> None:
    found = compared(many_routes(workspace), "HEAD~1", "HEAD", workspace, RULES_DAY)
    by_id = {one.route: one for one in found.impacts}
    new, lost = by_id["b-new-importer"], by_id["c-lost-importer"]
    assert isinstance(new.before, Refused)
    assert "'only-now' is not in the importer registry" in new.before.reasons[0].message
    assert isinstance(new.after, Assessment)
    assert (new.lost, lost.lost) == (False, True)
    assert "'only-then' is not in the importer registry" in WRITERS["text"](impact_document(found)).replace("\n", " ")


def test_who_owns_a_route_decides_nothing(knowledge: Knowledge) -> None:
    plain, owned = route(destination="JP"), route(destination="JP", owner="Marketing")
    day = date.fromisoformat(DAY)
    routes = [one.model_copy(update={"importer": None}) for one in (plain, owned)]
    assert knowledge.extract(routes[0], day).case == knowledge.extract(routes[1], day).case
    one, other = (assess(each, knowledge, day) for each in routes)
    assert untouched(one, other)
    assert other.inputs.route["owner"] == "Marketing"


# --- notices


def test_each_owner_gets_one_notice_of_what_concerns_it(workspace: Path) -> None:
    end_the_finding(workspace)
    commit(workspace, "Ended")
    elsewhere = {"importer": None, "destination": "JP"}
    routes = [
        route("one", owner="Sales/EMEA", title="Orders"),
        route("two", owner="Sales/EMEA", **elsewhere),
        route("three", owner="Sales-EMEA"),
        route("four"),
        route("five", owner="Nobody concerned", **elsewhere),
    ]
    drafts = notices(compared(routes, "HEAD~1", "HEAD", workspace, RULES_DAY))
    assert sorted(drafts) == ["Sales-EMEA", "Sales-EMEA.2", "no-owner-named"]
    text = next(one for one in map(WRITERS["text"], drafts.values()) if "Orders (one)" in one)
    flat = " ".join(text.split())
    assert "To: Sales/EMEA" in flat
    assert "1 of 2 are concerned" in flat
    assert "Ended: Fictitious Decision on XQ (from 2019-01-01, until before 2023-06-01)" in flat
    assert "at once: it holds from 2023-06-01" in flat
    assert "Nothing changes for: two." in flat
    assert "three" not in flat


def test_a_notice_says_by_when_to_read_again(workspace: Path) -> None:
    end_the_finding(workspace, "2024-06-01")
    (draft,) = notices(compared([route()], "HEAD", None, workspace, RULES_DAY)).values()
    assert "by 2024-06-01, the review day" in " ".join(WRITERS["text"](draft).split())


# --- the command line


def impact(run: Run, *more: str | Path) -> subprocess.CompletedProcess[str]:
    return run("impact", *more)


def test_the_command_tells_what_moved_and_exits_with_one_where_asked(transborder: Run, tmp_path: Path) -> None:
    days = ("--before", "2020-07-15", "--after", "2020-07-17")
    common = (IRELAND, "--workspace", WORKSPACE)
    done = impact(transborder, *common, *days, "--fail-on", "moved", "--format", "json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["policy"] == {"doctrine": None, "accept_stale": False, "verified_only": False}
    assert (told["schema"], told["read"], told["counts"]) == ("transborder/impact/1", 1, {"moved": 1})
    assert told["routes"][0]["facts"][0]["fact"] == SHIELD
    strict = impact(transborder, *common, *days, "--doctrine", "edpb", "--verified-only")
    assert "no permission on facts that were not checked" in strict.stdout
    quiet = impact(transborder, *common, "--before", "2026-11-23", "--after", "2026-11-24", "--fail-on", "reread")
    assert (quiet.returncode, quiet.stderr) == (0, "")
    assert "1 route read and told. Untouched: 1." in quiet.stdout


def test_a_route_that_is_lost_fails_as_one_that_moved(transborder: Run, workspace: Path, tmp_path: Path) -> None:
    record = yaml.safe_dump({**TO_XQ["importer"], "id": "only-then"})  # type: ignore[dict-item]  # a mapping of the test
    (workspace / "importers").mkdir()
    (workspace / "importers" / "only-then.yaml").write_text(record, encoding="utf-8")
    commit(workspace, "Then")
    (workspace / "importers" / "only-then.yaml").unlink()
    path = write_route(tmp_path / "routes", "lost", importer="only-then")
    given = (path, "--workspace", workspace, "--as-of", "2024-01-15", "--fail-on", "moved")
    assert impact(transborder, *given, "--before", "HEAD").returncode == 1
    assert impact(transborder, *given, "--before", workspace, "--after", "HEAD").returncode == 0


def test_a_workbook_that_cannot_be_written_is_told_in_two_lines(transborder: Run, tmp_path: Path) -> None:
    write_route(tmp_path / "routes", "plain")
    given = ("--before", "2020-07-15", "--after", "2020-07-17")
    done = impact(transborder, tmp_path / "routes", *given, "--xlsx", tmp_path / "none" / "out.xlsx")
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 2, done.stderr


def test_the_workbook_is_read_back_and_no_cell_is_a_formula(transborder: Run, workspace: Path, tmp_path: Path) -> None:
    end_the_finding(workspace)
    write_route(tmp_path / "routes", "armed", title="=HYPERLINK(1)", owner="@sum")
    write_route(tmp_path / "routes", "plain")
    given = ("--workspace", workspace, "--as-of", "2024-01-15", "--before", "HEAD")
    done = impact(transborder, tmp_path / "routes", *given, "--xlsx", tmp_path / "out.xlsx")
    assert done.returncode == 0, done.stderr
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["routes", "regimes", "findings", "facts"]
    heading, *rows = ([cell.value for cell in line] for line in book["routes"].iter_rows())
    told = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [(one["route"], one["effect"], one["before"], one["after"]) for one in told] == [
        ("armed", "moved", "permitted", "not_permitted"),
        ("plain", "moved", "permitted", "not_permitted"),
    ]
    assert (told[0]["title"], told[0]["owner"]) == ("'=HYPERLINK(1)", "'@sum")
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    facts = [[cell.value for cell in line] for line in book["facts"].iter_rows()]
    assert ["armed", "adequacy/fictitious-xq", "ended"] in [line[:3] for line in facts]


def test_notices_are_written_once_and_never_over_a_draft(transborder: Run, workspace: Path, tmp_path: Path) -> None:
    end_the_finding(workspace)
    path = write_route(tmp_path / "routes", "one", owner="../../Sales")
    given = (path, "--workspace", workspace, "--as-of", "2024-01-15", "--before", "HEAD", "--notices", tmp_path / "n")
    assert impact(transborder, *given).returncode == 0
    (draft,) = (tmp_path / "n").iterdir()
    assert (draft.name, draft.parent) == ("Sales.md", tmp_path / "n")
    assert draft.read_text(encoding="utf-8").startswith("# Draft notice: your transfers of personal data\n")
    draft.write_text("Worked on", encoding="utf-8")
    again = impact(transborder, *given)
    assert again.returncode == 2
    assert "name another folder for the notices" in again.stderr
    assert draft.read_text(encoding="utf-8") == "Worked on"


def test_a_folder_of_routes_is_read_and_what_lies_below_is_told(transborder: Run) -> None:
    done = impact(transborder, ROOT / "examples", "--workspace", WORKSPACE, "--before", DAY, "--after", DAY)
    assert done.returncode == 0
    assert f"{len(EXAMPLES)} routes read and told." in done.stdout
    assert "YAML files in folders below" in done.stderr


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
    done = impact(transborder, IRELAND, f"--before={before}", "--after", DAY)
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


def test_files_that_are_no_routes_are_told_with_their_lines(transborder: Run, tmp_path: Path) -> None:
    routes = tmp_path / "routes"
    write_route(routes, "one")
    (routes / "two.yaml").write_text("id: one\ntitle: The same id\n", encoding="utf-8")
    (routes / "three.yaml").write_text("id: three\nexporter: {contry: FR}\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    done = impact(transborder, routes, tmp_path / "empty", tmp_path / "none.yaml", "--before", DAY)
    assert (done.returncode, done.stdout) == (2, "")
    for told in (
        "routes/two.yaml:1  id: routes/one.yaml is called 'one' too; ids must differ",
        "routes/three.yaml:2  exporter.contry: unknown field; did you mean 'country'?",
        "empty  no YAML file lies in this folder",
        "none.yaml  there is no such file",
    ):
        assert told in done.stderr.replace(f"{tmp_path}{os.sep}", "")
    assert impact(transborder, "--before", DAY).returncode == 2


def test_records_of_a_side_that_cannot_be_read_stop_the_comparison(
    transborder: Run, workspace: Path, tmp_path: Path
) -> None:
    acts = workspace / "country_reports" / "adequacy" / "fictitious.yaml"
    edit(acts, "issuer: fictitious\n", "issuer: fictitious\nold_field: 1\n")
    commit(workspace, "Of another time")
    path = write_route(tmp_path / "routes", "one")
    given = ("--workspace", workspace, "--as-of", "2024-01-15", "--before", "HEAD~1", "--after", "HEAD")
    done = impact(transborder, path, EXAMPLES[0], *given)
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
