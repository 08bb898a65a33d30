"""What a note means, as entries that can be compared: a proof that an edit changed only what it may.

Two notes mean the same if and only if their tuples are equal. What is only layout is not in them: how much white space
there is in text, blank lines, signs of lists, fences and emphasis, the width of tables, escapes that escape nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from vaultlint.tree.model import Node

KINDS = {
    "frontmatter": "the lines between the dashes, as they stand",
    "paragraph": "depth",
    "heading": "depth, level, over how many lines it is written",
    "heading-raw": "the heading as written, which links name it by, in the pieces around its wikilinks and tags",
    "rule": "depth of a thematic break",
    "quote": "depth",
    "callout": "depth, type as written, fold mark, metadata",
    "callout-title": "depth; the title's text follows",
    "list": "depth, `ordered` or `bullet`",
    "list-start": "the number of the first item where it is not 1",
    "list-tight": "whether the items stand without blank lines",
    "item": "depth",
    "task": "depth, state",
    "table": "depth, alignments",
    "row": "depth",
    "cell": "`head`, `body`, or `excess` beyond the head's; empty cells at the end of a row are not there",
    "footnote": "depth, id of a definition",
    "footnote-ref": "id",
    "footnote-inline": "`open` or `close`",
    "definition": "a reference definition, white space folded",
    "code-block": "depth, info string, lines as they stand",
    "math-block": "depth, whether closed, what is between the signs, without white space at its edges",
    "comment-block": "depth, whether closed, the pieces of it around its wikilinks and tags, as they stand",
    "html-block": "depth, lines as they stand",
    "text": "a stretch of text, white space folded",
    "soft-break": "nothing: a line break in text",
    "hard-break": "nothing: a line break that shows",
    "emphasis": "`open` or `close`",
    "strong": "`open` or `close`",
    "strikethrough": "`open` or `close`",
    "highlight": "`open` or `close`",
    "code": "as it stands",
    "math": "as it stands, whether it is display math",
    "comment": "the pieces of it around its wikilinks and tags, as they stand",
    "html": "as it stands",
    "wikilink": "path, subpath, alias",
    "embed": "path, subpath, alias",
    "link": "destination and title, or `close`",
    "image": "destination, title, text",
    "tag": "name in the case written",
    "hidden-wikilink": "as `wikilink`, of one in a comment",
    "hidden-embed": "as `embed`",
    "hidden-tag": "as `tag`",
    "block-id": "id, kind of the block that it names, which one of that kind in the note",
}
"""Every kind of entry, with what its value says. A block's depth says how many blocks hold it."""


class Entry(NamedTuple):
    """One thing that a note says."""

    kind: str
    value: Hashable


def meaning(note: Node) -> tuple[Entry, ...]:
    """All that a note says, in text order."""
    reader = _Reader()
    reader.blocks(note.children, 0, None)
    return tuple(reader.entries)


_SPACE = re.compile(r"[ \t\n\r\f]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")


def _folded(text: str) -> str:
    """The text with a run of white space as one space. Only that of ASCII: others are written on purpose."""
    return _SPACE.sub(" ", text)


_PAIRS = {
    "emphasis": "emphasis",
    "strong": "strong",
    "strikethrough": "strikethrough",
    "highlight": "highlight",
    "inline_footnote": "footnote-inline",
}
_LINKS = ("wikilink", "embed")


