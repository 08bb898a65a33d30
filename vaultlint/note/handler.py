"""Properties for those who use python-frontmatter: `frontmatter.load(path, handler=ObsidianHandler())`."""

from __future__ import annotations

import re
from typing import Any

from frontmatter.default_handlers import BaseHandler

from vaultlint.note.frontmatter import read_frontmatter


class ObsidianHandler(BaseHandler):
    """Frontmatter as Obsidian reads it: its delimiters, YAML 1.2, dates as text.

    Where the app reads no property of a note (invalid YAML, a name twice), the metadata is empty, and
    `read_frontmatter(text).error` says why. python-frontmatter strips white space off a text before any
    handler sees it: a block behind blank lines, which is none to the app, can't be told from a good one here.
    `docs/python-frontmatter.md` has the differences from python-frontmatter's own handler, row by row.
    """

    FM_BOUNDARY = re.compile(r"^---(?![^\r\n])", re.MULTILINE)
    START_DELIMITER = "---"
    END_DELIMITER = "---"

    def detect(self, text: str) -> bool:
        """Whether the text begins with a block of properties."""
        return read_frontmatter(text).span is not None

    def split(self, text: str) -> tuple[str, str]:
        """What stands between the dashes, and behind them. Raises `ValueError` where there is no block."""
        block = read_frontmatter(text)
        if block.span is None or block.content_span is None:
            raise ValueError("the text does not begin with properties between lines of '---'")
        return block.content_span.of(text), text[block.span.end :]

    def load(self, fm: str) -> dict[str, Any]:
        """The properties by name, from what stands between the dashes."""
        line_break = "" if not fm or fm.endswith(("\n", "\r")) else "\n"
        block = read_frontmatter(f"---\n{fm}{line_break}---\n")
        return {entry.key: entry.value for entry in block.properties}

    def export(self, metadata: dict[str, object], **kwargs: object) -> str:
        """Not offered, as properties written anew lose comments and quotes: raises `NotImplementedError`."""
        raise NotImplementedError("properties are not written anew: change the note's text at a property's span")
