"""The walk: which files a vault has."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from vaultlint.vault.files import FileTable, read_regular, walk

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs names or files that Windows does not have")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    return folder


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("")


def link(place: Path, target: Path, *, folder: bool = False) -> None:
    try:
        place.symlink_to(target, target_is_directory=folder)
    except OSError:
        pytest.skip("needs the right to make symbolic links")


def test_notes_and_files(root: Path) -> None:
    """Notes end in `.md`, in any case; all files can be linked to; both are sorted, with `/`."""
    write(root, "b.md", "a/Z.MD", "a/x.png", "node_modules/p/readme.md", "README")

    table = walk(root)

    assert ("a/Z.MD", "b.md", "node_modules/p/readme.md") == table.notes
    assert ("README", "a/Z.MD", "a/x.png", "b.md", "node_modules/p/readme.md") == table.files


def test_hidden(root: Path) -> None:
    """What begins with a dot is not in the vault, folders and files alike (semantics 2.16)."""
    write(root, ".obsidian/app.json", ".trash/Old.md", "a/.hidden/x.md", "a/.draft.md", "a/b.md")

    assert ("a/b.md",) == walk(root).files


def test_no_folder(tmp_path: Path) -> None:
    """A root that is no folder is the caller's fault."""
    with pytest.raises(OSError, match="nowhere"):
        walk(tmp_path / "nowhere")


def test_folder_without_permission(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that can't be listed is told with its reason, and the walk goes on.

    The refusal is made up: the one who runs the tests may be allowed to list any folder.
    """
    write(root, "a/x.md", "b.md")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.rstrip("/").endswith("a"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)

    table = walk(root)

    assert ("b.md",) == table.notes
    assert ("'a' could not be listed: Permission denied",) == table.notices


def test_linked_folder_outside(root: Path, tmp_path: Path) -> None:
    """What lies behind a folder link out of the vault is listed by name, never as a note, with one notice."""
    write(tmp_path, "elsewhere/deep/x.md", "elsewhere/y.png", "elsewhere/.z.md")
    link(root / "out", tmp_path / "elsewhere", folder=True)

    table = walk(root)

    assert ("out/deep/x.md", "out/y.png") == table.files
    assert frozenset(table.files) == table.opaque
    assert () == table.notes
    behind = "out of the vault: names there can be linked to, nothing is read"
    assert (f"'out' is a symbolic link {behind}",) == table.notices

    link(root / "other", tmp_path / "elsewhere", folder=True)

    assert (f"'other' and 1 more are symbolic links {behind}",) == walk(root).notices


def test_linked_file(root: Path, tmp_path: Path) -> None:
    """A link to a file is listed by name; one that leads nowhere is not there."""
    write(tmp_path, "elsewhere.md")
    write(root, "Real.md")
    link(root / "Out.md", tmp_path / "elsewhere.md")
    link(root / "Again.md", root / "Real.md")
    link(root / "Broken.md", root / "nowhere.md")

    table = walk(root)

    assert ("Again.md", "Out.md", "Real.md") == table.files
    assert ("Real.md",) == table.notes
    assert ("Out.md",) == table.outside


def test_loops(root: Path, tmp_path: Path) -> None:
    """Links to folders inside the vault, and around it, are ignored (semantics 2.18)."""
    write(root, "a/x.md")
    link(root / "a" / "again", root / "a", folder=True)
    link(root / "b", root / "a", folder=True)
    link(root / "up", tmp_path, folder=True)
    link(root / "self", root / "self", folder=True)

    table = walk(root)

    assert ("a/x.md",) == table.files
    assert () == table.notices


def test_vault_behind_a_link(root: Path, tmp_path: Path) -> None:
    """A vault that is itself reached by a link is a vault like any other."""
    write(root, "a/x.md")
    link(root / "b", root / "a", folder=True)
    link(tmp_path / "short", root, folder=True)

    assert ("a/x.md",) == walk(tmp_path / "short").files


@POSIX
def test_pipe(root: Path) -> None:
    """A pipe named like a note is listed as a note that must not be opened; reading it does not wait."""
    os.mkfifo(root / "pipe.md")
    os.mkfifo(root / "pipe")

    table = walk(root)

    assert ("pipe.md",) == table.notes == table.files
    assert frozenset({"pipe.md"}) == table.irregular
    with pytest.raises(OSError, match="no regular file"):
        read_regular(table.locate("pipe.md"))


@POSIX
def test_links_are_not_read(root: Path) -> None:
    """Reading does not follow a link, even one that took a note's place after the walk."""
    write(root, "Real.md")
    link(root / "Link.md", root / "Real.md")

    with pytest.raises(OSError, match="symbolic link"):
        read_regular(str(root / "Link.md"))


@POSIX
def test_odd_names(root: Path) -> None:
    """Names keep their line breaks and their Unicode form, and what is no Unicode is shown as escapes."""
    for name in (b"two\nlines.md", "cafe\u0301.md".encode(), b"bad\xff.md"):
        try:
            Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_text("found")
        except OSError:
            pytest.skip("this file system refuses such names")

    table = walk(root)

    assert ("bad\\xff.md", "cafe\u0301.md", "two\nlines.md") == table.notes
    assert ["found"] * 3 == [Path(table.locate(path)).read_text() for path in table.notes]


def test_icloud_placeholder(root: Path) -> None:
    """A note that iCloud has not downloaded is known by name."""
    write(root, "a/.Far away.md.icloud")

    table = walk(root)

    assert (("a/Far away.md",), frozenset({"a/Far away.md"}), ()) == (table.files, table.opaque, table.notes)


def test_deterministic(root: Path) -> None:
    """Two walks of one vault are equal."""
    write(root, *(f"{folder}/{name}.md" for folder in "cab" for name in "zxy"))

    assert walk(root) == walk(root)
    assert list(walk(root).files) == sorted(walk(root).files)


def test_twins_are_kept() -> None:
    """Files that differ by case or Unicode form alone are all listed under their common key."""
    paths = ("CAFÉ.md", "cafe\u0301.md", "caf\u00e9.md")

    assert {"caf\u00e9.md": paths} == FileTable("/", paths, paths).by_path
