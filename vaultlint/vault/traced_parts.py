"""Parts of a traced index: its tables, and the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from vaultlint.vault.reads import HISTORY, LOST_HEADINGS, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, ItemsView, ValuesView

    from vaultlint.vault.history import Dates, History, Went

_T = TypeVar("_T")


class Notes(Protocol):
    """Who notes down what is asked."""

    def note(self, what: str, which: str = "") -> None:
        """Note one question down."""


class TracedTable(Mapping[str, _T]):
    """A table, each look at one key noted as a question about it, and each at all of them as one about the vault."""

    def __init__(self, table: Mapping[str, _T], index: Notes, what: str, keys: str = "") -> None:
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


class TracedHistory:
    """What a history is asked, noted."""

    def __init__(self, history: History, index: Notes) -> None:
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
