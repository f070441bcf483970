"""Tables that people give and are given: cells, columns that lead into records, sheets."""
