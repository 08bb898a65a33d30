"""Properties that should be there no more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from vaultlint_rules.frontmatter._data import keeps_values
from vaultlint_rules.frontmatter._lists import lowered
from vaultlint_rules.frontmatter._names import PropertyName  # noqa: TC002  options are read at run time
from vaultlint_rules.frontmatter._pieces import without_property

from vaultlint.rule.fix import Applicability, Aspect, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options:
    """What can be set for `removed-property`."""

    properties: Annotated[tuple[PropertyName, ...], "Names of the properties that no note should have."] = ()


class RemovedProperty(NoteRule):
    """A note has a property that the config wants to be gone."""

    name = "removed-property"
    group = Group.FRONTMATTER
    needs = frozenset({"properties"})
    Options = Options

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._names = lowered([name.removesuffix(":") for name in self.options.properties])

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each such property, in templates too: there the next note would get it from."""
        if not self._names:
            return
        for place, found in enumerate(note.properties):
            if found.key.lower() in self._names:
                yield self.find(
                    found.key_span,
                    f"no note should have the property '{found.key}'",
                    fix=partial(_fix, note, place),
                )


def _fix(note: Note, place: int) -> Fix | None:
    found = note.properties[place]
    edit = without_property(note, place)
    if edit is None or not keeps_values(note, (edit,), (found.key.lower(),)):
        return None  # others may refer to its value
    comments = {Aspect.COMMENTS} if "#" in edit.span.of(note.text) else set()
    return Fix(
        "remove it",
        (edit,),
        Applicability.UNSAFE,
        may_change=frozenset({Aspect.PROPERTIES, *comments}),
        reason="its value is lost",
    )
