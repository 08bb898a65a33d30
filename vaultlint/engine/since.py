"""Only what is new since a commit (`--since`): the findings of the vault, less those of a base in git."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from vaultlint.engine.base import Base
from vaultlint.engine.distance import folded_by_cause
from vaultlint.engine.judge import in_order
from vaultlint.engine.matching import new_findings
from vaultlint.engine.recent import RecentHistory
from vaultlint.engine.versions import Versions
from vaultlint.git.door import Git, GitError
from vaultlint.git.trees import commit, is_shallow, merge_base, object_format
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultlint.config.settings import Settings
    from vaultlint.engine.check import VaultRun
    from vaultlint.rule.finding import Diagnostic

_SHALLOW = "this clone is shallow: run 'git fetch --unshallow', or set 'fetch-depth: 0' where actions/checkout is used"


class Since:
    """What was wrong at a base is known."""

    def __init__(self, git: Git, ref: str, base: str, digest: str, notices: tuple[str, ...]) -> None:
        """`base` is the full id of the commit to compare with; see `of` for the rest."""
        self.commit = base
        self.digest = digest
        self._git = git
        self._ref = ref
        self._said = notices
        self._base: Base | None = None
        self._versions: Versions | None = None
        self._left_out = 0

    @classmethod
    def of(cls, settings: Settings, ref: str) -> Since:
        """Effect: asks git. Compare with the commit at which HEAD left `ref`: what is new is this branch's.

        Where they have no such commit, or HEAD is none, with `ref` itself. Raises `UserError`.
        """
        try:
            return cls._of(settings, ref)
        except GitError as error:
            raise UserError(f"--since {ref}: {error}") from error

    @classmethod
    def _of(cls, settings: Settings, ref: str) -> Since:
        git = Git.of(settings.root)
        if git is None:
            raise UserError(
                f"--since asks git, and '{settings.root}' is in no repository of git: --baseline works without git"
            )
        named = commit(git, ref)
        shallow = is_shallow(git)
        if named is None:
            raise UserError(f"--since {ref}: git knows no commit of that name{f'; {_SHALLOW}' if shallow else ''}")
        head = commit(git, "HEAD")
        base = merge_base(git, named, head) if head is not None else None
        if base is not None:
            said = "" if base == named else f" (where this branch left '{ref}')"
            notices: tuple[str, ...] = ()
        else:
            said = ""
            notices = (
                (f"no commit is known that both '{ref}' and this branch come from; {_SHALLOW}",) if shallow else ()
            )
        return cls(git, f"{(base or named)[:10]}{said}", base or named, object_format(git), notices)

    def begin(self, run: VaultRun) -> None:
        """Effect: asks git, the first time for all that changed since. What was renamed is history to the run."""
        with _said():
            if self._base is None:
                self._base = Base(self._git, self.commit, run)
            self._versions = Versions(self._base, run)
            recorded = run.index.history
            if isinstance(recorded, RecentHistory):
                recorded = recorded.recorded
            run.index.history = RecentHistory(recorded, self._versions)

    def new(self, diagnostics: Sequence[Diagnostic], run: VaultRun) -> tuple[Diagnostic, ...]:
        """Those that the base does not have. Effect: reads notes that changed."""
        if self._base is None or self._versions is None:
            raise ValueError("nothing is known before the comparison begins")
        with _said():
            new = new_findings(diagnostics, self._base.diagnostics, self._versions)
        self._left_out = len(diagnostics) - len(new)
        return new

    def told(self, diagnostics: Sequence[Diagnostic], run: VaultRun) -> tuple[Diagnostic, ...]:
        """With one finding in place of all that one change broke elsewhere, where that change was made."""
        if self._versions is None:
            return tuple(diagnostics)
        with _said():
            return in_order(folded_by_cause(diagnostics, self._versions))

    @property
    def notices(self) -> tuple[str, ...]:
        """What was compared with, and how much was known."""
        count = f"{self._left_out:,} known finding{'s are' if self._left_out != 1 else ' is'} left out"
        return (*self._said, f"compared with {self._ref}: {count}")


@contextmanager
def _said() -> Iterator[None]:
    """What git could not answer ends the run, in a line."""
    try:
        yield
    except GitError as error:
        raise UserError(f"--since asks git: {error}") from error
