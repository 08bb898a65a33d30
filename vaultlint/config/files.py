"""The config files that govern a vault, each checked for its shape."""

from __future__ import annotations

import os.path
from typing import TYPE_CHECKING, Any

from vaultlint.config.roots import PROJECT, TABLE, find_config
from vaultlint.config.toml import Document, Key, read_text
from vaultlint.rule.errors import ConfigError, did_you_mean
from vaultlint.rule.options import WrongValueError, checked

if TYPE_CHECKING:
    from pathlib import Path

    from vaultlint.config.models import ConfigFile

_LONGEST_CHAIN = 10
_NOT_A_VAULTS = frozenset({"output", "output-file", "cache", "cache-dir", "journal", "state", "trust"})
"""Keys that would let a vault say where to write, or what to trust."""


class Config:
    """One config file that has the right shape."""

    __slots__ = ("content", "document")

    def __init__(self, document: Document, content: ConfigFile) -> None:
        self.document = document
        self.content = content

    @property
    def shown(self) -> str:
        """The file as messages name it."""
        return self.document.shown

    def schemas(self) -> list[dict[str, Any]]:
        """The `[[schema]]` tables as TOML gives them, dates included."""
        found: list[dict[str, Any]] = self.document.data.get("schema", [])
        return found


def read_configs(root: Path, named: Path | None) -> tuple[Config, ...]:
    """The config of a vault and all that it extends, outermost base first; empty where there is none."""
    file = named if named is not None else find_config(root)
    chain: list[Config] = []
    while file is not None:
        config = _read(file, root)
        if any(earlier.document.file.samefile(file) for earlier in chain):
            raise config.document.error("a config can't extend itself", ("extend",))
        chain.append(config)
        if len(chain) > _LONGEST_CHAIN:
            raise config.document.error("too many files that extend each other", ("extend",))
        file = _base(config, root)
    return tuple(reversed(chain))


def _read(file: Path, root: Path) -> Config:
    shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
    if file.is_relative_to(root) and not _inside(file, root):
        raise ConfigError("this link leads out of the vault", file=shown)
    document = Document(file, shown, read_text(file, shown), TABLE if file.name == PROJECT else ())
    from vaultlint.config.models import ConfigFile

    try:
        return Config(document, checked(ConfigFile, document.data))
    except WrongValueError as wrong:
        raise _error(document, wrong) from None


def _error(document: Document, wrong: WrongValueError) -> ConfigError:
    from vaultlint.config.models import ConfigFile, OverrideTable

    key = wrong.path
    message = wrong.message
    name = str(key[-1]) if key else ""
    if message.startswith("unknown key"):
        message += did_you_mean(name, (ConfigFile if len(key) == 1 else OverrideTable).keys())
        if len(key) == 1 and name in _NOT_A_VAULTS:
            message = f"'{name}': a vault's config can't say where to write or what to trust"
    elif key in (("schema",), ("override",)) and isinstance(document.data.get(name), dict):
        message = f"[{name}] takes two brackets on each side, [[{name}]]: there may be several"
    return document.error(message, key)


def _base(config: Config, root: Path) -> Path | None:
    if config.content.extend is None:
        return None
    file = config.document.file.parent / os.path.expanduser(config.content.extend)  # noqa: PTH111 - never raises
    key: Key = ("extend",)
    if not file.is_file():
        raise config.document.error(f"no file '{config.content.extend}' to extend", key)
    if _inside(config.document.file, root) and not _inside(file, root) and not _is_users_own(file):
        raise config.document.error(
            f"'{config.content.extend}' is neither in the vault nor in your own config folder", key
        )
    return file


def _inside(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())


def _is_users_own(file: Path) -> bool:
    from platformdirs import user_config_path

    return _inside(file, user_config_path("vaultlint", appauthor=False))
