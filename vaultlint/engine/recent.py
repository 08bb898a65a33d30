"""What changed since a base, as a part of the vault's past: what git has not recorded yet can be mended, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.vault.history import Went

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from vaultlint.engine.versions import Versions
    from vaultlint.vault.history import Dates, History


class RecentHistory:
    """A history with what a base adds to it: a `History`. Of two answers, the sure one; else the recorded."""

    def __init__(self, recorded: History, versions: Versions) -> None:
        self.recorded = recorded
        self._versions = versions

    def went(self, path: str, source: str) -> Went | None:
        """As in `History`."""
        recent, recorded = self._went(path, source), self.recorded.went(path, source)
        return recent if recorded is None or (recent is not None and recent.sure) else recorded

    def heading(self, path: str, text: str, notes: Callable[[], Collection[str]]) -> str | None:
        """As in `History`."""
        then = self._versions.heading_then(path, text)
        now = self._versions.became(path, then, surely=True) if then is not None else None
        return now.text if now is not None else self.recorded.heading(path, text, notes)

    @property
    def notices(self) -> tuple[str, ...]:
        """As in `History`."""
        return self.recorded.notices

    def dates(self, path: str, left_out: str = "") -> Dates | None:
        """As in `History`: dates are recorded, or there are none."""
        return self.recorded.dates(path, left_out)

    def content_dates(
        self, paths: Collection[str], left_out: str, but_for: Callable[[str], bool]
    ) -> Mapping[str, Dates]:
        """As in `History`."""
        return self.recorded.content_dates(paths, left_out, but_for)

    def is_changed(self, path: str) -> bool:
        """As in `History`."""
        return self.recorded.is_changed(path)

    def _went(self, path: str, source: str) -> Went | None:
        base = self._versions.base
        found = base.index.resolver.find(path, self._versions.path_then.get(source, source))
        went = base.renames.get(found.path) if found.path is not None else None
        if went is not None and found.candidates:
            return Went(went.path, f"{len(found.candidates)} files had this name")
        return went
