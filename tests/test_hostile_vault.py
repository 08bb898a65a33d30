"""A vault in which every file is out to hurt: a clear diagnostic or a clean pass, and no byte lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SECONDS = 60
BODIES: dict[str, bytes] = {
    "brackets.md": b"[" * 1_000_000,
    "double-brackets.md": b"[[" * 500_000,
    "quotes.md": b">" * 10_000 + b" deep\n",
    "spaced-quotes.md": b"> " * 10_000 + b"deep\n",
    "lists.md": b"- " * 10_000 + b"deep\n",
    "flow-yaml.md": b"---\na: " + b"[" * 200_000 + b"\n---\n",
    "block-yaml.md": b"---\n" + b"- " * 200_000 + b"\n---\n",
    "bomb-yaml.md": b"---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in range(98, 110))
    + b"---\n",
    "nul.md": b"a\0b [[nowhere]]\n",
    "utf-16.md": "[[nowhere]]\n".encode("utf-16"),
    "latin-1.md": b"caf\xe9\n",
    "empty.md": b"",
    "one-line.md": b"word [[nowhere]] " * 6_000,
    "日本語.md": "[[存在しない]]\n".encode(),
    "carriage.md": b"a\r[[nowhere]]\rb\r",
    "bom.md": b"\xef\xbb\xbf---\ntitle: x\n---\n[[nowhere]]\n",
}
NAMES_OF_POSIX = {
    "line\nbreak.md": b"[[nowhere]]\n",
    "\x1b[31mred.md": b"[[nowhere]]\n",
    "::error::forged.md": b"[[nowhere\x1b[31m]] [[::error file=x::y]]\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """One file of every kind of trouble."""
    folder = tmp_path / "vault"
    folder.mkdir()
    bodies = {**BODIES, **(NAMES_OF_POSIX if os.name == "posix" else {})}
    for name, body in bodies.items():
        (folder / name).write_bytes(body)
    with (folder / "huge.md").open("wb") as file:
        file.truncate(100 * 2**20)
    if os.name == "posix":
        os.mkfifo(folder / "pipe.md")
        (folder / "dangling.md").symlink_to(folder / "gone")
    return folder


def run(vault: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The real command on `vault`, bounded in time."""
    words = [sys.executable, "-m", "vaultlint", "check", *arguments, str(vault)]
    state = {"XDG_STATE_HOME": str(vault.parent / "state")}
    return subprocess.run(words, capture_output=True, check=False, timeout=SECONDS, env={**os.environ, **state})


def rules_by_note(outcome: subprocess.CompletedProcess[bytes]) -> dict[str, set[str]]:
    """What was found in each note, from a JSON report."""
    report: dict[str, Any] = json.loads(outcome.stdout.decode("utf-8"))
    found: dict[str, set[str]] = {}
    for row in report["diagnostics"]:
        found.setdefault(row["path"], set()).add(row["rule"])
    return found


def test_each_is_a_clear_diagnostic_or_a_clean_pass(vault: Path) -> None:
    """No crash, no traceback, and the file that can't be judged says why."""
    outcome = run(vault, "--output-format", "json")

    assert (1, b"") == (outcome.returncode, outcome.stderr)
    found = rules_by_note(outcome)
    expected = {
        "nul.md": {"note-encoding"},
        "utf-16.md": {"note-encoding"},
        "latin-1.md": {"note-encoding"},
        "huge.md": {"note-too-large"},
        "flow-yaml.md": {"frontmatter-syntax"},
        "block-yaml.md": {"frontmatter-syntax"},
        "one-line.md": {"unresolved-link"},
        "日本語.md": {"unresolved-link"},
        "carriage.md": {"unresolved-link"},
        "bom.md": {"unresolved-link"},
        "brackets.md": {"link-syntax"},
        "double-brackets.md": {"link-syntax"},
        "lists.md": {"list-marker-duplicate"},
    }
    if os.name == "posix":
        expected |= {"pipe.md": {"unreadable-note"}}
        expected |= {name: {"unresolved-link"} for name in NAMES_OF_POSIX}
        expected["::error::forged.md"] |= {"file-name-characters", "invisible-characters"}
    assert expected == {name: rules for name, rules in found.items() if name in expected}
    assert set(found) <= set(expected) | {"bomb-yaml.md"}


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_nothing_in_a_vault_speaks_to_a_terminal_or_a_workflow(vault: Path, form: str) -> None:
    """Control characters are shown, not sent; a line that is a workflow command is one of ours."""
    outcome = run(vault, "--output-format", form, "--color", "never")

    assert 1 == outcome.returncode
    assert not {0x1B, 0x07, 0x0D, 0x00} & set(outcome.stdout)
    commands = [line for line in outcome.stdout.split(b"\n") if line.startswith(b"::")]
    if form == "github":
        assert all(line.startswith((b"::error file=", b"::warning file=", b"::notice file=")) for line in commands)
        assert not any(b"file=x" in line.split(b"::")[1] for line in commands)
    else:
        assert not [line for line in commands if line.startswith((b"::error file=", b"::error::"))]


def test_fix_loses_no_byte_of_them(vault: Path) -> None:
    """`--fix --unsafe-fixes` leaves every file in which nothing can be mended as it is."""
    before = {path.name: path.read_bytes() for path in vault.iterdir() if path.is_file()}

    run(vault, "--fix", "--unsafe-fixes")

    assert before == {path.name: path.read_bytes() for path in vault.iterdir() if path.is_file()}
