"""A register of routes to results, against the time in which the same library copies the same table.

``portfolio.py`` measures a million rows; a number of millions may be given, as ``portfolio.py 10``; ``growth`` measures how the time
grows with rows and with distinct cases. Each run is a process of its own; imports are not counted. ``ratio`` is all of a batch, ``cpu`` the
same in time of processors, which others on the machine disturb less; ``joined`` leaves out what the processes took that judge distinct
cases, which they do while more rows are read. Peaks are of all processes of a run together.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DISTINCT = 10_000
ROUNDS = 2


def main() -> None:
    """Parquet and CSV, the floor of each in the same rounds."""
    if sys.argv[1:2] in (["copy"], ["batch"]):
        print(
            json.dumps(
                copied(*map(Path, sys.argv[2:])) if sys.argv[1] == "copy" else assessed(*map(Path, sys.argv[2:]))
            )
        )
        return
    with TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        if sys.argv[1:2] == ["growth"]:
            _growth(Path(folder))
        else:
            _ratios(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 1)


def _ratios(folder: Path, millions: int) -> None:
    from registers import as_csv, write_register

    size = f"{millions}m"
    write_register(folder / "r.parquet", millions * 1_000_000, DISTINCT)
    forms = ["parquet"] if millions > 10 else ["parquet", "csv"]
    if "csv" in forms:
        as_csv(folder / "r.parquet", folder / "r.csv")
    for form in forms:
        rounds = [_round(folder, form) for _ in range(ROUNDS if millions <= 1 else 1)]
        copy = min(one["copy"]["seconds"] for one in rounds)
        batch = min((one["batch"] for one in rounds), key=lambda one: one["seconds"])
        print(f"portfolio.{form}_{size}_copy_s: {copy:.2f}")
        print(f"portfolio.{form}_{size}_s: {batch['seconds']:.2f}")
        print(f"portfolio.{form}_{size}_ratio: {batch['seconds'] / copy:.2f}")
        copy_cpu = min(one["copy"]["cpu"] for one in rounds)
        joined_cpu = min(one["batch"]["joined_cpu"] for one in rounds)
        print(f"portfolio.{form}_{size}_cpu_ratio: {min(one['batch']['cpu'] for one in rounds) / copy_cpu:.2f}")
        print(f"portfolio.{form}_{size}_joined_cpu_ratio: {joined_cpu / copy_cpu:.2f}")
        judging_cpu = min(one["batch"]["judging_cpu"] for one in rounds)
        print(f"portfolio.{form}_{size}_judged_cpu_us: {judging_cpu / DISTINCT * 1e6:.0f}")
        print(f"portfolio.{form}_{size}_peak_mib: {max(one['peak'] for one in rounds)}")
        if form == "csv":
            own_cpu = min(one["own"]["cpu"] for one in rounds)
            print(f"portfolio.{form}_{size}_joined_own_cpu_ratio: {joined_cpu / own_cpu:.2f}")
            own = min(one["own"]["seconds"] for one in rounds)
            print(f"portfolio.{form}_{size}_own_floor_s: {own:.2f}")


def _round(folder: Path, form: str) -> dict[str, Any]:
    source, results = folder / f"r.{form}", folder / "results"
    found: dict[str, Any] = {"copy": _child("copy", source, folder / f"copy.{form}")[0]}
    found["batch"], found["peak"] = _child("batch", source, results)
    if form == "csv":  # a copy of a table with as many bytes as the results have
        found["own"] = _child("copy", results / "results.csv", folder / "copy.csv")[0]
    shutil.rmtree(results)
    return found


def _growth(folder: Path) -> None:
    """Processor time at growing sizes, with the line that fits it best: its slope and how much of the differences it explains."""
    from registers import write_register

    rows = [(size, 500) for size in (500_000, 1_000_000, 2_000_000, 4_000_000)]
    distinct = [(100_000, size) for size in (500, 1_000, 2_000, 4_000)]
    for name, sizes, axis in (("rows", rows, 0), ("distinct", distinct, 1)):
        points = []
        for size in sizes:
            write_register(folder / "r.parquet", *size)
            taken = _child("batch", folder / "r.parquet", folder / "results")[0]["cpu"]
            shutil.rmtree(folder / "results")
            print(f"portfolio.growth_{name}_{size[axis]}_cpu_s: {taken:.2f}")
            points.append((float(size[axis]), taken))
        slope, explained = _line(points)
        print(f"portfolio.growth_{name}_us_each: {slope * 1e6:.3f}")
        print(f"portfolio.growth_{name}_r2: {explained:.4f}")


def _line(points: list[tuple[float, float]]) -> tuple[float, float]:
    count = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    over = sum((x - mean_x) * (y - mean_y) for x, y in points)
    slope = over / sum((x - mean_x) ** 2 for x, _ in points)
    return slope, slope * over / sum((y - mean_y) ** 2 for _, y in points)


def _child(what: str, source: Path, target: Path) -> tuple[dict[str, float], int]:
    """What a process of its own tells, and the most MiB that it and its children held together."""
    command = [sys.executable, __file__, what, str(source), str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peak, over = [0], threading.Event()
        watching = threading.Thread(target=_watch, args=(process.pid, peak, over))
        watching.start()
        output, _ = process.communicate()
        over.set()
        watching.join()
    if process.returncode:
        raise SystemExit(process.returncode)
    told: dict[str, float] = json.loads(output)
    return told, peak[0]


def _watch(pid: int, peak: list[int], over: threading.Event) -> None:
    while not over.wait(0.1):
        peak[0] = max(peak[0], _held(pid) // 1024)


def _held(pid: int) -> int:
    """KiB of anonymous memory of a process and its children; pages of files are the system's to take back."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        own = int(next(line.split()[1] for line in status.splitlines() if line.startswith("RssAnon")))
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, StopIteration):
        return 0
    return own + sum(_held(int(child)) for child in children)


