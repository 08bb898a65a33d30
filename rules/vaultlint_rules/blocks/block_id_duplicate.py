"""Block ids that a note has twice: links reach one of the blocks only (semantics 4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.rule.finding import Related, Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import BlockId
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding


class BlockIdDuplicate(NoteRule):
    """A note has the same block id twice."""

    name = "block-id-duplicate"
    group = Group.BLOCKS
    severity = Severity.WARNING
    needs = frozenset({"block_ids"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each block id but the first of its kind; case makes no difference (semantics 4.2)."""
        seen: dict[str, BlockId] = {}
        for block in note.block_ids:
            first = seen.setdefault(block.id.lower(), block)
            if first is not block:
                place = note.source.position(first.span.start)
                related = (Related(note.path, "is the same id", first.span, place),)
                message = (
                    f"the block id '^{block.id}' is there before, in line {place.line}: links reach one block only"
                )
                yield self.find(block.span, message, related=related)
