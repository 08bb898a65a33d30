"""Values of the property `aliases` from which the app can't read what was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.aliases._items import LINKED, without
from vaultlint_rules.aliases._links import is_placeholder

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property, Span, YamlValue
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_PLAIN = r"[^\W\d_][\w ./'’&+()–—-]*"
"""Text that YAML reads as itself in a flow list, save a few words."""

_SPECIAL = r"^[?&*!'|>%@`]|[\"{}\[\]#\\\r\n]|: *[&*!'|>]"
"""What shows that a name with a colon was meant as more than text."""

_UNCLEAR = r"[\"\[\]{}\r\n]"
"""What stands in a name only if the text was no plain list of names."""

_WORDS = frozenset({"true", "false", "null"})


class AliasesProperty(NoteRule):
    """The aliases of a note are no list of names, or one of them is empty, a number or a link."""

    name = "aliases-property"
    group = Group.ALIASES
    severity = Severity.WARNING
    needs = frozenset({"properties"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what is wrong with `aliases`; one name that is no list is fine (semantics 6.15)."""
        owner = note.property("aliases")
        if owner is None or _is_empty(owner.value) or _all_fine(owner.value):
            return
        if is_placeholder(owner.value_span.of(note.text)):
            return
        if any(command.span.overlaps(owner.span) for command in note.templater):
            return
        if isinstance(owner.value, (list, tuple)):
            yield from self._items(note, owner)
        elif isinstance(owner.value, str) and _joined(owner.value):
            yield self._list(note, owner, owner.value)
        else:
            yield from self._alias(note, owner.value, owner.value_span)

    def _items(self, note: Note, owner: Property) -> Iterator[Finding]:
        if all(_is_empty(item.value) for item in owner.items):  # a template's place for names, not filled in
            return
        for place, item in enumerate(owner.items):
            if _is_empty(item.value):
                fix = _fix("remove the empty alias", without(note, owner, place))
                yield self.find(item.span, "an alias is empty", fix=fix)
            else:
                yield from self._alias(note, item.value, item.span)

    def _alias(self, note: Note, value: YamlValue, span: Span) -> Iterator[Finding]:
        """One alias, in a list or alone."""
        written = span.of(note.text)
        if isinstance(value, str):
            if link := LINKED.fullmatch(value):
                yield self._link(note, span, value, link)
        elif isinstance(value, (bool, int, float)):
            what = "a truth value" if isinstance(value, bool) else "a number"
            yield self._unquoted(note, span, f"the alias '{written}' is {what}, not text")
        elif ": " in written and not re.search(_SPECIAL, written):
            yield self._unquoted(note, span, f"the colon splits the alias '{written}' into a key and a value")
        elif not _is_unquoted_link(note.text, span):
            yield self.find(span, "an alias is a list or a map of its own, not text")

    def _unquoted(self, note: Note, span: Span, message: str) -> Finding:
        """What YAML takes for something else without quotes."""
        quoted = Edit(note.path, span, f'"{span.of(note.text)}"')
        return self.find(span, message, fix=_fix("put it in quotes", quoted))

    def _link(self, note: Note, span: Span, value: str, link: re.Match[str]) -> Finding:
        """A name in the brackets of a link, which the app takes for a part of the name."""
        target, shown = link.groups()
        name = (shown or target).strip()
        edit = Edit(note.path, span, span.of(note.text).replace(link[0].strip(), name))
        doubt = "which of the two names was meant is a guess" if shown else ""
        return self.find(
            span,
            f"the alias '{value.strip()}' stands in the brackets of a link",
            hint="an alias is a plain name",
            fix=_fix("take the brackets off", edit, doubt, Aspect.LINKS),
        )

    def _list(self, note: Note, owner: Property, value: str) -> Finding:
        """Several names in one text."""
        names = _names(value)
        clear = not any(re.search(_UNCLEAR, name) for name in names)
        edit = Edit(note.path, owner.value_span, f"[{', '.join(map(_yaml, names))}]") if clear else None
        doubt = "" if owner.style == "plain" else "the quotes may be there because it is one name"
        return self.find(
            owner.value_span,
            f"'{value}' is one text, not a list of aliases",
            hint="the app reads no alias from a text with commas" if "," in value else None,
            fix=_fix(f"make it a list of {len(names)}", edit, doubt),
        )


def _fix(title: str, edit: Edit | None, doubt: str = "", *more: Aspect) -> Fix | None:
    """The fix, which may change properties, and what `more` names."""
    if edit is None:
        return None
    trust = Applicability.UNSAFE if doubt else Applicability.SAFE
    return Fix(title, (edit,), trust, may_change=frozenset({Aspect.PROPERTIES, *more}), reason=doubt)


def _all_fine(value: YamlValue) -> bool:
    """A short way past nearly all lists: of names that are neither empty nor links."""
    return isinstance(value, list) and all(
        isinstance(name, str) and "[[" not in name and name and not name.isspace() for name in value
    )


def _is_empty(value: YamlValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _joined(value: str) -> bool:
    """Whether one text was meant as a list; a link in brackets is one name."""
    if LINKED.fullmatch(value):
        return False
    return "," in value or (value.startswith("[") and value.endswith("]"))


def _names(value: str) -> list[str]:
    """The names in a text that was meant as a list, without the quotes that some of them bring."""
    inner = value[1:-1] if value.startswith("[") and value.endswith("]") else value
    return [name for part in inner.split(",") if (name := part.strip().strip("\"'"))]


def _yaml(name: str) -> str:
    """A name as an item of a flow list."""
    if re.fullmatch(_PLAIN, name) and name.casefold() not in _WORDS:
        return name
    return '"' + name.replace("\\", "\\\\") + '"'


def _is_unquoted_link(text: str, span: Span) -> bool:
    """Whether YAML made lists of the brackets of `[[a]]`: `unquoted-property-link` says so."""
    return text.startswith("[[", span.start) or text.startswith("[[", span.start - 1)
