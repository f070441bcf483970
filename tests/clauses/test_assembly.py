"""Papers made out of answers: complete for every deep set and module, true to what was answered, and safe from what is typed in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clauses.assembly import assemble, made_out
from clauses.paper.adaptation_texts import read_adaptation_texts
from clauses.paper.answers import Answers, read_answers
from clauses.paper.answers_template import answers_template
from clauses.paper.common_fields import read_common_fields
from clauses.paper.draft import From, Kind
from clauses.paper.draft_file import as_json, changed_by_hand, read_draft
from clauses.paper.filing_days import _COUNTED_FROM, last_day
from clauses.paper.trouble import BadAgreement
from clauses.paper.wording import gaps_in
from clauses.paper.worked_out import _RULES
from clauses.supplementary import read_supplementary
from country_reports.records import BadRecord, Plain
from tests.clauses.papers import (
    DAY,
    GOLDEN,
    HUB,
    LIBRARY,
    PAPERS,
    answered,
    as_golden,
    contract_of,
    day_of,
    first_answers,
)
from transfers.documents.agreement import agreement_document
from transfers.documents.writers import WRITERS
from transfers.law.catalogue import provisions

ALL = sorted(PAPERS)


@pytest.fixture(scope="module", params=ALL)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def squeezed(text: str) -> str:
    """Without spaces, marks of tables and escapes: what a reader reads, wherever lines were broken."""
    return re.sub(r"[\s\\]", "", text)


def test_the_paper_is_the_one_on_file(name: str) -> None:
    made = as_golden(assemble(contract_of(answered(name), day_of(name))))
    on_file = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert made == on_file, "if the change is meant, run python -m tests.clauses.papers and read the difference"


def test_no_golden_draft_is_of_a_paper_that_is_gone() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == ALL


def test_every_answer_stands_in_the_paper_in_every_format(name: str) -> None:
    answers = answered(name)
    document = agreement_document(assemble(contract_of(answers, day_of(name))))
    given = {text for text in _texts(answers) if text.startswith("Answer ")}
    assert given
    for form, write in WRITERS.items():
        text = squeezed(write(document))
        missing = [answer for answer in given if squeezed(answer) not in text]
        assert not missing, form
        assert "[tofillin" not in text


def _texts(plain: Plain) -> list[str]:
    if isinstance(plain, dict):
        return [text for value in plain.values() for text in _texts(value)]
    if isinstance(plain, list):
        return [text for value in plain for text in _texts(value)]
    return [plain] if isinstance(plain, str) else []


def test_what_nobody_answered_is_listed_first_and_marked_in_its_place(name: str) -> None:
    draft = made_out(contract_of(first_answers(name), day_of(name)))
    text = WRITERS["md"](agreement_document(draft)).replace("\\", "")
    before, _, after = text.partition("\n## ")
    assert draft.blanks
    for blank in draft.blanks:
        assert f"answer {blank.field}" in before
        assert f"[to fill in: {blank.label}]" in after
    assert not any(entry.value is not None and not entry.value.text.strip() for entry in draft.entries)


def test_only_official_forms_give_a_sheet_instead_of_an_agreement(name: str) -> None:
    contract = contract_of(answered(name), day_of(name))
    draft = made_out(contract)
    official = any(line.base.official_form_only for line in contract.lines)
    assert (draft.kind is Kind.DATA_SHEET) is official
    assert any(part.id == "signatures" for part in draft.parts) is not official
    assert any(part.id == "filing" for part in draft.parts) is official


def test_numbers_of_clauses_are_printed_only_where_they_were_read(name: str) -> None:
    contract = contract_of(answered(name), day_of(name))
    draft = made_out(contract)
    printed = " ".join(sentence for part in draft.parts if not part.is_note for sentence in part.text)
    printed += " ".join(
        f"{entry.at} {entry.label}" for part in draft.parts if not part.is_note for entry in part.entries
    )
    for base in contract.bases:
        word = "section" if base.issuer == "Information Commissioner" else "clause"
        for number in re.findall(rf"\b{word} (\d+(?:\.\d+)?)(?![\dA-Z])", printed):
            clause = next(one for one in (base, *contract.adaptations) if one.clause(number)).clause(number)
            assert clause is not None
            assert base.number_verified(clause), f"{word} {number} of {base.id}"


def test_the_draft_can_be_read_back_and_shows_what_was_changed_in_it(tmp_path: Path) -> None:
    contract = contract_of(answered("eu-m2"))
    path = tmp_path / "draft.json"
    path.write_text(as_json(assemble(contract), contract), encoding="utf-8")
    assert not list(changed_by_hand(read_draft(path), contract))
    plain = json.loads(path.read_text(encoding="utf-8"))
    part = next(one for one in plain["parts"] if one["id"] == "eu-scc-2021.incorporation")
    part["text"] = [sentence for sentence in part["text"] if "not altered" not in sentence]
    plain["parts"] = [one for one in plain["parts"] if one["id"] != "precedence"]
    path.write_text(json.dumps(plain), encoding="utf-8")
    assert {one.field for one in changed_by_hand(read_draft(path), contract)} == {
        "parts.eu-scc-2021.incorporation",
        "parts.precedence",
    }


def test_the_template_says_nothing_and_asks_for_every_blank(name: str, tmp_path: Path) -> None:
    draft = made_out(contract_of(first_answers(name), day_of(name)))
    path = tmp_path / "answers.yaml"
    path.write_text(answers_template(draft), encoding="utf-8")
    assert read_answers(path) == {}
    for blank in draft.blanks:
        assert f"{blank.field.rpartition('.')[2]}:" in path.read_text(encoding="utf-8")


def two_transfers() -> dict[str, Plain]:
    parties: dict[str, Plain] = {
        "shop": {"side": "exporter", "name": "Shop", "country": "FR", "role": "controller"},
        "desk": {"side": "importer", "name": "Desk", "country": "IN", "role": "processor"},
        "parent": {"side": "importer", "name": "Parent", "country": "US", "role": "controller"},
    }
    transfers: dict[str, Plain] = {
        "support": {"tool": "eu-scc-2021/m2", "importers": ["desk"], "options": {"c17": "option_2"}},
        "reports": {"tool": "eu-scc-2021/m1", "importers": ["parent"], "description": {"purposes": "Group reports"}},
    }
    common: dict[str, Plain] = {
        "options": {"c17": "option_1", "c7_docking": "omit"},
        "description": {"purposes": "Support"},
    }
    return {"parties": parties, "transfers": transfers, **common}


def test_several_transfers_stand_in_one_contract_each_with_its_module_and_its_answers() -> None:
    draft = assemble(contract_of(two_transfers()))
    text = as_golden(draft)
    assert "Shop (controller) to Desk (processor), on EU SCC 2021, Module Two" in text
    assert "Shop (controller) to Parent (controller), on EU SCC 2021, Module One" in text
    purposes = {entry.value.text for entry in draft.entries if entry.label.startswith("Purposes") and entry.value}
    assert purposes == {"Group reports", "Support"}
    laws = {
        (entry.group, entry.value.text[:8]) for entry in draft.entries if entry.label == "Governing law" and entry.value
    }
    assert laws == {("Transfer 'support'", "OPTION 2"), ("Transfer 'reports'", "OPTION 1")}
    docking = [entry for entry in draft.entries if entry.label == "Docking clause"]
    assert [entry.group for entry in docking] == [""]
    assert "== Annex III" in text
    assert [part.heading for part in draft.parts if part.id.startswith("eu-scc-2021.annex_iii")] == [
        "Annex III: List of Sub-processors"
    ]


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"tool": "br-anpd/any"}, "tool", "bound by eu-gdpr"),
        ({"parties": {"exporter": {"country": "BR"}}}, "tool", "Open on that day: br-anpd"),
        ({"options": {"c9": "option_1"}}, "options.c9", "there is no option 'c9'"),
        ({"options": {"c17": "option_3"}}, "options.c17", "Open there: option_1"),
        ({"tool": "eu-scc-2021/m1", "options": {"c17": "option_2"}, "parties": {"importer": {"role": "controller"}}}, "options.c17", "not open in Module One"),
        ({"fill_ins": {"c17_country": "France"}}, "fill_ins.c17_country", "there is no fill-in"),
        ({"annexes": {"annex_iv": {"x": "y"}}}, "annexes.annex_iv", "there is no annex"),
        ({"annexes": {"annex_ii": {"measures": "y"}}}, "annexes.annex_ii.measures", "there is no field"),
        ({"description": {"purpose": "y"}}, "description.purpose", "Did you mean 'purposes'?"),
        ({"uses": {"ch-fdpic": "case_1"}}, "uses.ch-fdpic", "there is no set with cases of use"),
        ({"supplementary": {"CM-12": {}}}, "supplementary.CM-12", "is no contractual measure"),
        ({"supplementary": {"CM-06": {"often": "x"}}}, "supplementary.CM-06.often", "has no gap"),
        ({"measures": [{"group": "locks", "what": "x"}]}, "measures[0].group", "is no group of measures"),
        ({"parties": {"importer": {"role": "controller"}}}, "parties.importer.role", "For that role: eu-scc-2021/m1"),
        ({"signed_on": "2021-06-26"}, "signed_on", "Its first day is 2021-06-27"),
        ({"tool": "eu-scc-2010/c2p"}, "tool", "Since 2021-09-27 no contract is made on it"),
        ({"transfers": {"one": {"importers": ["nobody"]}}}, "transfers.one.importers", "'nobody' is none of the importers"),
        ({"fill_ins": {"c17_state": "Ruritania"}}, "fill_ins.c17_state", "is no place on file"),
        ({"parties": {"exporter": {"country": "Farnce"}}}, "parties.exporter.country", "is no place on file"),
        ({"laws": ["eu-gpdr"]}, "laws[0]", "is no law on file"),
        ({"tool": "eu-scc-2021/m2 WITH ch-fdpic"}, "tool", "name it in `laws`"),
        ({"parties": {"importer": {"side": "exporter"}}}, "parties", "has no importer"),
        ({"transfers": {"one": {}, "two": {"tool": "uk-idta/a1"}}}, "transfers", "one paper is made on one set"),
        ({"parties": {"other": {"name": "Other"}}}, "parties.other.side", "Write exporter or importer"),
    ],
)  # fmt: skip
def test_answers_that_do_not_fit_are_refused_by_their_field(changes: dict[str, Plain], field: str, says: str) -> None:
    answers = Answers(first_answers("eu-m2"), {}).overlaid(changes)
    with pytest.raises(BadAgreement) as caught:
        assemble(contract_of(dict(answers.plain)))
    told = {trouble.field: str(trouble) for trouble in caught.value.troubles}
    assert says in told[field]


@pytest.mark.parametrize("written", ["Acme\u202eLtd", "Acme\u0000Ltd", "Acme\x1b[2JLtd", "Ac\u200bme", "  "])
def test_names_with_what_no_reader_sees_are_refused(written: str) -> None:
    answers = Answers(first_answers("eu-m2"), {}).overlaid({"parties": {"importer": {"name": written}}})
    with pytest.raises(BadRecord) as caught:
        answers.agreement("answers")
    assert caught.value.problems[0].field == "parties.importer.name"


HOSTILE = "<script>alert(1)</script> | **bold** [x](http://e.example) `code` {notice} =cmd() # end"


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_markup_in_names_is_shown_and_never_obeyed(form: str) -> None:
    answers = Answers(answered("eu-m2"), {}).overlaid(
        {"parties": {"importer": {"name": HOSTILE}}, "supplementary": {"CM-05": {"means": HOSTILE}}}
    )
    text = WRITERS[form](agreement_document(assemble(contract_of(dict(answers.plain)))))
    if form == "html":
        assert "<script>" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    elif form == "md":
        assert "\\<script\\>" in text
        assert not re.search(r"(?<!\\)\*\*bold", text)
        assert not re.search(r"(?<!\\)\[x\]", text)
    else:
        assert squeezed(HOSTILE) in squeezed(text)
    (stop,) = (
        (line for line in text.splitlines() if "by this means" in line.replace("\\", "")) if form != "text" else (text,)
    )
    assert "{notice}" in stop


def test_what_follows_from_other_answers_is_not_asked_again() -> None:
    answers = Answers(first_answers("uk-idta"), {}).overlaid({"parties": {"exporter": {"role": "processor"}}})
    entries = {entry.label: entry for entry in made_out(contract_of(dict(answers.plain))).entries}
    status = entries["Status of the exporter"].value
    assert status is not None
    assert (status.text, status.origin) == ("Processor or sub-processor", From.WORKED_OUT)
    assert entries["Status of the importer"].is_blank


def test_where_a_value_came_from_is_kept() -> None:
    known = Answers(
        {**first_answers("eu-m2"), "description": {"purposes": "Support", "retention": "1 year"}},
        {"description.purposes": From.ROUTE, "description.retention": From.ROUTE},
    )
    over = known.overlaid({"description": {"purposes": "Better words"}})
    assert over.origins == {"description.retention": From.ROUTE}


@pytest.mark.parametrize(
    ("start", "days", "working", "last"),
    [
        ("2026-11-16", 10, True, "2026-11-30"), ("2026-11-13", 5, True, "2026-11-20"), ("2026-11-14", 5, True, "2026-11-20"),
        ("2026-11-16", 10, False, "2026-11-26"), ("2026-12-31", 1, True, "2027-01-01"),
    ],
)  # fmt: skip
def test_times_are_counted_from_the_day_after_and_without_weekends(
    start: str, days: int, working: bool, last: str
) -> None:
    assert last_day(date.fromisoformat(start), days, working) == date.fromisoformat(last)


def test_every_record_counts_its_days_from_something_that_is_asked() -> None:
    for set_id in LIBRARY.set_ids():
        for filing in LIBRARY.in_full(set_id).filings:
            if filing.days is not None:
                assert filing.counted_from in _COUNTED_FROM, set_id


def test_common_fields_and_what_is_worked_out_name_fields_on_file() -> None:
    named = [reference for field in read_common_fields().fields for reference in field.fields]
    for reference in (*named, *_RULES):
        set_id, _, path = reference.partition(":")
        annex_id, _, field_id = path.partition(".")
        record = LIBRARY.in_full(set_id)
        annex = next((one for one in record.annexes if one.id == annex_id), None)
        if annex is None:
            assert path in {one.id for one in record.fill_ins}, reference
        else:
            assert (field_id in {one.id for one in annex.fields}) if field_id else not annex.fields, reference


def test_groups_of_measures_of_a_route_are_headings_of_the_annex() -> None:
    from transfers.agreement_of_route import _GROUPS

    (annex,) = (one for one in LIBRARY.in_full("eu-scc-2021").annexes if one.id == "annex_ii")
    assert {*_GROUPS.values()} <= {*annex.examples}


def test_there_is_a_supplementary_clause_for_every_contractual_measure_with_the_condition_of_the_method() -> None:
    in_method = {name.partition(":")[2]: one.about for name, one in provisions().items() if ":CM-" in name}
    written = read_supplementary()
    assert [clause.id for clause in written.clauses] == sorted(in_method)
    for clause in written.clauses:
        assert clause.only_if
        assert gaps_in(clause.text) == {gap.id for gap in clause.gaps}


def test_the_adaptation_texts_are_for_the_cases_on_record() -> None:
    for text in read_adaptation_texts().adaptations:
        assert {case.id for case in text.cases} == {use.id for use in LIBRARY.in_full(text.id).uses}


def test_the_authority_is_named_only_where_one_is_on_file() -> None:
    answers = first_answers("eu-m2")
    draft = made_out(contract_of(answers))
    (french,) = (entry for entry in draft.entries if "clause 13(a)" in entry.label)
    assert french.value is not None
    assert french.value.text == "Commission nationale de l'informatique et des libertés (CNIL)"
    assert french.value.origin is From.COUNTRY_REPORT
    german = made_out(
        contract_of(dict(Answers(answers, {}).overlaid({"parties": {"exporter": {"country": "DE"}}}).plain))
    )
    (open_,) = (entry for entry in german.entries if "clause 13(a)" in entry.label)
    assert open_.value is None
    assert "Germany" in open_.hint
    assert HUB.report("DE") is not None


def test_the_day_of_the_set_decides_what_its_adaptation_does() -> None:
    answers = answered("eu-m2-ch-1")
    early = made_out(contract_of(answers, date(2022, 1, 1)))
    late = made_out(contract_of(answers, DAY))
    told = [
        sum("legal entities" in sentence for part in draft.parts for sentence in part.text if not part.is_note)
        for draft in (early, late)
    ]
    assert told == [1, 0]
    assert replace(late, as_of=early.as_of) != early
