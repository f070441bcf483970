"""Health of the house: the catalogue of provisions, the documents, the wheel, the two commands."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT, program
from transfers.law.catalogue import provisions
from transfers.law.judge import RULES
from transfers.law.rule import Rule

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LAW = sorted((ROOT / "transfers" / "law").rglob("*.py"))


def test_every_rule_cites_a_provision_of_the_catalogue_and_has_its_source_in_its_docstring() -> None:
    for rule in RULES.values():
        if isinstance(rule, Rule):
            assert rule.provision in provisions(), f"{rule.id} cites {rule.provision}: add it to provisions.yaml"
        assert rule.__doc__, f"{rule.id} has no docstring with its citation"


def test_every_provision_of_the_catalogue_is_cited_by_some_rule() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in LAW)
    conditions = {f"edpb-01-2020:{name}" for name in re.findall(r"UC\d\.\d|[CO]M-\d\d", "\n".join(provisions()))}
    for provision in provisions():
        assert f'"{provision}"' in source or provision in conditions, (
            f"no rule cites {provision}: cite it or take it out"
        )


def test_law_modules_read_no_clock_and_no_file() -> None:
    for path in LAW:
        if path.name != "catalogue.py":
            text = path.read_text(encoding="utf-8")
            assert not re.search(
                r"date\.today|datetime\.now|\bopen\(|Path\(|import yaml|import pydantic|print\(", text
            ), path


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_in_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def commands_in(path: Path) -> list[str]:
    blocks = re.findall(r"```(?:sh|bash|console)?\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [line for line in lines if line.startswith((".venv/bin/transborder", "transborder "))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_the_documents_works(path: Path, tmp_path: Path) -> None:
    for folder in ("examples", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    for line in commands_in(path):
        if "--engine spark" in line:
            program("java")
        command = shlex.split(line.split(" > ")[0], comments=True)
        command[0] = str(Path(sys.executable).with_name("transborder"))
        expanded = [
            found for part in command for found in (sorted(map(str, tmp_path.glob(part))) if "*" in part else [part])
        ]
        done = subprocess.run(expanded, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, f"{line}\n{done.stderr}"


def test_the_readme_shows_what_the_example_prints() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- output: example -->\n```\n(.*?)```\n<!-- end of output -->", text, re.DOTALL)
    assert shown
    command = [str(Path(sys.executable).with_name("transborder")), "assess", "examples/fr-company-to-indian-support.yaml",
               "--workspace", "examples/workspace", "--as-of", "2026-11-23"]  # fmt: skip
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert shown[1] == printed, "run the command of the README and put its output between the two marks"


def test_the_wheel_holds_code_and_facts_and_runs_without_the_rest(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet"]
    source = tmp_path / "source"  # building compiles the records anew, and other tests read those of the tree
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".venv", ".git", ".*_cache", "__pycache__", "out"))
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(source)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "--quiet", "install", str(wheel)], check=True)
    done = subprocess.run(
        [str(python.with_name("transborder")), "assess", "--from", "DE", "--importer", "iwf", "--importer-role", "controller",
         "--as-of", "2026-11-23"], cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("As of 2026-11-23\n")
    assert "importer" in done.stdout
    french = subprocess.run([*done.args, "--lang", "fr"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert french.stdout.startswith("Au 23 novembre 2026\n")
