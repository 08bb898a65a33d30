"""The built-in rules, found through the same entry points as anybody's plug-in.

Importing this module imports no rule: `RULES` says where each one is.
"""

from __future__ import annotations

from pathlib import Path

RULES: dict[str, str] = {}
"""Name -> `module:Class`."""

PACKS = Path(__file__).parent / "packs"
"""The folder of the built-in packs, a TOML file each."""
