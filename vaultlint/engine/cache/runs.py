"""What a run told, and all that it hangs on: where nothing of that has changed, it is told again, and nothing is read.

Light: no rule, no parser, no YAML and no pydantic is imported here.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vaultlint.engine.cache import folder
from vaultlint.engine.cache.stamps import Stamps, has_content
from vaultlint.engine.cache.surroundings import Surroundings  # noqa: TC001  msgspec reads the annotations
from vaultlint.engine.reader import NoteReader
from vaultlint.engine.values import Report
from vaultlint.git.head import state_of
from vaultlint.note.model import Position, Span  # noqa: TC001  the same
from vaultlint.rule.finding import Diagnostic, Finding, Related, Severity
from vaultlint.rule.fix import Fix
from vaultlint.vault.column import packed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vaultlint.engine.cache.look import Look
    from vaultlint.vault.files import FileTable

_MOST_TOUCHED = 500
"""So many notes that only look changed are read to see; for more, a run serves better."""


class _Told(Struct, array_like=True):
    """One finding, its hint and fix as far as somebody asked for them."""

    rule: str
    severity: Severity
    path: str
    position: Position
    end: Position
    span: Span
    message: str
    hint: str | None
    fix: Fix | None
    related: tuple[Related, ...]


class Kept(Struct, array_like=True):
    """One run."""

    place: str
    """The vault, and the call: no file may be taken for another's."""
    under: Surroundings
    git: str | None
    """Where HEAD was, if git was asked; empty where there was no repository."""
    files: bytes
    """The digest of the names of the vault's files."""
    stamps: Stamps
    digests: list[bytes]
    """Of the notes, in order; empty where one could not be read."""
    max_note_size: int
    """Bytes."""
    fail_on: Severity | None
    """The least severity that the config wants to fail on."""
    notes: int
    """How many were judged."""
    notices: tuple[str, ...]
    told: list[_Told]


class Again(Struct, frozen=True):
    """A run that need not be made: what it would tell."""

    report: Report
    fail_on: Severity | None
    max_note_size: int


class RunCache:
    """The last run of one call over one vault."""

    def __init__(self, root: Path, asked: Sequence[str], call: Sequence[str], *, by_content: bool = False) -> None:
        """`asked` is what the call says of rules, `call` all else that decides what is told; `by_content` is as in
        `NoteCache`."""
        self._root = root
        self._asked = asked
        self._place = "\0".join((str(root), *asked, "", *call))
        self._file = folder.file_of(f"vaults/{folder.name_of(str(root))}", "run", self._place)
        self._by_content = by_content

    def again(self, look: Look) -> Again | None:
        """Effect: looks at the vault, and reads notes that may be others than they seem. What the run told.

        `None` where anything that it hangs on has changed, or may have.
        """
        kept = self._load()
        if kept is None or (kept.git is not None and kept.git != state_of(self._root)):
            return None
        if not kept.under.still(self._asked, look.settings):
            return None
        try:
            files, stamps = look.files, look.stamps
        except OSError:
            return None
        if _names(files) != kept.files or not self._are_same(files, stamps, kept):
            return None
        if kept.stamps.doubtful() and not stamps.doubtful():
            self._write(msgspec.structs.replace(kept, stamps=stamps))
        report = Report(str(self._root), tuple(map(_diagnostic, kept.told)), kept.notes, notices=kept.notices)
        return Again(report, kept.fail_on, kept.max_note_size)

    def keep(
        self,
        report: Report,
        *,
        under: Surroundings,
        git: str | None,
        files: FileTable,
        stamps: Stamps,
        digests: Sequence[bytes],
        max_note_size: int,
        fail_on: Severity | None,
    ) -> None:
        """Effect: writes the cache. `git` is where HEAD was when git was asked, if it was.

        `stamps` and `digests` are of all notes.
        """
        self._write(
            Kept(
                self._place,
                under,
                git,
                _names(files),
                stamps,
                list(digests),
                max_note_size,
                fail_on,
                report.notes,
                report.notices,
                [_told(each) for each in report.diagnostics],
            )
        )

    def _are_same(self, files: FileTable, stamps: Stamps, kept: Kept) -> bool:
        """Whether all notes are as they were."""
        count = len(files.notes)
        if len(kept.digests) != count or not kept.stamps.are_of(count):
            return False
        if self._by_content:
            look_into = list(range(count))
        else:
            changed = () if stamps.numbers == kept.stamps.numbers else stamps.other_than(kept.stamps)
            if len(changed) > _MOST_TOUCHED:
                return False
            look_into = sorted({*kept.stamps.doubtful(), *changed})
        reader = NoteReader(files.root, kept.max_note_size, files.originals)
        return all(has_content(reader, files.notes[place], kept.digests[place]) for place in look_into)

    def _load(self) -> Kept | None:
        data = folder.load(self._file)
        if data is None:
            return None
        try:
            kept = msgspec.msgpack.decode(data, type=Kept)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        if kept.place != self._place:
            return None
        folder.used(self._file)
        return kept

    def _write(self, kept: Kept) -> None:
        folder.keep(self._file, packed(kept))


def _names(files: FileTable) -> bytes:
    problems = [(one.path, one.reason) for one in files.problems]
    on_disk = [os.fsencode(one) for one in files.originals.values()]  # whose bytes need be no text
    names = (files.root, files.files, files.notes, sorted(files.opaque), sorted(files.irregular))
    told = packed((names, problems, files.outside, on_disk))
    return blake2b(told, digest_size=16).digest()


def _told(one: Diagnostic) -> _Told:
    known = one.worked_out()
    return _Told(
        one.rule,
        one.severity,
        one.path,
        one.position,
        one.end,
        one.span,
        one.message,
        known.hint if isinstance(known.hint, str) else None,
        known.fix if isinstance(known.fix, Fix) else None,
        one.related,
    )


def _diagnostic(told: _Told) -> Diagnostic:
    finding = Finding(told.span, told.message, told.path, told.hint, told.fix, related=told.related)
    return Diagnostic(told.rule, told.severity, told.path, finding, told.position, told.end)
