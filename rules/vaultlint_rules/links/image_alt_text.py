"""Images without a word for those who can't see them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint.note.model import Wikilink
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_PICTURE = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp)\Z", re.IGNORECASE)
_SIZE = re.compile(r"\s*(?:\d+(?:x\d+)?)?\s*")
_PLAYER = re.compile(r"https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|twitter\.com|x\.com)(?:/|\Z)", re.IGNORECASE)
"""What the app shows as a player or a post, and not as an image (semantics 7.21)."""


@dataclass(frozen=True)
class Options:
    """Which images are judged."""

    embeds: Annotated[bool, "Judge `![[image.png]]` too, which has its alternative text behind the bar."] = True


class ImageAltText(NoteRule):
    """An image has no alternative text."""

    name = "image-alt-text"
    group = Group.LINKS
    severity = Severity.INFO
    in_plugin_notes = False
    Options = Options
    needs = frozenset({"embeds"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield images that show no word: a size is none."""
        for embed in note.embeds:
            if embed.in_comment:
                continue
            if isinstance(embed, Wikilink):
                if self.options.embeds and _PICTURE.search(embed.path) and _says_nothing(embed.alias or ""):
                    wanted = f"![[{_short(embed.target)}|what is to be seen{_sized(embed.alias)}]]"
                    message = f"the image '{embed.path}' has no alternative text"
                    yield self.find(embed.span, message, hint=f"write it behind the bar: {wanted}")
            elif _says_nothing(embed.text) and not _PLAYER.match(embed.destination):
                yield self.find(
                    embed.span,
                    f"the image '{_short(embed.destination)}' has no alternative text",
                    hint=f"write it between the brackets: ![what is to be seen{_sized(embed.text)}](...)",
                )


def _says_nothing(shown: str) -> bool:
    """Whether all parts between bars are sizes or empty."""
    return all(_SIZE.fullmatch(part) for part in shown.split("|"))


def _sized(shown: str | None) -> str:
    """The size behind a bar, which the words stand before."""
    sizes = [part.strip() for part in (shown or "").split("|") if part.strip()]
    return f"|{sizes[-1]}" if sizes else ""


def _short(path: str) -> str:
    return path if len(path) <= 60 else f"{path[:57]}..."
