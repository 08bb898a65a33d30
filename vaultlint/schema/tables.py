"""The shape of a `[[schema]]` table, as pydantic models: what a config or a pack may write there.

Imported only where there is a schema. What the editor of a config is told (its JSON Schema) is made of these, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from vaultlint.schema.model import DATE_TYPES, LIST_TYPES, RANGE_TYPES, TYPES, SchemaError
from vaultlint.schema.patterns import bounded_pattern
from vaultlint.schema.relations import read_relation
from vaultlint.schema.values import as_range, mismatch, shown

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_OTHER_NAMES = {
    "bool": "checkbox",
    "boolean": "checkbox",
    "float": "number",
    "int": "integer",
    "multitext": "list",
    "str": "text",
    "string": "text",
    "timestamp": "datetime",
    "wikilink": "link",
}
"""What other programs call these types."""

_LENGTHY = LIST_TYPES | {"text", "url", "email"}

GOES_WITH = {
    "items": LIST_TYPES,
    "min": RANGE_TYPES,
    "max": RANGE_TYPES,
    "min-length": _LENGTHY,
    "max-length": _LENGTHY,
    "format": DATE_TYPES,
    "folder": frozenset({"link"}),
    "schema": frozenset({"link"}),
}
"""Keys of a property -> the types that they mean something for."""

SAY_ALL = ("json-schema", "model")
"""Keys of a schema that say all of it in another way."""

SAID_THERE = ("require", "forbid", "properties", "unknown", "relations", "json-schema")
"""Keys that can't stand beside these."""

_LONGEST = 10**9
"""More characters than a note may have."""

_SCALAR = {"type": ["string", "number", "boolean"]}


def _wrong(message: str, hint: str | None = None, key: str | None = None) -> PydanticCustomError:
    """What `_error` turns into a `SchemaError`; `key` where it stands one level further in."""
    return PydanticCustomError("schema", "{message}", {"message": message, "hint": hint, "key": key})


class _Json:
    """What the JSON Schema of the config says in place of what pydantic would; `also` as an alternative."""

    def __init__(self, shape: dict[str, Any], *, also: bool = False) -> None:
        self._shape = shape
        self._also = also

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [self._shape, handler(core)]} if self._also else dict(self._shape)


def _names(value: object) -> object:
    entries = [value] if isinstance(value, str) else value
    listed = isinstance(entries, list | tuple)
    if not listed or not all(isinstance(entry, str) and entry for entry in entries):  # type: ignore[attr-defined]
        raise _wrong("must be a text or a list of texts, none of them empty")
    return entries


def _some(value: object) -> object:
    """A condition that names nothing would be none at all, and its schema one for every note."""
    if not value and isinstance(value, list | tuple | Mapping):
        raise _wrong("names nothing: leave it out, or name some")
    return value


def _format(value: object) -> object:
    from vaultlint.vault.moment_format import fault_of

    if not isinstance(value, str):
        raise _wrong("must be a text")
    fault = fault_of(value)
    if fault is not None:
        raise _wrong(fault)
    return value


def _scalar(value: object) -> object:
    """TOML's own dates become text, as the app reads them."""
    if isinstance(value, str | int | float):
        return value
    as_text: Callable[[], str] | None = getattr(value, "isoformat", None)
    if as_text is None:
        raise _wrong("must be a text, a number, true or false, or a list of these")
    return as_text()


def _scalars(value: object) -> object:
    return tuple(map(_scalar, value if isinstance(value, list | tuple) else (value,)))


def _default(value: object) -> object:
    return _scalars(value) if isinstance(value, list | tuple) else _scalar(value)


def _pattern(value: object) -> object:
    if not isinstance(value, str):
        raise _wrong("must be a text that holds a regular expression")
    try:
        bounded_pattern(value)
    except ValueError as error:
        raise _wrong(str(error)) from None
    return value


def _type(value: object) -> object:
    names = f"types are {', '.join(sorted(TYPES))}"
    if not isinstance(value, str):
        raise _wrong("must be the name of a type", names)
    if value not in TYPES:
        near = _OTHER_NAMES.get(value.lower()) or _nearest(value, TYPES)
        raise _wrong(f"there is no type '{value}'", f"did you mean '{near}'?" if near else names)
    return value


def _relations(value: object) -> object:
    names = _names(value)
    for text in names:  # type: ignore[attr-defined]
        try:
            read_relation(text)
        except ValueError as error:
            raise _wrong(f"'{text}' is no relation: {error}") from None
    return names


