"""What tells vaultlint to keep quiet in a note: `%% vaultlint-disable rule-a, rule-b %%` and its kin, and a property.

```
vaultlint-disable            until the next `vaultlint-enable`, or the end of the note; its own line included
vaultlint-enable             ends it: all of it, or the rules that it names
vaultlint-disable-line       on the lines of the comment
vaultlint-disable-next-line  on the line after it
vaultlint-disable-file       in the whole note, wherever it stands
```

Each may name rules, separated by commas or spaces; without names it means all of them. What follows ` -- ` is
for people, and so is all behind the first line. HTML comments will do as well. Text in code is no comment.

The property `vaultlint-disable: [rule-a, rule-b]` is for the whole note, too; `all` stands for every rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, structs

from vaultlint.note.model import Span
from vaultlint.vault.facts import Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.note.model import Comment, Property
    from vaultlint.note.note import Note

LAST_LINE = 2**31 - 1
"""The last line of a suppression that lasts to the end of its note."""

MARK = "vaultlint-"
"""What is written in every note that has a suppression."""

PROPERTY = "vaultlint-disable"
"""The property that names rules which are off in its note."""

KINDS = ("disable", "disable-line", "disable-next-line", "disable-file", "enable")
"""What may stand behind `vaultlint-`."""

_COMMAND = re.compile(r"\s*vaultlint-([A-Za-z-]+)(?![^\s,])([^\r\n]*)")
_REASON = re.compile(r"(?:^|\s)--(?:\s|$)")
_NAME = re.compile(r"[^\s,]+")
_NOWHERE = (1, 0)


_ALL = ""
"""Stands for every rule among names."""
_EVERY = "all"
"""The same, as the property writes it."""

_Names: TypeAlias = "list[tuple[str, Span]]"


class _Command(Struct, frozen=True):
    """One comment for vaultlint."""

    span: Span
    kind: str
    names: _Names
    line: int
    """On which it begins."""


_Running: TypeAlias = "dict[str, list[tuple[_Command, Span]]]"
"""Name of a rule, or `_ALL` -> the comments that disable it still, and where they name it."""


def find_suppressions(note: Note) -> tuple[Suppression, ...]:
    """The suppressions of a note, in order; a comment gives several where its rules end at different places.

    A `vaultlint-enable` that ends nothing and an unknown command are among them: they hide nothing.
    """
    if MARK not in note.text:
        return ()
    found: list[Suppression] = list(_of_property(note))
    running: _Running = {}
    for comment in note.comments:
        command = _command(note, comment)
        if command is None:
            continue
        if command.kind == "disable":
            for name, span in command.names or [(_ALL, command.span)]:
                running.setdefault(name, []).append((command, span))
        elif command.kind == "enable":
            found += _enable(note, running, command)
        else:
            found.append(_made_by(note, command, command.names, *_lines(note, command)))
    found += _end(note, running, list(running), LAST_LINE)
    return tuple(sorted(found, key=lambda one: (one.span, one.name_spans)))


def _of_property(note: Note) -> Iterator[Suppression]:
    """What the property names: rules in a list or in one text, or all of them by `all` or a ticked box."""
    found = note.property(PROPERTY)
    if found is None:
        return
    names = [named for value, span in _written(found) for named in _named(note.text, value, span)]
    is_all = found.value is True or any(name.lower() == _EVERY for name, _ in names)
    if names or is_all:
        first, last = note.source.line_of(found.span.start), note.source.line_of(max(found.span.end - 1, 0))
        removal = _removal_of_lines(note, first, last)
        yield _made(found.span, "property", [] if is_all else names, (1, LAST_LINE), removal)


def _written(found: Property) -> Iterator[tuple[str, Span]]:
    """The texts of a property, with their places."""
    if isinstance(found.value, str):
        yield found.value, found.value_span
    yield from ((item.value, item.span) for item in found.items if isinstance(item.value, str))


def _named(text: str, value: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The names in one text. One that is all of it has the quotes for its own, so that it can be taken out."""
    names = _NAME.findall(value)
    if len(names) == 1:
        yield names[0], span
        return
    at = span.start
    for name in names:
        start = text.find(name, at, span.end)
        at = start + len(name) if start >= 0 else at
        yield name, Span(start, at) if start >= 0 else span


