"""What a block of properties says, read by PyYAML as it is: apart from vaultlint's own reading of properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Said(NamedTuple):
    """One thing that the block says."""

    comment: bool
    key: tuple[str, ...]
    """What it is, and what is written; how (quotes, flow or block, indentation) is no part of it."""


_COMMENT = re.compile(r"(?:(?<=\s)|^)#.*")
_NO_TEXT = re.compile(
    r"""~|null|true|false|
    [-+]?(?:0o[0-7]+|0x[0-9a-f]+|(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?|\.inf)|\.nan|""",
    re.IGNORECASE | re.VERBOSE,
)
"""What is no text in the core schema of YAML 1.2 where it stands without quotes."""


def said_in(block: str) -> tuple[Said, ...]:
    """The properties of a block in their order, with its comments where they stand.

    A block that PyYAML does not read says its very text, and what looks like comments. A block is to be in bounds: see
    `note/frontmatter.py`.
    """
    import yaml

    try:
        return tuple(_events(block))
    except (yaml.YAMLError, ValueError):
        comments = (Said(True, (comment.rstrip(),)) for comment in _COMMENT.findall(block))
        return (*comments, Said(False, ("text", block)))


def _events(block: str) -> Iterator[Said]:
    """Events, not values: with many references to one anchor, values have no bound."""
    import yaml

    end = 0
    events: Iterator[Any] = yaml.parse(block, Loader=yaml.CSafeLoader)
    for event in events:
        start = event.start_mark.index
        for comment in _COMMENT.findall(block[end:start]):
            yield Said(True, (comment.rstrip(),))
        end = max(end, event.end_mark.index)
        said = _said(event)
        if said:
            yield Said(False, said)
    for comment in _COMMENT.findall(block[end:]):
        yield Said(True, (comment.rstrip(),))


def _said(event: Any) -> tuple[str, ...]:
    import yaml

    match event:
        case yaml.ScalarEvent():
            plain = event.implicit[0] and _NO_TEXT.fullmatch(event.value)
            return ("value" if plain else "text", event.value, event.anchor or "", event.tag or "")
        case yaml.AliasEvent():
            return ("alias", str(event.anchor))
        case yaml.CollectionStartEvent():
            return (type(event).__name__, event.anchor or "", event.tag or "")
        case yaml.CollectionEndEvent():
            return (type(event).__name__,)
        case _:
            return ()
