"""A register of routes on Spark, against the time in which Spark copies the same table; and held against the engine of one machine.

``spark.py`` takes a million rows, ``spark.py 100000`` so many. Everything runs in one session with two threads, after a run of each
that does not count, since the first is slower while Java compiles. ``joined`` leaves out the time in which distinct keys are judged.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
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
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    from registers import write_register

    with TemporaryDirectory() as folder, _session() as spark:
        source = Path(folder) / "routes.parquet"
        write_register(source, rows // 10, DISTINCT // 10)
        _copy(spark, source, Path(folder) / "warm")
        _batch(source, Path(folder) / "warm-batch")
        write_register(source, rows, DISTINCT)
        copies, batches, judging = [], [], []
        for _ in range(ROUNDS):
            copies.append(_seconds(lambda: _copy(spark, source, Path(folder) / "copy")))
            judged = _Judging()
            with judged.watched():
                batches.append(_seconds(lambda: _batch(source, Path(folder) / "results")))
            judging.append(judged.seconds)
        print(f"spark.rows: {rows}")
        print(f"spark.copy_s: {min(copies):.2f}")
        print(f"spark.batch_s: {min(batches):.2f}")
        print(f"spark.ratio: {min(batches) / min(copies):.2f}")
        print(f"spark.joined_ratio: {min(map(sub, batches, judging)) / min(copies):.2f}")
        print(f"spark.judged_us: {min(judging) / DISTINCT * 1e6:.0f}")
        print(f"spark.rows_per_second: {rows / min(batches):.0f}")
        print(f"spark.told_otherwise: {_told_otherwise(source, Path(folder))}")


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
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


class _Judging:
    """The time in which distinct keys are found and judged."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        from transfers.portfolio.spark import Assessed

        judged: Any = Assessed._judged

        def timed(assessed: Assessed) -> Any:
            found: list[Any] = []
            self.seconds += _seconds(lambda: found.append(judged(assessed)))
            return found[0]

        Assessed._judged = timed  # type: ignore[method-assign]  # only watched
        try:
            yield
        finally:
            Assessed._judged = judged  # type: ignore[method-assign]


def _copy(spark: SparkSession, source: Path, target: Path) -> None:
    spark.read.parquet(str(source)).write.mode("overwrite").option("compression", "zstd").parquet(str(target))


def _batch(source: Path, folder: Path) -> None:
    from transfers.portfolio.deciding import Law
    from transfers.portfolio.spark_batch import SparkOrder, run
    from transfers.view import Policy

    law = Law(ROOT / "examples" / "workspace", date(2026, 11, 23), Policy())
    run(SparkOrder(str(source), str(folder), law, tia=None))


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
    columns = ["id", *RESULTS]
    expected = parquet.read_table(folder / "local" / "results.parquet", columns=columns)
    found = parquet.read_table(folder / "results" / "results.parquet", columns=[*columns, ROW]).sort_by(ROW)
    if found.num_rows != expected.num_rows:
        return max(found.num_rows, expected.num_rows)
    otherwise = None
    for name in columns:
        kind = expected[name].type
        texts = expected[name].cast("string") if kind != found[name].type else expected[name]
        differs = compute.not_equal(found[name].combine_chunks(), texts.combine_chunks())
        otherwise = differs if otherwise is None else compute.or_(otherwise, differs)
    return int(compute.sum(otherwise).as_py() or 0)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
