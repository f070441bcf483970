"""Papers with every answer given, made by answering each blank under the name that it says; the golden drafts are these.

``python -m tests.clauses.papers`` writes the golden drafts anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from clauses.assembly import assemble
from clauses.library import Library
from clauses.paper.answers import Answers
from clauses.paper.contract import Contract
from clauses.paper.draft import Draft, Entry
from clauses.paper.form_choices import names_a_place
from country_reports.hub import Hub
from country_reports.records import Plain

LIBRARY, HUB = Library(), Hub()
DAY, WHILE_OPEN = date(2026, 11, 23), date(2020, 5, 1)
GOLDEN = Path(__file__).parent / "golden_drafts"

EU, UK, CH = "eu-scc-2021", "eu-scc-2021/m2 WITH uk-addendum", "eu-scc-2021/m2 WITH ch-fdpic"
CONTROLLER, PROCESSOR = "controller", "processor"
PAPERS: dict[str, tuple[str, str, str, str, dict[str, Plain]]] = {
    "eu-m1": (f"{EU}/m1", "FR", CONTROLLER, CONTROLLER, {}),
    "eu-m2": (f"{EU}/m2", "FR", CONTROLLER, PROCESSOR, {}),
    "eu-m3": (f"{EU}/m3", "DE", PROCESSOR, PROCESSOR, {}),
    "eu-m4": (f"{EU}/m4", "IE", PROCESSOR, CONTROLLER, {}),
    "eu-m2-uk": (UK, "GB", CONTROLLER, PROCESSOR, {"laws": ["uk-gdpr"]}),
    "eu-m2-uk-two-laws": (UK, "GB", CONTROLLER, PROCESSOR, {"laws": ["uk-gdpr", "eu-gdpr"], "options": {"t2": "option_b"}}),
    "eu-m2-ch-1": (CH, "CH", CONTROLLER, PROCESSOR, {"uses": {"ch-fdpic": "case_1"}}),
    "eu-m2-ch-2-1": (CH, "CH", CONTROLLER, PROCESSOR, {"laws": ["ch-fadp", "eu-gdpr"], "uses": {"ch-fdpic": "case_2_option_1"}}),
    "eu-m2-ch-2-2": (CH, "CH", CONTROLLER, PROCESSOR, {"laws": ["ch-fadp", "eu-gdpr"], "uses": {"ch-fdpic": "case_2_option_2"}}),
    "uk-idta": ("uk-idta/a1", "GB", CONTROLLER, PROCESSOR, {}),
    "coe-m1": ("coe-mcc/m1", "UY", CONTROLLER, CONTROLLER, {"laws": ["coe-108plus"]}),
    "coe-m2": ("coe-mcc/m2", "UY", CONTROLLER, PROCESSOR, {"laws": ["coe-108plus"]}),
    "coe-m3": ("coe-mcc/m3", "UY", PROCESSOR, PROCESSOR, {"laws": ["coe-108plus"]}),
    "eu-2001": ("eu-scc-2001/c2c", "FR", CONTROLLER, CONTROLLER, {}),
    "eu-2004": ("eu-scc-2004/c2c", "FR", CONTROLLER, CONTROLLER, {}),
    "eu-2010": ("eu-scc-2010/c2p", "FR", CONTROLLER, PROCESSOR, {"fill_ins": {"c9_state": "France", "c11_state": "FR"}}),
    "cn": ("cn-standard-contract/any", "CN", CONTROLLER, PROCESSOR, {"language": "Chinese"}),
    "gba": ("gba-standard-contract/any", "CN", CONTROLLER, CONTROLLER, {"language": "Chinese", "sub_processors": [], "onward": []}),
    "br": ("br-anpd/any", "BR", CONTROLLER, PROCESSOR, {"language": "Portuguese"}),
    **{
        f"tr-{module}": (f"tr-standard-contracts/{module}", "TR", roles[0], roles[1], {"language": "Turkish"})
        for module, roles in {"m1": (CONTROLLER, CONTROLLER), "m2": (CONTROLLER, PROCESSOR), "m3": (PROCESSOR, PROCESSOR), "m4": (PROCESSOR, CONTROLLER)}.items()
    },
    **{
        f"sa-{module}": (f"sa-sdaia/{module}", "SA", roles[0], roles[1], {"language": "Arabic"})
        for module, roles in {"m1": (CONTROLLER, CONTROLLER), "m2": (CONTROLLER, PROCESSOR), "m3": (PROCESSOR, PROCESSOR), "m4": (PROCESSOR, CONTROLLER)}.items()
    },
}  # fmt: skip
"""By name: the tool, where the exporter is, the role of each side, and what is answered besides the blanks."""

EVERY_MEASURE = tuple(f"CM-{number:02}" for number in range(1, 12))
SPECIFIC: dict[str, Plain] = {
    "measures": [
        {"group": "protection in transmission", "what": "TLS 1.3 between the two sites"},
        {"group": "protection in storage", "what": "Disks encrypted with AES-256"},
        {"group": "identification and authorisation of users", "what": "Accounts with FIDO2 tokens"},
        {"group": "governance of IT and of its security", "what": "Audited under ISO 27001 each year"},
    ],
    "sub_processors": [
        {"name": "Sub Example Ltd", "address": "9 Sub Street", "country": "Kenya", "contact": "Sub Contact", "processing": "Night shift", "bound_by": "the same clauses"}
    ],
    "onward": [{"name": "Parent Example Inc.", "country": "US", "bound_by": "Module One of the same clauses"}],
    "main_contract": {
        "title": "Main services agreement", "reference": "MSA-7", "dated": "2026-11-01", "limits_liability_to_data_subjects": "no",
        "prevails_over_the_clauses": "no", "changes_the_clauses": "no",
    },
    "description": {
        "sensitive_data": "None",
        "data_categories": "Names and order numbers",
        "assistance_measures": "Requests are passed on within 2 days",
    },
}  # fmt: skip
"""What checks look at more closely than that it is there."""


def day_of(name: str) -> date:
    """The day a paper is made for: one on which its set was open."""
    return WHILE_OPEN if name in ("eu-2001", "eu-2004", "eu-2010") else DAY


def first_answers(name: str) -> dict[str, Plain]:
    """What is known before any blank is answered."""
    tool, country, exporter_role, importer_role, more = PAPERS[name]
    parties: dict[str, Plain] = {
        "exporter": {"side": "exporter", "name": "Exporter Example", "country": country, "role": exporter_role},
        "importer": {
            "side": "importer",
            "name": "Importer Example",
            "country": "HK" if name == "gba" else "IN",
            "role": importer_role,
        },
    }
    chosen: dict[str, Plain] = {
        measure: {} for measure in (EVERY_MEASURE if name in ("eu-m2", "uk-idta") else ("CM-07",))
    }
    return {"tool": tool, "parties": parties, "supplementary": chosen, **SPECIFIC, **more}


def contract_of(answers: dict[str, Plain], day: date = DAY) -> Contract:
    return Contract(Answers(answers, {}).agreement("answers"), LIBRARY, HUB, day)


def answered(name: str) -> dict[str, Plain]:
    """All answers: the first, then one for each blank, until none is left."""
    answers = Answers(first_answers(name), {})
    for _ in range(4):
        contract = contract_of(dict(answers.plain), day_of(name))
        blanks = assemble(contract).blanks
        if not blanks:
            return dict(answers.plain)
        for number, blank in enumerate(blanks):
            answers = answers.overlaid(_nested(blank.field.split("."), _answer(contract, blank, number)))
    raise AssertionError(f"{name}: these blanks are not filled by answering what they name: {blanks}")


def _nested(path: list[str], value: Plain) -> dict[str, Plain]:
    return {path[0]: value if len(path) == 1 else _nested(path[1:], value)}


def _answer(contract: Contract, blank: Entry, number: int) -> Plain:
    """An answer that fits the field; its words say which blank they are for."""
    what, *rest = blank.field.split(".")
    line, text = contract.lines[0], f"Answer {number} for {blank.field.replace('.', ' ')}"
    if what == "options":
        return next(option.choices[0].id for _, option in line.options if option.id == rest[0])
    if what == "uses":
        return next(record.uses[0].id for record in contract.adaptations if record.id == rest[0])
    if what == "joined":
        return "Switzerland"
    if what == "fill_ins" and names_a_place(rest[0]):
        return "Ireland"
    if what == "fill_ins" and "period" in rest[0]:
        return "30 days"
    if what in ("effective_on", "signed_on"):
        return contract.day.isoformat()
    if what == "annexes":
        choices = [
            field.choices
            for _, annex in line.annexes
            if annex.id == rest[0]
            for field in annex.fields
            if field.id == rest[-1]
        ]
        return choices[0][0].id if choices and choices[0] else text
    if rest[-1:] in (["contact"], ["data_subject_contact"]):
        return {"name": text, "position": "Lawyer", "details": "post@example.org"}
    return {"name": text, "position": "Director"} if rest[-1:] == ["signatory"] else text


def as_golden(draft: Draft) -> str:
    """The paper as text, without the notes, which tell what records say."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield f"{draft.title} | {draft.kind} | {draft.as_of} | {', '.join(draft.tools)}"
    for part in draft.parts:
        if not part.is_note:
            yield f"\n== {part.heading}"
            yield from part.text
            for entry in part.entries:
                shown = (
                    entry.value.text
                    if entry.value
                    else "(by hand)"
                    if entry.by_hand
                    else "BLANK"
                    if entry.required
                    else "-"
                )
                yield f"  {' / '.join(filter(None, (entry.at, entry.group, entry.label)))}: {shown}"


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for name in PAPERS:
        draft = assemble(contract_of(answered(name), day_of(name)))
        (GOLDEN / f"{name}.txt").write_text(as_golden(draft), encoding="utf-8")


if __name__ == "__main__":
    main()
