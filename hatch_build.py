"""Compiles the lexicon while the package is built, so that an installed Rawabit needs no YAML and no CLDR."""
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LexiconHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `lexicon/compiled/*.json` and adds it to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from rawabit.lexicon.build import write_compiled

        for path in write_compiled(root / "src" / "rawabit" / "lexicon"):
            build_data["force_include"][str(path)] = path.relative_to(root / "src").as_posix()
