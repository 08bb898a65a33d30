"""Tags in the text of a note: which can be taken out of it, and how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._data import edited

from vaultlint.note.model import Span
from vaultlint.note.note import parse_note
from vaultlint.note.obsidian import Cover
from vaultlint.rule.fix import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultlint.note.model import Tag
    from vaultlint.note.note import Note

_PLAIN_NAME = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
"""A name that makes no mark of Markdown where it stands as a word."""
_TAGS_ONLY = re.compile(r"([ \t>]*+)(?:#[^\s#]++[ \t]*+)++")
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019)\]*_]{0,4}[ \t]++\Z")
_LINE_END = re.compile(r"\r\n?|\n|\Z")


def own_tags(note: Note) -> list[Tag]:
    """The tags that say what the note is about: not those of tasks, in comments or in fields."""
    if not note.tags:
        return []
    taken = [item.content_span for item in note.items if item.task is not None]
    taken += [found.span for found in note.inline_fields]
    cover = _cover(taken)
    return [
        tag
        for tag in note.tags
        if not tag.in_comment and not _in(cover, tag.span) and not note.text.startswith("::", tag.span.end)
    ]


def removable(note: Note, tags: Iterable[Tag]) -> list[Tag]:
    """Those that stand in plain text, with white space around, and whose words can stand there."""
    fixed = [each.span for each in note.headings] + [each.span for each in note.tables]
    fixed += [each.span for each in note.links] + [each.span for each in note.footnotes]
    fixed += [each.span for each in note.highlights]
    fixed += [callout.title_span for callout in note.callouts]
    cover, text = _cover(fixed), note.text
    return [
        tag
        for tag in tags
        if not _in(cover, tag.span)
        and text[tag.span.start - 1 : tag.span.start] in ("", " ", "\t", "\n", "\r")
        and text[tag.span.end : tag.span.end + 1] in ("", " ", "\t", "\n", "\r", ".", ",", ";", "!", "?")
        and _PLAIN_NAME.fullmatch(tag.name)
    ]


def _cover(spans: Iterable[Span]) -> Cover:
    return Cover((span.start, span.end) for span in spans)


def _in(cover: Cover, span: Span) -> bool:
    return cover.touched(span.start, span.end) >= 0


def as_words(note: Note, tags: Iterable[Tag]) -> list[Edit]:
    """The words of the tags, without their sign."""
    return [Edit(note.path, Span(tag.span.start, tag.span.start + 1), "") for tag in tags]


def taken_out(note: Note, tags: Sequence[Tag], *, sentences: bool) -> list[Edit]:
    """The tags gone: lines of them, and those behind a sentence; in one the words stay unless `sentences`."""
    edits: list[Edit] = []
    lines: dict[Span, list[Tag]] = {}
    for tag in tags:
        line = note.source.line_span(note.source.line_of(tag.span.start))
        lines.setdefault(line, []).append(tag)
    for line, own in lines.items():
        alone = _TAGS_ONLY.fullmatch(line.of(note.text))
        if alone and line.of(note.text).count("#") == len(own) and _can_go(note, line, quoted=">" in alone[1]):
            edits += _line(note, line)
        elif sentences and "^" not in line.of(note.text) and any(_words_around(note, line, own)):
            edits += _without_spaces(note, line, own)
        else:
            last = _behind_sentence(note, line, own)
            edits += as_words(note, own[: len(own) - len(last)])
            edits += _without_spaces(note, line, last)
    return edits


def _behind_sentence(note: Note, line: Span, tags: Sequence[Tag]) -> Sequence[Tag]:
    """The tags at the end of a line behind the end of a sentence: their words would be no part of one."""
    first, end = len(tags), line.end
    while first and not note.text[tags[first - 1].span.end : end].strip(" \t"):
        first -= 1
        end = tags[first].span.start
    return tags[first:] if _SENTENCE_END.search(note.text, line.start, end) else ()


def _can_go(note: Note, line: Span, *, quoted: bool) -> bool:
    """Whether nothing hangs on a line of tags: a quote that holds nothing else, or a break that ends the line above."""
    number = note.source.line_of(line.start)
    above = note.source.line_span(number - 1).of(note.text) if number > 1 else ""
    if above.endswith(("  ", "\\")) and above.strip():
        return False
    return not quoted or (above.lstrip(" \t").startswith(">") and above.strip(" \t>") != "")


def _words_around(note: Note, line: Span, tags: Sequence[Tag]) -> list[str]:
    """The words on a line that are no such tags; markers of lists and quotes are none."""
    ends = [line.start, *(tag.span.end for tag in tags)]
    starts = [*(tag.span.start for tag in tags), line.end]
    text = "".join(note.text[end:start] for end, start in zip(ends, starts, strict=True))
    return re.findall(r"\w+", re.sub(r"^[ \t>]*(?:\d+[.)]|[-*+])?", "", text))


def _line(note: Note, line: Span) -> list[Edit]:
    """The line with its break; a paragraph of its own with the blank line below it, or above it at the end."""
    text = note.text
    ending = _LINE_END.match(text, line.end)
    end = ending.end() if ending else line.end
    number = note.source.line_of(line.start)
    above = note.source.line_span(number - 1) if number > 1 else Span(0, 0)
    if text[line.start : line.end].lstrip(" \t").startswith(">"):
        return [Edit(note.path, Span(above.end, line.end), "")]
    if line.start <= note.body_start or not above.of(text).strip():
        below = _LINE_END.match(text, end)
        if below is not None and below.end() > end:
            return [Edit(note.path, Span(line.start, below.end()), "")]
        if end == len(text) and above.start > note.body_start:
            return [Edit(note.path, Span(above.start, end), "")]
    return [Edit(note.path, Span(line.start, end), "")]


def _without_spaces(note: Note, line: Span, tags: Sequence[Tag]) -> Iterator[Edit]:
    """Each tag with the space before it, or behind it at the start of its line."""
    done = line.start
    for tag in tags:
        start, end = tag.span.start, tag.span.end
        lead = note.text[line.start : start]
        if lead.strip(" \t>"):
            start -= len(lead) - len(lead.rstrip(" \t"))
        else:
            end += len(note.text[end : line.end]) - len(note.text[end : line.end].lstrip(" \t"))
        yield Edit(note.path, Span(max(start, done), end), "")
        done = end


def keeps_blocks(note: Note, edits: Iterable[Edit]) -> bool:
    """Whether headings, lists and blocks other than paragraphs are the same after the edits."""
    return _blocks(note) == _blocks(parse_note(edited(note, edits), note.path))


def _blocks(note: Note) -> tuple[object, ...]:
    return (
        [(heading.level, heading.text) for heading in note.headings],
        [len(each.items) for each in note.lists],
        [section.type for section in note.sections if section.type != "paragraph"],
    )
