"""Whether a note is judged, and which schemas are for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.config.context import context_of
from vaultlint.config.explained import Explained, Said, excluded_by
from vaultlint.note.note import parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.rule.exempt import PLUGIN_NOTE, TEMPLATE, Exemptions
from vaultlint.schema.select import Chooser
from vaultlint.schema.title import chosen_by, titles_of
from vaultlint.vault.files import walk
from vaultlint.vault.ignored import read_filter
from vaultlint.vault.settings import CONFIG_FOLDER, find_config_folder, read_app_file, read_settings
from vaultlint.vault.suppressions import PROPERTY, find_suppressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.config.settings import Resolved
    from vaultlint.note.note import Note
    from vaultlint.schema.model import Selector


class SchemaSaid(Struct, frozen=True):
    """A schema of the config, or of a pack."""

    title: str
    """What people call it."""
    place: str
    chosen_by: str
    """Which notes it is for, in words."""
    applies: str
    """Whether it is for the note: `yes`, `no`, `by links` where what links to the note decides; empty for a vault."""


class Judged(Struct, frozen=True):
    """What becomes of a note."""

    left_out: tuple[Said, ...]
    """What keeps it from being judged."""
    schemas: tuple[SchemaSaid, ...]
    unread: str = ""
    """Why the note could not be read, so that nobody knows which schemas are for it."""
    remarks: tuple[str, ...] = ()
    """Which rules do not speak of the note, in words."""


def judged_of(resolved: Resolved, explained: Explained) -> Judged:
    """Effect: reads the note that the settings were explained for, and the app's settings."""
    root, path = explained.root, explained.path
    if path is None:
        return Judged((), tuple(_schemas(resolved, None)))
    note, unread = _note(root, path, resolved.settings.max_note_size)
    left_out = (*excluded_by(explained, path), *_ignored(root, path))
    return Judged(left_out, tuple(_schemas(resolved, note)), unread, tuple(_remarks(resolved, note)))


def _note(root: str, path: str, most: int) -> tuple[Note | None, str]:
    if path not in walk(root).notes:
        return None, "there is no such note yet" if not path.startswith(".") else "it is in a hidden folder"
    try:
        return parse_note(decode(read_app_file(root, path)[: most + 1]), path), ""
    except (OSError, NoteDecodeError) as error:
        return None, str(getattr(error, "strerror", None) or error)


def _ignored(root: str, path: str) -> Iterator[Said]:
    """The app's own excluded files that hit a note."""
    folder = find_config_folder(root) or CONFIG_FOLDER
    try:
        settings = json.loads(read_app_file(root, f"{folder}/app.json").decode("utf-8-sig"))
        entries = settings.get("userIgnoreFilters") if isinstance(settings, dict) else None
    except (OSError, ValueError, RecursionError):
        return
    for entry in entries if isinstance(entries, list) else ():
        try:
            if isinstance(entry, str) and entry and read_filter(entry).hits(path):
                yield Said(entry, f"excluded files of the app, in {folder}/app.json")
        except ValueError:
            continue  # a check says that it is not heeded


def _remarks(resolved: Resolved, note: Note | None) -> Iterator[str]:
    if note is None:
        return
    context = context_of(resolved.settings, read_settings(resolved.settings.root))
    kind = Exemptions(context).kind_of(note)
    if kind & TEMPLATE:
        yield "it is a template: many rules do not speak of it"
    if kind & PLUGIN_NOTE:
        yield "it is owned by a plug-in: rules about its form do not speak of it"
    for one in find_suppressions(note):
        if one.kind == "property":
            names = ", ".join(one.rules) or "all rules"
            yield f"its property '{PROPERTY}' switches off {names}"


def _schemas(resolved: Resolved, note: Note | None) -> Iterator[SchemaSaid]:
    schemas = resolved.settings.schemas
    places = [layer.place(("schema", at)) for layer in resolved.layers for at in range(len(layer.schemas))]
    for title, schema, place in zip(titles_of(schemas), schemas, places, strict=True):
        applies = ""
        if note is not None:
            applies = "yes" if Chooser(schema.selector).chooses(note) else "no"
            applies = "by links" if _asks_for_links(schema.selector) else applies
        yield SchemaSaid(title, place, chosen_by(schema.selector), applies)


def _asks_for_links(selector: Selector) -> bool:
    return bool(selector.linked_from) or any(map(_asks_for_links, selector.any))
