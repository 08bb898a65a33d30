"""The tree of a note: one type of node for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping  # noqa: TC003 - msgspec reads the annotations
from types import MappingProxyType

from msgspec import Struct, field

Attribute = str | int | bool | None
_NONE: Mapping[str, Attribute] = MappingProxyType({})


class Node(Struct, frozen=True):
    """A block or a piece of a line, with all that is in it, in text order.

    Types of blocks: `note` (the root), `frontmatter`, `paragraph`, `heading`, `thematic_break`, `block_code`,
    `block_math`, `block_comment`, `block_html`, `block_quote`, `callout`, `callout_title`, `list`, `list_item`,
    `task_item`, `table`, `table_head`, `table_body`, `table_row`, `table_cell`, `footnote_definition`, `definition`.
    Within a line: `text`, `softbreak`, `linebreak`, `emphasis`, `strong`, `strikethrough`, `highlight`, `codespan`,
    `inline_math`, `comment`, `inline_html`, `link`, `image`, `wikilink`, `embed`, `tag`, `block_id`, `footnote_ref`,
    `inline_footnote`.
    """

    type: str
    text: str = ""
    """What the node holds as it is written: of code, math, comments and HTML byte for byte, of paragraphs, headings and
    cells without the white space around it; line breaks are `\\n`. Empty for what only holds other nodes."""
    attributes: Mapping[str, Attribute] = field(default=_NONE)
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in text order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))
