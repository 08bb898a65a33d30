"""Vaults in stores: memory, a zip file, and an S3 of our own on this machine."""

from __future__ import annotations

import logging
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

Files = Mapping[str, str | bytes]


def as_bytes(files: Files) -> dict[str, bytes]:
    """Path -> bytes."""
    return {path: content.encode() if isinstance(content, str) else content for path, content in files.items()}


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder of the person who runs the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))


@pytest.fixture
def on_disk(tmp_path: Path) -> Callable[[Files], Path]:
    """Writes a vault to a folder."""

    def write(files: Files) -> Path:
        root = tmp_path / "vault"
        for path, content in as_bytes(files).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        return root

    return write


@pytest.fixture
def in_memory() -> Iterator[Callable[[Files], str]]:
    """Puts a vault into memory; its URL."""
    from fsspec.implementations.memory import MemoryFileSystem

    system, top = MemoryFileSystem(), f"/{uuid.uuid4().hex}"

    def put(files: Files) -> str:
        for path, content in as_bytes(files).items():
            system.pipe_file(f"{top}/{path}", content)
        return f"memory:/{top}"

    yield put
    if system.exists(top):
        system.rm(top, recursive=True)


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[[Files], str]:
    """Writes a vault into a zip file; its URL."""

    def write(files: Files) -> str:
        with zipfile.ZipFile(tmp_path / "vault.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in as_bytes(files).items():
                archive.writestr(path, content)
        return f"zip://::{tmp_path / 'vault.zip'}"

    return write


@pytest.fixture(scope="session")
def s3() -> Iterator[Callable[[str, Files], str]]:
    """An S3 server; puts a vault into a bucket, and gives its URL."""
    from fsspec.config import conf
    from moto.server import ThreadedMotoServer
    from s3fs import S3FileSystem

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    conf["s3"] = {"key": "somebody", "secret": "whatever", "endpoint_url": f"http://{host}:{port}"}

    def put(bucket: str, files: Files) -> str:
        system = S3FileSystem()
        system.mkdir(bucket)
        system.pipe({f"{bucket}/vault/{path}": content for path, content in as_bytes(files).items()})
        return f"s3://{bucket}/vault"

    yield put
    del conf["s3"]
    S3FileSystem.clear_instance_cache()
    server.stop()
