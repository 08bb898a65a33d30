"""Commits and what they hold."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.git.door import Git, GitError
from vaultlint.git.trees import Entry, blobs, comes_from, commit, is_shallow, merge_base, object_format, tree

New = Callable[..., Any]


def door(folder: Path) -> Git:
    git = Git.of(folder)
    assert git is not None
    return git


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_a_tree_lists_files_and_their_blobs_are_read_in_order(new_repository: New, form: str) -> None:
    """Files of a commit have path, mode and id, whichever hash the repository has; blobs come in the order asked."""
    repository = new_repository("r", f"--object-format={form}")
    head = repository.commit({"b.md": "two\n", "a/a.md": "one", "empty.md": b""})
    git = door(repository.top)
    entries = tree(git, head)
    assert form == object_format(git)
    assert ["a/a.md", "b.md", "empty.md"] == [entry.path for entry in entries]
    assert {"100644"} == {entry.mode for entry in entries}
    ids = [entry.id for entry in reversed(entries)]
    assert [b"", b"two\n", b"one", b""] == list(blobs(git, [*ids, ids[0]]))


def test_a_tree_of_a_folder_has_paths_from_there(new_repository: New) -> None:
    """A vault in a folder sees its own files, from there; a commit without the folder has none."""
    repository = new_repository()
    before = repository.commit({"b.md": "two"})
    head = repository.commit({"my vault/a/a.md": "one", "my vaults.md": "three"})
    git = door(repository.top / "my vault")
    assert "my vault/" == git.prefix
    assert ["a/a.md"] == [entry.path for entry in tree(git, head, git.prefix)]
    assert () == tree(git, before, git.prefix)
    assert 3 == len(tree(git, head))


@pytest.mark.skipif(sys.platform == "win32", reason="such names can't be")
def test_names_are_spelled_as_the_walk_spells_them(new_repository: New) -> None:
    """A name may have a line break, quotes and bytes that are no UTF-8: these become escapes."""
    repository = new_repository()
    names = (b"a\nb.md", b'"q".md', b":(top)x.md", "é 🙂.md".encode())
    for name in names:
        (repository.top / os.fsdecode(name)).write_text("x")
    blob = repository.git("hash-object", "-w", "--stdin", given=b"x")
    repository.git("add", "--all")
    raw = f"100644 {blob}\t".encode() + b"bad\xff.md\0"  # by the index: some disks refuse the name
    repository.git("update-index", "-z", "--index-info", given=raw)
    repository.git("commit", "--quiet", "--message", "names")
    found = {entry.path for entry in tree(door(repository.top), "HEAD")}
    assert {"a\nb.md", '"q".md', ":(top)x.md", "é 🙂.md", "bad\\xff.md"} == found


def test_links_and_submodules_are_told_by_their_mode(new_repository: New) -> None:
    """A symbolic link has mode 120000 and its blob is where it leads; a submodule has mode 160000."""
    repository = new_repository()
    head = repository.commit({"a.md": "x"})
    blob = repository.git("hash-object", "-w", "--stdin", given=b"a.md")
    repository.git("update-index", "--add", "--cacheinfo", f"120000,{blob},link.md")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{head},other")
    repository.git("commit", "--quiet", "--message", "links")
    git = door(repository.top)
    entries = tree(git, "HEAD")
    assert [("a.md", "100644"), ("link.md", "120000"), ("other", "160000")] == [(one.path, one.mode) for one in entries]
    assert Entry("other", "160000", head) == entries[2]
    assert [b"a.md"] == list(blobs(git, [entries[1].id]))


def test_a_word_names_a_commit_or_none(new_repository: New) -> None:
    """Branches, tags, ids and `~` name commits; what is missing, or no commit, names none."""
    repository = new_repository()
    first = repository.commit({"a.md": "x"})
    head = repository.commit({"a.md": "y"})
    repository.git("tag", "--annotate", "v1", "--message", "one", first)
    blob = repository.git("rev-parse", "HEAD:a.md")
    repository.git("tag", "blob", blob)
    git = door(repository.top)
    for ref, expected in {"HEAD": head, "HEAD~1": first, "main": head, "v1": first, first[:12]: first}.items():
        assert expected == commit(git, ref)
    for ref in ("HEAD~3", "nope", "", "a\0b", "blob", blob, "0" * 40, "main..HEAD", "^HEAD", "HEAD:a.md", "HEAD HEAD"):
        assert commit(git, ref) is None


def test_a_word_that_begins_like_an_option_is_none(new_repository: New) -> None:
    """A word that begins with `-` is looked up as a name, and a branch may have such a name."""
    repository = new_repository()
    head = repository.commit({"a.md": "x"})
    git = door(repository.top)
    for ref in ("--all", "-x", "--output=stolen", "--git-dir"):
        assert commit(git, ref) is None
    repository.git("update-ref", "refs/heads/-x", head)
    assert head == commit(git, "-x")
    assert not (repository.top / "stolen").exists()
    with pytest.raises(GitError):
        tree(git, "--output=stolen")
    with pytest.raises(GitError):
        merge_base(git, "--all", "HEAD")


def test_a_branch_without_commits_has_no_head(new_repository: New) -> None:
    """In a new repository nothing is checked out."""
    assert commit(door(new_repository().top), "HEAD") is None


def test_the_base_of_two_branches(new_repository: New) -> None:
    """Two branches come from their base; histories without one have none."""
    repository = new_repository()
    base = repository.commit({"a.md": "x"})
    repository.git("checkout", "--quiet", "-b", "other")
    other = repository.commit({"b.md": "x"})
    repository.git("checkout", "--quiet", "main")
    head = repository.commit({"c.md": "x"})
    repository.git("checkout", "--quiet", "--orphan", "alone")
    alone = repository.commit({"d.md": "x"})
    git = door(repository.top)
    assert base == merge_base(git, head, other)
    assert merge_base(git, head, alone) is None
    assert comes_from(git, head, base)
    assert comes_from(git, head, head)
    assert not comes_from(git, head, other)
    assert not comes_from(git, head, "0" * 40)
    with pytest.raises(GitError):
        merge_base(git, head, "nope")


def test_a_shallow_clone_says_so(new_repository: New) -> None:
    """A clone of depth 1 has one commit, and is told from a whole one."""
    repository = new_repository("whole")
    repository.commit({"a.md": "x"})
    repository.commit({"a.md": "y"})
    repository.git("clone", "--quiet", "--depth=1", repository.top.as_uri(), "../clone")
    clone = door(repository.top.parent / "clone")
    assert is_shallow(clone)
    assert commit(clone, "HEAD~1") is None
    assert not is_shallow(door(repository.top))


def test_objects_that_are_not_there_are_an_error(new_repository: New) -> None:
    """A blob that is missing is said by its id; what is no id is never handed to git."""
    repository = new_repository()
    repository.commit({"a.md": "x"})
    git = door(repository.top)
    with pytest.raises(GitError, match=r"does not have the object 0{40}"):
        list(blobs(git, ["0" * 40]))
    with pytest.raises(ValueError, match="HEAD"):
        list(blobs(git, ["HEAD:a.md"]))
    with pytest.raises(GitError):
        tree(git, "nope")


def test_a_reader_may_stop_in_the_middle(new_repository: New) -> None:
    """Who wants the first blob alone need not read the rest, and git is not left behind."""
    repository = new_repository()
    repository.commit({f"{place}.md": bytes([65 + place]) * 300_000 for place in range(20)})
    git = door(repository.top)
    found = blobs(git, [entry.id for entry in tree(git, "HEAD")])
    assert b"A" * 300_000 == next(found)
    found.close()  # type: ignore[attr-defined]  # a generator


def test_a_hundred_megabytes_come_through(new_repository: New) -> None:
    """Neither a long list of ids nor a great answer makes git and its reader wait for each other."""
    repository = new_repository()
    repository.commit({"a.md": b"x" * 1_000_000, "b.md": "y"})
    git = door(repository.top)
    big, small = (entry.id for entry in tree(git, "HEAD"))
    assert 100_000_000 + 50_000 == sum(map(len, blobs(git, [big] * 100 + [small] * 50_000)))
    assert 1_000_000 == len(git.ask("cat-file", "blob", big))
