"""Properties are read as the app's YAML library reads them: its answers, recorded, against ours."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from against_yaml import CIRCLE, DROPPED, EXCEPTIONS, IN_BRACKETS, TOO_DEEP, agree, named, said
from frontmatters import frontmatter

from vaultlint.note.frontmatter import Frontmatter, read_frontmatter

RECORDED = Path(__file__).parent / "yaml" / "package.jsonl"

NOT_HAD = {
    "a: 1\rb: 2\n": "a lone CR ends a line, as it does everywhere else in a note",
    "a: !!set {x}\n": "tags of YAML 1.1 make values that JSON does not have",
    "a: !!omap [x: 1]\n": "tags of YAML 1.1 make values that JSON does not have",
    "a: !!binary aGk=\n": "tags of YAML 1.1 make values that JSON does not have",
    "a: !!timestamp 2024-01-01\n": "tags of YAML 1.1 make values that JSON does not have",
    "%YAML 1.1\n--- \na: yes\n": "a directive asks for YAML 1.1",
    "a: &a [*a]\n": CIRCLE,
    "? - a\n  b: c\n  - |x > c\n   d\n": DROPPED,
    "? {a: b, # c\n  d: e}\n: f\n": IN_BRACKETS,
    "a: " + "[" * 100 + "]" * 100 + "\n": TOO_DEEP,
}
"""Where we read otherwise than the library: a block of YAML each, and why."""


def read(yaml: str) -> Frontmatter:
    line_break = "" if yaml.endswith("\n") or not yaml else "\n"
    return read_frontmatter(f"---\n{yaml}{line_break}---\n")


CASES: list[dict[str, Any]] = [json.loads(line) for line in RECORDED.read_text("utf-8").rstrip("\n").split("\n")]


def test_same_as_the_package() -> None:
    """What the app's library reads, we read; what it refuses, we refuse; every exception has its reason."""
    answers = {case["yaml"]: (agree(case, block := read(case["yaml"])), said(block)) for case in CASES}
    wrong = [(case, answers[case["yaml"]][1]) for case in CASES if not answers[case["yaml"]][0]]
    assert [] == [one for one in wrong if named(*one) is None]


@pytest.mark.parametrize("yaml", NOT_HAD)
def test_exceptions(yaml: str) -> None:
    """Each exception is needed, and has the reason that is given."""
    case = next(case for case in CASES if case["yaml"] == yaml)
    block = read(yaml)
    assert not agree(case, block)
    assert NOT_HAD[yaml] == named(case, said(block))


def test_every_exception_is_shown() -> None:
    """Each reason has a recorded case."""
    assert {*EXCEPTIONS, CIRCLE, DROPPED, IN_BRACKETS, TOO_DEEP} == set(NOT_HAD.values())


def test_a_generated_block_is_the_same_each_time() -> None:
    """What the script finds can be found again by the seed; half of what it makes is in order."""
    blocks = [frontmatter(random.Random(f"seed/{number}")) for number in range(200)]
    assert blocks == [frontmatter(random.Random(f"seed/{number}")) for number in range(200)]
    assert 60 < sum(read(block).error is None for block in blocks) < 140
