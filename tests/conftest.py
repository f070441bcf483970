"""What every test shares: the shipped knowledge, the examples, and the command line as a user calls it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from transfers.knowledge import Knowledge

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
DAY = "2026-11-23"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Shipped facts with the fictitious companies of the examples."""
    return Knowledge(ROOT / "examples" / "workspace")


@pytest.fixture
def transborder(tmp_path: Path) -> Run:
    """Runs the installed command in an empty folder, as a user would."""

    def run(*arguments: str | Path, cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name("transborder")), *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)

    return run
