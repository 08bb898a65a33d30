"""Blocks that begin with a pair of signs at the start of a line and run to the next such pair, over blank lines.

Display math (`$$`) and comments (`%%`) have this one shape. They interrupt a paragraph, a quote's and an item's too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mistune import BlockParser, BlockState, Markdown

    Parse = Callable[[BlockParser, re.Match[str], BlockState], int | None]

_TRAILER = re.compile(r"[ \t]*+(?:\^[A-Za-z0-9-]++[ \t]*+)?(?:\n|\Z)")
"""What may stand behind the closing signs of a block on one line: a block id."""
_SPACE = re.compile(r"[ \t]*+\n?")


def signed_block(md: Markdown, name: str, sign: str) -> None:
    """Effect: has `md` read blocks between two `sign`s as tokens `name` with an attribute `closed`."""

    def parse(block: BlockParser, match: re.Match[str], state: BlockState) -> int | None:
        src = state.src
        start = match.end()
        close = src.find(sign, start)
        closed = close >= 0
        if closed and src.find("\n", start, close) < 0 and not _TRAILER.match(src, close + 2):
            return None  # closed on its line with text behind it: a mark in a paragraph
        end = close if closed else state.cursor_max
        raw = src[start:end]
        state.append_token({"type": name, "raw": raw, "attrs": {"closed": closed}})
        if not closed:
            return end
        if (behind := _TRAILER.match(src, end + 2)) and (block_id := behind[0].strip(" \t\n")):
            # A paragraph of its own, as it would be on the next line, and as there not one with the line behind.
            state.append_token({"type": "paragraph", "text": block_id})
            state.append_token({"type": "blank_line"})
        elif behind is None:
            behind = _SPACE.match(src, end + 2)
        return behind.end() if behind else end + 2

    pattern = rf"^ {{0,3}}{re.escape(sign)}"
    everywhere(md, name, pattern, parse, before="list")
    _interrupt(md, sign, pattern, name)


def everywhere(md: Markdown, name: str, pattern: str, parse: Parse, before: str) -> None:
    """Effect: registers a rule for blocks at the root, in quotes and in lists."""
    md.block.register(name, pattern, parse, before=before)
    for rules in (md.block.block_quote_rules, md.block.list_rules):
        if name not in rules:
            md.block.insert_rule(rules, name, before=before)


def _interrupt(md: Markdown, sign: str, pattern: str, name: str) -> None:
    """Effect: lets a block end the lazy lines of quotes and items.

    mistune has a fixed list of rules for that; `block_html` is the one of them that these blocks are like.
    """
    block = md.block
    html = block._methods["block_html"]
    block.specification["block_html"] = f"{block.specification['block_html']}|{pattern}"

    def parse(block: BlockParser, match: re.Match[str], state: BlockState) -> int | None:
        if match[0].endswith(sign) and not match[0].lstrip().startswith("<"):
            return block._methods[name](match, state)
        return html(match, state)

    block.register("block_html", None, parse)
    block.rules.remove("block_html")
