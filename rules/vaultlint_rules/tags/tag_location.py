"""Tags that stand in the text and should be properties, or the other way round."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from vaultlint_rules.frontmatter._append import with_values
from vaultlint_rules.frontmatter._data import edited, keeps_values
from vaultlint_rules.frontmatter._lists import lowered, short
from vaultlint_rules.frontmatter._pieces import without_property
from vaultlint_rules.frontmatter._places import is_placeholder
from vaultlint_rules.tags._body import as_words, keeps_blocks, own_tags, removable, taken_out

from vaultlint.note.model import Span
from vaultlint.note.note import parse_note
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.model import Property, Tag
    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding

_MOST_NAMED = 5
_HARD_BREAK = re.compile(r"(?:[ \t]{2}|\\)(?:\r\n?|\n)")
_COLOR = re.compile(r"[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}")


@dataclass(frozen=True)
class Options:
    """What can be set for `tag-location`."""

    place: Annotated[
        Literal["properties", "text"], "Where tags belong: in the property `tags`, or at the end of the text."
    ] = "properties"
    left: Annotated[
        Literal["fitting", "tag", "word", "nothing"],
        "What is left in the text of a tag that became a property: the tag, its word without `#`, nothing; "
        "`fitting`: of a line of tags, or tags behind a sentence, nothing, in a sentence the word.",
    ] = "fitting"
    ignore: Annotated[tuple[str, ...], "Tags, without `#`, to leave where they are."] = ()


class TagLocation(NoteRule):
    """Tags stand in the text of a note where the config wants them as properties, or the other way round."""

    name = "tag-location"
    group = Group.TAGS
    severity = Severity.INFO
    needs = frozenset({"tags", "properties"})
    Options = Options

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._ignored = lowered([tag.removeprefix("#") for tag in self.options.ignore])

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield, once a note, the tags that should move."""
        if note.frontmatter.error is not None:
            return
        yield from self._of_text(note) if self.options.place == "properties" else self._of_properties(note)

    def _of_text(self, note: Note) -> Iterator[Finding]:
        tags = [tag for tag in own_tags(note) if tag.name.lower() not in self._ignored and not _is_color(tag.name)]
        known = {name.casefold() for name in _listed(note.property("tags"))}
        new = list(dict.fromkeys(tag.name for tag in tags if tag.name.casefold() not in known))
        gone = removable(note, tags) if self.options.left != "tag" else []
        moving, fresh = {tag.span for tag in gone}, set(new)
        told = [tag for tag in tags if tag.span in moving or tag.name in fresh]
        if told:
            names = _named([tag.span.of(note.text) for tag in told])
            yield self.find(
                told[0].span,
                f"{names} should be in the property 'tags'",
                fix=lambda: self._to_properties(note, new, gone),
            )

    def _to_properties(self, note: Note, new: Sequence[str], gone: Sequence[Tag]) -> Fix | None:
        added: Sequence[Edit] | None = with_values(note, "tags", _once(new)) if new else ()
        if added is None:
            return None
        edits = as_words(note, gone)
        if self.options.left != "word":
            less = taken_out(note, gone, sentences=self.options.left == "nothing")
            edits = less if keeps_blocks(note, less) else edits
        if not keeps_blocks(note, edits):
            return None
        reason = "queries may count on where a tag stands" if not gone else "the text says less than before"
        breaks = any(_HARD_BREAK.search(edit.span.of(note.text)) for edit in edits)
        return _fix("move them there", _joined([*added, *edits]), reason, moved=bool(gone), breaks=breaks)

    def _of_properties(self, note: Note) -> Iterator[Finding]:
        owner = note.property("tags")
        names = [name for name in _listed(owner) if name.lower() not in self._ignored]
        if owner is not None and names and not is_placeholder(owner.span.of(note.text)):
            yield self.find(
                owner.key_span,
                f"{_named([f'#{name}' for name in names])} should be in the text",
                fix=lambda: self._to_text(note, owner),
            )

    def _to_text(self, note: Note, owner: Property) -> Fix | None:
        """All tags of the property in a last paragraph; `None` where one of them would be no tag there."""
        names = _listed(owner)
        removed = without_property(note, note.properties.index(owner))
        if removed is None or len(names) != len(owner.items or (owner,)) or self._ignored & lowered(names):
            return None
        there = {tag.name.casefold() for tag in note.tags}
        new = [name for name in names if name.casefold() not in there]
        edits = [removed]
        if "#" in edits[0].span.of(note.text) or not keeps_values(note, edits, ("tags",)):
            return None
        if new:
            newline, end = note.source.newline, len(note.text)
            before = note.text[note.body_start :]
            gap = "" if not before.strip() else newline * 2 if not before.endswith(("\n", "\r")) else newline
            edits.append(Edit(note.path, Span(end, end), f"{gap}{' '.join(f'#{name}' for name in new)}{newline}"))
            after = parse_note(edited(note, edits), note.path)
            if [tag.name for tag in after.tags] != [*(tag.name for tag in note.tags), *new]:
                return None
            if len(after.sections) < 1 or after.sections[-1].type != "paragraph":
                return None
        return _fix("move them there", edits, "queries may count on where a tag stands", moved=True)


def _listed(owner: Property | None) -> list[str]:
    """The tags that the app reads of the property."""
    if owner is None:
        return []
    if isinstance(owner.value, str):
        return [owner.value.removeprefix("#")] if not re.search(r"[,\s]", owner.value) and owner.value else []
    return [item.value.removeprefix("#") for item in owner.items if isinstance(item.value, str) and item.value]


def _is_color(name: str) -> bool:
    """Whether the app reads a tag where somebody wrote a colour: `#ff394d`, `#FFF`."""
    if _COLOR.fullmatch(name) is None:
        return False
    # Words such as `cafe` and `decade` have letters of many kinds, and no digits.
    return any(sign.isdigit() for sign in name) or len(set(name)) == 1


def _once(names: Sequence[str]) -> list[str]:
    """Names without those that differ from an earlier one in case only."""
    return list({name.casefold(): name for name in reversed(names)}.values())[::-1]


def _named(names: Sequence[str]) -> str:
    once = list(dict.fromkeys(names))
    shown = ", ".join(f"'{short(name)}'" for name in once[:_MOST_NAMED])
    return f"{shown} and {len(once) - _MOST_NAMED} more" if len(once) > _MOST_NAMED else shown


def _joined(edits: Sequence[Edit]) -> list[Edit]:
    """The edits in order; properties put above a note that begins with a tag, and the tag's own, are one."""
    first, *rest = sorted(edits)
    if rest and first.span.end == rest[0].span.start and len(first.span) == 0:
        rest[0] = Edit(first.path, rest[0].span, first.text + rest[0].text)
        return rest
    return [first, *rest]


def _fix(title: str, edits: Sequence[Edit], reason: str, *, moved: bool, breaks: bool = False) -> Fix:
    more = {Aspect.TAGS, Aspect.WORDS} if moved else set()
    if breaks:  # the end of a line of tags goes with the line
        more.add(Aspect.LINE_BREAKS)
    licence = frozenset({Aspect.PROPERTIES, *more})
    return Fix(title, tuple(edits), Applicability.UNSAFE, may_change=licence, reason=reason)
