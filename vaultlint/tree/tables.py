"""A mistune plug-in for tables as Obsidian reads them.

A bar splits cells wherever it stands, in `[[a|b]]` and in code too, unless it is escaped. A line
without a bar is a row too, until a blank line or another block. Cells beyond those of the head are not shown, but
their links count: they are tokens `table_excess`. The others are those of mistune's own plug-in: `table`,
`table_head`, `table_body`, `table_row`, `table_cell`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mistune import BaseRenderer, BlockParser, BlockState, Markdown

from mistune.plugins.table import (
    render_table,
    render_table_body,
    render_table_cell,
    render_table_head,
    render_table_row,
)

from vaultlint.tree.blocks import everywhere

__all__ = ["tables"]

_DASHES = r"[ \t]*+:?-++:?[ \t]*+"
_PATTERN = rf"^(?=[^|\n]*+\|)[^\n]*+\n {{0,3}}(?=[^|\n]*+\|)\|?{_DASHES}(?:\|{_DASHES})*+\|?[ \t]*+(?:\n|\Z)"
_ENDS = ["thematic_break", "fenced_code", "atx_heading", "block_quote", "block_html", "list", "blank_line"]
_BAR = re.compile(r"((?:\\.|[^\\|])*+)(?:\||\\?\Z)", re.DOTALL)


def tables(md: Markdown) -> None:
    """Effect: teaches `md` tables."""
    everywhere(md, "table", _PATTERN, _parse, before="ref_link")
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register("table", render_table)
        md.renderer.register("table_head", render_table_head)
        md.renderer.register("table_body", render_table_body)
        md.renderer.register("table_row", render_table_row)
        md.renderer.register("table_cell", render_table_cell)
        md.renderer.register("table_excess", _html_excess)


def _parse(block: BlockParser, match: re.Match[str], state: BlockState) -> int | None:
    if (continued := state.append_paragraph()) is not None:
        return continued
    head_line, rule = match[0].split("\n")[:2]
    head, dashes = cells(head_line), cells(rule)
    if len(head) != len(dashes):
        return None
    aligns = [_ALIGN[cell.startswith(":"), cell.endswith(":")] for cell in dashes]
    ends = block.compile_sc(_ENDS)
    rows = []
    at = match.end()
    while at < state.cursor_max and not ends.match(state.src, at):
        line = state.get_line(at)
        rows.append({"type": "table_row", "children": _row(cells(line), aligns, head=False)})
        at += len(line)
    children: list[dict[str, Any]] = [{"type": "table_head", "children": _row(head, aligns, head=True)}]
    if rows:
        children.append({"type": "table_body", "children": rows})
    state.append_token({"type": "table", "children": children})
    return at


_ALIGN = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): None}


def cells(line: str) -> list[str]:
    """The cells of one line of a table, trimmed, with their escapes."""
    line = line.strip(" \t\n")
    if line.startswith("|"):
        line = line[1:]
    found = []
    at = 0
    while at < len(line):
        part = _BAR.match(line, at)
        if part is None:
            break
        found.append(part[1].strip(" \t"))
        at = part.end()
    return found or [""]


def _row(found: list[str], aligns: list[str | None], *, head: bool) -> list[dict[str, Any]]:
    # Cells that a row does not have are not made up: a table of 1 MB could have a thousand million.
    shown: list[dict[str, Any]] = [
        {"type": "table_cell", "text": text, "attrs": {"align": align, "head": head}}
        for text, align in zip(found, aligns, strict=False)
    ]
    return shown + [{"type": "table_excess", "text": text} for text in found[len(aligns) :]]


def _html_excess(renderer: BaseRenderer, text: str) -> str:
    return ""
