"""Every sentence and label of the pictures, as templates with named parameters."""

from __future__ import annotations

from transfers.documents.saying import Wording, _, marked, told

ROUTE_TITLE = marked("The route: {title}")
ROUTE_OUTCOME = marked("As of {day}: {outcome}")
ROUTE_OUTCOME_TOLD = marked("The outcome of the whole route as of {day}: {outcome}.")

EXPORTER = marked("Exporter; role: {role}")
EXPORTER_TOLD = marked("{exporter} ({place}) sends personal data as exporter; its role: {role}.")
EXPORTER_UNNAMED = marked("Exporter without a name")
IMPORTER = marked("Importer; role: {role}")
IMPORTER_TOLD = marked(
    "The data go to {importer} ({place}) as importer; its role: {role}. Outcome of this leg: {outcome}."
)
IMPORTER_UNNAMED = marked("Importer without a name")
SAME_IMPORTER = marked("The same importer")
SAME_IMPORTER_TOLD = marked("They also go to {importer} in another place ({place}). Outcome of this leg: {outcome}.")
FURTHER = marked("{place}; terms: {terms}")
FURTHER_TOLD = marked("They go further to {recipient} ({place}); terms: {terms}. Outcome of this leg: {outcome}.")
FURTHER_UNNAMED = marked("Recipient without a name")
FURTHER_OF_SEVERAL = marked("Passed on by one of the importers to:")
PLACE_UNKNOWN = marked("place not stated")
ROLE_UNKNOWN = marked("not known")

TERMS = Wording(
    {
        "joined_clauses": marked("has joined the clauses"),
        "adequate_destination": marked("adequate destination"),
        "equivalent_safeguards": marked("equivalent safeguards"),
        "none": marked("none"),
        "unknown": marked("not known"),
    }
)

STORED_HERE = marked("stored here")
SEEN_FROM_HERE = marked("seen from here")
KEYS_HERE = marked("keys here or with an entity it trusts")
IDENTITIES_HERE = marked("kept here: what tells who the people are")

DECIDES = marked("This leg decides")
DECIDES_TOLD = marked("The leg that decides: {leg} ({place}).")
WEAKEST = marked("Weakest leg")
WEAKEST_TOLD = marked("The weakest leg: {leg} ({place}).")

REST = marked("and {count} further recipients")
REST_TOLD = marked("And {count} further recipients that are not drawn; the strictest outcome among them: {outcome}.")
REST_OF_ALL = marked("and {count} further recipients and places")
REST_OF_ALL_TOLD = marked(
    "And {count} further recipients and places that are not drawn; the strictest outcome among them: {outcome}."
)
REST_STRICTEST = marked("The strictest among them:")

LABEL = marked("{label}:")

DATA = marked("Data")
DATA_TOLD = marked("The data: {what}.")
DATA_UNKNOWN_TOLD = marked("Which data are sent is not stated.")
SPECIAL = marked("Special categories")
SPECIAL_TOLD = marked("Special categories of data among them: {what}.")
PEOPLE = marked("About")
PEOPLE_TOLD = marked("They are about: {who}.")
PURPOSE = marked("Purpose")
PURPOSE_TOLD = marked("The purpose: {purpose}.")
RELIED_ON = marked("Relied on")
RELIED_ON_TOLD = marked("The route relies on: {tools}.")
RELIED_ON_NOTHING_TOLD = marked("The route relies on no tool.")
RELIED_ON_UNKNOWN_TOLD = marked("What the route relies on is not stated.")
STORED = marked("Stored in")
STORED_TOLD = {
    "all": marked("The data are stored in: {places}."),
    "some": marked("The data are stored in: {places}; for other importers it is not stated."),
    "nowhere_else": marked("The data are stored nowhere but at the seat of the importer."),
    "unknown": marked("Where the data are stored is not stated."),
}
SEEN = marked("Seen from")
SEEN_TOLD = {
    "all": marked("The data are seen from: {places}."),
    "some": marked("The data are seen from: {places}; for other importers it is not stated."),
    "nowhere_else": marked("The data are seen from nowhere but the seat of the importer."),
    "unknown": marked("From where the data are seen is not stated."),
}
THROUGH = marked("Only passes through")
THROUGH_TOLD = marked("On their way the data only pass through: {places}.")
NOTHING = marked("nothing")
NOT_STATED = marked("not stated")
KEPT = {
    "all": "{places}",
    "some": marked("{places}; for other importers not stated"),
    "nowhere_else": marked("nowhere but at the seat of the importer"),
    "unknown": marked("not stated"),
}
"""What the picture says of storage and access, as STORED_TOLD and SEEN_TOLD do in sentences."""

