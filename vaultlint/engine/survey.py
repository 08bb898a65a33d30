"""A look at a whole vault before it has a config: the properties of its notes, and what kinds of notes there are."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from vaultlint.config.settings import MAX_NOTE_SIZE
from vaultlint.engine.reader import NoteReader, NoteReadError
from vaultlint.note.note import parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.schema.evidence import Witness, is_in, witness
from vaultlint.schema.infer import Inferred, infer
from vaultlint.vault.files import walk
from vaultlint.vault.links import Resolver
from vaultlint.vault.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from vaultlint.note.note import Note
    from vaultlint.schema.select import Chooser
    from vaultlint.vault.files import FileTable
    from vaultlint.vault.settings import VaultSettings

_TEMPLATES = re.compile(r"templates?\b|vorlagen?\b|plantillas?\b|modèles?\b|模板", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{\{|<%")


class Survey(Struct, frozen=True):
    """What was seen of a vault."""

    files: FileTable
    settings: VaultSettings
    """The app's; the folders of templates that were found by their notes are among its own."""
    witnesses: tuple[Witness, ...]
    guessed: tuple[str, ...] = ()
    """Folders of templates that the app does not know as such."""
    chosen: int = 0
    """How many notes the chooser of the call took."""

    def schemas(self, below: str = "") -> tuple[Inferred, ...]:
        """The schemas that the notes keep; with `below`, a folder, those of the notes in it."""
        resolver = Resolver(self.files)

        def folder_of(link: str, note: str) -> str | None:
            path = resolver.find(link, note).path
            return None if path is None else path.rpartition("/")[0]

        return infer(self.witnesses, self.settings.property_types, folder_of, below=below)


def survey(
    root: Path,
    *,
    left_out: Callable[[str], bool] | None = None,
    chooser: Chooser | None = None,
    limit: int = MAX_NOTE_SIZE,
) -> Survey:
    """Effect: reads a vault. Notes that the app ignores, that are `left_out` or can't be read tell nothing.

    A `chooser` has the notes counted that it takes. Notes over `limit` bytes are not read.
    """
    files, settings = walk(root), read_settings(root)
    seen = [
        _Seen(note.path, witness(note, settings), _has_placeholder(note), chooser is not None and chooser.chooses(note))
        for note in _notes(files, limit)
        if not settings.ignores(note.path) and not (left_out is not None and left_out(note.path))
    ]
    guessed = _template_folders(seen, settings)
    settings = structs.replace(settings, template_folders=(*settings.template_folders, *guessed))
    return Survey(
        files,
        settings,
        tuple([one.witness for one in seen if one.witness is not None and not settings.is_template(one.path)]),
        guessed,
        sum(one.chosen for one in seen if not settings.is_template(one.path)),
    )


class _Seen(Struct, frozen=True, gc=False):
    """What is kept of one note."""

    path: str
    witness: Witness | None
    unfilled: bool
    """Whether it is in a folder that may be one of templates, and there is something to fill in."""
    chosen: bool


def _notes(files: FileTable, limit: int) -> Iterator[Note]:
    reader = NoteReader(files.root, limit, files.originals)
    for path in files.notes:
        if path not in files.irregular:
            try:
                yield parse_note(decode(reader.read(path)), path)
            except (NoteReadError, NoteDecodeError):
                continue


def _has_placeholder(note: Note) -> bool:
    return next(_named_folders(note.path), None) is not None and _PLACEHOLDER.search(note.text) is not None


def _template_folders(notes: Sequence[_Seen], settings: VaultSettings) -> tuple[str, ...]:
    """Folders whose name says that there are templates in them, and most of whose notes have something to fill in."""
    size: Counter[str] = Counter()
    unfilled: Counter[str] = Counter()
    for note in notes:
        if not settings.is_template(note.path):
            for folder in _named_folders(note.path):
                size[folder] += 1
                unfilled[folder] += note.unfilled
    found: list[str] = []
    for folder in sorted(size):
        if 2 * unfilled[folder] > size[folder] and not any(is_in(folder, outer) for outer in found):
            found.append(folder)
    return tuple(found)


def _named_folders(path: str) -> Iterator[str]:
    *folders, _ = path.split("/")
    for depth, name in enumerate(folders, 1):
        if _TEMPLATES.search(name):
            yield "/".join(folders[:depth])
