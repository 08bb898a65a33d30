"""What is wrong with the properties, in a note owner's words and at the place that they would mend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint.note.model import FrontmatterError, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultlint.note.yaml_props import YamlFault


def in_words(fault: YamlFault, text: str, content: Span) -> FrontmatterError:
    """The fault as a message and the span of what the note's owner would change."""
    place = _Place(text, content, fault.start, fault.end)
    if fault.kind == "duplicate":
        return FrontmatterError("duplicate", f"the same property '{_short(fault.problem)}' stands twice", place.exact())
    if fault.kind == "too-deep":
        message = "lists and maps are nested over 100 levels deep"
        return FrontmatterError("too-deep", message, place.exact())
    message, span = _words(fault.problem, place)
    return FrontmatterError("syntax", message, span)


class _Place:
    """A place in the frontmatter, and the line around it."""

    def __init__(self, text: str, content: Span, start: int, end: int | None) -> None:
        self.text = text
        last = content.start + len(content.of(text).rstrip(" \t\r\n"))
        if start >= last and text[start : start + 1] != "\t":
            start = last - 1  # the parser stopped behind the last line: what is wrong stands in it
        self.start = max(start, content.start)
        self.end = end
        before = max(text.rfind("\n", content.start, self.start), text.rfind("\r", content.start, self.start))
        self.line_start = max(before + 1, content.start)
        found = _LINE_BREAK.search(text, self.start, content.end)
        self.line_end = found.start() if found else content.end
        self.content = content

    def exact(self) -> Span:
        """The place as given, at least one code point wide where the text allows it."""
        return Span(self.start, max(self.end or 0, min(self.start + 1, self.content.end)))

    def line(self) -> Span:
        """The line without the white space around it."""
        return self.trimmed(self.line_start, self.line_end)

    def rest(self) -> Span:
        """From the place to the end of its line."""
        return self.trimmed(self.start, self.line_end)

    def trimmed(self, start: int, end: int) -> Span:
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        span = Span(start, max(start, start + len(part.strip())))
        return span if len(span) else self.exact()

    def line_before(self) -> Span:
        """The last line before this one with something on it."""
        end = self.content.start + len(self.text[self.content.start : self.line_start].rstrip())
        start = max(self.text.rfind("\n", self.content.start, end), self.text.rfind("\r", self.content.start, end))
        return self.trimmed(max(start + 1, self.content.start), end)

    def char(self) -> str:
        return self.text[self.start : self.start + 1]

    def before(self) -> str:
        """What stands on the line before the place."""
        return self.text[self.line_start : self.start]

    def property(self) -> tuple[str, Span] | None:
        """The name on this line and its value, which may be empty, where the line reads as one."""
        found = _NAME.match(self.text, self.line_start, self.line_end)
        if found is None:
            return None
        value = self.text[found.end() : self.line_end]
        start = found.end() + len(value) - len(value.lstrip())
        return found[1].rstrip(), Span(start, start + len(value.strip()))


_LINE_BREAK = re.compile(r"[\r\n]")
_FIRST_LINE_INDENTED = re.compile(r"(?:[ \t]*+(?:#[^\r\n]*+)?[\r\n])*+[ \t]")
_NAME = re.compile(r"[ \t]*(?:- +)?([^\s:#][^:\r\n]*):(?=[ \t]|\Z)")


def _words(problem: str, place: _Place) -> tuple[str, Span]:
    words = _BY_PROBLEM[problem]
    return words(place) if callable(words) else (words, place.exact())


def _second_colon(place: _Place) -> tuple[str, Span]:
    named = place.property()
    if named is not None and named[1].start <= place.start < named[1].end:
        how = "ends in ':'" if place.start + 1 == named[1].end else "holds ': '"
        return f"the value of '{_short(named[0])}' needs quotes: it {how}", named[1]
    if place.before()[:1] in (" ", "\t") and named is not None:
        return (
            f"'{_short(named[0])}' is indented, but the property before it has a value already",
            place.line(),
        )
    if named is None:
        return "a property's name must stand on one line before its colon", place.line()
    return _no_property(place, place.line_before())


def _bad_start(place: _Place) -> tuple[str, Span]:
    return f"a value that starts with '{place.char()}' needs quotes", place.rest()


