"""The facts of all notes together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultlint.note.note import parse_note
from vaultlint.vault.facts_of import facts_of
from vaultlint.vault.index import Index
from vaultlint.vault.links import Target

IndexOf = Callable[..., Index]
AskFor = Callable[[Index, str, str], Target]

VAULT = {
    "Home.md": "[[Soup#Method]]\n\n[tea](Tea.md) and [[Soup]]\n\n[[#Here]]\n\n# Here\n",
    "Food/Soup.md": "---\naliases: [Broth, Stew]\n---\n# Soup\n\n## Method\n\nBoil. ^boil\n\n> ## Quoted\n",
    "Tea.md": "---\naliases: broth\nsee: '[[Soup#^boil|x]]'\n---\nText\n",
    "plan.pdf": "",
}


@pytest.fixture(scope="module")
def index(index_of: IndexOf) -> Index:
    return index_of(VAULT)


def test_place_found(index: Index, target: AskFor) -> None:
    """A link with a heading or block is judged down to the heading or block."""
    found = target(index, "Soup#Method", "Home.md")
    block = target(index, "Soup#^BOIL", "Home.md")

    assert found.heading is not None
    assert (2, "Method", False) == (found.heading.level, found.heading.text, found.heading_missing)
    assert block.block is not None
    assert ("boil", False, False) == (block.block.id, block.block_missing, block.heading_missing)


def test_place_missing(index: Index, target: AskFor) -> None:
    """A missing heading or block is no missing file (semantics 2.9)."""
    heading, block = target(index, "Soup#Taste", "Home.md"), target(index, "Soup#^taste", "Home.md")

    assert [(False, True, False), (False, False, True)] == [
        (found.missing, found.heading_missing, found.block_missing) for found in (heading, block)
    ]


def test_headings_in_quotes(index: Index, target: AskFor) -> None:
    """A heading in a quote is not indexed, so nothing leads to it (observed 39)."""
    assert target(index, "Soup#Quoted", "Home.md").heading_missing


def test_own_heading(index: Index, target: AskFor) -> None:
    """`[[#Here]]` leads to the note's own heading."""
    found = target(index, "#here", "Home.md")

    assert "Home.md" == found.path
    assert found.heading is not None


def test_places_of_other_files(index: Index, target: AskFor) -> None:
    """What is behind the `#` of a file that is no note is its own business (semantics 1.13)."""
    found = target(index, "plan.pdf#page=3", "Home.md")

    assert ("plan.pdf", False, False) == (found.path, found.heading_missing, found.block_missing)


def test_note_without_facts(index: Index, target: AskFor) -> None:
    """In a note that could not be read nothing is missing."""
    unread = Index(index.files, {})

    assert not target(unread, "Soup#Nowhere", "Home.md").heading_missing


def test_missing_file_with_place(index: Index, target: AskFor) -> None:
    """Where the file is missing, that is all there is to say."""
    found = target(index, "Pie#Method", "Home.md")

    assert (True, False, ("Method",)) == (found.missing, found.heading_missing, found.subpath)


def test_aliases_resolve_nothing(index: Index, target: AskFor) -> None:
    """An alias does not resolve a link (observed 36), and the index knows who has it."""
    assert target(index, "Broth", "Home.md").missing
    assert ["Food/Soup.md", "Tea.md"] == [path for path, _ in index.aliases["broth"]]


def test_names(index: Index) -> None:
    """Notes by name, without folder and extension, case aside."""
    assert {"home": ("Home.md",), "soup": ("Food/Soup.md",), "tea": ("Tea.md",)} == index.names


def test_backlinks(index: Index) -> None:
    """All links to a file, those of properties and those of a note to itself included."""
    assert [("Home.md", "Soup#Method"), ("Home.md", "Soup"), ("Tea.md", "Soup#^boil")] == [
        (source, link.target) for source, link in index.backlinks("Food/Soup.md")
    ]
    assert ["Home.md"] == [source for source, _ in index.backlinks("Home.md")]
    assert () == index.backlinks("plan.pdf")


def test_near_heading(index: Index) -> None:
    """The heading that may be meant, in its own words."""
    assert "Method" == index.near_heading("Food/Soup.md", "Methods")
    assert index.near_heading("plan.pdf", "Methods") is None


def test_renewed_facts(index: Index, target: AskFor) -> None:
    """With facts renewed, verdicts, aliases and backlinks are new; the old index stays as it was."""
    assert target(index, "Soup#Method", "Home.md").heading is not None

    text = "---\naliases: Stock\n---\n# Taste\n\n[[Home]]\n"
    renewed = index.with_facts({"Food/Soup.md": facts_of(parse_note(text, "Food/Soup.md"))})

    assert target(renewed, "Soup#Method", "Home.md").heading_missing
    assert target(renewed, "Soup#Taste", "Home.md").heading is not None
    assert ["stock", "broth"] == list(renewed.aliases)
    assert "Food/Soup.md" in [source for source, _ in renewed.backlinks("Home.md")]
    assert target(index, "Soup#Method", "Home.md").heading is not None
    assert renewed.resolver is index.resolver


def test_faults_of_a_note(index_of: IndexOf) -> None:
    """Faults are the links that lead to no file, heading or block, and those that several files fit."""
    links = "[[B]] [[C]] [[B#Here]] [[B#There]] [[B#^x]] [[D]] [[x/D]] [[../../Out]] [[#Here]]"
    index = index_of({"A.md": links, "B.md": "# Here\n", "x/D.md": "", "y/D.md": ""})

    faults = index.faults(index.facts["A.md"])

    assert ["C", "B#There", "B#^x", "D", "#Here"] == [link.target for link, _ in faults]
    assert [index.resolve(link, "A.md") for link, _ in faults] == [target for _, target in faults]


def test_looking_up_before_all_is_known(index_of: IndexOf) -> None:
    """Links that were looked up before the facts of all notes were known lead where they lead."""
    notes = {"A.md": "[[B#Here]] [[C]]", "B.md": "# Here\n"}
    known = index_of(notes)
    index = Index(known.files, {})
    for facts in known.facts.values():
        index.look_up(facts)
    index = index.with_facts(known.facts)

    links = known.facts["A.md"].links
    assert [known.resolve(link, "A.md") for link in links] == [index.resolve(link, "A.md") for link in links]
