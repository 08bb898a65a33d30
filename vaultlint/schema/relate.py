"""Do the values of a note's properties stand in the relation that a schema asks for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.schema.model import DATE_TYPES, RANGE_TYPES, Condition, Operand, Relation, Schema
from vaultlint.schema.moments import read_moment
from vaultlint.schema.values import as_range, in_words, shown
from vaultlint.vault.query import holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property, YamlValue
    from vaultlint.note.note import Note


class Broken(Struct, frozen=True):
    """One thing that a relation asks for and a note does not have."""

    at: Property | None
    """The property that is at odds; `None`: there is none to point at."""
    by_key: bool
    """Whether its name is wrong rather than its value."""
    message: str
    other: Property | None = None
    """The property that it is compared with."""


def broken(relation: Relation, schema: Schema, note: Note) -> Iterator[Broken]:
    """What of `relation` does not hold. What can't be compared, or is not there, is not at odds with anything."""
    look = _Look(schema, note)
    if not all(look.truth(each) for each in relation.given):
        return
    for asked in relation.asked:
        if look.truth(asked) is False:
            yield look.told(relation, asked)


class _Look:
    """One note's properties, looked up and compared."""

    def __init__(self, schema: Schema, note: Note) -> None:
        self._kinds = {name.lower(): wanted.type for name, wanted in schema.properties.items()}
        self._found = {found.key.lower(): found for found in note.properties}

    def truth(self, condition: Condition) -> bool | None:
        """Whether it holds; `None` where nothing can be said."""
        left = self._value(condition.left)
        if condition.op in ("has", "has not"):
            return _is_there(left) is (condition.op == "has")
        right = self._value(condition.right)
        if left is None or right is None:
            return None
        pair = self._numbers(condition, left, right)
        if pair is None:
            return _alike(left, right) is (condition.op == "=") if condition.op in ("=", "!=") else None
        return _COMPARE[condition.op](*pair)

    def told(self, relation: Relation, asked: Condition) -> Broken:
        """What is wrong, in words."""
        since = ""
        if relation.given:
            given = relation.text.strip().removeprefix("if ").rpartition(" then ")[0].strip()
            since = f", as {given}"
        left = self._property(asked.left)
        if asked.op == "has":
            at = next((found for each in relation.given if (found := self._property(each.left)) is not None), None)
            return Broken(at, False, f"'{asked.left.name}' is missing{since or ' or empty'}")
        if asked.op == "has not":
            return Broken(left, True, f"'{asked.left.name}' does not belong here{since}")
        words = _EARLIER if self._are_dates(asked) else _LESS
        right = self._property(asked.right)
        message = f"{self._named(asked.left)} {words[asked.op]} {self._named(asked.right)}{since}"
        return Broken(left or right, False, message, right if left is not None else None)

    def _named(self, side: Operand) -> str:
        found = self._property(side)
        return f"'{found.key}' ({_shown(found.value)})" if found is not None else _shown(side.value)

    def _property(self, side: Operand) -> Property | None:
        return self._found.get(side.name.lower()) if side.name is not None else None

    def _value(self, side: Operand) -> YamlValue:
        if side.name is None:
            return side.value
        found = self._property(side)
        return found.value if found is not None else None

    def _kind(self, condition: Condition) -> str | None:
        """The type by which two values compare, where the schema gives it."""
        names = (side.name.lower() for side in (condition.left, condition.right) if side.name is not None)
        return next((kind for name in names if (kind := self._kinds.get(name)) in RANGE_TYPES), None)

    def _are_dates(self, condition: Condition) -> bool:
        values = (self._value(condition.left), self._value(condition.right))
        return self._kind(condition) in DATE_TYPES or all(
            isinstance(value, str) and read_moment(value) is not None for value in values
        )

    def _numbers(self, condition: Condition, left: YamlValue, right: YamlValue) -> tuple[float, float] | None:
        if self._are_dates(condition):
            return _moments(left, right)
        kind = self._kind(condition) or "number"
        one, two = as_range(left, kind), as_range(right, kind)
        return (float(one), float(two)) if one is not None and two is not None else None


def _is_there(value: YamlValue) -> bool:
    """Whether there is a value; a checkbox that is not ticked says no."""
    return value is not False and value not in (None, "", [], ())


def _moments(left: YamlValue, right: YamlValue) -> tuple[float, float] | None:
    """Where one of them has no time, days are compared."""
    one, two = (read_moment(value) if isinstance(value, str) else None for value in (left, right))
    if one is None or two is None or one.day is None or two.day is None or not (one.real and two.real):
        return None
    if not (one.with_time and two.with_time):
        return float(one.day.toordinal()), float(two.day.toordinal())
    first, second = one.total, two.total
    return (first, second) if first is not None and second is not None else None


def _alike(left: YamlValue, right: YamlValue) -> bool:
    """Equal, or a list with the other in it."""
    if isinstance(right, list | tuple | dict):
        left, right = right, left
    return not isinstance(right, list | tuple | dict) and holds(left, (right,))  # type: ignore[arg-type]


_COMPARE = {
    "<": float.__lt__,
    "<=": float.__le__,
    "=": float.__eq__,
    "!=": float.__ne__,
    ">=": float.__ge__,
    ">": float.__gt__,
}
_LESS = {
    "<": "should be less than",
    "<=": "should be at most",
    "=": "should be equal to",
    "!=": "should differ from",
    ">=": "should be at least",
    ">": "should be more than",
}
_EARLIER = _LESS | {
    "<": "should be earlier than",
    "<=": "should not be later than",
    ">=": "should not be earlier than",
    ">": "should be later than",
}


def _shown(value: YamlValue) -> str:
    """A value as its owner knows it; of a list, its items."""
    if isinstance(value, list | tuple):
        items = ", ".join(in_words(each) if isinstance(each, list | tuple | dict) else _shown(each) for each in value)
        return shown(items, plain=True) or "an empty list"
    return in_words(value) if value is None or isinstance(value, dict) else shown(value, plain=True)
