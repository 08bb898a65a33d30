"""`vaultlint check`, from files to what is printed and the exit status."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Lint = Callable[..., Any]
Build = Callable[..., Path]

PLAN = "# Plan\n\nRead [[Budget]].\nThen [[Recipies]].\n"
FILES = {"Plan.md": PLAN, "Budget.md": "Money.\n", "Recipes.md": "Soup.\n"}
ONLY = ("--select", "unresolved-link")


def test_full_report(vault: Build, lint: Lint) -> None:
    """A finding with its frame and hint, what was checked, and how much was found."""
    root = vault(FILES)

    outcome = lint("check", *ONLY)

    lines = outcome.out.splitlines()
    assert (0, "") == (outcome.status, outcome.err)
    assert [
        "Plan.md:4:8 warning unresolved-link no file named 'Recipies'",
        " 4 | Then [[Recipies]].",
        "   |        ^^^^^^^^",
    ] == lines[:3]
    assert "   help: did you mean 'Recipes'?" in lines
    assert f"Checked 3 notes in {root}." == lines[-2]
    assert lines[-1].startswith("Found 1 (1 warning)")


def test_the_word_check_may_be_left_out(vault: Build, lint: Lint) -> None:
    """`vaultlint PATHS` is `vaultlint check PATHS`."""
    vault(FILES)

    assert lint("check", *ONLY) == lint(*ONLY) == lint(".", *ONLY)


def test_all_clear(vault: Build, lint: Lint) -> None:
    """A vault without fault says so."""
    root = vault({"Plan.md": "Nothing.\n"})

    assert (0, f"Checked 1 note in {root}.\nAll clear.\n", "") == lint("check")


def test_quiet(vault: Build, lint: Lint) -> None:
    """With `--quiet` there are findings and nothing else."""
    vault(FILES)

    outcome = lint("--quiet", "--output-format", "concise", *ONLY)

    assert (0, "Plan.md:4:8 warning unresolved-link no file named 'Recipies'\n", "") == outcome


@pytest.mark.parametrize(("status", "fail_on"), [(0, "error"), (1, "warning"), (1, "info"), (0, "never")])
def test_fail_on(status: int, fail_on: str, vault: Build, lint: Lint) -> None:
    """Status 1 where something is at or above the severity asked for."""
    vault(FILES)

    assert status == lint("--fail-on", fail_on, *ONLY).status


def test_the_config_may_say_when_to_fail(vault: Build, lint: Lint) -> None:
    """`fail-on` of the config holds where no flag says otherwise."""
    vault({**FILES, "vaultlint.toml": 'fail-on = "warning"\n'})

    assert [1, 0] == [lint(*ONLY).status, lint("--fail-on", "error", *ONLY).status]


def test_one_note_is_judged_against_the_whole_vault(vault: Build, lint: Lint) -> None:
    """Naming a note judges that note alone; its links still lead everywhere."""
    vault({**FILES, "Other.md": "[[Nowhere]]\n"})

    outcome = lint("--output-format", "concise", "--quiet", *ONLY, "Plan.md")

    assert ["Plan.md:4:8 warning unresolved-link no file named 'Recipies'"] == outcome.out.splitlines()


def test_paths_are_shown_from_the_current_folder(vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path in a report for people can be opened from where they stand."""
    root = vault({**FILES, "sub/Note.md": "[[Nowhere]]\n"})
    concise = ("--output-format", "concise", "--quiet", *ONLY)

    monkeypatch.chdir(root / "sub")
    assert lint(*concise, ".").out.startswith("../sub/Note.md:1:3 ")
    monkeypatch.chdir(root.parent)
    assert lint(*concise, "Vault/sub").out.startswith("Vault/sub/Note.md:1:3 ")