def _command(note: Note, comment: Comment) -> _Command | None:
    content = comment.content_span
    found = _COMMAND.match(note.text, content.start, content.end)
    if found is None:
        return None
    start, end = found.span(2)
    reason = _REASON.search(note.text, start, end)
    names = _NAME.finditer(note.text, start, reason.start() if reason else end)
    kind = found[1].removeprefix("disable-") if found[1] in KINDS else f"unknown {found[1]}"
    return _Command(
        comment.span,
        kind,
        [(name[0], Span(*name.span())) for name in names],
        note.source.line_of(comment.span.start),
    )


def _lines(note: Note, command: _Command) -> tuple[int, int]:
    """The first and the last line over which a command holds that no other can end."""
    last = note.source.line_of(max(command.span.end - 1, 0))
    holds = {"line": (command.line, last), "next-line": (last + 1, last + 1), "file": (1, LAST_LINE)}
    return holds.get(command.kind, _NOWHERE)


def _enable(note: Note, running: _Running, enable: _Command) -> list[Suppression]:
    """What an `enable` ends; and itself, as far as there is nothing to end."""
    names = [name for name, _ in enable.names] or list(running)
    found = _end(note, running, names, enable.line)
    ended = {name for one in found for name in one.rules}
    stray = [name for name in enable.names if name[0] not in ended]
    if stray or not found:
        found.append(_made_by(note, enable, stray, *_NOWHERE))
    return found


def _end(note: Note, running: _Running, names: Iterable[str], last: int) -> list[Suppression]:
    """Take these names out of what is running: what held until `last`, a comment's names together."""
    parts: dict[Span, tuple[_Command, _Names]] = {}
    for name in names:
        for command, span in running.pop(name, ()):
            _, part = parts.setdefault(command.span, (command, []))
            if name != _ALL:
                part.append((name, span))
    return [_made_by(note, command, part, command.line, last) for command, part in parts.values()]


def _made_by(note: Note, command: _Command, names: _Names, first: int, last: int) -> Suppression:
    made = _made(command.span, command.kind, names, (first, last), _removal(note, command.span))
    return structs.replace(made, all_name_spans=tuple(span for _, span in command.names))


def _made(span: Span, kind: str, names: _Names, lines: tuple[int, int], removal: Span) -> Suppression:
    spans = tuple(span for _, span in names)
    return Suppression(span, tuple(name for name, _ in names), spans, spans, *lines, kind, removal)


def _removal(note: Note, span: Span) -> Span:
    """What to take out so that no trace of a comment stays: its lines where it stands alone."""
    text, source = note.text, note.source
    first, last = source.line_of(span.start), source.line_of(max(span.end - 1, 0))
    start, end = source.line_span(first).start, source.line_span(last).end
    # Only the white space around it is looked at: one line may hold any number of comments.
    before, after = span.start, span.end
    while before > start and text[before - 1].isspace():
        before -= 1
    while after < end and text[after].isspace():
        after += 1
    if before == start and after == end:
        return _removal_of_lines(note, first, last)
    follows_space = span.start > start and text[span.start - 1] == " "
    precedes_space = span.end < end and text[span.end] == " "
    if after == end or (follows_space and not precedes_space):
        begin = span.start
        while begin > start and text[begin - 1] in " \t":
            begin -= 1
        return Span(begin, span.end)
    if precedes_space and (span.start == start or text[span.start - 1] in " \t"):
        return Span(span.start, span.end + 1)
    return span


def _removal_of_lines(note: Note, first: int, last: int) -> Span:
    """Whole lines with a line break, and a blank line where there would else be two together."""
    source, count = note.source, len(note.source.line_starts)
    if _blank(note, first - 1) and last < count and _blank(note, last + 1):
        last += 1
    if last < count:
        return Span(source.line_span(first).start, source.line_span(last + 1).start)
    start = source.line_span(first - 1).end if first > 1 else source.line_span(first).start
    return Span(start, source.line_span(last).end)


def _blank(note: Note, line: int) -> bool:
    """Whether a line is blank; what is before the first one is."""
    return line < 1 or not note.source.line_span(line).of(note.text).strip()
