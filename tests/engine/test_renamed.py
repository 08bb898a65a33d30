"""Which note of a commit is there under another name: what is sure, what is doubtful, and what is nobody's."""

from __future__ import annotations

from collections.abc import Mapping

from vaultlint.engine.renamed import renames

LINES = "\n".join(f"a line of its own, number {number}" for number in range(20))


def went(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Old path -> new path and why that is in doubt, of notes by their text; equal texts have equal ids."""
    found = renames(then, now, then.get, now.get)
    return {path: (one.path, one.doubt) for path, one in found.items()}


def test_the_same_bytes() -> None:
    """One that is the same to the byte, and alone so, is sure."""
    assert {"A.md": ("B.md", "")} == went({"A.md": "text"}, {"B.md": "text", "C.md": "other"})


def test_empty_notes() -> None:
    """An empty note is no other note's continuation, nor is one of blank lines; one of its name is."""
    for text in ("", " \n\n"):
        assert {} == went({"A.md": text}, {"B.md": text})
        assert {"x/A.md": ("y/A.md", "")} == went({"x/A.md": text, "B.md": text}, {"C.md": text, "y/A.md": text})


def test_several_of_the_same_bytes() -> None:
    """Of several that are equal, a name decides, and then nothing is in doubt; without one, each is."""
    doubt = "several files of this very content came or went"

    assert {"x/A.md": ("y/A.md", ""), "x/B.md": ("y/B.md", "")} == went(
        {"x/B.md": "text", "x/A.md": "text"}, {"y/A.md": "text", "y/B.md": "text"}
    )
    assert {"A.md": ("C.md", doubt), "B.md": ("D.md", doubt)} == went(
        {"A.md": "text", "B.md": "text"}, {"C.md": "text", "D.md": "text"}
    )
    assert {"A.md": ("C.md", doubt)} == went({"A.md": "text"}, {"C.md": "text", "D.md": "text"})
    assert {"A.md": ("C.md", doubt)} == went({"A.md": "text", "B.md": "text"}, {"C.md": "text"})


def test_changed_on_the_way() -> None:
    """Half of the text must be the same, or a quarter where the name is; that is in doubt all the same."""
    half, quarter, less = (LINES[: len(LINES) * part // 100] for part in (60, 35, 20))
    other = "\nsomething else that nobody ever wrote before" * 20

    assert {"A.md": ("B.md", "it was changed when it was renamed: 59% of it is the same")} == went(
        {"A.md": LINES}, {"B.md": half}
    )
    for text, alone, by_name in ((quarter, False, True), (less, False, False), (less + other, False, False)):
        assert alone == bool(went({"A.md": LINES}, {"B.md": text}))
        assert by_name == bool(went({"x/A.md": LINES}, {"y/a.md": text}))


def test_one_to_one() -> None:
    """The likest pair goes first, and no note is in two."""
    nearly = LINES + "\nmore"

    assert {"A.md": "C.md", "B.md": "D.md"} == {
        old: new
        for old, (new, _) in went(
            {"A.md": LINES, "B.md": LINES[200:]}, {"D.md": LINES[150:], "C.md": nearly, "E.md": LINES[:400]}
        ).items()
    }


def test_frontmatter_does_not_count() -> None:
    """What a template filled in makes no two notes one; where a note has no more, it does."""
    head = "---\ntags: [a, b, c]\ncreated: by a template\nand: more of that\n---\n"

    assert {} == went({"A.md": f"{head}soup"}, {"B.md": f"{head}bread"})
    assert ["B.md"] == [new for new, _ in went({"A.md": f"{head}\n"}, {"B.md": head}).values()]
