"""A linter that knows what does its work: for scripts that check more than once, or on a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.engine import library

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Executor

    from vaultlint.engine.library import Place
    from vaultlint.engine.values import FixResult, Report


class Linter(Struct, frozen=True, kw_only=True):
    """Checks, mends and tidies vaults as the functions of these names do, all with one executor.

    ```python
    linter = vaultlint.Linter(executor=client.get_executor())
    report = linter.check("s3://archive/vault")
    ```
    """

    jobs: int | None = 1
    """How many processes of its own to use where there is no executor; `None`: as many as serve."""
    executor: Executor | None = None
    """What does the work: of `concurrent.futures`, or of a Dask client. It is the caller's to shut down."""

    def check(
        self,
        path: Place,
        *,
        paths: Iterable[Place] | None = None,
        since: str | None = None,
        baseline: Place | None = None,
    ) -> Report:
        """Effect: reads a vault. As `vaultlint.check`."""
        return library.check(path, paths=paths, since=since, baseline=baseline, jobs=self.jobs, executor=self.executor)

    def fix(
        self,
        path: Place,
        *,
        unsafe: bool = False,
        write: bool = True,
        paths: Iterable[Place] | None = None,
        since: str | None = None,
        baseline: Place | None = None,
    ) -> FixResult:
        """Effect: changes notes. As `vaultlint.fix`."""
        return library.fix(
            path,
            unsafe=unsafe,
            write=write,
            paths=paths,
            since=since,
            baseline=baseline,
            jobs=self.jobs,
            executor=self.executor,
        )

    def format(self, path: Place, *, write: bool = True, paths: Iterable[Place] | None = None) -> FixResult:
        """Effect: changes notes. As `vaultlint.format`."""
        return library.format(path, write=write, paths=paths, jobs=self.jobs, executor=self.executor)
