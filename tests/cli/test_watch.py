"""`vaultlint check --watch`: the real command over real files, which a test changes as people and programs do."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from vaultlint.cli.watch import _watcher
from vaultlint.rule.errors import UserError

pytestmark = pytest.mark.xdist_group("watch")

PATIENCE = 60.0
"""Seconds; nothing here takes one, on a machine that has nothing else to do."""

END = re.compile(r"[\d,]+ findings? at \d\d:\d\d:\d\d|Not checked at")


class Watching:
    """A vault that is watched, and what is told of it."""

    def __init__(self, root: Path, *words: str) -> None:
        self.root = root
        self._process = subprocess.Popen(
            [sys.executable, "-m", "vaultlint", "check", "--watch", "--output-format", "concise", *words],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))

    def told(self) -> list[str]:
        """The next report: its findings, and the line that ends it."""
        found = []
        while True:
            line = self._lines.get(timeout=PATIENCE)
            found.append(line)
            if END.match(line):
                return found

    def until(self, holds: Callable[[list[str]], bool]) -> list[str]:
        """The first report of which something holds: a change may be told in two steps."""
        while True:
            try:
                found = self.told()
            except Empty:
                raise AssertionError("it was never told") from None
            if holds(found):
                return found

    def interrupt(self) -> int:
        """Press Ctrl-C. The exit status."""
        self._process.send_signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT))
        return self._process.wait(PATIENCE)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    """Watches a vault of some notes, until the test is over."""
    started: list[Watching] = []

    def begin(notes: dict[str, str], *words: str) -> Watching:
        root = tmp_path / "vault"
        (root / ".obsidian").mkdir(parents=True, exist_ok=True)
        for path, text in notes.items():
            write(root / path, text)
        started.append(Watching(root, *words))
        return started[-1]

    yield begin
    for one in started:
        one.kill()


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def save(file: Path, text: str) -> None:
    """As most editors do: a file of another name takes the place of the old one."""
    beside = file.with_name(f".{file.name}.tmp~")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def has(*parts: str) -> Callable[[list[str]], bool]:
    return lambda found: all(any(part in line for line in found) for part in parts)


def clear(found: list[str]) -> bool:
    return found[-1].startswith("0 findings")


def test_a_day_with_a_vault(watch: Callable[..., Watching]) -> None:
    """What is wrong is told at the start and after each change, be it of a note, of names, settings or the config."""
    seen = watch({"a.md": "[[b]]", "b.md": "# One\n"})
    assert clear(seen.told())
    root = seen.root

    write(root / "a.md", "[[b#Two]]")
    seen.until(has("'b' has no heading 'Two'"))

    save(root / "b.md", "# Two\n")
    seen.until(clear)

    write(root / "a.md", "[[b#Two]] [[b#Three]]")
    found = seen.until(has("'b' has no heading 'Three'"))
    assert re.fullmatch(r"1 finding at [\d:]+, \d+ ms after a change of 'a.md'\. Watching for changes; .*", found[-1])
    write(root / "a.md", "[[b#Two]]")
    seen.until(clear)

    (root / "b.md").rename(root / "c.md")
    seen.until(has("no file named 'b'"))

    write(root / "new folder/b.md", "# Two\n")
    seen.until(clear)

    (root / "new folder").rename(root / "old folder")
    write(root / "a.md", "[[old folder/b]] [[new folder/b]]")
    seen.until(has("1 finding", "'new folder/b'"))

    write(root / "b (conflicted copy 2026-11-28).md", "# Two\n")
    seen.until(has("2 findings", "synchronizing left behind"))

    write(root / "vaultlint.toml", 'exclude = ["a.md"]\n')
    seen.until(has("1 finding "))

    write(root / "vaultlint.toml", "exclude = [\n")
    seen.until(has("vaultlint.toml:", "Not checked at"))

    write(root / "vaultlint.toml", "")
    seen.until(has("2 findings"))

    write(root / ".obsidian/app.json", '{"userIgnoreFilters": ["b (conflicted"]}')
    seen.until(has("1 finding "))


def test_a_burst(watch: Callable[..., Watching]) -> None:
    """Thousands of files that come or go at once, as with another branch, are all seen."""
    seen = watch({"Home.md": ""})
    seen.told()

    for number in range(2000):
        write(seen.root / f"{number % 20}/{number}.md", "[[nowhere]]\n")
    seen.until(has("2,000 findings", "Checked 2,001 notes"))

    for number in range(2000):
        write(seen.root / f"{number % 20}/{number}.md", "[[Home]]\n")
    seen.until(clear)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-Break ends a process there, and Ctrl-C reaches its parent, too")
def test_ctrl_c(watch: Callable[..., Watching]) -> None:
    """Ctrl-C ends it with 130, as it ends any run."""
    seen = watch({"a.md": ""})
    seen.told()

    assert 130 == seen.interrupt()


@pytest.mark.parametrize(
    "flag", ["--fix", "--diff", "--since=HEAD", "--show-files", "--output=json=x", "--scheduler=tcp://x"]
)
def test_what_can_not_be_watched(flag: str, tmp_path: Path) -> None:
    """It tells what is wrong, and does nothing else."""
    words = [sys.executable, "-m", "vaultlint", "check", "--watch", *flag.split()]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False)

    assert 2 == done.returncode
    assert f"can't be had with {flag.replace('=', ' ').split()[0]}" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of POSIX")
def test_a_terminal_is_emptied_before_each_report(tmp_path: Path) -> None:
    """Whoever looks at a terminal sees the last report alone; in a pipe they follow each other."""
    import pty

    (tmp_path / ".obsidian").mkdir()
    write(tmp_path / "a.md", "")
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "vaultlint", "check", "--watch"]
    process = subprocess.Popen(words, cwd=tmp_path, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    seen = ""
    try:
        while seen.count("Watching for changes") < 2:
            seen += os.read(ours, 1 << 16).decode()
            write(tmp_path / "a.md", "[[nowhere]]" if "Watching" in seen else "")
    finally:
        process.kill()
        process.wait(PATIENCE)
        os.close(ours)

    first, second = seen.split("\x1b[2J")[1:3]
    assert "All clear" in first
    assert "nowhere" in second


def test_a_config_elsewhere(watch: Callable[..., Watching], tmp_path: Path) -> None:
    """A config that lies outside of the vault is watched, too."""
    config = tmp_path / "elsewhere.toml"
    write(config, "")
    seen = watch({"a.md": "[[nowhere]]"}, "--config", str(config))
    assert has("1 finding ")(seen.told())

    write(config, '[rules]\nunresolved-link = "off"\n')
    seen.until(clear)


def test_a_config_that_is_replaced(watch: Callable[..., Watching], tmp_path: Path) -> None:
    """Editors put a new file in the place of the old one, again and again."""
    config = tmp_path / "elsewhere.toml"
    write(config, "")
    seen = watch({"a.md": "[[nowhere]]"}, "--config", str(config))
    seen.told()

    for level, holds in (("off", clear), ("info", has(" info ")), ("error", has(" error "))):
        write(tmp_path / "new", f'[rules]\nunresolved-link = "{level}"\n')
        (tmp_path / "new").replace(config)
        seen.until(holds)


def test_a_hidden_schema(watch: Callable[..., Watching]) -> None:
    """A schema is heeded wherever the config says that it lies."""
    config = '[[schema]]\nmatch = "*"\njson-schema = "deep/.schemas/note.json"\n'
    schema = {"vaultlint.toml": config, "deep/.schemas/note.json": '{"required": ["title"]}'}
    seen = watch({"a.md": "---\ntitle: A\n---\n", **schema})
    assert clear(seen.told())

    write(seen.root / "deep" / ".schemas" / "note.json", '{"required": ["author"]}')
    seen.until(has("'author'"))


@pytest.mark.skipif(sys.platform == "win32", reason="there, nobody moves a folder that is watched")
def test_a_vault_that_is_gone(watch: Callable[..., Watching], tmp_path: Path) -> None:
    """What is wrong in a vault is not told once it is elsewhere."""
    seen = watch({"a.md": "[[nowhere]]"})
    seen.told()
    write(seen.root / "a.md", "")
    seen.until(clear)

    seen.root.rename(tmp_path / "moved")
    found = seen.until(lambda found: found[-1].startswith("Not checked at"))
    assert "can't be read" in found[-2]
    assert "Errno" not in found[-2]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, nothing is open for what is watched")
def test_what_the_system_can_not_watch(tmp_path: Path) -> None:
    """Where it allows no more to be watched, that is said in a line, with what may help."""
    import resource

    changes = _watcher()(str(tmp_path))
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, most))
    try:
        with pytest.raises(UserError, match=r"can't watch .*without --watch"):
            next(changes)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (least, most))


def test_only_what_a_baseline_does_not_know(watch: Callable[..., Watching], tmp_path: Path) -> None:
    """With a baseline, what it knows is not told, however often the vault changes."""
    for file, text in {"vault/.obsidian/app.json": "{}", "vault/a.md": "[[old]]"}.items():
        write(tmp_path / file, text)
    subprocess.run(
        [sys.executable, "-m", "vaultlint", "baseline"], cwd=tmp_path / "vault", check=True, timeout=PATIENCE
    )
    seen = watch({}, "--baseline", "vaultlint-baseline.json")
    assert clear(seen.told())

    write(seen.root / "a.md", "[[old]] [[new]]")
    found = seen.until(has("'new'"))
    assert found[-1].startswith("1 finding ")

    write(seen.root / "a.md", "[[old]]")
    seen.until(clear)
