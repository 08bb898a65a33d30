"""What stands in a note and is not its text: code, math, comments, HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import Code, Comment, Html, Math, Span

if TYPE_CHECKING:
    from vaultlint.note.obsidian import Pair, Reading

_FENCE = re.compile(r"(`{3,}+|~{3,}+)[ \t]*+([^\n]*+)\n?")
_TICKS = re.compile("`*+")


def find_code(reading: Reading) -> tuple[Code, ...]:
    """Fenced, indented and inline code, that in block comments included, in text order."""
    text, kinds = reading.text, reading.kinds
    found = [_fenced(text, start, end) for start, end in kinds["fenced"]]
    for start, end in kinds["indented"]:
        span = Span(start, reading.trimmed(start, end))
        found.append(Code(span, "indented", span))
    for start, end in kinds["inline"]:
        ticks = _TICKS.match(text, start)
        width = len(ticks[0]) if ticks else 1
        found.append(Code(Span(start, end), "inline", Span(start + width, end - width)))
    found.sort(key=lambda code: code.span.start)
    return tuple(found)


def _fenced(text: str, start: int, end: int) -> Code:
    opening = _FENCE.match(text, start, end)
    if opening is None:
        return Code(Span(start, end), "fenced", Span(start, end))
    fence, info = opening[1], opening[2].rstrip()
    info_span = Span(opening.start(2), opening.start(2) + len(info)) if info else None
    while end > start and text[end - 1] == "\n":
        end -= 1
    last = max(text.rfind("\n", start, end) + 1, opening.end())
    closing = text[last:end].lstrip("> \t").rstrip(" \t")
    closed = last > opening.start(2) and len(closing) >= len(fence) and not closing.strip(fence[0])
    content_end = last if closed else end
    language = info.split(maxsplit=1)[0] if info else ""
    content_start = min(opening.end(), content_end)
    return Code(Span(start, end), "fenced", Span(content_start, content_end), language, info_span, closed)


def find_math(reading: Reading) -> tuple[Math, ...]:
    """Inline and display math, in text order."""
    unclosed = {region.start for region in reading.regions if not region.closed}
    return tuple(_math(reading.text, start, end, closed=start not in unclosed) for start, end in reading.math)


def _math(text: str, start: int, end: int, *, closed: bool) -> Math:
    width = 2 if text.startswith("$$", start) else 1
    inner_end = end - width if closed else end
    return Math(Span(start, end), width == 2, Span(start + width, inner_end), closed)


def find_comments(reading: Reading) -> tuple[Comment, ...]:
    """`%%` and HTML comments, in text order."""
    found: list[Comment] = []
    blocks = {region.start: region for region in reading.regions}
    for start, end in reading.comments:
        region = blocks.get(start)
        closed = region is None or region.closed
        inner = Span(start + 2, end - 2 if closed else end)
        found.append(Comment(Span(start, end), inner, html=False, block=region is not None, closed=closed))
    kinds = reading.kinds
    inline = {start for structure in reading.structures for start, _ in structure.html}
    for start, end in kinds["html-comment"] + kinds["html-block"]:
        _add_html_comments(found, reading, start, end, block=start not in inline)
    found.sort(key=lambda comment: comment.span.start)
    return tuple(found)


def _add_html_comments(found: list[Comment], reading: Reading, start: int, end: int, *, block: bool) -> None:
    text = reading.text
    at = text.find("<!--", start, end)
    while at >= 0:
        close = text.find("-->", at + 2, end)  # `<!-->` is a whole comment
        if close < 0:
            end = reading.trimmed(at, end)
            found.append(Comment(Span(at, end), Span(min(at + 4, end), end), html=True, block=block, closed=False))
            break
        inner = Span(min(at + 4, close), close)
        found.append(Comment(Span(at, close + 3), inner, html=True, block=block))
        at = text.find("<!--", close + 3, end)


def all_closed(reading: Reading) -> bool:
    """Whether every comment is closed and every `%%` of the body is part of one; no comment is taken apart for it."""
    text, kinds = reading.text, reading.kinds
    if False in [region.closed for region in reading.regions]:
        return False
    if "%%" in text and text.count("%%", reading.body_start) != 2 * len(reading.comments):
        return False
    for start, end in kinds["html-comment"] + kinds["html-block"]:
        if text.rfind("<!--", start, end) > text.rfind("-->", start, end):
            return False
    return True


def find_html(reading: Reading) -> tuple[Html, ...]:
    """HTML blocks and inline tags, in text order; comments apart."""
    kinds = reading.kinds
    blocks: list[Pair] = kinds["html-block"]
    found = [Html(Span(start, reading.trimmed(start, end)), block=True) for start, end in blocks]
    found += [Html(Span(start, end), block=False) for start, end in kinds["html-tag"]]
    found.sort(key=lambda html: html.span.start)
    return tuple(found)
