"""The rules that rumdl alone shares with us, and its settings made to a config."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.config.linter import markdownlint
from vaultlint.config.linter.given import Given, by_plain_name, plain
from vaultlint.config.linter.markdownlint import not_shared
from vaultlint.config.linter.rows import Row, Said, always, said
from vaultlint.config.linter.taken import Taken, finish, take
from vaultlint.schema.imports.draft import as_table, as_words

if TYPE_CHECKING:
    from vaultlint.rule.registry import RuleSet

_AROUND = "blank-lines-around"
_FOOTNOTES = "footnote-reference"
_INVISIBLE = "invisible-characters"


def _terms(given: Given) -> Said:
    terms = given.words("terms")
    return said("forbidden-terms", words=dict.fromkeys(terms, "")) if terms else {}


def _capitals(given: Given) -> Said:
    styles = {"title-case": "title", "sentence-case": "sentence", "all-caps": "all-caps"}
    listed = {key: given.words(key) for key in ("ignore-words", "lowercase-words") if key in given}
    return said(
        "heading-capitalization",
        style=given.choice("style", "title-case", styles),
        ignore_cased_words=given.flag("preserve-cased-words", default=True),
        **listed,
    )


def _gaps(given: Given) -> Said:
    styles = {"consistent": "consistent", "loose": "one", "tight": "none"}
    return said("list-blank-lines", between=given.choice("style", "consistent", styles))


def _tables(given: Given) -> Said:
    styles = {"any": "aligned", "aligned": "aligned", "compact": "compact", "tight": "tight"}
    if given.text("style", "any") == "any":
        given.remark("it lets each table have its style; here all have one")
    return said("table-format", style=given.choice("style", "any", styles))


def _quotes(given: Given) -> Said:
    if given.flag("normalize-dashes", default=False):
        given.remark("dashes stay")
    quotes = given.flag("normalize-quotes", default=True)
    return said("quote-style", double="straight", single="straight") if quotes else {}


ROWS = (
    Row(
        "MD055 table-pipe-style",
        (),
        "none",
        "bars are set by our 'table-format', which sets columns as well; MD060 becomes that",
    ),
    Row(
        "MD057 existing-relative-links",
        ("unresolved-link", "missing-embed"),
        "better",
        "wikilinks, too, as the app finds their files",
        lambda given: said("unresolved-link") | said("missing-embed"),
    ),
    Row("MD060 table-format", ("table-format",), "differs", "a table of more than 160 columns stays", _tables),
    Row("MD061 forbidden-terms", ("forbidden-terms",), "same", read=_terms),
    Row("MD062 link-destination-whitespace", ("link-text-spacing",), "same", read=always("link-text-spacing")),
    Row(
        "MD063 heading-capitalization",
        ("heading-capitalization",),
        "differs",
        "it takes --unsafe-fixes, since a word may be a name",
        _capitals,
    ),
    Row(
        "MD064 no-multiple-consecutive-spaces",
        ("multiple-spaces",),
        "same",
        read=lambda given: said(
            "multiple-spaces", allow_after_sentence=given.flag("allow-sentence-double-space", default=False)
        ),
    ),
    Row("MD065 blanks-around-horizontal-rules", (_AROUND,), "same", read=always(_AROUND, rules=True)),
    Row("MD066 footnote-validation", (_FOOTNOTES,), "same", read=always(_FOOTNOTES)),
    Row(
        "MD067 footnote-definition-order",
        ("footnote-order",),
        "differs",
        "numbers follow the text; definitions stay where they are",
        always("footnote-order"),
    ),
    Row("MD068 empty-footnote-definition", (_FOOTNOTES,), "same", read=always(_FOOTNOTES)),
    Row("MD069 no-duplicate-list-markers", ("list-marker-duplicate",), "same", read=always("list-marker-duplicate")),
    Row("MD070 nested-code-fence", ("code-block-style",), "same", read=always("code-block-style", nested=True)),
    Row(
        "MD071 blank-line-after-frontmatter",
        ("frontmatter-blank-lines",),
        "same",
        read=always("frontmatter-blank-lines", below="one"),
    ),
    Row(
        "MD072 frontmatter-key-sort",
        ("property-order",),
        "better",
        "comments and blank lines stay with their keys",
        lambda given: said("property-order", order=given.words("key-order"), others="ascending"),
    ),
    Row("MD075 orphaned-table-rows", ("table-structure",), "same", read=always("table-structure")),
    Row("MD076 list-item-spacing", ("list-blank-lines",), "same", read=_gaps),
    Row("MD080 heading-anchor-collision", ("heading-duplicate",), "same", read=always("heading-duplicate")),
    Row(
        "MD082 no-empty-sections",
        ("heading-empty-section",),
        "same",
        read=lambda given: said(
            "heading-empty-section", subheadings=given.flag("allow-parent-headings", default=False)
        ),
    ),
    Row("MD083 mojibake", (_INVISIBLE,), "same", read=always(_INVISIBLE)),
    Row("MD084 invisible-characters", (_INVISIBLE,), "same", read=always(_INVISIBLE)),
    Row("MD086 no-unclosed-comments", ("unclosed-syntax",), "same", read=always("unclosed-syntax")),
    Row("MD088 quotes-dashes", ("quote-style",), "differs", "it takes --unsafe-fixes", _quotes),
    Row(
        "MD089 cjk-spacing",
        ("cjk-spacing",),
        "differs",
        "it takes --unsafe-fixes",
        always("cjk-spacing", style="spaced"),
    ),
    Row("MD092 merge-conflict", ("conflict-marker",), "same", read=always("conflict-marker")),
)
"""Beside those that it shares with markdownlint."""

OPT_IN = frozenset(("MD060", "MD063", "MD070", "MD072", "MD080", "MD082", "MD083", "MD088", "MD089"))
"""Rules that rumdl leaves off until its settings name them."""

_TOLD = {
    "extends": "another file, whose settings are not read",
    "include": "here all notes are judged that 'exclude' does not leave out",
    "fixable": "which fixes are made, `--select` says in a run",
    "unfixable": "which fixes are not made, `--ignore` says in a run",
}
_ALL = "all"


def from_rumdl(data: object, ruleset: RuleSet) -> Taken:
    """A config for the settings of rumdl, as TOML has them; raises `ValueError` where they are none."""
    if not isinstance(data, dict):
        raise ValueError("it is no table of settings")
    options = by_plain_name(data)
    common = options | by_plain_name(data.get("global"))
    taken = Taken()
    rows = (*markdownlint.ROWS, *ROWS)
    for row in rows:
        names = {plain(name) for name in row.theirs.split()}
        value: Any = next((options[key] for key in names if key in options), {})
        if _is_on(row, names, common, value):
            take(taken, row, Given(value, None), ruleset)
    taken.exclude = tuple((glob, "") for glob in dict.fromkeys(as_words(common.get("exclude"))))
    taken.left += [f"{key}: {why}" for key, why in _TOLD.items() if common.get(key)]
    known = {plain(name) for row in rows for name in row.theirs.split()}
    taken.left += not_shared(
        sorted(key for key in as_table(data) if plain(key)[:2] == "md" and plain(key) not in known)
    )
    _take_overrides(taken, rows, options.get("perfileignores"))
    return finish(taken, ruleset)


def _is_on(row: Row, names: set[str], common: dict[str, Any], options: object) -> bool:
    only, more = _names_of(common, "enable"), _names_of(common, "extendenable")
    if names & (_names_of(common, "disable") | _names_of(common, "extenddisable")):
        return False
    if names & (only | more) or _ALL in only | more or as_table(options).get("enabled") is True:
        return True
    return not only and row.theirs.split()[0] not in OPT_IN


def _take_overrides(taken: Taken, rows: tuple[Row, ...], ignores: object) -> None:
    """Rules that are off for some files; one of ours that stands for others, too, must stay on."""
    numbers = {plain(name): row.theirs for row in rows for name in row.theirs.split()}
    for glob, value in list(as_table(ignores).items())[:500]:
        off = {numbers[name] for name in map(plain, as_words(value)) if name in numbers}
        rules = []
        for rule, remarks in taken.remarks.items():
            sources = [theirs for those in remarks.values() for theirs in those]
            here, others = off & set(sources), [theirs.split()[0] for theirs in sources if theirs not in off]
            if here and not others:
                rules.append(rule)
            elif here:
                named = ", ".join(sorted(theirs.split()[0] for theirs in here))
                taken.left.append(
                    f"{named} in '{glob[:100]}': '{rule}' stands for {', '.join(others)}, too, which are on there"
                )
        if rules:
            taken.overrides.append((glob, rules))


def _names_of(common: dict[str, Any], key: str) -> set[str]:
    return {plain(name) for name in as_words(common.get(key))}
