"""Checking a vault: what is told, in which order, and what one bad note or rule costs."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

import pytest

from vaultlint.engine.check import VaultRun, check_vault
from vaultlint.rule.finding import Severity


def test_order(make: Any, settings: Any, lines: Any) -> None:
    """Findings come by path, then position, then rule, whatever found them."""
    root = make({"b.md": "TODO [[x]] maybe", "a/z.md": "TODO", "A.md": "maybe\nTODO"})

    report = check_vault(settings(root, "no-todo", "no-maybe", "lost"))

    assert [
        "A.md:1:1 no-maybe the word 'maybe'",
        "A.md:2:1 no-todo the word 'TODO'",
        "a/z.md:1:1 no-todo the word 'TODO'",
        "b.md:1:1 no-todo the word 'TODO'",
        "b.md:1:8 lost no file named 'x'",
        "b.md:1:12 no-maybe the word 'maybe'",
    ] == lines(report)


def test_summary(make: Any, settings: Any) -> None:
    """The summary counts notes, severities and what `--fix --unsafe-fixes` would mend."""
    root = make({"a.md": "TODO maybe [[a]]", "b.md": ""})

    summary = check_vault(settings(root, "no-todo", "no-maybe", "every-link")).summary

    assert (2, 3, 0, 2, 1, 2, 0) == (
        summary.notes,
        summary.diagnostics,
        summary.errors,
        summary.warnings,
        summary.infos,
        summary.fixable,
        summary.fixed,
    )


def test_paths_choose_what_is_told(make: Any, settings: Any, lines: Any) -> None:
    """Only the notes asked for are judged, and their links against the whole vault."""
    root = make({"in/a.md": "[[other]] [[lost]] TODO", "in/deep/b.md": "TODO", "other.md": "TODO"})

    report = check_vault(settings(root, "no-todo", "lost"), paths=["in"])

    assert [
        "in/a.md:1:13 lost no file named 'lost'",
        "in/a.md:1:20 no-todo the word 'TODO'",
        "in/deep/b.md:1:1 no-todo the word 'TODO'",
    ] == lines(report)
    assert 2 == report.summary.notes


def test_excluded_notes(make: Any, settings: Any, lines: Any) -> None:
    """A note that the config or the app excludes is not judged; it and its headings can be linked to."""
    root = make(
        {
            "a.md": "[[t/one#Head]] [[two#Head]] [[two#None]]",
            "t/one.md": "# Head\nTODO [[none]]",
            "two.md": "# Head\nTODO",
            ".obsidian/app.json": '{"userIgnoreFilters": ["two.md"]}',
        }
    )

    report = check_vault(settings(root, "no-todo", "lost", exclude=("t",)))

    assert [] == lines(report)
    assert 1 == report.summary.notes


def test_a_rule_that_needs_something(make: Any, settings: Any, lines: Any) -> None:
    """A rule does not see notes that have nothing of what it needs."""
    root = make({"a.md": "no tag", "b.md": "a #tag"})

    assert ["b.md:1:3 has-tag the tag 'tag'"] == lines(check_vault(settings(root, "has-tag")))


def test_a_rule_that_raises(make: Any, settings: Any, lines: Any) -> None:
    """A rule that raises is one finding a note, and the rest goes on."""
    root = make({"a.md": "RAISE TODO", "b.md": "LEAVE TODO", "c.md": "[[c]] [[BAD]] [[BAD]]"})
    rules = ("raises", "no-todo", "every-link", "raises-over-vault")

    report = check_vault(settings(root, *rules))

    assert [
        ".:1:1 rule-crashed the rule 'raises-over-vault' failed: RuntimeError: out of order",
        "a.md:1:1 rule-crashed the rule 'raises' failed over 'a.md': RuntimeError: out of order",
        "a.md:1:7 no-todo the word 'TODO'",
        "b.md:1:1 rule-crashed the rule 'raises' failed over 'b.md': SystemExit: leaving",
        "b.md:1:7 no-todo the word 'TODO'",
        "c.md:1:1 every-link leads to c.md",
        "c.md:1:1 rule-crashed the rule 'every-link' failed over 'c.md': RuntimeError: out of order",
    ] == lines(report)
    assert 4 == report.summary.errors
    assert () == report.notices


def test_a_rule_that_raises_late(make: Any, settings: Any) -> None:
    """A rule that raises when its hint or fix is asked for ends no report."""
    root = make({"a.md": "[[a]]"})

    (found,) = check_vault(settings(root, "late-failure")).diagnostics

    assert "the rule 'late-failure' failed to make a hint: RuntimeError: out of order" == found.hint
    assert found.fix is None


def test_debug_shows_tracebacks(make: Any, settings: Any) -> None:
    """With `debug`, the notices hold the traceback of each rule that raised."""
    root = make({"a.md": "RAISE"})

    notices = check_vault(settings(root, "raises", "raises-over-vault"), debug=True).notices

    assert 2 == sum("Traceback" in notice and "out of order" in notice for notice in notices)


def test_a_finding_outside_its_note(make: Any, settings: Any, lines: Any) -> None:
    """A finding that points outside the note is refused with the rule's name."""
    root = make({"a.md": "text"})

    found = lines(check_vault(settings(root, "outside")))

    message = "the rule 'outside' failed over 'a.md': ValueError: a finding at 0-5 lies outside the note"
    assert [f"a.md:1:1 rule-crashed {message}"] == found


