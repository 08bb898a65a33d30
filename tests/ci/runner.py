"""A runner of workflows, played on this machine: real repositories, real bash, one file of outputs a step.

What it does is documented: GitHub's "Workflow commands", "Variables reference", "Metadata syntax" (composite actions)
and "Contexts reference". It obeys commands as the service's own runner does: at the start of a line, `##[name]`
anywhere in it, and none between `stop-commands` and its token.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).parents[2]

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_NAMES = ("debug", "notice", "warning", "error", "group", "endgroup", "add-mask", "stop-commands", "set-output")
_NAMES += ("save-state", "set-env", "add-path", "echo", "add-matcher", "remove-matcher", "internal-set-repo-path")
_DATA = (("%0D", "\r"), ("%0A", "\n"))
_PROPERTY = (*_DATA, ("%3A", ":"), ("%2C", ","))
_OUTER = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "XDG_STATE_HOME")


@dataclass
class Command:
    """A workflow command that the service obeyed."""

    name: str
    properties: dict[str, str]
    data: str


@dataclass
class Used:
    """A step that calls another action."""

    uses: str
    inputs: dict[str, str]


@dataclass
class Outcome:
    """What a call of the Action left behind."""

    failed: bool = False
    statuses: dict[str, int] = field(default_factory=dict)
    """Step -> exit status."""
    log: list[str] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    used: list[Used] = field(default_factory=list)

    def shown(self, *levels: str) -> list[Command]:
        """The annotations of these levels that the service shows: ten of each."""
        return [one for level in levels for one in [two for two in self.commands if two.name == level][:10]]

    def said(self, level: str) -> str:
        """The annotations of a level that are about no file, a line each."""
        return "\n".join(one.data for one in self.commands if one.name == level and "file" not in one.properties)


class Listener:
    """Reads what a step prints, as the service's runner does."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self._stopped_until: str | None = None

    def hear(self, line: str) -> None:
        """Takes in one line."""
        command = self._as_command(line.lstrip()) or self._in_brackets(line)
        if command is None:
            return
        if self._stopped_until is not None:
            if command.name == self._stopped_until:
                self._stopped_until = None
            return
        if command.name == "stop-commands":
            assert len(command.data) > 20, "a token that can be guessed"
            self._stopped_until = command.data
            return
        self.commands.append(command)

    def _as_command(self, line: str) -> Command | None:
        found = re.match(r"::([^\s:]+)(?: (.*?))?::(.*)", line)
        if found is None or not self._is_known(found[1]):
            return None
        pairs = [pair.partition("=") for pair in (found[2] or "").split(",") if pair]
        return Command(
            found[1].lower(),
            {name.strip(): _unescaped(value, _PROPERTY) for name, _, value in pairs},
            _unescaped(found[3], _DATA),
        )

    def _in_brackets(self, line: str) -> Command | None:
        found = re.search(r"##\[([^\]\s]+)[^\]]*\](.*)", line)
        return Command(found[1].lower(), {}, found[2]) if found and self._is_known(found[1]) else None

    def _is_known(self, name: str) -> bool:
        return name.lower() in _NAMES or name == self._stopped_until


