"""Blocks that CommonMark does not know: display math (`$$`) and block comments (`%%`).

Both begin at the start of a line's content, also right behind a line of a paragraph, and run to the next pair of the
same signs over blank lines, or to the end of what holds them (observed 17, 44, 59, 60). CommonMark has one block with
that very shape: a processing instruction, `<?` to `?>`. So that is how they stand in the text that pyromark reads.

Whether a sign is itself inside code or HTML only the structure can tell: a first guess follows fences, and what
pyromark then sees corrects it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from vaultlint.note.markdown import CODE, HTML, Structure, read_structure

_ROUNDS = 6
"""How often a guess is corrected. Each round reads the text again; few notes need any."""


class Region(NamedTuple):
    """A block comment or display math at the start of a line; among the guesses also a fence."""

    start: int
    end: int
    """Behind the closing signs; where there are none, the end of what holds it."""
    sign: str
    """`%%` or `$$`."""
    closed: bool


def read_regions(text: str, start: int) -> tuple[Structure, list[Region]]:
    """The structure of a text from an offset on, and the blocks in it that CommonMark does not know."""
    if "%%" not in text and "$$" not in text:
        return read_structure(_disguise(text, start, [])), []
    known: dict[int, int] = {}
    for _ in range(_ROUNDS):
        guesses = _guess(text, start, known)
        regions = [guess for guess in guesses if guess.sign in _SIGNS]
        structure = read_structure(_disguise(text, start, regions))
        if not guesses or not _learn(text, structure, guesses, known):
            return structure, regions
    begins = {start for kind, start, *_ in zip(*structure.blocks, strict=True) if kind == HTML}
    return structure, [region for region in regions if region.start in begins]


_SIGNS = ("%%", "$$")
_OPAQUE = (CODE, HTML)
_LINE = (
    r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+"
    r"(?:(?P<line>%%(?:[^%\n]|%(?!%))*+%%)[ \t]*+(?=\n|\Z)|(?P<sign>%%|\$\$|`{3,}+(?=[^`\n]*+\n)|~{3,}+))"
)
_FIRST = re.compile(_LINE)
_NEXT = re.compile(r"\n" + _LINE)
_TRAILER = re.compile(r"[ \t]*(?:\^[A-Za-z0-9-]+[ \t]*)?(?:\n|\Z)")
"""What may stand behind the closing signs of a block on one line: a block id."""


def _guess(text: str, start: int, known: dict[int, int]) -> list[Region]:
    """What begins at line starts, each with its end: the one that is `known`, else as far as a look can tell."""
    guesses: list[Region] = []
    found = _FIRST.match(text, start) or _NEXT.search(text, max(start - 1, 0))
    while found:
        group = found.lastgroup or "sign"
        begin, end = found.span(group)
        if begin in known:
            if known[begin] > begin:
                end = known[begin]
                guesses.append(Region(begin, end, text[begin : begin + 2], closed=False))
            else:
                end = begin + 2
        elif group == "line":  # by far the most frequent
            guesses.append(Region(begin, end, "%%", closed=True))
        elif region := _region(text, begin, found["sign"]):
            guesses.append(region)
            end = region.end
        # A line break that ends what was passed begins the next line.
        found = _NEXT.search(text, end - 1 if text[end - 1] == "\n" else end)
    return guesses


def _region(text: str, begin: int, sign: str) -> Region | None:
    """What the sign opens; `None` where it is inline: closed on its own line with text behind it."""
    if sign not in _SIGNS:
        pattern = rf"\n[ \t>]*{re.escape(sign)}{re.escape(sign[0])}*[ \t]*(?=\n|\Z)"
        fence = re.compile(pattern).search(text, begin)
        return Region(begin, fence.end() if fence else len(text), sign, fence is not None)
    close = text.find(sign, begin + 2)
    if close < 0:
        return Region(begin, len(text), sign, closed=False)
    one_line = text.find("\n", begin, close) < 0
    if one_line and not _TRAILER.match(text, close + 2):
        return None
    return Region(begin, close + 2, sign, closed=True)


def _disguise(text: str, start: int, regions: list[Region]) -> str:
    """The text with each region as a processing instruction, and with nothing before `start`; of the same length."""
    if not start and not regions:
        return text
    parts = ["\n" * start]
    at = start
    for region in regions:
        inner_end = region.end - 2 if region.closed else region.end
        inner = text[region.start + 2 : inner_end].replace("?>", "??")
        parts += text[at : region.start], "<?", inner, "?>" if region.closed else ""
        at = region.end
    parts.append(text[at:])
    return "".join(parts)


def _learn(text: str, structure: Structure, guesses: list[Region], known: dict[int, int]) -> bool:
    """Keep the true end of the first guess that pyromark sees otherwise; its own start where it begins nothing."""
    opaque = [
        (start, end, kind) for kind, start, end, _ in zip(*structure.blocks, strict=True) if kind in _OPAQUE
    ]
    ends = {(start, kind): end for start, end, kind in opaque}
    for guess in guesses:
        end = ends.get((guess.start, CODE if guess.sign[0] in "`~" else HTML))
        if end is None:
            known[guess.start] = guess.start
            _learn_inside(text, opaque, guess.start, known)
            return True
        if end < guess.end and text[end : guess.end].strip("> \t\n"):
            known[guess.start] = end
            return True
    return False


def _learn_inside(text: str, opaque: list[tuple[int, int, int]], place: int, known: dict[int, int]) -> None:
    """Where the place is inside code or HTML, nothing begins in all the rest of that."""
    start, end, _ = opaque[bisect_right(opaque, (place, len(text), 0)) - 1] if opaque else (0, 0, 0)
    if start <= place < end:
        at = place
        while found := _NEXT.search(text, at, end):
            at = found.start(found.lastgroup or 0)
            known[at] = at
