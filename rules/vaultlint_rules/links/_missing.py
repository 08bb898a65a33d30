"""Links and embeds without a file: which rule reports them, in which words, and what may be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.links._writing import is_tentative, lead_to, may_change

from vaultlint.rule.fix import Applicability, Fix
from vaultlint.vault.names import base_name, folder_of, name_key, spelling_key, without_extension

if TYPE_CHECKING:
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.rule.kinds import LinkRule
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.history import Went
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target


SHORTEST_SLIP = 6
"""In a shorter name, another letter is another word."""

FIRST_IDEOGRAPH = "\u2e80"


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
    return ("{{" in link.target or "<%" in link.target) and is_template(source, context)


def is_template(source: str, context: Context) -> bool:
    """Whether the note lies in a folder of templates: one that the settings name, or whose name says so.

    Settings are often not shared with the vault, and plug-ins keep their own.
    """
    return "template" in folder_of(source).casefold() or context.is_template(source)


def alias_holders(link: LinkFact, index: Index) -> tuple[str, ...]:
    """The notes that list the link's path as an alias, each once, in order of path."""
    return tuple(dict.fromkeys(path for path, _ in index.aliases.get(name_key(link.path), ())))


def missing(rule: LinkRule, link: LinkFact, target: Target, index: Index, trust: Applicability) -> Finding:
    """The finding for a link without a file; `trust` as in `nearest_fix`."""
    source = target.source
    went = index.history.went(link.path, source)
    return rule.find(
        link.path_span,
        no_file(link),
        hint=lambda: hint_for(link, source, index, went),
        fix=lambda: (
            (renamed_fix(link, source, index, went) if went else None) or nearest_fix(link, source, index, trust)
        ),
        at_most=Applicability.SAFE if went else trust,  # near names are not looked for to find out what is safe
    )


def no_file(link: LinkFact) -> str:
    """The message, in the link's own words."""
    if "/" in link.path.strip("/") and "://" not in link.path:
        return f"the path '{link.path}' leads to no file"
    return f"no file named '{link.path}'"


def hint_for(link: LinkFact, source: str, index: Index, went: Went | None = None) -> str | None:
    """The next step for a link without a file; `went`: where git knows that it went."""
    if went is not None:
        name = index.link_text(went.path, source)
        return f"was renamed to '{name}' (git)" if went.sure else f"may have been renamed to '{name}' (git)"
    if "://" in link.path:
        return f"a web address is written as a Markdown link: [{link.alias or 'text'}]({link.path})"
    if "{{" in link.path or "<%" in link.path:
        return "a template's placeholder was left here"
    files = index.near_files(link.path)
    if not files:
        return None
    name = index.link_text(files[0], source)
    return f"did you mean '{name}'?" + (f" ({len(files) - 1} more may be meant)" if files[1:] else "")


def renamed_fix(link: LinkFact, source: str, index: Index, went: Went) -> Fix | None:
    """Lead the link to the file that git knows it once led to: safe where no other can have been meant.

    It then shows the new name, as the app writes it when a note is renamed there.
    """
    edits = lead_to(link, source, went.path, index, keep_shown=False)
    if not edits:
        return None
    return Fix(
        f"link to '{index.link_text(went.path, source)}'",
        edits,
        Applicability.SAFE if went.sure else Applicability.UNSAFE,
        may_change=may_change(link),
        reason=went.doubt,
    )


def nearest_fix(link: LinkFact, source: str, index: Index, trust: Applicability) -> Fix | None:
    """Lead the link to the file with the nearest name.

    It is trusted as far as `trust` where no other file is as near, and the name is the same but for its
    spelling or its folder, or one slip away; any other is a suggestion. Another case and other separators are
    often meant to be read, so the link goes on showing them; a wrong folder or a slip is not.
    """
    files = index.near_files(link.path)
    if not files:
        return None
    path, wanted = files[0], base_name(link.path)
    spelt = index.same_but_spelling(link.path) == files
    edits = lead_to(link, source, path, index, keep_shown=spelt and wanted == link.path)
    if not edits:
        return None
    likeness = "this name in another folder or spelling" if spelt else "nearly this name"
    sure = len(files) == 1 and (spelt or _is_slip(wanted, base_name(path)))
    return Fix(
        f"link to '{index.link_text(path, source)}'",
        edits,
        trust if sure else Applicability.SUGGESTION,
        may_change=may_change(link),
        reason=f"'{path}' has {likeness}, but another file may be meant",
        tentative=is_tentative(link, edits),
    )


def _is_slip(wanted: str, name: str) -> bool:
    """Whether one letter too many, too few, wrong or swapped, in the middle of a name, is all the difference.

    The ends of a word tell more ('Plugin', 'Plugins'), and an ideograph may be a word.
    """
    one, other = spelling_key(without_extension(wanted)), spelling_key(without_extension(name))
    if len(one) < SHORTEST_SLIP or max(one + other) >= FIRST_IDEOGRAPH:
        return False
    if (one[0], one[-1]) != (other[0], other[-1]):
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other) == 1
