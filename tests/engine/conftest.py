"""Small vaults on disk, and settings that turn trial rules on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from vaultlint.config.settings import RuleSetting, Settings
from vaultlint.engine.values import Report
from vaultlint.rule.registry import RuleSet

MakeVault = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def make(tmp_path: Path) -> MakeVault:
    """Write notes (path -> text or bytes) to a fresh vault."""

    def write(notes: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "vault"
        for path, content in notes.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        (root / ".obsidian").mkdir(parents=True, exist_ok=True)
        return root

    return write


@pytest.fixture
def settings() -> Callable[..., Settings]:
    """Settings of a vault with some trial rules on."""

    def make_settings(root: Path, *rules: str, **more: Any) -> Settings:
        ruleset = RuleSet().with_local(root, [Path(__file__).with_name("trial_rules.py")])
        on = tuple(RuleSetting(name, ruleset.load(name).severity) for name in sorted(rules))
        return Settings(ruleset=ruleset, root=root, rules=on, **more)

    return make_settings


@pytest.fixture
def lines() -> Callable[[Report], list[str]]:
    """A report as people read it: `path:line:column rule message`."""

    def told(report: Report) -> list[str]:
        return [
            f"{one.path}:{one.position.line}:{one.position.column} {one.rule} {one.message}"
            for one in report.diagnostics
        ]

    return told


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's state folder, moved out of the way."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder
