"""Properties as nobody should write them: what the app makes of them, what a person is told, and that nothing is lost.

What is expected is what the app does (observed 54 to 57, semantics 6), and where that is not known, the answer of its
YAML library, recorded.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from against_yaml import agree

from vaultlint import check_text
from vaultlint.config.settings import Settings, load_settings
from vaultlint.engine.library import fix_text_with
from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.note.note import parse_note
from vaultlint.note.yaml_tokens import tokens_of
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import installed_rules

DEEP_BRACKETS = "a: " + "[" * 200 + "]" * 200 + "\n"
DEEP_MAPS = "".join("  " * level + f"k{level}:\n" for level in range(200))
DEEP = (DEEP_BRACKETS, DEEP_MAPS)
"""Nested 200 levels deep: the app reads them, we refuse them by design."""

READ: dict[str, dict[str, object]] = {
    "a: 2026-13-40\nb: 2024-01-01T25:61\n": {"a": "2026-13-40", "b": "2024-01-01T25:61"},
    "a: 2024-01-01\nb: 2024-01-01T10:00:00Z\n": {"a": "2024-01-01", "b": "2024-01-01T10:00:00Z"},
    "a: yes\nb: no\nc: on\nd: off\ne: Y\n": {"a": "yes", "b": "no", "c": "on", "d": "off", "e": "Y"},
    "a: true\nb: False\nc: tRUE\nd: null\ne: ~\n": {"a": True, "b": False, "c": "tRUE", "d": None, "e": None},
    "a: 012\nb: 0o14\nc: 0x1F\nd: 0b11\n": {"a": 12, "b": 12, "c": 31, "d": "0b11"},
    "a: 1_000\nb: 1e3\nc: 1.\nd: +5\ne: -0\n": {"a": "1_000", "b": 1000, "c": 1, "d": 5, "e": 0},
    "a: 12:30:45\nb: 12:30\n": {"a": "12:30:45", "b": "12:30"},
    "a: 99999999999999999999\n": {"a": 100000000000000000000},
    "a: &x [1]\nb: *x\n": {"a": [1], "b": [1]},
    "&k a: 1\n*k : 2\n": {"a": 2},
    "<<: {a: b}\nc: 1\n": {"<<": {"a": "b"}, "c": 1},
    "a: &x {b: 1}\nc:\n  <<: *x\n": {"a": {"b": 1}, "c": {"<<": {"b": 1}}},
    '{"a": 1, "b": ["c", {"d": null}]}\n': {"a": 1, "b": ["c", {"d": None}]},
    '{\n  "a": 1,\n}\n': {"a": 1},
    "a: 1\n...\n": {"a": 1},
    "a: 1\n... # c\n\n# d\n": {"a": 1},
    "...\n": {},
    "a: 1\r\nb: |\r\n  c\r\n  d\r\n": {"a": 1, "b": "c\nd\n"},
    "\ufeffa: 1\n": {"a": 1},
    "😀: 1\n👩‍👩‍👧: x\n日本: y\n": {"😀": 1, "👩‍👩‍👧": "x", "日本": "y"},
    "": {},
    "\n": {},
    "# c\n": {},
    "~\n": {},
    "a:\nb: \n": {"a": None, "b": None},
    ": b\n": {"": "b"},
    "? a\n: b\n": {"a": "b"},
    "[a]: b\n": {"[ a ]": "b"},
    "a: {{title}}\n": {"a": {"{ title }": None}},
    "a: #b\n": {"a": None},
    "a: b\t# c\n": {"a": "b"},
    "a:\tb\n": {"a": "b"},
    "a: !x b\n": {"a": "b"},
    "a: &b\nc: d\n": {"a": None, "c": "d"},
    "%YAML 1.2\n--- \na: b\n": {"a": "b"},
    "A: 1\na: 2\n": {"A": 1, "a": 2},
    "1: a\n'1': b\n": {"1": "b"},
    "a: ''\nb: \"\"\n": {"a": "", "b": ""},
    "a: x # c\n# d\nb: y\n": {"a": "x", "b": "y"},
    "a: 'it''s'\nb: \"\\x41\\u00e9\\U0001F600\"\n": {"a": "it's", "b": "Aé😀"},
    "a: [b, # c\n  d]\ne: >\n  f\n  g\n": {"a": ["b", "d"], "e": "f g\n"},
}
"""What stands between the dashes, and the properties that the app reads."""

REFUSED: list[tuple[str, str, str]] = [
    (DEEP_BRACKETS, "2:103", "lists and maps are nested over 100 levels deep"),
    (DEEP_MAPS, "102:201", "lists and maps are nested over 100 levels deep"),
    ("\ta: b\n", "2:1", "a tab cannot indent properties: use spaces"),
    ("a:\n\tb: c\n", "3:1", "a tab cannot indent properties: use spaces"),
    ("a:\n- b\n\t- c\n", "4:1", "a tab cannot indent properties: use spaces"),
    ("a: |\n\tb\n", "3:1", "a tab cannot indent properties: use spaces"),
    ("a: 1\n--- \nb: 2\n", "3:1", "properties end at a line of exactly '---'; this one ends nothing"),
    ("a: 1\n---\tb\n", "3:1", "properties end at a line of exactly '---'; this one ends nothing"),
    ("a: 1\n...\nb: 2\n", "4:1", "properties end at a line of exactly '---'; this one ends nothing"),
    ("a: *x\n", "2:4", "'*x' refers to nothing: a value that starts with '*' needs quotes"),
    ("a: &x [*x]\n", "2:8", "this value refers to itself"),
    ("a: 1\na: 2\n", "3:1", "the property 'a' is there twice: Obsidian reads none of this note"),
    ("\"a\": 1\n'a': 2\n", "3:1", "the property ''a'' is there twice: Obsidian reads none of this note"),
    ("1: a\n0x1: b\n", "3:1", "the property '0x1' is there twice: Obsidian reads none of this note"),
    ("a: {b: 1, b: 2}\n", "2:11", "the property 'b' is there twice: Obsidian reads none of this note"),
    ("- a\n- b\n", "2:1", "this is no list of properties: each needs a name, a colon and a value"),
    ("a:b\n", "2:1", "this is no list of properties: each needs a name, a colon and a value"),
    ("a: b\nc:d\n", "3:1", "'c:d' is no property: it has no colon behind its name"),
    ('{"a": 1 "b": 2}\n', "2:12", "a list or map in brackets is not closed, or a comma is missing in it"),
    ('{"a": 1\n', "2:1", "a list or map in brackets is not closed, or a comma is missing in it"),
    ('{"a": 1}\n}\n', "3:1", "a value that starts with '}' needs quotes"),
    ('{"a": 1}\nb: 2\n', "3:1", "this line belongs to no property"),
    ('// c\n{"a": 1}\n', "2:1", "'// c' is no property: it has no colon behind its name"),
    ("a: [b}\n", "2:6", "this bracket closes one of another kind"),
    ("a: [b,,c]\n", "2:7", "a value is missing here"),
    ("a: ![[b]]\n", "2:4", "a value that starts with '!' needs quotes"),
    ('a: &"b"c d\ne: *b\n', "3:4", "'*b' refers to nothing: a value that starts with '*' needs quotes"),
    ("%a: b\n", "2:1", "a line that starts with '%' needs quotes"),
    ("a: | b\n  c\n", "2:6", "what stands behind '|' or '>' must be in indented lines below it"),
    ("a: |12\n  c\n", "2:4", "what stands behind '|' or '>' must be in indented lines below it"),
    ("a: b\n# c\n[d]: e\n", "4:1", "before a name in brackets no line may be blank or a comment"),
    ("[a]\n: b\n", "3:1", "a property's name must stand on one line before its colon"),
    ("k" * 1025 + ": v\n", "2:1", "a property's name must be shorter than 1024 characters"),
]
"""What stands between the dashes; line, column and message of the one diagnostic."""

WHOLE = [
    "---",
    "---\n",
    "---\n---",
    "---\na: 1\n",
    "---\na: 1\n----\n",
    "---\na: 1\n...\n",
    "---\na: 1\n--- \n",
    "--- \na: 1\n---\n",
    "\n---\na: 1\n---\n",
    "\ufeff---\r\na: 1\r\n---\r\n",
    "----\na: 1\n----\n",
    "---\ra: 1\rb: 2\r---\rText.\r",
    " ---\na: 1\n---\n",
]
"""Notes whose dashes are what is odd."""


def note_of(yaml: str) -> str:
    return f"---\n{yaml}---\nText.\n"


NOTES = [*map(note_of, READ), *(note_of(yaml) for yaml, _, _ in REFUSED), *WHOLE]


def data(text: str) -> dict[str, object]:
    return {found.key: found.value for found in parse_note(text).properties}


def comments(text: str) -> Counter[str]:
    """The comments of the properties."""
    content = parse_note(text).frontmatter.content_span
    block = content.of(text).replace("\r\n", "\n").replace("\r", "\n") if content is not None else ""
    return Counter(block[one.start : one.end] for one in tokens_of(block) if one.kind == "comment")


@pytest.fixture(scope="module")
def every_fix(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The recommended rules, and a schema that asks for a property which it has a default for."""
    root = tmp_path_factory.mktemp("vault")
    schema = 'match = "**"\nrequire = ["kind"]\n[schema.properties]\nkind = { type = "text", default = "note" }\n'
    (root / "vaultlint.toml").write_text(f"[[schema]]\n{schema}", encoding="utf-8")
    # `property-needs-quotes` makes of a value what its owner meant, and the app does not read: that is its purpose
    return load_settings(root, installed_rules(), ignore=("property-needs-quotes",))


