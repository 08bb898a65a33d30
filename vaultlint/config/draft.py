"""A config for a vault that has none, as commented TOML. What a vault calls itself stays within quotes and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.schema.infer_text import inferred_text, listed
from vaultlint.schema.toml_text import toml_comment, toml_key, toml_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.rule.finding import Severity
    from vaultlint.schema.infer import Inferred


class Level(Struct, frozen=True):
    """A rule that is set to be quieter than its packs say, for what it would find today."""

    rule: str
    usual: Severity
    level: str
    """`warning`, `info` or `off`."""
    count: int
    """How much it finds today."""


class Draft(Struct, frozen=True):
    """What a first config says."""

    notes: int
    """How many notes it is for."""
    packs: tuple[tuple[str, str], ...]
    """Each with why it is there; empty where that needs no word."""
    exclude: tuple[tuple[str, str], ...] = ()
    """Globs, each with what it keeps out."""
    levels: tuple[Level, ...] = ()
    """By rule."""
    schemas: tuple[Inferred, ...] = ()
    heeded: tuple[str, ...] = ()
    """What the app's own settings say, which a config need not."""


_HEAD = """\
# What vaultlint holds this vault to. `vaultlint init` wrote this file for the vault as it was then: {notes}.
# Every line may be changed. `vaultlint explain` lists the rules, `vaultlint explain RULE` tells what one is for.
"""
_EXCLUDE = """\
# Notes that are not judged; others may link to them.
"""
_RULES = """\
# Rules that find something today, with the number of their findings: set to be quieter, or off where it is much.
# Without its line, a rule is as its pack says. `vaultlint check --select RULE` lists what it finds, and with
# `vaultlint baseline` it can be on and tell only what is new.
"""
_SCHEMAS = """\
# What the notes of some folders and kinds have in common today. `property-schema` says where one is otherwise.
"""


def config_text(draft: Draft) -> str:
    """The config as a file's text."""
    notes = f"{draft.notes:,} note" + ("" if draft.notes == 1 else "s")
    parts = [_HEAD.format(notes=notes)]
    if draft.heeded:
        parts.append(
            "".join(map(toml_comment, ("The app's own settings (.obsidian) hold as they are:", *draft.heeded)))
        )
    parts.append("".join(_packs(draft.packs)))
    if draft.exclude:
        parts.append(_EXCLUDE + "".join(_list("exclude", draft.exclude)))
    if draft.levels:
        parts.append(f"{_RULES}[rules]\n{''.join(map(_level, draft.levels))}")
    if draft.schemas:
        parts.append(_SCHEMAS + "\n" + inferred_text(draft.schemas))
    return "\n".join(parts)


def _packs(packs: Sequence[tuple[str, str]]) -> list[str]:
    if any(remark for _, remark in packs):
        return _list("packs", packs)
    return [f"packs = {toml_value([name for name, _ in packs])}\n"]


def _list(key: str, entries: Sequence[tuple[str, str]]) -> list[str]:
    """A list even of one: both keys take nothing else, or read better so."""
    if len(entries) == 1 and not entries[0][1]:
        return [f"{key} = {toml_value([entries[0][0]])}\n"]
    return listed(key, entries)


def _level(level: Level) -> str:
    found = f"{level.count:,} today, usually {'an' if str(level.usual) in ('error', 'info') else 'a'} {level.usual}"
    return f"{toml_key(level.rule)} = {toml_value(level.level)}  {toml_comment(found)}"
