"""Ground floor: what the law is, where, and since when.

Everything here is a dated, sourced fact. Nothing here knows about routes or conclusions.
"""
