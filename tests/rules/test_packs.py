"""The built-in packs: what they may say of a rule, and that formatting comes to an end."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trial

from vaultlint import format_text
from vaultlint.config.settings import FORMAT_PACK, load_settings
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability
from vaultlint.rule.page import page_of
from vaultlint.rule.registry import installed_rules
from vaultlint.testing.laws import check_fixes
from vaultlint.testing.strategies import notes

RULESET = installed_rules()
FOLDER = Path(tempfile.mkdtemp()).resolve()
"""An empty vault, for the laws are held to notes that are made up."""
FORMAT = load_settings(FOLDER, RULESET, within=FORMAT_PACK)
ADDITIONAL = ("strict", "publish", "zettelkasten", "video-notes")
OF_WORDS = {"misspelling", "forbidden-terms", "invisible-characters", "list-marker-duplicate"}
"""Rules of form that look at what is said."""


def level(said: Any) -> str:
    return str(said.get("severity", "on") if isinstance(said, dict) else said)


def levels(pack: str) -> dict[str, str]:
    return {name: level(said) for name, said in RULESET.pack(pack).data()["rules"].items()}


@pytest.mark.parametrize("pack", sorted(RULESET.packs))
def test_its_options_are_right(pack: str) -> None:
    """What a pack sets, its rules have: it can be selected whatever the config says."""
    from vaultlint.config.layers import merge, pack_layer

    entries = merge(RULESET, [pack_layer(RULESET.pack(pack))], [])

    assert entries
    for entry in entries.values():
        entry.validated(RULESET)


def test_format_mends_what_it_finds() -> None:
    """Every rule of the pack `format` has a fix, and what is on has a safe one."""
    fixes = {name: page_of(RULESET, name).fix for name in levels("format")}

    assert {} == {name: fix for name, fix in fixes.items() if fix == "none"}
    assert {} == {
        name: fixes[name] for name, said in levels("format").items() if said != "off" and fixes[name] != "safe"
    }


def test_format_heeds_every_rule_of_form() -> None:
    """A rule of form that is not on in the pack is named there as off, so that a config can turn it on."""
    of_form = {
        name
        for name in RULESET.names
        if RULESET.load(name).group.value in ("style", "tables") and page_of(RULESET, name).fix != "none"
    }

    assert OF_WORDS == of_form - levels("format").keys()


@pytest.mark.parametrize("pack", ADDITIONAL)
def test_packs_beside_recommended_ask_for_more(pack: str) -> None:
    """No pack that is meant to stand behind `recommended` makes one of its rules matter less."""
    usual, here = levels("recommended"), levels(pack)

    assert "off" not in here.values()
    assert {} == {
        name: (usual[name], said)
        for name, said in here.items()
        if name in usual and Severity[said.upper()] < Severity[usual[name].upper()]
    }


def test_links_that_lead_nowhere_are_errors_in_the_packs_that_say_so() -> None:
    """As the catalogue of rules has it."""
    links = {"unresolved-link", "unresolved-heading", "unresolved-block", "alias-as-target"}

    for pack in ("strict", "publish"):
        assert dict.fromkeys(links, "error").items() <= levels(pack).items()
    assert "error" == levels("publish")["unescaped-alias-bar"]
    assert "error" == levels("video-notes")["unresolved-link"]


@trial(max_examples=30, deadline=None)
@given(notes())
def test_formatting_comes_to_an_end(text: str) -> None:
    """What was formatted is not changed again, and the proof has nothing to refuse."""
    check_fixes(FORMAT, {"Note.md": text}, Applicability.SAFE)


TIDY = """\
---
tags:
  - soup
---

# Soup

Some text with a [[Note|link]], *emphasis* and `code`.

- One
- Two
\t- Deeper
- [ ] A task ^task

| Name | Taste |
| ---- | ----- |
| Pea  | good  |

> [!note] A callout
> With text.

```python
x = 1
```

$$
x^2
$$

---

The end.
"""


def test_a_note_by_the_apps_own_hand_is_not_touched() -> None:
    """What the app writes itself is tidy."""
    assert TIDY == format_text(TIDY)


def test_an_untidy_note() -> None:
    """The small decisions, all together."""
    untidy = (
        TIDY.replace("- One", "* One")
        .replace("- Two", "* Two")
        .replace("\t- Deeper", "\t* Deeper")
        .replace("- [ ]", "* [ ]")
        .replace("*emphasis*", "_emphasis_")
        .replace("| Name | Taste |\n| ---- | ----- |\n| Pea  | good  |", "|Name|Taste|\n|-|-|\n|Pea|good|")
        .replace("The end.", "\n\nThe end. ")
        .replace("---\n\nThe", "***\n\nThe")
        .replace("[[Note|link]]", "[[Note | link]]")
    ).rstrip("\n")

    assert TIDY == format_text(untidy)
