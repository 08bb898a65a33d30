"""What stands between the parts of a block of YAML: white space, comments, signs, anchors, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.note.yaml_parts import Block, Flow, Map, Scalar, Seq

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.note.yaml_parts import Part
    from vaultlint.note.yaml_tokens import Token


class YamlFault(Exception):  # noqa: N818 - a fault of the note, not of the program
    """The text is no YAML that the app reads. `kind` as in `FrontmatterError`."""

    def __init__(self, problem: str, start: int, end: int | None = None, kind: str = "syntax") -> None:
        super().__init__(problem)
        self.kind = kind
        self.problem = problem
        """A short name of it, for a duplicate the property's; `yaml_faults` puts it in a note owner's words."""
        self.start = start
        self.end = end
        """`None`: only the place is known where it goes wrong."""


class Props(Struct):
    """What stands before a value, told apart."""

    comma: Token | None = None
    found: Token | None = None
    """The sign that was looked for."""
    anchor: Token | None = None
    tag: Token | None = None
    break_behind: int = -1
    """Where a line break stands behind the last anchor or tag."""
    has_break: bool = False
    start: int = 0
    """Of the anchor or tag; the end of all where there is none."""
    end: int = 0


def props_of(
    tokens: Sequence[Token],
    sign: str,
    following: Part | Token | None,
    offset: int,
    indent: int = 0,
    *,
    at_line_start: bool = False,
    in_flow: bool = False,
) -> Props:
    """What the tokens between two values say. Raises `YamlFault` where they cannot stand so.

    `sign` is what is looked for, `following` what stands behind, `offset` where the tokens begin, and `indent` the
    column of the list or map. Indentation counts where the tokens are `at_line_start`.
    """
    props = Props()
    fresh = spaced = at_line_start
    wants_space = False
    tab: Token | None = None
    start = -1
    tabs_count = not in_flow and (sign != "doc-start" or not isinstance(following, Flow))
    for token in tokens:
        kind = token.kind
        if wants_space and kind not in ("space", "newline", ","):
            raise YamlFault("no space", token.start)
        wants_space = False
        if tab is not None:
            if fresh and kind not in ("comment", "newline"):
                raise YamlFault("tab", tab.start)
            tab = None
        if kind == "space":
            spaced = True
            if tabs_count and token.tabs:
                tab = token
        elif kind == "newline":
            fresh = spaced = props.has_break = True
            if props.anchor or props.tag:
                props.break_behind = token.start
        elif kind == "comment":
            if not spaced:
                raise YamlFault("comment", token.start)
            fresh = False
        elif kind in ("anchor", "tag"):
            _note(props, token)
            start = token.start if start < 0 else start
            fresh = spaced = False
            wants_space = True
        elif kind == sign:
            if props.anchor or props.tag or props.found:
                raise YamlFault("lost" if sign == "doc-start" else "sign", token.start)
            props.found = token
            fresh = sign in "-?"
            spaced = False
        elif kind == "," and in_flow and props.comma is None:
            props.comma = token
            fresh = spaced = False
        else:
            raise YamlFault("lost" if kind not in ("-", "?", ":", ",") else "sign", token.start, token.end)
    props.end = tokens[-1].end if tokens else offset
    props.start = props.end if start < 0 else start
    if wants_space and following is not None and not _stands_apart(following):
        raise YamlFault("no space", following.start)
    if tab is not None and ((fresh and tab.indent <= indent) or isinstance(following, Map | Seq)):
        raise YamlFault("tab", tab.start)
    return props


def _note(props: Props, token: Token) -> None:
    if token.kind == "anchor":
        if props.anchor:
            raise YamlFault("anchor", token.start)
        props.anchor = token
    else:
        if props.tag:
            raise YamlFault("tag", token.start)
        props.tag = token


def _stands_apart(following: Part | Token) -> bool:
    """Whether it needs no white space before it."""
    if isinstance(following, Scalar):
        return following.kind == "plain" and following.start == following.stop
    return following.kind in ("space", "newline", ",")


def end_of(tokens: Sequence[Token] | None, offset: int, *, needs_space: bool = True) -> int:
    """Where what stands behind a value ends. Raises `YamlFault` where that is more than comments."""
    if not tokens:
        return offset
    spaced = not needs_space
    for token in tokens:
        if token.kind == "comment":
            if not spaced:
                raise YamlFault("comment", token.start)
        elif token.kind in ("space", "newline"):
            spaced = True
        else:
            raise YamlFault("lost", token.start)
    return tokens[-1].end


def spans_lines(part: Part | None, text: str) -> bool:
    """Whether a key goes on in another line, which one without a `?` must not."""
    if part is None:
        return False
    if isinstance(part, Scalar):
        return "\n" in text[part.start : part.stop] or any(token.kind == "newline" for token in part.end or ())
    if isinstance(part, Map | Seq | Block):
        return True
    return any(
        any(token.kind == "newline" for token in (*item.start, *(item.sep or ())))
        or spans_lines(item.key, text)
        or spans_lines(item.value, text)
        for item in part.items
    )
