"""What a text in YAML says: lines folded, quotes and escapes undone, block scalars cut to their indentation."""

from __future__ import annotations

import re
from typing import TypeAlias


class BadScalar(Exception):  # noqa: N818 - a fault of the note
    """The text says nothing, for a fault at `start`. `problem` as in `YamlFault`."""

    def __init__(self, problem: str, start: int, end: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.start = start
        self.end = end


_FOLD = re.compile(r"(?<![ \t])[ \t]*+\r?\n[ \t]*+((?:\r?\n[ \t]*+)*+)")
_ESCAPE = re.compile(
    r"""[ \t]++(?!\r?\n)                            # white space that stays
      | [ \t]*+\r?\n[ \t]*+((?:\r?\n[ \t]*+)*+)   # a line break with the white space around it
      | \\(?:
            (\r?\n)[ \t]*+                        # none, as it is escaped
          | x([0-9a-fA-F]{2}) | u([0-9a-fA-F]{4}) | U([0-9a-fA-F]{8})
          | (.|\Z)                              # none is the quote behind it all, taken for the closing one
        )
    """,
    re.VERBOSE | re.DOTALL,
)
_CHARS = {
    "0": "\0",
    "a": "\x07",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
    **{char: char for char in ' "/\\\t'},
}


def folded(text: str) -> str:
    """A line break between lines is a space, several are one fewer."""
    return _FOLD.sub(_fold, text) if "\n" in text else text


def _fold(found: re.Match[str]) -> str:
    return "\n" * found[1].count("\n") or " "


def double(text: str, start: int) -> str:
    """What stands between double quotes that open at `start`. Raises `BadScalar`."""
    if "\\" not in text and "\n" not in text:
        return text

    def undo(found: re.Match[str]) -> str:
        kind = found.lastindex
        if kind is None:
            return found[0]
        if kind == 1:
            return _fold(found)
        if kind == 2:
            return ""
        if kind == 6 and (char := _CHARS.get(found[6] or '"')):
            return char
        if kind == 6 or int(found[kind or 0], 16) > 0x10FFFF:
            raise BadScalar("escape", start + 1 + found.start())
        return chr(int(found[kind or 0], 16))

    return _JOINED.sub(_join, _ESCAPE.sub(undo, text))


_JOINED = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _join(found: re.Match[str]) -> str:
    """Two halves of a pair, each written as an escape, are one character."""
    return found[0].encode("utf-16", "surrogatepass").decode("utf-16")


_HEADER = re.compile(r"[|>](?:([-+])([1-9])?|([1-9])([-+])?)?")
_LINE = re.compile(r"( *+)([^\n]*+)(?:\n|\Z)")


_Lines: TypeAlias = list[tuple[str, str, int]]
"""Of each line its indentation, its text, and where that begins."""


def block(header: str, content: str, indent: int, start: int, at_root: bool) -> str:
    """What a block scalar says; its lines stand at `start`, its parent at column `indent`. Raises `BadScalar`."""
    signs = _HEADER.fullmatch(header)
    if signs is None:
        raise BadScalar("block scalar", -1)
    chomp = signs[1] or signs[4] or ""
    explicit = int(signs[2] or signs[3] or 0)
    lines: _Lines = [(line[1], line[2], start + line.start(2)) for line in _LINE.finditer(content)] if content else []
    if content and not content.endswith("\n"):
        lines.pop()  # the empty match at the end
    last = len(lines)
    while last and lines[last - 1][1] in ("", "\r"):
        last -= 1
    if last == 0:
        return "\n" * max(1, len(lines) - 1) if chomp == "+" and lines else ""
    first, width = _first_line(lines, explicit, indent, at_root)
    last = max([last, *(place + 1 for place in range(last, len(lines)) if len(lines[place][0]) > width)])
    text = "".join(spaces[width:] + "\n" for spaces, _, _ in lines[:first])
    text += _joined(lines[first:last], width, header[0] == ">")
    if chomp == "-":
        return text
    if chomp == "+":
        text += "".join("\n" + spaces[width:] for spaces, _, _ in lines[last:])
        return text if text.endswith("\n") else text + "\n"
    return text + "\n"


def _first_line(lines: _Lines, explicit: int, indent: int, at_root: bool) -> tuple[int, int]:
    """The first line with text, and how wide the indentation is that all lines lose."""
    width = indent + explicit
    for place, (spaces, text, start) in enumerate(lines):
        if text in ("", "\r"):
            if not explicit:
                width = max(width, len(spaces))
            continue
        if len(spaces) < width:
            raise BadScalar("tab" if text.startswith("\t") else "block scalar", start)
        if not explicit:
            width = len(spaces)
        if width == 0 and not at_root:
            raise BadScalar("tab" if text.startswith("\t") else "block scalar", start)
        return place, width
    raise AssertionError("a line with text is there")


def _joined(lines: _Lines, width: int, fold: bool) -> str:
    parts: list[str] = []
    gap = ""
    deeper = False
    for spaces, written, start in lines:
        text = written.removesuffix("\r")
        if text and len(spaces) < width:
            raise BadScalar("tab" if text.startswith("\t") else "block scalar", start)
        if not fold:
            parts += (gap, spaces[width:], text)
            gap = "\n"
        elif len(spaces) > width or text.startswith("\t"):
            if gap == " ":
                gap = "\n"
            elif not deeper and gap == "\n":
                gap = "\n\n"
            parts += (gap, spaces[width:], text)
            gap, deeper = "\n", True
        elif not text:
            if gap == "\n":
                parts.append("\n")
            else:
                gap = "\n"
        else:
            parts += (gap, text)
            gap, deeper = " ", False
    return "".join(parts)
