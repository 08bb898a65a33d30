"""Baselines: what is known of a vault, and the file that says it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st
from msgspec.structs import replace

from vaultlint.config.settings import RuleSetting, Settings
from vaultlint.engine.baseline import Baseline, make_baseline
from vaultlint.engine.baseline_file import LARGEST, BaselineFile, Key, encoded
from vaultlint.engine.check import check_vault
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.known import Together
from vaultlint.engine.values import Report
from vaultlint.rule.errors import UserError
from vaultlint.rule.finding import Severity
from vaultlint.rule.registry import RuleSet

MakeVault = Callable[[Mapping[str, str | bytes]], Path]
MakeSettings = Callable[..., Settings]

ENTRY = '{"path":"A.md","rule":"no-todo","message":"the word \'TODO\'","text":"ab","around":"cd","count":1}'
WHOLE = f'{{"version": 1, "findings": [\n{ENTRY}\n]}}\n'


def written(settings: Settings, paths: list[str] | None = None) -> BaselineFile:
    """A fresh baseline of the vault."""
    file = BaselineFile(str(settings.root / "vaultlint-baseline.json"), str(settings.root))
    make_baseline(settings, file, paths)
    return file


def checked(settings: Settings, file: BaselineFile, paths: list[str] | None = None) -> tuple[Report, Baseline]:
    """What is new, and the baseline as the run left it."""
    baseline = Baseline(file.read(), settings.ruleset.current, "UPDATE")
    return check_vault(settings, paths=paths, known=baseline), baseline


def new(settings: Settings, file: BaselineFile, paths: list[str] | None = None) -> list[str]:
    """What is new: `path:line rule`."""
    report, _ = checked(settings, file, paths)
    return [f"{one.path}:{one.position.line} {one.rule}" for one in report.diagnostics]


@pytest.fixture
def vault(make: MakeVault, settings: MakeSettings) -> Callable[..., Settings]:
    """A vault of notes, with settings that find words."""

    def build(notes: Mapping[str, str | bytes], *rules: str, **more: Any) -> Settings:
        return settings(make(notes), *(rules or ("no-todo", "no-maybe")), **more)

    return build


def put(settings: Settings, path: str, text: str) -> None:
    """Write a note."""
    file = settings.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")


def test_a_fresh_baseline_knows_all(vault: Callable[..., Settings]) -> None:
    """Nothing is new in the vault that a baseline was made of."""
    settings = vault({"A.md": "TODO\nTODO\nmaybe TODO\n", "f/B.md": "x TODO\n", "C.md": b"\xff\xfe"})
    file = written(settings)

    report, baseline = checked(settings, file)

    assert ((), (), 6) == (report.diagnostics, report.notices, sum(file.read().values()))
    assert baseline.left == baseline.whole == file.read()


def test_the_file_is_for_people_and_git(vault: Callable[..., Settings]) -> None:
    """One entry a line, sorted, with path, rule, message and count in clear; the note's text is hashed."""
    settings = vault({"B.md": "secret TODO\nsecret TODO\n", "A.md": "maybe\n"})

    written(settings)
    lines = (settings.root / "vaultlint-baseline.json").read_text("utf-8").splitlines()

    assert ['{"version": 1, "findings": [', "]}"] == [lines[0], lines[-1]]
    first, second = (json.loads(line.rstrip(",")) for line in lines[1:-1])
    assert ["A.md", "no-maybe", "the word 'maybe'", 1] == [first[key] for key in ("path", "rule", "message", "count")]
    assert ["B.md", "no-todo", "the word 'TODO'", 2] == [second[key] for key in ("path", "rule", "message", "count")]
    assert "secret" not in "".join(lines)


