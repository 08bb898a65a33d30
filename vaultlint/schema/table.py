"""The contract that a `[[schema]]` table of the config says."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vaultlint.schema.gate import gate_of
from vaultlint.schema.model import LIST_TYPES, PropertyType, Schema
from vaultlint.schema.patterns import bounded_pattern
from vaultlint.schema.places import first_line_span
from vaultlint.schema.values import as_range, count_of, in_words, mismatch, shown
from vaultlint.schema.violation import Replacement, Violation
from vaultlint.schema.yaml_text import flow_list, inserted, only_changes, yaml_scalar
from vaultlint.vault.query import same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Sized

    from vaultlint.note.model import Property, Scalar, Span, YamlValue
    from vaultlint.note.note import Note
    from vaultlint.vault.linear import LinearPattern

_HOLDERS = ("&", "!", "*")
"""How an anchor, a tag and an alias begin."""
_BETWEEN_WORDS = re.compile(r"(?<=\w)(?:\s+|[ \t]*[_-][ \t]*)(?=\w)|_")


class TableContract:
    """What a table asks of properties, compiled."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._gate = gate_of(schema)
        self._require = tuple((name.lower(), name) for name in schema.require)
        self._forbid = frozenset(name.lower() for name in schema.forbid)

    @property
    def names(self) -> tuple[str, ...]:
        """The properties that it names, in its order."""
        return tuple(dict.fromkeys((*self._schema.properties, *self._schema.require)))

    def violations(self, note: Note) -> Iterator[Violation]:
        """All violations, missing properties first, then in text order."""
        properties = note.properties
        values = {found.key.lower(): found.value for found in properties}
        if self._gate.isinstance_python(values) and len(values) == len(properties):
            return
        for lowered, name in self._require:
            if lowered not in values:
                yield self._missing(note, name)
        for found in properties:
            lowered = found.key.lower()
            if lowered in self._forbid:
                message = f"'{found.key}' does not belong in this note"
                yield Violation("forbidden", found.key, found.key_span, message)
            rule = self._rules.get(lowered)
            if rule is not None:
                yield from rule.violations(note, found)

    @cached_property
    def _rules(self) -> dict[str, _ValueRule]:
        return {name.lower(): _ValueRule(wanted) for name, wanted in self._schema.properties.items()}

    def _missing(self, note: Note, name: str) -> Violation:
        rule = self._rules.get(name.lower())
        replacement = fill_in(note, name, None if rule is None else rule.wanted.default, self.names)
        hint = f"add '{name}:' to the properties"
        message = f"the property '{name}' is missing"
        return Violation("missing", name, first_line_span(note), message, hint, replacement)


def fill_in(note: Note, name: str, default: Any, order: Sequence[str]) -> Replacement | None:
    """What puts a missing property in its place: with its default, or empty, for its owner to fill."""
    text = flow_list(default) if isinstance(default, tuple) else "" if default is None else yaml_scalar(default)
    edit = inserted(note, name, text, order)
    if edit is None:
        return None
    return Replacement(*edit, certain=default is not None, title=f"add '{name}: {text}'" if text else f"add '{name}:'")


