"""A hundred thousand generated routes, some of them faulty, told by the columnar engine, row by row, by Spark and one by one: all alike.

The suite runs the same tests over two thousand rows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = 100_000
TESTS = (
    "tests/transfers/portfolio/test_engines.py::test_both_engines_and_one_by_one_agree_row_for_row",
    "tests/transfers/portfolio/test_spark.py::test_rows_are_told_as_on_one_machine_and_one_by_one",
)


def main() -> int:
    """Whether the engines agree on every row, and in how many seconds that was found."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *TESTS]
    settings = {**os.environ, "TRANSBORDER_ROWS": str(ROWS), "TRANSBORDER_SKIPS": "forbidden"}
    done = subprocess.run(command, cwd=ROOT, env=settings, check=False)
    print(f"engines.rows: {ROWS}")
    print(f"engines.agree: {'yes' if done.returncode == 0 else 'no'}")
    print(f"engines.seconds: {time.perf_counter() - start:.0f}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
