"""The threat model in SECURITY.md is a promise: each line of it has a test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
LINE = re.compile(r"^\| ([A-Z]\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_each_line_of_the_threat_model_names_a_test_that_exists() -> None:
    """The lines are numbered, none twice, and the tests that they name are there."""
    lines = LINE.findall((PROJECT / "SECURITY.md").read_text(encoding="utf-8"))

    assert len(lines) >= 25
    assert len(lines) == len({number for number, _, _ in lines})
    for number, _, tests in lines:
        named = TEST.findall(tests)
        assert named, f"{number} names no test"
        for file, test in named:
            tree = ast.parse((PROJECT / file).read_text(encoding="utf-8"))
            assert test in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}, f"{number}: {test}"


def test_each_test_of_the_threat_model_is_named() -> None:
    """No test of this folder stands without a line that it holds vaultlint to."""
    page = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")

    for file in Path(__file__).parent.glob("test_*.py"):
        for test in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE):
            assert file.name == "test_page.py" or f"{file.name}::{test}`" in page, f"{file.name}::{test}"
