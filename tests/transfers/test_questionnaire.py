"""One questionnaire for all routes to an importer: what it asks, its way out and back, and every form that is refused."""

from __future__ import annotations

import gc
import json
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from country_reports.facts import Truth, Verification
from country_reports.records import BadRecord
from tests.conftest import ROOT, Run
from tests.transfers.forms import (
    ANSWERS,
    DAY,
    EXAMPLE,
    FILL,
    HUB,
    IMPORTER,
    MEMBER,
    ROUTES,
    WRITERS,
    Cells,
    a_workspace,
    changed,
    filled,
    form,
    ids,
    keep,
    knowing,
    outcomes,
    refusal,
    routes,
    taken,
    the_questionnaire,
)
from transfers.assessment import assess
from transfers.cli import main
from transfers.questionnaire.filled import read_filled, write_json
from transfers.questionnaire.form import Questionnaire, sealed
from transfers.questionnaire.open_points import open_points
from transfers.questionnaire.recorded import with_answers
from transfers.questionnaire.workbook import write_workbook
from transfers.registry.importer import ImporterRecord
from transfers.registry.shelf import Registry


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return a_workspace(tmp_path)


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    return the_questionnaire()


# The way out and back


@pytest.mark.parametrize("kind", ["xlsx", "docx", "json"])
def test_one_questionnaire_settles_every_route_it_was_written_for(
    kind: str, transborder: Run, workspace: Path, tmp_path: Path
) -> None:
    """Clauses carry the French route and rules of the group the Dutch one: the decision on the United States examined access for every tool."""
    common = ["--workspace", workspace, "--as-of", "2026-11-23"]
    path = tmp_path / f"q.{kind}"
    assert outcomes(workspace) == ["undetermined", "undetermined"]
    written = transborder("questions", *ROUTES, "--importer", IMPORTER, f"--{kind}", path, *common)
    assert written.returncode == 0, written.stderr
    FILL[kind](path, {name: filled(cells) for name, cells in ANSWERS.items()})
    read = transborder("importer", "answers", path, "--owner", "A. Officer", *common)
    assert read.returncode == 0, read.stderr
    assert f"{IMPORTER}: 6 of 6 questions answered" in read.stdout
    assert outcomes(workspace) == ["permitted_with_conditions", "permitted_with_conditions"]
    again = transborder("questions", *ROUTES, "--importer", IMPORTER, f"--{kind}", tmp_path / f"again.{kind}", *common)
    assert "Nothing is open" in again.stdout
    assert not (tmp_path / f"again.{kind}").exists()
    assert (workspace / "importers" / f"{IMPORTER}.yaml").read_text(encoding="utf-8").startswith("# Fictitious")


def test_a_look_writes_nothing(asked: Questionnaire, workspace: Path, tmp_path: Path, transborder: Run) -> None:
    record = workspace / "importers" / f"{IMPORTER}.yaml"
    before = record.read_bytes()
    command = ["importer", "answers", form(asked, tmp_path), "--workspace", workspace, "--as-of", "2026-11-23"]
    looked_at = transborder(*command, "--dry-run")
    assert looked_at.returncode == 0, looked_at.stderr
    assert looked_at.stdout.endswith("Nothing is written.\n")
    assert record.read_bytes() == before


def test_the_record_says_who_answered_what_when_and_where(
    asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    record = taken(form(asked, tmp_path), workspace)
    assert (record.storage, record.access_from, record.certifications, record.sub_processors) == (
        ("US",),
        ("US",),
        (),
        (),
    )
    assert record.gdpr_applies_directly is Truth.NO
    evidence = {field: one for one in record.evidence for field in one.fields}
    assert {*evidence} == {"storage", "access_from", "certifications", "sub_processors", "gdpr_applies_directly"}
    for one in evidence.values():
        assert one.verification is Verification.SECONDARY
        assert one.verified_on == date(2026, 11, 20)
        assert one.source.title == (
            "Questionnaire of 2026-11-23 to Example Hosting LLC (fictitious) (example-hosting-us), answered by C. Ontact on 2026-11-20"
        )
    answer = record.answers[MEMBER]
    assert (answer.value, answer.by, answer.on) == (Truth.YES, "C. Ontact", date(2026, 11, 20))
    assert answer.source is not None
    assert answer.source.startswith("Intra-group agreement of 2025-06-01 (Questionnaire of 2026-11-23")


@pytest.mark.parametrize("kind", ["xlsx", "docx", "json"])
def test_the_same_questions_give_the_same_bytes(kind: str, asked: Questionnaire, tmp_path: Path) -> None:
    for name in ("one", "other"):
        WRITERS[kind](asked, tmp_path / f"{name}.{kind}")
    assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"other.{kind}").read_bytes()
    if kind != "json":
        with zipfile.ZipFile(tmp_path / f"one.{kind}") as packed:
            assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert packed.read("docProps/core.xml").count(b"2026-11-23T00:00:00Z") == 2


