"""The registry of importers: shipped records, and over them a workspace's own, written by hand or imported from tables."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from country_reports.compiled import HOUSE
from country_reports.facts import Origin
from country_reports.shelf import Shelf
from transfers.registry.importer import ImporterRecord
from transfers.registry.names import name_key

if TYPE_CHECKING:
    from transfers.registry.store import Ending, ImporterStore

SHIPPED_FOLDER = Path(__file__).resolve().parent.parent / "importers"


class UnknownImporter(ValueError):
    """No importer has this id or name; the message offers near matches. ``misspelt``: one is so near that it was meant."""

    def __init__(self, message: str, misspelt: bool = False) -> None:
        super().__init__(message)
        self.misspelt = misspelt


class Registry:
    """Importers by id, name or alias; a workspace's ``importers`` folder adds and overrides by id.

    Within a workspace a file written by hand lies over an imported record of the same id. ``house`` is the folder that holds
    the packages.
    """

    def __init__(self, workspace: Path | None = None, house: Path = HOUSE) -> None:
        self._shelves = [Shelf(house / SHIPPED_FOLDER.relative_to(HOUSE), Origin.SHIPPED)]
        if workspace is not None and (workspace / "importers").is_dir():
            self._shelves.append(Shelf(workspace / "importers", Origin.WORKSPACE))
        self._read: dict[str, tuple[ImporterRecord, Origin]] = {}
        self._unknown: dict[str, tuple[str, bool]] = {}

    def get(self, importer_id: str) -> tuple[ImporterRecord, Origin]:
        """The importer with this id.

        Raises:
            UnknownImporter: there is none, with near matches.
            BadRecord: its file cannot be read.
        """
        if importer_id not in self._read and importer_id not in self._unknown:
            found = self._found(importer_id)
            if found is None:
                misspelt = bool(difflib.get_close_matches(importer_id, self.ids(), n=1, cutoff=0.8))
                self._unknown[importer_id] = (self._refusal(importer_id), misspelt)
            else:
                self._read[importer_id] = found
        if importer_id in self._unknown:
            raise UnknownImporter(*self._unknown[importer_id])
        return self._read[importer_id]

    def find(self, name: str) -> tuple[ImporterRecord, Origin]:
        """The importer with this id, name or alias.

        Raises:
            UnknownImporter: there is none, or there are several.
        """
        found = self._found(name)
        if found is not None:
            return found
        ids = self.called(name)
        if len(ids) > 1:
            raise UnknownImporter(f"{name!r} may be any of these: {', '.join(ids)}. Give the id")
        return self.get(ids[0] if ids else name)

    def behind(self, name: str) -> tuple[ImporterRecord, Origin]:
        """The importer with this id, name or alias, or else the one that runs a system of this name (records written by hand).

        For looking up only: a body has one name, while two may run systems that are called the same.

        Raises:
            UnknownImporter: there is none, or there are several.
        """
        ids = sorted(self._systems.get(name_key(name), ()))
        if self._found(name) is not None or self.called(name) or not ids:
            return self.find(name)
        if len(ids) > 1:
            raise UnknownImporter(f"{name!r} is a system of each of these: {', '.join(ids)}. Give the id")
        return self.get(ids[0])

    def called(self, name: str) -> tuple[str, ...]:
        """Ids of every importer with this name or alias, whatever its spelling."""
        by_hand = self._names.get(name_key(name), set())
        imported = self._store.called(name) if self._store is not None else ()
        return tuple(sorted(by_hand.union(imported)))

    def near(self, name: str) -> tuple[str, ...]:
        """Ids of importers whose name is spelt almost like this one, and not the same."""
        key = name_key(name)
        known = {*self._names, *(self._store.name_keys() if self._store is not None else ())} - {key}
        close = difflib.get_close_matches(key, sorted(known), n=3, cutoff=_ALMOST)
        return tuple(sorted({found for one in close for found in self.called(one)}))

    def ids(self) -> tuple[str, ...]:
        """Every id."""
        imported = self._store.ids() if self._store is not None else ()
        return tuple(sorted({path.stem for path, _ in self.files()}.union(imported)))

    def all(self) -> Iterator[tuple[ImporterRecord, Origin]]:
        """Every importer, those written by hand first."""
        by_hand = {path.stem for path, _ in self.files()}
        yield from (self.get(importer_id) for importer_id in sorted(by_hand))
        if self._store is not None:
            yield from ((one.record, Origin.WORKSPACE) for one in self._store.all() if one.record.id not in by_hand)

    def ending(self, after: date, until: date) -> tuple[Ending, ...]:
        """Certifications and evidence that end after one day and no later than another, the next first."""
        from transfers.registry.store import endings_of

        by_hand = {path.stem for path, _ in self.files()}
        own = [one for name in by_hand for one in endings_of(self.get(name)[0]) if after < one.day <= until]
        imported = self._store.ending(after, until) if self._store is not None else ()
        found = [*own, *(one for one in imported if one.importer not in by_hand)]
        return tuple(sorted(found, key=lambda one: (one.day, one.importer, one.what)))

    def files(self) -> Iterator[tuple[Path, Origin]]:
        """Every file of a record, shipped first."""
        for shelf in self._shelves:
            yield from ((path, shelf.origin) for path in sorted(shelf.folder.glob("*.yaml")))

    @cached_property
    def _store(self) -> ImporterStore | None:
        from transfers.registry.store import FILE, ImporterStore

        path = self._shelves[-1].folder / FILE
        return ImporterStore(path) if path.is_file() else None

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        """Ids by the names of the records written by hand."""
        found: dict[str, set[str]] = {}
        for importer_id in {path.stem for path, _ in self.files()}:
            record = self.get(importer_id)[0]
            for name in (record.id, record.name, *record.aliases):
                found.setdefault(name_key(name), set()).add(importer_id)
        return found

    @cached_property
    def _systems(self) -> dict[str, set[str]]:
        """Ids by the names of systems. The remark in brackets that may follow one is left out where no other is called so in full."""
        in_full: dict[str, set[str]] = {}
        without_remark: dict[str, set[str]] = {}
        for importer_id in {path.stem for path, _ in self.files()}:
            for system in self.get(importer_id)[0].systems:
                in_full.setdefault(name_key(system), set()).add(importer_id)
                without_remark.setdefault(name_key(_REMARK.sub("", system)), set()).add(importer_id)
        return without_remark | in_full

    def _found(self, importer_id: str) -> tuple[ImporterRecord, Origin] | None:
        if not importer_id.replace("-", "").isalnum() or len(importer_id) > _LONGEST_ID:
            return None
        for shelf in reversed(self._shelves):
            path = shelf.folder / f"{importer_id}.yaml"
            if path.is_file():
                return shelf.read(path, ImporterRecord), shelf.origin
            if shelf.origin is Origin.WORKSPACE and self._store is not None:
                stored = self._store.get(importer_id)
                if stored is not None:
                    return stored.record, shelf.origin
        return None

    def _refusal(self, importer_id: str) -> str:
        near = difflib.get_close_matches(importer_id.casefold(), self.ids(), n=2, cutoff=0.5)
        hint = f"Near matches: {', '.join(near)}" if near else "transborder importer list shows who is"
        own = (
            "" if len(self._shelves) > 1 else ". One of your own is found with --workspace FOLDER, or written out here"
        )
        return f"{importer_id!r} is not in the importer registry. {hint}{own}"


_REMARK = re.compile(r"\s*\([^()]*\)$")
_ALMOST = 0.85
_LONGEST_ID = 120
"""Characters of an id; what is longer is a name, and names no file."""
