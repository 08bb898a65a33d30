"""The text of notes that were checked, once more."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from vaultlint.cli import texts
from vaultlint.cli.texts import CheckedTexts


@pytest.fixture
def write(tmp_path: Path) -> None:
    """Two notes from long ago."""
    for name in ("A.md", "B.md"):
        rewrite(tmp_path / name, "old")


def rewrite(file: Path, text: str) -> None:
    """Effect: writes a file as if that were long ago."""
    file.write_text(text, encoding="utf-8")
    os.utime(file, (1e9, 1e9))


@pytest.mark.usefixtures("write")
def test_what_is_kept_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts stay at hand for the next report, as many as there is room for; the others are read again."""
    monkeypatch.setattr(texts, "KEPT", 5)
    read = CheckedTexts(str(tmp_path), 1000, time.time(), {}, again=True)
    assert ["old", "old"] == [read("A.md"), read("B.md")]

    for name in ("A.md", "B.md"):
        rewrite(tmp_path / name, "new")

    assert ["old", "old", "new"] == [
        read("B.md"),
        read("A.md"),
        CheckedTexts(str(tmp_path), 9, time.time(), {})("A.md"),
    ]
    read("C.md")
    assert ["old", "new"] == [read("A.md"), read("B.md")]


@pytest.mark.usefixtures("write")
def test_what_can_not_be_had(tmp_path: Path) -> None:
    """A note that changed since the run began, or is gone, has no text; one that was given needs no file."""
    read = CheckedTexts(str(tmp_path), 1000, time.time() - 60, {"Given.md": "given"})
    (tmp_path / "A.md").write_text("changed", encoding="utf-8")

    assert [None, "old", None, "given"] == [read(name) for name in ("A.md", "B.md", "Gone.md", "Given.md")]
