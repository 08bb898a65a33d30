"""What a path leads to: each fact of the app's lookup, one test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.vault.files import FileTable
from vaultlint.vault.links import Resolver

Leads = Callable[..., str | None]
MakeResolver = Callable[..., Resolver]


def test_name_anywhere(leads: Leads) -> None:
    """A bare name finds a note in any folder (semantics T3)."""
    assert "Food/Hot/Soup.md" == leads("Soup", "Home.md", "Home.md", "Food/Hot/Soup.md")


def test_no_such_file(resolver: MakeResolver) -> None:
    """A name that no file has is missing."""
    target = resolver("Home.md").resolve("Soup", "Home.md")

    assert (None, True, False) == (target.path, target.missing, target.ambiguous)


@pytest.mark.parametrize("link", ["soup", "SOUP", "sOuP.Md", "food/SOUP"])
def test_case(leads: Leads, link: str) -> None:
    """Case does not matter, in the name, in the folder or in the extension (observed 24)."""
    assert "Food/Soup.MD" == leads(link, "Home.md", "Food/Soup.MD")


def test_lower_case_is_not_folding(leads: Leads) -> None:
    """To the app a sharp s is not `ss`."""
    assert leads("Strasse", "Home.md", "Straße.md") is None


def test_unicode_forms(leads: Leads) -> None:
    """An NFC link finds a file that the disk stores as NFD (observed 24, semantics 1.25)."""
    assert "cafe\u0301.md" == leads("caf\u00e9", "Home.md", "cafe\u0301.md")


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_no_break_spaces(leads: Leads, space: str) -> None:
    """No-break spaces are spaces, on either side (semantics 1.6)."""
    assert leads("Hot soup", "Home.md", f"Hot{space}soup.md") == f"Hot{space}soup.md"
    assert "Hot soup.md" == leads(f"Hot{space}soup", "Home.md", "Hot soup.md")


def test_double_spaces_count(leads: Leads) -> None:
    """Inner double spaces are kept and count (observed 21)."""
    assert leads("Hot  soup", "Home.md", "Hot soup.md") is None


def test_quotes_differ(leads: Leads) -> None:
    """Curly and straight quotes differ (observed 36)."""
    assert leads("Love's Soup", "Home.md", "Love’s Soup.md") is None


def test_own_folder_first(leads: Leads) -> None:
    """Of equal names the one in the note's own folder wins, even with a longer path (observed 25)."""
    files = ("b/Soup.md", "zzzz/Soup.md", "zzzz/Home.md")

    assert "zzzz/Soup.md" == leads("Soup", "zzzz/Home.md", *files)


def test_shortest_path_next(leads: Leads) -> None:
    """Without one in the own folder the shortest path wins; an ancestor gives no preference (2.2.6)."""
    files = ("zzzz/Soup.md", "a/b/Soup.md", "b/Soup.md")

    assert "b/Soup.md" == leads("Soup", "Home.md", *files)
    assert "b/Soup.md" == leads("Soup", "zzzz/deep/Home.md", *files)


def test_characters_not_depth(leads: Leads) -> None:
    """Shortest means characters, not folders (semantics 2.2.6)."""
    assert "a/b/Soup.md" == leads("Soup", "Home.md", "a/b/Soup.md", "a long folder/Soup.md")


def test_utf16_length(leads: Leads) -> None:
    """The app counts UTF-16 units: an emoji is two."""
    assert "zz/Soup.md" == leads("Soup", "Home.md", "🍲/Soup.md", "ab/c.md", "zz/Soup.md", "🍲🍲/Soup.md")
    assert "zzz/Soup.md" == leads("Soup", "Home.md", "🍲🍲/Soup.md", "zzz/Soup.md")


def test_case_breaks_no_tie(leads: Leads) -> None:
    """A shorter path wins over the exact case (observed 26)."""
    assert leads("Soup To Go", "Home.md", "Songs/Soup to Go.md", "Releases/Soup To Go.md") == "Songs/Soup to Go.md"


def test_root_is_an_exact_path(leads: Leads) -> None:
    """An exact path from the root wins over everything, the own folder included (2.2.5)."""
    assert "Soup.md" == leads("Soup", "a/Home.md", "Soup.md", "a/Soup.md")
    assert "b/Soup.md" == leads("b/Soup", "a/b/Home.md", "b/Soup.md", "a/b/Soup.md")


