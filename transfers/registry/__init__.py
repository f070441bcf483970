"""The data-importer registry: what is on file about recipients, how it is checked, imported and kept."""
