"""Properties as the app reads them, each with its place.

The block: from a first line of exactly three dashes to the next such line (observed 54, semantics 6.1, 6.2).
What stands between is YAML 1.2 (`yaml12`); where it is not, the app reads no property of the note (6.4).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.note.model import FrontmatterError, Item, Property, Span
from vaultlint.note.yaml_simple import read_simple

if TYPE_CHECKING:
    from vaultlint.note.yaml12 import Node

MAX_LENGTH = 1 << 20
"""A longer block (in code points) is not read: it is no frontmatter that anybody wrote."""


class Frontmatter(Struct, frozen=True, gc=False):
    """What stands between the dashes at the top of a note."""

    span: Span | None
    """From the first dash to the end of the closing dashes, without line break; `None`: there is no block."""
    content_span: Span | None
    """From the start of the second line to the start of the closing line."""
    error: FrontmatterError | None = None
    """Set without a block too: `unclosed` and `misplaced` are no block to the app."""
    properties: tuple[Property, ...] = ()
    """In text order; empty where `error` is set."""


_NONE = Frontmatter(None, None)
_BOM = "\ufeff"
_CLOSER = re.compile(r"[\r\n]---(?![^\r\n])")


def read_frontmatter(text: str) -> Frontmatter:
    """The frontmatter of a note; never raises, whatever the text."""
    start = 1 if text.startswith(_BOM) else 0
    if not text.startswith("---", start):
        return _misplaced(text, start) if text[start : start + 1] in _BLANK else _NONE
    after = text[start + 3 : start + 4]
    if after not in ("\n", "\r"):
        return _misplaced(text, start) if after in (" ", "\t") else _NONE
    closer = _CLOSER.search(text, start + 3)
    if closer is None:
        return _unclosed(text, start)
    first = start + (5 if text.startswith("\r\n", start + 3) else 4)
    # The line break before the closing line may be the one behind the opening line.
    content = Span(first, max(first, closer.start() + 1))
    properties, error = _read(text, content)
    return Frontmatter(Span(start, closer.end()), content, error, properties)


def frontmatter_end(text: str) -> int:
    """Where the frontmatter of a note ends, 0 where it has none; nothing of it is read."""
    start = 1 if text.startswith(_BOM) else 0
    closer = _CLOSER.search(text, start + 3) if text.startswith(("---\n", "---\r"), start) else None
    return closer.end() if closer is not None else 0


def _read(text: str, content: Span) -> tuple[tuple[Property, ...], FrontmatterError | None]:
    if content.end - content.start > MAX_LENGTH:
        return (), FrontmatterError("too-large", "the properties take over 1 MiB", content)
    simple = read_simple(text, content.start, content.end)
    if simple is not None:
        return simple, None
    # Most notes take the way above; and many a run reads a note or two, and would wait for this.
    from vaultlint.note.yaml12 import YamlFault, read_yaml

    try:
        root = read_yaml(content.of(text), content.start)
    except YamlFault as fault:
        from vaultlint.note.yaml_faults import in_words

        return (), in_words(fault, text, content)
    if root is None or root.value is None:
        return (), None
    if not isinstance(root.value, dict):
        message = "this is no list of properties: each needs a name, a colon and a value"
        return (), FrontmatterError("not-a-map", message, Span(root.start, max(root.end, root.start + 1)))
    pairs = zip(root.names, root.entries, strict=True)
    return tuple(_property(name, *entry, text, content.end) for name, entry in pairs), None


_LINE_BREAK = re.compile(r"[\r\n]")


def _property(name: str, key: Node, value: Node, text: str, end: int) -> Property:
    items = tuple(Item(item.value, Span(item.start, item.end), item.style) for item in value.items)
    line_break = _LINE_BREAK.search(text, max(key.end, value.end), end)
    return Property(
        name,
        Span(key.start, key.end),
        value.value,
        Span(value.start, value.end),
        value.style,
        items,
        Span(key.start, line_break.start() if line_break else end),
    )


_BLANK = (" ", "\t", "\n", "\r")
_BREAK = r"(?:\r\n|\n|\r)"
_KEY_LINE = r"[^\W\d][\w-]*+(?:[ ][\w-]++){0,3}:(?:[ \t][^\r\n]*+)?"
_MORE_LINE = rf"(?:{_KEY_LINE}|[ ]*+-[ ][^\r\n]*+|[ \t]++[^\s][^\r\n]*+|\#[^\r\n]*+)"
_KEY_LINES = rf"{_KEY_LINE}{_BREAK}(?:{_MORE_LINE}?{_BREAK})*+"
_WRONG_CLOSER = r"(?:-{3,5}|\.\.\.)[ \t]*+"
_LATE_BLOCK = re.compile(rf"\s*+(---[ \t]*+){_BREAK}(?:{_KEY_LINES})---[ \t]*+(?![^\r\n])")
_OPEN_LINES = re.compile(rf"---{_BREAK}{_KEY_LINE}(?:{_BREAK}{_MORE_LINE})*+(?:{_BREAK}({_WRONG_CLOSER})(?![^\r\n]))?")


def _misplaced(text: str, start: int) -> Frontmatter:
    """A block that begins behind blank lines, or whose first line has white space behind the dashes."""
    late = _LATE_BLOCK.match(text, start)
    if late is None:
        return _NONE
    span = Span(*late.span(1))
    if late.start(1) > start:
        message = "properties must begin on the first line of the note"
        return Frontmatter(None, None, FrontmatterError("misplaced", message, span))
    message = "the line that opens the properties must be '---' and nothing more"
    return Frontmatter(None, None, FrontmatterError("misplaced", message, span))


def _unclosed(text: str, start: int) -> Frontmatter:
    """Properties without a closing line; a thematic break with prose behind it is none."""
    lines = _OPEN_LINES.match(text, start)
    if lines is None:
        return _NONE
    if lines[1]:
        message = f"the line that closes the properties must be '---', not '{lines[1]}'"
        return Frontmatter(None, None, FrontmatterError("unclosed", message, Span(*lines.span(1))))
    if not _reads_as_properties(text, *lines.span()):
        return _NONE
    message = "the properties that open here are never closed by a line '---'"
    return Frontmatter(None, None, FrontmatterError("unclosed", message, Span(start, start + 3)))


_PARAGRAPH_END = re.compile(rf"\s*+\Z|{_BREAK}[ \t]*+(?:{_BREAK}|#)")
_LOWER_KEY = re.compile(r"---\s+[^\sA-Z]")


def _reads_as_properties(text: str, start: int, end: int) -> bool:
    """Whether a blank line, a heading or nothing follows, and it is not one sentence such as `Note: done`."""
    if _PARAGRAPH_END.match(text, end) is None:
        return False
    return _LOWER_KEY.match(text, start) is not None or len(text[start:end].splitlines()) > 2
