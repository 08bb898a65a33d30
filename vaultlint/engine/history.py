"""What git knows of a vault's past, asked once somebody needs it and never before."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from vaultlint.engine.history_dates import DateHistory
    from vaultlint.engine.history_read import HeadingHistory, Read
    from vaultlint.git.door import Git
    from vaultlint.vault.files import FileTable
    from vaultlint.vault.history import Dates, Past, Went

_MOST_NOTES = 200
"""With broken links to headings of more notes than these, it is no renaming of headings that broke them."""


class GitHistory:
    """The past of one vault, as its git repository has it. Without one, nobody knows anything."""

    def __init__(self, root: Path, files: FileTable, commit: str = "HEAD") -> None:
        """`commit` is where the past ends, by name or id."""
        self._root = root
        self._files = files
        self._commit = commit
        self._headings: dict[str, HeadingHistory] | None = None
        self._state = ""
        """What the repository's files said of HEAD when git was first asked."""
        self.failed = False
        """Whether git could not tell what it was asked: another time it may, with the same commits."""

    @property
    def state(self) -> str | None:
        """Where HEAD was when git was first asked (`git.head.state_of`); `None` where it was not so far."""
        return self._state if "_known" in self.__dict__ else None

    @property
    def was_dated(self) -> bool:
        """Whether anybody wanted to know dates, which hang on more than HEAD."""
        return "_dated" in self.__dict__

    @property
    def partial(self) -> bool:
        """Effect: asks git. Whether the history was cut off by a shallow clone, and may know too little."""
        return self._read is not None and self._read.shallow

    def went(self, path: str, source: str) -> Went | None:
        """Effect: asks git at the first call; see `History`."""
        return self._past.went(path, source) if self._past is not None else None

    def heading(self, path: str, text: str, notes: Callable[[], Collection[str]]) -> str | None:
        """Effect: asks git at the first call; see `History`."""
        if self._headings is None:
            self._headings = self._read_headings(notes)
        return self._headings[path].became(text) if path in self._headings else None

    def dates(self, path: str, left_out: str = "") -> Dates | None:
        """Effect: asks git at the first call, and reads the file `left_out`; see `History`."""
        return self._dated.dates(path, left_out) if self._dated is not None else None

    def content_dates(
        self, paths: Collection[str], left_out: str, but_for: Callable[[str], bool]
    ) -> Mapping[str, Dates]:
        """Effect: asks git, and reads the file `left_out`; see `History`."""
        return self._dated.content_dates(paths, left_out, but_for) if self._dated is not None else {}

    def is_changed(self, path: str) -> bool:
        """Effect: reads the note; asks git at the first call; see `History`."""
        return self._dated.is_changed(path) if self._dated is not None else True

    def is_stale(self) -> bool:
        """Effect: looks at the files of the repository. Whether HEAD may be elsewhere than when git was asked."""
        from vaultlint.git.head import state_of

        return self.state not in (None, state_of(self._root))

    def again(self, files: FileTable) -> GitHistory:
        """The same past for other files, or to be asked of other notes; what hangs on the commit alone is shared."""
        history = GitHistory(self._root, files, self._commit)
        history.__dict__.update(
            {name: self.__dict__[name] for name in ("_known", "_read", "_state") if name in self.__dict__}
        )
        return history

    @property
    def notices(self) -> tuple[str, ...]:
        """What went wrong so far; see `History`."""
        dated = self.__dict__.get("_dated")  # asking is not to read anything
        return tuple(dated.notices) if dated is not None else ()

    def _read_headings(self, notes: Callable[[], Collection[str]]) -> dict[str, HeadingHistory]:
        from vaultlint.git.door import GitError

        if self._read is None:
            return {}
        asked = notes()
        if len(asked) > _MOST_NOTES:
            return {}
        try:
            return self._read.headings(asked)
        except (GitError, OSError):
            self.failed = True
            return {}

    @cached_property
    def _past(self) -> Past | None:
        return self._read.past(self._files) if self._read is not None else None

    @cached_property
    def _read(self) -> Read | None:
        from vaultlint.engine.history_read import Read
        from vaultlint.git.door import GitError

        try:
            return Read(*self._known) if self._known is not None else None
        except (GitError, OSError):  # a run is not to fail for want of a hint
            self.failed = True
            return None

    @cached_property
    def _dated(self) -> DateHistory | None:
        from vaultlint.engine.history_dates import DateHistory

        return DateHistory(*self._known, self._files) if self._known is not None else None

    @cached_property
    def _known(self) -> tuple[Git, str] | None:
        """The repository, and the id of the commit; `None` where there is none of them."""
        from vaultlint.git.door import Git, GitError
        from vaultlint.git.head import state_of
        from vaultlint.git.trees import commit

        self._state = state_of(self._root)
        try:
            git = Git.of(self._root)
            found = commit(git, self._commit) if git is not None else None
            return (git, found) if git is not None and found is not None else None
        except (GitError, OSError):
            self.failed = True
            return None
