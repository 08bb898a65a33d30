"""What the proof accepts of edits by chance is no damage, as far as a reader of its own can tell."""

from __future__ import annotations

import random

import extractor
import pytest
import soundness

from vaultlint.note.model import Span
from vaultlint.rule.fix import Aspect, Edit

NOTES = {
    "bread": "---\naliases: [Loaf, 'Rye bread']\ntags:\n  - food/bread\n  - baking\nrated: 4\n---\n"
    "# Bread\n\nSee [[Flour|the flour]] and [[Yeast]]; *knead* it well, then **rest** it.\nBake at 230 #baking ^heat\n"
    "\n- [ ] 12:03 dough\n- [x] 14:10 oven\n    - door shut\n    - `steam on`\n\n1. Cut\n2. Eat\n",
    "table": "# Figures\n\n| Flour | Water |\n| ----- | :---: |\n| [[Rye\\|rye]] | 70 |\n| wheat | 65 % |\n\n"
    "***\n\n> [!tip] Scales\n> Weigh it, *always*.\n> - in grams\n\n> a quote\n> over two lines\n",
    "code": "Start\n===\n\n```py\nprint( 'x' )\n\n```\n\nText with `code  span`, $a_1$ and a [link](Other%20note.md)."
    "  \nA hard break above %% hidden [[Note]] %% here.\n\n%%\nblock\n%%\n\n<div>\nraw *html*\n</div>\n\n"
    "A note[^1] and \\*no emphasis\\*.\n\n[^1]: The foot.\n![[Picture.png|300]]\n",
    "crlf": '---\r\nup: "[[Home]]"\r\ncreated: 2024-05-01 # first\r\n---\r\n## Plan ##\r\n\r\n+ one\r\n+ two\r\n\r\n'
    "  still two\r\n\r\n$$\r\nx^2\r\n$$\r\n\r\nlast line &amp; end\r\n",
}


def test_accepted_edits_do_no_damage() -> None:
    """Some hundred edits, most of them to the layout, none of which the proof and the other reader judge otherwise."""
    drawn = soundness.Draw(random.Random(1), list(NOTES.items()) * 4)
    found = soundness.count(drawn.cases(25))

    assert [] == [f"{kind}: {case}" for kind, case in found.faults]
    assert found.drawn > 250
    assert found.accepted > 50


@pytest.mark.parametrize("aspect", Aspect)
def test_each_licence_covers_kinds_of_the_extractor(aspect: Aspect) -> None:
    """What a licence lets differ is named as the extractor names it."""
    assert set(soundness.LICENCES[aspect.value]) <= set(extractor.KINDS)


def test_a_damage_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were all accepted, a damage would be told, and the text made as small as still shows it."""
    monkeypatch.setattr(soundness, "is_accepted", lambda case: True)
    text = "# one\n\ntwo *three*\n"
    word = (Edit(soundness.PATH, Span(7, 10), "four"),)
    layout, tags, words = (
        soundness.Case(text, word, frozenset(licence)) for licence in ((), (Aspect.TAGS,), (Aspect.WORDS,))
    )

    assert [("prose", layout), ("words", tags)] == soundness.count([layout, tags, words]).faults
    assert "layout: '' -> 'r'" == str(soundness.smallest("prose", layout))
