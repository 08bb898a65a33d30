"""The notes of a vault beside what they were at a base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.engine.aligned import Aligned
from vaultlint.vault.headings import heading_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.engine.base import Base
    from vaultlint.engine.check import VaultRun
    from vaultlint.vault.facts import Facts, HeadingFact


class Versions:
    """Notes now and then, read when somebody asks for them; good until a note changes."""

    def __init__(self, base: Base, run: VaultRun) -> None:
        self.base = base
        self.run = run
        self.path_now = base.now
        """Path then -> path now; what is no more is not in it."""
        self.path_then = {now: then for then, now in base.now.items()}
        """Path now -> path then; what is new is not in it."""
        self._texts: dict[str, str | None] = {}
        self._aligned: dict[str, Aligned | None] = {}

    def load(self, paths: Iterable[str]) -> None:
        """Effect: asks git, once for all. Have at hand what the notes of these paths (of now) were."""
        changed = {path for path in paths if path in self.path_then and not self.is_unchanged(path)}
        self.base.load(sorted(self.path_then[path] for path in changed))

    def is_unchanged(self, path: str) -> bool:
        """Whether the note of this path is the same, to the byte, then and now."""
        note = self.run.examined.get(path)
        return note is not None and note is self.base.examined.get(path)

    def text(self, path: str) -> str | None:
        """Effect: reads a note. Its text now; `None` where it can't be had."""
        if path not in self._texts:
            self._texts[path] = self.run.text(path)
        return self._texts[path]

    def text_then(self, path: str) -> str | None:
        """Effect: asks git where nobody did. The text that a note of this path had then."""
        return self.base.text(path)

    def aligned(self, path: str) -> Aligned | None:
        """The note that has this path now, beside what it was; `None` where it is new, or can't be read."""
        if path not in self._aligned:
            then, now = self.path_then.get(path), self.text(path)
            text = self.text_then(then) if then is not None else None
            self._aligned[path] = None if now is None or text is None else Aligned(text, now)
        return self._aligned[path]

    def became(self, path: str, heading: HeadingFact, *, surely: bool = False) -> HeadingFact | None:
        """The heading that stands where the note `path` had one that is gone; `None` where it left no other.

        It is the only one of its level that came, where the old one is the only one that went, in lines that
        changed together. `surely`: there was no more in these lines.
        """
        aligned, then, now = self.aligned(path), self._facts_then(path), self.run.index.facts.get(path)
        hunk = aligned.hunk_then(heading.span) if aligned is not None else None
        if aligned is None or hunk is None or then is None or now is None:
            return None
        if surely and any(end - start != 1 for start, end in (aligned.hunks[hunk].then, aligned.hunks[hunk].now)):
            return None
        went = [one for one in then.headings if aligned.hunk_then(one.span) == hunk]
        came = [one for one in now.headings if aligned.hunk_now(one.span) == hunk]
        kept = {heading_key(one.text) for one in went} & {heading_key(one.text) for one in came}
        went, came = (
            [one for one in side if one.level == heading.level and heading_key(one.text) not in kept]
            for side in (went, came)
        )
        return came[0] if len(went) == len(came) == 1 and went[0] == heading else None

    def heading_then(self, path: str, text: str) -> HeadingFact | None:
        """The heading that a link to this text led to in the note that has this path now."""
        facts = self._facts_then(path)
        key = heading_key(text)
        return (
            next((one for one in facts.headings if heading_key(one.text) == key), None) if facts is not None else None
        )

    def _facts_then(self, path: str) -> Facts | None:
        then = self.path_then.get(path)
        return self.base.index.facts.get(then) if then is not None else None
