"""The file of a baseline: JSON with one entry a line, sorted, so that git merges it and people review it.

```json
{"version": 1, "findings": [
{"path": "Plan.md", "rule": "unresolved-link", "message": "no file named 'X'", "text": "5d", "around": "41", "count": 1}
]}
```
What a finding points at and the lines around it are there as hashes: notes may be more private than the file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta, Struct

from vaultlint.engine.reader import inside
from vaultlint.engine.write import put_file
from vaultlint.rule.errors import UserError
from vaultlint.vault.files import read_regular

NAME = "vaultlint-baseline.json"
"""The file at a vault's root that is written where no other is named."""

VERSION = 1
LARGEST = 64_000_000
"""Bytes: some 200,000 findings. The file may come from a stranger."""

_BOM = b"\xef\xbb\xbf"
_CONFLICT = re.compile(rb"^(?:<{7}|={7}|>{7})(?:[ \r]|$)", re.MULTILINE)


class Key(Struct, frozen=True, order=True):
    """What a baseline knows a finding by: its fingerprint, with hashes for what is the note's own text."""

    path: str
    """Vault-relative."""
    rule: str
    message: str
    text: str
    around: str


Counts: TypeAlias = Mapping[Key, int]
"""How many findings there are of each kind; every count is 1 or more."""


class _Entry(Struct, frozen=True, forbid_unknown_fields=True):
    path: str
    rule: str
    message: str
    text: str
    around: str
    count: Annotated[int, Meta(ge=1)]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    findings: list[_Entry]


class _Version(Struct, frozen=True):
    """What every version of the file has."""

    version: int


class BaselineFile:
    """A baseline on disk. Where it is the vault's own, no symbolic link leads out of the vault to it."""

    def __init__(self, file: str, root: str, shown: str | None = None) -> None:
        """`root` is the vault; `shown` is how messages and commands name the file."""
        self.shown = shown or file
        path = os.path.abspath(file)  # noqa: PTH100  not resolved: where the caller says that it is
        top = os.path.abspath(root).rstrip(os.sep) + os.sep  # noqa: PTH100
        if path.startswith(top) and not inside(root, path):
            raise UserError(
                f"the baseline '{self.shown}' is behind a symbolic link out of the vault: put a file in its place"
            )
        self._path = os.path.realpath(path)

    @property
    def exists(self) -> bool:
        """Effect: asks the disk. Whether something of that name is there."""
        return os.path.lexists(self._path)

    def read(self) -> dict[Key, int]:
        """Effect: reads the file. Raises `UserError` where it is no baseline, with the next step."""
        return self._counts(self._bytes())

    def write(self, counts: Counts) -> bool:
        """Effect: writes the file in one step, unless it holds the same already; whether it did.

        What is there and is no baseline is not written over. Raises `UserError`.
        """
        old: bytes | None = None
        if self.exists:
            old = self._bytes()
            if self._counts(old) == dict(counts):
                return False
        data = encoded(counts)
        if old is not None and b"\r\n" in old:  # what git makes of it on Windows
            data = data.replace(b"\n", b"\r\n")
        try:
            put_file(self._path, data)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UserError(f"the baseline '{self.shown}' can't be written: {reason}") from error
        return True

    def _bytes(self) -> bytes:
        try:
            data = read_regular(self._path, LARGEST + 1)
        except FileNotFoundError:
            raise UserError(f"there is no baseline '{self.shown}': `vaultlint baseline` writes one") from None
        except (OSError, ValueError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise UserError(f"the baseline '{self.shown}' can't be read: {reason}") from error
        if len(data) > LARGEST:
            raise self._no_baseline(f"it is over {LARGEST // 1_000_000} MB")
        return data

    def _counts(self, data: bytes) -> dict[Key, int]:
        data = data.removeprefix(_BOM)
        try:
            version = msgspec.json.decode(data, type=_Version).version
            if version > VERSION:
                raise UserError(
                    f"the baseline '{self.shown}' is of version {version}, and this vaultlint knows version {VERSION}: "
                    "use the vaultlint that wrote it, or a newer one"
                )
            entries = msgspec.json.decode(data, type=_File).findings
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise self._no_baseline(_why(data, error)) from None
        counts: dict[Key, int] = {}
        for entry in entries:
            key = Key(entry.path, entry.rule, entry.message, entry.text, entry.around)
            # Twice only where a merge left it twice: both sides knew of it, and counts must not grow.
            counts[key] = max(counts.get(key, 0), entry.count)
        return counts

    def _no_baseline(self, reason: str) -> UserError:
        return UserError(
            f"'{self.shown}' is no baseline: {reason}. Name another file, or mend it, "
            "or delete it and write it anew with `vaultlint baseline`"
        )


def encoded(counts: Counts) -> bytes:
    """The bytes of a baseline: one entry a line, sorted."""
    lines = [
        msgspec.json.encode(_Entry(key.path, key.rule, key.message, key.text, key.around, count))
        for key, count in sorted(counts.items())
    ]
    return b'{"version": %d, "findings": [\n%s\n]}\n' % (VERSION, b",\n".join(lines))


def _why(data: bytes, error: Exception) -> str:
    conflict = _CONFLICT.search(data)
    if conflict is not None:
        line = data.count(b"\n", 0, conflict.start()) + 1
        return f"git left the marks of a merge in it (line {line}); take them out and keep the entries of both sides"
    return str(error) or type(error).__name__
