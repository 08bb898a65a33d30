"""`vaultlint baseline`, and `check --baseline`."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Lint = Callable[..., Any]
Build = Callable[..., Path]

FILE = "vaultlint-baseline.json"
CONCISE = ("--output-format", "concise", "--quiet")


@pytest.fixture
def noted(vault: Build, lint: Lint) -> Path:
    """A vault with two broken links, and a baseline that knows them."""
    root = vault({"Plan.md": "Read [[Nowhere]].\n", "sub/Note.md": "[[Lost]]\n"})
    lint("baseline")
    return root


def test_writing(vault: Build, lint: Lint) -> None:
    """What was noted down is counted, and the command that uses it is named; the file is at the vault's root."""
    root = vault({"Plan.md": "Read [[Nowhere]].\n", "sub/Note.md": "[[Lost]]\n"})

    outcome = lint("baseline", "sub/..")

    assert (
        0,
        "Wrote 2 findings in 2 notes to vaultlint-baseline.json.\n"
        "`vaultlint check --baseline vaultlint-baseline.json` tells only what is new.\n",
        "",
    ) == outcome
    assert 2 == len(json.loads((root / FILE).read_text("utf-8"))["findings"])
    assert (0, "", "") == lint("baseline", "--quiet")


def test_only_what_is_new_is_told(noted: Path, lint: Lint) -> None:
    """The known findings are gone, the status is that of what is new."""
    assert (0, "", "") == lint("--baseline", FILE, *CONCISE, "--fail-on", "warning")

    (noted / "Plan.md").write_text("New.\n\nRead [[Nowhere]] and [[Elsewhere]].\n")

    outcome = lint("--baseline", FILE, *CONCISE, "--fail-on", "warning")
    assert (1, "Plan.md:3:24 warning unresolved-link no file named 'Elsewhere'\n", "") == outcome


def test_stale_entries(noted: Path, lint: Lint) -> None:
    """A stale entry is said with the command that removes it, which then does so, and a second time nothing."""
    (noted / "Plan.md").write_text("Read.\n")

    said = lint("--baseline", FILE).err
    assert (
        "vaultlint: 1 finding of the baseline is there no longer (in 'Plan.md'): "
        "`vaultlint check --baseline vaultlint-baseline.json --baseline-update` takes it out\n"
    ) == said
    assert (
        "vaultlint: took 1 finding out of 'vaultlint-baseline.json'\n"
        == lint("check", "--baseline", FILE, "--baseline-update").err
    )
    shrunk = (noted / FILE).read_bytes()
    assert "" == lint("check", "--baseline", FILE, "--baseline-update").err
    assert shrunk == (noted / FILE).read_bytes()
    assert ["sub/Note.md"] == [entry["path"] for entry in json.loads(shrunk)["findings"]]


def test_entries_follow_their_notes(noted: Path, lint: Lint) -> None:
    """Where nothing is stale and a note has another name, that is what is written, and said."""
    (noted / "Plan.md").rename(noted / "Project.md")

    assert (
        "vaultlint: wrote names and lines of today into 'vaultlint-baseline.json'\n"
        == lint("check", "--baseline", FILE, "--baseline-update").err
    )
    entries = json.loads((noted / FILE).read_bytes())["findings"]
    assert ["Project.md", "sub/Note.md"] == [entry["path"] for entry in entries]


def test_the_command_for_stale_entries_has_the_flags(noted: Path, lint: Lint) -> None:
    """What says where the vault is, and which rules run more, is part of the command."""
    (noted / "Plan.md").write_text("Read.\n")

    said = lint("--vault", ".", "--extend-select", "video-id,alias-spacing", "--baseline", FILE).err

    assert "--baseline-update --vault . --extend-select video-id,alias-spacing` takes it out\n" in said


def test_an_update_never_grows(noted: Path, lint: Lint) -> None:
    """What is new stays new, however often the baseline is updated."""
    (noted / "Plan.md").write_text("Read [[Elsewhere]].\n")

    first = lint("--baseline", FILE, "--baseline-update", *CONCISE)
    second = lint("--baseline", FILE, "--baseline-update", *CONCISE)

    assert "Plan.md:1:8 warning unresolved-link no file named 'Elsewhere'\n" == first.out == second.out


def test_a_diff_writes_nothing(noted: Path, lint: Lint) -> None:
    """With --diff, the baseline stays as it is too."""
    before = (noted / FILE).read_bytes()
    (noted / "Plan.md").write_text("Read.\n")

    lint("--diff", "--baseline", FILE, "--baseline-update")

    assert before == (noted / FILE).read_bytes()


