"""The maintainer's tools: check, compare, lay out, scaffold, and say what must be looked at again."""
