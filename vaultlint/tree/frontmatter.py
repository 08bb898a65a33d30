"""A mistune plug-in for the block of properties at the top of a note, kept as it is.

From `---` on the first line to the next such line. Token: `frontmatter`, with `raw` the lines between.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mistune import BaseRenderer, BlockState, Markdown

__all__ = ["frontmatter"]


def frontmatter(md: Markdown) -> None:
    """Effect: teaches `md` frontmatter."""
    md.before_parse_hooks.append(_take)
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register("frontmatter", _html)


_OPENING = re.compile(r"---\n")
_CLOSING = re.compile(r"^---$\n?", re.MULTILINE)


def _take(md: Markdown, state: BlockState) -> None:
    """Effect: reads the properties, and lets mistune begin behind them."""
    opening = _OPENING.match(state.src)
    closing = _CLOSING.search(state.src, opening.end()) if opening else None
    if opening and closing:
        state.append_token({"type": "frontmatter", "raw": state.src[opening.end() : closing.start()]})
        state.cursor = closing.end()


def _html(renderer: BaseRenderer, raw: str) -> str:
    return ""
