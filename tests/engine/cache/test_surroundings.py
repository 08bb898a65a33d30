"""What a run hangs on beside the notes: when any of it changes, nothing old is told."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from vaultlint.__main__ import main
from vaultlint.cli import check as cli_check
from vaultlint.engine.cache import folder
from vaultlint.engine.cache.look import Look
from vaultlint.engine.cache.runs import RunCache
from vaultlint.engine.cache.surroundings import digest_of_program
from vaultlint.engine.reader import NoteReader
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from conftest import Repository

    from vaultlint.cli.places import Vault

Change = Callable[[Path], object]
Tell = Callable[..., str]

CONFIG = """\
extend = "base.toml"

[rules]
unresolved-link = "error"
callout-type = "on"

[[schema]]
match = "*"
json-schema = "note.json"
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A vault with all that a run can hang on, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "Vault"
    (root / ".obsidian" / "snippets").mkdir(parents=True)
    for name, text in {
        "Home.md": "---\ntitle: Home\ndate: 2026-01-01\n---\n[[Nothing]] [[Other#Here]]\n\n> [!odd] x\n",
        "Other.md": "# There\n",
        "vaultlint.toml": CONFIG,
        "base.toml": '[rules]\nunresolved-heading = "info"\n',
        "note.json": '{"required": ["title"]}',
        ".obsidian/app.json": "{}",
        ".obsidian/appearance.json": '{"enabledCssSnippets": ["calls"]}',
        ".obsidian/snippets/calls.css": "",
    }.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Calls `vaultlint check`; what it prints."""

    def tell(*words: str | Path) -> str:
        capsys.readouterr()
        main(["check", *map(str, words)])
        return "".join(capsys.readouterr())

    return tell


@pytest.fixture
def told_again(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each run so far whether it was told again."""
    told: list[bool] = []
    again = RunCache.again

    def watched(cache: RunCache, look: Look) -> object:
        found = again(cache, look)
        told.append(found is not None)
        return found

    monkeypatch.setattr(RunCache, "again", watched)
    return told


def rewrite(name: str, old: str, new: str) -> Change:
    """One word of a file becomes another; the vault has the same files as before."""

    def change(root: Path) -> None:
        file = root / name
        text = file.read_text(encoding="utf-8")
        assert old in text or not old
        file.write_text(text.replace(old, new) if old else new, encoding="utf-8")

    return change


def test_nothing_changed(root: Path, tell: Tell, told_again: list[bool]) -> None:
    """The same is told, and only the first run has to look for it."""
    first = tell(root)

    assert [tell(root), tell(root)] == [first, first]
    assert told_again == [False, True, True]


@pytest.mark.parametrize(
    "change",
    [
        rewrite("Home.md", "Nothing", "Nowhere"),
        rewrite("Other.md", "There", "Here"),
        rewrite("vaultlint.toml", '"error"', '"info"'),
        rewrite("base.toml", '"info"', '"error"'),
        rewrite("note.json", "title", "tidle"),
        rewrite(".obsidian/app.json", "{}", '{"userIgnoreFilters": ["Home"]}'),
        rewrite(".obsidian/snippets/calls.css", "", "[data-callout=odd] {}"),
        lambda root: (root / "Nothing.md").write_text("", encoding="utf-8"),
        lambda root: (root / "Other.md").rename(root / "Nothing.md"),
        lambda root: (root / "Nothing.png").write_bytes(b""),
        lambda root: (root / "Other.md").unlink(),
    ],
)
def test_change(root: Path, tell: Tell, told_again: list[bool], change: Change) -> None:
    """A change of anything that a run hangs on is seen, and what is then told is what a run without a cache tells."""
    first = tell(root)
    change(root)

    second = tell(root)

    assert told_again == [False, False]
    assert second == tell(root, "--no-cache")
    assert second != first


