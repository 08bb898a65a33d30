"""Dates of git's history as values of properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.vault.moment_format import MomentFormat, Stamp

if TYPE_CHECKING:
    from datetime import datetime

UNCOMMITTED = "the note has changes that git does not know yet: commit them first"


def stamp_of(moment: datetime, form: MomentFormat) -> Stamp:
    """The moment on the clock of whoever made the commit, as far as the format tells it."""
    offset = moment.utcoffset() if form.has_offset else None
    clock = moment.time().replace(microsecond=0) if form.has_clock else None
    return Stamp(moment.date(), clock, None if offset is None else int(offset.total_seconds()) // 60)
