"""A `[[schema]]` that names a pydantic model of the vault's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultlint.__main__ import main

MODEL = """
from pydantic import BaseModel, field_validator

class Talk(BaseModel):
    rating: int

    @field_validator("rating")
    @classmethod
    def _stars(cls, value: int) -> int:
        if value > 5:
            raise ValueError("five stars are the most there are")
        return value
"""


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "vault"
    (root / "talks").mkdir(parents=True)
    (root / "vaultlint.toml").write_text('[[schema]]\nmatch = "talks/**"\nmodel = "schemas.py:Talk"\n')
    (root / "schemas.py").write_text(MODEL)
    (root / "talks/Kites.md").write_text("---\nrating: 9\n---\n")
    (root / "talks/Waves.md").write_text("---\nRating: four\n---\n")
    (root / "Home.md").write_text("No talk.\n")
    return root


def test_a_validators_own_words(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The notes are held to the model; what its validator says is what is read, at the value."""
    status = main(["check", str(vault), "--allow-local-rules", "--output-format", "concise"])

    lines = [line.partition("vault/")[2] for line in capsys.readouterr().out.splitlines() if ".md:" in line]
    assert 1 == status
    assert [
        "talks/Kites.md:2:9 error property-schema 'rating': five stars are the most there are",
        "talks/Waves.md:2:9 error property-schema 'Rating' should be a whole number, but is the text 'four'",
    ] == lines


def test_nobody_allowed_it(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a word of trust no code of the vault runs."""
    assert 2 == main(["check", str(vault)])
    assert "schemas.py:Talk" in capsys.readouterr().err
