"""Which fault of a block of YAML it is that something stands where it cannot: as a note's owner would see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.note.yaml_parts import Seq
from vaultlint.note.yaml_props import YamlFault

if TYPE_CHECKING:
    from vaultlint.note.yaml_parts import Entry, Flow, Map
    from vaultlint.note.yaml_props import Props
    from vaultlint.note.yaml_tokens import Token

_LONGEST_KEY = 1024


def check_length(text: str, start: int, colon: int) -> None:
    """Refuse a name that is too long; the app's library counts in UTF-16. Raises `YamlFault`."""
    if colon - start <= _LONGEST_KEY // 2:
        return
    name = text[start:colon]
    if len(name) + sum(char > "\uffff" for char in name) > _LONGEST_KEY:
        raise YamlFault("long key", start, colon)


def no_colon(text: str, entry: Entry, props: Props | None, before: Entry | None) -> YamlFault:
    """The fault of what stands where a name is due, and is none for want of a colon on its line.

    `before` is the entry above, whose value may be what is wrong.
    """
    if props is not None and props.anchor and text[props.anchor.end - 1] == ":":
        return YamlFault("anchor", props.anchor.start)
    start = entry.key.start if entry.key is not None else props.start if props is not None else 0
    if before is not None and isinstance(before.value, Seq) and "\n" not in text[before.value.start : start]:
        return YamlFault("dash", before.value.start)
    if before is not None and "\n" not in text[_begin(before) : start]:
        return YamlFault("lost", start)
    return YamlFault("lost" if isinstance(entry.key, Seq) else "no colon", start)


def _begin(entry: Entry) -> int:
    return entry.key.start if entry.key is not None else (entry.sep or entry.start)[0].start


def second_colon(value: Map) -> int:
    """Where the colon stands that makes a map of what was meant as text."""
    first = value.items[0]
    signs = (one.start for one in (*(first.sep or ()), *first.start) if one.kind in ":?")
    return next(signs, value.start)


def unclosed(text: str, part: Flow, closer: Token | None) -> YamlFault:
    """The fault of brackets that are not closed, or go on in a line that is indented too little."""
    if closer is not None:
        return YamlFault("bracket", closer.start)
    wanted = "}" if part.opener.kind == "{" else "]"
    if part.cut is not None:
        line_end = text.find("\n", part.cut)
        if text.find(wanted, part.cut, line_end if line_end >= 0 else None) >= 0:
            first_end = text.find("\n", part.start)
            return YamlFault("indent", part.start, first_end - (text[first_end - 1] == "\r"))
    return YamlFault("unclosed", part.start)
