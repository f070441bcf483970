"""Every sentence and label of the pictures, as templates with named parameters."""

from __future__ import annotations

from transfers.finding import _

ROUTE_TITLE = _("The route: {title}")
ROUTE_OUTCOME = _("As of {day}: {outcome}")
ROUTE_OUTCOME_TOLD = _("The outcome of the whole route as of {day}: {outcome}.")

EXPORTER = _("Exporter; role: {role}")
EXPORTER_TOLD = _("{exporter} ({place}) sends personal data as exporter; its role: {role}.")
EXPORTER_UNNAMED = _("Exporter without a name")
IMPORTER = _("Importer; role: {role}")
IMPORTER_TOLD = _("The data go to {importer} ({place}) as importer; its role: {role}. Outcome of this leg: {outcome}.")
IMPORTER_UNNAMED = _("Importer without a name")
SAME_IMPORTER = _("The same importer")
SAME_IMPORTER_TOLD = _("They also go to {importer} in another place ({place}). Outcome of this leg: {outcome}.")
FURTHER = _("{place}; terms: {terms}")
FURTHER_TOLD = _("They go further to {recipient} ({place}); terms: {terms}. Outcome of this leg: {outcome}.")
FURTHER_UNNAMED = _("Recipient without a name")
FURTHER_OF_SEVERAL = _("Passed on by one of the importers to:")
PLACE_UNKNOWN = _("place not stated")
ROLE_UNKNOWN = _("not known")

TERMS = {
    "joined_clauses": _("has joined the clauses"),
    "adequate_destination": _("adequate destination"),
    "equivalent_safeguards": _("equivalent safeguards"),
    "none": _("none"),
    "unknown": _("not known"),
}

STORED_HERE = _("stored here")
SEEN_FROM_HERE = _("seen from here")
KEYS_HERE = _("keys here or with an entity it trusts")
IDENTITIES_HERE = _("kept here: what tells who the people are")

DECIDES = _("This leg decides")
DECIDES_TOLD = _("The leg that decides: {leg} ({place}).")
WEAKEST = _("Weakest leg")
WEAKEST_TOLD = _("The weakest leg: {leg} ({place}).")

REST = _("and {count} further recipients")
REST_TOLD = _("And {count} further recipients that are not drawn; the strictest outcome among them: {outcome}.")
REST_OF_ALL = _("and {count} further recipients and places")
REST_OF_ALL_TOLD = _(
    "And {count} further recipients and places that are not drawn; the strictest outcome among them: {outcome}."
)
REST_STRICTEST = _("The strictest among them:")

DATA = _("Data")
DATA_TOLD = _("The data: {what}.")
DATA_UNKNOWN_TOLD = _("Which data are sent is not stated.")
SPECIAL = _("Special categories")
SPECIAL_TOLD = _("Special categories of data among them: {what}.")
PEOPLE = _("About")
PEOPLE_TOLD = _("They are about: {who}.")
PURPOSE = _("Purpose")
PURPOSE_TOLD = _("The purpose: {purpose}.")
RELIED_ON = _("Relied on")
RELIED_ON_TOLD = _("The route relies on: {tools}.")
RELIED_ON_NOTHING_TOLD = _("The route relies on no tool.")
RELIED_ON_UNKNOWN_TOLD = _("What the route relies on is not stated.")
STORED = _("Stored in")
STORED_TOLD = {
    "all": _("The data are stored in: {places}."),
    "some": _("The data are stored in: {places}; for other importers it is not stated."),
    "nowhere_else": _("The data are stored nowhere but at the seat of the importer."),
    "unknown": _("Where the data are stored is not stated."),
}
SEEN = _("Seen from")
SEEN_TOLD = {
    "all": _("The data are seen from: {places}."),
    "some": _("The data are seen from: {places}; for other importers it is not stated."),
    "nowhere_else": _("The data are seen from nowhere but the seat of the importer."),
    "unknown": _("From where the data are seen is not stated."),
}
THROUGH = _("Only passes through")
THROUGH_TOLD = _("On their way the data only pass through: {places}.")
NOTHING = _("nothing")
NOT_STATED = _("not stated")
KEPT = {
    "all": "{places}",
    "some": _("{places}; for other importers not stated"),
    "nowhere_else": _("nowhere but at the seat of the importer"),
    "unknown": _("not stated"),
}
"""What the picture says of storage and access, as STORED_TOLD and SEEN_TOLD do in sentences."""

