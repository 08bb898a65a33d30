"""fileClasses of Metadata Menu, an Obsidian plug-in: notes whose frontmatter (or, of old, whose lines) lists fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vaultlint.schema.imports.draft import Draft, Import, all_of, any_of, as_table, as_text, as_words, distinct
from vaultlint.schema.imports.metadata_menu_fields import Lines, take_field
from vaultlint.schema.imports.metadata_menu_lines import inline_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultlint.note.note import Note

ALIAS = "fileClass"
"""The property that names a note's fileClass, unless the plug-in's settings name another."""

_SHOWN = ("icon", "limit", "savedViews", "favoriteView")
"""Of a fileClass: how the plug-in shows it."""


class FileClass(Struct, frozen=True):
    """One fileClass, as its note says it."""

    name: str
    """The path of its note below the folder of fileClasses, without `.md`."""
    path: str
    """Its note."""
    data: dict[str, Any]
    """Its frontmatter."""
    fields: tuple[dict[str, Any], ...]
    """Its own, in their order."""
    unread: tuple[str, ...] = ()
    """Lines of the old form that are no JSON."""
    broken: str = ""
    """What of it can't be read, and why."""

    @classmethod
    def of(cls, note: Note, name: str) -> FileClass:
        """What a note says."""
        data = {found.key: found.value for found in note.properties}
        listed = data.get("fields")
        if isinstance(listed, list | tuple):
            return cls(name, note.path, data, tuple(_ordered([as_table(one) for one in listed], data)))
        fields, unread = inline_fields(note)
        broken = note.frontmatter.error
        if broken is not None:
            return cls(name, note.path, data, tuple(fields), tuple(unread), f"its properties: {broken.message}")
        wild = "its 'fields': they are no list" if listed is not None else ""
        return cls(name, note.path, data, tuple(fields), tuple(unread), wild)


def from_metadata_menu(classes: Sequence[FileClass], settings: Mapping[str, Any], lines_of: Lines) -> Import:
    """A schema for each fileClass.

    `settings` are the plug-in's, as data of JSON; wild values are left out. `lines_of` gives the lines of a note of
    the vault that lists values, `None` where there is none.
    """
    known = {one.name: one for one in classes}
    drafts = distinct(_draft(one, known, settings, lines_of) for one in classes)
    return Import(drafts, tuple(_left(settings)))


def _draft(one: FileClass, known: dict[str, FileClass], settings: Mapping[str, Any], lines_of: Lines) -> Draft:
    draft = Draft(f"Metadata Menu's fileClass '{one.name}' ({one.path})", one.name)
    draft.selector = _selector(one, as_text(settings.get("fileClassAlias")) or ALIAS, draft)
    if one.name == as_text(settings.get("globalFileClass")):
        draft.left.append("that it is for all notes without a fileClass: conditions can't ask for what is not there")
    if one.broken:
        draft.left.append(one.broken)
    draft.left += [f"the line '{line[:80]}': no JSON stands behind the colons" for line in one.unread]
    for field in _inherited(one, known, draft):
        take_field(draft, field, lines_of)
    if shown := [key for key in _SHOWN if one.data.get(key)]:
        draft.left.append(f"{', '.join(shown)}: how the plug-in shows it")
    return draft


def _selector(one: FileClass, alias: str, draft: Draft) -> dict[str, Any]:
    found: list[dict[str, Any]] = [{"where": {alias: [one.name]}}]
    tags = [tag.removeprefix("#") for tag in as_words(one.data.get("tagNames"))]
    if one.data.get("mapWithTag") in (True, "true"):
        tags.insert(0, one.name)
    if tags := [tag for tag in dict.fromkeys(tags) if tag and " " not in tag]:
        found.append({"tag": tags})
    if paths := [path.strip("/") for path in as_words(one.data.get("filesPaths"))]:
        found.append({"match": [f"{path}/**" if path else "**" for path in paths]})
    if groups := as_words(one.data.get("bookmarksGroups")):
        draft.left.append(f"that it is for bookmarks in {', '.join(groups)}: bookmarks are no condition")
    return all_of([any_of(found)])


def _inherited(one: FileClass, known: dict[str, FileClass], draft: Draft) -> Iterator[dict[str, Any]]:
    """Its own fields, then those of the fileClasses that it extends; the nearer one of a name counts."""
    seen: set[str] = set()
    excluded = set(as_words(one.data.get("excludes")))
    for ancestor in _line(one, known, draft):
        for field in ancestor.fields:
            name = as_text(field.get("name"))
            if name and name not in excluded and name not in seen:
                seen.add(name)
                yield field
        excluded |= set(as_words(ancestor.data.get("excludes")))


def _line(one: FileClass, known: dict[str, FileClass], draft: Draft) -> list[FileClass]:
    """The fileClass and all that it extends, the nearest first, each once."""
    line = {one.name: one}
    waiting = as_words(one.data.get("extends"))
    while waiting:
        name = waiting.pop(0)
        if name in line:
            continue
        if name not in known:
            draft.left.append(f"what '{name}' gives it: there is no such fileClass")
            continue
        line[name] = known[name]
        waiting += as_words(known[name].data.get("extends"))
    return list(line.values())


def _ordered(fields: list[dict[str, Any]], data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """In the order that the fileClass gives, those that it does not name behind."""
    order = {name: place for place, name in enumerate(as_words(data.get("fieldsOrder")))}
    return sorted(fields, key=lambda field: order.get(as_text(field.get("id")), len(order)))


def _left(settings: Mapping[str, Any]) -> Iterator[str]:
    preset = settings.get("presetFields")
    if isinstance(preset, list) and (names := [as_text(as_table(one).get("name")) for one in preset]):
        yield f"the preset fields {', '.join(filter(None, names))}: they are for notes without a fileClass"
    queries = settings.get("fileClassQueries")
    for one in map(as_table, queries) if isinstance(queries, list) else ():
        name, query = as_text(one.get("fileClassName")), as_text(one.get("query"))
        if name:
            yield f"that '{name}' is for the notes of the query '{query}': a query of Dataview is no condition"
