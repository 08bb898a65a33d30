"""Links to headings that a note does not have: the app opens it at the top (semantics 2.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace
from vaultlint_rules.links._notes import Options, is_judged, name_of
from vaultlint_rules.links._writing import NEEDS_QUOTES, encode, in_linked_heading, may_change

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Edit, Fix
from vaultlint.rule.kinds import Group, LinkRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target

LEFT_OUT = re.compile(r"[:#|^\\]|%%|\[\[|]]")
"""What the app leaves out when it writes a link to a heading (semantics 3.4)."""


class UnresolvedHeading(LinkRule):
    """A link names a heading that its note does not have."""

    name = "unresolved-heading"
    group = Group.LINKS
    severity = Severity.WARNING
    Options = Options
    only_faults = True
    only_near = True
    reads_git = True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield the link if its note is there and the heading, or chain of headings, is not."""
        if not target.heading_missing or target.path is None:
            return
        if not is_judged(link, target, index, self.options, self.context):
            return
        path, source = target.path, target.source
        renamed = _renamed(link, source, path, index)
        yield self.find(
            link.subpath_span,
            f"{name_of(path, source)} has no heading '{' > '.join(link.subpath)}'",
            hint=lambda: _hint(link, source, path, index, renamed),
            fix=lambda: _fix(link, source, path, index, renamed),
            at_most=Applicability.SAFE if renamed else Applicability.SUGGESTION,
        )


def _renamed(link: LinkFact, source: str, path: str, index: Index) -> tuple[str, ...]:
    """The headings as they are called now, if git knows it of all that are not there; else empty."""
    now = [
        segment if _known(link, segment, source, index) else index.renamed_heading(path, segment)
        for segment in link.subpath
    ]
    chain = tuple(heading for heading in now if heading is not None)
    whole = len(chain) == len(now) and chain != link.subpath
    return chain if whole and not index.resolve(replace(link, subpath=chain), source).heading_missing else ()


def _known(link: LinkFact, segment: str, source: str, index: Index) -> bool:
    """Whether the note has this one heading of the chain, wherever it stands."""
    return not index.resolve(replace(link, subpath=(segment,)), source).heading_missing


def _hint(link: LinkFact, source: str, path: str, index: Index, renamed: tuple[str, ...]) -> str | None:
    """What it is called now, the nearest heading, or what is wrong with the chain."""
    if renamed:
        return f"was renamed to '{' > '.join(renamed)}' (git)"
    wrong = [segment for segment in link.subpath if not _known(link, segment, source, index)]
    if not wrong:
        return "the headings are there, but not each below the one before"
    near = index.near_heading(path, wrong[0])
    return f"did you mean '{near}'?" if near else None


def _fix(link: LinkFact, source: str, path: str, index: Index, renamed: tuple[str, ...]) -> Fix | None:
    """Name the heading that git knows it became, or the nearest one in place of each one that is not there."""
    if link.in_comment:  # which fixes leave alone
        return None
    headings = renamed or _nearest(link, source, path, index)
    if renamed and in_linked_heading(link, source, index):
        return None
    segments = [_written(heading, link) for heading in headings]
    corrected = "#".join(segments)
    if not segments or not all(segments) or (link.property_key is not None and NEEDS_QUOTES.search(corrected)):
        return None
    return Fix(
        f"link to the heading '{' > '.join(headings)}'",
        (Edit(source, link.subpath_span, corrected),),
        Applicability.SAFE if renamed else Applicability.SUGGESTION,
        may_change=may_change(link),
        reason="" if renamed else "another heading may be meant",
    )


def _nearest(link: LinkFact, source: str, path: str, index: Index) -> tuple[str, ...]:
    """Each heading of the chain, or the nearest one to it; empty if one has none."""
    headings = []
    for segment in link.subpath:
        near = segment if _known(link, segment, source, index) else index.near_heading(path, segment)
        if near is None:
            return ()
        headings.append(near)
    return tuple(headings)


def _written(heading: str, link: LinkFact) -> str:
    """A heading's text as the app writes it in a link."""
    text = " ".join(LEFT_OUT.sub(" ", heading).split())
    return (encode(text, link) or "") if link.markdown else text
