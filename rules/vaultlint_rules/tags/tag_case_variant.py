"""One tag, spelt with other capitals here than elsewhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaultlint_rules.frontmatter._lists import short
from vaultlint_rules.frontmatter._places import is_placeholder

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, VaultRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import NameFact
    from vaultlint.vault.index import Index

_CLEARLY = 2
"""How many times as often the usual spelling must be there as any other."""


class TagCaseVariant(VaultRule):
    """A tag is written with other capitals than in most places, so that one tag looks like two."""

    name = "tag-case-variant"
    group = Group.TAGS
    severity = Severity.INFO
    in_templates = True

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield each place where a tag has another spelling than the usual one, part by part."""
        spellings: dict[str, Counter[str]] = {}
        for tag, count in index.tag_counts.items():
            at = 0
            for part in tag.split("/"):
                at += len(part) + 1
                spellings.setdefault(tag[: at - 1].casefold(), Counter())[part] += count
        varied = {key: counts for key, counts in spellings.items() if len(counts) > 1}
        if not varied:
            return
        usual = {key: _usual(counts) for key, counts in varied.items()}
        for tag in index.tag_counts:
            if is_placeholder(tag) or not _is_unusual(tag, usual):
                continue
            for path, place in index.tags[tag]:
                if (found := self._judge(path, index.facts[path].tags[place], varied, usual)) is not None:
                    yield found

    def _judge(
        self, path: str, tag: NameFact, varied: dict[str, Counter[str]], usual: dict[str, str]
    ) -> Finding | None:
        parts = tag.text.split("/")
        better, sure, first = list(parts), True, None
        for place, part in enumerate(parts):
            key = "/".join(parts[: place + 1]).casefold()
            if key in usual and part != usual[key]:
                better[place] = usual[key]
                sure = sure and varied[key][usual[key]] >= _CLEARLY * varied[key][part]
                first = first or key
        if first is None:
            return None
        name, counts = "/".join(better), varied[first]
        count = counts[usual[first]]
        shown = "" if tag.in_frontmatter else "#"
        return self.find(
            tag.span,
            f"'{shown}{short(tag.text)}' is '{shown}{short(name)}' in {_places(count)}",
            path=path,
            hint="the app takes them for one tag, and shows the spelling that it meets first",
            fix=_fix(path, tag, name, sure=sure),
        )


def _is_unusual(tag: str, usual: dict[str, str]) -> bool:
    """Whether some part of it is spelt otherwise than in most places."""
    parts = tag.split("/")
    keys = ("/".join(parts[: place + 1]).casefold() for place in range(len(parts)))
    return any(usual.get(key, part) != part for key, part in zip(keys, parts, strict=True))


def _usual(counts: Counter[str]) -> str:
    """The spelling that occurs most often; of equals, the one with fewer capitals."""
    return min(counts, key=lambda part: (-counts[part], sum(map(str.isupper, part)), part))


def _places(count: int) -> str:
    return "another place" if count == 1 else f"{count} places"


def _fix(path: str, tag: NameFact, name: str, *, sure: bool) -> Fix | None:
    """The usual spelling; `None` where a property's value is written so that the place of the name is not known."""
    around = len(tag.span) - len(tag.text)
    if not tag.in_frontmatter:
        span = Span(tag.span.start + 1, tag.span.end)
    elif around == 0:
        span = tag.span
    elif around == len('""'):
        span = Span(tag.span.start + 1, tag.span.end - 1)
    else:
        return None
    return Fix(
        f"write '{name}'",
        (Edit(path, span, name),),
        Applicability.SAFE if sure else Applicability.SUGGESTION,
        may_change=frozenset({Aspect.PROPERTIES if tag.in_frontmatter else Aspect.TAGS}),
        reason="" if sure else "either spelling may be the one that is meant",
    )
