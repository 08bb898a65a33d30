"""Small vaults on disk, judged by chosen rules: what the examples in the rules' notes can't say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from vaultlint.config.settings import load_settings
from vaultlint.engine.check import check_vault
from vaultlint.engine.fix import fix_vault
from vaultlint.rule.finding import Diagnostic
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import RuleSet, installed_rules

Write = Callable[[Mapping[str, str]], Path]
Found = Callable[..., tuple[Diagnostic, ...]]


@pytest.fixture(scope="session")
def ruleset() -> RuleSet:
    return installed_rules()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a vault: path -> text."""

    def write_vault(notes: Mapping[str, str]) -> Path:
        root = tmp_path / "vault"
        (root / ".obsidian").mkdir(parents=True, exist_ok=True)
        for path, text in notes.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        return root

    return write_vault


@pytest.fixture
def found(write: Write, ruleset: RuleSet) -> Found:
    """What the named rules find in a vault."""

    def judge(notes: Mapping[str, str], *rules: str) -> tuple[Diagnostic, ...]:
        return check_vault(load_settings(write(notes), ruleset, select=rules, ignore=_of_style(rules))).diagnostics

    return judge


def _of_style(rules: tuple[str, ...]) -> tuple[str, ...]:
    """Rules that no pack for everybody has, where a whole group is asked for: what they say is no fault."""
    return ("link-style", "link-extension", "bare-url", "image-alt-text") if "links" in rules else ()


@pytest.fixture
def lines(found: Found) -> Callable[..., list[str]]:
    """The same as people read it: `path:line:column rule message`."""

    def told(notes: Mapping[str, str], *rules: str) -> list[str]:
        return [
            f"{one.path}:{one.position.line}:{one.position.column} {one.rule} {one.message}"
            for one in found(notes, *rules)
        ]

    return told


@pytest.fixture
def mended(write: Write, ruleset: RuleSet) -> Callable[..., str]:
    """The note `Note.md` of a vault after the unsafe fixes of the named rules."""

    def mend(notes: Mapping[str, str], *rules: str) -> str:
        settings = load_settings(write(notes), ruleset, select=rules)
        result = fix_vault(settings, at_least=Applicability.UNSAFE, write=False)
        assert [] == [one for one in result.report.diagnostics if one.rule not in rules]
        return next((note.after for note in result.changed if note.path == "Note.md"), notes["Note.md"])

    return mend
