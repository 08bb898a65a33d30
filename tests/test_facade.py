"""`import vaultlint`: what it offers, and what it costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import vaultlint
from vaultlint.__main__ import main

PROJECT = Path(__file__).parent.parent


def test_all() -> None:
    """`__all__` is sorted, and all of it is there."""
    assert sorted(vaultlint.__all__) == vaultlint.__all__ == dir(vaultlint)
    for name in vaultlint.__all__:
        assert getattr(vaultlint, name) is not None


def test_unknown_name() -> None:
    """Asking for what is not there is an AttributeError."""
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = vaultlint.nothing


def test_importing_is_cheap() -> None:
    """Importing the package imports nothing else of it, and none of what it builds on."""
    heavy = ["pydantic", "yaml", "pyromark", "mistune", "rapidfuzz", "rich", "msgspec", "importlib.metadata"]
    script = f"import sys, vaultlint; print([m for m in {heavy!r} if m in sys.modules], vaultlint.__version__)"

    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert f"[] {vaultlint.__version__}\n" == out


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with one broken link and one misspelt one."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    (root / "sub").mkdir()
    (root / "Home.md").write_text("See [[Soup recipes]].\n")
    (root / "sub" / "Soup_recipes.md").write_text("# Soup\n\n[[Home]] [[Nowhere at all]]\n")
    return root


def test_check(vault: Path) -> None:
    """A vault is checked by its own config, a folder or note of it alone where one is named."""
    everything = vaultlint.check(vault)
    part = vaultlint.check(vault / "sub")
    named = vaultlint.check(vault, paths=[vault / "Home.md"])

    assert [("Home.md", "unresolved-link"), ("sub/Soup_recipes.md", "unresolved-link")] == [
        (one.path, one.rule) for one in everything.diagnostics
    ]
    assert ["sub/Soup_recipes.md"] == [one.path for one in part.diagnostics]
    assert ["Home.md"] == [one.path for one in named.diagnostics]


def test_fix(vault: Path) -> None:
    """Unsafe fixes are made where asked for, and not written where not."""
    safe = vaultlint.fix(vault)
    planned = vaultlint.fix(vault, unsafe=True, write=False)
    assert ((), "See [[Soup recipes]].\n") == (safe.changed, (vault / "Home.md").read_text())

    done = vaultlint.fix(vault, unsafe=True)

    assert planned.changed == done.changed
    assert "See [[Soup_recipes|Soup recipes]].\n" == (vault / "Home.md").read_text()


def test_format(vault: Path) -> None:
    """The pack `format` as the vault's config sets it, and nothing else; written unless that is not wanted."""
    (vault / "Plan.md").write_text("[[Home | us]] [[Soup recipes]]\n")
    planned = vaultlint.format(vault / "Plan.md", write=False)
    assert ["Plan.md"] == [note.path for note in planned.changed]

    assert "[[Home | us]] [[Soup recipes]]\n" == (vault / "Plan.md").read_text()
    assert planned.changed == vaultlint.format(vault).changed
    assert "[[Home|us]] [[Soup recipes]]\n" == (vault / "Plan.md").read_text()


def test_linter(vault: Path) -> None:
    """A linter does what the functions do, with the processes or the executor that it was made with."""
    with ThreadPoolExecutor(2) as threads:
        for linter in (vaultlint.Linter(), vaultlint.Linter(jobs=2), vaultlint.Linter(executor=threads)):
            report = linter.check(vault, paths=[vault / "Home.md"])
            planned = linter.fix(vault, unsafe=True, write=False)

            assert ["Home.md"] == [one.path for one in report.diagnostics]
            assert vaultlint.fix(vault, unsafe=True, write=False).changed == planned.changed
            assert vaultlint.format(vault, write=False).changed == linter.format(vault, write=False).changed


def test_format_text(vault: Path) -> None:
    """One note without a disk, or by the config of a vault."""
    (vault / "vaultlint.toml").write_text('rules.alias-spacing = { style = "spaced" }\n')

    assert "[[Home|us]] [[Nowhere]]\n" == vaultlint.format_text("[[Home | us]] [[Nowhere]]\n")
    assert "[[Home | us]]\n" == vaultlint.format_text("[[Home|us]]\n", "Plan.md", vault=vault)


def test_since(new_repository: Callable[..., Any]) -> None:
    """With the name of a commit only what is new since then is told, and mended."""
    repository = new_repository()
    repository.commit({".obsidian/app.json": "{}", "Soup_recipes.md": "", "Home.md": "[[Soup recipes]]\n"})
    repository.write({"New.md": "[[Soup recipes]]\n", "Home.md": "More.\n\n[[Soup recipes]]\n"})

    report = vaultlint.check(repository.top, since="HEAD")
    result = vaultlint.fix(repository.top, unsafe=True, write=False, since="HEAD")

    assert ["New.md"] == [one.path for one in report.diagnostics] == [one.path for one in result.changed]
    assert report.notices[0].endswith(": 1 known finding is left out")
    with pytest.raises(vaultlint.UserError, match="git knows no commit of that name"):
        vaultlint.check(repository.top, since="nowhere")


def test_baseline(vault: Path, tmp_path: Path) -> None:
    """With a baseline only what it does not know is told, and mended; what is stale is said."""
    file = tmp_path / "known.json"
    assert 0 == main(["baseline", str(vault), "--baseline", str(file), "--quiet"])
    (vault / "New.md").write_text("[[Soup recipes]]\n")
    (vault / "Home.md").write_text("Nothing.\n")

    report = vaultlint.check(vault, baseline=file)
    result = vaultlint.fix(vault, unsafe=True, write=False, baseline=file)

    assert ["New.md"] == [one.path for one in report.diagnostics] == [one.path for one in result.changed]
    (said,) = report.notices
    assert said.startswith("1 finding of the baseline is there no longer")
    assert f"`vaultlint check --baseline {file} --baseline-update {vault}`" in said
    with pytest.raises(vaultlint.UserError, match=r"nothing\.json"):
        vaultlint.check(vault, baseline=tmp_path / "nothing.json")


