"""What people are told when the call or the config is wrong."""

from __future__ import annotations

import pytest

from vaultlint.rule.errors import ConfigError, UserError, did_you_mean, nearest


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("unresolved-lnk", "unresolved-link"),
        ("unresolved_link", "unresolved-link"),
        ("Unresolved Link", "unresolved-link"),
        ("orders", "date-order"),
        ("zzz", None),
    ],
)
def test_nearest(word: str, expected: str | None):
    """The nearest name is found whatever its case and its separators; no name is better than a far one."""
    assert expected == nearest(word, ["unresolved-link", "missing-embed", "date-order"])


def test_nothing_near():
    """Where no name is near, the message ends without a question."""
    assert "" == did_you_mean("zzz", ["unresolved-link"])


def test_one_line():
    """A message is one line, whatever went into it."""
    assert "a b c" == str(UserError("a\nb\n  c"))


def test_place():
    """An error in a config names the file and, if it is known, the line."""
    assert "vaultlint.toml:3: wrong" == str(ConfigError("wrong", file="vaultlint.toml", line=3))
    assert "vaultlint.toml: wrong" == str(ConfigError("wrong", file="vaultlint.toml"))
