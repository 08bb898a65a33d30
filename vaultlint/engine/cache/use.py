"""How a run uses what earlier runs saw, and leaves what it saw to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.engine.cache.look import Look  # noqa: TC001  msgspec reads the annotations
from vaultlint.engine.cache.notes import NoteCache
from vaultlint.engine.cache.stamps import DIGEST
from vaultlint.engine.cache.surroundings import surroundings_of
from vaultlint.engine.history import GitHistory
from vaultlint.rule.meta import NOTE_TOO_LARGE, RULE_CRASHED

if TYPE_CHECKING:
    from vaultlint.config.settings import Settings
    from vaultlint.engine.cache.runs import RunCache
    from vaultlint.engine.check import VaultRun
    from vaultlint.engine.values import Report
    from vaultlint.engine.wire import Examined


class Cached(Struct, frozen=True):
    """That what an earlier run saw may be used, and kept for the next."""

    asked: tuple[str, ...] = ()
    """What the call says of rules, beside the config."""
    by_content: bool = False
    """Whether to trust no time of a file, and read every note to see whether it is the same."""
    look: Look | None = None
    """What was seen of the vault a moment ago, if it was looked at."""
    configs: tuple[tuple[str, bytes], ...] | None = None
    """The files that the settings came from, with digests as of then (`surroundings.configs_of`); `None`: as of now."""


def note_cache(cached: Cached, settings: Settings, look: Look, digest: str) -> NoteCache | None:
    """Effect: looks at files. The notes that a run need not read; `None` where nobody can know.

    So it is with the vault's own code, which may read what it likes, and where a run needs another `digest` of notes.
    """
    if digest not in ("", DIGEST):
        return None
    under = surroundings_of(settings, look.settings, cached.asked, cached.configs)
    if under is None:
        return None
    return NoteCache(str(settings.root), under, look.stamps, by_content=cached.by_content)


def keep(run: VaultRun, report: Report, runs: RunCache) -> None:
    """Effect: writes the cache. Keep what a run told, as far as it can be known what it hangs on."""
    history = run.index.history
    if run.cache is None or not isinstance(history, GitHistory):
        return
    if history.was_dated or history.failed or any(found.rule == RULE_CRASHED for found in report.diagnostics):
        return
    if any(_may_pass(run.examined[path]) for path in run.files.notes if path not in run.unread):
        return
    runs.keep(
        report,
        under=run.cache.under,
        git=history.state,
        files=run.files,
        stamps=run.cache.stamps,
        digests=[run.examined[path].digest for path in run.files.notes],
        max_note_size=run.settings.max_note_size,
        fail_on=run.settings.fail_on,
    )


def _may_pass(note: Examined) -> bool:
    """Whether the same note may be told of in another way next time, for it could not be read, or a rule failed.

    Another program may have it open, or memory was short. That one is too large, its size will say again.
    """
    rules = [found.rule for found in note.found]
    return RULE_CRASHED in rules or (not note.digest and NOTE_TOO_LARGE not in rules)
