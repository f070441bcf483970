"""A register of routes on Spark, against the time in which Spark copies the same table; and held against the engine of one machine.

``spark.py`` takes a million rows, ``spark.py 100000`` so many. Everything runs in one session with two threads, after a smaller
run of each that does not count, since the first is slower while Java compiles. ``cpu`` is time of processors, which others on the machine
do not take away; ``joined`` leaves out the finding and judging of distinct keys.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parent.parent
DISTINCT = 10_000
ROUNDS = 3


def main() -> None:
    """Seconds, ratios, rows per second, and rows that the two engines tell otherwise."""
    from registers import write_register

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as name, _session() as spark:
        folder, clock = Path(name), _Clock(spark)
        source = folder / "routes.parquet"
        write_register(source, rows // 10, DISTINCT // 10)
        _round(clock, source, folder)
        write_register(source, rows, DISTINCT)
        rounds = [_round(clock, source, folder) for _ in range(ROUNDS)]
        copy, batch = (min(one[n].seconds for one in rounds) for n in (0, 1))
        copy_cpu, batch_cpu = (min(one[n].cpu for one in rounds) for n in (0, 1))
        judging = min(one[2].cpu for one in rounds)
        print(f"spark.rows: {rows}")
        print(f"spark.copy_s: {copy:.2f}")
        print(f"spark.batch_s: {batch:.2f}")
        print(f"spark.ratio: {batch / copy:.2f}")
        print(f"spark.rows_per_second: {rows / batch:.0f}")
        print(f"spark.copy_cpu_s: {copy_cpu:.2f}")
        print(f"spark.batch_cpu_s: {batch_cpu:.2f}")
        print(f"spark.cpu_ratio: {batch_cpu / copy_cpu:.2f}")
        print(f"spark.joined_cpu_ratio: {min(one[1].cpu - one[2].cpu for one in rounds) / copy_cpu:.2f}")
        print(f"spark.judged_cpu_us: {judging / DISTINCT * 1e6:.0f}")
        print(f"spark.told_otherwise: {_told_otherwise(source, folder)}")


def _round(clock: _Clock, source: Path, folder: Path) -> tuple[_Cost, _Cost, _Cost]:
    """What the copy, the batch, and in it the finding and judging of distinct keys cost."""
    from transfers.portfolio.spark import Assessed

    copy = clock.of(lambda: _copy(clock.spark, source, folder / "copy"))
    judging: list[_Cost] = []
    judged: Any = Assessed._judged

    def timed(assessed: Assessed) -> Any:
        found: list[Any] = []
        judging.append(clock.of(lambda: found.append(judged(assessed))))
        return found[0]

    watched: Any = Assessed
    watched._judged = timed
    try:
        batch = clock.of(lambda: _batch(source, folder / "results"))
    finally:
        watched._judged = judged
    return copy, batch, judging[0]


@dataclass(frozen=True)
class _Cost:
    """Seconds that passed, and seconds of processors, which others on the machine do not take away."""

    seconds: float
    cpu: float


class _Clock:
    """Measures Spark with the workers that it starts, and this process."""

    def __init__(self, spark: SparkSession) -> None:
        jvm: Any = spark._jvm
        self.spark = spark
        self._pid = int(jvm.java.lang.ProcessHandle.current().pid())
        self._ticks: dict[int, int] = {}
        threading.Thread(target=self._watch, daemon=True).start()

    def of(self, work: Callable[[], object]) -> _Cost:
        start, before = time.perf_counter(), self._cpu()
        work()
        return _Cost(time.perf_counter() - start, self._cpu() - before)

    def _cpu(self) -> float:
        self._look(self._pid)
        return time.process_time() + sum(dict(self._ticks).values()) / os.sysconf("SC_CLK_TCK")

    def _watch(self) -> None:
        """Workers come and go: what a process had used when it was last seen stays counted."""
        while True:
            self._look(self._pid)
            time.sleep(0.2)

    def _look(self, pid: int) -> None:
        try:
            self._ticks[pid] = sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
            children = [
                child
                for task in Path(f"/proc/{pid}/task").iterdir()
                for child in (task / "children").read_text().split()
            ]
        except OSError:
            return
        for child in children:
            self._look(int(child))


@contextmanager
def _session() -> Iterator[SparkSession]:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings: dict[str, bool | float | int | str | None] = {
        "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "localhost", "spark.driver.memory": "4g",
        "spark.sql.files.maxPartitionBytes": str(8 * 2**20), "spark.sql.shuffle.partitions": "8", "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }  # fmt: skip
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def _copy(spark: SparkSession, source: Path, target: Path) -> None:
    spark.read.parquet(str(source)).write.mode("overwrite").option("compression", "zstd").parquet(str(target))


def _batch(source: Path, folder: Path) -> None:
    from transfers.portfolio.deciding import Law
    from transfers.portfolio.spark_batch import SparkOrder, run_on_spark
    from transfers.view import Policy

    law = Law(ROOT / "examples" / "workspace", date(2026, 11, 23), Policy())
    run_on_spark(SparkOrder(str(source), str(folder), law, tia=None))


def _told_otherwise(source: Path, folder: Path) -> int:
    """Rows whose answer or order differs from that of the engine of one machine."""
    from pyarrow import compute, parquet

    from transfers.portfolio.batch import Order, run
    from transfers.portfolio.deciding import Law
    from transfers.portfolio.results import RESULTS
    from transfers.portfolio.spark import ROW
    from transfers.view import Policy

    law = Law(ROOT / "examples" / "workspace", date(2026, 11, 23), Policy())
    run(Order(source, folder / "local", law, tia=None), lambda *_: None)
    here, there = folder / "local" / "results.parquet", folder / "results" / "results.parquet"
    order = compute.sort_indices(parquet.read_table(there, columns=[ROW])[ROW])
    rows = int(parquet.ParquetFile(here).metadata.num_rows)
    if len(order) != rows:
        return max(len(order), rows)
    otherwise: Any = False
    for name in ("id", *RESULTS):
        expected, found = (
            parquet.read_table(path, columns=[name])[name].cast("large_string") for path in (here, there)
        )
        differs = compute.not_equal(expected.combine_chunks(), found.combine_chunks().take(order))
        otherwise = compute.or_(compute.fill_null(differs, True), otherwise)
    return int(compute.sum(otherwise).as_py())


if __name__ == "__main__":
    main()
