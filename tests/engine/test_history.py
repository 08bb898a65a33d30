"""What git knows of a vault's past: asked late and once, kept, and believed only as far as it is proof."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.engine import history_read
from vaultlint.engine.history import GitHistory
from vaultlint.git import renames
from vaultlint.git.door import Git
from vaultlint.vault.files import walk
from vaultlint.vault.history import Went

New = Callable[..., Any]
CHANGED = "it was changed when it was renamed: git found the two {} % alike"
SEVERAL = "git knows several files of this very content"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, moved out of the way."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache" / "vaultlint")
    return tmp_path / "cache" / "vaultlint" / "history"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str | None, str]]:
    """The parts of histories that are read, as (since, commit); the reading goes on as it would."""
    calls: list[tuple[str | None, str]] = []
    real = renames.ends

    def ends(git: Git, commit: str, since: str | None = None, **more: Any) -> Any:
        calls.append((since, commit))
        return real(git, commit, since, **more)

    monkeypatch.setattr(history_read, "ends", ends)
    return calls


def history(folder: Path) -> GitHistory:
    return GitHistory(folder, walk(folder))


def went(folder: Path, path: str) -> Went | None:
    return history(folder).went(path, "Home.md")


@pytest.fixture
def renamed(new_repository: New) -> Any:
    """A repository where `Old.md` became `New.md`."""
    repository = new_repository()
    repository.commit({"Old.md": "words\n", "Home.md": "[[Old]]\n"})
    repository.move("Old.md", "New.md")
    repository.commit()
    return repository


def test_git_is_asked_late_and_once(renamed: Any, asked: list[Any]) -> None:
    """Making a history costs nothing; the first question reads it, the others don't."""
    past = history(renamed.top)
    assert [] == asked
    for _ in range(3):
        assert Went("New.md") == past.went("Old", "Home.md")
        assert past.went("Nowhere", "Home.md") is None
    assert 1 == len(asked)
    assert not past.partial


def test_a_history_is_kept_and_only_new_commits_are_read(renamed: Any, asked: list[Any], cache: Path) -> None:
    """The second run reads nothing; after a commit, a run reads that alone; the answers are the same."""
    first = renamed.git("rev-parse", "HEAD")
    assert Went("New.md") == went(renamed.top, "Old")
    assert Went("New.md") == went(renamed.top, "Old")
    assert [(None, first)] == asked
    renamed.move("New.md", "in/Newer.md")
    second = renamed.commit()
    assert Went("in/Newer.md") == went(renamed.top, "Old")
    assert [(None, first), (first, second)] == asked
    kept = list(cache.iterdir())
    assert 1 == len(kept)
    if sys.platform != "win32":
        assert 0o700 == cache.stat().st_mode & 0o777
        assert 0o700 == cache.parent.stat().st_mode & 0o777
        assert 0o600 == kept[0].stat().st_mode & 0o777


def test_another_branch_is_read_anew(renamed: Any, asked: list[Any]) -> None:
    """Where the kept commit is no part of the history, as after a rebase, nothing of it is believed."""
    assert Went("New.md") == went(renamed.top, "Old")
    renamed.git("reset", "--quiet", "--hard", "HEAD~1")
    renamed.move("Old.md", "Other.md")
    head = renamed.commit()
    assert Went("Other.md") == went(renamed.top, "Old")
    assert (None, head) == asked[-1]


def test_two_vaults_of_one_repository_are_kept_apart(new_repository: New, cache: Path) -> None:
    """Each vault sees the renames in its own folder, from there."""
    repository = new_repository()
    repository.commit({"one/Old.md": "words\n", "two/Old.md": "more words\n"})
    repository.move("one/Old.md", "one/New.md")
    repository.move("two/Old.md", "two/Other.md")
    repository.commit()
    assert Went("New.md") == went(repository.top / "one", "Old")
    assert Went("Other.md") == went(repository.top / "two", "Old")
    assert Went("New.md") == went(repository.top / "one", "Old")
    assert 2 == len(list(cache.iterdir()))


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "other", "list", "long", "folder", "link", "open"])
def test_a_spoilt_cache_is_not_believed(renamed: Any, cache: Path, asked: list[Any], harm: str) -> None:
    """Cut off, changed, of another vault, or writable by others: the history is read anew."""
    went(renamed.top, "Old")
    (file,) = cache.iterdir()
    data = file.read_bytes()
    if harm in ("link", "open") and sys.platform == "win32":
        pytest.skip("needs file modes and links")
    if harm == "cut":
        file.write_bytes(data[:-1])
    elif harm == "flip":
        file.write_bytes(data.replace(b"New.md", b"Bad.md"))
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "other":
        import hashlib

        packed = data[32:].replace(b"names\0", b"NAMES\0")
        file.write_bytes(hashlib.sha256(packed).digest() + packed)
    elif harm == "list":
        import hashlib

        file.write_bytes(hashlib.sha256(b"\x90").digest() + b"\x90")
    elif harm == "long":
        file.write_bytes(data + data)
    elif harm == "folder":
        file.unlink()
        file.mkdir()
    elif harm == "link":
        file.rename(file.with_name("elsewhere"))
        file.symlink_to(file.with_name("elsewhere"))
    else:
        file.chmod(0o666)
    assert Went("New.md") == went(renamed.top, "Old")
    assert 2 == len(asked)


