"""Links to headings that a note does not have: the app opens it at the top (semantics 2.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace
from vaultlint_rules.links._notes import Options, is_judged, name_of
from vaultlint_rules.links._writing import NEEDS_QUOTES, encode

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, LinkRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target

_LEFT_OUT = re.compile(r"[:#|^\\]|%%|\[\[|]]")
"""What the app leaves out when it writes a link to a heading (semantics 3.4)."""


class UnresolvedHeading(LinkRule):
    """A link names a heading that its note does not have."""

    name = "unresolved-heading"
    group = Group.LINKS
    severity = Severity.WARNING
    Options = Options
    only_faults = True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield the link if its note is there and the heading, or chain of headings, is not."""
        if not target.heading_missing or target.path is None:
            return
        if not is_judged(link, target, index, self.options, self.context):
            return
        path, source = target.path, target.source
        yield self.find(
            link.subpath_span,
            f"{name_of(path, source)} has no heading '{' > '.join(link.subpath)}'",
            hint=lambda: _hint(link, source, path, index),
            fix=lambda: _fix(link, source, path, index),
            at_most=Applicability.SUGGESTION,
        )


def _known(link: LinkFact, segment: str, source: str, index: Index) -> bool:
    """Whether the note has this one heading of the chain, wherever it stands."""
    return not index.resolve(replace(link, subpath=(segment,)), source).heading_missing


def _hint(link: LinkFact, source: str, path: str, index: Index) -> str | None:
    """The nearest heading, or what is wrong with the chain."""
    wrong = [segment for segment in link.subpath if not _known(link, segment, source, index)]
    if not wrong:
        return "the headings are there, but not each below the one before"
    near = index.near_heading(path, wrong[0])
    return f"did you mean '{near}'?" if near else None


def _fix(link: LinkFact, source: str, path: str, index: Index) -> Fix | None:
    """Name the nearest heading in place of each one that is not there."""
    if link.in_comment:  # which fixes leave alone
        return None
    headings = []
    for segment in link.subpath:
        near = segment if _known(link, segment, source, index) else index.near_heading(path, segment)
        if near is None:
            return None
        headings.append(near)
    segments = [_written(heading, link) for heading in headings]
    corrected = "#".join(segments)
    if not all(segments) or (link.property_key is not None and NEEDS_QUOTES.search(corrected)):
        return None
    return Fix(
        f"link to the heading '{' > '.join(headings)}'",
        (Edit(source, link.subpath_span, corrected),),
        Applicability.SUGGESTION,
        may_change=frozenset({Aspect.LINKS, Aspect.ALIASES, Aspect.PROPERTIES}),
        reason="another heading may be meant",
    )


def _written(heading: str, link: LinkFact) -> str:
    """A heading's text as the app writes it in a link."""
    text = " ".join(_LEFT_OUT.sub(" ", heading).split())
    return (encode(text, link) or "") if link.markdown else text
