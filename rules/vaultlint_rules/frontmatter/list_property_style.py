"""Lists that are written otherwise than the vault's owner wants."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal

from vaultlint_rules.frontmatter._data import keeps_values
from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.yaml_text import yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Item, Property
    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding

_OR_TEXT = "-or-text"
_WORDS = {"block": "with one value a line", "flow": "in brackets on one line"}


@dataclass(frozen=True)
class Options:
    """What can be set for `list-property-style`."""

    style: Annotated[
        Literal["block", "flow", "keep"], "How lists are written: one value a line, in brackets, or as they are."
    ] = "block"
    styles: Annotated[
        dict[str, Literal["block", "flow", "block-or-text", "flow-or-text", "keep"]],
        "Property to style, for those that differ; with `-or-text` a value alone is no list, without it becomes one.",
    ] = field(default_factory=dict)


class ListPropertyStyle(NoteRule):
    """A list property is written in another way than the config asks for."""

    name = "list-property-style"
    group = Group.FRONTMATTER
    severity = Severity.INFO
    needs = frozenset({"properties"})
    Options = Options

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._styles = {name.lower(): style for name, style in self.options.styles.items()}

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the lists of the other style, and of properties that are named, texts that should be lists."""
        for owner in note.properties:
            named = self._styles.get(owner.key.lower())
            edit = _rewritten(note, owner, named or self.options.style, named is not None)
            if edit is None:
                continue
            if not is_placeholder(owner.span.of(note.text)) and keeps_values(note, (edit,), _may_change(owner, named)):
                yield self._finding(owner, named or self.options.style, edit)

    def _finding(self, owner: Property, style: str, edit: Edit) -> Finding:
        alone = style.endswith(_OR_TEXT) and len(owner.items) == 1
        title = "write the value alone" if alone else f"write it {_WORDS[style.removesuffix(_OR_TEXT)]}"
        how = "a value without a list" if alone else f"a list {_WORDS[style.removesuffix(_OR_TEXT)]}"
        changed = frozenset({Aspect.PROPERTIES})
        fix = Fix(title, (edit,), Applicability.SAFE, may_change=changed, tentative=True)
        return self.find(owner.key_span, f"'{owner.key}' should be {how}", fix=fix)


def _may_change(owner: Property, named: str | None) -> tuple[str, ...]:
    """A named property may become a list, or a text; of others only the form changes."""
    return (owner.key.lower(),) if named is not None else ()


def _rewritten(note: Note, owner: Property, style: str, named: bool) -> Edit | None:
    """The edit that writes a value in this style; `None` where it is so, or can't be."""
    if not named and not owner.items:  # nearly all
        return None
    gap = note.text[owner.key_span.end : owner.value_span.start]
    marked = note.text[owner.value_span.start : owner.value_span.start + 1] in ("&", "!", "*")
    if style == "keep" or marked or gap.strip() != ":":  # an anchor or a comment stands there
        return None
    if not owner.items:
        return _listed(note, owner, style)
    if style.endswith(_OR_TEXT) and len(owner.items) == 1 and isinstance(owner.items[0].value, str):
        return _alone(note, owner)
    style = style.removesuffix(_OR_TEXT)
    if owner.style == style or "#" in _between(note, owner):
        return None
    texts = [_written(note, item, style) for item in owner.items]
    return _edit(note, owner, style, [text for text in texts if text is not None]) if None not in texts else None


def _edit(note: Note, owner: Property, style: str, texts: list[str]) -> Edit:
    """The value, from behind the colon."""
    colon = note.text.index(":", owner.key_span.end)
    end = owner.value_span.end
    if style == "flow":
        return Edit(note.path, Span(colon + 1, end), f" [{', '.join(texts)}]")
    newline = note.source.newline
    comment = _COMMENT.match(note.text, end)
    lines = "".join(f"{newline}  - {text}" for text in texts)
    return Edit(
        note.path, Span(colon + 1, comment.end() if comment else end), f"{comment[0] if comment else ''}{lines}"
    )


_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")
_SIGNS_OF_FLOW = re.compile(r"[,\[\]{}]")


def _between(note: Note, owner: Property) -> str:
    """The text of the list without its items; a comment in it has no place in the other style."""
    start = owner.value_span.start
    parts: list[str] = []
    for item in owner.items:
        parts.append(note.text[start : item.span.start])
        start = item.span.end
    last = owner.span.end if owner.style == "block" else owner.value_span.end
    return "".join((*parts, note.text[start:last]))


def _written(note: Note, item: Item, style: str) -> str | None:
    """An item as it is written in this style; `None` where it takes more than one line, or is a map or nothing."""
    written = item.span.of(note.text)
    if not written or "\n" in written or "\r" in written or item.style in ("literal", "folded", "block"):
        return None
    if isinstance(item.value, dict) or item.value is None:
        return None
    if style == "flow" and item.style == "plain" and _SIGNS_OF_FLOW.search(written):
        return yaml_scalar(item.value) if isinstance(item.value, str) else None
    return written


def _alone(note: Note, owner: Property) -> Edit | None:
    """The only value of a list, without it."""
    written = _written(note, owner.items[0], "block")
    if written is None or "#" in _between(note, owner) or "," in written:  # a text with commas is no tag or alias
        return None
    colon = note.text.index(":", owner.key_span.end)
    return Edit(note.path, Span(colon + 1, owner.value_span.end), f" {written}")


def _listed(note: Note, owner: Property, style: str) -> Edit | None:
    """A value that is no list as one of one value."""
    written = owner.value_span.of(note.text)
    if style.endswith(_OR_TEXT) or owner.style not in ("plain", "single", "double") or owner.value is None:
        return None
    if "," in written or "\n" in written or "\r" in written:  # several values, it seems
        return None
    if style == "flow" and owner.style == "plain" and _SIGNS_OF_FLOW.search(written):
        written = yaml_scalar(owner.value) if isinstance(owner.value, str) else written
    return _edit(note, owner, style, [written])
