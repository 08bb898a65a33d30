"""Tags that the app does not read as tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._data import keeps_values
from vaultlint_rules.frontmatter._lists import short
from vaultlint_rules.frontmatter._places import is_placeholder
from vaultlint_rules.tags._written import hash_lists

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.yaml_text import flow_list, quoted, yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property, Span, YamlValue
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_NO_TAG_SIGN = re.compile(r"[!-,.:-@\[-^`{-~\u2000-\u206f\u2e00-\u2e7f]")
"""What ends a tag in the text (semantics 5.1): ASCII punctuation other than `-`, `_` and `/`, and two blocks of it. In
properties the app refuses no sign (observed 51), so there it only tells a sentence from a list of names."""
_EMPTY_PART = re.compile(r"/(?=/|\Z)|\A/")


class TagSyntax(NoteRule):
    """A tag is written so that the app reads no tag, or another one."""

    name = "tag-syntax"
    group = Group.TAGS
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what is no tag in the property `tags`, and tags with an empty part anywhere."""
        yield from self._hashes(note)
        owner = note.property("tags") if note.properties else None
        if owner is not None and owner.value is not None and not is_placeholder(owner.span.of(note.text)):
            yield from self._property(note, owner)
        for tag in note.tags:
            if _EMPTY_PART.search(tag.name):
                yield self._empty_part(tag.span, tag.span.of(note.text))

    def _hashes(self, note: Note) -> Iterator[Finding]:
        """Tags with a bare `#`, which begins a comment in YAML."""
        for found in hash_lists(note):
            edits = (Edit(note.path, found.span, found.text),)
            fix = Fix("write the tags without '#'", edits, Applicability.SAFE, may_change=_CHANGED | _COMMENTS)
            message = f"'{short(found.span.of(note.text).strip())}' is a comment to YAML: tags stand here without '#'"
            yield self.find(found.span, message, fix=fix)

    def _property(self, note: Note, owner: Property) -> Iterator[Finding]:
        if isinstance(owner.value, list | tuple):
            for item in owner.items:
                yield from self._value(note, item.value, item.span, in_list=True)
        elif isinstance(owner.value, str) and owner.style == "plain" and (names := _names(owner.value)):
            fix = _list(note, owner, names)
            message = f"'{short(owner.value)}' is one text, not a list of tags"
            yield self.find(owner.value_span, message, hint="the app reads no tag from it", fix=fix)
        else:
            yield from self._value(note, owner.value, owner.value_span, in_list=False)

    def _value(self, note: Note, value: YamlValue, span: Span, *, in_list: bool) -> Iterator[Finding]:
        written = span.of(note.text)
        if isinstance(value, bool):
            edits = (Edit(note.path, span, f'"{written}"'),)
            fix = Fix("put it in quotes", edits, Applicability.SAFE, may_change=_CHANGED)
            yield self.find(span, f"the tag '{written}' is a truth value, not text", fix=fix)
        elif isinstance(value, str):
            yield from self._text(note, value.strip(), span)
        elif isinstance(value, int | float):
            yield self._digits(span, written)
        elif value is not None and not written.startswith("[[") and not note.text.startswith("[[", span.start - 1):
            yield self.find(span, "a tag is a list or a map of its own, not text")

    def _text(self, note: Note, value: str, span: Span) -> Iterator[Finding]:
        name = value.removeprefix("#")
        if not name or is_placeholder(name):
            return
        if re.search(r"\s|,", name):
            joined = "-".join(part for part in re.split(r"[\s,]+", name) if part)
            yield self.find(
                span,
                f"the tag '{short(name)}' holds {'a comma' if ',' in name else 'a space'}",
                hint=f"'{short(joined)}', or several tags",
                fix=_suggestion(note, f"write '{short(joined)}'", span, joined),
            )
        elif name.isdecimal():
            yield self._digits(span, name)
        elif _EMPTY_PART.search(name):
            yield self._empty_part(span, name)

    def _digits(self, span: Span, written: str) -> Finding:
        message = f"'{short(written)}' is no tag: it needs a sign that is no digit"
        return self.find(span, message, hint=f"such as 'y{written}'" if len(written) == 4 else None)

    def _empty_part(self, span: Span, written: str) -> Finding:
        return self.find(span, f"the tag '{short(written)}' has nothing before or behind a '/'")


_CHANGED = frozenset({Aspect.PROPERTIES})
_COMMENTS = frozenset({Aspect.COMMENTS})


def _names(value: str) -> list[str]:
    """The names in one text that was meant as a list; none where it is one name, or names with spaces."""
    between = r"," if "," in value else r"\s"
    names = [part.strip().removeprefix("#") for part in re.split(between, value)]
    names = [name for name in names if name]
    sound = all(not re.search(r"\s", name) and not _NO_TAG_SIGN.search(name) for name in names)
    return names if sound and ("," in value or len(names) > 1) else []


def _list(note: Note, owner: Property, names: list[str]) -> Fix | None:
    """Several names as a list."""
    edit = Edit(note.path, owner.value_span, flow_list(tuple(names)))
    if not keeps_values(note, (edit,), (owner.key.lower(),)):
        return None
    by_comma = "," in owner.value_span.of(note.text)
    trust, reason = (Applicability.SAFE, "") if by_comma else (Applicability.UNSAFE, "one name may be meant")
    return Fix(f"make it a list of {len(names)}", (edit,), trust, may_change=_CHANGED, reason=reason)


def _suggestion(note: Note, title: str, span: Span, name: str) -> Fix:
    written = yaml_scalar(name) if yaml_scalar(name) == name else quoted(name)
    edits = (Edit(note.path, span, written),)
    reason = "several tags may be meant"
    return Fix(title, edits, Applicability.SUGGESTION, may_change=_CHANGED, reason=reason)