def _links(value: object) -> object:
    names = _names(value)
    for text in names:  # type: ignore[attr-defined]
        if not all(text.partition(".")):
            raise _wrong(f"'{text}' names no property of a schema", 'write "talk.speaker"')
    return names


def _property(value: object) -> object:
    if isinstance(value, str):
        return {"type": _type(value)}
    if not isinstance(value, Mapping):
        raise _wrong("must be the name of a type, or a table")
    return value


def _must(words: str) -> Callable[[object], object]:
    """Says what must stand there, where the value has another shape."""
    wanted: dict[str, type | tuple[type, ...]] = {
        "a text": str,
        "a table": Mapping,
        "true or false": bool,
        "the name of a folder": str,
        "a list of tables, each with conditions such as 'has' or 'match'": (list, tuple),
    }

    def check(value: object) -> object:
        if not isinstance(value, wanted[words]):
            raise _wrong(f"must be {words}")
        return value

    return check


def _length(value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _wrong("must be a whole number, 0 or more")
    if value > _LONGEST:
        raise _wrong("is more than any note could hold")
    return value


def _one_of(*words: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        if value not in words:
            raise _wrong(f"must be {', '.join(repr(word) for word in words[:-1])} or {words[-1]!r}")
        return value

    return check


_WORD = {"type": "string", "minLength": 1}
_WORDS = {"anyOf": [_WORD, {"type": "array", "items": _WORD}]}
_NAMED = {"type": "string", "pattern": r"^[^.]+\.."}
_Names = Annotated[tuple[str, ...], BeforeValidator(_names), _Json(_WORDS)]
_SomeNames = Annotated[tuple[str, ...], BeforeValidator(_names), BeforeValidator(_some), _Json(_WORDS)]
_Relations = Annotated[tuple[str, ...], BeforeValidator(_relations), _Json(_WORDS)]
_Links = Annotated[
    tuple[str, ...], BeforeValidator(_links), _Json({"anyOf": [_NAMED, {"type": "array", "items": _NAMED}]})
]
_Value = Annotated[Any, BeforeValidator(_scalar), _Json(_SCALAR)]
_Values = Annotated[
    tuple[Any, ...], BeforeValidator(_scalars), _Json({"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]})
]
_Default = Annotated[Any, BeforeValidator(_default), _Json({"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]})]
_Text = Annotated[str, BeforeValidator(_must("a text"))]
_Pattern = Annotated[str, BeforeValidator(_pattern)]
_Format = Annotated[str, BeforeValidator(_format)]
_Type = Annotated[str, BeforeValidator(_type), _Json({"enum": sorted(TYPES)})]
_Length = Annotated[int, BeforeValidator(_length), _Json({"type": "integer", "minimum": 0})]


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_hyphens)

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys that this table may have."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())


class PropertyTable(_Table):
    """What one property must be."""

    type: Annotated[_Type | None, Field(description="The type of its value.")] = None
    items: Annotated[PropertyEntry | None, Field(description="What each item of a list must be.")] = None
    pattern: Annotated[
        _Pattern | None, Field(description="A regular expression found in the text, or in each item of a list.")
    ] = None
    values: Annotated[_Values, Field(description="The allowed values, of a list those of each item.")] = ()
    min: Annotated[_Value | None, Field(description="The least value of a number, date, time or duration.")] = None
    max: Annotated[_Value | None, Field(description="The greatest value.")] = None
    min_length: Annotated[_Length | None, Field(description="The least length: characters, or items of a list.")] = None
    max_length: Annotated[_Length | None, Field(description="The greatest length.")] = None
    format: Annotated[
        _Format | None, Field(description="How a date is written, in Moment.js tokens such as DD.MM.YYYY.")
    ] = None
    folder: Annotated[
        str | None,
        BeforeValidator(_must("the name of a folder")),
        Field(description="The folder that a link must lead into."),
    ] = None
    schema_: Annotated[
        _Text | None, Field(alias="schema", description="The name of a schema that the target of a link must be of.")
    ] = None
    unique: Annotated[
        Literal["vault", "folder", "schema"] | None,
        BeforeValidator(_one_of("vault", "folder", "schema")),
        Field(description="Where no two notes may have the same value."),
    ] = None
    default: Annotated[_Default | None, Field(description="What fills in a property that is missing.")] = None

    @model_validator(mode="after")
    def _fits_its_type(self) -> PropertyTable:
        """Refuse what means nothing for this type: it would never be held against a value."""
        given = {_hyphens(name.rstrip("_")) for name in self.model_fields_set}
        for key, types in GOES_WITH.items():
            if key in given and self.type not in types:
                wanted = " or ".join(f"'{each}'" for each in sorted(types))
                raise _wrong(f"'{key}' goes with the type {wanted} only", key=key)
        for name in ("min", "max"):
            bound = getattr(self, name)
            number = None if bound is None else as_range(bound, self.type or "")
            if bound is not None and (number is None or not isfinite(number)):
                raise _wrong(f"'{shown(bound, plain=True)}' is no {self.type}", key=name)
        self._agrees_with_itself()
        return self

    def _agrees_with_itself(self) -> None:
        """Refuse what no value can be."""
        for least, most in (("min", "max"), ("min_length", "max_length")):
            low, high = getattr(self, least), getattr(self, most)
            if low is None or high is None:
                continue
            pair = (
                (low, high)
                if least == "min_length"
                else (as_range(low, self.type or ""), as_range(high, self.type or ""))
            )
            if pair[0] > pair[1]:  # type: ignore[operator]
                raise _wrong(f"'{low}' is more than the greatest allowed, '{high}'", key=_hyphens(least))
        if "values" in self.model_fields_set and not self.values:
            raise _wrong("allows no value: leave it out, or name some", key="values")
        for name in ("unique", "default"):
            if self.items is not None and name in self.items.model_fields_set:
                raise _wrong(f"'{name}' is for a property as a whole", "put it beside 'items'", "items")
        kind = (self.items.type if self.items else None) if self.type in LIST_TYPES else self.type
        if self.values and kind is not None and all(mismatch(each, kind, "", self.format) for each in self.values):
            raise _wrong(f"none of the values is of the type '{kind}'", key="values")
        if isinstance(self.default, tuple) and self.type is not None and self.type not in LIST_TYPES:
            raise _wrong(f"a list is no {self.type}", key="default")
        for value in self.default if isinstance(self.default, tuple) else (self.default,):
            wrong = None if value is None else self._wrong_default(value, kind)
            if wrong is not None:
                raise _wrong(f"'{shown(value, plain=True)}' {wrong}", key="default")

    def _wrong_default(self, value: Any, kind: str | None) -> str | None:
        """Why a note that is filled in with it would not be right."""
        if kind is not None and mismatch(value, kind, "", self.format) is not None:
            return f"is no {kind}"
        if self.values and value not in self.values:
            return "is none of the allowed values"
        number = as_range(value, self.type or "", self.format)
        low, high = (None if each is None else as_range(each, self.type or "") for each in (self.min, self.max))
        if number is not None and ((low is not None and number < low) or (high is not None and number > high)):
            return "is out of the range"
        if self.pattern and isinstance(value, str) and not bounded_pattern(self.pattern).found_in(value):
            return f"does not have the form '{self.pattern}'"
        return None


PropertyEntry = Annotated[PropertyTable, BeforeValidator(_property), _Json({"enum": sorted(TYPES)}, also=True)]


class SelectorTable(_Table):
    """Which notes: all conditions of one table must hold."""

    match: Annotated[
        _SomeNames, Field(description="Folders of the vault, or globs over paths in it, of which one must match.")
    ] = ()
    tag: Annotated[_SomeNames, Field(description="The note has this tag, or one nested below it.")] = ()
    has: Annotated[_SomeNames, Field(description="These properties are there.")] = ()
    where: Annotated[
        dict[str, _Values],
        BeforeValidator(_must("a table")),
        BeforeValidator(_some),
        Field(description="A property has this value, or one of these."),
    ] = {}
    first_line: Annotated[
        _Pattern | None, Field(description="A regular expression found in the first line of the body.")
    ] = None
    timestamps: Annotated[
        bool | None,
        BeforeValidator(_must("true or false")),
        Field(description="Whether the note has a media timestamp."),
    ] = None
    linked_from: Annotated[
        _Links, Field(description='What this property of notes of another schema links to: "talk.speaker".')
    ] = ()
    any: Annotated[
        tuple[SelectorTable, ...],
        BeforeValidator(_must("a list of tables, each with conditions such as 'has' or 'match'")),
        BeforeValidator(_some),
        Field(description="Tables with such conditions, of which one must hold."),
    ] = ()


class SchemaTable(SelectorTable):
    """`[[schema]]`: which notes it is for, and what their properties must be."""

    name: Annotated[_Text, Field(description="What other schemas call it.")] = ""
    require: Annotated[_Names, Field(description="Properties that must be there.")] = ()
    forbid: Annotated[_Names, Field(description="Properties that must not be there.")] = ()
    properties: Annotated[
        dict[str, PropertyEntry],
        BeforeValidator(_must("a table")),
        Field(description="Property = its type, or a table of what its value must be."),
    ] = {}
    unknown: Annotated[
        Literal["allow", "warn", "deny"],
        BeforeValidator(_one_of("allow", "warn", "deny")),
        Field(description="What is said of properties that the schema does not name."),
    ] = "allow"
    relations: Annotated[
        _Relations, Field(description='Such as "due >= start", or "if status = \'done\' then completed".')
    ] = ()
    json_schema: Annotated[
        _Text | None, Field(description="A JSON Schema file of the vault that says it all instead.")
    ] = None
    model: Annotated[
        _Text | None, Field(description='A pydantic model of the vault that says it all instead: "schemas.py:Paper".')
    ] = None

    @model_validator(mode="after")
    def _can_be_met(self) -> SchemaTable:
        if "." in self.name:
            raise _wrong("a name has no dot, for 'linked-from' puts one behind it", key="name")
        forbidden = {name.lower() for name in self.forbid}
        for name in self.require:
            if name.lower() in forbidden:
                raise _wrong(f"'{name}' must be there, and must not", key="forbid")
        seen: dict[str, str] = {}
        for name in self.properties:
            other = seen.setdefault(name.lower(), name)
            if other != name:
                raise _wrong(f"'{name}' and '{other}' are one property to the app", key="properties")
        self._can_be_linked()
        return self

    def _can_be_linked(self) -> None:
        """Of notes that are chosen by links to them, a rule that sees one note at a time can't know."""
        if not any(table.linked_from for table in _all_of(self)):
            return
        if self.unknown != "allow":
            raise _wrong("'unknown' can't go with 'linked-from'", "put it in a [[schema]] of its own", "unknown")
        for name, wanted in self.properties.items():
            if wanted.unique is not None:
                raise _wrong(
                    f"'unique' of '{name}' can't go with 'linked-from'",
                    "put it in a [[schema]] of its own",
                    "properties",
                )

    @model_validator(mode="after")
    def _says_it_in_one_way(self) -> SchemaTable:
        given = set(map(_hyphens, self.model_fields_set))
        for name in SAY_ALL:
            for other in SAID_THERE:
                if name in given and other in given and other != name:
                    message = f"a schema that is a {'model' if name == 'model' else 'JSON Schema'} says all there"
                    raise _wrong(message, "put the rest in a [[schema]] of its own: several may apply", other)
        return self


def _all_of(table: SelectorTable) -> Iterator[SelectorTable]:
    yield table
    for other in table.any:
        yield from _all_of(other)


def read_table(data: Mapping[str, Any]) -> SchemaTable:
    """The table, checked; raises `SchemaError` at the key that is wrong."""
    try:
        return SchemaTable.model_validate(dict(data))
    except ValidationError as error:
        # an unknown key may well be the one that another error misses
        errors = error.errors(include_url=False)
        raise _error(min(errors, key=lambda one: one["type"] != "extra_forbidden")) from None


def _error(wrong: Any) -> SchemaError:
    path: tuple[str | int, ...] = wrong["loc"]
    context = wrong.get("ctx", {})
    if wrong["type"] == "extra_forbidden":
        known = _keys_at(path)
        near = _nearest(str(path[-1]), known)
        hint = f"did you mean '{near}'?" if near else f"keys are {', '.join(known)}"
        return SchemaError(path, f"there is no key '{path[-1]}' here", hint)
    if wrong["type"] == "schema":
        key = context["key"]
        return SchemaError((*path, key) if key else path, context["message"], context["hint"])
    return SchemaError(path, "must be " + str(wrong["msg"]).removeprefix("Input should be "))


def _keys_at(path: tuple[str | int, ...]) -> tuple[str, ...]:
    if "properties" in path[:1] and len(path) > 2:
        return PropertyTable.keys()
    return SelectorTable.keys() if "any" in path[:-1] else SchemaTable.keys()


def _nearest(name: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    found = get_close_matches(name.lower(), list(known), 1)
    return found[0] if found else None
