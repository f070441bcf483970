"""Cold start of the command line, as a ratio to the imports it cannot do without, measured in the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRANSBORDER = str(Path(sys.executable).with_name("transborder"))
ROUTE = str(ROOT / "examples" / "ie-subsidiary-to-us-parent.yaml")
WORKSPACE = str(ROOT / "examples" / "workspace")
ROUNDS = 25

PROCESSES = {
    "floor": [sys.executable, "-c", "import click, pydantic, yaml"],
    "click": [sys.executable, "-c", "import click"],
    "assess": [TRANSBORDER, "assess", ROUTE, "--workspace", WORKSPACE, "--as-of", "2026-11-23"],
    "json": [TRANSBORDER, "assess", ROUTE, "--workspace", WORKSPACE, "--as-of", "2026-11-23", "--format", "json"],
    "version": [TRANSBORDER, "--version"],
    "help": [TRANSBORDER, "--help"],
}


def main() -> None:
    """Interleaved rounds, medians, ratios."""
    times: dict[str, list[float]] = {name: [] for name in PROCESSES}
    for _ in range(ROUNDS):
        for name, command in PROCESSES.items():
            times[name].append(_seconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name}: {median * 1000:.0f} ms")
    print(f"startup.cold_assess_ratio: {medians['assess'] / medians['floor']:.2f}")
    print(f"startup.cold_assess_json_ratio: {medians['json'] / medians['floor']:.2f}")
    print(f"startup.version_ratio: {medians['version'] / medians['click']:.2f}")
    print(f"startup.help_ratio: {medians['help'] / medians['click']:.2f}")


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
