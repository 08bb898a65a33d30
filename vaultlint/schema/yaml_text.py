"""Small pieces of YAML for edits: a value as text, a property at the end of the frontmatter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Scalar, Span

if TYPE_CHECKING:
    from vaultlint.note.note import Note

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./-]*[\w./])?")
_WORDS = frozenset({"null", "true", "false"})


def yaml_scalar(value: Scalar) -> str:
    """The value as YAML that reads the same in a block, in a flow list and with YAML 1.1."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return quoted(value)


def quoted(text: str) -> str:
    """`text` in double quotes, escaped where it must be; what JSON writes, YAML reads."""
    import json

    return json.dumps(text, ensure_ascii=False)


def flow_list(values: tuple[Scalar, ...]) -> str:
    """`[a, "b, c"]`."""
    return f"[{', '.join(map(yaml_scalar, values))}]"


def appended(note: Note, name: str, value: str) -> tuple[Span, str] | None:
    """The edit that puts `name: value` at the end of the frontmatter, or in a new one.

    `None` where that can't be done by a line: frontmatter with an error, or written as `{...}`.
    """
    newline = note.source.newline
    line = f"{yaml_scalar(name)}: {value}{newline}"
    frontmatter = note.frontmatter
    if frontmatter.error is not None:
        return None
    if frontmatter.span is None or frontmatter.content_span is None:
        start = 1 if note.text.startswith("\ufeff") else 0
        return Span(start, start), f"---{newline}{line}---{newline}"
    content = frontmatter.content_span.of(note.text)
    if content.lstrip().startswith("{"):
        return None
    end = frontmatter.content_span.end
    if content and not content.endswith(("\n", "\r")):
        return Span(end, end), newline + line.removesuffix(newline)
    return Span(end, end), line
