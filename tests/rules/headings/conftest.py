"""Small vaults on disk, for rules that see all notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from vaultlint.config.settings import load_settings
from vaultlint.engine.fix import fix_vault
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import installed_rules


@pytest.fixture
def mended(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Path -> text of the notes that the fixes of the named rules change; no fix is refused."""

    def mend(
        notes: Mapping[str, str], *rules: str, config: str = "", at_least: Applicability = Applicability.UNSAFE
    ) -> dict[str, str]:
        for path, text in {"vaultlint.toml": f"packs = []\n{config}", **notes}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(text.encode())
        settings = load_settings(tmp_path, installed_rules(), select=rules)
        result = fix_vault(settings, at_least=at_least, write=False)
        assert [] == [one for one in result.report.diagnostics if one.rule not in rules]
        return {note.path: note.after for note in result.changed}

    return mend
