"""The `.md` of links to notes, kept or left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.links._writing import may_change, spelt

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Fix
from vaultlint.rule.kinds import Group, LinkRule
from vaultlint.vault.names import is_note_path, without_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target

_Style = Literal["always", "never", "any"]


@dataclass(frozen=True)
class Options:
    """Where `.md` belongs."""

    wikilinks: Annotated[_Style, "Whether `[[links]]` to notes end in `.md`."] = "never"
    markdown: Annotated[_Style, "Whether Markdown links to notes end in `.md`."] = "always"


class LinkExtension(LinkRule):
    """A link to a note ends in `.md`, or does not, and the vault wants it otherwise."""

    name = "link-extension"
    group = Group.LINKS
    severity = Severity.INFO
    in_plugin_notes = False
    Options = Options
    only_near = True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield links to notes that are there; the defaults are what the app writes."""
        path = target.path
        if path is None or not target.is_note or not link.path or target.ambiguous:
            return
        style = self.options.markdown if link.markdown else self.options.wikilinks
        has = is_note_path(link.path)
        if style == "any" or has == (style == "always"):
            return
        source = target.source
        text = without_extension(link.path) if has else f"{link.path}.md"
        yield self.find(
            link.path_span,
            f"'{link.path}' {'ends in' if has else 'has no'} '.md'",
            fix=lambda: _fix(link, source, path, text, index),
            at_most=Applicability.SAFE,
        )


def _fix(link: LinkFact, source: str, path: str, text: str, index: Index) -> Fix | None:
    """Add or take away the extension: a wikilink without an alias shows it no more, or from now on."""
    edits = spelt(link, source, text, path, index, keep_shown=False)
    if not edits:
        return None
    return Fix(f"link to '{text}'", edits, Applicability.SAFE, may_change=may_change(link), tentative=True)
