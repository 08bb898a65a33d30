"""A mistune plug-in for `==highlights==` and `~~strikethrough~~`, without white space at their inner edges.

Tokens: `highlight` and `strikethrough`, with children. A code span hides the signs in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.tree.lexical import closer

if TYPE_CHECKING:
    import re

    from mistune import BaseRenderer, InlineParser, InlineState, Markdown

__all__ = ["highlights", "strikethrough"]


def highlights(md: Markdown) -> None:
    """Effect: teaches `md` highlights."""
    _paired(md, "highlight", "==", "mark")


def strikethrough(md: Markdown) -> None:
    """Effect: teaches `md` text that is struck through."""
    _paired(md, "strikethrough", "~~", "del")


def _paired(md: Markdown, name: str, mark: str, tag: str) -> None:
    def parse(inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
        start = match.end()
        if state.depth >= inline.max_nested_level or (match.start() and state.src[match.start() - 1] == mark[0]):
            return None
        close = closer(state, mark, start)
        if close is None:
            return None
        inner = state.copy()
        inner.src = state.src[start:close]
        state.append_token({"type": name, "children": inline.render(inner)})
        return close + len(mark)

    def html(renderer: BaseRenderer, text: str) -> str:
        return f"<{tag}>{text}</{tag}>"

    md.inline.register(name, rf"{mark}(?![\s{mark[0]}])", parse, before="link", start_chars=mark[0])
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register(name, html)
