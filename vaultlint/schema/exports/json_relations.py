"""Relations between properties as JSON Schema, as far as it can say them: `if status = "done" then completed`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultlint.schema.model import Condition, Relation

_BOUNDS = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def relation_to_json(relation: Relation) -> dict[str, Any] | None:
    """The relation; `None` where it compares two properties, or dates, which JSON Schema can't."""
    given = [_condition(one, missing_passes=False) for one in relation.given]
    asked = [_condition(one, missing_passes=True) for one in relation.asked]
    if None in given or None in asked:
        return None
    then = asked[0] if len(asked) == 1 else {"allOf": asked}
    if not given:
        return then
    return {"if": given[0] if len(given) == 1 else {"allOf": given}, "then": then}


def _condition(one: Condition, *, missing_passes: bool) -> dict[str, Any] | None:
    """`missing_passes`: whether a comparison with a property that has no value holds."""
    if one.op in ("has", "has not"):
        name = one.left.name or ""
        there = {"required": [name], "properties": {name: {"not": {"type": "null"}}}}
        return there if one.op == "has" else {"not": there}
    left, op, right = one.left, one.op, one.right
    if left.name is None:
        left, op, right = right, _TURNED[op], left
    if left.name is None or right.name is not None:
        return None
    asked = _comparison(op, right.value)
    if asked is None:
        return None
    if missing_passes:
        return {"properties": {left.name: {"anyOf": [asked, {"type": "null"}]}}}
    there = {"allOf": [asked, {"not": {"type": "null"}}]}
    return {"required": [left.name], "properties": {left.name: there}}


def _comparison(op: str, value: Any) -> dict[str, Any] | None:
    if op in ("=", "!="):
        same = {"anyOf": [{"const": value}, {"type": "array", "contains": {"const": value}}]}
        return same if op == "=" else {"not": same}
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return {"type": "number", _BOUNDS[op]: value}
