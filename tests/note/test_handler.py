"""python-frontmatter reads notes as the app does, with the handler."""

from __future__ import annotations

from pathlib import Path

import frontmatter
import pytest

from vaultlint.note.handler import ObsidianHandler


def test_load(tmp_path: Path) -> None:
    """`frontmatter.load` gives the metadata that the app sees, and the text behind it."""
    note = tmp_path / "Note.md"
    note.write_text("---\ndate: 2024-01-01\nat: 12:30\non: yes\nn: 012\ntags: [a]\n---\n\nText\n", "utf-8")
    post = frontmatter.load(str(note), handler=ObsidianHandler())
    assert {"date": "2024-01-01", "at": "12:30", "on": "yes", "n": 12, "tags": ["a"]} == post.metadata
    assert "Text" == post.content


@pytest.mark.parametrize("yaml", ["a: 1\na: 2", "a: b: c", "- a", "", "# c"])
def test_no_metadata(yaml: str) -> None:
    """Where the app reads no property there is no metadata, and the text is still found."""
    post = frontmatter.loads(f"---\n{yaml}\n---\nText", handler=ObsidianHandler())
    assert ({}, "Text") == (post.metadata, post.content)


def test_no_block() -> None:
    """A note without a block is all text."""
    handler = ObsidianHandler()
    assert not handler.detect("Text\n---\na: 1\n---\n")
    assert handler.detect("---\na: 1\n---\n")
    post = frontmatter.loads("Text", handler=handler)
    assert ({}, "Text") == (post.metadata, post.content)
    with pytest.raises(ValueError, match="does not begin with properties"):
        handler.split("Text")


def test_last_line_of_a_block_scalar() -> None:
    """What is split off is read as it stood, to the last line break."""
    assert {"a": "x\n\n"} == ObsidianHandler().load(ObsidianHandler().split("---\na: |+\n  x\n\n---\n")[0])


def test_not_written() -> None:
    """Nobody loses comments by writing properties with it."""
    post = frontmatter.loads("---\na: 1\n---\n", handler=ObsidianHandler())
    with pytest.raises(NotImplementedError):
        frontmatter.dumps(post, handler=ObsidianHandler())
