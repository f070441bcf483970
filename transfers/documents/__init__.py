"""The transfer impact assessment as text, Markdown and JSON. No writer knows law."""
