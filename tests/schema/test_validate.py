"""What is said of a note that falls short of a schema."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest

from vaultlint.note.note import parse_note
from vaultlint.schema.model import PropertyType, Schema
from vaultlint.schema.read import schema_from
from vaultlint.schema.validate import Validator

Violations = Callable[[str, str], list[str]]


def _wrong(kind: str, written: str) -> bool:
    text = f"---\nit: {written}\n---\n"
    note = parse_note(text, "Note.md")
    assert note.frontmatter.error is None
    return any(Validator(Schema(properties={"it": PropertyType(kind)})).violations(note))


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("text", ["soup", '"5"', "2024-01-01", ""], ["5", "true", "[a]", "{a: 1}"]),
        ("number", ["5", "-1.5", "1e3", ""], ['"5"', "five", "true", "[5]"]),
        ("integer", ["5", "-1", "5.0"], ["5.5", '"5"', "true"]),
        ("checkbox", ["true", "False", ""], ["yes", '"true"', "1", "[true]"]),
        (
            "date",
            ["2024-02-29", '"2024-01-01"', ""],
            ["2024-1-1", "2024/01/01", "2024-01-01T10:00", "5", "soon"],
        ),
        (
            "datetime",
            ["2024-01-01T10:00", "2024-01-01T10:00:59", "2024-01-01 10:00", "2024-01-01T10:00:00.5+02:00"],
            ["2024-01-01", "10:00"],
        ),
        ("time", ["12:30", "9:05", "23:59:59"], ["12", "12:3", "noon"]),
        ("duration", ["00:12:03", "12:03", "PT1H2M", "723", '"723"'], ["long", "-5", "12:75", "P"]),
        ("url", ["https://a.b/c?d=e#f", "mailto:a@b.c", "obsidian://open?x"], ["a.b", "http:// x", "5"]),
        ("email", ["a.b@c.de"], ["a@b", "a b@c.de", '"@c.de"', '"<a@b.de>"', '"a@b.de,c@d.de"']),
        ("link", ['"[[A]]"', '"[[A#b|c]]"', '"[a](b.md)"'], ["A", '"see [[A]]"', '"[[A]] [[B]]"', "[[A]]"]),
        ("list", ["[]", "[a, 5]", "\n  - a", ""], ["a", "5", "{a: 1}"]),
        ("tags", ["[a]", "a", ""], ["5", "{a: 1}"]),
    ],
)
def test_types(kind: str, right: list[str], wrong: list[str]) -> None:
    """A value is of a type as the app reads it; an empty one is of every type."""
    assert [False] * len(right) + [True] * len(wrong) == [_wrong(kind, each) for each in right + wrong]


def test_a_missing_property_stands_on_the_first_line(violations: Violations) -> None:
    """Required properties are missing on line 1, with frontmatter or without; an empty one is there."""
    toml = "require = ['title', 'year']"

    assert ["1:1 missing the property 'year' is missing"] == violations(toml, "---\nTitle:\n---\n")
    assert ["1:1 missing the property 'title' is missing", "1:1 missing the property 'year' is missing"] == (
        violations(toml, "Just text\n")
    )


def test_the_first_line_behind_a_byte_order_mark() -> None:
    """The span of a missing property is the first line's text, and nothing outside the note."""
    for text, span in (("\ufeff---\r\na: 1\r\n---", (1, 4)), ("", (0, 0)), ("abc", (0, 3))):
        violation = next(Validator(Schema(require=("x",))).violations(parse_note(text, "")))
        assert span == (violation.span.start, violation.span.end)


def test_a_forbidden_property_stands_at_its_key(violations: Violations) -> None:
    """What must not be there is reported at its name."""
    found = violations("forbid = 'draft'", "---\na: 1\nDraft: true\n---\n")

    assert ["3:1 forbidden 'Draft' does not belong in this note"] == found


def test_each_item_is_judged(violations: Violations) -> None:
    """Of a list each item is held against `items`, `values` and `pattern`, and reported where it stands."""
    toml = """
        [properties]
        guests = { type = 'list', items = 'link' }
        states = { type = 'list', values = ['a', 'b'] }
    """
    text = '---\nguests:\n  - "[[Ada]]"\n  - Grace\nstates: [a, c]\n---\n'

    assert [
        "4:5 type 'guests' should be a link such as \"[[Note]]\", but is the text 'Grace'",
        "5:13 value 'c' is not allowed for 'states'",
    ] == violations(toml, text)


def test_ranges(violations: Violations) -> None:
    """Numbers, dates, times and durations have a least and a greatest value, both allowed."""
    toml = """
        [properties]
        rating = { type = 'number', min = 1, max = 5 }
        day = { type = 'date', min = '2024-01-01' }
        length = { type = 'duration', max = '01:00:00' }
    """

    assert [] == violations(toml, "---\nrating: 5\nday: 2024-01-01\nlength: PT60M\n---\n")
    assert [
        "2:9 range 'rating' is 6, more than the most allowed, 5",
        "3:6 range 'day' is 2023-12-31, less than the least allowed, 2024-01-01",
        "4:9 range 'length' is 61:00, more than the most allowed, 01:00:00",
    ] == violations(toml, "---\nrating: 6\nday: 2023-12-31\nlength: 61:00\n---\n")


def test_patterns(violations: Violations) -> None:
    """A pattern is looked for in the text; a value of another type is for the type to refuse."""
    toml = "[properties]\nid = { type = 'text', pattern = '^[a-z]{3}$' }"

    assert [] == violations(toml, "---\nid: abc\n---\n")
    assert ["2:5 pattern 'id' is 'abcd', which does not have the form '^[a-z]{3}$'"] == violations(
        toml, "---\nid: abcd\n---\n"
    )


