"""Broken at a distance: links that one change elsewhere broke are told once, where that change was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from vaultlint.engine.wire import NOWHERE, START
from vaultlint.report.summary import counted
from vaultlint.rule.finding import Diagnostic, Finding, Related
from vaultlint.rule.fix import Fix, Kind
from vaultlint.vault.facts import BlockFact, HeadingFact
from vaultlint.vault.names import is_note_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultlint.engine.versions import Versions
    from vaultlint.note.model import Position, Span
    from vaultlint.vault.facts import LinkFact


class GoneFile(Struct, frozen=True):
    """A file that is no more, or has another name now."""

    path: str
    noun: str
    """What leads there no more: `link` or `embed`."""


class GonePlace(Struct, frozen=True):
    """A heading or block id that a note has no more."""

    path: str
    """The note, by its name now."""
    place: HeadingFact | BlockFact
    """As it was."""
    noun: str


Cause: TypeAlias = GoneFile | GonePlace
Words: TypeAlias = tuple[str, tuple[str, ...], bool, bool]
"""What makes two links the same to their owner, wherever they stand."""


class Caused(Diagnostic):
    """One finding in place of several: what broke them all, with them as `related` places."""

    __slots__ = ()


def folded_by_cause(diagnostics: Iterable[Diagnostic], versions: Versions) -> Iterator[Diagnostic]:
    """Effect: reads notes that caused something. The findings, one in place of all of one rule and cause."""
    causes = _Causes(versions)
    groups: dict[tuple[str, Cause], list[Diagnostic]] = {}
    for one in diagnostics:
        cause = causes.of(one)
        if cause is None:
            yield one
        else:
            groups.setdefault((one.rule, cause), []).append(one)
    for (_, cause), members in groups.items():
        yield _of_file(cause, members, versions) if isinstance(cause, GoneFile) else _of_place(cause, members, versions)


class _Causes:
    """Finds what broke a link that was there, and led somewhere, at the base."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        rules = versions.run.rules
        self._of_links = frozenset(rule.name for rule in (*rules.link, *rules.fault))
        self._now: dict[str, dict[Span, LinkFact]] = {}
        self._then: dict[str, dict[Words, LinkFact]] = {}

    def of(self, one: Diagnostic) -> Cause | None:
        """The change elsewhere that caused a finding; `None` where there is none."""
        versions = self._versions
        then = versions.path_then.get(one.path)
        link = self._link(one) if one.rule in self._of_links else None
        old = self._as_it_was(link, then) if link is not None and then is not None else None
        if link is None or old is None or then is None:
            return None
        noun = "embed" if link.embed else "link"
        target, now = versions.base.index.resolve(old, then), versions.run.index.resolve(link, one.path)
        if target.path is None:
            return None
        path = versions.path_now.get(target.path)
        if now.path is None or now.path != path:
            return GoneFile(target.path, noun) if path != target.path else None
        place = self._heading(link, one.path, old, then) if now.heading_missing else target.block
        if not (now.heading_missing or now.block_missing):
            return None
        return GonePlace(path, place, noun) if place is not None else None

    def _link(self, one: Diagnostic) -> LinkFact | None:
        """The link that a finding points at, by its path or by what stands behind its `#`."""
        links = self._now.get(one.path)
        if links is None:
            facts = self._versions.run.index.facts.get(one.path)
            links = {link.path_span: link for link in facts.links} if facts is not None else {}
            links |= {link.subpath_span: link for link in facts.links if link.subpath} if facts is not None else {}
            self._now[one.path] = links
        return links.get(one.span)

    def _as_it_was(self, link: LinkFact, then: str) -> LinkFact | None:
        """A link of the same words in a note of the base."""
        links = self._then.get(then)
        if links is None:
            facts = self._versions.base.index.facts.get(then)
            links = self._then[then] = {_words(old): old for old in facts.links} if facts is not None else {}
        return links.get(_words(link))

    def _heading(self, link: LinkFact, source: str, old: LinkFact, then: str) -> HeadingFact | None:
        """The first heading of a link's chain that its note has no more."""
        now, base = self._versions.run.index, self._versions.base.index
        for segment in link.subpath:
            if now.resolve(replace(link, subpath=(segment,)), source).heading_missing:
                return base.resolve(replace(old, subpath=(segment,)), then).heading
        return None


