"""A vault that is judged again while it changes: always as a run would judge it that begins then."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from vaultlint.config.settings import Settings, load_settings
from vaultlint.engine.check import VaultRun, check_vault
from vaultlint.engine.judge import Judgement
from vaultlint.engine.live import LiveRun
from vaultlint.engine.values import Report
from vaultlint.engine.verdicts import Verdict, Verdicts
from vaultlint.rule.errors import UserError
from vaultlint.rule.registry import installed_rules
from vaultlint.testing.settings import every_rule
from vaultlint.vault.index import Index

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
    "## [[bb]] here",
    "[[m#bb here]] [[a#bb here]]",
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

VAULT = {
    "a.md": '---\naliases: [Bee, c]\nup: "[[m]]"\n---\n[[b#One]] [[#Two]] [[bb]]\n\n## Two\n\n#topic/one\n',
    "b.md": "# One\n\n## Two\n\n# one!\n\na block ^x1\n\n[[a]] and [[Bee]]\n",
    "in/c.md": "---\naliases: [bee, Other]\ntags: [Topic/One]\n---\n[[b#One#Two]] [[b#^x1]] ![[pic.png]]\n",
    "in/b.md": "# Three\n\n[[b]] [[nowhere]] [[nowere]]\n",
    "Maps/m.md": "## [[b]] in a heading\n\n[[m#b in a heading]] #Topic/one\n",
    "b 1.md": "# One\n\n[[a]]\n\nThe same.\n\nAnd the same.\n",
    "pic.png": "",
}
"""Each note is linked to, by name, heading or alias, and has something that others have, too."""


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
        every_rule(root, RULES)
        self.loaded: dict[str, Settings] = {}
        self.config = (root / "vaultlint.toml").read_text(encoding="utf-8")
        self.kept: dict[str, bytes] = {}

    def load(self) -> Settings:
        config = (self.root / "vaultlint.toml").read_text(encoding="utf-8")
        if config not in self.loaded:
            self.loaded[config] = load_settings(self.root, RULES, extend_select=RULES.names)
        return self.loaded[config]

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
        if (path in FOLDERS) != (to in FOLDERS):
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


def text_of(random: Random) -> str:
    """A note, all of it new."""
    head = random.sample(PROPERTIES, random.choice((0, 0, 1, 2, 3)))
    frame = ["---", *head, "---"] if head else []
    return "\n".join([*frame, *random.choices(LINES, k=random.randrange(6)), ""])


def edited(text: str, random: Random) -> str:
    """A note after somebody wrote a little."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            lines.insert(at, random.choice(LINES))
        case 1:
            del lines[at]
        case 2:
            lines[at] = random.choice(LINES)
        case _:
            lines[at] += random.choice((" more", " [[b]]", " [[Bee]]", "\tx", " #x"))
    return "\n".join(lines)


def change(world: World, random: Random) -> tuple[str, list[str]]:
    """Something happens to the vault: in words, and the paths that are told."""
    there = [path for path in NOTES if (world.root / path).is_file()]
    note, path, to = random.choice(NOTES), random.choice(PATHS), random.choice(PATHS)
    what = random.choices(("edit", "write", "replace", "other", "move", "setting"), (12, 3, 2, 4, 2, 1))[0]
    if what == "edit" and there:
        note = random.choice(there)
        text = edited((world.root / note).read_bytes().decode("utf-8", "replace"), random)
        return f"edit {note}: {text!r}", world.write(note, text.encode())
    if what in ("write", "replace"):
        data = text_of(random).encode() + random.choices((b"", b"\xff"), (9, 1))[0]
        return f"{what} {note}: {data!r}", getattr(world, what)(note, data)
    if what == "move":
        return f"move {path} to {to}", world.move(path, to)
    if what == "setting":
        name, said = random.choice(SETTINGS)
        return f"{name} {said!r}", getattr(world, name)(said)
    did = random.choice(("revert", "touch", "delete"))
    return f"{did} {path}", getattr(world, did)(path)


PATHS = (*NOTES, *FILES, *FOLDERS)
SETTINGS = (*(("configure", config) for config in CONFIGS), *(("set_app", app) for app in APPS))


@given(seed=st.integers(0, 2**32))
@settings(max_examples=int(os.environ.get("VAULTLINT_EXAMPLES", "3")), phases=(Phase.explicit, Phase.generate))
def test_every_report_is_that_of_a_run_that_begins_then(seed: int) -> None:
    """Whatever changes, and whether it is known what: all rules tell the same, hints and fixes included."""
    random, history = Random(seed), []
    with TemporaryDirectory() as folder:
        world = World(Path(folder).resolve())
        for path, text in VAULT.items():
            world.write(path, text.encode())
        live = LiveRun(world.load)
        live.check()
        for _ in range(25):
            burst = [change(world, random) for _ in range(random.choice((1, 1, 1, 2, 5)))]
            told = [path for _, paths in burst for path in paths] if random.randrange(5) else None
            history += [did for did, _ in burst]
            assert lines(check_vault(world.load())) == lines(live.update(told)), "\n".join(history)


