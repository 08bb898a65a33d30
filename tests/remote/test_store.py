"""A store as a vault's folder: what is listed of it, how much is read, and what is never told."""

from __future__ import annotations

import io
import pickle
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.vault.files import walk
from vaultlint.vault.store import StoreError, open_store
from vaultlint.vault.url import is_url, masked

pytestmark = pytest.mark.xdist_group("cluster")

VAULT = {
    "Home.md": "x",
    "sub/Deep/Note.MD": "yy",
    "sub/picture.png": b"\x89",
    "Empty.md": "",
    ".hidden.md": "x",
    ".trash/Old.md": "x",
    "sub/.cache/Old.md": "x",
}


def test_it_is_listed_as_a_folder_is(in_memory: Any, zipped: Any, s3: Any, on_disk: Callable[..., Path]) -> None:
    """The same notes and files, wherever the vault lies; what the app hides is hidden."""
    files = walk(on_disk(VAULT))

    for url in (in_memory(VAULT), zipped(VAULT), s3("listed", VAULT)):
        listing = open_store(url).listing()

        assert (files.notes, files.files) == (listing.files.notes, listing.files.files)
        assert [len(VAULT[path]) for path in files.notes] == list(listing.sizes)
        assert (".trash",) == listing.hidden


def test_the_root_of_a_store() -> None:
    """A vault may be all of it."""
    from fsspec.implementations.memory import MemoryFileSystem

    MemoryFileSystem().pipe_file("/of-the-root.md", b"x")
    try:
        store = open_store("memory://")

        assert "of-the-root.md" in store.listing().files.notes
        assert b"x" == store.read("of-the-root.md", 10)
    finally:
        MemoryFileSystem().rm("/of-the-root.md")


def test_what_is_read(in_memory: Any, zipped: Any, s3: Any) -> None:
    """All of each file up to the limit, and one byte more; in order; an error in its place."""
    many = {f"{n:03}.md": b"ab" * n for n in range(150)} | {"large.md": b"x" * 300_000}
    wanted = [*sorted(many), "none.md"]

    for url in (in_memory(many), zipped(many), s3("read", many)):
        store = open_store(url)
        whole, cut = list(store.read_each(wanted, 400_000)), dict(store.read_each(wanted, 280_000))

        assert wanted == [path for path, _ in whole]
        assert list(many.items()) == whole[:-1]
        assert isinstance(whole[-1][1], FileNotFoundError)
        assert 280_001 == len(cut["large.md"])
        assert [("000.md", b""), ("001.md", b"ab")] == list(store.read_each(["000.md", "001.md"], 1))


def test_it_travels(zipped: Any) -> None:
    """A worker opens what the driver opened."""
    store = pickle.loads(pickle.dumps(open_store(zipped(VAULT))))

    assert b"yy" == store.read("sub/Deep/Note.MD", 10)


def test_names_that_lead_elsewhere(zipped: Any) -> None:
    """No path of a vault: left out, and told once."""
    url = zipped({"Home.md": "x", "../up.md": "x", "/etc/passwd.md": "x", "a/../../b.md": "x", "a\\b.md": "x"})

    files = open_store(url).listing().files

    assert ("Home.md",) == files.files == files.notes
    told = "'..' could not be listed: no file of a vault can have such a name, nor the 4 more that are like it"
    assert (told,) == files.notices


def test_a_link_in_an_archive(tmp_path: Path) -> None:
    """It is known by its name, as on disk: what it leads to is never read."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.md")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("Home.md", "x")
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        entry = tarfile.TarInfo("link.md")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)
        note = tarfile.TarInfo("Home.md")
        note.size = 1
        tar.addfile(note, io.BytesIO(b"x"))

    for url in (f"zip://::{tmp_path}/a.zip", f"tar://::{tmp_path}/a.tar"):
        files = open_store(url).listing().files
        assert (("Home.md",), ("Home.md", "link.md"), {"link.md"}) == (files.notes, files.files, files.opaque)


def test_a_bomb(tmp_path: Path) -> None:
    """A note that unpacks to far more than it may have is not unpacked to its end, whatever size is declared."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.md", bytes(50_000_000))
    store = open_store(f"zip://::{tmp_path}/a.zip")

    assert [50_000_000] == list(store.listing().sizes)
    assert 1001 == len(store.read("bomb.md", 1000))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nope://x", "'nope://x' can't be opened: Protocol not known: nope"),
        ("memory://there/is/none", "there is no vault at 'memory://there/is/none'"),
        ("file:///tmp", "'file:///tmp' is a folder of this machine: name it by its path, without '://'"),
        ("dir::file:///tmp", "'dir::file:///tmp' is a folder of this machine: name it by its path, without '://'"),
        ("reference://::memory://x.json", "is a list of references, which could lead anywhere"),
        ("ftp://me:secret@127.0.0.1:1/vault", "'ftp://***@127.0.0.1:1/vault' can't be opened"),
        (
            "zip://::http://me:secret@127.0.0.1:1/a.zip?k=secret",
            "'zip://::http://***@127.0.0.1:1/a.zip?***' can't be",
        ),
    ],
)
def test_what_can_not_be_opened(url: str, said: str) -> None:
    """One line says what is wrong, without what is secret."""
    with pytest.raises(StoreError) as caught:
        open_store(url).listing()

    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_what_is_a_url() -> None:
    """What has a scheme, of more than a letter; no path does."""
    assert all(map(is_url, ["s3://bucket/vault", "zip://::a.zip", "zip::a.zip", "gs://x", "memory://"]))
    assert not any(
        map(is_url, ["C:\\Vault", "C:/Vault", "c::d", "/a/b", "Notes", "a b://c", "Über://x", Path("s3://x")])
    )


def test_what_is_masked() -> None:
    """Whatever opens a door: users, passwords, tokens and signed queries, also where a library tells them."""
    assert "see https://***@host/a?*** tcp://***@host:1 and ***@host" == masked(
        "see https://token@host/a?sig=1&b=2 tcp://me:pass@host:1 and me:pass@host"
    )
    assert "'a@b' of 'C:/x' at 10:30" == masked("'a@b' of 'C:/x' at 10:30")
