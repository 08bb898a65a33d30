"""When each file came to be and when its content last changed: one reading of the log, real histories."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.git.dates import dates
from vaultlint.git.door import Git
from vaultlint.git.ignored_revs import ignored_revs
from vaultlint.git.log import When

New = Callable[..., Any]
Told = dict[str, tuple[int | None, int | None]]
WORDS = "".join(f"words of its own, number {place}\n" for place in range(20))


@pytest.fixture
def repository(new_repository: New) -> Any:
    """A repository whose commits are made on the day, from 1970 on, that `on` says, by a clock one hour ahead."""
    made = new_repository()

    def on(day: int, files: dict[str, str] | None = None, *words: str) -> str:
        moment = f"@{day * 86400} +0100"
        made.write(files or {})
        made.git("add", "--all", ".")
        made.git("commit", "--quiet", "--allow-empty", "--message", "A change", f"--date={moment}", *words)
        commit: str = made.git("rev-parse", "HEAD")
        return commit

    made.on = on
    return made


def git(folder: Path) -> Git:
    found = Git.of(folder)
    assert found is not None
    return found


def told(folder: Path, *left_out: str, until: int | None = None) -> Told:
    """Path -> the days of creation and change."""
    found = dates(git(folder), git(folder).ask("rev-parse", "HEAD").decode().strip(), left_out, until)
    day = lambda when: None if when is None else when.seconds // 86400  # noqa: E731
    return {path: (day(one.created), day(one.modified)) for path, one in found.items()}


def doubts(folder: Path, path: str) -> tuple[str, str]:
    one = dates(git(folder), git(folder).ask("rev-parse", "HEAD").decode().strip())[path]
    return one.created_doubt, one.modified_doubt


def test_created_by_the_first_commit_and_modified_by_the_last(repository: Any) -> None:
    """The author's day, with the offset of the author's clock."""
    repository.on(1, {"a.md": "one\n", "b.md": "two\n"})
    repository.on(2, {"a.md": "other\n"})
    repository.on(3, {"c.md": "three\n"})
    assert {"a.md": (1, 2), "b.md": (1, 1), "c.md": (3, 3)} == told(repository.top)
    one = dates(git(repository.top), repository.git("rev-parse", "HEAD"))["a.md"]
    assert (When(86400, 60), When(2 * 86400, 60)) == (one.created, one.modified)
    assert repository.git("rev-parse", "HEAD:a.md") == one.blob


def test_a_rename_is_no_change_and_a_chain_is_followed(repository: Any) -> None:
    """The note is as old as under its first name; a change of the mode alone is none of the content."""
    repository.on(1, {"a.md": WORDS})
    repository.move("a.md", "in/b.md")
    repository.on(2)
    repository.move("in/b.md", "in/B.md")
    repository.on(3)
    repository.git("update-index", "--chmod=+x", "in/B.md")
    repository.git("commit", "--quiet", "--message", "mode", f"--date=@{4 * 86400} +0000")
    assert {"in/B.md": (1, 1)} == told(repository.top)
    assert ("", "") == doubts(repository.top, "in/B.md")


def test_a_rename_with_a_change_is_one_and_leaves_a_doubt(repository: Any) -> None:
    """git only finds the two alike; when it changed is sure all the same."""
    repository.on(1, {"a.md": WORDS})
    repository.move("a.md", "b.md")
    repository.on(2, {"b.md": WORDS + "more\n"})
    assert {"b.md": (1, 2)} == told(repository.top)
    created, modified = doubts(repository.top, "b.md")
    assert created.startswith("in git's history it was changed when it was renamed: the two are 9")
    assert "" == modified


def test_twins_that_are_renamed_at_once_may_be_mixed_up(repository: Any) -> None:
    """Notes as a template makes them: which of them is which, nobody knows, until one is changed."""
    repository.on(1, {"a.md": WORDS})
    repository.on(2, {"b.md": WORDS})
    repository.move("a.md", "c.md")
    repository.move("b.md", "d.md")
    repository.on(3)
    assert all(doubt for name in ("c.md", "d.md") for doubt in doubts(repository.top, name))
    repository.on(4, {"c.md": WORDS + "more\n"})
    created, modified = doubts(repository.top, "c.md")
    assert (True, "") == (bool(created), modified)
    assert 4 == told(repository.top)["c.md"][1]


def test_a_name_that_is_used_again_is_another_note(repository: Any) -> None:
    """Also where the first note went on under another name."""
    repository.on(1, {"a.md": WORDS})
    repository.move("a.md", "b.md")
    repository.on(2)
    repository.on(3, {"a.md": "new\n"})
    repository.on(4, {"a.md": "newer\n"})
    assert {"a.md": (3, 4), "b.md": (1, 1)} == told(repository.top)


def test_two_names_that_are_swapped_keep_their_lives(repository: Any) -> None:
    """Over a third name, commit by commit."""
    repository.on(1, {"a.md": WORDS})
    repository.on(2, {"b.md": "x" + WORDS})
    for day, (old, new) in enumerate((("a.md", "c.md"), ("b.md", "a.md"), ("c.md", "b.md")), 3):
        repository.move(old, new)
        repository.on(day)
    assert {"a.md": (2, 2), "b.md": (1, 1)} == told(repository.top)


def test_a_deleted_note_comes_back_the_same_or_is_another(repository: Any) -> None:
    """What was deleted by mistake and brought back is as old as it was."""
    repository.on(1, {"a.md": "one\n", "b.md": "two\n"})
    for name in ("a.md", "b.md"):
        (repository.top / name).unlink()
    repository.on(2)
    assert {} == told(repository.top)
    repository.on(3, {"a.md": "one\n", "b.md": "another\n"})
    assert {"a.md": (1, 1), "b.md": (3, 3)} == told(repository.top)


def test_commits_that_are_left_out_change_no_date(repository: Any) -> None:
    """As `git blame` leaves them out; what they create is created all the same."""
    repository.on(1, {"a.md": "one\n"})
    lint = repository.on(2, {"a.md": "one.\n", "b.md": WORDS})
    repository.move("b.md", "c.md")
    other = repository.on(3, {"c.md": WORDS + "more\n"})
    assert {"a.md": (1, 1), "c.md": (2, 2)} == told(repository.top, lint, other)
    assert {"a.md": (1, 2), "c.md": (2, 3)} == told(repository.top)


def test_branches_count_together(repository: Any) -> None:
    """A change on either side of a merge; the merge itself changes nothing."""
    repository.on(1, {"a.md": WORDS, "b.md": "b\n"})
    repository.git("checkout", "--quiet", "-b", "side")
    repository.on(5, {"a.md": WORDS + "below\n"})
    repository.git("checkout", "--quiet", "main")
    repository.on(3, {"a.md": "above\n" + WORDS})
    repository.git("merge", "--quiet", "--no-edit", "side")
    assert {"a.md": (1, 5), "b.md": (1, 1)} == told(repository.top)


def test_a_change_on_one_branch_follows_a_rename_on_another(repository: Any) -> None:
    """The merge puts it into the file of the new name."""
    repository.on(1, {"a.md": WORDS})
    repository.git("checkout", "--quiet", "-b", "side")
    repository.on(5, {"a.md": WORDS + "below\n"})
    repository.git("checkout", "--quiet", "main")
    repository.move("a.md", "b.md")
    repository.on(3)
    repository.git("merge", "--quiet", "--no-edit", "side")
    assert {"b.md": (1, 5)} == told(repository.top)


def test_one_name_that_two_branches_made_is_as_old_as_the_first(repository: Any) -> None:
    """And a note that one side deleted and the merge kept lives on."""
    repository.on(1, {"a.md": "one\n", "x.md": "x\n"})
    repository.git("checkout", "--quiet", "-b", "side")
    repository.on(4, {"new.md": "new\n", "a.md": "two\n"})
    repository.git("checkout", "--quiet", "main")
    (repository.top / "a.md").unlink()
    repository.on(3, {"new.md": "new\n"})
    repository.git("merge", "--quiet", "--no-commit", "--strategy=ours", "side")
    repository.git("checkout", "side", "--", "a.md")
    repository.git("commit", "--quiet", "--message", "merged", f"--date=@{9 * 86400} +0000")
    assert {"a.md": (1, 4), "new.md": (3, 4), "x.md": (1, 1)} == told(repository.top)


def test_what_only_a_merge_made_has_no_dates(repository: Any) -> None:
    """Nor is anybody told when it was changed, until a commit says so."""
    repository.on(1, {"a.md": "one\n"})
    repository.git("checkout", "--quiet", "-b", "side")
    repository.on(2, {"b.md": "b\n"})
    repository.git("checkout", "--quiet", "main")
    repository.on(3, {"c.md": "c\n"})
    repository.git("merge", "--quiet", "--no-commit", "side")
    repository.on(4, {"made.md": "by a merge\n"})
    assert "made.md" not in told(repository.top)
    repository.on(5, {"made.md": "changed\n"})
    assert (None, 5) == told(repository.top)["made.md"]


def test_a_rebased_commit_keeps_the_day_of_its_author(repository: Any) -> None:
    """A later commit with an earlier date makes no note older."""
    repository.on(5, {"a.md": "one\n"})
    repository.on(3, {"a.md": "two\n"})
    assert {"a.md": (5, 5)} == told(repository.top)


def test_a_date_in_the_future_is_a_slip_of_a_clock(repository: Any) -> None:
    """It tells nothing; the next change is sure again."""
    repository.on(1, {"a.md": "one\n"})
    repository.on(9000, {"a.md": "two\n", "b.md": "b\n"})
    assert {"a.md": (1, None), "b.md": (None, None)} == told(repository.top, until=8000 * 86400)
    repository.on(7, {"a.md": "three\n"})
    assert (1, 7) == told(repository.top, until=8000 * 86400)["a.md"]


def test_a_history_that_is_cut_off_tells_only_what_is_sure(repository: Any) -> None:
    """Of a shallow clone's oldest commits, all seems new and is not."""
    repository.on(1, {"a.md": "one\n", "b.md": "b\n"})
    repository.on(2, {"a.md": "two\n"})
    repository.on(3, {"a.md": "three\n", "c.md": "c\n"})
    repository.git("clone", "--quiet", "--depth=2", repository.top.as_uri(), "../clone")
    clone = repository.top.parent / "clone"
    assert {"a.md": (None, 3), "b.md": (None, None), "c.md": (3, 3)} == told(clone)
    repository.git("-C", str(clone), "fetch", "--quiet", "--unshallow")
    assert {"a.md": (1, 3), "b.md": (1, 1), "c.md": (3, 3)} == told(clone)