def test_each_question_stands_once_and_names_the_routes_it_serves(asked: Questionnaire) -> None:
    serves = {one.id: one.routes for one in asked.questions}
    assert serves.keys() == ANSWERS.keys()
    assert serves["importer.storage"] == ("fr-shop", "nl-group")
    assert serves["importer.gdpr_applies_directly"] == ("fr-shop",)
    assert serves[MEMBER] == ("nl-group",)
    assert asked.asked_by == ("Boutique Exemple SAS (fictitious)", "Voorbeeld BV (fictitious)")


def test_the_answered_example_is_the_questionnaire_of_today(asked: Questionnaire) -> None:
    example = Questionnaire.model_validate_json((EXAMPLE / "answered.json").read_text(encoding="utf-8"))
    assert example.seal == asked.seal


def test_words_to_choose_from_are_offered_and_no_cell_starts_a_formula(asked: Questionnaire, tmp_path: Path) -> None:
    first = asked.questions[0].model_copy(update={"why": "=1+1", "question": "@who?"})

    hostile = sealed(asked.model_copy(update={"name": "=cmd", "questions": (first, *asked.questions[1:])}))
    path = tmp_path / "q.xlsx"
    write_workbook(hostile, path)
    sheet = load_workbook(path)["Questions"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert {one.formula1 for one in sheet.data_validations.dataValidation} == {'"yes,no,unknown"'}
    assert read_filled(path, HUB).rows[0].told["question"] == "@who?"


def test_a_missing_library_is_told_with_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    common = ["--workspace", str(EXAMPLE / "workspace"), "--as-of", "2026-11-23"]
    for kind, library, extra in (("docx", "docx", "docx"), ("xlsx", "openpyxl", "tables")):
        monkeypatch.setitem(sys.modules, library, None)
        command = ["transborder", "questions", str(ROUTES[0]), "--importer", IMPORTER, f"--{kind}", "q", *common]
        monkeypatch.setattr(sys, "argv", command)
        monkeypatch.setattr(gc, "disable", lambda: None)
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 3
        assert f"pip install 'transborder[{extra}]'" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


# What is asked


def test_a_route_that_is_settled_asks_nothing(transborder: Run) -> None:
    india = ROOT / "examples" / "fr-company-to-indian-support.yaml"
    done = transborder("questions", india, "--importer", "example-support-in", "--workspace", ROOT / "examples" / "workspace",
                       "--as-of", "2026-11-23")  # fmt: skip
    assert done.returncode == 0
    assert "Nothing is open about" in done.stdout


def test_what_the_route_states_or_cannot_turn_on_is_not_asked() -> None:
    planned = changed(0, mechanisms=[{"tool": "eu-scc-2021/m2", "status": "planned"}])
    assert "importer.gdpr_applies_directly" in ids(changed(0))
    assert "importer.gdpr_applies_directly" not in ids(planned)
    stated = changed(0, processing={"storage": ["US"]}, onward=[])
    assert "importer.access_from" in ids(stated)
    assert not {"importer.storage", "importer.sub_processors"} & ids(stated)


def test_questions_about_others_on_the_route_are_not_asked_of_it(workspace: Path) -> None:
    keep(ImporterRecord(id="other", name="Other Ltd", country="IN", kind="company"), workspace)
    passed_on = changed(0, onward=[{"recipient": "other", "place": "IN", "role": "processor"}])
    assert "importer.gdpr_applies_directly" not in ids(passed_on, workspace, "other")
    assert {"importer.storage", "importer.access_from", "eu-gdpr:44.onward.other@IN"} <= ids(
        passed_on, workspace, "other"
    )
    assert "eu-gdpr:44.onward.other@IN" in ids(passed_on, workspace), "whoever passes the data on knows the terms too"
    assert open_points(changed(0), "other", knowing(workspace)) is None


def test_only_the_importers_questions_are_on_the_form(asked: Questionnaire) -> None:
    variations = knowing(EXAMPLE / "workspace")
    others = {
        question.id
        for route in routes()
        for question in assess(route, variations.knowledge, DAY).questions
        if question.ask != "importer"
    }
    assert others
    assert not others & {one.id for one in asked.questions}


def test_several_routes_are_listed_and_one_is_as_before(transborder: Run) -> None:
    common = ["--workspace", EXAMPLE / "workspace", "--as-of", "2026-11-23"]
    one, both = transborder("questions", ROUTES[0], *common), transborder("questions", *ROUTES, *common)
    assert one.stdout.startswith("WHAT IS STILL TO BE FOUND OUT: A FRENCH SHOP")
    assert "answer under importer.gdpr_applies_directly" in one.stdout
    assert both.stdout.startswith("WHAT IS STILL TO BE FOUND OUT ABOUT 2 ROUTES")
    assert "A DUTCH COMPANY" in both.stdout


def test_a_form_that_may_be_filled_is_never_written_over(transborder: Run, tmp_path: Path) -> None:
    form = tmp_path / "form.json"
    form.write_text("what they filled in", encoding="utf-8")
    done = transborder("questions", ROUTES[0], "--importer", IMPORTER, "--json", form, "--workspace", EXAMPLE / "workspace",
                       "--as-of", "2026-11-23")  # fmt: skip
    assert (done.returncode, "is there already and may be filled in" in done.stderr) == (2, True)
    assert form.read_text(encoding="utf-8") == "what they filled in"


def test_asking_in_vain_is_told(transborder: Run, tmp_path: Path) -> None:
    common = ["--workspace", EXAMPLE / "workspace", "--as-of", "2026-11-23"]
    nobody = transborder("questions", ROUTES[0], "--importer", "interpol", *common)
    assert (nobody.returncode, "interpol is no recipient on this route" in nobody.stderr) == (2, True)
    no_name = transborder("questions", ROUTES[0], "--xlsx", "q.xlsx", *common)
    assert (no_name.returncode, "name it with --importer" in no_name.stderr) == (2, True)
    inline = tmp_path / "inline.yaml"
    text = ROUTES[0].read_text(encoding="utf-8")
    inline.write_text(
        text.replace(f"importer: {IMPORTER}", f"importer: {{id: {IMPORTER}, name: X, country: US, kind: company}}"),
        encoding="utf-8",
    )
    refused = transborder("questions", inline, "--importer", IMPORTER, *common)
    assert (refused.returncode, "is written out in this route" in refused.stderr) == (2, True)
    assert "inline.yaml:4  importer" in refused.stderr


# What is refused


@pytest.mark.parametrize(
    ("name", "cells", "told"),
    [
        ("gdpr_applies_directly", {"answer": "maybe"}, "answer: 'maybe' is not one of the allowed words. Allowed: yes, no, unknown"),
        ("storage", {"by": " "}, "by: who answers?"),
        ("storage", {"on": None}, "on: on which day?"),
        ("storage", {"on": "20.11.2026"}, "on: '20.11.2026' is not a date"),
        ("storage", {"on": "2026-11-24"}, "on: 2026-11-24 is still to come (today is 2026-11-23)"),
        ("storage", {"answer": "=HYPERLINK(1)"}, "answer: a formula ('=HYPERLINK(1)')"),
        ("storage", {"by": "=A1"}, "by: a formula"),
        ("storage", {"answer": "US; Atlantis"}, "answer: 'Atlantis' is not a place"),
        ("storage", {"answer": "US\u202e"}, "answer: it holds characters that cannot be seen"),
        ("member", {"shown_by": None}, "shown_by: name the document that shows it"),
        ("certifications", {"answer": "our own seal"}, "answer: 'our' is not a scheme"),
        ("certifications", {"answer": "eu-us-dpf hr"}, "answer: 'eu-us-dpf hr': write scheme"),
        ("certifications", {"answer": "eu-us-dpf hr soon"}, "'soon' is not a date"),
        ("certifications", {"answer": "eu-us-dpf all 2025-01-01"}, "eu-us-dpf does not know all"),
        ("sub_processors", {"answer": "Acme"}, "answer: 'Acme': write name @ country"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_told_with_its_place(
    name: str, cells: Cells, told: str, asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    problem = refusal(form(asked, tmp_path, "json", **{name: cells}), workspace)
    assert told in problem
    assert problem.startswith("form.json  ")
    assert len(problem.splitlines()) == 1


@pytest.mark.parametrize("kind", ["xlsx", "docx", "json"])
def test_every_problem_is_told_and_nothing_is_written(
    kind: str, asked: Questionnaire, workspace: Path, tmp_path: Path, transborder: Run
) -> None:
    path = form(asked, tmp_path, kind, storage={"answer": "Atlantis"}, sub_processors={"on": "2027-01-01"})
    record = workspace / "importers" / f"{IMPORTER}.yaml"
    before = record.read_bytes()
    done = transborder("importer", "answers", path, "--workspace", workspace, "--as-of", "2026-11-23")
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    places = {"xlsx": ("form.xlsx:6  Answer:", "form.xlsx:7  Answered on:"),
              "docx": ("form.docx  table 6, Answer:", "form.docx  table 7, Answered on:"),
              "json": ("form.json  questions[4].answer:", "form.json  questions[5].on:")}[kind]  # fmt: skip
    assert first.startswith(places[0])
    assert second.startswith(places[1])
    assert record.read_bytes() == before


def rewritten(path: Path, change: Callable[[dict[str, list[dict[str, str]]]], object]) -> Path:
    plain = json.loads(path.read_text(encoding="utf-8"))
    change(plain)
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda plain: plain["questions"][0].update(id="edpb-02-2020:A"), "'edpb-02-2020:A' is not a question to an importer"),
        (lambda plain: plain["questions"][0].update(id="eu-gdpr:45"), "'eu-gdpr:45' is not a question to an importer"),
        (lambda plain: plain["questions"][0].update(id="eu-gdpr:46(2)(b).approved"), "approved' is not a question to an importer"),
        (lambda plain: plain["questions"][0].update(id="importer:legal_category.king"), "king' is not a question to an importer"),
        (lambda plain: plain["questions"][0].update(id="importer.group"), "this is not the questionnaire as it was sent out"),
        (lambda plain: plain["questions"][3].update(question="Is the GDPR good?"), "this is not the questionnaire as it was sent out"),
        (lambda plain: plain["questions"].pop(), "this is not the questionnaire as it was sent out"),
        (lambda plain: plain["questions"].reverse(), "this is not the questionnaire as it was sent out"),
        (lambda plain: plain.update(importer="ncmec"), "this is not the questionnaire as it was sent out"),
        (lambda plain: plain.update(as_of="2026-11-01"), "this is not the questionnaire as it was sent out"),
        (lambda plain: plain["questions"].append(plain["questions"][0]), "stands twice"),
        (lambda plain: plain.update(form="transborder/other/1"), "is not read; a questionnaire is"),
        (lambda plain: plain.update(colour="red"), "unknown field"),
        (lambda plain: plain.update(questions=[]), "it has no questions"),
    ],
)  # fmt: skip
def test_a_questionnaire_that_was_altered_is_refused(
    change: Callable[[dict[str, list[dict[str, str]]]], object], told: str, asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:  # fmt: skip
    assert told in refusal(rewritten(form(asked, tmp_path), change), workspace)


def test_a_questionnaire_of_another_importer_is_refused(asked: Questionnaire, workspace: Path, tmp_path: Path) -> None:
    sheet = read_filled(form(asked, tmp_path), HUB)
    with pytest.raises(BadRecord, match="was sent to example-hosting-us, not to ncmec"):
        with_answers(sheet, Registry(workspace), HUB, DAY, importer="ncmec")
    with pytest.raises(BadRecord, match="not in the importer registry"):
        with_answers(sheet, Registry(), HUB, DAY)
    assert with_answers(sheet, Registry(workspace), HUB, DAY, importer="Example Hosting LLC (fictitious)").asked == 6


def test_a_form_that_nobody_filled_in_or_nobody_can_read_is_refused(
    asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "form.json"
    write_json(asked, path)
    assert "no question is answered" in refusal(path, workspace)
    path.write_text('{"importer": "x", "importer": "y"}', encoding="utf-8")
    assert "a field is written twice" in refusal(path, workspace)
    for name, text in (("form.xlsx", "no XLSX workbook"), ("form.docx", "no DOCX document")):
        (tmp_path / name).write_text("plain text", encoding="utf-8")
        assert text in refusal(tmp_path / name, workspace)
        assert "there is no such file" in refusal(tmp_path / f"no-{name}", workspace)
    assert "give a questionnaire as .xlsx" in refusal(tmp_path / "form.pdf", workspace)
    other = tmp_path / "other.docx"
    Document().save(str(other))
    assert "this is no questionnaire that transborder wrote" in refusal(other, workspace)


@pytest.mark.parametrize("formula", ["=1+1", ArrayFormula("G2:G3", "=G4:G5")])
def test_a_formula_cell_is_refused(
    formula: str | ArrayFormula, asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    path = form(asked, tmp_path, "xlsx")
    book = load_workbook(path)
    book["Questions"]["G2"] = formula
    book.save(path)
    assert refusal(path, workspace).startswith("form.xlsx:2  Answer: a formula ('=")


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_bomb_in_the_clothing_of_a_form_is_not_opened(kind: str, workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / f"form.{kind}"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/a.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(70):
            part.write(b"0" * 2**20)
    assert "it would unpack to" in refusal(path, workspace)


@pytest.mark.parametrize(
    ("mark", "told"), [("w:ins", "tracked changes"), ("w:sdt", "a control"), ("w:fldSimple", "a field")]
)
def test_what_word_shows_otherwise_than_it_stores_is_refused(
    mark: str, told: str, asked: Questionnaire, workspace: Path, tmp_path: Path
) -> None:
    path = form(asked, tmp_path, "docx")
    letter = Document(str(path))
    letter.tables[2].rows[6].cells[1].paragraphs[0]._p.append(OxmlElement(mark))
    letter.save(str(path))
    assert f"form.docx  table 3 (importer.access_from): it holds {told}" in refusal(path, workspace)
