"""The config as a file's text. What the plug-in's settings call things stays within quotes and comments."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from vaultlint.config.linter.custom import RULE
from vaultlint.schema.infer_text import listed
from vaultlint.schema.toml_text import toml_comment, toml_key, toml_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.config.linter.taken import Taken

_HEAD = """\
# What {name} is set to, for vaultlint. `vaultlint init --from {program}` wrote this file.
# Above each rule stand those that it was made from, and what it does otherwise. `vaultlint check --fix` and
# `vaultlint format` mend what is sure to mean the same; with --unsafe-fixes, the rest too.

# No pack: what is on there is on here, and nothing else. "recommended" finds broken links, and more.
packs = []
"""
_EXCLUDE = """\
# What is ignored there. These notes are not judged; others may link to them.
"""
_LEFT = """\
# Not taken over:
"""
_PATTERNS = """\
# The plug-in's custom regular expressions: here not in properties, code, math and HTML.
"""
_WIDEST = 120


def taken_text(taken: Taken, name: str = "Obsidian Linter", program: str = "obsidian-linter") -> str:
    """The config; a rule whose options are too many for one line has a table of its own."""
    parts = [_HEAD.format(name=name, program=program)]
    if taken.exclude:
        globs = listed("exclude", taken.exclude)
        alone = f"exclude = {toml_value([taken.exclude[0][0]])}\n"  # the key takes nothing but a list
        parts.append(_EXCLUDE + ("".join(globs) if len(globs) > 1 else alone))
    if taken.left:
        parts.append(_LEFT + "".join(_wrapped(f"- {left}") for left in taken.left))
    lines = {rule: _line(rule, options) for rule, options in taken.rules.items()}
    short = [_remarks(taken, rule) + line for rule, line in lines.items() if len(line) <= _WIDEST]
    if short:
        parts.append("[rules]\n" + "".join(short))
    parts += [
        f"{_remarks(taken, rule)}[rules.{rule}]\n{''.join(_pairs(taken.rules[rule]))}"
        for rule, line in lines.items()
        if len(line) > _WIDEST
    ]
    patterns = [f"[[rules.{RULE}.patterns]]\n{''.join(_pairs(table))}" for table in taken.patterns]
    if patterns:
        patterns[0] = _PATTERNS + patterns[0]
    overrides = [
        f"[[override]]\nmatch = {toml_value([glob])}\n[override.rules]\n" + "".join(_pairs(dict.fromkeys(rules, "off")))
        for glob, rules in taken.overrides
    ]
    return "\n".join([*parts, *patterns, *overrides])


def _line(rule: str, options: dict[str, Any]) -> str:
    return f"{rule} = {toml_value(options) if options else toml_value('on')}\n"


def _remarks(taken: Taken, rule: str) -> str:
    found = taken.remarks.get(rule, {}).items()
    return "".join(_wrapped(": ".join(filter(None, (", ".join(theirs), reason)))) for reason, theirs in found)


def _wrapped(text: str) -> str:
    lines = wrap(text, _WIDEST - 2, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return "".join(map(toml_comment, lines))


def _pairs(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        yield f"{toml_key(key)} = {toml_value(value)}\n"
