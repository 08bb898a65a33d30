"""Parts of a value that stay MessagePack until somebody asks for them."""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar, overload

import msgspec
from msgspec.msgpack import Decoder

_T = TypeVar("_T")


class _Held(Protocol):
    """What has such parts."""

    @property
    def columns(self) -> tuple[bytes, ...]:
        """Each in MessagePack; empty for what is empty."""


class Column(Generic[_T]):
    """One part: a tuple, by its place among the columns. It is decoded whenever it is asked for, and not kept."""

    def __init__(self, place: int, kind: type[_T]) -> None:
        self.place = place
        """Among the columns, from 0."""
        self._decode = Decoder(kind).decode

    @overload
    def __get__(self, held: None, owner: type) -> Column[_T]: ...
    @overload
    def __get__(self, held: _Held, owner: type) -> _T: ...
    def __get__(self, held: _Held | None, owner: type) -> _T | Column[_T]:
        if held is None:
            return self
        data = held.columns[self.place]
        found: Any = self._decode(data) if data else ()
        return found  # type: ignore[no-any-return]


def packed(value: Any) -> bytes:
    """Any value as MessagePack. Half a surrogate pair, which YAML's escapes can write and UTF-8 can't, is escaped."""
    try:
        return msgspec.msgpack.encode(value)
    except UnicodeEncodeError:
        plain = msgspec.to_builtins(value, builtin_types=(bytes, bytearray, memoryview))
        return msgspec.msgpack.encode(_without_halves(plain))


def _without_halves(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, list | tuple):
        return [_without_halves(each) for each in value]
    if isinstance(value, dict):
        return {_without_halves(key): _without_halves(each) for key, each in value.items()}
    return value
