"""Settings of markdownlint and rumdl, as a config of ours for the rules that are shared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultlint.config import load_settings
from vaultlint.config.linter.markdownlint import ROWS, from_markdownlint, from_rumdl
from vaultlint.config.linter.taken import Taken
from vaultlint.config.linter.text import taken_text
from vaultlint.rule.registry import installed_rules

RULESET = installed_rules()
NUMBERS = [row.theirs.split()[0] for row in ROWS]


def names_read_back(found: Taken, folder: Path) -> set[str]:
    (folder / "vaultlint.toml").write_text(taken_text(found), encoding="utf-8", newline="\n")
    return {rule.name for rule in load_settings(folder, RULESET, config=folder / "vaultlint.toml").rules}


@pytest.mark.parametrize("row", ROWS, ids=NUMBERS)
def test_a_rule_alone_turns_on_its_counterpart_and_nothing_else(row: Any, tmp_path: Path) -> None:
    number, name = row.theirs.split()
    wanted = {rule for rule in row.ours if rule in RULESET} if number != "MD044" else set()

    assert wanted == names_read_back(from_markdownlint({"default": False, name: True}, RULESET), tmp_path)
    assert wanted == names_read_back(from_rumdl({"global": {"enable": [number]}}, RULESET), tmp_path)


def test_what_is_not_named_is_on_unless_the_settings_say_otherwise() -> None:
    assert "bare-url" in from_markdownlint({}, RULESET).rules
    assert "bare-url" not in from_markdownlint({"MD034": False}, RULESET).rules
    assert "bare-url" not in from_rumdl({"disable": ["MD034"]}, RULESET).rules
    assert "bare-url" not in from_rumdl({"global": {"extend-disable": ["no-bare-urls"]}}, RULESET).rules


def test_options_are_taken_over() -> None:
    found = from_markdownlint({"MD003": {"style": "atx_closed"}, "MD044": {"names": ["GitHub"]}}, RULESET).rules

    assert {"indented": True, "style": "closed", "underlined": False} == found["heading-start"]
    assert {"names": ["GitHub"]} == found["forbidden-terms"]


@given(st.dictionaries(st.sampled_from([*NUMBERS, "default", "global"]), st.none() | st.booleans() | st.dictionaries(st.sampled_from(["style", "names", "indent", "maximum", "punctuation", "enable", "exclude"]), st.none() | st.text(max_size=6) | st.integers() | st.lists(st.text(max_size=4))), max_size=4))  # fmt: skip  # noqa: E501
@settings(max_examples=60, deadline=None)
def test_whatever_the_settings_hold_our_own_reader_takes_the_config(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    for read in (from_markdownlint, from_rumdl):
        found = read(data, RULESET)
        assert set(found.rules) <= names_read_back(found, tmp_path_factory.mktemp("read"))
