"""What the notes of the rules of style do not show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.style._misspellings import MISSPELLINGS
from vaultlint_rules.style.cjk_spacing import CjkSpacing
from vaultlint_rules.style.forbidden_terms import ForbiddenTerms, Options, Pattern
from vaultlint_rules.style.hard_break_style import HardBreakStyle
from vaultlint_rules.style.hard_break_style import Options as Breaks
from vaultlint_rules.style.invisible_characters import InvisibleCharacters
from vaultlint_rules.style.misspelling import Misspelling
from vaultlint_rules.style.multiple_spaces import MultipleSpaces
from vaultlint_rules.style.quote_style import Options as Quotes
from vaultlint_rules.style.quote_style import QuoteStyle
from vaultlint_rules.style.space_around_characters import SpaceAroundCharacters
from vaultlint_rules.style.trailing_spaces import TrailingSpaces

from vaultlint.rule.fix import Applicability
from vaultlint.rule.options import WrongValueError, validate

Told = Callable[..., list[str]]
Fixed = Callable[..., str]
UNSAFE = Applicability.UNSAFE

ORDINARY = """\
---
name: \nup: "[[Talks  2024]]"
---
#tag at the start, ==high  light==, %%com  ment%% and ![[pot.png | 300]]

(status:: act  ive)[text] [[Beta#^id|b]] [a  b](c%20d.md) $x  y$ `co  de`

| what | who |
| --- | --- |
| [[Beta\\|b]] | [[A  b]] |

> [!tip]- Title
> text[^1]

<% tp.date.now("YYYY  MM") %>

[^1]: note ^block
"""


@pytest.mark.parametrize(
    "rule", [TrailingSpaces, MultipleSpaces, SpaceAroundCharacters, CjkSpacing, HardBreakStyle, Misspelling, QuoteStyle]
)
def test_an_ordinary_note_is_left_alone(fixed: Fixed, rule: type) -> None:
    """What fixers of others damaged stays as it is but for the words between it."""
    after = fixed(rule, ORDINARY, at_least=UNSAFE)

    assert ORDINARY.replace("==high  light==", "==high light==") == after or ORDINARY == after


@pytest.mark.parametrize(
    "text", ["[[中文English]]", "#中文English", "![[图a.png]]", "[中a](图a.md)", "中文 a", "```\n中a\n```"]
)
def test_no_space_in_what_is_no_prose(found: Told, text: str) -> None:
    """Links, tags, paths and code keep their names (T23)."""
    assert [] == found(CjkSpacing, text)


@pytest.mark.parametrize("text", ["a-中", "中\n- 中a", "a+中"])
def test_a_sign_counts_behind_a_latin_letter_alone(fixed: Fixed, text: str) -> None:
    """So nothing becomes an item of a list."""
    assert text.count("\n") == fixed(CjkSpacing, text, at_least=UNSAFE).count("\n")
    assert "\n- 中 a" not in fixed(CjkSpacing, "\n-中a", at_least=UNSAFE)


@pytest.mark.parametrize("text", ["a： #tag", "#tag ，b", "https://a.b ，c", "a ( `b` )", "- （ a"])
def test_no_tag_or_address_grows(fixed: Fixed, text: str) -> None:
    """A space that keeps a tag or an address apart from a sign stays."""
    assert {"- （ a": "- （a"}.get(text, text) == fixed(SpaceAroundCharacters, text, at_least=UNSAFE)


@pytest.mark.parametrize("text", ["https://a.b  \nb\\\nc", "k:: v  \nb", "a\\  \nb", "- [ ]  \nb", "> [!a] t  \n> b"])
def test_lines_that_can_not_end_in_a_backslash(fixed: Fixed, text: str) -> None:
    """An address or a field would take the backslash in."""
    assert text == fixed(HardBreakStyle, text, options=Breaks(style="backslash"), at_least=UNSAFE)


@pytest.mark.parametrize("text", ["- \n", "- [ ] \n", "> \n", "# \n", "k:: \n", "> [!note] \n", "[^1]: \n", "a  \nb\n"])
def test_a_space_that_waits_for_text_stays(found: Told, text: str) -> None:
    """The app writes it, or a person is about to go on there."""
    assert [] == found(TrailingSpaces, text)


@pytest.mark.parametrize(
    ("text", "curly"),
    [
        ("\"a 'b' c\"", "“a ‘b’ c”"),
        ("it's the cooks' '90s, rock 'n' roll", "it’s the cooks’ ’90s, rock ’n’ roll"),
        ('("a")—"b"', "(“a”)—“b”"),
        ("**\"a\"** *'b'*", "**“a”** *‘b’*"),
        ("6' 2\" tall", "6' 2\" tall"),
    ],
)
def test_curly_marks(fixed: Fixed, text: str, curly: str) -> None:
    """A mark opens behind a space or a bracket, and closes else; measures are left."""
    assert curly == fixed(QuoteStyle, text, options=Quotes(double="curly", single="curly"), at_least=UNSAFE)


@pytest.mark.parametrize(
    "text", ["👩‍💻", "می‌خواهم", "\ufefftext", "naïve café “Ã la carte” É”", "שלום\u200f!", "a\u00a0b"]
)
def test_signs_that_are_meant(found: Told, text: str) -> None:
    """Emoji, scripts, a byte order mark at the start and letters with accents are no fault."""
    assert [] == found(InvisibleCharacters, text)


def test_signs_in_properties_and_links_are_told(found: Told) -> None:
    """There they break what is linked; a person has to mend it."""
    assert 2 == len(found(InvisibleCharacters, "---\na: b\u200bc\n---\n[[d\u200be]] `f\u200bg`\n"))


def test_the_list_of_misspellings_is_sound() -> None:
    """Words in lower case, none right and wrong at once, none mended into another misspelling."""
    assert all(word.isalpha() and word.islower() for word in MISSPELLINGS)
    assert all(word != right and right not in MISSPELLINGS for word, right in MISSPELLINGS.items())
    assert list(MISSPELLINGS) == sorted(MISSPELLINGS)


def test_templates_are_left_alone(found: Told) -> None:
    """What makes no sense in a template says nothing there."""
    assert [] == found(Misspelling, "recieve", "T/a.md", template_folders=("T",))


def test_terms_from_a_config() -> None:
    """A pattern is checked where the config is read, and an unknown key is an error."""
    made = validate(ForbiddenTerms, {"patterns": [{"find": "a+", "replace": "b"}], "words": {"very": ""}})

    assert made == Options(words={"very": ""}, patterns=(Pattern("a+", "b"),))
    with pytest.raises(WrongValueError, match="look-around"):
        validate(ForbiddenTerms, {"patterns": [{"find": "a(?=b)"}]})
    with pytest.raises(WrongValueError, match="colour"):
        validate(ForbiddenTerms, {"patterns": [{"find": "a", "colour": "red"}]})


def test_terms_in_all_of_the_text(fixed: Fixed) -> None:
    """Where asked, a pattern looks beyond prose, but never into code and the like."""
    options = Options(patterns=(Pattern(r"\]\], *", "]]; ", where="text"),))

    assert "[[a]]; b `[[c]], `" == fixed(ForbiddenTerms, "[[a]],  b `[[c]], `", options=options, at_least=UNSAFE)
