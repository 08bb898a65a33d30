"""Properties that should repeat what a note is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.frontmatter._lists import short
from vaultlint_rules.frontmatter._places import is_placeholder
from vaultlint_rules.frontmatter._titles import plain_text, title_of, top_of

from vaultlint.note.model import Span
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.yaml_text import inserted, only_changes, yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Property
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_CALLED = {"heading": "the heading", "name": "the file name"}


@dataclass(frozen=True)
class Options:
    """What can be set for `title-property`."""

    property: Annotated[str, "The property that holds the title."] = "title"
    source: Annotated[
        Literal["heading-or-name", "heading", "name"],
        "What it should equal: the heading of level 1 or else the file name, that heading only, or that name.",
    ] = "heading-or-name"
    missing: Annotated[bool, "Whether a note without the property is reported, too."] = True


class TitleProperty(NoteRule):
    """The title of a note, in its properties, is not there or is another than its heading or file name."""

    name = "title-property"
    group = Group.FRONTMATTER
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield a title that is missing, empty, or another."""
        name = self.options.property.strip()
        if not name or note.frontmatter.error is not None:
            return
        title = title_of(note, self.options.source)
        found = note.property(name)
        if title is None or (found is None and not self.options.missing):
            return
        if found is None or found.value in (None, ""):
            yield self._missing(note, name, title, found)
        elif (
            str(found.value) != title
            and not is_placeholder(found.value_span.of(note.text))
            and (self.options.source == "name" or not _is_said(note, str(found.value)))
        ):
            yield self._other(note, found, title)

    def _missing(self, note: Note, name: str, title: str, found: Property | None) -> Finding:
        said = f"the property '{name}' is missing" if found is None else f"the property '{found.key}' is empty"
        span = found.key_span if found is not None else top_of(note)
        return self.find(
            span,
            said,
            hint=f"{self._source(note, title)} is '{short(title)}'",
            fix=lambda: _insertion(note, name, title, found),
            at_most=Applicability.SAFE,
        )

    def _other(self, note: Note, found: Property, title: str) -> Finding:
        message = f"'{found.key}' is '{short(str(found.value))}', but {self._source(note, title)} is '{short(title)}'"
        return self.find(found.value_span, message, fix=lambda: _replacement(note, found, title))

    def _source(self, note: Note, title: str) -> str:
        by_heading = self.options.source != "name" and title_of(note, "heading") == title
        return _CALLED["heading" if by_heading else "name"]


def _is_said(note: Note, title: str) -> bool:
    """Whether a heading is written like it, or one of several of level 1 says it: nobody knows which is the title."""
    tops = [heading for heading in note.headings if heading.level == 1]
    return any(heading.text == title or (len(tops) > 1 and plain_text(note, heading) == title) for heading in tops)


def _insertion(note: Note, name: str, title: str, found: Property | None) -> Fix | None:
    """The property above all others; an empty one is filled."""
    if found is None:
        edit = inserted(note, name, yaml_scalar(title), [name, *(each.key for each in note.properties)])
    else:
        edit = _filled(note, found, title)
    return _fix(f"add '{short(title)}'", note, *edit, Applicability.SAFE) if edit is not None else None


def _filled(note: Note, found: Property, title: str) -> tuple[Span, str] | None:
    if found.style != "null":
        return found.value_span, yaml_scalar(title)
    written = note.text[found.key_span.end : found.span.end]
    if written.strip() != ":":
        return None
    return Span(found.key_span.end, found.span.end), f": {yaml_scalar(title)}"


def _replacement(note: Note, found: Property, title: str) -> Fix | None:
    edit = found.value_span, yaml_scalar(title)
    if isinstance(found.value, list | dict) or not only_changes(note, *edit, found.key):
        return None
    reason = "the property may be the right one of the two"
    return _fix(f"write '{short(title)}'", note, *edit, Applicability.UNSAFE, reason)


def _fix(title: str, note: Note, span: Span, text: str, trust: Applicability, reason: str = "") -> Fix:
    edit = Edit(note.path, span, text)
    return Fix(title, (edit,), trust, may_change=frozenset({Aspect.PROPERTIES}), reason=reason)
