"""What the app itself says of notes is what is read here, at the same places and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from vaultlint.note.note import Note, parse_note

EXCEPTIONS = {
    (
        "Songs/Are You Shivering?.md",
        "headings",
    ): "the dump is older than the text: it knows no heading of the note",
    (
        "Roadmap.md",
        "links 27:9",
    ): "the dump is older than the text: the line is like its neighbours, which are links",
}
"""Where the app's dump says otherwise, and why that stays. One that no longer applies fails the tests."""


class Place(NamedTuple):
    start: int
    end: int
    text: str


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def dumps(shared: Path) -> list[tuple[dict[str, Any], Note]]:
    found = lines_of(shared / "oracle" / "obsidian-metadata.jsonl")
    return [(dump, parse_note(dump["text"], dump["path"])) for dump in found]


@pytest.fixture(scope="session")
def notes(shared: Path, corpus: Any) -> dict[tuple[str, str], Note]:
    """The notes of the two vaults, by vault and path."""
    found: dict[tuple[str, str], Note] = {}
    for archive in (shared / "oracle").glob("*.tar.xz"):
        vault = archive.name.removesuffix(".tar.xz")
        root = corpus(vault)
        for file in root.rglob("*.md"):
            path = file.relative_to(root).as_posix()
            found[vault, path] = parse_note(file.read_bytes().decode(), path)
    return found


def places(entries: list[dict[str, Any]], text: str) -> list[Place]:
    return [Place(entry["start"], entry["end"], entry[text]) for entry in entries]


def place(note: Note, offset: int) -> tuple[int, int]:
    position = note.source.position(offset)
    return position.line, position.column


def differences(dumps: list[tuple[dict[str, Any], Note]], expected: Any, found: Any) -> dict[str, Any]:
    """By path: what the app sees and what is read, of the notes where they differ."""
    both = {dump["path"]: (expected(dump), found(note)) for dump, note in dumps}
    return {path: pair for path, pair in both.items() if pair[0] != pair[1]}


def test_headings(dumps: Any) -> None:
    """Every heading is where the app sees it, with its level and its raw text."""

    def expected(dump: Any) -> Any:
        return [(Place(h["start"], h["end"], h["text"]), h["level"]) for h in dump["headings"]]

    def found(note: Note) -> Any:
        return [(Place(h.span.start, h.span.end, h.text), h.level) for h in note.headings]

    assert {} == differences(dumps, expected, found)


def test_links(dumps: Any) -> None:
    """Every link is where the app sees it, with its target; links out of the vault are none."""

    def found(note: Note) -> Any:
        wikilinks = [Place(w.span.start, w.span.end, w.target) for w in note.wikilinks if not w.embed]
        links = [Place(k.span.start, k.span.end, k.destination) for k in note.links if not k.external and not k.image]
        return sorted(wikilinks + links)

    assert {} == differences(dumps, lambda dump: sorted(places(dump["links"], "link")), found)


def test_shown_text(dumps: Any) -> None:
    """Where a wikilink has a bar, what stands behind it is what the app shows."""
    for dump, note in dumps:
        shown = {entry["start"]: entry["display"] for entry in dump["links"] + dump["embeds"]}
        for wikilink in note.wikilinks:
            if wikilink.alias is not None:
                assert shown[wikilink.span.start] == wikilink.alias


def test_embeds(dumps: Any) -> None:
    """Every embed is where the app sees it, the `!` included."""

    def found(note: Note) -> Any:
        return [
            Place(e.span.start, e.span.end, getattr(e, "target", "") or getattr(e, "destination", ""))
            for e in note.embeds
            if not getattr(e, "external", False)
        ]

    assert {} == differences(dumps, lambda dump: places(dump["embeds"], "link"), found)


def test_tags(dumps: Any) -> None:
    """Every tag of the text is where the app sees it, in the case written."""

    def found(note: Note) -> Any:
        return [Place(t.span.start, t.span.end, "#" + t.name) for t in note.tags]

    assert {} == differences(dumps, lambda dump: places(dump["tags"], "tag"), found)


def test_block_ids(dumps: Any) -> None:
    """Every block id names the block that the app names."""

    def found(note: Note) -> Any:
        return [Place(b.block_span.start, b.block_span.end, b.id) for b in note.block_ids]

    assert {} == differences(dumps, lambda dump: places(dump["blocks"], "id"), found)


def test_sections(dumps: Any) -> None:
    """The root of a note is divided into the blocks that the app sees."""

    def expected(dump: Any) -> Any:
        return [(s["type"], s["start_line"], s["end_line"]) for s in dump["sections"]]

    def found(note: Note) -> Any:
        line_of = note.source.line_of
        return [(s.type, line_of(s.span.start), line_of(s.span.end)) for s in note.sections]

    assert {} == differences(dumps, expected, found)


