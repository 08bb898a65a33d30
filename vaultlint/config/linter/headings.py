"""The plug-in's rules about headings and footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.config.linter.rows import Row, Said, always, said

if TYPE_CHECKING:
    from vaultlint.config.linter.given import Given

_LED = "links to the heading are led along"


def _capitalize(given: Given) -> Said:
    styles = {"Title Case": "title", "ALL CAPS": "all-caps", "First letter": "sentence"}
    found = said(
        "heading-capitalization",
        style=given.choice("style", "Title Case", styles),
        ignore_cased_words=given.flag("ignore-case-words", default=True),
    )
    for key in ("ignore-words", "lowercase-words"):
        if key in given:  # otherwise both have lists of their own
            found["heading-capitalization"][key] = given.words(key)
    return found


def _increment(given: Given) -> Said:
    return said("heading-increment", start=2 if given.flag("start-at-h2", default=False) else 1)


def _punctuation(given: Given) -> Said:
    signs = given.text("punctuation-to-remove", ".,;:!。，；：！")
    return said("heading-punctuation", signs=signs) if signs else {}


def _bottom(given: Given) -> Said:
    blank = given.flag("include-blank-line-between-footnotes", default=False)
    return said("footnote-location", sort=True, blank_lines=blank)


ROWS = (
    Row(
        "capitalize-headings",
        ("heading-capitalization",),
        "better",
        "links to the heading still lead there; tags, links and code in it stay; it takes --unsafe-fixes",
        _capitalize,
    ),
    Row(
        "file-name-heading",
        ("heading-file-name",),
        "better",
        "nothing is put in where its text is that of another heading, to which links may lead",
        always("heading-file-name", missing=True, other=False),
    ),
    Row(
        "header-increment",
        ("heading-increment",),
        "differs",
        "behind a skip each section holds what it held, so lower headings move along; it takes --unsafe-fixes",
        _increment,
    ),
    Row(
        "headings-start-line",
        ("heading-start",),
        "better",
        "a heading in an item of a list stays there, and what an indent makes code is none",
        always("heading-start", indented=True, spaces=False, style="any", underlined=False),
    ),
    Row(
        "remove-trailing-punctuation-in-heading",
        ("heading-punctuation",),
        "better",
        f"{_LED}; it takes --unsafe-fixes",
        _punctuation,
    ),
    Row(
        "footnote-after-punctuation",
        ("footnote-punctuation",),
        "better",
        "marks before '!' stay, for '![' begins an image",
        always("footnote-punctuation", place="after"),
    ),
    Row(
        "move-footnotes-to-the-bottom",
        ("footnote-location",),
        "better",
        "paragraphs on both sides of a footnote stay two; all that belongs to it moves with it",
        _bottom,
    ),
    Row(
        "re-index-footnotes",
        ("footnote-order",),
        "better",
        "a note with two footnotes of one name is left alone",
        always("footnote-order", named=True),
    ),
)
