"""Tags of the frontmatter that were written with a bare `#`, where YAML sees a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from vaultlint_rules.frontmatter._data import edited

from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.note.model import Span
from vaultlint.rule.fix import Edit
from vaultlint.schema.yaml_text import yaml_scalar

if TYPE_CHECKING:
    from vaultlint.note.note import Note


class Hashes(Struct, frozen=True):
    """Tags with `#`, and what they are without."""

    span: Span
    text: str


_TAG = r"[^\s!-,.:-@\[-^`{-~\u2000-\u206f\u2e00-\u2e7f]++"
_KEY = r"^tags?[ \t]*+:"
_END = r"[ \t]*+(?=\r?\n|\Z)"
_ONE_LINE = re.compile(rf"(?mi){_KEY}[ \t]++(#{_TAG}(?:[ \t]*+(?:,[ \t]*+)?#{_TAG})*+){_END}(?!\r?\n[ \t]*+-)")
_IN_BRACKETS = re.compile(
    rf"""(?mi){_KEY}[ \t]++(\[[ \t]*+(?:(?:\#?{_TAG}|"[^"\r\n,]*+"|'[^'\r\n,]*+')[ \t]*+(?:,[ \t]*+)?)*+\]){_END}"""
)
_LIST = re.compile(rf"(?mi){_KEY}[ \t]*+\r?\n((?:[ \t]*+-[^\r\n]*+(?:\r?\n|\Z))++)")
_ITEM = re.compile(rf"(?m)^[ \t]*+-[ \t]++(#{_TAG}){_END}")
_IN_QUOTES = re.compile(r"\"[^\"]*+\"|'[^']*+'")


def hash_lists(note: Note) -> list[Hashes]:
    """The places to mend; none where the properties could not be read after all of them were."""
    content = note.frontmatter.content_span
    if content is None or "#" not in (block := content.of(note.text)):
        return []
    found = [*_on_one_line(block, content.start), *_in_list(block, content.start)]
    if not found:
        return []
    after = read_frontmatter(edited(note, [Edit(note.path, each.span, each.text) for each in found]))
    return found if after.error is None else []


def _on_one_line(block: str, base: int) -> list[Hashes]:
    found: list[Hashes] = []
    for pattern in (_ONE_LINE, _IN_BRACKETS):
        for match in pattern.finditer(block):
            names = [name.removeprefix("#") for name in re.split(r"[\s,]+", match[1].strip("[] \t")) if name]
            if "#" in _IN_QUOTES.sub("", match[1]):
                written = [name if name[:1] in "\"'" else yaml_scalar(name) for name in names]
                text = written[0] if len(written) == 1 and match[1][0] != "[" else f"[{', '.join(written)}]"
                found.append(Hashes(Span(base + match.start(1), base + match.end(1)), text))
    return found


def _in_list(block: str, base: int) -> list[Hashes]:
    found: list[Hashes] = []
    for match in _LIST.finditer(block):
        for item in _ITEM.finditer(block, match.start(1), match.end(1)):
            found.append(Hashes(Span(base + item.start(1), base + item.end(1)), yaml_scalar(item[1][1:])))
    return found