def test_a_finding_in_another_note(make: Any, settings: Any, lines: Any) -> None:
    """A rule that judges one note speaks of no other: nobody would know when to ask it again."""
    root = make({"a.md": "[[a]] [[b]]", "b.md": "text"})

    found = lines(check_vault(settings(root, "elsewhere")))

    message = "the rule 'elsewhere' failed over 'a.md': ValueError: a finding in another note, 'b.md'"
    assert ["a.md:1:1 elsewhere linked to", f"a.md:1:1 rule-crashed {message}"] == found


def test_a_vault_rule_that_points_too_far(make: Any, settings: Any, lines: Any) -> None:
    """The same for a rule over the vault; what it finds in notes that are not judged is left out."""
    root = make({"a.md": "text"})

    found = lines(check_vault(settings(root, "far")))

    message = "the rule 'far' failed: ValueError: a finding at 3-1000 lies outside the note 'a.md'"
    assert [f".:1:1 rule-crashed {message}", "a.md:1:1 far near enough"] == found


def test_suppressions(make: Any, settings: Any, lines: Any) -> None:
    """A comment hides the findings of the rules it names, and one that hides nothing can be found."""
    root = make(
        {
            "a.md": "TODO %% vaultlint-disable-line no-todo %%\nTODO %% vaultlint-disable-line lost %%\n",
            "b.md": "TODO %% vaultlint-disable-line %%\n\nplain %% vaultlint-disable-line %%\n",
        }
    )

    found = lines(check_vault(settings(root, "no-todo", "lost", "unused")))

    assert [
        "a.md:2:1 no-todo the word 'TODO'",
        "a.md:2:6 unused hides nothing",
        "b.md:3:7 unused hides nothing",
    ] == found


def test_what_the_engine_finds_cannot_be_hidden(make: Any, settings: Any, lines: Any) -> None:
    """A comment in a note does not hide that a rule failed over it."""
    root = make({"a.md": "%% vaultlint-disable-file %%\nRAISE"})

    assert 1 == len(lines(check_vault(settings(root, "raises"))))


def test_severities(make: Any, settings: Any) -> None:
    """What the engine finds has the severity that the config gives it, or is not told at all."""
    root = make({"a.md": "RAISE"})

    told = check_vault(settings(root, "raises", engine={"rule-crashed": Severity.INFO}))
    untold = check_vault(settings(root, "raises", engine={}))

    assert [Severity.INFO] == [one.severity for one in told.diagnostics]
    assert () == untold.diagnostics


