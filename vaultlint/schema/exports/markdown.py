"""Schemas as a page for people: a table of properties for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.schema.title import chosen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.schema.model import PropertyType, Schema

_HEAD = ("Property", "Type", "Required", "Allowed", "Default", "Meaning")


def to_markdown(schemas: Iterable[tuple[str, Schema]]) -> str:
    """A page for schemas, each with what people call it."""
    parts = ["# Properties\n", *(_part(title, schema) for title, schema in schemas)]
    return "\n".join(parts)


def _part(title: str, schema: Schema) -> str:
    notes = chosen_by(schema.selector)
    lines = [f"## {_escaped(title)}", *(["", f"For {_escaped(notes)}."] if notes != title else [])]
    if schema.json_schema is not None:
        lines += ["", f"The JSON Schema {_code(schema.json_schema.file)} says what these properties must be."]
    elif schema.model is not None:
        lines += ["", f"The model {_code(schema.model.shown)} says what these properties must be."]
    else:
        lines += _table(schema)
    return "\n".join(lines) + "\n"


def _table(schema: Schema) -> Iterator[str]:
    names = list(dict.fromkeys((*schema.properties, *schema.require)))
    if names:
        yield ""
        yield _row(_HEAD)
        yield _row(["---"] * len(_HEAD))
    required = {name.lower() for name in schema.require}
    for name in names:
        wanted = schema.properties.get(name)
        is_required = "yes" if name.lower() in required else ""
        if wanted is None:
            yield _row([_code(name), "any", is_required, "", "", ""])
        else:
            default = "" if wanted.default is None else _code(_shown(wanted.default))
            meaning = _escaped("; ".join(_meaning(wanted)))
            yield _row([_code(name), _type(wanted), is_required, "; ".join(_allowed(wanted)), default, meaning])
    if schema.forbid:
        yield ""
        yield f"Must not be there: {', '.join(map(_code, schema.forbid))}."
    if schema.unknown != "allow":
        yield ""
        yield "Other properties are told of." if schema.unknown == "warn" else "No other properties."
    if schema.relations:
        yield ""
        yield from (f"- {_code(relation.text)}" for relation in schema.relations)


def _type(wanted: PropertyType) -> str:
    if wanted.type is None:
        return "any"
    return f"{wanted.type} of {_type(wanted.items)}" if wanted.items is not None else wanted.type


def _allowed(wanted: PropertyType) -> Iterator[str]:
    if wanted.values:
        yield ", ".join(_code(_shown(value)) for value in wanted.values)
    if wanted.min is not None or wanted.max is not None:
        yield _range(wanted.min, wanted.max)
    if wanted.min_length is not None or wanted.max_length is not None:
        unit = "items" if wanted.type in ("list", "tags", "aliases", "cssclasses") else "characters"
        yield f"{_range(wanted.min_length, wanted.max_length)} {unit}"
    if wanted.pattern is not None:
        yield f"matches {_code(wanted.pattern)}"
    if wanted.items is not None:
        yield from (f"each: {one}" for one in _allowed(wanted.items))


def _range(least: Any, most: Any) -> str:
    if least is None:
        return f"up to {most}"
    return f"from {least}" if most is None else f"{least} to {most}"


def _meaning(wanted: PropertyType) -> Iterator[str]:
    if wanted.format is not None:
        yield f"written as {wanted.format}"
    if wanted.folder is not None:
        yield f"links into {wanted.folder}"
    if wanted.schema is not None:
        yield f"links to a note of {wanted.schema}"
    if wanted.unique is not None:
        yield f"differs from note to note in the {wanted.unique}"
    if wanted.items is not None:
        yield from _meaning(wanted.items)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(_shown, value)) if isinstance(value, tuple) else str(value)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    """A code span in a cell of a table, whatever is in the text."""
    text = " ".join(text.split()).replace("|", "\\|")
    fence = "`"
    while fence in text:
        fence += "`"
    space = " " if text.startswith("`") or text.endswith("`") or not text else ""
    return f"{fence}{space}{text}{space}{fence}"


def _escaped(text: str) -> str:
    """Text in which nothing is markup of CommonMark or of the app."""
    signs = "\\`*_[]<>|#~=$%^&"
    return "".join([f"\\{sign}" if sign in signs else sign for sign in " ".join(text.split())])
