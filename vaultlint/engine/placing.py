"""Where in a note a comment can stand that hides findings and changes nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from vaultlint.engine import first_reading
from vaultlint.engine.edits import apply_edits
from vaultlint.engine.meaning import refusal
from vaultlint.note.model import Span
from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Aspect, Edit
from vaultlint.vault.suppressions import find_suppressions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from vaultlint.note.note import Note

    Proof: TypeAlias = Callable[[Note, Note, Sequence[Edit], frozenset[Aspect]], str | None]

_PREFIX = re.compile(r"[ \t>]*+")
"""What a line in a list or a quote begins with; so must a line of its own above it."""

_READINGS = 20_000_000
"""Signs of text that may be read anew for a small note; a large one is read so often:"""
_TIMES = 16


_LICENCE = frozenset({Aspect.COMMENTS})


class Comment(Struct, frozen=True):
    """A comment to write for one line: an insertion into the note."""

    line: int
    rules: tuple[str, ...]
    offset: int
    text: str


class Placing:
    """Comments for the lines of one note, each where it was proved that nothing else changes."""

    def __init__(self, note: Note, wanted: Mapping[int, Iterable[str]]) -> None:
        """`wanted`: line, from 1 -> the rules to hide there."""
        self._note = note
        self._wanted = {line: tuple(sorted(set(rules))) for line, rules in sorted(wanted.items())}
        self._left = max(_READINGS, _TIMES * len(note.text))
        self._places = _Places(note)
        self.comments: dict[int, Comment] = {}
        """Line -> what hides its findings."""
        self.after = note
        """The note with the comments."""

    def settle(self) -> None:
        """Find a place for as many lines as have one; the first that can be proved is taken.

        The first reader finds the places; the second, who is slow, is asked of what was found.
        """
        places = self._places
        ways = (places.in_comment, places.behind, places.above, places.in_item_above, places.at_margin)
        for way in ways:
            self._take(self._made(way), _by_first_reader)
        found = list(self.comments.values())
        self.comments, self.after = {}, self._note
        self._take(found, refusal)

    def _made(self, way: Callable[[int, tuple[str, ...]], Comment | None]) -> list[Comment]:
        left = [(line, rules) for line, rules in self._wanted.items() if line not in self.comments]
        return [comment for line, rules in left if (comment := way(line, rules)) is not None]

    def _take(self, comments: list[Comment], proof: Proof) -> None:
        """Take in those that change nothing: all at once, or else by halves."""
        if not comments or self._left <= 0:
            return
        together = {**self.comments, **{comment.line: comment for comment in comments}}
        after = self._proved(list(together.values()), proof)
        if after is not None:
            self.comments, self.after = together, after
        elif len(comments) > 1:
            middle = len(comments) // 2
            self._take(comments[:middle], proof)
            self._take(comments[middle:], proof)

    def _proved(self, comments: list[Comment], proof: Proof) -> Note | None:
        """The note with these comments, if they hide what they should and nothing else changes."""
        before = self._note
        comments.sort(key=lambda comment: comment.offset)
        offsets = [comment.offset for comment in comments]
        if len(set(offsets)) < len(offsets):
            return None
        edits = [Edit(before.path, Span(each.offset, each.offset), each.text) for each in comments]
        self._left -= len(before.text)
        after = parse_note(apply_edits(before.text, edits), before.path)
        if _trouble(before) != _trouble(after):
            return None
        if proof(before, after, edits, _LICENCE) is not None or not _hide(before, after, comments):
            return None
        return after


class _Places:
    """The places that may do for a line of a note, from the best to the last."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._text = note.text
        self._newline = note.source.newline
        self._first = note.source.line_of(note.body_start) if note.frontmatter.span is not None else 1
        self._inside = set(_inner_lines(note))
        self._no_end = set(_lines_without_end(note))
        self._items = {note.source.line_of(item.span.start): item for item in reversed(note.items)}
        """Line -> the first item that begins there."""
        self._extensible = _extensible(note)

    def in_comment(self, line: int, rules: tuple[str, ...]) -> Comment | None:
        """More names in a comment that is there for this line."""
        place = self._extensible.get(line)
        return None if place is None else Comment(line, rules, place, ", " + ", ".join(rules))

    def behind(self, line: int, rules: tuple[str, ...]) -> Comment | None:
        """At the end of the line; before white space there, for two spaces break the line."""
        if not self._may(line) or line in self._no_end:
            return None
        span = self._note.source.line_span(line)
        written = span.of(self._text).rstrip(" \t")
        if not written or written.endswith("\\"):  # a backslash there breaks the line, too
            return None
        return Comment(line, rules, span.start + len(written), f" {_comment('line', rules)}")

    def above(self, line: int, rules: tuple[str, ...]) -> Comment | None:
        """On a line of its own before it, as deep in lists and quotes; it needs no blank line, for it is a block."""
        return self._own_line(line, rules, self._prefix(line)) if self._may(line) else None

    def in_item_above(self, line: int, rules: tuple[str, ...]) -> Comment | None:
        """On a line of its own in the item before this one: between items it would make two lists of one."""
        item = self._items.get(line)
        if item is None or not self._may(line):
            return None
        marker = item.marker_span
        before = self._text[self._note.source.line_span(line).start : marker.start]
        return self._own_line(line, rules, before + " " * (len(marker) + 1))

    def at_margin(self, line: int, rules: tuple[str, ...]) -> Comment | None:
        """On a line of its own before it, outside all lists and quotes."""
        return self._own_line(line, rules, "") if self._may(line) and self._prefix(line) else None

    def _may(self, line: int) -> bool:
        return line >= self._first and line not in self._inside

    def _prefix(self, line: int) -> str:
        span = self._note.source.line_span(line)
        found = _PREFIX.match(self._text, span.start, span.end)
        return found[0] if found else ""

    def _own_line(self, line: int, rules: tuple[str, ...], prefix: str) -> Comment:
        start = self._note.source.line_span(line).start
        return Comment(line, rules, start, f"{prefix}{_comment('next-line', rules)}{self._newline}")


