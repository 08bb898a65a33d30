"""An index that notes down what it is asked, so that who asked can be told once an answer changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from vaultlint.vault.index import Index
from vaultlint.vault.reads import (
    ALIASES,
    BACKLINKS,
    FACTS,
    FILES,
    GATHERED,
    LOST_HEADINGS,
    NOTES,
    PLACE_LINKS,
    PLACES,
    TAG_COUNTS,
    TAGS,
)
from vaultlint.vault.tables import names_asked
from vaultlint.vault.traced_parts import TracedHistory, TracedTable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from vaultlint.vault.facts import Facts, LinkFact, NameFact
    from vaultlint.vault.files import FileTable
    from vaultlint.vault.index import Leads
    from vaultlint.vault.links import Resolver, Target
    from vaultlint.vault.reads import Read

_T = TypeVar("_T")


class TracedIndex(Index):
    """The same answers as those of another index, each question noted in `reads`.

    Not noted is to which files the names in a note's links lead when all of them are looked up (`faults`, `leads`,
    `resolved`): there are too many, and the note itself tells them (`tables.link_names_in`). Settings never change.
    """

    def __init__(self, index: Index) -> None:
        self.reads: set[Read] = set()
        """What was asked so far; whoever wants to know what it asks puts an empty set here first."""
        self._index = index
        self.settings = index.settings
        self.facts = TracedTable(index.facts, self, FACTS, NOTES)
        self.history = TracedHistory(index.history, self)

    def note(self, what: str, which: str = "") -> None:
        """Note one question down."""
        self.reads.add((what, which))

    @property
    def files(self) -> FileTable:
        """As of an index."""
        self.note(FILES)
        return self._index.files

    @files.setter
    def files(self, files: FileTable) -> None:
        raise AttributeError(files)

    @property
    def resolver(self) -> Resolver:
        """As of an index."""
        self.note(FILES)
        return self._index.resolver

    @resolver.setter
    def resolver(self, resolver: Resolver) -> None:
        raise AttributeError(resolver)

    def with_facts(self, changed: Mapping[str, Facts]) -> Index:
        """As of an index; what is asked of the new one is noted here, too."""
        index = TracedIndex(self._index.with_facts(changed))
        index.reads = self.reads
        return index

    def target(self, name: str, subpath: tuple[str, ...], source: str) -> Target:
        """As of an index."""
        target = self._index.target(name, subpath, source)
        for asked in names_asked(name):
            self.note(FILES, asked)
        if subpath and target.is_note and target.path is not None:
            self.note(PLACES, target.path)
        return target

    def leads(self, facts: Facts) -> Leads:
        """As of an index."""
        self._note_places(facts)
        return self._index.leads(facts)

    def faulty(self, facts: Facts, names: Collection[tuple[str, ...]]) -> list[tuple[LinkFact, Target]]:
        """As of an index."""
        self._note_places(facts)
        return self._index.faulty(facts, names)

    def resolved(self, facts: Facts) -> list[tuple[LinkFact, Target]]:
        """As of an index."""
        self._note_places(facts)
        return self._index.resolved(facts)

    def _note_places(self, facts: Facts) -> None:
        for names in facts.targets:
            if len(names) > 1:
                found = self._index.resolver.find(names[0], facts.path)
                if found.is_note and found.path is not None:
                    self.note(PLACES, found.path)

    def near_files(self, path: str) -> tuple[str, ...]:
        """As of an index."""
        self.note(FILES)
        return self._index.near_files(path)

    def same_but_spelling(self, path: str) -> tuple[str, ...]:
        """As of an index."""
        self.note(FILES)
        return self._index.same_but_spelling(path)

    def link_text(self, path: str, source: str) -> str:
        """As of an index."""
        for asked in names_asked(path):
            self.note(FILES, asked)
        return self._index.link_text(path, source)

    def gathered(self, name: str, kind: type[_T]) -> dict[str, _T]:
        """As of an index."""
        self.note(GATHERED, name)
        return self._index.gathered(name, kind)

    def told(self, path: str, name: str, kind: type[_T]) -> _T | None:
        """As of an index."""
        self.note(FACTS, path)
        return self._index.told(path, name, kind)

    def near_heading(self, path: str, text: str) -> str | None:
        """As of an index."""
        self.note(PLACES, path)
        return self._index.near_heading(path, text)

    @property
    def _without_heading(self) -> frozenset[str]:
        self.note(LOST_HEADINGS)
        return self._index._without_heading

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """As of an index."""
        self.note(FILES)
        return self._index.names

    @property
    def aliases(self) -> Mapping[str, Sequence[tuple[str, NameFact]]]:
        """As of an index."""
        return TracedTable(self._index.aliases, self, ALIASES)

    @property
    def tags(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """As of an index."""
        return TracedTable(self._index.tags, self, TAGS)

    @property
    def tag_counts(self) -> Mapping[str, int]:
        """As of an index."""
        self.note(TAG_COUNTS)
        return self._index.tag_counts

    @property
    def place_links(self) -> Mapping[str, Sequence[tuple[str, LinkFact]]]:
        """As of an index."""
        return TracedTable(self._index.place_links, self, PLACE_LINKS)

    def backlinks(self, path: str) -> tuple[tuple[str, LinkFact], ...]:
        """As of an index."""
        self.note(BACKLINKS, path)
        return self._index.backlinks(path)
