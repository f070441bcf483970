"""Layouts of a transfer impact assessment: which parts stand in which chapter, in the order that one reader is used to.

The chapters of ``edpb`` follow the six steps of EDPB Recommendations 01/2020, those of ``cnil`` the preliminary questions and steps of
the CNIL's guide of 31 January 2025, those of ``ico`` the six questions of the ICO's transfer risk assessment; all in our own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from transfers.documents.saying import marked


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its title, and the names of its parts (``parts.ROUTE_PARTS``, or ``WHOLE_PARTS`` at the end).

    A chapter without anything to tell says so, unless it is ``left_out`` then.
    """

    title: str
    parts: tuple[str, ...]
    new_page: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """``route`` stands once for each route, ``closing`` once. A layout that is not ``whole`` is a summary and leaves findings and sources out."""

    about: str
    route: tuple[Section, ...]
    closing: tuple[Section, ...]
    whole: bool = True


_CONCLUSION = Section(marked("Conclusion"), ("result", "results_by_law", "conditions", "whom_to_tell", "next_steps"))
_OPEN = Section(marked("What is open"), ("questions", "contested", "options"))
_CONVENTION = Section(
    marked("Convention 108+, Article 14"),
    ("article_14_reading", "article_14", "demonstration", "asked_besides", "convention"),
)
_PROFILE = Section(marked("Reports of child sexual exploitation and abuse"), ("profile",), left_out=True)
_CLOSING = (
    Section(marked("Sign-off"), ("sign_off", "for_the_file"), new_page=True),
    Section(marked("Annex: provisions cited"), ("provisions",)),
    Section(marked("Annex: sources"), ("sources_by_class", "sources")),
)

DEFAULT = "edpb"

LAYOUTS: dict[str, Layout] = {
    "edpb": Layout(
        marked("the six steps of EDPB Recommendations 01/2020"),
        (
            _CONCLUSION,
            Section(marked("Step 1: Know the transfer"), ("picture", "parties", "transfer", "legal_layers", "answers")),
            Section(marked("Step 2: The transfer tool"), ("tool", "derogations")),
            Section(
                marked("Step 3: Law and practice of the destination"),
                ("depth", "law", "guarantees", "access_laws", "practice", "evidence"),
            ),
            Section(marked("Step 4: Supplementary measures"), ("measures", "measure_table")),
            Section(marked("Step 5: Procedure and other demands"), ("demands",)),
            Section(marked("Onward legs and other places"), ("legs", "onward")),
            _PROFILE,
            _CONVENTION,
            _OPEN,
            Section(marked("Step 6: Look again"), ("review", "watch", "planned")),
        ),
        _CLOSING,
    ),
    "cnil": Layout(
        marked("the questions and steps of the CNIL's guide of January 2025"),
        (
            _CONCLUSION,
            Section(
                marked("Before the steps: is there a transfer, and who answers for it?"),
                ("transfer", "parties", "answers"),
            ),
            Section(marked("Before the steps: how far does it reach?"), ("picture", "legs", "onward")),
            Section(marked("Before the steps: other demands that must be met"), ("demands", "profile")),
            Section(marked("Step 1: Know the transfer"), ("data", "legal_layers")),
            Section(marked("Step 2: The tool, or what makes an assessment unnecessary"), ("tool", "derogations")),
            Section(
                marked("Step 3: Law and practice of the destination"),
                ("depth", "law", "guarantees", "access_laws", "practice", "evidence"),
            ),
            Section(marked("Step 4: Supplementary measures"), ("measures", "measure_table")),
            Section(marked("Step 5: Put the measures in place"), ("planned", "options")),
            Section(marked("Step 6: Look again"), ("review", "watch")),
            Section(marked("What is open"), ("questions", "contested")),
            _CONVENTION,
        ),
        _CLOSING,
    ),
    "ico": Layout(
        marked("the questions of the ICO's transfer risk assessment"),
        (
            _CONCLUSION,
            Section(
                marked("Question 1: What are the circumstances of the transfer?"),
                ("picture", "parties", "transfer", "legal_layers", "legs", "onward", "profile", "answers"),
            ),
            Section(marked("Question 2: How much risk is in the data?"), ("data",)),
            Section(marked("Question 3: How far must the destination be looked into?"), ("depth", "evidence")),
            Section(
                marked("Question 4: Does the transfer significantly raise the risk to people's rights there?"),
                ("law", "guarantees", "access_laws", "practice", "measures", "measure_table"),
            ),
            Section(marked("Question 5: Can the safeguard be enforced, here and there?"), ("tool", "demands")),
            Section(marked("Question 6: Does an exception cover the risk that is left?"), ("derogations",)),
            _CONVENTION,
            _OPEN,
            Section(marked("Look again"), ("review", "watch", "planned")),
        ),
        _CLOSING,
    ),
    "convention": Layout(
        marked("Article 14 of Convention 108+ first"),
        (
            _CONCLUSION,
            Section(marked("The transfer"), ("picture", "parties", "transfer", "legal_layers", "legs", "answers")),
            Section(marked("Article 14 of Convention 108+"), ("article_14_reading", "article_14", "asked_besides")),
            Section(marked("What must be shown under Article 14(5) and (6)"), ("demonstration",)),
            Section(marked("What binds the exporter's State today"), ("convention",)),
            Section(
                marked("Law and practice of the destination"),
                ("depth", "law", "guarantees", "access_laws", "practice", "evidence"),
            ),
            Section(marked("Measures"), ("measures", "measure_table")),
            _PROFILE,
            Section(marked("The exporter's own law"), ("tool", "derogations", "demands", "onward")),
            _OPEN,
            Section(marked("Look again"), ("review", "watch", "planned")),
        ),
        _CLOSING,
    ),
    "short": Layout(
        marked("two pages for a board; no findings"),
        (
            Section(marked("Conclusion"), ("result", "results_by_law", "first_conditions")),
            Section(marked("What is open"), ("first_questions", "first_contested")),
            Section(marked("Look again"), ("first_watched", "review_day")),
        ),
        (Section(marked("Sign-off"), ("sign_off", "for_the_file")),),
        whole=False,
    ),
}
"""Every layout by the name it has on the command line."""
