"""What several parts of the tests share: the folder of test data, and its vaults unpacked once."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test data that stays outside the project."""
    folder = (PROJECT / os.environ.get("VAULTLINT_SHARED", "../shared")).resolve()
    if not folder.is_dir():
        pytest.skip("the shared test data is not there (VAULTLINT_SHARED)")
    return folder


@pytest.fixture(scope="session")
def corpus(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A vault of the test data by the name of its archive, unpacked at first use; not to be written to."""
    unpacked: dict[str, Path] = {}

    def unpack(name: str) -> Path:
        if name not in unpacked:
            archive = next(shared.glob(f"*/{name}.tar.xz"))
            folder = tmp_path_factory.mktemp("corpus")
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
            unpacked[name] = folder / name
        return unpacked[name]

    return unpack


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped, also where it is none."""
    terminalreporter.write_line(f"skipped: {len(terminalreporter.stats.get('skipped', []))}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With VAULTLINT_NO_SKIPS set, a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("VAULTLINT_NO_SKIPS") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
