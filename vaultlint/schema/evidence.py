"""What a vault's notes show of the contracts that they keep: their properties, and how often each is there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.vault.settings import PLUGIN_PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.note.model import YamlValue
    from vaultlint.note.note import Note
    from vaultlint.vault.settings import VaultSettings

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_OWNED = frozenset(PLUGIN_PROPERTIES)


class Witness(Struct, frozen=True, gc=False):
    """One note that a schema would judge."""

    path: str
    """Vault-relative."""
    properties: dict[str, tuple[str, YamlValue]]
    """Property in lower case, for the app ignores case -> the name as written, and its value."""
    counts: bool = True
    """Whether its owner gave it the form that it has: no daily note, and no file of a plug-in."""

    @property
    def folder(self) -> str:
        """The folder, vault-relative; empty for the root."""
        return self.path.rpartition("/")[0]


def witness(note: Note, settings: VaultSettings) -> Witness | None:
    """What a note shows; `None` for a template, and where the app can't read the properties."""
    if note.frontmatter.error is not None or settings.is_template(note.path):
        return None
    properties: dict[str, tuple[str, YamlValue]] = {}
    for found in note.properties:
        properties.setdefault(found.key.lower(), (found.key, found.value))
    return Witness(note.path, properties, not (_OWNED & properties.keys() or is_daily(note.path, settings)))


def is_daily(path: str, settings: VaultSettings) -> bool:
    """Whether a note is in the folder of daily notes, or has a date for its name."""
    if settings.daily_folder and is_in(path, settings.daily_folder):
        return True
    return _DATE.fullmatch(path.rpartition("/")[2].removesuffix(".md")) is not None


def is_in(path: str, folder: str) -> bool:
    """Whether a path is below a folder; all are below the root, which is the empty name."""
    return not folder or path.startswith(f"{folder}/")


def as_glob(path: str) -> str:
    """A glob for one path: a `?` stands for a `*`, and for each byte of a name that is no Unicode and so no TOML."""
    return "".join(["?" if sign == "*" or not is_unicode(sign) else sign for sign in path])


def is_unicode(text: str) -> bool:
    """Whether UTF-8 can hold the text: it has no lone surrogates."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


class Coverage(Struct, frozen=True, gc=False):
    """How many of some notes have a property."""

    have: int
    notes: int

    @property
    def strong(self) -> bool:
        """Whether the notes that lack it can only be slips: one of twenty, or two of a hundred."""
        return self.notes - self.have <= slips(self.notes)


def slips(count: int) -> int:
    """How many of so many may be otherwise without anybody having meant it."""
    return max(count // 50, 1 if count >= _FEW else 0)


_FEW = 20


def tally(notes: Iterable[Witness]) -> Counter[str]:
    """Property in lower case -> how many of the notes have it."""
    found: Counter[str] = Counter()
    for note in notes:
        found.update(note.properties.keys())
    return found


def spelling(notes: Iterable[Witness], key: str) -> str:
    """The name of a property as most of the notes write it; of equals, the first in the alphabet."""
    written = Counter(note.properties[key][0] for note in notes if key in note.properties)
    return min(written, key=lambda name: (-written[name], name))
