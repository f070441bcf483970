"""Countries side by side, a column each."""

from __future__ import annotations

from collections.abc import Iterator

from country_reports.country import Country
from country_reports.facts import Role
from transfers.documents import words
from transfers.documents.blocks import Document, Heading, Paragraph, Table
from transfers.documents.reach import limits_of, status_on


def comparison_document(reports: list[Country], schemes: dict[str, str]) -> Document:
    """Places side by side, a column each."""
    day = reports[0].day
    headings = ("", *(report.place.name for report in reports))
    treaties = dict.fromkeys(one.treaty.id for report in reports for one in report.treaties)
    blocks = (
        Paragraph(
            f"As of {day}. Ratings are our reading of the evidence; a blank says that nothing is on file.", strong=True
        ),
        Heading(2, "Depth of research"),
        Table(headings, (("researched", *(words.DEPTHS[report.depth] for report in reports)),)),
        Heading(2, "Treaties"),
        Table(headings, tuple(_row_of_treaty(treaty, reports) for treaty in treaties)),
        Heading(2, "Findings of adequacy in force"),
        Table(headings, tuple(_rows_of_findings(reports, schemes))),
        Heading(2, "Law and authority"),
        Table(headings, tuple(_rows_of_law(reports))),
        Heading(2, "European Essential Guarantees"),
        Table(headings, tuple(_rows_of_guarantees(reports))),
        Paragraph("Each place in full: transborder country show PLACE."),
    )
    return Document(f"Countries compared: {', '.join(report.place.name for report in reports)}", blocks)


def _row_of_treaty(treaty_id: str, reports: list[Country]) -> tuple[str, ...]:
    found = [next((one for one in report.treaties if one.treaty.id == treaty_id), None) for report in reports]
    name = next(one.treaty.short for one in found if one is not None)
    return name, *(words.BONDS[one.bond] if one is not None else "" for one in found)


def _rows_of_findings(reports: list[Country], schemes: dict[str, str]) -> Iterator[tuple[str, ...]]:
    issuers = {act.record.issuer: report.issuers for report in reports for act in report.findings}
    for issuer, names in sorted(issuers.items()):
        cells = [
            "; ".join(
                act.record.instrument + "".join(f"; {limit}" for limit in limits_of(act, schemes))
                for act in report.findings
                if act.record.issuer == issuer and act.ground.role is Role.SUPPORTS
            )
            for report in reports
        ]
        if any(cells):
            yield (names.get(issuer, issuer), *cells)


def _rows_of_law(reports: list[Country]) -> Iterator[tuple[str, ...]]:
    yield (
        "law that binds exporters",
        *("; ".join(one.binding.record.name for one in report.laws_of_exporters) for report in reports),
    )
    law = [report.report.data_protection if report.report else None for report in reports]
    yield (
        "acts in force on this day",
        *(_acts_in_force(report) for report in reports),
    )
    yield (
        "regulator, and whether independent (as of the research)",
        *("; ".join(f"{one.name}: {one.independent}" for one in each.regulators) if each else "" for each in law),
    )
    yield (
        "body for reports of child sexual abuse (as of the research)",
        *("; ".join(one.name for one in r.report.child_protection.bodies) if r.report else "" for r in reports),
    )


def _rows_of_guarantees(reports: list[Country]) -> Iterator[tuple[str, ...]]:
    for head in words.HEADS:
        for area, name in words.AREAS.items():
            cells = [
                "; ".join(
                    words.RATINGS[one.record.rating]
                    for one in report.guarantees
                    if one.record.head == head and one.record.area == area
                )
                for report in reports
            ]
            yield (f"{head}: {words.HEADS[head]}, {name}", *cells)


def _acts_in_force(report: Country) -> str:
    """Those shown to be law on the day."""
    if report.report is None:
        return ""
    acts = report.report.data_protection.laws
    reach = report.report.as_of
    return "; ".join(one.title for one in acts if status_on(one, report.day, reach) in ("in force", "partly in force"))
