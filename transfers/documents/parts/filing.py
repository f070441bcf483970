"""What makes the document one that can be filed: signatures, digests, provisions and sources."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.documents import words
from transfers.documents.blocks import Blank, Block, Bullets, Content, Notes, Paragraph, Style, Table, Words
from transfers.documents.parts.telling import Telling
from transfers.documents.saying import _, dated, described, listed, recorded, told, told_with
from transfers.documents.sources import KINDS, note_of
from transfers.law.catalogue import provisions


def sign_off(_telling: Telling) -> Iterator[Block]:
    """Who decides, and what; the tool signs nothing."""
    decision = (_("Decision of the exporter"), _("Reasons, where it departs from the result"), _("File number"))
    fields = tuple((label, (Blank(label),)) for label in decision)
    yield Table((_("To be filled in"), _("By whoever decides")), fields, _("Decision"), (30, 70), row_headings=True)
    columns = (_("Name"), _("Date"), _("Signature"))
    rows: list[tuple[Content, ...]] = []
    for role in (_("Prepared by"), _("Data protection officer"), _("Approved by")):
        blanks = ((Blank(told(_("{who}: {what}"), who=role, what=column)),) for column in columns)
        rows.append((role, *blanks))
    yield Table((_("Role"), *columns), tuple(rows), _("Signatures"), (24, 30, 18, 28), row_headings=True)
    yield Paragraph(_(words.OUTSIDE))
    yield Paragraph(_("This assessment organises law and facts for those who decide; it is no legal advice."))


def for_the_file(telling: Telling) -> Iterator[Block]:
    """How each assessment was read, and the marks by which it can be checked later."""
    for assessment in telling.tia.assessments:
        items: list[Content] = []
        named = [words.POLICIES[name].format(value=value) for name, value in assessment.policy.items() if value]
        if named:
            items.append(told(_("Read with: {policy}."), policy=listed(named)))
        facts = _("Facts version {version}, fingerprint {fingerprint}; engine {engine}.")
        items.append(
            told_with(
                facts,
                version=assessment.knowledge.version,
                fingerprint=(Words(assessment.knowledge.fingerprint, Style.CODE),),
                engine=assessment.engine,
            )
        )
        digest = _("Digest of the assessment {route}: {digest}.")
        route, mark = (Words(assessment.route, Style.CODE),), (Words(assessment.digest, Style.CODE),)
        items.append(told_with(digest, route=route, digest=mark))
        yield Bullets(tuple(items))


def provisions_cited(telling: Telling) -> Iterator[Block]:
    """What each cited provision says, in our words, and how its text was checked."""
    known = provisions()
    rows: list[tuple[Content, ...]] = []
    act = ""
    for provision in (known[name] for name in sorted(telling.provisions) if name in known):
        checked = words.VERIFICATIONS[provision.verification.value]
        named = told(_("{act} ({checked})"), act=recorded(provision.instrument), checked=checked)
        if named != act:
            rows.append(("", (Words(named, Style.STRONG),)))
        act = named
        rows.append(((Words(provision.id, Style.CODE),), described(provision)))
    if rows:
        headings = (_("Provision"), _("What it says, in our words, below its act and how the text of that was checked"))
        yield Table(headings, tuple(rows), _("Provisions cited"), (27, 73))
    parts = [one for one in telling.provisions if one not in known]
    if parts:
        text = _("Parts of laws that are judged from their record on file, as named in the findings: {names}.")
        yield Paragraph(told(text, names=", ".join(sorted(parts))), small=True)


def sources_by_class(telling: Telling) -> Iterator[Block]:
    """Which sources stand behind the document, how they were checked, and how far back the oldest check lies."""
    rows: list[tuple[Content, ...]] = []
    for kind, numbers, grounds in telling.sources.by_kind():
        marks = [
            told(_("{number} {mark}"), number=number, mark=mark)
            for verification, mark in words.VERIFICATIONS.items()
            if (number := sum(ground.verification == verification for ground in grounds))
        ]
        oldest = min((ground.verified_on for ground in grounds if ground.verified_on), default=_("not on file"))
        label = KINDS.get(kind, kind)
        rows.append((label, ", ".join(map(str, numbers)), listed(marks), dated(oldest)))
    if rows:
        headings = (_("Class"), _("Numbers"), _("How checked"), _("Oldest check"))
        yield Table(headings, tuple(rows), _("Sources by class"), (26, 28, 32, 14))


def sources_in_order(telling: Telling) -> Iterator[Block]:
    """Every source in full."""
    if telling.sources.in_order:
        text = _(
            "Each note names the fact and its period, what it does here, how it was checked, and the day its source reached."
        )
        yield Paragraph(text, small=True)
        yield Notes(tuple(note_of(ground) for ground in telling.sources.in_order))
