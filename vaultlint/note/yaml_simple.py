"""Properties of the plain shape that nearly all notes have, read without a YAML parser.

One pattern a property. What it does not match to the last line, or what YAML could read otherwise (a name
twice, a name such as `true`), is left to `yaml12`: the two agree wherever this one answers. Nine of ten notes
take this way, in a fifth of the time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Item, Property, Span
from vaultlint.note.yaml_core import WORDS, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = r"""
    [^\s\-?:,\[\]{}\#&*!|>'"%@`]         # no sign of YAML's begins it
    [^\r\n\t:\#]*+
    (?: (?: :(?=\S) | (?<=\S)\# ) [^\r\n\t:\#]*+ )*+   # neither ': ' nor ' #'
"""
_QUOTED = r"""  "[^"\\\r\n]*+" | '[^'\r\n]*+' """
_END = r"[ ]*+\r?\n"
_PLAIN_IN_FLOW = r"""
    [^\s\-?:,\[\]{}\#&*!|>'"%@`]
    [^\r\n\t:\#,\[\]{}]*+
    (?: (?: :(?=[^\s,\[\]{}]) | (?<=\S)\# ) [^\r\n\t:\#,\[\]{}]*+ )*+
"""
_IN_FLOW = rf"(?: {_PLAIN_IN_FLOW} | (?: {_QUOTED} ) [ ]*+ )"
# Each part stands once in what holds it: to compile the pattern is a good part of the time that one note takes.
_NEXT = r"(?: , [ ]*+ (?!\]) | (?=\]) )"
_INNER = rf"\[ [ ]*+ (?: {_IN_FLOW} {_NEXT} )*+ \]"
_FLOW = rf"\[ [ ]*+ (?: (?: {_IN_FLOW} | {_INNER} [ ]*+ ) {_NEXT} )*+ \]"

_PROPERTY = re.compile(
    rf"""
    ([^\W\d][\w-]{{0,60}} (?:[ ][\w-]{{1,60}}){{0,6}}):
    (?: [ ]++ (?: ({_PLAIN}) | ({_QUOTED}) | ({_FLOW}) ) {_END}
      | {_END} ( (?= ([ ]*+)- ) (?: \6-(?: [ ]++ (?: {_PLAIN} | {_QUOTED} | {_FLOW} ) )? {_END} )++ )?+
    )
    (?: [ ]*+\r?\n | \#[^\r\n]*+\r?\n )*+
    """,
    re.VERBOSE,
)
_ITEM = re.compile(rf"[ ]*+-(?: [ ]++ (?: ({_PLAIN}) | ({_QUOTED}) | ({_FLOW}) ) )? {_END}", re.VERBOSE)
_FLOW_ITEM = re.compile(rf"({_PLAIN_IN_FLOW}) | ({_QUOTED}) | ({_INNER})", re.VERBOSE)
_LEADING = re.compile(r"(?:[ ]*+\r?\n|#[^\r\n]*+\r?\n)*+")
_STYLES = {'"': "double", "'": "single"}


def read_simple(text: str, start: int, end: int) -> tuple[Property, ...] | None:
    """The properties between two offsets; `None` where the shape is not plain enough to be sure."""
    found: list[Property] = []
    names: set[str] = set()
    leading = _LEADING.match(text, start, end)
    at = leading.end() if leading else start
    match = _PROPERTY.match
    while at < end:
        line = match(text, at, end)
        if line is None or (name := line[1]) in names or name in WORDS:
            return None
        names.add(name)
        found.append(_property(text, name, line))
        at = line.end()
    return tuple(found)


def _property(text: str, name: str, line: re.Match[str]) -> Property:
    start, colon = line.span(1)
    key = Span(start, colon)
    kind = line.lastindex
    if kind == 2:
        value_start, end = line.span(2)
        plain = line[2].rstrip(" ")
        span = Span(value_start, value_start + len(plain))
        return Property(name, key, plain_value(plain), span, "plain", (), Span(start, _line_end(text, end)))
    if kind == 3:
        value_start, end = line.span(3)
        style = _STYLES[text[value_start]]
        value = text[value_start + 1 : end - 1]
        return Property(name, key, value, Span(value_start, end), style, (), Span(start, _line_end(text, end)))
    if kind == 4:
        value_start, end = line.span(4)
        items = tuple(_flow_items(text, value_start, end))
        span = Span(value_start, end)
        values = [item.value for item in items]
        return Property(name, key, values, span, "flow", items, Span(start, _line_end(text, end)))
    if kind == 1:
        empty = Span(colon + 1, colon + 1)
        return Property(name, key, None, empty, "null", (), Span(start, _line_end(text, colon + 1)))
    first, last = line.span(5)
    items = tuple(_item(text, item) for item in _ITEM.finditer(text, first, last))
    span = Span(first + len(line[6]), items[-1].span.end)
    values = [item.value for item in items]
    return Property(name, key, values, span, "block", items, Span(start, _line_end(text, span.end)))


def _item(text: str, line: re.Match[str]) -> Item:
    if line.lastindex is None:
        dash = text.index("-", line.start()) + 1
        return Item(None, Span(dash, dash), "null")
    start, end = line.span(line.lastindex)
    if line.lastindex == 3:
        return Item([inner.value for inner in _flow_items(text, start, end)], Span(start, end), "flow")
    if line.lastindex == 2:
        return Item(text[start + 1 : end - 1], Span(start, end), _STYLES[text[start]])
    plain = line[1].rstrip(" ")
    return Item(plain_value(plain), Span(start, start + len(plain)), "plain")


def _flow_items(text: str, start: int, end: int) -> Iterator[Item]:
    """The items between the brackets."""
    for found in _FLOW_ITEM.finditer(text, start + 1, end - 1):
        first, last = found.span()
        if found.lastindex == 1:
            plain = found[1].rstrip(" ")
            yield Item(plain_value(plain), Span(first, first + len(plain)), "plain")
        elif found.lastindex == 2:
            yield Item(text[first + 1 : last - 1], Span(first, last), _STYLES[text[first]])
        else:
            yield Item([inner.value for inner in _flow_items(text, first, last)], Span(first, last), "flow")


def _line_end(text: str, offset: int) -> int:
    end = text.index("\n", offset)
    return end - 1 if text[end - 1] == "\r" and end > offset else end
