"""The joined country report for machines: ``transborder/country/1``."""

from __future__ import annotations

from dataclasses import asdict

from country_reports.country import Country
from country_reports.facts import Ground
from country_reports.records import Record
from transfers.assessment import ground_record
from transfers.canonical import Json


def country_json(country: Country) -> Json:
    """The joined report for machines: ``transborder/country/1``. Records are as they stand in the files."""
    return {
        "schema": "transborder/country/1",
        "place": country.place.id,
        "name": country.place.name,
        "as_of": country.day.isoformat(),
        "depth": country.depth.value,
        "treaties": [
            {
                "treaty": one.treaty.id,
                "position": one.bond.value,
                "row": _dumped(one.row),
                "ground": _grounded(one.ground),
            }
            for one in country.treaties
        ],
        "groups": [{"name": one.name, "ground": _grounded(one.ground)} for one in country.groups],
        "findings": [{"act": _dumped(one.record), "ground": _grounded(one.ground)} for one in country.findings],
        "regimes": [
            {
                "binding": _dumped(one.binding.record),
                "ground": _grounded(one.binding.ground),
                "regime": _dumped(one.regime),
            }
            for one in country.laws_of_exporters
        ],
        "access_laws": [{"law": _dumped(one.record), "ground": _grounded(one.ground)} for one in country.access_laws],
        "guarantees": [{"rating": _dumped(one.record), "ground": _grounded(one.ground)} for one in country.guarantees],
        "report": _dumped(country.report),
        "left_out": [str(problem) for problem in country.problems],
    }


def _dumped(record: Record | None) -> Json:
    return record.model_dump(mode="json", exclude_unset=True, exclude={"sources"}) if record is not None else None


def _grounded(ground: Ground) -> Json:
    return asdict(ground_record(ground, ground.fact))
