"""Values without the quotes that the vault's owner wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from vaultlint_rules.frontmatter._lists import lowered, short
from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Item, Property, Span
    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding

_SIGNS = {"double": '"', "single": "'"}
_NOT_QUOTED = ("number", "checkbox")
"""Types of the app whose values are no longer of the type with quotes: `property-type` takes them off."""


@dataclass(frozen=True)
class Options:
    """What can be set for `property-quote-style`."""

    properties: Annotated[tuple[str, ...], "Names of the properties whose values should stand in quotes."] = ()
    quotes: Annotated[Literal["double", "single"], "Which quotes are written."] = "double"
    uniform: Annotated[bool, "Write the quotes that are there as these, in all properties."] = True


class PropertyQuoteStyle(NoteRule):
    """A property's value lacks the quotes that the config asks for, or has others."""

    name = "property-quote-style"
    group = Group.FRONTMATTER
    severity = Severity.INFO
    needs = frozenset({"properties"})
    Options = Options

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        types = self.context.property_types
        self._quoted = {name for name in lowered(self.options.properties) if types.get(name) not in _NOT_QUOTED}
        self._sign = _SIGNS[self.options.quotes]
        self._other = "single" if self.options.quotes == "double" else "double"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield plain values of the properties that are named, and values in the other quotes."""
        for owner in note.properties:
            asked = owner.key.lower() in self._quoted
            if not asked and not self.options.uniform:
                continue
            for value in owner.items or (owner,):
                yield from self._judge(note, owner, value, asked=asked)

    def _judge(self, note: Note, owner: Property, value: Item | Property, *, asked: bool) -> Iterator[Finding]:
        span = value.value_span if value is owner else value.span
        if value.style == self._other and self.options.uniform:
            inner = note.text[span.start + 1 : span.end - 1]
            if "\\" in inner or '"' in inner or "'" in inner:
                return
            message = f"'{owner.key}' should stand in {self.options.quotes} quotes"
        elif value.style == "plain" and asked and value.value is not None:
            inner = span.of(note.text)
            if "\\" in inner or self._sign in inner or "\n" in inner or "\r" in inner:
                return
            message = f"'{short(inner)}' in '{owner.key}' should stand in quotes"
        else:
            return
        if isinstance(value.value, str) and value.value != inner:  # an anchor stands before it
            return
        if inner[:1] in ("&", "!", "*") or is_placeholder(inner):
            return
        yield self.find(
            span,
            message,
            fix=lambda: self._fix(note, span, inner, text=isinstance(value.value, str)),
            at_most=Applicability.SAFE,
        )

    def _fix(self, note: Note, span: Span, inner: str, *, text: bool) -> Fix:
        edit = Edit(note.path, span, f"{self._sign}{inner}{self._sign}")
        title = f"put it in {self.options.quotes} quotes"
        if text:
            return Fix(title, (edit,), Applicability.SAFE, Kind.LAYOUT)
        return Fix(title, (edit,), Applicability.SAFE, may_change=frozenset({Aspect.PROPERTIES}))
