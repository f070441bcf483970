"""The rules as code: one module per instrument, one function per provision, in the order of the text.

No input or output, no clock, no language beyond marked templates: a Case and a View in, findings out.
"""
