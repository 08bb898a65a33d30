"""Whole notes with all that is in them, each beside its expected reading."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vaultlint.note.model import Span
from vaultlint.note.note import Note, parse_note
from vaultlint.note.source import decode

FOLDER = Path(__file__).parent / "reading"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))

PARTS = {
    "headings": ("level", "text", "setext"),
    "sections": ("type",),
    "wikilinks": ("embed", "path", "subpath", "alias", "in_table", "in_comment"),
    "links": ("image", "text", "form", "external", "destination", "path", "subpath", "in_table", "in_comment"),
    "definitions": ("label", "destination"),
    "tags": ("name", "in_comment"),
    "block_ids": ("id", "block_span"),
    "callouts": ("type", "fold", "title", "depth"),
    "code": ("kind", "language", "content_span", "closed"),
    "math": ("display", "content_span", "closed"),
    "comments": ("html", "block", "content_span", "closed"),
    "html": ("block",),
    "lists": ("ordered", "items"),
    "items": ("marker_span", "content_span", "parent", "task"),
    "tables": ("rows",),
    "footnotes": ("kind", "id", "content_span"),
    "highlights": ("content_span",),
    "inline_fields": ("key", "value"),
    "templater": (),
    "timestamps": ("form", "seconds", "text", "code"),
}
"""What is told of each node besides its place and its text; what is empty or false is left out."""


def reading(note: Note) -> dict[str, list[str]]:
    """What stands in a note: by attribute, a line for each node that begins with its place."""
    found = {name: [line(note, node, parts) for node in getattr(note, name)] for name, parts in PARTS.items()}
    found["property_links"] = [
        f"{each.key}: {line(note, each.link, PARTS['wikilinks'])}" for each in note.property_links
    ]
    found["opaque"] = [f"{place(note, span.start)}-{place(note, span.end)}" for span in note.opaque]
    return {name: lines for name, lines in found.items() if lines}


def line(note: Note, node: Any, parts: tuple[str, ...]) -> str:
    told = [f"{name}={shown(note, value)}" for name in parts if told_of(value := getattr(node, name))]
    return " | ".join([f"{place(note, node.span.start)} {shown(note, node.span)}", *told])


def told_of(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", ())


def place(note: Note, offset: int) -> str:
    position = note.source.position(offset)
    return f"{position.line}:{position.column}"


def shown(note: Note, value: Any) -> str:
    if isinstance(value, Span):
        return shown(note, value.of(note.text))
    if isinstance(value, str):
        return value.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")
    if isinstance(value, tuple):
        return "[" + ", ".join(shown(note, each) for each in value) + "]"
    if hasattr(value, "cells"):
        return shown(note, tuple(cell.span for cell in value.cells))
    if hasattr(value, "block"):
        return str("^" * value.block + value.text)
    return str(value)


def test_there_are_notes() -> None:
    """There are notes to read, and each has its expected reading."""
    assert 20 <= len(NAMES)
    assert NAMES == sorted(path.name.removesuffix(".expected.json") for path in FOLDER.glob("*.expected.json"))


@pytest.mark.parametrize("name", NAMES)
def test_reading(name: str) -> None:
    """Everything in the note is read, at its place, and nothing else."""
    expected = json.loads((FOLDER / f"{name}.expected.json").read_text("utf-8"))
    note = parse_note(decode((FOLDER / f"{name}.md").read_bytes()), f"{name}.md")

    assert expected == reading(note)
