"""From answers to a paper: an agreement that can be signed, or, where only the official form counts, a sheet to copy into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from clauses.agreement import Party, Side
from clauses.contents import Annex
from clauses.in_full import ClauseSetInFull
from clauses.paper.adaptation_texts import read_adaptation_texts
from clauses.paper.answers_fit import misfits
from clauses.paper.citing import annex_of
from clauses.paper.common_answers import onward_named
from clauses.paper.contract import Contract, Line
from clauses.paper.draft import Draft, Entry, Kind, Part
from clauses.paper.drafting_notes import filing_part, notes_on
from clauses.paper.form_choices import fill_in_entries, option_entries
from clauses.paper.form_parties import contact_in_words, party_entries, party_named
from clauses.paper.forms import annex_entries, annex_needed, any_form_entries, goes_by_transfer
from clauses.paper.incorporation import (
    adaptation_part,
    copies_part,
    incorporation_part,
    precedence_part,
    transfers_part,
)
from clauses.paper.trouble import BadAgreement
from clauses.paper.wording import Gap, filled_in
from clauses.parts import PartyRole
from clauses.supplementary import read_supplementary


def assemble(contract: Contract) -> Draft:
    """The paper, with a blank for whatever a set asks for and nobody answered.

    Raises:
        BadAgreement: an answer does not fit its set, so that it would be lost or would say what the set does not allow.
    """
    troubles = tuple(misfits(contract))
    if troubles:
        raise BadAgreement(troubles)
    return made_out(contract)


def made_out(contract: Contract) -> Draft:
    """As ``assemble``, for answers that were looked through already; what does not fit is left out."""
    kind = Kind.DATA_SHEET if contract.official_form_only else Kind.AGREEMENT
    parts = _sheet(contract) if kind is Kind.DATA_SHEET else _agreement(contract)
    tools = tuple(dict.fromkeys(line.tool for line in contract.lines))
    title = contract.agreement.title or _TITLES[kind]
    return Draft(kind, title, contract.day.isoformat(), tools, tuple(parts))


def _agreement(contract: Contract) -> Iterator[Part]:
    yield transfers_part(contract, contract.lines)
    for base in contract.bases:
        lines = contract.lines_on(base.id)
        yield incorporation_part(base, lines)
        yield from _completed(contract, base, lines)
    for record in contract.adaptations:
        lines = contract.lines_on(record.id)
        yield adaptation_part(contract, record, lines)
        yield from _own_words(contract, record)
        yield from _annexes(contract, record, lines)
    yield from _onward(contract)
    yield from _additions(contract)
    yield precedence_part(contract, contract.bases[0])
    yield copies_part(contract.lines, _contact(contract))
    yield _signatures(contract)
    for record in (*contract.bases, *contract.adaptations):
        yield notes_on(contract, record)


def _sheet(contract: Contract) -> Iterator[Part]:
    base = contract.bases[0]
    form = (
        f"What is signed is the official form: {base.name} ({base.instrument}), whole and as it stands, in {_languages(base)}. This sheet "
        f"is no contract; copy its answers into the form. {base.source.title}: {base.source.url}"
    )
    yield Part("form", "The form to be signed", (form,), is_note=True)
    yield transfers_part(contract, contract.lines)
    yield from _completed(contract, base, contract.lines)
    if not base.annexes:
        for line in contract.lines:
            heading = _for_line("What such a form asks for", line, contract.lines)
            yield Part(f"{line.id}.form", heading, (), any_form_entries(contract, line))
    yield from _onward(contract)
    yield from _additions(contract)
    yield filing_part(contract)
    yield notes_on(contract, base)


def _completed(contract: Contract, base: ClauseSetInFull, lines: tuple[Line, ...]) -> Iterator[Part]:
    """Choices, gaps and annexes of the base; the parties by themselves where it has no list of them on file."""
    chosen = _shared(lines, lambda line: (*option_entries(contract, line), *fill_in_entries(contract, line)))
    if chosen:
        yield Part(f"{base.id}.choices", "Options and what is written into the Clauses", (), chosen)
    annexes = tuple(_annexes(contract, base, lines))
    filled = (*chosen, *(entry for part in annexes for entry in part.entries))
    if not any(entry.field.startswith("parties.") for entry in filled):
        sides = (side for line in lines for side in (line.exporters, line.importers))
        parties = {name: party for side in sides for name, party in side.items()}
        yield Part(f"{base.id}.parties", "The parties", (), party_entries(contract, parties, base.short))
    yield from annexes


def _annexes(contract: Contract, record: ClauseSetInFull, lines: tuple[Line, ...]) -> Iterator[Part]:
    """Each annex, for each transfer where it is completed so."""
    for annex in record.annexes:
        with_it = tuple(line for line in lines if not annex.modules or line.module.id in annex.modules)
        if len(with_it) > 1 and goes_by_transfer(record, annex):
            for line in with_it:
                heading = f"{_annex_heading(record, annex)} ({line.title})"
                yield _annex(contract, record, annex, (line,), f"{record.id}.{annex.id}.{line.id}", heading)
        elif with_it:
            yield _annex(contract, record, annex, with_it, f"{record.id}.{annex.id}", _annex_heading(record, annex))


def _annex(
    contract: Contract, record: ClauseSetInFull, annex: Annex, lines: tuple[Line, ...], identity: str, heading: str
) -> Part:
    own = _of_modules(annex, lines)
    entries = annex_entries(contract, record, own, lines)
    if not annex_needed(contract, lines, record, own) and not any(entry.value for entry in entries):
        return Part(identity, heading, (f"Nothing is completed here. It is where this holds: {annex.required_if}",))
    unread = "The record of this set names no field of this part; see the official text."
    return Part(identity, heading, () if entries else (unread,), entries)


def _of_modules(annex: Annex, lines: tuple[Line, ...]) -> Annex:
    """The annex with the fields that some module of these transfers has."""
    modules = {line.module.id for line in lines}
    fields = tuple(one for one in annex.fields if not one.modules or modules & {*one.modules})
    return annex.model_copy(update={"fields": fields})


def _annex_heading(record: ClauseSetInFull, annex: Annex) -> str:
    named = annex_of(annex)
    owner = f"{record.short}, " if record.adaptation_of is not None else ""
    return f"{owner}{named}" if named == annex.heading else f"{owner}{named}: {annex.heading}"


def _for_line(heading: str, line: Line, lines: tuple[Line, ...]) -> str:
    return f"{heading} ({line.title})" if len(lines) > 1 else heading


def _shared(lines: tuple[Line, ...], make: Callable[[Line], tuple[Entry, ...]]) -> tuple[Entry, ...]:
    """Entries of all transfers: once where they are the same for all, else each under the name of its transfer."""
    made = [(line, make(line)) for line in lines]
    said: dict[tuple[str, str, str], set[Entry]] = {}
    for _, entries in made:
        for entry in entries:
            said.setdefault((entry.label, entry.at, entry.group), set()).add(entry)
    found: dict[Entry, None] = {}
    for line, entries in made:
        for entry in entries:
            alike = len(said[entry.label, entry.at, entry.group]) == 1
            found.setdefault(entry if alike or entry.group else replace(entry, group=line.title), None)
    return tuple(found)


def _own_words(contract: Contract, record: ClauseSetInFull) -> Iterator[Part]:
    """The sentences by which the parties themselves adapt the base, in the case of use that they chose."""
    texts = read_adaptation_texts().get(record.id)
    if texts is None:
        return
    use, filled = contract.use(record), _named(contract, contract.agreement.joined.get(record.id, {}))
    when = next((one.when for one in record.uses if one.id == use), None)
    choices = "; ".join(f"{one.id} ({one.when})" for one in record.uses)
    chosen = contract.value(when, f"uses.{record.id}") if when is not None else None
    asked = Entry(f"uses.{record.id}", "Case of use", record.short, chosen, hint=f"one of: {choices}")
    case = texts.case(use)
    gaps = case.gaps if case is not None else ()
    text = (*texts.opening_on(contract.day), *(filled_in(case.text, gaps, filled) if case is not None else ()))
    entries = (asked, *_gaps(contract, gaps, f"joined.{record.id}", filled, record.short))
    yield Part(f"{record.id}.text", f"{record.short}: the adaptations", text, entries)


def _named(contract: Contract, countries: Mapping[str, str]) -> dict[str, str]:
    return {gap: contract.place_named(name) for gap, name in countries.items()}


def _onward(contract: Contract) -> Iterator[Part]:
    """To whom the importer passes data on besides sub-processors, and on what terms."""
    listed = contract.agreement.onward
    if not listed:
        return
    entries = []
    for number, one in enumerate(listed):
        path = f"onward[{number}]"
        bound = contract.value(one.bound_by, f"{path}.bound_by") if one.bound_by is not None else None
        entries.append(Entry(f"{path}.bound_by", "On what terms", "", bound, onward_named(contract, one)))
    text = ("Besides sub-processors the importer passes data on to these, as far as the Clauses allow it:",)
    yield Part("onward", "Further recipients", text, tuple(entries))


def _additions(contract: Contract) -> Iterator[Part]:
    """Supplementary clauses for the measures chosen, and clauses of the parties' own."""
    chosen, written = contract.agreement.supplementary, read_supplementary()
    if chosen:
        yield Part("supplementary", "Supplementary clauses", written.opening)
    for number, clause in enumerate((one for one in written.clauses if one.id in chosen), 1):
        filled = chosen[clause.id]
        entries = _gaps(contract, clause.gaps, f"supplementary.{clause.id}", filled, f"supplementary clause {number}")
        yield Part(
            f"supplementary.{clause.id}",
            f"S{number}. {clause.heading}",
            filled_in(clause.text, clause.gaps, filled),
            entries,
        )
    if chosen:
        yield Part(
            "supplementary.notes", "On what the supplementary clauses depend", tuple(_depends(contract)), is_note=True
        )
    if contract.agreement.further_clauses:
        yield Part("further", "Further clauses of the parties", contract.agreement.further_clauses)


