"""What stands behind a `#`: headings and block ids of one note, compared as the app compares them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec import Struct

if TYPE_CHECKING:
    from vaultlint.vault.facts import BlockFact, Facts, HeadingFact

_DROPPED = str.maketrans(dict.fromkeys('!"#$%&()*+,.:;<=>?@^{|}~/[]\\`\r\n', " "))
_DEEPEST = 6
_BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z0-9-]+\Z")


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """The key under which headings are the same (3.1): punctuation as spaces, spaces folded, lower case.

    Apostrophe, hyphen, underscore and all that is not ASCII count.
    """
    if not text.isascii():
        text = normalize("NFC", text)
    return " ".join(text.translate(_DROPPED).split()).lower()


class Place(Struct, frozen=True, gc=False):
    """What a subpath leads to in a note."""

    heading_missing: bool = False
    block_missing: bool = False
    heading: HeadingFact | None = None
    block: BlockFact | None = None


WHOLE_NOTE = Place()
"""No place in it, or one that is not judged."""


class Outline:
    """The places of one note that a link can lead to."""

    def __init__(self, facts: Facts) -> None:
        self._headings = facts.headings
        self._first: dict[str, HeadingFact] = {}
        self._blocks: dict[str, BlockFact] = {}
        first = self._first.setdefault
        for heading in facts.headings:
            first(heading_key(heading.text), heading)
            if "^" in heading.text:
                first(_bare_key(heading.text), heading)
        for block in facts.blocks:
            self._blocks.setdefault(block.id.lower(), block)
        self._doubtful = frozenset(facts.doubtful_blocks)

    def find(self, subpath: tuple[str, ...]) -> Place:
        """What the segments behind each `#` lead to. Empty segments and footnotes are not judged."""
        last = subpath[-1]
        if last.startswith("^"):
            return self._find_block(last[1:].strip().lower())
        if last.startswith("[^"):  # a footnote (semantics 3.9)
            return WHOLE_NOTE
        chain = [key for key in map(heading_key, subpath) if key]
        if not chain:
            return WHOLE_NOTE
        heading = self._first.get(chain[0]) if len(chain) == 1 else self._find_chain(chain)
        return Place(heading=heading) if heading is not None else Place(heading_missing=True)

    def _find_block(self, wanted: str) -> Place:
        if not wanted or wanted in self._doubtful:  # `[[Note#^]]` is left over from a prompt
            return WHOLE_NOTE
        block = self._blocks.get(wanted)
        return Place(block=block) if block is not None else Place(block_missing=True)

    def _find_chain(self, chain: list[str]) -> HeadingFact | None:
        """The first heading that ends the chain: its segments in this order, each deeper than the last."""
        if len(chain) > _DEEPEST or any(key not in self._first for key in chain):
            return None
        # The shallowest level at which the first n segments can end: all that is behind must be deeper.
        least = [0] + [_DEEPEST + 1] * len(chain)
        for heading in self._headings:
            level, keys = heading.level, (heading_key(heading.text), _bare_key(heading.text))
            for done in range(len(chain) - 1, -1, -1):
                if chain[done] in keys and least[done] < level:
                    if done == len(chain) - 1:
                        return heading
                    least[done + 1] = min(least[done + 1], level)
        return None


def _bare_key(text: str) -> str:
    """The key without a block id: whether the app counts one as text is not known, so both lead there."""
    return heading_key(_BLOCK_ID.sub("", text) if "^" in text else text)
