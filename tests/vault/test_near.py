"""Names that may be meant by a name that leads nowhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from vaultlint.vault.files import FileTable
from vaultlint.vault.index import Index
from vaultlint.vault.near import NearestHeading


@pytest.fixture(scope="module")
def near() -> Callable[..., str | None]:
    return lambda path, *files: index(*files).near(path)


def index(*files: str) -> Index:
    return Index(FileTable("/", tuple(file for file in files if file.endswith(".md")), files), {})


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("Recipies", "Food/Recipes.md"),
        ("Recieps", "Food/Recipes.md"),
        ("Kitchen Tolls", "Kitchen Tools.md"),
        ("hot_soup", "Hot Soup.md"),
        ("Hot-Soup.md", "Food/hot soup.md"),
        ("My%20Soup", "My Soup.md"),
        ("Cook's Soup", "Cook’s Soup.md"),
        ("Figure 1", "img/Figure 1.png"),
        ("soup.jpg", "img/soup.jpeg"),
        ("Drinks/Soup", "Food/Soup.md"),
        ("../Soup", "Food/Soup.md"),
        ("Soup.md", "Soup"),
    ],
)
def test_near(link: str, file: str) -> None:
    """Another spelling, another folder, an extension left out, or a slip of the fingers."""
    assert file == index(file, "Home.md", "img/other.png").near_file(link)


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("Chapter 1", "Chapter 2.md"),
        ("2024-01-01", "2024-01-07.md"),
        ("Cat", "Car.md"),
        ("Soup", "Group.md"),
        ("Feelee", "Feeder.md"),
        ("Apple pie", "Maple tree.md"),
        ("苹果", "苹菜.md"),
        ("", "a.md"),
        ("/", "a.md"),
        ("...", "a.md"),
    ],
)
def test_never_silly(link: str, file: str) -> None:
    """Other numbers are other things, and a short name must be very near."""
    assert index(file).near_file(link) is None


def test_spelling_before_slips(near: Callable[..., str | None]) -> None:
    """The same name in another spelling or folder is nearer than any slip."""
    assert "hot-soups" == near("Hot Soups", "Hot Soup.md", "deep/er/hot-soups.md")


def test_the_nearest(near: Callable[..., str | None]) -> None:
    """The fewest slips win; then the same first letter; then the alphabet."""
    assert "Recipe" == near("Recipee", "Recipes.md", "Recipe.md", "Recipeed.md")
    assert "Meetings" == near("Meetingz", "Peetingz.md", "Meetings.md")


def test_name_or_path(near: Callable[..., str | None]) -> None:
    """A name that several files have is offered with its folder."""
    assert "Recipes" == near("Recipies", "a/Recipes.md", "Home.md")
    assert "a/Recipes" == near("Recipies", "bb/Recipes.md", "a/Recipes.md")


def test_order_of_files(near: Callable[..., str | None]) -> None:
    """The answer does not depend on the order of the files."""
    files = ("Recipex.md", "Recipey.md", "x/Recipez.md")

    assert near("Recipes", *files) == near("Recipes", *reversed(files)) == "Recipex"


def test_same_but_spelling() -> None:
    """The files of the same letters, those in the folders named before those elsewhere."""
    vault = index("food/hot_soup.md", "Other/Hot Soup.md", "Hot Soups.md")

    assert ("food/hot_soup.md",) == vault.same_but_spelling("Food/Hot-Soup")
    assert ("food/hot_soup.md", "Other/Hot Soup.md") == vault.same_but_spelling("HOT SOUP")
    assert ("food/hot_soup.md", "Other/Hot Soup.md") == vault.same_but_spelling("Drinks/Hot Soup")
    assert () == vault.same_but_spelling("Hot")


@pytest.mark.parametrize(
    ("wanted", "heading"),
    [("how-it-works", "How it works"), ("Ingrediants", "Ingredients"), ("Step 1", None), ("Nowhere", None)],
)
def test_nearest_heading(wanted: str, heading: str | None) -> None:
    """The heading meant by another site's anchor or by a slip."""
    assert heading == NearestHeading(["Ingredients", "How it works", "Step 2"]).heading(wanted)


def test_nothing_is_offered_where_the_search_would_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among more names of one shape than the bound allows, no slip is looked for; an equal spelling is found still."""
    headings = NearestHeading(["Ingredients", "Ingredient", "Ingredience"])
    assert "Ingredients" == headings.heading("Ingrediants")

    monkeypatch.setattr("vaultlint.vault.slips._MOST_CHOICES", 2)

    assert None is headings.heading("Ingredienta")
    assert "Ingredients" == headings.heading("INGREDIENTS")


def test_rapidfuzz_is_loaded_on_demand() -> None:
    """The index brings no heavy import along."""
    check = "import sys, vaultlint.vault.index; sys.exit('rapidfuzz' in sys.modules or 'yaml' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", check], check=False).returncode
