"""Records of processing activities (GDPR art. 30) as routes: what is read, what stays open, and that nothing is lost."""

from __future__ import annotations

import pytest

from tests.transfers.records_of_processing.records import (
    EXAMPLES,
    ICO,
    RECORDS,
    TODAY,
    drafted,
    plain,
)
from transfers.assessment import assess
from transfers.finding import Outcome
from transfers.knowledge import Knowledge
from transfers.records_of_processing.routes import Given
from transfers.view import Policy


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_gives_exactly_these_routes_and_importers(name: str, knowledge: Knowledge) -> None:
    template, given, routes, importers = RECORDS[name]
    drafts = drafted(EXAMPLES / name, template, given, knowledge)
    assert {route.id: plain(route) for route in drafts.routes} == routes
    assert set(drafts.importers) == importers
    assert drafts.rejected == 0
    assert drafts.activities == drafts.with_transfers + len(drafts.without) + drafts.rejected


@pytest.mark.parametrize("name", RECORDS)
def test_no_imported_route_with_an_unclear_fact_is_better_than_undetermined(name: str, knowledge: Knowledge) -> None:
    template, given, _, _ = RECORDS[name]
    drafts = drafted(EXAMPLES / name, template, given, knowledge)
    for route in drafts.routes:
        new = drafts.importers.get(route.importer) if isinstance(route.importer, str) else None
        whole = route if new is None else route.model_copy(update={"importer": new})
        outcome = assess(whole, knowledge, TODAY, Policy()).outcome
        assert outcome in (Outcome.UNDETERMINED.word, Outcome.NOT_PERMITTED.word), f"{route.id}: {outcome}"


def test_what_was_unclear_is_quoted_in_the_note_with_its_cell(knowledge: Knowledge) -> None:
    drafts = drafted(EXAMPLES / "ico-controller.xlsx", ICO, Given(exporter_country="GB"), knowledge)
    notes = {route.id: route.note or "" for route in drafts.routes}
    assert notes["finance-payroll-wagewell-example-us"] == "From ico-controller.xlsx, Template, row 10."
    assert notes["customer-services-customer-service-our-it-provider-in"] == (
        "From ico-controller.xlsx, Template, row 13. Template!F13: Recipient 'Our IT provider' names nobody: give the legal name. "
        "Template!I13: 'SCCs': it names clauses and not their module; give one, such as eu-scc-2021/m2 WITH uk-addendum."
    )
    assert "gets data in CA and US by this record" in notes["human-resources-recruitment-hirewise-example-llc-us"]
    assert "'Atlantis': this is not a place we know" in notes["editorial-reader-panels-recipient-open-country-open"]
    told = [str(problem) for problem in drafts.left_open]
    assert any("ico-controller.xlsx:13  Template!F13: Recipient 'Our IT provider' names nobody" in one for one in told)
