"""Replacing a note on disk: whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vaultlint.engine import write as writing
from vaultlint.engine.write import NoteWriteError, NoteWriter

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and links")


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[NoteWriter]:
    """A writer of a vault of one note, `a.md`, that says `old`."""
    root = tmp_path / "vault"
    root.mkdir()
    (root / "a.md").write_bytes(b"old")
    writer = NoteWriter(str(root), {}, ".temporary.tmp")
    yield writer
    writer.close()


def names(tmp_path: Path) -> list[str]:
    """What lies in the vault, hidden files too."""
    return sorted(file.name for file in (tmp_path / "vault").iterdir())


def test_replace(writer: NoteWriter, tmp_path: Path) -> None:
    """The note has the new bytes, and nothing else is left in the folder."""
    writer.replace("a.md", b"old", b"new")

    assert b"new" == (tmp_path / "vault" / "a.md").read_bytes()
    assert ["a.md"] == names(tmp_path)


@posix
def test_mode_is_kept(writer: NoteWriter, tmp_path: Path) -> None:
    """Permissions stay as they were."""
    file = tmp_path / "vault" / "a.md"
    file.chmod(0o640)

    writer.replace("a.md", b"old", b"new")

    assert 0o640 == stat.S_IMODE(file.stat().st_mode)


@posix
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda file: file.chmod(0o400), "read-only"),
        (lambda file: file.chmod(0o600), "permissions"),
        (lambda file: os.link(file, file.with_name("b")), "several names"),
    ],
)
def test_what_changes_while_the_new_bytes_wait(
    writer: NoteWriter, tmp_path: Path, change: Callable[[Path], None], message: str
) -> None:
    """Many notes may be staged before the first is replaced: what keeps one from being replaced is looked at again."""
    file = tmp_path / "vault" / "a.md"
    file.chmod(0o644)
    staged = writer.stage("a.md", b"old", b"new")
    change(file)

    with pytest.raises(NoteWriteError, match=message):
        writer.make(staged)

    assert b"old" == file.read_bytes()


def test_other_bytes(writer: NoteWriter, tmp_path: Path) -> None:
    """A note that holds other bytes than were read is left alone."""
    with pytest.raises(NoteWriteError, match="changed by another program"):
        writer.replace("a.md", b"older", b"new")

    assert b"old" == (tmp_path / "vault" / "a.md").read_bytes()


@posix
def test_read_only(writer: NoteWriter, tmp_path: Path) -> None:
    """A note that its owner made read-only is left alone, although the folder would let it be replaced."""
    (tmp_path / "vault" / "a.md").chmod(0o444)

    with pytest.raises(NoteWriteError, match="read-only"):
        writer.replace("a.md", b"old", b"new")


@posix
def test_links(writer: NoteWriter, tmp_path: Path) -> None:
    """A symbolic link, or a folder that leads out of the vault, is refused."""
    (tmp_path / "b.md").write_bytes(b"old")
    (tmp_path / "vault" / "b.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "vault" / "out").symlink_to(tmp_path)

    for path in ("b.md", "out/b.md", "../b.md"):
        with pytest.raises(NoteWriteError, match="symbolic link"):
            writer.replace(path, b"old", b"new")

    assert b"old" == (tmp_path / "b.md").read_bytes()
    assert ["b.md", "vault"] == sorted(file.name for file in tmp_path.iterdir() if file.name != "state")


@posix
def test_hard_links(writer: NoteWriter, tmp_path: Path) -> None:
    """A file of several names is left alone: replacing it would part them."""
    os.link(tmp_path / "vault" / "a.md", tmp_path / "other")

    with pytest.raises(NoteWriteError, match="several names"):
        writer.replace("a.md", b"old", b"new")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_full_disk(writer: NoteWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Where the system refuses, the note is as it was and no temporary file is left."""

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing.os, step, full)

    with pytest.raises(NoteWriteError, match="No space left on device"):
        writer.replace("a.md", b"old", b"new")
    monkeypatch.undo()

    assert b"old" == (tmp_path / "vault" / "a.md").read_bytes()
    assert ["a.md"] == names(tmp_path)


