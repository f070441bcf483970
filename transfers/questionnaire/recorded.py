"""What becomes of an importer's answers: fields of its record with their evidence, answers to criteria, and what each route must weigh.

An answer adds to the record, renews it or opens it again. It never takes away what somebody else put on file against the
importer, such as a law that reaches it or a place where it keeps data: that is changed by hand, by whoever answers for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from country_reports.facts import Origin, Truth, Verification
from country_reports.hub import Hub
from country_reports.records import BadRecord, Problem
from country_reports.sourced import SourceRecord
from transfers.answers import CriterionAnswer
from transfers.law.asked_of_importers import ANSWERED_BY_IMPORTERS
from transfers.leg_names import base_of
from transfers.questionnaire.form import ABOUT, FIELDS, goes_on_record
from transfers.questionnaire.open_points import CATEGORY
from transfers.questionnaire.said import Said, Unfit, said_in
from transfers.questionnaire.sheet import Sheet, SheetRow
from transfers.registry.check import troubles_of
from transfers.registry.importer import Certification, Evidence, ImporterRecord
from transfers.registry.shelf import Registry, UnknownImporter


@dataclass(slots=True)
class Outcome:
    """The record with the answers in it; ``changes`` tells them, ``for_routes`` those that are not the record's to hold."""

    record: ImporterRecord
    asked: int
    changes: list[str] = field(default_factory=list)
    for_routes: list[str] = field(default_factory=list)


def with_answers(
    sheet: Sheet, registry: Registry, hub: Hub, as_of: date, importer: str | None = None, owner: str | None = None
) -> Outcome:
    """The importer's record with the answers of a filled questionnaire; nothing is written.

    ``importer`` is whose questionnaire it must be, ``owner`` who keeps it on the side of those who asked.

    Raises:
        BadRecord: an answer does not fit, every one with its place.
    """
    record, origin = _whose(sheet, registry, as_of, importer)
    found = Outcome(_own(record, origin), len(sheet.rows))
    problems: list[Problem] = []
    answered = list(_answered(sheet, hub, as_of, problems))
    context = _Context(sheet, hub, record, frozenset(said.id for _, said in answered), owner)
    for row, said in sorted(answered, key=lambda one: one[1].on, reverse=True):
        try:
            _take(said, found, context)
        except Unfit as error:
            problems += [row.at(sheet.file, column, message) for column, message in error.told]
    problems += [
        Problem(sheet.file, None, one.field, one.message)
        for one in troubles_of(found.record, hub, as_of)
        if one.refused and not problems
    ]
    if not problems and not (found.changes or found.for_routes):
        problems.append(Problem(sheet.file, None, "", "no question is answered"))
    if problems:
        raise BadRecord(problems)
    return found


@dataclass(frozen=True, slots=True)
class _Context:
    """The questionnaire that is read, the record as it was before, and which questions are answered."""

    sheet: Sheet
    hub: Hub
    before: ImporterRecord
    answered: frozenset[str]
    owner: str | None


def _answered(sheet: Sheet, hub: Hub, as_of: date, problems: list[Problem]) -> Iterator[tuple[SheetRow, Said]]:
    for row in sheet.rows:
        try:
            said = said_in(row, hub, as_of)
        except Unfit as error:
            problems += [row.at(sheet.file, column, message) for column, message in error.told]
        else:
            if said is not None:
                yield row, said


def _whose(sheet: Sheet, registry: Registry, as_of: date, importer: str | None) -> tuple[ImporterRecord, Origin]:
    def refuse(message: str) -> BadRecord:
        return BadRecord([Problem(sheet.file, None, ABOUT["importer"], message)])

    try:
        record, origin = registry.get(sheet.importer)
        expected = registry.find(importer)[0].id if importer is not None else record.id
    except UnknownImporter as error:
        raise refuse(str(error)) from None
    if expected != record.id:
        raise refuse(f"this questionnaire was sent to {record.id}, not to {expected}")
    if record.retired_on is not None:
        raise refuse(f"{record.id} was retired on {record.retired_on}: {record.retired_because or 'no reason given'}")
    if sheet.about["as_of"] > as_of.isoformat():
        raise refuse(f"this questionnaire is of {sheet.about['as_of']}, a day still to come")
    return record, origin


