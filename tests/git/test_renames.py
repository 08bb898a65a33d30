"""How names came to an end, as a history records it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.git.door import Git
from vaultlint.git.headings import Replaced, replaced
from vaultlint.git.renames import EXACT, Ended, ends

New = Callable[..., Any]


def door(folder: Path) -> Git:
    git = Git.of(folder)
    assert git is not None
    return git


def told(folder: Path, since: str | None = None) -> list[tuple[str, str]]:
    return [(end.path, end.to) for end in ends(door(folder), "HEAD", since)]


def test_renames_and_deletions_are_told_in_their_order(new_repository: New) -> None:
    """Each end of a name has the name that the file got, if any; oldest first; since a commit, what came later."""
    repository = new_repository()
    repository.commit({"a.md": "one\n", "b.md": "two\n", "c.md": "three\n"})
    repository.move("a.md", "b2.md")
    first = repository.commit()
    (repository.top / "c.md").unlink()
    repository.move("b2.md", "in/a.md")
    repository.commit()
    repository.git("commit", "--quiet", "--allow-empty", "--message", "nothing")
    assert [("a.md", "b2.md"), ("c.md", ""), ("b2.md", "in/a.md")] == told(repository.top)
    assert [("c.md", ""), ("b2.md", "in/a.md")] == told(repository.top, first)
    assert [] == told(repository.top, "HEAD")


def test_how_alike_two_files_are_is_said(new_repository: New) -> None:
    """Byte for byte is `EXACT`; a file changed in the same commit is less, also where git rounds up."""
    repository = new_repository()
    lines = [f"line {place}\n" for place in range(1000)]
    repository.commit({"a.md": "".join(lines), "b.md": "".join(lines[:10]), "c.md": "words\n"})
    repository.move("a.md", "a2.md")
    repository.move("b.md", "b2.md")
    repository.move("c.md", "c2.md")
    repository.commit({"a2.md": "".join(lines) + "x\n", "b2.md": "".join(lines[:8])})
    score = {end.path: end.score for end in ends(door(repository.top), "HEAD")}
    assert {"a.md": EXACT - 1, "c.md": EXACT} == {path: score[path] for path in ("a.md", "c.md")}
    assert 50 <= score["b.md"] < 90


def test_files_of_one_content_are_no_proof_of_each_other(new_repository: New) -> None:
    """Where two files of the same bytes came or went in a commit, neither rename is the only one; empty ones are
    no renames."""
    repository = new_repository()
    repository.commit({"a.md": "same\n", "b.md": "same\n", "c.md": "other\n", "empty.md": ""})
    for name in ("a", "b", "c", "empty"):
        repository.move(f"{name}.md", f"in/{name}2.md")
    repository.commit()
    found = {end.path: end for end in ends(door(repository.top), "HEAD")}
    assert {"a.md": False, "b.md": False, "c.md": True} == {path: found[path].only for path in ("a.md", "b.md", "c.md")}
    assert Ended("empty.md") == found["empty.md"]


def test_what_lies_outside_the_folder_does_not_count(new_repository: New) -> None:
    """For a vault in a folder, a file that leaves it is deleted, one that comes is new; paths are from there."""
    repository = new_repository()
    repository.commit({"vault/a.md": "one\n", "vault/b.md": "two\n", "c.md": "three\n", "d.md": "four\n"})
    repository.move("vault/a.md", "a.md")
    repository.move("vault/b.md", "vault/in/b.md")
    repository.move("c.md", "vault/c.md")
    repository.move("d.md", "e.md")
    repository.commit()
    assert [("a.md", ""), ("b.md", "in/b.md")] == told(repository.top / "vault")


def test_renames_on_both_sides_of_a_merge_are_told(new_repository: New) -> None:
    """Branches that were merged are part of the history, each commit once."""
    repository = new_repository()
    repository.commit({"a.md": "one\n", "b.md": "two\n"})
    repository.git("checkout", "--quiet", "-b", "side")
    repository.move("a.md", "a2.md")
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    repository.move("b.md", "b2.md")
    repository.commit()
    repository.git("merge", "--quiet", "--no-edit", "side")
    assert [("a.md", "a2.md"), ("b.md", "b2.md")] == sorted(told(repository.top))


def test_a_branch_that_came_to_nothing_is_part_of_the_history(new_repository: New) -> None:
    """Names that a file had on a branch alone are told, also where only a folder is asked about."""
    repository = new_repository()
    repository.commit({"vault/a.md": "one\n"})
    repository.git("checkout", "--quiet", "-b", "side")
    repository.move("vault/a.md", "vault/b.md")
    repository.commit()
    repository.move("vault/b.md", "vault/a.md")
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    repository.commit({"vault/c.md": "two\n"})
    repository.git("merge", "--quiet", "--no-edit", "side")
    assert [("a.md", "b.md"), ("b.md", "a.md")] == told(repository.top / "vault")


@pytest.mark.skipif(sys.platform == "win32", reason="such names can't be")
def test_any_name_can_be_told(new_repository: New) -> None:
    """Line breaks, tabs, quotes and emoji in names, and names that look like git's own output."""
    repository = new_repository()
    names = ["a\nb.md", "a\tb.md", '"q".md', ":100644 x.md", "🙂.md", "\1.md"]
    repository.commit({name: f"{name} has this\n" for name in names})
    for name in names:
        repository.move(name, f"in/{name}")
    repository.commit()
    assert sorted((name, f"in/{name}") for name in names) == sorted(told(repository.top))


