"""Records of which each activity is a form of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.transfers.records_of_processing.records import (
    CNIL,
    ICO,
    drafted,
    form,
)
from transfers.knowledge import Knowledge
from transfers.records_of_processing.activities import read_activities
from transfers.records_of_processing.routes import Given
from transfers.records_of_processing.template import RecordTemplate


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["Organisme 1", "Acme Inc.", "Inde", "BCR"], ("acme-in", "IN", "eu-gdpr:46(2)(b)")),
        ([None, "Acme Inc.", "Côte d’Ivoire", None], ("acme-ci", "CI", None)),
        (["Organisme 1", "Acme Inc.", None, None], (None, None, None)),
        (["Organisme 1", None, "Oui", "CCT"], (None, None, None)),
        (["Organisme 1", None, None, "BCR"], (None, None, "eu-gdpr:46(2)(b)")),
        (["Organisme 1", "Filiale du groupe", "ÉTATS-UNIS", "Privacy shield"], (None, "US", None)),
    ],
)
def test_a_row_of_a_forms_transfers_is_a_transfer_whatever_it_leaves_out(
    line: list[str | None], expected: tuple[str | None, ...], tmp_path: Path, knowledge: Knowledge
) -> None:
    (route,) = drafted(form(tmp_path, line), CNIL, Given(), knowledge).routes
    assert (route.importer, route.destination, route.mechanisms[0].tool if route.mechanisms else None) == expected


def test_cells_and_columns_of_a_form_that_are_not_read_are_told(tmp_path: Path) -> None:
    reading = read_activities(form(tmp_path, ["Organisme 1", "Acme Inc.", "Inde", None]), CNIL)
    assert [problem.field for problem in reading.unread_cells] == ["Fiche!A2", "Fiche!B2"]


def test_a_json_file_and_ones_own_headings_over_a_template_are_read(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "r.json"
    rows = [
        {
            "Area": "Finance",
            "Purpose of processing": "Payroll",
            "Categories of recipients": ["Acme Inc."],
            "Where": "US",
            "Colour": "red",
        }
    ]
    path.write_text(json.dumps(rows), encoding="utf-8")
    own = RecordTemplate(
        columns={"Area": "title", "Where": "destination"}, values={"destination": {"the States": "US"}}
    )
    drafts = drafted(path, ICO.with_mapping(own), Given(), knowledge)
    assert [route.id for route in drafts.routes] == ["finance-payroll-acme-us"]
    assert list(read_activities(path, ICO.with_mapping(own)).unread_headings) == ["Colour"]
