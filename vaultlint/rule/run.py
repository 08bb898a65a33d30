"""What a run did, for rules that judge the run itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultlint.vault.facts import Suppression


class Run(Struct, frozen=True):
    """What the run's suppressions hid."""

    suppressions: Mapping[str, tuple[Suppression, ...]]
    """Note path -> its suppressions, in order."""
    used: Mapping[str, frozenset[tuple[int, str]]]
    """Note path -> pairs of a suppression's place in the list above and the rule whose finding it hid."""
    judged: frozenset[str]
    """The rules that ran: a suppression of any other can't be called unused."""
    known: frozenset[str]
    """Every rule that exists, and what the engine itself finds."""
    old_names: Mapping[str, str] = field(default_factory=dict)
    """Names that rules had before -> the names they have now."""
    narrowed: bool = False
    """Whether flags left rules out: a suppression of all rules can't be called unused then."""
