"""Properties are read as the app's YAML library reads them: its answers, recorded, against ours."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from yaml._yaml import get_version

from vaultlint.note.frontmatter import Frontmatter, read_frontmatter

RECORDED = Path(__file__).parent / "yaml" / "package.jsonl"

NOT_HAD: dict[str, str] = {
    ":\n": "a property without a name",
    "a:\n:\n": "a property without a name",
    "...\n": "the end of a document, and nothing before it",
    "\ufeffa: 1\n": "a second byte order mark, behind the dashes",
    "a: 1\rb: 2\n": "a lone CR, which ends a line everywhere else in a note",
    "a:\n \tx\n": "a tab behind the spaces that indent a value, or before brackets",
    "\t{a: b}\n": "a tab behind the spaces that indent a value, or before brackets",
    "a: [!x]\n": "a tag right before a closing bracket",
    "a: {b:[c]}\n": "a bracket or comma right behind the colon of a name without quotes",
    "a: [b:, c]\n": "a bracket or comma right behind the colon of a name without quotes",
    "a: -\n  b\n": "a list that begins behind its property's name and goes on below",
    "a: -\n- b\n": "a list that begins behind its property's name and goes on below",
    "a: [b]: c\n": "a list or map in brackets as the name of a nameless map",
    "&k a: 1\n*k : 2\n": "an alias as the name of a property, which then stands twice",
    "? {a: 0x1F}\n: b\n": "numbers in a map that is the name of a property",
    "a: !!set {x}\n": "tags of YAML 1.1 that make values which JSON does not have",
    "a: !!omap [x: 1]\n": "tags of YAML 1.1 that make values which JSON does not have",
    "a: !!binary aGk=\n": "tags of YAML 1.1 that make values which JSON does not have",
    "a: !!timestamp 2024-01-01\n": "tags of YAML 1.1 that make values which JSON does not have",
}
"""Where libyaml stands in the way of the library's answer: a block of YAML each, and what is odd about it."""

if get_version() < (0, 2, 6):
    NOT_HAD["a: [?]\n"] = "a question mark alone in brackets"


def read(yaml: str) -> Frontmatter:
    line_break = "" if yaml.endswith("\n") or not yaml else "\n"
    return read_frontmatter(f"---\n{yaml}{line_break}---\n")


def same(expected: Any, got: Any) -> bool:
    if isinstance(expected, dict) and "$number" in expected:
        number = float(expected["$number"])
        return got == number or (math.isnan(number) and isinstance(got, float) and math.isnan(got))
    if isinstance(expected, dict):
        return (
            isinstance(got, dict)
            and expected.keys() == got.keys()
            and all(same(value, got[key]) for key, value in expected.items())
        )
    if isinstance(expected, list):
        return isinstance(got, list) and len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, bool) or isinstance(got, bool) or expected is None:
        return expected is got
    if isinstance(expected, int | float):
        return isinstance(got, int | float) and float(expected) == float(got)
    return bool(expected == got)


def agrees(case: dict[str, Any]) -> bool:
    """Whether both refuse, or both read the same; text or a list instead of properties is none to the app."""
    block = read(case["yaml"])
    if "refused" in case or not isinstance(case["data"], dict | None):
        return block.error is not None
    return block.error is None and same(case["data"] or {}, {one.key: one.value for one in block.properties})


CASES = [json.loads(line) for line in RECORDED.read_text("utf-8").rstrip("\n").split("\n")]


@pytest.mark.parametrize("case", [one for one in CASES if one["yaml"] not in NOT_HAD], ids=str)
def test_same_as_the_package(case: dict[str, Any]) -> None:
    """What the app's library reads, we read; what it refuses, we refuse."""
    block = read(case["yaml"])
    assert agrees(case), (case, block.error, [(one.key, one.value) for one in block.properties])


@pytest.mark.parametrize("case", [one for one in CASES if one["yaml"] in NOT_HAD], ids=str)
def test_named_exceptions_are_needed(case: dict[str, Any]) -> None:
    """An exception that no longer is one leaves the list."""
    assert not agrees(case), case


def test_every_exception_is_recorded() -> None:
    """Each exception has its case among the recorded."""
    assert NOT_HAD.keys() <= {case["yaml"] for case in CASES}
