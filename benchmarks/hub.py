"""Loading and checking the whole hub, cold, against reading the same bytes with the C loader of PyYAML."""

from __future__ import annotations

import sys

from stopwatch import medians_of

ROUNDS = 9
FLOOR = """
import yaml
from pathlib import Path
from importlib.util import find_spec
folder = Path(find_spec("country_reports").origin).parent
for path in sorted(folder.rglob("*.yaml")):
    yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
"""
WHOLE = """
from country_reports.hub import SHIPPED_FOLDER
from country_reports.layout import read_all
assert not read_all(SHIPPED_FOLDER).problems
"""
ONE = """
from datetime import date
from country_reports.country import country
from country_reports.hub import Hub
country(Hub(), "JP", date(2026, 11, 23))
"""
PROCESSES = {"floor": FLOOR, "whole": WHOLE, "one": ONE}


def main() -> None:
    """Interleaved rounds of fresh processes, medians, ratios."""
    medians = medians_of({name: [sys.executable, "-c", program] for name, program in PROCESSES.items()}, ROUNDS)
    print(f"hub.load_ratio: {medians['whole'] / medians['floor']:.2f}")
    print(f"hub.one_place_ratio: {medians['one'] / medians['floor']:.2f}")


if __name__ == "__main__":
    main()
