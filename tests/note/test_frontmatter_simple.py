"""The short way for plain properties and the YAML parser give one and the same answer."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultlint.note.frontmatter import _property
from vaultlint.note.model import Property
from vaultlint.note.yaml12 import YamlFault, read_yaml
from vaultlint.note.yaml_simple import read_simple

WORD = st.text(alphabet="ab1 .:#-'\"[]{}é😀_,?|>&*!%@\\~\t", max_size=8)
KNOWN = st.sampled_from(
    [
        "yes",
        "null",
        "true",
        "~",
        "012",
        "1e3",
        "2024-01-01",
        "12:30",
        "[[L]]",
        '"a b"',
        "'it'",
        '"q\\n"',
        "x # c",
        "",
        "[]",
        "[a, 'b c', \"d\"]",
        "[[L]]",
        "[[L|m], n ]",
        "[ [a, 1], 'b' , [] ]",
        "[a: b, c]",
        "[a#b, c:d, e",
        "[a,]",
    ]
)
VALUE = WORD | KNOWN
KEY = st.sampled_from(["a", "b", "tags", "k l", "null", "true", "é", "x-y", "'q'", "1", "a ", ""])
LINE_BREAK = st.sampled_from(["\n", "\n", "\n", "\r\n", "\n\n"])
LINE = st.one_of(
    st.builds("{}:{}{}".format, KEY, st.sampled_from([" ", "  ", ""]), VALUE),
    st.builds("{}- {}".format, st.sampled_from(["", "  ", " "]), VALUE),
    st.sampled_from(["# c", "", "  ", "-", "  -", "  x", "- - a"]),
)
YAML = st.lists(st.builds("{}{}".format, LINE, LINE_BREAK), max_size=5).map("".join)


def by_the_parser(yaml: str) -> tuple[Property, ...] | None:
    try:
        root = read_yaml(yaml, 0)
    except YamlFault:
        return None
    if root is None:
        return ()
    if not isinstance(root.value, dict):
        return None
    pairs = zip(root.names, root.entries, strict=True)
    return tuple(_property(name, *entry, yaml, len(yaml)) for name, entry in pairs)


@settings(max_examples=600, deadline=None)
@given(YAML)
def test_same_answer(yaml: str) -> None:
    """Where the short way answers, it answers as the parser does, to the last span."""
    short = read_simple(yaml, 0, len(yaml))
    if short is not None:
        assert repr(by_the_parser(yaml)) == repr(short)


def test_plain_notes_take_the_short_way() -> None:
    """The shape of nearly all notes is read without the parser."""
    yaml = "title: A note: no\n"
    assert read_simple(yaml, 0, len(yaml)) is None
    yaml = '# c\ntitle: A note, (with) signs\n\ntags:\n  - a\n  - "b"\n  -\nurl: https://x.y/#z\nempty:\n'
    assert read_simple(yaml, 0, len(yaml)) is not None
    yaml = 'up: [[L]]\nlist: [a, "b"]\nlinks:\n- [[L|m]]\n'
    assert read_simple(yaml, 0, len(yaml)) is not None


def test_plain_notes_bring_no_parser_along() -> None:
    """Who reads a few notes of that shape does not wait until the parser is imported."""
    read = "from vaultlint.note.note import Note; Note('---\\na: [b, c]\\ntags:\\n- d\\n---\\n').properties"
    check = f"import sys; {read}; sys.exit('vaultlint.note.yaml12' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", check], check=False).returncode