def _own(record: ImporterRecord, origin: Origin) -> ImporterRecord:
    """A shipped record as one of your own: that it signed clauses with somebody does not say that it signed them with you."""
    if origin is Origin.WORKSPACE or not record.clauses:
        return record
    unsigned = tuple(one.model_copy(update={"signed_on": None}) for one in record.clauses)
    return record.model_copy(update={"clauses": unsigned})


def _take(said: Said, found: Outcome, context: _Context) -> None:
    """Put one answer where it belongs. Later ones come first, so that in front of the evidence for a list stands the oldest."""
    if not goes_on_record(said.id):
        shown = f"; shown by: {said.shown_by}" if said.shown_by else ""
        found.for_routes.append(f"{said.id}: {said.words} ({said.by}, {said.on}{shown}); for {said.routes}")
        return
    day, record = context.sheet.about["as_of"], found.record
    source = f"Questionnaire of {day} to {record.name} ({record.id}), answered by {said.by} on {said.on}"
    if base_of(said.id) in ANSWERED_BY_IMPORTERS:
        found.record = _with_criterion(record, said, source)
    else:
        found.record = _WithField(record, said, source, context).record()
    found.changes.append(f"{said.id}: {said.words} ({said.by}, {said.on})")


def _with_criterion(record: ImporterRecord, said: Said, source: str) -> ImporterRecord:
    before = record.answers.get(said.id)
    if before is not None and before.on is not None and before.on > said.on:
        raise Unfit.at("on", f"the record holds an answer of {before.on}, which is later")
    shown = f"{said.shown_by} ({source})" if said.shown_by else source
    assert isinstance(said.value, Truth)
    answer = CriterionAnswer(value=said.value, by=said.by, on=said.on, source=shown)
    return record.model_copy(update={"answers": {**record.answers, said.id: answer}})


