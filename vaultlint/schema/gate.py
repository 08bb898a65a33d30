"""A quick gate in Rust: it lets properties pass that are certainly right, and so nearly all of them.

Made for pydantic-core from a schema, once. What it lets pass, `TableContract` finds nothing wrong with; what it does
not, may still be right: the gate knows the usual ways to write a value, the contract all of them.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

from vaultlint.schema.model import PropertyType
from vaultlint.schema.moments import read_moment
from vaultlint.schema.patterns import bounded_pattern, in_rust

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator
    from pydantic_core.core_schema import CoreSchema

    from vaultlint.schema.model import Schema

_SHAPES = {
    "datetime": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$",
    "time": r"^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$",
    "duration": r"^(?:\d{2}:)?[0-5]\d:[0-5]\d$",
    "url": r"^https?://[^\s/]\S*$",
    "email": r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+$",
    "link": r"^\[\[[^\[\]\n]+\]\]$",
}
"""The usual ways to write values of a type: each is among those that `mismatch` takes."""

_RANGES_IN_PYTHON = frozenset({"datetime", "time", "duration"})


def gate_of(schema: Schema) -> SchemaValidator:
    """A validator of dicts of property names in lower case; says of each whether it is certainly right."""
    from pydantic_core import SchemaValidator, core_schema

    fields = {
        name.lower(): core_schema.typed_dict_field(core_schema.nullable_schema(_value(wanted)), required=False)
        for name, wanted in schema.properties.items()
    }
    for name in schema.require:
        lowered = name.lower()
        known = fields.get(lowered)
        shape = known["schema"] if known is not None else core_schema.any_schema()
        fields[lowered] = core_schema.typed_dict_field(shape, required=True)
    for name in schema.forbid:
        fields[name.lower()] = core_schema.typed_dict_field(_never(), required=False)
    return SchemaValidator(core_schema.typed_dict_schema(fields, total=False, extra_behavior="ignore"))


def _never() -> CoreSchema:
    """Lets nothing pass: the contract is to look itself."""
    from pydantic_core import core_schema

    return core_schema.is_instance_schema(_Nothing)


class _Nothing:
    """No value is one of these."""


def _value(wanted: PropertyType) -> CoreSchema:
    from pydantic_core import core_schema

    kind = wanted.type
    if kind == "list":
        return _list(wanted)
    if kind in ("tags", "aliases", "cssclasses"):
        # of one text in place of a list, the contract asks what it asks of an item
        alone = wanted == PropertyType(kind, default=wanted.default, unique=wanted.unique)
        text = core_schema.str_schema(strict=True) if alone else _never()
        return core_schema.union_schema([text, _list(wanted)])
    if wanted.format is not None or (kind in _RANGES_IN_PYTHON and (wanted.min, wanted.max) != (None, None)):
        return _never()
    return _conditions(wanted, _scalar(wanted))


def _list(wanted: PropertyType) -> CoreSchema:
    from pydantic_core import core_schema

    if wanted.items is not None and (wanted.pattern is not None or wanted.values):
        return _never()
    item = core_schema.any_schema() if wanted.items is None else _value(wanted.items)
    if wanted.pattern is not None or wanted.values:
        item = _conditions(wanted, core_schema.str_schema(strict=True) if wanted.pattern else None)
    return core_schema.list_schema(
        core_schema.nullable_schema(item), min_length=wanted.min_length, max_length=wanted.max_length, strict=True
    )


def _scalar(wanted: PropertyType) -> CoreSchema | None:
    from pydantic_core import core_schema

    kind = wanted.type
    lengths: dict[str, Any] = {"min_length": wanted.min_length, "max_length": wanted.max_length}
    bounds: dict[str, Any] = {"ge": wanted.min, "le": wanted.max}
    match kind:
        case None:
            return None
        case "text":
            return core_schema.str_schema(strict=True, **lengths)
        case "number":
            return core_schema.float_schema(strict=True, **bounds)
        case "integer":
            whole: dict[str, Any] = {
                "ge": None if wanted.min is None else ceil(wanted.min),  # type: ignore[arg-type]
                "le": None if wanted.max is None else floor(wanted.max),  # type: ignore[arg-type]
            }
            return core_schema.int_schema(strict=True, **whole)
        case "checkbox":
            return core_schema.bool_schema(strict=True)
        case "date":
            return _date(wanted)
        case _:
            shape = core_schema.str_schema(strict=True, pattern=_SHAPES[kind], **lengths)
            if kind != "datetime":
                return shape
            return core_schema.chain_schema([shape, core_schema.datetime_schema()])


def _date(wanted: PropertyType) -> CoreSchema:
    from pydantic_core import core_schema

    moments = [None if each is None else read_moment(str(each)) for each in (wanted.min, wanted.max)]
    if any(each is not None and (each.with_time or each.day is None) for each in moments):
        return _never()
    least, most = (None if each is None else each.day for each in moments)
    shape = core_schema.str_schema(strict=True, pattern=r"^\d{4}-\d{2}-\d{2}$")
    return core_schema.chain_schema([shape, core_schema.date_schema(ge=least, le=most)])


def _conditions(wanted: PropertyType, scalar: CoreSchema | None) -> CoreSchema:
    """`scalar`, and that the value is allowed and has the form asked for."""
    from pydantic_core import core_schema

    if wanted.values:  # of texts alone: Python takes 1 for true, and we do not
        texts = [each for each in wanted.values if isinstance(each, str)]
        allowed = core_schema.literal_schema(texts) if texts else _never()
        if wanted.pattern is not None or wanted.type not in (None, "text"):
            return _never()
        return core_schema.chain_schema([core_schema.str_schema(strict=True), *([scalar] if scalar else []), allowed])
    if wanted.pattern is not None:
        longest = bounded_pattern(wanted.pattern).longest
        form = core_schema.str_schema(strict=True, pattern=in_rust(wanted.pattern), max_length=longest)
        return core_schema.chain_schema([scalar, form]) if scalar is not None else form
    return scalar if scalar is not None else core_schema.any_schema()
