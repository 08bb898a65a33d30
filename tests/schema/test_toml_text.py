"""Values and tables as TOML."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.schema.toml_text import schema_text, toml_comment, toml_value

VALUES = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(value=VALUES)
def test_what_is_written_reads_the_same(value: Any) -> None:
    assert {"it": value} == tomllib.loads(f"it = {toml_value(value)}")


@given(text=st.text(st.characters(exclude_categories=())))
def test_a_comment_is_one_line_of_visible_signs(text: str) -> None:
    comment = toml_comment(text)

    assert {} == tomllib.loads(comment)
    assert 1 == comment.count("\n")
    assert "\x1b" not in comment
    comment.encode()


def test_nothing_steers_a_terminal() -> None:
    assert '"\\u001b[31m\\u202E\\u2028"' == toml_value("\x1b[31m\u202e\u2028")
    assert '"\ufffd"' == toml_value("\ud800")


def test_patterns_and_quotes_stay_readable() -> None:
    assert r"'^\d+$'" == toml_value(r"^\d+$")
    assert "'say \"a\"'" == toml_value('say "a"')
    assert r'"it' + "'" + r's \"a\""' == toml_value('it\'s "a"')


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), object()])
def test_what_toml_has_no_word_for_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="TOML has no word"):
        toml_value(value)


def test_a_schema() -> None:
    text = schema_text(
        {"name": "paper", "where": {"type": "x"}, "properties": {"a b": "text", "c": {"min": 1}}}, {"c": "how\nmany"}
    )

    assert (
        '[[schema]]\nname = "paper"\nwhere = { type = "x" }\n[schema.properties]\n"a b" = "text"\n'
        "c = { min = 1 }  # how\\u000Amany\n"
    ) == text
