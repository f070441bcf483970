"""Every route that is read is told, the worst first, and each owner of one that is touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.conftest import DAY
from tests.transfers.changes.fictitious import RULES_DAY, commit, compared, end_the_finding, many_routes, route
from transfers.assessment import assess
from transfers.changes.impact import untouched
from transfers.changes.records import Answered, Effect, Refused
from transfers.documents.impact import impact_document
from transfers.documents.impact_tables import impact_json
from transfers.documents.notices import notices
from transfers.documents.writers import WRITERS
from transfers.knowledge import Knowledge


def test_the_worst_comes_first_and_no_route_is_dropped(workspace: Path) -> None:
    routes = many_routes(workspace)
    found = compared(routes, "HEAD~1", "HEAD", workspace, RULES_DAY)
    assert [(one.route, one.effect, one.worse) for one in found.impacts] == [
        ("d-moved", Effect.MOVED, True),
        ("c-lost-importer", Effect.NOT_COMPARED, True),
        ("e-nobody", Effect.NOT_COMPARED, True),
        ("f-better", Effect.MOVED, False),
        ("b-new-importer", Effect.NOT_COMPARED, False),
        ("a-untouched", Effect.UNTOUCHED, False),
    ]
    back = compared(routes, "HEAD", "HEAD~1", workspace, RULES_DAY)
    assert [(one.route, one.worse) for one in back.impacts if one.effect is Effect.MOVED] == [
        ("f-better", True),
        ("d-moved", False),
    ]
    told = impact_json(found)
    assert isinstance(told, dict)
    assert told["read"] == len(routes)
    assert told["counts"] == {"moved": 2, "not_compared": 3, "untouched": 1}
    for form in ("text", "md", "html"):
        text = WRITERS[form](impact_document(found))
        assert all(one.id in text for one in routes), form


def test_a_side_that_cannot_assess_says_why(workspace: Path) -> None:
    found = compared(many_routes(workspace), "HEAD~1", "HEAD", workspace, RULES_DAY)
    by_id = {one.route: one for one in found.impacts}
    new, lost = by_id["b-new-importer"], by_id["c-lost-importer"]
    assert isinstance(new.before, Refused)
    assert "'only-now' is not in the importer registry" in new.before.reasons[0].message
    assert isinstance(new.after, Answered)
    assert (new.lost, lost.lost) == (False, True)
    assert "'only-then' is not in the importer registry" in WRITERS["text"](impact_document(found)).replace("\n", " ")


def test_who_owns_a_route_decides_nothing(knowledge: Knowledge) -> None:
    plain, owned = route(destination="JP"), route(destination="JP", owner="Marketing")
    day = date.fromisoformat(DAY)
    routes = [one.model_copy(update={"importer": None}) for one in (plain, owned)]
    assert knowledge.extract(routes[0], day).case == knowledge.extract(routes[1], day).case
    one, other = (assess(each, knowledge, day) for each in routes)
    assert untouched(one, other)
    assert other.inputs.route["owner"] == "Marketing"


def test_each_owner_gets_one_notice_of_what_concerns_it(workspace: Path) -> None:
    end_the_finding(workspace)
    commit(workspace, "Ended")
    elsewhere = {"importer": None, "destination": "JP"}
    routes = [
        route("one", owner="Sales/EMEA", title="Orders"),
        route("two", owner="Sales/EMEA", **elsewhere),
        route("three", owner="Sales-EMEA"),
        route("six", owner="Sales-EMEA.2"),
        route("four"),
        route("five", owner="Nobody concerned", **elsewhere),
    ]
    drafts = notices(compared(routes, "HEAD~1", "HEAD", workspace, RULES_DAY))
    assert sorted(drafts) == ["Sales-EMEA", "Sales-EMEA.2", "Sales-EMEA.3", "no-owner-named"]
    text = next(one for one in map(WRITERS["text"], drafts.values()) if "Orders (one)" in one)
    flat = " ".join(text.split())
    assert "To: Sales/EMEA" in flat
    assert "1 of 2 are concerned" in flat
    assert "Ended: Fictitious Decision on XQ (from 2019-01-01, until before 2023-06-01)" in flat
    assert "at once: it holds from 2023-06-01" in flat
    assert "Nothing changes for: two." in flat
    assert "three" not in flat
    told = [" ".join(WRITERS["text"](one).split()) for one in drafts.values()]
    owners = ("Sales/EMEA", "Sales-EMEA", "Sales-EMEA.2", "no owner named")
    assert all(any(f"To: {owner} The law" in text for text in told) for owner in owners)


def test_a_notice_says_by_when_to_read_again(workspace: Path) -> None:
    end_the_finding(workspace, "2024-06-01")
    (draft,) = notices(compared([route()], "HEAD", None, workspace, RULES_DAY)).values()
    assert "by 2024-06-01, the review day" in " ".join(WRITERS["text"](draft).split())