def test_a_clone_without_contents_doubts_what_may_be_a_rename(repository: Any) -> None:
    """`git clone --filter=blob:none`: what is equal is known by its id, what is alike is not."""
    repository.on(1, {"a.md": WORDS, "same.md": "same\n"})
    repository.move("a.md", "b.md")
    repository.on(2, {"b.md": WORDS + "more\n"})
    repository.move("same.md", "still.md")
    repository.on(3, {"c.md": "c\n"})
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", repository.top.as_uri(), "../clone")
    clone = repository.top.parent / "clone"
    assert {"b.md": (2, 2), "c.md": (3, 3), "still.md": (1, 1)} == told(clone)
    assert ("this clone does not have the contents that would tell renamed files from new ones", "") == doubts(
        clone, "b.md"
    )
    assert ("", "") == doubts(clone, "c.md")


def test_a_vault_in_a_folder_sees_its_own(repository: Any) -> None:
    """Paths are seen from there; what comes from outside is new there."""
    repository.on(1, {"vault/a.md": "a\n", "b.md": WORDS})
    repository.move("b.md", "vault/b.md")
    repository.on(2)
    assert {"a.md": (1, 1), "b.md": (2, 2)} == told(repository.top / "vault")


def test_no_setting_of_anybody_changes_the_dates(repository: Any) -> None:
    """Of the repository, such as `log.showRoot` or `log.date`."""
    repository.on(1, {"a.md": WORDS, "ü.md": "ü\n"})
    repository.move("a.md", "b.md")
    repository.on(2)
    expected = {"b.md": (1, 1), "ü.md": (1, 1)}
    for name, value in (
        ("log.showRoot", "false"),
        ("log.date", "relative"),
        ("diff.renames", "false"),
        ("diff.renameLimit", "0"),
        ("log.follow", "true"),
        ("format.pretty", "oneline"),
        ("core.quotePath", "true"),
    ):
        repository.git("config", name, value)
        assert expected == told(repository.top), name


def test_a_list_of_commits_is_read_as_git_reads_it() -> None:
    """Full ids, a line each; comments and blanks are passed over, and what is no id is told by its line."""
    one, two = "a" * 40, "b" * 64
    text = f"# reformatted\n{one}\n\n  {two.upper()}  # all of it\nHEAD\n{one[:7]}\n"
    assert (frozenset({one, two}), (5, 6)) == ignored_revs(text.encode())
    assert (frozenset(), ()) == ignored_revs(b"")