def copied(source: Path, target: Path) -> dict[str, float]:
    """The table read and written again by pyarrow, as the batch reads and writes it."""
    from pyarrow import csv, parquet

    start, before = time.perf_counter(), time.process_time()
    if source.suffix == ".parquet":
        file = parquet.ParquetFile(source)
        with parquet.ParquetWriter(target, file.schema_arrow, compression="zstd") as parquet_writer:
            for batch in file.iter_batches(batch_size=2**17):
                parquet_writer.write_batch(batch)
    else:
        names = source.open(encoding="utf-8").readline().rstrip("\n").split(",")
        text = csv.ConvertOptions(column_types=dict.fromkeys(names, "string"), null_values=[])
        reader = csv.open_csv(source, csv.ReadOptions(block_size=2**23), convert_options=text)
        with csv.CSVWriter(target, reader.schema) as csv_writer:
            for batch in reader:
                csv_writer.write_batch(batch)
    return {"seconds": time.perf_counter() - start, "cpu": time.process_time() - before}


def assessed(source: Path, folder: Path) -> dict[str, float]:
    """The whole batch without documents, and when each part of it was over."""
    import gc

    from transfers.portfolio.batch import Order, run
    from transfers.portfolio.deciding import Law
    from transfers.view import Policy

    for library in ("numpy", "pyarrow.compute", "pyarrow.parquet"):
        import_module(library)  # imports are not counted
    gc.disable()  # as the command line does
    processor: dict[str, float] = {}
    law = Law(ROOT / "examples" / "workspace", date(2026, 11, 23), Policy())

    def watch(doing: str, _done: int, _of: int) -> None:
        if doing not in processor:
            processor[doing] = _processor()

    start, before = time.perf_counter(), _processor()
    run(Order(source, folder, law, tia=None), watch)
    end = time.perf_counter()
    cpu, judging = _processor() - before, processor["writing"] - processor["judging"]
    return {"seconds": end - start, "cpu": cpu, "judging_cpu": judging, "joined_cpu": cpu - judging}


def _processor() -> float:
    """Seconds of processor time of this process and of those it started and that have ended."""
    taken = os.times()
    return taken.user + taken.system + taken.children_user + taken.children_system


if __name__ == "__main__":
    main()
