"""The rules of style over generated notes, whatever their options: fixes are proved, and settle."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given
from hypothesis import settings as trial
from hypothesis import strategies as st
from msgspec import structs

from vaultlint.config.settings import Settings
from vaultlint.rule.fix import Applicability
from vaultlint.testing.laws import check_rules_and_fixes
from vaultlint.testing.settings import every_rule, with_options
from vaultlint.testing.strategies import notes

STYLE = (
    "trailing-spaces",
    "hard-break-style",
    "multiple-spaces",
    "space-around-characters",
    "cjk-spacing",
    "quote-style",
    "ellipsis",
    "hyphenated-line-break",
    "misspelling",
    "invisible-characters",
    "forbidden-terms",
)
PIECES = st.sampled_from(
    (
        "  ",
        " , ",
        "...",
        "…",
        "recieve",
        "汤soup",
        '"a"',
        "“a”",
        "it's",
        "exam‐ ple",
        "\u200b",
        "\u00a0",
        " Github ",
        "。 ",
    )
)


@functools.cache
def style() -> Settings:
    every = every_rule(Path(tempfile.mkdtemp()).resolve())
    return structs.replace(every, rules=tuple(rule for rule in every.rules if rule.name in STYLE))


@st.composite
def drawn(draw: st.DrawFn) -> Settings:
    return with_options(style(), lambda values: draw(st.sampled_from(values)))


@st.composite
def spiced(draw: st.DrawFn) -> str:
    """A note with what these rules look for among its words."""
    words = draw(notes()).split(" ")
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(words) - 1))
        if words[place].isalpha():
            words[place] += draw(PIECES)
    return " ".join(words)


@trial(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn(), spiced())
@example(style(), "a\\  \nb")
@example(style(), "    code\n\t\t\nb")
@example(style(), "---\n\n--- \n")
@example(style(), "- [ ] 1. \nb")
@example(style(), "k:: a  \nb")
@example(style(), "https://a.b/c  \nb\\\nc")
@example(style(), "a： #tag ，b")
@example(style(), "\u200b- a")
def test_fixes_are_proved_and_settle(settings: Settings, text: str) -> None:
    """None raises, none is refused, and a second run has nothing to do."""
    check_rules_and_fixes(settings, {"A.md": text}, Applicability.UNSAFE)
