"""A mistune plug-in for footnotes as Obsidian reads them: `[^id]`, `[^id]: text` and `^[text]`.

Tokens, where they stand: `footnote_ref` (`raw`: the id) and `inline_footnote` (children) in a line,
`footnote_definition` (attribute `id`, children) as a block. A definition goes on in lines indented by two spaces or
more, over blank lines, and in the lines that continue its paragraph. An id need not be defined.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mistune import escape

from vaultlint.tree.blocks import everywhere
from vaultlint.tree.lexical import bracket_close, inherit_brackets

if TYPE_CHECKING:
    from mistune import BaseRenderer, BlockParser, BlockState, InlineParser, InlineState, Markdown

__all__ = ["footnotes"]

_ID = r"\[\^[^\s\[\]]++\]"


def footnotes(md: Markdown) -> None:
    """Effect: teaches `md` footnotes."""
    everywhere(md, "footnote_definition", rf"^ {{0,3}}{_ID}:[ \t]*+", _parse_definition, before="ref_link")
    md.inline.register("footnote_ref", _ID, _parse_reference, before="link", start_chars="[")
    md.inline.register("inline_footnote", r"\^\[", _parse_inline, before="link", start_chars="^")
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register("footnote_ref", _html_reference)
        md.renderer.register("inline_footnote", _html_inline)
        md.renderer.register("footnote_definition", _html_definition)


_INDENT = re.compile(r"(?: {2,4}|\t)")
_BREAKS = ["thematic_break", "fenced_code", "atx_heading", "block_quote", "block_html", "list", "footnote_definition"]


def _parse_definition(block: BlockParser, match: re.Match[str], state: BlockState) -> int | None:
    src = state.src
    line = state.get_line(state.cursor)
    at = state.cursor + len(line)
    lines = [src[match.end() : at]]
    lazy = bool(lines[0].strip())
    breaks = block.compile_sc(_BREAKS)
    blank = 0
    while at < state.cursor_max:
        line = state.get_line(at)
        if not line.strip():
            blank += 1
            lazy = False
            lines.append("\n")
        elif indent := _INDENT.match(line):
            blank = 0
            lines.append(line[indent.end() :])
        elif lazy and not breaks.match(src, at):
            lines.append(line)
        else:
            break
        at += len(line)
    if blank:
        del lines[-blank:]
        # The blank lines behind it are not its own; each is as long as it was in the source.
        for _ in range(blank):
            at = src.rfind("\n", 0, at - 1) + 1
    child = state.child_state("".join(lines))
    deep = state.depth() >= block.max_nested_level - 1
    inner = ("block_quote", "list", "footnote_definition")
    block.parse(child, [rule for rule in block.list_rules if not deep or rule not in inner])
    name = match[0].strip()[2:-2]
    state.append_token({"type": "footnote_definition", "attrs": {"id": name}, "children": child.tokens})
    return at


def _parse_reference(inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    state.append_token({"type": "footnote_ref", "raw": match[0][2:-1]})
    return match.end()


def _parse_inline(inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    start = match.end()
    close = bracket_close(state, start - 1)
    if close is None or state.depth >= inline.max_nested_level:
        return None
    inner = state.copy()
    inner.src = state.src[start:close]
    inherit_brackets(inner, state, start)
    state.append_token({"type": "inline_footnote", "children": inline.render(inner)})
    return close + 1


def _html_reference(renderer: BaseRenderer, raw: str) -> str:
    name = escape(raw)
    return f'<sup class="footnote-ref"><a href="#fn-{name}">{name}</a></sup>'


def _html_inline(renderer: BaseRenderer, text: str) -> str:
    return f'<span class="footnote">{text}</span>'


def _html_definition(renderer: BaseRenderer, text: str, id: str) -> str:  # noqa: A002 - the attribute's name
    return f'<section class="footnote" id="fn-{escape(id)}">\n{text}</section>\n'
