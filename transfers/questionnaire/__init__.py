"""What an importer is asked, on what form, and what becomes of its answers."""
