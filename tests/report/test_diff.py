"""Patches that git takes as they are."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from vaultlint.report.diff import unified_diff

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def test_patch() -> None:
    """A change is shown with three lines before and after it, as a patch of the note."""
    before = "".join(f"{number}\n" for number in range(1, 11))

    assert unified_diff("sub/Note.md", before, before.replace("5\n", "five\n")) == (
        "diff --git a/sub/Note.md b/sub/Note.md\n"
        "--- a/sub/Note.md\n"
        "+++ b/sub/Note.md\n"
        "@@ -2,7 +2,7 @@\n"
        " 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
    )


def test_no_change_no_patch() -> None:
    """Equal texts make no patch."""
    assert unified_diff("Note.md", "same", "same") == ""


def test_a_missing_last_line_break_is_said() -> None:
    """A last line without an end says so, before and after."""
    assert unified_diff("Note.md", "a\nb", "a\nc").splitlines()[4:] == [
        " a",
        "-b",
        "\\ No newline at end of file",
        "+c",
        "\\ No newline at end of file",
    ]


def apply(folder: Path, patch: str) -> None:
    """Let git apply a patch in a folder."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True, env=environment)
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=folder,
        input=patch.encode("utf-8", "surrogateescape"),
        check=True,
        env=environment,
        capture_output=True,
    )


NAMES = [
    "Note.md",
    "sub folder/A note.md",
    "日本語.md",
    "it's.md",
    'q"uote\\back.md',
    "line\nbreak\ttab.md",
    "caf\udce9.md",
]
TEXTS = [
    ("one\ntwo\nthree\n", "one\n2\nthree\n"),
    ("one\r\ntwo\r\nthree\r\n", "one\r\n2\r\nthree\r\n"),
    ("one\rtwo\rthree", "one\r2\rthree"),
    ("\ufeffone\ntwo", "\ufeffone\n2"),
    ("one\ntwo", "one\ntwo\n"),
    ("one\ntwo\n", "one\ntwo"),
    ("one\n", ""),
    ("", "one\n"),
    ("a\u2028b\x0bc\x85d\nx\n", "a\u2028b\x0bc\x85D\nx\n"),
    ("x\n" * 50, "x\n" * 20 + "y\ny\n" + "x\n" * 28 + "z\n"),
    ("--- a/x\n+++ b/x\n@@ -1 +1 @@\n", "--- a/x\n+++ b/y\n@@ -1 +1 @@\n"),
    ("\n\n\na\n", "a\n"),
]


@needs_git
@pytest.mark.skipif(os.name != "posix", reason="needs a file system that takes any name")
@pytest.mark.parametrize("name", NAMES)
def test_git_applies_to_any_name(name: str, tmp_path: Path) -> None:
    """Names with spaces, quotes, line breaks, other scripts and bytes that are no text are found by git."""
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"one\ntwo\n")

    apply(tmp_path, unified_diff(name, "one\ntwo\n", "one\n2\n"))

    assert b"one\n2\n" == file.read_bytes()


@needs_git
def test_git_applies_any_text(tmp_path: Path) -> None:
    """Line breaks of every kind, byte order marks and missing last ones come out byte for byte."""
    for number, (before, _) in enumerate(TEXTS):
        (tmp_path / f"{number}.md").write_bytes(before.encode())

    apply(tmp_path, "".join(unified_diff(f"{n}.md", before, after) for n, (before, after) in enumerate(TEXTS)))

    assert [after.encode() for _, after in TEXTS] == [
        (tmp_path / f"{number}.md").read_bytes() for number in range(len(TEXTS))
    ]


@needs_git
def test_git_applies_changes_anywhere(tmp_path: Path) -> None:
    """Two hundred random changes, each of lines taken out, put in and changed."""
    draw = random.Random(7)
    pairs = []
    for number in range(200):
        lines = [draw.choice(["a\n", "b\n", "c\r\n", "\n"]) for _ in range(draw.randrange(40))]
        changed = list(lines)
        for _ in range(draw.randrange(1, 6)):
            at = draw.randrange(len(changed) + 1)
            changed[at : at + draw.randrange(3)] = ["new\n"] * draw.randrange(3)
        pairs.append(("".join(lines), "".join(changed)))
        (tmp_path / f"{number}.md").write_bytes(pairs[-1][0].encode())

    apply(tmp_path, "".join(unified_diff(f"{n}.md", before, after) for n, (before, after) in enumerate(pairs)))

    assert [after.encode() for _, after in pairs] == [
        (tmp_path / f"{number}.md").read_bytes() for number in range(len(pairs))
    ]


def test_a_long_note_is_quick() -> None:
    """A note of a hundred thousand equal lines with a thousand changes is compared line by line."""
    before = ["same\n"] * 100_000
    after = ["other\n" if number % 100 == 0 else line for number, line in enumerate(before)]

    assert 1000 == unified_diff("Note.md", "".join(before), "".join(after)).count("\n+other")


def test_a_line_that_came_and_one_that_went_are_all_that_is_shown() -> None:
    """A tag that moves from the text to the properties leaves the number of lines; what stands between is not told."""
    middle = "".join(f"line {number}\n" for number in range(60))
    patch = unified_diff("Note.md", f"tags:\n{middle}#soup\n", f"tags:\n  - soup\n{middle}")

    assert ["+  - soup", "-#soup"] == [line for line in patch.splitlines()[4:] if line[0] in "+-"]


@needs_git
def test_git_applies_moved_lines(tmp_path: Path) -> None:
    """Lines in another order, with and without others between."""
    before = "".join(f"{number % 7}\n" for number in range(50))
    after = "".join(sorted(before.splitlines(keepends=True)))
    (tmp_path / "Note.md").write_bytes(before.encode())

    apply(tmp_path, unified_diff("Note.md", before, after))

    assert after.encode() == (tmp_path / "Note.md").read_bytes()
