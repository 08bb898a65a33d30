"""Tags of the text."""

from __future__ import annotations

import pytest

from vaultlint.note.note import parse_note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#a #B/c #d-e_f", ["a", "B/c", "d-e_f"]),
        ("#café #日本語 #✅done #🟨", ["café", "日本語", "✅done", "🟨"]),
        ("#1984 #1984book #y1984 #-", ["1984book", "y1984", "-"]),
        ("#a#b #c/#d", ["a", "b", "c/", "d"]),
        ('(#a) "#b" .#c x—#d e#f /#g \\#h', []),
        ("：#demo", []),
        ("\u3000#a\u00a0#b\t#c", ["a", "b", "c"]),
        ("_#a_ *#b* **#c** snake_#d ~~#e~~ ==#f==", ["a", "b", "c", "d", "e", "f"]),
        ("[#x](https://a.b) [y](https://a.b/#z)", ["x"]),
        ("[x #y](z) ![x #y](z)", ["y"]),
        ("\\[#Escaped", ["Escaped"]),
        ("`a`#b <b>#c</b> [[d]]#e $f$#g %%#h%%", ["b", "c", "e", "g", "h"]),
        ("|#a|b|\n|---|---|\n|c|#d|", ["a", "d"]),
        ("#a,#b. #c–d #e'f", ["a", "c", "e"]),
        ("# heading\n## #tag ##", ["tag"]),
        ("##a", []),
        ("#", []),
        (">#a\n>#b", ["a", "b"]),
        ("[[#a]] [[b #c|#d]]", []),
        ("https://a.b/#c <https://a.b/#c>", []),
        ("- #a\n  - [x] #b", ["a", "b"]),
        ("[^1]: #a", ["a"]),
    ],
)
def test_what_is_a_tag(text: str, expected: list[str]) -> None:
    """A tag begins a run of text or follows white space, and has something else than digits."""
    assert expected == [tag.name for tag in parse_note(text).tags]


def test_place_and_comment() -> None:
    """A tag's span has its `#`; in comments tags count, and say where they are."""
    text = "a #b\n\n%%\n#c\n%%\n"
    tags = parse_note(text).tags

    assert [("#b", False), ("#c", True)] == [(tag.span.of(text), tag.in_comment) for tag in tags]
