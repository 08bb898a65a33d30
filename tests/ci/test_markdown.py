from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyromark import Markdown, Options

from vaultlint.ci import markdown
from vaultlint.report.escape import visible

EVERYTHING = Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_GFM
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_MATH
)

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[a](https://example.org)",
    "![a](https://example.org/a.png)",
    "- [ ] task",
    "# heading",
    "1. one",
    "> [!WARNING]",
    "| a | b |",
    "<!-- vaultlint: 0 -->",
    "```suggestion",
    "$a$ and $$b$$",
    "~~a~~ **b** __c__ `d`",
    "&amp; &lt;b&gt;",
    "\\|",
    "=====",
    "line\nanother\r\n\r\n- third",
)


def seen(page: str) -> str:
    """What a person sees of a page made of paragraphs and inline elements that we use."""
    bare = re.sub(r"</?(?:p|span|code)>", "", EVERYTHING.html(page))
    assert "<" not in bare
    return html.unescape(bare).strip("\n")


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text(said: str) -> None:
    """Text that would be markup, HTML, a link, an image or a formula is shown as it is, on one line."""
    assert visible(said) == seen(markdown.text(said))


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])).map(str.strip))
def test_any_text(said: str) -> None:
    """Whatever the text is, a reader sees it, and nothing else."""
    shown = visible(said).replace("\u00a0", " ").strip()

    assert shown == seen(markdown.text(said)).replace("\u00a0", " ").strip()


@given(st.text(alphabet="|\\`*[]()!<>a b\n-", min_size=1))
def test_cell(said: str) -> None:
    """In a table, text and code never end their cell."""
    page = f"| a | b |\n|---|---|\n| {markdown.text(said)} | {markdown.code(said)} |\n"

    assert 2 == EVERYTHING.html(page).count("<td>")


def runs(page: str) -> list[str]:
    """The runs of text between elements: in each of them by itself the service looks for what it makes links of."""
    return [html.unescape(run) for run in re.split("<[^>]*>", EVERYTHING.html(page))]


@pytest.mark.parametrize("said", ["@octocat", "@org/team", "a@example.org", "owner/repository@0123456"])
def test_mentions(said: str) -> None:
    """Nobody is told of what a note says: the sign of a mention does not touch the name."""
    assert [] == [run for run in runs(markdown.text(said)) if re.search(r"@\w", run)]
    assert said == seen(markdown.text(said))


@pytest.mark.parametrize("said", ["#12", "owner/repository#12", "GH-12", ":tada:", "https://a.org", "www.a.org", "$a$"])
def test_references(said: str) -> None:
    """Numbers of issues, emoji, addresses and formulas are parted, and what is copied from the page is as it was."""
    assert [] == [run for run in runs(markdown.text(said)) if said in run]
    assert said == seen(markdown.text(said))


def test_code_can_be_copied() -> None:
    """Code holds nothing that is not in the text, for it is copied."""
    assert "vaultlint --fix 'a@b #1.md'" == seen(markdown.code("vaultlint --fix 'a@b #1.md'"))
    assert "\u200b" not in html.unescape(markdown.code("a@b #1 https://a.org"))


def test_link() -> None:
    """A link leads to its address, whatever the name of a note has in it."""
    shown = EVERYTHING.html(markdown.link(markdown.text("a] (b"), "https://example.org/a b/<c>.md#L1"))

    assert '<p><a href="https://example.org/a%20b/%3Cc%3E.md#L1">a] (b</a></p>\n' == shown
