"""The law of the cache: whatever happened to a vault since, a run with it tells what a run without it tells."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from vaultlint.__main__ import main

pytestmark = pytest.mark.xdist_group("cache")

NAMES = ("Home.md", "Soup.md", "soup.md", "Recipes/Soup.md", "Recipes/Bread.md", "Journal/2026-01-01.md", "Tea.md")
TEXTS = (
    "# Home\n\n[[Soup]] [[Bread#Crust]] [[Soup#^spoon]] [[Nothing]]\n",
    "---\naliases: [Broth, Tea]\ntags: [Food]\n---\n# Soup\n\nhot ^spoon\n\n[[Home#Home|]]\n",
    "---\naliases: Broth\n---\n## Crust\n\n#food ![[Soup#Soup]] [[home]]\n",
    "---\naliases: [a, a]\ntitle: [[x]]\n---\n[b](Soup.md#Crust) [[Bread^x]] <!-- vaultlint-disable-line -->\n",
    "%% vaultlint-disable unresolved-link %%\n\n[[Nothing]] [[Sope]]\n\n# Crust\n\n# Crust\n",
    "",
    "a \x00 b [[Tea]]",
    "---\nkey: [\n---\n[[Soup#Sooup]]\n",
)
CONFIGS = (
    None,
    '[rules]\nunresolved-link = "error"\n',
    '[rules]\nunresolved-link = "off"\nalias-collision = "error"\n',
    'exclude = ["Recipes/**"]\n',
    'packs = ["strict"]\n',
    '[[override]]\nmatch = "Journal/**"\nrules = { unresolved-link = "off" }\n',
    '[[schema]]\nmatch = "**"\nrequire = ["title"]\n',
)
APP = (None, '{"userIgnoreFilters": ["Recipes/"]}', '{"newLinkFormat": "absolute"}', "{")
FORMATS = ("full", "json")
STAT = os.stat


def told(*words: str) -> tuple[int, str, str]:
    """What the command says: its exit status, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(list(words))
    return status, out.getvalue(), err.getvalue()


class Vault(RuleBasedStateMachine):
    """A vault to which things happen, and after each of them a run with the cache and one without."""

    sees_entries = os.name != "nt"
    """Whether the disk says when a file's own entry changed."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp())
        self.root = self.top / "Vault"
        (self.root / ".obsidian").mkdir(parents=True)
        self.kept: dict[str, bytes] = {}
        self.environment = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = str(self.top / "cache")

    def teardown(self) -> None:
        """Leave nothing behind."""
        if self.environment is not None:
            os.environ["XDG_CACHE_HOME"] = self.environment
        shutil.rmtree(self.top)

    @initialize(texts=st.lists(st.sampled_from(TEXTS), min_size=3, max_size=len(NAMES)))
    def begin(self, texts: list[str]) -> None:
        """The first notes."""
        for name, text in zip(NAMES, texts, strict=False):
            self.write(name, text)
            self.kept[name] = text.encode()

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def write(self, name: str, text: str) -> None:
        """A note is written, as editors do: aside, and then renamed."""
        file = self.root / name
        file.parent.mkdir(exist_ok=True)
        aside = self.root / ".aside"
        aside.write_bytes(text.encode())
        aside.replace(file)

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(("\n[[Soup]]\n", " x", "\n# Crust\n", "\n#Food\n")))
    def append(self, name: str, text: str) -> None:
        """A note grows in place."""
        if (self.root / name).exists():
            with (self.root / name).open("ab") as stream:
                stream.write(text.encode())

    @rule(name=st.sampled_from(NAMES))
    def swap_case(self, name: str) -> None:
        """A note becomes another one of the same size; where that can be seen all the same, its time is put back."""
        file = self.root / name
        if file.exists():
            status = file.stat()
            file.write_bytes(file.read_bytes().swapcase())
            if self.sees_entries:
                os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    @rule(name=st.sampled_from(NAMES), to=st.sampled_from(NAMES))
    def rename(self, name: str, to: str) -> None:
        """A note gets another name, maybe that of another."""
        if (self.root / name).exists():
            (self.root / to).parent.mkdir(exist_ok=True)
            (self.root / name).replace(self.root / to)

    @rule(name=st.sampled_from(NAMES))
    def delete(self, name: str) -> None:
        """A note goes."""
        (self.root / name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(NAMES))
    def touch(self, name: str) -> None:
        """A note stays, and seems new."""
        if (self.root / name).exists():
            (self.root / name).touch()

    @rule(name=st.sampled_from(NAMES))
    def revert(self, name: str) -> None:
        """A note is what it was at first."""
        if name in self.kept:
            self.write(name, self.kept[name].decode())

    @rule(text=st.sampled_from(CONFIGS))
    def configure(self, text: str | None) -> None:
        """The config changes."""
        put(self.root / "vaultlint.toml", text)

    @rule(text=st.sampled_from(APP))
    def change_app(self, text: str | None) -> None:
        """The app's own settings change."""
        put(self.root / ".obsidian" / "app.json", text)

    @rule(name=st.sampled_from(NAMES))
    def check_one(self, name: str) -> None:
        """Somebody asks for one note only, and so leaves a cache that knows less of the others."""
        if (self.root / name).exists():
            self.compare(str(self.root / name))

    @rule(words=st.sampled_from((("--ignore", "unresolved-link"), ("--select", "links"), ("--cache-key", "content"))))
    def ask_otherwise(self, words: tuple[str, str]) -> None:
        """Somebody asks for other rules, or trusts no times."""
        self.compare(str(self.root), *words)

    @invariant()
    def as_without(self) -> None:
        """What is to hold. Twice: the first run has to look, the second may tell again."""
        for form in FORMATS:
            self.compare(str(self.root), "--output-format", form)
            assert told("check", str(self.root), "--output-format", form) == self.last

    def compare(self, *words: str) -> None:
        time.sleep(0.012)  # so that what comes next has another time, on any system's clock
        found = told("check", *words)
        self.last = told("check", *words, "--no-cache")
        assert found == self.last


def put(file: Path, text: str | None) -> None:
    """A file with this text; none for `None`."""
    if text is None:
        file.unlink(missing_ok=True)
    else:
        file.write_text(text, encoding="utf-8")


class Coarse(Vault):
    """The same on a disk that says little of its files."""

    sees_entries = False


class TestYoung(Coarse.TestCase):  # type: ignore[misc,name-defined]
    """Notes that were written a moment ago, on a disk whose times have steps of two seconds, as FAT has them."""

    settings = settings(max_examples=8, stateful_step_count=8, deadline=None)

    @pytest.fixture(autouse=True)
    def _coarse(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def coarse(path: str, **words: bool) -> SimpleNamespace:
            found = STAT(path, **words)
            step = 2_000_000_000
            seen = found.st_mtime_ns // step * step
            return SimpleNamespace(st_size=found.st_size, st_mtime_ns=seen, st_ino=0, st_ctime_ns=0)

        monkeypatch.setattr("vaultlint.engine.cache.stamps.os", SimpleNamespace(stat=coarse))


class TestOld(Vault.TestCase):  # type: ignore[misc,name-defined]
    """Notes that lay still for a while, as far as the cache can see."""

    settings = settings(max_examples=8, stateful_step_count=8, deadline=None)

    @pytest.fixture(autouse=True)
    def _later(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = time.time_ns
        monkeypatch.setattr("vaultlint.engine.cache.stamps.time", SimpleNamespace(time_ns=lambda: now() + 10**10))
