"""Records under version control: a workspace, and a clone of all of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.transfers.changes.fictitious import FICTITIOUS, commit, git


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
