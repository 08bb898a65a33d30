"""Comments that hide findings: where they are written, and that nothing else changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trial
from hypothesis import strategies as st

from vaultlint.config.settings import Settings, load_settings
from vaultlint.engine.check import check_vault
from vaultlint.engine.journal import find_run
from vaultlint.engine.placing import Placing
from vaultlint.engine.suppress import add_suppressions
from vaultlint.note.note import Note, parse_note
from vaultlint.rule.registry import installed_rules

MakeVault = Callable[[Mapping[str, str | bytes]], Path]
MakeSettings = Callable[..., Settings]

LINE = "%% vaultlint-disable-line r %%"
NEXT = "%% vaultlint-disable-next-line r %%"


def placed(text: str, *rules: str) -> str:
    """The text with a comment for each line that has an X in it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    wanted = {line: rules or ("r",) for line, written in enumerate(lines, 1) if "X" in written}
    placing = Placing(parse_note(text, "Note.md"), wanted)
    placing.settle()
    return placing.after.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # At the end of the line, where nothing there would change.
        ("X\n", f"X {LINE}\n"),
        ("X", f"X {LINE}"),
        ("a\r\nX\r\nb\r\n", f"a\r\nX {LINE}\r\nb\r\n"),
        ("\ufeffX\n", f"\ufeffX {LINE}\n"),
        ("X  \nb\n", f"X {LINE}  \nb\n"),
        ("- X\n- b\n", f"- X {LINE}\n- b\n"),
        ("> X\n> b\n", f"> X {LINE}\n> b\n"),
        ("[[X|a]] #tag\n", f"[[X|a]] #tag {LINE}\n"),
        ("X %% a comment %%\n", f"X %% a comment %% {LINE}\n"),
        # On a line of its own: headings, block ids, tables, tasks, fields, titles of callouts, a break by a backslash.
        ("a\n\n# X\n", f"a\n\n{NEXT}\n# X\n"),
        ("X\n===\n", f"{NEXT}\nX\n===\n"),
        ("X ^id\n", f"{NEXT}\nX ^id\n"),
        ("a\n\n| X | b |\n|---|---|\n| c | d |\n", f"a\n\n{NEXT}\n| X | b |\n|---|---|\n| c | d |\n"),
        ("- [ ] X\n", f"{NEXT}\n- [ ] X\n"),
        ("- a\n- [ ] X\n- b\n", f"- a\n  {NEXT}\n- [ ] X\n- b\n"),
        ("> - a\n> - [ ] X\n", f"> - a\n>   {NEXT}\n> - [ ] X\n"),
        ("key:: X\n", f"{NEXT}\nkey:: X\n"),
        ("> [!note] X\n> b\n", f"{NEXT}\n> [!note] X\n> b\n"),
        ("X\\\nb\n", f"{NEXT}\nX\\\nb\n"),
        ("[a X\nb](c.md)\n", f"{NEXT}\n[a X\nb](c.md)\n"),
        ("---\nk: 1\n---\n# X\n", f"---\nk: 1\n---\n{NEXT}\n# X\n"),
        ("\r\n# X\r\n", f"\r\n{NEXT}\r\n# X\r\n"),
        # Nowhere.
        ("---\nk: X\n---\nb\n", "---\nk: X\n---\nb\n"),
        ("| a | b |\n|---|---|\n| X | d |\n", "| a | b |\n|---|---|\n| X | d |\n"),
        ("```\na\nX\n```\n", "```\na\nX\n```\n"),
        ("a\nX ^id\n", "a\nX ^id\n"),
        ("%%\n[[a]] X %%\n", "%%\n[[a]] X %%\n"),
        ("%%\na X\nb\n%%\n", "%%\na X\nb\n%%\n"),
        ("a\n%% never closed\nX\n", "a\n%% never closed\nX\n"),
        ("<div>\nX\n</div>\n", "<div>\nX\n</div>\n"),
        ("`a\nX\nb`\n", "`a\nX\nb`\n"),
    ],
)
def test_where_a_comment_stands(before: str, after: str) -> None:
    """The first place is taken where the note, read again, says the same; some lines have none."""
    assert after == placed(before)


