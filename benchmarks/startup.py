"""Cold start of the command line, as a ratio to the imports it cannot do without, measured in the same run."""

from __future__ import annotations

import sys
from pathlib import Path

from stopwatch import medians_of

from country_reports.compiled import true_form
from transfers.compiling import shipped

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
    "flags": [TRANSBORDER, "assess", "--from", "DE", "--to", "US", "--importer", "ncmec", "--as-of", "2026-11-23"],
    "version": [TRANSBORDER, "--version"],
    "help": [TRANSBORDER, "--help"],
}


def main() -> None:
    """Interleaved rounds, medians, ratios, of the program as it is when it was built."""
    if not all(true_form(path, model) for path, model in shipped()):
        sys.exit("the compiled records are not those of this tree: run make .venv/compiled")
    medians = medians_of(PROCESSES, ROUNDS)
    print(f"startup.cold_assess_ratio: {medians['assess'] / medians['floor']:.2f}")
    print(f"startup.cold_assess_json_ratio: {medians['json'] / medians['floor']:.2f}")
    print(f"startup.cold_assess_flags_ratio: {medians['flags'] / medians['floor']:.2f}")
    print(f"startup.version_ratio: {medians['version'] / medians['click']:.2f}")
    print(f"startup.help_ratio: {medians['help'] / medians['click']:.2f}")


if __name__ == "__main__":
    main()
