"""The words a reader sees for the words the engine uses: each once."""

from __future__ import annotations

from country_reports.facts import Fact, Verification

OUTCOMES = {
    "not_in_scope": "Not in scope",
    "no_transfer": "No transfer",
    "permitted": "Permitted",
    "permitted_with_conditions": "Permitted with conditions",
    "permitted_derogation_only": "Permitted by a derogation only",
    "contested": "Contested between authorities",
    "supplementary_measures_required": "Not before supplementary measures are in place",
    "undetermined": "Undetermined: facts are missing",
    "not_permitted": "Not permitted",
}

ADVICE = {
    "not_in_scope": "None of the laws examined applies to this flow. Check that the exporter and its law are rightly stated.",
    "no_transfer": "The rules on transfers are not engaged. The general duties of the exporter still apply.",
    "permitted": "The transfer may take place. Watch the points listed below and review in time.",
    "permitted_with_conditions": "The transfer may take place only while every condition below is met. File this document with the evidence.",
    "permitted_derogation_only": "Only an exception carries this transfer. Keep within its limits and document each use.",
    "contested": "Authorities or courts read the law differently here. Do not start before counsel has chosen a line and written down why.",
    "supplementary_measures_required": "Do not start, or suspend, until an effective measure is in place. What is missing is named below.",
    "undetermined": "Do not start on this basis. The open questions below say what is missing and whom to ask.",
    "not_permitted": "Do not start this transfer; if it is under way, suspend or end it. The reasons are below.",
}

TRUTHS = {"yes": "yes", "no": "no", "unknown": "not known"}

ROLES = {"supports": "relied on", "ended": "no longer in force", "not_yet": "not yet in force"}

STANDINGS = {"supports": "in force on this day", "ended": "no longer in force", "not_yet": "not yet in force"}

VERIFICATIONS = {
    "primary": "read at the source",
    "secondary": "read in a report of the source",
    "unverified": "UNVERIFIED: not read",
}

ASKED = {
    "exporter": "the exporter",
    "importer": "the importer",
    "counsel": "counsel",
    "registry": "whoever keeps the country registry",
}

DOCTRINES = {
    "edpb": "the cautious reading of the authorities: no tool, and no exception that becomes the rule",
    "disclosed_use": "the clauses may be used with open disclosure of the gap",
    "ico": "the test of the ICO: protection not materially lower, as the exporter itself judges reasonably and proportionately",
    "fdpic": "the four guarantees of the FDPIC's guide, with no place for likelihood",
    "risk_based": "an estimate of the likelihood of access may decide",
    "systematic_derogation": "the text of article 49 does not confine this derogation to occasional transfers",
}

STANDARDS = {
    "essential_equivalence": "essential equivalence (the European Essential Guarantees)",
    "not_materially_lower": "the data protection test: protection not materially lower",
    "four_guarantees": "the four guarantees of the FDPIC's guide of June 2021",
}

LEFT_OUT = {
    "own_staff": "access by the exporter's own staff abroad",
    "direct_collection": "data that the recipient collects from the person itself",
    "return_to_controller": "a processor's return of data to its own controller",
}

AREAS = {"national_security": "national security", "law_enforcement": "law enforcement"}

RATINGS = {"met": "met", "partly": "partly met", "not_met": "not met", "unclear": "unclear"}

CONDUCTS = {
    "respected": "keeps to the law",
    "ignored": "ignores the law",
    "incompatible": "cannot go with a transfer tool",
    "unknown": "could not be established",
}

HEADS = {
    "A": "clear, precise and accessible rules",
    "B": "necessity and proportionality",
    "C": "independent oversight",
    "D": "effective remedies",
}


def period_of(valid_from: str | None, valid_to: str | None) -> str:
    """A half-open period in words; the last day is the day before ``valid_to``."""
    if valid_from and valid_to:
        return f"from {valid_from}, until before {valid_to}"
    if valid_from:
        return f"from {valid_from}"
    return f"until before {valid_to}" if valid_to else ""


BONDS = {
    "party": "Party",
    "provisional": "applies it provisionally",
    "ratified": "ratified, not yet bound",
    "signed": "signed only",
    "left": "no longer a Party",
    "none": "neither signed nor ratified",
    "not_established": "not established: the list we have may lack its ratification",
}

DEPTHS = {
    "full": "The law on access by authorities was researched in depth.",
    "exporter": "Only the exporter's side was researched; the law on access by authorities was NOT.",
    "baseline": "Only treaties, groups and findings of adequacy are on file; the law of the place itself was NOT researched.",
}

GATEWAYS = {
    "adequacy": "finding of adequacy",
    "list": "list of places",
    "negative_list": "list of forbidden places",
    "free_flow": "free flow",
    "public_instrument": "instrument between public bodies",
    "administrative_arrangement": "administrative arrangement",
    "approved_contract": "approved contract clauses",
    "adhoc_contract": "individual contract clauses",
    "bcr": "binding corporate rules",
    "code": "code of conduct",
    "certification": "certification",
    "treaty": "treaty",
    "self_assessment": "own assessment of the exporter",
    "appropriate_safeguards": "appropriate safeguards",
    "consent": "consent",
    "derogation": "derogation",
    "authorisation": "authorisation",
    "security_assessment": "security assessment by the State",
    "exemption": "exemption",
    "notification": "notification",
    "accountability": "accountability of the exporter",
    "restriction": "limit on other grounds",
}

PATTERNS = {"systematic": "may be repeated", "occasional": "single cases only", "either": "single or repeated"}

ASSESSMENTS = {
    "required": "required",
    "expected": "expected by authorities or courts",
    "conditional": "in some cases",
    "not_required": "not required",
}

REACH = {"any": "everybody in the jurisdiction"}

DATA_KINDS = {
    "any": "any data",
    "content": "content",
    "traffic": "traffic data",
    "location": "location data",
    "subscriber": "subscriber data",
    "financial": "financial records",
    "travel": "travel records",
}

SCOPES = {"both": "targeted or in bulk", "bulk": "in bulk", "targeted": "targeted", "not_applicable": ""}

AUTHORISATIONS = {
    "court": "a court",
    "independent_body": "an independent body",
    "executive_and_independent": "the executive and an independent body",
    "executive": "the executive alone",
    "internal": "the agency itself",
    "none": "none",
    "mixed": "by different bodies, depending on the case",
    "unclear": "not established",
}

TURNS = {
    "signs": "signs",
    "ratifies": "ratifies",
    "applies": "applies provisionally",
    "begins": "from this day",
    "ends": "until before this day",
    "event": "event",
}


def checked(fact: Fact, verification: Verification) -> str:
    """How a fact was checked, for the day it is cited on."""
    seen = f", as of {fact.verified_on}" if fact.verified_on else ""
    if verification is Verification.UNVERIFIED and fact.verification is not Verification.UNVERIFIED:
        return f"{VERIFICATIONS[fact.verification]}{seen}; since when is UNVERIFIED"
    return f"{VERIFICATIONS[verification]}{seen}"


def said(word: str) -> str:
    """A word of the records as a reader sees it, where no better one is listed."""
    return word.replace("_", " ")


def joined(*texts: str | None) -> str:
    """What there is to say, with commas between."""
    return ", ".join(text for text in texts if text)


NOT_JUDGED = (
    "The law that binds this exporter is not on file in full, so no answer given here can make the result definite: have that law "
    "answered by counsel outside this tool."
)

POLICIES = {
    "doctrine": "one side taken where authorities differ: {value}",
    "accept_stale": "facts older than their limit accepted",
    "verified_only": "no permission on facts that were not checked",
}

OUTSIDE = (
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
