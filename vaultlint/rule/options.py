"""Options of a rule: checked where they come in, and described from the class that declares them.

A rule declares them once:

```python
@dataclass(frozen=True)
class Options:
    scope: Annotated[Literal["section", "note"], "How far times must run forward."] = "section"
```

A key of the config is the field's name with hyphens. pydantic does the checking, so constraints of
`annotated_types` and pydantic models work too; it is imported only where there is something to check.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_args, get_origin, get_type_hints

from msgspec import Struct

from vaultlint.rule.errors import RuleError, VaultlintError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultlint.rule.kinds import Rule


class WrongValueError(VaultlintError):
    """A value is not what the config wants; `path` says where, from the outermost key inwards."""

    def __init__(self, message: str, path: tuple[str | int, ...]) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


class Option(Struct, frozen=True):
    """One option of a rule, for people."""

    key: str
    """As a config writes it."""
    type: str
    """What may stand there: `"section"`, `"note"`, or `text`, `whole number`, `list of text`."""
    default: str
    """As TOML; empty where there is none."""
    meaning: str


def validate(rule: type[Rule], given: Mapping[str, Any]) -> Any:
    """The options of a rule from a config's table; `None` where it has none. Raises `WrongValueError`."""
    if rule.Options is None:
        if given:
            raise WrongValueError(f"rule '{rule.name}' has no options", (next(iter(given)),))
        return None
    fields = {_key(name): name for name in _field_names(rule)}
    for key in given:
        if key not in fields:
            raise WrongValueError(f"rule '{rule.name}' has no option '{key}'{did_you_mean(key, fields)}", (key,))
    return checked(rule.Options, {fields[key]: value for key, value in given.items()}, rename=_key)


def checked(kind: Any, given: Mapping[str, Any], *, rename: Any = str) -> Any:
    """`given`, as read from TOML, as a value of `kind`; raises `WrongValueError`."""
    import msgspec
    from pydantic import TypeAdapter, ValidationError

    # strict JSON takes no "5" for 5 and no true for 1, but lists for tuples and text for dates and enums
    try:
        return TypeAdapter(kind).validate_json(msgspec.json.encode(given), strict=True)
    except ValidationError as error:
        # an unknown key may well be the one that another error misses
        first = min(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
        raise _wrong(first, rename) from None


def describe(rule: type[Rule]) -> tuple[Option, ...]:
    """The options of a rule, in the order of their declaration."""
    return tuple(_described(rule)) if rule.Options is not None else ()


def _described(rule: type[Rule]) -> Iterator[Option]:
    kind: Any = rule.Options
    hints = get_type_hints(kind, include_extras=True)
    for name, default in _defaults(kind):
        hint = hints[name]
        meaning = next((part for part in get_args(hint)[1:] if isinstance(part, str)), "")
        plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if not meaning and hasattr(kind, "model_fields"):
            meaning = kind.model_fields[name].description or ""
        yield Option(_key(name), _type_text(plain), "" if default is None else toml(default), meaning)


def _defaults(kind: Any) -> Iterator[tuple[str, Any]]:
    if dataclasses.is_dataclass(kind):
        made = cast("Any", kind)()
        for field in dataclasses.fields(kind):
            yield field.name, getattr(made, field.name)
    else:
        for name, field in kind.model_fields.items():
            yield name, field.get_default(call_default_factory=True)


def _field_names(rule: type[Rule]) -> tuple[str, ...]:
    kind: Any = rule.Options
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    if hasattr(kind, "model_fields"):
        return tuple(kind.model_fields)
    raise RuleError(f"rule '{rule.name}': its Options are neither a dataclass nor a pydantic model")


def _key(name: str) -> str:
    return name.replace("_", "-")


def toml(value: Any) -> str:
    """A value as a config would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value) if isinstance(value, (set, frozenset)) else value
        return "[" + ", ".join(toml(item) for item in items) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }" if value else "{}"
    return str(value)


_WORDS = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`", type(None): "nothing"}


_SHAPES = {
    "bool_type": "true or false",
    "dataclass_type": "a table",
    "dict_type": "a table",
    "float_type": "a number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_type": "a table",
    "string_type": "text",
    "tuple_type": "a list",
}
"""pydantic's name of an error -> what should stand there, as a config's owner calls it."""


def _type_text(hint: Any) -> str:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _type_text(parts[0])
    if hasattr(hint, "__supertype__"):  # a NewType
        return _type_text(hint.__supertype__)
    if origin is Literal:
        return ", ".join(f"`{toml(part)}`" for part in parts)
    if origin in (list, tuple, set, frozenset):
        return f"list of {_type_text(parts[0])}"
    if origin is dict:
        return f"table of {_type_text(parts[1])}"
    if parts:
        return " or ".join(_type_text(part) for part in parts if part is not type(None))
    return _WORDS.get(hint, getattr(hint, "__name__", str(hint)))


def _wrong(error: Any, rename: Any) -> WrongValueError:
    """pydantic's first error in the words of somebody who writes a config."""
    path = tuple(part if isinstance(part, int) else rename(part) for part in error["loc"])
    key, given, context = _dotted(path), error["input"], error.get("ctx", {})
    kind = error["type"]
    if kind == "json_invalid":  # which what TOML holds is only where it is nested beyond all measure
        return WrongValueError("tables and lists are nested too deep", ())
    if kind == "extra_forbidden":
        return WrongValueError(f"unknown key '{key}'", path)
    if kind == "missing":
        return WrongValueError(f"the key '{key}' is missing", path)
    if kind in {"literal_error", "enum"}:
        words = str(context["expected"])
        near = did_you_mean(str(given), words.replace(" or ", ", ").replace("'", "").split(", "))
        return WrongValueError(f"{key}: {toml(given)} is none of {words}{near}", path)
    if kind == "value_error":
        return WrongValueError(f"{key}: {context['error']}", path)
    reason = _SHAPES.get(kind) or str(error["msg"]).removeprefix("Input should be ")
    return WrongValueError(f"{key}: {_short(given)} should be {reason}", path)


def _short(given: Any) -> str:
    text = toml(given)
    return text if len(text) <= 60 else text[:57] + "..."


def _dotted(path: Iterable[str | int]) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