def test_with_paths(noted: Path, lint: Lint) -> None:
    """Entries of notes that nobody asked for are neither stale nor removed."""
    before = (noted / FILE).read_bytes()
    (noted / "Plan.md").write_text("Read.\n")

    assert (0, "", "") == lint("sub", "--baseline", FILE, "--baseline-update", *CONCISE)
    assert before == (noted / FILE).read_bytes()


def test_fix_mends_only_what_is_new(vault: Build, lint: Lint) -> None:
    """What the baseline knows is not mended."""
    config = 'packs = ["recommended"]\n[rules]\nalias-spacing = { severity = "warning", style = "none" }\n'
    root = vault({"A.md": "[[B | old]]\n", "B.md": "", "vaultlint.toml": config})
    lint("baseline", "--baseline", "known.json")
    (root / "A.md").write_text("[[B | old]]\n\n[[B | new]]\n")

    patch = lint("--diff", "--baseline", "known.json").out
    outcome = lint("--fix", "--baseline", "known.json")

    assert ["-[[B | new]]", "+[[B|new]]"] == [line for line in patch.splitlines()[4:] if line[0] in "+-"]
    assert "Fixed 1 finding in 1 note." in outcome.out
    assert "[[B | old]]\n\n[[B|new]]\n" == (root / "A.md").read_text()


def test_a_file_elsewhere(vault: Build, lint: Lint, tmp_path: Path) -> None:
    """The file may lie outside the vault; its paths are the vault's."""
    root = vault({"Plan.md": "Read [[Nowhere]].\n"})
    file = tmp_path / "known findings.json"

    said = lint("baseline", root, "--baseline", file).out

    assert f"--baseline '{file}'`" in said
    assert ["Plan.md"] == [entry["path"] for entry in json.loads(file.read_text("utf-8"))["findings"]]
    assert (0, "", "") == lint("--baseline", file, *CONCISE)


def test_no_baseline_yet(vault: Build, lint: Lint) -> None:
    """A file that is not there is the caller's error, with the next step."""
    vault({"Plan.md": "Read [[Nowhere]].\n"})

    outcome = lint("--baseline", "known.json")

    assert (2, "", "vaultlint: there is no baseline 'known.json': `vaultlint baseline` writes one\n") == outcome


def test_a_note_is_never_written_over(vault: Build, lint: Lint) -> None:
    """What is there and is no baseline stays as it is."""
    root = vault({"Plan.md": "Read [[Nowhere]].\n"})

    outcome = lint("baseline", "--baseline", "Plan.md")

    assert (2, "Read [[Nowhere]].\n") == (outcome.status, (root / "Plan.md").read_text())
    assert "'Plan.md' is no baseline" in outcome.err


def test_two_vaults(tmp_path: Path, lint: Lint) -> None:
    """Each vault gets its own file; one file for two is refused."""
    for name in ("one", "two"):
        (tmp_path / name / ".obsidian").mkdir(parents=True)
        (tmp_path / name / "A.md").write_text("[[Nowhere]]\n")
    both = (tmp_path / "one", tmp_path / "two")

    assert 2 == lint("baseline", *both, "--baseline", tmp_path / "b.json").status
    assert 0 == lint("baseline", *both).status
    assert all((root / FILE).is_file() for root in both)
    assert 2 == lint(*both, "--baseline", tmp_path / "one" / FILE).status


def test_standard_input(noted: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an editor has not saved is compared with the baseline, too."""
    text = b"Read [[Nowhere]].\nThen [[Elsewhere]].\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))

    outcome = lint("--stdin-filename", "Plan.md", "--baseline", FILE, *CONCISE)

    assert "Plan.md:2:8 warning unresolved-link no file named 'Elsewhere'\n" == outcome.out


def test_config_and_flags(vault: Build, lint: Lint) -> None:
    """With --select only those rules are noted down anew; what others found before stays."""
    root = vault({"Plan.md": "[[Nowhere]] ![[None.png]]\n"})
    lint("baseline")

    lint("baseline", "--select", "missing-embed")
    assert 2 == len(json.loads((root / FILE).read_text("utf-8"))["findings"])

    (root / FILE).unlink()
    lint("baseline", "--select", "missing-embed")
    assert "Plan.md:1:3 warning unresolved-link no file named 'Nowhere'\n" == lint("--baseline", FILE, *CONCISE).out
