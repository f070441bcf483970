"""Whom a record means by a recipient: somebody on file, somebody new, or nobody that it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from country_reports.records import Plain
from transfers.knowledge import Knowledge
from transfers.records_of_processing.template import RecordTemplate
from transfers.registry.files import checked, evidence_for
from transfers.registry.importer import ImporterKind, ImporterRecord
from transfers.registry.names import COMPANY_FORMS, LEGAL_FORMS, id_of, legal_form, name_key
from transfers.registry.shelf import Registry
from transfers.tables.sheets import Said


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a cell names: the id of a record, on file or ``new``, or none and ``why`` it stays open."""

    id: str | None = None
    new: ImporterRecord | None = None
    why: str | None = None


@dataclass(slots=True)
class Recipients:
    """Finds recipients on file, and keeps the new ones of this record."""

    template: RecordTemplate
    knowledge: Knowledge
    day: date
    kind: ImporterKind | None
    file: str
    new: dict[str, ImporterRecord] = field(default_factory=dict)
    twins: dict[str, None] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)

    @property
    def registry(self) -> Registry:
        """Who is on file."""
        return self.knowledge.registry

    def expect(self, flows: Iterable[tuple[Said | None, str | None]]) -> None:
        """Look over the whole record first: who gets data in several countries is not known to be established in one of them."""
        for said, place in flows:
            if said is not None and place is not None:
                self.places.setdefault(name_key(said.text), set()).add(place)

    def place_of(self, name: str) -> str | None:
        """Where the one importer on file with this name is established."""
        ids = self._called(name)
        return self.registry.get(ids[0])[0].country if len(ids) == 1 else None

    def find(self, said: Said, place: str | None, kind: ImporterKind | None) -> Recipient:
        """The recipient that a cell names, who gets the data in ``place``. Nobody is taken for somebody with almost the same name."""
        if self.template.names_nobody(said.text):
            return Recipient(why=f"Recipient {said.text!r} names nobody: give the legal name")
        ids = self._called(said.text)
        if len(ids) > 1:
            return Recipient(why=f"Recipient {said.text!r} may be any of these: {', '.join(ids)}. Give the id")
        if ids:
            return self._on_file(said, ids[0], place)
        for near in self.registry.near(said.text):
            self._warn(said, f"is spelt almost like {self.registry.get(near)[0].name!r} ({near})")
        return self._new(said, place, kind)

    def _called(self, name: str) -> tuple[str, ...]:
        return tuple(one for one in self.registry.called(name) if self.registry.get(one)[0].retired_on is None)

    def _on_file(self, said: Said, importer_id: str, place: str | None) -> Recipient:
        record = self.registry.get(importer_id)[0]
        mine = legal_form(said.text)
        alike = (name for name in (record.name, *record.aliases) if name_key(name) == name_key(said.text))
        theirs = {form for name in alike if (form := legal_form(name))}
        if mine and theirs and mine not in theirs:
            what = f"has another legal form than {record.name!r} ({record.id})"
        elif place is not None and place != record.country:
            what = f"is in {place} by this record, and {record.name!r} ({record.id}) in {record.country}"
        else:
            return Recipient(id=record.id)
        self._warn(said, what)
        return Recipient(why=f"Recipient {said.text!r} {what}: give the id, or add it as one of its own")

    def _new(self, said: Said, place: str | None, kind: ImporterKind | None) -> Recipient:
        if _several(said.text):
            return Recipient(why=f"Recipient {said.text!r} may be several: put a semicolon between recipients")
        kind = kind or self.kind or (ImporterKind.COMPANY if legal_form(said.text) & COMPANY_FORMS else None)
        if place is None:
            return Recipient(why=f"Recipient {said.text!r} is not on file, and its country is not known")
        several = sorted(self.places.get(name_key(said.text), ()))
        if len(several) > 1:
            seat = (
                f"gets data in {' and '.join(several)} by this record: add it with the country where it is established"
            )
            return Recipient(why=f"Recipient {said.text!r} {seat}")
        if kind is None:
            add = "add it with `transborder importer add`, or say its kind with --importer-kind"
            return Recipient(
                why=f"Recipient {said.text!r} is not on file, and nothing says what kind of body it is: {add}"
            )
        importer_id = f"{id_of(said.text)}-{place.lower()}"
        if not importer_id.replace("-", "").isalnum() or not importer_id.isascii():
            return Recipient(why=f"Recipient {said.text!r} gives no id: add it with `transborder importer add --id`")
        first = self.new.get(importer_id)
        if first is None:
            if importer_id in self.registry.ids():
                return Recipient(why=f"Recipient {said.text!r}: the id {importer_id!r} is taken by another record")
            first = self.new.setdefault(importer_id, self._record(importer_id, said, place, kind))
        elif legal_form(first.name) != legal_form(said.text):
            self._warn(said, f"has the name of {first.name!r}, which is new in this record too")
            return Recipient(why=f"Recipient {said.text!r} and {first.name!r} may be one: write the name in one way")
        return Recipient(importer_id, first)

    def _record(self, importer_id: str, said: Said, place: str, kind: ImporterKind) -> ImporterRecord:
        name = " ".join(said.text.split())
        given: dict[str, Plain] = {"id": importer_id, "name": name, "country": place, "kind": kind.value}
        how: dict[str, Plain] = {"source": {"title": f"{self.file}, {said.where}"}, "verification": "unverified"}
        evidence = evidence_for(given, "As the record of processing activities names it.", how)
        return checked({**given, "evidence": [evidence]}, self.knowledge.hub, self.day)

    def _warn(self, said: Said, what: str) -> None:
        self.twins[f"{said.where}: {said.text!r} {what}"] = None


def _several(name: str) -> bool:
    """Whether commas part more than a legal form from a name: ``Acme, Inc.`` is one, ``Acme Inc., Beta Ltd`` may be two."""
    return any(set(_words_of(part)) - LEGAL_FORMS for part in name.split(",")[1:])


def _words_of(part: str) -> list[str]:
    return [word.strip(".") for word in part.casefold().split()]


def kind_of(template: RecordTemplate, text: str) -> ImporterKind | None:
    """The kind of body that a cell says, if it says one."""
    word = template.word("importer.kind", text) or text
    return ImporterKind(word) if word in [kind.value for kind in ImporterKind] else None
