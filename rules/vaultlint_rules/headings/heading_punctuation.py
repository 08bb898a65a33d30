"""Punctuation at the end of headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.headings._retitle import Title, Titles, is_large, may_change, retitled

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Edit, Fix
from vaultlint.rule.kinds import Group, VaultRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding
    from vaultlint.vault.index import Index

_SHORTENED = re.compile(
    r"(?<!\w)(?<!\w\.)(?:(?:[^\W\d_]{1,2}\.)*[^\W\d_]|(?:[^\W\d_]{1,2}\.)+[^\W\d_]{2}"
    r"|inc|ltd|corp|co|bros|dept|univ|jr|sr|dr|mr|mrs|ms|prof|st|etc|usw|al|vs|vol|approx)\.\s*\Z",
    re.IGNORECASE,
)
"""A full stop that is a part of the word before it: `Inc.`, `etc.`, `Ada L.`, `s.r.o.`"""
_ENTITY = re.compile(r"&(?:#\w+|\w+);\Z")


@dataclass(frozen=True)
class Options:
    """Which signs end no heading."""

    signs: Annotated[str, "The signs, one after the other."] = ".,;:!。，；：！"


class HeadingPunctuation(VaultRule):
    """A heading ends in punctuation."""

    name = "heading-punctuation"
    group = Group.HEADINGS
    severity = Severity.INFO
    Options = Options
    Gathered = Titles

    def gather(self, note: Note) -> Titles | None:
        """The headings that end in such signs, each with its text without."""
        signs = "".join(sign for sign in self.options.signs if not sign.isalnum())
        titles = [
            Title(place, heading.text_span, heading.text, new)
            for place, heading in enumerate(note.headings)
            if heading.text[-1:] and heading.text[-1] in signs and (new := _without(heading.text, signs)) is not None
        ]
        return Titles(tuple(titles)) if titles else None

    def check_note(self, path: str, index: Index) -> Iterator[Finding]:
        """Yield each heading; links to it are led along where they name the sign."""
        found = self.told(path, index)
        edits = retitled(path, found.titles, index) if found is not None else {}
        for title in found.titles if found is not None else ():
            message = f"the heading '{title.old}' ends in '{title.old[len(title.new) :].strip()}'"
            yield self.find(title.span, message, fix=_fix(path, title, edits.get(title.place), index))


def _without(text: str, signs: str) -> str | None:
    """The text without the signs at its end; `None` where it is nothing then, or something else."""
    if text.rstrip().endswith("...") or _SHORTENED.search(text, max(len(text) - 40, 0)):
        return None
    new = text.rstrip(signs + " \t")
    if not new or new.endswith(("\\", "#")) or _ENTITY.search(text):
        return None
    if (
        "::" in text or "://" in text[max(text.rfind(" "), 0) :]
    ):  # a field's value, an address: the sign is a part of it
        return None
    return new


def _fix(path: str, title: Title, edits: tuple[Edit, ...] | None, index: Index) -> Fix | None:
    if edits is None:
        return None
    return Fix(
        "end it without punctuation",
        edits,
        Applicability.UNSAFE,
        may_change=may_change(edits, path, title.span, index),
        reason="the sign may be a part of a name, and other programs may link to the heading",
        tentative=is_large(path, index),
    )
