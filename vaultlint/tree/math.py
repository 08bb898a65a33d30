"""A mistune plug-in for math as Obsidian reads it: `$inline$`, `$$display$$` in a line, and blocks of `$$`.

No white space inside the dollars, no digit behind the last: `$5 and $6` is text. A block begins at the start of a
line, also right behind a paragraph, and runs to the next `$$`, or to the end of what holds it.
Tokens: `inline_math` and `block_math`, with `raw` what is between the signs, byte for byte.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mistune import escape

from vaultlint.tree.blocks import signed_block
from vaultlint.tree.lexical import outside_code, remembered

if TYPE_CHECKING:
    from mistune import BaseRenderer, InlineParser, InlineState, Markdown

__all__ = ["math"]


def math(md: Markdown) -> None:
    """Effect: teaches `md` math."""
    signed_block(md, "block_math", "$$")
    md.inline.register("inline_math", r"\$\$?", _parse, before="codespan", start_chars="$")
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register("block_math", _html_block)
        md.renderer.register("inline_math", _html_inline)


def _parse(inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    start = match.start()
    end = remembered(state, "$", _spans).get(start)
    if end is None:
        return None
    width = len(match[0])
    raw = state.src[start + width : end - width]
    state.append_token({"type": "inline_math", "raw": raw, "attrs": {"display": width == 2}})
    return end


_DOLLARS = re.compile(r"\\.|`+|\$\$?", re.DOTALL)


def _spans(state: InlineState) -> dict[int, int]:
    """All math of a source: start -> end."""
    src = state.src
    signs = outside_code(state, _DOLLARS)
    last_double = max((sign.start() for sign in signs if len(sign[0]) == 2), default=-1)
    spans: dict[int, int] = {}
    opener = double = -1
    for sign in signs:
        first, behind = sign.span()
        if double >= 0:
            if behind - first == 2:
                spans[double] = behind
                double = -1
        elif opener >= 0 and not src[first - 1].isspace() and not src[first + 1 : first + 2].isdigit():
            spans[opener] = first + 1
            opener = -1
        elif behind - first == 2:
            opener = -1
            double = first if last_double > first else -1
        else:
            opener = first if behind < len(src) and not src[first + 1].isspace() else -1
    return spans


def _html_block(renderer: BaseRenderer, raw: str, **_: bool) -> str:
    return f'<div class="math">$${escape(raw)}$$</div>\n'


def _html_inline(renderer: BaseRenderer, raw: str, display: bool = False) -> str:
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f'<span class="math">{left}{escape(raw)}{right}</span>'
