"""Wikilinks or Markdown links, as the vault's settings want it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec.structs import replace
from vaultlint_rules.links._writing import encode, in_linked_heading

from vaultlint.note.note import parse_note
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, LinkRule
from vaultlint.vault.facts_of import links_of
from vaultlint.vault.names import is_note_path, without_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target

_MARKUP = re.compile(r"[][\\`*_~<>$|^\x00-\x1f]|==|%%|::|://|#\S|&[#\w]")
"""What shows otherwise, or is read otherwise, in the other kind of link."""


@dataclass(frozen=True)
class Options:
    """The kind of links that the vault wants."""

    style: Annotated[
        Literal["app", "wikilink", "markdown"],
        "`app`: as the app's setting `Use [[Wikilinks]]` has it.",
    ] = "app"
    embeds: Annotated[bool, "Judge embeds and images too."] = True


class LinkStyle(LinkRule):
    """A link is a Markdown link where the vault wants wikilinks, or the other way round."""

    name = "link-style"
    group = Group.LINKS
    severity = Severity.INFO
    in_plugin_notes = False
    Options = Options
    only_near = True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield links in the body that are of the other kind."""
        style = self.options.style
        markdown = index.settings.use_markdown_links if style == "app" else style == "markdown"
        if link.markdown is markdown or link.property_key is not None or (link.embed and not self.options.embeds):
            return
        if "{{" in link.target or "<%" in link.target:  # who knows what a template makes of it: an address, perhaps
            return
        kind = "a Markdown link" if markdown else "a wikilink"
        written = link.path or "#".join(("", *link.subpath))
        yield self.find(
            link.span,
            f"the link to '{written}' is no {kind[2:]}",
            fix=lambda: _fix(link, target, index, kind),
            at_most=Applicability.UNSAFE,
        )


def _fix(link: LinkFact, target: Target, index: Index, kind: str) -> Fix | None:
    """Write it anew, if what is written is then read as the same link."""
    source = target.source
    if link.in_comment or target.path is None or target.ambiguous or in_linked_heading(link, source, index):
        return None
    written = _wikilink(link, target) if link.markdown else _markdown(link, target)
    if written is None or not _is_same(written, link, target, index):
        return None
    return Fix(
        f"make it {kind}",
        (Edit(source, link.span, written),),
        Applicability.UNSAFE,
        # An embed may show its file's name where it showed none.
        may_change=frozenset({Aspect.LINKS, Aspect.WORDS} if link.embed else {Aspect.LINKS}),
        reason="other programs may read the two kinds of links differently",
        tentative=True,
    )


def _wikilink(link: LinkFact, target: Target) -> str | None:
    """A Markdown link as a wikilink; `None` where it has what a wikilink can't: a title, a definition, markup."""
    shown, subpath = link.alias or "", "".join(f"#{part}" for part in link.subpath)
    end = max(link.subpath_span.end, link.path_span.end) + (2 if link.in_angle else 1)
    if end != link.span.end or (not link.embed and not shown):
        return None
    path = without_extension(link.path) if target.is_note else link.path
    if _MARKUP.search(path) or "#" in path or any(re.search(r"[][|#%]", part) for part in link.subpath):
        return None
    size = re.fullmatch(r"([^|]*?)\|?(\d+(?:x\d+)?)", shown) if link.embed else None
    parts = [part for part in (size[1], size[2]) if part] if size else [shown] * bool(shown)
    if any(_MARKUP.search(part) or part != part.strip() for part in parts):
        return None
    if not link.embed and shown == " > ".join(filter(None, (path, *link.subpath))):
        parts = []
    bar = "\\|" if link.in_table else "|"
    return f"{'!' if link.embed else ''}[[{bar.join((path + subpath, *parts))}]]"


def _markdown(link: LinkFact, target: Target) -> str | None:
    """A wikilink as a Markdown link, with `.md` as the app writes it."""
    shown = link.alias if link.alias is not None else _shown(link)
    if (not shown.strip() and not link.embed) or _MARKUP.search(shown.replace(" > ", " ")):
        return None
    path = link.path
    if path and target.is_note and not is_note_path(path):
        path = f"{path}.md"
    written = encode(path, replace(link, in_angle=False))
    segments = [encode(part, replace(link, in_angle=False)) for part in link.subpath]
    if written is None or None in segments:
        return None
    return f"{'!' if link.embed else ''}[{shown.strip()}]({'#'.join((written, *map(str, segments)))})"


def _shown(link: LinkFact) -> str:
    """What a wikilink shows without an alias (observed 22); an embed shows no words."""
    return "" if link.embed else " > ".join(filter(None, (link.path, *link.subpath)))


def _is_same(written: str, link: LinkFact, target: Target, index: Index) -> bool:
    """Whether the new text, read again, is one link to the same place that is embedded or shown as before."""
    found = links_of(parse_note(written))
    if len(found) != 1 or found[0].span.end - found[0].span.start != len(written):
        return False
    (new,) = found
    again = index.resolve(new, target.source)
    same_place = (again.path, again.heading, again.block) == (target.path, target.heading, target.block)
    return same_place and new.embed == link.embed and new.subpath == link.subpath
