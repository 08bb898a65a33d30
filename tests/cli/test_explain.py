"""`vaultlint explain`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.rule.page import page_of
from vaultlint.rule.registry import RuleSet

Lint = Callable[..., Any]
Build = Callable[..., Path]

RULE = """
from vaultlint.rule.kinds import Group, NoteRule


class NoX(NoteRule):
    name = "no-x"
    group = Group.STYLE

    def check(self, note):
        return ()
"""


def test_the_list_has_every_rule(lint: Lint) -> None:
    """A line a rule: name, group, default severity, summary."""
    from vaultlint.rule.registry import installed_rules

    outcome = lint("explain")

    rows = [line.split(None, 3) for line in outcome.out.splitlines()]
    assert (0, "") == (outcome.status, outcome.err)
    assert list(installed_rules().explainable) == [row[0] for row in rows]
    assert ["unresolved-link", "links", "warning"] == next(row for row in rows if row[0] == "unresolved-link")[:3]
    assert {4} == {len(row) for row in rows}


def test_a_rules_note(lint: Lint) -> None:
    """The note of a rule as text, with what it is by default."""
    outcome = lint("explain", "unresolved-link")

    assert (0, "") == (outcome.status, outcome.err)
    assert "(unresolved-link)\n\nlinks, warning by default" in outcome.out
    assert "\n## Why it matters\n" in outcome.out
    assert not outcome.out.startswith("---")


def test_what_a_fix_may_change(lint: Lint) -> None:
    """The fact beside the fix says what it may change."""
    assert ", fix: safe (may change links and aliases), since" in lint("explain", "unresolved-link").out
    assert ", fix: unsafe (may change properties), since" in lint("explain", "date-order").out
    assert ", fix: none, since" in lint("explain", "date-invalid").out


@pytest.mark.parametrize(("changes", "fact"), [("changes: layout\n", "safe (changes layout alone)"), ("", "safe")])
def test_what_a_fix_of_layout_may_change(tmp_path: Path, changes: str, fact: str) -> None:
    """Layout is said to be all; of a note without the property nothing is said."""
    (tmp_path / "no_x.md").write_text(f"---\nfix: safe\n{changes}---\n", encoding="utf-8")
    (tmp_path / "no_x.py").write_text(RULE, encoding="utf-8")

    page = page_of(RuleSet().with_local(tmp_path, [tmp_path / "no_x.py"]), "no-x")

    assert f"fix: {fact}, since" in page.text()


def test_a_finding_of_the_engine(lint: Lint) -> None:
    """What the engine itself finds can be explained too."""
    assert "note-encoding" in lint("explain", "note-encoding").out


def test_on_a_terminal_it_is_drawn(lint: Lint) -> None:
    """With colours the note is drawn, not printed as Markdown."""
    drawn = lint("explain", "unresolved-link", "--color", "always").out

    assert "\x1b[" in drawn
    assert "## Why it matters" not in drawn
    assert "Why it matters" in drawn


def test_a_pack(lint: Lint) -> None:
    """What it is for, how it sets each of its rules and what that finds, and the schemas that it brings."""
    out = lint("explain", "--pack", "video-notes").out

    assert out.startswith("# video-notes (pack)\n\nNotes made from recorded talks")
    assert '\n## aliases\n\n- `alias-spacing`, info, `style = "spaced"`: The bar before an alias' in out
    assert "\n- `timestamp-order`, warning: A timestamp is earlier than" in out
    assert "\n```toml\n[[schema]]\nany = [" in out
    assert out == lint("explain", "video-notes").out


def test_the_list_of_packs(lint: Lint) -> None:
    """A line a pack, with what it is for."""
    rows = dict(line.split(None, 1) for line in lint("explain", "--pack").out.splitlines())

    assert rows["recommended"].startswith("What is nearly always a defect")
    assert {"format", "video-notes"} < rows.keys()


def test_a_pack_that_is_not_there(lint: Lint) -> None:
    """The nearest one is named; a pack and a rule at once are one too many."""
    outcome = lint("explain", "--pack", "recomended")

    assert (2, "vaultlint: no pack named 'recomended'; did you mean 'recommended'?\n") == (outcome.status, outcome.err)
    assert 2 == lint("explain", "--pack", "format", "alias-spacing").status


CONFIG = """\
packs = ["recommended", "video-notes"]

