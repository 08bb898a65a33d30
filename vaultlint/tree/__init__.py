"""The second reader: mistune with plug-ins for Obsidian's syntax. It stands alone: nothing else of vaultlint is here.

Each plug-in is a file of its own and serves any user of mistune: `from vaultlint.tree.wikilinks import wikilinks`.
"""

from __future__ import annotations

from vaultlint.tree.model import Node
from vaultlint.tree.parsers import Unreadable
from vaultlint.tree.reader import PLUGINS, parse

__all__ = ["PLUGINS", "Node", "Unreadable", "parse"]
