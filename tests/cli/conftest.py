"""The command as a vault's owner calls it, in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from vaultlint.__main__ import main


class Outcome(NamedTuple):
    """What a call left behind."""

    status: int
    out: str
    err: str


Lint = Callable[..., Outcome]
Build = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def vault(made_vault: Build, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Makes a vault of notes, with `.obsidian`, and goes there."""

    def build(files: Mapping[str, str | bytes]) -> Path:
        root = made_vault(files)
        monkeypatch.chdir(root)
        return root

    return build


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No colours, and no folder of the person who runs the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    for variable in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PYTHONSAFEPATH", "")  # the command sets it; here it is what it was again afterwards


@pytest.fixture
def lint(capsys: pytest.CaptureFixture[str]) -> Lint:
    """Calls the command in this process."""

    def lint(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return Outcome(status, *capsys.readouterr())

    return lint
