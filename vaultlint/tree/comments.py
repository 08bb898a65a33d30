"""A mistune plug-in for Obsidian's `%% comments %%`: as blocks over any lines, and inside a line.

Tokens: `block_comment` and `comment`, with `raw` what is between the signs, byte for byte; one inside a line has
children too, since links and tags count there. A block that is not closed
runs to the end of what holds it; a mark inside a line that is not closed is text. In HTML they leave nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from vaultlint.tree.blocks import signed_block
from vaultlint.tree.lexical import outside_code, remembered

if TYPE_CHECKING:
    from mistune import BaseRenderer, InlineParser, InlineState, Markdown

__all__ = ["comments"]


def comments(md: Markdown) -> None:
    """Effect: teaches `md` comments."""
    signed_block(md, "block_comment", "%%")
    md.inline.register("comment", "%%", _parse, before="link", start_chars="%")
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register("block_comment", _html)
        md.renderer.register("comment", _html)


_SIGNS = re.compile(r"`+|%%")


def _signs(state: InlineState) -> list[int]:
    return [match.start() for match in outside_code(state, _SIGNS)]


def _parse(inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    signs = remembered(state, "%%", _signs)
    place = bisect_left(signs, match.end())
    if place == len(signs):
        return None
    inner = state.copy()
    inner.src = state.src[match.end() : signs[place]]
    state.append_token({"type": "comment", "raw": inner.src, "children": inline.render(inner)})
    return signs[place] + 2


def _html(renderer: BaseRenderer, raw: str, **_: bool) -> str:
    return ""
