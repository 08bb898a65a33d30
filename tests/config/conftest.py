"""Vaults with a config, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.config.settings import Settings, load_settings
from vaultlint.rule.registry import installed_rules

Load = Callable[..., Settings]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """The settings of a vault whose config has this text; other files may stand beside it."""

    def make(text: str | None = None, files: dict[str, str] | None = None, **flags: Any) -> Settings:
        vault = tmp_path / "vault"
        vault.mkdir(exist_ok=True)
        for name, content in {**({} if text is None else {"vaultlint.toml": text}), **(files or {})}.items():
            (vault / name).parent.mkdir(parents=True, exist_ok=True)
            (vault / name).write_text(content, encoding="utf-8")
        return load_settings(vault, installed_rules(), **flags)

    return make