@pytest.mark.parametrize("yaml", READ)
def test_read(yaml: str) -> None:
    """The properties are those that the app reads, and nobody is told that they cannot be read."""
    assert READ[yaml] == data(note_of(yaml))
    assert "frontmatter-syntax" not in {one.rule for one in check_text(note_of(yaml)).diagnostics}


@pytest.mark.parametrize(("yaml", "place", "message"), REFUSED)
def test_refused(yaml: str, place: str, message: str) -> None:
    """Where the app reads no property, one diagnostic says why, at the place to mend."""
    assert {} == data(note_of(yaml))
    said = [
        (f"{one.position.line}:{one.position.column}", one.message)
        for one in check_text(note_of(yaml)).diagnostics
        if one.rule in ("frontmatter-syntax", "duplicate-property")
    ]
    assert [(place, message)] == said


def test_expected_is_what_the_library_says() -> None:
    """Each block of this file has its recorded answer, and that is the one expected here; depth is an exception."""
    recorded = (Path(__file__).parent / "yaml" / "package.jsonl").read_text("utf-8").rstrip("\n").split("\n")
    cases = {case["yaml"]: case for case in map(json.loads, recorded)}
    blocks = [*READ, *(yaml for yaml, _, _ in REFUSED)]
    assert [] == [yaml for yaml in blocks if yaml not in cases]
    differ = [yaml for yaml in blocks if not agree(cases[yaml], read_frontmatter(note_of(yaml)))]
    assert [*DEEP, "a: &x [*x]\n"] == differ


@pytest.mark.parametrize("text", NOTES)
def test_fixes_damage_nothing(text: str, every_fix: Settings) -> None:
    """With every fix made, no property or comment is lost, and what cannot be read stays as it is."""
    result = fix_text_with(every_fix, text, "Note.md", Applicability.UNSAFE, alone=True, debug=True)
    after = result.changed[0].after if result.changed else text

    if parse_note(text).frontmatter.error is not None:
        assert text == after
    assert data(text).items() <= data(after).items()
    assert comments(text) == comments(after)
    assert {"rule-crashed", "fix-refused", "fix-unsettled"}.isdisjoint(one.rule for one in result.report.diagnostics)


@pytest.mark.parametrize("text", [note for note in NOTES if parse_note(note).properties])
def test_a_missing_property_is_inserted_where_it_can_be(text: str, every_fix: Settings) -> None:
    """The schema's default comes in behind the last property; not into brackets, nor behind a line of three dots."""
    result = fix_text_with(every_fix, text, "Note.md", Applicability.UNSAFE, alone=True)
    after = result.changed[0].after if result.changed else text

    in_brackets = "\n{" in text or "\n..." in text
    assert data(text) | ({} if in_brackets else {"kind": "note"}) == data(after)
