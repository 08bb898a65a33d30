"""A schema of another program on its way to a `[[schema]]` table: what was taken over, and what was not and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from vaultlint.schema.model import SchemaError
from vaultlint.schema.patterns import bounded_pattern
from vaultlint.schema.read import schema_from
from vaultlint.schema.toml_text import schema_text, toml_comment

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_VALUES = 1_000
"""Allowed values of one property; more come from no list that a person keeps."""

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")


class Draft(Struct):
    """One schema."""

    origin: str
    """Where it comes from, as a heading."""
    name: str = ""
    selector: dict[str, Any] = field(default_factory=dict)
    """The conditions, as TOML has them."""
    require: list[str] = field(default_factory=list)
    properties: dict[str, Any] = field(default_factory=dict)
    relations: list[str] = field(default_factory=list)
    unknown: str = ""
    meanings: dict[str, str] = field(default_factory=dict)
    """Property -> what its owner says of it."""
    left: list[str] = field(default_factory=list)
    """What has no counterpart, and why."""
    asleep: list[str] = field(default_factory=list)
    """Why it stands as a comment, should it: live, it would judge notes that the original does not."""

    def table(self) -> dict[str, Any]:
        """The `[[schema]]` table."""
        table: dict[str, Any] = {"name": self.name} if self.name else {}
        table |= _short(self.selector)
        parts = (("require", self.require), ("unknown", self.unknown), ("relations", self.relations))
        table |= {key: value for key, value in parts if value}
        table["properties"] = self.properties
        return table

    def settle(self) -> Draft:
        """Leave out what our own reader would refuse, and say so; the draft itself."""
        while (wrong := self._refused()) is not None:
            first, *more = wrong.path or ("",)
            if first == "properties" and more and self.properties.get(str(more[0])):
                self.properties[str(more[0])] = {}
                self.left.append(f"what '{more[0]}' must be: {wrong.message}")
            elif first == "relations" and self.relations:
                self.left.append(f"a relation of properties: {wrong.message}")
                kept = [one for one in self.relations if one not in wrong.message]
                self.relations = kept if len(kept) < len(self.relations) else []
            else:
                self.asleep.append(f"{wrong.key}: {wrong.message}")
                return self
        return self

    def _refused(self) -> SchemaError | None:
        try:
            schema_from(self.table())
        except SchemaError as wrong:
            return wrong
        return None

    def text(self) -> str:
        """The table as TOML, under its heading and behind what was left out."""
        head = toml_comment(self.origin)
        head += "".join(toml_comment(f"not taken over: {left}") for left in self.left)
        body = schema_text(self.table(), self.meanings)
        if not self.asleep:
            return head + body
        head += "".join(toml_comment(f"a comment only: {reason}") for reason in self.asleep)
        return head + "".join(f"# {line}\n" for line in body.splitlines())


class Import(Struct, frozen=True):
    """All that was found."""

    drafts: tuple[Draft, ...]
    left: tuple[str, ...] = ()
    """What has no counterpart and belongs to no schema, and why."""

    def text(self, title: str) -> str:
        """All of it as TOML, for a person to look through."""
        head = toml_comment(title) + "".join(toml_comment(f"not taken over: {left}") for left in self.left)
        return "\n".join([head, *(draft.text() for draft in self.drafts)])


def distinct(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """The drafts, each with a name of its own, and with nothing that our own reader would refuse."""
    names: set[str] = set()
    found = []
    for draft in drafts:
        draft.name = first = draft.name.replace(".", " ")  # a dot ends the name where a property follows it
        number = 2
        while draft.name and draft.name in names:
            draft.name, number = f"{first} {number}", number + 1
        names.add(draft.name)
        found.append(draft.settle())
    return tuple(found)


def _short(selector: dict[str, Any]) -> dict[str, Any]:
    """The same, without brackets around one word alone."""
    found: dict[str, Any] = {}
    for key, value in selector.items():
        if key == "any":
            found[key] = [_short(one) for one in value]
        elif key == "where":
            found[key] = {name: values[0] if len(values) == 1 else values for name, values in value.items()}
        else:
            found[key] = value[0] if isinstance(value, list) and len(value) == 1 else value
    return found


def as_text(value: object) -> str:
    """`value` if it is a text, trimmed; otherwise empty."""
    return value.strip() if isinstance(value, str) else ""


def as_words(value: object) -> list[str]:
    """A list of texts, or one text with commas between; what is no text is left out."""
    entries = value.split(",") if isinstance(value, str) else value
    return [text for each in entries if (text := as_text(each))] if isinstance(entries, list | tuple) else []


def as_table(value: object) -> dict[str, Any]:
    """`value` if it is a map of names; otherwise empty."""
    return {key: one for key, one in value.items() if isinstance(key, str)} if isinstance(value, dict) else {}


def as_number(value: object) -> int | float | None:
    """A number, or a text that is one; `None` for all else."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        text = value.strip()
        return float(text) if "." in text else int(text)
    finite = isinstance(value, int) or (isinstance(value, float) and abs(value) < 1e300)
    return value if finite and not isinstance(value, bool) and isinstance(value, int | float) else None


def as_count(value: object) -> int | None:
    """A whole number from 0."""
    number = as_number(value)
    return int(number) if number is not None and 0 <= number < 1e9 and int(number) == number else None


def readings(text: str) -> list[Any]:
    """What YAML may hold where another program compares texts: `5` is the text and the number."""
    found: list[Any] = [text]
    if (number := as_number(text)) is not None:
        found.append(number)
    if text in ("true", "false"):
        found.append(text == "true")
    return found


def allowed(values: list[str]) -> list[Any]:
    """Allowed values in all their readings, each once."""
    found = dict.fromkeys((type(one), one) for text in values[:MOST_VALUES] for one in readings(text))
    return [one for _, one in found]


def pattern_fault(text: str) -> str | None:
    """Why a regular expression can't be taken over; `None` where it can."""
    try:
        bounded_pattern(text)
    except ValueError as error:
        return str(error)
    return None


def all_of(conditions: list[dict[str, Any]]) -> dict[str, Any]:
    """One selector for which all of these must hold: those that can't stand side by side go one into another."""
    merged: dict[str, Any] = {}
    rest: list[dict[str, Any]] = []
    for condition in conditions:
        if rest or not _fits(merged, condition):
            rest.append(condition)
        elif "where" in condition and "where" in merged:
            merged["where"] = {**merged["where"], **condition["where"]}
        elif "has" in condition and "has" in merged:
            merged["has"] = [*merged["has"], *condition["has"]]
        else:
            merged.update(condition)
    if rest:
        merged["any"] = [all_of(rest)]
    return merged


def any_of(conditions: list[dict[str, Any]]) -> dict[str, Any]:
    """One selector for which one of these must hold."""
    if len(conditions) <= 1:
        return conditions[0] if conditions else {}
    for key in ("match", "tag"):
        if all(set(condition) == {key} for condition in conditions):
            return {key: [one for condition in conditions for one in condition[key]]}
    return {"any": conditions}


def _fits(merged: dict[str, Any], condition: dict[str, Any]) -> bool:
    for key, value in condition.items():
        if key == "where" and not set(value) & set(merged.get("where", {})):
            continue
        if key in merged and key != "has":
            return False
    return True
