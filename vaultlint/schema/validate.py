"""Holds notes against schemas. A `Validator` is compiled once and used for every note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.note.model import Property, Scalar, Span, YamlValue
from vaultlint.schema.model import LIST_TYPES, PropertyType, Schema
from vaultlint.schema.patterns import bounded_pattern
from vaultlint.schema.select import Chooser, same
from vaultlint.schema.values import as_range, in_words, mismatch
from vaultlint.schema.yaml_text import appended, flow_list, yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.note import Note
    from vaultlint.vault.linear import LinearPattern

_FIRST_LINE = re.compile("\ufeff?([^\r\n]*)")


class Replacement(Struct, frozen=True):
    """Text that would mend a violation."""

    span: Span
    text: str
    certain: bool
    """Whether it is beyond doubt what was meant."""
    title: str


class Violation(Struct, frozen=True):
    """One way in which a note falls short of a schema."""

    kind: str
    """`missing`, `forbidden`, `type`, `value`, `pattern`, `range`, `folder`; `unreal` (a date or time in the
    right form that does not exist) and `unquoted` (a bare `[[link]]`), of which other rules may speak."""
    key: str
    """The property's name."""
    span: Span
    """The key, the value or the list item; for a missing property, the note's first line."""
    message: str
    hint: str | None = None
    replacement: Replacement | None = None


class Validator:
    """One schema, compiled."""

    __slots__ = ("_chooser", "_forbid", "_require", "_rules", "schema")

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._chooser = Chooser(schema.selector)
        self._rules = {name.lower(): _ValueRule(wanted) for name, wanted in schema.properties.items()}
        self._require = tuple((name.lower(), name) for name in schema.require)
        self._forbid = frozenset(name.lower() for name in schema.forbid)

    def applies(self, note: Note) -> bool:
        """Whether the schema is for this note."""
        return self._chooser.chooses(note)

    def violations(self, note: Note) -> Iterator[Violation]:
        """All violations, missing properties first, then in text order. Does not ask `applies`."""
        properties = note.properties
        present = {found.key.lower() for found in properties}
        for lowered, name in self._require:
            if lowered not in present:
                yield self._missing(note, name, self._rules.get(lowered))
        for found in properties:
            lowered = found.key.lower()
            if lowered in self._forbid:
                message = f"'{found.key}' does not belong in this note"
                yield Violation("forbidden", found.key, found.key_span, message)
            rule = self._rules.get(lowered)
            if rule is not None and not rule.passes(found.value):
                yield from rule.violations(note, found)

    def _missing(self, note: Note, name: str, rule: _ValueRule | None) -> Violation:
        span = Span(*_first_line(note.text))
        default = None if rule is None else rule.wanted.default
        replacement = None
        if default is not None:
            text = flow_list(default) if isinstance(default, tuple) else yaml_scalar(default)
            edit = appended(note, name, text)
            replacement = edit and Replacement(*edit, certain=True, title=f"add '{name}: {text}'")
        hint = f"add '{name}:' to the properties"
        return Violation("missing", name, span, f"the property '{name}' is missing", hint, replacement)


