"""A text in, a tree out: mistune with every plug-in of this folder, within bounds.

mistune is linear on nearly all it is given. Where it is not, or would lose something a tree has to keep, the parsers
here do the same in another way, or refuse; each place says which.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from mistune import BlockParser, BlockState, InlineParser, Markdown

from vaultlint.tree.block_ids import block_ids
from vaultlint.tree.callouts import callouts
from vaultlint.tree.comments import comments
from vaultlint.tree.footnotes import footnotes
from vaultlint.tree.frontmatter import frontmatter
from vaultlint.tree.highlights import highlights, strikethrough
from vaultlint.tree.math import math
from vaultlint.tree.model import Node
from vaultlint.tree.tables import tables
from vaultlint.tree.tags import tags
from vaultlint.tree.tasks import tasks
from vaultlint.tree.wikilinks import wikilinks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mistune import InlineState

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

MAX_DEPTH = 30
"""How deep quotes and lists may be nested: each level is read once more for each that holds it."""
MAX_MARKS = 20_000
"""How many signs of emphasis one paragraph may have: mistune moves the rest of it for each pair."""


class Unreadable(ValueError):
    """The text cannot be read within bounds; what it says is a reason for people, without a full stop."""


def parse(text: str) -> Node:
    """The tree of a note. Raises `Unreadable` where reading would not be faithful, or not linear."""
    if _SURROGATE.search(text):
        raise Unreadable("it has half a surrogate pair, which is no text")
    markdown = _markdown()
    tokens, _ = markdown.parse(text.removeprefix("\ufeff"))
    return Node("note", children=_nodes(markdown, tokens))


_SURROGATE = re.compile("[\ud800-\udfff]")


class _State(BlockState):
    """mistune's state with a paragraph kept in parts until it is whole, and with a bound to its depth."""

    def __init__(self, parent: _State | None = None) -> None:
        super().__init__(parent)
        self.level: int = parent.level + 1 if parent else 0

    def depth(self) -> int:
        return self.level

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> BlockState:
        if self.level >= MAX_DEPTH:
            raise Unreadable(f"its lists and quotes are nested over {MAX_DEPTH} deep")
        return super().child_state(src, lazy_line_starts)

    # mistune adds each line to a string that only ever grows: a paragraph of 1 MB would be copied 100,000 times.
    def add_paragraph(self, text: str) -> None:
        last = self.last_token()
        if last and last["type"] == "paragraph":
            last["parts"].append(text)
        else:
            self.append_token({"type": "paragraph", "text": "", "parts": [text]})

    def append_paragraph(self) -> int | None:
        last = self.last_token()
        if last and last["type"] == "paragraph":
            end = self.find_line_end()
            last["parts"].append(self.get_text(end))
            return end
        return None

    def join_paragraphs(self) -> None:
        """Effect: makes the text of each paragraph of its parts."""
        for token in self.tokens:
            if "parts" in token:
                token["text"] = "".join(token.pop("parts"))


class _Blocks(BlockParser):
    """mistune's blocks; a definition is a token too."""

    state_cls = _State

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        super().parse(state, rules)
        if isinstance(state, _State):
            state.join_paragraphs()

    def parse_atx_heading(self, m: re.Match[str], state: BlockState) -> int:
        # mistune's search for the closing signs is quadratic in white space.
        text = m["atx_2"].strip(" \t")
        bare = text.rstrip("#")
        if not bare or bare[-1] in " \t":
            text = bare.rstrip(" \t")
        state.append_token({"type": "heading", "text": text, "attrs": {"level": len(m["atx_1"])}, "style": "atx"})
        return m.end() + 1

    def parse_ref_link(self, m: re.Match[str], state: BlockState) -> int | None:
        last = state.last_token()
        if last and last["type"] == "paragraph":
            return state.append_paragraph()
        # mistune remembers the blank lines of one source at a time, and forgets those of a quote's surroundings.
        cache = state.env.setdefault("vaultlint.blank_lines", {})
        state.env["__blank_line_starts__"] = cache.get(state.src)
        end = super().parse_ref_link(m, state)
        cache[state.src] = state.env["__blank_line_starts__"]
        if end:
            state.append_token({"type": "definition", "raw": state.get_text(end).strip(" \t\n")})
        return end


class _Inlines(InlineParser):
    """mistune's marks; a line break takes only the white space of ASCII with it."""

    STD_LINEBREAK = r"(?:\\| {2,})\n[ \t]*"
    HARD_LINEBREAK = r" *\n[ \t]*"
    SPECIFICATION = InlineParser.SPECIFICATION | {"linebreak": STD_LINEBREAK, "softbreak": HARD_LINEBREAK}

    def finalize_tokens(self, tokens: list[dict[str, Any]], depth: int) -> list[dict[str, Any]]:
        marks = 0
        for token in tokens:
            if token["type"] == "text":
                raw = token["raw"]
                marks += raw.count("*") + raw.count("_")
        if marks > MAX_MARKS and _runs(tokens) > MAX_MARKS:
            raise Unreadable(f"a paragraph has over {MAX_MARKS} signs of emphasis")
        return super().finalize_tokens(tokens, depth)


_RUN = re.compile(r"\*+|_+")


def _runs(tokens: list[dict[str, Any]]) -> int:
    # A run that mistune gives in pieces is one run all the same.
    text = "".join([token["raw"] if token["type"] == "text" else " " for token in tokens])
    return sum(1 for _ in _RUN.finditer(text))


@cache
def _markdown() -> Markdown:
    block = _Blocks(max_nested_level=MAX_DEPTH + 1)
    markdown = Markdown(None, block, _Inlines(), PLUGINS)
    markdown.before_render_hooks.append(_read_block_comments)
    return markdown


def _read_block_comments(markdown: Markdown, state: BlockState) -> None:
    """Effect: gives each block comment what is written in it as its children: its links and tags count."""
    waiting = [state.tokens]
    while waiting:
        for token in waiting.pop():
            if token["type"] == "block_comment":
                inner = state.child_state(token["raw"] + "\n")
                markdown.block.parse(inner)
                token["children"] = inner.tokens
            elif "children" in token:
                waiting.append(token["children"])


_LEFT_OUT = frozenset(("blank_line",))
_NAMES = {"block_text": "paragraph"}


def _nodes(markdown: Markdown, tokens: Iterable[dict[str, Any]]) -> tuple[Node, ...]:
    return tuple([_node(markdown, token) for token in tokens if token["type"] not in _LEFT_OUT])


def _node(markdown: Markdown, token: dict[str, Any]) -> Node:
    kind = token["type"]
    raw = token.get("raw", "")
    children = token.get("children", ())
    if kind == "text":
        return Node("text", raw)
    if kind == "comment" and ("[" in raw or "#" in raw):
        children = markdown.inline(raw, {"ref_links": {}})
    if kind == "table_cell" and len(children) > 1 and children[-1]["type"] == "block_id":
        # A cell is not a block: an id at its end is text, one alone in it names the table.
        children = [*children[:-1], {"type": "text", "raw": "^" + children[-1]["raw"]}]
    attributes = _attributes(token)
    return (
        Node(_NAMES.get(kind, kind), raw, attributes, _nodes(markdown, children))
        if attributes
        else Node(_NAMES.get(kind, kind), raw, children=_nodes(markdown, children))
    )


_KEPT = ("style", "marker", "bullet", "tight")


def _attributes(token: dict[str, Any]) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {name: token[name] for name in _KEPT if name in token}
    if "attrs" in token:
        found.update(token["attrs"])
    return found
