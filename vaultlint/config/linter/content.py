"""The plug-in's rules about what a note says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.config.linter.rows import Row, Said, always, said

if TYPE_CHECKING:
    from vaultlint.config.linter.given import Given

_EMPHASIS = {"asterisk": "asterisk", "underscore": "underscore", "consistent": "consistent"}
_UNSAFE = "it takes --unsafe-fixes"


def _misspelling(given: Given) -> Said:
    if given.lines("extra-auto-correct-files") or given.text("extra-auto-correct-files"):
        given.remark("words of its further files go into the option 'words'")
    return said(
        "misspelling",
        ignore=given.words("ignore-words"),
        capitals="skip" if given.flag("skip-words-with-multiple-capitals", default=False) else "judge",
        fix="unsafe",
    )


def _quote(given: Given) -> Said:
    style = given.choice("style", "space", {"space": "space", "no space": "no-space"})
    return said("blockquote-style", style=style, split=False)


def _language(given: Given) -> Said:
    language = given.text("default-language").strip()
    if not language:
        given.remark("it names no language, so it does nothing")
        return {}
    return said("code-fence-language", default=language)


def _emphasis(given: Given) -> Said:
    return said("emphasis-style", emphasis=given.choice("style", "consistent", _EMPHASIS))


def _strong(given: Given) -> Said:
    return said("emphasis-style", strong=given.choice("style", "consistent", _EMPHASIS))


def _urls(given: Given) -> Said:
    return said("bare-url", uris=given.flag("no-bare-uris", default=False))


def _ordered(given: Given) -> Said:
    numbers = {"ascending": "ascending", "lazy": "same", "preserve": "keep"}
    chosen = given.choice("number-style", "ascending", numbers)
    starts = chosen == "keep" or given.flag("preserve-start", default=False)
    return said(
        "ordered-list-style",
        numbers=chosen,
        delimiter=given.choice("list-end-style", ".", {".": ".", ")": ")"}),
        start="keep" if starts else "one",
    )


def _marks(given: Given) -> Said:
    double = given.choice("double-quote-style", '""', {'""': "straight", "“”": "curly"})
    single = given.choice("single-quote-style", "''", {"''": "straight", "‘’": "curly"})
    return said(
        "quote-style",
        double=double if given.flag("double-quote-enabled", default=True) else "any",
        single=single if given.flag("single-quote-enabled", default=True) else "any",
        cjk=True,
        angled=True,
    )


def _breaks(given: Given) -> Said:
    styles = {"  ": "spaces", "\\": "backslash", "<br>": "html", "<br/>": "html-closed"}
    return said("hard-break-style", style=given.choice("line-break-indicator", "  ", styles), every_line=True)


def _bullets(given: Given) -> Said:
    styles = {"consistent": "consistent", "-": "-", "*": "*", "+": "+"}
    return said("list-marker-style", style=given.choice("list-style", "consistent", styles))


ROWS = (
    Row(
        "auto-correct-common-misspellings",
        ("misspelling",),
        "differs",
        f"the list is shorter, without words that are right in some language; {_UNSAFE}",
        _misspelling,
    ),
    Row(
        "blockquote-style",
        ("blockquote-style",),
        "better",
        "spaces that are the indent of a list or of code in the quote stay",
        _quote,
    ),
    Row(
        "convert-bullet-list-markers",
        ("list-marker-duplicate",),
        "same",
        read=always("list-marker-duplicate", characters=["•", "§"]),
    ),
    Row(
        "default-language-for-code-fences",
        ("code-fence-language",),
        "differs",
        f"{_UNSAFE}, since the app then shows the code otherwise",
        _language,
    ),
    Row("emphasis-style", ("emphasis-style",), "better", "nested signs such as '***so***' stay", _emphasis),
    Row("no-bare-urls", ("bare-url",), "better", "addresses in Dataview's fields and in HTML stay", _urls),
    Row(
        "ordered-list-style",
        ("ordered-list-style",),
        "differs",
        "another first number takes --unsafe-fixes, for it is shown; lines of an item move along with its number",
        _ordered,
    ),
    Row(
        "proper-ellipsis",
        ("ellipsis",),
        "better",
        f"more than three dots, and paths, stay; {_UNSAFE}",
        always("ellipsis", style="sign"),
    ),
    Row(
        "quote-style",
        ("quote-style",),
        "better",
        "each mark is judged by what stands beside it, so that an odd number of them is no hindrance",
        _marks,
    ),
    Row(
        "remove-consecutive-list-markers",
        ("list-marker-duplicate",),
        "better",
        "an item with several items in it stays",
        always("list-marker-duplicate"),
    ),
    Row(
        "remove-empty-list-markers",
        ("list-empty-item",),
        "differs",
        f"an item with something below it stays, and so do items in template folders; {_UNSAFE}",
        always("list-empty-item", tasks=True),
    ),
    Row(
        "remove-hyphenated-line-breaks",
        ("hyphenated-line-break",),
        "better",
        f"what 'and' and its like join stays ('self- and mutual help'); {_UNSAFE}",
        always("hyphenated-line-break", hyphen="any"),
    ),
    Row(
        "remove-multiple-spaces",
        ("multiple-spaces",),
        "better",
        "spaces that line things up, and those in fields, stay",
        always("multiple-spaces", allow_after_sentence=False),
    ),
    Row("strong-style", ("emphasis-style",), "better", "nested signs such as '***so***' stay", _strong),
    Row(
        "two-spaces-between-lines-with-content",
        ("hard-break-style",),
        "same",
        read=_breaks,
    ),
    Row(
        "unordered-list-style",
        ("list-marker-style",),
        "better",
        "two lists that only their signs keep apart stay two",
        _bullets,
    ),
)
