"""Rule notes as tests, for the built-in rules and for anybody's.

A rule's note is its manual page and its test. It stands beside the rule's module, named for the rule
(`no_todo_marker.md`), and reads so:

`````markdown
---
rule: no-todo-marker
title: Left-over TODO
summary: A note still has a TODO in it.      # the first line of the class's docstring
group: style
default: off                                 # the severity in the pack `recommended`, or off
fix: safe                                    # the most that it offers: none, suggestion, unsafe or safe
changes: [words]                             # what its fixes may change; without a fix not there
since: 0.1.0
---

What it finds, in a vault owner's words.

## Why it matters
## Examples

### A TODO is found, and taken out

````md file=Plan.md
TODO: call Ann
````
````text found
Plan.md:1:1 no-todo-marker 'TODO' is left over
````
````md fixed file=Plan.md
call Ann
````

## Fix safety
## Options
## Sources
`````

Under `## Examples`, each `### A true sentence` is one small vault. Its blocks have four backticks:

- `md` is a note; `Note.md` unless it says `file=`, which goes last. Any other block with `file=` is a file
  (`json file=.obsidian/types.json`).
- `toml` is the vault's `vaultlint.toml`; no pack is on unless it names one. The rule itself is on.
- `text history` is the vault's past in git: a line for each commit, when and which note it changed
  (`2024-01-05T10:30+01:00 Soup.md`); the last of a note gave it its text. Without it there is no repository.
- `text found` lists all that the rule reports; an empty one means nothing.
- `md fixed` is a note after `--fix`; without one, no note may change.
- `md fixed-unsafe` is a note after `--fix --unsafe-fixes`; without one, nobody looks.

`changes` is the rule's word to a vault owner. It names what the fixes of the examples declare in their
`may_change`, no less and no more, in the order of `vaultlint.rule.fix.Aspect`: `links`, `aliases`, `tags`,
`block ids`, `headings`, `properties`, `timestamps`, `comments`, `lists`, `tables`, `words`. `changes: layout` is
for a rule all of whose fixes are of `Kind.LAYOUT`. A rule that reads git may name more, since an example may have no
history.

In the tests of a package:

```python
import pytest
from vaultlint.testing import check_rule_note, rule_examples, run_example

@pytest.mark.parametrize("example", rule_examples(package="my-package"), ids=str)
def test_example(example):
    run_example(example)

def test_note():
    check_rule_note("no-todo-marker")
```

`run_example` also proves that fixes change only what they declare, suggestions too, which are never applied, and
that a second run of them changes nothing. Whatever is wrong is an `AssertionError` that says what was expected.

For notes that nobody thought of, `vaultlint.testing.strategies` has generated notes and vaults for hypothesis, and
`vaultlint.testing.laws` what must hold of any note and any rule.
"""

from vaultlint.testing.docs import check_rule_note, options_table
from vaultlint.testing.examples import Example, rule_examples
from vaultlint.testing.run import run_example

__all__ = ["Example", "check_rule_note", "options_table", "rule_examples", "run_example"]
