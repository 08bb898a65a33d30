"""Where HEAD is, by the files of a repository alone, whatever a vault brings for one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.git.head import state_of

New = Callable[..., Any]


def test_a_commit_and_a_branch_are_another_state(new_repository: New) -> None:
    """A commit moves HEAD, and so does another branch; a note that is written does not."""
    repository = new_repository()
    repository.commit({"A.md": "a"})
    states = [state_of(repository.top)]
    repository.write({"A.md": "b"})
    assert states == [state_of(repository.top)]
    repository.commit()
    states.append(state_of(repository.top))
    repository.git("checkout", "--quiet", "-b", "other", "HEAD~1")
    states.append(state_of(repository.top))

    assert len(set(states)) == 3


def test_without_a_repository(tmp_path: Path) -> None:
    """There is nothing to tell."""
    assert state_of(tmp_path) == ""


def test_what_only_has_the_name_of_a_repository(new_repository: New) -> None:
    """git passes by an empty folder `.git`, and asks the repository around it: so its commits count."""
    repository = new_repository()
    repository.commit({"Vault/A.md": "a"})
    vault = repository.top / "Vault"
    (vault / ".git").mkdir()
    before = state_of(vault)
    assert before == state_of(vault)
    repository.commit({"B.md": "b"})

    assert state_of(vault) != before


@pytest.mark.parametrize("content", [b"gitdir: a\0b\n", b"\xff\xfe", b"", b"gitdir: .git\n", b"x" * 300_000])
def test_a_file_of_any_content(tmp_path: Path, content: bytes) -> None:
    """A file `.git` that leads nowhere is as good as any other."""
    (tmp_path / ".git").write_bytes(content)

    assert state_of(tmp_path) == state_of(tmp_path) != ""


@pytest.mark.parametrize("head", [b"ref: a\0b", b"ref: /dev/zero", b"ref: \xff", b"ref: " + b"x" * 300_000])
def test_a_head_of_any_content(tmp_path: Path, head: bytes) -> None:
    """A HEAD names no file that is read without end, or none at all."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(head)

    assert state_of(tmp_path) == state_of(tmp_path) != ""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such pipes")
@pytest.mark.parametrize("name", ["HEAD", "shallow", "commondir", "packed-refs"])
def test_a_pipe(tmp_path: Path, name: str) -> None:
    """Nobody waits for another to write to a pipe."""
    (tmp_path / ".git").mkdir()
    os.mkfifo(tmp_path / ".git" / name)

    assert state_of(tmp_path) != ""
