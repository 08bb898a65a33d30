"""Fixing: to a fixed point, proved, and nothing else changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vaultlint.engine import fix as fixing
from vaultlint.engine import meaning
from vaultlint.engine.check import check_vault
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.write import NoteWriteError, NoteWriter
from vaultlint.rule.fix import Applicability

UNSAFE = Applicability.UNSAFE


def content(root: Path) -> dict[str, bytes]:
    """All notes of a vault, and anything else that lies about."""
    hidden = root / ".obsidian"
    files = (file for file in root.rglob("*") if file.is_file() and hidden not in file.parents)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def test_safe_fixes(make: Any, settings: Any, lines: Any) -> None:
    """Safe fixes are applied, others are not; the report says what is left and how many were mended."""
    root = make({"a.md": "TODO and TODO, maybe", "b.md": "fine"})

    result = fix_vault(settings(root, "no-todo", "no-maybe"))

    assert {"a.md": b"DONE and DONE, maybe", "b.md": b"fine"} == content(root)
    assert ["a.md:1:16 no-maybe the word 'maybe'"] == lines(result.report)
    assert 2 == result.fixed == result.report.summary.fixed
    assert [("a.md", "TODO and TODO, maybe", "DONE and DONE, maybe")] == [
        (one.path, one.before, one.after) for one in result.changed
    ]


def test_unsafe_fixes(make: Any, settings: Any) -> None:
    """Fixes that are trusted less are applied where the call says so; lazy ones are worked out for it."""
    root = make({"a.md": "TODO maybe [[Recipies]]", "Recipes.md": ""})

    fix_vault(settings(root, "no-todo", "no-maybe", "lost"), at_least=UNSAFE)

    assert b"DONE surely [[Recipes]]" == content(root)["a.md"]


def test_nothing_is_written_where_not_asked(make: Any, settings: Any, state: Path) -> None:
    """Without `write`, the result says what would change, and the disk stays as it is."""
    root = make({"a.md": "TODO"})

    result = fix_vault(settings(root, "no-todo"), write=False)

    assert ["DONE"] == [one.after for one in result.changed]
    assert {"a.md": b"TODO"} == content(root)
    assert not state.exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_fixing_twice_is_fixing_once(make: Any, settings: Any, jobs: int) -> None:
    """After a run, a second one finds nothing to fix and touches no file."""
    notes = {f"{n}.md": f"TODO list {n}, TODO maybe [[Recipies]] #tag\r\nTODO" for n in range(80)}
    root = make(notes | {"Recipes.md": "\ufeffTODO\rno newline"})
    its = settings(root, "no-todo", "no-todo-list", "no-maybe", "lost", "open")
    fix_vault(its, at_least=UNSAFE, jobs=jobs)
    before = {file: (root / file).stat().st_mtime_ns for file in content(root)}

    second = fix_vault(its, at_least=UNSAFE, jobs=jobs)

    assert ((), 0) == (second.changed, second.fixed)
    assert before == {file: (root / file).stat().st_mtime_ns for file in content(root)}
    assert "\ufeffDONE\rno newline".encode() == content(root)["Recipes.md"]
    assert b"DONE list 7, DONE surely [[Recipes]] tag\r\nDONE" == content(root)["7.md"]


def test_fixes_that_are_right_one_at_a_time(make: Any, settings: Any, lines: Any) -> None:
    """Where each of two is right and both together are not, the first is made, and the other is judged anew."""
    root = make({"a.md": "---\na: 1\n---\nText TODO"})

    result = fix_vault(settings(root, "titled-above", "titled-below", "no-todo"))

    assert b"---\ntitle: titled-above\na: 1\n---\nText DONE" == content(root)["a.md"]
    assert [] == lines(result.report)


def test_overlaps(make: Any, settings: Any) -> None:
    """Of fixes that overlap the first by rule is applied; the other's finding is judged anew."""
    root = make({"a.md": "a TODO list"})

    result = fix_vault(settings(root, "no-todo", "no-todo-list"))

    assert {"a.md": b"a DONE list"} == content(root)
    assert 1 == result.fixed
    assert () == result.report.diagnostics