[rules]
alias-spacing = { style = "consistent" }

[[override]]
match = ["Journal/**", "Old"]
rules = { alias-spacing = "off" }
"""


def here(out: str) -> list[str]:
    """The lines of what is set here, white space folded."""
    return [" ".join(line.split()) for line in out.partition("\n## Here\n\n")[2].splitlines()]


def test_the_settings_here(vault: Build, lint: Lint) -> None:
    """Severity, options and overrides, each with the place that it comes from."""
    root = vault({"vaultlint.toml": CONFIG})

    assert [
        f"Settings in {root}",
        "alias-spacing info pack 'video-notes'",
        "off vaultlint.toml:8, for 'Journal/**', 'Old'",
        'style "consistent" vaultlint.toml:4',
    ] == here(lint("explain", "alias-spacing").out)


def test_the_settings_of_another_vault(vault: Build, lint: Lint, tmp_path: Path) -> None:
    """What is not set is so by default, with what turns it on; the vault and the config can be named."""
    root = vault({"vaultlint.toml": CONFIG, "other.toml": "packs = []\n"})
    (tmp_path / "Other").mkdir()

    found = here(lint("explain", "alias-spacing", "--vault", tmp_path / "Other").out)

    assert [
        f"Settings in {tmp_path / 'Other'}",
        "alias-spacing off no pack or config turns it on",
        'style "none" default',
    ] == found
    assert found[1:] == here(lint("explain", "alias-spacing", "--config", root / "other.toml").out)[1:]
    assert ["note-encoding error default"] == here(lint("explain", "note-encoding").out)[1:]


@pytest.mark.parametrize("words", [[], ["--color", "always"]])
def test_a_broken_config_hides_no_note(words: list[str], vault: Build, lint: Lint) -> None:
    """The note is shown; what is wrong with the config is said."""
    vault({"vaultlint.toml": "pack = 1\n"})

    outcome = lint("explain", "alias-spacing", *words)

    assert (0, "") == (outcome.status, outcome.err)
    assert "The settings here are not known: vaultlint.toml:1: unknown key 'pack'" in outcome.out
    assert 2 == lint("explain", "no-such-rule").status


@pytest.mark.parametrize("words", [[], ["--color", "always"], ["--color", "never"]])
def test_what_a_vault_says_steers_nothing(words: list[str], vault: Build, lint: Lint) -> None:
    """Text of a vault's config is shown: it is no Markdown, no markup and no command for the terminal."""
    evil = "\\u001b]8;;http://example.com\\u0007 [bold]x[/bold] `` `\\n# x\\n```"
    vault({"vaultlint.toml": f'[[override]]\nmatch = "{evil}"\nrules = {{ alias-spacing = "off" }}\n'})

    lines = lint("explain", "alias-spacing", *words).out.split("Settings in ")[1].splitlines()

    assert ["off"] == [line.split()[0] for line in lines if "example.com" in line]
    assert r"for '\x1b]8;;http://example.com\x07 [bold]x[/bold] `` `\n# x\n```'" in "\n".join(lines)
    assert 4 == len(lines)


def test_a_rule_of_the_vaults_own(vault: Build, lint: Lint) -> None:
    """It is explained where its code may run; elsewhere that is what is said."""
    vault({"no_x.py": RULE, "vaultlint.toml": 'local-rules = ["no_x.py"]\n'})

    assert "--allow-local-rules" in lint("explain", "no-x").err
    assert lint("explain", "no-x", "--allow-local-rules").out.startswith("# no-x (no-x)\n\nstyle, warning by default")


def test_which_notes_a_rule_leaves_alone(lint: Lint) -> None:
    """A rule that does not speak of templates says so."""
    assert "; leaves alone notes that a plug-in owns\n" in lint("explain", "alias-spacing").out
    assert "; leaves alone" not in lint("explain", "unresolved-link").out
