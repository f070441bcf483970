"""What is open about an importer over many routes as one questionnaire, in words for those who answer it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from country_reports.hub import Hub
from transfers.alternatives.variation import Variations
from transfers.law.asked_of_importers import ANSWERED_BY_IMPORTERS
from transfers.questionnaire.form import (
    WORDS,
    AskedQuestion,
    Form,
    Questionnaire,
    form_of,
    goes_on_record,
    sealed,
)
from transfers.questionnaire.open_points import CATEGORY, OpenPoint, open_points
from transfers.registry.importer import ImporterRecord
from transfers.route import Route


def questionnaire_for(record: ImporterRecord, routes: Sequence[Route], variations: Variations) -> Questionnaire | None:
    """Each open question once, with the routes it serves; None where none of the routes has this importer as a recipient.

    Raises:
        BadRoute: a route names a place, importer or tool that does not exist.
    """
    served = [(route, open_points(route, record.id, variations)) for route in routes]
    concerned = [(route, points) for route, points in served if points is not None]
    if not concerned:
        return None
    asked_by = dict.fromkeys(route.exporter.name or route.id for route, points in concerned if points)
    return sealed(
        Questionnaire(
            importer=record.id,
            name=record.name,
            as_of=variations.as_of,
            asked_by=tuple(asked_by),
            explanation=tuple(_explanation(record.name, tuple(asked_by), variations.as_of)),
            seal="",
            questions=tuple(_questions(concerned, variations.knowledge.hub)),
        )
    )


def _questions(concerned: Iterable[tuple[Route, Sequence[OpenPoint]]], hub: Hub) -> Iterator[AskedQuestion]:
    """What the record keeps comes first, then what each sender weighs for itself."""
    found: dict[str, tuple[list[OpenPoint], dict[str, None]]] = {}
    for route, points in concerned:
        for point in points:
            alike, routes = found.setdefault(point.id, ([], {}))
            alike.append(point)
            routes[route.id] = None
    for name in sorted(found, key=lambda name: (not goes_on_record(name), name)):
        points, serves = found[name]
        words = _words(name, points, hub)
        form = form_of(name)
        scope = _FOR_ALL if goes_on_record(name) else _FOR_EACH
        yield AskedQuestion(
            id=name,
            question=words.question,
            why=f"{words.why} {scope}",
            looks_like=words.looks_like or _LOOKS_LIKE[form],
            allowed=WORDS[form],
            routes=tuple(serves),
        )


_FOR_ALL = "Your answer is kept and used for every transfer to you."
_FOR_EACH = "Each sender weighs your answer for the transfers named here."


@dataclass(frozen=True, slots=True)
class _Words:
    """A question, its reason, and where it is particular what an answer looks like."""

    question: str
    why: str
    looks_like: str = ""


def _words(name: str, points: Sequence[OpenPoint], hub: Hub) -> _Words:
    if name in _OF_FIELDS:
        return _OF_FIELDS[name]
    if name == "importer.certifications":
        return _about_certifications([point.scheme for point in points if point.scheme is not None], hub)
    if name.startswith(CATEGORY):
        category = name.removeprefix(CATEGORY)
        return _Words(
            f"Are you, in handling these data: {hub.vocabulary.categories.get(category, category)}?",
            "It decides which laws let authorities address you, or whether a finding on your country covers you. What you are is asked, not "
            "what that law lets authorities do.",
            "yes, no or unknown. Under 'What shows it' name the licence, register entry or other document (required for yes and for no).",
        )
    text = points[0].text
    test = name.rpartition(".")[2]
    if name in ANSWERED_BY_IMPORTERS and test in _OF_TESTS:
        why = (
            f"The sender relies on it, and its law asks: {text}"
            if text
            else "Your earlier answer to this is too old to be relied on."
        )
        return _Words(_OF_TESTS[test], why, _WITH_DOCUMENT)
    return _Words(text, "The law that binds the sender asks for it.")


_OF_FIELDS = {
    "importer.storage": _Words(
        "In which countries do you keep the data, or have them kept for you, copies and backups included?",
        "Each country where data are kept is judged by its own law.",
    ),
    "importer.access_from": _Words(
        "From which countries can anybody see the data for you, support and administration from afar included?",
        "To let data be seen from a country is a transfer to it.",
    ),
    "importer.gdpr_applies_directly": _Words(
        "Is your own processing of these data itself subject to the GDPR, for example because you offer goods or services to people in the "
        "Union or watch their behaviour there (article 3(2))?",
        "The standard clauses of the European Union are not written for recipients that the GDPR binds directly.",
    ),
    "importer.sub_processors": _Words(
        "To whom do you pass the data on, or let them be seen: who, and in which country?",
        "Each of them is a further recipient and is judged by the law where it is.",
    ),
    "importer.group": _Words(
        "To which group of companies do you belong?",
        "Data that are split between recipients are protected only if these belong to different groups.",
    ),
    "data.clear_text_needed": _Words(
        "Do you need these data in the clear, so that you can read them, to do your work?",
        "Only if you do not can encryption or pseudonyms keep them from authorities.",
        "yes, no or unknown. If it differs between the transfers, say under 'What shows it' for which.",
    ),
}

_OF_TESTS = {
    "member": "Are you a member of a group of undertakings whose approved binding rules on data protection bind you?",
    "commitments": "Have you made binding and enforceable commitments to apply the safeguards of the approved code or certification, the rights "
    "of the persons included?",
    "academic": "Are you an academic research institution?",
}

_WITH_DOCUMENT = "yes, no or unknown. Under 'What shows it' name the document: whose rules, code or certification, and how it binds you (required for yes)."

_LOOKS_LIKE = {
    Form.TRUTH: "yes, no or unknown.",
    Form.PLACES: "Codes or English names of countries with semicolons between them, such as US; DE. Write none if it is nowhere but in the "
    "country of your seat.",
    Form.SUB_PROCESSORS: "Name @ country, with semicolons between them, such as Example Hosting GmbH @ DE; Example Support Ltd @ IN. Write none "
    "if it is nobody.",
    Form.NAME: "The name of the group; none if you belong to none.",
    Form.TERMS: "joined_clauses: bound by the same clauses. equivalent_safeguards: bound by other terms of the same level. adequate_destination: "
    "a finding of adequacy covers it. none: nothing binds it.",
}


def _about_certifications(schemes: Sequence[str], hub: Hub) -> _Words:
    named = ", ".join(hub.vocabulary.schemes.get(scheme, scheme) for scheme in dict.fromkeys(schemes))
    example = next(iter(schemes), "eu-us-dpf")
    known = "; ".join(
        f"{scheme} ({' '.join(hub.vocabulary.scopes.get(scheme, ()))})" for scheme in hub.vocabulary.schemes
    )
    scope = "+".join(hub.vocabulary.scopes.get(example, ("hr", "non_hr")))
    return _Words(
        f"Which certifications do you yourself hold or did you hold, for which data, since when and until when? It matters for: {named}.",
        "A finding of adequacy may cover certified recipients only. The sender checks your entry in the public list.",
        f"Scheme, what it covers (words joined by +), first day and, if it ends, the first day without it, such as {example} {scope} 2025-03-01 "
        f"2027-03-01; several with semicolons between them. Write none if you never held one. Schemes: {known}.",
    )


def _explanation(name: str, asked_by: Sequence[str], day: date) -> Iterator[str]:
    """Who is asked, why, and how the form is filled in."""
    yield (
        f"{name} is asked as a recipient of personal data sent by {', '.join(asked_by) or 'those who send them'}. "
        f"Only what was still open on {day} and can matter is asked, and each question once, however many transfers it serves."
    )
    yield (
        "Whoever sends personal data abroad must know who holds them there and how. Where the standard contractual clauses of the European Union "
        "bind you, clause 14 (Implementing Decision (EU) 2021/914) has you do your best to tell what is needed for that, and go on helping. "
        "What the law of your country is, and what its authorities do, is not asked: your word would not show it."
    )
    yield (
        "Fill in four things for each question you answer: the answer; who answers, a person by name; on which day, written year-month-day; "
        "what shows it. Leave a question that you do not answer empty, and write unknown where you do not know. Change no id and no question, and "
        "write no formulas: such a form is refused."
    )