def test_json(vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output is one JSON object, its paths relative to the vault wherever one stands."""
    root = vault({"sub/Plan.md": PLAN, "Budget.md": "", "Recipes.md": ""})
    monkeypatch.chdir(root / "sub")

    outcome = lint("--output-format", "json", *ONLY, "..")

    report = json.loads(outcome.out)
    assert [1, str(root), 3] == [report["version"], report["root"], report["summary"]["notes"]]
    assert ["sub/Plan.md"] == [found["path"] for found in report["diagnostics"]]
    assert "did you mean 'Recipes'?" == report["diagnostics"][0]["hint"]


def test_jsonl(vault: Build, lint: Lint) -> None:
    """A diagnostic a line, nothing else."""
    vault(FILES)

    lines = lint("--output-format", "jsonl", *ONLY).out.splitlines()

    assert ["unresolved-link"] == [json.loads(line)["rule"] for line in lines]


def test_github_names_files_from_the_work_tree(vault: Build, lint: Lint) -> None:
    """The top of the git work tree is where GitHub looks for files, however deep the vault lies."""
    root = vault(FILES)
    (root.parent / ".git").mkdir()

    out = lint("--output-format", "github", *ONLY).out

    assert out.startswith("::warning file=Vault/Plan.md,line=4,col=8,endLine=4,endColumn=16,title=unresolved-link::")


def test_statistics(vault: Build, lint: Lint) -> None:
    """Only how often each rule found something."""
    vault(FILES)

    lines = lint("--statistics", *ONLY).out.splitlines()

    assert "1 warning unresolved-link" == lines[0]
    assert 3 == len(lines)


def test_show_files(vault: Build, lint: Lint) -> None:
    """The notes that would be checked: not what the config leaves out, nor what is no note."""
    files = {"b.md": "", "a b.md": "", "pic.png": "", "Templates/t.md": ""}
    vault({**files, "vaultlint.toml": 'exclude = ["Templates/**"]\n'})

    assert (0, "a b.md\nb.md\n", "") == lint("--show-files")


@pytest.mark.skipif(os.name != "posix", reason="needs a file system that takes any name")
def test_names_of_files_are_shown_not_sent(vault: Build, lint: Lint) -> None:
    """A name with a line break, an escape sequence or a workflow command is one harmless line."""
    vault({"line\nbreak.md": "", "\x1b[31mred.md": "", "::error::x.md": ""})

    assert ["./::error::x.md", "\\x1b[31mred.md", "line\\nbreak.md"] == sorted(lint("--show-files").out.splitlines())


def test_several_vaults(vault: Build, lint: Lint) -> None:
    """Paths of several vaults: each is judged in its own, one report after another."""
    root = vault(FILES)
    other = root.parent / "Other"
    (other / ".obsidian").mkdir(parents=True)
    (other / "Note.md").write_text("[[Plan]]\n", encoding="utf-8")

    lines = lint("--output-format", "concise", *ONLY, ".", other).out.splitlines()

    assert ["Plan.md:4:8", f"Checked 3 notes in {root}."] == [lines[0].split()[0], lines[1]]
    assert ["../Other/Note.md:1:3", f"Checked 1 note in {other}."] == [lines[3].split()[0], lines[4]]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_data_tells_of_one_vault(form: str, vault: Build, lint: Lint) -> None:
    """Data about several vaults would have paths that nobody could tell apart: that is a wrong call."""
    root = vault(FILES)
    other = root.parent / "Other"
    (other / ".obsidian").mkdir(parents=True)

    outcome = lint("--output-format", form, ".", other)

    assert (2, "") == (outcome.status, outcome.out)
    assert f"--output-format {form} tells of one vault, and these paths are in 2" in outcome.err


def test_vault_overrides(vault: Build, lint: Lint) -> None:
    """`--vault` names the root; what lies outside of it is refused."""
    root = vault({"sub/Note.md": "[[Budget]]\n", "Budget.md": ""})

    assert f"Checked 1 note in {root / 'sub'}." in lint("--vault", "sub", *ONLY).out
    assert "is not in the vault" in lint("--vault", "sub", "Budget.md").err


def test_a_wrong_config_touches_no_vault(vault: Build, lint: Lint) -> None:
    """Of several vaults, none is checked or fixed where one has a wrong config."""
    root = vault(FILES)
    other = root.parent / "Other"
    (other / ".obsidian").mkdir(parents=True)
    (other / "vaultlint.toml").write_text("packz = []\n", encoding="utf-8")

    outcome = lint(".", other)

    assert (2, "") == (outcome.status, outcome.out)
    assert "packz" in outcome.err
    assert "did you mean 'packs'?" in outcome.err


def test_rules_of_the_vault_are_refused_unasked(vault: Build, lint: Lint) -> None:
    """Python that a vault brings does not run without the flag, which is named."""
    root = vault({"vaultlint.toml": 'local-rules = ["rules.py"]\n', "rules.py": "raise SystemExit(9)\n"})

    outcome = lint()

    assert (2, "") == (outcome.status, outcome.out)
    assert "--allow-local-rules" in outcome.err
    assert not list(root.glob("__pycache__"))


def test_colours(vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Colours come when asked for: by flag, else by FORCE_COLOR, never against NO_COLOR; not into a pipe."""
    vault(FILES)

    def coloured(*arguments: str) -> bool:
        return "\x1b[" in lint(*ONLY, *arguments).out

    assert [False, True, False] == [coloured(), coloured("--color", "always"), coloured("--color", "never")]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert [True, False] == [coloured(), coloured("--color", "never")]
    monkeypatch.setenv("NO_COLOR", "1")
    assert [False, True] == [coloured(), coloured("--color", "always")]


def test_a_note_that_changes_meanwhile_has_no_frame(vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame shows what was checked or nothing."""
    from vaultlint.cli import check

    root = vault(FILES)
    original = check.checked

    def and_change(*arguments: Any, **options: Any) -> Any:
        report = original(*arguments, **options)
        (root / "Plan.md").write_text("# Plan\n\nRead [[Budget]].\nNow [[Something]] else.\n", encoding="utf-8")
        os.utime(root / "Plan.md")
        return report

    monkeypatch.setattr(check, "checked", and_change)

    assert "^" not in lint(*ONLY).out


def test_debug_tells_times(vault: Build, lint: Lint) -> None:
    """With `--debug`, standard error has the times of the phases."""
    vault(FILES)

    assert "vaultlint: walk 0." in lint("--debug").err
