"""The job outside the service, in this process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vaultlint.__main__ import main
from vaultlint.ci.job_summary import LIMIT


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with a hundred faults, and nothing of the service around it."""
    for name in os.environ:
        if name.startswith(("GITHUB_", "RUNNER_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONSAFEPATH", "")  # the command sets it; here it is what it was again afterwards
    root = tmp_path / "Vault"
    (root / ".obsidian").mkdir(parents=True)
    for number in range(100):
        (root / f"N{number}.md").write_text("[[Nobody]]\n")
    monkeypatch.chdir(root)
    return root


def test_at_a_desk(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without any of the service's variables the job tells every finding, and writes no file."""
    assert 1 == main(["ci", "github"])

    assert "::notice::100 findings (100 warnings) in 100 of 100 notes" in capsys.readouterr().out
    assert {".obsidian", *(f"N{number}.md" for number in range(100))} == {file.name for file in vault.iterdir()}


def test_page_that_is_begun(vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the step wrote to its page before stays, and takes its room."""
    page = tmp_path / "page"
    page.write_bytes(b"x" * (LIMIT - 3_000))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))

    main(["ci", "github"])

    written = page.read_text(encoding="utf-8")
    assert (True, True) == (written.startswith("xxx"), "findings left out here" in written)
    assert len(written.encode()) <= LIMIT


def test_since(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A commit to compare with that can't be had is an error that says so."""
    assert 2 == main(["ci", "github", "--args=--since main"])

    assert "::error::vaultlint: --since asks git" in capsys.readouterr().out
