"""What the rules about schemas share: which of the config's schemas are for a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.schema.model import Schema
    from vaultlint.schema.validate import Validator


class Schemas:
    """The schemas of the config that a rule looks at, compiled."""

    def __init__(self, context: Context, wanted: Callable[[Schema], bool] = lambda _: True) -> None:
        self._context = context
        self.validators: tuple[Validator, ...] = ()
        if any(map(wanted, context.schemas)):  # which most vaults have none of
            from vaultlint.schema.validate import Validator

            self.validators = tuple(Validator(schema) for schema in context.schemas if wanted(schema))

    def __bool__(self) -> bool:
        return bool(self.validators)

    def of(self, note: Note) -> list[Validator]:
        """Those that are for the note; none where it is a template, or its properties can't be read."""
        applying = [validator for validator in self.validators if validator.applies(note)]
        return applying if applying and self.can_judge(note) else []

    def can_judge(self, note: Note) -> bool:
        """Whether the note has properties of its own: a template is no note of its kind yet."""
        return note.frontmatter.error is None and not self._context.is_template(note.path)
