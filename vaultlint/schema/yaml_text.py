"""Small pieces of YAML for edits: a value as text, a property put in its place, and what an edit makes of the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.note.model import Scalar, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./-]*[\w./])?")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that are no text to some reader: the last six to those of YAML 1.1."""
_HIDDEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
"""Signs that JSON writes as they are, and that nobody sees."""


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

    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def flow_list(values: tuple[Scalar, ...]) -> str:
    """`[a, "b, c"]`."""
    return f"[{', '.join(map(yaml_scalar, values))}]"


def appended(note: Note, name: str, value: str) -> tuple[Span, str] | None:
    """The edit that puts `name: value` at the end of the frontmatter, or in a new one.

    `None` where that can't be done by a line: frontmatter with an error, or written as `{...}`; or by a new block.
    """
    newline = note.source.newline
    line = f"{yaml_scalar(name)}: {value}".rstrip(" ") + newline
    frontmatter = note.frontmatter
    if frontmatter.error is not None:
        return None
    if frontmatter.span is None or frontmatter.content_span is None:
        if begins_with_id(note):
            return None
        start = 1 if note.text.startswith("\ufeff") else 0
        return Span(start, start), f"---{newline}{line}---{newline}"
    content = frontmatter.content_span.of(note.text)
    if content.lstrip().startswith("{"):
        return None
    end = frontmatter.content_span.end
    if content and not content.endswith(("\n", "\r")):
        return Span(end, end), newline + line.removesuffix(newline)
    return Span(end, end), line


def begins_with_id(note: Note) -> bool:
    """Whether a block id is the first of the note: below a block it would be another's."""
    return note.text[:200].lstrip("\ufeff \t\r\n").startswith("^")


def inserted(note: Note, name: str, value: str, order: Sequence[str]) -> tuple[Span, str] | None:
    """The edit that puts `name: value` where it belongs among properties that come in this order.

    Behind the nearest of those before it, else before the nearest of those behind it, else at the end. `None` where
    no such edit leaves all other properties as they are.
    """
    for edit in (*_beside(note, name, value, order), appended(note, name, value)):
        if edit is not None and only_changes(note, *edit, name):
            return edit
    return None


def inserted_together(note: Note, span: Span, lines: Mapping[str, str]) -> str | None:
    """What puts several properties in at one place, of what `inserted` made for each of them there.

    `None` where that would be read as anything but all of them, in this order, and what was there before.
    """
    fence = f"---{note.source.newline}"
    texts = list(lines.values())
    if all(text.startswith(fence) and text.endswith(fence) for text in texts):  # a block where there is none
        text = fence + "".join(text.removeprefix(fence).removesuffix(fence) for text in texts) + fence
    else:
        text = "".join(texts)
    after = read_frontmatter(note.text[: span.start] + text + note.text[span.end :])
    fresh = [found.key.lower() for found in after.properties if found.key.lower() in lines]
    there = [(found.key, repr(found.value)) for found in after.properties if found.key.lower() not in lines]
    same = there == [(found.key, repr(found.value)) for found in note.properties]
    return text if after.error is None and fresh == list(lines) and same else None


def _beside(note: Note, name: str, value: str, order: Sequence[str]) -> Iterator[tuple[Span, str]]:
    lowered = [each.lower() for each in order]
    there = {found.key.lower(): found for found in note.properties}
    if note.frontmatter.error is not None or name.lower() not in lowered:
        return
    at = lowered.index(name.lower())
    before = next((there[each] for each in reversed(lowered[:at]) if each in there), None)
    behind = next((there[each] for each in lowered[at + 1 :] if each in there), None)
    newline = note.source.newline
    line = f"{yaml_scalar(name)}: {value}".rstrip(" ")
    if before is not None:
        yield Span(before.span.end, before.span.end), newline + line
    if behind is not None and _begins_line(note, behind):
        start = behind.key_span.start
        yield Span(start, start), line + newline


def _begins_line(note: Note, found: Property) -> bool:
    start = found.key_span.start
    return start > 0 and note.text[start - 1] in "\r\n"


def only_changes(note: Note, span: Span, text: str, name: str) -> bool:
    """Whether the edit leaves properties that can be read, and all but `name` (in any case) as they are."""
    edited = note.text[: span.start] + text + note.text[span.end :]
    after = read_frontmatter(edited)
    return after.error is None and _others(note.properties, name) == _others(after.properties, name)


def _others(properties: Sequence[Property], name: str) -> list[tuple[str, str]]:
    """`repr` tells true from 1 and 1 from 1.0, and nan from nothing."""
    return [(found.key, repr(found.value)) for found in properties if found.key.lower() != name.lower()]
