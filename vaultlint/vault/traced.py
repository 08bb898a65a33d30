"""An index that notes down what it is asked, so that who asked can be told once an answer changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from vaultlint.vault.index import Index
from vaultlint.vault.reads import (
    ALIASES,
    BACKLINKS,
    FACTS,
    GATHERED,
    HISTORY,
    LOST_HEADINGS,
    NOTES,
    PLACE_LINKS,
    PLACES,
    TAG_COUNTS,
    TAGS,
    TEXT,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, ItemsView, Sequence, ValuesView

    from vaultlint.vault.facts import Facts, LinkFact, NameFact
    from vaultlint.vault.history import Dates, History, Went
    from vaultlint.vault.links import Target
    from vaultlint.vault.reads import Read

_T = TypeVar("_T")


class TracedIndex(Index):
    """The same answers as those of another index, each question noted in `reads`.

    What hangs on the files and settings alone is asked of the other index without a note (see `reads.py`).
    """

    def __init__(self, index: Index) -> None:
        self.reads: set[Read] = set()
        """What was asked so far; whoever wants to know what it asks puts an empty set here first."""
        self._index = index
        self.files = index.files
        self.settings = index.settings
        self.resolver = index.resolver
        self._nearest = index._nearest
        self.facts = _Traced(index.facts, self, FACTS, NOTES)
        self.history = _TracedHistory(index.history, self)

    def note(self, what: str, which: str = "") -> None:
        """Note one question down."""
        self.reads.add((what, which))

    def with_facts(self, changed: Mapping[str, Facts]) -> Index:
        """As of an index; what is asked of the new one is noted here, too."""
        index = TracedIndex(self._index.with_facts(changed))
        index.reads = self.reads
        return index

    def target(self, name: str, subpath: tuple[str, ...], source: str) -> Target:
        """As of an index."""
        target = self._index.target(name, subpath, source)
        if subpath and target.is_note and target.path is not None:
            self.note(PLACES, target.path)
        return target

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
        return self._index.names

    @property
    def aliases(self) -> Mapping[str, Sequence[tuple[str, NameFact]]]:
        """As of an index."""
        return _Traced(self._index.aliases, self, ALIASES)

    @property
    def tags(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """As of an index."""
        return _Traced(self._index.tags, self, TAGS)

    @property
    def tag_counts(self) -> Mapping[str, int]:
        """As of an index."""
        self.note(TAG_COUNTS)
        return self._index.tag_counts

    @property
    def place_links(self) -> Mapping[str, Sequence[tuple[str, LinkFact]]]:
        """As of an index."""
        return _Traced(self._index.place_links, self, PLACE_LINKS)

    def backlinks(self, path: str) -> tuple[tuple[str, LinkFact], ...]:
        """As of an index."""
        self.note(BACKLINKS, path)
        return self._index.backlinks(path)


class _Traced(Mapping[str, _T]):
    """A table, each look at one key noted as a question about it, and each at all of them as one about the vault."""

    def __init__(self, table: Mapping[str, _T], index: TracedIndex, what: str, keys: str = "") -> None:
        """`what` is asked with one key or all that the table holds, `keys` with its keys alone."""
        self._table = table
        self._index = index
        self._what = what
        self._keys = keys or what

    def __getitem__(self, key: str) -> _T:
        self._index.note(self._what, key)
        return self._table[key]

    def __iter__(self) -> Iterator[str]:
        self._index.note(self._keys)
        return iter(self._table)

    def __len__(self) -> int:
        self._index.note(self._keys)
        return len(self._table)

    def items(self) -> ItemsView[str, _T]:
        """As of a mapping."""
        self._index.note(self._what)
        return self._table.items()

    def values(self) -> ValuesView[_T]:
        """As of a mapping."""
        self._index.note(self._what)
        return self._table.values()


class _TracedHistory:
    """What a history is asked, noted."""

    def __init__(self, history: History, index: TracedIndex) -> None:
        self._history = history
        self._index = index

    @property
    def notices(self) -> tuple[str, ...]:
        """As of a history."""
        return self._history.notices

    def went(self, path: str, source: str) -> Went | None:
        """As of a history."""
        self._index.note(HISTORY)
        return self._history.went(path, source)

    def heading(self, path: str, text: str, notes: Callable[[], Collection[str]]) -> str | None:
        """As of a history; which notes lost headings matters once, for all that ask later."""
        self._index.note(HISTORY)
        self._index.note(LOST_HEADINGS)
        return self._history.heading(path, text, notes)

    def dates(self, path: str, left_out: str = "") -> Dates | None:
        """As of a history."""
        self._index.note(HISTORY)
        return self._history.dates(path, left_out)

    def content_dates(
        self, paths: Collection[str], left_out: str, but_for: Callable[[str], bool]
    ) -> Mapping[str, Dates]:
        """As of a history."""
        self._index.note(HISTORY)
        return self._history.content_dates(paths, left_out, but_for)

    def is_changed(self, path: str) -> bool:
        """As of a history."""
        self._index.note(HISTORY)
        self._index.note(TEXT, path)
        return self._history.is_changed(path)