class _Reader:
    """The entries so far, and what has to be known to make the next."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._counts: Counter[str] = Counter()
        self._text: list[str] = []

    def blocks(self, nodes: Iterable[Node], depth: int, named: tuple[str, int] | None) -> None:
        """Effect: reads blocks. `named` is the block that an id in them names, `None` at the root."""
        before = None
        for node in nodes:
            kind = node.type
            self._counts[kind] += 1
            own = (kind, self._counts[kind])
            # An id alone in a paragraph at the root names what stands before it (semantics 4.5).
            alone = kind == "paragraph" and [child.type for child in node.children] == ["block_id"]
            self._block(node, depth, named or (before if alone and before else own))
            before = before if alone else own

    def _block(self, node: Node, depth: int, named: tuple[str, int]) -> None:
        kind = node.type
        if kind in ("paragraph", "heading", "callout_title"):
            self._line_holder(node, depth, named)
        elif kind in ("list", "block_quote", "callout", "footnote_definition"):
            self._holder(node, depth, named)
        elif kind == "table":
            self._table(node, depth, named)
        else:
            self._leaf(node, depth)

    def _add(self, kind: str, *value: Hashable) -> None:
        self._flush()
        self.entries.append(Entry(kind, value[0] if len(value) == 1 else value))

    def _holder(self, node: Node, depth: int, named: tuple[str, int]) -> None:
        about = node.attributes
        if node.type == "list":
            self._add("list", depth, "ordered" if about["ordered"] else "bullet")
            if (start := about.get("start")) is not None:
                self._add("list-start", start)
            self._add("list-tight", about["tight"])
            for item in node.children:
                self._counts["item"] += 1
                task = item.type == "task_item"
                self._add("task", depth + 1, item.attributes["state"]) if task else self._add("item", depth + 1)
                # In an item the id names the item, whatever holds its list (semantics 4.4).
                self.blocks(item.children, depth + 2, ("item", self._counts["item"]))
            return
        if node.type == "callout":
            self._add("callout", depth, about["callout"], about["fold"], about["metadata"])
        elif node.type == "footnote_definition":
            self._add("footnote", depth, about["id"])
        else:
            self._add("quote", depth)
        self.blocks(node.children, depth + 1, named)

    def _line_holder(self, node: Node, depth: int, named: tuple[str, int]) -> None:
        if node.type == "heading":
            self._add("heading", depth, node.attributes["level"], node.text.count("\n") + 1)
            self._add("heading-raw", tuple([_folded(piece) for piece in _masked(node)]))
        else:
            self._add(node.type.replace("_", "-"), depth)
        self._line(node.children, named)

    def _table(self, node: Node, depth: int, named: tuple[str, int]) -> None:
        head, *bodies = node.children
        self._add("table", depth, tuple(cell.attributes["align"] for cell in head.children))
        rows = [("head", head), *[("body", row) for body in bodies for row in body.children]]
        for part, row in rows:
            cells = list(row.children)
            while cells and not cells[-1].text:
                cells.pop()
            self._add("row", depth)
            for cell in cells:
                self._add("cell", part if cell.type == "table_cell" else "excess")
                self._line(cell.children, named)

    def _leaf(self, node: Node, depth: int) -> None:
        kind, text = node.type, node.text
        if kind == "block_code":
            if node.attributes["style"] == "indent":
                text += "\n"
            self._add("code-block", depth, node.attributes.get("info", ""), text)
        elif kind == "block_comment":
            self._add("comment-block", depth, node.attributes["closed"], _masked(node))
            self._marks_within(node)
        elif kind == "block_math":
            self._add("math-block", depth, node.attributes["closed"], text.strip())
        elif kind == "block_html":
            self._add("html-block", depth, text.rstrip("\n"))
        elif kind == "definition":
            self._add("definition", _folded(text))
        elif kind == "frontmatter":
            self._add("frontmatter", text)
        else:
            self._add("rule", depth)

    def _line(self, nodes: Iterable[Node], named: tuple[str, int]) -> None:
        """Effect: reads what is in one block of text."""
        self._pieces(nodes, named)
        self._flush()

    def _pieces(self, nodes: Iterable[Node], named: tuple[str, int]) -> None:
        for node in nodes:
            kind = node.type
            if kind == "text":
                # Piece by piece: in `\\&amp;` the sign is one of its own, and begins no entity.
                self._text.append(_ENTITY.sub(lambda found: unescape(found[0]), node.text))
            elif kind == "softbreak":
                self._add("soft-break", "")
            elif kind == "block_id":
                self._add("block-id", node.text, *named)
            elif kind in _PAIRS:
                self._add(_PAIRS[kind], "open")
                self._pieces(node.children, named)
                self._add(_PAIRS[kind], "close")
            elif kind == "link":
                self._add("link", node.attributes["url"], node.attributes.get("title"))
                self._pieces(node.children, named)
                self._add("link", "close")
            else:
                self._piece(node)

    def _piece(self, node: Node) -> None:
        kind, text = node.type, node.text
        if kind in _LINKS:
            self._add(kind, *_link(node))
        elif kind == "linebreak":
            self._add("hard-break", "")
        elif kind == "inline_math":
            self._add("math", text, node.attributes["display"])
        elif kind == "comment":
            self._add("comment", *_masked(node))
            self._marks_within(node)
        elif kind == "image":
            shown = _folded("".join([child.text for child in node.children]))
            self._add("image", node.attributes["url"], node.attributes.get("title"), shown)
        else:
            self._add(_PLAIN[kind], text)

    def _marks_within(self, comment: Node) -> None:
        """Effect: reads the wikilinks and tags of a comment, which count, and nothing else of it."""
        for node in comment.walk():
            if node.type in _LINKS:
                self._add(f"hidden-{node.type}", *_link(node))
            elif node.type == "tag":
                self._add("hidden-tag", node.text)

    def _flush(self) -> None:
        """Effect: makes an entry of the text that has come together."""
        if self._text:
            text = _folded("".join(self._text))
            if text.strip(" ") or self.entries[-1].kind in _INNER:
                self.entries.append(Entry("text", text))
            self._text.clear()


_PLAIN = {"codespan": "code", "inline_html": "html", "tag": "tag", "footnote_ref": "footnote-ref"}
_MASKED = {"wikilink": ("[[", "]]"), "embed": ("![[", "]]"), "tag": ("#", "")}
_INNER = frozenset((*_PAIRS.values(), *_PLAIN.values(), *_LINKS, "link", "image", "math", "comment", "text"))


def _link(node: Node) -> tuple[Hashable, ...]:
    """What a wikilink or embed says."""
    alias = node.attributes["alias"]
    shown = _folded(alias) if isinstance(alias, str) else None
    return node.attributes["path"], node.attributes["subpath"], shown


def _masked(node: Node) -> tuple[str, ...]:
    """The text of a block in pieces: what stands around its wikilinks and tags, which are entries of their own."""
    text = node.text
    pieces: list[str] = []
    at = 0
    for inner in node.walk():
        if inner.type in _MASKED:
            left, right = _MASKED[inner.type]
            written = left + inner.text + right
            place = text.find(written, at)
            if place >= 0:
                pieces.append(text[at:place])
                at = place + len(written)
    return (*pieces, text[at:])
