"""A new report to fill in: what is known goes in from the sources, what is not stays a question."""

from __future__ import annotations

from datetime import date

from country_reports.maintenance.fmt import formatted
from country_reports.places import Place
from country_reports.report import CountryReport

QUESTIONS = (
    "Which act protects personal data, since when, and whom does it leave out?",
    "Who supervises, and is that authority independent in law and in fact?",
    "Which rights have people abroad, and where are they limited?",
    "On what grounds may data leave the country again, and what must be filed with whom?",
    "Under which laws can security services reach data held by companies: who is addressed, which data, who authorises?",
    "Under which laws can police, prosecutors and courts do so?",
    "Are communications intercepted on the way, in bulk or in single cases?",
    "Must operators keep traffic and location data, for how long, and who may see them?",
    "Must providers decrypt, keep silent, or store data in the country?",
    "Guarantee A: are those laws clear, precise and accessible?",
    "Guarantee B: are they necessary and proportionate? What have courts said?",
    "Guarantee C: is oversight independent, beforehand or afterwards?",
    "Guarantee D: which remedy has a person abroad, step by step, and has anybody ever won?",
    "Do authorities keep to these laws in practice? Which court, oversight body or study says so?",
    "May an importer publish how often it was addressed? What do published figures say?",
    "Which agreements on direct access, mutual assistance or intelligence bind the country?",
    "Which body takes reports of child sexual abuse, and who has a duty to report?",
    "Which dated events changed any of this, and which are announced?",
)


def scaffold(place: Place, day: date) -> str:
    """The text of a report on ``place`` that checks, says nothing that was not researched, and asks the rest."""
    lines = [
        "# yaml-language-server: $schema=../schemas/country.json",
        f"# Country report: {place.name}. Ratings are our reading of the evidence, never an average; where an authority ruled it is named.",
        f"place: {_quoted(place.id)}",
        f"as_of: {day.isoformat()}",
        "summary: Not yet researched.",
        "open_questions:",
        *(f"- '{question}'" for question in QUESTIONS),
    ]
    return formatted("\n".join(lines) + "\n", f"{place.id.lower()}.yaml", CountryReport)


def _quoted(word: str) -> str:
    """A place id that no reader of YAML takes for a truth value."""
    return f"'{word}'" if word in ("NO", "ON", "OFF", "YES") else word
