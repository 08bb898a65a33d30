"""Templates and notes that plug-ins own, as a run sees them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vaultlint.engine import pool
from vaultlint.engine.check import check_vault
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.pool import workers

BOARD = "---\nkanban-plugin: board\n---\n"
NOTES = {"T/Day.md": "TODO [[Lost]]", "Board.md": f"{BOARD}TODO [[Lost]]", "Note.md": "TODO [[Lost]]"}
TEMPLATES = '{"folder": "T"}'


def with_templates(root: Path) -> Path:
    (root / ".obsidian" / "templates.json").write_text(TEMPLATES, encoding="utf-8")
    return root


def test_rules_of_form_leave_them_alone(make: Any, settings: Any, lines: Any) -> None:
    """A rule of style speaks of the ordinary note; a link leads nowhere in all of them."""
    its = settings(with_templates(make(NOTES)), "no-todo", "lost")

    found = [line.partition(":")[0] for line in lines(check_vault(its)) if "no-todo" in line]

    assert ["Note.md"] == found
    assert 3 == len([line for line in lines(check_vault(its)) if " lost " in line])


def test_workers_do_so_too(make: Any, settings: Any, lines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a note is, is found out where it is read."""
    monkeypatch.setattr(pool, "_SMALLEST_CHUNK", 1)
    its = settings(with_templates(make(NOTES)), "no-todo")

    with workers(2, "spawn") as executor:
        assert ["Note.md:1:1 no-todo the word 'TODO'"] == lines(check_vault(its, executor=executor))


def test_fixes_do_so_too(make: Any, settings: Any) -> None:
    """What no rule speaks of stays as it is."""
    result = fix_vault(settings(with_templates(make(NOTES)), "no-todo"), write=False)

    assert ["Note.md"] == [note.path for note in result.changed]


def test_nothing_is_gathered_from_them(make: Any, settings: Any, lines: Any) -> None:
    """A rule over the whole vault that speaks of no template does not compare with one either."""
    root = with_templates(make({"T/a.md": "TODO", "b.md": "TODO", "c.md": f"{BOARD}TODO"}))

    assert [] == lines(check_vault(settings(root, "same-count")))


def test_the_template_of_daily_notes(make: Any, settings: Any, lines: Any) -> None:
    """It need not lie in a folder of templates."""
    root = make({"Daily.md": "TODO"})
    (root / ".obsidian" / "daily-notes.json").write_text('{"template": "Daily"}', encoding="utf-8")

    assert [] == lines(check_vault(settings(root, "no-todo")))


def test_the_config_names_the_properties(make: Any, settings: Any, lines: Any) -> None:
    """With a list of its own, a board is an ordinary note."""
    root = make({"Board.md": f"{BOARD}TODO", "Mine.md": "---\nmine: 1\n---\nTODO"})

    found = lines(check_vault(settings(root, "no-todo", plugin_properties=("mine",))))

    assert ["Board.md:4:1 no-todo the word 'TODO'"] == found