def _words(link: LinkFact) -> Words:
    return link.path, link.subpath, link.embed, link.property_key is None


def _of_file(cause: GoneFile, members: Sequence[Diagnostic], versions: Versions) -> Diagnostic:
    """One finding for a file that was deleted or renamed: there is a line for it only in a renamed note."""
    now = versions.path_now.get(cause.path)
    links = f"broke {_counted(members, cause)}"
    if now is None:
        hint = "lead them elsewhere, take them out, or bring it back"
        return _at_first(members, f"deleting '{cause.path}' {links}", hint)
    said = f"renaming '{cause.path}' to '{now}' {links}"
    names = {versions.run.index.link_text(now, one.path) for one in members}
    name = names.pop() if len(names) == 1 else now  # relative links name it otherwise in each folder
    hint = f"lead {_them(members)} to '{name}'; Obsidian does that when it renames"
    if not is_note_path(now) or now not in versions.run.judged:
        return _at_first(members, said, hint)
    return _one(members, said, hint, now, NOWHERE, (START, START))


def _of_place(cause: GonePlace, members: Sequence[Diagnostic], versions: Versions) -> Diagnostic:
    """One finding for a heading or block id that went away, on the line where it stood."""
    old = cause.place
    now: HeadingFact | None = None
    if isinstance(old, HeadingFact):
        now = versions.became(cause.path, old)
        what, name = "heading", old.text
    else:
        what, name = "block id", f"^{old.id}"
    fate = f"became '{now.text}'" if now is not None else "is gone"
    lead = "leads" if len(members) == 1 else "lead"
    said = f"the {what} '{name}' {fate}: {_counted(members, cause)} {lead} to it no more"
    hint = f"bring it back, or lead {_them(members)} elsewhere"
    if now is not None:
        hint = f"lead {_them(members)} to '{now.text}', or call the heading '{name}' again"
    aligned = versions.aligned(cause.path) if cause.path in versions.run.judged else None
    if aligned is None:
        return _at_first(members, said, hint)
    span = now.span if now is not None else aligned.now.span(aligned.line_now(old.span))
    return _one(members, said, hint, cause.path, span, aligned.now.positions(span))


def _at_first(members: Sequence[Diagnostic], said: str, hint: str) -> Diagnostic:
    """At the first of the links: what was deleted has no line. One link alone says best itself what is wrong."""
    first = members[0]
    if len(members) == 1:
        return first
    return _one(members, said, hint, first.path, first.span, (first.position, first.end))


def _one(
    members: Sequence[Diagnostic], said: str, hint: str, path: str, span: Span, place: tuple[Position, Position]
) -> Diagnostic:
    finding = Finding(
        span,
        said,
        path,
        hint,
        fix=lambda: _fix(members),
        at_most=min(member.at_most for member in members),
        related=tuple(Related(one.path, one.message, one.span, one.position) for one in members),
    )
    return Caused(members[0].rule, max(member.severity for member in members), path, finding, *place)


def _fix(members: Sequence[Diagnostic]) -> Fix | None:
    """All their fixes as one, trusted as far as the least of them; none where one of them has none."""
    fixes = [fix for member in members if (fix := member.fix) is not None]
    if len(fixes) < len(members):
        return None
    titles = dict.fromkeys(fix.title for fix in fixes)
    return Fix(
        f"{next(iter(titles))}, {len(fixes)} times" if len(titles) == 1 < len(fixes) else "; ".join(titles),
        tuple(dict.fromkeys(change for fix in fixes for change in fix.changes)),
        min(fix.applicability for fix in fixes),
        Kind.CONTENT if any(fix.kind is Kind.CONTENT for fix in fixes) else Kind.LAYOUT,
        frozenset().union(*(fix.may_change for fix in fixes)),
        "; ".join(dict.fromkeys(fix.reason for fix in fixes if fix.reason)),
    )


def _them(members: Sequence[Diagnostic]) -> str:
    return "it" if len(members) == 1 else "them"


def _counted(members: Sequence[Diagnostic], cause: Cause) -> str:
    notes = len({one.path for one in members})
    return f"{counted(len(members), cause.noun)} in {counted(notes, 'note')}"
