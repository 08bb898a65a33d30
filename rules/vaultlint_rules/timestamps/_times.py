"""Times as people write them, which recording each belongs to, and how to write another in the same way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.timestamps import VIDEO_ID, parse_duration
from vaultlint.rule.fix import Aspect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.model import Span, Timestamp
    from vaultlint.note.note import Note

MAY_CHANGE = frozenset({Aspect.TIMESTAMPS, Aspect.LINKS, Aspect.ALIASES})
"""A timestamp that is a link takes its destination or its shown text along."""


def sound(timestamp: Timestamp) -> bool:
    """Whether both of its times are times: what is not, `timestamp-syntax` says, and nobody else."""
    return timestamp.seconds is not None and (timestamp.code is None or timestamp.code_seconds is not None)


def shown_apart(timestamp: Timestamp) -> bool:
    """Whether it is written twice: as people see it and as machines follow it."""
    return timestamp.code_span is not None and timestamp.code_span != timestamp.text_span


def clock(seconds: int, like: str) -> str:
    """A time with as many parts as `like`, and the first as wide."""
    first, *rest = like.split(":")
    if len(rest) == 1:
        return f"{seconds // 60:0{len(first)}}:{seconds % 60:02}"
    hours, rest_seconds = divmod(seconds, 3600)
    return f"{hours:0{len(first)}}:{rest_seconds // 60:02}:{rest_seconds % 60:02}"


_UNITS = re.compile(r"[hm]", re.IGNORECASE)


def code(seconds: int, like: str) -> str:
    """A time in the way of an attribute, parameter or fragment: `723`, `723s`, `12m3s` or `12:03`."""
    start, comma, end = like.partition(",")
    prefix = "npt:" if start.startswith("npt:") else ""
    start = start.removeprefix("npt:")
    if ":" in start:
        written = clock(seconds, start)
    elif _UNITS.search(start):
        hours, rest = divmod(seconds, 3600)
        minutes, rest = divmod(rest, 60)
        written = (f"{hours}h" if hours else "") + (f"{minutes}m" if hours or minutes else "") + f"{rest}s"
    else:
        written = f"{seconds}s" if start.endswith(("s", "S")) else str(seconds)
    return f"{prefix}{written}{comma}{end}"


_PARAMETER = re.compile(r"[?&#;](?:t|start|time_continue|si|feature|list|index|end)=[^&#;]*+")


def recording(timestamp: Timestamp, video_id: str | None) -> str:
    """What the time counts in: empty for the note's own video, else the link without its time."""
    if timestamp.url is None or (video_id and video_id in timestamp.url):
        return ""
    return _PARAMETER.sub("", timestamp.url).removesuffix("/")


def video_id(note: Note) -> str | None:
    """The note's own video."""
    found = note.property(VIDEO_ID)
    return found.value if found is not None and isinstance(found.value, str) else None


def of_the_note(note: Note) -> list[Timestamp]:
    """The sound timestamps of the note's own recording: of its video, or of the only one it links to."""
    own = video_id(note)
    times = [timestamp for timestamp in note.timestamps if sound(timestamp)]
    recordings = {recording(timestamp, own) for timestamp in times}
    if own is None and len(recordings - {""}) == 1:
        return times
    return [timestamp for timestamp in times if not recording(timestamp, own)]


def duration(note: Note, name: str = "duration") -> tuple[int, Span] | None:
    """How long the recording is, in seconds, and where the note says so."""
    found = note.property(name)
    seconds = parse_duration(found.value) if found is not None else None
    return (seconds, found.value_span) if found is not None and seconds is not None else None


_ENOUGH = 4
_TOO_MANY_HOURS = 7


def scaled_up(note: Note, times: Iterable[Timestamp]) -> bool:
    """Whether minutes and seconds were written as hours and minutes: `12:03:00` for 12:03.

    So it is if every time ends in `:00` and the last passes the recording's end, but would not if read so;
    in a note without duration, if several go to seven hours and beyond and are hardly rounded to minutes.
    """
    distinct = {timestamp.seconds or 0 for timestamp in times}
    if not distinct or any(seconds % 60 for seconds in distinct):
        return False
    if not all(timestamp.text.count(":") == 2 for timestamp in times):
        return False
    length = duration(note)
    if length is not None:
        return len(distinct) > 1 and max(distinct) > length[0] >= max(distinct) // 60
    odd = sum(1 for seconds in distinct if seconds // 60 % 5)
    return len(distinct) >= _ENOUGH and odd * 2 >= len(distinct) and max(distinct) >= _TOO_MANY_HOURS * 3600
