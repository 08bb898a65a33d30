"""On which line a key of a config stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultlint.config.toml import Document, Key

TEXT = '''# a comment = 1
packs = [
  "a = 1", # not a key
  """b
c = 2""",
]
"quoted key" = { inner = [1, 2] }
a.b.c = 1

[rules] # rules
x = "off"
[rules.y]
z = \'\'\'
[not.a.table]
\'\'\'
[[schema]]
match = "a"
[schema.properties]
p = "text"
[[schema]]
[schema.properties.q]
type = "text"
[[schema.any]]
has = "x"
[[schema.any]]
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("packs",), 2),
        (("packs", 1), 2),
        (("quoted key", "inner"), 7),
        (("a", "b"), 8),
        (("a", "b", "c"), 8),
        (("rules",), 10),
        (("rules", "x"), 11),
        (("rules", "y"), 12),
        (("rules", "y", "z"), 13),
        (("schema",), 16),
        (("schema", 0), 16),
        (("schema", 0, "match"), 17),
        (("schema", 0, "properties", "p"), 19),
        (("schema", 1), 20),
        (("schema", 1, "properties", "q", "type"), 22),
        (("schema", 1, "any", 0, "has"), 24),
        (("schema", 1, "any", 1), 25),
        (("schema", 1, "nowhere"), 20),
        (("nowhere",), None),
    ],
)
def test_lines(key: Key, line: int | None):
    """A key has the line it begins on; what has none, that of what holds it."""
    assert line == Document(Path("x.toml"), "x.toml", TEXT).line_of(key)


def test_windows_lines():
    """Line breaks of Windows count once."""
    document = Document(Path("x.toml"), "x.toml", "a = 1\r\n\r\nb = 2\r\n")

    assert 3 == document.line_of(("b",))


def test_a_megabyte():
    """A config of a megabyte, wrong in its last line, is answered."""
    text = '"' + "x" * 500_000 + "\" = 1\na = ''\nb = [" + "[" * 40 + "]" * 40 + "]\n" + "#" * 400_000
    document = Document(Path("x.toml"), "x.toml", text)

    assert document.line_of(("nowhere",)) is None