def test_one_comment_for_all_rules() -> None:
    """Rules of one line share a comment; one that is there is made longer, its reason kept."""
    assert "X %% vaultlint-disable-line a, b %%" == placed("X", "b", "a")
    assert "X %% vaultlint-disable-line a, r -- for now %%" == placed("X %% vaultlint-disable-line a -- for now %%")
    longer = "%% vaultlint-disable-next-line a, r %%\n# X\n"
    assert longer == placed(longer.replace(", r", ""))
    assert "X <!-- vaultlint-disable-line a, r --> \n" == placed("X <!-- vaultlint-disable-line a --> \n")


def test_frontmatter_that_is_not_closed() -> None:
    """A comment on line 1 would be another fault in place of the one that it hides."""
    placing = Placing(parse_note("---\nkey: value\n"), {1: ["r"]})
    placing.settle()

    assert {} == placing.comments


def test_each_line_by_itself() -> None:
    """Lines without a place are no hindrance to the others."""
    before = "X\n\n| a |\n|---|\n| X |\n| X |\n\nX\n\n# X\n\nX ^id\n"
    after = f"X {LINE}\n\n| a |\n|---|\n| X |\n| X |\n\nX {LINE}\n\n{NEXT}\n# X\n\n{NEXT}\nX ^id\n"

    assert after == placed(before)


_LINES = st.sampled_from(
    [
        *("X", "# X", "- X", "- [ ] X", "  - [x] X ^id", "> X", "> [!note] X", "| X | b |", "|---|---|", "```", "%%"),
        *("$$", "X ^id", "", "", "key:: X", "a #tag X", "[[X", "]]", "===", "---", "<div>", "[^1]: X", "X\\", "    X"),
        *("^id", "1. X", "> - [ ] X", "\tX", "<!--", "-->", "<% X", "%>", "*X", "~~~ X", "[X", "](b)", "> "),
    ]
)


@trial(max_examples=200, deadline=None)
@given(st.lists(_LINES, max_size=9).map("\n".join))
def test_nothing_else_changes(text: str) -> None:
    """Whatever the note, what Obsidian sees is the same, and a second time nothing is left to do."""
    before, after = parse_note(text), parse_note(placed(text))

    assert seen(before) == seen(after)
    assert [line for line in text.split("\n") if line.strip()] == list(_without_comments(after.text))


