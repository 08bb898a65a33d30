"""Properties as the app reads them, each with its place.

The block: from a first line of exactly three dashes to the next such line (observed 54, semantics 6.1 and 6.2). What
stands between is YAML 1.2 (`yaml12`); where it is not, the app reads no property of the note (semantics 6.4).
"""

from __future__ import annotations

import re

from msgspec import Struct

from vaultlint.note.model import FrontmatterError, Property, Span

MAX_LENGTH = 1 << 20
"""A longer block (in code points) is not read: it is no frontmatter anybody wrote."""


class Frontmatter(Struct, frozen=True):
    """What stands between the dashes at the top of a note."""

    span: Span | None
    """From the first dash to the end of the closing dashes, without line break; `None` where there is no block."""
    content_span: Span | None
    """From the start of the second line to the start of the closing line."""
    error: FrontmatterError | None = None
    properties: tuple[Property, ...] = ()
    """In text order; empty where `error` is set."""


_NONE = Frontmatter(None, None)
_BOM = "\ufeff"
_CLOSER = re.compile(r"[\r\n]---(?![^\r\n])")


def read_frontmatter(text: str) -> Frontmatter:
    """The frontmatter of a note; never raises, whatever the text."""
    start = 1 if text.startswith(_BOM) else 0
    if not text.startswith("---", start) or text[start + 3 : start + 4] not in ("\n", "\r"):
        return _NONE
    closer = _CLOSER.search(text, start + 3)
    if closer is None:
        return _NONE
    first = start + (5 if text.startswith("\r\n", start + 3) else 4)
    # The line break before the closer may be the opener's own; `\r\n` may end the content with its `\n` only.
    content = Span(first, max(first, closer.start() + 1))
    span = Span(start, closer.end())
    properties, error = _read(text, content)
    return Frontmatter(span, content, error, properties)


def _read(text: str, content: Span) -> tuple[tuple[Property, ...], FrontmatterError | None]:
    from vaultlint.note.yaml12 import YamlFault, YamlReader, properties_of

    if len(content) > MAX_LENGTH:
        return (), FrontmatterError("too-large", "the properties take over 1 MiB", content)
    yaml = content.of(text)
    try:
        root = YamlReader(yaml, content.start).read()
    except YamlFault as fault:
        return (), FrontmatterError(fault.kind, fault.problem, fault.span)
    if root is None or root.value is None:
        return (), None
    if not isinstance(root.value, dict):
        message = "this is no list of properties: each needs a name, a colon and a value"
        return (), FrontmatterError("not-a-map", message, Span(root.start, root.end))
    return properties_of(root, yaml, content.start), None
