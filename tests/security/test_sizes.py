"""What is far too large, or far too much, is refused or done in bounded memory."""

from __future__ import annotations

import json
import os

import pytest

GIGABYTE = 1_000_000_000


@pytest.mark.parametrize("name", ["vaultlint.toml", "pyproject.toml"])
def test_a_config_of_50_megabytes(name: str, vault, run) -> None:
    """It is refused by its size, before it is read."""
    root = vault({"Note.md": "", name: b'[tool.vaultlint]\npacks = ["' + b"x" * 50_000_000 + b'"]\n'})

    ran = run(root, "check", limit=GIGABYTE)

    assert (2, b"") == (ran.returncode, ran.stdout)
    assert f"{name}: over 1 MB: no config is that large".encode() in ran.stderr


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a" + ".a" * 100_000 + " = 1", "[" + "a." * 100_000 + "a]"])
def test_a_config_nested_100_000_deep(text: str, vault, run) -> None:
    """It is a line that names the file."""
    ran = run(vault({"Note.md": "", "vaultlint.toml": text}), "check")

    assert 2 == ran.returncode
    assert ran.stderr.startswith(b"vaultlint: vaultlint.toml")
    assert len(ran.stderr) < 2_000


@pytest.mark.parametrize("name", ["app", "types", "daily-notes"])
@pytest.mark.parametrize(
    "text",
    [
        b'{"a": "' + b"x" * 50_000_000 + b'"}',
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"newLinkFormat": ' + b"9" * 100_000 + b"}",
    ],
    ids=["50 MB", "unclosed", "lists", "maps", "digits"],
)
def test_settings_of_the_app_out_of_bounds(name: str, text: bytes, vault, run) -> None:
    """A file of `.obsidian` that is too large or too deep is a notice at most; the notes are checked all the same."""
    root = vault({"Note.md": "[[nowhere]]\n", f".obsidian/{name}.json": text})

    ran = run(root, "check", "--output-format", "json", limit=GIGABYTE)

    assert 1 == json.loads(ran.stdout)["summary"]["diagnostics"]
    assert b"Traceback" not in ran.stderr


def test_a_hundred_thousand_empty_notes(vault, run) -> None:
    """They fit into a gigabyte of address space, and each is counted."""
    root = vault({})
    for number in range(100_000):
        if number % 1_000 == 0:
            (root / str(number)).mkdir()
        os.close(os.open(root / str(number // 1_000 * 1_000) / f"{number}.md", os.O_CREAT | os.O_WRONLY))

    ran = run(root, "check", "--output-format", "json", "--jobs", "1", limit=GIGABYTE)

    assert (0, 100_000) == (ran.returncode, json.loads(ran.stdout)["summary"]["notes"])


LINES = {"words": b"word [[nowhere]] ", "brackets": b"[[", "plain": b"x", "bars": b"|", "stars": b"*a ", "code": b"`"}


@pytest.mark.parametrize("name", LINES)
def test_one_long_line(name: str, vault, run) -> None:
    """A line of 2 MB is checked, and shown in part."""
    root = vault({"Note.md": LINES[name] * (2_000_000 // len(LINES[name]))})

    ran = run(root, "check", "--jobs", "1", limit=4 * GIGABYTE)

    assert ran.returncode in (0, 1)
    assert b"Traceback" not in ran.stderr
    assert len(ran.stdout) < 100_000


def test_a_line_of_200_megabytes(vault, run) -> None:
    """It is over the limit that holds unless the config says otherwise, and so it is not read."""
    root = vault({})
    with (root / "Note.md").open("wb") as file:
        file.truncate(200_000_000)

    ran = run(root, "check", limit=GIGABYTE)

    assert b"note-too-large" in ran.stdout