def _depends(contract: Contract) -> Iterator[str]:
    """The condition on which each measure helps, for those who draft."""
    written = read_supplementary()
    if any(
        {*line.module.exporter_roles} == {PartyRole.PROCESSOR} and PartyRole.CONTROLLER in line.module.importer_roles
        for line in contract.lines
    ):
        yield written.where_importer_decides
    for clause in written.clauses:
        if clause.id in contract.agreement.supplementary:
            note = f" {clause.note}" if clause.note else ""
            yield f"{clause.id}, {clause.heading}: helps only if {clause.only_if}.{note}"


def _gaps(
    contract: Contract, gaps: tuple[Gap, ...], path: str, answers: Mapping[str, str], at: str
) -> tuple[Entry, ...]:
    """The gaps of sentences as fields."""
    return tuple(
        Entry(
            f"{path}.{gap.id}",
            gap.what,
            at,
            contract.value(answers[gap.id], f"{path}.{gap.id}") if gap.id in answers else None,
        )
        for gap in gaps
    )


def _contact(contract: Contract) -> str | None:
    """Where copies are asked for: of the importer where it has a contact for data subjects, else of an exporter."""
    importers = contract.agreement.of_side(Side.IMPORTER).values()
    exporters = contract.agreement.of_side(Side.EXPORTER).values()
    contacts = (*(one.data_subject_contact for one in importers), *(one.contact for one in exporters))
    return next((text for one in contacts if (text := contact_in_words(one)) is not None), None)


def _signatures(contract: Contract) -> Part:
    entries = tuple(
        entry for name, party in contract.agreement.parties.items() for entry in _signature(contract, name, party)
    )
    return Part("signatures", "Signatures", (), entries)


def _signature(contract: Contract, name: str, party: Party) -> Iterator[Entry]:
    group = party_named(name, party)
    signatory, field = party.signatory, f"parties.{name}.signatory"
    named = signatory.name if signatory is not None else None
    position = signatory.position if signatory is not None else None
    day = signatory.signed_on if signatory is not None else None
    signs = f"{named}, {position}" if named and position else named
    yield Entry(field, "Who signs, and in what position", "", contract.value(signs, field) if signs else None, group)
    signed = contract.value(str(day), field) if day is not None else None
    yield Entry(field, "Day", "", signed, group, by_hand=True)
    yield Entry(field, "Signature", "", None, group, by_hand=True)


def _languages(base: ClauseSetInFull) -> str:
    official = base.languages.official if base.languages is not None else ()
    return f"its official language ({', '.join(official)})" if official else "its official language"


_TITLES = {
    Kind.AGREEMENT: "Agreement on the transfer of personal data",
    Kind.DATA_SHEET: "Data sheet for the official form",
}
