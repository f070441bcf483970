"""The command line as a user meets it: answers, exit codes, exact messages, never a traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator

from tests.conftest import DAY, EXAMPLES, ROOT, Run
from transfers.cli import COMMANDS, cli

ROUTE = ROOT / "examples" / "ie-subsidiary-to-us-parent.yaml"
WORKSPACE = ROOT / "examples" / "workspace"
GROUPS = ("clauses", "country", "importer", "route")


def assess(run: Run, *more: str | Path, day: str = DAY) -> subprocess.CompletedProcess[str]:
    return run("assess", ROUTE, "--workspace", WORKSPACE, "--as-of", day, *more)


@pytest.mark.parametrize(
    ("day", "permissible"), [("2020-07-15", True), ("2020-07-17", False), ("2023-07-09", False), ("2023-08-02", True)]
)
def test_the_irish_route_through_time(transborder: Run, day: str, permissible: bool) -> None:
    answer = json.loads(assess(transborder, "--format", "json", day=day).stdout)
    outcome = next(regime["outcome"] for regime in answer["regimes"] if regime["id"] == "eu-gdpr")
    assert (outcome in ("permitted", "permitted_with_conditions")) is permissible
    cited = {
        ground["fact"]: ground["role"]
        for regime in answer["regimes"]
        for finding in regime["findings"]
        for ground in finding["grounds"]
    }
    shield, framework = cited.get("adequacy/eu-2016-1250-us-privacy-shield"), cited.get("adequacy/eu-2023-1795-us-dpf")
    assert (shield, framework) == {
        "2020-07-15": ("supports", None),
        "2020-07-17": ("ended", "not_yet"),
        "2023-07-09": ("ended", "not_yet"),
        "2023-08-02": (None, "supports"),
    }[day]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_has_an_article_14_finding_in_both_readings(transborder: Run, path: Path) -> None:
    answer = json.loads(
        transborder("assess", path, "--workspace", WORKSPACE, "--as-of", DAY, "--format", "json").stdout
    )
    assert answer["benchmark"]["provision"] == "coe-108plus:14"
    assert answer["benchmark"]["in_force"] == "no"
    assert any(finding["provision"].startswith("coe-108plus:") for finding in answer["benchmark"]["findings"])
    binding = next(regime for regime in answer["regimes"] if regime["id"] == "coe-108")
    assert any(finding["rule"] == "coe-108.instrument" and finding["truth"] == "no" for finding in binding["findings"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_assessment_fits_its_published_schema_and_contract(transborder: Run, path: Path) -> None:
    answer = json.loads(
        transborder("assess", path, "--workspace", WORKSPACE, "--as-of", DAY, "--format", "json").stdout
    )
    Draft202012Validator(json.loads(transborder("schema", "assessment").stdout)).validate(answer)
    contract = {"schema", "route", "as_of", "destination", "outcome", "benchmark", "regimes", "legs", "conditions", "questions", "options", "watch",
                "contested", "review_by", "inputs", "policy", "knowledge", "engine", "digest"}  # fmt: skip
    assert contract <= set(answer)
    assert answer["policy"] == {"doctrine": None, "accept_stale": False, "verified_only": False}


def test_examples_fit_the_published_schema_of_a_route(transborder: Run) -> None:
    from country_reports.records import read_plain

    schema = json.loads(transborder("schema", "route").stdout)
    Draft202012Validator.check_schema(schema)
    assert json.loads(transborder("schema", "importer").stdout)["title"] == "ImporterRecord"
    for path in EXAMPLES:
        plain = read_plain(path)
        assert isinstance(plain, dict)
        assert set(plain) <= set(schema["properties"]), path


def test_the_same_route_gives_the_same_bytes(transborder: Run) -> None:
    first, second = (assess(transborder, "--format", "json").stdout for _ in range(2))
    assert first == second
    assert str(ROOT) not in first


def test_the_day_is_printed_first_and_the_answer_is_on_the_screen(transborder: Run) -> None:
    done = assess(transborder)
    assert done.returncode == 0
    assert done.stdout.startswith("As of 2026-11-23\n")
    assert "PERMITTED WITH CONDITIONS" in done.stdout


def test_without_a_day_today_is_read_and_printed(transborder: Run) -> None:
    from datetime import date

    done = transborder("assess", "--from", "FR", "--to", "GB", "--importer", "iwf", "--importer-role", "controller")
    assert done.stdout.startswith(f"As of {date.today().isoformat()}\n")


def test_flags_instead_of_a_file(transborder: Run) -> None:
    done = transborder("assess", "--from", "France", "--to", "US", "--importer", "ncmec", "--tool", "eu-scc-2021/m1", "--importer-role",
                       "controller", "--as-of", DAY, "--format", "json")  # fmt: skip
    answer = json.loads(done.stdout)
    assert answer["outcome"] == "undetermined"
    assert "importer.gdpr_applies_directly" in {question["id"] for question in answer["questions"]}


def test_several_routes_leave_one_tia_per_destination(transborder: Run, tmp_path: Path) -> None:
    done = transborder("assess", *EXAMPLES, "--workspace", WORKSPACE, "--as-of", DAY, "-o", "out/")
    assert done.returncode == 0, done.stderr
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {"tia-AR.md", "tia-CA.md", "tia-GB.md", "tia-IN.md", "tia-INTERPOL.md", "tia-US.md"}
    assert "ie-subsidiary-to-us-parent" in done.stdout


def test_tias_as_json_name_their_schema(transborder: Run, tmp_path: Path) -> None:
    transborder("assess", *EXAMPLES, "--workspace", WORKSPACE, "--as-of", DAY, "-o", "out", "--format", "json")
    tia = json.loads((tmp_path / "out" / "tia-US.json").read_text())
    assert tia["schema"] == "transborder/tia/1"
    assert {one["destination"] for one in tia["assessments"]} == {"US"}


@pytest.mark.parametrize(("threshold", "code"), [("not_permitted", 0), ("permitted_with_conditions", 1)])
def test_fail_on_turns_the_answer_into_an_exit_code(transborder: Run, threshold: str, code: int) -> None:
    assert assess(transborder, "--fail-on", threshold).returncode == code


def test_why_goes_down_to_the_source(transborder: Run) -> None:
    done = transborder("why", ROUTE, "eu-gdpr:45", "--workspace", WORKSPACE, "--as-of", DAY)
    assert "http://data.europa.eu/eli/dec_impl/2023/1795/oj" in done.stdout
    assert "adequacy/eu-2023-1795-us-dpf" in done.stdout
    missing = transborder("why", ROUTE, "eu-gdpr:99", "--workspace", WORKSPACE, "--as-of", DAY)
    assert missing.returncode == 2
    assert "no finding 'eu-gdpr:99'" in missing.stderr


def test_golden_routes_run_from_the_command_line(transborder: Run, tmp_path: Path) -> None:
    done = transborder("test", ROOT / "tests" / "cases" / "facts")
    assert done.returncode == 0
    assert done.stdout.rstrip().endswith("0 failed")
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "case.yaml").write_text(
        "cases:\n- {name: Wrong, as_of: 2026-11-23, route: {exporter: {country: FR}}, expect: {outcome: permitted}}\n"
    )
    failed = transborder("test", "wrong")
    assert failed.returncode == 1
    assert "outcome: expected permitted, got undetermined" in failed.stdout


BAD = {
    "unknown country": ("id: r\nexporter: {country: Frnace}", "bad.yaml:2  exporter.country: 'Frnace' is not a place we know. Near matches: France (FR)"),
    "misspelt field": ("id: r\nexportr: {country: FR}", "bad.yaml:2  exportr: unknown field; did you mean 'exporter'?"),
    "misspelt nested field": ("id: r\nexporter:\n  contry: FR", "bad.yaml:3  exporter.contry: unknown field; did you mean 'country'?"),
    "wrong date": ("id: r\nmechanisms:\n- {tool: eu-scc-2021/m1, signed_on: 2024-02-30}",
                   "bad.yaml:3  mechanisms[0].signed_on: '2024-02-30' is not a date; write year-month-day, such as 2026-11-23"),
    "tool without module": ("id: r\nmechanisms: [{tool: SCC}]", "bad.yaml:2  mechanisms[0].tool: 'SCC' names no module; write the set and the module"),
    "unknown tool": ("id: r\nmechanisms: [{tool: eu-scc-2021/m9}]", "bad.yaml:2  mechanisms[0].tool: 'eu-scc-2021/m9' is not a module of EU SCC 2021."),
    "unknown importer": ("id: r\nimporter: ncmek", "bad.yaml:2  importer: 'ncmek' is not in the importer registry. Near matches: ncmec"),
    "unknown measure": ("id: r\nmeasures: [{id: UC9.1, status: in_place}]", "bad.yaml:2  measures[0].id:"),
    "unknown regime": ("id: r\nexporter: {country: FR, subject_to: [ukgdpr]}", "bad.yaml:2  exporter.subject_to[0]: 'ukgdpr' is not a regime we know."),
    "measure twice": (
        "id: r\nmeasures: [{id: UC1.6, status: in_place}, {id: UC1.6, status: absent}]",
        "bad.yaml:1  `measures` names UC1.6 more than once; keep one, with the status that is true",
    ),
    "category both ways": (
        "id: r\nimporter: {id: x, name: X, country: US, kind: company, legal_categories: [ca_pipeda_organisation], "
        "legal_categories_excluded: [ca_pipeda_organisation]}",
        "bad.yaml:2  importer: ca_pipeda_organisation stands in `legal_categories` and in `legal_categories_excluded`; keep one",
    ),
    "unknown answer": ("id: r\nanswers: {edpb-02-2020:E: yes}", "bad.yaml:2  answers.edpb-02-2020:E: 'edpb-02-2020:E' is not a question this version reads"),
    "unknown subject": ("id: r\ndata: {subjects: [staff]}", "bad.yaml:2  data.subjects[0]: 'staff' is not one of the allowed words."),
    "unknown scheme": (
        "id: r\nimporter: {id: x, name: X, country: US, kind: company, certifications: [{scheme: dpf, scope: [hr], valid_from: 2024-01-01}]}",
        "bad.yaml:2  importer.certifications: 'dpf' is not a scheme we know",
    ),
    "wrong word": ("id: r\nfrequency: often", "bad.yaml:2  frequency: 'often' is not one of the allowed words. Allowed: one_off, occasional, systematic, unknown"),
    "unknown category": ("id: r\nimporter: {id: x, name: X, country: US, kind: company, legal_categories: [us_telco]}", "bad.yaml:2  importer.legal_categories:"),
    "onward place": ("id: r\nonward:\n- {recipient: A, place: Nowhere}", "bad.yaml:3  onward[0].place: 'Nowhere' is not a place we know"),
    "empty file": ("", "bad.yaml  the file is empty"),
    "duplicate key": ("id: r\nid: s", "bad.yaml:2  the field 'id' is written twice; keep one"),
    "alias": ("id: &a r\ntitle: *a", "bad.yaml:1  anchors and aliases"),
    "two ways to name importers": ("id: r\nimporter: ncmec\nimporters: [iwf]", "bad.yaml:1  give either `importer` or `importers`, not both"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_in_one_line_with_exit_2(transborder: Run, tmp_path: Path, name: str) -> None:
    text, expected = BAD[name]
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    done = transborder("assess", "bad.yaml", "--as-of", DAY)
    assert done.returncode == 2
    assert expected in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_norway_is_norway(transborder: Run, tmp_path: Path) -> None:
    (tmp_path / "no.yaml").write_text("id: r\nexporter: {country: NO}\nimporter: ncmec\n")
    answer = json.loads(transborder("assess", "no.yaml", "--as-of", DAY, "--format", "json").stdout)
    assert answer["inputs"]["route"]["exporter"]["country"] == "NO"
    assert {regime["id"] for regime in answer["regimes"]} >= {"eu-gdpr"}


def test_binary_huge_and_missing_files_are_refused(transborder: Run, tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(bytes(range(256)))
    with (tmp_path / "huge.yaml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    done = transborder("assess", "binary.yaml", "huge.yaml", "none.yaml", ".", "--as-of", DAY)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "binary.yaml:2  this is not text in UTF-8; save the file in that encoding",
        "huge.yaml  the file is larger than 4 MiB, no record is",
        "none.yaml  there is no such file",
        ".  this is a folder; name the YAML files in it",
    ]


def test_all_bad_files_are_told_at_once(transborder: Run, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("id: r\nexporter: {country: Frnace, rol: controller}\nfoo: 1\n")
    done = transborder("assess", "one.yaml", "two.yaml", "--as-of", DAY)
    assert len(done.stderr.splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["asess"], "there is no command 'asess'. Did you mean 'assess'?"),
        (["assess"], "name a route file, or give --from and --to."),
        (["assess", "--from", "FR", "--as-of", "yesterday"], "'yesterday' is not a date; write year-month-day"),
        (["assess", "--from", "FR", "--as-of", "9999-12-31"], "'9999-12-31' is later than any day that is read; the last is 2999-12-31"),
        (["importer", "list", "--kind", "firm"], "'firm' is no kind of importer. Kinds: company, association"),
        (["importer", "show", "nobody-of-this-name"], "is not in the importer registry. transborder importer list shows who is"),
        (["assess", "--from", "FR", "--as-of", DAY, "-o", "tia.odt"], "this command writes no .odt file; give -o one of .txt, .md"),
        (["assess", "routes.XLSX"], "routes.XLSX  this is a table; transborder batch assesses the route in each of its rows"),
        (["compare", "routes.csv"], "routes.csv  this is a table; transborder batch"),
        (["why", str(ROUTE), "45", "--workspace", str(WORKSPACE), "--as-of", DAY], "no finding '45'. Near it: eu-gdpr:45. All of them: "),
        (["assess", "--from", "FR", "--fail-on", "bad"], "'bad' is not an outcome. Allowed: not_in_scope"),
        (["assess", "--from", "Frnace", "--as-of", DAY], "command line  exporter.country: 'Frnace' is not a place we know. Near matches: France (FR)"),
        (["assess", "--from", "FR", "--importer-role", "boss", "--as-of", DAY], "command line  importer_role: 'boss' is not one of the allowed words"),
    ],
)  # fmt: skip
def test_usage_errors_name_the_next_step(transborder: Run, arguments: list[str], expected: str) -> None:
    done = transborder(*arguments)
    assert done.returncode == 2
    assert expected in done.stderr


def test_an_output_that_cannot_be_written_is_an_error_of_the_environment(transborder: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = assess(transborder, "-o", "file/below/tia.md")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("id: ../x\n", "r.yaml:1  id: '../x': use letters, digits, dot, dash and underscore"),
        ("id: r\ndata: {volume: {people: -5}}\n", "r.yaml:2  data.volume.people: -5 is too small; the least is 0"),
        ("id: r\ndata: {volume: {people: many}}\n", "r.yaml:2  data.volume.people: 'many' is not a whole number"),
    ],
)
def test_what_is_out_of_bounds_is_said_in_words(transborder: Run, tmp_path: Path, field: str, expected: str) -> None:
    (tmp_path / "r.yaml").write_text(field)
    done = transborder("assess", "r.yaml", "--as-of", DAY)
    assert done.returncode == 2
    assert expected in done.stderr


def test_a_folder_without_golden_routes_is_told(transborder: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = transborder("test", "empty")
    assert done.returncode == 1
    assert "empty holds no YAML file with cases." in done.stderr


def test_an_output_file_is_written_whole(transborder: Run, tmp_path: Path) -> None:
    assert assess(transborder, "-o", "tia.md").returncode == 0
    assert (tmp_path / "tia.md").read_text().startswith("# Transfer impact assessment: United States")
    assert [path.name for path in tmp_path.iterdir()] == ["tia.md"]


def test_version_and_help_load_neither_models_nor_data() -> None:
    code = "import sys; import transfers.cli; sys.exit(int(any(name.startswith(('pydantic', 'yaml')) for name in sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_command_has_help_with_an_example() -> None:
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        assert f"transborder {name}" in (command.help or ""), name
        for part, inner in command.commands.items() if isinstance(command, click.Group) else ():
            assert f"transborder {name} {part}" in (inner.help or ""), f"{name} {part}"


@pytest.mark.parametrize("group", ["", *GROUPS])
def test_each_command_of_a_group_is_told_on_one_line_of_80_columns_and_no_sentence_is_cut(group: str) -> None:
    context = click.Context(cli)
    command = cli.get_command(context, group) if group else cli
    assert isinstance(command, click.Group)
    with click.Context(command, info_name=group or "transborder", terminal_width=80, max_content_width=80) as shown:
        listed = command.get_help(shown).split("Commands:\n")[1].rstrip().splitlines()
        names = command.list_commands(shown)
    assert [line.split()[0] for line in listed] == names, "a help that runs over the line: give it a short_help"
    assert all(line.endswith(".") and not line.endswith("..") and len(line) <= 80 for line in listed), listed


def test_many_open_questions_lead_to_the_command_that_weighs_them(transborder: Run) -> None:
    many = transborder("assess", ROOT / "examples" / "nl-police-to-interpol.yaml", "--as-of", DAY).stdout
    assert re.search(r"^Open questions \(\d+; `transborder questions` puts first those that decide", many, re.MULTILINE)
    few = transborder("assess", ROOT / "examples" / "fr-messaging-to-ncmec.yaml", "--as-of", DAY).stdout
    assert "\nOpen questions\n" in few
