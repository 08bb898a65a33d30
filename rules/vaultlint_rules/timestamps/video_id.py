"""Ids of videos that no video has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint.note.timestamps import VIDEO_ID
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_IN_LINK = re.compile(r"(?:[?&]v=|youtu\.be/|/(?:embed|shorts|live|v)/)([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])")
_TEMPLATE = ("{{", "<%")


@dataclass(frozen=True)
class Options:
    """What can be set for `video-id`."""

    property: Annotated[str, "The property that holds the id of a note's video."] = VIDEO_ID


class VideoId(NoteRule):
    """The id of a note's video is not 11 letters, digits, hyphens and underscores."""

    name = "video-id"
    group = Group.TIMESTAMPS
    severity = Severity.ERROR
    needs = frozenset({"properties"})
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield an id that can't be one; a note without id, or with an empty one, is a schema's affair."""
        found = note.property(self.options.property)
        if found is None or found.value is None or isinstance(found.value, list | dict):
            return
        written = found.value_span.of(note.text)
        if isinstance(found.value, str):
            if _ID.fullmatch(found.value) is None and not found.value.lstrip().startswith(_TEMPLATE):
                message = f"'{_short(found.value)}' is no video id: that is {_ALPHABET}"
                yield self.find(found.value_span, message, hint=_hint(found.value))
        elif _ID.fullmatch(written) is not None:
            message = f"the video id '{written}' is read as a number"
            yield self.find(found.value_span, message, hint="put it in quotes")
        else:
            message = f"'{_short(written)}' is no video id: that is {_ALPHABET}"
            yield self.find(found.value_span, message)


_ALPHABET = "11 letters, digits, '-' or '_'"


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"


def _hint(value: str) -> str | None:
    link = _IN_LINK.search(value)
    if link is not None:
        return f"the id in this link is '{link[1]}'"
    if len(value) != 11:
        return f"it has {len(value)} characters"
    return None
