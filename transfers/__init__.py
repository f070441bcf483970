"""Second floor: may these personal data go there, on what ground, with which safeguards, and why."""

__version__ = "0.1.0"