def _by_first_reader(before: Note, after: Note, edits: Sequence[Edit], licence: frozenset[Aspect]) -> str | None:
    """What the first half of the proof says."""
    return first_reading.what_changed(before, after, edits, licence, str)


def _comment(kind: str, rules: tuple[str, ...]) -> str:
    return f"%% vaultlint-disable-{kind} {', '.join(rules)} %%"


def _extensible(note: Note) -> dict[int, int]:
    """Line -> where more names can be written into a comment for this line alone."""
    return {
        found.first_line: found.all_name_spans[-1].end
        for found in find_suppressions(note)
        if found.kind in ("line", "next-line") and found.first_line == found.last_line and found.all_name_spans
    }


def _hide(before: Note, after: Note, comments: list[Comment]) -> bool:
    """Whether each comment is read as one, for its line and its rules. `comments` are sorted by offset."""
    hidden: dict[int, set[str]] = {}
    for found in find_suppressions(after):
        if found.kind in ("line", "next-line"):
            for line in range(found.first_line, found.last_line + 1):
                hidden.setdefault(line, set()).update(found.rules)
    shift = place = 0
    for comment in sorted(comments, key=lambda each: each.line):
        start = before.source.line_span(comment.line).start
        while place < len(comments) and comments[place].offset <= start:
            shift += len(comments[place].text)
            place += 1
        if not hidden.get(after.source.line_of(start + shift), set()).issuperset(comment.rules):
            return False
    return True


def _trouble(note: Note) -> str:
    """What is wrong with the frontmatter, which decides how all below it is read."""
    error = note.frontmatter.error
    return error.kind if error is not None else ""


def _lines(note: Note, spans: Iterable[Span], skip: int = 0) -> Iterator[int]:
    """The lines of these spans, without the first ones of each."""
    line_of = note.source.line_of
    for span in spans:
        yield from range(line_of(span.start) + skip, line_of(max(span.end - 1, span.start)) + 1)


def _inner_lines(note: Note) -> Iterator[int]:
    """Lines beside which no comment can stand: those in the middle of tables, code and display math."""
    yield from _lines(note, (table.span for table in note.tables), 1)
    yield from _lines(note, (code.span for code in note.code if code.kind != "inline"), 1)
    yield from _lines(note, (math.span for math in note.math if math.display), 1)


def _lines_without_end(note: Note) -> Iterator[int]:
    """Lines that end in what a comment behind it would change.

    Plug-ins read the dates at the end of a task, so nothing is written behind it.
    """
    yield from _lines(note, (heading.span for heading in note.headings))
    yield from _lines(note, (table.span for table in note.tables))
    yield from _lines(note, (code.span for code in note.code if code.kind != "inline"))
    yield from _lines(note, (Span(item.span.start, item.span.start) for item in note.items if item.task is not None))
    yield from _lines(note, (block.span for block in note.block_ids))
