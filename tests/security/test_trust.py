"""Python of a vault runs only with a word of trust, which stands outside the vault and ends where its code changes."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

CONFIG = 'packs = []\nlocal-rules = ["rules.py"]\n[rules]\nno-x = "warning"\n'
RULE = """\
from pathlib import Path
from vaultlint.rule.kinds import Group, NoteRule

Path("ran").touch()


class NoX(NoteRule):
    "A note has an x."

    name = "no-x"
    group = Group.STYLE

    def check(self, note):
        yield from ()
"""


@pytest.fixture
def root(vault) -> Path:
    return vault({"vaultlint.toml": CONFIG, "rules.py": RULE, "Note.md": "A note.\n"})


def test_refused_unasked(root: Path, run) -> None:
    """Nobody said that the vault's Python may run: one line names both ways to say so, and nothing ran."""
    ran = run(root, "check")

    assert (2, b"") == (ran.returncode, ran.stdout)
    assert b"--allow-local-rules" in ran.stderr
    assert b"`vaultlint trust`" in ran.stderr
    assert 1 == ran.stderr.count(b"\n")
    assert not (root / "ran").exists()


def test_trusted(root: Path, run) -> None:
    """A vault that is trusted runs its rules without a flag; to trust it runs nothing, and names what may run."""
    said = run(root, "trust")

    assert (0, b"") == (said.returncode, said.stderr)
    assert b"rules.py\n" in said.stdout
    assert not (root / "ran").exists()
    assert 0 == run(root, "check").returncode
    assert (root / "ran").exists()


@pytest.mark.parametrize("change", ["changed", "added", "gone", "renamed", "config"])
def test_changed_code_is_asked_for_again(change: str, root: Path, run) -> None:
    """Whatever becomes of the vault's Python after it was trusted, it does not run until it is trusted anew."""
    (root / "other.py").write_text("A = 1\n")
    run(root, "trust")
    match change:
        case "changed":
            (root / "rules.py").write_text(RULE + "\n")
        case "added":
            (root / "sub").mkdir()
            (root / "sub/helper.py").write_text("")
        case "gone":
            (root / "other.py").unlink()
        case "renamed":
            (root / "other.py").rename(root / "another.py")
        case "config":
            (root / "new.py").write_text(RULE)
            (root / "vaultlint.toml").write_text(CONFIG.replace("rules.py", "new.py"))

    ran = run(root, "check")

    assert (2, False) == (ran.returncode, (root / "ran").exists())
    run(root, "trust")
    assert 0 == run(root, "check").returncode


def test_trust_is_of_one_vault(root: Path, run, tmp_path: Path) -> None:
    """The same code in another folder is not trusted, nor is a copy that takes the place by a link."""
    run(root, "trust")
    root.rename(tmp_path / "Moved")

    assert 2 == run(tmp_path / "Moved", "check").returncode


def test_revoke_and_list(root: Path, run) -> None:
    """The list can be read, and a vault taken off it; a second time that is a mistake of the caller."""
    run(root, "trust")

    assert os.fsencode(root) + b"\n" == run(root, "trust", "--list").stdout
    assert 0 == run(root, "trust", "--revoke").returncode
    assert b"" == run(root, "trust", "--list").stdout
    assert 2 == run(root, "check").returncode
    assert 2 == run(root, "trust", "--revoke").returncode


def test_no_code(vault, run) -> None:
    """A vault without Python can't be trusted beforehand."""
    said = run(vault({"Note.md": ""}), "trust")

    assert 2 == said.returncode
    assert b"there is no Python" in said.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs links and modes")
def test_what_can_not_be_pinned_is_not_trusted(root: Path, run, tmp_path: Path) -> None:
    """Code behind a link could change unseen: such a vault is not trusted; the list is the user's alone."""
    run(root, "trust")
    file = tmp_path / "user/XDG_CONFIG_HOME/vaultlint/trusted.json"
    (tmp_path / "outside.py").write_text("")
    (root / "link.py").symlink_to(tmp_path / "outside.py")

    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert 2 == run(root, "trust").returncode
    assert 2 == run(root, "check").returncode


@pytest.mark.parametrize("text", [b"{", b"[1]", b'{"a": 1}', b"\xff", b"[" * 100_000])
def test_a_broken_list_trusts_nobody(text: bytes, root: Path, run, tmp_path: Path) -> None:
    """A list that can't be read is a line, not a yes, and is not written over."""
    file = tmp_path / "user/XDG_CONFIG_HOME/vaultlint/trusted.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(text)

    assert 2 == run(root, "check").returncode
    assert 2 == run(root, "trust").returncode
    assert text == file.read_bytes()


def test_the_vault_can_not_trust_itself(root: Path, run) -> None:
    """A list, or a key `trust`, in the vault is not heeded."""
    (root / "trusted.json").write_text(json.dumps({str(root): "0" * 64}))
    (root / "vaultlint.toml").write_text("trust = true\n" + CONFIG)

    ran = run(root, "check")

    assert 2 == ran.returncode
    assert b"a vault's config can't say where to write or what to trust" in ran.stderr


def test_no_trust_in_a_workflow(root: Path, run) -> None:
    """The job of a service never heeds the list: whose code it would be is for the flag alone to say."""
    run(root, "trust")

    ran = run(root, "ci", "github", GITHUB_ACTIONS="")

    assert (2, False) == (ran.returncode, (root / "ran").exists())
    assert b"--allow-local-rules" in ran.stdout
