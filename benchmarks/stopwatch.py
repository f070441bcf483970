"""Times of whole processes, measured side by side."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from tempfile import TemporaryDirectory


def medians_of(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, float]:
    """Median seconds of each command over interleaved rounds, printed in milliseconds with the quickest and the slowest.

    Every command runs once before, so that all have their bytecode, as what pip installs has it.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    with TemporaryDirectory() as bytecode:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for command in commands.values():
            _seconds(command, environment)
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(_seconds(command, environment))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name}: {median * 1000:.0f} ms ({min(times[name]) * 1000:.0f} to {max(times[name]) * 1000:.0f})")
    return medians


def _seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start
