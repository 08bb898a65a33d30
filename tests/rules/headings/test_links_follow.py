"""Fixes of headings never lead a link astray: they take it along, or leave the heading."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.headings.heading_link_unsafe_chars import HeadingLinkUnsafeChars

from vaultlint import parse_note
from vaultlint.rule.fix import Applicability
from vaultlint.vault.headings import heading_key

Mended = Callable[..., dict[str, str]]


@pytest.mark.parametrize(
    "link",
    [
        "%% [[Soup#汤。]] %%",  # comments are left alone
        "[a][s]\n\n[s]: Soup.md#汤。",  # several links may share a definition
        "# See [[Soup#汤。]]\n\n[[#See Soup 汤。]]",  # and the heading around it is linked to
    ],
)
def test_a_heading_stays_whose_link_cannot_be_written(mended: Mended, link: str) -> None:
    """The app compares the sign at the end, and the link that names it can't be changed."""
    assert {} == mended({"Soup.md": "# 汤。\n", "Note.md": link}, "heading-punctuation")


def test_a_heading_stays_that_would_become_the_twin_of_another(mended: Mended) -> None:
    """A link to the one would lead to the other."""
    assert {} == mended({"Soup.md": "# 汤。\n\n# 汤\n", "Note.md": "[[Soup#汤]]"}, "heading-punctuation")


def test_without_links_twins_do_no_harm(mended: Mended) -> None:
    """Nothing is led astray where nothing leads."""
    assert {"Soup.md": "# 汤\n\n# 汤\n"} == mended({"Soup.md": "# 汤。\n\n# 汤\n"}, "heading-punctuation")


def test_a_missing_title_is_not_put_before_a_heading_of_its_name(mended: Mended) -> None:
    """Links to that heading would lead to the title."""
    assert {} == mended({"Soup.md": "## Soup\n", "Note.md": "# Note\n[[Soup#Soup]]"}, "heading-file-name")


def test_levels_stay_where_a_chain_would_break(mended: Mended) -> None:
    """`#A#B` wants `B` deeper than `A`."""
    note = "# One\n\n## A\n\n# Two\n\n### B\n"
    assert {"Note.md": note.replace("###", "##")} == mended({"Note.md": note}, "heading-increment")
    assert {} == mended({"Note.md": note, "Other.md": "[[Note#A#B]]"}, "heading-increment")


@pytest.mark.parametrize("start", [1, 2])
def test_rules_about_headings_settle(mended: Mended, start: int) -> None:
    """Those that write headings do not fight over one."""
    config = f"[rules.heading-increment]\nstart = {start}\n[rules.heading-file-name]\nexact = true\n"
    rules = ("heading-increment", "heading-file-name", "heading-capitalization", "heading-punctuation")
    vault = {"pea soup。.md": "# stew!\n\n### how.\n", "b.md": "### c\n# b.\n"}

    assert set(vault) == set(mended(vault, *rules, config=config))


def test_what_is_required_goes_in_before_the_next(mended: Mended) -> None:
    """Several headings that are missing in one place come in their order, and block ids below stay what they are."""
    config = '[rules.required-headings]\nnotes = { "**" = ["# A", "## B", "## C", "## D"] }\n'
    note = "# A\n\ntext ^id\n\n## D\n\nmore\n"

    fixed = mended({"Note.md": note}, "required-headings", config=config, at_least=Applicability.SAFE)

    assert {"Note.md": "# A\n\ntext ^id\n\n## B\n\n## C\n\n## D\n\nmore\n"} == fixed


@pytest.mark.parametrize("heading", ["Peas[^1]", "See [[Soup]]", "[Peas](https://example.com#pea)", "A | b [c]"])
def test_a_link_written_as_the_hint_says_leads_to_the_heading(heading: str) -> None:
    """Nothing of it is left behind the brackets that close it."""
    (found,) = HeadingLinkUnsafeChars().check(parse_note(f"# {heading}\n"))
    link = f"[[{(found.hint or '').split(chr(39))[1]}]]"
    note = parse_note(f"# {heading}\n\n{link}\n")

    assert link == note.wikilinks[-1].span.of(note.text)
    assert [heading_key(heading)] == [heading_key(part.text) for part in note.wikilinks[-1].subpath]