def app_item(note: Note, at: int) -> tuple[int, int, int, int, str | None]:
    """Line, column, last line, parent and task of an item as the app's cache has them.

    The app counts an item's column from where the content of the item around it begins, ends it before its first
    nested item, and gives it the blank lines before the next item of its list. It names a parent by its line from 0,
    and where there is none by minus the line on which the list begins (-1 for line 0).
    """
    item = note.items[at]
    home = note.lists[item.list]
    line_of = note.source.line_of
    line, column = place(note, item.marker_span.start)
    siblings = home.items
    later = [note.items[one].marker_span.start for one in siblings[siblings.index(at) + 1 :][:1]]
    later += [each.marker_span.start for each in note.items if each.parent == at][:1]
    end_line = line_of(min(later)) - 1 if later else line_of(item.span.end)
    if item.parent is None:
        root = line_of(home.span.start) - 1
        return line, column, end_line, -root or -1, item.task
    holder = note.items[item.parent]
    _, content = place(note, holder.task_span.start if holder.task_span else holder.content_span.start)
    return line, min(column, content), end_line, line_of(holder.marker_span.start) - 1, item.task


def test_list_items(dumps: Any) -> None:
    """Every item of a list is on the lines and in the item where the app sees it, with its task character."""

    def expected(dump: Any) -> Any:
        return [(i["line"], i["column"], i["end_line"], i["parent"], i.get("task")) for i in dump["list_items"]]

    def found(note: Note) -> Any:
        return [app_item(note, at) for at in range(len(note.items))]

    assert {} == differences(dumps, expected, found)


def test_properties(dumps: Any) -> None:
    """The properties have the keys and values that the app reads."""

    def found(note: Note) -> Any:
        return {each.key: each.value for each in note.properties} or None

    assert {} == differences(dumps, lambda dump: dump.get("frontmatter") or None, found)


def test_property_links(dumps: Any) -> None:
    """The links of the frontmatter have the app's keys, text and target."""

    def expected(dump: Any) -> Any:
        return [(entry["key"], entry["raw"], entry["link"]) for entry in dump["frontmatter_links"]]

    def found(note: Note) -> Any:
        return [(each.key, each.link.span.of(note.text), each.link.target) for each in note.property_links]

    assert {} == differences(dumps, expected, found)


def test_headings_of_whole_vaults(shared: Path, notes: Any) -> None:
    """In the notes of two vaults the headings are the app's, in order."""
    differing = set()
    for dump in lines_of(shared / "oracle" / "vault-notes.jsonl"):
        note = notes.get((dump["vault"], dump["path"]))
        if note is None or not note.text:
            continue
        expected = [(heading["text"], heading["level"]) for heading in dump.get("headings", [])]
        if expected != [(heading.text, heading.level) for heading in note.headings]:
            differing.add((dump["path"], "headings"))

    assert {key for key in EXCEPTIONS if key[1] == "headings"} == differing


def test_tags_of_whole_vaults(shared: Path, notes: Any) -> None:
    """In the notes of two vaults the tags of text and frontmatter are the app's."""
    for dump in lines_of(shared / "oracle" / "vault-notes.jsonl"):
        note = notes.get((dump["vault"], dump["path"]))
        if note is None or not note.text:
            continue
        tags = note.property("tags")
        values = ([item.value for item in tags.items] or [tags.value]) if tags else []
        found = {tag.name.lower() for tag in note.tags}
        found |= {str(value).lower().removeprefix("#") for value in values if value}

        assert set(dump.get("tags_lower_unique") or ()) == found, dump["path"]


def test_links_of_whole_vaults(shared: Path, notes: Any) -> None:
    """In the notes of two vaults every link that the app indexed is read, and what it did not index is not."""
    read: dict[tuple[str, str], dict[tuple[int, int], str]] = {}
    for key, note in notes.items():
        links = [*note.wikilinks, *(link for link in note.links if not link.external)]
        read[key] = {place(note, k.span.start): k.span.of(note.text) for k in links}
    differing = set()
    listed = set()
    for dump in lines_of(shared / "oracle" / "links.jsonl"):
        key = (dump["vault"], dump["path"])
        listed.add(key)
        found = read[key].pop((dump["line"], dump["column"]), None)
        if not dump.get("uncertain") and found != (dump["raw"] if dump["indexed"] else None):
            differing.add((dump["path"], f"links {dump['line']}:{dump['column']}"))

    assert {key for key in EXCEPTIONS if key[1] != "headings"} == differing
    assert [] == [(key, link) for key in listed for link in read[key].items()]
