"""A vault that is judged again while it changes: always as a run would judge it that begins then."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultlint.config.settings import Settings, load_settings
from vaultlint.engine.check import check_vault
from vaultlint.engine.live import LiveRun
from vaultlint.engine.values import Report
from vaultlint.rule.registry import installed_rules
from vaultlint.testing.settings import every_rule

pytestmark = pytest.mark.xdist_group("live")

RULES = installed_rules()

NOTES = ("a.md", "b.md", "in/c.md", "in/b.md", "in/deep/d.md", "b 1.md", "b (conflicted copy).md", "A.md", "Maps/m.md")
FILES = ("pic.png", "in/pic.png", "data.json")
FOLDERS = ("in", "in/deep", "Maps", "new")

PROPERTIES = (
    "aliases: [Bee, c]",
    "aliases: [bee, Other]",
    "tags: [Topic/One, x]",
    'up: "[[m]]"',
    'up: "[[b]]"',
    'links: ["[[nowhere]]", "[[Bee]]"]',
    "status: open",
    "created: 2020-01-01",
    "videoId: dQw4w9WgXcQ",
    "excalidraw-plugin: parsed",
    "vaultlint-disable: unresolved-link",
)
LINES = (
    "[[b]] and [[c]]",
    "[[b#One]] [[#Two]]",
    "[[b#One#Two]] [[b#^x1]] [[c#^none]]",
    "[[nowhere]] [[Bee]] [[BEE|shown]]",
    "[[bb]] [[nowere]] [[B]] [[deep/d]]",
    "[text](b.md#One) [more](in/c) [gone](gone.md)",
    "![[pic.png]] ![[c#One]] ![[lost.png]]",
    "# One",
    "# one!",
    "## Two",
    "## [[b]] in a heading",
    "#### Four levels down.",
    "#topic/one #Topic/one #x",
    "a block ^x1",
    "TODO  with  spaces",
    "%% vaultlint-disable-line unresolved-link %% [[nowhere]]",
    "%% vaultlint-disable-next-line %%",
    "%% vaultlint-disable-file tag-case-variant %%",
    "> [!note] a callout",
    "",
)

Texts = st.builds(
    lambda head, body: (("---\n" + "\n".join(head) + "\n---\n") if head else "") + "\n".join(body) + "\n",
    st.lists(st.sampled_from(PROPERTIES), max_size=3, unique_by=lambda line: line.split(":")[0]),
    st.lists(st.sampled_from(LINES), max_size=7),
)

CONFIGS = (
    "",
    'exclude = ["in"]\n',
    '[rules]\nunresolved-link = "off"\n',
    '[[override]]\nmatch = ["in/**"]\nrules = { heading-duplicate = "off" }\n',
)
APPS = ("{}", '{"newLinkFormat": "relative"}', '{"userIgnoreFilters": ["in/deep/", "/^Maps/"]}')


def lines(report: Report) -> Any:
    """All that a report tells, hints and fixes worked out."""
    found = [
        (one.path, one.position, one.end, one.rule, one.severity, one.message, one.hint, one.fix, one.related)
        for one in report.diagnostics
    ]
    return report.notes, sorted(report.notices), found


class World:
    """A vault on disk that is changed at random, each change with the paths that somebody who watches it is told."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.base = every_rule(root, RULES)
        self.config = (root / "vaultlint.toml").read_text(encoding="utf-8")
        self.kept: dict[str, bytes] = {}

    def load(self) -> Settings:
        return load_settings(self.root, RULES, extend_select=RULES.names)

    def write(self, path: str, data: bytes) -> list[str]:
        file = self.root / path
        if file.is_dir():
            return []
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_file():
            self.kept[path] = file.read_bytes()
        file.write_bytes(data)
        return [path]

    def replace(self, path: str, data: bytes) -> list[str]:
        """As an editor saves: a file beside it takes its place."""
        told = self.write(f"{path}.tmp", data)
        if told and not (self.root / path).is_dir():
            (self.root / f"{path}.tmp").replace(self.root / path)
        return [*told, path]

    def revert(self, path: str) -> list[str]:
        return self.write(path, self.kept[path]) if path in self.kept else []

    def touch(self, path: str) -> list[str]:
        if (self.root / path).exists():
            os.utime(self.root / path)
        return [path]

    def move(self, path: str, to: str) -> list[str]:
        if not (self.root / path).exists() or (self.root / to).exists() or f"{to}/".startswith(f"{path}/"):
            return []
        (self.root / to).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(self.root / path, self.root / to)
        return [path, to]

    def delete(self, path: str) -> list[str]:
        target = self.root / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        return [path]

    def configure(self, more: str) -> list[str]:
        text = f"{self.config}\n{more}" if more.startswith("[") else f"{more}\n{self.config}"
        (self.root / "vaultlint.toml").write_text(text, encoding="utf-8")
        return ["vaultlint.toml"]

    def set_app(self, app: str) -> list[str]:
        (self.root / ".obsidian/app.json").write_text(app, encoding="utf-8")
        return [".obsidian/app.json"]


def changes() -> st.SearchStrategy[tuple[Any, ...]]:
    """A method of `World` and what it is given."""
    note, path = st.sampled_from(NOTES), st.sampled_from((*NOTES, *FILES, *FOLDERS))
    data = st.one_of(Texts.map(str.encode), Texts.map(lambda text: text.encode() + b"\xff"))
    return st.one_of(
        st.tuples(st.just("write"), note, data),
        st.tuples(st.just("write"), note, data),
        st.tuples(st.just("replace"), note, data),
        st.tuples(st.just("write"), st.sampled_from(FILES), st.just(b"{}")),
        st.tuples(st.just("revert"), note),
        st.tuples(st.just("touch"), path),
        st.tuples(st.just("move"), path, path),
        st.tuples(st.just("delete"), path),
        st.tuples(st.just("configure"), st.sampled_from(CONFIGS)),
        st.tuples(st.just("set_app"), st.sampled_from(APPS)),
    )


Bursts = st.lists(st.tuples(st.lists(changes(), min_size=1, max_size=3), st.booleans()), min_size=1, max_size=8)


@given(vault=st.dictionaries(st.sampled_from(NOTES), Texts, min_size=3), bursts=Bursts)
@settings(max_examples=int(os.environ.get("VAULTLINT_EXAMPLES", "12")), deadline=None)
def test_every_report_is_that_of_a_run_that_begins_then(
    vault: dict[str, str], bursts: list[tuple[list[tuple[Any, ...]], bool]]
) -> None:
    """Whatever changes, and whether it is known what: all rules tell the same, hints and fixes included."""
    with TemporaryDirectory() as folder:
        world = World(Path(folder).resolve())
        for path, text in vault.items():
            world.write(path, text.encode())
        live = LiveRun(world.load)
        live.check()
        for burst, is_known in bursts:
            told = [path for name, *given in burst for path in getattr(world, name)(*given)]
            assert lines(check_vault(world.load())) == lines(live.update(told if is_known else None)), burst
