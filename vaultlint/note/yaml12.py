"""YAML as the app's library reads it: 1.2 core schema, unique keys, one document, each value with its place.

Built on the events of libyaml, which reads YAML 1.1: what differs is mended before (characters that 1.1
refuses or takes for line breaks) and after (types of plain words, duplicate keys, depth of indentation).
Events instead of PyYAML's tree, since the tree is built on the C stack: 60,000 levels end the process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from vaultlint.note.yaml_core import identity, key_text, plain_value, tagged
from vaultlint.note.yaml_mend import EMPTY_ITEM, TAB, mend, stand_ins

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultlint.note.model import YamlValue

MAX_DEPTH = 100
"""Levels of lists and maps; nobody writes as many, and a stack has an end."""

_MAX_ALIASES = 100
"""How often an alias may be followed, times what it stands for (`maxAliasCount` of the app's library)."""


class YamlFault(Exception):  # noqa: N818 - a fault of the note, not of the program
    """The text is no YAML that the app reads. `kind` as in `FrontmatterError`; offsets count in the note."""

    def __init__(self, kind: str, problem: str, start: int, end: int | None = None) -> None:
        super().__init__(problem)
        self.kind = kind
        self.problem = problem
        """What libyaml or this module says of it; `yaml_faults` puts it in a note owner's words."""
        self.start = start
        self.end = end
        """`None`: the parser knows only where it stopped."""


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
    names: tuple[str, ...] = ()
    """Of the entries: their keys as text."""
    weight: int = 1
    """How often the most followed alias in it was followed."""


def _source_text(key: Node, content: str, base: int) -> str:
    """A list, map or NaN as the app's library writes it: `{{title}}` without quotes has such a key."""
    if isinstance(key.value, float):
        return "NaN"
    if key.style not in ("flow", "block"):  # an alias too, which is written as such
        return content[key.start - base : key.end - base]
    if key.entries:
        return "{ " + ", ".join(_pair_text(*entry, content, base) for entry in key.entries) + " }"
    if key.items:
        return "[ " + ", ".join(_source_text(item, content, base) for item in key.items) + " ]"
    return "{}" if isinstance(key.value, dict) else "[]"


def _pair_text(key: Node, value: Node, content: str, base: int) -> str:
    name = _source_text(key, content, base)
    if value.style != "null":
        return f"{name}: {_source_text(value, content, base)}"
    return f"{name}:" if _COLON.match(content, key.end - base) else name


_COLON = re.compile(r"\s*+:")


Event: TypeAlias = Any
"""PyYAML's stubs know the classes, but their C twins set attributes that the stubs leave out."""


def read_yaml(content: str, base: int) -> Node | None:
    """The one value of a block of YAML that stands at `base` in its note; `None` where all is comments.

    Raises `YamlFault`. A block that libyaml refuses and YAML 1.2 allows is mended, without moving anything,
    and read again; each mending takes away one cause, and few rounds are enough for what people write.
    """
    rounds = min(_MENDINGS, _MENDED_SIGNS // (len(content) + 1))
    real = stand_ins(content)
    mended = content.translate({ord(char): stand_in for stand_in, char in real.items()})
    for _ in range(rounds):
        try:
            return _Reader(content, mended, base, real).read()
        except YamlFault as fault:
            better = mend(mended, fault.problem, fault.start - base)
            if better is None:
                raise
            mended = better
    return _Reader(content, mended, base, real).read()


_MENDINGS = 50
_MENDED_SIGNS = 300_000
"""Together: a long block is not read over and over."""


class _Reader:
    """Turns the events of one block into nodes. `mended` is as long as `content`, sign by sign."""

    def __init__(self, content: str, mended: str, base: int, real: dict[str, str]) -> None:
        from yaml._yaml import CParser

        self._content = content
        self._base = base
        self._real = str.maketrans({**real, TAB: "\t"}) if mended is not content else None
        self._next: Callable[[], Event] = CParser(mended).get_event
        self._depth = 0
        self._anchors: dict[str, Node | None] = {}
        """By name; `None` while the list or map that it names is still being read."""
        self._followed: dict[str, tuple[int, int]] = {}
        """By anchor: how often it was followed, and the most that one of its own values was."""

    def read(self) -> Node | None:
        import yaml

        try:
            self._next()  # the stream begins
            if isinstance(self._next(), yaml.StreamEndEvent):
                return None
            root = self._node(self._next(), -1)
            self._next()  # the document ends
            event = self._next()
        except yaml.reader.ReaderError as error:
            raise YamlFault("syntax", str(error.reason), self._base + int(error.position)) from None
        except yaml.MarkedYAMLError as error:
            raise self._fault(error) from None
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._refusal("syntax", "second document", event.start_mark.index)
        return root

    def _fault(self, error: Any) -> YamlFault:
        """An unclosed quote or bracket is at fault where it opens, anything else where the parser stopped."""
        mark = error.problem_mark or error.context_mark
        if error.context_mark is not None and error.problem in _WHERE_IT_OPENS:
            mark = error.context_mark
        # libyaml has a bound of its own since 0.2.6, and meets it before the first bracket is told.
        kind = "too-deep" if error.problem == "exceeded maximum nesting depth" else "syntax"
        return YamlFault(kind, f"{error.context or ''}: {error.problem}", self._base + mark.index)

    def _refusal(self, kind: str, problem: str, start: int, end: int | None = None) -> YamlFault:
        return YamlFault(kind, problem, self._base + start, None if end is None else self._base + end)

    def _node(self, event: Event, indent: int, flow: bool = False) -> Node:
        """One value, inside a block list or map at column `indent`."""
        kind = type(event).__name__
        if event.anchor is not None and _NAME_WITH_COLON.match(self._content, event.start_mark.index):
            # To the library the colon belongs to the name of an anchor: `&tags: a` is no property.
            raise self._refusal("syntax", "while scanning an anchor", event.start_mark.index)
        if kind == "ScalarEvent":
            return self._scalar(event, indent, flow)
        if kind == "AliasEvent":
            return self._alias(event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._refusal("too-deep", "too deep", event.start_mark.index)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        inner = indent if event.flow_style else event.start_mark.column
        node = self._sequence(event, inner) if kind == "SequenceStartEvent" else self._mapping(event, inner)
        if event.flow_style:
            self._check_comment(node.end - self._base)
        if event.flow_style and not flow:
            self._check_indent(node.start, node.end, indent, node.style)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._depth -= 1
        return node

    def _scalar(self, event: Event, indent: int, flow: bool) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        text: str = event.value
        style = _STYLES[event.style or ""]
        if self._real is not None:
            text = text.translate(self._real)
        if style == "plain":
            if start == end:
                style = "null"
            elif flow and text == "-":
                raise self._refusal("syntax", "block sequence entries are not allowed in this context", start)
        elif style in ("single", "double"):
            self._check_comment(end)
            self._check_indent(self._base + start, self._base + end, indent, style)
        else:
            if event.start_mark.column <= indent:
                raise self._refusal("syntax", "while scanning a simple key: could not find expected ':'", start)
            if _HEADER_COMMENT.match(self._content, start):
                raise self._refusal("syntax", "comment without space", start)
            end = _content_end(self._content, start, end)
        value = self._value(event.tag, text, style)
        node = Node(value, self._base + start, self._base + end, style, identity(value))
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _value(self, tag: str | None, text: str, style: str) -> YamlValue:
        if tag is not None:
            return tagged(tag, text)
        if style == "plain":
            return [None] if text == EMPTY_ITEM else plain_value(text)
        return None if style == "null" else text

    def _check_indent(self, start: int, end: int, indent: int, style: str) -> None:
        """Refuse brackets or quotes that go on in a line indented no deeper than their property.

        libyaml lets it pass; the app's library takes the value to end there. Only a closing bracket may.
        """
        first, last = start - self._base, end - self._base
        if indent < 0 or self._content.find("\n", first, last) < 0:
            return
        for line in _CONTINUATION.finditer(self._content, first, last):
            shallow = len(line[1]) <= indent
            closing = line.start(2) == last - 1 and len(line[1]) == indent
            if shallow and not (style == "flow" and (closing or line[2] == "#")):
                raise self._refusal("syntax", f"unindented {style}", first, line.start(1) - 1)

    def _check_tab(self, end: int, indent: int) -> None:
        """Refuse a tab that begins the line behind a property without value, be there nothing else in it."""
        found = _TAB_LINE.match(self._content, end)
        if found is not None and len(found[1]) <= indent and self._content[found.end() :].strip():
            raise self._refusal("syntax", "found a tab character that violates indentation", found.end() - 1)

    def _check_comment(self, end: int) -> None:
        """Refuse a `#` right behind a closing quote or bracket, which libyaml takes for a comment."""
        if self._content.startswith("#", end):
            raise self._refusal("syntax", "comment without space", end)

    def _alias(self, event: Event) -> Node:
        """What an anchor stands for: shared, never copied; refused, as in the app, if it could blow up."""
        name = event.anchor
        start, end = event.start_mark.index, event.end_mark.index
        node = self._anchors.get(name)
        if node is None:
            problem = "alias inside itself" if name in self._anchors else "unknown alias"
            raise self._refusal("syntax", problem, start, end)
        count, weight = self._followed.get(name, (1, node.weight))
        count += 1
        self._followed[name] = (count, weight)
        if count * weight > _MAX_ALIASES:
            raise self._refusal("syntax", "too many aliases", start, end)
        place = self._base + start, self._base + end
        return replace(node, start=place[0], end=place[1], style="plain", weight=count * weight)

    def _sequence(self, event: Event, indent: int) -> Node:
        items: list[Node] = []
        while type(child := self._next()).__name__ != "SequenceEndEvent":
            items.append(self._node(child, indent, event.flow_style))
        end = self._base + child.end_mark.index if event.flow_style else items[-1].end
        weight = max((item.weight for item in items), default=1)
        start = self._base + event.start_mark.index
        style = "flow" if event.flow_style else "block"
        return Node([item.value for item in items], start, end, style, None, tuple(items), weight=weight)

    def _mapping(self, event: Event, indent: int) -> Node:
        entries: list[tuple[Node, Node]] = []
        names: list[str] = []
        seen: set[tuple[str, Any]] = set()
        values: dict[str, YamlValue] = {}
        weight = 1
        while type(child := self._next()).__name__ != "MappingEndEvent":
            key = self._node(child, indent, event.flow_style)
            value = self._node(self._next(), indent, event.flow_style)
            if value.style == "null" and not event.flow_style:
                self._check_tab(value.end - self._base, indent)
            name = self._name(key)
            if key.key in seen:
                raise YamlFault("duplicate", name, key.start, key.end)
            if key.key is not None:
                seen.add(key.key)
            entries.append((key, value))
            names.append(name)
            values[name] = value.value
            weight = max(weight, key.weight, value.weight)
        end = self._base + child.end_mark.index if event.flow_style else entries[-1][1].end
        start = self._base + event.start_mark.index
        style = "flow" if event.flow_style else "block"
        return Node(values, start, end, style, None, (), tuple(entries), tuple(names), weight)

    def _name(self, key: Node) -> str:
        """A key as text, as JavaScript knows no others: `1`, `true`, and `{ title }` for `{{title}}`."""
        return _source_text(key, self._content, self._base) if key.key is None else key_text(key.value)


_STYLES = {"": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}


_WHERE_IT_OPENS = frozenset(
    (
        "found unexpected end of stream",
        "found unexpected document indicator",
        "could not find expected ':'",
    )
)
_TAB_LINE = re.compile(r"[ \t]*+(?:#[^\n]*+)?\r?\n(?:[ ]*+\r?\n)*+([ ]*+)\t")
_CONTINUATION = re.compile(r"\n( *+)[ \t]*+([^ \t\r\n])")
_NAME_WITH_COLON = re.compile(r"[&*][\w-]+:")
_HEADER_COMMENT = re.compile(r"(?:[&!][^\s]*+[ \t]++)*+[|>][-+0-9]*+#")
_LINE_END = re.compile(r"\r?(?:\n|\Z)|\r")


def _content_end(content: str, start: int, end: int) -> int:
    """Where a block scalar's last line that is not blank ends; libyaml counts those behind it too."""
    last = start + len(content[start:end].rstrip(" \t\r\n"))
    line_end = _LINE_END.search(content, last)
    return line_end.start() if line_end else last
