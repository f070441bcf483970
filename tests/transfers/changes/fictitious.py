"""Routes, facts that change between two commits, and the comparison of them, for the tests."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml

from country_reports.records import Plain, fit
from tests.conftest import DAY, ROOT
from transfers.changes.records import Answered, Comparison, Impact, Refused
from transfers.changes.sides import comparison, two_sides
from transfers.portfolio.compared import Register, Watch
from transfers.route import Route
from transfers.view import Policy

WORKSPACE = ROOT / "examples" / "workspace"
FICTITIOUS = ROOT / "tests" / "cases" / "rules" / "workspace"
IRELAND = ROOT / "examples" / "ie-subsidiary-to-us-parent.yaml"
SHIELD = "adequacy/eu-2016-1250-us-privacy-shield"
RULES_DAY = date(2024, 1, 15)

RECIPIENT: dict[str, Plain] = {
    "id": "example-xq", "name": "Example Ltd (fictitious)", "country": "XQ", "kind": "company", "gdpr_applies_directly": "no",
    "certifications": [],
}  # fmt: skip
TO_XQ: dict[str, Plain] = {
    "exporter": {"name": "Example Exporter SA (fictitious)", "country": "FR", "role": "controller", "kind": "private"},
    "importer": RECIPIENT,
    "importer_role": "controller",
    "collected_directly": "no",
    "processing": {"storage": [], "access_from": []},
    "purpose": "customer_service",
    "data": {"subjects": ["customers"], "special_categories": [], "clear_text_needed": "yes"},
    "frequency": "systematic",
    "mechanisms": [{"tool": "adequacy"}],
    "measures": [],
}  # fmt: skip


def route(route_id: str = "to-xq", **more: Plain) -> Route:
    return fit({"id": route_id, **TO_XQ, **more}, Route, "test")


def write_route(folder: Path, route_id: str, **more: Plain) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{route_id}.yaml"
    path.write_text(yaml.safe_dump({"id": route_id, **TO_XQ, **more}), encoding="utf-8")
    return path


def git(folder: Path, *arguments: str) -> None:
    own = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *own, *arguments], check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def compared(
    routes: list[Route], before: str, after: str | None, workspace: Path | None = None, as_of: date | None = None
) -> Comparison:
    with two_sides(before, after, as_of, date.fromisoformat(DAY), workspace, Policy()) as (one, other):
        return comparison([(one_route, one_route.owner) for one_route in routes], one, other)


def compared_table(
    table: Path,
    before: str,
    after: str | None,
    workspace: Path | None = None,
    as_of: date | None = None,
    mapping: Path | None = None,
    watch: Watch = lambda *_: None,
) -> Comparison:
    register = Register(table, mapping, watch)
    with two_sides(before, after, as_of, date.fromisoformat(DAY), workspace, Policy()) as (one, other):
        return register.comparison(one, other)


def by_route(found: Comparison) -> dict[str, Impact]:
    """What is said of each route by itself: where it stands in a table and the digest of its own assessment left out."""

    def said(side: Answered | Refused) -> Answered | Refused:
        return replace(side, digest="") if isinstance(side, Answered) else side

    return {
        one.route: replace(
            impact, routes=(replace(one, row=None),), before=said(impact.before), after=said(impact.after)
        )
        for impact in found.impacts
        for one in impact.routes
    }


def only(found: Comparison) -> Impact:
    (impact,) = found.impacts
    return impact


def end_the_finding(workspace: Path, day: str = "2023-06-01") -> None:
    edit(
        workspace / "country_reports" / "adequacy" / "fictitious.yaml",
        "  valid_from: 2019-01-01\n",
        f"  valid_from: 2019-01-01\n  valid_to: {day}\n  ended_by: Fictitious judgment\n  ended_kind: annulled\n",
    )


def many_routes(workspace: Path) -> list[Route]:
    """One for each thing that can happen between the two commits."""
    record = yaml.safe_dump({**RECIPIENT, "id": "only-now"})
    gone = yaml.safe_dump({**RECIPIENT, "id": "only-then"})
    (workspace / "importers").mkdir()
    (workspace / "importers" / "only-then.yaml").write_text(gone, encoding="utf-8")
    commit(workspace, "Then")
    end_the_finding(workspace)
    acts = workspace / "country_reports" / "adequacy" / "fictitious.yaml"
    new = yaml.safe_load(acts.read_text(encoding="utf-8"))["acts"][0]
    new = {name: value for name, value in new.items() if name not in ("valid_to", "ended_by", "ended_kind")}
    both = {**new, "id": "fictitious-xz", "destinations": ["XZ"]}
    acts.write_text(f"{acts.read_text(encoding='utf-8')}{yaml.safe_dump([both])}", encoding="utf-8")
    (workspace / "importers" / "only-then.yaml").unlink()
    (workspace / "importers" / "only-now.yaml").write_text(record, encoding="utf-8")
    commit(workspace, "Now")
    return [
        route("a-untouched", exporter={"country": "FR", "role": "controller"}, importer=None, destination="JP"),
        route("b-new-importer", importer="only-now"),
        route("c-lost-importer", importer="only-then"),
        route("d-moved"),
        route("e-nobody", importer="nobody-at-all"),
        route("f-better", importer={**RECIPIENT, "country": "XZ"}),
    ]
