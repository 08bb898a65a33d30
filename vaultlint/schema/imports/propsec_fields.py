"""The fields of a schema of Propsec, as properties."""

from __future__ import annotations

from typing import Any

from vaultlint.schema.imports.draft import (
    Draft,
    allowed,
    as_count,
    as_number,
    as_table,
    as_text,
    as_words,
    pattern_fault,
)
from vaultlint.schema.moments import read_moment
from vaultlint.schema.relations import RESERVED

_TYPES = {
    "string": "text",
    "number": "number",
    "boolean": "checkbox",
    "date": "date",
    "array": "list",
}
_WORDS = RESERVED | {"true", "false"}
_OPEN = frozenset({"unknown", ""})
_NATIVE = frozenset({"tags", "aliases", "cssclasses"})
_COMPARED = {
    "equals": "=",
    "not_equals": "!=",
    "greater_than": ">",
    "less_than": "<",
    "greater_or_equal": ">=",
    "less_or_equal": "<=",
}


def take_fields(draft: Draft, fields: list[dict[str, Any]]) -> None:
    """Put the fields into the draft: those of one name are alternatives, and one of these may be that it is empty."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for field in fields:
        if name := as_text(field.get("name")):
            key = next((known for known in groups if known.lower() == name.lower()), name)
            groups.setdefault(key, []).append(field)
    for name, variants in groups.items():
        _take(draft, name, variants)


def _take(draft: Draft, name: str, variants: list[dict[str, Any]]) -> None:
    for field in variants:
        _demand(draft, name, field)
        if meaning := as_text(field.get("description")):
            draft.meanings[name] = meaning
    typed = [field for field in variants if as_text(field.get("type")) != "null"]
    if len(typed) > 1:
        types = " or ".join(as_text(field.get("type")) for field in typed)
        draft.left.append(f"the types of '{name}', {types}: a property has one type here")
    wanted = _wanted(draft, name, typed[0]) if len(typed) == 1 else {}
    if any(field.get("unique") is True for field in variants):
        wanted["unique"] = "schema"
    draft.properties[name] = wanted["type"] if set(wanted) == {"type"} else wanted


def _demand(draft: Draft, name: str, field: dict[str, Any]) -> None:
    """Whether it must be there, and when."""
    listed = field.get("conditions")
    conditions = [as_table(each) for each in listed] if isinstance(listed, list) else []
    when, must = as_text(field.get("when")), as_text(field.get("must"))
    if field.get("required") is True and not conditions and not when:
        if name not in draft.require:
            draft.require.append(name)
    elif field.get("required") is True and (premise := _premise(conditions)):
        draft.relations.append(f"if {premise} then {_quoted_name(name)}")
    elif conditions or when:
        said = when or _said(conditions, as_text(field.get("conditionLogic")))
        draft.left.append(f"the condition of '{name}', '{said}': what it must be holds without one")
    if field.get("warn") is True:
        draft.left.append(f"that only a warning tells of '{name}': the severity is that of the rule")
    if must:
        draft.left.append(f"what '{name}' must be, '{must}': an expression has no counterpart")
    _compare(draft, name, as_table(field.get("crossFieldConstraint")))


def _premise(conditions: list[dict[str, Any]]) -> str:
    """The one condition of a relation, `status = "done"`; empty where it is another or there are more."""
    if len(conditions) != 1 or as_text(conditions[0].get("operator")) != "equals":
        return ""
    other, value = as_text(conditions[0].get("field")), as_text(conditions[0].get("value"))
    quote = "'" if '"' in value else '"'
    return f"{_quoted_name(other)} = {quote}{value}{quote}" if other and value and quote not in value else ""


def _said(conditions: list[dict[str, Any]], logic: str) -> str:
    parts = [" ".join(as_text(each.get(key)) for key in ("field", "operator", "value")) for each in conditions]
    return f" {'or' if logic == 'or' else 'and'} ".join(parts)


def _compare(draft: Draft, name: str, constraint: dict[str, Any]) -> None:
    other, operator = as_text(constraint.get("field")), as_text(constraint.get("operator"))
    if not other:
        return
    if operator in _COMPARED:
        draft.relations.append(f"{_quoted_name(name)} {_COMPARED[operator]} {_quoted_name(other)}")
    else:
        draft.left.append(f"'{name} {operator} {other}': it is no comparison that is known")


def _quoted_name(name: str) -> str:
    return name if name.replace("-", "_").isidentifier() and name not in _WORDS else f"`{name}`"


def _wanted(draft: Draft, name: str, field: dict[str, Any]) -> dict[str, Any]:
    """What the one alternative asks of the value."""
    kind = as_text(field.get("type"))
    if kind in _OPEN:
        return {}
    if kind not in _TYPES:
        draft.left.append(f"the type '{kind}' of '{name}': a map inside a property has no schema here")
        return {}
    native = kind == "array" and name.lower() in _NATIVE
    wanted: dict[str, Any] = {"type": name.lower() if native else _TYPES[kind]}
    if kind == "string":
        _text(draft, name, as_table(field.get("stringConstraints")), wanted)
    elif kind in ("number", "date"):
        _range(draft, name, as_table(field.get(f"{kind}Constraints")), wanted, kind)
    elif kind == "array":
        _list(draft, name, field, wanted)
    return wanted


def _text(draft: Draft, name: str, constraints: dict[str, Any], wanted: dict[str, Any]) -> None:
    if pattern := as_text(constraints.get("pattern")):
        fault = pattern_fault(pattern)
        if fault is None:
            wanted["pattern"] = pattern
        else:
            draft.left.append(f"the pattern of '{name}', '{pattern}': {fault}")
    if values := as_words(_listed(constraints.get("allowedValues"))):
        wanted["values"] = values
    _lengths(constraints, "minLength", "maxLength", wanted)


def _range(draft: Draft, name: str, constraints: dict[str, Any], wanted: dict[str, Any], kind: str) -> None:
    for key in ("min", "max"):
        given = constraints.get(key)
        if kind == "number":
            bound: Any = as_number(given)
        else:
            moment = read_moment(as_text(given))
            bound = as_text(given) if moment is not None and moment.real else None
        if bound is not None:
            wanted[key] = bound
        elif given is not None and given != "":
            draft.left.append(f"'{key}' of '{name}': {given!r} is no {kind}")


def _list(draft: Draft, name: str, field: dict[str, Any], wanted: dict[str, Any]) -> None:
    kind = as_text(field.get("arrayElementType"))
    if kind in _TYPES and kind != "array":
        wanted["items"] = _TYPES[kind]
    elif kind not in _OPEN:
        draft.left.append(
            f"the type '{kind}' of the items of '{name}': lists and maps inside a list have no schema here"
        )
    constraints = as_table(field.get("arrayConstraints"))
    _lengths(constraints, "minItems", "maxItems", wanted)
    if values := as_words(_listed(constraints.get("allowedValues"))):
        wanted["values"] = allowed(values)
    for key in ("contains", "containsPattern"):
        if held := as_words(_listed(constraints.get(key))):
            draft.left.append(f"that '{name}' holds {', '.join(held)}: lists are asked about each item, not about one")
    if constraints.get("uniqueItems") is True:
        draft.left.append(f"that no item of '{name}' is there twice: 'unique' is between notes")


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _lengths(constraints: dict[str, Any], least: str, most: str, wanted: dict[str, Any]) -> None:
    for given, key in ((least, "min-length"), (most, "max-length")):
        count = as_count(constraints.get(given))
        if count is not None and (count or key == "max-length"):
            wanted[key] = count
