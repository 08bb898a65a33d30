"""Notes that are fixed in one visit each become what they become in rounds over the whole vault."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from vaultlint.config.settings import FORMAT_PACK, Settings, load_settings
from vaultlint.engine import fix as fixing
from vaultlint.engine import visiting
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.values import FixResult
from vaultlint.engine.write import NoteWriteError, NoteWriter
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import installed_rules
from vaultlint.testing import strategies

UNSAFE = Applicability.UNSAFE
NOTES: Mapping[str, str | bytes] = {
    "a.md": "TODO list, TODO maybe #tag\r\nTODO",
    "b.md": "fine",
    "c.md": b"\xff no text",
    "d.md": "TODO %% vaultlint-disable-line no-todo %%\n\nDONE maybe\n",
    "e.md": "---\na: 1\n---\nold #tag, TODO",
    "f.md": "[[a]] and #tag maybe",
    "g.md": "",
}


def told(result: FixResult) -> tuple[object, ...]:
    """All of a result that does not hang on the clock."""
    lines = [
        (one.path, one.position, one.end, one.rule, one.severity, one.message, one.hint, one.fix)
        for one in result.report.diagnostics
    ]
    return result.changed, result.fixed, result.report.summary, lines, set(result.proofs)


def in_rounds(settings: Settings, at_least: Applicability, *, write: bool = False) -> FixResult:
    """Effect: changes notes if asked to. What comes of it without visits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fixing, "by_themselves", lambda _: False)
        return fix_vault(settings, at_least=at_least, write=write)


@pytest.mark.parametrize(
    "rules",
    [
        ("no-todo",),
        ("no-todo", "no-todo-list", "no-maybe", "open"),
        ("no-todo", "sly"),
        ("no-todo", "no-done", "no-maybe"),
        ("later", "no-todo"),
        ("titled-above", "titled-below", "no-todo"),
        ("clumsy", "no-todo"),
        ("idle", "no-todo"),
        ("outside", "no-todo"),
        ("raises", "no-todo"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_visits_make_what_rounds_make(make: Any, settings: Any, rules: tuple[str, ...], jobs: int) -> None:
    """Also where fixes fight, are refused, wait for each other, or a rule fails."""
    its = settings(make(NOTES), *rules)

    assert told(in_rounds(its, UNSAFE)) == told(fix_vault(its, at_least=UNSAFE, jobs=jobs, write=False))


@hypothesis_settings(deadline=None, max_examples=25)
@given(st.lists(strategies.notes(most=12), min_size=1, max_size=4))
def test_formatting(texts: list[str]) -> None:
    """The same for `vaultlint format` and any notes."""
    with TemporaryDirectory() as folder:
        Path(folder, ".obsidian").mkdir()
        for number, text in enumerate(texts):
            Path(folder, f"{number}.md").write_text(text, encoding="utf-8", newline="", errors="replace")
        its = load_settings(Path(folder), installed_rules(), within=FORMAT_PACK)

        assert told(in_rounds(its, Applicability.SAFE)) == told(fix_vault(its, write=False))


def test_each_note_is_read_once(make: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that is fixed in its visit is not looked at again."""
    its = settings(make({"a.md": "TODO", "b.md": "fine"}), "no-todo")
    monkeypatch.setattr(fixing.Fixer, "put", lambda *_: pytest.fail("looked at again"))

    assert 1 == fix_vault(its, write=False).fixed


@pytest.mark.parametrize("rule", ["lost", "collision", "unused"])
def test_rules_that_look_further(make: Any, settings: Any, rule: str) -> None:
    """Where one rule does, there are no visits."""
    run = fixing.VaultRun(settings(make({"a.md": ""}), "no-todo", rule))

    assert not visiting.by_themselves(run)


def test_a_fix_that_reaches_into_another_note(make: Any, settings: Any) -> None:
    """Then all is done in rounds, for the other note's own fixes count together with it."""
    its = settings(make({"a.md": "reach TODO", "b.md": "a TODO b"}), "reaching", "no-todo")

    result = fix_vault(its, at_least=UNSAFE, write=False)

    assert told(in_rounds(its, UNSAFE)) == told(result)
    assert ["reached: DONE", "DONE b"] == [one.after for one in result.changed]


def test_headings_that_links_name(make: Any, settings: Any, lines: Any) -> None:
    """A heading is not changed under a link of another note, which no visit to either note sees."""
    root = make({"a.md": "# TODO\n", "b.md": "[[a#TODO]]", "c.md": "# TODO\n", "d.md": "TODO"})
    its = settings(root, "headline")

    result = fix_vault(its, write=False)

    assert told(in_rounds(its, Applicability.SAFE)) == told(result)
    assert ["c.md", "d.md"] == [one.path for one in result.changed]
    assert any("led links astray" in line for line in lines(result.report))


def test_a_note_that_is_not_written(make: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was wrong in it when it was read is told, and it does not count as fixed."""
    its = settings(make({"a.md": "TODO", "b.md": "TODO TODO"}), "no-todo")
    make_change = NoteWriter.make

    def fail(writer: NoteWriter, staged: Any) -> None:
        if staged.path == "b.md":
            raise NoteWriteError("no space left")
        make_change(writer, staged)

    monkeypatch.setattr(NoteWriter, "make", fail)

    result = fix_vault(its)

    assert (1, ["a.md"]) == (result.fixed, [one.path for one in result.changed])
    assert ["no-todo", "no-todo", "note-changed"] == sorted(one.rule for one in result.report.diagnostics)
