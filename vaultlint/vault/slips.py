"""Names a slip or two of the fingers away from one that nobody has, found without a look at every name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DIGITS = re.compile(r"\d+")
_FIRST_IDEOGRAPH = "\u2e80"
_MOST_SLIPS = 2
_FEW = 200
"""So many names of one shape are compared one by one: that takes less than looking for parts."""
_MOST_CHOICES = 5_000
"""So many are compared at most, in some two milliseconds; in a vault of 100,000 notes, hundreds mostly."""


class Names:
    """Names to choose from, sorted by their numbers and their length: no others can be a few slips away."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        for name in names:
            self._by_shape.setdefault((_digits(name), len(name)), []).append(name)
        self._thirds: dict[tuple[str, int], _Thirds] = {}

    def nearest(self, wanted: str) -> list[str]:
        """The names from which `wanted` is a slip or two of the fingers away; none if that is a guess.

        All that are equally near, the most likely first. Names with other numbers in them are other things
        ('Chapter 1', 'Chapter 2'). Among more than `_MOST_CHOICES` names that look alike nothing is offered: the
        search would take longer than the hint is worth.
        """
        allowed = _allowed(wanted)
        choices = self._choices(wanted, allowed) if allowed else ()
        if not choices:
            return []
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found = extract(wanted, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        if len(wanted) < 6:  # in a short word the first letter is hardly the slip
            found = [each for each in found if each[0][:1] == wanted[:1]]
        least = min((each[1] for each in found), default=0)
        names = [name for name, distance, _ in found if distance == least]
        return sorted(names, key=lambda name: (name[:1] != wanted[:1], name))

    def _choices(self, wanted: str, allowed: int) -> Sequence[str]:
        """All names so many slips away, among others; each once. None where that would be too many."""
        digits, length = _digits(wanted), len(wanted)
        choices: list[str] = []
        for size in range(length - allowed, length + allowed + 1):
            names = self._by_shape.get((digits, size), ())
            if len(names) > _FEW:
                thirds = self._thirds.get((digits, size))
                if thirds is None:
                    thirds = self._thirds[digits, size] = _Thirds(size, names)
                alike = thirds.alike(wanted)
                if alike is None:
                    return ()
                choices += alike
            else:
                choices += names
            if len(choices) > _MOST_CHOICES:
                return ()
        return choices


class _Thirds:
    """Names of one length by their thirds, of which two slips leave one as it was.

    Two slips that spoil the first and the last third are one in each: the middle has moved by one letter at most.
    Only two letters that changed places where thirds meet are one slip in two of them; they are changed back.
    """

    def __init__(self, length: int, names: Iterable[str]) -> None:
        self._length = length
        # Names begin and end alike more often than they have the same middle: it may be shorter.
        self._ends = length * 3 // 8, length - length * 3 // 8
        """Where the first third ends, and where the middle ends."""
        self._first: dict[str, list[str]] = {}
        self._middle: dict[str, list[str]] = {}
        self._last: dict[str, list[str]] = {}
        first, last = self._ends
        for name in names:
            self._first.setdefault(name[:first], []).append(name)
            self._middle.setdefault(name[first:last], []).append(name)
            self._last.setdefault(name[last:], []).append(name)

    def alike(self, wanted: str) -> set[str] | None:
        """The names that two slips may make `wanted` of; `None` where those of one third are too many by themselves."""
        parts = list(self._sharing(wanted))
        if any(len(names) > _MOST_CHOICES for names in parts):
            return None
        return set().union(*parts)

    def _sharing(self, wanted: str) -> Iterator[Sequence[str]]:
        """The names that have a third of `wanted`, by this third."""
        first, last = self._ends
        longer = len(wanted) - self._length
        yield self._first.get(wanted[:first], ())
        yield self._last.get(wanted[last + longer :], ())
        for moved in (-1, 0, 1):
            if abs(moved - longer) <= 1:
                yield self._by_middle(wanted, moved)
                yield self._by_middle(_changed_back(wanted, last + moved), moved)
        changed_back = _changed_back(wanted, first)
        yield self._by_middle(changed_back, 0)
        yield self._by_middle(_changed_back(changed_back, last), 0)

    def _by_middle(self, wanted: str, moved: int) -> Sequence[str]:
        first, last = self._ends
        return self._middle.get(wanted[first + moved : last + moved], ())


def _changed_back(wanted: str, at: int) -> str:
    """The text in which the letters before and behind an offset change places."""
    return f"{wanted[: at - 1]}{wanted[at : at + 1]}{wanted[at - 1 : at]}{wanted[at + 1 :]}"


def _allowed(wanted: str) -> int:
    """How many slips are believable in a name."""
    length = len(wanted)
    if any(sign >= _FIRST_IDEOGRAPH for sign in wanted):  # one sign may be a whole word
        return min(length // 6, _MOST_SLIPS)
    if length < 9:
        return 1 if length > 3 else 0
    return _MOST_SLIPS


def _digits(name: str) -> str:
    return " ".join(_DIGITS.findall(name))
