"""The property `changes` of a rule's note: what a vault owner is told that its fixes may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.rule.fix import Aspect, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.rule.fix import Fix


def misread(declared: object, *, fixes: bool) -> Iterator[str]:
    """What is wrong with the property as it is written; `fixes`: whether the rule has any."""
    if not fixes:
        if declared is not None:
            yield "the property 'changes' should not be there, for the rule has no fix"
    elif declared != Kind.LAYOUT.value and not _is_list(declared):
        order = ", ".join(one.value for one in Aspect)
        yield f"the property 'changes' should be layout, or a list of some of these in this order: {order}"


def broken(declared: object, fixes: Iterable[Fix], *, more: bool) -> Iterator[str]:
    """Where fixes may change what the property does not name, and where it names what none of them may change.

    `more`: whether the rule has fixes that are not among these, so that the property may name more.
    """
    named = frozenset(map(Aspect, declared)) if isinstance(declared, list) else frozenset()
    licences: dict[Aspect, str] = {}
    """Each aspect with the title of the first fix that may change it."""
    for fix in fixes:
        if fix.kind is Kind.LAYOUT:  # which changes nothing that anybody could name
            continue
        if not fix.may_change:
            yield f"the fix '{fix.title}' is one of content and names nothing that it may change"
        for aspect in fix.may_change:
            licences.setdefault(aspect, fix.title)
    for aspect in Aspect:
        if aspect in licences and aspect not in named:
            yield f"the property 'changes' should name {aspect.value}: the fix '{licences[aspect]}' may change that"
        if aspect in named and aspect not in licences and not more:
            yield f"the property 'changes' should not name {aspect.value}: no fix of the examples may change that"


def _is_list(declared: object) -> bool:
    """Whether it is a list of aspects, each once, in the order of `Aspect`."""
    if not isinstance(declared, list) or not declared:
        return False
    return declared == [one.value for one in Aspect if one.value in declared]
