"""What a worker sends back: plain values in MessagePack, far cheaper to send than pickled objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from msgspec import Struct, structs

from vaultlint.note.model import Position, Span
from vaultlint.rule.exempt import ORDINARY
from vaultlint.rule.finding import Diagnostic, Finding, Related, Severity
from vaultlint.rule.fix import Fix  # noqa: TC001  msgspec reads the annotations
from vaultlint.vault.column import packed
from vaultlint.vault.facts import Facts  # noqa: TC001  the same

if TYPE_CHECKING:
    from collections.abc import Iterable

FACTS, GATHERED, JUDGED = range(3)
"""How much is wanted of a note: its facts; what rules over the whole vault gather, too; and what is wrong in it."""

Seconds: TypeAlias = tuple[float, float, float]
"""Spent on reading, on facts and on note rules."""
NO_SECONDS: Seconds = (0.0, 0.0, 0.0)

NOWHERE = Span(0, 0)
START = Position(1, 1)


class Found(Struct, array_like=True, gc=False):
    """One finding with its place, its hint and its fix worked out."""

    rule: str
    message: str
    span: Span = NOWHERE
    position: Position = START
    end: Position = START
    hint: str | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None

    def diagnostic(self, path: str, severity: Severity) -> Diagnostic:
        """The same, as reports show it; `severity` is the rule's where the finding has none."""
        finding = Finding(self.span, self.message, path, self.hint, self.fix, related=self.related)
        return Diagnostic(self.rule, self.severity or severity, path, finding, self.position, self.end)


class Examined(Struct, array_like=True):
    """One note as a worker saw it."""

    path: str
    facts: Facts | None = None
    """`None`: the note could not be read."""
    length: int = 0
    """In code points; no finding may point behind it."""
    found: tuple[Found, ...] = ()
    tracebacks: tuple[str, ...] = ()
    """Of rules that raised; empty unless asked for."""
    digest: bytes = b""
    """git's name for the bytes that were read; empty unless asked for."""
    seconds: Seconds = NO_SECONDS
    kind: int = ORDINARY
    """Whether it is a template, or owned by a plug-in."""


def share_path(note: Examined, path: str) -> None:
    """Make a note's path the very text that others have for it: a million copies would take memory for nothing."""
    note.path = path
    if note.facts is not None:
        structs.force_setattr(note.facts, "path", path)


def summed(spent: Iterable[Seconds]) -> Seconds:
    """What several notes took; there is one at least."""
    reading, facts, rules = map(sum, zip(*spent, strict=True))
    return reading, facts, rules


def encode(notes: list[Examined]) -> bytes:
    """Pack what a worker found in a chunk of notes."""
    return packed(notes)


class Unpacker:
    """Unpacks chunks; made once a run, for making it costs more than using it."""

    def __init__(self) -> None:
        self._decoder: Any = msgspec.msgpack.Decoder(list[Examined])

    def __call__(self, data: bytes) -> list[Examined]:
        """Unpack one chunk."""
        notes: list[Examined] = self._decoder.decode(data)
        return notes
