"""The French of the records: it says what the records say now, keeps their numbers, and what is still to be done gets less."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from transfers.languages.catalogue import path_of, read
from transfers.languages.extracting import COMMAND, records_told
from transfers.languages.progress import Progress, collection_of, progress

STILL_OPEN: dict[str, int] = {}
"""Texts that nobody has translated yet, by collection. A number here may only be lowered."""

PATH = path_of("fr", "records")


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return read(PATH.read_text("utf-8"), PATH.name)


@pytest.fixture(scope="module")
def places() -> dict[str, str]:
    return records_told()


def test_the_catalogue_is_one_that_other_tools_read(told: dict[str, str]) -> None:
    catalogue = read_po(BytesIO(PATH.read_bytes()), locale="fr", abort_invalid=True)
    assert {str(one.id): str(one.string) for one in catalogue if one.id} == told
    assert "Glossaire" in PATH.read_text("utf-8").partition("msgid")[0]


def test_every_text_is_still_that_of_a_record(places: dict[str, str]) -> None:
    stale = [
        f"{where}: the record no longer says {text!r}. Translate what it says now; `{COMMAND}` takes the old text out."
        for text, where in _places_named().items()
        if text not in places
    ]
    assert not stale, "\n".join(stale)


def _places_named() -> dict[str, str]:
    """Each text with the places that the catalogue names; Babel keeps only those that end in the number of a line."""
    found: dict[str, str] = {}
    for entry in PATH.read_text("utf-8").split("\n\n"):
        where = ", ".join(
            line.removeprefix("#: ").replace(" ", ", ") for line in entry.splitlines() if line.startswith("#: ")
        )
        found |= dict.fromkeys(read(entry, PATH.name), where)
    return found


def test_what_is_still_to_be_translated_only_gets_less(told: dict[str, str], places: dict[str, str]) -> None:
    still = {one.collection: one.untranslated for one in progress(told, places) if one.untranslated}
    more = {name: number for name, number in still.items() if number > STILL_OPEN.get(name, 0)}
    assert not more, f"New texts of records await a translation in {PATH.name}: {more}"
    assert still == STILL_OPEN, f"Some were translated: write {still} in STILL_OPEN, so that it stays so"


def test_no_number_and_no_year_of_a_text_is_lost(told: dict[str, str], places: dict[str, str]) -> None:
    lost = {
        text: sorted(_numbers(text) - _numbers(french))
        for text, french in told.items()
        if french and not _numbers(text) <= _numbers(french)
    }
    assert not lost, "\n".join(f"{places[text]}: {numbers} of {text!r}" for text, numbers in lost.items())


def test_sentences_end_as_in_english(told: dict[str, str]) -> None:
    """A sentence within another loses its full stop, and a question must stay one."""
    ends = [(text, french) for text, french in told.items() if french]
    other = [text for text, french in ends if (text[-1] == "?") != (french[-1] == "?")]
    other += [text for text, french in ends if len(text.split()) > 4 and (text[-1] == ".") != (french[-1] == ".")]
    assert not other, "\n".join(other)


def test_no_question_is_asked_in_the_negative(told: dict[str, str]) -> None:
    """Whether "oui" to "N'y a-t-il aucun ... ?" is a yes or a no depends on who answers."""
    negative = re.compile(r"^(Ne|N’|Ni)\b|\b(ne |n’)[^?,]{0,40}-(t-)?(ils?|elles?|on)\b")
    asked = [french for french in told.values() if french.endswith("?") and negative.search(french)]
    assert not asked, "Ask « Est-il exact que … ? »:\n" + "\n".join(asked)


def test_a_transfer_tool_has_one_name(told: dict[str, str]) -> None:
    """That of the CNIL; the other one stands in the title of Recommendations 01/2020 alone."""
    named = {text: french for text, french in told.items() if re.search(r"instruments? de transfert", french, re.I)}
    assert all("Recommendations 01/2020" in text for text in named), named


@pytest.mark.parametrize(
    ("place", "collection"),
    [
        ("country_reports/reports/us.yaml:summary", "reports/us"),
        ("country_reports/regimes/eu-gdpr.yaml:name", "regimes/eu-gdpr"),
        ("country_reports/adequacy/eu-commission.yaml:acts.instrument", "adequacy"),
        ("country_reports/exporters.yaml:regimes.name", "exporters"),
        ("transfers/law/provisions.yaml:eu-gdpr:46", "provisions"),
        ("clauses/sets/uk-idta.yaml:name", "sets"),
    ],
)
def test_a_text_is_counted_under_what_a_reader_looks_for(place: str, collection: str) -> None:
    assert collection_of(place) == collection


def test_progress_counts_what_has_no_translation() -> None:
    places = {"one": "country_reports/outlook.yaml:a", "two": "country_reports/outlook.yaml:b"}
    assert progress({"one": "un", "two": ""}, places) == (Progress("outlook", 2, 1),)


def _numbers(text: str) -> set[int]:
    """Every number, a day as its number and its year; digits may stand in groups of three."""
    days = re.sub(r"\b(\d{4})-\d\d-(\d\d)\b", r"\1 \2", text)
    months = re.sub(r"\b(\d{4})-\d\d\b(?![-\d])", r"\1", days)
    whole = re.sub(r"(?<=\d)[,\u00a0\u202f](?=\d{3}\b)|(?<=\d) (?=000\b)", "", months)
    return {int(number) for number in re.findall(r"\d+", whole)}
