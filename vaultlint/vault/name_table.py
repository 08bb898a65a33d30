"""A table of names in which nearly every key has one value: that one costs no list of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed import SupportsRichComparison

_T = TypeVar("_T")


class NameTable(Mapping[str, tuple[str, ...]]):
    """Key -> all its values, in order. A vault of a million notes has several such tables."""

    __slots__ = ("_held",)

    def __init__(
        self, pairs: Iterable[tuple[str, str]], order: Callable[[str], SupportsRichComparison] | None = None
    ) -> None:
        """`pairs` are of a key and one of its values; `order` sorts the values of one key, by default by themselves."""
        self._held: dict[str, str | tuple[str, ...]] = {}
        several: dict[str, list[str]] = {}
        for key, value in pairs:
            if key not in self._held:
                self._held[key] = value
            elif (values := several.get(key)) is not None:
                values.append(value)
            else:
                first = self._held[key]
                several[key] = [first, value] if isinstance(first, str) else [*first, value]
        for key, values in several.items():
            self._held[key] = tuple(sorted(values, key=order))

    def __getitem__(self, key: str) -> tuple[str, ...]:
        held = self._held[key]
        return (held,) if isinstance(held, str) else held

    @overload
    def get(self, key: str) -> tuple[str, ...] | None: ...
    @overload
    def get(self, key: str, default: tuple[str, ...] | _T) -> tuple[str, ...] | _T: ...
    def get(self, key: str, default: object = None) -> object:
        """The values of a key, or the default."""
        held = self._held.get(key)
        if held is None:
            return default
        return (held,) if isinstance(held, str) else held

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)
