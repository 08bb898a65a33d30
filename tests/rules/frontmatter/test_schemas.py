"""Rules about schemas over whole vaults: what stacks, what is compared with what, and what fixes leave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import vaultlint

Judge = Callable[[dict[str, str]], list[str]]


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """`path rule message` of all that the rules about schemas find in a vault; bytes are written as they are."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(files: dict[str, str]) -> list[str]:
        for name, text in files.items():
            (tmp_path / "vault" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "vault" / name).write_bytes(text.encode())
        return [f"{one.path} {one.rule} {one.message}" for one in vaultlint.check(tmp_path / "vault").diagnostics]

    return run


ID = "---\nid: one\n---\n"


@pytest.mark.parametrize(
    ("config", "notes", "told"),
    [
        # each scope holds for those that ask for it
        (
            '[[schema]]\nmatch = "papers/**"\nproperties = { id = { unique = "vault" } }\n'
            '[[schema]]\nmatch = "talks/**"\nproperties = { id = { unique = "folder" } }',
            ["papers/A.md", "talks/T.md"],
            ["papers/A.md"],
        ),
        ('[[schema]]\nproperties = { id = { unique = "folder" } }', ["a/A.md", "b/B.md"], []),
        ('[[schema]]\nproperties = { id = { unique = "folder" } }', ["a/A.md", "a/B.md"], ["a/A.md", "a/B.md"]),
        ('[[schema]]\nmatch = "a/**"\nproperties = { id = { unique = "schema" } }', ["a/A.md", "b/B.md"], []),
        ('[[schema]]\nmatch = "a/**"\nproperties = { id = { unique = "vault" } }', ["a/A.md", "b/B.md"], ["a/A.md"]),
        (
            '[[schema]]\nmatch = "a/**"\nproperties = { id = { unique = "folder" } }\n'
            '[[schema]]\nproperties = { id = { unique = "vault" } }',
            ["a/A.md", "b/B.md"],
            ["a/A.md", "b/B.md"],
        ),
        ('exclude = ["b/**"]\n[[schema]]\nproperties = { id = { unique = "vault" } }', ["a/A.md", "b/B.md"], []),
    ],
)
def test_scopes_of_unique_values(judge: Judge, config: str, notes: list[str], told: list[str]) -> None:
    """A value is compared with those in the scope that its own schema names, whatever others ask."""
    found = judge({"vaultlint.toml": config, **dict.fromkeys(notes, ID)})

    assert told == [line.split()[0] for line in found]


LINKED = """
[[schema]]
name = "talk"
match = "talks/**"
properties = { speaker = "link" }
[[schema]]
linked-from = "talk.speaker"
require = ["country"]
relations = ["born <= died"]
properties = { country = { default = "unknown" }, born = "date", died = "date" }
"""
TALK = '---\nspeaker: "[[Ada]]"\n---\n'


def test_what_linked_notes_are_asked(judge: Judge) -> None:
    """Their relations too; and other schemas of such a note know its properties."""
    config = f'{LINKED}[[schema]]\nmatch = "people/**"\nunknown = "deny"\n'
    note = "---\ncountry: England\nborn: 1900-01-01\ndied: 1800-01-01\nshoes: 40\n---\n"

    assert [
        "people/Ada.md linked-schema 'born' (1900-01-01) should not be later than 'died' (1800-01-01)",
        "people/Ada.md unknown-property 'shoes' is no property that the schema of this note knows",
    ] == judge({"vaultlint.toml": config, "talks/T.md": TALK, "people/Ada.md": note})


def test_a_linked_note_keeps_its_line_breaks(judge: Judge, tmp_path: Path) -> None:
    """What is put into it has those of the note."""
    judge({"vaultlint.toml": LINKED, "talks/T.md": TALK, "Ada.md": "hello\r\nworld\r\n"})

    vaultlint.fix(tmp_path / "vault")

    assert b"---\r\ncountry: unknown\r\n---\r\nhello\r\nworld\r\n" == (tmp_path / "vault" / "Ada.md").read_bytes()


def test_what_another_rule_says_is_said_once_and_by_somebody(judge: Judge) -> None:
    """A date that does not exist is for `date-invalid`, where that runs, and else for `property-schema`."""
    config = '[[schema]]\nproperties = { d = "date", t = "time", l = "link" }\n'
    note = '---\nd: 2024-02-30\nt: "25:00"\nl: [[x]]\n---\n'

    assert [
        "N.md date-invalid '2024-02-30' in 'd' is no real date",
        "N.md property-schema 't' should be a time such as 12:30, but is the text '25:00'",
        "N.md unquoted-property-link '[[x]]' in 'l' has no quotes: Obsidian reads a list in a list, not a link",
    ] == judge({"vaultlint.toml": config, "N.md": note})

    off = "[rules]\ndate-invalid = 'off'\nunquoted-property-link = 'off'\n"
    assert ["property-schema"] * 3 == [
        line.split()[1] for line in judge({"vaultlint.toml": off + config, "N.md": note})
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Peas\n", "---\n{all}---\nPeas\n"),
        ("---\n---\n", "---\n{all}---\n"),
        ("---\r\nz: 1\r\n---\r\n", "---\r\nz: 1\r\n{all}---\r\n"),
        ("---\np3: x # c\n\np6: y\n---\n", "---\np0: v\np1: v\np2: v\np3: x # c\np4: v\np5: v\n\np6: y\n{rest}---\n"),
    ],
)
def test_many_defaults_are_filled_in_at_once(judge: Judge, tmp_path: Path, before: str, after: str) -> None:
    """However many properties are missing at one place, none is in another's way."""
    names = [f"p{n}" for n in range(20)]
    table = "".join(f'{name} = {{ default = "v" }}\n' for name in names)
    # the second schema asks for what the first fills in, and for one of its own
    config = (
        f"[[schema]]\nrequire = {names}\n[schema.properties]\n{table}"
        '[[schema]]\nrequire = ["P1", "q"]\nproperties = { q = { default = "no" } }\n'
    )
    judge({"vaultlint.toml": config, "Soup.md": before})
    newline = "\r\n" if "\r" in before else "\n"

    vaultlint.fix(tmp_path / "vault")

    lines = [*(f"{name}: v" for name in names), 'q: "no"']
    told = {"all": lines, "rest": lines[7:]}
    expected = after.format(**{key: "".join(line + newline for line in those) for key, those in told.items()})
    assert expected == (tmp_path / "vault" / "Soup.md").read_bytes().decode()
