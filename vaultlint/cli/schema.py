"""`vaultlint schema`: what properties notes must have: found, checked, exported and imported; a file for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.words import schema as words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.cli.output import Output


def schema(words: Sequence[str], output: Output) -> int:
    """Effect: does what the first of the words says with the others. The exit status."""
    what, rest = words_of.parse_schema(words)
    if what == "check":
        from vaultlint.cli.schema_check import schema_check

        return schema_check(words_of.parse_schema_check(rest), output)
    if what == "export":
        from vaultlint.cli.schema_export import schema_export

        return schema_export(words_of.parse_schema_export(rest), output)
    if what == "infer":
        from vaultlint.cli.schema_infer import schema_infer

        return schema_infer(words_of.parse_schema_infer(rest), output)
    from vaultlint.cli.schema_import import schema_import

    return schema_import(words_of.parse_schema_import(rest), output)
