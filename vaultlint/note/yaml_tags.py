"""Tags of a block of YAML: what a handle stands for, and which tags are refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from vaultlint.note.yaml_props import YamlFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.note.yaml_tokens import Token

_PARTS = re.compile(r"(.*!)([^!]*)", re.DOTALL)
_VERSION = re.compile(r"[0-9]+\.[0-9]+")


class Tags:
    """What the directives of a block say of its tags. Raises `YamlFault` where a directive cannot be read."""

    def __init__(self, text: str, directives: Sequence[Token]) -> None:
        self._prefixes = {"!!": "tag:yaml.org,2002:"}
        for place in directives:
            name, *parts = re.split(r"[ \t]+", text[place.start : place.end].strip())
            if name == "%TAG":
                if len(parts) != 2:
                    raise YamlFault("directive", place.start, place.end)
                self._prefixes[parts[0]] = parts[1]
            elif name == "%YAML" and (len(parts) != 1 or not _VERSION.fullmatch(parts[0])):
                raise YamlFault("directive", place.start, place.end)

    def name(self, written: str, start: int) -> str:
        """The full name of a tag that stands at `start`. Raises `YamlFault` where it has none."""
        if written == "!":
            return written
        if written.startswith("!<"):
            if not written.endswith(">") or written in ("!<!>", "!<!!>"):
                raise YamlFault("tag", start)
            return written[2:-1]
        parts = _PARTS.fullmatch(written)
        if parts is None or not parts[2]:
            raise YamlFault("tag", start)
        prefix = self._prefixes.get(parts[1])
        if prefix:
            try:
                return prefix + unquote_to_bytes(parts[2]).decode()
            except UnicodeDecodeError:
                raise YamlFault("tag", start) from None
        if parts[1] != "!":
            raise YamlFault("tag", start)
        return written
