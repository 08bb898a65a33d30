"""Which change of a note was the last that changed more than dates in its properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from vaultlint.git.trees import blobs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaultlint.git.dates import Dated
    from vaultlint.git.door import Git

    ButFor = Callable[[str], bool]

_MOST_ROUNDS = 20
"""How many changes in a row are looked at: a plug-in may stamp a note each day."""

_BLOCK = re.compile(r"\ufeff?---[ \t]*\n(?P<lines>(?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_KEY = re.compile(r"([\"']?)([^\s\"':][^\"':]*)\1[ \t]*:(?=\s|\Z)")


def with_content_dates(git: Git, known: Mapping[str, Dated], but_for: ButFor) -> dict[str, Dated]:
    """Effect: asks git, once for each round. The dates, changes left out that touch properties `but_for` alone.

    Raises `GitError` where contents are missing.
    """
    found = dict(known)
    newest = {path: 0 for path, dated in known.items() if dated.edits}
    for _ in range(_MOST_ROUNDS):
        edits = [known[path].edits[place] for path, place in newest.items()]
        texts = [_text(data, but_for) for data in blobs(git, (name for one in edits for name in (one.old, one.new)))]
        same = [before == after for before, after in zip(texts[::2], texts[1::2], strict=True)]
        newest = {path: place + 1 for (path, place), is_same in zip(newest.items(), same, strict=True) if is_same}
        for path, place in newest.items():
            dated = known[path]
            before = dated.edits[place].when if place < len(dated.edits) else dated.created
            found[path] = structs.replace(dated, modified=before)
        newest = {path: place for path, place in newest.items() if place < len(known[path].edits)}
    return found


def _text(data: bytes, but_for: ButFor) -> str:
    """A note without those properties; without frontmatter, too, where it has no others."""
    text = data.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
    block = _BLOCK.match(text)
    if block is None:
        return text
    lines = block["lines"].splitlines(keepends=True)
    kept = [line for line in lines if not ((key := _KEY.match(line)) and but_for(key[2].strip()))]
    return f"---\n{''.join(kept)}---\n{text[block.end() :]}" if any(map(str.strip, kept)) else text[block.end() :]