def test_a_history_that_goes_on(new_repository: Any) -> None:
    """A commit, a heading that is lost and a file that comes are heeded in what git knows of links and dates."""
    repository = new_repository()
    stale = "---\ncreated: 2001-01-01\nmodified: 2001-01-01\n---\n"
    repository.commit({"Old.md": f"{stale}# One\n", "b.md": "# First\n\nmuch text\n", "Home.md": "[[Old]]\n"})
    repository.commit({"d.md": "# Alpha\n\nother text\n"})
    repository.move("Old.md", "New.md")
    repository.commit({"d.md": "# Beta\n\nother text\n"})
    (repository.top / ".obsidian").mkdir()
    repository.git("mv", "b.md", "c.md")
    world = World(repository.top)
    live = LiveRun(world.load)
    live.check()

    def same(*told: str) -> Report:
        report = live.update(told)
        assert lines(check_vault(world.load())) == lines(report)
        return report

    assert "was renamed to 'New' (git)" in {one.hint for one in same().diagnostics}
    world.write("Home.md", b"[[Old]] [[b#First]] [[c#First]] [[New#One]]\n")
    same("Home.md")
    repository.commit()
    assert "was renamed to 'c' (git)" in {one.hint for one in same().diagnostics}
    repository.commit({"c.md": "# Second\n\nmuch text\n"})
    assert "was renamed to 'Second' (git)" in {one.hint for one in same("c.md").diagnostics}
    repository.commit({"New.md": f"{stale}# Two\n"})
    same("New.md")
    world.write("Home.md", b"[[c#First]] [[d#Alpha]]\n")  # of a note whose past nobody has asked for yet
    assert "was renamed to 'Beta' (git)" in {one.hint for one in same("Home.md").diagnostics}
    world.write("New.md", f"{stale}# Two \n".encode())
    same("New.md")
    world.write("Old.md", b"")
    same("Old.md")
    world.delete("Old.md")
    same("Old.md")


def test_a_finding_in_another_line(tmp_path: Path) -> None:
    """A note may change its lines and nothing that a rule over the vault was told: findings are where they are now."""
    world = World(tmp_path)
    for path, text in {"a.md": "a #tag", "b.md": "b #tag", "c.md": "ab #Tag"}.items():
        world.write(path, text.encode())
    live = LiveRun(world.load)
    live.check()

    world.write("c.md", b"a\n #Tag")

    report = live.update(["c.md"])
    assert [(2, 2)] == [
        (one.position.line, one.position.column) for one in report.diagnostics if one.rule == "tag-case-variant"
    ]


def test_what_a_rule_gathered(tmp_path: Path) -> None:
    """A rule over the vault is asked again where it was told something else of a note."""
    world = World(tmp_path)
    unique = '[[schema]]\nmatch = "**"\n[schema.properties]\nid = { type = "text", unique = "vault" }\n'
    world.configure(unique)
    world.write("a.md", b"---\nid: x\n---\n")
    world.write("b.md", b"---\nid: y\n---\n")
    live = LiveRun(world.load)
    assert "property-unique" not in {one.rule for one in live.check().diagnostics}

    world.write("b.md", b"---\nid: x\n---\n")

    found = [one.path for one in live.update(["b.md"]).diagnostics if one.rule == "property-unique"]
    assert ["a.md", "b.md"] == found


def test_a_config_that_is_wrong_for_a_while(tmp_path: Path) -> None:
    """What is wrong with a config is raised until it is mended, whatever else changes meanwhile."""
    world = World(tmp_path)
    world.write("a.md", b"[[nowhere]]")
    live = LiveRun(world.load)
    before = lines(live.check())

    world.configure("nonsense = 1\n")
    for told in (["vaultlint.toml"], ["a.md"], None):
        with pytest.raises(UserError, match="nonsense"):
            live.update(told)

    world.configure("")
    assert before == lines(live.update(["vaultlint.toml"]))


def test_a_rule_that_raises(make: Any, settings: Any, lines: Any) -> None:
    """A rule that judges note by note and raises is one finding a note, gone once the note is another."""
    root = make({"a.md": "RAISE #tag", "b.md": "#tag"})
    on = settings(root, "raises-by-note")
    live = LiveRun(lambda: on)
    message = "the rule 'raises-by-note' failed over 'a.md': RuntimeError: out of order"
    assert [f"a.md:1:1 rule-crashed {message}"] == lines(live.check()) == lines(check_vault(on))

    (root / "a.md").write_text("#tag")

    assert [] == lines(live.update(["a.md"]))


def test_a_rule_that_reads_the_clock_over_the_vault(make: Any, settings: Any, lines: Any) -> None:
    """It is asked each time, with the time as it is then."""
    root = make({"a.md": "x"})
    on = settings(root, "clock")
    live = LiveRun(lambda: on)

    assert lines(live.check()) != lines(live.update([]))


def test_verdicts_are_plain_values(make: Any, settings: Any) -> None:
    """They can be written to a file, and judging goes on with what was read from it."""
    root = make({"a.md": "[[Recipies]]", "b.md": "[[a]]", "Recipes.md": ""})
    on = settings(root, "lost", "every-link", "collision")
    run = VaultRun(on)
    run.examine(None, 1, None)
    judgement = Judgement(on, run.rules, run.examined, run.judged)
    made = Verdicts()
    made.judge(judgement, run.rules.vault, run.index, run.judged)
    kept = msgspec.msgpack.encode((made.of_notes, made.of_vault))

    of_notes, of_vault = msgspec.msgpack.decode(kept, type=tuple[dict[str, Verdict], dict[str, Verdict]])
    again = Verdicts(of_notes, of_vault)
    again.judge(Judgement(on, run.rules, {}, run.judged), run.rules.vault, Index(run.files, {}), run.judged)

    told = [
        [(one.rule, one.message, one.hint, one.fix) for one in verdicts.found("a.md")] for verdicts in (made, again)
    ]
    assert told[0] == told[1]
    assert "Recipes" in {hint for _, _, hint, _ in told[0]}
