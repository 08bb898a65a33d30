"""A mistune plug-in for tasks with any sign as their state: `- [ ] open`, `- [x] done`, `1. [/] half`.

The item's token becomes a `task_item` with the attributes `state` (the sign) and `checked` (any but a space).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mistune import BaseRenderer, BlockState, Markdown

__all__ = ["tasks"]

_BOX = re.compile(r"[ \t]*\[([^\n])\](?:[ \t]++|(?=\n|\Z))")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")


def tasks(md: Markdown) -> None:
    """Effect: teaches `md` tasks."""
    md.before_render_hooks.append(_find)
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register("task_item", _html)


def _find(md: Markdown, state: BlockState) -> None:
    """Effect: makes tasks of the list items that are some."""
    waiting = [state.tokens]
    while waiting:
        for token in waiting.pop():
            if token["type"] == "list_item":
                _read(md, state, token)
            if "children" in token:
                waiting.append(token["children"])


def _read(md: Markdown, state: BlockState, item: dict[str, Any]) -> None:
    children = item["children"]
    if not children or "text" not in children[0] or children[0]["type"] not in ("paragraph", "block_text"):
        return
    text = children[0]["text"]
    box = _BOX.match(text)
    if box is None:
        return
    item["type"] = "task_item"
    item["attrs"] = {"state": box[1], "checked": box[1] != " "}
    rest = text[box.end() :]
    children[0]["text"] = rest
    # `- [ ] 1. text` is a task that holds a list (semantics 7.13).
    if _ITEM.match(rest):
        inner = state.child_state(rest if rest.endswith("\n") else rest + "\n")
        md.block.parse(inner, md.block.list_rules)
        children[:1] = inner.tokens


def _html(renderer: BaseRenderer, text: str, state: str, checked: bool) -> str:
    box = '<input type="checkbox" disabled' + (" checked>" if checked else ">")
    return f"<li>{box} {text}</li>\n"