def test_held_for_a_moment(writer: NoteWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another program holds the note, replacing it is tried again."""
    tries = []
    replace = os.replace

    def held(*files, **folders):
        tries.append(files)
        if len(tries) < 3:
            raise PermissionError(errno.EACCES, "held")
        replace(*files, **folders)

    monkeypatch.setattr(writing, "_WAIT", 0)
    monkeypatch.setattr(writing.os, "replace", held)

    writer.replace("a.md", b"old", b"new")

    assert (3, b"new") == (len(tries), (tmp_path / "vault" / "a.md").read_bytes())


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="extended attributes of Linux")
def test_attributes_are_kept(writer: NoteWriter, tmp_path: Path) -> None:
    """Extended attributes, and access lists that are kept as such, go over to the new file."""
    file = tmp_path / "vault" / "a.md"
    acl = bytes.fromhex(
        "02000000 0100 0600 ffffffff 0200 0600 39300000 0400 0400 ffffffff 1000 0600 ffffffff 2000 0400 ffffffff"
    )
    try:
        os.setxattr(file, "user.colour", b"red")
        os.setxattr(file, "system.posix_acl_access", acl)
    except OSError:
        pytest.skip("this disk keeps none")
    mode = file.stat().st_mode

    writer.replace("a.md", b"old", b"new")

    assert (b"new", b"red", mode) == (file.read_bytes(), os.getxattr(file, "user.colour"), file.stat().st_mode)
    assert acl == os.getxattr(file, "system.posix_acl_access")


@posix
def test_a_folder_that_becomes_a_link(writer: NoteWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the last look and the write, a folder is put out of the way for a link: nothing outside changes."""
    inside, outside = tmp_path / "vault" / "f", tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "b.md").write_bytes(b"old")
    replace = os.replace

    def swap(*files, **folders):
        inside.rename(tmp_path / "vault" / "moved")
        inside.symlink_to(outside)
        replace(*files, **folders)

    monkeypatch.setattr(writing.os, "replace", swap)

    writer.replace("f/b.md", b"old", b"new")

    assert ["b.md"] == [file.name for file in outside.iterdir()]
    assert b"old" == (outside / "b.md").read_bytes()
    assert b"new" == (tmp_path / "vault" / "moved" / "b.md").read_bytes()


def test_a_folder_in_its_place(writer: NoteWriter, tmp_path: Path) -> None:
    """Where a folder stands now, it stays."""
    (tmp_path / "vault" / "a.md").unlink()
    (tmp_path / "vault" / "a.md").mkdir()

    with pytest.raises(NoteWriteError, match="no regular file"):
        writer.replace("a.md", b"old", b"new")


@posix
def test_the_longest_name(writer: NoteWriter, tmp_path: Path) -> None:
    """A note's name may be as long as the system takes."""
    file = tmp_path / "vault" / ("x" * 252 + ".md")
    file.write_bytes(b"old")

    writer.replace(file.name, b"old", b"new")

    assert b"new" == file.read_bytes()


def test_a_note_that_is_made_or_removed(writer: NoteWriter, tmp_path: Path) -> None:
    """Where there was none, one is made, with its folders; where one is there, it is not written over."""
    writer.replace("g/h/b.md", None, b"new", 0o640)
    assert b"new" == (tmp_path / "vault" / "g" / "h" / "b.md").read_bytes()

    with pytest.raises(NoteWriteError, match="a file of that name"):
        writer.replace("a.md", None, b"new")
    with pytest.raises(NoteWriteError, match="changed"):
        writer.replace("a.md", b"other", None)

    writer.replace("a.md", b"old", None)
    assert not (tmp_path / "vault" / "a.md").exists()
