"""From activities to routes: one for each recipient and country. What a cell leaves unclear stays open and is told, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from country_reports.records import Plain, Problem, fit
from transfers.field_problems import BadRoute
from transfers.knowledge import Knowledge
from transfers.records_of_processing.activities import Activity, Reading
from transfers.records_of_processing.flows import Flow, flows_of
from transfers.records_of_processing.recipients import Recipients, kind_of
from transfers.records_of_processing.template import RecordTemplate
from transfers.records_of_processing.words import Words
from transfers.registry.importer import ImporterKind, ImporterRecord
from transfers.registry.names import name_key
from transfers.route import PartyRole, Route
from transfers.tables.sheets import Said


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who imports says for every route whose record does not say it."""

    exporter_name: str | None = None
    exporter_country: str | None = None
    exporter_kind: str | None = None
    importer_kind: ImporterKind | None = None


@dataclass(slots=True)
class Drafts:
    """The routes and new importers of a record, what stayed open, and what was rejected. Nothing is written yet."""

    activities: int = 0
    routes: list[Route] = field(default_factory=list)
    importers: dict[str, ImporterRecord] = field(default_factory=dict)
    with_transfers: int = 0
    without: list[str] = field(default_factory=list)
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)
    left_open: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def draft_routes(
    path: Path, reading: Reading, template: RecordTemplate, given: Given, knowledge: Knowledge, day: date
) -> Drafts:
    """A route for every recipient and country of every activity, and every new importer."""
    drafts = Drafts(activities=len(reading.activities))
    recipients = Recipients(template, knowledge, day, given.importer_kind, path.name)
    taken: dict[str, str] = {}
    drafters = [_Drafter(path, activity, template, given, knowledge, recipients) for activity in reading.activities]
    recipients.expect((flow.name, flow.place) for drafter in drafters for flow in drafter.flows)
    for activity, drafter in zip(reading.activities, drafters, strict=True):
        problems = [*activity.problems, *_taken(path, activity, taken)]
        routes = [] if problems else list(drafter.routes())
        problems += [
            problem for route in routes for problem in _refused(path, activity, route, recipients, knowledge, day)
        ]
        if problems:
            drafts.rejected += 1
            drafts.problems += problems
            continue
        drafts.left_open += drafter.left_open
        if not routes:
            drafts.without.append(activity.where)
            continue
        drafts.with_transfers += 1
        for route in routes:
            drafts.routes.append(_with_own_id(route, drafts, activity))
    used = {route.importer for route in drafts.routes}
    drafts.importers = {name: record for name, record in recipients.new.items() if name in used}
    drafts.warnings += recipients.twins
    return drafts


def _taken(path: Path, activity: Activity, taken: dict[str, str]) -> Iterator[Problem]:
    """Two activities of one reference: the reference is theirs to choose, so that they must tell which is which."""
    for said in activity.said.get("id", [])[:1]:
        first = taken.setdefault(_slug(said.text, 50), said.where)
        if first != said.where:
            yield Problem(
                str(path), said.line, said.where, f"the reference {said.text!r} stands in {first} too; change one"
            )


def _refused(
    path: Path, activity: Activity, route: Route, recipients: Recipients, knowledge: Knowledge, day: date
) -> Iterator[Problem]:
    """What an assessment would refuse in this route."""
    new = recipients.new.get(route.importer) if isinstance(route.importer, str) else None
    try:
        knowledge.extract(route if new is None else route.model_copy(update={"importer": new}), day, numbered=False)
    except BadRoute as error:
        for problem in error.problems:
            yield Problem(str(path), activity.line, activity.where, f"{problem.field}: {problem.message}")


def _with_own_id(route: Route, drafts: Drafts, activity: Activity) -> Route:
    """The route, numbered where another of this record has the same activity, recipient and country."""
    ids = {one.id for one in drafts.routes}
    if route.id not in ids:
        return route
    number = next(n for n in range(2, len(ids) + 3) if f"{route.id}-{n}" not in ids)
    message = f"same activity, recipient and country as the route {route.id}; named {route.id}-{number}"
    drafts.warnings.append(f"{activity.where}: {message}")
    return route.model_copy(update={"id": f"{route.id}-{number}"})


