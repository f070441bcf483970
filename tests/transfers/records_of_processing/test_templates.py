"""The templates and mappings that say how a record is laid out."""

from __future__ import annotations

from pathlib import Path

import pytest

from country_reports.records import BadRecord, read_plain
from tests.transfers.records_of_processing.records import (
    EXAMPLES,
    VENDORS,
)
from transfers.knowledge import Knowledge
from transfers.records_of_processing.template import read_template, template_ids


@pytest.mark.parametrize("name", template_ids())
def test_a_template_names_its_source_and_only_tools_and_places_that_are_known(name: str, knowledge: Knowledge) -> None:
    template = read_template(name, None)
    assert template.id == name
    assert template.source is not None
    assert template.unverified
    for tool in template.values["mechanisms"].values():
        assert knowledge.knows_tool(tool), tool
    for place in template.values.get("destination", {}).values():
        assert place in knowledge.hub.places
    assert set(template.values.get("data.categories", {}).values()) <= set(knowledge.hub.kind_of_data)


def test_a_mapping_with_a_field_or_word_that_no_route_has_is_told(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("columns: {Land: destinaton}\nvalues: {importer_role: {P: procesor}}\n", encoding="utf-8")
    with pytest.raises(BadRecord) as caught:
        read_template(None, path)
    told = str(caught.value)
    assert (
        "m.yaml:1  columns.Land: 'destinaton' is not a field that a record of processing can fill; did you mean 'destination'?"
        in told
    )
    assert "m.yaml:2  values.importer_role.P: 'procesor' is not one of the allowed words. Allowed: controller" in told


def test_the_example_mapping_is_a_mapping_that_can_be_copied() -> None:
    assert isinstance(read_plain(EXAMPLES / "vendors.mapping.yaml"), dict)
    assert VENDORS.id == "mapping"
