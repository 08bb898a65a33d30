"""A vault as a commit has it, judged by the settings of today; what is the same in both is read once."""

from __future__ import annotations

import os
from functools import cached_property
from posixpath import commonpath, dirname
from typing import TYPE_CHECKING
from unicodedata import normalize

from vaultlint.engine.digests import digest_of
from vaultlint.engine.history import GitHistory
from vaultlint.engine.judge import Judgement
from vaultlint.engine.reader import too_large
from vaultlint.engine.renamed import renames
from vaultlint.engine.wire import FACTS, JUDGED, Examined, Found
from vaultlint.engine.work import Examiner
from vaultlint.git.trees import blobs, tree
from vaultlint.git.work_tree import converts_line_breaks, ignored
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.vault.files import FileTable, read_regular
from vaultlint.vault.index import Index
from vaultlint.vault.names import is_note_path

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from vaultlint.engine.check import VaultRun
    from vaultlint.git.door import Git
    from vaultlint.git.trees import Entry
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.vault.history import Went

_SYMBOLIC_LINK = "120000"
_SUBMODULE = "160000"
_MOST_BYTES = 500_000_000
"""How much is read of new files that are no notes, to know them again where some went away."""


class Base:
    """What a commit says of the vault of a run, and what was wrong in it.

    Paths are spelled as the vault has them now where the two differ in their Unicode form alone. What git
    does not follow (files that it ignores, submodules) is taken as it is now: nothing else is known of it.
    """

    def __init__(self, git: Git, commit: str, run: VaultRun) -> None:
        """Effect: asks git, and examines the notes of the commit that are no more, or are other notes now.

        Raises `GitError`.
        """
        self._git = git
        self._commit = commit
        self._limit = run.settings.max_note_size
        self._texts: dict[str, str | None] = {}
        entries = _entries(git, commit, run.files)
        as_now = frozenset(_not_followed(git, entries, run.files))
        self.files = _table(entries, as_now, run.files)
        self._ids = {path: entries[path].id for path in self.files.files if path not in as_now | self.files.opaque}
        self.examined = {path: run.examined[path] for path in as_now if path in run.examined}
        """Note -> what was seen of it then; the very value of the run where it is the same note now."""
        self._examine(run)
        self.index = self._indexed(run)
        self.renames = self._renames(run)
        """File then -> the file that it is now, for what was renamed since."""
        here = frozenset(run.files.files)
        self.now = {path: path for path in self.files.files if path in here}
        """File then -> the same file now, under its name or a new one; what is no more is not in it."""
        self.now |= {path: went.path for path, went in self.renames.items()}
        self.diagnostics = self._judge(run)
        """What was wrong then, in the notes that are judged now and in those that are other ones since."""

    def text(self, path: str) -> str | None:
        """Effect: asks git where nobody did. The text of a note then; `None` where it has none to show."""
        self.load((path,))
        return self._texts.get(path)

    def load(self, paths: Iterable[str]) -> None:
        """Effect: asks git, once for all. Have the texts of these notes at hand."""
        wanted = [path for path in paths if path in self._ids and path not in self._texts and is_note_path(path)]
        for path, data in self._read(wanted):
            self._texts[path] = _text(data, self._limit)

    def _examine(self, run: VaultRun) -> None:
        """Take over what is the same note now, and examine what is another one, or none."""
        other: list[str] = []
        for path in self.files.notes:
            name, note = self._ids.get(path), run.examined.get(path)
            if note is not None and name is not None and note.digest.hex() == name:
                self.examined[path] = note
            elif name is not None:
                other.append(path)
        if other and self._converts:
            other = [path for path in other if not self._is_converted(path, run)]
        examiner = Examiner(run.plan)
        for path, data in self._read(other):
            self._texts[path] = _text(data, self._limit)
            if len(data) > self._limit:
                error = too_large(len(data), self._limit)
                self.examined[path] = Examined(path, found=(Found(error.rule, error.message),))
            else:
                self.examined[path] = examiner.examine_bytes(path, data, FACTS if run.leaves_out(path) else JUDGED)

    def _is_converted(self, path: str, run: VaultRun) -> bool:
        """Whether git gave a note the line breaks of Windows and nothing else; it is taken over then."""
        note = run.examined.get(path)
        text = run.text(path) if note is not None else None
        if note is None or text is None or "\r\n" not in text:
            return False
        if _unconverted(text, run) != self._ids[path]:
            return False
        self.examined[path] = note
        self._texts[path] = text
        return True

    @cached_property
    def _converts(self) -> bool:
        return converts_line_breaks(self._git)

    def _indexed(self, run: VaultRun) -> Index:
        facts = {path: note.facts for path, note in self.examined.items() if note.facts is not None}
        index = Index(self.files, facts, run.vault_settings)
        index.history = GitHistory(run.settings.root, self.files, self._commit)
        if (self.files.files, self.files.opaque) == (run.files.files, run.files.opaque):
            index.resolver = run.index.resolver  # which has looked up nearly every link already
        return index

    def _renames(self, run: VaultRun) -> dict[str, Went]:
        gone = {path: self._ids[path] for path in sorted(self._ids.keys() - frozenset(run.files.files))}
        fresh = sorted(frozenset(run.files.files) - frozenset(self.files.files) - run.files.opaque) if gone else []
        ids = frozenset(gone.values())
        notes = {path: note for path in fresh if (note := run.examined.get(path)) is not None}
        names = {path: self._name(path, note, run, ids) for path, note in notes.items()}
        if not all(map(is_note_path, gone)):
            names |= _digests((path for path in fresh if not is_note_path(path)), run)
        empty = digest_of(b"", run.plan.digest).hex()  # files that are no notes have no text, and may be empty, too
        return renames(gone, names, lambda path: "" if gone[path] == empty else self.text(path), run.text)

    def _name(self, path: str, note: Examined, run: VaultRun, gone: Container[str]) -> str:
        """The id of a note of now; where it alone has the line breaks of Windows, the one without them."""
        name = note.digest.hex()
        text = run.text(path) if name not in gone and self._converts else None
        return _unconverted(text, run) if text is not None else name

    def _judge(self, run: VaultRun) -> tuple[Diagnostic, ...]:
        judged = {
            path: None
            for path, note in self.examined.items()
            if path in run.judged or (note is not run.examined.get(path) and not run.leaves_out(path))
        }
        return Judgement(run.settings, run.rules, self.examined, judged).diagnostics(self.index)

    def _read(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        return zip(paths, blobs(self._git, [self._ids[path] for path in paths]), strict=True)


def _entries(git: Git, commit: str, now: FileTable) -> dict[str, Entry]:
    """What the commit has below the vault and the app would see, by path as the vault spells it."""
    known = frozenset(now.files)
    listed = {entry.path: entry for entry in tree(git, commit, git.prefix)} or _where_it_was(git, commit)
    entries = {path: entry for path, entry in listed.items() if not _hidden(path)}
    respelled = {normalize("NFC", path): path for path in known if not path.isascii() and path not in entries}
    if not respelled:
        return entries
    return {
        path if path in known or path.isascii() else respelled.get(normalize("NFC", path), path): entry
        for path, entry in entries.items()
    }


def _where_it_was(git: Git, commit: str) -> dict[str, Entry]:
    """What the commit has and the work tree does not: a vault that has no file there may have moved as a whole.

    By path below the folder that holds all of it.
    """
    gone = [entry for entry in tree(git, commit) if not os.path.lexists(git.top / entry.path)] if git.prefix else []
    folder = commonpath([dirname(entry.path) for entry in gone]) if gone else ""
    start = len(folder) + 1 if folder else 0
    return {entry.path[start:]: entry for entry in gone}


def _hidden(path: str) -> bool:
    return path[0] == "." or "/." in path


def _not_followed(git: Git, entries: Mapping[str, Entry], now: FileTable) -> Iterator[str]:
    """The files of the vault that git does not follow: ignored, in a submodule, or behind a symbolic link."""
    strange = [path for path in now.files if path not in entries]
    if not strange:
        return
    folders = ignored(git) | {path for path, entry in entries.items() if entry.mode in (_SYMBOLIC_LINK, _SUBMODULE)}
    for path in strange:
        if not folders.isdisjoint(_with_folders(path)):
            yield path


def _with_folders(path: str) -> Iterator[str]:
    """A path and all folders around it."""
    yield path
    while (cut := path.rfind("/")) > 0:
        path = path[:cut]
        yield path


def _table(entries: Mapping[str, Entry], as_now: frozenset[str], now: FileTable) -> FileTable:
    """The files of the commit, listed as the walk lists those of a vault."""
    linked = {path for path, entry in entries.items() if entry.mode == _SYMBOLIC_LINK}
    files = sorted({path for path, entry in entries.items() if entry.mode != _SUBMODULE} | as_now)
    opaque = linked | (now.opaque & as_now)
    return FileTable(
        root=now.root,
        notes=tuple(path for path in files if is_note_path(path) and path not in opaque),
        files=tuple(files),
        opaque=frozenset(opaque),
    )


def _digests(paths: Iterable[str], run: VaultRun) -> dict[str, str]:
    """Effect: reads files that are no notes. Their names in git, as far as reading so much is worth it."""
    left = _MOST_BYTES
    found: dict[str, str] = {}
    for path in paths:
        try:
            data = read_regular(run.files.locate(path), left + 1)
        except OSError:  # it is not known again, that is all
            continue
        left -= len(data)
        if left < 0:
            break
        found[path] = digest_of(data, run.plan.digest).hex()
    return found


def _unconverted(text: str, run: VaultRun) -> str:
    """The id of a text whose line breaks git made those of Windows."""
    return digest_of(text.replace("\r\n", "\n").encode(), run.plan.digest).hex()


def _text(data: bytes, limit: int) -> str | None:
    if len(data) > limit:
        return None
    try:
        return decode(data)
    except NoteDecodeError:
        return None
