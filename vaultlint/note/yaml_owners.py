"""Whose the anchors, comments and blank lines are that stand between the parts of a block of YAML.

The app's library hands them on as it reads: a comment may be taken for one of the value above until a sign behind it
shows that it stands before the next name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.note.yaml_parts import BLANK, Document, Entry, Flow, Map, Scalar, Seq, end_of, holds

if TYPE_CHECKING:
    from vaultlint.note.yaml_parts import Part
    from vaultlint.note.yaml_tokens import Token

_KEY_BOUNDS = frozenset(("doc-start", "?", ":", "-", "newline"))


def take_key_start(before: list[Token]) -> list[Token]:
    """Cut off what stands on the line of a key and belongs to it: its anchor and tag."""
    at = len(before)
    while at > 0 and before[at - 1].kind not in _KEY_BOUNDS:
        at -= 1
    while at < len(before) and before[at].kind == "space":
        at += 1
    taken = before[at:]
    del before[at:]
    return taken


def tokens_before(parent: Part | Document) -> list[Token]:
    """What stands before a value in its parent."""
    if isinstance(parent, Document):
        return parent.start
    if isinstance(parent, Map):
        last = parent.items[-1]
        return last.start if last.sep is None else last.sep
    return parent.items[-1].start if isinstance(parent, Seq) else []


def put(part: Flow, value: Part) -> None:
    """Put a value into brackets: where a key is due, it is one until `give_values` knows better."""
    last = part.items[-1] if part.items else None
    if last is None or last.value is not None:
        part.items.append(Entry(key=value, sep=[]))
    elif last.sep is not None:
        last.value = value
    else:
        last.key, last.sep = value, []


def give_values(part: Flow) -> None:
    """What was taken for a key in square brackets and has no colon is an item."""
    if part.opener.kind != "[":
        return
    for item in part.items:
        if item.sep is None or item.value is not None or holds(item.start, "?") or holds(item.sep, ":"):
            continue
        item.value, item.key = item.key, None
        if isinstance(item.value, Scalar | Flow):
            item.value.end = [*(item.value.end or ()), *item.sep]
        else:
            item.start += item.sep
        item.sep = None


def move_comments(part: Map | Seq, parent: Part | Document) -> None:
    """Comments and blank lines at the end of a list or map, of which they are no part."""
    last = part.items[-1]
    if last.sep is not None or last.value is not None or not last.start:
        return
    if any(token.kind not in BLANK for token in last.start):
        return
    if part.indent and any(token.kind == "comment" and token.indent >= part.indent for token in last.start):
        return
    part.items.pop()
    if isinstance(parent, Document):
        parent.end = last.start
    elif isinstance(parent, Map | Seq):
        parent.items.append(Entry(last.start))


def start_of_next(last: Entry, indent: int) -> list[Token]:
    """Cut off what belongs to the next entry where the last has no value: all behind its second line break."""
    if last.sep is None or last.value is not None:
        return []
    breaks: list[int] = []
    for place, token in enumerate(last.sep):
        if token.kind == "newline":
            breaks.append(place)
        elif token.kind != "space" and (token.kind != "comment" or token.indent > indent):
            breaks.clear()
    if len(breaks) < 2:
        return []
    start = last.sep[breaks[1] :]
    del last.sep[breaks[1] :]
    return start


def is_comment_of_last(token: Token, part: Map | Seq) -> bool:
    """Whether the comment is indented deeper than the list or map: it then goes to the value above, which takes it."""
    if token.kind != "comment" or token.indent <= part.indent or len(part.items) < 2:
        return False
    start = part.items[-1].start
    if any(one.kind not in ("newline", "space") for one in reversed(start)):
        return False
    end = end_of(part.items[-2].value)
    if end is None:
        return False
    end += [*start, token]
    part.items.pop()
    return True
