"""Whether the parties take part, in the roles that they have, and signed while they could."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.paper.citing import annex_of, clause_of
from clauses.paper.contract import Contract, Line, words
from clauses.paper.trouble import Trouble
from clauses.paper.worked_out import worked_out
from clauses.parts import PartyRole
from country_reports.facts import Truth


def parties_take_part(contract: Contract) -> Iterator[Trouble]:
    """A party of a role for which there is no transfer has signed for nothing."""
    for name, party in contract.agreement.parties.items():
        lines = [line for line in contract.lines if name in line.exporters or name in line.importers]
        if not lines and party.side is not None:
            message = f"{party.name or name} takes part in no transfer"
            right = "Name it in a transfer, with the module for its role."
            yield Trouble("no_transfer", f"parties.{name}", contract.named, message, right)


def roles_stated(contract: Contract) -> Iterator[Trouble]:
    """What a form has the parties say of their roles is what they are."""
    for line in contract.lines:
        for record, annex in line.annexes:
            for field in annex.fields:
                own = contract.annex_field(line, annex.id, field.id) if field.choices else None
                follows = worked_out(contract, line, f"{record.id}:{annex.id}.{field.id}") if own is not None else None
                said = {one.id: one.what for one in field.choices}.get(words(own[0])) if own is not None else None
                if own is not None and follows is not None and said is not None and said != follows.text:
                    where, right = (
                        f"{record.short}, {annex_of(annex)}",
                        f"From the other answers follows: {follows.text}.",
                    )
                    yield Trouble("roles_stated", own[1], where, f"{field.what}: {said}", right)
        chosen = contract.option(line, "c4") if line.base.id == "br-anpd" else None
        if chosen is not None and _brazilian_option(line) not in (None, chosen[0]):
            clause = f"{line.base.short}, {clause_of(line.base, '4')}"
            right = "A where at least one party is a controller, B between processors alone."
            yield Trouble(
                "roles_stated", chosen[1], clause, f"option {chosen[0].upper()} does not go with the roles", right
            )


def _brazilian_option(line: Line) -> str | None:
    """Option A of clause 4 where some party is a controller, B between processors; None where a role is open."""
    roles = [line.role(name, party) for name, party in (*line.exporters.items(), *line.importers.items())]
    if None in roles:
        return None
    return "b" if all(role is PartyRole.PROCESSOR for role in roles) else "a"


def docking(contract: Contract) -> Iterator[Trouble]:
    """Who joins by the docking clause completes the Appendix and signs; without the clause nobody joins so."""
    for line in contract.lines:
        rule = line.base.docking
        if rule is None:
            continue
        clause = (
            f"{line.base.short}, {clause_of(line.base, rule.clause) if rule.clause else 'joining of further parties'}"
        )
        for name, party in (*line.exporters.items(), *line.importers.items()):
            if party.joined_on is None:
                continue
            chosen = contract.option(line, "c7_docking")
            if rule.available is Truth.NO or (rule.optional and (chosen is None or chosen[0] != "include")):
                right = "Include the docking clause, or let all parties sign a contract with the new one."
                yield Trouble(
                    "docking",
                    f"parties.{name}.joined_on",
                    clause,
                    f"{party.name or name} joined, but nobody can",
                    right,
                )
            if party.signatory is None or party.signatory.signed_on is None:
                message = f"{party.name or name} joined on {party.joined_on} and has not signed"
                right = "It completes the Appendix and signs the list of parties; before that it has neither rights nor duties."
                yield Trouble("docking", f"parties.{name}.signatory", clause, message, right)


def signatures(contract: Contract) -> Iterator[Trouble]:
    """Every party signs while the set can be signed."""
    for line in contract.lines:
        for record in line.sets:
            for name, party in (*line.exporters.items(), *line.importers.items()):
                day = party.signatory.signed_on if party.signatory is not None else None
                if day is not None and party.joined_on is None and not record.open_on(day):
                    field = f"parties.{name}.signatory.signed_on"
                    message = f"{party.name or name} signed on {day}, when {record.short} could not be signed"
                    first, last = record.valid_from, record.concludable_until or record.valid_to
                    right = f"It can be signed from {first}" + (f" until before {last}." if last is not None else ".")
                    yield Trouble("day", field, record.instrument, message, right)
