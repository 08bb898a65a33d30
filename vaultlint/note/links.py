"""Markdown links and images, from what CommonMark sees (observed 8, 14, 15, 20, 33; semantics 1c)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from vaultlint.note.markdown import definition_places
from vaultlint.note.model import Definition, Link, Span, Subpath

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultlint.note.markdown import RawLink
    from vaultlint.note.obsidian import Reading

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TAIL = re.compile(
    r"[ \t\n]*+(?:<((?:[^<>\n\\]|\\.)*+)>|((?:[^\s<]\S*+)?+))"
    r"(?:[ \t\n]++(\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+[ \t\n]*+",
    re.DOTALL,
)
_TRIES = 8
"""How many `](` are looked at, from the end, for the one before the destination."""


class Parts:
    """The places of the parts of one link."""

    __slots__ = ("destination", "form", "text")

    def __init__(self, text: tuple[int, int], destination: tuple[int, int] | None, form: str) -> None:
        self.text = text
        self.destination = destination
        self.form = form


def split_link(text: str, link: RawLink) -> Parts:
    """Where the parts of a link are; a destination that cannot be told from the rest has no place."""
    start, end, image, detail = link
    kind = detail["link_type"]
    first = start + 2 if image else start + 1
    if kind == "Inline":
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


def read_link(
    text: str,
    link: RawLink,
    definitions: Mapping[str, Definition],
    *,
    in_table: bool = False,
    in_comment: bool = False,
) -> Link | None:
    """One Markdown link as Obsidian reads it; `None` where it has no destination (observed 15)."""
    parts = split_link(text, link)
    place = parts.destination
    if parts.form == "reference":
        definition = definitions.get(fold_label(link.detail["id"]))
        place = (definition.destination_span.start, definition.destination_span.end) if definition else None
    raw = text[place[0] : place[1]] if place else link.detail["dest_url"]
    if not raw.strip():
        return None
    span = Span(place[0], place[1]) if place else None
    shown = text[parts.text[0] : parts.text[1]]
    shown_span = Span(*parts.text)
    where = Span(link.start, link.end)
    if parts.form == "autolink" or "://" in raw or _SCHEME.match(raw):
        return Link(
            where, link.image, shown, shown_span, raw, span, parts.form, external=True,
            in_table=in_table, in_comment=in_comment,
        )  # fmt: skip
    path, path_span, subpath = _split_destination(raw, place[0] if place else None)
    target = "#".join((path, *(("^" if part.block else "") + part.text for part in subpath)))
    return Link(
        where, link.image, shown, shown_span, target, span, parts.form, path=path, path_span=path_span,
        subpath=subpath, in_table=in_table, in_comment=in_comment,
    )  # fmt: skip


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
        data = _PERCENT.sub(
            lambda found: bytes.fromhex(found[1].decode()), raw.encode("utf-8", "surrogatepass")
        )
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
        if parts:
            place = Span(*parts.span(parts.lastindex or 0))
            found.append(Definition(Span(start, end), parts[1].strip(), place.of(reading.text), place))
    return tuple(found)


def fold_label(label: str) -> str:
    """A label as CommonMark compares labels: without regard to case and amount of white space."""
    return " ".join(label.split()).casefold()
