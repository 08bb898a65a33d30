"""`docs/writing-a-rule.md` is followed word for word: each file is made, each command run, each output compared."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

GUIDE = Path(__file__).parents[2] / "docs" / "writing-a-rule.md"
HOME = "/home/ann/repeated-word"
"""The folder of the guide's reader, in place of the test's own."""

_BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^(?P<fence>`{3,})(?P<language>\w+)\n(?P<text>.*?)^(?P=fence)\n", re.M | re.S
)
_SECONDS = re.compile(r"\d+\.\d\ds\b")
"""What pytest took: the one thing in an output that nobody can foretell."""


class Step(NamedTuple):
    """One thing that the reader does: makes a file, or runs a command."""

    line: int
    file: str
    text: str


def steps() -> list[Step]:
    """What the guide asks for, in its order."""
    text = GUIDE.read_text(encoding="utf-8")
    found = []
    for block in _BLOCK.finditer(text):
        line = text.count("\n", 0, block.start("text")) + 1
        commands = block["language"] == "console"
        assert commands == (block["file"] is None), f"line {line}: a block is a file with its name above, or a console"
        found += list(_commands(block["text"], line)) if commands else [Step(line, block["file"], block["text"])]
    return found


def _commands(text: str, line: int) -> Iterator[Step]:
    """Each line that begins with `$`, with its output below."""
    assert text.startswith("$ ")
    for part in re.split(r"^(?=\$ )", text, flags=re.M)[1:]:
        yield Step(line, "", part)
        line += part.count("\n")


def test_the_guide_is_true_to_the_word(environment: Callable[[Path], Path], tmp_path: Path) -> None:
    """Whoever does what it says sees what it says."""
    python = environment(tmp_path / "environment")
    folder = (tmp_path / "repeated-word").resolve()
    folder.mkdir()
    surroundings = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PIP_", "COLUMNS"))},
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # to pip, a "no" to isolation: its option is one that switches off
        "PIP_NO_COMPILE": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # what else happens to be installed here
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    done = steps()
    for step in done:
        if step.file:
            file = folder / step.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(step.text.encode())
            continue
        command, _, expected = step.text.partition("\n")
        words = command.split()[1:]
        if words[0] == "vaultlint":
            words[:1] = ["python", "-m", "vaultlint"]
        assert "python" == words[0], f"line {step.line}"
        run = subprocess.run(
            [python, *words[1:]],
            cwd=folder,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            encoding="utf-8",
        )
        printed = run.stdout.replace(str(folder), HOME).replace(f"{HOME}{os.sep}", f"{HOME}/")
        assert _SECONDS.sub("", expected) == _SECONDS.sub("", printed), f"line {step.line}: {command}"

    assert {step.file for step in done} > {"pyproject.toml", "tests/test_rules.py", "vault/Plan.md"}
    assert 5 == sum(not step.file for step in done)
