"""Whether every country that is named is one that we know."""

from __future__ import annotations

from collections.abc import Iterator

from clauses.paper.citing import clause_of
from clauses.paper.contract import Contract, words
from clauses.paper.form_choices import names_a_place
from clauses.paper.trouble import Trouble


def countries_known(contract: Contract) -> Iterator[Trouble]:
    """A country that nobody knows would leave open, in silence, what follows from it."""
    for field, name, clause in _countries_named(contract):
        if name is not None and contract.place(name) is None:
            right = "Write its English name or its two-letter code."
            yield Trouble("place", field, clause, f"{name!r} is no place on file", right)


def _countries_named(contract: Contract) -> Iterator[tuple[str, str | None, str]]:
    agreement = contract.agreement
    for name, party in agreement.parties.items():
        yield f"parties.{name}.country", party.country, ""
        if party.representative is not None:
            yield f"parties.{name}.representative.country", party.representative.country, ""
    for number, one in enumerate(agreement.sub_processors or ()):
        yield f"sub_processors[{number}].country", one.country, ""
    for number, other in enumerate(agreement.onward or ()):
        yield f"onward[{number}].country", other.country, ""
    for set_id, gaps in agreement.joined.items():
        yield from ((f"joined.{set_id}.{gap}", country, set_id) for gap, country in gaps.items())
    for line in contract.lines:
        for fill_in in line.fill_ins:
            found = contract.fill_in(line, fill_in.id) if names_a_place(fill_in.id) else None
            if found is not None:
                yield found[1], words(found[0]), f"{line.base.short}, {clause_of(line.base, fill_in.clause)}"
