"""The lists of parties and of sub-processors, as any form asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clauses.agreement import Contact, Party, Side, SubProcessor
from clauses.contents import Field
from clauses.paper.common_fields import CommonField, read_common_fields
from clauses.paper.contract import Contract, Line
from clauses.paper.draft import Entry


def listed_parties(
    contract: Contract,
    asked: Iterable[tuple[Field, CommonField]],
    lines: tuple[Line, ...],
    at: str,
) -> Iterator[Entry]:
    """What a form asks of each party to these transfers."""
    parties = {
        name: party for line in lines for side in (line.exporters, line.importers) for name, party in side.items()
    }
    for name, party in parties.items():
        for field, common in asked:
            yield _of_party(contract, name, party, common, field, at, lines)


def _of_party(
    contract: Contract,
    name: str,
    party: Party,
    common: CommonField,
    field: Field,
    at: str,
    lines: tuple[Line, ...] = (),
) -> Entry:
    path, text = _party_answer(contract, name, party, common.id, lines or contract.lines)
    return Entry(
        field=f"parties.{name}.{path}",
        label=common.what,
        at=at,
        value=contract.value(text, f"parties.{name}.{path}") if text is not None else None,
        group=party_named(name, party),
        required=field.required and not (common.id == "data_subject_contact" and party.side is Side.EXPORTER),
        by_hand=common.id == "signature",
        hint=field.constraint or "",
    )


def _party_answer(
    contract: Contract, name: str, party: Party, asked: str, lines: tuple[Line, ...]
) -> tuple[str, str | None]:
    """The field that answers it, and the answer in words."""
    match asked:
        case "address":
            return "address", _address(contract, party.address, party.country)
        case "identity":
            listed = (
                party.name,
                f"trading as {party.trading_name}" if party.trading_name else None,
                _address(contract, party.address, party.country),
                f"registration number {party.registration_number}" if party.registration_number else None,
            )
            complete = party.name is not None and party.address is not None
            return "name" if party.name is None else "address", _joined(*listed) if complete else None
        case "contact":
            return "contact", contact_in_words(party.contact)
        case "data_subject_contact":
            return "data_subject_contact", contact_in_words(party.data_subject_contact)
        case "role":
            roles = {line.role(name, party) for line in lines if name in line.exporters or name in line.importers}
            named = sorted(role.replace("_", " ") for role in roles if role is not None)
            return "role", " and ".join(named).capitalize() if named and None not in roles else None
        case "dpo_or_representative":
            return "data_protection_officer", _officer_or_representative(contract, party)
        case "signature":
            return "signatory", _signature(party)
        case _:
            return asked, getattr(party, asked)


def party_entries(contract: Contract, parties: dict[str, Party], at: str) -> tuple[Entry, ...]:
    """What any form asks of the parties, for a set whose own list of parties was not read."""
    asked = [one for one in read_common_fields().fields if one.id in _OF_ANY_PARTY]
    return tuple(
        _of_party(contract, name, party, one, Field(id=one.id, what=one.what), at)
        for name, party in parties.items()
        for one in asked
    )


def party_named(name: str, party: Party) -> str:
    """What a party is called in the paper: its side and its name."""
    return f"{(party.side or 'party').capitalize()}: {party.name or name}"


def contact_in_words(contact: Contact | None) -> str | None:
    """Name, position and details of a contact, as far as they are given."""
    return None if contact is None else _joined(contact.name, contact.position, contact.details)


def _address(contract: Contract, address: str | None, country: str | None) -> str | None:
    """The address with its country, unless it ends with it already."""
    if address is None or country is None:
        return address
    named = contract.place_named(country)
    return address if named.casefold() in address.casefold() else f"{address}, {named}"


def _officer_or_representative(contract: Contract, party: Party) -> str | None:
    officer, representative = contact_in_words(party.data_protection_officer), party.representative
    if representative is None:
        return f"Data protection officer: {officer}" if officer is not None else None
    details = (
        representative.name,
        _address(contract, representative.address, representative.country),
        representative.details,
    )
    named = f"Representative: {_joined(*details)}"
    return named if officer is None else f"Data protection officer: {officer}; {named.lower()[0]}{named[1:]}"


def _signature(party: Party) -> str | None:
    signatory = party.signatory
    if signatory is None:
        return None
    day = f"signed on {signatory.signed_on}" if signatory.signed_on is not None else None
    return _joined(signatory.name, signatory.position, day)


def _joined(*texts: str | None) -> str | None:
    return ", ".join(text for text in texts if text) or None


def listed_sub_processors(
    contract: Contract,
    asked: Iterable[tuple[Field, CommonField]],
    at: str,
    heading: str,
    needed: bool,
) -> Iterator[Entry]:
    """What a form asks of each sub-processor, or that there are none."""
    listed = contract.agreement.sub_processors
    if not listed:
        none = contract.value("None on the day of signature", "sub_processors") if listed is not None else None
        yield Entry("sub_processors", heading, at, none, required=needed)
        return
    for number, one in enumerate(listed):
        for _, common in asked:
            name, text = _sub_processor_answer(contract, one, common.id)
            path = f"sub_processors[{number}].{name}"
            value = contract.value(text, path) if text is not None else None
            yield Entry(path, common.what, at, value, one.name, required=needed)


def _sub_processor_answer(contract: Contract, one: SubProcessor, asked: str) -> tuple[str, str | None]:
    match asked:
        case "sub_address":
            place = contract.place_named(one.country) if one.country is not None else None
            return "address", _address(contract, one.address, one.country) if one.address is not None else place
        case "sub_contact":
            return "contact", one.contact
        case "sub_processing":
            bound = f"bound by: {one.bound_by}" if one.bound_by is not None else None
            return "processing", _joined(one.processing, bound) if one.processing is not None else None
        case _:
            return "name", one.name


_OF_ANY_PARTY = ("name", "address", "contact", "role", "signature")
