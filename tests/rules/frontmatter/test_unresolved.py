"""Links in properties that lead nowhere: what is said, and what is suggested."""

from __future__ import annotations

from pathlib import Path

import pytest

import vaultlint
from vaultlint.rule.fix import Applicability

RULE = "unresolved-property-link"


def _judge(root: Path, files: dict[str, str]) -> list[tuple[str, str | None, str | None]]:
    """Message, hint and what the suggested fix would write, of each finding."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    lines = []
    for one in vaultlint.check(root).diagnostics:
        if one.rule == RULE:
            assert one.fix is None or one.fix.applicability is Applicability.SUGGESTION
            lines.append((one.message, one.hint, one.fix.title if one.fix else None))
    return lines


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("Cooking", []),
        ("cooking.md#Anything", []),
        ("soup.png", []),
        ("#Here", []),
        ("Coking", [("no file named 'Coking'", "did you mean 'Cooking'?", "link to 'Cooking'")]),
        ("x/Ada", [("the path 'x/Ada' leads to no file", "did you mean 'Ada'?", "link to 'Ada'")]),
        ("Zzzzzz", [("no file named 'Zzzzzz'", None, None)]),
        (
            "Countess",
            [
                (
                    "no file named 'Countess'",
                    "'Countess' is an alias of 'Ada': write [[Ada|Countess]]",
                    "link to 'Ada'",
                )
            ],
        ),
        (
            "Both",
            [
                (
                    "no file named 'Both'",
                    "'Both' is an alias of 2 notes: link to one of them by its name",
                    None,
                )
            ],
        ),
    ],
)
def test_what_is_said(tmp_path: Path, link: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    """The same look-up as for any link; an alias is no name, but says which note is meant."""
    files = {
        "Talk.md": f'---\nup: "[[{link}]]"\n---\n',
        "Cooking.md": "---\naliases: [Both]\n---\n",
        "people/Ada.md": "---\naliases: [Countess, Both]\n---\n",
        "soup.png": "",
    }

    assert expected == _judge(tmp_path, files)


def test_templates_wait_to_be_filled_in(tmp_path: Path) -> None:
    """A placeholder in a template's link is no missing file."""
    files = {
        ".obsidian/templates.json": '{"folder": "T"}',
        "T/Talk.md": '---\nup: "[[{{title}}]]"\n---\n',
    }

    assert [] == _judge(tmp_path, files)
