"""Media timestamps: places in a recording, written as times (design, "Media timestamps").

Three parts are hours, minutes and seconds; two are minutes, which may pass 59, and seconds. A bare time
counts only in a note that names its video or has another timestamp: in a diary `- 09:30 tea` is no such time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from vaultlint.note.model import Link, Span, Timestamp, Wikilink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note

VIDEO_ID = "videoId"
"""The property that says which video a note is about."""

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,]\d{1,3})?", re.ASCII)
_UNITS = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,9})(?:\.\d{1,30})?s?)?", re.ASCII | re.IGNORECASE)


def parse_clock(text: str) -> int | None:
    """The seconds of `12:03` or `01:12:03`; `None` where it is no time, such as one with 75 seconds.

    A fraction of a second is dropped.
    """
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if seconds > 59 or (found[1] is not None and (minutes > 59 or len(found[2]) > 2)):
        return None
    return hours * 3600 + minutes * 60 + seconds


def parse_offset(code: str) -> int | None:
    """The seconds of a link's parameter, a fragment or an attribute: `723`, `12m3s`, `12:03`, `10,20`."""
    start = code.removeprefix("npt:").split(",", 1)[0].strip()
    if ":" in start:
        return parse_clock(start)
    found = _UNITS.fullmatch(start)
    if found is None or not start:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


_ISO_DURATION = re.compile(
    r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?", re.ASCII
)


def parse_duration(value: object) -> int | None:
    """The seconds of a property for durations: `HH:MM:SS`, `12:30`, a number of seconds, or `PT1H2M3S`."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if 0 <= value < 1e9 else None
    if not isinstance(value, str):
        return None
    words = value.strip()
    iso = _ISO_DURATION.fullmatch(words)
    if iso is not None and words[-1] not in "PT":
        days, hours, minutes, seconds = (int(part or 0) for part in iso.groups())
        return days * 86400 + hours * 3600 + minutes * 60 + seconds
    return parse_offset(words) if words[:1].isdigit() and "," not in words else None


def find_timestamps(note: Note) -> tuple[Timestamp, ...]:
    """All timestamps of a note, in text order."""
    found: list[Timestamp] = []
    text = note.text
    if "=" in text and "t=" in text:  # one sign for all of them, as looking for one is quick
        if "data-t=" in text:
            found += _anchors(note)
        if _PARAMETER.search(text) is not None:
            found += _links(note)
    if found or _has_video(note):
        found += _bare(note, found)
        found.sort(key=_start)
    return tuple(found)


def _start(timestamp: Timestamp) -> int:
    return timestamp.span.start


def _has_video(note: Note) -> bool:
    named = note.property(VIDEO_ID)
    return named is not None and named.value is not None


_LIKE_A_TIME = re.compile(r"\d{1,3}(?::\d{0,3}){1,3}(?:[.,]\d{1,3})?(?![\w:])", re.ASCII)


# --- <a class="yt-timestamp" data-t="00:12:03">[00:12:03]</a> ---

_ANCHOR = re.compile(r"<[aA](?=\s)([^<>]*+)>(?:([^<]*+)</[aA]\s*+>)?")
_DATA_T = re.compile(r"""(?<=\s)data-t=(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")


def _anchors(note: Note) -> Iterator[Timestamp]:
    """An anchor in an HTML block is as good as any; in code, math and HTML comments it is none."""
    blocks = [html.span for html in note.html if html.block]
    comments = [comment.span for comment in note.comments if comment.html]
    for anchor in _ANCHOR.finditer(note.text):
        attribute = _DATA_T.search(note.text, *anchor.span(1))
        span = Span(*anchor.span())
        if attribute is None:
            continue
        if note.hidden(span) and (_inside(comments, span) or not _inside(blocks, span)):
            continue
        code_span = Span(*attribute.span(attribute.lastindex or 0))
        code = code_span.of(note.text)
        shown = _bracketed(note.text, *anchor.span(2)) if anchor[2] else None
        if shown is None and not any(char.isdigit() for char in code) and "timestamp" not in anchor[1]:
            continue  # somebody else's attribute of that name
        yield _timestamp(span, "anchor", note.text, shown, code_span)


def _inside(spans: list[Span], span: Span) -> bool:
    """Whether one of these, sorted and disjoint, covers the other."""
    place = bisect_right(spans, span.start, key=_start_of) - 1
    return place >= 0 and spans[place].covers(span)


def _start_of(span: Span) -> int:
    return span.start


_SHOWN = re.compile(r"\s*+[\[(]?+\s*+")


def _bracketed(text: str, start: int, end: int) -> Span | None:
    """What stands like a time at the start of a shown text, brackets aside."""
    opening = _SHOWN.match(text, start, end)
    found = _LIKE_A_TIME.match(text, opening.end() if opening else start, end)
    return Span(*found.span()) if found else None


def _timestamp(
    span: Span, form: str, text: str, shown: Span | None, code_span: Span, url: str | None = None
) -> Timestamp:
    code = code_span.of(text)
    code_seconds = parse_offset(code)
    if shown is None:
        return Timestamp(span, form, code_seconds, code, code_span, code, code_span, code_seconds, url)
    words = shown.of(text)
    return Timestamp(span, form, parse_clock(words), words, shown, code, code_span, code_seconds, url)


# --- [12:03](https://youtu.be/ID?t=723), ![[talk.mp4#t=12:03]] ---

_PARAMETER = re.compile(r"[?&#;](?:t|start)=([^&#;\s\]|)>\"']*+)")
_RECORDING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com)[/?]", re.IGNORECASE
)
_MEDIA = re.compile(r"\.(?:mp4|webm|ogv|mov|mkv|m4v|3gp|mp3|wav|m4a|ogg|oga|opus|flac|aac)(?=[?#]|\Z)", re.IGNORECASE)