def test_lazy_fixes_are_not_called_to_count(make: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting what `--fix` mends calls no fix that can't be safe."""
    root = make({"Recipes.md": "", "a.md": "[[Recipies]]"})
    report = check_vault(settings(root, "lost"))

    monkeypatch.setattr("vaultlint.vault.index.Index.near", lambda *_: pytest.fail("a search for a near name"))
    assert 0 == report.count_fixable()
    monkeypatch.undo()

    from vaultlint.rule.fix import Applicability

    assert 1 == report.summary.fixable == report.count_fixable(Applicability.UNSAFE)
    assert "Recipes" == report.diagnostics[0].hint


def test_garbage_collection_is_left_as_found(make: Any, settings: Any) -> None:
    """A call leaves the garbage collector on or off, as it was."""
    root = make({"a.md": "TODO"})

    check_vault(settings(root, "no-todo"))
    was_on = gc.isenabled()
    gc.disable()
    try:
        check_vault(settings(root, "no-todo"))
        assert not gc.isenabled()
    finally:
        gc.enable()
    assert was_on


def test_progress(make: Any, settings: Any) -> None:
    """Progress counts notes up to all of them."""
    root = make({f"{n}.md": "" for n in range(150)})
    told: list[tuple[int, int]] = []

    check_vault(settings(root), progress=lambda done, total: told.append((done, total)))

    assert (150, 150) == told[-1]
    assert told == sorted(told)


def test_notices(make: Any, settings: Any) -> None:
    """A broken settings file of the app is a notice, and the run goes on."""
    root = make({"a.md": "TODO", ".obsidian/app.json": "{broken"})

    report = check_vault(settings(root, "no-todo"))

    assert 1 == len(report.diagnostics)
    assert ["app.json" in notice for notice in report.notices] == [True]


def test_timings_name_the_phases(make: Any, settings: Any) -> None:
    """The report says how long each phase took."""
    root = make({"a.md": ""})

    phases = ["walk", "rules", "notes", "notes, reading", "notes, facts", "notes, rules", "index", "judge"]
    assert phases == list(check_vault(settings(root)).timings)


def test_encoding(make: Any, settings: Any, lines: Any) -> None:
    """Notes that are no UTF-8 text are told with their place; the rest is judged."""
    root = make({"a.md": b"fine\n\xff\xfe\xfa", "b.md": "x".encode("utf-16"), "c.md": b"a\0b", "d.md": "TODO"})

    report = check_vault(settings(root, "no-todo"))
    found = lines(report)

    assert [
        "a.md:2:1 note-encoding",
        "b.md:1:1 note-encoding",
        "c.md:1:2 note-encoding",
        "d.md:1:1 no-todo",
    ] == [" ".join(line.split(" ")[:2]) for line in found]
    assert "save it as UTF-8" in str(report.diagnostics[0].hint)


def test_large_notes(make: Any, settings: Any, lines: Any) -> None:
    """A note over the limit is not read; its name still resolves, and nothing is said of its headings."""
    root = make({"a.md": "[[big]] [[big#Any]]"})
    with (root / "big.md").open("wb") as stream:
        stream.truncate(100_000_000)

    found = lines(check_vault(settings(root, "lost", max_note_size=10_000_000)))

    assert ["big.md:1:1 note-too-large 100.0 MB is over the limit of 10.0 MB"] == found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_fifo(make: Any, settings: Any, lines: Any) -> None:
    """A FIFO named like a note is never opened."""
    root = make({"a.md": "[[x]]"})
    os.mkfifo(root / "x.md")

    found = lines(check_vault(settings(root, "lost")))

    assert ["x.md:1:1 unreadable-note this is no regular file, so it was not opened"] == found


def test_vanished(make: Any, settings: Any, lines: Any) -> None:
    """A note that vanishes between the walk and its reading is one finding."""
    root = make({"a.md": "TODO", "b.md": "TODO"})
    run = VaultRun(settings(root, "no-todo"))
    (root / "a.md").unlink()

    run.examine(None, 1, None)

    assert [
        "a.md:1:1 unreadable-note the note has vanished since the vault was listed",
        "b.md:1:1 no-todo the word 'TODO'",
    ] == lines(run.report(run.judge()))


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs O_NOFOLLOW")
def test_a_note_that_becomes_a_link(make: Any, settings: Any, lines: Any, tmp_path: Path) -> None:
    """A note, or its folder, that is exchanged for a symbolic link after the walk is not followed."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "b.md").write_text("TODO")
    root = make({"a.md": "TODO", "f/b.md": "TODO"})
    run = VaultRun(settings(root, "no-todo"))
    (root / "a.md").unlink()
    (root / "a.md").symlink_to(tmp_path / "secret" / "b.md")
    (root / "f").rename(tmp_path / "gone")
    (root / "f").symlink_to(tmp_path / "secret")

    run.examine(None, 1, None)

    assert [
        "a.md:1:1 unreadable-note a symbolic link is not followed",
        "f/b.md:1:1 unreadable-note a symbolic link leads out of the vault, so it was not followed",
    ] == lines(run.report(run.judge()))


def test_unreadable(make: Any, settings: Any, lines: Any) -> None:
    """A note that the system refuses to open is one finding with the system's reason."""
    root = make({"a.md": "TODO", "b.md": "TODO"})
    run = VaultRun(settings(root, "no-todo"))
    (root / "a.md").unlink()
    (root / "a.md").mkdir()  # permissions say nothing to a root user; a folder is unreadable to all

    run.examine(None, 1, None)

    found = lines(run.report(run.judge()))
    assert ["a.md:1:1 unreadable-note", "b.md:1:1 no-todo"] == [" ".join(line.split(" ")[:2]) for line in found]


@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not allow")
@pytest.mark.parametrize("name", ["new\nline.md", "\x1b[31mred.md", "::error::x.md", "日本語.md", "nfd-e\u0301.md"])
def test_odd_names(make: Any, settings: Any, name: str) -> None:
    """Any name of a note is judged like another."""
    root = make({name: "TODO"})

    assert [name] == [one.path for one in check_vault(settings(root, "no-todo")).diagnostics]
