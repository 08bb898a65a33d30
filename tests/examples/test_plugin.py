"""The plug-in of `examples/plugin`, installed as a stranger would install it, is like a built-in rule."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("examples")

PLUGIN = Path(__file__).parents[2] / "examples" / "plugin"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def python(environment: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment that has vaultlint and the plug-in."""
    folder = tmp_path_factory.mktemp("environment")
    fresh = environment(folder)
    source = folder / "plugin"
    shutil.copytree(PLUGIN, source)
    install = [
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "--disable-pip-version-check",
    ]
    subprocess.run([sys.executable, "-m", "pip", "--python", fresh, *install, source], check=True)
    return fresh


@pytest.fixture
def vaultlint(python: Path, tmp_path: Path) -> Run:
    """Run the command in a vault with one note that has a TODO."""
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Plan.md").write_text("- [ ] TODO: call Ann\n\nLATER\n", encoding="utf-8")

    def run(*arguments: str, config: str = "") -> subprocess.CompletedProcess[str]:
        (vault / "vaultlint.toml").write_text(config, encoding="utf-8")
        environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "NO_COLOR": "1"}
        return subprocess.run(
            [python, "-m", "vaultlint", *arguments],
            cwd=vault,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_it_is_off_until_it_is_asked_for(vaultlint: Run):
    """A rule that no pack names is off."""
    assert "no-todo-marker" not in vaultlint("check").stdout


def test_it_runs(vaultlint: Run):
    """`--extend-select` turns it on for a run, and its findings are those of any rule."""
    out = vaultlint("check", "--extend-select", "no-todo-marker", "--output-format", "json").stdout

    found = json.loads(out)["diagnostics"]
    assert [("Plan.md", 1, 7, "no-todo-marker", "info", "safe")] == [
        (one["path"], one["line"], one["column"], one["rule"], one["severity"], one["fix"]["applicability"])
        for one in found
    ]


def test_it_is_configured(vaultlint: Run):
    """A config sets its severity and its options."""
    config = '[rules]\nno-todo-marker = { severity = "error", markers = ["LATER"] }'

    run = vaultlint("check", "--output-format", "concise", config=config)

    assert (1, True) == (run.returncode, "Plan.md:3:1" in run.stdout)
    assert "'TODO'" not in run.stdout


def test_a_wrong_option_is_told(vaultlint: Run):
    """A slip in its options is answered as for any rule."""
    run = vaultlint("check", config='[rules]\nno-todo-marker = { marker = ["LATER"] }')

    assert 2 == run.returncode
    assert "vaultlint.toml:2: no-todo-marker: " in run.stderr
    assert "no option 'marker'; did you mean 'markers'?" in run.stderr


def test_it_fixes(vaultlint: Run, tmp_path: Path):
    """`--fix` applies its fix."""
    vaultlint("check", "--fix", "--extend-select", "no-todo-marker")

    assert "- [ ] call Ann\n\nLATER\n" == (tmp_path / "vault" / "Plan.md").read_text(encoding="utf-8")


def test_it_explains_itself(vaultlint: Run):
    """`explain` shows its note, and lists it among the others."""
    assert "In an open task the box says it already" in vaultlint("explain", "no-todo-marker").stdout
    assert "no-todo-marker" in vaultlint("explain").stdout


def test_its_own_tests_pass(python: Path):
    """The kit that tests the built-in rules tests those of strangers."""
    tests = subprocess.run(
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", PLUGIN / "tests"],
        cwd=PLUGIN,
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == tests.returncode, tests.stdout
