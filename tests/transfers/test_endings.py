"""The ending of -o chooses the form, in every command that writes one file; what a command cannot write is refused."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from tests.conftest import DAY, ROOT, Run
from transfers.cli.delivery import form_among
from transfers.cli.impact import FORMATS

CLINIC = str(ROOT / "examples" / "es-clinic-backup-to-us-cloud.yaml")
AS_OF = ("--as-of", DAY)
COMMANDS = {
    "clauses select": (
        "clauses",
        "select",
        CLINIC,
        "--workspace",
        str(ROOT / "examples" / "workspace"),
        "--as-of",
        DAY,
    ),
    "clauses list": ("clauses", "list", "--as-of", DAY),
    "clauses show": ("clauses", "show", "eu-scc-2021/m1", "--as-of", DAY),
    "clauses compare": ("clauses", "compare", "uk-idta", "eu-scc-2021/m1"),
    "country show": ("country", "show", "JP", "--as-of", DAY),
    "country compare": ("country", "compare", "JP", "IN", "--as-of", DAY),
    "country history": ("country", "history", "GB"),
    "importer show": ("importer", "show", "ncmec"),
    "importer export": ("importer", "export"),
    "remedies": ("remedies", CLINIC, "--as-of", DAY),
    "compare": ("compare", CLINIC, "--as-of", DAY),
    "questions": ("questions", CLINIC, "--as-of", DAY),
}
WITHOUT_JSON = ("country compare", "remedies", "compare", "questions")
TABLES = ("importer export",)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in TABLES])
def test_the_ending_chooses_the_form(name: str, transborder: Run, tmp_path: Path) -> None:
    begins = {"page.html": "<!DOCTYPE", "page.MD": "# "}
    for file, start in begins.items():
        done = transborder(*COMMANDS[name], "-o", file)
        assert done.stdout == f"Written: {file}\n", done.stderr
        assert (tmp_path / file).read_text(encoding="utf-8").startswith(start), (name, file)
    if name not in WITHOUT_JSON:
        transborder(*COMMANDS[name], "-o", "record.json")
        json.loads((tmp_path / "record.json").read_text(encoding="utf-8"))
    shown = transborder(*COMMANDS[name]).stdout
    transborder(*COMMANDS[name], "-o", "plain.txt")
    assert (tmp_path / "plain.txt").read_text(encoding="utf-8") == shown
    transborder(*COMMANDS[name], "-o", "told.html", "--format", "text")
    assert (tmp_path / "told.html").read_text(encoding="utf-8") == shown


def test_a_registry_is_written_as_the_table_that_its_name_says(transborder: Run, tmp_path: Path) -> None:
    for file in ("importers.xlsx", "importers.json", "importers.csv"):
        assert transborder("importer", "export", "-o", file).returncode == 0
    assert (tmp_path / "importers.xlsx").read_bytes().startswith(b"PK")
    assert json.loads((tmp_path / "importers.json").read_text(encoding="utf-8"))[0]["id"]
    assert (tmp_path / "importers.csv").read_text(encoding="utf-8").startswith("id,")


@pytest.mark.parametrize("name", COMMANDS)
def test_an_ending_that_is_not_written_is_refused_with_those_that_are(
    name: str, transborder: Run, tmp_path: Path
) -> None:
    offered = ".xlsx, .json, .csv" if name in TABLES else ".txt, .md, .html"
    offered += "" if name in (*WITHOUT_JSON, *TABLES) else ", .json"
    done = transborder(*COMMANDS[name], "-o", "record.odt")
    assert done.returncode == 2
    assert f"this command writes no .odt file; give -o one of {offered}, or say --format" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_form_is_chosen_by_word_or_ending_and_is_the_first_where_neither_says() -> None:
    names = ("x.PDF", "x.html", "x.md", "x.txt", "x.json", "x.csv", "x")
    found = [form_among(FORMATS, None, Path(name)) for name in names]
    assert found == ["pdf", "html", "md", "text", "json", "csv", "text"]
    assert (form_among(FORMATS, None, None), form_among(FORMATS, "json", Path("x.md"))) == ("text", "json")
    for refused in ("x.ods", "x.docx.bak"):
        with pytest.raises(click.UsageError, match="this command writes no"):
            form_among(FORMATS, None, Path(refused))


def test_a_dash_is_the_terminal(transborder: Run, tmp_path: Path) -> None:
    for command in (("assess", CLINIC), ("impact", CLINIC, "--before", "2024-01-01"), ("compare", CLINIC)):
        printed = transborder(*command, *AS_OF).stdout
        assert transborder(*command, *AS_OF, "-o", "-").stdout == printed != ""
    assert not (tmp_path / "-").exists()
    packed = transborder("assess", CLINIC, *AS_OF, "-o", "-", "--format", "docx")
    assert (packed.returncode, "DOCX is no text" in packed.stderr) == (2, True)


def test_a_list_to_read_and_a_form_to_fill_in_are_not_written_at_once(transborder: Run) -> None:
    done = transborder(
        "questions", CLINIC, "--importer", "ncmec", "--xlsx", "form.xlsx", "-o", "list.md", "--as-of", DAY
    )
    assert (done.returncode, "give one or the other" in done.stderr) == (2, True)
