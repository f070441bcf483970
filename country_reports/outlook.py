"""What stands beside the findings of adequacy: under way, looked for and not found, not researched."""

from country_reports.sourced import RecordFile, Sourced


class Prospect(Sourced):
    """A finding that an issuer is working on. It permits nothing."""

    issuer: str
    places: tuple[str, ...]
    stage: str
    note: str | None = None


class NoneFound(Sourced):
    """An exporter's law that could name adequate destinations, and for which no finding was found."""

    exporter: str
    authority: str
    legal_basis: str
    confidence: str
    note: str | None = None


class PeriodOfLaw(Sourced):
    """What findings of the Union rested on for a time."""

    text: str


class Outlook(RecordFile):
    """What stands beside the findings: under way, looked for and not found, not researched."""

    notes: tuple[str, ...] = ()
    under_way: tuple[Prospect, ...] = ()
    none_found: tuple[NoneFound, ...] = ()
    periods_of_law: tuple[PeriodOfLaw, ...] = ()
    not_researched: tuple[str, ...] = ()
