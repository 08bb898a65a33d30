"""The rules of the plug-in Obsidian Linter beside ours, made from the table that imports its settings.

Below the table stands an example for each rule whose result differs, from `parity.md` beside this file.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaultlint.config.linter.table import ROWS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.config.linter.rows import Row, Verdict

FILE = Path(__file__).resolve().parent.parent / "docs" / "obsidian-linter.md"
EXAMPLES = Path(__file__).resolve().with_name("parity.md")
_VERDICTS: dict[Verdict, str] = {
    "same": "same",
    "better": "better",
    "differs": "differs",
    "none": "no counterpart",
}
_HEAD = """\
<!-- Made by `python3 -m dev docs` from `vaultlint/config/linter` and `dev/parity.md`: change these. -->

# The rules of Obsidian Linter in ours

`vaultlint init --from obsidian-linter` makes a config of the plug-in's settings. Each of its {count} rules has a row:
{summary}.
*Same* is the same result; *better* the same where all goes well, and no harm where the plug-in does some; *differs* is
another result, which is meant; each such row leads to an example below. Options are taken over, too: above each rule in
the written config stands what can't be.
"""
_TABLE = "| Obsidian Linter | vaultlint | result | what is otherwise |\n| --- | --- | --- | --- |\n"
_EXAMPLES_HEAD = """
## Examples

What the plug-in does is what its documentation says, and where that is silent, its code. Our side is run by a test.
"""
_SECTION = re.compile(r"^## (?P<name>[a-z-]+)\n(?P<body>.*?)(?=^## [a-z-]+$|\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^````(?P<info>\S[^\n]*)\n(?P<text>.*?)^````\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A note, what the plug-in makes of it, and what we do."""

    rule: str
    """The plug-in's."""
    said: str
    """Why the results are not the same, in a sentence or two."""
    name: str
    """Of the note."""
    before: str
    fixed: str
    """After `--fix`."""
    unsafe: str
    """After `--fix --unsafe-fixes`."""
    plugin: str | None = None
    """After the plug-in."""
    settings: dict[str, Any] = field(default_factory=dict)
    common: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """What else the vault has."""
    history: tuple[str, ...] = ()
    found: tuple[str, ...] | None = None

    @property
    def data(self) -> dict[str, Any]:
        """The plug-in's settings with this rule alone."""
        return {"ruleConfigs": {self.rule: {"enabled": True, **self.settings}}, "commonStyles": self.common}


def examples() -> list[Example]:
    """Effect: reads `parity.md`. The examples, in its order; raises `ValueError` where a block is not understood."""
    text = EXAMPLES.read_text(encoding="utf-8")
    return [_example(section["name"], section["body"]) for section in _SECTION.finditer(text)]


def _example(rule: str, body: str) -> Example:
    blocks: dict[str, str] = {}
    files: dict[str, str] = {}
    name = "Note.md"
    for block in _BLOCK.finditer(body):
        words, _, file = block["info"].partition("file=")
        match words.split():
            case ["md", "before"]:
                blocks["before"], name = block["text"], file or name
            case ["md", "plugin" | "fix" | "unsafe" as kind] | ["json", "settings" | "common" as kind]:
                blocks[kind] = block["text"]
            case ["text", "history" | "found" as kind]:
                blocks[kind] = block["text"]
            case [_] if file:
                files[file] = block["text"]
            case _:
                raise ValueError(f"{rule}: no such block: '{block['info']}'")
    before = blocks["before"]
    fixed = blocks.get("fix", before)
    return Example(
        rule=rule,
        said=_BLOCK.sub("", body).strip(),
        name=name,
        before=before,
        fixed=fixed,
        unsafe=blocks.get("unsafe", fixed),
        plugin=blocks.get("plugin"),
        settings=json.loads(blocks.get("settings", "{}")),
        common=json.loads(blocks.get("common", "{}")),
        files=files,
        history=tuple(blocks.get("history", "").splitlines()),
        found=tuple(blocks["found"].splitlines()) if "found" in blocks else None,
    )


def page() -> str:
    """The page."""
    shown = examples()
    anchors = {example.rule for example in shown}
    counts = Counter(row.verdict for row in ROWS)
    summary = ", ".join(f"{counts[verdict]} {word}" for verdict, word in _VERDICTS.items())
    text = _HEAD.format(count=len(ROWS), summary=summary)
    for title, rows in SECTIONS:
        text += f"\n## {title}\n\n{_TABLE}{''.join(_row(row, row.theirs in anchors) for row in rows)}"
    return text + _EXAMPLES_HEAD + "".join(map(_shown, shown))


def _row(row: Row, has_example: bool) -> str:
    theirs = f"[`{row.theirs}`](#{row.theirs})" if has_example else f"`{row.theirs}`"
    ours = ", ".join(f"[`{rule}`](rules/{rule}.md)" for rule in row.ours) or "none"
    why = row.why.replace("|", "\\|")
    return f"| {theirs} | {ours} | {_VERDICTS[row.verdict]} | {why} |\n"


def _shown(example: Example) -> str:
    """An example on the page."""
    return f"\n### `{example.rule}`\n\n" + "\n".join((f"{example.said}\n", *_parts(example)))


def _parts(example: Example) -> Iterator[str]:
    before, plugin, fixed, unsafe = example.before, example.plugin, example.fixed, example.unsafe
    options = {**example.settings, **example.common}
    if options:
        said = ", ".join(f"`{key}`: `{json.dumps(one, ensure_ascii=False)}`" for key, one in options.items())
        yield f"Set to {said}.\n"
    for name, text in example.files.items():
        yield _block(f"`{name}`", text, "json")
    if example.history:
        yield _block("Commits", _lines(example.history), "text")
    yield _block(f"`{example.name}`", before)
    if plugin is not None:
        yield "The plug-in leaves it as it is.\n" if plugin == before else _block("The plug-in", plugin)
    if fixed == before:
        yield "vaultlint leaves it as it is" + (".\n" if unsafe == fixed else ", unless it is told `--unsafe-fixes`:\n")
    else:
        yield "vaultlint does the same.\n" if fixed == plugin else _block("vaultlint", fixed)
    if unsafe != fixed:
        label = "" if fixed == before else "With `--unsafe-fixes`"
        yield _block(label, unsafe)
    if example.found is not None:
        yield _block("It says", _lines(example.found), "text")


def _lines(lines: tuple[str, ...]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _block(label: str, text: str, language: str = "md") -> str:
    """A text with what it is above."""
    return (f"{label}:\n\n" if label else "") + f"````{language}\n{text}````\n"


def outdated() -> bool:
    """Whether the page is not as it would be made now."""
    return not FILE.exists() or FILE.read_text(encoding="utf-8") != page()
