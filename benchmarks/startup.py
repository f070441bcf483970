"""Cold start of the command line, as a ratio to the imports it cannot do without, measured in the same run."""

from __future__ import annotations

import sys
from pathlib import Path

from stopwatch import medians_of

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
    medians = medians_of(PROCESSES, ROUNDS)
    print(f"startup.cold_assess_ratio: {medians['assess'] / medians['floor']:.2f}")
    print(f"startup.cold_assess_json_ratio: {medians['json'] / medians['floor']:.2f}")
    print(f"startup.version_ratio: {medians['version'] / medians['click']:.2f}")
    print(f"startup.help_ratio: {medians['help'] / medians['click']:.2f}")


if __name__ == "__main__":
    main()
