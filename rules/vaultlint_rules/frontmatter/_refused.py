"""Values for which YAML refuses a whole block of properties, and which quotes would mend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from vaultlint_rules.frontmatter._data import edited
from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.note.model import Span
from vaultlint.rule.fix import Edit
from vaultlint.schema.yaml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note

_MOST = 200
"""Suspicious values of one block that are looked at: nobody writes as many."""


_ANCHOR = re.compile(r"(?<!\S)&([^\s,\[\]{}]+)")
_REFERENCE = re.compile(r"\*([^\s,\[\]{}]+)")


class Refused(Struct, frozen=True):
    """A value with what it should be, and why it is not safe to write it so (empty: it is)."""

    span: Span
    text: str
    why: str
    doubt: str = ""


def refused_values(note: Note, single: bool) -> list[Refused]:
    """The values to put in quotes; none where the block can't be read even so. `single`: with which quotes."""
    content = note.frontmatter.content_span
    if content is None:
        return []
    block = content.of(note.text)
    if set(_ANCHOR.findall(block)) & set(_REFERENCE.findall(block)):
        return []  # who writes marks of YAML that fit each other means them
    found: list[Refused] = []
    for number, (start, value, in_list) in enumerate(_suspicious(block)):
        if number == _MOST:
            return []
        if not is_placeholder(value) and not _reads(value, in_list=in_list):
            found += _mended(value, content.start + start, single, in_list=in_list)
    edits = [Edit(note.path, each.span, each.text) for each in found]
    return found if found and read_frontmatter(edited(note, edits)).error is None else []


def in_quotes(text: str, single: bool = False) -> str:
    """A text in quotes, in others than it holds itself where that spares a backslash."""
    if "'" not in text and (single or '"' in text or "\\" in text):
        return f"'{text}'"
    return quoted(text)


_LINE = re.compile(r"([^\r\n]*)(\r?\n|\r|\Z)")
_NAME = re.compile(r"""(?:"[^"]*+"|'[^']*+'|[^\s#:'"\[{&*!|>%@`,?-](?:[^:]|:(?=\S))*?):(?:[ \t]++|\Z)""")
_ITEM = re.compile(r"[ \t]*+-[ \t]++")
_BLOCK_SCALAR = re.compile(r"[|>][-+0-9]{0,2}[ \t]*+(?:#.*)?\Z")
_SUSPECT = re.compile(r"""[,\[\]{}#&*!|>'"%@`?-]|.*:(?:\s|\Z)""", re.DOTALL)


def _suspicious(block: str) -> Iterator[tuple[int, str, bool]]:
    """Values on one line that may be no plain text: where they begin, the value, whether it is an item."""
    lines = [(match.start(), match[1]) for match in _LINE.finditer(block)]
    in_list = False
    for place, (start, line) in enumerate(lines):
        indented = line[:1] in (" ", "\t")
        name = None if indented else _NAME.match(line)
        if name is not None:
            at, in_list = name.end(), not line[name.end() :].strip()
        elif (item := _ITEM.match(line)) is not None and in_list:
            at = item.end()
        else:
            continue
        value = line[at:].rstrip()
        if name is not None and (_BLOCK_SCALAR.match(value) or _goes_on(lines, place)):
            continue
        if value and _SUSPECT.match(value):
            yield start + at, value, name is None


def _goes_on(lines: list[tuple[int, str]], place: int) -> bool:
    """Whether the next line belongs to this value."""
    below = lines[place + 1][1] if place + 1 < len(lines) else ""
    return below[:1] in (" ", "\t") and below.strip() != "" and not below.lstrip().startswith("#")


def _reads(value: str, *, in_list: bool) -> bool:
    lead = "k:\n  - " if in_list else "k: "
    return read_frontmatter(f"---\n{lead}{value}\n---\n").error is None


_COMMENT = re.compile(r"[ \t]+#(?=[ \t]|\Z).*", re.DOTALL)


def _mended(value: str, start: int, single: bool, *, in_list: bool) -> Iterator[Refused]:
    """A value in quotes; of a list in brackets its items."""
    sign = value[0]
    if sign == "[" and value.endswith("]") and (items := _items(value)):
        for at, item in items:
            if not _fits(item):
                yield Refused(
                    Span(start + at, start + at + len(item)),
                    in_quotes(item, single),
                    _why(item),
                    "a comma may be no end",
                )
        return
    text = _COMMENT.sub("", value) if sign not in "\"'" else value
    if sign in "[{" and not _closes(text):
        return
    doubt = ""
    if sign in "\"'":
        if value.count(sign) < 2:
            return  # it is not closed, and where it should be nobody knows
        if sign == '"' and value.count('"') == 2 and value.endswith('"'):
            inner = value[1:-1]  # a backslash that escapes nothing
            if "'" not in inner:
                yield Refused(Span(start, start + len(value)), f"'{inner}'", "a backslash in double quotes means more")
            return
        doubt = "the quotes may be meant to hold all of it"
    elif sign in "{-?" or " #" in text:
        doubt = "something else than one text may be meant"
    yield Refused(Span(start, start + len(text)), in_quotes(text, single), _why(text), doubt)


def _why(text: str) -> str:
    """What YAML takes for something else."""
    sign = text[0]
    if sign in "\"'[{":
        closing = {"[": "']'", "{": "'}'"}.get(sign, "quote")
        return f"text stands behind the closing {closing}"
    if sign in ",]}&*!|>%@`#?-":
        return f"'{sign}' begins it"
    return "it ends in ':'" if text.endswith(":") else "it holds ': '"


def _closes(text: str) -> bool:
    """Whether the bracket that begins a text is closed in it, and more stands behind."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "[{") - (sign in "]}")
        if depth == 0:
            return place + 1 < len(text)
    return False


_PART = re.compile(r"""[ \t]*+((?:\[\[[^\[\]\r\n]*+\]\]|"[^"]*+"|'[^']*+'|[^,\[\]{}"'])++)[ \t]*+(?:,|\Z)""")


def _items(value: str) -> list[tuple[int, str]]:
    """The items of a list in brackets, with their places; none where it holds lists or maps itself."""
    found: list[tuple[int, str]] = []
    at, end = 1, len(value) - 1
    while at < end:
        part = _PART.match(value, at, end)
        if part is None:
            return []
        found.append((part.start(1), part[1].rstrip()))
        at = part.end()
    return found


def _fits(item: str) -> bool:
    """Whether an item is read as one text."""
    after = read_frontmatter(f"---\nk: [{item}]\n---\n")
    if after.error is not None or not after.properties:
        return False
    values = after.properties[0].items
    return len(values) == 1 and not isinstance(values[0].value, dict) and values[0].value is not None
