"""The catalogue of provisions: what each citation is, and where its text can be read."""

import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from country_reports.compiled import read_shipped
from country_reports.facts import Verification
from country_reports.frozen import frozen
from country_reports.records import Record

CATALOGUE = Path(__file__).resolve().parent / "provisions.yaml"


class Instrument(Record):
    id: str
    title: str
    url: str | None = None
    verification: Verification
    provisions: dict[str, str]


class CatalogueFile(Record):
    instruments: tuple[Instrument, ...]


@frozen
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
"""The tests of each derogation of the Convention, each answered by itself."""

PROTECTION_ELEMENTS = (
    "lawfulness", "purpose_and_minimisation", "special_categories", "security", "transparency", "rights", "accountability", "exceptions",
    "remedies", "onward_flows", "authority", "co_operation",
)  # fmt: skip
"""The protection elements of Convention 108+ (articles 5 to 21), which the law of a destination or safeguards must contain as far as relevant."""

GDPR_TESTS = {
    "eu-gdpr:46(2)(a)": ("in_force", "covers", "binding", "recipient_is_public", "rights"),
    "eu-gdpr:46(2)(b)": ("approved", "member", "covers"),
    "eu-gdpr:46(2)(e)": ("approved", "commitments", "covers", "rights"),
    "eu-gdpr:46(2)(f)": ("approved", "commitments", "covers", "rights"),
    "eu-gdpr:46(3)(a)": ("authorised", "rights"),
    "eu-gdpr:46(3)(b)": ("exporter_is_public", "recipient_is_public", "authorised", "rights"),
    "eu-gdpr:48": ("legal_basis", "agreement", "controller_instructed"),
    "eu-gdpr:49(1)(a)": ("explicit", "specific", "informed", "free", "outside_public_powers"),
    "eu-gdpr:49(1)(b)": ("necessary", "outside_public_powers"),
    "eu-gdpr:49(1)(c)": ("in_interest", "necessary", "outside_public_powers"),
    "eu-gdpr:49(1)(d)": ("recognised_interest", "necessary"),
    "eu-gdpr:49(1)(e)": ("specific_procedure", "necessary"),
    "eu-gdpr:49(1)(f)": ("vital", "incapable"),
    "eu-gdpr:49(1)(g)": ("public", "not_entire", "conditions"),
    "eu-gdpr:49(1)-second": (
        "not_repetitive", "exhausted", "limited_number", "compelling", "not_overridden", "safeguards", "outside_public_powers",
    ),
}  # fmt: skip
"""The tests of each tool and derogation of the GDPR that a route can answer."""

OTHER_TOOLS = (
    "adequacy",
    "eu-gdpr:46(2)(a)", "eu-gdpr:46(2)(b)", "eu-gdpr:46(2)(e)", "eu-gdpr:46(2)(f)", "eu-gdpr:46(3)(a)", "eu-gdpr:46(3)(b)",
    "eu-gdpr:49(1)(a)", "eu-gdpr:49(1)(b)", "eu-gdpr:49(1)(c)", "eu-gdpr:49(1)(d)", "eu-gdpr:49(1)(e)", "eu-gdpr:49(1)(f)",
    "eu-gdpr:49(1)(g)", "eu-gdpr:49(1)-second",
    "coe-108plus:14(4)(a)", "coe-108plus:14(4)(b)", "coe-108plus:14(4)(c)", "coe-108plus:14(4)(d)",
)  # fmt: skip
"""What a route may rely on besides clause sets."""

OTHER_CRITERIA = (
    "exporter_law.no_competent_authority",
    "ocsea.article_15", "ocsea.balancing_test", "ocsea.confidentiality", "ocsea.for_no_provider", "ocsea.hashes_only", "ocsea.law", "ocsea.order",
    "ocsea.other_services", "ocsea.report",
)  # fmt: skip

CODED = frozenset(("eu-gdpr",))
"""Exporters' laws with modules of their own; every other one is judged from its record."""

PARTS_THAT_ASK = ("scope", "scope.own_controller", "depth", "data_protection_test", "likelihood")
"""What the answers on a law on record as a whole are called, besides its demands and gateways."""

TESTS_OF_ANY_GATEWAY = ("conditions", "systematic", "assessment", "filed")
"""Tests that a gateway on record may have besides its own."""


READ_WITH_EVIDENCE = "edpb-01-2020:43.3.non_application"
"""The answer that counts only with the sources it rests on."""

_WORDS_ONLY = re.compile(r"edpb-01-2020:S\d+(\.importer)?|c-311-18:135\..+")
"""Classes of sources and kinds of laws: the catalogue says them in words, and nobody answers them."""

_PART_OF_A_HEAD = re.compile(r"(?P<head>edpb-02-2020:[A-D])\d(?P<leg>(?:\.[^.]+)?)")


@cache
def criteria() -> frozenset[str]:
    """Every id under which a route may hold an answer (besides onward steps, which name their recipient)."""
    elements = dict.fromkeys(("coe-108plus:14(3)(a)", "coe-108plus:14(3)(b)-content"), PROTECTION_ELEMENTS)
    every = DEROGATION_TESTS | GDPR_TESTS | elements
    tests = {f"{provision}.{test}" for provision, names in every.items() for test in names}
    asked = {provision for provision in provisions() if not _WORDS_ONLY.fullmatch(provision)}
    return frozenset({*asked, *tests, *OTHER_CRITERIA})


def head_of(criterion: str) -> str | None:
    """The id of the guarantee as a whole, for that of one of its sub-criteria; None for any other."""
    part = _PART_OF_A_HEAD.fullmatch(criterion)
    return part["head"] + part["leg"] if part is not None else None


def same_in_other_words(one: str, other: str) -> bool:
    """Whether one id is that of a guarantee and the other that of a part of it."""
    return one == head_of(other) or other == head_of(one)


def answered_twice(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Sub-criteria that are answered beside the guarantee they belong to, each with that guarantee."""
    for name in names:
        whole = head_of(name)
        if whole is not None and whole in names:
            yield name, whole


@cache
def provisions() -> dict[str, Provision]:
    """Every provision by id."""
    return {
        f"{instrument.id}:{number}": Provision(
            f"{instrument.id}:{number}", about, instrument.title, instrument.url, instrument.verification
        )
        for instrument in read_shipped(CATALOGUE, CatalogueFile).instruments
        for number, about in instrument.provisions.items()
    }
