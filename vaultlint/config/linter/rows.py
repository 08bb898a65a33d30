"""What a row of the table says: one rule of the plug-in, and ours."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 - msgspec reads the types of a Struct
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from vaultlint.config.linter.given import Given  # noqa: TC001

Said: TypeAlias = dict[str, dict[str, Any]]
"""Our rule -> its options, as a config writes them; empty where the plug-in's rule does nothing as it is set."""

Verdict: TypeAlias = Literal["same", "better", "differs", "none"]


class Row(Struct, frozen=True):
    """One rule of the plug-in."""

    theirs: str
    """Its name in the plug-in's settings."""
    ours: tuple[str, ...]
    """The rules of ours that it becomes; none where there is no counterpart."""
    verdict: Verdict
    """`same` results, `better` ones, others that are meant (`differs`), or no counterpart (`none`)."""
    why: str = ""
    """What is otherwise, for people; empty with `same` alone."""
    read: Callable[[Given], Said] = lambda given: {}


def always(rule: str, **options: Any) -> Callable[[Given], Said]:
    """For a rule of the plug-in without options that bear on ours."""
    return lambda given: said(rule, **options)


def said(rule: str, **options: Any) -> Said:
    """One rule of ours with its options, underscores for hyphens."""
    return {rule: {key.replace("_", "-"): value for key, value in options.items()}}


PARTS: Said = (
    said(
        "blank-lines-around",
        headings_above="any",
        headings_below="any",
        code=False,
        tables=False,
        math=False,
        quotes=False,
        rules=False,
        paragraphs=False,
    )
    | said("emphasis-style", emphasis="any", strong="any", spaces=False)
    | said("frontmatter-blank-lines", edges="any", between="any", below="any")
    | said("list-marker-duplicate", characters=[])
    | said("blockquote-style", style="any", split=False)
    | said("list-blank-lines", between="any", around="any")
    | said("code-block-style", fence="any", indented="any", nested=False)
    | said("heading-start", indented=False, spaces=False, style="any", underlined=False)
    | said(
        "space-around-characters", before="", after="", fullwidth=False, cjk_punctuation=False, dashes=False, around=""
    )
)
"""Rules of ours that stand for several of the plug-in's: how the parts are set that none of these asks for."""
