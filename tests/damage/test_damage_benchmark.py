"""The comparison with other formatters takes another way of writing for the same, and nothing else."""

from __future__ import annotations

from pathlib import Path

import damage
import extractor
import pytest

SAME = {
    "a hard break by a backslash": ("one  \ntwo\n", "one\\\ntwo\n"),
    "fewer backticks": ("see ``a`` b\n", "see `a` b\n"),
    "fences in place of an indent": ("a\n\n    b\n", "a\n\n```\nb\n```\n"),
    "a language that says nothing": ("```\na\n```\n", "```text\na\n```\n"),
    "an address in angle brackets": ("see https://example.org/a%20b here\n", "see <https://example.org/a%20b> here\n"),
    "signs of math on lines of their own": ("$$a$$\n", "$$\na\n$$\n"),
    "a callout in capitals": ("> [!note]- Title\n> a\n", "> [!NOTE]- Title\n> a\n"),
    "the note's own name as an alias": ("---\naliases:\n  - Soup\n  - Broth\n---\n", "---\naliases:\n  - Broth\n---\n"),
    "a space before the end of a sentence": ("see [a ](b.md).\n", "see [a](b.md).\n"),
    "the only alias": ("---\naliases:\n  - Soup\n---\n", "---\naliases: []\n---\n"),
}

OTHER = {
    "a hard break is lost": ("one  \ntwo\n", "one\ntwo\n"),
    "code changes in a line": ("see ``a`` b\n", "see `b` b\n"),
    "code changes in a block": ("```\na  b\n```\n", "```\na b\n```\n"),
    "a language that says something": ("```\na\n```\n", "```python\na\n```\n"),
    "a link by name becomes text": ("see [a](https://example.org)\n", "see a\n"),
    "math changes": ("$$\na\n$$\n", "$$\nb\n$$\n"),
    "another callout": ("> [!note] Title\n> a\n", "> [!tip] Title\n> a\n"),
    "the title of a callout": ("> [!note] Title\n> a\n", "> [!note] TITLE\n> a\n"),
    "another alias": ("---\naliases:\n  - Broth\n---\n", "---\naliases: []\n---\n"),
    "two words become one": ("see [a ](b.md)c\n", "see [a](b.md)c\n"),
    "another level": ("# A\n", "## A\n"),
}


def kinds(before: str, after: str) -> list[str]:
    """What is damaged in a note."""
    old, new = (damage.as_meant(extractor.extract(text), "Soup") for text in (before, after))
    return [kind for kind, _ in damage.differing(old, new)]


@pytest.mark.parametrize("name", SAME)
def test_another_way_of_writing_the_same_is_no_damage(name: str) -> None:
    """The reader sees a difference, which is put aside."""
    assert extractor.damage(*SAME[name])
    assert [] == kinds(*SAME[name])


def test_a_sign_alone_is_put_beside_no_word() -> None:
    """The first word of a note is not behind its last."""
    assert [". a"] == [" ".join(thing.value for thing in damage.as_meant(extractor.extract(". a\n"), "Soup"))]


@pytest.mark.parametrize("name", OTHER)
def test_what_says_something_else_is_damage(name: str) -> None:
    """However much it looks alike."""
    assert kinds(*OTHER[name])


def test_every_rule_of_the_pack_is_on() -> None:
    """Those that it leaves off, and no others."""
    names = {line.split(" = ")[0] for line in damage.every_rule().splitlines() if " = " in line} - {"packs"}
    off = {name for name, setting in damage.format_rules().items() if setting == "off"}

    assert off == names
    assert "property-order" in names
    assert "trailing-spaces" not in names


def test_a_formatter_is_measured_on_copies(tmp_path: Path) -> None:
    """One that makes the first letters capitals, and adds a line each time: seen in the note and in the table."""
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "A.md").write_text("see [[b]]\n", encoding="utf-8")
    (vault / "B.md").write_text("", encoding="utf-8")
    script = tmp_path / "formatter.py"
    script.write_text(
        "from pathlib import Path\n"
        "text = Path('A.md').read_text()\n"
        "Path('A.md').write_text(text.replace('b', 'B') + '\\n')\n"
        "print('refused B.md')\n",
        encoding="utf-8",
    )
    formatter = damage.Formatter("one", "1.0 (of all)", (damage.sys.executable, str(script)), r"^refused .+")
    row, told = damage.measured(formatter, vault, tmp_path)

    assert "see [[b]]\n" == (vault / "A.md").read_text(encoding="utf-8")
    assert "| one 1.0 | vault | 2 | 1 | 1 | 1 | 1 | 1 | wikilinks 1, shown by wikilinks 1 |" == damage.line(row)
    assert ["one: vault/A.md:1: wikilinks: ['b'] -> ['B']"] == told[:1]
    assert "| one 1.0 | 1 / 1 / 1 | 1 | 1 |" == [*damage.short_table([row])][-1]
