"""What a route answers of a paper, and the commands that make and check it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clauses.paper.draft import From
from country_reports.records import read_text_as
from tests.conftest import DAY, ROOT, Run
from transfers.agreement_of_route import answers_of
from transfers.field_problems import BadRoute
from transfers.knowledge import Knowledge
from transfers.route import Route

ROUTE = """
id: support
exporter: {name: Exporter SA, country: France, role: controller, kind: private}
importer:
  id: desk
  name: Desk Ltd
  country: IN
  kind: company
  national_numbers: [{register_name: MCA, number: U123, country: IN}]
  access_from: [IN]
  sub_processors: [{name: Night Desk, place: PH, for_what: night shift, terms: joined_clauses}]
importer_role: processor
processing: {storage: [FR]}
purpose: hosting
data:
  subjects: [customers, employees]
  categories: [contact_data]
  special_categories: [health]
  retention: {months: 6}
  volume: {people: 200, period: year}
frequency: occasional
measures:
  - {id: UC3.1, status: in_place}
  - {id: UC1.1, status: planned}
  - {id: OM-06, status: in_place}
  - {id: CM-05, status: planned}
  - {id: CM-06, status: absent}
"""


def route(more: str = "", text: str = ROUTE) -> Route:
    return read_text_as(text + more, "route.yaml", Route)


def answers(knowledge: Knowledge, *routes: Route, tools: tuple[str, ...] = ("eu-scc-2021/m2",)) -> dict[str, object]:
    from datetime import date

    return dict(answers_of(routes, tools, knowledge, date.fromisoformat(DAY)).plain)


def test_a_route_answers_what_it_knows_and_nothing_else(knowledge: Knowledge) -> None:
    made = answers(knowledge, route())
    assert made["parties"] == {
        "exporter": {"side": "exporter", "name": "Exporter SA", "country": "FR", "role": "controller"},
        "importer": {"side": "importer", "name": "Desk Ltd", "country": "IN", "registration_number": "U123 (MCA)", "role": "processor"},
    }  # fmt: skip
    assert made["description"] == {
        "data_subjects": "customers, employees", "data_categories": "contact data", "frequency": "Occasionally, in single cases",
        "purposes": "hosting", "retention": "6 months", "scale": "200 people in one year", "nature": "Storage in France; access from India",
    }  # fmt: skip
    measures = made["measures"]
    assert isinstance(measures, list)
    assert [(one["id"], one["group"]) for one in measures] == [
        ("UC3.1", "protection in transmission"),
        ("OM-06", "certification or assurance"),
    ]
    assert made["supplementary"] == {"CM-05": {}}
    assert made["sub_processors"] == [
        {"name": "Night Desk", "country": "PH", "processing": "night shift", "bound_by": "joined clauses"}
    ]
    assert made["laws"] == ["eu-gdpr"]
    assert "onward" not in made


def test_what_a_route_says_of_further_recipients_goes_over_the_importers_record(knowledge: Knowledge) -> None:
    more = "onward: [{recipient: Sub One, place: KE, role: processor, terms: unknown}, {recipient: Group Co, place: US, role: controller, terms: equivalent_safeguards}]"
    made = answers(knowledge, route(more))
    assert made["sub_processors"] == [{"name": "Sub One", "country": "KE"}]
    assert made["onward"] == [{"name": "Group Co", "country": "US", "bound_by": "equivalent safeguards"}]
    none = answers(knowledge, route("onward: []"))
    assert (none["sub_processors"], none["onward"]) == ([], [])


def test_unknown_is_not_answered(knowledge: Knowledge) -> None:
    made = answers(knowledge, route(text="id: bare\n"))
    assert made == {
        "parties": {"exporter": {"side": "exporter"}, "importer": {"side": "importer"}},
        "transfers": {"bare": {"exporters": ["exporter"], "importers": ["importer"]}},
        "tool": "eu-scc-2021/m2",
    }


def test_several_routes_are_transfers_of_one_contract(knowledge: Knowledge) -> None:
    second = (
        ROUTE.replace("id: support", "id: reports")
        .replace("name: Desk Ltd", "name: Parent Inc")
        .replace("importer_role: processor", "importer_role: controller")
    )
    made = answers(knowledge, route(), route(text=second), tools=("eu-scc-2021/m2", "eu-scc-2021/m1"))
    assert list(made["parties"]) == ["exporter", "importer", "importer-2"]  # type: ignore[call-overload]  # a mapping
    transfers = made["transfers"]
    assert isinstance(transfers, dict)
    assert [(one["tool"], one["exporters"], one["importers"]) for one in transfers.values()] == [
        ("eu-scc-2021/m2", ["exporter"], ["importer"]),
        ("eu-scc-2021/m1", ["exporter"], ["importer-2"]),
    ]
    assert all("description" in one for one in transfers.values())


def test_where_each_answer_came_from_is_told(knowledge: Knowledge) -> None:
    from datetime import date

    read = read_text_as(
        (ROOT / "examples" / "fr-company-to-indian-support.yaml").read_text(encoding="utf-8"), "route.yaml", Route
    )
    origins = answers_of([read], ["eu-scc-2021/m2"], knowledge, date.fromisoformat(DAY)).origins
    assert origins["parties.exporter.name"] is From.ROUTE
    assert origins["parties.importer.name"] is From.IMPORTER_RECORD
    assert origins["laws"] is From.COUNTRY_REPORT


def test_a_route_that_names_nothing_known_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(BadRoute):
        answers(knowledge, route(text=ROUTE.replace("country: IN\n  kind", "country: Indja\n  kind")))


EXAMPLE = (
    "examples/fr-company-to-indian-support.yaml",
    "--set",
    "eu-scc-2021/m2",
    "--workspace",
    "examples/workspace",
    "--as-of",
    DAY,
)
ANSWERS = "examples/agreements/support-desk-answers.yaml"


@pytest.fixture
def assemble(transborder: Run, tmp_path: Path) -> Run:
    (tmp_path / "examples").symlink_to(ROOT / "examples")

    def run(*arguments: str | Path) -> object:
        return transborder("clauses", "assemble", *arguments)

    return run  # type: ignore[return-value]  # as ``Run``, with the command given


def test_a_paper_with_all_answers_has_no_blank_and_nothing_to_settle(
    assemble: Run, transborder: Run, tmp_path: Path
) -> None:
    done = assemble(*EXAMPLE, "--answers", ANSWERS, "--format", "json", "-o", "draft.json")
    assert (done.returncode, done.stderr) == (0, "")
    draft = json.loads((tmp_path / "draft.json").read_text(encoding="utf-8"))
    assert draft["blanks"] == []
    origins = {entry["from"] for part in draft["parts"] for entry in part["entries"]}
    assert {"answer", "route", "country_report"} <= origins
    checked = transborder("clauses", "check", "draft.json", "--as-of", DAY)
    assert (checked.returncode, checked.stdout) == (0, f"As of {DAY}\nNothing is missing that we can see.\n")


def test_a_paper_with_open_fields_is_made_and_the_check_says_no(assemble: Run, transborder: Run) -> None:
    done = assemble(*EXAMPLE, "--format", "json", "-o", "draft.json")
    assert done.returncode == 0
    assert "fields are open" in done.stderr
    checked = transborder("clauses", "check", "draft.json", "--as-of", DAY)
    assert checked.returncode == 1
    assert (
        "options.c9a_authorisation: not answered: Authorisation of sub-processors (EU SCC 2021, clause 9(a))."
        in checked.stdout
    )
    assert checked.stdout.endswith(" points to settle.\n")


def test_a_filled_template_fills_the_paper(assemble: Run, tmp_path: Path) -> None:
    assert assemble(*EXAMPLE, "--answers-template", "open.yaml").returncode == 0
    text = (tmp_path / "open.yaml").read_text(encoding="utf-8")
    (tmp_path / "open.yaml").write_text(text.replace("  c7_docking:", "  c7_docking: include"), encoding="utf-8")
    done = assemble(*EXAMPLE, "--answers", "open.yaml", "--format", "md")
    assert "Further parties can join" in done.stdout


def test_a_template_that_may_be_filled_is_never_written_over(assemble: Run, tmp_path: Path) -> None:
    (tmp_path / "open.yaml").write_text("title: what we filled in\n", encoding="utf-8")
    done = assemble(*EXAMPLE, "--answers-template", "open.yaml")
    assert done.returncode == 2
    assert "open.yaml is there already and may be filled in" in done.stderr
    assert (tmp_path / "open.yaml").read_text(encoding="utf-8") == "title: what we filled in\n"


def test_the_ending_of_the_file_says_what_it_is(assemble: Run, tmp_path: Path) -> None:
    assert assemble(*EXAMPLE, "-o", "agreement.docx").returncode == 0
    assert (tmp_path / "agreement.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("options:\n  c7_dock: omit\n", "bad.yaml:2  options.c7_dock: there is no option"),
        ("signed_on: 2021-01-01\n", "bad.yaml:1  signed_on: EU SCC 2021 could not be signed on 2021-01-01"),
        ("parties:\n  importer:\n    role: controller\n", "bad.yaml:3  parties.importer.role: Module Two"),
        (
            'parties:\n  importer:\n    name: "Acme\\u202eLtd"\n',
            "bad.yaml:3  parties.importer.name: this holds a character",
        ),
        ("parteis: {}\n", "bad.yaml:1  parteis: unknown field; did you mean 'parties'?"),
    ],
)
def test_bad_answers_are_told_with_their_line(assemble: Run, tmp_path: Path, answers: str, told: str) -> None:
    (tmp_path / "bad.yaml").write_text(answers, encoding="utf-8")
    done = assemble(*EXAMPLE, "--answers", "bad.yaml")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--set", "eu-scc-2021/m9"), "is not a module"),
        (("--set", "uk-addendum"), "write the module, then WITH uk-addendum"),
        ((), "Give --set EXPRESSION"),
        (("--set", "br-anpd/any"), "bound by eu-gdpr"),
        (("--set", "eu-scc-2021/m2", "--set", "eu-scc-2021/m1"), "once for each route"),
    ],
)
def test_what_no_set_is_for_is_refused(assemble: Run, arguments: tuple[str, ...], told: str) -> None:
    done = assemble(EXAMPLE[0], *EXAMPLE[3:], *arguments)
    assert done.returncode == 2
    assert told in done.stderr


def test_what_was_changed_by_hand_is_told(assemble: Run, transborder: Run, tmp_path: Path) -> None:
    assemble(*EXAMPLE, "--answers", ANSWERS, "--format", "json", "-o", "draft.json")
    path = tmp_path / "draft.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace("They are not altered.", "They may be altered."), encoding="utf-8"
    )
    checked = transborder("clauses", "check", "draft.json", "--as-of", DAY)
    assert checked.returncode == 1
    assert "was changed by hand" in checked.stdout


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("a.yaml", "tool: uk-addendum\n", 1, "write the module, then WITH uk-addendum"),
        ("a.yaml", "language: English\n", 2, "Give --set EXPRESSION"),
        ("a.json", "{", 2, "a.json:1  this is no JSON"),
        ("a.json", '{"schema": "transborder/assessment/1"}', 2, "Allowed: transborder/clause-draft/1"),
        ("a.yaml", "tool: eu-scc-2021/m2\n", 1, "Transfer 'one' has no exporter"),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_told(
    transborder: Run, tmp_path: Path, name: str, content: str, code: int, told: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = transborder("clauses", "check", name, "--as-of", DAY)
    assert done.returncode == code
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_several_routes_make_one_paper(assemble: Run) -> None:
    routes = ("examples/fr-company-to-indian-support.yaml", "examples/ie-subsidiary-to-us-parent.yaml")
    done = assemble(*routes, "--set", "eu-scc-2021/m2", "--set", "eu-scc-2021/m1", *EXAMPLE[3:], "--format", "md")
    assert done.returncode == 0
    text = done.stdout.replace("\\", "")
    assert "Transfer 'fr-company-to-indian-support': from Exemple Services SA (controller)" in text
    assert "## Annex I.B: Description of Transfer (Transfer 'ie-subsidiary-to-us-parent')" in text


def test_answers_that_go_over_a_route_are_checked_with_it(assemble: Run, transborder: Run, tmp_path: Path) -> None:
    assemble(*EXAMPLE, "--answers-template", "answers.yaml")
    done = transborder("clauses", "check", "answers.yaml", "--set", "eu-scc-2021/m2", "--as-of", DAY)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        "answers.yaml does not say on which `side` its parties stand, so it goes over a route that does. Make a draft"
        in done.stderr
    )
    assert "clauses assemble ROUTE --set EXPRESSION --answers answers.yaml -o draft.json" in done.stderr
    assemble(*EXAMPLE, "--answers", "answers.yaml", "-o", "draft.json")
    assert transborder("clauses", "check", "draft.json", "--as-of", DAY).returncode == 1


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("route.yaml", ("--set", "eu-scc-2021/m2"), "route.yaml is a route, and no answers. Make a draft"),
        ("draft.docx", (), "draft.docx: a paper cannot be read back. Check the JSON of the same draft"),
        ("draft.json", ("--set", "uk-idta"), "draft.json is a draft and names its own set: leave --set out"),
        ("answers.yaml", ("--set", "privacy-shield"), "--set: 'privacy-shield' is not a clause set we know"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_what_can(
    transborder: Run, tmp_path: Path, name: str, more: tuple[str, ...], told: str
) -> None:
    (tmp_path / "route.yaml").write_text(ROUTE, encoding="utf-8")
    (tmp_path / "answers.yaml").write_text("language: English\n", encoding="utf-8")
    done = transborder("clauses", "check", name, *more, "--as-of", DAY)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