def test_without_a_cache_folder_all_works(renamed: Any, cache: Path, asked: list[Any]) -> None:
    """Where the cache can't be written, each run reads the history."""
    cache.parent.parent.mkdir(parents=True)
    cache.parent.write_text("a file")
    for _ in range(2):
        assert Went("New.md") == went(renamed.top, "Old")
    assert 2 == len(asked)


def test_two_runs_at_once_don_t_disturb_each_other(renamed: Any, cache: Path) -> None:
    """Each writes a file of its own and puts it in its place whole."""
    found: list[Went | None] = []
    runs = [threading.Thread(target=lambda: found.append(went(renamed.top, "Old"))) for _ in range(8)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [Went("New.md")] * 8 == found
    assert 1 == len(list(cache.iterdir()))


def test_a_shallow_clone_knows_a_part_and_keeps_nothing(renamed: Any, cache: Path) -> None:
    """Its history may grow without a new commit."""
    renamed.commit({"Home.md": "[[Old]] again\n"})
    renamed.git("clone", "--quiet", "--depth=1", renamed.top.as_uri(), "../clone")
    clone = renamed.top.parent / "clone"
    past = history(clone)
    assert past.went("Old", "Home.md") is None
    assert past.partial
    assert not cache.exists()
    renamed.git("-C", str(clone), "fetch", "--quiet", "--unshallow")
    assert Went("New.md") == went(clone, "Old")


def test_without_a_repository_or_commits_nobody_knows(tmp_path: Path, new_repository: New) -> None:
    """No git, no repository, nothing checked out, a vault that git refuses: no answer, and no error."""
    (tmp_path / "plain").mkdir()
    assert went(tmp_path / "plain", "Old") is None
    empty = new_repository()
    assert went(empty.top, "Old") is None
    empty.git("config", "core.worktree", str(tmp_path / "plain"))
    past = history(empty.top)
    assert past.went("Old", "Home.md") is None
    assert past.heading("Home.md", "Old", lambda: ["Home.md"]) is None
    assert not past.partial


def test_two_notes_of_one_content_are_no_proof(new_repository: New) -> None:
    """Notes as a template makes them are alike: one that went and one that came need not be one."""
    repository = new_repository()
    repository.commit({"Monday.md": "# Tasks\n", "Note.md": "words\n"})
    repository.move("Monday.md", "Tuesday.md")
    repository.move("Note.md", "Renamed.md")
    repository.commit({"Wednesday.md": "# Tasks\n"})
    assert Went("Tuesday.md", SEVERAL) == went(repository.top, "Monday")
    assert Went("Renamed.md") == went(repository.top, "Note")
    (repository.top / "Wednesday.md").unlink()
    repository.commit({"Later.md": "# Tasks\n"})
    assert SEVERAL == (went(repository.top, "Monday") or Went("")).doubt


def test_a_note_that_kept_its_own_words_is_the_same(new_repository: New) -> None:
    """A renamed note whose heading was changed with it; one that only shares what others have is another."""
    template = "".join(f"- [ ] the task of every day, number {place}\n" for place in range(10))
    repository = new_repository()
    soup = "# Pea soup\n\nSoak the peas for a night.\nBoil them for an hour.\n"
    repository.commit({"Soup.md": soup, "Monday.md": f"# Monday\n{template}", "Daily.md": template})
    repository.move("Soup.md", "Pea soup.md")
    repository.move("Monday.md", "Tuesday.md")
    repository.commit({"Pea soup.md": soup.replace("# Pea soup", "# The soup"), "Tuesday.md": f"# Tuesday\n{template}"})
    assert Went("Pea soup.md") == went(repository.top, "Soup")
    other = went(repository.top, "Monday")
    assert other is not None
    assert "Tuesday.md" == other.path
    assert other.doubt.startswith(CHANGED.split("{")[0])


def test_a_note_that_another_note_is_equal_to_is_no_proof(new_repository: New) -> None:
    """One note of three that a template made went and one came: git pairs them, and may be wrong."""
    repository = new_repository()
    repository.commit({"Monday.md": "# Tasks\n", "Template.md": "# Tasks\n"})
    repository.move("Monday.md", "Tuesday.md")
    repository.commit()
    assert Went("Tuesday.md", SEVERAL) == went(repository.top, "Monday")


@pytest.mark.parametrize(("kept", "sure"), [(6, True), (5, True), (4, False), (0, False)])
def test_half_of_what_is_its_own_must_be_kept(new_repository: New, kept: int, sure: bool) -> None:
    """What other notes have does not count, however alike it makes the two."""
    template = "".join(f"- [ ] the task of every day, number {place}\n" for place in range(30))
    own = [f"words that no other note has: {place}\n" for place in range(10)]
    repository = new_repository()
    repository.commit({"Old.md": template + "".join(own), "Template.md": template})
    repository.move("Old.md", "New.md")
    repository.commit({"New.md": template + "".join(own[:kept])})
    found = went(repository.top, "Old")
    assert found is not None
    assert ("New.md", sure) == (found.path, found.sure)


def test_a_few_letters_are_no_proof(new_repository: New) -> None:
    """A note of some signs that was changed with its name may be any other."""
    repository = new_repository()
    repository.commit({"Old.md": "one\ntwo\nsix\n", "Home.md": "x\n"})
    repository.move("Old.md", "New.md")
    repository.commit({"New.md": "one\ntwo\nten\n"})
    found = went(repository.top, "Old")
    assert found is not None
    assert ("New.md", False) == (found.path, found.sure)


def test_a_changed_picture_is_no_proof(new_repository: New) -> None:
    """Of files that are no notes, only the very same bytes are."""
    repository = new_repository()
    bits = bytes(range(256)) * 40
    repository.commit({"a.png": bits})
    repository.move("a.png", "b.png")
    repository.commit({"b.png": bits + b"more"})
    found = went(repository.top, "a.png")
    assert found is not None
    assert ("b.png", False) == (found.path, found.sure)


def test_a_clone_without_all_objects_knows_what_it_can(new_repository: New) -> None:
    """Where contents are missing, nothing is fetched and nothing fails."""
    repository = new_repository()
    words = "".join(f"words of its own {place}\n" for place in range(9))
    repository.commit({"Old.md": words, "Home.md": "x\n"})
    blob = repository.git("rev-parse", "HEAD:Old.md")
    repository.move("Old.md", "New.md")
    repository.commit({"New.md": words + "more\n"})
    assert Went("New.md") == went(repository.top, "Old")
    (repository.top / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert Went("New.md", "this clone does not have the contents that would be proof") == went(repository.top, "Old")


def test_a_clone_without_contents_knows_renames_of_unchanged_files(renamed: Any, cache: Path) -> None:
    """`git clone --filter=blob:none`: what can be told by ids is told, and nothing of it is kept."""
    words = "".join(f"words of its own {place}\n" for place in range(9))
    renamed.commit({"Soup.md": words})
    renamed.move("Soup.md", "Stew.md")
    renamed.commit({"Stew.md": words + "more\n"})
    renamed.git("config", "uploadpack.allowFilter", "true")
    renamed.git("clone", "--quiet", "--filter=blob:none", renamed.top.as_uri(), "../clone")
    clone = renamed.top.parent / "clone"
    assert Went("New.md") == went(clone, "Old")
    assert went(clone, "Soup") is None
    assert not cache.exists()
    assert Went("Stew.md") == went(renamed.top, "Soup")


def test_what_became_of_a_heading_is_known_where_it_is_sure(new_repository: New, cache: Path) -> None:
    """Once written anew, line for line, in all of the note's history; a chain is followed."""
    repository = new_repository()
    repository.commit({"a.md": "# One\nx\n## Two\nx\n## Three\nx\n## Five\nx\n", "b.md": "# One\n"})
    repository.commit({"a.md": "# Uno\nx\n## Due\nx\n### Three\nx\n## Five\nx\n", "b.md": "# One\n"})
    repository.commit({"a.md": "# Uno!\nx\n## Zwei\nx\n### Three\nx\nx\n", "b.md": "# One\n"})
    past = history(repository.top)
    notes = lambda: ["a.md"]  # noqa: E731  short
    assert "Uno" == past.heading("a.md", "one", notes)
    assert "Zwei" == past.heading("a.md", "Two", notes)
    assert "Zwei" == past.heading("a.md", "Due", notes)
    for text in ("Three", "Five", "Nothing", "Zwei"):
        assert past.heading("a.md", text, notes) is None
    assert past.heading("b.md", "One", notes) is None
    repository.commit({"a.md": "# Uno!\nx\n## Drei\nx\n### Three\nx\nx\n"})
    assert "Drei" == history(repository.top).heading("a.md", "Two", notes)
    repository.commit({"b.md": "# Eins\n"})
    assert "Eins" == history(repository.top).heading("b.md", "One", lambda: ["a.md", "b.md"])
    assert "Drei" == history(repository.top).heading("a.md", "Two", lambda: ["a.md"])
    assert 2 == len(list(cache.iterdir()))


def test_a_heading_that_was_written_anew_twice_is_not_known(new_repository: New) -> None:
    """The text came back and went again: nobody knows which was meant. Round in circles leads nowhere."""
    repository = new_repository()
    for text in ("One", "Two", "One", "Three"):
        repository.commit({"a.md": f"# {text}\nx\n"})
    assert history(repository.top).heading("a.md", "One", lambda: ["a.md"]) is None
    assert history(repository.top).heading("a.md", "Two", lambda: ["a.md"]) is None


def test_with_very_many_notes_headings_are_not_looked_for(new_repository: New) -> None:
    """It is then no renaming that broke the links."""
    repository = new_repository()
    repository.commit({"a.md": "# One\n"})
    repository.commit({"a.md": "# Two\n"})
    many = [f"{place}.md" for place in range(300)]
    assert history(repository.top).heading("a.md", "One", lambda: ["a.md", *many]) is None
