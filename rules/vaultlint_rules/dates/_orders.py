"""Which part of a date is the month, as the other dates of its folder show."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vaultlint_rules.dates._writing import in_words

from vaultlint.schema.date_forms import readings
from vaultlint.vault.names import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.schema.date_forms import Reading


class Orders:
    """The orders in which properties write day and month, folder by folder.

    What has a part over 12 can be read in one way only, and shows how dates of its shape are written there.
    """

    def __init__(self, values: Iterable[tuple[str, str, str]]) -> None:
        """`values` are all dates in doubt and all that may show something: note path, property, text."""
        self._in_folder: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._anywhere: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for path, key, text in values:
            found = readings(text)
            if len(found) == 1 and found[0].order:
                self._in_folder[folder_of(path), key.lower(), found[0].family].add(found[0].order)
                self._anywhere[key.lower(), found[0].family].add(found[0].order)

    def read(self, path: str, key: str, text: str) -> tuple[Reading | None, str]:
        """What a text means, and why that is not sure; empty: it is. `None` where it is no date."""
        found = readings(text)
        if len(found) < 2:
            return (found[0] if found else None), ""
        family = found[0].family
        shown = self._in_folder.get((folder_of(path), key.lower(), family), set())
        if len(shown) == 1:
            return _of_order(found, shown), ""
        which = " or ".join(in_words(one.stamp) for one in found)
        why = "its folder has both ways" if shown else "no other in its folder shows which"
        elsewhere = self._anywhere.get((key.lower(), family), set())
        return _of_order(found, elsewhere), f"'{text}' may be {which}, and {why}"


def _of_order(found: tuple[Reading, ...], orders: set[str]) -> Reading:
    """The reading in the one order there is; else the likeliest."""
    return next((one for one in found if orders == {one.order}), found[0])