def test_rules_that_fight(make: Any, settings: Any, lines: Any) -> None:
    """Rules that undo each other leave the note as it was, and are named; other notes are fixed."""
    root = make({"a.md": "TODO", "b.md": "maybe"})

    result = fix_vault(settings(root, "no-todo", "no-done", "no-maybe"), at_least=UNSAFE)

    assert {"a.md": b"TODO", "b.md": b"surely"} == content(root)
    told = "the fixes of 'no-done' and 'no-todo' did not come to an end in 10 rounds"
    assert [
        f"a.md:1:1 fix-unsettled {told}; the note is left as it was",
        "a.md:1:1 no-todo the word 'TODO'",
    ] == lines(result.report)
    assert 1 == result.fixed


def test_a_fix_that_changes_more_than_it_says(make: Any, settings: Any, lines: Any) -> None:
    """A fix that takes a tag away and does not say so is refused by name; its note keeps its bytes."""
    root = make({"a.md": "a #tag TODO", "b.md": "TODO"})

    result = fix_vault(settings(root, "sly", "no-todo"))

    assert {"a.md": b"a #tag TODO", "b.md": b"DONE"} == content(root)
    told = "the fix of 'sly' would also have changed tags (line 1); the note is left as it was"
    assert f"a.md:1:1 fix-refused {told}" == lines(result.report)[0]
    assert 1 == result.fixed


def test_a_tentative_fix_is_tried_again(make: Any, settings: Any) -> None:
    """What could not be proved is left out unsaid, and tried once more when another fix has changed the note."""
    root = make({"a.md": "old #tag, TODO"})

    result = fix_vault(settings(root, "later", "no-todo"))

    assert {"a.md": b"new #tag, DONE"} == content(root)
    assert (2, ()) == (result.fixed, result.report.diagnostics)


def test_a_licence_to_change(make: Any, settings: Any) -> None:
    """The same change is made where the fix says that it changes tags."""
    root = make({"a.md": "a #tag TODO"})

    fix_vault(settings(root, "open", "no-todo"))

    assert {"a.md": b"a tag DONE"} == content(root)


def test_edits_that_overlap_each_other(make: Any, settings: Any, lines: Any) -> None:
    """A fix whose own edits overlap is refused by name; other fixes of the note are made."""
    root = make({"a.md": "text TODO"})

    result = fix_vault(settings(root, "clumsy", "no-todo"))

    assert {"a.md": b"text DONE"} == content(root)
    message = "the fix of 'clumsy' has edits that overlap, lie outside or are no text"
    assert ["a.md:1:1 clumsy clumsy", f"a.md:1:1 fix-refused {message}"] == lines(result.report)


def test_layout_changes_no_word(make: Any, settings: Any, lines: Any) -> None:
    """A fix of the layout that changes a word is refused."""
    root = make({"a.md": "word"})

    result = fix_vault(settings(root, "layout"))

    assert {"a.md": b"word"} == content(root)
    assert "would also have changed words" in lines(result.report)[0]


def test_a_fix_over_two_notes(make: Any, settings: Any) -> None:
    """A fix over two notes is applied to both."""
    notes = {"a.md": "---\naliases: [Soup]\n---\n", "b.md": "---\naliases: [soup]\n---\n"}

    root = make(notes)
    result = fix_vault(settings(root, "collision"))

    assert {"a.md": b"---\naliases: [Soup!]\n---\n", "b.md": b"---\naliases: [soup!!]\n---\n"} == content(root)
    assert (1, 2) == (result.fixed, len(result.changed))


def test_a_fix_never_leaves_the_notes_asked_for(make: Any, settings: Any) -> None:
    """A fix that would also change a note that is not judged is not applied at all."""
    notes = {"a.md": "---\naliases: [Soup]\n---\n", "b.md": "---\naliases: [soup]\n---\n"}
    root = make(notes)

    fix_vault(settings(root, "collision"), paths=["a.md"])
    fix_vault(settings(root, "collision", exclude=("b.md",)))

    assert {path: text.encode() for path, text in notes.items()} == content(root)


