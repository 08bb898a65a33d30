"""Blocks that CommonMark does not know: display math (`$$`) and block comments (`%%`).

Both begin at the start of a line's content, also right behind a line of a paragraph, and run to the next pair of the
same signs over blank lines, or to the end of what holds them (observed 17, 44, 59, 60). CommonMark has one block with
that very shape: a processing instruction, `<?` to `?>`. So that is how they stand in the text that pyromark reads; one
that is a line stands there as a rule, which is read sooner.

Whether a sign is itself inside code or HTML only the structure can tell: a first guess follows fences, and what
pyromark then sees corrects it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from vaultlint.note.markdown import CODE, HTML, RULE, Structure, places_of, read_structure

_ROUNDS = 4
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
    if "\t" in text and "> \t" in text:
        text = _QUOTE.sub(_with_wide_tabs, text)
    if "%%" not in text and "$$" not in text:
        return read_structure(_disguise(text, start, [])), []
    known: dict[int, int] = {}
    for _ in range(_ROUNDS):
        guesses = (_lone_comments(text, start) if not known else None) or _guess(text, start, known)
        structure = read_structure(_disguise(text, start, guesses))
        if not guesses or not _learn(text, structure, guesses, known):
            break
    else:
        kinds, starts, *_ = structure.blocks
        begins = {starts[at] for kind in (HTML, RULE) for at in places_of(kinds, kind)}
        guesses = [guess for guess in guesses if guess.start in begins]
    return structure, [_closed_or_trimmed(text, guess) for guess in guesses if guess.sign in _SIGNS]


def _closed_or_trimmed(text: str, region: Region) -> Region:
    end = region.end
    while not region.closed and text[end - 1] == "\n" and end > region.start + 2:
        end -= 1
    return region if end == region.end else region._replace(end=end)


_QUOTE = re.compile(r"^[ ]{0,3}+>[^\n]*+(?:\n[ ]{0,3}+>[^\n]*+)*+", re.MULTILINE)
_ITEM = re.compile(r"[ ]{0,3}+>[> ]*+(?:[-*+]|\d{1,9}[.)])[ \t]")


def _with_wide_tabs(quote: re.Match[str]) -> str:
    """A quote in which `> ` and a tab begin indented code, as they do in the app (observed 18).

    CommonMark lets the tab end at the fourth column of the line. Behind an item or a line of text it is the same for
    both: it continues those.
    """
    lines = quote[0].split("\n")
    continued = False
    for place, line in enumerate(lines):
        if _ITEM.match(line):
            break
        if not continued and line.startswith("> \t"):
            lines[place] = ">\t\t" + line[3:]
        else:
            continued = bool(line.strip("> \t"))
    return "\n".join(lines)


_SIGNS = ("%%", "$$")
_OPAQUE = (CODE, HTML)
_OPENERS = ("%%", "$$", "```", "~~~")
_PREFIX = re.compile(r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+")
"""What may stand before an opener at the start of a line's content: signs of quotes and lists."""
_FENCE = re.compile(r"`{3,}+(?=[^`\n]*+\n)|~{3,}+")
_TRAILER = re.compile(r"[ \t]*(?:\^[A-Za-z0-9-]+[ \t]*)?(?:\n|\Z)")
"""What may stand behind the closing signs of a block on one line: a block id."""


_LINE_END = re.compile(r"[ \t]*+(?:\n|\Z)")


def _lone_comments(text: str, start: int) -> list[Region]:
    """The guesses where every sign of the note belongs to a comment that is a line, as in most; else nothing."""
    if ("$" in text and "$$" in text) or ("~" in text and "~~~" in text) or "```" in text:
        return []
    parts = text[start:].split("%%")
    if len(parts) % 2 == 0:
        return []
    found: list[Region] = []
    at = start + len(parts[0])
    for place in range(1, len(parts), 2):
        inner, after = parts[place], parts[place + 1]
        if "\n" in inner or (at and text[at - 1] != "\n") or not _LINE_END.match(after):
            return []
        end = at + 4 + len(inner)
        found.append(Region(at, end, "%%", True))
        at = end + len(after)
    return found


