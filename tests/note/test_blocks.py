"""Headings, sections and block ids."""

from __future__ import annotations

import pytest

from vaultlint.note.note import parse_note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a\n###### b", [(1, "a"), (6, "b")]),
        ("####### a\n#b", []),
        ("#\ta ##  \n## b#", [(1, "a"), (2, "b#")]),
        ("## \n#", [(2, ""), (1, "")]),
        ("# #", [(1, "")]),
        ("   # a\n    # b", [(1, "a")]),
        ("text\n# a", [(1, "a")]),
        ("# *a* [[b|c]] `d` #e ^f \\g", [(1, "*a* [[b|c]] `d` #e ^f \\g")]),
        ("a\n===\nb\n-", [(1, "a"), (2, "b")]),
        ("a\nb\n===", []),
        ("> # a", []),
        ("- # a\n\n  ## b\n\n# c", [(1, "c")]),
        ("%%\n# a\n%%\n# b", [(1, "b")]),
        ("text\n%%\n# a\n%%\n# b", [(1, "b")]),
        ("%% a %%\n# b", [(1, "b")]),
        ("%% a %% b\n# c", [(1, "c")]),
        ("a %% b\n# c\nd %%", [(1, "c")]),
        ("$$\n# a\n$$\n# b", [(1, "b")]),
        ("text\n$$\n# a", []),
        ("x:: $$\n# a\n$$\n# b", [(1, "a")]),
        ("```\n# a\n```\n# b", [(1, "b")]),
        ("- ```\n  x\n\n# a\n```\n# b", [(1, "a")]),
        ("```\n%%\n```\n# a\n\n%% b %%\n# c", [(1, "a"), (1, "c")]),
        ("<!--\n%%\n-->\n# a\n\n%%\n# b\n%%\n", [(1, "a")]),
        ("    $$\n\n# a", [(1, "a")]),
        ("- $$\n  x\n\n# a\n", [(1, "a")]),
        ("> $$\n> x\n\n# a\n", [(1, "a")]),
        ("- a\n  %%\n  b\n\n# c", [(1, "c")]),
        ("# a\r\n## b\r# c", [(1, "a"), (2, "b"), (1, "c")]),
        ("\ufeff# a", [(1, "a")]),
        ("---\nx: 1\n---\n# a", [(1, "a")]),
        ("---\n# a", [(1, "a")]),
        ("#\u00a0a", []),
    ],
)
def test_headings(text: str, expected: list[tuple[int, str]]) -> None:
    """Headings are those at the root of the note that the app indexes, with their raw text."""
    assert expected == [(heading.level, heading.text) for heading in parse_note(text).headings]


def test_places_of_headings() -> None:
    """A heading's span is its line, or both lines of a setext one; its text has a place of its own."""
    text = "##  a b ##\n\nc\n---\n"
    first, second = parse_note(text).headings

    assert ("##  a b ##", "a b") == (first.span.of(text), first.text_span.of(text))
    assert ("c\n---", "c") == (second.span.of(text), second.text_span.of(text))
    assert (False, True) == (first.setext, second.setext)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a ^b", {"b": "a ^b"}),
        ("a\nb ^c\n\nd", {"c": "a\nb ^c"}),
        ("a ^b\nc", {}),
        ("a^b", {}),
        ("a ^b_c ^d!", {}),
        ("a `^b`", {}),
        ("# a ^b", {"b": "# a ^b"}),
        ("- a ^b\n  - c ^d\n- e", {"b": "- a ^b\n  - c ^d", "d": "- c ^d"}),
        ("- a\n  ^b\n- c", {"b": "- a\n  ^b"}),
        ("- a\n\n  ^b\n- c", {"b": "- a\n\n  ^b"}),
        ("- a\n- b\n\n^c", {"c": "- a\n- b"}),
        ("> a\n> b\n\n^c", {"c": "> a\n> b"}),
        ("> a\n> ^b", {"b": "> a\n> ^b"}),
        ("> a\n^b", {"b": "> a\n^b"}),
        ("|a|\n|-|\n|b|\n\n^c", {"c": "|a|\n|-|\n|b|"}),
        ("|a|\n|-|\n|b|\n^c", {"c": "|a|\n|-|\n|b|\n^c"}),
        ("$$\na\n$$\n\n^b", {"b": "$$\na\n$$"}),
        ("$$\na\n$$ ^b", {"b": "$$\na\n$$"}),
        ("```\na ^b\n```\n^c", {"c": "```\na ^b\n```"}),
        ("a ^Women-CPR  \n", {"Women-CPR": "a ^Women-CPR"}),
        ("^a", {"a": "^a"}),
        ("[[#^a]]", {}),
    ],
)
def test_block_ids(text: str, expected: dict[str, str]) -> None:
    """An id names the paragraph, item or heading that it ends, or on a line of its own the block before it."""
    assert expected == {each.id: each.block_span.of(text) for each in parse_note(text).block_ids}


def test_place_of_a_block_id() -> None:
    """The span of an id has its `^`."""
    text = "a ^b-1\n"

    assert ["^b-1"] == [each.span.of(text) for each in parse_note(text).block_ids]


def test_sections() -> None:
    """The root is divided as the app divides it; a line that is only an id is no section."""
    text = """---
a: 1
---
# h

p
- l

> q

> [!c] d

```
e
```

^id

%% f %%
$$
g
$$

| i |
|---|

<div>

---

[^1]: j
"""
    expected = "yaml heading paragraph list blockquote callout code comment math table html thematicBreak"

    assert [*expected.split(), "footnoteDefinition"] == [section.type for section in parse_note(text).sections]
