"""Schemas that were found, as TOML for a config, with what speaks for each line beside it.

Names come from notes, which may be a stranger's: none leaves its quotes or its comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.schema.toml_text import toml_comment, toml_key, toml_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultlint.schema.evidence import Coverage
    from vaultlint.schema.infer import Inferred
    from vaultlint.schema.model import PropertyType


def inferred_text(found: Iterable[Inferred]) -> str:
    """All schemas, with an empty line between them; ends in a line break unless there is none."""
    return "\n".join(map(_table, found))


def _table(found: Inferred) -> str:
    schema = found.schema
    lines = [toml_comment(_counted(found.notes)), "[[schema]]\n"]
    if schema.selector.match:
        lines += listed("match", [(glob, "") for glob in schema.selector.match])
    if schema.selector.where:
        where = {name: values[0] if len(values) == 1 else list(values) for name, values in schema.selector.where}
        lines.append(f"where = {toml_value(where)}\n")
    lines += listed("require", [(name, _of(found.coverage[name])) for name in schema.require])
    if schema.properties:
        lines.append("[schema.properties]\n")
    required = set(schema.require)
    for name, wanted in schema.properties.items():
        line = f"{toml_key(name)} = {toml_value(_wanted(wanted))}"
        lines.append(
            f"{line}\n" if name in required else _remarked(line, f"if it is there: {_of(found.coverage[name])}")
        )
    return "".join(lines)


def listed(key: str, entries: Sequence[tuple[str, str]]) -> list[str]:
    """A list of texts, each with a remark that may be empty; on one line where there is but one text without."""
    if len(entries) == 1 and not entries[0][1]:
        return [f"{key} = {toml_value(entries[0][0])}\n"]
    width = max(len(toml_value(text)) for text, _ in entries)
    rows = [_remarked(f"  {toml_value(text)},".ljust(width + 3 if remark else 0), remark) for text, remark in entries]
    return [f"{key} = [\n", *rows, "]\n"]


def _remarked(line: str, remark: str) -> str:
    return f"{line}  {toml_comment(remark)}" if remark else f"{line}\n"


def _wanted(wanted: PropertyType) -> Any:
    """What a config says of a property: the name of a type, or a table."""
    table: dict[str, Any] = {"type": wanted.type}
    if wanted.items is not None:
        table["items"] = _wanted(wanted.items)
    if wanted.values:
        table["values"] = list(wanted.values)
    if wanted.format is not None:
        table["format"] = wanted.format
    if wanted.folder is not None:
        table["folder"] = wanted.folder
    return wanted.type if len(table) == 1 else table


def _counted(notes: int) -> str:
    return f"{notes:,} notes"


def _of(coverage: Coverage) -> str:
    return f"{coverage.have:,} of {coverage.notes:,} notes"