def test_since_and_baseline(new_repository: Callable[..., Any], tmp_path: Path) -> None:
    """With both, what either of them knows is not told."""
    repository = new_repository()
    repository.commit({".obsidian/app.json": "{}", "Old.md": "[[gone]]\n"})
    file = tmp_path / "known.json"
    repository.write({"Later.md": "[[gone]]\n"})
    assert 0 == main(["baseline", str(repository.top / "Later.md"), "--baseline", str(file), "--quiet"])
    repository.write({"New.md": "[[gone]]\n"})

    report = vaultlint.check(repository.top, since="HEAD", baseline=file)

    assert ["New.md"] == [one.path for one in report.diagnostics]


def test_paths_outside(vault: Path, tmp_path: Path) -> None:
    """A path outside the vault is the caller's mistake, and said so in one line."""
    with pytest.raises(vaultlint.UserError, match="is not in the vault"):
        vaultlint.check(vault, paths=[tmp_path])


def test_check_text() -> None:
    """A note given as text is judged alone: links can't be, what stands in the note is."""
    text = "---\nkey: [broken\n---\n[[Nowhere]]\n"

    report = vaultlint.check_text(text, path="Home.md")

    assert ["frontmatter-syntax"] == [one.rule for one in report.diagnostics]
    assert [1, "Home.md"] == [report.summary.notes, report.diagnostics[0].path]


def test_check_text_in_a_vault(vault: Path) -> None:
    """With a vault, the text stands in for the file of its path, on disk or not, and links are judged."""
    there = vaultlint.check_text("[[Soup_recipes#Soup]] [[New]]", path="Home.md", vault=vault)
    new = vaultlint.check_text("[[Home]] [[Draft#Part]]\n# Part\n", path="Draft.md", vault=vault)

    assert ["no file named 'New'"] == [one.message for one in there.diagnostics]
    assert () == new.diagnostics
    assert not (vault / "Draft.md").exists()


def test_fix_text(vault: Path) -> None:
    """Fixing a text gives the new text, and writes nothing."""
    assert "[[Soup_recipes|Soup recipes]]" == vaultlint.fix_text(
        "[[Soup recipes]]", path="Home.md", vault=vault, unsafe=True
    )
    assert "[[Soup recipes]]" == vaultlint.fix_text("[[Soup recipes]]", path="Home.md", vault=vault)
    assert "See [[Soup recipes]].\n" == (vault / "Home.md").read_text()


def test_a_vault_for_scripts(vault: Path) -> None:
    """The README's lines on vaults work as written."""
    opened = vaultlint.Vault.open(vault)
    note = opened["Home"]

    assert "sub/Soup_recipes.md" == opened.resolve("Soup_recipes#Soup", source=note).path
    assert ["sub/Soup_recipes.md"] == [source for source, _ in opened.backlinks("Home.md")]
    assert ["Soup recipes"] == [link.path for link in vaultlint.parse_note(note.text).wikilinks]


TALKS = """
from datetime import timedelta

import vaultlint
from pydantic import BaseModel


class Talk(BaseModel):
    duration: timedelta


def lengths(vault: vaultlint.Vault | str) -> timedelta:
    for talk in vaultlint.load(vault, Talk, "talks/**"):
        print(talk.value.duration, talk.note.path)
    for talk in vaultlint.load(vault, Talk):
        match talk:
            case vaultlint.Typed(note, value):
                reveal_type(value)
            case vaultlint.Problem(path=path):
                print(path, [one.message for one in talk.diagnostics])
    total = timedelta()
    for strictly in vaultlint.load(vault, Talk, strict=True):
        reveal_type(strictly)
        total += strictly.value.duration
    return total


def neighbours(vault: vaultlint.Vault) -> list[str]:
    names = [note.path for note in vault.query(tag=["a", "b"], where={"status": ["open", None], "rating": 3})]
    names += [note.path for note in vault.query(where=lambda note: bool(note.headings))]
    return names + [path for path, _ in vault.backlinks(vault["Home"])] + list(vault.graph())
"""


def test_a_users_types(tmp_path: Path) -> None:
    """Who checks types strictly is told of the model's own class, and need not cast."""
    script = tmp_path / "talks.py"
    script.write_text(TALKS)
    words = ["-m", "mypy", "--strict", str(script)]  # with the project's own config, for the sake of its cache

    run = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, cwd=PROJECT)

    assert run.stdout.endswith("Success: no issues found in 1 source file\n"), run.stdout
    assert 'Revealed type is "talks.Talk"' in run.stdout
    assert 'Revealed type is "vaultlint.engine.load.Typed[talks.Talk]"' in run.stdout


def test_load_on_demand(vault: Path) -> None:
    """Asking for `load` brings no pydantic before a model is there, and `Vault.query` none at all."""
    script = (
        "import sys, vaultlint; vaultlint.load; vaultlint.Problem\n"
        "print(sum(1 for note in vaultlint.Vault.open(sys.argv[1]).query(links_to='Home', tag='none')))\n"
        "print([m for m in ('pydantic', 'yaml', 'networkx', 'rich') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script, str(vault)], capture_output=True, text=True, check=True)

    assert "0\n[]\n" == run.stdout
