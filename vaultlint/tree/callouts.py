"""A mistune plug-in for Obsidian's callouts: a quote whose first line is `[!type]`, with a fold mark and a title.

    > [!note]- A title
    > The body.

Tokens: `callout` with the attributes `callout` (the type as written), `fold` (`+`, `-` or empty), `metadata` (behind
a bar, or empty) and `title`; its first child is a `callout_title`, the others are its body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mistune import escape

if TYPE_CHECKING:
    from mistune import BaseRenderer, BlockParser, BlockState, Markdown

__all__ = ["callouts"]

_FIRST_LINE = re.compile(
    r"[ \t]*+\[!(?P<type>[^\]\n|]++)(?:\|(?P<metadata>[^\]\n]*+))?+\](?P<fold>[+-]?+)(?:[ \t]++(?P<title>[^\n]*+))?+"
    r"(?:\n|\Z)"
)
_INDENT = re.compile(r"(?: {4}| {0,3}\t)[ \t]*+(?=[^\s])")


def callouts(md: Markdown) -> None:
    """Effect: teaches `md` callouts."""
    md.block.register("block_quote", None, _parse)
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register("callout", _html)
        md.renderer.register("callout_title", _html_title)


def _parse(block: BlockParser, match: re.Match[str], state: BlockState) -> int:
    place = len(state.tokens)
    text, end, lazy = block.extract_block_quote(match, state)
    first = _FIRST_LINE.match(text)
    begin = first.end() if first else 0
    body = text[begin:]
    if first and (indent := _INDENT.match(body)):
        # The first line is text, and code can't interrupt that: the next may be indented as it likes.
        body = "   " + body[indent.end() :]
        begin = len(text) - len(body)
    child = state.child_state(body, {line - begin for line in lazy if line >= begin})
    deep = state.depth() >= block.max_nested_level - 1
    rules = [rule for rule in block.block_quote_rules if not deep or rule not in ("block_quote", "list")]
    block.parse(child, rules)
    token: dict[str, Any] = {"type": "block_quote", "children": child.tokens}
    if first:
        title = (first["title"] or "").rstrip()
        token = {
            "type": "callout",
            "attrs": {
                "callout": first["type"],
                "fold": first["fold"],
                "metadata": first["metadata"] or "",
                "title": title,
            },
            "children": [{"type": "callout_title", "text": title}, *child.tokens],
        }
    # What ended the quote has been read already, and may be several blocks.
    state.tokens.insert(place, token)
    return end or state.cursor


def _html(renderer: BaseRenderer, text: str, callout: str, fold: str, **_: str) -> str:
    kind = escape(callout.lower())
    if fold:
        opened = " open" if fold == "+" else ""
        return f'<details class="callout" data-callout="{kind}"{opened}>\n{text}</details>\n'
    return f'<div class="callout" data-callout="{kind}">\n{text}</div>\n'


def _html_title(renderer: BaseRenderer, text: str) -> str:
    return f'<summary class="callout-title">{text}</summary>\n'
