"""Code frames: the line that a finding stands in, cut to fit, with carets under its span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.report.escape import cells, visible

if TYPE_CHECKING:
    from vaultlint.rule.finding import Diagnostic

TAB = "    "
ELLIPSIS = "…"


def frame(text: str, diagnostic: Diagnostic, room: int) -> tuple[str, str] | None:
    """The line as shown, and the spaces and carets beneath it; neither with a gutter.

    `text` is the note as it is now: `None` where it is no longer the one that was checked, or where the
    finding is about the whole note. `room` is in columns of the terminal.
    """
    span, position = diagnostic.span, diagnostic.position
    start = span.start - position.column + 1
    if span.end == 0 or not _is_line(text, start, position.line) or span.end > len(text):
        return None
    end = text.find("\n", span.start)
    end = len(text) if end < 0 else end
    lone = text.find("\r", span.start, end)
    end = end if lone < 0 else lone
    shown, indent, length = _fit(text[start:end], span.start - start, min(span.end, end) - start, room)
    more = f" to line {diagnostic.end.line}" if diagnostic.end.line > position.line else ""
    return shown, " " * indent + "^" * max(length, 1) + more


def _is_line(text: str, start: int, line: int) -> bool:
    """Whether `start` is where the line of that number (from 1) begins."""
    if start < 0 or start > len(text):
        return False
    if start and text[start - 1] not in "\n\r" and not (start == 1 and text[0] == "\ufeff"):
        return False
    breaks = text.count("\n", 0, start)
    if "\r" in text:
        breaks += text.count("\r", 0, start) - text.count("\r\n", 0, start)
    return breaks == line - 1


def _fit(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of `line` around `start:end` that fits, with the span's indent and length in columns."""
    if len(line) <= room and line.isascii() and line.isprintable():
        return line, start, end - start
    left, right = _window(line, start, room)
    before = (ELLIPSIS if left else "") + _shown(line[left:start])
    within = _shown(line[start : min(end, right)])
    after = _shown(line[max(start, min(end, right)) : right]) + (ELLIPSIS if right < len(line) else "")
    return before + within + after, cells(before), cells(within)


def _window(line: str, start: int, room: int) -> tuple[int, int]:
    """Where to cut: two thirds of the room go to the span and what follows, the rest to what precedes it."""
    near = line[max(0, start - room) : start + room]
    if _is_plain(near):
        if len(line) <= room:
            return 0, len(line)
        room -= 2 * len(ELLIPSIS)
        right = min(len(line), start + room * 2 // 3)
        left = max(0, right - room)
        return left, min(len(line), left + room)
    if len(line) <= room and cells(_shown(line)) <= room:
        return 0, len(line)
    return _measured_window(line, start, room - 2 * len(ELLIPSIS))


def _is_plain(text: str) -> bool:
    """Whether every character is shown as it is, in one column."""
    if text.isascii():
        return text.isprintable()
    return visible(text) == text and all(width == 1 for width in map(cells, set(text)))


def _measured_window(line: str, start: int, room: int) -> tuple[int, int]:
    left = right = start

    def extend_right(limit: int, used: int) -> int:
        nonlocal right
        while right < len(line) and (more := used + cells(_shown(line[right]))) <= limit:
            used, right = more, right + 1
        return used

    used = extend_right(room * 2 // 3, 0)
    while left and (more := used + cells(_shown(line[left - 1]))) <= room:
        used, left = more, left - 1
    extend_right(room, used)
    return left, right


def _shown(text: str) -> str:
    return visible(text.replace("\t", TAB))
