"""All that a run hangs on beside the notes: the program, its rules, config, the app's settings, git, the day."""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import suppress
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from vaultlint._version import __version__
from vaultlint.config.roots import CONFIG, PROJECT
from vaultlint.rule.entry_points import entry_points
from vaultlint.rule.registry import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultlint.config.settings import Settings
    from vaultlint.vault.settings import VaultSettings

FORMAT = 1
"""Raised whenever what is kept would mean something else."""

_CODE = (".py", ".toml", ".so", ".pyd")


class Surroundings(Struct, frozen=True, array_like=True):
    """What a run was made under; equal where the next would find the same in the same notes."""

    program: bytes
    """The digest of vaultlint, Python and the packages that bring rules."""
    asked: tuple[str, ...]
    """What the call said of rules."""
    app: bytes
    """The digest of the app's own settings of the vault."""
    files: tuple[tuple[str, bytes], ...]
    """Config files and schemas, absolute: each with the digest of its content, empty where there is none."""
    day: str
    """The day, where a rule reads the clock; else empty."""

    def key(self) -> str:
        """A name for it."""
        return _digest(msgspec.msgpack.encode(self)).hex()

    def still(self, asked: Sequence[str], app: VaultSettings) -> bool:
        """Effect: looks at files and at the clock. Whether all is as it was, for a call that asks this."""
        return (
            self.asked == tuple(asked)
            and self.day in ("", today())
            and self.app == digest_of_app(app)
            and self.files == digests(file for file, _ in self.files)
            and self.program == digest_of_program()
        )


def surroundings_of(
    settings: Settings,
    app: VaultSettings,
    asked: Sequence[str],
    configs: tuple[tuple[str, bytes], ...] | None = None,
) -> Surroundings | None:
    """Effect: looks at files. What a run with these settings hangs on; `None` where nobody can know.

    So it is where the vault's own Python runs: that may read what it likes. `configs` are the files that the settings
    came from, as they were then (`configs_of`); by default they are read now.
    """
    sources = [settings.ruleset.source(name) for name in settings.ruleset.explainable]
    if any(source.file is not None for source in sources) or any(one.model is not None for one in settings.schemas):
        return None
    clock = any(settings.ruleset.load(setting.name).reads_clock for setting in settings.rules)
    return Surroundings(
        digest_of_program(),
        tuple(asked),
        digest_of_app(app),
        configs_of(settings) if configs is None else configs,
        today() if clock else "",
    )


def today() -> str:
    """The day here, as `2026-01-31`, and the zone that makes it."""
    return time.strftime("%Y-%m-%d %z")


def digest_of_program() -> bytes:
    """Effect: looks at folders. Changes with the installed packages, and with the code of those that bring rules."""
    parts = [str(FORMAT), __version__, sys.version, sys.platform]
    for package in ("vaultlint", *_packages()):
        for folder in _folders_of(package):
            parts += _code_in(folder)
    parts += _distributions()
    return _digest("\0".join(parts).encode("utf-8", "surrogatepass"))


def digest_of_app(app: VaultSettings) -> bytes:
    """Changes with what was read of the app's settings."""
    return _digest(msgspec.msgpack.encode(app, enc_hook=_as_text, order="deterministic"))


def digests(files: Iterable[str]) -> tuple[tuple[str, bytes], ...]:
    """Effect: reads files, absolute. Each with the digest of its content; empty where it can't be read."""
    return tuple([(file, _digest_of_file(file)) for file in files])


def configs_of(settings: Settings) -> tuple[tuple[str, bytes], ...]:
    """Effect: reads files. Those that settings were made from a moment ago, each with its digest."""
    return digests(map(str, files_of(settings)))


def _as_text(value: Any) -> str:
    """What MessagePack does not know: patterns, which show but a part of a long text."""
    return value.pattern if isinstance(value, re.Pattern) else repr(value)


def files_of(settings: Settings) -> Iterator[Path]:
    """Configs and schemas: those that were read, and those that would have been, were they there."""
    yield settings.root / CONFIG
    yield settings.root / PROJECT
    yield from settings.files
    for schema in settings.schemas:
        if schema.json_schema is not None:
            for path in (schema.json_schema.file, *schema.json_schema.others):
                yield settings.root / path


def _digest_of_file(file: str) -> bytes:
    try:
        return _digest(Path(file).read_bytes())
    except OSError:
        return b""


def _packages() -> list[str]:
    """The top-level modules of those that bring rules, vaultlint's own rules among them."""
    return sorted({entry.value.partition(":")[0].partition(".")[0].strip() for entry in entry_points(*GROUPS)})


def _folders_of(package: str) -> list[str]:
    """Where the code of a top-level module lies; nothing of it is imported for that."""
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return []
    if spec is None:
        return []
    return list(spec.submodule_search_locations or ([os.path.dirname(spec.origin)] if spec.origin else []))  # noqa: PTH120


def _code_in(folder: str) -> list[str]:
    """A line for each file of code below a folder: it changes when the file does."""
    found: list[str] = []
    folders = [folder]
    while folders:
        at = folders.pop()
        try:
            with os.scandir(at) as entries:
                for entry in entries:
                    if entry.name.endswith(_CODE):
                        with suppress(OSError):  # a link that leads nowhere: no code
                            status = entry.stat()
                            found.append(f"{entry.path}\t{status.st_size}\t{status.st_mtime_ns}")
                    elif entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
        except OSError:
            continue
    return sorted(found)


def _distributions() -> Iterator[str]:
    """A line for each installed package: it changes when another version is installed."""
    for place in sys.path:
        try:
            with os.scandir(place or ".") as entries:
                found = sorted(entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
        yield from (f"{place}/{name}" for name in found)


def _digest(data: Any) -> bytes:
    return blake2b(data, digest_size=16).digest()
