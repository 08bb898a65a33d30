"""Names of notes that are one name to other systems."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from vaultlint.note.model import Span
from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.vault.names import folder_of, name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.index import Index

_START = Span(0, 0)


class FileNameCaseCollision(VaultRule):
    """Two files differ in the case or the Unicode form of their names alone."""

    name = "file-name-case-collision"
    group = Group.FILES
    severity = Severity.ERROR

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield each note whose path, or the path of a folder around it, is another's but for case or form."""
        files: dict[str, list[str]] = {}
        for path in index.files.files:
            files.setdefault(name_key(path), []).append(path)
        for paths in files.values():
            if len(paths) > 1:
                for path in paths:
                    yield self._finding(path, [other for other in paths if other != path])
        yield from self._folders(index)

    def _finding(self, path: str, others: list[str]) -> Finding:
        first = others[0]
        difference = "case" if normalize("NFC", first) != normalize("NFC", path) else "Unicode form"
        return self.find(
            _START,
            f"'{first}' has the same path but for {difference}: on other systems one of the two is lost",
            path=path,
            hint="give one of the two another name",
            related=tuple(Related(other, f"differs in {difference} alone") for other in others),
        )

    def _folders(self, index: Index) -> Iterator[Finding]:
        """Yield the first note of each folder whose path is another folder's but for case or form."""
        spelt: dict[str, dict[str, str]] = {}
        for path in index.files.notes:
            folder = folder_of(path)
            while folder:
                known = spelt.setdefault(name_key(folder), {})
                if folder in known:
                    break
                known[folder] = path
                folder = folder_of(folder)
        for folders in spelt.values():
            names = sorted(name for name in folders if len({folder_of(name) for name in folders}) == 1)
            for name in names[1:]:
                message = f"the folders '{names[0]}' and '{name}' differ in case or Unicode form alone"
                yield self.find(_START, message, path=folders[name], hint="move the notes of one to the other")