def _guess(text: str, start: int, known: dict[int, int]) -> list[Region]:
    """What begins at line starts, each with its end: the one that is `known`, else as far as a look can tell."""
    guesses: list[Region] = []
    length = len(text)
    places = {sign: start - 1 for sign in _OPENERS if sign in text}
    line = start
    while line < length:
        # The first opener of a line is the only one that can be at its start.
        begin = length
        for sign, place in places.items():
            if place < line:
                place = text.find(sign, line)
                places[sign] = place = place if place >= 0 else length
            if place < begin:
                begin = place
        if begin == length:
            break
        first = max(text.rfind("\n", line, begin) + 1, line)
        end = begin
        if first == begin or _PREFIX.fullmatch(text, first, begin):
            region = _known(text, begin, known) if begin in known else _region(text, begin, text[first:begin])
            if region is not None:
                guesses.append(region)
                end = region.end
        # A line break that ends what was passed begins the next line.
        line = text.find("\n", end - 1 if end > begin else end) + 1 or length
    return guesses


def _known(text: str, begin: int, known: dict[int, int]) -> Region | None:
    end = known[begin]
    return Region(begin, end, text[begin : begin + 2], closed=False) if end > begin else None


def _region(text: str, begin: int, before: str) -> Region | None:
    """What an opener behind `before` opens; `None` where it is inline: closed on its line with text behind it."""
    sign = text[begin : begin + 2]
    if sign not in _SIGNS:
        opening = _FENCE.match(text, begin)
        if opening is None:
            return None
        mark = opening[0]
        pattern = rf"\n[ \t>]*{re.escape(mark)}{re.escape(mark[0])}*[ \t]*(?=\n|\Z)"
        fence = re.compile(pattern).search(text, begin)
        return Region(begin, fence.end() if fence else len(text), sign, fence is not None)
    close = text.find(sign, begin + 2)
    if before and not before.isspace():
        last = _outside(before).search(text, begin, close if close >= 0 else len(text))
        if last:
            return Region(begin, last.start(), sign, closed=False)
    if close < 0:
        return Region(begin, len(text), sign, closed=False)
    if text[close + 2 : close + 3] not in ("", "\n"):
        one_line = text.find("\n", begin, close) < 0
        if one_line and not _TRAILER.match(text, close + 2):
            return None
    return Region(begin, close + 2, sign, closed=True)


def _outside(before: str) -> re.Pattern[str]:
    """The break before a line that is no longer in the quote or item in which a sign stands behind `before`."""
    return _NO_QUOTE if ">" in before else re.compile(rf"\n(?=[ ]{{0,{len(before) - 1}}}[^ \t\n])")


_NO_QUOTE = re.compile(r"\n(?![ \t]*+(?:[-*+\d.)][-*+\d.) \t]*+)?>)")


def _disguise(text: str, start: int, guesses: list[Region]) -> str:
    """The text with each region as a block of its own, with nothing before `start`; of the same length.

    A region of one line is a rule, one of more lines a processing instruction.
    """
    parts = ["\n" * start]
    at = start
    for begin, end, sign, closed in guesses:
        if sign not in _SIGNS:
            continue
        inner = text[begin + 2 : end - 2 if closed else end]
        parts.append(text[at:begin])
        # A `>` may be what ends HTML around it: pyromark has to see it.
        if closed and "\n" not in inner and ">" not in inner and text[end : end + 1] in ("", "\n"):
            parts.append("_" * (end - begin))
        else:
            parts += "<?", inner.replace("?>", "??"), "?>" if closed else ""
        at = end
    if at:
        parts.append(text[at:])
        text = "".join(parts)
    return text


def _learn(text: str, structure: Structure, guesses: list[Region], known: dict[int, int]) -> bool:
    """Keep the true end of the first guess that pyromark sees otherwise; its own start where it begins nothing."""
    kinds, starts, block_ends, _ = structure.blocks
    rules = {starts[at] for at in places_of(kinds, RULE)}
    if rules.issuperset([guess[0] for guess in guesses]):
        return False
    ends = {(starts[at], kind): block_ends[at] for kind in _OPAQUE for at in places_of(kinds, kind)}
    for guess in guesses:
        if guess.start in rules:
            continue
        end = ends.get((guess.start, HTML if guess.sign in _SIGNS else CODE))
        if end is None:
            known[guess.start] = guess.start
            opaque = sorted((start, end, kind) for (start, kind), end in ends.items())
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
        for sign in _OPENERS:
            at = text.find(sign, place, end)
            while at >= 0:
                known[at] = at
                at = text.find(sign, at + 1, end)
