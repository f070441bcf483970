"""What the document of an assessment says: every finding, every source, in every layout, for every golden route."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from country_reports.records import read_record
from tests.conftest import EXAMPLES, ROOT
from tests.transfers.document_contents import cites_in_order, facts_of_notes, told_in
from transfers.assessment import Assessment, FindingRecord, assess
from transfers.documents import words
from transfers.documents.blocks import Document, Heading, Notes
from transfers.documents.layouts import LAYOUTS
from transfers.documents.parts import ROUTE_PARTS, WHOLE_PARTS
from transfers.documents.tia import Tia, by_destination
from transfers.documents.tia_document import tia_document
from transfers.documents.topics import Topic, topic_of
from transfers.documents.writing import safe_name
from transfers.finding import Outcome
from transfers.golden import GoldenRun
from transfers.knowledge import Knowledge
from transfers.law.judge import RULES
from transfers.route import Route

TODAY = date(2026, 11, 23)
GOLDEN = sorted(path for path in (ROOT / "tests" / "cases").rglob("*.yaml") if "workspace" not in path.parts)
WHOLE = [name for name, layout in LAYOUTS.items() if layout.whole]


@cache
def examples() -> tuple[Tia, ...]:
    knowledge = Knowledge(ROOT / "examples" / "workspace")
    return by_destination([assess(read_record(path, Route), knowledge, TODAY) for path in EXAMPLES], knowledge.hub)


def findings_of(assessment: Assessment) -> Iterator[FindingRecord]:
    for regime in assessment.regimes:
        yield from regime.findings
    yield from assessment.benchmark.findings


def untold(document: Document, assessment: Assessment) -> list[str]:
    """Findings whose reason, provision and sources do not stand together in one line of the document."""
    lines: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    facts = facts_of_notes(document)
    for line in told_in(document):
        sources = frozenset(facts[number] for number in line.sources)
        for text in line.text.split("\n"):
            lines.setdefault(text, []).append((line.codes, sources))
    return [
        f"{finding.rule} ({finding.leg}): {finding.because}"
        for finding in findings_of(assessment)
        if not any(
            finding.provision in codes and {ground.fact for ground in finding.grounds} <= sources
            for codes, sources in lines.get(finding.because, [])
        )
    ]


def unsourced(document: Document, tia: Tia) -> list[str]:
    """Sentences of the engine and of the country report that state law and stand without a source and without a provision."""
    law = {text for row in tia.ratings for text in (row.reasoning,)} | {row.name for row in tia.access_laws}
    law |= {tia.summary} if tia.summary else set()
    for one in tia.assessments:
        law |= {finding.because for finding in findings_of(one)} | {condition.text for condition in one.conditions}
        law |= {*one.contested, *one.watch, *one.options}
    bare = [line.text for line in told_in(document) if not line.sources and not line.codes]
    return [text for text in bare for sentence in law if sentence in text]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_every_finding_of_every_golden_route_is_told_with_provision_and_sources(path: Path) -> None:
    run = GoldenRun(path)
    for number, case in enumerate(run.cases):
        assessment = run.assessment(number)
        for tia in by_destination([assessment], run.knowledge.hub):
            document = tia_document(tia)
            assert not untold(document, assessment), case.name
            assert not unsourced(document, tia), case.name


@pytest.mark.parametrize("layout", WHOLE)
def test_every_layout_tells_every_finding_condition_and_question(layout: str) -> None:
    for tia in examples():
        document = tia_document(tia, layout)
        text = "\n".join(line.text for line in told_in(document))
        codes = {code for line in told_in(document) for code in line.codes}
        for assessment in tia.assessments:
            assert not untold(document, assessment)
            assert not unsourced(document, tia)
            asked = [one.text for one in assessment.conditions] + [one.text for one in assessment.questions]
            assert not [one for one in asked if one not in text]
            assert {question.id for question in assessment.questions} <= codes
            assert {assessment.digest, assessment.knowledge.fingerprint} <= codes
            assert assessment.review_by in text
            assert words.OUTCOMES[assessment.outcome] in text
            assert all(name in text or name in codes for name in assessment.planned)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sources_are_numbered_once_for_each_fact_in_the_order_of_citation(layout: str) -> None:
    for tia in examples():
        document = tia_document(tia, layout)
        first_seen = list(dict.fromkeys(cites_in_order(document)))
        assert first_seen == list(range(1, len(first_seen) + 1))
        facts = facts_of_notes(document)
        assert list(facts) == first_seen
        assert len(set(facts.values())) == len(facts)
        assert isinstance(document.blocks[-1], Notes) or not facts


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headings_step_down_one_level_at_a_time_and_none_is_without_text_below(layout: str) -> None:
    for tia in examples():
        blocks = list(tia_document(tia, layout).with_title)
        for before, after in itertools.pairwise(blocks):
            if isinstance(after, Heading) and isinstance(before, Heading):
                assert after.level == before.level + 1
        levels = [block.level for block in blocks if isinstance(block, Heading)]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
        assert not isinstance(blocks[-1], Heading)


def test_the_conclusion_comes_first_and_the_sources_last() -> None:
    for tia in examples():
        chapters = [block.text for block in tia_document(tia).blocks if isinstance(block, Heading) and block.level == 2]
        assert chapters[0] == ("Conclusion" if len(tia.assessments) == 1 else "Overview")
        assert chapters[-3:] == ["Sign-off", "Annex: provisions cited", "Annex: sources"]


def test_a_whole_layout_leaves_out_no_part_and_a_layout_names_none_that_does_not_exist() -> None:
    needed = {
        "result",
        "results_by_law",
        "conditions",
        "whom_to_tell",
        "next_steps",
        "picture",
        "parties",
        "legal_layers",
        "legs",
    }
    needed |= {"depth", "guarantees", "access_laws", "evidence", "measure_table", "article_14_reading", "asked_besides"}
    needed |= {"demonstration", "questions", "contested", "options", "planned", "review", "watch", "answers", *Topic}
    for name, layout in LAYOUTS.items():
        told = [part for section in layout.route for part in section.parts]
        assert len(told) == len(set(told)), name
        assert set(told) <= set(ROUTE_PARTS), name
        closing = {part for section in layout.closing for part in section.parts}
        assert closing <= set(WHOLE_PARTS), name
        if layout.whole:
            assert needed <= set(told), f"{name} leaves out {needed - set(told)}"
            assert closing == set(WHOLE_PARTS)


def test_the_command_line_knows_every_layout() -> None:
    from transfers.cli.assess import LAYOUTS as OFFERED

    assert tuple(LAYOUTS) == OFFERED


def test_every_rule_has_its_head() -> None:
    """A rule of a new family would be told with the transfer itself; say where it belongs."""
    for rule in RULES:
        if topic_of(rule) is Topic.TRANSFER:
            assert rule.split(".")[0] in ("eu-gdpr", "on-record", "exporter_law"), rule


def test_every_outcome_has_its_words() -> None:
    for outcome in Outcome:
        assert outcome.word in words.OUTCOMES
        assert outcome.word in words.ADVICE


def test_the_state_of_every_condition_is_told_stated_or_not(knowledge: Knowledge) -> None:
    route = read_record(ROOT / "examples" / "es-clinic-backup-to-us-cloud.yaml", Route)
    (tia,) = by_destination([assess(route, knowledge, TODAY)], knowledge.hub)
    rows = {code: line.text for line in told_in(tia_document(tia)) for code in line.codes if len(line.codes) == 1}
    assert rows["edpb-01-2020:UC1.1"].endswith("in place")
    assert rows["edpb-01-2020:UC2.1"].endswith("not known: not stated")
    assert rows["edpb-01-2020:UC5.6"].endswith("not known: not stated")


def test_the_law_of_a_destination_is_told_once_for_all_routes_to_it() -> None:
    (tia,) = (tia for tia in examples() if tia.destination == "US")
    lines = [line.text for line in told_in(tia_document(tia))]
    assert sum(tia.ratings[0].reasoning in line for line in lines) == 1
    assert sum("told with the first route above" in line for line in lines) == 2 * (len(tia.assessments) - 1)


@pytest.mark.parametrize(
    ("name", "safe"),
    [("US", "US"), ("AE-DIFC", "AE-DIFC"), ("../../etc/passwd", "etc-passwd"), ("a b/c", "a-b-c"), ("", "unnamed")],
)
def test_file_names_from_data_never_leave_the_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe
