"""Markdown links and images, from what CommonMark sees (observed 8, 14, 15, 20, 33; semantics 1c)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from vaultlint.note.markdown import definition_places
from vaultlint.note.model import Definition, Link, Span, Subpath

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultlint.note.markdown import RawLink
    from vaultlint.note.obsidian import Pair, Reading

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TAIL = re.compile(
    r"[ \t\n]*+(?:<((?:[^<>\n\\]|\\.)*+)>|((?:[^\s<]\S*+)?+))"
    r"(?:[ \t\n]++(\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+[ \t\n]*+",
    re.DOTALL,
)
_TRIES = 8
"""How many `](` are looked at, from the end, for the one before the destination."""


class Parts(NamedTuple):
    """The places of the parts of one link."""

    text: tuple[int, int]
    destination: tuple[int, int] | None
    """`None` where it stands elsewhere, or cannot be told from the rest."""
    form: str


def split_link(text: str, link: RawLink) -> Parts:
    """Where the parts of a link are."""
    start, end, image, detail = link
    kind = detail["link_type"]
    first = start + 2 if image else start + 1
    if kind == "Inline":
        split = text.rfind("](", first, end)
        url = detail["dest_url"]
        if split + len(url) + 3 == end and text.startswith(url, split + 2):
            return Parts((first, split), (split + 2, end - 1), "inline")
        return _inline_parts(text, first, end, titled=bool(detail["title"]))
    if kind in ("Autolink", "Email"):
        return Parts((first, end - 1), (first, end - 1), "autolink")
    if text.startswith("[]", end - 2):
        return Parts((first, end - 3), None, "reference")
    if kind.startswith("Reference"):
        return Parts((first, max(text.rfind("][", first, end), first)), None, "reference")
    return Parts((first, end - 1), None, "reference")


def _inline_parts(text: str, first: int, end: int, *, titled: bool) -> Parts:
    split = end - 1
    for _ in range(_TRIES):
        before = text.rfind("](", first, split)
        if before < 0:
            break
        split = before
        tail = _TAIL.fullmatch(text, split + 2, end - 1)
        if tail and (tail[3] is not None) == titled and (tail[2] is None or _balanced(tail[2])):
            angle = tail[2] is None
            return Parts((first, split), tail.span(1 if angle else 2), "angle" if angle else "inline")
    return Parts((first, split), None, "inline")


def _balanced(destination: str) -> bool:
    if "(" not in destination and ")" not in destination:
        return True
    depth = 0
    for sign in re.findall(r"\\.|[()]", destination):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def is_external(link: RawLink) -> bool:
    """Whether a link leads out of the vault: it has a scheme, or `://` inside (observed 14)."""
    detail = link.detail
    url = detail["dest_url"]
    return "://" in url or detail["link_type"] in ("Autolink", "Email") or _SCHEME.match(url) is not None


def read_link(
    text: str,
    link: RawLink,
    parts: Parts,
    definitions: Mapping[str, Definition],
    *,
    in_table: bool = False,
    in_comment: bool = False,
) -> Link | None:
    """One Markdown link as Obsidian reads it; `None` where it has no destination (observed 15)."""
    start, end, image, detail = link
    shown, place, form = parts
    if form == "reference" and (definition := definitions.get(fold_label(detail["id"]))):
        place = (definition.destination_span.start, definition.destination_span.end)
    label = detail["id"] if form == "reference" else ""
    raw = text[place[0] : place[1]] if place else detail["dest_url"]
    if not raw or raw.isspace():
        return None
    where, words = Span(start, end), text[shown[0] : shown[1]]
    span = Span(place[0], place[1]) if place else None
    if is_external(link):
        return Link(where, image, words, Span(*shown), raw, span, form, True, "", None, (), in_table, in_comment, label)
    path, path_span, subpath = _split_destination(raw, place[0] if place else None)
    target = "#".join((path, *(("^" if part.block else "") + part.text for part in subpath)))
    return Link(
        where,
        image,
        words,
        Span(*shown),
        target,
        span,
        form,
        False,
        path,
        path_span,
        subpath,
        in_table,
        in_comment,
        label,
    )


_HASH = re.compile("#|%23")


def _split_destination(raw: str, start: int | None) -> tuple[str, Span | None, tuple[Subpath, ...]]:
    """Path and subpath, decoded, each with its place; `%23` splits as `#` does, for the app decodes first."""
    pieces: list[tuple[str, int, int]] = []
    at = 0
    for found in _HASH.finditer(raw):
        pieces.append((raw[at : found.start()], at, found.start()))
        at = found.end()
    pieces.append((raw[at:], at, len(raw)))
    segments: list[Subpath] = []
    for piece, first, end in pieces[1:]:
        decoded = decode_destination(piece).strip()
        if decoded:
            span = Span((start or 0) + first, (start or 0) + end)
            block = decoded.startswith("^")
            segments.append(Subpath(decoded[1:] if block else decoded, span, block))
    path, first, end = pieces[0]
    path_span = None if start is None else Span(start + first, start + end)
    return decode_destination(path).strip(), path_span, tuple(segments)


_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")


def decode_destination(raw: str) -> str:
    """A destination without escapes, entities and percent signs, in NFC; a percent sign that codes nothing stays."""
    if "\\" in raw:
        raw = _ESCAPE.sub(r"\1", raw)
    if "&" in raw:
        from html import unescape

        raw = unescape(raw)
    if "%" in raw:
        data = _PERCENT.sub(lambda found: bytes.fromhex(found[1].decode()), raw.encode("utf-8", "surrogatepass"))
        try:
            raw = data.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return raw
    return raw if raw.isascii() else normalize("NFC", raw)


_DEFINITION = re.compile(r"\[((?:[^\[\]\\]|\\.)++)\]:[ \t\n>]*+(?:<([^<>\n]*+)>|(\S++))", re.DOTALL)


def read_definitions(reading: Reading) -> tuple[Definition, ...]:
    """The reference definitions of a note, in text order; of equal labels the first, which is the one that counts."""
    found: list[Definition] = []
    for start, end in definition_places(reading.structure.text):
        parts = _DEFINITION.match(reading.text, start, end)
        if parts and not parts[1].startswith("^"):
            place = Span(*parts.span(parts.lastindex or 0))
            found.append(Definition(Span(start, end), parts[1].strip(), place.of(reading.text), place))
    return tuple(found)


def fold_label(label: str) -> str:
    """A label as CommonMark compares labels: without regard to case and amount of white space."""
    return " ".join(label.split()).casefold()


def tell_apart(text: str, wikilinks: list[Pair], links: list[RawLink]) -> tuple[list[Pair], list[RawLink]]:
    """Where both readings claim the same text: the wikilink wins unless it stands inside a destination.

    `[[a]](b)` is the wikilink `a` (observed 8), `[a]([[b]])` a link to `[[b]]`, and a wikilink in the text of a
    link leaves both; what stands for an image is plain text.
    """
    if not _meet(text, wikilinks, links):
        return wikilinks, links
    kept: list[Pair] = []
    lost: set[int] = set()
    around: list[RawLink] = []  # the links that are open at a place, the innermost last
    place = 0
    for start, end in wikilinks:
        while place < len(links) and links[place].start < end:
            link = links[place]
            if link.start >= start - 1:
                lost.add(place)
            elif link.end > start:
                while around and around[-1].end <= link.start:
                    around.pop()
                around.append(link)
            place += 1
        while around and around[-1].end <= start:
            around.pop()
        inner = around[-1] if around else None
        if inner is None or not (inner.image or start >= split_link(text, inner).text[1]):
            kept.append((start, end))
    if lost:
        links = [link for at, link in enumerate(links) if at not in lost]
    return kept, links


def _meet(text: str, wikilinks: list[Pair], links: list[RawLink]) -> bool:
    """Whether a wikilink may share text with a link: it stands in one, or has a bracket in it. Few notes have such."""
    return any(text.find("[[", link[0], link[1]) >= 0 for link in links) or any(
        text.find("]", start + 2, end - 2) >= 0 for start, end in wikilinks
    )
