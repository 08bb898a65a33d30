"""Signs in the names of notes that links can't have, or that other systems refuse (semantics 9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.vault.names import without_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.index import Index

_BREAKS_LINKS = re.compile(r"[#^|]|%%|\[\[|\]\]|\](?=\Z)")
"""A single bracket does no harm (observed 9), but for one at the end: `[[Soup [old]]]` ends too early."""
_REFUSED = re.compile(r"[:\\]")
_ON_WINDOWS = re.compile(r"[*\"<>?]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|\Z)", re.IGNORECASE)
_LONGEST = 255
"""Bytes that a name may have on most disks."""


@dataclass(frozen=True)
class Options:
    """For which systems names are judged."""

    windows: Annotated[
        bool, 'The vault is shared with Windows or Android: report `* " < > ?`, and names such as `con`, too.'
    ] = False
    folders: Annotated[bool, "Judge the names of folders, too, once each."] = True


class FileNameCharacters(VaultRule):
    """The name of a note has a sign in it that breaks links, or that other systems refuse."""

    name = "file-name-characters"
    group = Group.FILES
    severity = Severity.WARNING
    Options = Options

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield each such note, and the first note of each such folder, with the number of links to it."""
        seen: set[str] = set()
        for path in index.files.notes:
            *folders, name = path.split("/")
            said = self._wrong(without_extension(name), is_note=True)
            if said:
                links = len(index.backlinks(path))
                more = f"; {links} {'links lead' if links > 1 else 'link leads'} to it" if links else ""
                yield self.find(Span(0, 0), f"the name '{without_extension(name)}' {said}{more}", path=path)
            above = ""
            for folder in folders if self.options.folders else ():
                above = f"{above}/{folder}"
                if above not in seen:
                    seen.add(above)
                    if said := self._wrong(folder, is_note=False):
                        yield self.find(Span(0, 0), f"the name of the folder '{folder}' {said}", path=path)

    def _wrong(self, name: str, *, is_note: bool) -> str | None:
        """What is wrong with one name, as the end of a sentence."""
        if signs := dict.fromkeys(_BREAKS_LINKS.findall(name)):
            return f"has {_listed(signs)} in it, which breaks links"
        if signs := dict.fromkeys(_REFUSED.findall(name)):
            return f"has {_listed(signs)} in it, which the app refuses and Windows can't have"
        if is_note and name != name.strip():
            return "begins or ends in a space, which links leave out"
        if not is_note and name != name.rstrip(". "):
            return "ends in a space or a full stop, which Windows takes away"
        if len(name.encode("utf-8", "replace")) > _LONGEST:
            return f"is longer than {_LONGEST} bytes, which other systems refuse"
        if self.options.windows:
            if signs := dict.fromkeys(_ON_WINDOWS.findall(name)):
                return f"has {_listed(signs)} in it, which Windows refuses"
            if _RESERVED.match(name):
                return "is a device to Windows"
        return None


def _listed(signs: dict[str, None]) -> str:
    return " and ".join(f"'{sign}'" for sign in signs)
