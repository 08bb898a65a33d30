"""The plug-in's rules about spaces and blank lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.config.linter.rows import Row, Said, always, said

if TYPE_CHECKING:
    from vaultlint.config.linter.given import Given

_AROUND = "blank-lines-around"
_MEANT = "blank lines that mean something stay as they are"


def _compact(given: Given) -> Said:
    between = "none" if given.flag("inner-new-lines", default=False) else "any"
    return said("frontmatter-blank-lines", edges="none", between=between)


def _tabs(given: Given) -> Said:
    if given.whole("tabsize", 4) != 4:
        given.remark("its size of a tab is not asked for: a tab is put in for each level of a list")
    return said("list-indent", style="tabs")


def _headings(given: Given) -> Said:
    if not given.flag("empty-line-after-yaml", default=True):
        given.remark(
            "a blank line between the properties and a heading stays; "
            "'below' of 'frontmatter-blank-lines' takes it away before all else, too"
        )
    below = "one" if given.flag("bottom", default=True) else "none"
    return said(_AROUND, headings_above="one", headings_below=below)


def _characters(given: Given) -> Said:
    return said(
        "space-around-characters",
        fullwidth=given.flag("include-fullwidth-forms", default=True),
        cjk_punctuation=given.flag("include-cjk-symbols-and-punctuation", default=True),
        dashes=given.flag("include-dashes", default=True),
        around=given.text("other-symbols"),
    )


def _before_or_after(given: Given) -> Said:
    return said(
        "space-around-characters",
        before=given.text("characters-to-remove-space-before", ",!?;:).’”]"),
        after=given.text("characters-to-remove-space-after", "¿¡‘“(["),
    )


def _cjk(given: Given) -> Said:
    return said(
        "cjk-spacing",
        style="spaced",
        symbols_before=given.text("english-symbols-punctuation-before", "-+;:'\"°%$)]"),
        symbols_after=given.text("english-symbols-punctuation-after", "-+'\"([¥$"),
    )


def _trailing(given: Given) -> Said:
    older = given.flag("twp-space-line-break", default=False)
    keep = given.flag("two-space-line-break", default=older)
    found = said("trailing-spaces", line_breaks="keep")
    return found if keep else found | said("hard-break-style", style="unspaced", every_line=False)


ROWS = (
    Row("compact-yaml", ("frontmatter-blank-lines",), "same", read=_compact),
    Row(
        "consecutive-blank-lines",
        ("consecutive-blank-lines",),
        "better",
        "those in comments, HTML and commands of Templater stay",
        always("consecutive-blank-lines", most=1),
    ),
    Row(
        "convert-spaces-to-tabs",
        ("list-indent",),
        "differs",
        "lists alone are indented: elsewhere an indent makes code, or says nothing",
        _tabs,
    ),
    Row("empty-line-around-blockquotes", (_AROUND,), "better", _MEANT, always(_AROUND, quotes=True)),
    Row("empty-line-around-code-fences", (_AROUND,), "better", _MEANT, always(_AROUND, code=True)),
    Row("empty-line-around-horizontal-rules", (_AROUND,), "better", _MEANT, always(_AROUND, rules=True)),
    Row("empty-line-around-math-blocks", (_AROUND,), "better", _MEANT, always(_AROUND, math=True)),
    Row("empty-line-around-tables", (_AROUND,), "better", _MEANT, always(_AROUND, tables=True)),
    Row("heading-blank-lines", (_AROUND,), "better", _MEANT, _headings),
    Row(
        "line-break-at-document-end",
        ("final-newline",),
        "better",
        "a note that ends in code or in a comment that is never closed stays",
        always("final-newline"),
    ),
    Row(
        "move-math-block-indicators-to-their-own-line",
        ("math-block-lines",),
        "differs",
        "math in quotes and lists stays; a block always has two dollar signs, as the app has it",
        always("math-block-lines"),
    ),
    Row(
        "paragraph-blank-lines",
        (_AROUND,),
        "differs",
        "the lines of one paragraph are not divided: each would become a paragraph of its own",
        always(_AROUND, paragraphs=True),
    ),
    Row(
        "remove-empty-lines-between-list-markers-and-checklists",
        ("list-blank-lines",),
        "better",
        "a blank line that ends code or HTML in an item stays",
        always("list-blank-lines", between="none", around="any"),
    ),
    Row("remove-link-spacing", ("link-text-spacing",), "same", read=always("link-text-spacing")),
    Row(
        "remove-space-around-characters",
        ("space-around-characters",),
        "better",
        "links, fields and signs that begin a word stay; it takes --unsafe-fixes",
        _characters,
    ),
    Row(
        "remove-space-before-or-after-characters",
        ("space-around-characters",),
        "better",
        "links, fields and signs that begin a word ('.md', ':smile:') stay; it takes --unsafe-fixes",
        _before_or_after,
    ),
    Row(
        "space-after-list-markers",
        ("list-marker-space",),
        "same",
        read=always("list-marker-space", bullet=1, number=1),
    ),
    Row(
        "space-between-chinese-japanese-or-korean-and-english-or-numbers",
        ("cjk-spacing",),
        "better",
        "a sign counts only with a Latin letter or digit on its other side; links and tags stay whole",
        _cjk,
    ),
    Row(
        "trailing-spaces",
        ("trailing-spaces", "hard-break-style"),
        "better",
        "spaces in code, math, HTML and properties stay; where two of them break a line, it takes --unsafe-fixes",
        _trailing,
    ),
)
