"""The TIA of one destination as Markdown: conclusion first, then every step with its source."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.assessment import Assessment, FindingRecord, GroundRecord, RegimeRecord
from transfers.canonical import Json
from transfers.documents import words
from transfers.documents.blocks import escaped
from transfers.documents.reasons import advice, decisive_reason
from transfers.documents.tia import Tia


def tia_markdown(tia: Tia) -> str:
    """The whole document. Text that came from data is escaped and cannot become markup."""
    notes = _Notes()
    lines = [*_head(tia), *_conclusion(tia)]
    for assessment in tia.assessments:
        lines += _route(assessment, notes)
    lines += [*_access_laws(tia), *notes.section(), *_END]
    return "\n".join(lines).rstrip() + "\n"


class _Notes:
    """Numbered source notes: one per fact, in the order of first citation."""

    def __init__(self) -> None:
        self._numbers: dict[GroundRecord, int] = {}

    def marks(self, grounds: tuple[GroundRecord, ...]) -> str:
        numbers = [self._numbers.setdefault(ground, len(self._numbers) + 1) for ground in grounds]
        return "".join(f" [{number}]" for number in numbers)

    def section(self) -> Iterator[str]:
        if not self._numbers:
            return
        yield from (
            "## Sources",
            "",
            "Each note names the fact, what it does here, how it was checked and the day its source reached.",
            "",
        )
        for ground, number in self._numbers.items():
            yield f"{number}. {_note(ground)}"
        yield ""


def _note(ground: GroundRecord) -> str:
    period = words.period_of(ground.valid_from, ground.valid_to)
    parts = [
        f"**{escaped(ground.statement)}**" + (f" ({period})" if period else ""),
        f"{words.ROLES[ground.role]}; {words.VERIFICATIONS[ground.verification]}"
        + (f", as of {ground.verified_on}" if ground.verified_on else "")
        + ("; **older than its limit**" if ground.stale else "")
        + ("; from your own workspace" if ground.origin == "workspace" else ""),
        f"{escaped(ground.source)}" + (f", <{ground.url}>" if ground.url else ""),
        f"`{ground.fact}`",
    ]
    return ". ".join(parts)


def _head(tia: Tia) -> list[str]:
    depth = (
        "The law of this destination on access by authorities has been researched in depth."
        if tia.depth == "full"
        else "The law of this destination on access by authorities has NOT been researched in depth; only treaties and findings of adequacy are on file."
    )
    return [
        f"# Transfer impact assessment: {escaped(tia.name)} ({escaped(tia.destination)})",
        "",
        f"As of {tia.as_of}. {depth}",
        "",
    ]


def _conclusion(tia: Tia) -> Iterator[str]:
    yield from ("## Conclusion", "", "| Route | Result | What decides |", "| --- | --- | --- |")
    for assessment in tia.assessments:
        yield f"| {escaped(assessment.title or assessment.route)} | **{words.OUTCOMES[assessment.outcome]}** | {escaped(decisive_reason(assessment))} |"
    yield ""
    if tia.summary:
        yield from (f"About the destination: {escaped(tia.summary)}", "")


def _route(assessment: Assessment, notes: _Notes) -> Iterator[str]:
    yield from (f"## Route: {escaped(assessment.title or assessment.route)}", "")
    yield from (f"**{words.OUTCOMES[assessment.outcome]}.** {advice(assessment)}", "")
    yield from _facts(assessment)
    for title, binding in (("What must be met", True), ("What Article 14 of Convention 108+ would ask besides", False)):
        chosen = [condition for condition in assessment.conditions if condition.binding is binding]
        yield from _list(title, [f"{escaped(condition.text)} (`{condition.provision}`)" for condition in chosen])
    yield from _list(
        "Open questions",
        [
            f"{escaped(question.text)} Ask {words.ASKED[question.ask]}. (`{question.id}`)"
            for question in assessment.questions
        ],
    )
    yield from _list("What could open the way", [escaped(option) for option in assessment.options])
    yield from _list("Planned, and not counted", [escaped(planned) for planned in assessment.planned])
    told: set[FindingRecord] = set()
    for regime in assessment.regimes:
        yield from _regime(regime, notes, told)
    yield from _benchmark(assessment, notes, told)
    yield from _list("Where authorities or readings differ", [escaped(point) for point in assessment.contested])
    yield from _list("To watch", [escaped(point) for point in assessment.watch])
    yield from _filing(assessment)


def _facts(assessment: Assessment) -> Iterator[str]:
    route = assessment.inputs.route
    exporter = route.get("exporter")
    yield from ("### The route", "", "| | |", "| --- | --- |")
    if isinstance(exporter, dict):
        name = exporter.get("name") or "not named"
        country, role = exporter.get("country") or "country not given", exporter.get("role") or "role not given"
        yield f"| Exporter | {escaped(str(name))}, {escaped(_place(assessment, str(country)))}, {escaped(str(role))} |"
    for leg in assessment.legs:
        yield f"| Leg `{escaped(leg.id)}` | {escaped(leg.name)} in {escaped(_place(assessment, leg.to))}: {words.OUTCOMES[leg.outcome]} |"
    if len(assessment.legs) > 1 and assessment.weakest_leg:
        yield f"| Weakest leg | `{escaped(assessment.weakest_leg)}` |"
    for label, value in (
        ("Purpose", _flat(route.get("purpose"))),
        ("Frequency", route.get("frequency")),
        ("Data", _flat(route.get("data"))),
        ("Tools relied on", _claims(route.get("mechanisms"), "tool")),
        ("Measures", _claims(route.get("measures"), "id")),
        ("Answers given", _answers(assessment.inputs.answers)),
        *(
            (f"Answers of {one['id']}", _answers(told))
            for one in assessment.inputs.importers
            if isinstance(told := one.get("answers"), dict)
        ),
        ("Note", route.get("note")),
    ):
        if value:
            yield f"| {label} | {escaped(str(value))} |"
    yield ""


def _place(assessment: Assessment, place: str | None) -> str:
    """The name of a place as the route or the engine wrote it."""
    return assessment.places.get(place or "", place or "an unknown place")


def _flat(value: Json) -> str:
    if isinstance(value, dict):
        return "; ".join(
            f"{name.replace('_', ' ')}: {_flat(item)}" for name, item in value.items() if item not in (None, [], {})
        )
    if isinstance(value, list):
        return ", ".join(_flat(item) for item in value)
    return str(value).replace("_", " ") if value is not None else ""


def _claims(value: Json, name: str) -> str:
    """Tools or measures with their status; a list that is missing was not answered."""
    if not isinstance(value, list):
        return "not answered"
    claims = [claim for claim in value if isinstance(claim, dict)]
    named = [
        f"{claim.get(name)} ({_flat(claim['status'])})" if claim.get("status") else str(claim.get(name))
        for claim in claims
    ]
    return ", ".join(named) or "none"


def _answers(answers: dict[str, Json]) -> str:
    """Each answer with who gave it, when and on what."""
    return "; ".join(f"{criterion}: {_flat(answer)}" for criterion, answer in sorted(answers.items()))


def _regime(regime: RegimeRecord, notes: _Notes, told: set[FindingRecord]) -> Iterator[str]:
    carried = (
        f" This reading takes the outcome of `{regime.carried_by}`, which carries it out." if regime.carried_by else ""
    )
    yield from (f"### {escaped(regime.name)}: {words.OUTCOMES[regime.outcome]}", "")
    if carried:
        yield from (carried.strip(), "")
    yield from _findings(regime.findings, notes, told)
    lines = [
        f"{words.DOCTRINES.get(line.doctrine, line.doctrine)}: {words.OUTCOMES[line.outcome]}" for line in regime.lines
    ]
    yield from _list("The two lines", lines)


def _benchmark(assessment: Assessment, notes: _Notes, told: set[FindingRecord]) -> Iterator[str]:
    benchmark = assessment.benchmark
    yield from (f"### Convention 108+, article 14 as a benchmark: {words.OUTCOMES[benchmark.outcome]}", "")
    binding = "It is in force" if benchmark.in_force == "yes" else "It is not in force on this day"
    yield f"{binding}; the benchmark stands beside the result and does not change it."
    yield ""
    yield from _findings(benchmark.findings, notes, told)


def _findings(findings: tuple[FindingRecord, ...], notes: _Notes, told: set[FindingRecord]) -> Iterator[str]:
    """Each finding once per route; a later reading refers to what an earlier one has told."""
    new = [finding for finding in findings if finding not in told]
    told.update(new)
    if new:
        yield from ("| Question | Answer | Why | Provision |", "| --- | --- | --- | --- |")
    for finding in new:
        reason = f"{escaped(finding.because)}{notes.marks(finding.grounds)}"
        yield f"| {escaped(finding.question)} | {words.TRUTHS[finding.truth]} | {reason} | `{finding.provision}` |"
    yield ""
    if len(new) < len(findings):
        shared = dict.fromkeys(f"`{finding.provision}`" for finding in findings if finding not in new)
        yield from (f"The findings above on {', '.join(shared)} are part of this reading too.", "")


def _access_laws(tia: Tia) -> Iterator[str]:
    if tia.depth != "full":
        return
    yield from (f"## Access by authorities in {escaped(tia.name)}", "")
    yield from (
        "### European Essential Guarantees",
        "",
        "| Guarantee | Area | Rating | Why | Source |",
        "| --- | --- | --- | --- | --- |",
    )
    for row in tia.ratings:
        source = f"{escaped(row.source)} ({words.VERIFICATIONS[row.verification]})"
        guarantee, area = f"{row.head}: {words.HEADS[row.head]}", words.AREAS.get(row.area, row.area)
        yield f"| {guarantee} | {area} | **{words.RATINGS[row.rating]}** | {escaped(row.reasoning)} | {source} |"
    yield from (
        "",
        "### Access laws in force on this day",
        "",
        "| Law | Who can be addressed | Who authorises | Remedies for persons abroad | Checked |",
        "| --- | --- | --- | --- | --- |",
    )
    for law in tia.access_laws:
        yield (
            f"| {escaped(law.name)}, {escaped(law.citation)}{_sunset(law.sunset)} | {escaped(law.addressees)} "
            f"| {escaped(law.authorisation)} | {escaped(law.remedies)} | {words.VERIFICATIONS[law.verification]} |"
        )
    yield ""


def _sunset(sunset: str | None) -> str:
    return f". **Limited in time:** {escaped(sunset)}" if sunset else ""


def _filing(assessment: Assessment) -> Iterator[str]:
    policy = ", ".join(words.POLICIES[name].format(value=value) for name, value in assessment.policy.items() if value)
    yield from ("### For the file", "")
    yield f"- Review by {assessment.review_by}, and at once on a new law or judgment, a notice of the importer, or a change of place, vendor or data."
    if policy:
        yield f"- Read with: {escaped(policy)}."
    yield f"- Facts version {assessment.knowledge.version}, fingerprint `{assessment.knowledge.fingerprint}`; engine {assessment.engine}."
    yield f"- Digest of this assessment: `{assessment.digest}`."
    yield ""


def _list(title: str, items: list[str]) -> Iterator[str]:
    if not items:
        return
    yield from (f"### {title}", "")
    yield from (f"- {item}" for item in items)
    yield ""


_END = [
    "## Sign-off",
    "",
    "| | Name | Date | Signature |",
    "| --- | --- | --- | --- |",
    "| Prepared by | | | |",
    "| Data protection officer | | | |",
    "| Approved by | | | |",
    "",
    words.OUTSIDE,
    "",
    "This assessment organises law and facts for those who decide; it is no legal advice.",
]
