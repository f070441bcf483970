"""Compiles the shipped records into the wheel; of an editable install, beside the records that are edited."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRecords(BuildHookInterface[Any]):
    """Called by hatchling before it collects the files of a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        try:
            from transfers.compiling import compile_all

            compile_all()
        finally:
            sys.path.remove(self.root)
