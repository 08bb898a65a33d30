"""Small vaults to ask questions of: without a disk, as a file table or as an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pytest

from vaultlint.note.model import Span
from vaultlint.vault.facts import LinkFact
from vaultlint.vault.files import FileTable
from vaultlint.vault.index import Index
from vaultlint.vault.links import Resolver, Target
from vaultlint.vault.names import is_note_path
from vaultlint.vault.settings import VaultSettings

NOWHERE = Span(0, 0)


def table_of(paths: Iterable[str]) -> FileTable:
    files = tuple(paths)
    return FileTable("/vault", tuple(filter(is_note_path, files)), files)


def as_link(text: str) -> LinkFact:
    """`Path#Heading#^id` as a link of some note."""
    path, *subpath = text.split("#")
    return LinkFact(NOWHERE, path, NOWHERE, tuple(subpath), NOWHERE, None, False, False)


@pytest.fixture(scope="session")
def resolver() -> Callable[..., Resolver]:
    """Of a vault with these files."""
    return lambda *paths: Resolver(table_of(paths))


@pytest.fixture(scope="session")
def leads() -> Callable[..., str | None]:
    """Where a link from a note leads, in a vault with these files."""
    return lambda link, source, *paths: Resolver(table_of(paths)).resolve(link, source).path


@pytest.fixture(scope="session")
def index_of() -> Callable[..., Index]:
    """The index of a vault: path -> text, with settings if wanted."""

    def build(notes: Mapping[str, str], settings: VaultSettings | None = None) -> Index:
        from vaultlint.note.note import parse_note
        from vaultlint.vault.facts_of import facts_of

        files = table_of(sorted(notes))
        facts = {path: facts_of(parse_note(notes[path], path)) for path in files.notes}
        return Index(files, facts, settings)

    return build


@pytest.fixture(scope="session")
def target() -> Callable[[Index, str, str], Target]:
    """What the link `text` in the note `source` leads to."""
    return lambda index, text, source: index.resolve(as_link(text), source)
