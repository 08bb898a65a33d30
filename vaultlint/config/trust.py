"""Which vaults may run their own Python: a list in the user's config folder, with a digest of the code.

The digest covers every Python file of the vault, for one can import another: where any of them is changed, added or
taken away, the vault is asked for again.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = "trusted.json"
_CODE = (".py", ".pyc", ".pyd", ".so")
_LARGEST = 50_000_000
"""Bytes of Python in one vault: more is no vault's own rules."""


def trusted_file() -> Path:
    """Where the list is kept: vault root (all links followed) -> digest of its code."""
    from platformdirs import user_config_path

    return user_config_path("vaultlint", appauthor=False) / FILE


def read_trusted() -> dict[str, str]:
    """Effect: reads the list; empty where there is none. Raises `UserError` where it can't be read."""
    try:
        return msgspec.json.decode(trusted_file().read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError(f"the list of trusted vaults '{trusted_file()}' can't be read: {error}") from None


def is_trusted(root: Path) -> bool:
    """Effect: reads files. Whether the vault is on the list, and its Python is what was trusted."""
    digest = read_trusted().get(_name(root))
    try:
        return digest is not None and digest == digest_of(code_of(root))
    except UserError:
        return False


def trust(root: Path, code: Mapping[str, bytes]) -> None:
    """Effect: writes the list. From now on the vault may run this code."""
    _write(read_trusted() | {_name(root): digest_of(code)})


def revoke(root: Path) -> bool:
    """Effect: writes the list. Take a vault off it; whether it was there."""
    trusted = read_trusted()
    was_there = trusted.pop(_name(root), None) is not None
    if was_there:
        _write(trusted)
    return was_there


def code_of(root: Path) -> dict[str, bytes]:
    """Effect: reads files. All Python of a vault, path -> bytes, without folders that begin with a dot.

    Raises `UserError` where not all of it can be had: a file that is no plain one, a folder behind a link.
    """
    found: dict[str, bytes] = {}
    size = 0
    for file in _python_files(root):
        path = file.relative_to(root).as_posix()
        if file.is_symlink() or not file.is_file():
            raise UserError(f"'{path}' is no plain file: code that lies elsewhere can't be trusted")
        try:
            found[path] = file.read_bytes()
        except OSError as error:
            raise UserError(f"'{path}' can't be read: {error.strerror}") from None
        size += len(found[path])
        if size > _LARGEST:
            raise UserError(f"there is over {_LARGEST // 1_000_000} MB of Python in this vault: it can't be trusted")
    return found


def digest_of(code: Mapping[str, bytes]) -> str:
    """A digest of names and bytes, whatever the order."""
    lines = (f"{sha256(data).hexdigest()} {path}\n" for path, data in sorted(code.items()))
    return sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _python_files(root: Path) -> Iterable[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(files) if name.endswith(_CODE))


def _name(root: Path) -> str:
    return os.fsencode(root.resolve()).decode("utf-8", "backslashreplace")


def _write(trusted: Mapping[str, str]) -> None:
    file = trusted_file()
    new = file.with_name(f"{FILE}.{os.getpid()}.new")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(dict(sorted(trusted.items())))) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    except OSError as error:
        raise UserError(f"the list of trusted vaults '{file}' can't be written: {error.strerror}") from None
