"""`--output FORMAT=FILE`: further reports of the same run, whole or not at all."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.cli.words.check import FORMATS, parse_check

Lint = Callable[..., Any]
Build = Callable[..., Path]

PLAN = "# Plan\n\nRead [[Budget]].\nThen [[Recipies]].\n"
FILES = {"Plan.md": PLAN, "Budget.md": "Money.\n", "Recipes.md": "Soup.\n"}
ONLY = ("--select", "unresolved-link")


def others(root: Path) -> set[str]:
    """What stands in a folder and was not put there at first."""
    return {file.name for file in root.iterdir()} - {*FILES, ".obsidian"}


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_what_standard_output_would(form: str, vault: Build, lint: Lint, tmp_path: Path) -> None:
    """Each format is the same in a file as on standard output, which stays what it is without the file."""
    vault(FILES)

    shown = lint("--output-format", form, *ONLY)
    both = lint("--output", f"{form}={tmp_path / 'report'}", *ONLY)

    assert lint(*ONLY) == both
    assert shown.out.encode() == (tmp_path / "report").read_bytes()


def test_several_files(vault: Build, lint: Lint) -> None:
    """Several reports of one run, also of one format, and into the vault where somebody says so."""
    root = vault(FILES)

    outcome = lint(
        "--output-format", "concise", "--quiet", "--output", "sarif=a.sarif", "--output", "json=b.json",
        "--output", "json=.obsidian/c.json", *ONLY,
    )  # fmt: skip

    assert (0, "Plan.md:4:8 warning unresolved-link no file named 'Recipies'\n", "") == outcome
    assert {"a.sarif", "b.json"} == others(root)
    assert (root / "b.json").read_bytes() == (root / ".obsidian" / "c.json").read_bytes()
    assert 1 == len(json.loads((root / "a.sarif").read_text(encoding="utf-8"))["runs"][0]["results"])


def test_sarif_names_the_rules_that_ran(vault: Build, lint: Lint) -> None:
    """Also those that found nothing, for then code scanning closes what they found before."""
    root = vault({"Plan.md": "Nothing wrong.\n"})

    lint("--output", "sarif=r.sarif", "--select", "unresolved-link,empty-alias")

    driver = json.loads((root / "r.sarif").read_text(encoding="utf-8"))["runs"][0]["tool"]["driver"]
    assert ["empty-alias", "unresolved-link"] == [rule["id"] for rule in driver["rules"]]


def test_what_a_format_leaves_out_is_said(vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that has not all findings is no secret, unless nothing is to be said."""
    monkeypatch.setattr("vaultlint.report.sarif.MOST_RESULTS", 2)
    vault({"Plan.md": "[[a]] [[b]] [[c]]\n"})

    said = "vaultlint: the SARIF report has the 2 findings that weigh most, of 3: GitHub takes no more\n"
    assert said == lint("--output", "sarif=r.sarif", *ONLY).err
    assert "" == lint("--quiet", "--output", "sarif=r.sarif", *ONLY).err


def test_no_colours_in_a_file(vault: Build, lint: Lint) -> None:
    """Colours are for standard output."""
    root = vault(FILES)

    outcome = lint("--color", "always", "--output", "full=report.txt", *ONLY)

    assert "\x1b" in outcome.out
    assert "\x1b" not in (root / "report.txt").read_text(encoding="utf-8")


def test_statistics_are_for_standard_output(vault: Build, lint: Lint) -> None:
    """With `--statistics` standard output counts, and files tell."""
    root = vault(FILES)

    outcome = lint("--statistics", "--quiet", "--output", "concise=report.txt", *ONLY)

    assert "1 warning unresolved-link\n" == outcome.out
    told = "Plan.md:4:8 warning unresolved-link no file named 'Recipies'\n"
    assert told == (root / "report.txt").read_text(encoding="utf-8")


def test_fix_tells_what_is_left(vault: Build, lint: Lint) -> None:
    """After `--fix` a file tells what is left, of the notes as they are now."""
    root = vault({"Plan.md": "[[Budget|Budget]]\n[[Recipies]]\n", "Budget.md": ""})
    rules = ("--select", "redundant-alias,unresolved-link")

    lint("--fix", "--output", "json=r.json", "--output", "full=r.txt", *rules)

    report = json.loads((root / "r.json").read_text(encoding="utf-8"))
    assert [1, ["unresolved-link"]] == [report["summary"]["fixed"], [one["rule"] for one in report["diagnostics"]]]
    assert "Fixed 1 finding in 1 note.\n" in (root / "r.txt").read_text(encoding="utf-8")


