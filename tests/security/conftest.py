"""The real command, on a vault of a stranger."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Ran = subprocess.CompletedProcess[bytes]
Run = Callable[..., Ran]
Build = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def vault(made_vault: Build) -> Build:
    """Makes a vault of these files."""
    return made_vault


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command in a folder, bounded in time; the user's own folders are the test's."""
    own = {name: str(tmp_path / "user" / name) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}

    def call(folder: Path, *words: str | Path, limit: int = 0, **variables: str) -> Ran:
        def bound() -> None:
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

        return subprocess.run(
            [sys.executable, "-P", "-m", "vaultlint", *map(str, words)],
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=100,
            env={**os.environ, **own, "LOCALAPPDATA": str(tmp_path / "user"), **variables},
            preexec_fn=bound if limit else None,
        )

    return call
