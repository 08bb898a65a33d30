"""Links in properties that lead to the wrong kind of note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint_rules.frontmatter._kinds import Kinds, property_links
from vaultlint_rules.frontmatter._schemas import Schemas

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.vault.names import is_note_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.schema.model import PropertyType, Schema
    from vaultlint.vault.index import Index


class PropertyTarget(VaultRule):
    """A link in a property leads to another folder, or another kind of note, than the schema says."""

    name = "property-target"
    group = Group.FRONTMATTER
    severity = Severity.ERROR
    in_templates = True
    in_plugin_notes = True
    Gathered = Kinds

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        schemas = self.context.schemas
        asked = any(_asks_of_links(schema) for schema in schemas)
        self._schemas = Schemas(self.context, lambda schema: asked and bool(schema.name or _asks_of_links(schema)))
        self._asked = [
            {name.lower(): _of_links(wanted) for name, wanted in validator.schema.properties.items()}
            for validator in self._schemas.validators
        ]
        self._by_link = {
            (schema.name, link) for schema in schemas for link in _links_that_choose(schema.selector) if schema.name
        }
        """Schemas with the links that make a note one of theirs."""

    @property
    def gathers(self) -> bool:
        """Whether any schema asks for it."""
        return bool(self._schemas)

    def gather(self, note: Note) -> Kinds | None:
        """The schemas that are for the note; all notes tell it, those of none too."""
        applying = [(at, each) for at, each in enumerate(self._schemas.validators) if each.applies(note)]
        judged = applying if self._schemas.can_judge(note) else []
        return Kinds(tuple(each.schema.name for _, each in applying if each.schema.name), tuple(at for at, _ in judged))

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield each link that leads to a file which is not where, or what, the schema says."""
        kinds = self.gathered(index)
        for path, of, key, link, target in property_links(kinds, index):
            for place in of.places:
                wanted = self._asked[place].get(key.lower())
                if wanted is None:
                    continue
                if wanted.folder and not target.casefold().startswith(f"{wanted.folder.casefold()}/"):
                    message = f"'{key}' should link into the folder '{wanted.folder}', but leads to '{target}'"
                    yield self.find(link.span, message, path=path)
                source = self._schemas.validators[place].schema.name
                if wanted.schema is not None and not self._is_one(target, wanted.schema, (source, key.lower()), kinds):
                    message = f"'{key}' should link to a note of the schema '{wanted.schema}', which '{target}' is not"
                    yield self.find(link.span, message, path=path)

    def _is_one(self, target: str, schema: str, link: tuple[str, str], kinds: Mapping[str, Kinds]) -> bool:
        """Whether a file is a note of a schema, be it by this very link; of excluded notes nobody knows."""
        if target not in kinds:
            return is_note_path(target)
        return schema in kinds[target].names or (schema, link) in self._by_link


def _of_links(wanted: PropertyType) -> PropertyType:
    """What is asked of the links themselves, in a list or alone."""
    return wanted.items if wanted.items is not None else wanted


def _asks_of_links(schema: Schema) -> bool:
    return any(one.folder is not None or one.schema is not None for one in map(_of_links, schema.properties.values()))


def _links_that_choose(selector: Any) -> Iterator[tuple[str, str]]:
    yield from ((name, key.lower()) for name, key in selector.linked_from)
    for other in selector.any:
        yield from _links_that_choose(other)
