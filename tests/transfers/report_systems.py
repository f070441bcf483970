"""The systems that the expert report of 2021 names: what each is called, its route, and the page that shows the golden answers.

``python -m tests.transfers.report_systems`` writes the tables of docs/report-systems.md anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import JsonValue

from country_reports.records import read_plain
from tests.conftest import ROOT
from transfers.golden import GoldenCase, GoldenRun
from transfers.registry.shelf import Registry

FOLDER = ROOT / "examples" / "report_systems"
ROUTES = sorted(FOLDER.glob("*.yaml"))
GOLDEN = ROOT / "tests" / "cases" / "facts" / "report-systems.yaml"
PAGE = ROOT / "docs" / "report-systems.md"
DAY = "2026-11-23"

NAMES = {
    "ncmec-cybertipline": "CyberTipline",
    "ncmec-hash-sharing": "hash-sharing platform",
    "inhope-iccam": "ICCAM",
    "interpol-icse": "ICSE",
    "interpol-baseline": "Baseline",
    "europol-victim-identification": "image and video database for victim identification",
    "europol-private-party": "Europol",
    "iwf-hash-list": "IWF hash list",
    "iwf-crawler": "IWF Crawler",
    "iwf-classifier": "IWF Classifier",
    "eokm-hash-check-service": "Hash Check Service",
    "c3p-project-arachnid": "Project Arachnid",
    "c3p-shield": "Shield",
    "point-de-contact": "Point de Contact",
    "nask-dyzurnet": "Dyżurnet.pl",
    "thorn-safer": "Safer",
    "microsoft-photodna": "PhotoDNA",
    "meta-ncmec-reports": "Meta",
    "google-content-safety-api": "Content Safety API",
    "google-csai-match": "CSAI Match",
    "videntifier": "Videntifier",
    "web-iq": "Web-IQ",
}
"""What the system of each route is called, in the order of the page."""

EXPORTERS = ("FR", "DE", "IE", "RS", "GB")
"""The places of the first five cases of each system."""


def cases_of(system: str) -> list[tuple[int, GoldenCase]]:
    """The golden cases of one route file, each with its number, in their order."""
    return [(number, case) for number, case in enumerate(_run().cases) if Path(str(case.route)).stem == system]


def place_of(case: GoldenCase) -> JsonValue:
    """Where the exporter of a case is: the route files have a French one."""
    return case.set.get("exporter.country", "FR")


def tables() -> dict[str, str]:
    """The tables of the page by name, with what the engine says today."""
    return {"five answers": "\n".join(_five_answers()) + "\n", "further": "\n".join(_further()) + "\n"}


def shown(text: str) -> dict[str, str]:
    """The tables as they stand in a page."""
    return dict(re.findall(r"<!-- table: ([a-z ]+) -->\n(.*?)<!-- end of table -->", text, re.DOTALL))


@cache
def _run() -> GoldenRun:
    return GoldenRun(GOLDEN)


def _five_answers() -> Iterator[str]:
    rows, answers = [], Counter[str]()
    registry = Registry()
    for system, name in NAMES.items():
        first = cases_of(system)[: len(EXPORTERS)]
        plain = read_plain(FOLDER / f"{system}.yaml")
        assert isinstance(plain, dict)
        recipient = registry.get(str(plain["importer"]))[0].name
        outcomes = [_run().assessment(number).outcome for number, _ in first]
        answers.update(outcomes)
        reason = first[0][1].name.split(": ", 1)[1]
        link = f"[{plain['title']}](../examples/report_systems/{system}.yaml)"
        cells = [name, recipient, link, *(f"`{outcome}`" for outcome in outcomes), reason[0].upper() + reason[1:]]
        rows.append(f"| {' | '.join(cells)}. |")
    told = ", ".join(f"{count} are `{outcome}`" for outcome, count in sorted(answers.items()))
    yield f"Of {answers.total()} answers, {told}.\n"
    yield f"| System | Recipient | Route | {' | '.join(EXPORTERS)} | What decides for the French exporter |"
    yield "| --- " * (4 + len(EXPORTERS)) + "|"
    yield from rows


def _further() -> Iterator[str]:
    yield "| System | What is settled, and what follows | Day | Answer |"
    yield "| --- " * 4 + "|"
    for system, name in NAMES.items():
        for number, case in cases_of(system)[len(EXPORTERS) :]:
            yield f"| {name} | {case.name}. | {case.as_of} | `{_run().assessment(number).outcome}` |"


def _write() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, table in tables().items():
        marks = f"<!-- table: {name} -->\n", "<!-- end of table -->"
        start = text.index(marks[0]) + len(marks[0])
        text = text[:start] + table + text[text.index(marks[1], start) :]
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write()
