"""Callouts, and quotes that fail to be one, as the same quotes: for the proof of what may make the one the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vaultlint.tree.meaning import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD = re.compile(r"\s*+\[\s*+!\s*+([^\]\n|]*+)(\|[^\]\n]*+)?+\][^\w\s(\[]*+\s*+")
"""What a callout begins with, be it written a little wrong: type, metadata; then what should be a fold mark."""


def as_quotes(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries with each callout as a quote whose first paragraph is the head, whose second is the rest."""
    begins = in_head = False
    depth = 0
    for entry in entries:
        kind, value = entry
        if kind == "callout":
            depth, name, _, metadata = _callout(value)
            yield Entry("quote", depth)
            yield Entry("paragraph", depth + 1)
            yield Entry("text", f"{name.strip()} {metadata} ")
            begins = in_head = False
        elif kind == "callout-title":
            begins = in_head = False
        elif kind == "quote":
            depth, begins, in_head = int(str(value)), True, False
            yield entry
        elif kind == "paragraph":
            yield entry
        elif kind == "block-id" and isinstance(value, tuple) and value[1] in ("callout", "block_quote"):
            # Callouts and quotes are counted apart, so what becomes the other moves the numbers of all below.
            yield Entry("block-id", (value[0], "block_quote", 0))
        elif kind == "text" and begins and (head := _HEAD.match(str(value))):
            begins, in_head = False, True
            yield Entry("text", f"{head[1].strip()} {(head[2] or '')[1:]} {str(value)[head.end() :]}")
        elif kind == "soft-break" and in_head:
            in_head = False
            yield Entry("paragraph", depth + 1)
        else:
            begins = False
            in_head = in_head and kind not in ("quote", "list", "code-block")
            yield entry


def _callout(value: Any) -> tuple[int, str, str, str]:
    depth, name, fold, metadata = value
    return int(depth), str(name), str(fold), str(metadata)
