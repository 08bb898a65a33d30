"""YAML as the app's library reads it: the 1.2 core schema, unique keys, one document, each value with its place.

Built on the events of libyaml, which reads YAML 1.1: what differs is mended before (characters that 1.1 refuses or
takes for line breaks) and after (types of plain words, duplicate keys, how deep a line must be indented).
Events instead of PyYAML's tree, since the tree is built on the C stack: 60,000 levels end the process.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from msgspec import Struct

from vaultlint.note.model import Item, Property, Span, YamlValue

MAX_DEPTH = 100
"""Levels of lists and maps; nobody writes as many, and a stack has an end."""

_MAX_ALIASES = 100
"""How often an alias may be followed, times what it stands for (`maxAliasCount` of the app's library)."""

# Refused by libyaml, or a line break to it (NEL, LS, PS), and ordinary text in YAML 1.2.
_FOREIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")

_CORE_TAG = "tag:yaml.org,2002:"


class YamlFault(Exception):
    """The text is no YAML that the app reads. `kind` is as in `FrontmatterError`; `span` counts from the text's start."""

    def __init__(self, kind: str, problem: str, span: Span) -> None:
        super().__init__(problem)
        self.kind = kind
        self.problem = problem
        """What libyaml or this module says, to be put in a note owner's words."""
        self.span = span


class Node(Struct, frozen=True):
    """One value with its place, in code points of the note."""

    value: YamlValue
    start: int
    end: int
    style: str
    key: tuple[str, Any] | None = None
    """What makes it equal to another as a key; `None` for lists, maps and NaN, which equal nothing."""
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()
    aliases: int = 0
    """How many aliases reading it followed, as the app's library counts."""


_WORDS: dict[str, bool | float | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(
        (sign + "." + word for sign in ("", "+") for word in ("inf", "Inf", "INF")), float("inf")
    ),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_OCTAL = re.compile(r"0o[0-7]+")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+")
_NUMBER_START = frozenset("0123456789+-.")
_EXACT = 2**53
"""Up to here every whole number is one in JavaScript too."""


def plain_value(text: str) -> YamlValue:
    """What a plain (unquoted) word means in the core schema: `yes` is text, `012` is 12, `2024-01-01` is text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _INTEGER.fullmatch(text):
        return _whole(text, 10)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _HEX.fullmatch(text):
        return _whole(text[2:], 16)
    if _OCTAL.fullmatch(text):
        return _whole(text[2:], 8)
    return text


def _whole(digits: str, base: int) -> YamlValue:
    """A whole number as JavaScript holds it: rounded to a double's precision, infinite where that ends."""
    if len(digits) > 400 * (1 if base == 10 else 2):
        return float("-inf") if digits[0] == "-" and digits.strip("-0") else float("inf")
    number = int(digits, base)
    if -_EXACT <= number <= _EXACT:
        return number
    try:
        return int(float(number))
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def key_text(value: YamlValue) -> str:
    """The name of a property whose key is not text: a JavaScript object's keys are text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key_text(key)}: {_inner_text(item)}" for key, item in value.items()) + " }"
    return "[ " + ", ".join(_inner_text(item) for item in value) + " ]"


def _inner_text(value: YamlValue) -> str:
    return "null" if value is None else key_text(value)


def _number_text(value: float) -> str:
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    return re.sub(r"e([-+])0*", r"e\1", repr(value))


Event: TypeAlias = Any
"""PyYAML's stubs know the classes, but their C twins set attributes that the stubs leave out."""


class YamlReader:
    """Reads one block of YAML out of a note. Spans count from the start of the note."""

    def __init__(self, content: str, base: int) -> None:
        from yaml._yaml import CParser

        self._content = content
        self._base = base
        self._back = _substitutes(content)
        if self._back:
            content = content.translate({ord(real): ord(stand_in) for stand_in, real in self._back.items()})
        self._table = {ord(stand_in): ord(real) for stand_in, real in self._back.items()}
        self._next = CParser(content).get_event
        self._depth = 0
        self._anchors: dict[str, Node] = {}
        self._open: set[str] = set()

    def read(self) -> Node | None:
        """The one value of the text; `None` where there is nothing but comments. Raises `YamlFault`."""
        import yaml

        try:
            self._next()  # the stream begins
            if isinstance(self._next(), yaml.StreamEndEvent):
                return None
            root = self._node(self._next(), -1)
            self._next()  # the document ends
            event = self._next()
        except yaml.reader.ReaderError as error:
            raise YamlFault("syntax", error.reason, self._place(error.position)) from None
        except yaml.MarkedYAMLError as error:
            raise self._fault(error) from None
        if not isinstance(event, yaml.StreamEndEvent):
            raise YamlFault("syntax", "second document", self._place(event.start_mark.index, 3))
        return root

    def _fault(self, error: Any) -> YamlFault:
        mark = error.problem_mark or error.context_mark
        problem = f"{error.context or ''}: {error.problem or ''}"
        if error.problem in ("found unexpected end of stream",) and error.context_mark is not None:
            mark = error.context_mark
        return YamlFault("syntax", problem, self._place(mark.index))

    def _place(self, index: int, width: int = 1) -> Span:
        """A span of at least one code point, inside the text where there is any."""
        start = min(index, max(len(self._content) - 1, 0))
        end = min(start + width, len(self._content))
        return Span(self._base + start, self._base + end)

    def _node(self, event: Event, indent: int) -> Node:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            return self._scalar(event, indent)
        if kind == "AliasEvent":
            return self._alias(event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise YamlFault("too-deep", "too deep", self._place(event.start_mark.index))
        anchor = event.anchor
        if anchor is not None:
            self._anchors.pop(anchor, None)
            self._open.add(anchor)
        node = self._sequence(event, indent) if kind == "SequenceStartEvent" else self._mapping(event, indent)
        if anchor is not None:
            self._open.discard(anchor)
            self._anchors[anchor] = node
        self._depth -= 1
        return node

    def _scalar(self, event: Event, indent: int) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        text: str = event.value
        style = _STYLES[event.style or ""]
        if self._table:
            text = text.translate(self._table)
        if style in ("literal", "folded"):
            end = _content_end(self._content, start, end)
        tag = event.tag
        value: YamlValue
        if tag is None:
            value = plain_value(text) if style == "plain" else text
        else:
            value = _tagged(tag, text)
        if style == "plain" and start == end:
            style = "null"
        node = Node(value, self._base + start, self._base + end, style, _identity(value))
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _alias(self, event: Event) -> Node:
        name = event.anchor
        start, end = event.start_mark.index, event.end_mark.index
        if name in self._open:
            raise YamlFault("syntax", "alias inside itself", self._place(start, end - start))
        node = self._anchors.get(name)
        if node is None:
            raise YamlFault("syntax", "unknown alias", self._place(start, end - start))
        return Node(
            node.value, self._base + start, self._base + end, "plain", node.key, node.items, node.entries
        )

    def _sequence(self, event: Event, indent: int) -> Node:
        start = event.start_mark.index
        own = indent if event.flow_style else event.start_mark.column
        items: list[Node] = []
        while True:
            child = self._next()
            if type(child).__name__ == "SequenceEndEvent":
                break
            items.append(self._node(child, own))
        end = child.end_mark.index if event.flow_style else items[-1].end - self._base
        style = "flow" if event.flow_style else "block"
        values = [item.value for item in items]
        return Node(values, self._base + start, self._base + end, style, None, tuple(items))

    def _mapping(self, event: Event, indent: int) -> Node:
        start = event.start_mark.index
        own = indent if event.flow_style else event.start_mark.column
        entries: list[tuple[Node, Node]] = []
        seen: dict[tuple[str, Any], Node] = {}
        values: dict[str, YamlValue] = {}
        while True:
            child = self._next()
            if type(child).__name__ == "MappingEndEvent":
                break
            key = self._node(child, own)
            value = self._node(self._next(), own)
            if key.key is not None:
                if key.key in seen:
                    raise YamlFault("duplicate", key_text(key.value), Span(key.start, key.end))
                seen[key.key] = key
            entries.append((key, value))
            values[key_text(key.value)] = value.value
        end = child.end_mark.index if event.flow_style else entries[-1][1].end - self._base
        style = "flow" if event.flow_style else "block"
        return Node(values, self._base + start, self._base + end, style, None, (), tuple(entries))


_STYLES = {"": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}


def _substitutes(content: str) -> dict[str, str]:
    """Stand-ins, one private-use character for each character that libyaml cannot take; mostly empty."""
    if _FOREIGN.search(content) is None:
        return {}
    free = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in content)
    return dict(zip(free, sorted(set(_FOREIGN.findall(content))), strict=False))


def _identity(value: YamlValue) -> tuple[str, Any] | None:
    """Two keys with the same identity are the same key: `1` and `01` are, `1` and `"1"` are not."""
    if isinstance(value, bool) or value is None:
        return (repr(value), None)
    if isinstance(value, str):
        return ("text", value)
    if isinstance(value, int | float) and value == value:
        return ("number", value)
    return None


def _tagged(tag: str, text: str) -> YamlValue:
    """A scalar with an explicit tag; one that the schema does not know leaves text, with a warning in the app."""
    value = plain_value(text)
    if tag == _CORE_TAG + "null":
        return None if value is None else text
    if tag == _CORE_TAG + "bool":
        return value if isinstance(value, bool) else text
    if tag in (_CORE_TAG + "int", _CORE_TAG + "float"):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return value if number and isinstance(value, float) == tag.endswith("float") else text
    return text


def _content_end(content: str, start: int, end: int) -> int:
    """Where a block scalar's last line with something on it ends; libyaml counts the blank lines behind it too."""
    while end > start:
        line_start = max(content.rfind("\n", start, end), content.rfind("\r", start, end)) + 1
        if line_start > start and not content[line_start:end].strip(" \t"):
            end = line_start - 1
            if content[end - 1 : end + 1] == "\r\n":
                end -= 1
            continue
        break
    return end


def properties_of(root: Node, content: str, base: int) -> tuple[Property, ...]:
    """The top-level entries of a map as properties."""
    return tuple(_property(key, value, content, base) for key, value in root.entries)


def _property(key: Node, value: Node, content: str, base: int) -> Property:
    items = tuple(Item(item.value, Span(item.start, item.end), item.style) for item in value.items)
    end = base + _line_end(content, max(key.end, value.end) - base)
    return Property(
        key_text(key.value),
        Span(key.start, key.end),
        value.value,
        Span(value.start, value.end),
        value.style,
        items,
        Span(key.start, end),
    )


_LINE_BREAK = re.compile(r"[\r\n]")


def _line_end(content: str, offset: int) -> int:
    found = _LINE_BREAK.search(content, offset)
    return found.start() if found else len(content)
