"""`[[wikilinks]]` and `![[embeds]]` (observed 1-12, 20-23; semantics 1a)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec.structs import replace

from vaultlint.note.inline import escaped
from vaultlint.note.model import PropertyLink, Span, Subpath, Wikilink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.model import Property
    from vaultlint.note.obsidian import Cover, Pair


def find_wikilinks(text: str, start: int, hidden: Cover | None) -> list[Pair]:
    """The places of the wikilinks from `start` on, without the `!` of an embed, in text order.

    On one line; of nested ones the innermost; none that has code, or what else hides links, in it.
    """
    found: list[Pair] = []
    line_end = -1
    at = text.find("[[", start)
    while at >= 0:
        if line_end < at:
            line_end = text.find("\n", at)
            if line_end < 0:
                line_end = len(text)
        close = text.find("]]", at + 2, line_end)
        if close < 0:
            at = text.find("[[", line_end)
            continue
        opener = text.rfind("[[", at, close)
        # `[[[a]` is an opener and a target that begins with a bracket (observed 9).
        if opener > at and text[opener - 1] == "[" and not escaped(text, opener - 1):
            opener -= 1
        behind = hidden.touched(opener, close + 2) if hidden else -1
        if behind >= 0:
            at = text.find("[[", max(behind, at + 2))
            continue
        if not escaped(text, opener) and text[opener + 2 : close].strip():
            found.append((opener, close + 2))
        at = text.find("[[", close + 2)
    return found


def read_wikilink(text: str, start: int, end: int, *, in_table: bool = False, in_comment: bool = False) -> Wikilink:
    """The wikilink between two places, the `!` before it included where it is there."""
    inner = start + 2
    embed = start > 0 and text[start - 1] == "!" and not escaped(text, start - 1)
    alias = alias_span = bar_span = None
    # A bar in front does not split (observed 7).
    bar = text.find("|", inner + 1, end - 2) if text[inner] != "|" else -1
    target_end = end - 2
    if bar >= 0:
        alias = text[bar + 1 : end - 2]
        alias_span = Span(bar + 1, end - 2)
        target_end = bar - 1 if text[bar - 1] == "\\" else bar
        bar_span = Span(target_end, bar + 1)
    raw = text[inner:target_end]
    target = raw.strip()
    if len(target) == len(raw):
        target_span = Span(inner, target_end)
    else:
        first = inner + len(raw) - len(raw.lstrip()) if target else inner
        target_span = Span(first, first + len(target))
    path, path_span = target, target_span
    subpath: tuple[Subpath, ...] = ()
    if "#" in target:
        path, path_span, subpath = split_subpath(target, target_span.start)
    if not target.isascii():
        target = normalize("NFC", target)
        path = normalize("NFC", path)
    return Wikilink(
        Span(start - 1 if embed else start, end),
        embed,
        target,
        target_span,
        path,
        path_span,
        subpath,
        alias,
        alias_span,
        bar_span,
        in_table,
        in_comment,
    )


def split_subpath(target: str, start: int) -> tuple[str, Span, tuple[Subpath, ...]]:
    """Path and subpath of a target that begins at `start`: the first `#` splits (observed 23)."""
    path, *parts = target.split("#")
    segments: list[Subpath] = []
    at = start + len(path) + 1
    for part in parts:
        text = part.strip()
        if text:
            first = at + len(part) - len(part.lstrip())
            block = text.startswith("^")
            span = Span(first, first + len(text))
            segments.append(Subpath(normalize("NFC", text[1:] if block else text), span, block))
        at += len(part) + 1
    path = path.rstrip()
    return path, Span(start, start + len(path)), tuple(segments)


def find_property_links(text: str, properties: Iterable[Property]) -> tuple[PropertyLink, ...]:
    """The wikilinks of the frontmatter: text values and items of lists that are one link (observed 56)."""
    found: list[PropertyLink] = []
    for each in properties:
        if isinstance(each.value, str):
            values = [(each.key, each.value, each.value_span)]
        else:
            values = [
                (f"{each.key}.{place}", item.value, item.span)
                for place, item in enumerate(each.items)
                if isinstance(item.value, str)
            ]
        for key, value, span in values:
            if value.endswith("]]") and (link := _property_link(text, value, span)):
                found.append(PropertyLink(key, link))
    return tuple(found)


def _property_link(text: str, value: str, span: Span) -> Wikilink | None:
    places = find_wikilinks(value, 0, None)
    embed = value.startswith("!")
    if places != [(int(embed), len(value))]:
        return None
    link = read_wikilink(value, *places[0])
    shift = text.find(value, span.start, span.end)
    return _moved(link, shift) if shift >= 0 else _moved_into(link, span)


def _moved(link: Wikilink, shift: int) -> Wikilink:
    """The link as it stands `shift` further on."""

    def move(span: Span) -> Span:
        return Span(span.start + shift, span.end + shift)

    return replace(
        link,
        span=move(link.span),
        target_span=move(link.target_span),
        path_span=move(link.path_span),
        subpath=tuple(replace(part, span=move(part.span)) for part in link.subpath),
        alias_span=move(link.alias_span) if link.alias_span else None,
        bar_span=move(link.bar_span) if link.bar_span else None,
    )


def _moved_into(link: Wikilink, span: Span) -> Wikilink:
    """The link with the whole value as the place of all its parts: escapes of YAML hide where they stand."""
    return replace(
        link,
        span=span,
        target_span=span,
        path_span=span,
        subpath=tuple(replace(part, span=span) for part in link.subpath),
        alias_span=span if link.alias_span else None,
        bar_span=span if link.bar_span else None,
    )