def test_root_from_elsewhere(leads: Leads) -> None:
    """From elsewhere a bare name reaches the root's file, not a deeper one in another case (observed 27)."""
    assert "CONTENTS.md" == leads("CONTENTS", "x/Home.md", "CONTENTS.md", "pages/contents.md")


def test_equal_length_is_ambiguous(resolver: MakeResolver) -> None:
    """Candidates of equal length are a tie, which the app settles one day so and one day otherwise (2.3)."""
    target = resolver("b/Soup.md", "a/Soup.md", "long/Soup.md").resolve("Soup", "Home.md")

    assert target.ambiguous
    assert ("a/Soup.md", "b/Soup.md") == target.candidates
    assert "a/Soup.md" == target.path
    assert ("a/Soup.md", "b/Soup.md", "long/Soup.md") == target.matches


def test_settled_is_not_ambiguous(resolver: MakeResolver) -> None:
    """A choice that folder or length settles is none, and the other files are still known."""
    here = resolver("aa/Soup.md", "bb/Soup.md").resolve("Soup", "bb/Home.md")
    shorter = resolver("a/Soup.md", "bb/Soup.md").resolve("Soup", "Home.md")

    assert [False, False] == [here.ambiguous, shorter.ambiguous]
    assert [("aa/Soup.md", "bb/Soup.md"), ("a/Soup.md", "bb/Soup.md")] == [here.matches, shorter.matches]


def test_exact_settles_all(resolver: MakeResolver) -> None:
    """Beside an exact path there are no other matches."""
    assert () == resolver("b/Soup.md", "a/b/Soup.md").resolve("b/Soup", "Home.md").matches


def test_twins(resolver: MakeResolver) -> None:
    """Two files that differ by case alone are a tie (1.24)."""
    assert ("Soup.md", "soup.md") == resolver("Soup.md", "soup.md").resolve("Soup", "Home.md").candidates


def test_suffix_of_components(leads: Leads) -> None:
    """A path is matched as a suffix of whole components (observed 28, semantics 2.8)."""
    assert "pages/200/x/Soup.md" == leads("200/x/Soup", "Home.md", "pages/200/x/Soup.md")
    assert leads("ld/Soup", "Home.md", "old/Soup.md") is None
    assert leads("p", "Home.md", "Soup.md") is None


def test_suffix_in_own_folder(leads: Leads) -> None:
    """The own folder wins for a path with folders too."""
    files = ("a/food/Soup.md", "much longer/food/Soup.md")

    assert "much longer/food/Soup.md" == leads("food/Soup", "much longer/food/Home.md", *files)
    assert "a/food/Soup.md" == leads("food/Soup", "Home.md", *files)


def test_wrong_folder(leads: Leads) -> None:
    """A wrong folder is unresolved even if the name is unique (observed 28)."""
    assert leads("Drinks/Soup", "Home.md", "Food/Soup.md") is None


def test_relative(leads: Leads) -> None:
    """`./` and `../` are relative to the note (observed 29)."""
    assert "a/Food/Soup.md" == leads("../Food/Soup", "a/b/Home.md", "a/Food/Soup.md")
    assert "a/Soup.md" == leads("./Soup", "a/Home.md", "Soup.md", "a/Soup.md")
    assert "Soup.md" == leads("./../Soup.md", "a/Home.md", "Soup.md")


def test_relative_is_strict(leads: Leads) -> None:
    """A relative path does not fall back to the name (observed 29)."""
    assert leads("../Soup", "a/b/Home.md", "Soup.md") is None
    assert leads("./Soup", "a/Home.md", "Soup.md") is None


def test_past_the_root(resolver: MakeResolver) -> None:
    """A path that climbs past the root is not judged, even where the file would be there."""
    target = resolver("Soup.md").resolve("../../Soup", "a/Home.md")

    assert (True, False, None) == (target.beyond_root, target.missing, target.path)


def test_leading_slash(leads: Leads) -> None:
    """A leading `/` is the root, and exact (observed 30)."""
    assert "Food/Soup.md" == leads("/Food/Soup", "a/Home.md", "Food/Soup.md")
    assert leads("/Soup", "Food/Home.md", "Food/Soup.md") is None


