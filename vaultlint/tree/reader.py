"""A text in, a tree out: mistune with every plug-in of this folder, within bounds."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from mistune import Markdown

from vaultlint.tree.block_ids import block_ids
from vaultlint.tree.callouts import callouts
from vaultlint.tree.comments import comments
from vaultlint.tree.footnotes import footnotes
from vaultlint.tree.frontmatter import frontmatter
from vaultlint.tree.highlights import highlights, strikethrough
from vaultlint.tree.math import math
from vaultlint.tree.model import Node
from vaultlint.tree.parsers import MAX_DEPTH, BoundedBlocks, BoundedInlines, Unreadable
from vaultlint.tree.tables import tables
from vaultlint.tree.tags import tags
from vaultlint.tree.tasks import tasks
from vaultlint.tree.wikilinks import wikilinks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mistune import BlockState

    from vaultlint.tree.model import Attribute

PLUGINS = (
    frontmatter,
    comments,
    math,
    tables,
    callouts,
    footnotes,
    wikilinks,
    tags,
    highlights,
    strikethrough,
    block_ids,
    tasks,
)
"""All plug-ins, in an order in which they get on with each other."""


def parse(text: str) -> Node:
    """The tree of a note. Raises `Unreadable` where reading would not be faithful, or not linear."""
    if not text.isascii() and _NO_TEXT.search(text):
        raise Unreadable("it has a code point that no text has")
    markdown = _markdown()
    tokens, _ = markdown.parse(_with_tabs_kept(text.removeprefix("\ufeff")))
    assert isinstance(tokens, list), "mistune gives tokens where it has no renderer"  # noqa: S101
    return Node("note", children=_nodes(tokens))


_TAB = "\ufdd0"
_NO_TEXT = re.compile(f"[\ud800-\udfff{_TAB}]")
_TABBED_FENCE = re.compile(r"([ ]*\t[ \t]*)(`{3,}|~{3,})")


def _with_tabs_kept(text: str) -> str:
    """The text with the tabs that begin a line of code as signs of their own.

    mistune takes the indentation of an item away from the code in it, and makes spaces of the tabs behind that.
    """
    if "\t```" not in text and "\t~~~" not in text:
        return text
    lines = text.split("\n")
    indent = mark = ""
    for place, line in enumerate(lines):
        if not mark:
            if fence := _TABBED_FENCE.match(line):
                indent, mark = fence[1], fence[2]
        elif line.lstrip(" \t").startswith(mark):
            mark = ""
        elif line.startswith(indent):
            inner = line[len(indent) :]
            bare = inner.lstrip(" \t")
            lines[place] = indent + inner[: len(inner) - len(bare)].replace("\t", _TAB) + bare
    return "\n".join(lines)


@cache
def _markdown() -> Markdown:
    # At mistune's own limit what is nested deeper is text; here it never gets there.
    block = BoundedBlocks(max_nested_level=MAX_DEPTH + 2)
    markdown = Markdown(None, block, BoundedInlines(), PLUGINS)
    markdown.before_render_hooks.append(_keep_texts)
    return markdown


def _keep_texts(markdown: Markdown, state: BlockState) -> None:
    """Effect: keeps the text of blocks as written, and reads what stands in block comments: its links count."""
    waiting = [state.tokens]
    while waiting:
        for token in waiting.pop():
            if token["type"] == "block_comment":
                inner = state.child_state(token["raw"] + "\n")
                markdown.block.parse(inner)
                token["children"] = inner.tokens
            if "children" in token:
                waiting.append(token["children"])
            elif "text" in token:
                token["raw"] = token["text"].strip(" \t\n")


_NAMES = {"block_text": "paragraph"}
_KEPT = {"heading": ("style",), "block_code": ("style", "marker"), "list": ("bullet", "tight")}


def _nodes(tokens: Iterable[dict[str, Any]]) -> tuple[Node, ...]:
    nodes = []
    for token in tokens:
        kind = token["type"]
        if kind == "text":
            nodes.append(Node("text", token["raw"].replace(_TAB, "\t")))
        elif kind != "blank_line":
            nodes.append(_node(kind, token))
    return tuple(nodes)


def _node(kind: str, token: dict[str, Any]) -> Node:
    raw = token.get("raw", "").replace(_TAB, "\t")
    children = token.get("children", ())
    if kind == "image":
        # What stands for an image is plain text: no tag in it, no link (observed 49).
        children = [{"type": "text", "raw": _plain(child)} for child in children]
    if kind == "table_cell" and len(children) > 1 and children[-1]["type"] == "block_id":
        # A cell is not a block: an id at its end is text, one alone in it names the table.
        children = [*children[:-1], {"type": "text", "raw": "^" + children[-1]["raw"]}]
    attributes: dict[str, Attribute] = {}
    if kind in _KEPT:
        attributes.update([(name, token[name]) for name in _KEPT[kind] if name in token])
    if "attrs" in token:
        attributes.update(token["attrs"])
    return Node(_NAMES.get(kind, kind), raw, attributes, _nodes(children) if children else ())


def _plain(token: dict[str, Any]) -> str:
    """A piece of a line as text, with the signs that tell what it was where it is more than emphasis."""
    if "children" in token:
        return "".join([_plain(child) for child in token["children"]])
    left, right = _SIGNS.get(token["type"], ("", ""))
    text: str = token.get("raw", " ")
    return left + text + right


_SIGNS = {"tag": ("#", ""), "wikilink": ("[[", "]]"), "embed": ("![[", "]]"), "block_id": ("^", "")}