def test_standard_input(vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note on standard input is reported to files too; mended, it stands alone on standard output."""
    import io

    root = vault(FILES)
    for words in (("--stdin-filename", "New.md"), ("--stdin-filename", "New.md", "--fix")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[[Nowhere]]\n")))
        outcome = lint(*words, "--output", "concise=report.txt", "--quiet", *ONLY)
        assert (root / "report.txt").read_text(encoding="utf-8").startswith("New.md:1:3 warning unresolved-link")
    assert "[[Nowhere]]\n" == outcome.out


def test_paths_are_those_of_the_work_tree(vault: Build, lint: Lint) -> None:
    """Formats for services name notes from the top of the git work tree."""
    root = vault(FILES)
    (root.parent / ".git").mkdir()
    forms = ("sarif", "gitlab", "rdjson", "azure", "junit")

    lint(*[word for form in forms for word in ("--output", f"{form}={form}")], *ONLY)

    assert [True] * 5 == ["Vault/Plan.md" in (root / form).read_text(encoding="utf-8") for form in forms]


@pytest.mark.parametrize(
    ("said", "outputs"),
    [
        ("'-' is no file", ["json=-"]),
        ("missing' to write 'missing/r.json' to", ["json=missing/r.json"]),
        ("'.obsidian' is no file", ["json=.obsidian"]),
        ("two reports can't be one file: './r'", ["json=r", "sarif=./r"]),
        ("'xml=r' is no FORMAT=FILE; formats: full, concise, json", ["xml=r"]),
        ("'json=' is no FORMAT=FILE", ["json="]),
        ("'json' is no FORMAT=FILE", ["json"]),
    ],
)
def test_what_can_not_be_written_is_said_first(said: str, outputs: list[str], vault: Build, lint: Lint) -> None:
    """A wrong file ends the run before it begins: nothing is told, fixed or written."""
    root = vault({**FILES, "Plan.md": "[[Budget|Budget]]\n"})

    outcome = lint("--fix", "--select", "all", *[word for one in outputs for word in ("--output", one)])

    assert (2, "") == (outcome.status, outcome.out)
    assert said in outcome.err
    assert "[[Budget|Budget]]\n" == (root / "Plan.md").read_text(encoding="utf-8")
    assert set() == others(root)


@pytest.mark.skipif(os.name != "posix", reason="devices are files on POSIX alone")
def test_a_device_is_not_replaced(vault: Build, lint: Lint, tmp_path: Path) -> None:
    """What is no regular file is refused, for a report replaces what was there."""
    vault(FILES)
    os.mkfifo(tmp_path / "pipe")

    for name in ("/dev/null", tmp_path / "pipe"):
        assert f"'{name}' is no file" in lint("--output", f"json={name}").err


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need a privilege elsewhere")
def test_links_and_modes_are_kept(vault: Build, lint: Lint, tmp_path: Path) -> None:
    """A report over an older one keeps its mode; behind a link elsewhere, the file that it leads to changes."""
    root = vault(FILES)
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to(tmp_path / "real")

    lint("--output", f"json={tmp_path / 'link'}", "--output", "sarif=new", *ONLY)

    assert (tmp_path / "link").is_symlink()
    assert "diagnostics" in (tmp_path / "real").read_text(encoding="utf-8")
    mask = os.umask(0)
    os.umask(mask)
    assert [0o640, 0o666 & ~mask] == [file.stat().st_mode & 0o777 for file in (tmp_path / "real", root / "new")]


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need a privilege elsewhere")
@pytest.mark.parametrize("name", ["link", "folder/file", "{here}/link", "{here}/folder/file"])
def test_a_link_in_the_vault_leads_no_report_away(name: str, vault: Build, lint: Lint, tmp_path: Path) -> None:
    """A link in the current folder may be a stranger's: no report is written over what it leads to."""
    root = vault(FILES)
    (tmp_path / "prey").mkdir()
    (tmp_path / "prey" / "file").write_text("mine", encoding="utf-8")
    (root / "link").symlink_to(tmp_path / "prey" / "file")
    (root / "folder").symlink_to(tmp_path / "prey")
    name = name.replace("{here}", os.path.realpath(root))

    outcome = lint("--output", f"json={name}", *ONLY)

    assert 2 == outcome.status
    assert f"'{name}' leads elsewhere, through a link" in outcome.err
    assert "mine" == (tmp_path / "prey" / "file").read_text(encoding="utf-8")


def test_nothing_is_half_written(vault: Build, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that can't be put in its place leaves the older one, no rest of its own, and status 3."""
    root = vault(FILES)
    (root / "report.json").write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vaultlint.engine.write.os.fsync", full)
    outcome = lint("--output", "json=report.json", *ONLY)

    assert 3 == outcome.status
    assert f"can't write to '{root / 'report.json'}': No space left on device" in outcome.err
    assert "old" == (root / "report.json").read_text(encoding="utf-8")
    assert {"report.json"} == others(root)


def test_several_vaults(vault: Build, lint: Lint) -> None:
    """A format of single lines tells of several vaults in one file; one document of one vault is refused."""
    root = vault(FILES)
    other = root.parent / "Other"
    (other / ".obsidian").mkdir(parents=True)
    (other / "Note.md").write_text("[[Plan]]\n", encoding="utf-8")

    lint("--quiet", "--output", "concise=lines.txt", *ONLY, ".", other)
    lines = (root / "lines.txt").read_text(encoding="utf-8").splitlines()
    assert ["Plan.md:4:8", "../Other/Note.md:1:3"] == [line.split()[0] for line in lines]

    outcome = lint("--output", "sarif=report.sarif", *ONLY, ".", other)
    assert (2, "") == (outcome.status, outcome.out)
    assert "--output sarif=FILE tells of one vault, and these paths are in 2" in outcome.err
    assert {"lines.txt"} == others(root)


@pytest.mark.parametrize("word", ["--diff", "--show-files"])
def test_no_report_no_file(word: str, vault: Build, lint: Lint) -> None:
    """What makes no report can't write one."""
    root = vault(FILES)

    outcome = lint(word, "--output", "json=report.json")

    assert (2, set()) == (outcome.status, others(root))
    assert "--output writes a report, and --diff and --show-files make none" in outcome.err


def test_the_first_equals_sign_ends_the_format() -> None:
    """A file may have a drive, backslashes and equals signs in its name."""
    words = ["--output", r"sarif=C:\x\y.sarif", "--output", "json=a=b.json"]

    assert [("sarif", r"C:\x\y.sarif"), ("json", "a=b.json")] == parse_check(words).outputs
