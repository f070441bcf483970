"""A batch told at a glance: how many routes end how, where they lead and to whom, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from country_reports.hub import Hub
from transfers.documents import words
from transfers.documents.blocks import Block, Document, Figure, Heading, Paragraph, Table
from transfers.documents.pictures.outcome_map import outcome_map
from transfers.finding import Outcome
from transfers.portfolio.results import ITEMS, RESULTS, Decision, Verdict
from transfers.portfolio.rows import Tally

MOST_LINES = 200
"""Lines of a table in a document; a spreadsheet is the place for more."""


_REASONS = RESULTS.index("reasons")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, the key it was found for, how many rows share it, and the cells of the first of them that decide nothing."""

    key: str
    decision: Decision
    rows: int
    free: dict[str, str]


def answered(verdicts: Mapping[str, Verdict], tally: Tally) -> tuple[Answered, ...]:
    """Every answer that some row has, the strictest first and then by its first row."""
    found = []
    for key, exemplar in tally.exemplars.items():
        decision = verdicts[key]
        assert isinstance(decision, Decision)
        found.append(Answered(key, decision, exemplar.rows, exemplar.free))
    return tuple(sorted(found, key=lambda one: -Outcome.of_word(one.decision.outcome)))


def summary(answers: Iterable[Answered], tally: Tally, hub: Hub, under: str, day: date) -> Document:
    """The whole batch as a document; ``under`` says when in law, on which facts and how it was judged."""
    every = tuple(answers)
    rows = tally.assessed + tally.rejected
    total = (
        f"Rows read: {rows} = assessed {tally.assessed} + rejected {tally.rejected}. Distinct answers: {len(every)}."
    )
    blocks: list[Block] = [Paragraph(total, strong=True), Paragraph(under)]
    blocks += [Heading(2, "By result"), _by_outcome(every), *_map(every, hub)]
    blocks += [Heading(2, "By destination"), *_grouped(every, lambda one: one.destination, "Destination", _place(hub))]
    blocks += [Heading(2, "By importer"), *_grouped(every, lambda one: one.importer, "Importer", _importer)]
    return Document("Transfers assessed", tuple(blocks), under, day)


def rest(answers: Iterable[Answered], in_full: int) -> tuple[Block, ...]:
    """Answers for one destination as a table: those told in full above, and those that are not."""
    every = tuple(answers)
    shared = sum(one.rows for one in every)
    if shared == min(len(every), in_full):
        return ()
    told = f"{shared} routes lead here, with {len(every)} different answers. The first {min(len(every), in_full)} are told in full above, the strictest first."
    lines = tuple(
        (
            one.free.get("id", ""),
            str(one.rows),
            words.OUTCOMES[one.decision.outcome],
            one.decision.cells[_REASONS].replace(ITEMS, ", "),
        )
        for one in every[:MOST_LINES]
    )
    table = Table(("First route", "Routes with this answer", "Result", "Reasons"), lines)
    return (Heading(2, "All routes to this destination"), Paragraph(told), table, *_left_out(len(every)))


def _map(answers: Iterable[Answered], hub: Hub) -> Iterator[Block]:
    """Each destination with its strictest result."""
    worst: dict[str, Outcome] = {}
    for one in answers:
        place, outcome = one.decision.destination, Outcome.of_word(one.decision.outcome)
        worst[place] = max(outcome, worst.get(place, outcome))
    if worst:
        drawn = outcome_map({place: outcome.word for place, outcome in worst.items()}, places=hub.places)
        yield Figure(drawn.svg, drawn.alt, "Destinations, each with its strictest result", drawn.width, drawn.height)


def _by_outcome(answers: Iterable[Answered]) -> Table:
    rows: Counter[str] = Counter()
    distinct: Counter[str] = Counter()
    for one in answers:
        rows[one.decision.outcome] += one.rows
        distinct[one.decision.outcome] += 1
    ordered = sorted(rows, key=lambda word: -Outcome.of_word(word))
    lines = tuple((words.OUTCOMES[word], str(rows[word]), str(distinct[word])) for word in ordered)
    return Table(("Result", "Routes", "Distinct answers"), lines)


def _grouped(
    answers: Iterable[Answered], group: Callable[[Decision], str], heading: str, name: Callable[[str], str]
) -> Iterator[Block]:
    """One line for each group: its strictest result, and how many routes may not go, are open, and may go."""
    counts: dict[str, Counter[str]] = {}
    for one in answers:
        counts.setdefault(group(one.decision), Counter())[one.decision.outcome] += one.rows
    ordered = sorted(counts, key=lambda key: (-_worst(counts[key]), -counts[key].total(), key))
    lines = tuple(
        (
            name(key),
            _worst(counts[key]).word,
            str(counts[key].total()),
            str(counts[key]["not_permitted"]),
            str(counts[key]["undetermined"]),
            str(sum(count for word, count in counts[key].items() if Outcome.of_word(word).permissible)),
        )
        for key in ordered[:MOST_LINES]
    )
    yield Table((heading, "Strictest", "Routes", "Not permitted", "Undetermined", "Permissible"), lines)
    yield from _left_out(len(ordered))


def _left_out(count: int) -> Iterator[Block]:
    if count > MOST_LINES:
        yield Paragraph(f"And {count - MOST_LINES} more; see the table of results.")


def _worst(counts: Counter[str]) -> Outcome:
    return max(map(Outcome.of_word, counts))


def _place(hub: Hub) -> Callable[[str], str]:
    return lambda place: f"{hub.places[place].name} ({place})" if place in hub.places else "not known"


def _importer(name: str) -> str:
    return "not known" if name == "unknown" else name
