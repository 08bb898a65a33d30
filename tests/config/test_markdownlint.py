"""Settings of markdownlint and rumdl, as a config of ours for the rules that are shared."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultlint.config.linter.markdownlint import ROWS, from_markdownlint
from vaultlint.config.linter.read import import_linter
from vaultlint.config.linter.rumdl import OPT_IN, from_rumdl
from vaultlint.config.linter.rumdl import ROWS as RUMDL_ROWS
from vaultlint.config.linter.taken import Taken
from vaultlint.config.linter.text import taken_text
from vaultlint.config.settings import load_settings
from vaultlint.rule.errors import UserError
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


@pytest.mark.parametrize("row", [row for row in RUMDL_ROWS if row.ours], ids=lambda row: row.theirs.split()[0])
def test_a_rule_of_rumdl_alone_turns_on_its_counterpart_and_nothing_else(row: Any, tmp_path: Path) -> None:
    number = row.theirs.split()[0]
    options = {"MD061": {"terms": ["foo"]}}.get(number, {})

    found = from_rumdl({"global": {"enable": [number]}, number: options}, RULESET)

    assert set(row.ours) == names_read_back(found, tmp_path)


def test_a_rule_that_rumdl_has_off_until_it_is_asked_for_is_off() -> None:
    assert not {"property-order", "cjk-spacing"} & from_rumdl({}, RULESET).rules.keys()
    assert "property-order" in from_rumdl({"global": {"extend-enable": ["MD072"]}}, RULESET).rules
    assert "property-order" in from_rumdl({"MD072": {"enabled": True}}, RULESET).rules
    assert "cjk-spacing" in from_rumdl({"global": {"extend-enable": ["ALL"]}}, RULESET).rules
    assert OPT_IN <= {row.theirs.split()[0] for row in RUMDL_ROWS}


def test_one_rule_of_ours_for_several_of_theirs_has_the_say_of_each() -> None:
    found = from_rumdl({"MD076": {"style": "tight"}, "MD058": {}}, RULESET).rules

    assert {"between": "none", "around": "one"} == found["list-blank-lines"]
    assert found["blank-lines-around"]["tables"] is found["blank-lines-around"]["rules"] is True


def test_rules_that_are_off_for_some_files_become_overrides(tmp_path: Path) -> None:
    ignores = {"Journal/**": ["MD009", "no-multiple-blanks"], "A.md": ["MD022", "MD013", "MD041"]}

    found = from_rumdl({"per-file-ignores": ignores}, RULESET)
    (tmp_path / "vaultlint.toml").write_text(taken_text(found), encoding="utf-8", newline="\n")

    assert [("Journal/**", ["trailing-spaces", "consecutive-blank-lines"])] == found.overrides
    (override,) = load_settings(tmp_path, RULESET).overrides
    assert {"trailing-spaces": None, "consecutive-blank-lines": None} == override.rules
    assert any("MD022 in 'A.md'" in left and "blank-lines-around" in left for left in found.left)


def test_what_else_rumdl_is_told_is_named() -> None:
    found = from_rumdl({"extends": "x.toml", "global": {"include": ["Notes/**"], "unfixable": ["MD009"]}}, RULESET)

    assert ["extends", "include", "unfixable"] == sorted(
        left.partition(":")[0] for left in found.left if left[0] != "M"
    )


def test_tags_of_markdownlint_stand_for_their_rules_and_what_comes_later_wins() -> None:
    off = from_markdownlint({"whitespace": False, "MD012": True, "default": True}, RULESET)
    on = from_markdownlint({"default": False, "blank_lines": True, "MD047": False}, RULESET)

    assert "trailing-spaces" not in off.rules
    assert "consecutive-blank-lines" in off.rules
    assert {"consecutive-blank-lines", "blank-lines-around", "list-blank-lines"} == set(on.rules)
    assert not [left for left in off.left + on.left if "whitespace" in left or "blank" in left]


def test_what_is_not_shared_is_named_as_it_is_written_unless_it_is_off() -> None:
    found = from_markdownlint({"MD013": {"line_length": 80}, "MD041": False, "my-rule": True}, RULESET)

    assert {"MD013: no rule that is shared", "my-rule: no rule that is shared"} <= set(found.left)
    assert not [left for left in found.left if "MD041" in left]


@pytest.mark.parametrize(
    ("program", "name", "text", "where"),
    [
        ("markdownlint", ".markdownlint.json", '{\n  "MD012": tru\n}', "line 2: "),
        ("markdownlint", ".markdownlint.jsonc", '{ // a\n/* b\n*/ "MD012": tru\n}', "line 3: "),
        ("markdownlint", ".markdownlint.yaml", "a: 1\nMD012: [\n", "line "),
        ("rumdl", ".rumdl.toml", "[global]\nx = ]\n", "line "),
    ],
)
def test_a_broken_file_is_told_with_the_line(tmp_path: Path, program: str, name: str, text: str, where: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(UserError) as told:
        import_linter(program, tmp_path, None, RULESET)

    assert where in str(told.value)


def test_options_are_taken_over() -> None:
    found = from_markdownlint({"MD003": {"style": "atx_closed"}, "MD044": {"names": ["GitHub"]}}, RULESET).rules

    assert {"indented": True, "spaces": True, "style": "closed", "underlined": False} == found["heading-start"]
    assert {"names": ["GitHub"]} == found["forbidden-terms"]


@given(st.dictionaries(st.sampled_from([*NUMBERS, "default", "global"]), st.none() | st.booleans() | st.dictionaries(st.sampled_from(["style", "names", "indent", "maximum", "punctuation", "enable", "exclude"]), st.none() | st.text(max_size=6) | st.integers() | st.lists(st.text(max_size=4))), max_size=4))  # fmt: skip  # noqa: E501
@settings(max_examples=60, deadline=None)
def test_whatever_the_settings_hold_our_own_reader_takes_the_config(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    for read in (from_markdownlint, from_rumdl):
        found = read(data, RULESET)
        assert set(found.rules) <= names_read_back(found, tmp_path_factory.mktemp("read"))


JSONC = """{
  // what is off is off
  "default": false, /* all
  of it */
  "MD044": { "names": ["GitHub", "a // b", "c /* d */", "e,]", "\\"f\\"",], },
}
"""
YAML = """# what is off is off
---
default: false
MD044:
  names: [GitHub, a // b, c /* d */, 'e,]', '"f"']
"""
NAMES = {"forbidden-terms": {"names": ["GitHub", "a // b", "c /* d */", "e,]", '"f"']}}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".markdownlint.json", JSONC),
        (".markdownlint.jsonc", JSONC),
        (".markdownlint.jsonc", "\ufeff" + JSONC.replace("\n", "\r\n")),
        (".markdownlint.yaml", YAML),
        (".markdownlint.yml", YAML.partition("---\n")[2]),
        (".markdownlint-cli2.jsonc", f'{{"config": {JSONC}, "globs": ["**/*.md"], "ignores": ["Old/**"]}}'),
        (".markdownlint-cli2.yaml", "ignores: [Old/**]\nconfig:\n" + indent(YAML.partition("---\n")[2], "  ")),
    ],
)
def test_each_file_that_markdownlint_looks_for_is_read(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")

    found, _ = import_linter("markdownlint", tmp_path, None, RULESET)

    assert NAMES == found.rules
    assert (("Old/**", ""),) * ("cli2" in name) == found.exclude
    assert ["globs: a setting of the program, not of its rules"] * name.endswith("cli2.jsonc") == found.left


def test_of_several_files_the_one_that_markdownlint_would_read_is_read(tmp_path: Path) -> None:
    order = [
        ".markdownlint.jsonc",
        ".markdownlint.json",
        ".markdownlint.yaml",
        ".markdownlint.yml",
        ".markdownlint-cli2.jsonc",
        ".markdownlint-cli2.yaml",
    ]
    for number, name in enumerate(order, 2):
        rules = f'{{"default": false, "MD044": {{"names": ["Name {number}"]}}}}'
        (tmp_path / name).write_text(f'{{"config": {rules}}}' if "cli2" in name else rules, encoding="utf-8")

    for number, name in enumerate(order, 2):
        found, _ = import_linter("markdownlint", tmp_path, None, RULESET)
        assert {"forbidden-terms": {"names": [f"Name {number}"]}} == found.rules
        (tmp_path / name).unlink()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (".markdownlint.jsonc", '{"MD012": true', "no valid JSON"),
        (".markdownlint.jsonc", '{} /* "', "valid"),
        (".markdownlint.json", "/*" * 50_000, "no valid JSON"),
        (".markdownlint.json", '{"a": ' + r"\"" * 50_000, "no valid JSON"),
        (".markdownlint.json", "," * 50_000 + " " * 50_000, "no valid JSON"),
        (".markdownlint.yaml", "MD012: true\nMD012: false\n", "no valid YAML"),
        (".markdownlint.yaml", "a: " + "[" * 50_000, "no valid YAML"),
        (".markdownlint.yml", "- MD012", "no table of rules"),
        (".markdownlint.yml", "a: b\n" * 400_000, "over 1 MB"),
    ],
    ids=range(9),
)
def test_files_that_are_broken_are_told_by_name(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    if said == "valid":  # what is not closed goes to the end, and what stands before it is whole
        assert import_linter("markdownlint", tmp_path, None, RULESET)[0].rules
        return

    with pytest.raises(UserError, match=said) as told:
        import_linter("markdownlint", tmp_path, None, RULESET)

    assert f"'{name}'" in str(told.value)


def test_settings_of_another_file_are_not_read_and_that_is_told() -> None:
    found = from_markdownlint({"default": False, "extends": "markdownlint/style/relaxed"}, RULESET)

    assert ({}, ["extends: another file, whose settings are not read"]) == (found.rules, found.left)