class _WithField:
    """A record with one field answered."""

    def __init__(self, record: ImporterRecord, said: Said, source: str, context: _Context) -> None:
        self.before = record
        self.said = said
        self.source = source
        self.context = context

    def record(self) -> ImporterRecord:
        name = self.said.id
        if name.startswith(CATEGORY):
            return self._category(name.removeprefix(CATEGORY))
        return _FIELD[name](self)

    def _places(self) -> ImporterRecord:
        name = self.said.id.removeprefix("importer.")
        value = self.said.value
        if isinstance(value, tuple):
            on_file = map(self.context.hub.places.resolve, getattr(self.before, name) or ())
            kept = [place for place in on_file if place not in {*value}]
            if kept:
                over = "If that is over, take it out of the record by hand, with what shows it"
                self._refuse(f"{', '.join(kept)} is on file too. {over}")
        return self._with({name: value}, name)

    def _gdpr(self) -> ImporterRecord:
        on_file = self.before.gdpr_applies_directly
        if on_file is Truth.YES and self.said.value is Truth.NO:
            self._refuse("the record says yes. If that was wrong, change the record by hand, with what shows it")
        return self._with({"gdpr_applies_directly": self.said.value}, "gdpr_applies_directly")

    def _certifications(self) -> ImporterRecord:
        """Entries of schemes that the record leaves open; those on file keep their own source, and are not written over."""
        record, told = self.before, self.said.value
        on_file = {entry.scheme for entry in record.certifications or ()}
        if record.certifications is not None and not record.certifications_open:
            self._refuse(_ON_FILE)
        if not isinstance(told, tuple):
            return self._with({}, "certifications")
        entries = [entry for entry in told if isinstance(entry, Certification)]
        settled = [entry.scheme for entry in entries if record.certifications is not None]
        strange = sorted(set(settled) - on_file - {*record.certifications_open})
        if strange or (on_file and not on_file <= {*settled}):
            self._refuse(_ON_FILE)
        new = (entry for entry in entries if entry.scheme not in on_file)
        fields: dict[str, object] = {
            "certifications": (*(record.certifications or ()), *new),
            "certifications_open": (),
        }
        return self._with(fields, "certifications", beside=bool(on_file))

    def _unless_on_file(self) -> ImporterRecord:
        """Lists with sources of their own are not written over."""
        name = self.said.id.removeprefix("importer.")
        if getattr(self.before, name) is not None:
            self._refuse(
                "the record has this already; settle with the importer what changed, and change the record by hand"
            )
        value = self.said.value
        if name == "group" and value == "":
            value = self.before.name
        return self._with({name: value}, name)

    def _category(self, category: str) -> ImporterRecord:
        """A category that applies or does not. That none applies keeps a law away, and is for the exporter to confirm."""
        truth = self.said.value
        lists = {
            "legal_categories": (Truth.YES, self.before.legal_categories),
            "legal_categories_excluded": (Truth.NO, self.before.legal_categories_excluded),
        }
        for says, listed in lists.values():
            if category in listed and truth not in (says, Truth.UNKNOWN):
                self._refuse(
                    f"the record says {says.value}. If that was wrong, change the record by hand, with what shows it"
                )
        changed = self.before
        for name, (says, listed) in lists.items():
            others = tuple(one for one in listed if one != category)
            if truth is says:
                verification = Verification.SECONDARY if says is Truth.YES else Verification.UNVERIFIED
                changed = self._with({name: (*others, category)}, name, verification, self._unasked(others))
            elif len(others) < len(listed):
                changed = self._with({name: others}, name, beside=self._unasked(others))
        return changed

    def _unasked(self, categories: tuple[str, ...]) -> bool:
        """Whether a list holds categories that this questionnaire does not answer."""
        return any(f"{CATEGORY}{one}" not in self.context.answered for one in categories)

    def _with(
        self,
        fields: dict[str, object],
        name: str,
        verification: Verification = Verification.SECONDARY,
        beside: bool = False,
    ) -> ImporterRecord:
        """The record with the field and its evidence; ``beside`` others in a list, what is known less well stands in front for all."""
        said = self.said
        on_file = next((one for one in self.context.before.evidence if name in one.fields), None)
        if on_file is not None and on_file.verified_on is not None and on_file.verified_on > said.on and not beside:
            raise Unfit.at("on", f"what is on file is of {on_file.verified_on}, which is later")
        shown = f" Shown by: {said.shown_by}" if said.shown_by else ""
        new = Evidence(
            fields=(name,),
            statement=f"{self.before.name} answered: {said.id.partition('.')[2]}: {said.words}.{shown}",
            source=SourceRecord(title=self.source),
            verified_on=said.on,
            verification=verification,
        )
        if self.context.owner is not None:
            new = new.model_copy(update={"owner": self.context.owner})
        evidence = (new, *self.before.evidence)
        if beside:
            evidence = _less_known_first(new, name, self.before)
        return self.before.model_copy(update={**fields, "evidence": evidence})

    def _refuse(self, message: str) -> None:
        raise Unfit.at("answer", message)


_ON_FILE = "the record has something else already; settle with the importer what changed, and change the record by hand"

_FIELD: dict[str, Callable[[_WithField], ImporterRecord]] = {
    "importer.storage": _WithField._places,
    "importer.access_from": _WithField._places,
    "importer.gdpr_applies_directly": _WithField._gdpr,
    "importer.certifications": _WithField._certifications,
    "importer.sub_processors": _WithField._unless_on_file,
    "importer.group": _WithField._unless_on_file,
}
assert _FIELD.keys() == FIELDS.keys()


def _less_known_first(new: Evidence, name: str, record: ImporterRecord) -> tuple[Evidence, ...]:
    """The first evidence for a list speaks for all of it, so that a new word in it must not make the others look checked or fresh."""
    on_file = next((one for one in record.evidence if name in one.fields), None)
    if on_file is None:
        unread = Evidence(
            fields=(name,),
            statement=f"{record.name}: {name.replace('_', ' ')} as recorded before.",
            source=SourceRecord(title="Record of the importer"),
            verification=Verification.UNVERIFIED,
        )
        return (unread, *record.evidence, new)
    return (new, *record.evidence) if _known(new) < _known(on_file) else (*record.evidence, new)


def _known(evidence: Evidence) -> tuple[bool, date]:
    return evidence.verification is not Verification.UNVERIFIED, evidence.verified_on or date.min
