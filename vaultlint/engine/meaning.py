"""The proof that fixes change what they say and nothing else: two readers that share no code must agree to it.

The first reading knows where things stand, and holds each edit to its own licence; the second knows none of the code
of the first. A `layout` fix has no licence: the meaning stays. A `content` fix has one for what it names.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from vaultlint.engine import first_reading, second_reading
from vaultlint.engine.margins import says_the_same
from vaultlint.engine.pieces import pieces
from vaultlint.engine.work import describe
from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Aspect, Kind
from vaultlint.tree import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vaultlint.engine.edited import Licence
    from vaultlint.note.note import Note
    from vaultlint.rule.fix import Edit, Fix


def refusal(
    before: Note, after: Note, edits: Sequence[Edit], licence: Licence, leads_to: Callable[[str], str] = str
) -> str | None:
    """Why the edits are not to be made: what a sentence goes on with that begins with the fix; `None`: they may be.

    As `what_changed`, and what can't be proved is not made.
    """
    try:
        changed = what_changed(before, after, edits, licence, leads_to)
    except Unreadable as reason:
        return f"can't be proved harmless: {reason}"
    except Exception as error:  # noqa: BLE001  the note is to be left alone, and the run to go on
        return f"could not be proved harmless ({describe(error)})"
    return None if changed is None else f"would also have changed {changed}"


def what_changed(
    before: Note, after: Note, edits: Sequence[Edit], licence: Licence, leads_to: Callable[[str], str] = str
) -> str | None:
    """What the edits changed without licence, in a word or two for a note's owner; `None`: nothing.

    `edits` are those of this note, sorted; `after` is the note with them made; `licence` is what each of them may
    change (see `licence_of`). `leads_to` gives the file that the path of a link leads to from this note; without it, a
    path is what it says. Raises `vaultlint.tree.Unreadable` where the second reader can't read a version within its
    bounds.
    """
    # A time alone is a timestamp only in a note of a recording, which a piece can't tell.
    in_whole = Aspect.TIMESTAMPS in licence or before.timestamps or after.timestamps
    parts = None if in_whole else pieces(before, after, edits)
    if parts is not None and all(_is_kept(old, new, own, licence, leads_to) for old, new, own in parts):
        return None
    return _in_both(before, after, edits, licence, leads_to)


def _is_kept(old: Note, new: Note, edits: Sequence[Edit], licence: Licence, leads_to: Callable[[str], str]) -> bool:
    """Whether nothing changed in a piece without licence."""
    if says_the_same(old.text, new.text):
        return True
    # Where a path may become another that leads to the same file, it is another note's business what that is.
    if Aspect.LINKS not in licence and len(old.text) < _LONGEST_REMEMBERED:
        return _is_remembered_as_kept(old.text, new.text, tuple(edits), licence)
    return _in_both(old, new, edits, licence, leads_to) is None


_LONGEST_REMEMBERED = 2_000
"""Code points of a piece. Notes that were made from one template have many short ones in common."""


@lru_cache(maxsize=2048)
def _is_remembered_as_kept(old: str, new: str, edits: tuple[Edit, ...], licence: Licence) -> bool:
    return _in_both(parse_note(old), parse_note(new), edits, licence, str) is None


def _in_both(
    before: Note, after: Note, edits: Sequence[Edit], licence: Licence, leads_to: Callable[[str], str]
) -> str | None:
    """What changed as either reader has it."""
    changed = first_reading.what_changed(before, after, edits, licence, leads_to)
    if changed is not None:
        return changed
    old, new = (second_reading.read(note.text) for note in (before, after))
    return second_reading.what_changed(old, new, licence, leads_to)


def licence_of(fix: Fix) -> Licence:
    """What a fix may change: nothing, if it is one of layout."""
    return fix.may_change if fix.kind is Kind.CONTENT else frozenset()