@pytest.mark.parametrize(
    ("toml", "written", "replacement", "certain"),
    [
        ("'number'", '"5"', "5", True),
        ("'number'", "'-1.5'", "-1.5", True),
        ("'number'", '"007"', None, False),
        ("'text'", "012", '"012"', True),
        ("'text'", "true", '"true"', True),
        ("'checkbox'", "Yes", "true", True),
        ("'checkbox'", "'off'", "false", True),
        ("'checkbox'", "maybe", None, False),
        ("'list'", "soup", "[soup]", False),
        ("'list'", '"a, b"', '["a, b"]', False),
        ("'list'", "a, b", None, False),
        ("{ values = ['In progress', 'Done'] }", "in_progress", "In progress", True),
        ("{ values = ['In progress', 'Done'] }", "Don", "Done", False),
        ("{ values = ['a', 'A'] }", "b", None, False),
        ("{ values = ['1: one', 'yes'] }", "1-ONE", None, False),
    ],
)
def test_what_would_mend_it(toml: str, written: str, replacement: str | None, certain: bool) -> None:
    """A conversion is certain only where it cannot be wrong."""
    note = parse_note(f"---\nit: {written}\n---\n", "Note.md")
    schema = schema_from(tomllib.loads(f"[properties]\nit = {toml}"))
    violation = next(Validator(schema).violations(note))
    found = violation.replacement

    assert (replacement, certain) == ((found.text, found.certain) if found else (None, False))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: 1\n---\nBody", "---\na: 1\nit: x\n---\nBody"),
        ("---\r\na: 1\r\n---\r\n", "---\r\na: 1\r\nit: x\r\n---\r\n"),
        ("---\n---\n", "---\nit: x\n---\n"),
        ("Body\n", "---\nit: x\n---\nBody\n"),
        ("\ufeffBody\n", "\ufeff---\nit: x\n---\nBody\n"),
        ("", "---\nit: x\n---\n"),
        ("---\n{a: 1}\n---\n", None),
    ],
)
def test_where_a_default_is_put(text: str, expected: str | None) -> None:
    """A missing property with a default is put at the end, with the note's own line breaks."""
    schema = Schema(require=("it",), properties={"it": PropertyType(default="x")})
    found = next(Validator(schema).violations(parse_note(text, ""))).replacement

    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert expected == text[: found.span.start] + found.text + text[found.span.end :]


@pytest.mark.parametrize(
    ("toml", "written", "kind"),
    [
        ("'date'", "2024/1/5", "form"),
        ("'date'", "1/5/2024", "form"),
        ("'date'", "2024-02-30", "unreal"),
        ("'date'", "soon", "type"),
        ("{ type = 'date', format = 'DD.MM.YYYY' }", "05.01.2024", None),
        ("{ type = 'date', format = 'DD.MM.YYYY' }", "2024-01-05", "form"),
        ("{ type = 'date', format = 'DD.MM.YYYY' }", "soon", "type"),
        ("{ type = 'date', format = 'DD.MM.YYYY', min = '2024-02-01' }", "05.01.2024", "range"),
        ("'datetime'", "5.1.2024 12:30", "form"),
        ("'datetime'", "2024-01-05", "type"),
    ],
)
def test_dates_in_another_form_are_told_apart(
    violations: Violations, toml: str, written: str, kind: str | None
) -> None:
    """`date-format` speaks of them, and no other rule."""
    found = violations(f"[properties]\nit = {toml}", f"---\nit: {written}\n---\n")

    assert [kind] * (kind is not None) == [line.split()[1] for line in found]


@pytest.mark.parametrize(
    ("toml", "written", "certain"),
    [
        ("{ values = ['A', 'B', 'C'] }", "C-", False),
        ("{ values = ['A', 'B', 'C'] }", "-C", False),
        ("{ type = 'number', values = [0, 1, 2] }", "-1", False),
        ("{ type = 'number', values = [0, 1, 2] }", '"-2"', True),  # the text becomes the number that it says
        ("{ values = ['to do'] }", "to-do", True),
        ("{ values = ['to_do'] }", "To  Do", True),
    ],
)
def test_a_sign_is_no_separator(toml: str, written: str, certain: bool) -> None:
    """A minus before or behind a word means something, and no safe fix takes it away."""
    note = parse_note(f"---\nit: {written}\n---\n", "Note.md")
    schema = schema_from(tomllib.loads(f"[properties]\nit = {toml}"))

    found = next(Validator(schema).violations(note)).replacement

    assert certain is (found is not None and found.certain)
    assert found is None or not certain or found.text != "2"


@pytest.mark.parametrize("written", ["&t 5", "!!int 5", "!x true"])
def test_what_hangs_on_an_anchor_or_tag_is_left(written: str) -> None:
    """It would become part of the text."""
    note = parse_note(f"---\nit: {written}\n---\n", "Note.md")

    found = list(Validator(Schema(properties={"it": PropertyType("text")})).violations(note))

    assert [None] * len(found) == [one.replacement for one in found]


def test_messages_have_an_end(violations: Violations) -> None:
    """However long a value is."""
    toml = "[properties]\na = { pattern = '^x' }\nb = { values = ['x'] }"

    found = violations(toml, f"---\na: {'y' * 100_000}\nb: {'y' * 100_000}\n---\n")

    assert 2 == len(found)
    assert 200 > max(map(len, found))


def test_many_violations_take_time_in_proportion() -> None:
    """A fix for each of many items does not read the note once more."""
    schema = Schema(properties={"it": PropertyType("list", items=PropertyType("text"))})
    note = parse_note("---\nit:\n" + "  - 1\n" * 20_000 + "---\n", "Note.md")

    assert 20_000 == sum(1 for one in Validator(schema).violations(note) if one.replacement is not None)