def _links(note: Note) -> Iterator[Timestamp]:
    for link in note.links:
        yield from _of_link(note, link)
    for wikilink in note.wikilinks:
        yield from _of_wikilink(note, wikilink)


def _of_link(note: Note, link: Link) -> Iterator[Timestamp]:
    place = link.destination_span
    if place is None or not link.span.covers(place):
        return  # a reference's destination stands elsewhere, once for all that use it
    code = _code_span(note.text, place)
    if code is None:
        return
    shown = _bracketed(note.text, link.text_span.start, link.text_span.end)
    if shown is not None and shown.overlaps(place):
        shown = None
    url = place.of(note.text)
    if shown is not None or _RECORDING.match(url) or _MEDIA.search(url):
        yield _timestamp(link.span, "link", note.text, shown, code, url)


def _of_wikilink(note: Note, link: Wikilink) -> Iterator[Timestamp]:
    code = _code_span(note.text, link.target_span)
    if code is None or _MEDIA.search(link.path) is None:
        return
    shown = _bracketed(note.text, link.alias_span.start, link.alias_span.end) if link.alias_span else None
    yield _timestamp(link.span, "embed", note.text, shown, code, link.path)


def _code_span(text: str, place: Span) -> Span | None:
    found = _PARAMETER.search(text, place.start, place.end)
    return Span(*found.span(1)) if found else None


# --- bare times ---

_BARE_TIME = r"(\d{1,3}(?::\d\d){1,2})(?!\w|:\d|[.,]\d|\s?[AaPp]\.?[Mm]\b)"
_AT_START = re.compile(
    rf"""
    ^[ \t>]*+ (?: (?:[-*+]|\d{{1,9}}[.)]) [ \t]++ (?:\[.\][ \t]++)? | \#{{1,6}}[ \t]++ )?+
    [*_]*+ [\[(]?+ [*_]*+ {_BARE_TIME}
    """,
    re.VERBOSE | re.ASCII | re.MULTILINE,
)
_IN_BRACKETS = re.compile(rf"(?<![\[\w])[\[(]{_BARE_TIME}(?=[\])]|\s?[-–—]\s?\d)", re.ASCII)


def _bare(note: Note, found: list[Timestamp]) -> Iterator[Timestamp]:
    """Times at the start of a line, item or heading, or in brackets, that are part of no other timestamp."""
    taken = {timestamp.text_span.start for timestamp in found}
    taken.update(link.text_span.start + lead for link in note.links for lead in (0, 1))
    for pattern in (_AT_START, _IN_BRACKETS):
        for match in pattern.finditer(note.text):
            span = Span(*match.span(1))
            if span.start in taken or note.hidden(span):
                continue
            taken.add(span.start)
            words = match[1]
            yield Timestamp(span, "bare", parse_clock(words), words, span)
