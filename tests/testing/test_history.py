"""An example may have a past in git."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultlint.engine.history import GitHistory
from vaultlint.testing.history import record_history
from vaultlint.vault.files import walk

FILES = {"Soup.md": "Peas – a lot\n", "Über/Stew.md": "Beans\n"}


def test_the_commits_are_made_on_their_days(tmp_path: Path) -> None:
    """Each changes its note, and the last makes it what it is."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    record_history(
        tmp_path,
        ["2024-01-05T23:30-05:00 Soup.md", "2024-02-01T10:00+01:00 Über/Stew.md", "2024-03-01T00:30+01:00 Soup.md"],
        FILES,
    )
    history = GitHistory(tmp_path, walk(tmp_path))
    told = {name: history.dates(name) for name in FILES}
    assert {
        "Soup.md": ("2024-01-05T23:30:00-05:00", "2024-03-01T00:30:00+01:00"),
        "Über/Stew.md": ("2024-02-01T10:00:00+01:00", "2024-02-01T10:00:00+01:00"),
    } == {
        name: (one.created.isoformat(), one.modified.isoformat())
        for name, one in told.items()
        if one is not None and one.created is not None and one.modified is not None
    }
    assert not any(map(history.is_changed, FILES))


@pytest.mark.parametrize("line", ["yesterday Soup.md", "2024-01-05 Soup.md", "2024-01-05T10:00", ""])
def test_a_line_that_is_no_commit_is_told(tmp_path: Path, line: str) -> None:
    """With what it should be."""
    with pytest.raises(AssertionError, match="no time with a zone and a note"):
        record_history(tmp_path, [line], FILES)


def test_without_git_an_example_with_a_past_can_t_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says why."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AssertionError, match="the example's history can't be made: git is not installed"):
        record_history(tmp_path, ["2024-01-05T10:00+01:00 Soup.md"], FILES)
