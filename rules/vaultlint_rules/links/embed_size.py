"""Sizes of images that the app does not understand (semantics 1.12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Span, Wikilink
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.vault.names import is_note_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_NEARLY = re.compile(
    r"(?:(?:width|height|w|h)\s*[=:]\s*)?(\d{1,5})\s*(?:px|%|pt|em|rem)?"
    r"(?:\s*[x\u00d7*X,]\s*(?:\d{1,5}\s*(?:px|%|pt|em|rem)?)?)?|[x\u00d7*]\s*(\d{1,5})(?:px)?",
    re.IGNORECASE,
)
"""What is meant as a size: numbers, units and a sign between them, and nothing else."""

_MAY_HAVE_SIZE = re.compile(r"!\[(?!\[[^\[\]|\n]++\]\])[^]\[|\\`<]*+[^]]")
"""An embed with a bar, or with signs that leave open where its text ends: without one, none need be taken apart."""
_SIZE = re.compile(r"\d+(?:x\d+)?")
_PICTURE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)\Z", re.IGNORECASE)


class EmbedSize(NoteRule):
    """The size of an image is written so that the app does not read it as one."""

    name = "embed-size"
    group = Group.LINKS
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield `![[a.png|300x]]`, `![a|300px](a.png)` and the like."""
        if _MAY_HAVE_SIZE.search(note.text) is None:
            return
        for embed in note.embeds:
            if not _is_picture(embed.path if isinstance(embed, Wikilink) else embed.destination):
                continue
            place = embed.alias_span if isinstance(embed, Wikilink) else embed.text_span
            shown = place.of(note.text) if place is not None else ""
            if place is None or (not isinstance(embed, Wikilink) and "|" not in shown):
                continue
            last = shown.rpartition("|")[2]
            size = last.strip()
            if _SIZE.fullmatch(size):
                continue
            nearly = _NEARLY.fullmatch(size)
            if nearly:
                start = place.end - len(last)
                yield self.find(
                    Span(start, place.end) if size else place,
                    f"'{size}' is no size that the app reads",
                    hint=_hint(size, nearly),
                )


def _is_picture(path: str) -> bool:
    return not is_note_path(path) and _PICTURE.search(path.partition("#")[0].partition("?")[0]) is not None


def _hint(size: str, nearly: re.Match[str]) -> str:
    numbers = re.findall(r"\d+", size)
    if "%" in size:
        return "the app knows no percentages: a size is a width in pixels, as '300', or width and height, as '300x200'"
    if nearly[2] is not None:
        return "a height alone can't be given: a size is a width, as '300', or width and height, as '300x200'"
    return f"write '{'x'.join(numbers[:2])}'"
