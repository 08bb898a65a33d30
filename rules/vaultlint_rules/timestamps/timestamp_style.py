"""Timestamps that are written in another way than the others."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.timestamps._times import MAY_CHANGE, of_the_note, recording, video_id

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Timestamp
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_NAMES = {"anchor": "an element `<a data-t>`", "link": "a link", "bare": "a time alone"}
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]{}]*\{id\}[^\s<>()\[\]{}]*\{seconds\}[^\s<>()\[\]{}]*")


@dataclass(frozen=True)
class Options:
    """What can be set for `timestamp-style`."""

    style: Annotated[
        Literal["consistent", "link", "bare", "anchor"],
        "How timestamps are written: as links, as times in brackets, as elements `<a data-t>`, "
        "or as most of the note's are.",
    ] = "consistent"
    address: Annotated[str, "Where a link leads to: `{id}` is the note's video, `{seconds}` the time."] = (
        "https://youtu.be/{id}?t={seconds}"
    )


class TimestampStyle(NoteRule):
    """A timestamp of the note's recording is written in another way than the config asks for."""

    name = "timestamp-style"
    group = Group.TIMESTAMPS
    severity = Severity.INFO
    needs = frozenset({"timestamps"})
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield those of another form; an embed shows the recording itself and is no mere mark."""
        times = [each for each in of_the_note(note) if each.form in _NAMES]
        style = self.options.style
        if style == "consistent":
            style = _usual(times)
        for each in times:
            if each.form != style:
                yield self.find(
                    each.span,
                    f"the timestamp '{each.text}' is {_NAMES[each.form]}, not {_NAMES[style]}",
                    fix=partial(self._fix, note, each, style),
                )

    def _fix(self, note: Note, each: Timestamp, style: str) -> Fix | None:
        edit = None
        if (each.form, style) == ("bare", "link"):
            edit = self._link(note, each)
        elif (each.form, style) == ("link", "bare"):
            edit = _bare(note, each)
        if edit is None:
            return None
        return Fix(
            f"write {_NAMES[style]}",
            (edit,),
            Applicability.UNSAFE,
            may_change=MAY_CHANGE | {Aspect.WORDS},
            reason="the other way may be there for a program that reads it",
        )

    def _link(self, note: Note, each: Timestamp) -> Edit | None:
        """A link around the time, or behind the brackets that it stands in."""
        own, text = video_id(note), note.text
        if own is None or _ID.fullmatch(own) is None or _ADDRESS.fullmatch(self.options.address) is None:
            return None
        address = self.options.address.replace("{id}", own).replace("{seconds}", str(each.seconds))
        before, behind = text[each.span.start - 1 : each.span.start], text[each.span.end : each.span.end + 2]
        if before == "[" and behind[:1] == "]":
            further = text[each.span.start - 2 : each.span.start - 1]
            if behind[1:] in ("(", "[", ":") or further in ("[", "!", "\\", "^"):
                return None
            return Edit(note.path, Span(each.span.start, each.span.end + 1), f"{each.text}]({address})")
        if before in ("[", "\\", "!") or behind[:1] in ("]", "("):
            return None
        return Edit(note.path, each.span, f"[{each.text}]({address})")


def _usual(times: list[Timestamp]) -> str:
    """The form that occurs most often; of equals, what comes first."""
    return next((form for form, _ in Counter(each.form for each in times).most_common(1)), "bare")


def _bare(note: Note, each: Timestamp) -> Edit | None:
    """The time in brackets, where the link shows nothing else and leads to the note's own video."""
    own = video_id(note)
    if own is None or recording(each, own) or each.text_span == each.code_span:
        return None
    match = re.match(r"\[(?:\[|\\\[|\()?", each.span.of(note.text))
    shown = each.span.of(note.text).partition("](")[0].strip("[]()\\ ")
    behind = note.text[each.span.end : each.span.end + 1]
    if match is None or shown != each.text or behind in ("(", "[", ":") or note.text[each.span.start - 1 :][:1] == "!":
        return None
    return Edit(note.path, each.span, f"[{each.text}]")
