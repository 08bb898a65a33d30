"""The rules that markdownlint, and rumdl after it, share with us: a row for each, by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.config.linter.given import Given, by_plain_name, plain
from vaultlint.config.linter.rows import Row, Said, always, said
from vaultlint.config.linter.taken import Taken, finish, take, without_surrogates
from vaultlint.schema.imports.draft import as_table, as_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultlint.rule.registry import RuleSet

_AROUND = "blank-lines-around"
_EMPHASIS = {"consistent": "consistent", "asterisk": "asterisk", "underscore": "underscore"}


def _style(given: Given) -> Said:
    styles = {"consistent": "consistent", "atx": "atx", "atx_closed": "closed"}
    others = ("setext", "setext_with_atx", "setext_with_atx_closed")
    return said(
        "heading-start", style=given.choice("style", "consistent", styles | dict.fromkeys(others, "any"))
    )  # headings that are underlined stay


def _bullets(given: Given) -> Said:
    styles = {"consistent": "consistent", "dash": "-", "asterisk": "*", "plus": "+", "sublist": "by-depth"}
    return said("list-marker-style", style=given.choice("style", "consistent", styles))


def _numbers(given: Given) -> Said:
    styles = {"one_or_ordered": "keep", "one-or-ordered": "keep", "one": "same", "zero": "same", "ordered": "ascending"}
    return said("ordered-list-style", numbers=given.choice("style", "one_or_ordered", styles), delimiter="keep")


def _emphasis(part: str) -> Callable[[Given], Said]:
    return lambda given: said("emphasis-style", **{part: given.choice("style", "consistent", _EMPHASIS)})


def _fence(given: Given) -> Said:
    styles = {"consistent": "consistent", "backtick": "backtick", "tilde": "tilde"}
    return said("code-block-style", fence=given.choice("style", "consistent", styles))


def _blocks(given: Given) -> Said:
    styles = {"consistent": "fenced", "fenced": "fenced", "indented": "any"}
    return said("code-block-style", indented=given.choice("style", "consistent", styles))


def _names(given: Given) -> Said:
    names = given.words("names")
    return said("forbidden-terms", names=names) if names else {}


ROWS = (
    Row("MD001 heading-increment", ("heading-increment",), "same", read=always("heading-increment", start=1)),
    Row("MD003 heading-style", ("heading-start",), "differs", "underlined headings stay", _style),
    Row("MD004 ul-style", ("list-marker-style",), "same", read=_bullets),
    Row(
        "MD007 ul-indent",
        ("list-indent",),
        "same",
        read=lambda given: said("list-indent", style="spaces", size=given.whole("indent", 2)),
    ),
    Row("MD009 no-trailing-spaces", ("trailing-spaces",), "same", read=always("trailing-spaces", line_breaks="keep")),
    Row(
        "MD011 no-reversed-links",
        ("reversed-link",),
        "better",
        "Dataview's fields are no links",
        always("reversed-link"),
    ),
    Row(
        "MD012 no-multiple-blanks",
        ("consecutive-blank-lines",),
        "same",
        read=lambda given: said("consecutive-blank-lines", most=given.whole("maximum", 1)),
    ),
    Row(
        "MD018 no-missing-space-atx",
        ("heading-space",),
        "better",
        "a tag at the beginning of a line is no heading",
        always("heading-space"),
    ),
    Row(
        "MD019 no-multiple-space-atx",
        ("heading-start",),
        "same",
        read=always("heading-start", spaces=True),
    ),
    Row(
        "MD022 blanks-around-headings",
        (_AROUND,),
        "same",
        read=always(_AROUND, headings_above="one", headings_below="one"),
    ),
    Row("MD023 heading-start-left", ("heading-start",), "same", read=always("heading-start", indented=True)),
    Row(
        "MD024 no-duplicate-heading",
        ("heading-duplicate",),
        "same",
        read=lambda given: said(
            "heading-duplicate", unlinked=True, siblings=given.flag("siblings_only", default=False)
        ),
    ),
    Row("MD025 single-h1", ("heading-single-h1",), "same", read=always("heading-single-h1", title=True)),
    Row(
        "MD026 no-trailing-punctuation",
        ("heading-punctuation",),
        "better",
        "links to the heading are led along",
        lambda given: said("heading-punctuation", signs=given.text("punctuation", ".,;:!。，；：！")),
    ),
    Row(
        "MD027 no-multiple-space-blockquote",
        ("blockquote-style",),
        "same",
        read=always("blockquote-style", style="space"),
    ),
    Row("MD028 no-blanks-blockquote", ("blockquote-style",), "same", read=always("blockquote-style", split=True)),
    Row("MD029 ol-prefix", ("ordered-list-style",), "same", read=_numbers),
    Row(
        "MD030 list-marker-space",
        ("list-marker-space",),
        "same",
        read=lambda given: said(
            "list-marker-space", bullet=given.whole("ul_single", 1), number=given.whole("ol_single", 1)
        ),
    ),
    Row("MD031 blanks-around-fences", (_AROUND,), "same", read=always(_AROUND, code=True)),
    Row(
        "MD032 blanks-around-lists",
        ("list-blank-lines",),
        "same",
        read=always("list-blank-lines", around="one"),
    ),
    Row(
        "MD033 no-inline-html",
        ("html-in-note",),
        "same",
        read=lambda given: said("html-in-note", allowed=given.words("allowed_elements"), markdown=False),
    ),
    Row("MD034 no-bare-urls", ("bare-url",), "same", read=always("bare-url", uris=False)),
    Row(
        "MD035 hr-style",
        ("horizontal-rule-style",),
        "same",
        read=lambda given: said("horizontal-rule-style", style=given.text("style", "consistent")),
    ),
    Row("MD037 no-space-in-emphasis", ("emphasis-style",), "same", read=always("emphasis-style", spaces=True)),
    Row("MD039 no-space-in-links", ("link-text-spacing",), "same", read=always("link-text-spacing")),
    Row("MD040 fenced-code-language", ("code-fence-language",), "same", read=always("code-fence-language")),
    Row("MD042 no-empty-links", ("empty-link",), "same", read=always("empty-link")),
    Row("MD044 proper-names", ("forbidden-terms",), "same", read=_names),
    Row("MD045 no-alt-text", ("image-alt-text",), "same", read=always("image-alt-text")),
    Row("MD046 code-block-style", ("code-block-style",), "same", read=_blocks),
    Row("MD047 single-trailing-newline", ("final-newline",), "same", read=always("final-newline")),
    Row("MD048 code-fence-style", ("code-block-style",), "same", read=_fence),
    Row("MD049 emphasis-style", ("emphasis-style",), "same", read=_emphasis("emphasis")),
    Row("MD050 strong-style", ("emphasis-style",), "same", read=_emphasis("strong")),
    Row(
        "MD051 link-fragments",
        ("unresolved-heading",),
        "better",
        "headings of other notes, too, as the app finds them",
        always("unresolved-heading"),
    ),
    Row("MD052 reference-links-images", ("reference-link",), "same", read=always("reference-link")),
    Row("MD053 link-image-reference-definitions", ("reference-link",), "same", read=always("reference-link")),
    Row("MD056 table-column-count", ("table-structure",), "same", read=always("table-structure", short_rows=True)),
    Row("MD058 blanks-around-tables", (_AROUND,), "same", read=always(_AROUND, tables=True)),
)

_TAGS = {
    "atx": (18, 19),
    "atx_closed": (20, 21),
    "blank_lines": (12, 22, 31, 32, 47, 58),
    "blockquote": (27, 28),
    "bullet": (4, 5, 7, 30, 32),
    "code": (14, 31, 38, 40, 46, 48),
    "emphasis": (36, 37, 49, 50),
    "headings": (1, 3, 18, 19, 20, 21, 22, 23, 24, 25, 26, 36, 41, 43),
    "hr": (35,),
    "html": (33,),
    "images": (45, 52, 53, 54),
    "accessibility": (45, 59),
    "indentation": (5, 7, 27),
    "language": (40,),
    "links": (11, 34, 39, 42, 51, 52, 53, 54, 59),
    "ol": (29, 30, 32),
    "spaces": (18, 19, 20, 21, 23),
    "spelling": (44,),
    "table": (55, 56, 58, 60),
    "ul": (4, 5, 7, 30, 32),
    "url": (34,),
    "whitespace": (9, 10, 12, 27, 28, 30, 37, 38, 39),
    "hard_tab": (10,),
    "line_length": (13,),
}
"""What a key of the settings that is no rule stands for: the numbers of rules."""
_TAGGED = {plain(tag): [f"md{number:03}" for number in numbers] for tag, numbers in _TAGS.items()}

_CLI2 = {"config", "ignores", "globs", "customrules", "markdownitplugins", "outputformatters"}
"""Keys that the settings of markdownlint-cli2 have, and no table of rules."""


def from_markdownlint(data: object, ruleset: RuleSet) -> Taken:
    """A config for the settings of markdownlint, or of markdownlint-cli2, which has them in `config`.

    Raises `ValueError` where they are none.
    """
    data = {} if data is None else without_surrogates(data)
    if not isinstance(data, dict):
        raise ValueError("it is no table of rules")
    settings, written = by_plain_name(data), as_table(data)
    taken = Taken()
    if _CLI2 & settings.keys():
        taken.exclude = tuple((glob, "") for glob in dict.fromkeys(as_words(settings.get("ignores"))) if glob[0] != "!")
        others = sorted(settings.keys() - {"config", "ignores", "schema"})
        taken.left += [f"{key[:60]}: a setting of the program, not of its rules" for key in others[:100]]
        written = as_table(settings.get("config"))
        settings = by_plain_name(written)
    if settings.get("extends"):
        taken.left.append("extends: another file, whose settings are not read")
    numbers = {name: plain(row.theirs.split()[0]) for row in ROWS for name in map(plain, row.theirs.split())}
    said: dict[str, Any] = {}
    for key, value in settings.items():  # one after the other, as markdownlint reads them
        said |= dict.fromkeys(_TAGGED.get(key, [numbers.get(key, key)]), value)
    for row in ROWS:
        value = said.get(plain(row.theirs.split()[0]), settings.get("default", True))
        if value is not False and value is not None:
            take(taken, row, Given(value, None), ruleset)
    known = {"default", "schema", "extends", *numbers, *_TAGGED}
    asked = [key for key, value in written.items() if value is not False and value is not None]
    taken.left += not_shared([key for key in asked if plain(key) not in known])
    return finish(taken, ruleset)


def not_shared(keys: list[str]) -> list[str]:
    """What to say of rules that are on there and that we do not have."""
    return [f"{key[:60]}: no rule that is shared" for key in keys[:100]]
