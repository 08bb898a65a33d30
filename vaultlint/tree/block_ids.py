"""A mistune plug-in for Obsidian's block ids: `^id` at the end of a block, or as a paragraph of its own behind one.

Latin letters, digits and dashes. Tokens: `block_id`, with `raw` the id without its `^`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mistune import escape

if TYPE_CHECKING:
    import re

    from mistune import BaseRenderer, InlineParser, InlineState, Markdown

__all__ = ["block_ids"]


def block_ids(md: Markdown) -> None:
    """Effect: teaches `md` block ids."""
    md.inline.register("block_id", r"(?<!\S)\^[A-Za-z0-9-]++[ \t]*+\Z", _parse, before="link", start_chars="^")
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register("block_id", _html)


def _parse(inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    if state.depth:
        return None  # inside a mark it is not the block that ends
    state.append_token({"type": "block_id", "raw": match[0][1:].rstrip(" \t")})
    return match.end()


def _html(renderer: BaseRenderer, raw: str) -> str:
    return f'<a id="^{escape(raw)}"></a>'