def test_a_heading_written_anew_is_told(new_repository: New) -> None:
    """A heading line that one heading line of its level replaced has a new text; any other that went has none."""
    repository = new_repository()
    before = "# One #\nx\n## Two\nx\n### Three\nx\n#### Four\nx\n##### Five\n"
    after = "# First\nx\n### Two again\nx\nx\nx\n#### Fourth\nand more\nx\n#tag\n+++ b/other.md\n"
    repository.commit({"a.md": before, "b.md": "# One\n"})
    repository.commit({"a.md": after, "b.md": "# Uno\n"})
    found = replaced(door(repository.top), "HEAD", ["a.md", "not there.md"])
    assert [("One", "First"), ("Two", ""), ("Three", ""), ("Four", ""), ("Five", "")] == [
        (one.old, one.new) for one in found
    ]


def test_headings_are_read_in_a_folder_and_since_a_commit(new_repository: New) -> None:
    """Paths are from the vault; Windows line ends and a missing last line break make no difference."""
    repository = new_repository()
    repository.commit({"vault/a b.md": "# One\r\n", "vault/\u00e9.md": "# One", "a b.md": "# One\n"})
    first = repository.commit({"vault/a b.md": "# Two\r\n", "a b.md": "# Two\n"})
    repository.commit({"vault/\u00e9.md": "# Three"})
    git = door(repository.top / "vault")
    both = (Replaced("a b.md", "One", "Two"), Replaced("\u00e9.md", "One", "Three"))
    assert both == replaced(git, "HEAD", ["a b.md", "\u00e9.md"])
    assert both[1:] == replaced(git, "HEAD", ["a b.md", "\u00e9.md"], first)
    assert () == replaced(git, "HEAD", [])


@pytest.mark.skipif(sys.platform == "win32", reason="such names can't be")
def test_headings_of_one_note_are_not_taken_for_those_of_another(new_repository: New) -> None:
    """A name that git would write in quotes is left out; lines that look like a patch are lines."""
    repository = new_repository()
    repository.commit({"a.md": "# One\n", 'b"c.md': "# Two\n", "d.md": "-- a/x\n# Three\n\n@@ -1 +1 @@\n"})
    repository.commit({"a.md": "# Uno\n", 'b"c.md': "# Due\n", "d.md": "++ b/a.md\n# Tre\n\n@@ -2 +2 @@\n"})
    found = replaced(door(repository.top), "HEAD", ["a.md", 'b"c.md', "d.md"])
    assert [("a.md", "One", "Uno"), ("d.md", "Three", "")] == [(one.path, one.old, one.new) for one in found]