def test_suppressed_findings_are_not_fixed(make: Any, settings: Any) -> None:
    """What a comment hides is not fixed either."""
    root = make({"a.md": "TODO %% vaultlint-disable-line no-todo %%\nTODO"})

    fix_vault(settings(root, "no-todo"))

    assert {"a.md": b"TODO %% vaultlint-disable-line no-todo %%\nDONE"} == content(root)


def test_renames_are_not_applied(make: Any, settings: Any) -> None:
    """A fix that renames a file is shown, and not applied in bulk."""
    root = make({"a.md": ""})

    result = fix_vault(settings(root, "renames"))

    assert {"a.md": b""} == content(root)
    assert ((), 0) == (result.changed, result.fixed)


def test_changed_since_it_was_checked(make: Any, settings: Any, lines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that another program changes between check and fix is left alone, and told."""
    root = make({"a.md": "TODO", "b.md": "TODO"})
    judge = fixing.VaultRun.judge

    def meanwhile(run):
        diagnostics = judge(run)
        (root / "a.md").write_text("TODO, written meanwhile")
        return diagnostics

    monkeypatch.setattr(fixing.VaultRun, "judge", meanwhile)

    result = fix_vault(settings(root, "no-todo"))

    assert {"a.md": b"TODO, written meanwhile", "b.md": b"DONE"} == content(root)
    told = "the note was not fixed: it was changed by another program meanwhile"
    assert f"a.md:1:1 note-changed {told}" in lines(result.report)
    assert 1 == result.fixed


def test_changed_before_it_is_written(make: Any, settings: Any, lines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same between fix and write; the findings of that note are told again, for they are still there."""
    root = make({"a.md": "TODO", "b.md": "TODO"})
    transact = fixing.transact

    def meanwhile(*given, **more):
        (root / "a.md").write_text("mine")
        return transact(*given, **more)

    monkeypatch.setattr(fixing, "transact", meanwhile)

    result = fix_vault(settings(root, "no-todo"))

    assert {"a.md": b"mine", "b.md": b"DONE"} == content(root)
    assert ["a.md:1:1 no-todo", "a.md:1:1 note-changed"] == [
        " ".join(line.split(" ")[:2]) for line in lines(result.report)
    ]
    assert (1, ["b.md"]) == (result.fixed, [one.path for one in result.changed])


def test_notes_of_one_fix_are_written_together(make: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of two notes of a fix can't be written, the other is put back."""
    notes = {"a.md": "---\naliases: [Soup]\n---\n", "b.md": "---\naliases: [soup]\n---\n"}
    root = make(notes)
    make_change = NoteWriter.make

    def fail(self, staged):
        if staged.path == "b.md":
            raise NoteWriteError("no space left")
        make_change(self, staged)

    monkeypatch.setattr(NoteWriter, "make", fail)

    result = fix_vault(settings(root, "collision"))

    assert {path: text.encode() for path, text in notes.items()} == content(root)
    assert ((), 0) == (result.changed, result.fixed)


def test_no_journal_no_writing(make: Any, settings: Any, state: Path) -> None:
    """Where the old bytes can't be kept, nothing is written."""
    root = make({"a.md": "TODO"})
    state.write_text("a file where the folder should be")

    with pytest.raises(Exception, match="could not be kept"):
        fix_vault(settings(root, "no-todo"))

    assert {"a.md": b"TODO"} == content(root)


def test_what_cannot_be_proved_is_not_written(
    make: Any, settings: Any, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the proof itself fails, the note keeps its bytes."""
    root = make({"a.md": "TODO"})

    def fail(*_):
        raise RuntimeError("out of order")

    monkeypatch.setattr(meaning, "what_changed", fail)

    result = fix_vault(settings(root, "no-todo"))

    assert {"a.md": b"TODO"} == content(root)
    assert "fix-refused" in lines(result.report)[0]


def test_what_is_left_is_what_a_check_finds(make: Any, settings: Any, lines: Any) -> None:
    """The report of a fix is the report of a check after it."""
    root = make({"a.md": "TODO list maybe #tag [[x]]", "b.md": "[[a]] TODO"})
    its = settings(root, "no-todo", "no-maybe", "lost", "every-link")

    result = fix_vault(its)

    assert lines(check_vault(its)) == lines(result.report)
