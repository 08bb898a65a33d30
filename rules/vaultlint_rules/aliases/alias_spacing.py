"""Spaces around the bar before an alias, which the app trims (observed 20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.aliases._links import all_wikilinks, is_entangled, is_placeholder, may_change

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Wikilink
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_BLANK = " \t"


@dataclass(frozen=True)
class Options:
    """How the bar stands."""

    style: Annotated[
        Literal["none", "spaced", "consistent"],
        "No space on either side, one on each, or as the first link of the note has it.",
    ] = "none"


class AliasSpacing(NoteRule):
    """The bar before an alias is not spaced as the vault wants it."""

    name = "alias-spacing"
    group = Group.ALIASES
    severity = Severity.INFO
    in_plugin_notes = False
    Options = Options
    needs = frozenset({"wikilinks", "property_links"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every bar that is spaced otherwise; those of embeds, often before a size, are left alone."""
        bars = [(link, bar) for link in _with_alias(note) if (bar := _spaced_bar(note.text, link))]
        spaced = _wanted(self.options.style, note.text, bars)
        for link, bar in bars:
            written = bar.of(note.text)
            mark = written.strip(_BLANK)
            right = f" {mark} " if spaced else mark
            whole = link.span.of(note.text)
            if written == right or is_placeholder(whole) or _in_other(note, link):
                continue
            message = "no single space on each side of the bar of" if spaced else "spaces around the bar of"
            edit = Edit(note.path, bar, right)
            title = "space the bar" if spaced else "close the spaces around the bar"
            changed = may_change(note, link, Aspect.ALIASES)
            fix = Fix(title, (edit,), Applicability.SAFE, may_change=changed)
            yield self.find(bar, f"{message} '{whole}'", fix=None if is_entangled(note, link) else fix)


def _with_alias(note: Note) -> Iterator[Wikilink]:
    """The links that show an alias, those of the properties first; none in comments."""
    return (link for link in all_wikilinks(note) if _judged(link))


def _judged(link: Wikilink) -> bool:
    return (
        link.bar_span is not None
        and bool(link.target and link.alias and link.alias.strip())
        and not link.embed
        and not link.in_comment
    )


def _spaced_bar(text: str, link: Wikilink) -> Span | None:
    """The bar with the spaces on both sides of it."""
    bar = link.bar_span
    if bar is None or bar.of(text) not in ("|", "\\|"):  # the value of a property with escapes is one place
        return None
    start, end = bar.start, bar.end
    while text[start - 1] in _BLANK:
        start -= 1
    while text[end] in _BLANK:
        end += 1
    return Span(start, end)


def _wanted(style: str, text: str, bars: list[tuple[Wikilink, Span]]) -> bool:
    """Whether a space belongs on each side."""
    if style != "consistent":
        return style == "spaced"
    for _, bar in bars:
        written = bar.of(text)
        mark = written.strip(_BLANK)
        if written in {mark, f" {mark} "}:
            return written != mark
    return False


def _in_other(note: Note, link: Wikilink) -> bool:
    """Whether the link is in a Dataview field, whose reader takes spaces for a part of the name, or in an autolink."""
    if any(field.span.overlaps(link.span) for field in note.inline_fields):
        return True
    return any(other.form == "autolink" and other.span.overlaps(link.span) for other in note.links)