class _ValueRule:
    """What one property's value must be, compiled."""

    __slots__ = ("_items", "_kind", "_pattern", "_range", "wanted")

    def __init__(self, wanted: PropertyType) -> None:
        self.wanted = wanted
        self._kind = wanted.type
        self._items = _ValueRule(wanted.items) if wanted.items is not None else None
        self._pattern: LinearPattern | None = bounded_pattern(wanted.pattern) if wanted.pattern else None
        kind = wanted.type or ""
        bounds = (wanted.min, wanted.max)
        self._range = tuple(None if bound is None else as_range(bound, kind) for bound in bounds)

    def violations(self, note: Note, found: Property) -> Iterator[Violation]:
        """What is wrong with the value of `found`, and with its items."""
        listed = isinstance(found.value, list | tuple)
        wrong = self._type_violation(note, found.key, found.value, found.value_span, self._kind)
        if wrong is not None:
            yield wrong
        elif not listed:
            yield from self._conditions(note, found.key, found.value, found.value_span)
        elif self._kind is None or self._kind in LIST_TYPES:
            yield from self._wrong_length(found.key, found.key_span, found.items)
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
        yield from self._conditions(note, key, value, span, of_item=True)

    def _type_violation(self, note: Note, key: str, value: YamlValue, span: Span, kind: str | None) -> Violation | None:
        return wrong_type(note, key, value, span, kind, self.wanted.format) if kind is not None else None

    def _conditions(
        self, note: Note, key: str, value: YamlValue, span: Span, *, of_item: bool = False
    ) -> Iterator[Violation]:
        if value is None or isinstance(value, list | tuple | dict):
            return
        wanted = self.wanted
        if wanted.values and not any(same(value, allowed) for allowed in wanted.values):
            yield not_allowed(note, key, value, span, wanted.values)
        if self._pattern is not None and isinstance(value, str) and not self._pattern.found_in(value):
            message = f"'{key}' is {shown(value)}, which does not have the form '{wanted.pattern}'"
            yield Violation("pattern", key, span, message)
        yield from self._out_of_range(key, value, span)
        if isinstance(value, str) and not of_item:
            yield from self._wrong_length(key, span, value)

    def _out_of_range(self, key: str, value: YamlValue, span: Span) -> Iterator[Violation]:
        least, most = self._range
        if least is None and most is None:
            return
        number = as_range(value, self._kind or "", self.wanted.format)
        if number is None:
            return
        if least is not None and number < least:
            message = f"'{key}' is {shown(value, plain=True)}, less than the least allowed, {self.wanted.min}"
            yield Violation("range", key, span, message)
        if most is not None and number > most:
            message = f"'{key}' is {shown(value, plain=True)}, more than the most allowed, {self.wanted.max}"
            yield Violation("range", key, span, message)

    def _wrong_length(self, key: str, span: Span, value: Sized) -> Iterator[Violation]:
        least, most, length = self.wanted.min_length, self.wanted.max_length, len(value)
        if least is not None and length < least:
            yield Violation("length", key, span, f"'{key}' has {count_of(value)}, but should have {least} at least")
        if most is not None and length > most:
            yield Violation("length", key, span, f"'{key}' has {count_of(value)}, but should have {most} at most")


def wrong_type(
    note: Note, key: str, value: YamlValue, span: Span, kind: str, form: str | None = None
) -> Violation | None:
    """What is wrong with a value that is not of the type; `None` where it is. `form` is as in `mismatch`."""
    wrong = mismatch(value, kind, span.of(note.text), form)
    if wrong is None:
        return None
    message = f"'{key}' should be {wrong.wanted}, but is {in_words(value)}"
    if wrong.kind == "unreal":
        message = f"'{key}' is no real {kind}: {shown(value)}"
    replacement = None
    if wrong.replacement is not None and _can_take(note, key, span, wrong.replacement):
        replacement = Replacement(span, wrong.replacement, wrong.certain, f"write {wrong.replacement}")
    return Violation(wrong.kind, key, span, message, None, replacement)


def _can_take(note: Note, key: str, span: Span, text: str) -> bool:
    """Whether the text can take the place of a value, and all else stays: nothing hangs on an anchor or tag there."""
    written = span.of(note.text)
    if written[:1] in _HOLDERS:
        return False
    # what is written on one line can be written otherwise there, and need not be read again
    return "\n" not in written or only_changes(note, span, text, key)


def not_allowed(note: Note, key: str, value: YamlValue, span: Span, allowed: Sequence[Scalar]) -> Violation:
    """The nearest allowed value is certain where nothing but case, spaces and separators differs."""
    every = ", ".join(map(shown, allowed[:6])) + (", …" if len(allowed) > 6 else "")
    message = f"{shown(value)} is not allowed for '{key}'"
    text = str(value)
    alike = [each for each in allowed if isinstance(each, str) and _spelling(each) == _spelling(text)]
    near = alike[0] if len(alike) == 1 else nearest(text, allowed)
    if near is None:
        return Violation("value", key, span, message, f"allowed: {every}")
    fresh = yaml_scalar(near)
    replacement = None
    if _can_take(note, key, span, fresh):
        certain = len(alike) == 1 and isinstance(value, str)
        replacement = Replacement(span, fresh, certain, f"write {fresh}")
    return Violation("value", key, span, message, f"did you mean {shown(near)}? Allowed: {every}", replacement)


def _spelling(text: str) -> str:
    """Without case, and with one sign for all that stands between two words: a minus before or behind is no such."""
    return _BETWEEN_WORDS.sub(" ", text.strip()).casefold()


def nearest(text: str, allowed: Sequence[Scalar]) -> Scalar:
    """The one of `allowed` that is spelt most like `text`; `None` where none is near."""
    from difflib import get_close_matches

    by_text = {str(each): each for each in allowed}
    found = get_close_matches(text, list(by_text), 1)
    return by_text[found[0]] if found else None
