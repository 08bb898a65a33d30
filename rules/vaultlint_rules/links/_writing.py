"""How a link is written anew so that it leads to another file and shows what it showed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultlint.note.model import Span
from vaultlint.rule.fix import Aspect, Edit

if TYPE_CHECKING:
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index

_UNWRITABLE = re.compile(r"[|#\\\n\r`]|\[\[|]]|%%")
"""What can't stand in the path of a wikilink (semantics 9.2), or may make code of it (observed 10)."""

_TANGLED = re.compile(r"[][\\`<$\x00-\x1f\x7f\x85\u2028\u2029]|::|%%")
"""What escapes, breaks lines, or begins code, HTML, math, a comment, a field or a link: with it, more may change."""

NEEDS_QUOTES = re.compile(r"[\"'\\]")
"""What can end a quoted string of the frontmatter, whichever its quotes are."""

_ENCODED = re.compile(r"[\x00-\x20()<>%\\|`:]|&(?=[^;]*;)")
"""What breaks a Markdown destination that stands without angle brackets, or in a table cell."""

_ENCODED_IN_ANGLE = re.compile(r"[\x00-\x1f<>%\\|:]|&(?=[^;]*;)")


def lead_to(link: LinkFact, source: str, path: str, index: Index, *, keep_shown: bool = True) -> tuple[Edit, ...]:
    """The edits that make `link` in the note `source` lead to the file `path`, its subpath kept.

    With `keep_shown`, a wikilink without an alias gets one, so that people read what they read before.
    Empty where the name can't be written or would lead elsewhere, and where something else would change with
    it: in comments, in definitions that several links share, in headings that are linked to.
    """
    return spelt(link, source, _name_for(link, source, path, index), path, index, keep_shown=keep_shown)


def spelt(
    link: LinkFact, source: str, text: str, path: str, index: Index, *, keep_shown: bool = True
) -> tuple[Edit, ...]:
    """As `lead_to`, with the path that is to be written: `text`."""
    if link.in_comment or not link.span.covers(link.path_span) or in_linked_heading(link, source, index):
        return ()
    if is_tangled(link):
        return ()
    # A link is read without white space around its path: a name that ends in some can't be written.
    if text != text.strip() or index.resolve(replace(link, path=text, subpath=()), source).path != path:
        return ()
    written = encode(text, link) if link.markdown else plain(text, link)
    if written is None:
        return ()
    shown = _shown(link, text) if keep_shown else ""
    if shown is None:
        return ()
    end = link.span.end - len("]]")
    if not shown:
        return (Edit(source, link.path_span, written),)
    if link.path_span.end == end:  # two edits must not touch
        return (Edit(source, link.path_span, written + shown),)
    return Edit(source, link.path_span, written), Edit(source, Span(end, end), shown)


def is_tangled(link: LinkFact) -> bool:
    """Whether what stands there now may be another mark, too, which would go with it."""
    if _TANGLED.search(link.path) or link.path_span == link.span:  # its place in the link is not known
        return True
    if not link.markdown:
        return False
    if not (link.alias or link.embed) or (link.alias or "").startswith(
        "^"
    ):  # behind `^` it may be a footnote; with it, name one
        return True
    if link.alias and ("[" in link.alias or "]" in link.alias):
        return True
    return link.path.count("(") != link.path.count(")") or "^" in link.path


def is_tentative(link: LinkFact, edits: tuple[Edit, ...]) -> bool:
    """Whether only a second reading tells what else changes: with a bar, a line of text may become a table's head."""
    return not link.in_table and link.alias is None and any("|" in edit.text for edit in edits)


def may_change(link: LinkFact) -> frozenset[Aspect]:
    """What changes with the place that `link` leads to: what shows where it goes, and the property that it is in."""
    changed = {Aspect.LINKS}
    if not link.markdown and not link.embed and link.alias is None:
        changed.add(Aspect.ALIASES)
    if link.property_key is not None:
        changed.add(Aspect.PROPERTIES)
    return frozenset(changed)


def in_linked_heading(link: LinkFact, source: str, index: Index) -> bool:
    """Whether the link is a part of a heading's text that some link in the vault names."""
    heading = next((one for one in index.facts[source].headings if one.span.covers(link.span)), None)
    return heading is not None and any(
        index.resolve(other, origin).heading == heading for origin, other in index.backlinks(source)
    )


def encode(text: str, link: LinkFact) -> str | None:
    """`text` as it is written in the destination of the Markdown link `link`; `None` where it can't be."""
    if "#" in text:  # decoded before it is split: a file with `#` in its name can't be reached (semantics 1.19)
        return None
    return (_ENCODED_IN_ANGLE if link.in_angle else _ENCODED).sub(_percent, text)


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def _name_for(link: LinkFact, source: str, path: str, index: Index) -> str:
    """What the app would write for the file, with `.md` exactly where the link has it."""
    text = index.link_text(path, source)
    if not path.casefold().endswith(".md"):
        return text
    bare = text[: -len(".md")] if text.casefold().endswith(".md") else text
    return f"{bare}.md" if link.path.casefold().endswith(".md") else bare


def plain(text: str, link: LinkFact) -> str | None:
    """`text` as the path of a wikilink; `None` where it can't be one."""
    if _UNWRITABLE.search(text) or (link.property_key is not None and NEEDS_QUOTES.search(text)):
        return None
    return text


def _shown(link: LinkFact, text: str) -> str | None:
    """The bar and alias that keep what a wikilink shows; empty if not needed, `None` if not possible."""
    if link.markdown or link.embed or link.alias is not None or link.path == text:
        return ""
    shown = " > ".join((link.path, *link.subpath))  # observed 22
    bar = "\\|" if link.in_table else "|"
    if link.property_key is not None and NEEDS_QUOTES.search(shown):
        return None
    return f"{bar}{shown}"
