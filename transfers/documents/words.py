"""The words a reader sees for the words the engine uses: each once."""

from __future__ import annotations

from country_reports.facts import Fact, Verification
from transfers.documents.saying import Wording, _, dated, marked, told

OUTCOMES = Wording(
    {
        "not_in_scope": marked("Not in scope"),
        "no_transfer": marked("No transfer"),
        "permitted": marked("Permitted"),
        "permitted_with_conditions": marked("Permitted with conditions"),
        "permitted_derogation_only": marked("Permitted by a derogation only"),
        "contested": marked("Contested between authorities"),
        "supplementary_measures_required": marked("Not before supplementary measures are in place"),
        "undetermined": marked("Undetermined: facts are missing"),
        "not_permitted": marked("Not permitted"),
    }
)

ADVICE = Wording(
    {
        "not_in_scope": marked(
            "None of the laws examined applies to this flow. Check that the exporter and its law are rightly stated."
        ),
        "no_transfer": marked(
            "The rules on transfers are not engaged. The general duties of the exporter still apply."
        ),
        "permitted": marked("The transfer may take place. Watch the points listed below and review in time."),
        "permitted_with_conditions": marked(
            "The transfer may take place only while every condition below is met. File this document with the evidence."
        ),
        "permitted_derogation_only": marked(
            "Only an exception carries this transfer. Keep within its limits and document each use."
        ),
        "contested": marked(
            "Authorities or courts read the law differently here. Do not start before counsel has chosen a line and written down why."
        ),
        "supplementary_measures_required": marked(
            "Do not start, or suspend, until an effective measure is in place. What is missing is named below."
        ),
        "undetermined": marked(
            "Do not start on this basis. The open questions below say what is missing and whom to ask."
        ),
        "not_permitted": marked(
            "Do not start this transfer; if it is under way, suspend or end it. The reasons are below."
        ),
    }
)

TRUTHS = Wording({"yes": marked("yes"), "no": marked("no"), "unknown": marked("not known")})

ROLES = Wording(
    {"supports": marked("relied on"), "ended": marked("no longer in force"), "not_yet": marked("not yet in force")}
)

STANDINGS = Wording(
    {
        "supports": marked("in force on this day"),
        "ended": marked("no longer in force"),
        "not_yet": marked("not yet in force"),
    }
)

VERIFICATIONS = Wording(
    {
        "primary": marked("read at the source"),
        "secondary": marked("read in a report of the source"),
        "unverified": marked("UNVERIFIED: not read"),
    }
)

ASKED = Wording(
    {
        "exporter": marked("the exporter"),
        "importer": marked("the importer"),
        "counsel": marked("counsel"),
        "registry": marked("whoever keeps the country registry"),
    }
)

DOCTRINES = Wording(
    {
        "edpb": marked("the cautious reading of the authorities: no tool, and no exception that becomes the rule"),
        "disclosed_use": marked("the clauses may be used with open disclosure of the gap"),
        "ico": marked(
            "the test of the ICO: protection not materially lower, as the exporter itself judges reasonably and proportionately"
        ),
        "fdpic": marked("the four guarantees of the FDPIC's guide, with no place for likelihood"),
        "risk_based": marked("an estimate of the likelihood of access may decide"),
        "systematic_derogation": marked(
            "the text of article 49 does not confine this derogation to occasional transfers"
        ),
    }
)

STANDARDS = Wording(
    {
        "essential_equivalence": marked("essential equivalence (the European Essential Guarantees)"),
        "not_materially_lower": marked("the data protection test: protection not materially lower"),
        "four_guarantees": marked("the four guarantees of the FDPIC's guide of June 2021"),
    }
)

LEFT_OUT = {
    "own_staff": "access by the exporter's own staff abroad",
    "direct_collection": "data that the recipient collects from the person itself",
    "return_to_controller": "a processor's return of data to its own controller",
}

AREAS = Wording({"national_security": marked("national security"), "law_enforcement": marked("law enforcement")})

RATINGS = Wording(
    {"met": marked("met"), "partly": marked("partly met"), "not_met": marked("not met"), "unclear": marked("unclear")}
)

CONDUCTS = Wording(
    {
        "respected": marked("keeps to the law"),
        "ignored": marked("ignores the law"),
        "incompatible": marked("cannot go with a transfer tool"),
        "unknown": marked("could not be established"),
    }
)

HEADS = Wording(
    {
        "A": marked("clear, precise and accessible rules"),
        "B": marked("necessity and proportionality"),
        "C": marked("independent oversight"),
        "D": marked("effective remedies"),
    }
)


def period_of(valid_from: str | None, valid_to: str | None) -> str:
    """A half-open period in words; the last day is the day before ``valid_to``."""
    if valid_from and valid_to:
        return told(_("from {first}, until before {end}"), first=dated(valid_from), end=dated(valid_to))
    if valid_from:
        return told(_("from {first}"), first=dated(valid_from))
    return told(_("until before {end}"), end=dated(valid_to)) if valid_to else ""


BONDS = Wording(
    {
        "party": marked("Party"),
        "provisional": marked("applies it provisionally"),
        "ratified": marked("ratified, not yet bound"),
        "signed": marked("signed only"),
        "left": marked("no longer a Party"),
        "none": marked("neither signed nor ratified"),
        "not_established": marked("not established: the list we have may lack its ratification"),
    }
)

