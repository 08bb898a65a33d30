from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.ci import suggestions as module
from vaultlint.ci.suggestions import Hunk, Suggestion, hunks, placed, suggestions
from vaultlint.note.model import Span
from vaultlint.note.source import Source
from vaultlint.rule.finding import Diagnostic, Finding, Severity
from vaultlint.rule.fix import Applicability, Change, Edit, Fix, Rename


def diagnostic(
    text: str, *changes: Change, rule: str = "a-rule", path: str = "A.md", safe: Applicability = Applicability.SAFE
) -> Diagnostic:
    fix = Fix("mend it", changes, safe)
    span = next(change.span for change in changes if isinstance(change, Edit))
    position = Source(text).position(span.start)
    return Diagnostic(rule, Severity.WARNING, path, Finding(span, "it is wrong", fix=fix), position, position)


def edit(text: str, old: str, new: str, path: str = "A.md") -> Edit:
    """The edit that makes `old`, which stands once in the text, into `new`."""
    assert 1 == text.count(old)
    return Edit(path, Span(text.index(old), text.index(old) + len(old)), new)


def of(text: str, *diagnostics: Diagnostic) -> list[Suggestion]:
    return suggestions(diagnostics, {"A.md": text}.get)


def shown(found: Sequence[Suggestion]) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(one.start_line, one.end_line, one.replacement) for one in found]


def test_one_line() -> None:
    """A fix in a line suggests the whole line, with what it was."""
    text = "one\ntwo [[Budgte]]\nthree\n"

    (found,) = of(text, diagnostic(text, edit(text, "Budgte", "Budget")))

    assert (
        Suggestion(
            "A.md", 2, 2, ("two [[Budgte]]",), ("two [[Budget]]",), (module.Reason("a-rule", "it is wrong", "mend it"),)
        )
        == found
    )


def test_prefix() -> None:
    """The path is from the top of the repository."""
    text = "a\n"

    (found,) = suggestions([diagnostic(text, edit(text, "a", "b"))], {"A.md": text}.get, "my vault/")

    assert "my vault/A.md" == found.path


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("a\nb\nc\n", "b\n", "", (2, 2, ())),
        ("a\nb\nc\n", "\nb", "", (2, 2, ())),
        ("a\nb\nc\n", "b\n", "b", (2, 3, ("bc",))),
        ("a\nb\nc\n", "b", "x\ny", (2, 2, ("x", "y"))),
        ("a\nb\nc\n", "b", "", (2, 2, ("",))),
        ("a\nb\nc", "c", "d", (3, 3, ("d",))),
        ("a\nb\nc", "c", "d\n", (3, 3, ("d",))),
        ("a\nb\n\n\n", "\n\n\n", "\n", (3, 4, ())),
        ("a\nb\n\n\nc\n", "\n\n\nc", "\n\nc", (3, 3, ())),
        ("a\nb\nc\nd\n", "a\nb\nc\nd\n", "a\nx\nc\nd\n", (2, 2, ("x",))),
    ],
)
def test_lines(text: str, old: str, new: str, expected: tuple[int, int, tuple[str, ...]]) -> None:
    """Lines that vanish, join, part or come are whole lines before and after; lines that stay are left out."""
    (found,) = of(text, diagnostic(text, edit(text, old, new)))

    assert expected == (found.start_line, found.end_line, found.replacement)


def test_insertion_at_the_end() -> None:
    """What comes behind the last line stands in a suggestion for that line."""
    text = "a\nb\n"

    assert [(2, 2, ("b", "c"))] == shown(of(text, diagnostic(text, Edit("A.md", Span(4, 4), "c\n"))))


def test_final_line_break() -> None:
    """A final line break alone can't be suggested."""
    assert [] == of("a\nb", diagnostic("a\nb", Edit("A.md", Span(3, 3), "\n")))


def test_merged() -> None:
    """Fixes of one line become one suggestion, with both reasons; a fix of another line has its own."""
    text = "one two\nthree\n"
    first = diagnostic(text, edit(text, "one", "1"), rule="first")
    second = diagnostic(text, edit(text, "two", "2"), rule="second")
    third = diagnostic(text, edit(text, "three", "3"), rule="third")

    found = of(text, first, second, third)

    assert [(1, 1, ("1 2",)), (2, 2, ("3",))] == shown(found)
    assert [["first", "second"], ["third"]] == [[reason.rule for reason in one.reasons] for one in found]


def test_merged_by_a_third() -> None:
    """A fix over several lines takes the fixes inside it along."""
    text = "a\nb\nc\nd\n"
    wide = diagnostic(text, edit(text, "a", "A"), edit(text, "c", "C"))
    inner = diagnostic(text, edit(text, "b", "B"))
    touching = diagnostic(text, edit(text, "d", "D"))

    assert [(4, 4, ("D",)), (1, 3, ("A", "B", "C"))] == shown(of(text, touching, inner, wide))


def test_order() -> None:
    """Suggestions come in the order of their findings, for there may not be room for all."""
    text = "a\nb\nc\n"
    found = of(text, *(diagnostic(text, edit(text, sign, "x")) for sign in "bca"))

    assert [2, 3, 1] == [one.start_line for one in found]


def test_clash() -> None:
    """Of two fixes for the same words the first stays."""
    text = "one\n"

    (found,) = of(text, diagnostic(text, edit(text, "one", "1")), diagnostic(text, edit(text, "ne", "")))

    assert (("1",), 1) == (found.replacement, len(found.reasons))


