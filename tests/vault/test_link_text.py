"""What is written for a file in a link: as the app would, and always leading back to the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.vault.files import FileTable
from vaultlint.vault.index import Index
from vaultlint.vault.settings import VaultSettings

FORMATS = ("shortest", "relative", "absolute")


def index(files: tuple[str, ...], form: str = "shortest") -> Index:
    return Index(FileTable("/", files, files), {}, VaultSettings(new_link_format=form))


@pytest.mark.parametrize(
    ("form", "path", "source", "text"),
    [
        ("shortest", "Food/Soup.md", "Home.md", "Soup"),
        ("shortest", "Food/Tea.md", "Home.md", "Food/Tea"),
        ("shortest", "img/Soup.png", "Home.md", "Soup.png"),
        ("absolute", "Food/Soup.md", "Home.md", "Food/Soup"),
        ("absolute", "Home.md", "Food/Soup.md", "Home"),
        ("relative", "Food/Soup.md", "Home.md", "Food/Soup"),
        ("relative", "Food/Soup.md", "Food/Tea.md", "Soup"),
        ("relative", "Food/Soup.md", "Drinks/Hot/Tea.md", "../../Food/Soup"),
        ("relative", "Drinks/Tea.md", "Drinks/Hot/Tea.md", "../Tea"),
        ("relative", "img/Soup.png", "Drinks/Tea.md", "../img/Soup.png"),
    ],
)
def test_formats(form: str, path: str, source: str, text: str) -> None:
    """`newLinkFormat` decides: the bare name if no other file has it; from the note; from the root."""
    files = ("Home.md", "Food/Soup.md", "Food/Tea.md", "Drinks/Tea.md", "Drinks/Hot/Tea.md", "img/Soup.png")

    assert text == index(files, form).link_text(path, source)


def test_shadowed_by_the_root() -> None:
    """Where the plain form would lead to another file, a more exact one is written."""
    assert "./Soup" == index(("Soup.md", "a/Soup.md"), "relative").link_text("a/Soup.md", "a/Home.md")


def test_shadowed_by_an_extension() -> None:
    """A name that another note's name begins with keeps its extension."""
    assert "Soup.md.md" == index(("Soup.md", "Soup.md.md")).link_text("Soup.md.md", "Home.md")


def test_unicode_form() -> None:
    """Names are written in NFC, whatever the disk has (semantics 1.25)."""
    assert "caf\u00e9" == index(("cafe\u0301.md",)).link_text("cafe\u0301.md", "Home.md")


FOLDERS = st.sampled_from(["", "a/", "b/", "a/b/", "a/a/", "zz/"])
NAMES = st.sampled_from(["Soup", "Tea", "é", "e\u0301", "v1.9", "a", "b", "Soup.png"])
FILES = st.builds(lambda folder, name: f"{folder}{name}.md", FOLDERS, NAMES)


@given(
    st.lists(FILES, unique_by=lambda path: path.replace("e\u0301", "é"), min_size=1),
    st.sampled_from(FORMATS),
    FILES,
)
def test_leads_back(files: list[str], form: str, source: str) -> None:
    """Whatever vault, format and note, what is written leads back to the file, and to no other."""
    vault = index(tuple(files), form)

    for path in files:
        target = vault.resolver.resolve(vault.link_text(path, source), source)
        assert (path, False) == (target.path, target.ambiguous)