def test_one_more_is_new(vault: Callable[..., Settings]) -> None:
    """Of equal findings as many are known as the entry counts."""
    settings = vault({"A.md": "TODO\nTODO\n"})
    file = written(settings)
    put(settings, "A.md", "TODO\nTODO\nTODO\n")

    assert ["A.md:3 no-todo"] == new(settings, file)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("A.md", "New words\n\nabove it\n\nplease TODO this\n"),
        ("A.md", "please, TODO this now\n"),
        ("Other.md", "please TODO this\n"),
        ("A.md", "  -   please TODO   this\r\n"),
    ],
)
def test_what_moves_stays_known(path: str, text: str, vault: Callable[..., Settings]) -> None:
    """Lines above, an edited line, a renamed note, white space: the finding is the same."""
    settings = vault({"A.md": "please TODO this\n"})
    file = written(settings)
    (settings.root / "A.md").unlink()
    put(settings, path, text)

    assert [] == new(settings, file)
    assert () == checked(settings, file)[0].notices


def test_a_copy_is_no_rename(vault: Callable[..., Settings]) -> None:
    """While the note is there, its entry knows nothing of another note."""
    settings = vault({"A.md": "please TODO this\n"})
    file = written(settings)
    put(settings, "B.md", "please TODO this\n")

    assert ["B.md:1 no-todo"] == new(settings, file)


def test_a_finding_that_was_mended_knows_no_other_note(vault: Callable[..., Settings]) -> None:
    """Nor does the entry of a note that is there and mended, nor that of a lost note, one more in a known note."""
    settings = vault({"A.md": "please TODO this\n", "B.md": "please TODO this\n"})
    file = written(settings)
    put(settings, "A.md", "done\n")
    put(settings, "C.md", "please TODO this\n")
    assert ["C.md:1 no-todo"] == new(settings, file)

    (settings.root / "A.md").unlink()
    (settings.root / "C.md").unlink()
    put(settings, "B.md", "please TODO this\n\nplease TODO this\n")
    assert ["B.md:3 no-todo"] == new(settings, file)


def test_unicode_forms_of_a_path(vault: Callable[..., Settings]) -> None:
    """A note is the same whether the disk spells its name composed or not."""
    settings = vault({"Cafe\u0301.md": "x TODO\n"})
    file = written(settings)
    put(settings, "Cafe\u0301.md", "fine\n")

    _, baseline = checked(settings, file, ["Cafe\u0301.md"])

    assert ["Caf\xe9.md"] == [key.path for key in file.read()]
    assert file.read() == baseline.stale


def test_run_rules_under_flags(vault: Callable[..., Settings], settings: MakeSettings) -> None:
    """What a rule says of the whole run is not stale where flags left out a part of the run."""
    of_vault = vault({"A.md": "fine\n"}, "unused")
    key = Key("A.md", "unused", "a comment that hides nothing", "", "")
    baseline, whole = Baseline({key: 1}, str), Baseline({key: 1}, str)

    check_vault(settings(of_vault.root, "unused", narrowed=True), known=baseline)
    check_vault(of_vault, known=whole)

    assert ({}, {key: 1}) == (baseline.stale, whole.stale)


def test_several_that_know_something(vault: Callable[..., Settings]) -> None:
    """What any of them knows is not new; each counts for itself."""
    settings = vault({"A.md": "TODO\nmaybe\n"})
    counts = written(settings).read()
    one, other = (Baseline({key: 1}, str) for key in counts)
    put(settings, "A.md", "TODO\nmaybe\nTODO\n")

    report = check_vault(settings, known=Together([one, other]))

    assert ["A.md:3"] == [f"{found.path}:{found.position.line}" for found in report.diagnostics]


def test_what_other_notes_make_of_a_message(vault: Callable[..., Settings]) -> None:
    """A message that quotes what it points at is known whatever else it says; another message is not."""
    settings = vault({"A.md": "x TODO\n"})
    fresh = next(iter(written(settings).read()))
    known = Baseline({replace(fresh, message="the word 'TODO', as in 'B.md'"): 1}, str)
    other = Baseline({replace(fresh, message="no word at all"): 1}, str)

    assert () == check_vault(settings, known=known).diagnostics
    assert 1 == len(check_vault(settings, known=other).diagnostics)


