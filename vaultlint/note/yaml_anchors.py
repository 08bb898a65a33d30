"""Anchors of a block of YAML, and how often each is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultlint.note.yaml12 import Node

_MOST = 100
"""How often an alias may be followed, times what it stands for (`maxAliasCount` of the app's library)."""


class Anchor:
    """A value with a name, and how often aliases stand for it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.node: Node | None = None
        """`None` while the value is still being read."""
        self._count = 1
        self._weight = 0

    def close(self, node: Node) -> None:
        """Tell the value."""
        self.node = node

    def follow(self) -> bool:
        """Count an alias; whether it may still be followed."""
        if self.node is None:
            return False
        self._count += 1
        if self._weight == 0:
            self._weight = max(self.node.weight, *(one.total for one in self.node.anchors), 0)
        return self.total <= _MOST

    @property
    def total(self) -> int:
        """How often it was followed, times the most that one of its own aliases was."""
        return self._count * self._weight


class Anchors:
    """By name, the last value so far that has it; one that began later, within it, counts as later."""

    def __init__(self) -> None:
        self._by_name: dict[str, Anchor] = {}

    def open(self, name: str) -> Anchor:
        """A value with this name begins."""
        anchor = self._by_name[name] = Anchor(name)
        return anchor

    def get(self, name: str) -> Anchor | None:
        """The value that an alias of this name stands for here."""
        return self._by_name.get(name)
