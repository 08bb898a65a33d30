"""A vault that is judged again and again while it changes: each time only what the changes can have touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.engine.check import no_gc
from vaultlint.engine.live_state import LiveState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vaultlint.config.settings import Settings
    from vaultlint.engine.cache.use import Cached
    from vaultlint.engine.known import Known
    from vaultlint.engine.values import Report


class LiveRun:
    """One vault, whose report is brought up to date as its files change.

    A report tells what a run over the vault would tell that begins then (`check_vault`), for the cost of what changed.
    """

    def __init__(
        self,
        load: Callable[[], Settings],
        paths: Iterable[str] | None = None,
        *,
        debug: bool = False,
        cached: Cached | None = None,
        known: Callable[[Settings], Known | None] | None = None,
    ) -> None:
        """`load` gives the settings, also when a config has changed; the rest is as in `check_vault`.

        `known` gives, for each report anew, what is left out of it; it may need no digest of notes.
        """
        self._load = load
        self._paths = None if paths is None else tuple(paths)
        self._debug = debug
        self._cached = cached
        self._known = known
        self._state: LiveState | None = None

    def check(self, jobs: int | None = 1, progress: Callable[[int, int], None] | None = None) -> Report:
        """Effect: reads the vault and its settings. The report, nothing of what is known being used.

        `jobs` and `progress` are as in `check_vault`. An update works in this process alone: who watches files has a
        thread for that, and then no process can be forked safely. Raises what `load` raises, and OSError where the
        vault can't be listed; then nothing is known.
        """
        self._state = None
        with no_gc():
            state = LiveState(self._load(), self._paths, debug=self._debug, cached=self._cached, known=self._known)
            state.begin(jobs, progress)
            self._state = state
            return state.report()

    def update(self, paths: Iterable[str] | None = None) -> Report:
        """Effect: reads what changed. The report as of now.

        `paths` are the files and folders that may have changed, vault-relative with `/`; `None`: nobody knows, so that
        all are looked at, but not read. A file that is named is read, whatever its time of change says. Raises as
        `check`, whose work is done where a config or the app's settings changed, or a new day has come.
        """
        state, self._state = self._state, None  # should anything be raised on the way
        if state is None:
            return self.check()
        with no_gc():
            if not state.update(None if paths is None else list(paths)):
                return self.check()
            self._state = state
            return state.report()
