"""A small rule with a note, and its rule set."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vaultlint.rule.registry import RuleSet, Source

Kit = Callable[..., RuleSet]

WORDS = "may_change=frozenset({Aspect.WORDS})"

CODE = '''
from dataclasses import dataclass
from typing import Annotated

from vaultlint.note.model import Span
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind
from vaultlint.rule.kinds import Group, NoteRule


@dataclass(frozen=True)
class Options:
    word: Annotated[str, "What is found."] = "x"


class NoX(NoteRule):
    """A note has an x."""

    name = "no-x"
    group = Group.STYLE
    Options = Options
    reads_git = READS_GIT

    def check(self, note):
        place = note.text.find(self.options.word)
        if place >= 0:
            span = Span(place, place + 1)
            edit = Edit(note.path, span, REPLACEMENT)
            yield self.find(span, "an x", fix=Fix("take it out", (edit,), Applicability.TRUST, LICENCE))
'''

NOTE = """---
rule: no-x
title: An x
summary: A note has an x.
group: style
default: off
fix: safe
changes: [words]
since: 0.1.0
---

It finds an x.

## Why it matters

It is one.

## Examples

### An x is found

````md
a x
````
````text found
Note.md:1:3 no-x an x
````
````md fixed
a o
````

### Another word

````toml
[rules]
no-x = { word = "y" }
````
````md file=My notes/A.md
x y
````
````text found
My notes/A.md:1:3 no-x an x
````
````md fixed file=My notes/A.md
x o
````

### No x is fine

````md
a
````
````text found
````

## Fix safety

It is safe.

## Options

| option | default | meaning |
|---|---|---|
| `word` | `"x"` | text: What is found. |

## Sources

None.
"""


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    """The rule set with that rule; of each two of `change` the first becomes the second in its note.

    Its fix writes `replacement`, may be trusted so far as `trust`, and declares its `licence`.
    """
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(
        *change: str, replacement: str = "o", trust: str = "SAFE", licence: str = WORDS, reads_git: bool = False
    ) -> RuleSet:
        note = NOTE
        for old, new in zip(change[::2], change[1::2], strict=True):
            assert old in note
            note = note.replace(old, new)
        code = CODE.replace("TRUST", trust).replace("LICENCE", licence).replace("READS_GIT", str(reads_git))
        (tmp_path / "no_x.md").write_text(note, encoding="utf-8")
        (tmp_path / "kit_no_x.py").write_text(code.replace("REPLACEMENT", ascii(replacement)), encoding="utf-8")
        return RuleSet([Source("no-x", "kit_no_x:NoX", "kit")])

    yield make
    sys.modules.pop("kit_no_x", None)
