"""What names once meant."""

from __future__ import annotations

import pytest

from vaultlint.vault.files import FileTable
from vaultlint.vault.history import NoHistory, Past, Went
from vaultlint.vault.index import Index

End = tuple[str, str | None]


def table(*files: str) -> FileTable:
    return FileTable("", notes=tuple(sorted(one for one in files if one.endswith(".md"))), files=tuple(sorted(files)))


def went(files: tuple[str, ...], ends: list[End], path: str, source: str = "Home.md") -> Went | None:
    return Past(table("Home.md", *files), ends).went(path, source)


@pytest.mark.parametrize(
    "path", ["Old", "old", "Old.md", "kitchen/Old", "/kitchen/Old", "./kitchen/Old.md", "kitchen/OLD.md"]
)
def test_a_link_is_looked_up_among_old_names_as_the_app_does(path: str) -> None:
    """By name, by path from the root or from the note; case and `.md` make no difference."""
    assert Went("cellar/New.md") == went(("cellar/New.md",), [("kitchen/Old.md", "cellar/New.md")], path)


@pytest.mark.parametrize("path", ["Older", "cellar/Old", "/Old", "./Old", "../Old", "Old.png", ""])
def test_what_never_led_to_an_old_name_is_not_known(path: str) -> None:
    """A path that no old file answers to says nothing."""
    assert went(("cellar/New.md",), [("kitchen/Old.md", "cellar/New.md")], path) is None


def test_files_that_are_no_notes_are_known_by_their_whole_name() -> None:
    """A picture is named with its extension."""
    ends: list[End] = [("pot.png", "my pot.png")]
    assert Went("my pot.png") == went(("my pot.png",), ends, "pot.png")
    assert went(("my pot.png",), ends, "pot") is None


def test_a_chain_of_renames_is_followed_to_the_file_that_is_there() -> None:
    """Each name on the way leads to the last."""
    ends: list[End] = [("A.md", "B.md"), ("B.md", "in/B.md"), ("in/B.md", "C.md")]
    for name in ("A", "B", "in/B"):
        assert Went("C.md") == went(("C.md",), ends, name)


def test_a_rename_there_and_back_again_is_sure() -> None:
    """However often two names change, they mean one file."""
    ends: list[End] = [("A.md", "B.md"), ("B.md", "A.md"), ("A.md", "B.md")]
    assert Went("B.md") == went(("B.md",), ends, "A")


def test_a_file_that_is_gone_is_not_offered() -> None:
    """Deleted, in the app's bin, or vanished without a record: nobody knows where it went."""
    assert went((), [("A.md", "B.md"), ("B.md", None)], "A") is None
    assert went((), [("A.md", None)], "A") is None
    assert went((), [("A.md", ".trash/A.md")], "A") is None
    assert went((), [("A.md", "B.md")], "A") is None


def test_two_files_of_one_name_leave_a_doubt() -> None:
    """The one that the app would have chosen is offered, and the reason said."""
    ends: list[End] = [("a/Old.md", "New.md"), ("Old.md", "Other.md")]
    found = went(("New.md", "Other.md"), ends, "Old")
    assert found is not None
    assert ("Other.md", False) == (found.path, found.sure)
    assert "in git's history, 2 files had this name" == found.doubt
    assert Went("New.md") == went(("New.md", "Other.md"), ends, "a/Old")


def test_files_of_one_name_that_are_one_file_are_sure() -> None:
    """A file that moved from folder to folder had the same name in each."""
    ends: list[End] = [("a/Old.md", "b/Old.md"), ("b/Old.md", "New.md")]
    assert Went("New.md") == went(("New.md",), ends, "Old")


def test_the_last_file_of_a_name_is_offered() -> None:
    """A name that was taken again by another file, which was renamed too."""
    ends: list[End] = [("A.md", "B.md"), ("A.md", "C.md")]
    found = went(("B.md", "C.md"), ends, "A")
    assert found is not None
    assert ("C.md", False) == (found.path, found.sure)


def test_a_name_that_was_also_deleted_leaves_a_doubt() -> None:
    """Which of the two was meant, nobody knows."""
    for ends in ([("A.md", "B.md"), ("A.md", None)], [("A.md", None), ("A.md", "B.md")]):
        found = went(("B.md",), ends, "A")
        assert found == Went("B.md", "in git's history, a file of this name was deleted, too")


def test_names_on_the_way_that_were_others_too_leave_a_doubt() -> None:
    """The order of branches can't be trusted: a name on the way that another file had, or that was deleted."""
    said = "in git's history, names that the file had on its way were those of other files, too"
    assert Went("B.md", said) == went(("B.md", "C.md"), [("B.md", "C.md"), ("A.md", "B.md")], "A")
    assert Went("B.md", said) == went(("B.md",), [("B.md", None), ("A.md", "B.md")], "A")


def test_a_doubt_about_one_rename_is_a_doubt_about_the_chain() -> None:
    """Who knows more of an end than its names may say why it is no proof, and hears which file it leads to."""
    ends: list[End] = [("X.md", "Y.md"), ("A.md", "B.md"), ("B.md", "C.md")]
    asked: list[tuple[int, str]] = []

    def doubt(place: int, path: str) -> str:
        asked.append((place, path))
        return "they differ" if place == 2 else ""

    past = Past(table("C.md", "Y.md"), ends, doubt)
    assert Went("C.md", "they differ") == past.went("A", "Home.md")
    assert Went("Y.md") == past.went("X", "Home.md")
    assert [(1, "C.md"), (2, "C.md"), (0, "Y.md")] == asked
    past.went("A", "Home.md")
    assert 3 == len(asked)


def test_the_file_is_told_as_the_walk_spells_it() -> None:
    """git and the disk may write a letter with an accent in two ways."""
    assert Went("Cafe\u0301.md") == went(("Cafe\u0301.md",), [("A.md", "Caf\u00e9.md")], "A")


def test_the_folder_of_the_note_counts_for_relative_paths() -> None:
    """`./Old` is meant from the note's folder."""
    past = Past(table("a/New.md"), [("a/Old.md", "a/New.md")])
    assert Went("a/New.md") == past.went("./Old", "a/Note.md")
    assert past.went("./Old", "b/Note.md") is None


def test_an_index_knows_no_past_unless_it_is_given_one() -> None:
    """And hands it on when facts change."""
    index = Index(table("B.md"), {})
    assert index.history.went("A", "Home.md") is None
    assert isinstance(index.history, NoHistory)
    history = Past(table("B.md"), [("A.md", "B.md")])
    index.history = history  # type: ignore[assignment]  # headings are not asked for
    assert history is index.with_facts({}).history
