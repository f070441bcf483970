"""Clause sets compared by duty, and against the elements of Convention 108+: for readers, and for machines."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.comparison import CAUTION, Comparison, Cover, Secured, Standing
from clauses.library import Tool
from clauses.obligations import Obligations
from country_reports.facts import Verification
from country_reports.frozen import frozen
from transfers.canonical import Json
from transfers.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table


@frozen
class ClauseReport:
    """What was asked: two expressions compared, or each of them, or one alone, against article 14(3)(b) of Convention 108+."""

    names: tuple[str, ...]
    tools: tuple[tuple[Tool, ...], ...]
    comparison: Comparison | None
    secured: tuple[tuple[Secured, ...], ...]
    obligations: Obligations


COVERS = {
    Cover.COVERED: "covered",
    Cover.GAP: "covered with a gap",
    Cover.MISSING: "missing",
    Cover.NOT_KNOWN: "not known",
    Cover.NOT_ASKED: "not asked",
}
SECURES = COVERS | {Cover.COVERED: "secured", Cover.GAP: "secured with a gap", Cover.MISSING: "not secured"}

_CHECKED = {
    Verification.PRIMARY: "",
    Verification.SECONDARY: " (partly read)",
    Verification.UNVERIFIED: " (unverified)",
}


def clause_comparison_document(report: ClauseReport) -> Document:
    """Duty by duty what one side has of what the other asks; then, if asked, element by element of the Convention."""
    sides = dict(zip("AB", map(title_of, report.tools), strict=False))
    blocks: list[Block] = [
        Paragraph(CAUTION, strong=True),
        Paragraph(
            f"As on file on {report.obligations.as_of}. " + "; ".join(f"{s}: {name}" for s, name in sides.items()) + "."
        ),
    ]
    if report.comparison is not None:
        blocks += _compared(report.comparison)
    for side, secured in zip(sides, report.secured, strict=False):
        blocks.append(Heading(2, f"{side} and what article 14(3)(b) of Convention 108+ asks of safeguards"))
        blocks.append(Table(_SECURED_HEADINGS, tuple(map(_secured_row, secured))))
    if report.secured:
        blocks.append(Paragraph(_NOT_THE_WHOLE))
    blocks += (Heading(2, "How far the sets were read"), Bullets(tuple(_read(report))))
    subject = " against ".join(sides.values()) if report.comparison else f"{sides['A']} against Convention 108+"
    return Document(f"Clauses compared: {subject}", tuple(blocks))


_NOT_THE_WHOLE = (
    "Secured means that the clauses have a duty on the point. That the safeguards are approved, binding, adopted by all and put "
    "into practice, and that the law of the destination leaves them effective, is assessed for the route: transborder assess."
)
_SECURED_HEADINGS = ("element", "finding", "rests on", "left open", "Convention 108+")


def title_of(tools: tuple[Tool, ...]) -> str:
    """The name of a tool, or of a set that was named without a module."""
    if len(tools) == 1:
        return tools[0].title
    joined = "".join(f" with {adaptation.short}" for adaptation in tools[0].adaptations)
    return f"{tools[0].clause_set.short}, all modules{joined}"


def clause_comparison_json(report: ClauseReport) -> Json:
    """The same for machines: ``transborder/clause-comparison/1``."""
    sides = dict(zip("ab", report.names, strict=False))
    rows = report.comparison.rows if report.comparison is not None else ()
    return {
        "schema": "transborder/clause-comparison/1",
        "as_of": report.obligations.as_of.isoformat(),
        "caution": CAUTION,
        **{
            side: {"tool": name, "title": title_of(tools)}
            for (side, name), tools in zip(sides.items(), report.tools, strict=True)
        },
        "duties": [
            {
                "id": row.duty.id,
                "name": row.duty.name,
                "articles": list(row.duty.articles),
                "article_46": row.purpose.id,
                "cover": row.cover.value,
                "verification": row.verification.value,
                "a": _standing_json(row.a),
                "b": _standing_json(row.b),
            }
            for row in rows
        ],
        "against_coe108plus": {
            side: [_secured_json(one) for one in secured] for side, secured in zip(sides, report.secured, strict=False)
        },
    }


def _compared(comparison: Comparison) -> Iterator[Block]:
    yield Heading(2, "Does A cover what B asks?")
    yield Bullets(tuple(_in_short(comparison)))
    yield Heading(2, "Duty by duty")
    rows = (
        (
            row.duty.name,
            _found(COVERS, row.cover, row.verification),
            _cell(row.a),
            _cell(row.b),
            ", ".join(row.duty.articles) or "none",
            row.purpose.name,
        )
        for row in comparison.rows
    )
    yield Table(("duty", "A covers it", "A", "B", "Convention 108+", "Article 46"), tuple(rows))
    yield Paragraph("The other way round is another comparison: change the order.")


def _in_short(comparison: Comparison) -> Iterator[str]:
    asked = [row for row in comparison.rows if row.cover is not Cover.NOT_ASKED]
    covered = comparison.duties(Cover.COVERED)
    unread = sum(row.cover is Cover.COVERED and row.verification is Verification.UNVERIFIED for row in asked)
    yield f"Covered: {len(covered)} of {len(asked)} duties that B asks or may ask" + (
        f"; {unread} of them on facts that nobody has checked" if unread else ""
    )
    for cover in (Cover.MISSING, Cover.GAP, Cover.NOT_KNOWN, Cover.NOT_ASKED):
        names = "; ".join(duty.name for duty in comparison.duties(cover))
        if names:
            yield f"{COVERS[cover].capitalize()}: {names}"


def _found(words: dict[Cover, str], cover: Cover, verification: Verification) -> str:
    """The finding, and how far what it rests on was checked."""
    return words[cover] + ("" if cover is Cover.NOT_KNOWN else _CHECKED[verification])


def _cell(standing: Standing) -> str:
    """Numbers that were read, what is to be said of them, and how far it was checked."""
    if standing.cover is Cover.NOT_KNOWN and not standing.clauses:
        return "; ".join(("not known", *standing.remarks))
    if standing.cover is Cover.MISSING:
        return "; ".join(("no such duty found", *standing.remarks)) + _CHECKED[standing.verification]
    numbers = ", ".join(standing.clauses)
    if standing.unconfirmed:
        numbers = f"{numbers}, others not confirmed" if numbers else "clause not confirmed"
    return "; ".join((numbers, *standing.remarks)) + _CHECKED[standing.verification]


def _secured_row(secured: Secured) -> tuple[str, ...]:
    rests = "; ".join(
        f"{duty.name}: {COVERS[standing.cover]} [{_cell(standing)}]" for duty, standing in secured.standings
    )
    element = secured.element
    return (
        element.name,
        _found(SECURES, secured.cover, secured.verification),
        rests,
        element.left_open or "",
        ", ".join(element.articles),
    )


def _read(report: ClauseReport) -> Iterator[str]:
    sets = {one.id: one.short for tools in report.tools for tool in tools for one in tool.parts}
    for set_id, short in sets.items():
        yield f"{short}: {report.obligations.caution(set_id)}"


def _standing_json(standing: Standing) -> Json:
    return {
        "cover": standing.cover.value,
        "clauses": list(standing.clauses),
        "clauses_not_confirmed": standing.unconfirmed,
        "verification": standing.verification.value,
        "remarks": list(standing.remarks),
    }


def _secured_json(secured: Secured) -> Json:
    return {
        "element": secured.element.id,
        "name": secured.element.name,
        "articles": list(secured.element.articles),
        "criterion": secured.element.criterion,
        "cover": secured.cover.value,
        "verification": secured.verification.value,
        "left_open": secured.element.left_open,
        "duties": [{"id": duty.id, **_as_dict(_standing_json(standing))} for duty, standing in secured.standings],
    }


def _as_dict(value: Json) -> dict[str, Json]:
    assert isinstance(value, dict)
    return value
