"""Settings of the plug-in Obsidian Linter, as a config of ours."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultlint.config.linter.ignored import globs_of
from vaultlint.config.linter.table import ROWS
from vaultlint.config.linter.taken import Taken, from_obsidian_linter
from vaultlint.config.linter.text import taken_text
from vaultlint.config.settings import Settings, excluding, load_settings
from vaultlint.rule.registry import installed_rules

RULESET = installed_rules()
_THEIRS = (
    "add-blank-line-after-yaml dedupe-yaml-array-values escape-yaml-special-characters force-yaml-escape "
    "format-tags-in-yaml format-yaml-array insert-yaml-attributes move-tags-to-yaml remove-yaml-keys "
    "sort-yaml-array-values yaml-key-sort yaml-timestamp yaml-title yaml-title-alias capitalize-headings "
    "file-name-heading header-increment headings-start-line remove-trailing-punctuation-in-heading "
    "footnote-after-punctuation move-footnotes-to-the-bottom re-index-footnotes "
    "auto-correct-common-misspellings blockquote-style convert-bullet-list-markers "
    "default-language-for-code-fences emphasis-style no-bare-urls ordered-list-style proper-ellipsis "
    "quote-style remove-consecutive-list-markers remove-empty-list-markers remove-hyphenated-line-breaks "
    "remove-multiple-spaces strong-style two-spaces-between-lines-with-content unordered-list-style "
    "compact-yaml consecutive-blank-lines convert-spaces-to-tabs empty-line-around-blockquotes "
    "empty-line-around-code-fences empty-line-around-horizontal-rules empty-line-around-math-blocks "
    "empty-line-around-tables heading-blank-lines line-break-at-document-end "
    "move-math-block-indicators-to-their-own-line paragraph-blank-lines "
    "remove-empty-lines-between-list-markers-and-checklists remove-link-spacing "
    "remove-space-around-characters remove-space-before-or-after-characters space-after-list-markers "
    "space-between-chinese-japanese-or-korean-and-english-or-numbers trailing-spaces "
    "add-blockquote-indentation-on-paste prevent-double-checklist-indicator-on-paste "
    "prevent-double-list-item-indicator-on-paste proper-ellipsis-on-paste remove-hyphens-on-paste "
    "remove-leading-or-trailing-whitespace-on-paste remove-leftover-footnotes-from-quote-on-paste "
    "remove-multiple-blank-lines-on-paste "
)
THEIRS = _THEIRS.split()
"""The rules that the plug-in has, by the names in its settings."""
WITHOUT_EFFECT = {"default-language-for-code-fences", "force-yaml-escape", "remove-yaml-keys"}
"""They do nothing until an option is set."""


def taken(rules: dict[str, Any], **others: Any) -> Taken:
    return from_obsidian_linter({"ruleConfigs": rules, **others}, RULESET)


def options(theirs: str, ours: str, given: dict[str, Any] | None = None, **common: Any) -> dict[str, Any]:
    """What our rule is set to where that rule of the plug-in alone is on."""
    return taken({theirs: {"enabled": True, **(given or {})}}, commonStyles=common).rules[ours]


def read_back(found: Taken, folder: Path) -> Settings:
    """The config as our own reader has it."""
    file = folder / "vaultlint.toml"
    file.write_text(taken_text(found), encoding="utf-8", newline="\n")
    return load_settings(folder, RULESET, config=file)


def test_all_65_rules_have_a_row() -> None:
    assert 65 == len(THEIRS)
    assert sorted(THEIRS) == sorted(row.theirs for row in ROWS)


def test_a_row_says_why_unless_the_results_are_the_same() -> None:
    assert [] == [row.theirs for row in ROWS if (row.verdict == "same") == bool(row.why)]
    assert [] == [row.theirs for row in ROWS if (row.verdict == "none") == bool(row.ours)]


def test_each_counterpart_is_a_rule_that_there_is() -> None:
    assert [] == [rule for row in ROWS for rule in row.ours if rule not in RULESET]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.theirs)
def test_a_rule_alone_turns_on_its_counterpart_and_nothing_else(row: Any, tmp_path: Path) -> None:
    found = taken({row.theirs: {"enabled": True}})
    there = {rule for rule in row.ours if rule in RULESET} if row.theirs not in WITHOUT_EFFECT else set()

    assert there == {rule.name for rule in read_back(found, tmp_path).rules}
    assert [] == [line for lines in found.remarks.values() for line in lines if "does without" in line]
    assert there or any(left.startswith(f"{row.theirs}: ") for left in found.left)


def test_what_is_off_in_the_plugin_is_off_here(tmp_path: Path) -> None:
    found = taken({name: {"enabled": False} for name in THEIRS} | {"yaml-title": {}, "compact-yaml": True})

    assert () == read_back(found, tmp_path).rules
    assert ({}, []) == (found.rules, found.left)


@pytest.mark.parametrize(
    ("theirs", "given", "ours", "wanted"),
    [
        (
            "yaml-key-sort",
            {"yaml-key-priority-sort-order": "title\ntags", "priority-keys-at-start-of-yaml": False},
            "property-order",
            {"order": ["title", "tags"], "place": "last", "others": "keep"},
        ),
        (
            "dedupe-yaml-array-values",
            {"dedupe-tag-key": False, "ignore-keys": "cast"},
            "list-property-duplicates",
            {"properties": [], "ignore": ["tags", "tag", "cast"], "ignore-case": False},
        ),
        (
            "sort-yaml-array-values",
            {"sort-array-keys": False, "sort-alias-key": False, "sort-order": "Descending Alphabetical"},
            "list-property-order",
            {"properties": ["tags", "tag"], "ignore": [], "order": "descending"},
        ),
        (
            "insert-yaml-attributes",
            {"text-to-insert": "aliases: \ntags: [soup]\nsource"},
            "template-properties",
            {"properties": {"aliases": "", "tags": "[soup]", "source": ""}},
        ),
        (
            "remove-yaml-keys",
            {"yaml-keys-to-remove": ["id:", "uid"]},
            "removed-property",
            {"properties": ["id", "uid"]},
        ),
        (
            "yaml-title",
            {"title-key": "name", "mode": "First H1"},
            "title-property",
            {"property": "name", "source": "heading"},
        ),
        ("header-increment", {"start-at-h2": True}, "heading-increment", {"start": 2}),
        ("default-language-for-code-fences", {"default-language": "text"}, "code-fence-language", {"default": "text"}),
        (
            "emphasis-style",
            {"style": "underscore"},
            "emphasis-style",
            {"emphasis": "underscore", "strong": "any", "spaces": False},
        ),
        (
            "quote-style",
            {"single-quote-enabled": False, "double-quote-style": "“”"},
            "quote-style",
            {"double": "curly", "single": "any", "cjk": True, "angled": True},
        ),
        ("trailing-spaces", {"two-space-line-break": True}, "trailing-spaces", {"line-breaks": "keep"}),
        ("Trailing spaces", {"Two Space Linebreak": True}, "trailing-spaces", {"line-breaks": "keep"}),
        ("trailing-spaces", {"twp-space-line-break": True}, "trailing-spaces", {"line-breaks": "keep"}),
        (
            "two-spaces-between-lines-with-content",
            {"line-break-indicator": "\\"},
            "hard-break-style",
            {"style": "backslash", "every-line": True},
        ),
        (
            "compact-yaml",
            {"inner-new-lines": True},
            "frontmatter-blank-lines",
            {"edges": "none", "between": "none", "below": "any"},
        ),
    ],
)
def test_options_of_theirs_are_options_of_ours(
    theirs: str, given: dict[str, Any], ours: str, wanted: dict[str, Any]
) -> None:
    assert wanted == options(theirs, ours, given)


def test_rules_that_share_one_of_ours_each_set_their_part() -> None:
    found = taken(
        {"empty-line-around-tables": {"enabled": True}, "heading-blank-lines": {"enabled": True, "bottom": False}}
    )

    around = found.rules["blank-lines-around"]
    assert (True, False, "one", "none") == (
        around["tables"],
        around["code"],
        around["headings-above"],
        around["headings-below"],
    )


def test_of_rules_that_undo_each_other_the_first_has_the_say() -> None:
    found = taken({name: {"enabled": True} for name in ("trailing-spaces", "two-spaces-between-lines-with-content")})

    assert {"style": "spaces", "every-line": True} == found.rules["hard-break-style"]
    assert ["trailing-spaces"] == found.remarks["hard-break-style"][
        "'style' is as said before; 'every-line' is as said before"
    ]


def test_styles_that_several_rules_share_are_heeded() -> None:
    styles = options("format-yaml-array", "list-property-style", aliasArrayStyle="single string to multi-line")[
        "styles"
    ]

    assert {"aliases": "block-or-text", "tags": "flow"} == styles
    assert {"quotes": "single"} == options(
        "escape-yaml-special-characters", "property-needs-quotes", escapeCharacter="'"
    )


def test_what_is_not_known_is_named() -> None:
    found = taken(
        {"yaml-title": {"enabled": True, "mode": "oracle", "shade": 1}, "paint-notes": {"enabled": True}},
        lintCommands=[{"id": "editor:save-file", "name": "Save", "enabled": True}],
        additionalFileExtensions=["mdx"],
    )

    line = next(iter(found.remarks["title-property"]))
    assert "its 'mode' has a value that is not known here" in line
    assert "its option 'shade' is not known here" in line
    assert [
        "paint-notes: a rule that is not known here",
        "the command 'Save': commands of the app run in the app alone",
        "further file extensions: notes are files that end in .md",
    ] == found.left


def test_a_value_that_our_reader_refuses_is_left_out_and_named(tmp_path: Path) -> None:
    found = taken(
        {
            "yaml-title": {"enabled": True, "title-key": "a\ud800"},
            "remove-yaml-keys": {"enabled": True, "yaml-keys-to-remove": " :"},
        }
    )

    read_back(found, tmp_path)
    assert ["remove-yaml-keys: it names no properties, so it does nothing"] == found.left


def test_custom_regular_expressions_become_forbidden_terms(tmp_path: Path) -> None:
    found = taken(
        {},
        customRegexes=[
            {"label": "Degrees", "find": r"(\d+) deg\b", "replace": r"$1 °C\n", "flags": "gmi", "enabled": True},
            {"label": "", "find": "(?<=a)b", "replace": "", "flags": "gm"},
            {"find": "once", "replace": "x", "flags": ""},
            {"find": "asleep", "replace": "x", "flags": "g", "enabled": False},
        ],
    )

    assert [{"find": r"(\d+) deg\b", "replace": "$1 °C\n", "flags": "mi", "message": "Degrees", "where": "text"}] == [
        {key: value for key, value in one.items() if key != "changes"} for one in found.patterns
    ]
    assert ["'once'", "'(?<=a)b'"] == [re.findall("'[^']*'", left)[0] for left in found.left]
    assert ["forbidden-terms"] == [rule.name for rule in read_back(found, tmp_path).rules]


def test_ignored_folders_and_files_are_excluded(tmp_path: Path) -> None:
    found = taken(
        {},
        foldersToIgnore=["Templates", "Old/Notes/", "", 5],
        filesToIgnore=[
            {"label": "", "match": r"^Daily/.*\.md$", "flags": ""},
            {"label": "", "match": "(a|b)", "flags": "i"},
        ],
    )
    back = read_back(found, tmp_path)

    paths = ["Templates/x.md", "Templates.md", "Old/Notes/a/b.md", "Old/x.md", "Daily/a.md", "Daily/x/y/a.md", "a.md"]
    assert ["Templates/x.md", "Old/Notes/a/b.md", "Daily/a.md", "Daily/x/y/a.md"] == [
        path for path in paths if back.excluded(path)
    ]
    assert ["the ignored files '(a|b)': this regular expression is no glob"] == found.left


@given(
    st.from_regex(r"\A\^?(?:[ab/]|\.\*|\\\.|\.){0,6}(?:|\$|\\\.md\$|.md\$)\Z"),
    st.from_regex(r"\A[ab.]{1,3}(?:/[ab.]{1,3}){0,3}\.md\Z"),
)
@settings(max_examples=400)
@example("^aa$", "aa/a.md")
@example("^a.$", "ab/a.md")
def test_a_glob_finds_what_the_regular_expression_finds(pattern: str, path: str) -> None:
    globs = globs_of(pattern)
    if globs is None or "//" in pattern or path.startswith("./"):  # no path of a vault does
        return
    hit = excluding(globs).match(path)

    if hit:
        assert re.search(pattern, path)
    elif "." not in re.sub(r"\\\.|\.\*", "", pattern):  # a sign that may be any is never a slash in a glob
        assert not re.search(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "globs"),
    [
        (r"^Daily\/", ["Daily/*"]),
        (r"\.excalidraw\.md$", ["**/*.excalidraw.md"]),
        ("draft", ["**/*draft*"]),
        (r"^\/Daily", None),
        (r"^[0-9]+ ", None),
        ("^$", None),
        ("a.*b.*c.*d", None),
    ],
)
def test_a_simple_regular_expression_is_a_glob(pattern: str, globs: list[str] | None) -> None:
    assert globs == globs_of(pattern)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["a\nb: c", "g", "^a.*b$"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)
SOURCES = sorted(Path(__file__).parents[2].glob("vaultlint/config/linter/*.py"))
NAMES = sorted({name for file in SOURCES for name in re.findall(r'"([a-z][a-z0-9-]+)"', file.read_text("utf-8"))})
configs = st.dictionaries(
    st.sampled_from(THEIRS) | st.text(max_size=5),
    st.dictionaries(st.sampled_from(NAMES), anything, max_size=4).map(lambda table: {**table, "enabled": True})
    | anything,
    max_size=5,
)
whole = st.fixed_dictionaries(
    {"ruleConfigs": configs},
    optional={
        "commonStyles": anything | st.fixed_dictionaries({"tagArrayStyle": anything, "escapeCharacter": anything}),
        "foldersToIgnore": anything,
        "filesToIgnore": st.lists(st.fixed_dictionaries({"match": anything, "flags": anything})) | anything,
        "customRegexes": st.lists(st.fixed_dictionaries({"find": anything, "replace": anything, "flags": anything}))
        | anything,
        "lintCommands": anything,
    },
)


@given(whole)
@settings(max_examples=150, deadline=None)
def test_whatever_the_settings_hold_our_own_reader_takes_the_config(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    data = json.loads(json.dumps(data))

    found = from_obsidian_linter(data, RULESET)

    back = read_back(found, tmp_path_factory.mktemp("read"))
    assert set(found.rules) <= {rule.name for rule in back.rules}


@pytest.mark.parametrize("data", [None, [], {}, {"ruleConfigs": []}, {"rules": {}}])
def test_what_are_no_settings_of_the_plugin_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="it has no 'ruleConfigs'"):
        from_obsidian_linter(data, RULESET)
