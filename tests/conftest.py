"""What every test shares: the shipped knowledge, the examples, and the command line as a user calls it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

from transfers.knowledge import Knowledge

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
DAY = "2026-11-23"

SKIPS_ARE_FORBIDDEN = os.environ.get("TRANSBORDER_SKIPS") == "forbidden"

settings.register_profile("suite", deadline=None)  # no test is about time
settings.load_profile("suite")

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


def program(*names: str) -> str:
    """The path of a program that a test needs, by any of its names.

    Where it is not installed the test is skipped, and the end of the run says so; where skips are forbidden it fails.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    return found or _not_run(names[0], "install the Debian packages named in .ci/packages")


def library(name: str) -> None:
    """A library that a test needs; where it is not installed, as with programs."""
    if find_spec(name) is None:
        _not_run(name, "pip install -e '.[dev]'")


def _not_run(name: str, remedy: str) -> NoReturn:
    told = f"{name} is not installed: {remedy}"
    if SKIPS_ARE_FORBIDDEN:
        pytest.fail(told)
    pytest.skip(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tests that did not run are told where nobody overlooks it, with the reason."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, number in sorted(reasons.items()):
        terminalreporter.write_line(f"NOT RUN: {number} tests. {reason}", red=True)
