"""A vault on disk, for scripts: its notes by name, and what their links mean."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from vaultlint.note.model import Span
from vaultlint.note.note import Note, parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.vault.facts import Facts, LinkFact
from vaultlint.vault.facts_of import facts_of
from vaultlint.vault.files import FileTable, read_regular, walk
from vaultlint.vault.index import Index
from vaultlint.vault.names import path_key
from vaultlint.vault.settings import VaultSettings, read_settings

if TYPE_CHECKING:
    import os

    from networkx import DiGraph

    from vaultlint.vault.links import Target
    from vaultlint.vault.query import Names, Query, Where

_KEPT = 256
"""How many of the notes last asked for are kept, should nobody else keep them."""


class Vault:
    """The notes of one vault. A note is read when it is first asked for, or needed for an answer.

    Files are listed once, on opening: a later change of the vault is seen by a vault that is opened then. Notes are
    not kept for longer than somebody uses them, but for the last few: a pass over a large vault needs no room for it.
    """

    def __init__(self, files: FileTable, settings: VaultSettings) -> None:
        self.files = files
        self.settings = settings
        self.index = Index(files, _FactsOnDemand(files), settings)
        """What links mean. Its facts are read from the notes as they are needed."""
        self._notes: WeakValueDictionary[str, Note] = WeakValueDictionary()
        self._recent: deque[Note] = deque(maxlen=_KEPT)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Vault:
        """Effect: lists the vault's files. Raises OSError if `path` is no folder that can be listed."""
        return cls(walk(path), read_settings(path))

    @property
    def notes(self) -> tuple[str, ...]:
        """The paths of all notes, vault-relative and sorted."""
        return self.files.notes

    def __getitem__(self, name: str) -> Note:
        """Effect: reads the note, unless it is at hand. By its path, or by name as a link from the root has it.

        Raises KeyError if there is no such note, OSError if it can't be read, NoteDecodeError if it is not
        text.
        """
        found = self.index.resolver.find(name, "") if name else None
        if found is None or found.path is None or not found.is_note or found.opaque:
            raise KeyError(name)
        return self._note(found.path)

    def __iter__(self) -> Iterator[Note]:
        """Effect: reads notes, each when its turn comes. All that can be read, in order of path."""
        return self.query()

    def __contains__(self, name: object) -> bool:
        """Whether there is a note of that path or name; nothing is read."""
        found = self.index.resolver.find(name, "") if isinstance(name, str) and name else None
        return found is not None and found.path is not None and found.is_note and not found.opaque

    def query(
        self,
        *,
        tag: Names | None = None,
        folder: Names | None = None,
        has: Names | None = None,
        links_to: Note | str | None = None,
        where: Where | None = None,
    ) -> Iterator[Note]:
        """Effect: reads notes, each when its turn comes. The notes for which all conditions hold, in order of path.

        - `tag`: the note has it, or one nested below it, in its text or its properties; of several, one.
        - `folder`: the note lies in it, however deep; of several, in one.
        - `has`: the property is there, empty or not; of several, all. Names ignore case.
        - `links_to`: one of its links, embeds or property links leads to this note or file, named as a link from the
          root names it. A name that no file has finds the links that are waiting for it.
        - `where`: properties and the value, or values, of which each has one (a list has what is in it); or a function
          that is asked last.

        A note that can't be read is left out, and so are the properties of one whose frontmatter the app can't read:
        `vaultlint.check` and `vaultlint.load` tell of both.
        """
        from vaultlint.vault.query import Query

        query = Query(self.index.resolver, tag=tag, folder=folder, has=has, links_to=links_to, where=where)
        return self._matching(query)

    def _matching(self, query: Query) -> Iterator[Note]:
        for path in self.notes:
            if query.allows(path) and (note := self._readable(path)) is not None and query.holds(note):
                yield note

    def _readable(self, path: str) -> Note | None:
        note = self._notes.get(path)
        if note is not None:
            return note
        try:
            return _read(self.files, path)
        except (OSError, NoteDecodeError):
            return None

    def _note(self, path: str) -> Note:
        note = self._notes.get(path)
        if note is None:
            note = self._notes[path] = _read(self.files, path)
        self._recent.append(note)
        return note

    def resolve(self, text: str, source: Note | str = "") -> Target:
        """Where `text` (`Recipes#Soup`) leads as a link in `source` (a note or its path), or in the root."""
        path, *subpath = text.split("#")
        nowhere = Span(0, 0)
        link = LinkFact(nowhere, path.strip(), nowhere, tuple(subpath), nowhere, None, False, False)
        return self.index.resolve(link, source.path if isinstance(source, Note) else source)

    def backlinks(self, target: Note | str) -> tuple[tuple[str, LinkFact], ...]:
        """Effect: reads all notes, the first time. The links to a note or file, each with the path of its note.

        `target` is a note, a path, or a name as a link from the root has it; empty where there is no such file.
        """
        path = target.path if isinstance(target, Note) else target
        if path not in self.index.files.by_path.get(path_key(path), ()):
            path = (self.index.resolver.find(path, "").path or path) if path else path
        return self.index.backlinks(path)

    def graph(self, *, attachments: bool = True, unresolved: bool = True) -> DiGraph[str]:
        """Effect: reads all notes, the first time. A networkx `DiGraph` of the vault's files and links.

        Nodes are vault-relative paths. Their `kind` is `note`, `attachment` (left out with `attachments=False`) or
        `unresolved` (a name that links wait for; left out with `unresolved=False`), their `tags` a tuple. An edge has
        the `count` of all links from one file to the other, and how many of these are `links`, `embeds` and
        `properties`. A note's links to itself are an edge, too.

        Raises ImportError without networkx, which the extra `obsidian-vaultlint[graph]` brings.
        """
        from vaultlint.vault.graph import graph_of

        return graph_of(self.index, attachments=attachments, unresolved=unresolved)


class _FactsOnDemand(Mapping[str, Facts]):
    """Note path -> its facts, read at first use. A note that can't be read has none."""

    def __init__(self, files: FileTable) -> None:
        self._files = files
        self._facts: dict[str, Facts | None] = {}

    def __getitem__(self, path: str) -> Facts:
        if path not in self._facts:
            self._facts[path] = self._find(path)
        facts = self._facts[path]
        if facts is None:
            raise KeyError(path)
        return facts

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._files.notes if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._files.notes)

    def _find(self, path: str) -> Facts | None:
        if path not in self._known:
            return None
        try:
            return facts_of(_read(self._files, path))
        except (OSError, NoteDecodeError):
            return None


def _read(files: FileTable, path: str) -> Note:
    return parse_note(decode(read_regular(files.locate(path))), path)