def _lost_text(place: _Place) -> tuple[str, Span]:
    """Another property was due, and something else stands here."""
    before = place.before().rstrip()
    if place.char() in ",]}" and (not before or before[-1] in ":-"):
        return _bad_start(place)
    if before.endswith(("]", "}")):
        return f"text stands behind the closing '{before[-1]}': quote the whole value", _whole_value(place)
    if before.endswith(("'", '"')):
        return "text stands behind the closing quote", place.rest()
    if before:
        return "text stands behind a value that has ended", place.rest()
    if place.char() == "-":
        return "a list item stands behind a property that has a value already", place.line()
    if place.char() == ":":
        return "a property's name must stand on one line before its colon", place.line()
    if _FIRST_LINE_INDENTED.match(place.text, place.content.start):
        return "this line is indented less than the first property", place.line()
    return "this line belongs to no property", place.line()


def _other_column(place: _Place) -> tuple[str, Span]:
    if place.before().strip():
        return _lost_text(place)
    return "this line is indented otherwise than the properties before it", place.line()


def _whole_value(place: _Place) -> Span:
    named = place.property()
    return named[1] if named is not None else place.line()


def _no_colon(place: _Place) -> tuple[str, Span]:
    return _no_property(place, place.rest())


def _no_property(place: _Place, span: Span) -> tuple[str, Span]:
    return f"'{_short(span.of(place.text))}' is no property: it has no colon behind its name", span


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"


def _unclosed_quote(place: _Place) -> tuple[str, Span]:
    return f"the quote {place.char()} that opens here is never closed", place.exact()


def _alias(place: _Place) -> tuple[str, Span]:
    name = _short(place.exact().of(place.text))
    return f"'{name}' refers to nothing: a value that starts with '*' needs quotes", place.rest()


def _unindented(place: _Place) -> tuple[str, Span]:
    return "the lines that this value goes on in must be indented", place.exact()


def _dash(place: _Place) -> tuple[str, Span]:
    if place.before().strip():
        return "a list item cannot stand on the line of its property's name", place.rest()
    return "a list item stands where none can be", place.line()


def _among_items(place: _Place) -> tuple[str, Span]:
    return "this line stands among list items and is none", place.line()


def _second_document(place: _Place) -> tuple[str, Span]:
    return "properties end at a line of exactly '---'; this one ends nothing", place.line()


def _sign(place: _Place) -> tuple[str, Span]:
    """A dash, comma, colon or `?` too many."""
    char = place.char()
    if char == "-":
        return _dash(place)
    if char == ":":
        return _second_colon(place)
    return ("a value is missing here" if char == "," else "'? ' starts a property's name: quote it"), place.exact()


def _no_space(place: _Place) -> tuple[str, Span]:
    """Behind an anchor or a tag, which is mostly meant for text."""
    named = place.property()
    if named is not None and place.text[named[1].start] in "&!":
        return f"a value that starts with '{place.text[named[1].start]}' needs quotes", named[1]
    return "a space is missing here", place.exact()


_BY_PROBLEM: dict[str, str | Callable[[_Place], tuple[str, Span]]] = {
    "alias inside itself": "this value refers to itself",
    "alias props": "a value that starts with '*' needs quotes",
    "among items": _among_items,
    "anchor": "a value that starts with '&' needs quotes",
    "block scalar": "what stands behind '|' or '>' must be in indented lines below it",
    "bracket": "this bracket closes one of another kind",
    "colon space": "a space is missing behind this colon",
    "column": _other_column,
    "comma": "a list or map in brackets is not closed, or a comma is missing in it",
    "comment": "a comment needs a space before its '#'",
    "comment before key": "before a name in brackets no line may be blank or a comment",
    "dash": _dash,
    "directive": "a line that starts with '%' needs quotes",
    "escape": "a backslash in double quotes must be doubled, or the quotes single",
    "indent": _unindented,
    "long key": "a property's name must be shorter than 1024 characters",
    "lost": _lost_text,
    "no colon": _no_colon,
    "no space": _no_space,
    "quote": _unclosed_quote,
    "second colon": _second_colon,
    "second document": _second_document,
    "sign": _sign,
    "start": _bad_start,
    "tab": "a tab cannot indent properties: use spaces",
    "tag": "a value that starts with '!' needs quotes",
    "too many aliases": "this value is referred to over 100 times",
    "unclosed": "a list or map in brackets is not closed, or a comma is missing in it",
    "unknown alias": _alias,
}