def test_extension_may_be_written(leads: Leads) -> None:
    """`.md` may be written or not (observed 32)."""
    assert "Food/Soup.md" == leads("Soup.md", "Home.md", "Food/Soup.md")


def test_dots_in_names(leads: Leads) -> None:
    """A name with dots is a note's (observed 32, 2.2.2)."""
    assert "v1.9.md" == leads("v1.9", "Home.md", "v1.9.md")
    assert "d/x.excalidraw.md" == leads("x.excalidraw", "Home.md", "d/x.excalidraw.md")


def test_note_before_literal(leads: Leads) -> None:
    """The note is looked for first, in all folders, then the literal name (2.2.2)."""
    assert "deep/er/board.base.md" == leads("board.base", "Home.md", "board.base", "deep/er/board.base.md")
    assert "board.md" == leads("board", "Home.md", "board.canvas", "board.md")


def test_other_files_need_their_extension(leads: Leads) -> None:
    """A file that is no note needs its extension (2.5)."""
    assert "img/Figure 1.png" == leads("Figure 1.png", "Home.md", "img/Figure 1.png")
    assert leads("Figure 1", "Home.md", "img/Figure 1.png") is None


def test_folders_never_resolve(leads: Leads) -> None:
    """A folder is no destination, with or without an index in it (observed 35, 2.7)."""
    files = ("Food/index.md", "Food/README.md", "Food/Food.txt")

    assert [None, None, None] == [leads(link, "Home.md", *files) for link in ("Food", "Food/", "./Food")]


def test_percent_is_literal(leads: Leads) -> None:
    """The lookup decodes nothing (observed 33): that is for Markdown links, before it."""
    assert leads("My%20Soup", "Home.md", "My Soup.md") is None
    assert "100%25.md" == leads("100%25", "Home.md", "100%25.md")


@pytest.mark.parametrize("link", ["|", "|alias", "https://example.org", "^^demo", "..", "."])
def test_not_names(leads: Leads, link: str) -> None:
    """Bars, web addresses and leftovers of prompts are names, found nowhere (observed 7, 12, 13)."""
    assert leads(link, "a/Home.md", "Home.md", "a/Home.md", "alias.md", "demo.md") is None


def test_own_note(resolver: MakeResolver) -> None:
    """An empty path is the note itself (observed 34)."""
    target = resolver("a/Home.md").resolve("", "a/Home.md")

    assert ("a/Home.md", True, False) == (target.path, target.is_note, target.missing)


def test_opaque() -> None:
    """What is known by name alone is found, and said to be opaque."""
    files = FileTable("/vault", (), ("out/Soup.md",), frozenset({"out/Soup.md"}))

    target = Resolver(files).resolve("Soup", "Home.md")

    assert ("out/Soup.md", True, False) == (target.path, target.opaque, target.missing)


def test_many_files_of_one_name(resolver: MakeResolver) -> None:
    """Ten thousand files of one name, each linked from its own folder, take no ten thousand steps each."""
    many = resolver(*(f"folder {number}/README.md" for number in range(10_000)))

    found = [many.resolve("README", f"folder {number}/Home.md").path for number in range(10_000)]

    assert [f"folder {number}/README.md" for number in range(10_000)] == found


NAMES = st.sampled_from(["Soup", "soup", "Tea", "v1.9", "Tea.md", "é", "Soup.png"])
FOLDERS = st.sampled_from(["", "a/", "b/", "a/b/", "zz/", "a/zz/"])
PATHS = st.builds(lambda folder, name: f"{folder}{name}.md", FOLDERS, NAMES)
LINKS = st.builds(
    lambda lead, folder, name: f"{lead}{folder}{name}",
    st.sampled_from(["", "", "./", "../", "/"]),
    FOLDERS,
    NAMES,
)


@given(st.lists(PATHS, unique=True, max_size=12), LINKS, PATHS, st.randoms(use_true_random=False))
def test_order_of_files(paths: list[str], link: str, source: str, random: object) -> None:
    """A verdict does not depend on the order in which the files were listed."""
    shuffled = list(paths)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own Random

    assert Resolver(FileTable("/", tuple(paths), tuple(paths))).resolve(link, source) == Resolver(
        FileTable("/", tuple(shuffled), tuple(shuffled))
    ).resolve(link, source)