@pytest.mark.parametrize(
    "words",
    [
        ("--ignore", "unresolved-link"),
        ("--select", "unresolved-link"),
        ("--extend-select", "all"),
        ("--output-format", "concise"),
        ("--statistics",),
        ("--quiet",),
    ],
)
def test_another_call(root: Path, tell: Tell, words: tuple[str, ...]) -> None:
    """A call in other words is another call, in whichever order they come."""
    plain = tell(root)

    assert tell(root, *words) == tell(root, *words) == tell(root, *words, "--no-cache")
    assert tell(root) == plain


def test_config_from_another_folder(root: Path, tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two configs may go by one name, each from its own folder."""
    for place, level in (("one", "error"), ("other", "off")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "own.toml").write_text(f'[rules]\nunresolved-link = "{level}"\n', encoding="utf-8")
        monkeypatch.chdir(tmp_path / place)
        assert tell("--config", "own.toml", root) == tell("--config", "own.toml", root, "--no-cache")


def test_one_note(root: Path, tell: Tell) -> None:
    """So is one for some notes only; it leaves a cache that serves for all."""
    assert tell(root / "Other.md") == tell(root / "Other.md", "--no-cache")
    assert tell(root) == tell(root, "--no-cache")
    assert tell(root / "Home.md") == tell(root / "Home.md", "--no-cache")


def test_exit_status(root: Path) -> None:
    """What is told again ends as it did; the flag outranks the config then, too."""
    calls = [[], [], ["--fail-on", "never"], ["--fail-on", "never"], []]

    assert [main(["check", str(root), *words]) for words in calls] == [1, 1, 0, 0, 1]


def test_touched(root: Path, tell: Tell, told_again: list[bool]) -> None:
    """A note that was saved and is the same changes nothing."""
    first = tell(root)
    os.utime(root / "Home.md", (1, 1))

    assert tell(root) == first
    assert told_again == [False, True]


def test_one_tick(root: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch, told_again: list[bool]) -> None:
    """Two writes may fall into one tick of a disk's clock: then the content decides, for all that is cached."""
    tick = time.time_ns()
    same = SimpleNamespace(st_size=1, st_mtime_ns=tick, st_ino=1, st_ctime_ns=tick)
    monkeypatch.setattr("vaultlint.engine.cache.stamps.os", SimpleNamespace(stat=lambda *_, **__: same))
    brief = ("--output-format", "concise", root)
    tell(*brief)
    rewrite("Home.md", "Nothing", "Nowhere")(root)

    assert "Nowhere" in tell(*brief)
    rewrite("Home.md", "Nowhere", "Nothing")(root)
    assert "Nothing" in tell(*brief, "--quiet")
    assert told_again == [False, False, False]


def test_by_content(root: Path, tell: Tell, told_again: list[bool]) -> None:
    """With `--cache-key content`, times may say what they like."""
    first = tell(root, "--cache-key", "content")
    for note in root.glob("*.md"):
        note.write_bytes(note.read_bytes())

    assert tell(root, "--cache-key", "content") == first
    rewrite("Home.md", "Nothing", "Nowhere")(root)
    assert "Nowhere" in tell(root, "--cache-key", "content")
    assert told_again == [False, True, False]


@pytest.mark.parametrize(("rule", "holds"), [("date-future", False), ("unresolved-link", True)])
def test_the_day(
    root: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch, told_again: list[bool], rule: str, holds: bool
) -> None:
    """Where a rule reads the clock, what it said holds for a day; where none does, for ever."""
    tell(root, "--select", rule)
    tell(root, "--select", rule)
    monkeypatch.setattr("vaultlint.engine.cache.surroundings.today", lambda: "tomorrow")
    tell(root, "--select", rule)

    assert told_again == [False, True, holds]


def test_own_python(root: Path, tell: Tell, told_again: list[bool]) -> None:
    """Where a vault's own rules run, nothing is kept: nobody knows what they read."""
    rule = (
        "from pathlib import Path\n\nfrom vaultlint.note.model import Span\n"
        "from vaultlint.rule.kinds import Group, NoteRule\n\n"
        "class Own(NoteRule):\n    name = 'own'\n    group = Group.STYLE\n\n"
        "    def check(self, note):\n        word = Path(WORD).read_text()\n"
        "        yield self.find(Span(0, 0), word)\n"
    )
    (root / "own.py").write_text(rule.replace("WORD", repr(str(root / "word"))), encoding="utf-8")
    (root / "vaultlint.toml").write_text('local-rules = ["own.py"]\n[rules]\nown = "on"\n', encoding="utf-8")
    (root / "word").write_text("apple")
    assert "apple" in tell(root, "--allow-local-rules")

    (root / "word").write_text("pears")

    assert "pears" in tell(root, "--allow-local-rules")


def test_code_of_a_plugin(root: Path, tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who writes a rule sees what it says now, not what it said before its last change."""
    site = tmp_path / "site"
    (site / "own-1.dist-info").mkdir(parents=True)
    (site / "own-1.dist-info" / "entry_points.txt").write_text("[vaultlint.rules]\nown = own_rules:RULES\n")
    (site / "own-1.dist-info" / "METADATA").write_text("Name: own\n")
    (site / "own_rules").mkdir()
    (site / "own_rules" / "__init__.py").write_text("RULES = {}\n")
    before = digest_of_program()
    monkeypatch.syspath_prepend(str(site))
    installed = digest_of_program()
    (site / "own_rules" / "__init__.py").write_text("RULES = {} \n")

    assert len({before, installed, digest_of_program()}) == 3
    assert digest_of_program() == digest_of_program()


@pytest.mark.skipif(sys.platform == "win32", reason="needs links that anybody can make")
def test_code_beside_a_broken_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor leaves links that lead nowhere beside the code that it has open: the code counts all the same."""
    site = tmp_path / "site"
    package = site / "own_rules"
    (site / "own_rules-1.dist-info").mkdir(parents=True)
    (site / "own_rules-1.dist-info" / "entry_points.txt").write_text("[vaultlint.rules]\nown = own_rules:RULES\n")
    (site / "own_rules-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: own-rules\nVersion: 1\n")
    package.mkdir()
    for name in ("__init__.py", "one.py", "two.py"):
        (package / name).write_text("RULES = {}\n")
        (package / f".#{name}").symlink_to("somebody@somewhere.1234")
    monkeypatch.syspath_prepend(str(site))

    digests = [digest_of_program()]
    for name in ("__init__.py", "one.py", "two.py"):
        (package / name).write_text("RULES = {} \n")
        digests.append(digest_of_program())

    assert len(set(digests)) == 4


def test_head(
    tmp_path: Path, tell: Tell, told_again: list[bool], new_repository: Callable[..., Repository], root: Path
) -> None:
    """Where git was asked for a hint, a commit makes the next run look again; without a commit nothing does."""
    vault = tmp_path / "Followed"
    git = new_repository("Followed")
    shutil.copytree(root, vault, dirs_exist_ok=True)
    git.git("add", ".")
    git.git("commit", "-qm", "first")
    tell(vault)
    tell(vault)
    git.git("commit", "-qm", "nothing", "--allow-empty")
    tell(vault)

    assert told_again == [False, True, False]


@pytest.fixture
def renamed(new_repository: Callable[..., Repository], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A vault with a link to a note that git knows under another name now."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    repository = new_repository("Renamed")
    repository.commit({"Old.md": "words\n", "Home.md": "[[Old]]\n"})
    repository.move("Old.md", "New.md")
    repository.commit()
    return repository.top


def test_a_repository_that_comes(renamed: Path, tell: Tell, tmp_path: Path) -> None:
    """A vault whose repository was not there yet is asked again once it is, the notes being the same."""
    (renamed / ".git").rename(tmp_path / "aside")
    first = tell(renamed)
    (tmp_path / "aside").rename(renamed / ".git")

    second = tell(renamed)

    assert second == tell(renamed, "--no-cache") != first


def test_git_that_fails_for_a_while(renamed: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    """What git could not say once (it was not installed, or refused) is not missed for ever."""
    with monkeypatch.context() as without:
        without.setenv("PATH", str(renamed))
        first = tell(renamed)

    second = tell(renamed)

    assert second == tell(renamed, "--no-cache") != first


def test_a_config_that_changes_meanwhile(root: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    """All configs of a call are read first: one that is written to while another vault is checked was not heeded."""
    first = root.parent / "First"
    (first / ".obsidian").mkdir(parents=True)
    check = cli_check._check

    def slow(vault: Vault, *more: Any) -> int:
        ends = check(vault, *more)
        if vault.root == first:
            rewrite("vaultlint.toml", '"error"', '"off"')(root)
        return ends

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(cli_check, "_check", slow)
        tell(first, root)

    assert tell(root) == tell(root, "--no-cache")


@pytest.mark.parametrize("size", [0, 10, 31, 32, 33, 400, -1])
def test_cut_short(root: Path, tell: Tell, size: int) -> None:
    """A file of the cache that lost its end is no file of the cache."""
    first = tell(root)
    for file in _kept():
        data = file.read_bytes()
        file.write_bytes(data[:size])

    assert tell(root) == first
    assert tell(root) == first


@pytest.mark.parametrize("place", [0, 31, 32, 50, 200, -1, b"Nothing"])
def test_every_byte_counts(root: Path, tell: Tell, place: int | bytes) -> None:
    """A file of the cache in which something was changed is none either."""
    first = tell(root, "--output-format", "concise")
    for file in _kept():
        data = bytearray(file.read_bytes())
        data[data.rfind(place) if isinstance(place, bytes) else place] ^= 1
        file.write_bytes(data)

    assert tell(root, "--output-format", "concise") == first


def test_foreign(root: Path, tell: Tell) -> None:
    """The file of another call, well sealed, is told for no other; nor is what is no record at all."""
    calls = [(root,), (root / "Other.md",), (root, "--ignore", "callout-type")]
    first = [tell(*call) for call in calls]
    kept = {file: file.read_bytes() for file in _kept()}
    assert len(kept) == 5

    for one, other in permutations(kept, 2):
        for file, data in kept.items():
            if file.name.startswith("run-") and other.name.startswith("notes-"):
                file.unlink(missing_ok=True)  # else nobody would ask for notes
            else:
                file.write_bytes(data)
        one.write_bytes(kept[other])
        assert [tell(*call) for call in calls] == first

    for file in kept:
        folder.keep(file, b"\x93\x01\x02\x03")
    assert [tell(*call) for call in calls] == first


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says of files is old enough to be trusted."""
    now = time.time_ns
    monkeypatch.setattr("vaultlint.engine.cache.stamps.time", SimpleNamespace(time_ns=lambda: now() + 10**10))


@pytest.mark.usefixtures("settled")
def test_a_note_that_could_not_be_read(root: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that another program had open, say, is read the next time, though nothing of its file has changed."""
    with monkeypatch.context() as busy:
        busy.setattr(NoteReader, "_open", _refuse)
        first = tell(root)
    assert "can't be read" in first

    second = tell(root)

    assert second == tell(root, "--no-cache") != first


def _refuse(self: NoteReader, path: str) -> int:
    raise PermissionError(errno.EACCES, "in use by another process", path)


@pytest.mark.parametrize("rule", ["unresolved-link", "callout-type"])
def test_a_rule_that_failed(root: Path, tell: Tell, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that failed once, for want of memory, say, is not told to fail for ever."""
    with monkeypatch.context() as short:
        short.setattr(installed_rules().load(rule), "check", _run_short)
        first = tell(root)
    assert "MemoryError" in first

    second = tell(root)

    assert second == tell(root, "--no-cache") != first


def _run_short(*_: object) -> Iterator[object]:
    raise MemoryError


@pytest.mark.usefixtures("settled")
def test_a_note_over_the_limit(root: Path, tell: Tell, told_again: list[bool]) -> None:
    """That one is too large to be read, its size says each time: no other run is needed."""
    (root / "vaultlint.toml").write_text('max-note-size = "1 KB"\n')
    (root / "Large.md").write_text("x" * 2000)

    assert "over the limit" in tell(root)
    tell(root)
    assert told_again == [False, True]


@pytest.mark.parametrize("wrong", [0, 4, -1, "error"])
def test_no_such_severity(root: Path, tell: Tell, wrong: object) -> None:
    """A record, well sealed, with a severity that there is not is no record."""
    first = tell(root)
    (file,) = (one for one in _kept() if one.name.startswith("run-"))
    kept = msgspec.msgpack.decode(folder.load(file) or b"")

    kept[-1][0][1] = wrong
    folder.keep(file, msgspec.msgpack.encode(kept))

    assert tell(root) == first


@pytest.mark.skipif(sys.platform == "win32", reason="needs the rights of POSIX")
def test_others_can_write(root: Path, tell: Tell, told_again: list[bool]) -> None:
    """A file that somebody else could have written is not believed, and replaced by one that only the owner can."""
    tell(root)
    for file in _kept():
        assert file.stat().st_mode & 0o777 == 0o600
        file.chmod(0o666)

    tell(root)
    tell(root)

    assert told_again == [False, False, True]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such pipes")
def test_a_pipe(root: Path, tell: Tell) -> None:
    """Nobody waits for another to write to a pipe that stands in the place of a file of the cache."""
    first = tell(root)
    for file in _kept():
        file.unlink()
        os.mkfifo(file)

    assert tell(root) == first


def test_no_room(root: Path, tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no cache can be kept, nothing is said and nothing is lost."""
    first = tell(root)
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert tell(root) == first == tell(root)


def test_bounded(root: Path, tell: Tell) -> None:
    """What was not used for longest goes first."""
    tell(root)
    tell(root, "--quiet")
    old = _kept()
    for file in old:
        os.utime(file, (time.time() - 100,) * 2)
    tell(root, "--statistics")
    new = set(_kept()) - set(old)
    size = sum(file.stat().st_size for file in new)

    folder.tidy(size)

    assert set(_kept()) == new


def test_notes_one_by_one(root: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that has one note after the other checked fills no disk, though no note is read anew for it."""
    for number in range(6):
        (root / f"{number}.md").write_text("", encoding="utf-8")
    tell(root)
    monkeypatch.setattr(folder.tidy, "__defaults__", (folder.MOST_BYTES, 4))
    for number in range(6):
        tell(root / f"{number}.md")

    assert len(_kept()) == 4


def test_what_is_not_ours(root: Path, tell: Tell) -> None:
    """What somebody else put into the folder stays, be the cache too large or emptied."""
    tell(root)
    theirs = folder.cache_folder() / "work" / "years.txt"
    theirs.parent.mkdir()
    theirs.write_text("of work")

    folder.tidy(0)
    assert not _kept()
    tell(root)
    folder.clean()

    assert [theirs] == [file for file in folder.cache_folder().rglob("*") if file.is_file()]


def test_nothing_but_ours(root: Path, tell: Tell) -> None:
    """Emptied of what is vaultlint's, the folder goes, too."""
    tell(root)

    assert folder.clean().files == 2
    assert not folder.cache_folder().exists()


def _kept() -> list[Path]:
    return sorted(file for file in (folder.cache_folder() / "vaults").rglob("*") if file.is_file())


@pytest.mark.usefixtures("settled")
def test_few_of_many(root: Path, tell: Tell) -> None:
    """One note of hundreds is read again rather than all others written anew; a tenth of them is not."""
    for number in range(300):
        (root / f"{number}.md").write_text("[[Nowhere]]\n", encoding="utf-8")
    tell(root)

    def notes() -> bytes:
        return next(file.read_bytes() for file in _kept() if file.name.startswith("notes-"))

    before = notes()
    rewrite("Home.md", "Nothing", "Nowhere")(root)
    assert tell(root) == tell(root, "--no-cache")
    few = notes()
    for number in range(30):
        (root / f"{number}.md").write_text("[[Elsewhere]]\n", encoding="utf-8")
    assert tell(root) == tell(root, "--no-cache")
    assert (few == before, notes() == before) == (True, False)
