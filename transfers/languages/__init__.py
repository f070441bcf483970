"""The languages in which assessments and documents are told: English, in which everything is written, and those with catalogues.

A sentence is looked up by its English text: the templates that stand in code in the catalogue ``engine``, what stands in
records in the catalogue ``records`` (``transfers/locale/<language>/LC_MESSAGES/*.po``).
"""

from transfers.languages.language import CODES, ENGLISH, Language, language_of, quotes_in, unmarked

__all__ = ["CODES", "ENGLISH", "Language", "language_of", "quotes_in", "unmarked"]