def test_stale_entries_are_said(vault: Callable[..., Settings]) -> None:
    """How many findings are gone, in which notes, and how to take them out."""
    settings = vault({f"{name}.md": "TODO TODO\n" for name in "ABCDE"})
    file = written(settings)
    for name in "ABCD":
        put(settings, f"{name}.md", "done\n")
    (settings.root / "E.md").unlink()

    notices = checked(settings, file)[0].notices

    assert (
        "10 findings of the baseline are there no longer (in 'A.md', 'B.md', 'C.md' and 2 more): "
        "`UPDATE` takes them out",
    ) == notices


@pytest.mark.parametrize("way", ["paths", "folder", "rules", "exclude", "unreadable", "crash", "off"])
def test_what_was_not_looked_at_is_not_stale(way: str, vault: Callable[..., Settings], settings: MakeSettings) -> None:
    """Entries of notes and rules that were left out, or could not be judged, are neither stale nor lost."""
    of_vault = vault({"A.md": "fine\n", "f/B.md": "TODO maybe\n"})
    file = written(of_vault)
    put(of_vault, "f/B.md", "done\n")
    root, paths, now = of_vault.root, None, of_vault
    if way in ("paths", "folder"):
        paths = ["A.md"] if way == "paths" else ["g"]
    elif way == "rules":
        now = settings(root, narrowed=True)
    elif way == "off":
        now = settings(root)
    elif way == "exclude":
        now = settings(root, "no-todo", "no-maybe", exclude=("f/**",))
    elif way == "unreadable":
        (root / "f/B.md").write_bytes(b"\xff\xfe")
    else:
        now = settings(root, "no-todo", "no-maybe", "raises-over-vault")

    _, baseline = checked(now, file, paths)

    assert ({}, file.read()) == (baseline.stale, baseline.left)


def test_a_note_that_is_gone_is_stale_where_it_was_asked_for(vault: Callable[..., Settings]) -> None:
    """With paths given, only what lies there."""
    settings = vault({"f/A.md": "TODO\n", "g/B.md": "TODO\n"})
    file = written(settings)
    (settings.root / "f/A.md").unlink()
    (settings.root / "g/B.md").unlink()

    _, baseline = checked(settings, file, ["f"])

    assert [["f/A.md"], ["g/B.md"]] == [[key.path for key in keys] for keys in (baseline.stale, baseline.left)]


def test_only_what_is_new_is_mended(vault: Callable[..., Settings]) -> None:
    """Fixes leave alone what the baseline knows, on the same line too."""
    settings = vault({"A.md": "TODO one\n"})
    file = written(settings)
    put(settings, "A.md", "TODO one\nand TODO two\n")
    baseline = Baseline(file.read(), settings.ruleset.current)

    result = fix_vault(settings, known=baseline)

    assert b"TODO one\nand DONE two\n" == (settings.root / "A.md").read_bytes()
    assert ((), 1) == (result.report.diagnostics, result.fixed)
    assert baseline.left == file.read()


def test_entries_follow(vault: Callable[..., Settings]) -> None:
    """After an update, an entry names the note and the line as they are now."""
    settings = vault({"A.md": "please TODO this\n"})
    file = written(settings)
    (settings.root / "A.md").rename(settings.root / "B.md")
    file.write(checked(settings, file)[1].left)
    put(settings, "B.md", "please do TODO this\n")

    assert ["B.md"] == [key.path for key in file.read()]
    assert [] == new(settings, file)


def test_a_baseline_of_some_notes_keeps_the_others(vault: Callable[..., Settings]) -> None:
    """`paths` are noted down anew; what the file says of other notes stays."""
    settings = vault({"A.md": "TODO\n", "B.md": "TODO\n"})
    written(settings)
    put(settings, "A.md", "TODO\nTODO TODO\n")
    put(settings, "B.md", "TODO\nTODO TODO\n")

    file = written(settings, ["A.md"])

    assert {"A.md": 3, "B.md": 1} == _by_note(file)
    assert {"A.md": 3, "B.md": 3} == _by_note(written(settings))


