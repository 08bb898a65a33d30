"""`vaultlint format`."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Lint = Callable[..., Any]
Build = Callable[..., Path]

UNTIDY = "See [[Budget | money]].\r\n"
TIDY = "See [[Budget|money]].\r\n"
NOTES = {"Plan.md": UNTIDY, "Budget.md": "[[Nowhere]]\n", "f/Trip.md": UNTIDY}


def text(root: Path, path: str = "Plan.md") -> str:
    return (root / path).read_bytes().decode()


def test_it_formats_and_says_how_many(vault: Build, lint: Lint) -> None:
    """The notes are tidied, what is wrong in them is not spoken of, and `undo` brings them back."""
    root = vault(NOTES)

    outcome = lint("format")

    said, undo = outcome.out.splitlines()
    assert (0, "", TIDY, TIDY) == (outcome.status, outcome.err, text(root), text(root, "f/Trip.md"))
    assert f"Formatted 2 of 3 notes in {root}." == said
    assert re.fullmatch("`vaultlint undo [a-z0-9]{5}` takes this back.", undo)
    assert "before `vaultlint format` of " in lint("undo").out
    assert UNTIDY == text(root)
    assert "`vaultlint format`, taken back\n" in lint("undo", "--list").out


def test_a_second_run_has_nothing_to_do(vault: Build, lint: Lint) -> None:
    """What was formatted is not touched again."""
    root = vault(NOTES)
    lint("format")

    assert (0, f"Nothing to format in 3 notes of {root}.\n", "") == lint("format")
    assert (0, "") == lint("format", "--check")[:2]
    assert (0, "") == lint("format", "--diff")[:2]


def test_paths(vault: Build, lint: Lint) -> None:
    """Only the notes that are named are formatted."""
    root = vault(NOTES)

    assert lint("format", "f").out.startswith("Formatted 1 of 1 note in ")
    assert (UNTIDY, TIDY) == (text(root), text(root, "f/Trip.md"))


def test_check_lists_the_notes(vault: Build, lint: Lint) -> None:
    """Status 1 and their paths where something would change; nothing is written."""
    root = vault(NOTES)

    outcome = lint("format", "--check")

    assert (1, "Plan.md\nf/Trip.md\n") == outcome[:2]
    assert f"Would format 2 of 3 notes in {root}.\n" == outcome.err
    assert UNTIDY == text(root)
    assert (1, "Plan.md\nf/Trip.md\n", "") == lint("format", "--check", "--quiet")


def test_diff_shows_the_changes(vault: Build, lint: Lint) -> None:
    """Status 1 and a patch where something would change; nothing is written."""
    root = vault(NOTES)

    outcome = lint("format", "--diff", "Plan.md")

    assert 1 == outcome.status
    assert outcome.out.endswith("-See [[Budget | money]].\r\n+See [[Budget|money]].\r\n")
    assert UNTIDY == text(root)


def test_quiet(vault: Build, lint: Lint) -> None:
    """Nothing is said."""
    root = vault(NOTES)

    assert (0, "", "") == lint("format", "--quiet")
    assert TIDY == text(root)


def test_a_vault_without_notes(vault: Build, lint: Lint) -> None:
    """That is said, and is no fault."""
    assert (0, f"No notes to format in {vault({})}.\n", "") == lint("format")


def config(rules: str, more: str = "") -> dict[str, str]:
    return {**NOTES, "vaultlint.toml": f"{more}\n[rules]\n{rules}\n"}


def test_options_of_the_config_hold(vault: Build, lint: Lint) -> None:
    """A rule that the pack turns on is set as the config sets it."""
    root = vault(config('alias-spacing = { style = "spaced" }'))

    assert lint("format").out.startswith("Nothing to format")
    assert UNTIDY == text(root)


def test_packs_of_the_config_lie_over_the_pack_format(vault: Build, lint: Lint) -> None:
    """Where a pack of the config sets a rule otherwise, that is what the vault wants."""
    root = vault(config("", 'packs = ["recommended", "video-notes"]'))
    (root / "f" / "Trip.md").write_text("[[Budget|money]]\n")

    lint("format")

    assert (UNTIDY, "[[Budget | money]]\n") == (text(root), text(root, "f/Trip.md"))


def test_a_rule_that_the_config_turns_off_stays_off(vault: Build, lint: Lint) -> None:
    """Off is off."""
    root = vault(config('alias-spacing = "off"'))

    assert lint("format").out.startswith("Nothing to format")
    assert UNTIDY == text(root)


def test_other_rules_of_the_config_do_not_run(vault: Build, lint: Lint) -> None:
    """What a check would mend is not for `format`."""
    root = vault({"Soup.md": "---\nup: [[Plan]]\n---\n", **config('unquoted-property-link = "error"')})

    lint("format")

    assert "---\nup: [[Plan]]\n---\n" == text(root, "Soup.md")


def test_overrides_and_exclude_hold(vault: Build, lint: Lint) -> None:
    """In a folder a rule may be off, and a note that is not judged is not formatted."""
    override = '[[override]]\nmatch = "f/**"\nrules = { alias-spacing = "off" }\n'
    root = vault({**NOTES, "g/a.md": UNTIDY, "h/a.md": UNTIDY, "vaultlint.toml": f'exclude = ["g"]\n{override}'})

    lint("format")

    assert [TIDY, UNTIDY, UNTIDY, TIDY] == [text(root, path) for path in ("Plan.md", "f/Trip.md", "g/a.md", "h/a.md")]


def test_suppressions_hold(vault: Build, lint: Lint) -> None:
    """A comment or property that switches a rule off does so here, too."""
    lines = "[[A | b]] %% vaultlint-disable-line alias-spacing %%\n\n[[A | b]]\n"
    root = vault({"Plan.md": lines, "Other.md": f"---\nvaultlint-disable: all\n---\n{UNTIDY}"})

    lint("format")

    assert lines.replace("\n\n[[A | b]]", "\n\n[[A|b]]") == text(root)
    assert text(root, "Other.md").endswith(UNTIDY)


def test_templates_and_notes_of_plug_ins_are_left_alone(vault: Build, lint: Lint) -> None:
    """A board is a file of its plug-in."""
    root = vault({**NOTES, "Board.md": f"---\nkanban-plugin: board\n---\n{UNTIDY}"})

    lint("format")

    assert text(root, "Board.md").endswith(UNTIDY)


def test_which_rules(vault: Build, lint: Lint) -> None:
    """Flags choose among the rules as they do for a check."""
    root = vault({"Plan.md": "[[Plan|Plan]] [[Plan | b]]\n"})

    lint("format", "--ignore", "alias-spacing")
    assert "[[Plan]] [[Plan | b]]\n" == text(root)

    lint("format", "--select", "alias-spacing")
    assert "[[Plan]] [[Plan|b]]\n" == text(root)


def give(monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))


def test_standard_input(vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """The formatted text alone is on standard output, also where nothing changes, and no file is written."""
    root = vault({**NOTES, "vaultlint.toml": 'exclude = ["g"]\n'})
    for name, expected in (("Plan.md", TIDY), ("New.md", TIDY), ("g/a.md", UNTIDY)):
        (root / "g").mkdir(exist_ok=True)
        give(monkeypatch, UNTIDY)
        assert (0, expected, "") == lint("format", "--stdin-filename", name)
    assert UNTIDY == text(root)

    give(monkeypatch, UNTIDY)
    assert (1, "", "") == lint("format", "--check", "--stdin-filename", "Plan.md")
    give(monkeypatch, UNTIDY)
    assert lint("format", "--diff", "--stdin-filename", "Plan.md").out.startswith("diff --git a/Plan.md b/Plan.md\n")


def test_a_note_that_can_not_be_read_is_named(vault: Build, lint: Lint) -> None:
    """It is left as it is, and the others are formatted."""
    root = vault({**NOTES, "Latin.md": b"caf\xe9 [[A | b]]"})

    outcome = lint("format")

    assert (0, TIDY) == (outcome.status, text(root))
    assert outcome.err.startswith("Latin.md: ")


def test_a_wrong_call(vault: Build, lint: Lint) -> None:
    """Status 2 with a word about it."""
    vault(NOTES)

    assert 2 == lint("format", "--fix").status
    assert "leave the paths out" in lint("format", "--stdin-filename", "Plan.md", "Plan.md").err
    assert "no file or folder" in lint("format", "nowhere").err


def test_several_vaults(tmp_path: Path, lint: Lint) -> None:
    """Each is formatted by its own config, and told of in a line of its own."""
    for name, style in (("One", "none"), ("Two", "spaced")):
        (tmp_path / name / ".obsidian").mkdir(parents=True)
        (tmp_path / name / "Plan.md").write_bytes(UNTIDY.encode())
        (tmp_path / name / "vaultlint.toml").write_text(f'rules.alias-spacing = {{ style = "{style}" }}\n')

    outcome = lint("format", tmp_path / "One", tmp_path / "Two", "--check")

    assert 1 == outcome.status
    assert 1 == len(outcome.out.splitlines())
    assert 2 == len(outcome.err.splitlines())


def test_a_blank_line_that_ends_html_in_an_item_keeps_no_note_untidy(vault: Build, lint: Lint) -> None:
    """What only the second reading can judge is left out by itself."""
    html = "- <div>\n  </div>\n\n  - #tag\n"
    root = vault({"Plan.md": html + "\nSee.  \n", "vaultlint.toml": "[rules]\nlist-blank-lines = 'on'\n"})

    outcome = lint("format")

    assert (0, "", html + "\nSee.\n") == (outcome.status, outcome.err, text(root))


@pytest.mark.parametrize("above", ["**Prices**\n", "> Prices\n> ", "- Prices\n  ", "![[a]]\n"])
def test_a_table_right_below_a_text_does_not_keep_the_rest_of_the_note_untidy(
    above: str, vault: Build, lint: Lint
) -> None:
    """Not every reader sees a table there: it stays, unsaid, and all else is tidied."""
    indent = above.rpartition("\n")[2]
    untidy = f"{above}|a|b|\n{indent}|-|-|\n{indent}|c|d|\n"
    root = vault({"Plan.md": f"{untidy}\n{UNTIDY}\n\n|a|b|\n|-|-|\n|c|d|\n".replace("\r", "")})

    outcome = lint("format")

    assert (0, "") == (outcome.status, outcome.err)
    assert f"{untidy}\n{TIDY}\n| a   | b   |\n| --- | --- |\n| c   | d   |\n".replace("\r", "") == text(root)
    assert outcome.out.startswith("Formatted 1 of 1 note")
    assert lint("format").out.startswith("Nothing to format")
