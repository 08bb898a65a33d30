"""`vaultlint init`: shown first, written when asked, and never over what is there."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from vaultlint.cli import init as command

Build = Callable[[Mapping[str, str | bytes]], Path]
Lint = Callable[..., tuple[int, str, str]]

PAPERS = {f"Papers/{number}.md": "---\ntitle: t\nyear: 2020\n---\n" for number in range(12)}


def test_the_config_is_shown_as_a_patch_and_not_written(vault: Build, lint: Lint) -> None:
    root = vault(PAPERS)

    status, out, err = lint("init")

    assert 1 == status
    assert "new file mode 100644\n--- /dev/null\n+++ b/vaultlint.toml\n" in out
    assert '+match = "Papers/**"\n' in out
    assert "Nothing is written; `vaultlint init --yes` writes vaultlint.toml.\n" in err
    assert not (root / "vaultlint.toml").exists()


def test_the_patch_is_one_that_git_applies_to_what_yes_writes(vault: Build, lint: Lint, tmp_path: Path) -> None:
    root = vault(PAPERS)
    _, patch, _ = lint("init", "--diff")
    lint("init", "--yes")
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=tmp_path, check=True)

    assert (root / "vaultlint.toml").read_bytes() == (tmp_path / "vaultlint.toml").read_bytes()


def test_yes_writes_it_and_says_what_is_next(vault: Build, lint: Lint) -> None:
    root = vault(PAPERS | {"Home.md": "[[Nowhere]]\n"})

    status, out, _ = lint("init", "--yes")

    assert (
        0,
        "Wrote vaultlint.toml. It has 1 schema; under it, today's notes give no errors, 1 warning and 0 infos.",
    ) == (
        status,
        out.splitlines()[0],
    )
    assert "`vaultlint check` lists what it finds" in out
    assert ["title", "year"] == tomllib.loads((root / "vaultlint.toml").read_text())["schema"][0]["require"]
    assert 0 == lint("check", "--quiet")[0]
    assert ["vaultlint.toml"] == [
        file.name for file in root.iterdir() if file.name not in (".obsidian", "Papers", "Home.md")
    ]


def test_a_second_time_there_is_nothing_to_do(vault: Build, lint: Lint) -> None:
    vault(PAPERS)
    lint("init", "--yes")

    assert [(0, "vaultlint.toml is what it would be.\n")] * 2 == [
        lint(*words)[:2] for words in (("init",), ("init", "--yes"))
    ]


def test_from_a_folder_of_the_vault_the_config_goes_to_its_root(
    vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault(PAPERS)
    monkeypatch.chdir(root / "Papers")

    status, out, _ = lint("init", "--yes")

    assert (0, True) == (status, (root / "vaultlint.toml").is_file())
    assert "Wrote ../vaultlint.toml." in out
    assert "`vaultlint check ..` lists what it finds" in out


def test_a_config_that_is_there_is_compared_and_stays(vault: Build, lint: Lint) -> None:
    own = 'packs = ["recommended"]\n# mine\n'
    root = vault(PAPERS | {"vaultlint.toml": own})

    shown, refused = lint("init"), lint("init", "--yes")

    assert (1, 2) == (shown[0], refused[0])
    assert "-# mine\n" in shown[1]
    for _, _, err in (shown, refused):
        assert "there is 'vaultlint.toml' already: with --force, the new one takes its place" in err
    assert own == (root / "vaultlint.toml").read_text()


def test_force_puts_the_new_one_in_its_place(vault: Build, lint: Lint) -> None:
    root = vault(PAPERS | {"vaultlint.toml": "this is no TOML"})

    assert "`vaultlint init --yes --force` writes vaultlint.toml" in lint("init", "--force")[2]
    assert 0 == lint("init", "--yes", "--force")[0]
    assert "schema" in tomllib.loads((root / "vaultlint.toml").read_text())


def test_a_config_in_pyproject_toml_is_named(vault: Build, lint: Lint) -> None:
    root = vault(PAPERS | {"pyproject.toml": '[tool.vaultlint]\npacks = ["recommended"]\n'})

    status, _, err = lint("init", "--yes")

    assert 2 == status
    assert "'pyproject.toml' has a config, [tool.vaultlint]: take over there what you like" in err
    assert not (root / "vaultlint.toml").exists()


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_neither_read_nor_written(vault: Build, lint: Lint, tmp_path: Path, *, there: bool) -> None:
    root, outside = vault(PAPERS), tmp_path / "outside.toml"
    if there:
        outside.write_text("secret = 1\n")
    try:
        (root / "vaultlint.toml").symlink_to(outside)
    except OSError:
        pytest.skip("there are no symbolic links here")

    for words in ((), ("--yes",), ("--yes", "--force")):
        status, out, err = lint("init", *words)
        assert (2, "") == (status, out)
        assert "'vaultlint.toml' is a symbolic link" in err
        assert "secret" not in out + err
    assert there == outside.exists()


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="folders are not read-only here")
def test_a_read_only_folder_is_said(vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    root = vault(PAPERS)
    root.chmod(0o500)
    if os.access(root, os.W_OK):  # root may write anywhere

        def refuse(file: str, data: bytes) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(command, "put_file", refuse)
    try:
        status, _, err = lint("init", "--yes")
    finally:
        root.chmod(0o700)

    assert 2 == status
    assert "'vaultlint.toml' can't be written: Permission denied; nothing has changed" in err


def test_names_of_a_vault_steer_no_terminal(vault: Build, lint: Lint) -> None:
    folder = "a\x1b[31m\u202e" if os.name != "nt" else "a\u202e"
    vault({f"{folder}/{number}.md": "---\ntitle: t\nyear: 2020\n---\n" for number in range(12)} | PAPERS)

    _, out, _ = lint("init")

    assert "\x1b" not in out
    assert "\u202e" not in out


def test_an_empty_folder_gets_the_recommended_pack(vault: Build, lint: Lint) -> None:
    root = vault({})

    assert 0 == lint("init", "--yes")[0]
    assert {"packs": ["recommended"]} == tomllib.loads((root / "vaultlint.toml").read_text())


def test_a_folder_that_is_not_there_is_named(vault: Build, lint: Lint) -> None:
    vault({})

    status, _, err = lint("init", "Nowhere")

    assert 2 == status
    assert "Nowhere" in err


def answered(answer: str, *words: str, cwd: Path) -> tuple[int, str]:
    """Exit status and output of `vaultlint init` on a terminal where somebody types an answer."""
    pty = pytest.importorskip("pty")
    main, far = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "vaultlint", "init", *words], cwd=cwd, stdin=far, stdout=far, stderr=subprocess.DEVNULL
    )
    os.close(far)
    os.write(main, answer.encode())
    shown = b""
    while True:
        try:
            data = os.read(main, 4096)
        except OSError:  # the far end is closed
            break
        if not data:
            break
        shown += data
    os.close(main)
    return process.wait(), shown.decode()


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals here")
@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("\n", 1), ("no\n", 1)])
def test_on_a_terminal_one_is_asked(vault: Build, answer: str, status: int) -> None:
    root = vault(PAPERS)

    ended, shown = answered(answer, cwd=root)

    assert "Write vaultlint.toml? [y/N] " in shown
    assert (status, status == 0) == (ended, (root / "vaultlint.toml").exists())


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals here")
def test_with_diff_nobody_is_asked(vault: Build) -> None:
    root = vault(PAPERS)

    ended, shown = answered("y\n", "--diff", cwd=root)

    assert (1, False) == (ended, "[y/N]" in shown)
    assert not (root / "vaultlint.toml").exists()


LINTER = ".obsidian/plugins/obsidian-linter/data.json"
SETTINGS = """{"ruleConfigs": {
    "file-name-heading": {"enabled": true}, "header-increment": {"enabled": false}, "paint": {"enabled": true}
}, "foldersToIgnore": ["Old"]}"""


def test_the_settings_of_obsidian_linter_are_found_and_taken_over(vault: Build, lint: Lint) -> None:
    root = vault({"Soup.md": "Peas.\n", "Old/Stew.md": "Beef.\n", LINTER: SETTINGS})

    status, out, _ = lint("init", "--from", "obsidian-linter", "--yes")
    written = tomllib.loads((root / "vaultlint.toml").read_text())

    assert 0 == status
    assert (
        "1 rule of obsidian-linter became 1 rule of ours; 1 thing could not be taken over: its comments say why." in out
    )
    assert {"packs": [], "exclude": ["Old/**"], "rules": {"heading-file-name": {"missing": True, "other": False}}} == (
        written
    )
    assert "Checked 1 note in " in lint("check")[1]


def test_settings_of_a_plugin_are_shown_first(vault: Build, lint: Lint) -> None:
    root = vault({"Soup.md": "Peas.\n", LINTER: SETTINGS})

    status, out, err = lint("init", "--from", "obsidian-linter")

    assert 1 == status
    assert "+# - paint: a rule that is not known here\n" in out
    assert "Nothing is written; `vaultlint init --from obsidian-linter --yes` writes vaultlint.toml.\n" in err
    assert not (root / "vaultlint.toml").exists()


def test_settings_of_a_plugin_may_lie_elsewhere(vault: Build, lint: Lint, tmp_path: Path) -> None:
    vault({"Soup.md": "Peas.\n"})
    (tmp_path / "theirs.json").write_text(SETTINGS)

    status, _, err = lint("init", "--from", "obsidian-linter", "--settings", str(tmp_path / "theirs.json"), "--diff")

    assert 1 == status
    assert f"`vaultlint init --from obsidian-linter --settings {tmp_path / 'theirs.json'} --yes`" in err


@pytest.mark.parametrize(
    ("files", "words", "said"),
    [
        ({}, (), f"there is no '{LINTER}' in "),
        ({LINTER: "{"}, (), f"'{LINTER}' is no valid JSON"),
        ({LINTER: "[]"}, (), f"'{LINTER}' holds no settings of Obsidian Linter: it has no 'ruleConfigs'"),
        ({}, ("--settings", "nowhere.json"), "'nowhere.json' can't be read: "),
    ],
)
def test_settings_of_a_plugin_that_are_not_there_are_told(
    vault: Build, lint: Lint, files: dict[str, str], words: tuple[str, ...], said: str
) -> None:
    vault({"Soup.md": "Peas.\n", **files})

    status, _, err = lint("init", "--from", "obsidian-linter", *words)

    assert 2 == status
    assert said in err


def test_settings_of_rumdl_and_markdownlint_are_taken_over_for_the_rules_that_are_shared(
    vault: Build, lint: Lint
) -> None:
    root = vault(
        {
            "Soup.md": "Peas.\n",
            ".rumdl.toml": '[global]\nenable = ["MD012", "MD025"]\nexclude = ["Old/**"]\n[MD012]\nmaximum = 2\n',
            ".markdownlint.json": '{"default": false, "no-bare-urls": true, "MD013": true}',
        }
    )

    assert 0 == lint("init", "--from", "rumdl", "--yes")[0]
    rumdl = tomllib.loads((root / "vaultlint.toml").read_text())
    assert 0 == lint("init", "--from", "markdownlint", "--yes", "--force")[0]
    markdownlint = tomllib.loads((root / "vaultlint.toml").read_text())

    rules = {"consecutive-blank-lines": {"most": 2}, "heading-single-h1": {"title": True}}
    assert {"packs": [], "exclude": ["Old/**"], "rules": rules} == rumdl
    assert {"packs": [], "rules": {"bare-url": {"uris": False}}} == markdownlint
    assert "# - MD013: no rule that is shared\n" in (root / "vaultlint.toml").read_text()
    assert 0 == lint("check")[0]
