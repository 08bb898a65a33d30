"""Dates read and written by the formats of Moment.js, which Obsidian names daily notes by: `YYYY-MM-DD`, `[W]ww`.

Reading is strict, as the app's is where it looks for daily notes: each token takes the first text that fits it and
never takes it back, so time grows with the length of the text and of the format, and no faster.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from vaultlint.vault.moment_reading import Reading, Stamp
from vaultlint.vault.moment_tokens import pieces_of
from vaultlint.vault.moment_writing import written

__all__ = ["MomentFormat", "Stamp", "moment_format"]

_MIDNIGHT = time()
_CLOCK = frozenset({"H", "HH", "h", "hh", "k", "kk", "hmm", "hmmss", "Hmm", "Hmmss", "X", "x"})
_CAPITALS = str.maketrans("yd", "YD")
_MONTHS = str.maketrans("m", "M")
_SAMPLE = Stamp(date(2001, 11, 24), time(13, 46, 39), 90)


class MomentFormat:
    """One format. Raises `ValueError`, in a person's words, for tokens of eras, which nobody names notes by."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces = pieces_of(text)
        tokens = {piece.token for piece in self._pieces}
        self.has_clock = not tokens.isdisjoint(_CLOCK)
        """Whether it writes the hour."""
        self.has_offset = not tokens.isdisjoint({"Z", "ZZ", "X", "x"})
        """Whether what it writes is a moment anywhere on earth."""
        self.has_day = self._tells_day()
        """Whether it writes a day from which the date can be told."""

    def parse(self, text: str) -> Stamp | None:
        """The date that the whole of `text` tells in this format; `None` if it is not in it, or there is none such."""
        told = Reading()
        at = 0
        try:
            for piece in self._pieces:
                end = piece.match(text, at)
                if end <= at:
                    return None
                if piece.token:
                    told.take(piece.token, text[at:end])
                at = end
            return told.stamp() if at == len(text) and told.any else None
        except (ValueError, OverflowError):  # `NoSuchDateError`, and numbers of thousands of digits
            return None

    def write(self, stamp: Stamp) -> str:
        """The stamp in this format: without a time it is midnight, without an offset Greenwich's.

        Raises `ValueError` for a stamp that tells no day.
        """
        if stamp.day is None:
            raise ValueError("there is no day to write")
        moment = datetime.combine(stamp.day, stamp.clock or _MIDNIGHT)
        return "".join(written(piece, moment, stamp.offset or 0) for piece in self._pieces)

    def keeps(self, stamp: Stamp) -> bool:
        """Whether all that the stamp tells is in what is written, and nothing that it does not tell."""
        read = self.parse(self.write(stamp))
        return read == stamp

    def _tells_day(self) -> bool:
        read = self.parse(self.write(_SAMPLE))
        return read is not None and read.day is not None


def fault_of(text: str) -> str | None:
    """What is wrong with a format that is to be that of dates, in a person's words; `None` where it can be one.

    It need not tell a day, for `YYYY-MM` may be meant; but the small letters of other programs hardly ever are.
    """
    try:
        made = MomentFormat(text)
    except ValueError as error:
        return str(error)
    if made.has_day:
        return None
    capitals = text.translate(_CAPITALS if made.has_clock else _CAPITALS | _MONTHS)
    meant = moment_format(capitals)
    if meant is not None and meant.has_day:
        return f"{text!r} tells no day; did you mean {capitals!r}?"
    if made.parse(made.write(_SAMPLE)) is None:
        return f"{text!r} tells no date; write it in Moment.js tokens, such as 'YYYY-MM-DD'"
    return None


@lru_cache(maxsize=128)
def moment_format(text: str) -> MomentFormat | None:
    """The format, made once; `None` where it can't be understood."""
    try:
        return MomentFormat(text)
    except ValueError:
        return None
