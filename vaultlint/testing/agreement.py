"""Where two readers that share no code, `vaultlint.note` and `vaultlint.tree`, see different things in a text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaultlint.note.note import Note
from vaultlint.tree import Node, parse

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

_KINDS = ("headings", "wikilinks", "embeds", "tags", "block ids", "code", "tasks", "items", "cells", "callouts", "math")
_HOLDERS = ("block_comment", "comment")
_CODE = ("codespan", "block_code")


def first_reading(text: str) -> dict[str, list[Hashable]]:
    """What `vaultlint.note` sees, by kind."""
    note = Note(text.replace("\r\n", "\n").replace("\r", "\n"))
    whole = note.text
    return {
        "headings": [(each.level, each.text) for each in note.headings],
        "wikilinks": [each.span.of(whole)[2:-2] for each in note.wikilinks if not each.embed],
        "embeds": [each.span.of(whole)[3:-2] for each in note.wikilinks if each.embed],
        "tags": [each.name for each in note.tags],
        "block ids": [each.id for each in note.block_ids],
        "code": [_bare(each.content_span.of(whole)) for each in note.code],
        "tasks": [each.task for each in note.items if each.task is not None],
        "items": [None for _ in note.items],
        "cells": [
            cell.span.of(whole) for table in note.tables for row in table.rows for cell in row.cells if len(cell.span)
        ],
        "callouts": [(each.type, each.fold, each.title) for each in note.callouts],
        "math": [_bare(each.content_span.of(whole)) for each in note.math],
    }


def second_reading(text: str) -> dict[str, list[Hashable]]:
    """What `vaultlint.tree` sees, by the same kinds."""
    found: dict[str, list[Hashable]] = {kind: [] for kind in _KINDS}
    root = parse(text)
    found["headings"] = [
        (each.attributes["level"], each.text)
        for each in root.children
        if each.type == "heading" and "\n" not in each.text
    ]
    for node, commented in _walk(root, False):
        kind = node.type
        if kind == "wikilink":
            found["wikilinks"].append(node.text)
        elif kind == "embed":
            found["embeds"].append(node.text)
        elif kind == "tag":
            found["tags"].append(node.text)
        elif kind in _CODE:
            found["code"].append(_bare(node.text))
        elif kind in ("inline_math", "block_math"):
            found["math"].append(_bare(node.text))
        elif commented:
            continue
        elif kind == "block_id":
            found["block ids"].append(node.text)
        elif kind in ("task_item", "list_item"):
            found["items"].append(None)
            if kind == "task_item":
                found["tasks"].append(node.attributes["state"])
        elif kind == "table_cell" and node.text:
            found["cells"].append(node.text)
        elif kind == "callout":
            found["callouts"].append((node.attributes["callout"], node.attributes["fold"], node.attributes["title"]))
    return found


def _bare(text: str) -> str:
    """A span without what quotes and lines add to it."""
    return "".join(text.replace(">", "").split())


def _walk(node: Node, commented: bool) -> Iterator[tuple[Node, bool]]:
    """The nodes below one, each with whether it is in a comment."""
    yield node, commented
    for child in node.children:
        yield from _walk(child, commented or node.type in _HOLDERS)


def differences(text: str) -> dict[str, tuple[Counter[Hashable], Counter[Hashable]]]:
    """By kind where they differ or stand in another order: what only the first and only the second reading has."""
    first, second = first_reading(text), second_reading(text)
    found = {}
    for kind, seen in first.items():
        if seen != second[kind]:
            one, two = Counter(seen), Counter(second[kind])
            found[kind] = (one - two, two - one)
    return found
