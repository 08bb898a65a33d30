"""What a finding says in the formats of services: its message, the places that belong to it, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.report.escape import shown_path, visible
from vaultlint.report.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.report.places import Places
    from vaultlint.rule.finding import Diagnostic, Related

MOST = 10
"""Places that belong to a finding and are named; the others are counted, for no service shows a finding as a page."""


def words(diagnostic: Diagnostic, prefix: str, places: Places | None = None) -> list[str]:
    """Lines that are safe to show; the first is the message. `prefix` leads to the vault.

    Without `places` those lines are named that are known already.
    """
    lines = [visible(diagnostic.message)]
    lines += [f"also: {place_of(one, prefix, places)} {visible(one.message)}" for one in diagnostic.related[:MOST]]
    lines += unnamed(diagnostic, MOST)
    if diagnostic.hint:
        lines.append(f"help: {visible(diagnostic.hint)}")
    return lines


def place_of(related: Related, prefix: str, places: Places | None) -> str:
    """`folder/Note.md:3:7`, safe to show; without numbers where a file as a whole belongs to a finding."""
    position = related.position
    if position is None and related.span is not None and places is not None:
        found = places.of(related.path, related.span)
        position = found[0] if found else None
    place = f":{position.line}:{position.column}" if position else ""
    return f"{shown_path(prefix + related.path)}{place}"


def unnamed(diagnostic: Diagnostic, named: int) -> Iterator[str]:
    """A line for the places that belong to a finding and are not among the first so many; none where all are."""
    if len(diagnostic.related) > named:
        yield f"also: {counted(len(diagnostic.related) - named, 'more place')}"
