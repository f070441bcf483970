"""Layouts of a transfer impact assessment: which parts stand in which chapter, in the order that one reader is used to.

The chapters of ``edpb`` follow the six steps of EDPB Recommendations 01/2020, those of ``cnil`` the preliminary questions and steps of
the CNIL's guide of 31 January 2025, those of ``ico`` the six questions of the ICO's transfer risk assessment; all in our own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from transfers.finding import _


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
    """``route`` stands once for each route, ``closing`` once. A layout that is not ``whole`` is a summary and leaves findings out."""

    about: str
    route: tuple[Section, ...]
    closing: tuple[Section, ...]
    whole: bool = True


_CONCLUSION = Section(_("Conclusion"), ("result", "results_by_law", "conditions", "whom_to_tell", "next_steps"))
_OPEN = Section(_("What is open"), ("questions", "contested", "options"))
_CONVENTION = Section(
    _("Convention 108+, Article 14"),
    ("article_14_reading", "article_14", "demonstration", "asked_besides", "convention"),
)
_PROFILE = Section(_("Reports of child sexual exploitation and abuse"), ("profile",), left_out=True)
_CLOSING = (
    Section(_("Sign-off"), ("sign_off", "for_the_file"), new_page=True),
    Section(_("Annex: provisions cited"), ("provisions",)),
    Section(_("Annex: sources"), ("sources_by_class", "sources")),
)

DEFAULT = "edpb"

LAYOUTS: dict[str, Layout] = {
    "edpb": Layout(
        _("the six steps of EDPB Recommendations 01/2020"),
        (
            _CONCLUSION,
            Section(_("Step 1: Know the transfer"), ("picture", "parties", "transfer", "legal_layers", "answers")),
            Section(_("Step 2: The transfer tool"), ("tool", "derogations")),
            Section(
                _("Step 3: Law and practice of the destination"),
                ("depth", "law", "guarantees", "access_laws", "practice", "evidence"),
            ),
            Section(_("Step 4: Supplementary measures"), ("measures", "measure_table")),
            Section(_("Step 5: Procedure and other demands"), ("demands",)),
            Section(_("Onward legs and other places"), ("legs", "onward")),
            _PROFILE,
            _CONVENTION,
            _OPEN,
            Section(_("Step 6: Look again"), ("review", "watch", "planned")),
        ),
        _CLOSING,
    ),
    "cnil": Layout(
        _("the questions and steps of the CNIL's guide of January 2025"),
        (
            _CONCLUSION,
            Section(
                _("Before the steps: is there a transfer, and who answers for it?"), ("transfer", "parties", "answers")
            ),
            Section(_("Before the steps: how far does it reach?"), ("picture", "legs", "onward")),
            Section(_("Before the steps: other demands that must be met"), ("demands", "profile")),
            Section(_("Step 1: Know the transfer"), ("data", "legal_layers")),
            Section(_("Step 2: The tool, or what makes an assessment unnecessary"), ("tool", "derogations")),
            Section(
                _("Step 3: Law and practice of the destination"),
                ("depth", "law", "guarantees", "access_laws", "practice", "evidence"),
            ),
            Section(_("Step 4: Supplementary measures"), ("measures", "measure_table")),
            Section(_("Step 5: Put the measures in place"), ("planned", "options")),
            Section(_("Step 6: Look again"), ("review", "watch")),
            Section(_("What is open"), ("questions", "contested")),
            _CONVENTION,
        ),
        _CLOSING,
    ),
    "ico": Layout(
        _("the questions of the ICO's transfer risk assessment"),
        (
            _CONCLUSION,
            Section(
                _("Question 1: What are the circumstances of the transfer?"),
                ("picture", "parties", "transfer", "legal_layers", "legs", "onward", "profile", "answers"),
            ),
            Section(_("Question 2: How much risk is in the data?"), ("data",)),
            Section(_("Question 3: How far must the destination be looked into?"), ("depth", "evidence")),
            Section(
                _("Question 4: Does the transfer significantly raise the risk to people's rights there?"),
                ("law", "guarantees", "access_laws", "practice", "measures", "measure_table"),
            ),
            Section(_("Question 5: Can the safeguard be enforced, here and there?"), ("tool", "demands")),
            Section(_("Question 6: Does an exception cover the risk that is left?"), ("derogations",)),
            _CONVENTION,
            _OPEN,
            Section(_("Look again"), ("review", "watch", "planned")),
        ),
        _CLOSING,
    ),
    "convention": Layout(
        _("Article 14 of Convention 108+ first"),
        (
            _CONCLUSION,
            Section(_("The transfer"), ("picture", "parties", "transfer", "legal_layers", "legs", "answers")),
            Section(_("Article 14 of Convention 108+"), ("article_14_reading", "article_14", "asked_besides")),
            Section(_("What must be shown under Article 14(5) and (6)"), ("demonstration",)),
            Section(_("What binds the exporter's State today"), ("convention",)),
            Section(
                _("Law and practice of the destination"),
                ("depth", "law", "guarantees", "access_laws", "practice", "evidence"),
            ),
            Section(_("Measures"), ("measures", "measure_table")),
            _PROFILE,
            Section(_("The exporter's own law"), ("tool", "derogations", "demands", "onward")),
            _OPEN,
            Section(_("Look again"), ("review", "watch", "planned")),
        ),
        _CLOSING,
    ),
    "short": Layout(
        _("two pages for a board; no findings"),
        (
            Section(_("Conclusion"), ("result", "results_by_law", "conditions", "next_steps")),
            Section(_("What is open"), ("questions", "contested")),
            Section(_("Look again"), ("watch", "review")),
        ),
        (Section(_("Sign-off"), ("sign_off", "for_the_file")), Section(_("Sources"), ("sources",))),
        whole=False,
    ),
}
"""Every layout by the name it has on the command line."""
