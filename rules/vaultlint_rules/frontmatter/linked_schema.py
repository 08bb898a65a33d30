"""Notes that are of a schema because of who links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from vaultlint_rules.frontmatter._kinds import Kinds, property_links
from vaultlint_rules.frontmatter._schemas import Schemas
from vaultlint_rules.frontmatter._violations import findings_of, relation_findings

from vaultlint.note.note import parse_note
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, VaultRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.schema.model import Selector
    from vaultlint.vault.index import Index


class Linked(Struct, frozen=True, array_like=True):
    """What a note tells that such a schema may be for."""

    kinds: Kinds
    wanted: tuple[tuple[int, tuple[tuple[str, str], ...]], ...]
    """Which schemas, by their place, and the links of which one is enough."""
    head: str
    """The note's text up to where its body begins, and a line break of the note's: all a schema looks at."""


class LinkedSchema(VaultRule):
    """A note that a property of some schema links to falls short of the schema for what such properties link to."""

    name = "linked-schema"
    group = Group.FRONTMATTER
    severity = Severity.ERROR
    in_plugin_notes = True
    Gathered = Linked

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        links = {link for schema in self.context.schemas for link in _links_of(schema.selector)}
        self._sources = Schemas(self.context, lambda schema: any(schema.name == name for name, _ in links))
        self._schemas = Schemas(self.context, lambda schema: any(_links_of(schema.selector)))

    @property
    def gathers(self) -> bool:
        """Whether any schema asks for it."""
        return bool(self._schemas)

    def gather(self, note: Note) -> Linked | None:
        """The schemas that would be for the note if it were linked to, and those for which its own links count."""
        wanted = [
            (place, tuple(sorted(links)))
            for place, validator in enumerate(self._schemas.validators)
            if not validator.applies(note) and (links := validator.by_links(note))
        ]
        if not self._schemas.can_judge(note):
            return None
        names = tuple(validator.schema.name for validator in self._sources.of(note))
        head = note.text[: note.body_start] + note.source.newline if wanted else ""
        return Linked(Kinds(names), tuple(wanted), head) if names or wanted else None

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield what such notes lack."""
        told = self.gathered(index)
        links: dict[str, set[tuple[str, str]]] = {}
        for _, of, key, _, target in property_links({path: each.kinds for path, each in told.items()}, index):
            links.setdefault(target, set()).update((name, key.lower()) for name in of.names)
        for path in sorted(links.keys() & told.keys()):
            note = parse_note(told[path].head, path)
            chosen = [
                self._schemas.validators[place]
                for place, wanted in told[path].wanted
                if not links[path].isdisjoint(wanted)
            ]
            yield from findings_of(self, note, chosen)
            for validator in chosen:
                yield from relation_findings(self, note, validator.schema)


def _links_of(selector: Selector) -> Iterator[tuple[str, str]]:
    yield from selector.linked_from
    for other in selector.any:
        yield from _links_of(other)
