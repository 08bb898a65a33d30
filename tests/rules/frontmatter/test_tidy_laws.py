"""What holds for all rules that tidy properties and tags, whatever their options and the notes."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st
from msgspec import structs

from vaultlint.config.settings import Settings
from vaultlint.rule.fix import Applicability
from vaultlint.rule.kinds import Group
from vaultlint.testing.laws import check_fixes
from vaultlint.testing.settings import every_rule, with_options
from vaultlint.testing.strategies import vaults

GROUPS = frozenset({Group.FRONTMATTER, Group.TAGS})
OTHERS = frozenset({"alias-from-title", "aliases-property", "timestamp-style", "uncited-paragraph"})
NAMES = ["title", "Title", "tags", "TAGS", "aliases", "tag", "rating", "créé", "source", '"a b"', "# above\nup"]
ON_ONE_LINE = [
    *("", " ", " a", " Soup: a plan", " @ada", " *x*", " #tag", " #a #b", " a, b", " a b", " [a, b, a]", " [#a, b]"),
    *(" true", " 012", " 2026", " 1456789012345678901", " 'it''s'", ' "a: b"', " [[Home]]", " [[Home]] and", " &x y"),
    *(" *x", " !x y", " # a comment", " a # b", " a #1", " []", " {a: 1}", ' "C:\\Soup"', " [a, [b]]", " ['a', \"b\"]"),
    *(" `x`", " > x", " - a", " [a", "  # c"),
]
ON_MORE = [
    *("\n  - a\n  - b # c\n  - a", "\n- #a\n- b: c\n- d", "\n  -", "\n  - '#b'\n\n  # x\n  - a", " |\n  text\n"),
    "\n  a: 1\n  b: 2",
]
BODIES = [
    "",
    "\n# Soup\n",
    "\n#a #b\n",
    "\nA #c, and #a/b.\n\n#A\n",
    "\n# T [[x|y]] *e* ^id\n\n- [ ] x #t\n- #l\n",
    "t\n=\n",
]


@functools.cache
def tidy() -> Settings:
    settings = every_rule(Path(tempfile.mkdtemp()).resolve())
    return structs.replace(settings, rules=tuple(one for one in settings.rules if is_tidy(one.name, settings)))


def is_tidy(name: str, settings: Settings) -> bool:
    return settings.ruleset.load(name).group in GROUPS or name in OTHERS


@st.composite
def drawn_settings(draw: st.DrawFn) -> Settings:
    return with_options(tidy(), lambda values: draw(st.sampled_from(values)))


@st.composite
def properties(draw: st.DrawFn) -> str:
    """A note with properties such as people write them."""
    some = st.tuples(st.sampled_from(NAMES), st.sampled_from([*ON_ONE_LINE, *ON_MORE]))
    block = "".join(
        f"{name}:{value}\n" for name, value in draw(st.lists(some, max_size=5, unique_by=lambda each: each[0]))
    )
    text = f"---\n{block}---\n{draw(st.sampled_from(BODIES))}"
    return draw(st.sampled_from([text, text, text.replace("\n", "\r\n")]))


quick = trial(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(
    drawn_settings(),
    st.lists(properties(), min_size=1, max_size=3),
    st.sampled_from([Applicability.SAFE, Applicability.UNSAFE]),
)
def test_properties_as_people_write_them_settle(settings: Settings, texts: list[str], trust: Applicability) -> None:
    """No fix is refused, none fights with another, and a second run has nothing to do."""
    check_fixes(settings, {f"Note {place}.md": text for place, text in enumerate(texts)}, trust)


@quick
@given(drawn_settings(), vaults(most=2))
def test_any_note_settles(settings: Settings, vault: dict[str, str]) -> None:
    """The same for notes of all kinds."""
    check_fixes(settings, vault, Applicability.UNSAFE)
