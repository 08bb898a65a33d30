"""Schemas that plug-ins of the app keep, read from a vault and made to text of a config."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.config.foreign import LARGEST, app_folder, as_json, first_of, read_foreign
from vaultlint.config.roots import find_root
from vaultlint.note.note import parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.rule.errors import UserError
from vaultlint.schema.imports.draft import Import, as_table, as_text
from vaultlint.schema.imports.metadata_menu import FileClass, from_metadata_menu
from vaultlint.schema.imports.propsec import from_propsec
from vaultlint.vault.files import FileTable, read_regular, walk

if TYPE_CHECKING:
    from pathlib import Path

    from vaultlint.note.note import Note


def import_propsec(place: Path) -> Import:
    """Effect: reads Propsec's settings: `place` is a file of them, or a folder of a vault. Raises `UserError`."""
    if place.is_dir():
        root = find_root(place)
        shown, data = first_of(root, f"{app_folder(root)}/plugins/propsec/data.json", "propsec.config.json")
    else:
        shown, data = str(place), read_foreign(place)
    try:
        return from_propsec(as_json(data, shown))
    except ValueError as error:
        raise UserError(f"'{shown}' holds no schemas of Propsec: {error}") from None


def import_metadata_menu(place: Path) -> Import:
    """Effect: reads fileClasses of Metadata Menu: `place` is a vault, a folder of these, or one. Raises `UserError`."""
    root = find_root(place)
    files = walk(root)
    inside = place.absolute().relative_to(root).as_posix() if place.absolute().is_relative_to(root) else ""
    settings = _plugin(root, needed=inside in ("", "."))
    folder = inside if place.is_dir() else inside.rpartition("/")[0]
    if folder in ("", "."):
        folder = as_text(settings.get("classFilesPath")).strip("/")
        if not folder:
            raise UserError("the settings of Metadata Menu name no folder of fileClasses: name it, or a fileClass")
    classes = [FileClass.of(note, name) for note, name in _notes(files, f"{folder}/")]
    found = from_metadata_menu(classes, settings, lambda path: _lines(files, path))
    if not place.is_dir():
        found = Import(tuple(one for one, each in zip(found.drafts, classes, strict=True) if each.path == inside))
    if not found.drafts:
        raise UserError(f"there is no fileClass in '{folder}'")
    return found


def _plugin(root: Path, *, needed: bool) -> dict[str, Any]:
    """The settings of Metadata Menu; empty where there are none, unless they are needed."""
    try:
        shown, data = first_of(root, f"{app_folder(root)}/plugins/metadata-menu/data.json")
    except UserError:
        if needed:
            raise
        return {}
    return as_table(as_json(data, shown))


def _notes(files: FileTable, below: str) -> list[tuple[Note, str]]:
    """The notes below a folder, each with the name of its fileClass; those that can't be read are left out."""
    found = []
    for path in files.notes:
        note = _note(files, path) if path.startswith(below) else None
        if note is not None:
            found.append((note, path.removeprefix(below)[:-3]))
    return found


def _note(files: FileTable, path: str) -> Note | None:
    try:
        return parse_note(decode(read_regular(files.locate(path), LARGEST)), path)
    except (OSError, NoteDecodeError):
        return None


def _lines(files: FileTable, path: str) -> list[str] | None:
    note = _note(files, path) if path in files.notes else None
    return None if note is None else note.text[note.body_start :].splitlines()
