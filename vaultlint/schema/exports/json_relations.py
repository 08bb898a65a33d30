"""Relations between properties as JSON Schema, as far as it can say them: `if status = "done" then completed`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.schema.model import RANGE_TYPES
from vaultlint.schema.moments import read_moment

if TYPE_CHECKING:
    from vaultlint.schema.model import Condition, Relation, Schema

_BOUNDS = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_NUMBERS = frozenset({"number", "integer"})
_EMPTY: list[Any] = [None, "", [], False]


def relation_to_json(relation: Relation, schema: Schema) -> dict[str, Any] | None:
    """A relation of `schema`; `None` where it compares two properties, dates or durations, which JSON Schema can't."""
    given = [_given(one, schema) for one in relation.given]
    asked = [_asked(one, schema) for one in relation.asked]
    if None in given or None in asked:
        return None
    then = asked[0] if len(asked) == 1 else {"allOf": asked}
    if not given:
        return then
    return {"if": given[0] if len(given) == 1 else {"allOf": given}, "then": then}


def _given(one: Condition, schema: Schema) -> dict[str, Any] | None:
    """A condition that holds only for a value that is there, and can be compared."""
    if one.op in ("has", "has not"):
        return _there(one)
    name, comparison = _comparison(one, schema)
    if comparison is None:
        return None
    value: dict[str, Any] = {"allOf": [comparison, {"not": {"type": "null"}}]}
    if any(bound in comparison for bound in _BOUNDS.values()):
        value = {"type": "number", **comparison}
    return {"required": [name], "properties": {name: value}}


def _asked(one: Condition, schema: Schema) -> dict[str, Any] | None:
    """A condition that a value which is not there, or can't be compared, does not break."""
    if one.op in ("has", "has not"):
        return _there(one)
    name, comparison = _comparison(one, schema)
    if comparison is None:
        return None
    if any(bound in comparison for bound in _BOUNDS.values()):
        return {"properties": {name: comparison}}  # it asks nothing of what is no number
    return {"properties": {name: {"anyOf": [comparison, {"type": "null"}]}}}


def _there(one: Condition) -> dict[str, Any]:
    name = one.left.name or ""
    there = {"required": [name], "properties": {name: {"not": {"enum": _EMPTY}}}}
    return there if one.op == "has" else {"not": there}


def _comparison(one: Condition, schema: Schema) -> tuple[str, dict[str, Any] | None]:
    """The property, and what its value is compared with; `None` for what JSON Schema can't compare."""
    left, op, right = one.left, one.op, one.right
    if left.name is None:
        left, op, right = right, _TURNED[op], left
    name, value = left.name or "", right.value
    kinds = {known.lower(): wanted.type for known, wanted in schema.properties.items()}
    timed = kinds.get(name.lower()) in RANGE_TYPES - _NUMBERS or (isinstance(value, str) and read_moment(value))
    if not name or right.name is not None or timed:
        return name, None
    if op in ("=", "!="):
        same = {"anyOf": [{"const": value}, {"type": "array", "contains": {"const": value}}]}
        return name, same if op == "=" else {"not": same}
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return name, {_BOUNDS[op]: value} if number else None
