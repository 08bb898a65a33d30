"""Nothing outside the vault is read or written, whatever leads there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

SECRET = "# Secret heading\n\n[[nowhere at all]] ^secret-block\n"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.md"
    file.write_text(SECRET, encoding="utf-8")
    return file


def told(run, root: Path, *words: str) -> str:
    ran = run(root, "check", "--output-format", "json", *words)
    json.loads(ran.stdout)
    return ran.stdout.decode() + ran.stderr.decode()


@pytest.mark.parametrize(
    "target",
    [
        "../secret",
        "../secret.md",
        "../../secret",
        "..\\\\secret",
        "%2e%2e/secret.md",
        "file://{0}",
        "{0}",
        "/../secret",
    ],
)
def test_links_are_looked_up_in_the_vault_alone(target: str, secret: Path, vault, run) -> None:
    """A link that names a file outside finds none, and no heading or block of it is known."""
    target = target.format(secret)
    root = vault(
        {"sub/Note.md": f"[[{target}]] ![[{target}]] [[{target}#Secret heading]] [x]({target}#^secret-block)\n"}
    )

    said = told(run, root)

    assert "Secret heading" not in said.replace("#Secret heading", "").replace("'Secret heading'", "")
    assert "nowhere at all" not in said
    assert SECRET == secret.read_text()


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("what", ["note", "folder", "settings", "config"])
def test_symbolic_links_are_not_followed_out(what: str, secret: Path, vault, run, tmp_path: Path) -> None:
    """A note, folder, settings or config that is a link out of the vault: nothing behind it is read or mended."""
    root = vault({"Note.md": "[[secret]] [[nowhere|  x]]\n"})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/other.md").write_text(SECRET)
    match what:
        case "note":
            (root / "secret.md").symlink_to(secret)
        case "folder":
            (root / "linked").symlink_to(tmp_path / "outside")
        case "settings":
            (root / ".obsidian").rmdir()
            (root / ".obsidian").symlink_to(tmp_path / "outside")
        case "config":
            (root / "vaultlint.toml").symlink_to(secret)

    ran = run(root, "check", "--fix", "--unsafe-fixes")

    assert (2 if what == "config" else 0) == ran.returncode
    assert b"nowhere at all" not in ran.stdout + ran.stderr
    assert SECRET == secret.read_text() == (tmp_path / "outside/other.md").read_text()
    assert {"other.md"} == {file.name for file in (tmp_path / "outside").iterdir()}


@pytest.mark.parametrize(
    "config",
    [
        'extend = "{0}"',
        'extend = "../secret.md"',
        'extend = "sub/../../secret.md"',
        'local-rules = ["../rules.py"]',
        'local-rules = ["{1}/rules.py"]',
        'output = "../report.json"',
        'cache = "/"',
        'journal = "/"',
    ],
)
def test_a_config_names_nothing_outside(config: str, secret: Path, vault, run, tmp_path: Path) -> None:
    """Bases, rules and places to write outside are refused in a line, also where local rules are allowed."""
    (tmp_path / "rules.py").write_text("open('ran', 'w')\n")
    root = vault({"Note.md": "", "vaultlint.toml": config.format(secret.as_posix(), tmp_path.as_posix())})

    ran = run(root, "check", "--allow-local-rules")

    assert (2, b"") == (ran.returncode, ran.stdout)
    assert b"Secret" not in ran.stderr
    assert not (root / "ran").exists()
