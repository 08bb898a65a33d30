"""Which notes a schema of Propsec is for: `Journal/* and #book not #draft`, and the filters beside it."""

from __future__ import annotations

import re
from typing import Any

from vaultlint.schema.imports.draft import all_of, any_of, as_table, as_text, readings

_FILES = {
    "fileNamePattern": "a pattern of the file's name",
    "modifiedAfter": "when the file was changed",
    "modifiedBefore": "when the file was changed",
    "createdAfter": "when the file was made",
    "createdBefore": "when the file was made",
}


def queried(query: str) -> tuple[dict[str, Any], list[str]]:
    """The selector of a query, and what of it can't be said; a query without a term chooses no note."""
    branches: list[dict[str, Any]] = []
    unsaid: list[str] = []
    for branch in re.split(r"\s+or\s+", query, flags=re.IGNORECASE):
        wanted, *excluded = re.split(r"\s+not\s+", branch.strip(), flags=re.IGNORECASE)
        terms = [term.strip() for term in re.split(r"\s+and\s+", wanted, flags=re.IGNORECASE) if term.strip()]
        unsaid += [f"'not {each.strip()}' can't be said, and more notes would be judged" for each in excluded]
        if terms:
            branches.append(all_of([condition for term in terms if (condition := _condition(term))]))
    if not branches:
        unsaid.append("its query is empty, so that it is for no note")
    return ({} if {} in branches else any_of(branches)), unsaid


def filtered(filters: dict[str, Any], selector: dict[str, Any], left: list[str]) -> tuple[dict[str, Any], list[str]]:
    """`selector` narrowed by the filters beside the query, and what of them can't be said."""
    conditions = [selector] if selector else []
    unsaid = [f"'{key}' ({meaning}) can't be asked" for key, meaning in _FILES.items() if as_text(filters.get(key))]
    if name := as_text(filters.get("hasProperty")):
        conditions.append({"has": [name]})
    if name := as_text(filters.get("notHasProperty")):
        unsaid.append(f"that '{name}' is not there can't be asked")
    equal = as_table(filters.get("propertyEquals"))
    if name := as_text(equal.get("key")):
        conditions.append({"where": {name: readings(as_text(equal.get("value")))}})
    listed = filters.get("conditions")
    for each in map(as_table, listed) if isinstance(listed, list) else ():
        name, operator, value = as_text(each.get("property")), as_text(each.get("operator")), as_text(each.get("value"))
        condition = _of_property(name, operator, value)
        if condition is None:
            unsaid.append(f"'{name} {operator} {value}' can't be asked")
            continue
        if operator == "contains":
            left.append(f"that the text of '{name}' contains '{value}': only a list can be asked what it holds")
        conditions.append(condition)
    return all_of(conditions), unsaid


def _condition(term: str) -> dict[str, Any]:
    if term == "*":
        return {}
    if term.startswith("#"):
        return {"tag": [term[1:]]}
    if term.endswith("/*"):
        return {"match": [term[:-2].strip("/") + "/**"]}
    folder = term.strip("/")
    return {"match": [f"{folder}/*" if folder else "*"]}


def _of_property(name: str, operator: str, value: str) -> dict[str, Any] | None:
    if not name:
        return None
    if operator == "exists":
        return {"has": [name]}
    if operator in ("equals", "contains"):
        return {"where": {name: readings(value)}}
    if operator == "in":
        return {"where": {name: [one for text in value.split(",") if text.strip() for one in readings(text.strip())]}}
    return None