class Runner:
    """Executes a composite action's steps in a workspace."""

    def __init__(self, workspace: Path, temp: Path, installed: dict[str, dict[str, str]]) -> None:
        """`installed`: outputs of install steps that were run before, so that each is run once."""
        self.workspace = workspace
        self.temp = temp
        self.action: dict[str, Any] = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
        self._installed = installed

    def run(
        self,
        event_name: str,
        event: Mapping[str, Any] | str | None,
        inputs: Mapping[str, str] | None = None,
        **variables: str,
    ) -> Outcome:
        """Effect: executes the steps with this event and these inputs; `variables` as the service sets them."""
        outcome = Outcome()
        self.temp.mkdir(parents=True, exist_ok=True)
        environment = self._environment(event_name, event) | variables
        known: dict[str, Any] = {
            "inputs": {name: about.get("default", "") for name, about in self.action["inputs"].items()}
            | (inputs or {}),
            "github": {"token": variables.get("TOKEN", "ghs_0123456789abcdefghijklmnopqrstuvwxyz")},
            "strategy": {"job-index": "0"},
            "steps": {},
        }
        assert set(known["inputs"]) == set(self.action["inputs"]), "an input that there is none of"
        for step in self.action["runs"]["steps"]:
            if not self._is_due(step, known, outcome):
                continue
            if "uses" in step:
                outcome.used.append(Used(step["uses"], _evaluated(step.get("with", {}), known)))
                continue
            self._execute(step, environment, known, outcome)
        outcome.outputs = _evaluated({k: about["value"] for k, about in self.action["outputs"].items()}, known)
        return outcome

    def _is_due(self, step: dict[str, Any], known: Mapping[str, Any], outcome: Outcome) -> bool:
        condition = step.get("if")
        if condition is None:
            return not outcome.failed
        is_true = _value(_EXPRESSION.sub(r"\1", condition), known)
        states_status = "cancelled()" in condition or "always()" in condition
        return bool(is_true) and (states_status or not outcome.failed)

    def _execute(
        self, step: dict[str, Any], environment: dict[str, str], known: dict[str, Any], outcome: Outcome
    ) -> None:
        assert "${{" not in step["run"], "a stranger's words in a script"
        assert step["shell"] == "bash"
        name = step["id"]
        if name in self._installed:
            known["steps"][name] = {"outputs": self._installed[name]}
            return
        files = {
            variable: self.temp / f"{name}-{variable.lower()}" for variable in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
        }
        for file in files.values():
            file.write_bytes(b"")
        script = self.temp / f"{name}.sh"
        script.write_text(step["run"], encoding="utf-8", newline="\n")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace,
            env=environment
            | {"GITHUB_ACTION_PATH": str(PROJECT)}
            | {variable: str(file) for variable, file in files.items()}
            | _evaluated(step.get("env", {}), known),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        lines = re.split("\r\n|\r|\n", done.stdout.decode("utf-8", "replace"))
        listener = Listener()
        for line in lines:
            listener.hear(line)
        outcome.log += lines
        outcome.commands += listener.commands
        outcome.statuses[name] = done.returncode
        outcome.failed |= done.returncode != 0
        outcome.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        outputs = read_outputs(files["GITHUB_OUTPUT"].read_text(encoding="utf-8"))
        known["steps"][name] = {"outputs": outputs}
        if name == "install" and not done.returncode:
            self._installed[name] = outputs

    def _environment(self, event_name: str, event: Mapping[str, Any] | str | None) -> dict[str, str]:
        file = self.temp / "event.json"
        if event is not None:
            file.write_text(event if isinstance(event, str) else json.dumps(event), encoding="utf-8")
        outer = {name: os.environ[name] for name in os.environ if name in _OUTER or name.startswith("PIP_")}
        proxies = {name: os.environ[name] for name in os.environ if name.lower().endswith("_proxy")}
        return (
            outer
            | proxies
            | {
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_JOB": "vault",
                "GITHUB_EVENT_NAME": event_name,
                "GITHUB_EVENT_PATH": str(file),
                "GITHUB_REPOSITORY": "owner/vault",
                "GITHUB_SERVER_URL": "https://github.com",
                "GITHUB_API_URL": "http://127.0.0.1:9",  # nobody listens
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temp),
                "RUNNER_OS": "Linux",
            }
        )


def read_outputs(written: str) -> dict[str, str]:
    """The outputs in a file as the service reads it."""
    found: dict[str, str] = {}
    lines = iter(written.split("\n"))
    for line in lines:
        name, many, delimiter = line.partition("<<")
        if many and "=" not in name:
            value = []
            for following in lines:
                if following == delimiter:
                    break
                value.append(following)
            else:
                raise AssertionError(f"no line {delimiter!r} ends the output {name!r}")
            found[name] = "\n".join(value)
        elif line:
            name, _, found[name] = line.partition("=")
    return found


def _evaluated(texts: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: _EXPRESSION.sub(lambda match: str(_value(match[1], known)), str(text)) for name, text in texts.items()
    }


def _value(expression: str, known: Mapping[str, Any]) -> Any:
    """The few expressions that the Action needs; what is not there is empty, as at the service."""
    if "&&" in expression:
        parts = [_value(part, known) for part in expression.split("&&")]
        return all(parts) and parts[-1]
    for sign in ("==", "!="):
        if sign in expression:
            one, other = (_value(part, known) for part in expression.split(sign))
            return (one == other) == (sign == "==")
    word = expression.strip()
    if word == "!cancelled()":
        return True
    if word.startswith("'"):
        return word[1:-1]
    found: Any = known
    for part in word.split("."):
        found = found.get(part, {})
    return found if found != {} else ""


def _unescaped(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for written, meant in table:
        text = text.replace(written, meant)
    return text.replace("%25", "%")
