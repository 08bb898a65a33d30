"""The rules of the plug-in Obsidian Linter beside ours, made from the table that imports its settings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.config.linter.table import ROWS, SECTIONS

if TYPE_CHECKING:
    from vaultlint.config.linter.rows import Verdict

FILE = Path(__file__).resolve().parent.parent / "docs" / "obsidian-linter.md"
_VERDICTS: dict[Verdict, str] = {
    "same": "same",
    "better": "better",
    "differs": "differs",
    "none": "no counterpart",
}
_HEAD = """\
<!-- Made by `python3 -m dev docs` from the table in `vaultlint/config/linter`: change that. -->

# The rules of Obsidian Linter in ours

`vaultlint init --from obsidian-linter` makes a config of the plug-in's settings. Each of its {count} rules has a row:
{summary}.
*Same* is the same result; *better* the same where all goes well, and no harm where the plug-in does some; *differs* is
another result, which is meant. Options are taken over, too: above each rule in the written config stands what can't be.
"""
_TABLE = "| Obsidian Linter | vaultlint | result | what is otherwise |\n| --- | --- | --- | --- |\n"


def page() -> str:
    """The page."""
    counts = Counter(row.verdict for row in ROWS)
    summary = ", ".join(f"{counts[verdict]} {word}" for verdict, word in _VERDICTS.items())
    text = _HEAD.format(count=len(ROWS), summary=summary)
    for title, rows in SECTIONS:
        text += f"\n## {title}\n\n{_TABLE}"
        for row in rows:
            ours = ", ".join(f"[`{rule}`](rules/{rule}.md)" for rule in row.ours) or "none"
            why = row.why.replace("|", "\\|")
            text += f"| `{row.theirs}` | {ours} | {_VERDICTS[row.verdict]} | {why} |\n"
    return text


def outdated() -> bool:
    """Whether the page is not as it would be made now."""
    return not FILE.exists() or FILE.read_text(encoding="utf-8") != page()
