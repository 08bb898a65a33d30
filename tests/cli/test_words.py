"""What the words of a call mean, and what is said of wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vaultlint._version import __version__

Lint = Callable[..., Any]
Build = Callable[..., Any]


@pytest.mark.parametrize("words", [["--version"], ["check", "--version"], ["explain", "--version"]])
def test_version(words: list[str], lint: Lint) -> None:
    """The version is one line."""
    assert (0, f"vaultlint {__version__}\n", "") == lint(*words)


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["check", "--help"], ["explain", "-h"], ["format", "-h"]])
def test_help(words: list[str], lint: Lint) -> None:
    """Help goes to standard output and tells the exit statuses."""
    outcome = lint(*words)

    assert (0, "") == (outcome.status, outcome.err)
    assert "130 stopped with Ctrl-C" in outcome.out


def test_help_names_every_option(lint: Lint) -> None:
    """No option of `check` is secret."""
    told = lint("check", "--help").out

    options = (
        "fix unsafe-fixes diff select extend-select ignore config vault fail-on jobs no-cache output-format",
        "statistics stdin-filename show-files quiet color debug version allow-local-rules",
    )
    for option in " ".join(options).split():
        assert f"--{option}" in told


def test_paths_stand_anywhere(vault: Build, lint: Lint) -> None:
    """Paths may stand before, between and behind the options; an option that has nothing to do does no harm."""
    vault({"A.md": "[[Nowhere]]", "B.md": "[[Nowhere]]", "C.md": "[[Nowhere]]"})

    outcome = lint("check", "A.md", "--output-format", "concise", "B.md", "--unsafe-fixes")

    assert ["A.md", "B.md"] == [line.split(":")[0] for line in outcome.out.splitlines() if "Nowhere" in line]


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--fail-on", "warning", "--", "-x.md", "--config=y.md"],
        ["--fail-on", "warning", "./-x.md", "--", "--config=y.md"],
        ["check", "--", "-x.md", "--config=y.md", "--fail-on"],
    ],
)
def test_behind_two_hyphens_all_is_paths(words: list[str], vault: Build, lint: Lint) -> None:
    """What stands behind `--` is never an option, however it begins."""
    vault({"-x.md": "[[Nowhere]]", "--config=y.md": "[[Nowhere]]", "Other.md": "[[Nowhere]]", "--fail-on": ""})

    outcome = lint(*words)

    places = [line.split(":")[0] for line in outcome.out.splitlines() if "Nowhere" in line and ":" in line]
    assert ["--config=y.md", "-x.md"] == places


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("unrecognized arguments: --selct=x; did you mean --select?", ["--selct=x"]),
        ("unrecognized arguments: --zzz", ["check", "--zzz"]),
        (
            "--statistics is text for people, --output-format json is not",
            ["--statistics", "--output-format", "json"],
        ),
        ("--stdin-filename names the one note that is checked", ["--stdin-filename", "A.md", "B.md"]),
        ("'0' is no number of processes from 1", ["--jobs", "0"]),
        ("invalid choice: 'xml'", ["--output-format", "xml"]),
        ("no file or folder", ["no-such-folder"]),
        ("no command, file or folder named 'fmt'; did you mean the command 'format'?", ["fmt"]),
        ("no command, file or folder named 'chek'; did you mean the command 'check'?", ["chek", "--quiet"]),
        ("no folder 'nowhere'", ["--vault", "nowhere"]),
        (
            "no rule, group or pack named 'unresolvd-link'; did you mean 'unresolved-link'?",
            ["--select", "unresolvd-link"],
        ),
        ("no rule, group or pack named 'qqq'; `vaultlint explain` lists rules and groups", ["--ignore", "qqq"]),
        ("'' names no rule, group or pack", ["--select", ""]),
        ("',' names no rule, group or pack", ["--select", ","]),
        ("no rule named 'unresolvd-link'; did you mean 'unresolved-link'?", ["explain", "unresolvd-link"]),
        ("it does not end in .md", ["--stdin-filename", "picture.png"]),
        ("no-such.toml", ["--config", "no-such.toml"]),
    ],
)
def test_a_wrong_call_says_what_is_right(said: str, words: list[str], vault: Build, lint: Lint) -> None:
    """Status 2, one line that names the fault, nothing on standard output."""
    vault({})

    outcome = lint(*words)

    assert (2, "") == (outcome.status, outcome.out)
    assert outcome.err.startswith("vaultlint: ")
    assert said in outcome.err.splitlines()[0]
    assert "Traceback" not in outcome.err


def test_names_in_a_wrong_call_are_shown_not_sent(lint: Lint) -> None:
    """What the shell made of a file name can't steer the terminal."""
    assert "\x1b" not in lint("--\x1b[31m").err + lint("no\x1b[31m").err