DEPTHS = Wording(
    {
        "full": marked("The law on access by authorities was researched in depth."),
        "exporter": marked("Only the exporter's side was researched; the law on access by authorities was NOT."),
        "baseline": marked(
            "Only treaties, groups and findings of adequacy are on file; the law of the place itself was NOT researched."
        ),
    }
)

GATEWAYS = Wording(
    {
        "adequacy": marked("finding of adequacy"),
        "list": marked("list of places"),
        "negative_list": marked("list of forbidden places"),
        "free_flow": marked("free flow"),
        "public_instrument": marked("instrument between public bodies"),
        "administrative_arrangement": marked("administrative arrangement"),
        "approved_contract": marked("approved contract clauses"),
        "adhoc_contract": marked("individual contract clauses"),
        "bcr": marked("binding corporate rules"),
        "code": marked("code of conduct"),
        "certification": marked("certification"),
        "treaty": marked("treaty"),
        "self_assessment": marked("own assessment of the exporter"),
        "appropriate_safeguards": marked("appropriate safeguards"),
        "consent": marked("consent"),
        "derogation": marked("derogation"),
        "authorisation": marked("authorisation"),
        "security_assessment": marked("security assessment by the State"),
        "exemption": marked("exemption"),
        "notification": marked("notification"),
        "accountability": marked("accountability of the exporter"),
        "restriction": marked("limit on other grounds"),
    }
)

PATTERNS = Wording(
    {
        "systematic": marked("may be repeated"),
        "occasional": marked("single cases only"),
        "either": marked("single or repeated"),
    }
)

ASSESSMENTS = Wording(
    {
        "required": marked("required"),
        "expected": marked("expected by authorities or courts"),
        "conditional": marked("in some cases"),
        "not_required": marked("not required"),
    }
)

REACH = Wording({"any": marked("everybody in the jurisdiction")})

DATA_KINDS = {
    "any": "any data",
    "content": "content",
    "traffic": "traffic data",
    "location": "location data",
    "subscriber": "subscriber data",
    "financial": "financial records",
    "travel": "travel records",
}

SCOPES = Wording(
    {
        "both": marked("targeted or in bulk"),
        "bulk": marked("in bulk"),
        "targeted": marked("targeted"),
        "not_applicable": "",
    }
)

AUTHORISATIONS = Wording(
    {
        "court": marked("a court"),
        "independent_body": marked("an independent body"),
        "executive_and_independent": marked("the executive and an independent body"),
        "executive": marked("the executive alone"),
        "internal": marked("the agency itself"),
        "none": marked("none"),
        "mixed": marked("by different bodies, depending on the case"),
        "unclear": marked("not established"),
    }
)

TURNS = Wording(
    {
        "signs": marked("signs"),
        "ratifies": marked("ratifies"),
        "applies": marked("applies provisionally"),
        "begins": marked("from this day"),
        "ends": marked("until before this day"),
        "event": marked("event"),
    }
)


def checked(fact: Fact, verification: Verification) -> str:
    """How a fact was checked, for the day it is cited on."""
    seen = f", as of {fact.verified_on}" if fact.verified_on else ""
    if verification is Verification.UNVERIFIED and fact.verification is not Verification.UNVERIFIED:
        return f"{VERIFICATIONS[fact.verification]}{seen}; since when is UNVERIFIED"
    return f"{VERIFICATIONS[verification]}{seen}"


def said(word: str) -> str:
    """A word of the records as a reader sees it, where no better one is listed."""
    return _(word.replace("_", " "))


def joined(*texts: str | None) -> str:
    """What there is to say, with commas between."""
    return ", ".join(text for text in texts if text)


NOT_JUDGED = marked(
    "The law that binds this exporter is not on file in full, so no answer given here can make the result definite: have that law "
    "answered by counsel outside this tool."
)

POLICIES = Wording(
    {
        "doctrine": marked("one side taken where authorities differ: {value}"),
        "accept_stale": marked("facts older than their limit accepted"),
        "verified_only": marked("no permission on facts that were not checked"),
    }
)

OUTSIDE = marked(
    "Not examined here: whether the processing itself is lawful (for the GDPR articles 5, 6, 9, 28 and 35), sector law such as health or "
    "banking law, and the content of the contract. Information of the data subjects and the record of processing are always due."
)

EFFECTS = {
    ("moved", True): "No longer permissible",
    ("not_compared", True): "Cannot be assessed on the later side",
    ("moved", False): "Now permissible",
    ("not_compared", False): "Could not be assessed on the earlier side",
    ("changed", True): "Another outcome on the same side of the line, for the worse",
    ("changed", False): "Another outcome on the same side of the line",
    ("reread", False): "Same outcome, to be read again",
    ("untouched", False): "Untouched",
}
"""What a change does to a route, with whether it is for the worse, in the order in which they are told."""

FACTS_BETWEEN = {
    "ended": "Ended",
    "gone": "No longer among the facts it rests on",
    "to_end": "An end is set",
    "began": "In force now",
    "added": "New among the facts it rests on",
    "too_old": "Older than its limit now, and to be checked again",
    "altered": "Altered",
}

PARTS = {
    "facts": "the facts it rests on",
    "findings": "findings",
    "conditions": "conditions",
    "questions": "open questions",
    "lines": "which line of authorities leads where",
    "benchmark": "the benchmark of Article 14",
    "legs": "the outcome of single legs",
    "watch": "points to watch",
    "contested": "points on which readings differ",
    "options": "what could open the way",
    "review_by": "the review day",
}
"""Parts of an assessment."""
