"""Signs in headings that links to them can't have (semantics 3.3, 3.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules.links.unresolved_heading import LEFT_OUT

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_UNSAFE = re.compile(r"[#|^]|%%|\[\[|\]\]")
_BRACKET = re.compile(r"[\[\]]")
"""The app reads past it, and one at the end of a link would run into the brackets that close it."""
_BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z0-9-]+\Z")


class HeadingLinkUnsafeChars(NoteRule):
    """A heading has signs in it that links to it must leave out."""

    name = "heading-link-unsafe-chars"
    group = Group.HEADINGS
    severity = Severity.INFO
    needs = frozenset({"headings"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield headings with `#`, `|`, `^`, `%%`, `[[` or `]]`; a block id at the end is none of their text."""
        for heading in note.headings:
            text = _BLOCK_ID.sub("", heading.text) if "^" in heading.text else heading.text
            signs = dict.fromkeys(_UNSAFE.findall(text))
            if signs:
                named = " and ".join(f"'{sign}'" for sign in signs)
                written = " ".join(_BRACKET.sub(" ", LEFT_OUT.sub(" ", text)).split())
                yield self.find(
                    heading.text_span,
                    f"the heading has {named} in it: links to it have to leave that out",
                    hint=f"a link to it is written '#{written}'" if written else None,
                )
