"""Tables of routes for the tests: made of a few dozen kinds, the same for the same seed."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path
from random import Random

from country_reports.records import BadRecord, fit
from tests.conftest import ROOT
from transfers.assessment import assess
from transfers.documents.reasons import decisive_reason
from transfers.field_problems import BadRoute
from transfers.knowledge import Knowledge
from transfers.portfolio.batch import Done, Order, run
from transfers.portfolio.deciding import Law
from transfers.route import Route
from transfers.tables.dotted import column_of
from transfers.view import Policy

DAY = date(2026, 11, 23)
LAW = Law(ROOT / "examples" / "workspace", DAY, Policy())

ROWS = int(os.environ.get("TRANSBORDER_ROWS", "2000"))
"""Rows over which the engines are compared; ``benchmarks/engines.py`` asks for more."""
KINDS = ROWS * 3 // 50

CHOICES = {
    "exporter.country": ("FR", "DE", "GB", "CH", "RS", "Ireland", ""),
    "exporter.role": ("controller", "processor", ""),
    "exporter.kind": ("private", ""),
    "importer_role": ("processor", "controller", ""),
    "purpose": ("hosting", "it_support", "hr_administration", ""),
    "collected_directly": ("no", "false", ""),
    "data.subjects": ("employees", "customers; users", ""),
    "data.categories": ("hr_records", "our own word", ""),
    "data.special_categories": ("none", "health", ""),
    "data.clear_text_needed": ("yes", "TRUE", "no", "unknown", ""),
    "frequency": ("systematic", "occasional", ""),
    "measures": ("none", ""),
    "onward.1.place": ("IN", "", "", ""),
    "answers.edpb-02-2020:A.value": ("yes", "no", "", "", ""),
}
IMPORTERS = ("example-parent", "example-support-in", "iwf", "ncmec", "")
TOOLS = (
    ("eu-scc-2021/m2", "signed", "2024-03-01"),
    ("eu-scc-2021/m1", "planned", ""),
    ("adequacy", "", ""),
    ("", "", ""),
)
HEADINGS = (
    "id", "title", "exporter.name", "importer", "importer.id", "importer.name", "importer.country", "importer.kind",
    "mechanisms.1.tool", "mechanisms.1.status", "mechanisms.1.signed_on", *CHOICES, "data.volume.people", "our own column",
)  # fmt: skip


def kind(random: Random) -> dict[str, str]:
    """What decides in one row."""
    row = {name: random.choice(values) for name, values in CHOICES.items()}
    row["importer"] = random.choice(IMPORTERS)
    if not row["importer"] and random.randrange(2):
        country = random.choice(("US", "IN", "JP"))
        row |= {"importer.id": "own", "importer.country": country, "importer.kind": "company"}
        row["importer.name"] = random.choice(("Alpha Ltd", "Beta | Ltd", '"Gamma", Inc.'))
    row |= dict(zip(HEADINGS[8:11], random.choice(TOOLS), strict=True))
    if row["importer"] == "iwf" and random.randrange(6) == 0:
        row["exporter.country"] = "Atlantis"
    return row


def register(rows: int, kinds: int, seed: int) -> list[dict[str, str]]:
    """Rows of so many kinds, some of them faulty in what decides or in what does not."""
    random = Random(seed)
    every = [kind(random) for _ in range(kinds)]
    found = []
    for number in range(rows):
        row = {name: "" for name in HEADINGS} | random.choice(every)
        row |= {"id": f"r-{number}", "title": f"Flow {number}, of many", "our own column": f"={number}"}
        row |= {"exporter.name": f"Maker {number % 7}", "data.volume.people": str(number % 90)}
        match random.randrange(120):
            case 0:
                row["id"] = f"r-{number // 2}"
            case 1:
                row["data.volume.people"] = "many"
            case 2:
                row["title"] = "=1+1"
            case 3:
                row["id"] = f" r-{number} "
            case 4:
                row["title"] = "Érable, " + "\u3000x"
        found.append(row)
    return found


def write_csv(path: Path, rows: Iterable[dict[str, str]], headings: Sequence[str] = HEADINGS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def batch(routes: Path, folder: Path, tia: str | None = None, results: str | None = None, columnar: bool = True,
          mapping: Path | None = None, law: Law = LAW) -> Done:  # fmt: skip
    return run(Order(routes, folder, law, mapping, tia, results, columnar), lambda *_: None)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def route_of(row: dict[str, str]) -> Route:
    """What a reader of the columns would write by hand: each cell put where its name says."""
    plain: dict[str, object] = {}
    for name, text in row.items():
        if text.strip() and name != "our own column":
            if text.startswith("="):
                raise BadRecord([])
            column_of(Route, name).put(plain, text)  # type: ignore[arg-type]
    return fit(plain, Route, "row")  # type: ignore[arg-type]


def told_one_by_one(
    table: Path, results: Mapping[str, Mapping[str, str]], rejected: AbstractSet[int], knowledge: Knowledge
) -> int:
    """Holds the results of a batch, by id, and the numbers of its rejected rows against each route assessed by itself; how many they are."""
    taken: set[str] = set()
    for number, row in enumerate(read_csv(table), 2):
        try:
            found = assess(route_of(row), knowledge, DAY)
        except (BadRecord, BadRoute):
            assert number in rejected
            continue
        if found.route in taken:
            assert number in rejected
            continue
        taken.add(found.route)
        told = results[found.route]
        assert told["outcome"] == found.outcome
        assert told["regimes"] == "; ".join(f"{regime.id}: {regime.outcome}" for regime in found.regimes)
        assert told["benchmark"] == found.benchmark.outcome
        assert told["reasons_in_words"] == decisive_reason(found)
        assert told["conditions"] == "; ".join(one.id for one in found.conditions if one.binding)
        assert told["questions"] == "; ".join(question.id for question in found.questions)
        assert (told["review_by"], told["weakest_leg"]) == (found.review_by, found.weakest_leg)
        assert told["fingerprint"] == found.knowledge.fingerprint
        assert told["title"] == row["title"]
        assert told["our own column"] == f"'{row['our own column']}"
    return len(taken)
