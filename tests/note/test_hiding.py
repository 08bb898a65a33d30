"""What hides what: one case for each cell of the table in `obsidian`."""

from __future__ import annotations

import pytest

from vaultlint.note.note import Note, parse_note
from vaultlint.note.obsidian import HIDDEN_BY

INSIDE = {
    "frontmatter": "---\n{}\n---\n",
    "fenced": "```\n{}\n```\n",
    "indented": "text\n\n    {}\n",
    "inline": "a `b {} c` d\n",
    "math": "$$\n{}\n$$\n",
    "html-block": "<div>\n{}\n</div>\n",
    "html-comment": "<!--\n{}\n-->\n",
    "html-tag": "a <b title='c {} d'>e</b>\n",
    "autolink": "<x-y:{}>\n",
    "comment": "%%\n{}\n%%\n",
    "destination": "[a](<b {} c>)\n",
    "wikilink": "[[a {} b]]\n",
    "image": "![a {} b](c)\n",
}
PROBES = {
    "links": "[[Probe]]",
    "tags": "#probe",
    "headings": "# Probe",
    "block-ids": "text ^probe",
    "items": "- probe",
}
BLOCKS = ("frontmatter", "fenced", "indented", "math", "html-block", "html-comment", "comment")
CELLS = [
    (what, hider)
    for what in PROBES
    for hider in INSIDE
    if hider in BLOCKS or what in ("links", "tags")  # the others begin, or end, a line
]


def finds(note: Note, what: str) -> bool:
    found = {
        "links": [link.target for link in note.wikilinks],
        "tags": [tag.name for tag in note.tags],
        "headings": [heading.text for heading in note.headings],
        "block-ids": [block.id for block in note.block_ids],
        "items": [item.content_span.of(note.text) for item in note.items],
    }
    return any(name.casefold() == "probe" for name in found[what])


@pytest.mark.parametrize(("what", "hider"), CELLS, ids=lambda cell: str(cell))
def test_cell(what: str, hider: str) -> None:
    """A construct is read in a kind of text unless the table says that it is hidden there."""
    note = parse_note("\n" * (hider != "frontmatter") + INSIDE[hider].format(PROBES[what]))

    assert (hider not in HIDDEN_BY[what]) == finds(note, what)


@pytest.mark.parametrize("what", PROBES)
def test_probe_is_found_in_the_open(what: str) -> None:
    """What the cells look for is there where nothing hides it."""
    assert finds(parse_note(f"before\n\n{PROBES[what]}\n\nafter\n"), what)


@pytest.mark.parametrize(
    "text",
    [
        "a $b [[Probe]] #probe$ c",
        "a $$b [[Probe]] #probe$$ c",
        "a <!-- [[Probe]] #probe --> b",
        "> ```\n> [[Probe]] #probe\n> ```",
        "- a\n  ```\n  [[Probe]] #probe\n  ```",
        "%%\n`[[Probe]] #probe`\n%%",
        "%%\n```\n[[Probe]] #probe\n```\n%%",
        "text\n$$\n\n[[Probe]] #probe",
        "> \t[[Probe]] #probe",
        "~~~\n[[Probe]] #probe\n```\n",
        "\\[\\[Probe\\]\\] \\#probe",
    ],
)
def test_hidden_in_other_places(text: str) -> None:
    """Math in a line, comments in a line, code in quotes, items and comments hide links and tags as well."""
    note = parse_note(text)

    assert not finds(note, "links")
    assert not finds(note, "tags")


@pytest.mark.parametrize(
    "text",
    [
        "a %% [[Probe]] #probe %% b",
        "<del>[[Probe]] #probe </del>",
        "> [!note] [[Probe]] #probe",
        "| [[Probe]] #probe |\n|---|",
        "[^1]: [[Probe]] #probe",
        "- [ ] [[Probe]] #probe",
        "# [[Probe]] #probe",
        "$5 [[Probe]] #probe and $6",
        "a ` b [[Probe]] #probe",
        "x:: $$\n[[Probe]] #probe",
        "```\ncode\n```\n[[Probe]] #probe",
        "```\n%%\n```\n[[Probe]] #probe\n\n%%\n",
        "==[[Probe]] #probe ==",
        "**[[Probe]]** #probe",
        "^[a [[Probe]] #probe ]",
    ],
)
def test_not_hidden(text: str) -> None:
    """Comments in a line, marks, prices and signs that nothing closes hide neither links nor tags."""
    note = parse_note(text)

    assert finds(note, "links")
    assert finds(note, "tags")


def test_math_hides_markdown_links_as_well() -> None:
    """A link within math in a line is none; one that holds math, or stands between two, is."""
    assert () == parse_note("a $b [c](d) e$ f").links
    assert 1 == len(parse_note("a [b $c$ d](e) f").links)
    assert 2 == len(parse_note("$a$ [b](c) $d$ [e](f)").links)


def test_opaque_text() -> None:
    """Opaque are frontmatter, code, math, HTML blocks and HTML comments; not comments between `%%`."""
    text = "---\na: 1\n---\n`b` $c$ %%d%% <!--e--> <b>f</b>\n\n<div>\ng\n</div>\n"
    note = parse_note(text)

    assert ["---\na: 1\n---", "`b`", "$c$", "<!--e-->", "<div>\ng\n</div>"] == [s.of(text) for s in note.opaque]
    assert note.hidden(note.math[0].span)
    assert not note.hidden(note.comments[0].span)
