"""YAML as the app's library reads it: 1.2 core schema, unique keys, one document, each value with its place.

The library is npm `yaml` 2.x, by Eemeli Aro. It refuses much that YAML allows and takes some that YAML refuses, and
no other parser draws the line where it does; so the block is cut into tokens (`yaml_tokens`), put together
(`yaml_tree`) and judged (here) by its rules. `benchmarks/against_yaml.py` holds the two against each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from vaultlint.note import yaml_scalars
from vaultlint.note.yaml_anchors import Anchor, Anchors
from vaultlint.note.yaml_core import identity, key_text, plain_value, tagged
from vaultlint.note.yaml_keys import source_text
from vaultlint.note.yaml_misplaced import check_length, no_colon, second_colon, unclosed
from vaultlint.note.yaml_parts import Block, Document, Entry, Flow, Map, Scalar, Seq
from vaultlint.note.yaml_props import Props, YamlFault, end_of, props_of, spans_lines
from vaultlint.note.yaml_tags import Tags
from vaultlint.note.yaml_tokens import QUOTED, tokens_of
from vaultlint.note.yaml_tree import TooDeep, tree_of

if TYPE_CHECKING:
    from vaultlint.note.model import YamlValue
    from vaultlint.note.yaml_parts import Part
    from vaultlint.note.yaml_tokens import Token

__all__ = ["Node", "YamlFault", "read_yaml"]


class Node(Struct, frozen=True):
    """One value with its place, in code points of the note."""

    value: YamlValue
    start: int
    end: int
    style: str
    key: tuple[str, Any] | None = None
    """What makes it equal to another as a key; `None` for lists, maps, aliases and NaN, which equal nothing."""
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()
    names: tuple[str, ...] = ()
    """Of the entries: their keys as text."""
    weight: int = 1
    """0 where it holds nothing but empty lists and maps."""
    anchors: frozenset[Anchor] = frozenset()
    """What the aliases in it stand for."""


_LONE_CR = re.compile(r"\r(?!\n)")


def read_yaml(content: str, base: int) -> Node | None:
    """The one value of a block of YAML that stands at `base` in its note; `None` where all is comments.

    Raises `YamlFault`, whose offsets count in the note.
    """
    try:
        return _Reader(_LONE_CR.sub("\n", content), base).read()
    except YamlFault as fault:
        end = None if fault.end is None else fault.end + base
        raise YamlFault(fault.problem, fault.start + base, end, fault.kind) from None


class _Reader:
    """Makes nodes of the parts of one block."""

    def __init__(self, text: str, base: int) -> None:
        self._text = text
        self._base = base
        self._anchors = Anchors()
        self._at_root = True

    def read(self) -> Node | None:
        try:
            document = tree_of(tokens_of(self._text))
        except TooDeep as deep:
            raise YamlFault("too deep", deep.start, kind="too-deep") from None
        self._tags = Tags(self._text, document.directives)
        Tags(self._text, document.late_directives)
        try:
            root = self._document(document)
        except YamlFault as fault:
            if document.lost is None or fault.start <= document.lost.start:
                raise
            root = None
        if document.lost is not None:
            raise self._lost(document.lost)
        return root

    def _lost(self, token: Token) -> YamlFault:
        problems = {"document": "second document", "doc-start": "second document", "junk": "block scalar"}
        return YamlFault(problems.get(token.kind, "lost"), token.start)

    def _document(self, document: Document) -> Node | None:
        value = document.value
        following = value if value is not None else (document.end[0] if document.end else None)
        props = props_of(document.start, "doc-start", following, 0, at_line_start=True)
        if document.directives and props.found is None:
            raise YamlFault("directive", document.directives[0].start)
        if props.found and isinstance(value, Map | Seq) and not props.has_break:
            raise YamlFault("second document", props.found.start)
        if value is None and not (props.anchor or props.tag):
            return None
        root, end = self._node(value, props, props.end)
        end_of(document.end, end, needs_space=False)
        return root

    # -- one value

    def _node(self, part: Part | None, props: Props, empty: int) -> tuple[Node, int]:
        """The value and where all that belongs to it ends; one that is not there stands at `empty`."""
        anchor = self._anchors.open(self._text[props.anchor.start + 1 : props.anchor.end]) if props.anchor else None
        if anchor is not None and not anchor.name:
            raise YamlFault("anchor", props.anchor.start if props.anchor else empty)
        start = props.start if props.anchor or props.tag else None
        if part is None or isinstance(part, Scalar | Block):
            if isinstance(part, Scalar) and part.kind == "alias":
                return self._alias(part, props)
            node, end = self._scalar(part, props, empty)
        elif isinstance(part, Flow):
            self._check_tag(props)
            node, end = self._flow(part)
        else:
            self._check_tag(props)
            node, end = self._map(part) if isinstance(part, Map) else self._seq(part, props)
        if start is not None:
            node = replace(node, start=start + self._base)
        if anchor is not None:
            anchor.close(node)
        return node, end

    def _check_tag(self, props: Props) -> None:
        if props.tag is not None:
            self._tags.name(self._text[props.tag.start : props.tag.end], props.tag.start)

    def _alias(self, part: Scalar, props: Props) -> tuple[Node, int]:
        """What an anchor stands for: shared, never copied; refused, as in the app, if it could blow up."""
        name = self._text[part.start + 1 : part.stop]
        anchor = self._anchors.get(name)
        if anchor is None:
            raise YamlFault("unknown alias", part.start, part.stop)
        if anchor.node is None:
            raise YamlFault("alias inside itself", part.start, part.stop)
        if props.anchor or props.tag:
            raise YamlFault("alias props", props.start, part.stop)
        if not anchor.follow():
            raise YamlFault("too many aliases", part.start, part.stop)
        place = self._base + part.start, self._base + part.stop
        node = replace(
            anchor.node, start=place[0], end=place[1], style="plain", key=None, weight=0, anchors=frozenset((anchor,))
        )
        return node, end_of(part.end, part.stop)

    def _scalar(self, part: Scalar | Block | None, props: Props, empty: int) -> tuple[Node, int]:
        tag = None
        if props.tag is not None:
            tag = self._tags.name(self._text[props.tag.start : props.tag.end], props.tag.start)
        if part is None or (isinstance(part, Scalar) and part.start == part.stop):
            style = "plain" if props.anchor or props.tag else "null"
            start = stop = empty
            text = ""
            end = end_of(part.end, part.stop) if isinstance(part, Scalar) else props.end
            if style == "plain":
                stop = max(one.end for one in (props.anchor, props.tag) if one is not None)
        elif isinstance(part, Block):
            start, style = part.start, "literal" if self._text[part.start] == "|" else "folded"
            text, stop, end = self._block(part)
        else:
            start, stop, style = part.start, part.stop, part.kind
            text = self._said(part)
            end = end_of(part.end, stop)
        if tag is not None:
            value = tagged(tag, text)
        else:
            value = plain_value(text) if style == "plain" else (None if style == "null" else text)
        return Node(value, self._base + start, self._base + stop, style, identity(value)), end

    def _said(self, part: Scalar) -> str:
        written = self._text[part.start : part.stop]
        if part.kind == "plain":
            if written[0] in ",%|>@`":
                raise YamlFault("start", part.start)
            return yaml_scalars.folded(written)
        quote = written[0]
        if len(written) == 1 or written[-1] != quote:
            closed = QUOTED[quote].match(self._text, part.start)
            raise YamlFault("indent", part.start, part.stop) if closed else YamlFault("quote", part.start)
        if quote == "'":
            return yaml_scalars.folded(written[1:-1]).replace("''", "'")
        try:
            return yaml_scalars.double(written[1:-1], part.start)
        except yaml_scalars.BadScalar as bad:
            raise YamlFault(bad.problem, bad.start) from None

    def _block(self, part: Block) -> tuple[str, int, int]:
        """What a block scalar says, where its last line that is not blank ends, and where all of it does."""
        header, content = part.props[0], part.content
        end_of(part.props[1:], header.end)
        lines = self._text[content.start : content.end]
        written = self._text[header.start : header.end]
        try:
            text = yaml_scalars.block(written, lines, part.indent, content.start, self._at_root)
        except yaml_scalars.BadScalar as bad:
            raise YamlFault(bad.problem, max(bad.start, header.start)) from None
        stop = content.start + len(lines.rstrip(" \t\r\n"))
        if stop == content.start:
            stop = header.end
        line_end = _LINE_END.search(self._text, stop)
        return text, line_end.start() if line_end else stop, content.end

    # -- lists and maps

    def _seq(self, part: Seq, props: Props) -> tuple[Node, int]:
        self._at_root = False
        last = max((one.start for one in (props.anchor, props.tag) if one is not None), default=-1)
        if last >= 0 and props.break_behind < last:
            raise YamlFault("dash", part.start)
        items: list[Node] = []
        offset = part.start
        for entry in part.items:
            before = props_of(entry.start, "-", entry.value, offset, part.indent, at_line_start=True)
            if before.found is None:
                if before.anchor or before.tag or entry.value is not None:
                    raise YamlFault("among items", before.start if entry.value is None else entry.value.start)
                continue
            node, offset = self._node(entry.value, before, before.found.end)
            items.append(node)
        return self._list(items, part.start, items[-1].end, "block"), offset

    def _list(self, items: list[Node], start: int, end: int, style: str) -> Node:
        weight = max((item.weight for item in items), default=0)
        anchors = frozenset[Anchor]().union(*(item.anchors for item in items if item.anchors))
        values = [item.value for item in items]
        return Node(values, self._base + start, end, style, None, tuple(items), weight=weight, anchors=anchors)

    def _map(self, part: Map) -> tuple[Node, int]:
        self._at_root = False
        entries: list[tuple[Node, Node]] = []
        seen: set[tuple[str, Any]] = set()
        offset = part.start
        comments_end = 0
        before: Entry | None = None
        for entry in part.items:
            first = entry.key or (entry.sep[0] if entry.sep else None)
            props = props_of(entry.start, "?", first, offset, part.indent, at_line_start=True)
            if props.found is None:
                self._check_key(entry, before, part)
                if not props.anchor and not props.tag and entry.sep is None:
                    comments_end = props.end
                    continue
                if props.break_behind >= 0 or spans_lines(entry.key, self._text):
                    raise no_colon(self._text, entry, props, before)
            elif props.found.indent != part.indent:
                raise YamlFault("column", props.found.start)
            key, end = self._node(entry.key, props, self._empty_key(entry, props))
            if key.key in seen:
                raise YamlFault(key_text(key.value), key.start - self._base, key.end - self._base, "duplicate")
            if key.key is not None:
                seen.add(key.key)
            value, offset = self._block_value(entry, props, end, key, part, before)
            entries.append((key, value))
            before = entry
        if 0 < comments_end < offset:
            raise YamlFault("comment before key", comments_end)
        return self._mapping(entries, part.start, "block"), offset

    def _check_key(self, entry: Entry, before: Entry | None, part: Map) -> None:
        key = entry.key
        if isinstance(key, Seq):
            raise no_colon(self._text, entry, None, before)
        if key is not None and key.indent != part.indent:
            if before is not None and isinstance(before.value, Seq):
                on_line = "\n" not in self._text[before.value.start : key.start]
                raise YamlFault("dash" if on_line else "among items", before.value.start if on_line else key.start)
            raise YamlFault("column", key.start)

    def _empty_key(self, entry: Entry, props: Props) -> int:
        """Where a key stands that is not there: behind its `?`, or at its colon."""
        if props.found is not None:
            return props.found.end
        colon = next((one for one in entry.sep or () if one.kind == ":"), None)
        return colon.start if colon is not None else props.end

    def _block_value(
        self, entry: Entry, props: Props, offset: int, key: Node, part: Map, before: Entry | None
    ) -> tuple[Node, int]:
        at_line_start = entry.key is None or isinstance(entry.key, Block)
        value = entry.value
        between = props_of(entry.sep or (), ":", value, offset, part.indent, at_line_start=at_line_start)
        if between.found is None:
            if props.found is None:
                raise no_colon(self._text, entry, props, before)
            return self._nothing(key), between.end
        if props.found is None:
            if isinstance(value, Map) and not between.has_break:
                raise YamlFault("second colon", second_colon(value))
            check_length(self._text, props.start, between.found.start)
        return self._node(value, between, between.found.end)

    def _nothing(self, key: Node) -> Node:
        return Node(None, key.end, key.end, "null", identity(None))

    def _mapping(self, entries: list[tuple[Node, Node]], start: int, style: str, end: int = -1) -> Node:
        names = tuple(self._name(key) for key, _ in entries)
        values = {name: value.value for name, (_, value) in zip(names, entries, strict=True)}
        weight = max((node.weight for entry in entries for node in entry), default=0)
        anchors = frozenset[Anchor]().union(*(node.anchors for entry in entries for node in entry if node.anchors))
        last = self._base + end if end >= 0 else max(entries[-1][1].end, entries[-1][0].end)
        return Node(values, self._base + start, last, style, None, (), tuple(entries), names, weight, anchors)

    def _name(self, key: Node) -> str:
        """A key as text, as JavaScript knows no others: `1`, `true`, and `{ title }` for `{{title}}`."""
        if isinstance(key.value, dict | list):
            return source_text(key, self._text, self._base)
        return key_text(key.value)

    # -- brackets

    def _flow(self, part: Flow) -> tuple[Node, int]:
        self._at_root = False
        is_map = part.opener.kind == "{"
        offset = part.opener.end
        entries: list[tuple[Node, Node]] = []
        items: list[Node] = []
        seen: set[tuple[str, Any]] = set()
        for place, entry in enumerate(part.items):
            first = entry.key or (entry.sep[0] if entry.sep else None)
            props = props_of(entry.start, "?", first, offset, part.indent, in_flow=True)
            if self._is_blank(entry, props, place, part):
                offset = props.end
                continue
            if bool(props.comma) != bool(place):
                raise YamlFault("sign" if props.comma else "comma", props.comma.start if props.comma else props.start)
            if not is_map and entry.sep is None and props.found is None:
                node, offset = self._node(entry.value, props, props.end)
                self._check_block(entry.value)
                items.append(node)
                continue
            key, end = self._node(entry.key, props, self._empty_key(entry, props))
            self._check_block(entry.key)
            value, offset = self._flow_value(entry, props, end, key, is_map)
            if not is_map:
                pair = self._mapping(
                    [(key, value)], key.start - self._base, "flow", max(value.end, key.end) - self._base
                )
                items.append(pair)
                continue
            if key.key in seen:
                raise YamlFault(key_text(key.value), key.start - self._base, key.end - self._base, "duplicate")
            if key.key is not None:
                seen.add(key.key)
            entries.append((key, value))
        closer = part.end[0] if part.end else None
        if closer is None or closer.kind != ("}" if is_map else "]"):
            raise unclosed(self._text, part, closer)
        end = end_of(part.end[1:], closer.end)
        if is_map:
            return self._mapping(entries, part.start, "flow", closer.end), end
        return self._list(items, part.start, self._base + closer.end, "flow"), end

    def _is_blank(self, entry: Entry, props: Props, place: int, part: Flow) -> bool:
        """Whether there is nothing but comments; refused but behind the last comma. Refuses keys over lines, too."""
        if props.found is not None:
            return False
        if not props.anchor and not props.tag and entry.sep is None and entry.value is None:
            if (place == 0 and props.comma) or place < len(part.items) - 1:
                raise YamlFault("sign", props.comma.start if props.comma else props.start)
            return True
        if part.opener.kind == "[" and spans_lines(entry.key, self._text):
            raise YamlFault("comma", self._empty_key(entry, props))
        return False

    def _flow_value(self, entry: Entry, props: Props, offset: int, key: Node, is_map: bool) -> tuple[Node, int]:
        between = props_of(entry.sep or (), ":", entry.value, offset, in_flow=True)
        if between.found is None:
            if entry.value is not None:
                colon = isinstance(entry.value, Scalar) and self._text.startswith(":", entry.value.start)
                raise YamlFault("colon space" if colon else "comma", entry.value.start)
            return self._nothing(key), between.end
        if not is_map and props.found is None:
            for token in entry.sep or ():
                if token is between.found:
                    break
                if token.kind == "newline":
                    raise YamlFault("comma", between.found.start)
            check_length(self._text, props.start, between.found.start)
        node, end = self._node(entry.value, between, between.found.end)
        self._check_block(entry.value)
        return node, end

    def _check_block(self, part: Part | None) -> None:
        if isinstance(part, Map | Seq):
            raise (YamlFault("comma", second_colon(part)) if isinstance(part, Map) else YamlFault("dash", part.start))


_LINE_END = re.compile(r"\r?(?:\n|\Z)")
