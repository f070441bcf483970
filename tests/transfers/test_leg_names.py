"""An answer about a further recipient goes by who that is and where: an edited route never gives it to somebody else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.assessment import assess
from transfers.field_problems import BadRoute
from transfers.knowledge import Knowledge
from transfers.leg_names import UnknownLeg, leg_in, named, names_of, numbered
from transfers.route import Route

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = Knowledge(ROOT / "examples" / "workspace")
DAY = date(2026, 11, 23)
INDIA = {"recipient": "Support Pvt Ltd", "place": "IN", "role": "processor", "terms": "unknown"}
BRAZIL = {"recipient": "Suporte Ltda", "place": "BR", "role": "processor", "terms": "unknown"}


def route(*onward: dict[str, str], **answers: str) -> Route:
    fields = {"id": "r", "exporter": {"country": "FR"}, "importer": "ncmec", "onward": list(onward), "answers": answers}
    return Route.model_validate(fields)


def open_ids(told: Route) -> set[str]:
    return {question.id for question in assess(told, KNOWLEDGE, DAY).questions}


def test_a_recipient_put_before_another_does_not_get_its_answers() -> None:
    asked = "eu-gdpr:44.onward.support-pvt-ltd@IN"
    assert asked in open_ids(route(INDIA))
    answer = {asked: "no"}
    before, after = (KNOWLEDGE.extract(route(*legs, **answer), DAY) for legs in ([INDIA], [BRAZIL, INDIA]))
    for extract in (before, after):
        (told,) = extract.case.answers
        about = leg_in(told[0])
        assert about is not None
        assert extract.parties[about].name == "Support Pvt Ltd"


def test_an_answer_about_nobody_on_the_route_is_refused_with_the_names_there_are() -> None:
    for asked in ("eu-gdpr:44.onward.suporte-ltda@BR", "eu-gdpr:44.onward.1", "edpb-02-2020:A.leg-1"):
        with pytest.raises(BadRoute, match="support-pvt-ltd@IN"):
            KNOWLEDGE.extract(route(INDIA, **{asked: "yes"}), DAY)
    with pytest.raises(BadRoute, match="one recipient at one place"):
        KNOWLEDGE.extract(route(**{"edpb-02-2020:A.support-pvt-ltd@IN": "yes"}), DAY)


def test_recipients_that_nobody_can_tell_apart_are_counted_and_one_more_renames_them() -> None:
    alike = [("Sub", "IN"), ("sub", "IN"), (None, None)]
    assert names_of(alike) == ("sub-1-of-2@IN", "sub-2-of-2@IN", "the-recipient@unknown")
    assert set(names_of([*alike, ("SUB", "IN")])) & set(names_of(alike)) == {"the-recipient@unknown"}


PARTIES = st.lists(
    st.tuples(st.none() | st.text(max_size=8), st.sampled_from(["IN", "US", None])), min_size=1, max_size=6
)


@given(PARTIES, st.sampled_from(["edpb-02-2020:A", "eu-gdpr:49(1)(d).necessary", "uk-gdpr:onward_terms"]), st.data())
def test_names_lead_back_to_the_leg(
    parties: list[tuple[str | None, str | None]], asked: str, data: st.DataObject
) -> None:
    _, *further = names_of(parties)
    assert len({*further}) == len(further)
    assert numbered(asked, further) == asked
    if further:
        leg = data.draw(st.integers(1, len(further)))
        told = named(f"{asked}.leg-{leg}", further[leg - 1])
        assert numbered(told, further) == f"{asked}.leg-{leg}"
    with pytest.raises(UnknownLeg):
        numbered(f"{asked}.nobody@XX", further)


def test_a_recipient_with_a_very_long_name_is_somebody_unknown_and_no_file_name() -> None:
    assert KNOWLEDGE.extract(route({"recipient": "x" * 10_000}), DAY).parties[-1].name == "x" * 10_000
