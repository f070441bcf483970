"""A registry of a hundred thousand imported importers: rows a second against reading the same file, lookups, what ends, checks, memory."""

from __future__ import annotations

import csv
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from country_reports.hub import Hub
from transfers.registry.check import check_importers
from transfers.registry.shelf import Registry
from transfers.registry.tables import read_importers, write_importers
from transfers.tables.mapping import Mapping

MadeT = TypeVar("MadeT")
ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
LOOKUPS = 2_000
TODAY = date(2026, 11, 23)
COUNTRIES = ("US", "IN", "GB", "DE", "BR", "JP", "SG", "CA")
HEADINGS = (
    "id", "name", "aliases", "country", "kind", "website", "storage", "access_from", "certifications.1.scheme",
    "certifications.1.scope", "certifications.1.valid_from", "certifications.1.valid_to",
)  # fmt: skip


def main() -> None:
    """Each step once over the whole table; lookups are many, in a registry opened anew."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        table = workspace / "importers.csv"
        _write(table)
        floor, _ = _timed(lambda: sum(1 for _row in _reading(table)))
        hub = Hub()
        reading, found = _timed(lambda: read_importers(table, Mapping(), Registry(), hub, TODAY))
        assert len(found.records) == ROWS, found.rejected[:3]
        writing, _ = _timed(lambda: write_importers(workspace, found.records))
        print(f"importers.import_ratio: {(reading + writing) / floor:.1f}")
        print(f"importers.import_rows_per_second: {ROWS / (reading + writing):,.0f}")
        registry = Registry(workspace)
        registry.find("importer-0")
        ids = [f"importer-{number}" for number in range(1, ROWS, max(1, ROWS // LOOKUPS))]
        print(f"importers.by_id_ms: {_median_ms(registry.find, ids):.3f}")
        names = [f"THE EXAMPLE {one.removeprefix('importer-')} Company, Ltd" for one in ids]
        print(f"importers.by_name_ms: {_median_ms(registry.find, names):.3f}")
        ending, ends = _timed(lambda: registry.ending(TODAY, TODAY + timedelta(days=90)))
        print(f"importers.expiring_ratio: {ending / floor:.2f}")
        assert ends
        checking, troubles = _timed(lambda: check_importers((one for one, _ in Registry(workspace).all()), hub, TODAY))
        assert not any(trouble.refused for trouble in troubles), troubles[:3]
        print(f"importers.check_ratio: {checking / floor:.1f}")
        print(f"importers.check_rows_per_second: {ROWS / checking:,.0f}")
        print(f"importers.peak_mib: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def _write(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADINGS)
        for number in range(ROWS):
            country = COUNTRIES[number % len(COUNTRIES)]
            start = date(2024, 1, 1) + timedelta(days=number % 700)
            until = TODAY + timedelta(days=number % 900 + 1)
            certified = ("eu-us-dpf", "non_hr", start, until) if country == "US" else ("", "", "", "")
            aliases = f"Example {number}; The Example {number} Company"
            lines.writerow((f"importer-{number}", f"Example {number} Holdings Ltd", aliases, country, "company",
                            f"https://example.org/{number}", country, country, *certified))  # fmt: skip


def _reading(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _timed(step: Callable[[], MadeT]) -> tuple[float, MadeT]:
    start = time.perf_counter()
    made = step()
    return time.perf_counter() - start, made


def _median_ms(find: Callable[[str], object], names: list[str]) -> float:
    return statistics.median(_timed(lambda name=name: find(name))[0] for name in names) * 1000  # type: ignore[misc]


if __name__ == "__main__":
    main()