def test_other_notes() -> None:
    """A fix that changes another note, or renames one, is no suggestion: half of it would be committed."""
    text = "one\n"
    here = edit(text, "one", "1")

    assert [] == of(text, diagnostic(text, here, Edit("B.md", Span(0, 1), "x")))
    assert [] == of(text, diagnostic(text, here, Rename("A.md", "B.md")))
    assert [] == of(text, diagnostic(text, here, path="B.md"))


@pytest.mark.parametrize("trust", [Applicability.UNSAFE, Applicability.SUGGESTION])
def test_only_safe(trust: Applicability) -> None:
    """Only what `--fix` would do is suggested."""
    assert [] == of("a\n", diagnostic("a\n", Edit("A.md", Span(0, 1), "b"), safe=trust))


def test_outside_the_text() -> None:
    """Edits that lie outside the note, or a note that can't be read, are no suggestion."""
    assert [] == of("a\n", diagnostic("a\n", Edit("A.md", Span(0, 9), "b")))
    assert [] == suggestions([diagnostic("a\n", Edit("A.md", Span(0, 1), "b"))], lambda _: None)


@pytest.mark.parametrize(
    ("text", "new", "obstacle"),
    [
        ("a\r\nold\r\n", "new", module.CARRIAGE_RETURNS),
        ("a\rold", "new", module.CARRIAGE_RETURNS),
        ("\ufeffold\nb\n", "new", module.BYTE_ORDER_MARK),
        ("\ufeffa\nold\n", "new", ""),
        ("a\nold \x1b[0m\n", "new", module.CONTROLS),
        ("old\n", "new\x00", module.CONTROLS),
        ("old\n", "new\n" * 61, module.TOO_LONG),
        ("old\n", "\tnew \u2028 `", ""),
    ],
)
def test_obstacles(text: str, new: str, obstacle: str) -> None:
    """What a comment can't carry without changing it is not suggested, and why is said."""
    (found,) = of(text, diagnostic(text, edit(text, "old", new)))

    assert obstacle == found.obstacle


def test_mark() -> None:
    """A suggestion is the same one further down; with other text, another rule or another note it is not."""
    text, below = "one\n", "a\nb\none\n"
    (here,) = of(text, diagnostic(text, edit(text, "one", "1")))
    (there,) = of(below, diagnostic(below, edit(below, "one", "1")))
    others = [
        of(text, diagnostic(text, edit(text, "one", "2"))),
        of(text, diagnostic(text, edit(text, "one", "1"), rule="other")),
        suggestions([diagnostic(text, edit(text, "one", "1"))], {"A.md": text}.get, "x/"),
        of("one \n", diagnostic("one \n", edit("one \n", "one", "1"))),
    ]

    assert here.mark == there.mark
    assert 5 == len({here.mark, *(other[0].mark for other in others)})


PATCH = """\
@@ -1,3 +1,4 @@
 one
-two
+2
+@@ -9,9 +9,9 @@
 three
@@ -20 +21,2 @@ a heading
 twenty
+twenty-one
\\ No newline at end of file"""


def test_hunks() -> None:
    """Of a patch, the lines that are in the new file are read, each at its place; text is no header."""
    expected = [Hunk(1, ("one", "2", "@@ -9,9 +9,9 @@", "three")), Hunk(21, ("twenty", "twenty-one"))]

    assert expected == hunks(PATCH)
    assert [] == hunks("")


@pytest.mark.parametrize(
    ("start", "before", "there"),
    [
        (1, ("one",), True),
        (2, ("2", "@@ -9,9 +9,9 @@", "three"), True),
        (22, ("twenty-one",), True),
        (1, ("two",), False),
        (4, ("three", "four"), False),
        (5, ("four",), False),
        (20, ("nineteen", "twenty"), False),
        (23, ("twenty-two",), False),
        (1, (), False),
    ],
)
def test_placed(start: int, before: tuple[str, ...], there: bool) -> None:
    """A suggestion needs all its lines in one hunk, with the text that it replaces."""
    one = Suggestion("A.md", start, start + len(before) - 1, before, ("x",), ())

    assert (([one], []) if there else ([], [one])) == placed([one], {"A.md": PATCH})
    assert ([], [one]) == placed([one], {"B.md": PATCH})


@given(
    st.text(alphabet="ab\n", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4), st.text(alphabet="xy\n", max_size=3)), max_size=5),
)
def test_committing_all(text: str, wanted: list[tuple[int, int, str]]) -> None:
    """Committing all suggestions makes the note that the fixes make, up to a final line break."""
    edits = [Edit("A.md", Span(min(at, len(text)), min(at + size, len(text))), new) for at, size, new in wanted]
    found = suggestions([diagnostic(text, one) for one in edits], {"A.md": text}.get)
    lines = text.removesuffix("\n").split("\n")
    for one in sorted(found, key=lambda one: -one.start_line):
        assert one.before == tuple(lines[one.start_line - 1 : one.end_line])
        lines[one.start_line - 1 : one.end_line] = one.replacement
    chosen = module.Chosen()
    for one_edit in edits:
        proposal = module.proposal_of(diagnostic(text, one_edit))
        assert proposal is not None
        chosen.add(proposal)

    fixed = module.apply_edits(text, chosen.edits("A.md"))
    assert fixed.removesuffix("\n").split("\n") == lines or not lines
