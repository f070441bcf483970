"""An assessment for the terminal: the answer, the reason, and what to do, on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transfers.assessment import Assessment, FindingRecord, GroundRecord
from transfers.documents import words
from transfers.documents.lines import plain, wrapped
from transfers.documents.reasons import advice, decisive_reason
from transfers.finding import Outcome


def assessment_text(assessment: Assessment) -> str:
    """One assessment as plain text, the day first."""
    return "\n".join(_lines(assessment)).rstrip() + "\n"


def overview(assessments: Iterable[Assessment]) -> str:
    """Many assessments as a table, the strictest first."""
    from tabulate import tabulate

    ordered = sorted(assessments, key=lambda one: (-Outcome.of_word(one.outcome), one.route))
    rows = [
        (
            one.route,
            one.destination or "?",
            words.OUTCOMES[one.outcome],
            words.OUTCOMES[one.benchmark.outcome],
            len(one.questions),
            one.review_by,
        )
        for one in ordered
    ]
    headers = ("route", "to", "result", "Article 14 benchmark", "open questions", "review by")
    return tabulate(rows, headers=headers, maxcolwidths=[36, None, 28, 28, None, None])


def explanation(assessment: Assessment, wanted: str | None) -> str:
    """Every finding, or those of one rule or provision, with question, reason and sources."""
    lines = [f"As of {assessment.as_of}: {assessment.route}: {words.OUTCOMES[assessment.outcome]}", ""]
    groups = [(regime.name, regime.outcome, regime.findings) for regime in assessment.regimes]
    groups.append(
        ("Convention 108+, article 14 (benchmark)", assessment.benchmark.outcome, assessment.benchmark.findings)
    )
    for name, outcome, findings in groups:
        chosen = [finding for finding in findings if wanted is None or wanted in (finding.rule, finding.provision)]
        if chosen:
            lines.append(f"{name}: {words.OUTCOMES[outcome]}")
            lines += [line for finding in chosen for line in _finding(finding)]
    return "\n".join(lines).rstrip() + "\n"


def _lines(assessment: Assessment) -> Iterator[str]:
    yield f"As of {assessment.as_of}"
    yield f"{plain(assessment.title or assessment.route)} -> {_place(assessment, assessment.destination)}"
    yield ""
    yield f"{words.OUTCOMES[assessment.outcome].upper()}"
    yield from wrapped(f"{plain(decisive_reason(assessment))}")
    yield from wrapped(advice(assessment))
    yield ""
    for regime in assessment.regimes:
        carried = f" (as {regime.carried_by})" if regime.carried_by else ""
        yield f"  {words.OUTCOMES[regime.outcome]:<52} {regime.name}{carried}"
    force = "in force" if assessment.benchmark.in_force == "yes" else "not in force: benchmark only"
    yield f"  {words.OUTCOMES[assessment.benchmark.outcome]:<52} Convention 108+, article 14 ({force})"
    yield ""
    if len(assessment.legs) > 1:
        yield from _list(
            "Legs",
            [f"{leg.name} in {_place(assessment, leg.to)}: {words.OUTCOMES[leg.outcome]}" for leg in assessment.legs],
        )
    binding = [condition.text for condition in assessment.conditions if condition.binding]
    beside = [condition.text for condition in assessment.conditions if not condition.binding]
    yield from _list("What must be met", binding)
    yield from _list("What Article 14 of Convention 108+ would ask besides", beside)
    yield from _list(
        "Open questions",
        [f"{question.text} [{question.id}] Ask {words.ASKED[question.ask]}." for question in assessment.questions],
    )
    yield from _list("What could open the way", list(assessment.options))
    yield from _list("Planned, and not counted", list(assessment.planned))
    yield from _list("Where readings differ", list(assessment.contested))
    yield from _list("To watch", list(assessment.watch))
    yield f"Review by {assessment.review_by}. Facts {assessment.knowledge.version}, engine {assessment.engine}, {assessment.digest[:19]}..."


def _place(assessment: Assessment, place: str | None) -> str:
    return assessment.places.get(place or "", "an unknown place")


def _finding(finding: FindingRecord) -> Iterator[str]:
    yield from wrapped(
        f"{finding.question} {words.TRUTHS[finding.truth].upper()}. {plain(finding.because)}", "  - ", "    "
    )
    yield f"      {finding.rule}, {finding.provision}, leg {finding.leg}"
    for ground in finding.grounds:
        yield from wrapped(_source(ground), "      * ", "        ")


def _source(ground: GroundRecord) -> str:
    period = words.period_of(ground.valid_from, ground.valid_to)
    checked = words.VERIFICATIONS[ground.verification] + (f", as of {ground.verified_on}" if ground.verified_on else "")
    return f"{ground.statement}{' (' + period + ')' if period else ''}; {words.ROLES[ground.role]}; {checked}; {ground.url or ground.source} [{ground.fact}]"


def _list(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield title
        for item in items:
            yield from wrapped(plain(item), "  - ", "    ")
        yield ""
