"""What several parts of the tests share: the folder of test data, and its vaults unpacked once."""

from __future__ import annotations

import os
import signal
import subprocess
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

# Laws say what holds, not how long it takes. In CI the same notes are generated each time: a find there would hold up
# a change that has nothing to do with it.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

PROJECT = Path(__file__).parent.parent


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No cache of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


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


class Repository:
    """A git repository that a test makes, deaf to the settings of the machine."""

    def __init__(self, top: Path) -> None:
        self.top = top

    def git(self, *words: str, given: bytes = b"") -> str:
        """Effect: runs git as anybody would, in the top folder. What it prints; a failure fails the test."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_TERMINAL_PROMPT": "0"}
        names = ("user.name=Somebody", "user.email=somebody@example.com", "core.autocrlf=false", "gc.auto=0")
        settings = [word for name in names for word in ("-c", name)]
        done = subprocess.run(
            ["git", *settings, *words], cwd=self.top, input=given, capture_output=True, env=kept | quiet, check=False
        )
        assert 0 == done.returncode, done.stderr.decode()
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Effect: writes files, path -> content."""
        for path, content in files.items():
            file = self.top / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: Mapping[str, str | bytes] | None = None, message: str = "A change") -> str:
        """Effect: writes files and commits all that is there. The commit's id."""
        self.write(files or {})
        self.git("add", "--all", ".")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def move(self, old: str, new: str) -> None:
        """Effect: renames a file as `git mv` does, folders made."""
        (self.top / new).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", old, new)


@pytest.fixture
def new_repository(tmp_path: Path) -> Callable[..., Repository]:
    """Make an empty repository in a folder of `tmp_path`; further words go to `git init`."""

    def make(name: str = "repository", *words: str) -> Repository:
        repository = Repository(tmp_path / name)
        repository.top.mkdir(parents=True)
        repository.git("init", "--quiet", "--initial-branch=main", *words)
        return repository

    return make


def pytest_configure() -> None:
    """Effect: lets Ctrl-C end what the tests start, also where a shell began them behind `&` and ignores it there."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def made_vault(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Makes a vault of these files, with `.obsidian`."""

    def build(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "Vault"
        (root / ".obsidian").mkdir(parents=True)
        for name, content in files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return build


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped, also where it is none."""
    terminalreporter.write_line(f"skipped: {len(terminalreporter.stats.get('skipped', []))}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With VAULTLINT_NO_SKIPS set, a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("VAULTLINT_NO_SKIPS") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
