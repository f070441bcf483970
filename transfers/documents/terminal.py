"""An assessment for the terminal: the answer, the reason, and what to do, on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transfers.assessment import Assessment, FindingRecord, GroundRecord
from transfers.documents import words
from transfers.documents.alike import SHOWN, Alike, Recipients, same_of_others
from transfers.documents.lines import plain, wrapped
from transfers.documents.reasons import advice, decisive_reason
from transfers.documents.saying import _, dated, marked, told
from transfers.finding import Outcome
from transfers.languages import unmarked


def assessment_text(assessment: Assessment) -> str:
    """One assessment as plain text, the day first, in the language spoken."""
    return unmarked("\n".join(_lines(assessment)).rstrip() + "\n")


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
            dated(one.review_by),
        )
        for one in ordered
    ]
    headers = tuple(
        map(
            _,
            (
                marked("route"),
                marked("to"),
                marked("result"),
                marked("Article 14 benchmark"),
                marked("open questions"),
                marked("review by"),
            ),
        )
    )
    return tabulate(rows, headers=headers, maxcolwidths=[36, None, 28, 28, None, None])


def explanation(assessment: Assessment, wanted: str | None) -> str:
    """Every finding, or those of one rule or provision, with question, reason and sources."""
    lines = [f"As of {assessment.as_of}: {assessment.route}: {words.OUTCOMES[assessment.outcome]}", ""]
    recipients = Recipients(assessment)
    groups = [(regime.name, regime.outcome, regime.findings) for regime in assessment.regimes]
    groups.append(
        ("Convention 108+, article 14 (benchmark)", assessment.benchmark.outcome, assessment.benchmark.findings)
    )
    for name, outcome, findings in groups:
        chosen = [finding for finding in findings if wanted is None or wanted in (finding.rule, finding.provision)]
        if chosen:
            lines.append(f"{name}: {words.OUTCOMES[outcome]}")
            lines += [line for alike in recipients.findings(chosen) for line in _finding(alike)]
    return "\n".join(lines).rstrip() + "\n"


def _lines(assessment: Assessment) -> Iterator[str]:
    yield told(_("As of {day}"), day=dated(assessment.as_of))
    yield f"{_plain(assessment.title or assessment.route)} -> {_place(assessment, assessment.destination)}"
    yield ""
    yield f"{words.OUTCOMES[assessment.outcome].upper()}"
    yield from wrapped(f"{_plain(decisive_reason(assessment))}")
    yield from wrapped(advice(assessment))
    yield ""
    for regime in assessment.regimes:
        carried = told(_(" (as {law})"), law=regime.carried_by) if regime.carried_by else ""
        yield f"  {words.OUTCOMES[regime.outcome]:<52} {regime.name}{carried}"
    force = _("in force") if assessment.benchmark.in_force == "yes" else _("not in force: benchmark only")
    article = told(_("Convention 108+, article 14 ({force})"), force=force)
    yield f"  {words.OUTCOMES[assessment.benchmark.outcome]:<52} {article}"
    yield ""
    recipients = Recipients(assessment)
    if len(assessment.legs) > 1:
        yield from _list(_("Legs"), list(_legs(assessment, recipients)))
    binding = [condition.text for condition in assessment.conditions if condition.binding]
    beside = [condition.text for condition in assessment.conditions if not condition.binding]
    yield from _list(_("What must be met"), binding)
    yield from _list(_("What Article 14 of Convention 108+ would ask besides"), beside)
    yield from _list(
        _questions_heading(len(assessment.questions)),
        [
            told(
                _("{question} [{id}] Ask {whom}."),
                question=alike.first.text,
                id=alike.first.id,
                whom=words.ASKED[alike.first.ask],
            )
            + same_of_others(alike)
            for alike in recipients.questions()
        ],
    )
    yield from _list(_("What could open the way"), list(assessment.options))
    yield from _list(_("Planned, and not counted"), list(assessment.planned))
    yield from _list(_("Where readings differ"), list(assessment.contested))
    yield from _list(_("To watch"), list(assessment.watch))
    yield told(
        _("Review by {day}. Facts {facts}, engine {engine}, {digest}..."),
        day=dated(assessment.review_by),
        facts=assessment.knowledge.version,
        engine=assessment.engine,
        digest=assessment.digest[:19],
    )


def _questions_heading(questions: int) -> str:
    if questions <= AT_A_GLANCE:
        return _("Open questions")
    more = _(
        "Open questions ({number}; `transborder questions` puts first those that decide and says where each answer leads)"
    )
    return told(more, number=str(questions))


AT_A_GLANCE = 8
"""Open questions that are read at a glance; of more, there is a command that weighs them."""


def _legs(assessment: Assessment, recipients: Recipients) -> Iterator[str]:
    found = list(recipients.legs())
    for alike in found:
        leg = alike.first
        text = told(
            _("{recipient} in {place}: {outcome}"),
            recipient=leg.name,
            place=_place(assessment, leg.to),
            outcome=words.OUTCOMES[leg.outcome],
        )
        others = same_of_others(alike)
        yield f"{text}.{others}" if others else text
    if any(alike.others > SHOWN for alike in found):
        yield told(_("All {number} are named in the assessment as JSON (--format json)."), number=len(assessment.legs))


def _plain(text: str) -> str:
    return plain(unmarked(text))


def _place(assessment: Assessment, place: str | None) -> str:
    return assessment.places.get(place or "", _("an unknown place"))


def _finding(alike: Alike[FindingRecord]) -> Iterator[str]:
    finding = alike.first
    yield from wrapped(
        f"{finding.question} {words.TRUTHS[finding.truth].upper()}. {_plain(finding.because)}", "  - ", "    "
    )
    yield from wrapped(
        f"{finding.rule}, {finding.provision}, leg {finding.leg}{'.' if alike.others > 0 else ''}{same_of_others(alike)}",
        "      ",
        "        ",
    )
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
            yield from wrapped(_plain(item), "  - ", "    ")
        yield ""
