"""Config files as data that knows on which line each key stands."""

from __future__ import annotations

import re
import stat
import tomllib
from typing import TYPE_CHECKING, Any, TypeAlias

from vaultlint.rule.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Key: TypeAlias = tuple[str | int, ...]
"""Where a value stands: keys from the outermost inwards, and numbers from 0 in arrays of tables."""

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_DEEP_KEY = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{50}}")
"""Python's reader takes a time that grows with the square of a key's depth."""

LARGEST = 1_000_000
"""Bytes; a config is written by hand, and a vault may come from a stranger."""


class Document:
    """One config file: its data, and where things stand in it."""

    def __init__(self, file: Path, shown: str, text: str, table: tuple[str, ...] = ()) -> None:
        self.file = file
        self.shown = shown
        """The file as messages name it."""
        self._text = text
        self._table = table
        if _DEEP_KEY.search(text):
            raise ConfigError("a key has over 50 parts: no config is that deep", file=shown)
        try:
            data: Any = tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
            raise ConfigError(f"no valid TOML: {error}", file=shown) from error
        for name in table:
            data = data.get(name, {}) if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            raise ConfigError(f"'{'.'.join(table)}' should be a table", file=shown)
        self.data: dict[str, Any] = data

    def error(self, message: str, key: Key) -> ConfigError:
        """An error about what stands at `key`."""
        return ConfigError(message, file=self.shown, line=self.line_of(key))

    def line_of(self, key: Key) -> int | None:
        """The line, from 1, of the innermost part of `key` that has one."""
        lines = dict(_lines(self._text))
        full = (*self._table, *key)
        return next((lines[full[:size]] for size in range(len(full), 0, -1) if full[:size] in lines), None)


def read_text(file: Path, shown: str) -> str:
    """The text of a config file, bounded; raises `ConfigError` where it can't be had."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ConfigError("this is no file", file=shown)
        if status.st_size > LARGEST:
            raise ConfigError("over 1 MB: no config is that large", file=shown)
        with file.open("rb") as stream:
            return stream.read(LARGEST).decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"can't be read: {error.strerror}", file=shown) from error
    except UnicodeDecodeError as error:
        raise ConfigError("can't be read: it is not UTF-8", file=shown) from error


_TOKEN = re.compile(
    r'''(?P<long>"""(?:[^\\"]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5})'''
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
    r"|(?P<bare>[A-Za-z0-9_-]+)|(?P<skip>#[^\n]*|[ \t\r]+)|(?P<sign>[\s\S])",
    re.DOTALL,
)


def _lines(text: str) -> Iterator[tuple[Key, int]]:
    """Every key of a valid TOML text with its line: headers of tables, and keys that begin a line."""
    table: Key = ()
    counts: dict[Key, int] = {}
    for line, names, brackets in _statements(text):
        if brackets == 0:
            key = (*table, *names)
            yield from ((key[:size], line) for size in range(len(table) + 1, len(key) + 1))
            continue
        table = _inside(names[:-1], counts)
        table = (*table, names[-1])
        if brackets > 1:
            if table not in counts:
                yield table, line
            counts[table] = counts.get(table, -1) + 1
        table = (*table, counts[table]) if table in counts else table
        yield table, line


def _inside(names: tuple[str, ...], counts: dict[Key, int]) -> Key:
    key: Key = ()
    for name in names:
        key = (*key, name)
        if key in counts:
            key = (*key, counts[key])
    return key


def _statements(text: str) -> Iterator[tuple[int, tuple[str, ...], int]]:
    """The line, the dotted name, and for a header the number of its brackets, of each statement."""
    line, depth, brackets, in_value = 1, 0, 0, False
    names: list[str] = []
    for token in _TOKEN.finditer(text):
        kind, word = token.lastgroup, token[0]
        if word == "\n" and depth == 0:
            if brackets and names:
                yield line, tuple(names), brackets
            names, brackets, in_value = [], 0, False
        elif in_value:
            depth += (word in ("[", "{")) - (word in ("]", "}"))
        elif word == "=":
            yield line, tuple(names), 0
            in_value = True
        elif word == "[":
            brackets += 1
        elif kind == "bare":
            names.append(word)
        elif kind == "text":
            names.append(next(iter(tomllib.loads(f"{word} = 0"))))
        line += word.count("\n")
    if brackets and names:
        yield line, tuple(names), brackets
