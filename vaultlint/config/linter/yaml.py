"""The plug-in's rules about properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vaultlint.config.linter.rows import Row, Said, always, said

if TYPE_CHECKING:
    from vaultlint.config.linter.given import Given

_QUOTES = {'"': "double", "'": "single"}
_ORDERS = {"Ascending Alphabetical": "ascending", "Descending Alphabetical": "descending"}
_LISTS = {"multi-line": "block", "single-line": "flow"}
_OLD = "keep, old"
_STYLES = _LISTS | {
    "single string to single-line": "flow-or-text",
    "single string to multi-line": "block-or-text",
    "single string comma delimited": _OLD,
    "single string space delimited": _OLD,
    "single-line space delimited": _OLD,
}
_STAMP = "dddd, MMMM Do YYYY, h:mm:ss a"
_NAMES = {"alias": ("aliases", "alias"), "tag": ("tags", "tag")}
_ENTRY = re.compile(r"(?P<key>[^\s:#\-][^:]*)(?::[ \t]*(?P<value>.*))?")


def _escape(given: Given) -> Said:
    given.pass_over("try-to-escape-single-line-arrays")
    return said("property-needs-quotes", quotes=given.common("escapeCharacter", '"', _QUOTES))


def _force_escape(given: Given) -> Said:
    names = given.lines("force-yaml-escape-keys")
    if not names:
        given.remark("it names no properties, so it does nothing")
        return {}
    quotes = given.common("escapeCharacter", '"', _QUOTES)
    return said("property-quote-style", properties=names, quotes=quotes, uniform=False)


def _lists(given: Given) -> Said:
    styles: dict[str, str] = {}
    for kind, name in (("alias", "aliases"), ("tag", "tags")):
        style = given.common(f"{kind}ArrayStyle", "single-line", _STYLES)
        if not given.flag(f"{kind}-key", default=True):
            style = "keep"
        if style == _OLD:
            given.remark(f"its style of {name}, several in one text, the app has not read since 1.9.3: they stay")
            style = "keep"
        styles[name] = style
    styles |= dict.fromkeys(given.lines("force-single-line-array-style"), "flow")
    styles |= dict.fromkeys(given.lines("force-multi-line-array-style"), "block")
    style = given.choice("default-array-style", "single-line", _LISTS)
    style = style if given.flag("default-array-keys", default=True) else "keep"
    return said("list-property-style", style=style, styles=styles)


def _which(given: Given, verb: str) -> dict[str, Any] | None:
    """Which lists are looked at, as our options; `None` where none are."""
    wanted = {kind: given.flag(f"{verb}-{kind}-key", default=True) for kind in _NAMES}
    ignored = given.lines("ignore-keys")
    if given.flag(f"{verb}-array-keys", default=True):
        left = [name for kind, names in _NAMES.items() if not wanted[kind] for name in names]
        return {"properties": [], "ignore": [*left, *ignored]}
    named = [name for kind, names in _NAMES.items() if wanted[kind] for name in names]
    if not named:
        given.remark("all of its sections are off, so it does nothing")
        return None
    return {"properties": named, "ignore": ignored}


def _dedupe(given: Given) -> Said:
    which = _which(given, "dedupe")
    return {} if which is None else said("list-property-duplicates", **which, ignore_case=False)


def _sort_values(given: Given) -> Said:
    which = _which(given, "sort")
    order = given.choice("sort-order", "Ascending Alphabetical", _ORDERS)
    return {} if which is None else said("list-property-order", **which, order=order)


def _sort_keys(given: Given) -> Said:
    return said(
        "property-order",
        order=[name.removesuffix(":") for name in given.lines("yaml-key-priority-sort-order")],
        place="first" if given.flag("priority-keys-at-start-of-yaml", default=True) else "last",
        others=given.choice("yaml-sort-order-for-other-keys", "None", {"None": "keep"} | _ORDERS),
    )


def _remove_keys(given: Given) -> Said:
    names = [name.rstrip(":").strip() for name in given.lines("yaml-keys-to-remove")]
    if not any(names):
        given.remark("it names no properties, so it does nothing")
        return {}
    return said("removed-property", properties=[name for name in names if name])


def _insert(given: Given) -> Said:
    lines = given.lines("text-to-insert") if "text-to-insert" in given else ["aliases: ", "tags: "]
    found: dict[str, str] = {}
    for line in lines:
        entry = _ENTRY.fullmatch(line)
        if entry is None:
            given.remark(f"its line '{line[:60]}' is no 'name: value'")
        else:
            found[entry["key"].strip()] = (entry["value"] or "").strip()
    return said("template-properties", properties=found) if found else {}


def _timestamp(given: Given) -> Said:
    given.pass_over("update-on-file-contents-updated", "force-retention-of-create-value")
    given.pass_over("date-created-source-of-truth", "date-modified-source-of-truth")
    created = given.text("date-created-key", "date created") if given.flag("date-created", default=True) else ""
    modified = given.text("date-modified-key", "date modified") if given.flag("date-modified", default=True) else ""
    created, modified = created.strip().rstrip(":"), modified.strip().rstrip(":")
    form = given.text("format", _STAMP)
    names = [name for name in (created, modified) if name]
    if not names:
        given.remark("both of its dates are off, so it does nothing")
        return {}
    if given.flag("convert-to-utc", default=False):
        given.remark("dates are written in the zone of the computer, not in UTC")
    found = said("date-missing", created=created, modified=modified, format=form)
    found |= said("date-format", formats=dict.fromkeys(names, form))
    return found | (said("date-stale", names=[modified]) if modified else {})


def _title(given: Given) -> Said:
    modes = {"first-h1-or-filename-if-h1-missing": "heading-or-name", "first-h1": "heading", "filename": "name"}
    source = given.choice("mode", "first-h1-or-filename-if-h1-missing", modes)
    return said("title-property", property=given.text("title-key", "title").strip().rstrip(":"), source=source)


def _alias(given: Given) -> Said:
    if given.flag("keep-alias-that-matches-the-filename", default=False):
        given.remark("an alias that is the file's name says nothing to the app, and is not put in")
    if not given.flag("preserve-existing-alias-section-style", default=True):
        given.remark("a list of aliases keeps its style; 'list-property-style' is the rule that writes it anew")
    helps = given.flag("use-yaml-key-to-keep-track-of-old-filename-or-heading", default=True)
    helper = given.text("alias-helper-key", "linter-yaml-title-alias").strip().rstrip(":")
    return said("alias-from-title", heading=True, helper=helper if helps else "")


def _move_tags(given: Given) -> Said:
    left = {"Nothing": "tag", "Remove hashtag": "word", "Remove whole tag": "nothing"}
    return said(
        "tag-location",
        place="properties",
        left=given.choice("how-to-handle-existing-tags", "Nothing", left),
        ignore=[tag.lstrip("#") for tag in given.words("tags-to-ignore")],
    )


ROWS = (
    Row(
        "add-blank-line-after-yaml",
        ("frontmatter-blank-lines",),
        "same",
        read=always("frontmatter-blank-lines", below="one"),
    ),
    Row(
        "dedupe-yaml-array-values",
        ("list-property-duplicates",),
        "better",
        "comments and quotes of the other values stay, and numbers may stand twice",
        _dedupe,
    ),
    Row(
        "escape-yaml-special-characters",
        ("property-needs-quotes",),
        "better",
        "values are judged by a YAML reader, not by their signs; lists on one line are always looked at",
        _escape,
    ),
    Row(
        "force-yaml-escape",
        ("property-quote-style",),
        "differs",
        "numbers and truth values of properties that the app takes for numbers and checkboxes get no quotes",
        _force_escape,
    ),
    Row(
        "format-tags-in-yaml",
        ("tag-syntax",),
        "better",
        "other tags that the app does not read are found, too",
        always("tag-syntax"),
    ),
    Row(
        "format-yaml-array",
        ("list-property-style",),
        "better",
        "a list is written anew only where it reads the same; comments and quotes stay",
        _lists,
    ),
    Row(
        "insert-yaml-attributes",
        ("template-properties",),
        "differs",
        "a missing property goes behind the others, not above them",
        _insert,
    ),
    Row(
        "move-tags-to-yaml",
        ("tag-location",),
        "differs",
        "it takes --unsafe-fixes, since queries for paragraphs with a tag then find other things",
        _move_tags,
    ),
    Row(
        "remove-yaml-keys",
        ("removed-property",),
        "differs",
        "it takes --unsafe-fixes, since a value is lost",
        _remove_keys,
    ),
    Row(
        "sort-yaml-array-values",
        ("list-property-order",),
        "better",
        "lists with comments, and those of other things than text, such as numbers, stay",
        _sort_values,
    ),
    Row("yaml-key-sort", ("property-order",), "better", "comments and blank lines stay with their keys", _sort_keys),
    Row(
        "yaml-timestamp",
        ("date-missing", "date-format", "date-stale"),
        "better",
        "dates come from git's history before file times, which a copy changes; a date of creation that is there stays",
        _timestamp,
    ),
    Row(
        "yaml-title",
        ("title-property",),
        "differs",
        "a missing title is put in, another one is replaced only with --unsafe-fixes",
        _title,
    ),
    Row(
        "yaml-title-alias",
        ("alias-from-title",),
        "differs",
        "the file's name becomes no alias: the app finds the note by it anyway",
        _alias,
    ),
)
