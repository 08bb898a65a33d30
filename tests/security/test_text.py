"""What notes, names, configs and settings say is shown, never sent: whatever is asked for, and whatever goes wrong."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from lxml import etree

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs names that Windows can't have")

RAW = "\x1b]0;owned\x07\x1b[31m\u202e\u200b\u2066[bold]x[/bold][link=file:///etc]y[/link]\x9b2J\U000e0041"
NAMES = {
    "\x1b[2J\u202egnp.md": "[[nowhere]]\n",
    "::error file=a,line=1::forged.md": "[[nowhere]]\n",
    "a%0A::error::forged.md": "[[nowhere]]\n",
    "line\nbreak\r::warning::x.md": "[[nowhere]]\n",
    os.fsdecode(b"caf\xe9\xff.md"): "[[nowhere]]\n",
    "[red]markup[/red].md": "[[nowhere]]\n",
    "Note.md": "---\n"
    f"date: '{RAW[:5]}'\ntags: ['{RAW[-9:]}']\naliases: a\n---\n"
    f"[[{RAW}]] [[::error::x]] ##[error]x ##vso[x]y\n"
    f"[[Note#{RAW}]] ![[{RAW}.png]] [x](<{RAW}.md>)\n[[Note| {RAW}]]\n",
}
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f\U000e0000-\U000e0fff]")
FORMATS = ("full", "concise", "json", "jsonl", "github", "sarif", "junit", "gitlab", "rdjson", "azure")


PROPERTY = re.compile("(?:file|sourcepath)=[^,;:\x00-\x1f\x7f-\x9f]*")
"""The path of an annotation: the service looks the file up by it, so only controls are escapes there."""


def sent(data: bytes) -> list[str]:
    """What of the output a terminal would obey or not show."""
    return CONTROLS.findall(PROPERTY.sub("", data.decode("utf-8")))


@pytest.fixture
def root(vault) -> Path:
    return vault(NAMES)


@pytest.mark.parametrize(
    "words",
    [
        *(["check", "--output-format", form] for form in ("full", "concise", "github", "azure")),
        ["check", "--statistics"],
        ["check", "--show-files"],
        ["check", "--debug"],
        ["check", "--diff", "--unsafe-fixes"],
        ["check", "--select", "ALL", "--extend-select", RAW],
        ["check", RAW],
        ["check", "--config", RAW],
        ["check", "--since", RAW],
        ["check", "--baseline", RAW + ".json"],
        ["check", f"--{RAW}"],
        ["explain", RAW],
        ["trust", RAW],
        ["ci", "github", "--suggestions"],
    ],
)
def test_every_command_shows_and_never_sends(words: list[str], root: Path, run) -> None:
    """No control, direction or hidden character of a vault or a call reaches standard output or error."""
    ran = run(root, *words, "--color", "never") if words[0] in ("check", "explain") else run(root, *words)

    assert ran.stdout + ran.stderr
    assert [] == sent(ran.stdout) + sent(ran.stderr)
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["config"],
        ["config", RAW + ".md"],
        ["schema", "check"],
        ["schema", RAW],
        ["schema", "export", "--to", "markdown"],
        ["schema", "export", "--to", "types-json"],
        ["schema", "export", "--to", "types-json", "--yes"],
        ["schema", "export", "--to", "json-schema", RAW],
        ["schema", "import", "--from", "propsec"],
        ["schema", "import", "--from", "propsec", RAW],
        ["schema", "import", "--from", "metadata-menu"],
    ],
)
def test_nor_do_schemas_and_settings(words: list[str], root: Path, run) -> None:
    """Wherever these come from: the config, the app's settings, those of its plug-ins."""
    name = json.dumps(RAW[:-1] + "\x7f")  # which TOML reads as well, but for characters beyond U+FFFF
    (root / "vaultlint.toml").write_text(
        f"exclude = [{name}]\n[[schema]]\nname = {name}\nmatch = {name}\n[schema.properties]\n{name} = 'text'\n"
        f"x = {{ values = [{name}], default = {name} }}\n[[schema]]\nproperties = {{ {name} = 'number' }}\n",
        encoding="utf-8",
    )
    (root / ".obsidian/types.json").write_text(f'{{"types": {{"x": {name}}}}}', encoding="utf-8")
    for plugin, text in (
        ("propsec", f'{{"schemaMappings": [{{"name": {name}, "query": {name}, "fields": [{{"name": {name}}}]}}]}}'),
        ("metadata-menu", f'{{"classFilesPath": "Classes", "presetFields": [{{"name": {name}}}]}}'),
    ):
        (root / f".obsidian/plugins/{plugin}").mkdir(parents=True)
        (root / f".obsidian/plugins/{plugin}/data.json").write_text(text, encoding="utf-8")
    (root / "Classes").mkdir()
    (root / "Classes/a.md").write_text(f"---\nfields: [{{name: {name}, type: {name}}}]\n---\n", encoding="utf-8")

    ran = run(root, *words)

    assert ran.stdout + ran.stderr
    assert [] == sent(ran.stdout) + sent(ran.stderr)
    assert b"Traceback" not in ran.stderr
    assert any(RAW in word for word in words) or 2 != ran.returncode, ran.stderr  # all of these are well-formed


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("vaultlint.toml", f"packs = ['{RAW[3:4]}\u202e']\n"),
        ("vaultlint.toml", '"\\u001b[2J" = 1\n'),
        ("vaultlint.toml", '[rules]\n"\\u001b[2J\\u202e" = "error"\n'),
        ("vaultlint.toml", 'extend = "\\u001b[2J"\n'),
        ("vaultlint.toml", 'local-rules = ["\\u001b[2J.py"]\n'),
        ("vaultlint.toml", '[[schema]]\n[schema.properties]\na = { type = "text", pattern = "(\\u001b[2J" }\n'),
        ("vaultlint.toml", "a = \x1b\n"),
        (".obsidian/app.json", json.dumps({"userIgnoreFilters": ["/(\x1b[2J\u202e/"]})),
    ],
)
def test_errors_and_notices_too(name: str, text: str, root: Path, run) -> None:
    """Nor does what a config or a setting of the app says, where it is wrong."""
    (root / name).write_text(text, encoding="utf-8")

    ran = run(root, "check")

    assert ran.stderr
    assert [] == sent(ran.stdout) + sent(ran.stderr)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_valid_for_any_bytes(form: str, root: Path, run) -> None:
    """What is read by machines is what it says it is, in UTF-8, whatever names and notes hold."""
    (root / "bytes.md").write_bytes(bytes(range(256)))
    (root / "surrogates.md").write_text('---\na: "\\ud800\\udfff"\n---\n[[\ufffe\uffff]]\n', encoding="utf-8")

    ran = run(root, "check", "--output-format", form)

    assert 1 == ran.returncode
    text = ran.stdout.decode("utf-8")
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(text)
    elif form == "jsonl":
        assert all(json.loads(line) for line in text.splitlines())
    elif form == "junit":
        etree.fromstring(ran.stdout)


def test_github_output_has_no_commands_but_ours(root: Path, run) -> None:
    """Each line is one command, which names a note of the vault and ends where its message does."""
    lines = run(root, "check", "--output-format", "github").stdout.decode().split("\n")

    assert lines.pop() == ""
    shape = re.compile(r"::(error|warning|notice) file=[^,:]+,line=\d+(,[a-zA-Z]+=[^,:]*)*::[^\r\n]*|[^:#].*")
    assert [] == [line for line in lines if not shape.fullmatch(line)]
    assert [] == [line for line in lines if "##[" in line or "##vso[" in line]
