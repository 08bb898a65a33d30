"""What the settings of the plug-in say of one of its rules. They are a stranger's, and nothing is taken on trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.schema.imports.draft import as_table

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 1_000
"""Entries of a list of names; more come from no list that a person keeps."""
_LONGEST = 2_000


class Given:
    """The options of one rule, each read with the plug-in's default; what can't be taken over is remarked on."""

    def __init__(self, options: object, common: object) -> None:
        self._written = as_table(options)
        self._options = by_plain_name(options)
        self._common = as_table(common)
        self._read = {"enabled"}
        self.remarks: list[str] = []

    def __contains__(self, key: str) -> bool:
        return plain(key) in self._options

    def pass_over(self, *keys: str) -> None:
        """Options that mean nothing to a linter outside the editor."""
        self._read.update(map(plain, keys))

    def unread(self) -> list[str]:
        """Options that nobody asked for, as they are written: a later version of the plug-in may have them."""
        return [key[:60] for key in self._written if plain(key) not in self._read][:20]

    def flag(self, key: str, *, default: bool) -> bool:
        """An option that is on or off."""
        value = self._value(key, default)
        return value if isinstance(value, bool) else default

    def text(self, key: str, default: str = "") -> str:
        """A text as it is."""
        value = self._value(key, default)
        return value[:_LONGEST] if isinstance(value, str) else default

    def whole(self, key: str, default: int) -> int:
        """A whole number from 1, which may be written as text."""
        value = self._value(key, default)
        number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
        return number if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 100 else default

    def lines(self, key: str) -> list[str]:
        """Names, a line each or a list."""
        return self._listed(key, "\n")

    def words(self, key: str) -> list[str]:
        """Words with commas or line breaks between, or a list."""
        return self._listed(key, ",")

    def choice(self, key: str, default: str, meanings: Mapping[str, str]) -> str:
        """One of several values as ours has it; one that is not known is as the default, with a remark."""
        return self._chosen(key, self._value(key, default), default, meanings)

    def common(self, key: str, default: str, meanings: Mapping[str, str]) -> str:
        """As `choice`, for a setting that several rules share."""
        return self._chosen(key, self._common.get(key, default), default, meanings)

    def remark(self, text: str) -> None:
        """Say, in the config, what is otherwise than in the plug-in."""
        self.remarks.append(text)

    def _value(self, key: str, default: Any) -> Any:
        self._read.add(plain(key))
        return self._options.get(plain(key), default)

    def _listed(self, key: str, sign: str) -> list[str]:
        value = self._value(key, None)
        entries = value.replace(sign, "\n").split("\n") if isinstance(value, str) else value
        if not isinstance(entries, list):
            return []
        found = [one.strip()[:_LONGEST] for one in entries if isinstance(one, str) and one.strip()]
        if len(found) > _MOST:
            self.remark(f"only the first {_MOST:,} entries of its '{key}' are taken over")
        return list(dict.fromkeys(found[:_MOST]))

    def _chosen(self, key: str, value: Any, default: str, meanings: Mapping[str, str]) -> str:
        if isinstance(value, str) and value in meanings:
            return meanings[value]
        same = {plain(name): meaning for name, meaning in meanings.items()}
        if isinstance(value, str) and plain(value) and plain(value) in same:
            return same[plain(value)]
        self.remark(f"its '{key}' has a value that is not known here, and is taken for '{default}'")
        return meanings[default]


def plain(name: str) -> str:
    """What a name comes to: older versions of the plug-in kept names and choices as its settings show them."""
    return "".join(sign for sign in name.lower() if sign.isalnum())


def by_plain_name(table: object) -> dict[str, Any]:
    """A table by what its names come to; a name that is written as it is now has the last word."""
    found = as_table(table)
    older = {plain(key): value for key, value in found.items()}
    return older | {plain(key): value for key, value in found.items() if key == key.lower() and " " not in key}