class _Drafter:
    """Drafts the routes of one activity."""

    def __init__(
        self,
        path: Path,
        activity: Activity,
        template: RecordTemplate,
        given: Given,
        knowledge: Knowledge,
        recipients: Recipients,
    ) -> None:
        self.path = path
        self.activity = activity
        self.template = template
        self.given = given
        self.knowledge = knowledge
        self.recipients = recipients
        self.words = Words(template, knowledge)
        self.left_open: list[Problem] = []
        self.flows = flows_of(activity, self.words, recipients, self._exporter_country())

    def routes(self) -> Iterator[Route]:
        if not self.flows:
            self._warn_of_known_abroad()
            return
        shared, notes = self._shared()
        for flow in self.flows:
            yield self._route(flow, shared, notes)

    def _route(self, flow: Flow, shared: dict[str, Plain], notes: list[str]) -> Route:
        plain: dict[str, Plain] = {**shared}
        said = [*notes, *(self._open(cell, why) for cell, why in flow.open)]
        recipient = None
        if flow.name is not None:
            kind = next((kind_of(self.template, one.text) for one in flow.row.get("importer.kind", [])), None)
            recipient = self.recipients.find(flow.name, flow.place, kind)
            plain["importer"] = recipient.id
            if recipient.why is not None:
                said.append(self._open(flow.name, recipient.why))
        role = self._role(flow)
        plain |= {"importer_role": role, "destination": flow.place, "mechanisms": self._mechanisms(flow, said)}
        name = flow.name.text if flow.name is not None else None
        plain["id"] = self._id(recipient.id if recipient is not None else None, name, flow.place)
        plain["title"] = f"{self._name()}: {name or 'recipient not named'}, {self._place_name(flow.place)}"
        plain["note"] = " ".join([f"From {self.path.name}, {self.activity.where}.", *dict.fromkeys(said)])
        return fit({key: value for key, value in plain.items() if value is not None}, Route, str(self.path))

    def _id(self, importer: str | None, name: str | None, place: str | None) -> str:
        own = self.activity.said.get("id")
        activity = _slug(own[0].text if own else self._name(), 50) or f"row-{self.activity.line}"
        who = _slug(importer or name or "", 40) or "recipient-open"
        where = _slug(place or "", 20) or "country-open"
        return f"{activity}-{who}" if who.endswith(f"-{where}") else f"{activity}-{who}-{where}"

    def _name(self) -> str:
        said = [one.text for name in self.template.named_by for one in self.activity.said.get(name, [])]
        return ", ".join(" ".join(text.split()) for text in said)[:200] or self.activity.where

    def _place_name(self, place: str | None) -> str:
        return self.knowledge.hub.places[place].name if place is not None else "country not known"

    def _mechanisms(self, flow: Flow, said: list[str]) -> list[Plain] | None:
        """The tools named, once every word on safeguards is understood; else the question stays unanswered as a whole."""
        claims: dict[str, None] = {}
        unclear = False
        for part in self.words.parts(flow.row, "mechanisms", lambda text: self.words.tool(text) is not None):
            hint = self.words.hint(part)
            if hint is not None and hint != flow.place:
                continue
            text = self.words.without_hint(part).text if hint is not None else part.text
            tool = self.words.tool(text)
            if tool is None or self.template.why_open("mechanisms", text) is not None:
                unclear = True
                why = (
                    self.template.why_open("mechanisms", text)
                    or "no tool that can be named in a route is meant for sure"
                )
                said.append(self._open(part, why))
            else:
                claims[tool] = None
        return [{"tool": tool} for tool in claims] if claims and not unclear else None

    def _role(self, flow: Flow) -> str | None:
        """The role that the record gives this recipient, in its row or in the list of all who get the data."""
        cells = [*flow.row.get("importer_role", [])]
        for row in self.activity.recipients:
            names = [name_key(one.text) for one in row.get("importer.name", [])]
            if flow.name is not None and name_key(flow.name.text) in names:
                cells += row.get("importer_role", [])
        roles = {self.words.word("importer_role", one.text) for one in cells}
        return next(iter(roles)) if len(roles) == 1 else None

    def _shared(self) -> tuple[dict[str, Plain], list[str]]:
        """What holds for every route of the activity, and what about it stays open."""
        notes: list[str] = []
        categories = self.words.parts(self.activity.said, "data.categories", lambda text: False)
        data: dict[str, Plain] = {
            "subjects": self._all_words("data.subjects", notes),
            "categories": self._categories(categories, notes),
            "special_categories": self._special(categories, notes),
        }
        plain: dict[str, Plain] = {
            "exporter": _filled(self._exporter(notes)),
            "purpose": self._one_word("purpose", notes),
            "frequency": self._one_word("frequency", notes),
            "data": _filled(data),
        }
        return plain, notes

    def _exporter(self, notes: list[str]) -> dict[str, Plain]:
        name = [one.text for one in self.activity.said.get("exporter.name", [])]
        joint = any(not self.template.says_nothing(one.text) for one in self.activity.said.get("joint_controller", []))
        for one in self.activity.said.get("exporter.country", []):
            if self.words.place(one.text) is None:
                notes.append(self._open(one, "this is not a place we know; give the exporter's country"))
        role = self._one_word("exporter.role", notes)
        return {
            "name": " ".join(name[0].split()) if name else self.given.exporter_name,
            "country": self._exporter_country(),
            "role": PartyRole.JOINT_CONTROLLER.value if joint else role,
            "kind": self._one_word("exporter.kind", notes) or self.given.exporter_kind,
        }

    def _exporter_country(self) -> str | None:
        said = [self.words.place(one.text) for one in self.activity.said.get("exporter.country", [])]
        return said[0] if said else self.given.exporter_country

    def _all_words(self, name: str, notes: list[str]) -> list[Plain] | None:
        """Every part of the cells as a word of ours; one that is not understood leaves the field open, since a list claims to be whole."""
        words: dict[str, None] = {}
        unclear = False
        for part in self.words.parts(self.activity.said, name, lambda text: self.words.word(name, text) is not None):
            word = self.words.word(name, part.text)
            if word is None:
                unclear = True
                notes.append(self._open(part, f"no word of {name} is meant for sure; set {name}"))
            else:
                words[word] = None
        return [*words] if words and not unclear else None

    def _one_word(self, name: str, notes: list[str]) -> str | None:
        words = self._all_words(name, notes)
        return str(words[0]) if words is not None and len(words) == 1 else None

    def _categories(self, parts: list[Said], notes: list[str]) -> list[Plain] | None:
        """Our words for the data where there are, else the person's own, which the law takes for data of any kind."""
        words: dict[str, None] = {}
        for part in parts:
            if len(part.text) > _LONGEST_CATEGORY:
                notes.append(self._open(part, "too long for one category of data; kept here"))
                words["other_data"] = None
            else:
                words[self.template.word("data.categories", part.text) or " ".join(part.text.split())] = None
        return [*words] or None

    def _special(self, categories: list[Said], notes: list[str]) -> list[Plain] | None:
        """Special categories that the record names, in a field of their own or among the others; silence says nothing."""
        name = "data.special_categories"
        words: dict[str, None] = {}
        for part in self.words.parts(self.activity.said, name, lambda text: self.words.word(name, text) is not None):
            word = self.words.word(name, part.text)
            if word is None:
                notes.append(self._open(part, f"no word of {name} is meant for sure; set {name}"))
            else:
                words[word] = None
        words |= {word: None for part in categories if (word := self.template.word(name, part.text)) is not None}
        return [*words] or None

    def _open(self, said: Said, why: str) -> str:
        """What stays open, for the report and for the note."""
        quoted = " ".join(said.text.split())
        message = why if repr(said.text) in why else f"{quoted[:_QUOTED]!r}: {why}"
        problem = Problem(str(self.path), said.line, said.where, message)
        if problem not in self.left_open:
            self.left_open.append(problem)
        return f"{said.where}: {message}." if not message.endswith(("?", ".")) else f"{said.where}: {message}"

    def _warn_of_known_abroad(self) -> None:
        """A recipient on file elsewhere, where the record names no transfer: it may be one that the record forgot."""
        rows = [self.activity.said, *self.activity.recipients]
        for part in (
            part
            for row in rows
            for part in self.words.parts(row, "importer.name", lambda text: bool(self.words.called(text)))
        ):
            place = self.recipients.place_of(part.text)
            if place is not None and place != self._exporter_country():
                self._open(
                    part, f"no transfer is named, and this recipient is in {self._place_name(place)} by the registry"
                )


_LONGEST_CATEGORY = 200
_QUOTED = 200


def _slug(text: str, longest: int) -> str:
    """Letters and digits with hyphens between: what a file may be called and a route's id may hold."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:longest].strip("-")


def _filled(fields: dict[str, Plain]) -> Plain:
    return {name: value for name, value in fields.items() if value is not None} or None
