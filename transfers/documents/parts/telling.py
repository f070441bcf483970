"""A TIA while it is told: which sources and provisions have been cited, and which findings told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from transfers.assessment import Assessment, FindingRecord
from transfers.documents.blocks import Run, Style, Words
from transfers.documents.reasons import decisive_findings
from transfers.documents.saying import _
from transfers.documents.sources import Sources
from transfers.documents.tia import Tia


@dataclass(slots=True)
class Telling:
    """``facts_of_destination`` says whether the destination's own law was told already, which is done once."""

    tia: Tia
    sources: Sources = field(default_factory=Sources)
    provisions: dict[str, None] = field(default_factory=dict)
    facts_of_destination: set[str] = field(default_factory=set)
    _told: set[tuple[str, FindingRecord]] = field(default_factory=set)

    def is_new(self, assessment: Assessment, finding: FindingRecord) -> bool:
        """Whether this route's finding is told for the first time; asking counts as telling."""
        key = (assessment.route, finding)
        new = key not in self._told
        self._told.add(key)
        return new

    def provision(self, provision: str) -> Words:
        """A provision as it is cited."""
        self.provisions.setdefault(provision)
        return Words(provision, Style.CODE)

    def sourced(self, finding: FindingRecord) -> tuple[Run, ...]:
        """The reason of a finding with its sources."""
        return (Words(finding.because), *self.sources.cited(finding.grounds))

    def reasons(self, assessment: Assessment) -> Iterator[tuple[Run, ...]]:
        """The few findings that decide, each with its sources and its provision."""
        for finding in decisive_findings(assessment.outcome, assessment.regimes):
            yield (*self.sourced(finding), Words(" ("), self.provision(finding.provision), Words(")"))


def findings_of(assessment: Assessment) -> Iterator[FindingRecord]:
    """Every finding of an assessment, those of the benchmark last."""
    for regime in assessment.regimes:
        yield from regime.findings
    yield from assessment.benchmark.findings


def from_findings(assessment: Assessment, texts: Iterable[str], kind: str) -> Iterator[tuple[str, list[FindingRecord]]]:
    """Each contested point, point to watch or option of an assessment with the findings that it comes from."""
    findings = list(findings_of(assessment))
    for text in texts:
        yield text, [finding for finding in findings if text in getattr(finding, kind)]


def place_of(assessment: Assessment, place: str | None) -> str:
    """The name of a place, or what the route or the engine wrote."""
    return assessment.places.get(place or "", place or _("an unknown place"))
