"""How links are written anew, whatever stands around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultlint.rule.finding import Diagnostic
from vaultlint.rule.fix import Edit

Found = Callable[..., tuple[Diagnostic, ...]]
Mended = Callable[..., str]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("pea_soup (green).md", "[a](Pea%20Soup%20%28Green%29.md)", "[a](pea_soup%20%28green%29.md)"),
        ("pea_soup (green).md", "[a](<Pea Soup (Green).md>)", "[a](<pea_soup (green).md>)"),
        ("pea_soup 100%.md", "[a](Pea%20Soup%20100%25.md)", "[a](pea_soup%20100%25.md)"),
        ("pea_soup.md", "[a](Pea%20Soup.md#How%20much)", "[a](pea_soup.md#How%20much)"),
        ("pea_soup.md", '[a](Pea%20Soup "title")', '[a](pea_soup "title")'),
        ("pea_soup.md", "[a][id]\n\n[id]: Pea%20Soup.md", "[a][id]\n\n[id]: Pea%20Soup.md"),
        ("pea_soup.md", "[[Pea Soup.md]]", "[[pea_soup.md|Pea Soup.md]]"),
        ("pea_soup.md", "[[ Pea Soup ]]", "[[ pea_soup |Pea Soup]]"),
        ("pea_soup.md", "> [!note] [[Pea Soup|x]]", "> [!note] [[pea_soup|x]]"),
        ("pea_soup.md", "## [[Pea Soup|x]]", "## [[pea_soup|x]]"),
        ("pea_soup.md", "soup:: [[Pea Soup|x]]", "soup:: [[pea_soup|x]]"),
    ],
)
def test_places(mended: Mended, file: str, before: str, after: str) -> None:
    """A link keeps its form, and its new path is encoded as that form wants it."""
    vault = {file: "# How much\n", "Note.md": before}

    assert after == mended(vault, "unresolved-link")


def test_a_shorter_name_that_is_taken(mended: Mended) -> None:
    """A name that two files have is written with its folder."""
    vault = {"a/pea_soup.md": "", "b/c/stew.md": "", "stew.md": "", "Note.md": "[[pea soup]] [[b/c/Ste w]]"}

    assert "[[pea_soup|pea soup]] [[b/c/Ste w]]" == mended(vault, "unresolved-link")


def test_headings_that_are_linked_to(mended: Mended) -> None:
    """A link in a heading stays as it is where another link names that heading."""
    vault = {"pea_soup.md": "", "Note.md": "## On [[Pea Soup]]\n\n[[#On Pea Soup]]\n"}

    assert vault["Note.md"] == mended(vault, "unresolved-link")


def test_line_breaks_stay(mended: Mended) -> None:
    """Line breaks and a byte order mark outside a link stay as they are."""
    vault = {"pea_soup.md": "", "Note.md": "\ufeffOne\r\n[[Pea Soup|x]]\r\nthree\r"}

    assert "\ufeffOne\r\n[[pea_soup|x]]\r\nthree\r" == mended(vault, "unresolved-link")


@pytest.mark.parametrize(
    ("files", "after"),
    [
        (["Recipes.md"], "[[Recipes]]"),
        (["Recipes.md", "a/Recipes.md"], "[[Recipies]]"),
        (["Recipxes.md", "Recipzes.md"], "[[Recipies]]"),
        (["Recipiex.md"], "[[Recipies]]"),
        (["Xecipies.md"], "[[Recipies]]"),
        (["Rexixies.md"], "[[Recipies]]"),
    ],
)
def test_slips(mended: Mended, files: list[str], after: str) -> None:
    """A slip is mended where one file is meant, and its ends and all other letters are the same."""
    vault = {**dict.fromkeys(files, ""), "Note.md": "[[Recipies]]"}

    assert after == mended(vault, "unresolved-link")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[PSoup]]", "[[Pea Soup|PSoup]]"),
        ("[[psoup|x]]", "[[Pea Soup|x]]"),
        ("[[ PSoup#How ]]", "[[ Pea Soup#How |PSoup > How]]"),
        ("![[PSoup#How]]", "![[Pea Soup#How]]"),
        ("[x](PSoup#How)", "[x](Pea%20Soup#How)"),
        ("[x](<PSoup>)", "[x](<Pea Soup>)"),
        ("%% [[PSoup]] %%", "%% [[PSoup]] %%"),
        ("`[[PSoup]]` $[[PSoup]]$", "`[[PSoup]]` $[[PSoup]]$"),
    ],
)
def test_aliases(mended: Mended, before: str, after: str) -> None:
    """A link to an alias leads to the note and shows what it showed."""
    vault = {"Pea Soup.md": "---\naliases: [PSoup]\n---\n# How\n", "Note.md": before}

    assert after == mended(vault, "alias-as-target")


def test_a_heading_is_named_as_it_stands(found: Found) -> None:
    """A suggestion names the heading in the note's own words, however the link has to write it."""
    (one,) = found({"Soup.md": "## Peas: green\n", "Note.md": "[a](Soup.md#Peas:%20gren)"}, "unresolved-heading")

    assert one.fix is not None
    (edit,) = one.fix.changes
    assert isinstance(edit, Edit)
    assert ("link to the heading 'Peas: green'", "Peas%20green") == (one.fix.title, edit.text)
