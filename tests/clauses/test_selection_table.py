"""The table by hand of who may sign what, on which day; and what must hold of any answer of that kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from clauses.clause_set import ClauseSet
from clauses.fitting import Circumstances, Pair
from clauses.library import Library
from clauses.parts import Counted
from clauses.selection import ClauseQuestion, Offer, State, select
from country_reports.facts import Origin, Truth
from transfers.knowledge import Knowledge
from transfers.law.clauses_relied_on import chosen_clauses
from transfers.route import Route
from transfers.view import Policy

LIBRARY = Library()
ROLES = {"c": "controller", "j": "joint_controller", "p": "processor", "?": "unknown"}
LETTERS = {name: letter for letter, name in ROLES.items()}
Row = dict[str, Any]


def rows() -> list[Row]:
    text = (Path(__file__).parent / "selection_table.yaml").read_text(encoding="utf-8")
    found: list[Row] = yaml.load(text, Loader=yaml.BaseLoader)
    return found


TABLE = rows()
NAMES = [f"{number}-{row['law']}-{row['day']}-{'+'.join(row['roles'])}" for number, row in enumerate(TABLE)]
"""Several rows differ in what the importer is only; the number tells them apart."""


def asked(row: Row) -> ClauseQuestion:
    counts = zip(
        (Counted.PERSONS_WITHOUT_SENSITIVE_DATA, Counted.PERSONS_WITH_SENSITIVE_DATA),
        row.get("persons", ()),
        strict=False,
    )
    here = Circumstances(
        row["law"],
        row.get("kind", "company"),
        Truth(row.get("bound", "no")),
        row.get("to"),
        frozenset(row.get("beyond", ())),
        Truth(row.get("within", "yes")),
        tuple((of, int(number)) for of, number in counts),
    )
    pairs = tuple(Pair(*(ROLES[letter] for letter in roles.split(">"))) for roles in row["roles"])
    answers = frozenset((name, Truth(value)) for name, value in row.get("answers", {}).items())
    return ClauseQuestion(date.fromisoformat(row["day"]), pairs, here, tuple(row.get("also", ())), answers)


def named(offer: Offer, row: Row) -> str:
    if offer.pair is None or len(row["roles"]) == 1:
        return offer.tool
    return f"{offer.tool} for {LETTERS[offer.pair.exporter]}>{LETTERS[offer.pair.importer]}"


@pytest.mark.parametrize("row", TABLE, ids=NAMES)
def test_the_table_by_hand(row: Row) -> None:
    offers = select(asked(row), LIBRARY)
    by_name = {named(offer, row): offer for offer in offers}
    assert len(by_name) == len(offers), "no set is told twice"
    assert {name for name, one in by_name.items() if one.state is State.OPEN} == set(row["open"])
    found = {
        name: [reason.criterion for reason in one.reasons]
        for name, one in by_name.items()
        if one.state is State.OPEN_IF
    }
    assert found == row.get("open_if", {})
    for name, codes in row.get("closed", {}).items():
        assert by_name[name].state is State.CLOSED
        assert [reason.code for reason in by_name[name].reasons] == codes


def test_the_table_is_long_enough_and_names_each_set() -> None:
    assert len(TABLE) >= 60
    told = {
        name.partition("/")[0].partition(" ")[0]
        for row in TABLE
        for field in ("open", "open_if", "closed")
        for name in row.get(field, ())
    }
    never_asked_for = {"coe-model-contract-1992", "hk-rmc", "ng-ndpa"}
    assert {*LIBRARY.set_ids()} - told - {"uk-addendum", "ch-fdpic"} == never_asked_for


@pytest.mark.parametrize("row", TABLE[::5], ids=NAMES[::5])
def test_every_record_and_module_is_told_with_its_reasons(row: Row) -> None:
    question = asked(row)
    offers = select(question, LIBRARY)
    for record, _ in LIBRARY.sets():
        told = {
            offer.tool.partition(" WITH ")[0] for offer in offers if record.id in offer.tool.replace("/", " ").split()
        }
        joined = record.adaptation_of is not None and any(f"WITH {record.id}" in offer.tool for offer in offers)
        of_modules = {f"{record.id}/{module.id}" for module in record.modules}
        assert joined or told in (of_modules, {record.id})
    for offer in offers:
        assert bool(offer.reasons) is (offer.state is not State.OPEN)
        assert all(reason.text.strip() and reason.text[-1] in ".?" for reason in offer.reasons)
        assert all((reason.criterion is not None) is (offer.state is State.OPEN_IF) for reason in offer.reasons)


class Shuffled(Library):
    """The shipped sets, found in another order."""

    def sets(self) -> tuple[tuple[ClauseSet, Origin], ...]:
        first, *rest = reversed(super().sets())
        return (*rest, first)


@pytest.mark.parametrize("row", TABLE[::7], ids=NAMES[::7])
def test_the_order_of_the_library_does_not_matter(row: Row) -> None:
    assert select(asked(row), Shuffled()) == select(asked(row), LIBRARY)


@pytest.mark.parametrize(
    "row", [row for row in TABLE if row.get("open_if")], ids=lambda row: f"{row['law']}-{row['day']}"
)
def test_answering_what_is_open_opens_or_closes_with_a_reason_and_leaves_the_rest(row: Row) -> None:
    question = asked(row)
    before = {(one.tool, one.pair): one for one in select(question, LIBRARY)}
    for offer in before.values():
        for reason in offer.reasons if offer.state is State.OPEN_IF else ():
            assert reason.criterion is not None
            for value in (Truth.YES, Truth.NO):
                answered = replace(question, answers=question.answers | {(reason.criterion, value)})
                after = {(one.tool, one.pair): one for one in select(answered, LIBRARY)}
                for key, one in before.items():
                    if one.state is State.OPEN:
                        assert after[key] == one
                    elif one.state is State.CLOSED:
                        assert after[key].state is State.CLOSED
                        assert {*one.reasons} <= {*after[key].reasons}
                    elif after[key].state is State.CLOSED:
                        assert value is Truth.NO
                        assert after[key].reasons
                    else:
                        left = [
                            left
                            for left in one.reasons
                            if left.criterion != reason.criterion or _is_field(reason.criterion)
                        ]
                        assert [*after[key].reasons] == left


def _is_field(criterion: str) -> bool:
    """Parts of a route: an answer under such a name is none, and opens nothing."""
    return criterion in (
        "importer.kind",
        "importer_role",
        "exporter.role",
        "destination",
        "exporter.country",
        "importer.gdpr_applies_directly",
    )


UNKNOWN = {"kind": "unknown", "bound": "unknown", "within": "unknown"}


@pytest.mark.parametrize("row", TABLE, ids=NAMES)
def test_what_is_not_known_opens_nothing(row: Row) -> None:
    """Taking a fact or an answer away never opens what was not open, and closes nothing that was open."""
    before = {(one.tool, one.pair): one.state for one in select(asked(row), LIBRARY)}
    poorer = [{**row, field: value} for field, value in UNKNOWN.items()]
    poorer += [
        {key: value for key, value in row.items() if key != field}
        for field in ("to", "answers", "persons")
        if field in row
    ]
    for less in poorer:
        after = {(one.tool, one.pair): one.state for one in select(asked(less), LIBRARY)}
        for key, state in after.items():
            assert state is not State.OPEN or before[key] is State.OPEN
            assert state is not State.CLOSED or before[key] is State.CLOSED


EXPORTERS = {
    "eu-gdpr": "FR", "eu-dir-95-46": "FR", "uk-gdpr": "GB", "uk-gdpr-2021": "GB", "ch-fadp": "CH", "ch-fadp-1992": "CH", "br-lgpd": "BR",
    "cn-pipl": "CN", "tr-kvkk": "TR", "sa-pdpl": "SA", "ar-pdpl": "AR", "co-1581": "CO", "rs-zzpl": "RS", "nz-ipp12": "NZ", "sg-pdpa": "SG",
    "difc-dpl": "AE-DIFC",
}  # fmt: skip
CLAIMED = [
    (row, tool.partition(" for ")[0], tool.partition(" for ")[2] or row["roles"][0])
    for row in TABLE
    for tool in row["open"]
    if row["law"] in EXPORTERS
]


@pytest.mark.parametrize(
    ("row", "tool", "roles"),
    CLAIMED,
    ids=lambda value: value if isinstance(value, str) else f"{value['law']}-{value['day']}",
)
def test_the_engine_takes_what_is_open_for_signed_and_fitting(
    knowledge: Knowledge, row: Row, tool: str, roles: str
) -> None:
    exporter, importer = (ROLES[letter] for letter in roles.split(">"))
    answers = {name: value for name, value in row.get("answers", {}).items()}
    route = Route.model_validate(
        {
            "id": "claimed",
            "exporter": {
                "country": EXPORTERS[row["law"]],
                "role": exporter,
                "kind": "private",
                "subject_to": row.get("also", []),
            },
            "importer": {
                "id": "x",
                "name": "X",
                "country": row.get("to", "IN"),
                "kind": row.get("kind", "company"),
                "gdpr_applies_directly": row.get("bound", "no"),
            },
            "importer_role": importer,
            "mechanisms": [{"tool": tool, "status": "signed", "signed_on": date.fromisoformat(row["day"])}],
            "answers": answers,
        }
    )
    day = date.fromisoformat(row["day"])
    case = knowledge.extract(route, day).case
    chosen = chosen_clauses(case, knowledge.view(case, day, Policy()), case.importer, row["law"])
    assert chosen is not None
    assert (chosen.signed, chosen.fit) == (Truth.YES, Truth.YES)
