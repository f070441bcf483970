"""The catalogue of provisions: what each citation is, and where its text can be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from country_reports.facts import Verification
from country_reports.records import Record, read_record

CATALOGUE = Path(__file__).resolve().parent / "provisions.yaml"


class Instrument(Record):
    id: str
    title: str
    url: str | None = None
    verification: Verification
    provisions: dict[str, str]


class CatalogueFile(Record):
    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision as a rule cites it: ``eu-gdpr:45``."""

    id: str
    about: str
    instrument: str
    url: str | None
    verification: Verification


DEROGATION_TESTS = {
    "coe-108plus:14(4)(a)": ("adopted", "explicit", "specific", "free", "informed"),
    "coe-108plus:14(4)(b)": ("adopted", "required_in_this_case"),
    "coe-108plus:14(4)(c)": ("adopted", "provided_by_law", "necessary", "proportionate"),
    "coe-108plus:14(4)(d)": ("adopted", "necessary", "proportionate"),
}
"""The tests of each derogation, each answered by itself."""

OTHER_CRITERIA = ("ocsea.balancing_test", "eu-scc-2021.organisation", "eu-scc-2021.public_authority")


def criteria() -> frozenset[str]:
    """Every id under which a route may hold an answer (besides onward steps, which are numbered)."""
    tests = {f"{provision}.{test}" for provision, names in DEROGATION_TESTS.items() for test in names}
    return frozenset({*provisions(), *tests, *OTHER_CRITERIA})


@cache
def provisions() -> dict[str, Provision]:
    """Every provision by id."""
    return {
        f"{instrument.id}:{number}": Provision(
            f"{instrument.id}:{number}", about, instrument.title, instrument.url, instrument.verification
        )
        for instrument in read_record(CATALOGUE, CatalogueFile).instruments
        for number, about in instrument.provisions.items()
    }