def _by_note(file: BaselineFile) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for key, count in file.read().items():
        counts[key.path] += count
    return dict(counts)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no baseline"),
        (b"{}", "version"),
        (b"[1, 2]", "no baseline"),
        (WHOLE[:-20].encode(), "no baseline"),
        (WHOLE.replace('"version": 1', '"version": 2').encode(), "of version 2"),
        (WHOLE.replace('"count":1', '"count":0').encode(), "no baseline"),
        (WHOLE.replace('"count":1', '"count":1e400').encode(), "no baseline"),
        (WHOLE.replace('"count":1', '"count":"1"').encode(), "no baseline"),
        (WHOLE.replace('"count"', '"counts"').encode(), "no baseline"),
        (WHOLE.replace('"A.md"', '"\\ud800"').encode(), "no baseline"),
        (
            WHOLE.replace(ENTRY, f"<<<<<<< ours\n{ENTRY}\n=======\n{ENTRY}\n>>>>>>> theirs").encode(),
            "merge in it (line 2)",
        ),
        (b'{"version": 1, "findings": ' + b"[" * 100_000, "no baseline"),
        (b"\xff\xfe\x00", "no baseline"),
    ],
)
def test_what_is_no_baseline(content: bytes, said: str, tmp_path: Path) -> None:
    """Whatever the file holds, it is refused in one line with the next step, and never written over."""
    path = tmp_path / "b.json"
    path.write_bytes(content)
    file = BaselineFile(str(path), str(tmp_path), "b.json")

    for use in (file.read, lambda: file.write({})):
        with pytest.raises(UserError, match=r"'b\.json'") as caught:
            use()
        assert said in str(caught.value)
    assert content == path.read_bytes()


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    """More than any baseline can be is not read into memory."""
    with (tmp_path / "b.json").open("wb") as file:
        file.truncate(LARGEST + 1)

    with pytest.raises(UserError, match="it is over 64 MB"):
        BaselineFile(str(tmp_path / "b.json"), str(tmp_path)).read()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_no_baseline(tmp_path: Path) -> None:
    """Nothing waits for a pipe."""
    os.mkfifo(tmp_path / "b.json")

    with pytest.raises(UserError, match="no regular file"):
        BaselineFile(str(tmp_path / "b.json"), str(tmp_path)).read()


@pytest.mark.parametrize(
    "content", [WHOLE.replace("\n", "\r\n"), "\ufeff" + WHOLE, WHOLE.replace(ENTRY, f"{ENTRY},\n{ENTRY}")]
)
def test_what_git_and_editors_make_of_it(content: str, tmp_path: Path) -> None:
    """Windows newlines, a byte order mark, and an entry that a merge left twice are read as what they mean."""
    (tmp_path / "b.json").write_bytes(content.encode())
    file = BaselineFile(str(tmp_path / "b.json"), str(tmp_path))

    assert {Key("A.md", "no-todo", "the word 'TODO'", "ab", "cd"): 1} == file.read()


def test_nothing_to_change_leaves_the_bytes(tmp_path: Path) -> None:
    """A file that says the same in another layout stays as it is; one that does not keeps its newlines."""
    path = tmp_path / "b.json"
    path.write_bytes(json.dumps(json.loads(WHOLE), indent=4).replace("\n", "\r\n").encode())
    before = path.read_bytes()
    file = BaselineFile(str(path), str(tmp_path))

    assert (False, before) == (file.write(file.read()), path.read_bytes())
    assert (True, encoded({}).replace(b"\n", b"\r\n")) == (file.write({}), path.read_bytes())


