"""Links and embeds without a file: which rule reports them, in which words, and what may be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.links._writing import CHANGED, lead_to

from vaultlint.rule.fix import Applicability, Fix
from vaultlint.vault.names import name_key

if TYPE_CHECKING:
    from vaultlint.rule.context import Context
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target


@dataclass(frozen=True)
class Options:
    """What is judged of links and embeds without a file."""

    comments: Annotated[bool, "Judge what stands in `%%` comments too: to the app it is a link."] = True


def is_missing(link: LinkFact, target: Target, index: Index, options: Options, context: Context) -> bool:
    """Whether a link or embed in the body names no file, and no other rule says so.

    `[[|b]]` is for `empty-alias`, a note's alias for `alias-as-target`, a property for
    `unresolved-property-link`.
    """
    return (
        target.missing
        and link.property_key is None
        and not link.path.startswith("|")
        and (options.comments or not link.in_comment)
        and not is_placeholder(link, target.source, context)
        and not alias_holders(link, index)
    )


def is_placeholder(link: LinkFact, source: str, context: Context) -> bool:
    """Whether a template's link waits to be filled in, as `[[{{date}}]]` does (semantics 10.5)."""
    return ("{{" in link.target or "<%" in link.target) and any(
        source.startswith(f"{folder.rstrip('/')}/") for folder in context.template_folders
    )


def alias_holders(link: LinkFact, index: Index) -> tuple[str, ...]:
    """The notes that list the link's path as an alias, each once, in order of path."""
    return tuple(dict.fromkeys(path for path, _ in index.aliases.get(name_key(link.path), ())))


def no_file(link: LinkFact) -> str:
    """The message, in the link's own words."""
    if "/" in link.path.strip("/") and "://" not in link.path:
        return f"the path '{link.path}' leads to no file"
    return f"no file named '{link.path}'"


def hint_for(link: LinkFact, source: str, index: Index) -> str | None:
    """The next step for a link without a file."""
    if "://" in link.path:
        return f"a web address is written as a Markdown link: [{link.alias or 'text'}]({link.path})"
    if "{{" in link.path or "<%" in link.path:
        return "a template's placeholder was left here"
    spelt = index.same_but_spelling(link.path)
    if len(spelt) > 1:
        return f"{len(spelt)} files have nearly this name, '{spelt[0]}' among them"
    near = index.near_file(link.path)
    return f"did you mean '{index.link_text(near, source)}'?" if near is not None else None


def nearest_fix(link: LinkFact, source: str, index: Index, trust: Applicability) -> Fix | None:
    """Lead the link to the file with the nearest name.

    It is trusted as far as `trust` where that is the only file of the name but for its spelling or its
    folder; any other is a suggestion. Another case and other separators are often meant to be read, so the
    link goes on showing them; a wrong folder or a typo is not.
    """
    spelt = index.same_but_spelling(link.path)
    path = spelt[0] if len(spelt) == 1 else index.near_file(link.path)
    keep = bool(spelt) and "/" not in link.path
    edits = lead_to(link, source, path, index, keep_shown=keep) if path is not None else ()
    if path is None or not edits:
        return None
    return Fix(
        f"link to '{index.link_text(path, source)}'",
        edits,
        trust if len(spelt) == 1 else Applicability.SUGGESTION,
        may_change=CHANGED,
        reason=f"'{path}' has nearly this name, but another file may be meant",
    )
