"""`#tags` in the text (observed 46-50, semantics 5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.inline import escaped

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultlint.note.obsidian import Pair

_TAG = re.compile(r"#([^\s!-,.:-@\[-^`{-~\u2000-\u206f\u2e00-\u2e7f]+)")
"""All but white space, ASCII punctuation other than `-`, `_` and `/`, and two blocks of punctuation (semantics 5.1)."""

_EMPHASIS = "_*"


def find_tags(text: str, start: int, run_starts: Callable[[], set[int]]) -> list[Pair]:
    """What looks like a tag from `start` on, in text order; whether it is hidden is not asked here.

    `run_starts` are the places behind which a run of plain text begins: behind a link, code or a comment, in front
    of a link's text or of a table's cell (observed 47).
    """
    found: list[Pair] = []
    last = -1
    for match in _TAG.finditer(text, start):
        at = match.start()
        before = text[at - 1] if at else "\n"
        if not (before.isspace() or at == last or before in _EMPHASIS or _opens_run(text, at, run_starts)):
            continue
        # `_#a_` is the tag `a` in emphasis.
        name = match[1].rstrip("_") if before == "_" else match[1]
        if name.strip("0123456789"):
            found.append((at, at + 1 + len(name)))
            last = match.end()
    return found


def _opens_run(text: str, at: int, run_starts: Callable[[], set[int]]) -> bool:
    """Whether a run of text begins here though no white space is before it."""
    before = text[at - 1]
    if before in "~=":
        return text[at - 2 : at] == before * 2
    if before in "`)]>$%|[" and at in run_starts():
        return True
    if before == ">":
        first = at - 1
        while first and text[first - 1] in "> \t":
            first -= 1
        return first == 0 or text[first - 1] == "\n"
    return before.isascii() and before.isprintable() and not before.isalnum() and escaped(text, at - 1)