class _ValueRule:
    """What one property's value must be, compiled."""

    __slots__ = ("_items", "_kind", "_pattern", "_range", "_type_alone", "wanted")

    def __init__(self, wanted: PropertyType) -> None:
        self.wanted = wanted
        self._kind = wanted.type
        self._items = _ValueRule(wanted.items) if wanted.items is not None else None
        self._pattern: LinearPattern | None = bounded_pattern(wanted.pattern) if wanted.pattern else None
        kind = wanted.type or ""
        bounds = (wanted.min, wanted.max)
        self._range = tuple(None if bound is None else as_range(bound, kind) for bound in bounds)
        self._type_alone = wanted == PropertyType(wanted.type, default=wanted.default)

    def passes(self, value: YamlValue) -> bool:
        """A short way past values of which nothing but the type is asked."""
        return self._type_alone and (self._kind is None or mismatch(value, self._kind, "") is None)

    def violations(self, note: Note, found: Property) -> Iterator[Violation]:
        """What is wrong with the value of `found`, and with its items."""
        listed = isinstance(found.value, list | tuple)
        wrong = self._type_violation(note, found.key, found.value, found.value_span, self._kind)
        if wrong is not None:
            yield wrong
        elif not listed:
            yield from self._conditions(note, found.key, found.value, found.value_span)
        elif self._kind is None or self._kind in LIST_TYPES:
            for item in found.items:
                yield from self._item(note, found.key, item.value, item.span)

    def _item(self, note: Note, key: str, value: YamlValue, span: Span) -> Iterator[Violation]:
        rule = self._items
        if rule is not None:
            wrong = rule._type_violation(note, key, value, span, rule._kind)
            if wrong is not None:
                yield wrong
                return
            yield from rule._conditions(note, key, value, span)
        yield from self._conditions(note, key, value, span)

    def _type_violation(self, note: Note, key: str, value: YamlValue, span: Span, kind: str | None) -> Violation | None:
        wrong = mismatch(value, kind, span.of(note.text)) if kind is not None else None
        if wrong is None:
            return None
        message = f"'{key}' should be {wrong.wanted}, but is {in_words(value)}"
        if wrong.kind == "unreal":
            message = f"'{key}' is no real {kind}: '{value}'"
        replacement = None
        if wrong.replacement is not None:
            title = f"write {wrong.replacement}"
            replacement = Replacement(span, wrong.replacement, wrong.certain, title)
        return Violation(wrong.kind, key, span, message, None, replacement)

    def _conditions(self, note: Note, key: str, value: YamlValue, span: Span) -> Iterator[Violation]:
        if value is None or isinstance(value, list | tuple | dict):
            return
        wanted = self.wanted
        if wanted.values and not any(same(value, allowed) for allowed in wanted.values):
            yield _not_allowed(key, value, span, wanted.values)
        if self._pattern is not None and isinstance(value, str) and not self._pattern.found_in(value):
            message = f"'{key}' is '{value}', which does not have the form '{wanted.pattern}'"
            yield Violation("pattern", key, span, message)
        yield from self._out_of_range(key, value, span)
        if wanted.folder is not None and isinstance(value, str) and not _may_be_in(value, wanted.folder):
            message = f"'{key}' should link into the folder '{wanted.folder}', but is '{value}'"
            yield Violation("folder", key, span, message)

    def _out_of_range(self, key: str, value: YamlValue, span: Span) -> Iterator[Violation]:
        least, most = self._range
        if least is None and most is None:
            return
        number = as_range(value, self._kind or "")
        if number is None:
            return
        if least is not None and number < least:
            message = f"'{key}' is {value}, less than the least allowed, {self.wanted.min}"
            yield Violation("range", key, span, message)
        if most is not None and number > most:
            message = f"'{key}' is {value}, more than the most allowed, {self.wanted.max}"
            yield Violation("range", key, span, message)


def _not_allowed(key: str, value: YamlValue, span: Span, allowed: Sequence[Scalar]) -> Violation:
    """The nearest allowed value is certain where nothing but case, spaces and separators differs."""
    shown = ", ".join(f"'{each}'" for each in allowed[:6]) + (", …" if len(allowed) > 6 else "")
    message = f"'{value}' is not allowed for '{key}'"
    text = str(value)
    alike = [each for each in allowed if _spelling(str(each)) == _spelling(text)]
    near = alike[0] if len(alike) == 1 else _nearest(text, allowed)
    if near is None:
        return Violation("value", key, span, message, f"allowed: {shown}")
    fresh = yaml_scalar(near)
    replacement = Replacement(span, fresh, certain=len(alike) == 1, title=f"write {fresh}")
    return Violation("value", key, span, message, f"did you mean '{near}'? Allowed: {shown}", replacement)


def _spelling(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


def _nearest(text: str, allowed: Sequence[Scalar]) -> Scalar:
    from difflib import get_close_matches

    by_text = {str(each): each for each in allowed}
    found = get_close_matches(text, list(by_text), 1)
    return by_text[found[0]] if found else None


def _may_be_in(link: str, folder: str) -> bool:
    """Whether the link's target can stand in the folder: a bare name can stand anywhere."""
    target = link.strip().removeprefix("[[").removesuffix("]]").split("|")[0].split("#")[0].strip()
    if "/" not in target or target.startswith(("[", "./", "../")):
        return True
    inside, _, _ = target.removeprefix("/").rpartition("/")
    wanted, written = folder.casefold(), inside.casefold()
    return f"{written}/".startswith(f"{wanted}/") or f"/{wanted}".endswith(f"/{written}")


def _first_line(text: str) -> tuple[int, int]:
    found = _FIRST_LINE.match(text)
    return found.span(1) if found else (0, 0)
