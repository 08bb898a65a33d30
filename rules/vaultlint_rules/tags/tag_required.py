"""Notes without the tag that their folder asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from vaultlint_rules.frontmatter._append import with_values
from vaultlint_rules.frontmatter._places import folder_glob
from vaultlint_rules.frontmatter._titles import top_of

from vaultlint.rule.fix import Applicability, Aspect, Fix
from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.schema.globs import Globs
from vaultlint.vault.facts_of import tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options:
    """What can be set for `tag-required`."""

    tags: Annotated[
        dict[str, tuple[str, ...]], "Folder or path, which may hold `*` and `**`, to the tags that its notes must have."
    ] = field(default_factory=dict)


class TagRequired(NoteRule):
    """A note lacks a tag that the config asks for in its folder."""

    name = "tag-required"
    group = Group.TAGS
    Options = Options

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._asked = tuple(
            (Globs((folder_glob(path),)), tuple(tag.removeprefix("#") for tag in tags if tag.removeprefix("#")))
            for path, tags in self.options.tags.items()
        )

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield, once a note, the tags that are missing; a nested tag stands for those above it."""
        asked = dict.fromkeys(tag for globs, tags in self._asked if globs.match(note.path) for tag in tags)
        if not asked or note.frontmatter.error is not None:
            return
        there = {f"{tag.text.casefold()}/" for tag in tags_of(note)}
        missing = [tag for tag in asked if not any(own.startswith(f"{tag.casefold()}/") for own in there)]
        if missing:
            owner = note.property("tags")
            yield self.find(
                owner.key_span if owner is not None else top_of(note),
                f"the {'tag' if len(missing) == 1 else 'tags'} {_listed(missing)} of this folder "
                f"{'is' if len(missing) == 1 else 'are'} missing",
                fix=lambda: _fix(note, missing),
                at_most=Applicability.SAFE,
            )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _fix(note: Note, missing: Sequence[str]) -> Fix | None:
    edits = with_values(note, "tags", missing)
    if edits is None:
        return None
    title = f"add {_listed(missing)} to 'tags'"
    return Fix(title, edits, Applicability.SAFE, may_change=frozenset({Aspect.PROPERTIES}))