KEYS = _("Keys")
KEYS_STATES = {
    "in_place": _("only with the exporter or an entity it trusts in an equivalent jurisdiction (UC1.6 in place)"),
    "planned": _("not known; to be with the exporter is planned only, and not counted (UC1.6)"),
    "absent": _("not arranged to be only with the exporter or an entity it trusts (UC1.6 absent)"),
    "not_applicable": _("said not to apply (UC1.6)"),
    "unknown": _("not known"),
}
KEYS_TOLD = {
    "in_place": _(
        "The keys are only with the exporter or an entity it trusts in an equivalent jurisdiction (UC1.6 in place)."
    ),
    "planned": _(
        "Where the keys are is not known; that they be with the exporter is planned only, and not counted (UC1.6)."
    ),
    "absent": _("It is not arranged that the keys be only with the exporter or an entity it trusts (UC1.6 absent)."),
    "not_applicable": _("That the keys be with the exporter is said not to apply (UC1.6)."),
    "unknown": _("Where the keys are is not known."),
}
IDENTITIES = _("Who the people are")
IDENTITIES_STATES = {
    "in_place": _("known only to the exporter (UC2.2 in place)"),
    "planned": _("not known; to be with the exporter alone is planned only, and not counted (UC2.2)"),
    "absent": _("not arranged to be with the exporter alone (UC2.2 absent)"),
    "not_applicable": _("said not to apply (UC2.2)"),
    "unknown": _("not known (UC2.2)"),
}
IDENTITIES_TOLD = {
    "in_place": _("What tells who the people are is only with the exporter (UC2.2 in place)."),
    "planned": _(
        "Where it is kept who the people are is not known; with the exporter alone is planned only, and not counted (UC2.2)."
    ),
    "absent": _("It is not arranged that what tells who the people are be with the exporter alone (UC2.2 absent)."),
    "not_applicable": _("That the exporter alone keeps who the people are is said not to apply (UC2.2)."),
    "unknown": _("Where it is kept who the people are is not known (UC2.2)."),
}

TOOL_SIGNED_ON = _("{tool}: signed on {day}")
TOOL_SIGNED = _("{tool}: signed")
TOOL_SIGNED_LATER = _("{tool}: signed on {day}, after the day of this assessment")
TOOL_SIGNED_ON_RECORD = _("{tool}: signed on {day}, says the record of the importer")
TOOL_PLANNED = _("{tool}: planned, not counted")
TOOL_UNKNOWN = _("{tool}: not known whether signed")
TOOL_NEEDS_NO_SIGNATURE = _("{tool}: relied on")
MORE_TOOLS = _("and {count} further tools")

MAP_TITLE = _("Destinations by outcome")
MAP_TOLD = _("A map of the world with {count} destinations by outcome.")
MAP_OUTCOME = _("{outcome} ({count})")
MAP_OUTCOME_TOLD = _("{outcome} ({count}): {places}.")
MAP_MORE = _("and {count} more")
MAP_PLACE = _("{place}: {outcome}")
MAP_EUROPE = _("Europe, larger")
MAP_ORGANISATIONS = _("Organisations")
MAP_NOT_DRAWN = _("Not drawn")
MAP_NOT_DRAWN_TOLD = _("Not drawn on the map: {places}.")
MAP_NOTHING = _("No destination was assessed.")
MAP_PLAIN = _("Not assessed")
MAP_BORDERS = _(
    "Borders: Natural Earth 4.1.0 (public domain), as in the source; they say nothing about the status of any place. "
    "Areas that the source draws apart, and Crimea, carry no outcome. Small places are shown as spots."
)


def said(template: str, **parameters: str | int) -> str:
    """A template with its parameters filled in."""
    return template.format(**parameters)


def listed(texts: list[str]) -> str:
    """Names in a row; some have commas of their own."""
    return "; ".join(texts)
