"""Copies of notes that programs for synchronizing leave behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint.note.model import Span
from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.vault.names import base_name, folder_of, path_key, without_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import Facts
    from vaultlint.vault.index import Index

_CONFLICT = re.compile(
    r"(?P<dropbox>\s*\([^()]*conflicted copy[^()]*\))"
    r"|(?P<sync>[\s_-]*\(conflict(?:ed)?(?:[ _-][^()]*)?\))"
    r"|(?P<syncthing>[.]sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]+)?)"
    r"|(?P<obsidian>\s*\(Conflicted copy [^()]*\))"
    r"|(?P<nextcloud>[ _]*\((?:conflicted|Case-Konflikt|case clash from)[^()]*\))",
    re.IGNORECASE,
)
"""How Obsidian Sync, Dropbox, Syncthing, Nextcloud and others name such a copy."""
_NUMBERED = re.compile(r"(.+?)(?: (?:\(\d{1,2}\)|\d{1,2}|copy(?: \d{1,2})?)| - Copy(?: \(\d{1,2}\))?)")
"""`Soup 1`, `Soup (1)`, `Soup copy`, `Soup - Copy (2)`."""


@dataclass(frozen=True)
class Options:
    """Which copies are told."""

    copies: Annotated[bool, "Report `Soup 1.md` too, where it is the same as `Soup.md` beside it."] = True


class FileSyncConflict(VaultRule):
    """A note is a copy that was made when two devices had changed it, or one that says the same as another."""

    name = "file-sync-conflict"
    group = Group.FILES
    severity = Severity.WARNING
    Options = Options

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield notes that are named as such copies are."""
        for path in index.files.notes:
            name = without_extension(base_name(path))
            found = _CONFLICT.search(name)
            if found is not None:
                original = _beside(path, name[: found.start()] + name[found.end() :], index)
                yield self._finding(path, "is named as a copy that synchronizing left behind", original)
            elif self.options.copies and (numbered := _NUMBERED.fullmatch(name)) is not None:
                original = _beside(path, numbered[1], index)
                if original is not None and _is_copy(index.facts.get(path), index.facts.get(original)):
                    yield self._finding(
                        path, "has the headings and links of the one that it is named for, and lines as long", original
                    )

    def _finding(self, path: str, what: str, original: str | None) -> Finding:
        related = (Related(original, "is the note itself"),) if original is not None else ()
        hint = f"compare it with '{original}', and delete one" if original is not None else "the note itself is gone"
        return self.find(Span(0, 0), f"this note {what}", path=path, hint=hint, related=related)


def _beside(path: str, name: str, index: Index) -> str | None:
    """The note of that name in the same folder."""
    folder = folder_of(path)
    wanted = f"{folder}/{name}.md" if folder else f"{name}.md"
    return next(iter(index.files.by_path.get(path_key(wanted), ())), None)


def _is_copy(one: Facts | None, other: Facts | None) -> bool:
    """Whether two notes agree in the length of all lines, and in all headings and links: no chance does that.

    Notes of a few lines, or of properties alone, may be stubs that nobody has filled in yet.
    """
    if one is None or other is None or one.lines != other.lines or len(one.lines) < 5 * 4:
        return False
    headings = [[heading.text for heading in facts.headings] for facts in (one, other)]
    links = [[link.target for link in facts.links] for facts in (one, other)]
    has_body = bool(headings[0]) or any(link.property_key is None for link in one.links)
    return has_body and headings[0] == headings[1] and links[0] == links[1]
