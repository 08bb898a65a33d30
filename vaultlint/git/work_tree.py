"""The little that git is asked about a work tree: which of its files it does not follow, and how it writes them.

Here alone git lists folders and reads the index and files of patterns; what a file holds is not looked at, and the
index is not written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.git.door import GitError

if TYPE_CHECKING:
    from vaultlint.git.door import Git


def ignored(git: Git) -> frozenset[str]:
    """Effect: asks git. The files below `Git.prefix` that git ignores, spelled as in `trees.Entry`.

    Of another repository that lies in an ignored folder, the folder alone. Raises `GitError`.
    """
    # Not `--directory`, which would name fewer: in a folder of an ignored one, git 2.39 then ends in an error.
    listed = git.ask("ls-files", "-z", "--others", "--ignored", "--exclude-standard")
    return frozenset(path.decode("utf-8", "backslashreplace").rstrip("/") for path in listed.split(b"\0") if path)


def converts_line_breaks(git: Git) -> bool:
    """Effect: asks git. Whether all notes get the line breaks of Windows where they are checked out."""
    try:
        return git.ask("config", "--get", "core.autocrlf").strip().lower() == b"true"
    except GitError:  # it is not set
        return False
