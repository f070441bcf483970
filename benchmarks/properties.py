"""The properties of the law over at least a hundred thousand generated routes; the suite runs the same over two thousand."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROPERTIES = 14
ROUTES = 100_000


def main() -> int:
    """Every property over its share of the routes, and how many were judged in a second."""
    each = -(-ROUTES // PROPERTIES)
    start = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        str(ROOT / "tests/transfers/test_properties.py"),
    ]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "TRANSBORDER_EXAMPLES": str(each)}, check=False)
    seconds = time.perf_counter() - start
    print(f"properties.routes: {each * PROPERTIES}")
    print(f"properties.hold: {'yes' if done.returncode == 0 else 'no'}")
    print(f"properties.routes_per_second: {each * PROPERTIES / seconds:.0f}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