KEYS = marked("Keys")
KEYS_STATES = Wording(
    {
        "in_place": marked(
            "only with the exporter or an entity it trusts in an equivalent jurisdiction (UC1.6 in place)"
        ),
        "planned": marked("not known; to be with the exporter is planned only, and not counted (UC1.6)"),
        "absent": marked("not arranged to be only with the exporter or an entity it trusts (UC1.6 absent)"),
        "not_applicable": marked("said not to apply (UC1.6)"),
        "unknown": marked("not known"),
    }
)
KEYS_TOLD = Wording(
    {
        "in_place": marked(
            "The keys are only with the exporter or an entity it trusts in an equivalent jurisdiction (UC1.6 in place)."
        ),
        "planned": marked(
            "Where the keys are is not known; that they be with the exporter is planned only, and not counted (UC1.6)."
        ),
        "absent": marked(
            "It is not arranged that the keys be only with the exporter or an entity it trusts (UC1.6 absent)."
        ),
        "not_applicable": marked("That the keys be with the exporter is said not to apply (UC1.6)."),
        "unknown": marked("Where the keys are is not known."),
    }
)
IDENTITIES = marked("Who the people are")
IDENTITIES_STATES = Wording(
    {
        "in_place": marked("known only to the exporter (UC2.2 in place)"),
        "planned": marked("not known; to be with the exporter alone is planned only, and not counted (UC2.2)"),
        "absent": marked("not arranged to be with the exporter alone (UC2.2 absent)"),
        "not_applicable": marked("said not to apply (UC2.2)"),
        "unknown": marked("not known (UC2.2)"),
    }
)
IDENTITIES_TOLD = Wording(
    {
        "in_place": marked("What tells who the people are is only with the exporter (UC2.2 in place)."),
        "planned": marked(
            "Where it is kept who the people are is not known; with the exporter alone is planned only, and not counted (UC2.2)."
        ),
        "absent": marked(
            "It is not arranged that what tells who the people are be with the exporter alone (UC2.2 absent)."
        ),
        "not_applicable": marked("That the exporter alone keeps who the people are is said not to apply (UC2.2)."),
        "unknown": marked("Where it is kept who the people are is not known (UC2.2)."),
    }
)

TOOL_SIGNED_ON = marked("{tool}: signed on {day}")
TOOL_SIGNED = marked("{tool}: signed")
TOOL_SIGNED_LATER = marked("{tool}: signed on {day}, after the day of this assessment")
TOOL_SIGNED_ON_RECORD = marked("{tool}: signed on {day}, says the record of the importer")
TOOL_PLANNED = marked("{tool}: planned, not counted")
TOOL_UNKNOWN = marked("{tool}: not known whether signed")
TOOL_NEEDS_NO_SIGNATURE = marked("{tool}: relied on")
MORE_TOOLS = marked("and {count} further tools")

MAP_TITLE = marked("Destinations by outcome")
MAP_TOLD = marked("A map of the world with {count} destinations by outcome.")
MAP_OUTCOME = marked("{outcome} ({count})")
MAP_OUTCOME_TOLD = marked("{outcome} ({count}): {places}.")
MAP_MORE = marked("and {count} more")
MAP_PLACE = marked("{place}: {outcome}")
MAP_EUROPE = marked("Europe, larger")
MAP_ORGANISATIONS = marked("Organisations")
MAP_NOT_DRAWN = marked("Not drawn")
MAP_NOT_DRAWN_TOLD = marked("Not drawn on the map: {places}.")
MAP_NOTHING = marked("No destination was assessed.")
MAP_PLAIN = marked("Not assessed")
MAP_BORDERS = marked(
    "Borders: Natural Earth 4.1.0 (public domain), as in the source; they say nothing about the status of any place. "
    "Areas that the source draws apart, and Crimea, carry no outcome. Small places are shown as spots."
)


def said(template: str, **parameters: str | int) -> str:
    """A template of this module in the language spoken, with its parameters filled in."""
    return told(_(template), **parameters)
