"""Registers of routes as large exporters hold them: many rows, each of one of some thousand kinds. Made up, and the same for the same seed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy
import pyarrow
from pyarrow import parquet

_EXPORTERS = ("AT", "CH", "DE", "ES", "FR", "GB", "IE", "NL")
_PURPOSES = (
    "hosting",
    "hr_administration",
    "customer_service",
    "it_support",
    "backup",
    "payments",
    "marketing",
    "research",
    "",
)
_SUBJECTS = ("customers", "employees", "users", "customers; users", "patients", "")
_CATEGORIES = ("account_identifiers", "hr_records", "ip_addresses; messages", "payment_data", "")
_TOOLS = ("eu-scc-2021/m1", "eu-scc-2021/m2", "adequacy", "")
_ANSWERS = ("yes", "no", "unknown", "")
_PLACES = ("US", "IN", "US; IN", "GB", "JP", "none", "")

GROUP = 2**17


def kinds(distinct: int, seed: int = 1) -> list[dict[str, str]]:
    """So many routes, no two alike in what decides, each without what does not."""
    random = Random(seed)
    found: dict[tuple[str, ...], dict[str, str]] = {}
    while len(found) < distinct:
        one = _kind(random)
        found.setdefault(tuple(one.values()), one)
    return list(found.values())


def _kind(random: Random) -> dict[str, str]:
    importer, storage, access_from = random.choice(_recipients())
    tool = random.choice(_TOOLS)
    signed = date(2023, 1, 1) + timedelta(days=30 * random.randrange(24))
    return {
        "exporter.country": random.choice(_EXPORTERS),
        "exporter.role": random.choice(("controller", "controller", "processor")),
        "exporter.kind": random.choice(("private", "private", "public")),
        "importer": importer,
        "importer_role": random.choice(("controller", "processor", "processor")),
        "processing.storage": storage,
        "processing.access_from": access_from,
        "collected_directly": "no",
        "purpose": random.choice(_PURPOSES),
        "data.subjects": random.choice(_SUBJECTS),
        "data.categories": random.choice(_CATEGORIES),
        "data.clear_text_needed": random.choice(_ANSWERS),
        "frequency": random.choice(("systematic", "occasional", "")),
        "mechanisms.1.tool": tool,
        "mechanisms.1.status": random.choice(("signed", "signed", "planned")) if tool else "",
        "mechanisms.1.signed_on": signed.isoformat() if tool.startswith("eu-scc") else "",
    }


@cache
def _recipients() -> tuple[tuple[str, str, str], ...]:
    """Forty shipped importers, each with the places where it keeps the data and sees them from."""
    from transfers.registry.shelf import Registry

    random = Random(0)
    return tuple((name, random.choice(_PLACES), random.choice(_PLACES)) for name in Registry().ids()[:40])


def write_register(path: Path, rows: int, distinct: int, seed: int = 1) -> None:
    """A Parquet file of so many rows; every kind comes at least once if there are rows enough."""
    every = kinds(distinct, seed)
    columns = {name: pyarrow.array([one[name] or None for one in every]) for name in every[0]}
    random = numpy.random.default_rng(seed)
    writer: Any = None
    for start in range(0, rows, GROUP):
        count = min(GROUP, rows - start)
        which = random.integers(0, distinct, count)
        which[: max(min(distinct - start, count), 0)] = numpy.arange(start, min(start + count, distinct))
        taken = pyarrow.array(which)
        numbers = numpy.arange(start, start + count)
        names = [f"R-{number:09d}" for number in numbers.tolist()]
        free = {
            "id": pyarrow.array(names),
            "title": pyarrow.array([f"Flow {number % 9973} of the register" for number in numbers.tolist()]),
            "data.volume.people": pyarrow.array(random.integers(1, 90_000, count)),
        }
        table = pyarrow.table({**free, **{name: column.take(taken) for name, column in columns.items()}})
        writer = writer or parquet.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    writer.close()


def as_csv(source: Path, target: Path) -> None:
    """The same register as CSV."""
    from pyarrow import csv

    file = parquet.ParquetFile(source)
    with csv.CSVWriter(target, file.schema_arrow, write_options=csv.WriteOptions(quoting_style="none")) as writer:
        for batch in file.iter_batches():
            writer.write_batch(batch)
