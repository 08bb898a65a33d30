"""What a note is called: by its first heading of level 1, or by its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.note.model import Span, Wikilink
from vaultlint.vault.names import base_name, without_extension

if TYPE_CHECKING:
    from vaultlint.note.model import Heading, Link
    from vaultlint.note.note import Note


def title_of(note: Note, source: str) -> str | None:
    """The title by `heading`, `name`, or `heading-or-name`; `None` where there is none, or a template fills it in."""
    heading = title_heading(note) if source != "name" else None
    if heading is not None:
        title = plain_text(note, heading)
        return title if title and not is_placeholder(heading.text) else None
    return None if source == "heading" else file_title(note)


def title_heading(note: Note) -> Heading | None:
    """The heading of level 1 under which all the rest stands: one behind a text, or one of several, names a part."""
    if "# " not in note.text and "#\t" not in note.text and "\n=" not in note.text:
        return None
    tops = [heading for heading in note.headings if heading.level == 1]
    if len(tops) != 1 or tops[0] is not note.headings[0] or not tops[0].text:
        return None
    return tops[0] if opens_note(note, tops[0]) else None


def opens_note(note: Note, heading: Heading) -> bool:
    """Whether nothing stands above a heading but links, tags and fields, as those that lead up to other notes."""
    start, end = note.body_start, heading.span.start
    if not note.text[start:end].strip():
        return True
    spans = [link.span for link in note.wikilinks if not link.embed]
    spans += (link.span for link in note.links if not link.image)
    spans += (tag.span for tag in note.tags)
    spans += (field.span for field in note.inline_fields)
    for span in sorted(spans, key=lambda span: span.start):
        if start <= span.start < end:
            if _has_words(note.text[start : span.start]):
                return False
            start = span.end
    return not _has_words(note.text[start:end])


def _has_words(text: str) -> bool:
    """Whether there is more than white space and separators."""
    return any(sign.isalnum() or sign in "!<>%[`" for sign in text)


def file_title(note: Note) -> str | None:
    """The name of the file, as the app shows it."""
    return without_extension(base_name(note.path)) or None


def top_of(note: Note) -> Span:
    """The line that opens the properties, or else the start of the note."""
    block = note.frontmatter.span
    return Span(block.start, block.start + 3) if block is not None else Span(0, 0)


_EMPHASIS = re.compile(r"(\*{1,3}|==|~~|(?<!\w)_{1,3})(?=\S)([^*=~_\r\n]+)(?<=\S)\1(?!\w)")
_BLOCK_ID = re.compile(r"[ \t]+\^[A-Za-z0-9-]+[ \t]*\Z")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_text(note: Note, heading: Heading) -> str:
    """The words of a heading as they are read: of links what they show, no marks of emphasis, no comments."""
    parts: list[str] = []
    start, end = heading.text_span.start, heading.text_span.end
    marks = sorted(_marks(note, start, end))
    for first, last, shown in marks:
        if first >= start:
            parts += (_bare(note.text[start:first]), shown)
            start = last
    parts.append(_bare(_BLOCK_ID.sub("", note.text[start:end])))
    return " ".join("".join(parts).split())


def _bare(text: str) -> str:
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", text))


def _marks(note: Note, start: int, end: int) -> list[tuple[int, int, str]]:
    """What in a range is shown otherwise than it is written: start, end, what is shown."""
    found = [(link.span.start, link.span.end, _shown(link)) for link in note.wikilinks]
    found += [(link.span.start, link.span.end, "" if link.image else link.text) for link in note.links]
    found += [(code.span.start, code.span.end, code.content_span.of(note.text).strip()) for code in note.code]
    found += [(comment.span.start, comment.span.end, "") for comment in note.comments]
    found += [(html.span.start, html.span.end, "") for html in note.html if not html.block]
    found += [(mark.span.start, mark.span.end, "") for mark in note.footnotes]
    return [mark for mark in found if start <= mark[0] and mark[1] <= end]


def _shown(link: Wikilink | Link) -> str:
    """What the app shows of a wikilink (observed 22); of an embed nothing."""
    if link.embed or not isinstance(link, Wikilink):
        return ""
    if link.alias is not None:
        return link.alias
    segments = [f"^{part.text}" if part.block else part.text for part in link.subpath]
    return " > ".join([link.path, *segments] if link.path else segments)
