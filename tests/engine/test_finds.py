"""What fuzzing found once: small vaults that a fix was refused in, or that were mended twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultlint.rule.fix import Applicability
from vaultlint.testing.laws import check_reading, check_rules_and_fixes
from vaultlint.testing.settings import every_rule

FINDS: list[dict[str, str]] = [
    {"a.md": "# [[<y@>|]]"},
    {"a.md": "---\nalias:\n- w\n#\n-\n---"},
    {"a.md": "|||\n-|-\n[[a|]]e"},
    {"a.md": "|p\n|-\n[[a|]][](h)"},
    {"a.md": "e||\n-|-\n_[[e|n]]_"},
    {"a.md": "|||\n-|-\n||[[2|%%%%]]"},
    {"a.md": "|||\n-|-\n[[k::|]]"},
    {"`s` x.md": "---\nalias: a,\n---", "a.md": "[[a]]"},
    {"a.md": "^[[g|0]]"},
    {"a.md": "[[\\`\\`|]]"},
    {"a.md": "^[[\\|y]]\n-"},
    {"a.md": "---\n[[S|y]]\n--- "},
    {"a.md": "<ht:[[a|]]>"},
    {"a.md": "[]([[x|x ]])"},
    {"a.md": "[](l[[ |]]"},
    {"a.md": "[[]|]]"},
    {"a.md": "[[a]]|||\n--|-|-|-", "b.md": "---\nalias: a,\n---"},
    {"a.md": "% [[k::/locatin]]", "location.md": ""},
    {"a.md": "[[k::/SL Truncation|]]", "SQL Truncation.md": ""},
    {"a.md": "[](Por\x7f-Loyal.md)", "Port-Loyal.md": ""},
    {"a.md": "[]((/Vnedia.md#))", "25/Venedia.md": ""},
    {"a.md": "[]([^1]/Lrandis.md)", "Lorandis.md": ""},
    {"a.md": "[^1](2FA)", "2-factor.md": "---\naliases:\n 2FA\n---\n"},
    {"a.md": "[r](Cross-Site%20\u2029(XSS).md)", "Cross-Site (XSS).md": ""},
    {"a.md": "[[[[/charactr]]", "character.md": ""},
    {"a.md": "%%%%[[%%%%/charactr]]", "character.md": ""},
    {"a.md": "[](<!--vaultlint-disable-next-line-->[[b]])", "1491-01-12.md": "---\nalias: b,\n---"},
    {"a.md": "---\nup: Soup\ntitle: [[Soup\\|word]]\n---\n"},
    {"a.md": "word\n\n> [!note]\n> \t- [[Soup|word]]\n\n"},
    {"a.md": '- 1:00 word <a href="#" data-t="0:00">[0:00]</a>\n\n'},
    {"a.md": "| [[Soup|Soup]] |\n|---|---|\n| [[😀|word]] |\n\n"},
    {"a.md": "$k $$$"},
    {"a.md": "[](()[[x|x ]])"},
    {"a.md": "[[a|b]] [[ |b]]"},
    {"a.md": "---\n<%: \naliases:\n- c\n-\n---\n%>"},
    {"a.md": "---\nx:\r<%:\rl: [[s]]\r---\r%>"},
    {"a.md": "[[]](b)", "c.md": "---\nalias: a,b\n---"},
    {"a.md": "|||\n-|-\n||\n[[http:/|k]]"},
    {"a.md": "|||\n-|-\n||\n[[http://x|k]]"},
    {"a.md": "$$$$$[a](b)$", "a long name.md": "---\nalias: b\n---"},
    {
        "a.md": "[[GitHub gadievronraptor Raptor for adversarial#]]",
        "GitHub - gadievronraptor Raptor for adversarial .md": "",
    },
]


@pytest.mark.parametrize("trust", [Applicability.SAFE, Applicability.UNSAFE], ids=str)
@pytest.mark.parametrize("notes", FINDS, ids=lambda notes: str(next(iter(notes.values()))))
def test_find(notes: dict[str, str], trust: Applicability, tmp_path: Path) -> None:
    """No fix is offered that the proof refuses, and a second run has nothing to mend."""
    for text in notes.values():
        check_reading(text)

    check_rules_and_fixes(every_rule(tmp_path), notes, trust)
