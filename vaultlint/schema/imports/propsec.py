"""Schemas of Propsec, an Obsidian plug-in: its `data.json`, or the `propsec.config.json` of its other programs.

Two forms are out: the older one, with a query, filters and a table of constraints a field (`schemaMappings`), and the
one that says all of these in expressions (`schemas`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vaultlint.schema.imports.draft import Draft, Import, as_table, as_text, as_words, distinct
from vaultlint.schema.imports.propsec_fields import take_fields
from vaultlint.schema.imports.propsec_query import filtered, queried
from vaultlint.schema.model import DEFAULT_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

_NATIVE = (
    "that tags, aliases and cssclasses are unknown where a schema does not name them: the app gives every note these"
)
_IN_FOLDER = re.compile(r"""file\.inFolder\(("[^"\\]*")\)""")
_IS_FOLDER = re.compile(r"""file\.folder\s*==\s*("[^"\\]*")""")
_HAS_TAG = re.compile(r"""file\.hasTag\(("[^"\\]*")\)""")


def from_propsec(data: object) -> Import:
    """What Propsec's settings say, as data of JSON; wild values are left out. Raises `ValueError`: no such settings."""
    settings = as_table(data)
    schemas, mappings = settings.get("schemas"), settings.get("schemaMappings")
    if isinstance(schemas, list):
        return Import(distinct(_with_rules(one, settings) for one in map(as_table, schemas)), tuple(_left(settings)))
    if not isinstance(mappings, list):
        raise ValueError("it has neither 'schemaMappings' nor 'schemas'")
    return Import(distinct(_with_query(one, settings) for one in map(as_table, mappings)), tuple(_left(settings)))


def _with_query(mapping: dict[str, Any], settings: dict[str, Any]) -> Draft:
    draft = _begun(mapping)
    selector, unsaid = queried(as_text(mapping.get("query")))
    more, also_unsaid = filtered(as_table(mapping.get("propertyFilter")), selector, draft.left)
    draft.selector = more
    draft.asleep += [*unsaid, *also_unsaid]
    _finish(draft, mapping, open_unknown=settings.get("warnOnUnknownFields") is False)
    if settings.get("allowObsidianProperties") is False:
        draft.left.append(_NATIVE)
    return draft


def _with_rules(schema: dict[str, Any], settings: dict[str, Any]) -> Draft:
    draft = _begun(schema)
    where = as_text(schema.get("where"))
    selector = _simple(where)
    if selector is None:
        draft.asleep.append(f"choose its notes yourself: the expression '{where}' has no counterpart")
    else:
        draft.selector = selector
    _finish(draft, schema, open_unknown=settings.get("unknownFields") is False)
    draft.properties |= {name: {} for name in as_words(settings.get("openFields")) if _is_open(name, draft)}
    return draft


def _begun(schema: dict[str, Any]) -> Draft:
    name = as_text(schema.get("name"))
    draft = Draft(f"Propsec's schema '{name}'", name)
    if schema.get("enabled") is False:
        draft.asleep.append("it is switched off in Propsec")
    return draft


def _finish(draft: Draft, schema: dict[str, Any], *, open_unknown: bool) -> None:
    fields = schema.get("fields")
    take_fields(draft, [as_table(field) for field in fields] if isinstance(fields, list) else [])
    if not open_unknown and draft.properties:
        draft.unknown = "warn"


def _is_open(name: str, draft: Draft) -> bool:
    """Whether a property that no schema finds unknown must be said to be known."""
    there = {known.lower() for known in draft.properties}
    return bool(draft.unknown) and name.lower() not in there | DEFAULT_NAMES | {"cssclass"}


def _simple(where: str) -> dict[str, Any] | None:
    """The selector of an expression that is one question about the place or a tag; `None` for all others."""
    if where == "true":
        return {}
    for pattern, key, ending in ((_IN_FOLDER, "match", "/**"), (_IS_FOLDER, "match", "/*"), (_HAS_TAG, "tag", "")):
        found = pattern.fullmatch(where)
        if found is not None and (name := found[1][1:-1].strip("/")):
            return {key: [name + ending]}
    return None


def _left(settings: dict[str, Any]) -> Iterator[str]:
    yield "that a value may not be empty: here an empty property (`name:` alone) passes every type, as in the app"
    for key in ("customTypes", "types"):
        types = settings.get(key)
        for one in map(as_table, types) if isinstance(types, list) else ():
            yield f"the type '{as_text(one.get('name'))}': a map inside a property has no schema here"
    for key in ("globalExclusions", "exclude"):
        if query := as_text(settings.get(key)):
            yield f"notes that no schema is for, '{query}': see 'exclude' and [[override]] of the config"