def _without_comments(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        kept = line.replace(f" {LINE}", "").replace(NEXT, "")
        if kept.strip(" >") or (kept == line and kept.strip()):
            yield kept


def seen(note: Note) -> list[Any]:
    """What Obsidian sees of a note, but for comments."""
    return [
        [(each.level, each.text) for each in note.headings],
        [(each.target, each.alias, each.embed, each.in_table, each.in_comment) for each in note.wikilinks],
        [(each.destination, each.text, each.image) for each in note.links],
        [(each.name, each.in_comment) for each in note.tags],
        [each.id for each in note.block_ids],
        [(each.parent, each.list, each.task) for each in note.items],
        [(each.ordered, each.items) for each in note.lists],
        [[[cell.span.of(note.text) for cell in row.cells] for row in table.rows] for table in note.tables],
        [(each.type, each.title, each.depth) for each in note.callouts],
        [(each.kind, each.content_span.of(note.text)) for each in note.code],
        [each.content_span.of(note.text) for each in note.math],
        [(each.key, each.value) for each in note.inline_fields],
        [(each.key, each.value) for each in note.properties],
        [(each.kind, each.id) for each in note.footnotes],
        [section.type for section in note.sections if section.type not in ("comment", "paragraph")],
    ]


def test_a_vault(make: MakeVault, settings: MakeSettings) -> None:
    """What was found is quiet afterwards, what has no place is left, and the old bytes are kept."""
    root = make({"A.md": "TODO maybe\n\n# TODO\n", "B.md": "---\nk: TODO\n---\n", "C.md": "fine\n"})
    of_vault = settings(root, "no-todo", "no-maybe")

    result = add_suppressions(of_vault)

    assert (["A.md"], 2) == ([note.path for note in result.changed], result.comments)
    assert ["B.md"] == [one.path for one in result.report.diagnostics]
    assert (
        "TODO maybe %% vaultlint-disable-line no-maybe, no-todo %%\n\n"
        "%% vaultlint-disable-next-line no-todo %%\n# TODO\n"
    ) == (root / "A.md").read_text()
    assert result.run is not None
    kept = find_run(result.run)
    assert kept is not None
    assert b"TODO maybe\n\n# TODO\n" == kept.old_bytes(0)
    assert ["B.md"] == [one.path for one in check_vault(of_vault).diagnostics]


def test_twice(make: MakeVault, settings: MakeSettings) -> None:
    """A second run changes nothing; a rule more is added to the comments that are there."""
    root = make({"A.md": "TODO maybe\n"})
    add_suppressions(settings(root, "no-todo"))

    assert () == add_suppressions(settings(root, "no-todo")).changed
    assert 1 == add_suppressions(settings(root, "no-todo", "no-maybe")).comments
    assert "TODO maybe %% vaultlint-disable-line no-todo, no-maybe %%\n" == (root / "A.md").read_text()


def test_a_comment_that_is_itself_a_fault(make: MakeVault, settings: MakeSettings) -> None:
    """Where a comment would bring a new finding, the note stays as it was."""
    root = make({"A.md": "TODO\n", "B.md": "TODO\n", "rule.py": COMMENTLESS})
    with_rule = settings(root, "no-todo")
    ruleset = with_rule.ruleset.with_local(root, [root / "rule.py"])
    from vaultlint.config.settings import RuleSetting
    from vaultlint.rule.finding import Severity

    both = (*with_rule.rules, RuleSetting("no-comment-in-a", Severity.WARNING))

    result = add_suppressions(Settings(ruleset=ruleset, root=root, rules=both))

    assert ["B.md"] == [note.path for note in result.changed]
    assert ["A.md no-todo"] == [f"{one.path} {one.rule}" for one in result.report.diagnostics]
    assert "TODO\n" == (root / "A.md").read_text()


COMMENTLESS = '''
from vaultlint.rule.kinds import Group, NoteRule

class NoComment(NoteRule):
    """A comment in A."""

    name = "no-comment-in-a"
    group = Group.STYLE

    def check(self, note):
        if note.path == "A.md":
            yield from (self.find(comment.span, "a comment") for comment in note.comments)
'''


@pytest.mark.parametrize("name", ["obsidian-help-en", "ctf-notes"])
def test_real_vaults(name: str, corpus: Callable[[str], Path], tmp_path: Path) -> None:
    """With every rule on, the second check finds what was said to be left, and nothing else of a note changed."""
    root = tmp_path / "vault"
    shutil.copytree(corpus(name), root)
    settings = load_settings(root, installed_rules(), extend_select=installed_rules().names)

    result = add_suppressions(settings, jobs=2)

    left = [(one.path, one.rule, one.message) for one in result.report.diagnostics]
    assert left == [(one.path, one.rule, one.message) for one in check_vault(settings, jobs=2).diagnostics]
    assert len(result.changed) > 15
    for note in result.changed:
        assert seen(parse_note(note.before)) == seen(parse_note(note.after)), note.path
        assert note.after.encode() == (root / note.path).read_bytes()


@pytest.mark.parametrize("name", ["knowledge-garden", "obsidian-hub"])
def test_large_vaults(name: str, corpus: Callable[[str], Path]) -> None:
    """What Obsidian sees is the same in every note that comments were found for."""
    ruleset = installed_rules()
    report = check_vault(load_settings(corpus(name), ruleset, extend_select=ruleset.names), jobs=2)
    wanted: dict[str, dict[int, list[str]]] = {}
    for one in report.diagnostics:
        wanted.setdefault(one.path, {}).setdefault(one.position.line, []).append(one.rule)

    quiet = 0
    for path, lines in wanted.items():
        before = parse_note((corpus(name) / path).read_bytes().decode(), path)
        placing = Placing(before, lines)
        placing.settle()
        quiet += len(placing.comments)
        if placing.comments:
            assert seen(before) == seen(parse_note(placing.after.text)), path
    assert quiet > 100