@pytest.mark.skipif(sys.platform == "win32", reason="needs modes and links")
def test_the_file_keeps_its_mode_and_links_lead_nowhere(tmp_path: Path) -> None:
    """A link inside the vault is followed, one out of it is refused; a read-only file is left alone."""
    vault, outside = tmp_path / "vault", tmp_path / "outside"
    vault.mkdir()
    outside.mkdir()
    real = vault / "real.json"
    real.write_text(WHOLE)
    real.chmod(0o640)
    (vault / "link.json").symlink_to(real)
    (vault / "out").symlink_to(outside)

    BaselineFile(str(vault / "link.json"), str(vault)).write({})

    assert (0o640, encoded({})) == (stat.S_IMODE(real.stat().st_mode), real.read_bytes())
    assert (vault / "link.json").is_symlink()
    with pytest.raises(UserError, match="out of the vault"):
        BaselineFile(str(vault / "out/b.json"), str(vault))
    BaselineFile(str(outside / "b.json"), str(vault)).write({})
    assert [outside / "b.json"] == list(outside.iterdir())
    real.chmod(0o440)
    if not os.access(real, os.W_OK):  # not for root
        with pytest.raises(UserError, match="read-only"):
            BaselineFile(str(real), str(vault)).write({Key("A.md", "b", "c", "", ""): 1})


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """What the system says is in the one line."""
    with pytest.raises(UserError, match="can't be written"):
        BaselineFile(str(tmp_path / "no/b.json"), str(tmp_path)).write({})


def test_old_names_of_rules(vault: Callable[..., Settings]) -> None:
    """An entry under the name that a rule had before knows what the rule finds now."""
    settings = vault({"A.md": "x TODO\n"})
    fresh = next(iter(written(settings).read()))
    baseline = Baseline({replace(fresh, rule="no-task"): 1}, lambda name: {"no-task": "no-todo"}.get(name, name))

    assert () == check_vault(settings, known=baseline).diagnostics


_WORDS = st.sampled_from(["TODO", "maybe", "TODO a", "b maybe c", "fine", "", "# H TODO", "- [ ] TODO"])
_NOTE = st.lists(_WORDS, max_size=6).map("\n".join)
_VAULT = st.dictionaries(st.sampled_from(["A.md", "B.md", "f/C.md"]), _NOTE, min_size=1)
_ON = {"no-todo", "no-maybe"}


def _fresh(notes: Mapping[str, str]) -> Settings:
    """A vault in a folder of its own, for examples share fixtures."""
    root = Path(tempfile.mkdtemp())
    (root / ".obsidian").mkdir()
    ruleset = RuleSet().with_local(root, [Path(__file__).with_name("trial_rules.py")])
    settings = Settings(
        ruleset=ruleset, root=root, rules=tuple(RuleSetting(name, Severity.WARNING) for name in sorted(_ON))
    )
    for path, text in notes.items():
        put(settings, path, text)
    return settings


def _findings(settings: Settings) -> int:
    return len(check_vault(settings).diagnostics)


@trial(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_VAULT, _VAULT, st.lists(st.sampled_from(["x", "", "> y"]), max_size=3))
def test_laws(before: dict[str, str], after: dict[str, str], above: list[str]) -> None:
    """A baseline silences its own vault; what is more than it counts is told; updates settle and never add."""
    settings = _fresh(before)
    try:
        file = written(settings)
        assert [] == new(settings, file)
        for path, text in before.items():
            put(settings, path, "\n".join([*above, text]))
        assert [] == new(settings, file)  # edits above never bring one back

        for path in before:
            (settings.root / path).unlink()
        for path, text in after.items():
            put(settings, path, text)
        known, found = sum(file.read().values()), _findings(settings)
        report, baseline = checked(settings, file)
        assert len(report.diagnostics) >= found - known
        assert len(report.diagnostics) == found - baseline.left.total()

        file.write(baseline.left)
        shrunk = file.read()
        assert sum(shrunk.values()) <= known
        again, same = checked(settings, file)
        assert ([str(one) for one in report.diagnostics], ()) == (
            [str(one) for one in again.diagnostics],
            again.notices,
        )
        assert (False, shrunk) == (file.write(same.left), same.left)
    finally:
        shutil.rmtree(settings.root)
