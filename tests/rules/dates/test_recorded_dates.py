"""Dates that git knows: put in where they are missing, and renewed where they are behind. Real repositories."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vaultlint
from vaultlint.engine.history import GitHistory
from vaultlint.rule.fix import Applicability
from vaultlint.vault.files import walk
from vaultlint.vault.history import Dates, NoHistory

New = Callable[..., Any]
STALE = 'packs = []\n[rules]\ndate-stale = "info"\n'
MISSING = 'packs = []\n[rules]\ndate-missing = "warning"\n'


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's folders, moved out of the way."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache" / "vaultlint")


@pytest.fixture
def vault(new_repository: New) -> Any:
    """A vault under git; `on` commits at noon of a day of January 2024, one hour ahead of Greenwich."""
    repository = new_repository("repository")
    (repository.top / ".obsidian").mkdir()

    def on(day: int, files: dict[str, str] | None = None) -> str:
        repository.write(files or {})
        repository.git("add", "--all", ".")
        repository.git("commit", "--quiet", "--message", "A change", f"--date=2024-01-{day:02}T12:00:00+01:00")
        commit: str = repository.git("rev-parse", "HEAD")
        return commit

    repository.on = on
    return repository


def messages(folder: Path, **more: Any) -> list[str]:
    return [f"{one.path} {one.message}" for one in vaultlint.check(folder, **more).diagnostics]


def offers(folder: Path) -> list[tuple[str, str, str | None]]:
    """What is offered for each finding: the fix with its reason, or the hint."""
    found = []
    for one in vaultlint.check(folder).diagnostics:
        fix = one.fix
        found.append((fix.title, fix.reason, None) if fix is not None else ("", "", one.hint))
    return found


def note(day: int, text: str = "words\n") -> str:
    return f"---\nmodified: 2024-01-{day:02}\n---\n{text}"


def test_a_date_that_is_behind_is_renewed_once(vault: Any) -> None:
    """The commit of the fix changes nothing but the date, and so it makes no date old."""
    vault.on(1, {"a.md": note(1), "b.md": note(1), "vaultlint.toml": STALE})
    vault.on(9, {"a.md": note(1, "other words\n")})
    assert ["a.md 'modified' is 2024-01-01, but the note was changed on 2024-01-09"] == messages(vault.top)
    vaultlint.fix(vault.top)
    assert note(9, "other words\n") == (vault.top / "a.md").read_text()
    assert [] == messages(vault.top)
    vault.on(20)
    assert [] == messages(vault.top)
    vault.on(25, {"b.md": "---\nmodified: 2024-01-01\nCreated: 2024-01-01\n---\nwords\n"})
    assert [] == messages(vault.top)
    vault.on(26, {"b.md": "---\nmodified: 2024-01-01\ntitle: b\n---\nwords\n"})
    assert ["b.md 'modified' is 2024-01-01, but the note was changed on 2024-01-26"] == messages(vault.top)


def test_a_note_that_got_its_first_properties_is_not_changed(vault: Any) -> None:
    """A whole frontmatter that holds nothing but dates is no content either."""
    vault.on(1, {"a.md": "words\n", "vaultlint.toml": STALE})
    vault.on(9, {"a.md": "---\ncreated: 2024-01-01\nmodified: 2024-01-01\n---\nwords\n"})
    assert [] == messages(vault.top)


def test_commits_that_are_listed_change_no_date(vault: Any) -> None:
    """In the file of the usual name, committed or not, or in one of the vault that the option names."""
    vault.on(1, {"a.md": note(1), "vaultlint.toml": STALE})
    lint = vault.on(9, {"a.md": note(1, "other words\n")})
    assert 1 == len(messages(vault.top))
    vault.write({".git-blame-ignore-revs": f"# tidied up\n{lint}\n"})
    assert [] == messages(vault.top)
    vault.write({".git-blame-ignore-revs": "", "meta/listed.txt": f"{lint}  # tidied up\n"})
    assert 1 == len(messages(vault.top))
    vault.write({"vaultlint.toml": 'packs = []\n[rules]\ndate-stale = { ignore-revs-file = "meta/listed.txt" }\n'})
    assert [] == messages(vault.top)


def test_a_vault_in_a_folder_heeds_the_list_that_is_committed_at_the_top(new_repository: New, vault: Any) -> None:
    """Nothing outside of the vault is read, but what git has of it."""
    vault.on(1, {"in/a.md": note(1), "in/vaultlint.toml": STALE, "in/.obsidian/app.json": "{}"})
    lint = vault.on(9, {"in/a.md": note(1, "other words\n")})
    vault.write({".git-blame-ignore-revs": f"{lint}\n"})
    assert 1 == len(messages(vault.top / "in"))
    vault.on(10)
    assert [] == messages(vault.top / "in")


@pytest.mark.parametrize(
    ("name", "content", "notice"),
    [
        ("gone.txt", None, "'gone.txt', which should list commits, is not there"),
        ("../out.txt", "", "'../out.txt', which should list commits, lies outside of the vault and is not read"),
        ("list.txt", "# x\nHEAD\nabc\n", "line 2 and 1 more of 'list.txt' is no full id of a commit"),
        ("folder", {}, "'folder', which should list commits, can't be read"),
    ],
)
def test_a_list_that_can_t_be_used_is_told(vault: Any, name: str, content: Any, notice: str) -> None:
    """And the run goes on without it."""
    if content is not None:
        vault.write({name: content} if isinstance(content, str) else {f"{name}/x.md": "x\n"})
    config = f'packs = []\n[rules]\ndate-stale = {{ ignore-revs-file = "{name}" }}\n'
    vault.on(1, {"a.md": note(1), "vaultlint.toml": config})
    vault.on(9, {"a.md": note(1, "other words\n")})
    report = vaultlint.check(vault.top)
    assert 1 == len(report.diagnostics)
    assert 1 == len([one for one in report.notices if one.startswith(notice)]), report.notices


def test_what_is_not_committed_has_no_date_yet(vault: Any) -> None:
    """It is told as behind, and left to be committed first; other line breaks are no change."""
    vault.on(1, {"a.md": note(1), "b.md": note(1), "vaultlint.toml": STALE})
    vault.on(9, {"a.md": note(1, "other words\n"), "b.md": note(1, "other words\n")})
    vault.write({"a.md": note(1, "more words\n"), "b.md": note(1, "other words\n").replace("\n", "\r\n")})
    assert [
        ("", "", "the note has changes that git does not know yet: commit them first"),
        ("write 2024-01-09", "", None),
    ] == offers(vault.top)


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("2024-01-02", "2024-01-09"),
        ('"2024-01-02"', '"2024-01-09"'),
        ("'Jan 2, 2024'", "'Jan 9, 2024'"),
        ("2024-01-02T08:00", "2024-01-09T12:00"),
        ("2024-01-02 08:00:00", "2024-01-09 12:00:00"),
        ("2024-01-02T08:00:00Z", "2024-01-09T12:00:00+01:00"),
        ("20/1/2023", "9/1/2024"),
        ("2/1/2024", None),
        ("soon", None),
        ("2024-01-08", None),
        ("2024-01-08T12:00:00+01:00", None),
        ("2024-01-08T12:00:00+02:00", "2024-01-09T12:00:00+01:00"),
        ("2024-05-01", None),
    ],
)
def test_the_new_date_is_written_as_the_old_one(vault: Any, value: str, after: str | None) -> None:
    """On the author's clock. A day less is let pass, and what may be read in two ways is left alone."""
    text = "---\nmodified: {} # by hand\n---\nwords\n"
    vault.on(1, {"a.md": "words\n", "vaultlint.toml": STALE})
    vault.on(9, {"a.md": text.format(value)})
    vault.on(9, {"a.md": text.format(value) + "more\n"})
    vaultlint.fix(vault.top)
    assert text.format(after or value) + "more\n" == (vault.top / "a.md").read_text()


def test_missing_dates_are_put_in_through_renames(vault: Any) -> None:
    """Of a note that was changed when it was renamed, it is not sure that it is the same."""
    words = "".join(f"words of its own {place}\n" for place in range(9))
    vault.on(1, {"a.md": words, "b.md": words.upper(), "vaultlint.toml": MISSING})
    vault.move("a.md", "in/c.md")
    vault.move("b.md", "d.md")
    vault.on(9, {"d.md": words.upper() + "more\n"})
    result = vaultlint.fix(vault.top)
    assert f"---\ncreated: 2024-01-01\nmodified: 2024-01-01\n---\n{words}" == (vault.top / "in/c.md").read_text()
    assert (vault.top / "d.md").read_text().startswith("---\nmodified: 2024-01-09\n---\n")
    (left,) = result.report.diagnostics
    assert left.fix is not None
    assert ("add 'created: 2024-01-01'", Applicability.UNSAFE) == (left.fix.title, left.fix.applicability)
    assert left.fix.reason.startswith("in git's history it was changed when it was renamed")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("created:\n", "created: 2024-01-01\nmodified: 2024-01-01\n"),
        ("created: \nmodified: null # x\n", "created: 2024-01-01\nmodified: 2024-01-01 # x\n"),
        ("created: # x\nmodified: 2024\n", "created: 2024-01-01 # x\nmodified: 2024\n"),
        ("z: 1\nmodified: 2024\n", "z: 1\ncreated: 2024-01-01\nmodified: 2024\n"),
        ("Date Created: 2024\nupdatedAt: 2024\n", "Date Created: 2024\nupdatedAt: 2024\n"),
    ],
)
def test_gaps_are_filled_and_nothing_else_is_touched(vault: Any, before: str, after: str) -> None:
    """Empty properties, comments, the usual other names."""
    vault.on(1, {"a.md": f"---\n{before}---\n", "vaultlint.toml": MISSING})
    vaultlint.fix(vault.top)
    assert f"---\n{after}---\n" == (vault.top / "a.md").read_text()


@pytest.mark.parametrize(
    ("config", "types", "line"),
    [
        (MISSING, '{"types": {"created": "datetime"}}', "created: 2024-01-01T12:00:00"),
        (MISSING + '[[schema]]\n[schema.properties]\ncreated = "datetime"\n', "{}", "created: 2024-01-01T12:00:00"),
        (
            MISSING + '[[schema]]\n[schema.properties]\ncreated = {type = "date", format = "D.M.YYYY"}\n',
            "{}",
            "created: 1.1.2024",
        ),
        ('packs = []\n[rules]\ndate-missing = { format = "YYYYMMDD" }\n', "{}", 'created: "20240101"'),
        (
            'packs = []\n[rules]\ndate-missing = { format = "YYYY-MM-DDTHH:mmZ" }\n',
            "{}",
            "created: 2024-01-01T12:00+01:00",
        ),
    ],
)
def test_a_date_is_put_in_as_the_vault_writes_it(vault: Any, config: str, types: str, line: str) -> None:
    """By the option, a schema, or the property's type in the app; what YAML would take for a number, in quotes."""
    vault.on(1, {"a.md": "words\n", "vaultlint.toml": config, ".obsidian/types.json": types})
    vaultlint.fix(vault.top)
    assert line in (vault.top / "a.md").read_text().splitlines()


def test_without_git_nothing_is_offered(made_vault: Callable[..., Path], vault: Any) -> None:
    """In no repository, or in no commit."""
    nobody = ("", "", "git does not know the date")
    assert [nobody, nobody] == offers(made_vault({"a.md": "words\n", "vaultlint.toml": MISSING}))
    vault.on(1, {"vaultlint.toml": MISSING})
    vault.write({"a.md": "words\n"})
    assert [nobody, nobody] == offers(vault.top)


def test_only_what_is_newly_behind_is_new_since_a_commit(vault: Any) -> None:
    """The base has its own past, up to its commit."""
    vault.on(1, {"a.md": note(1), "b.md": note(1), "vaultlint.toml": STALE})
    base = vault.on(9, {"a.md": note(1, "other words\n")})
    vault.on(10, {"b.md": note(1, "other words\n")})
    assert ["b.md 'modified' is 2024-01-01, but the note was changed on 2024-01-10"] == messages(vault.top, since=base)


def test_a_note_is_found_in_git_however_its_name_is_spelled(vault: Any) -> None:
    """A disk that does not tell case or Unicode forms apart may list it otherwise."""
    vault.on(1, {"Übung.md": "words\n"})
    history = GitHistory(vault.top, walk(vault.top))
    for name in ("Übung.md", "U\u0308bung.md", "übung.md"):
        assert isinstance(history.dates(name), Dates), name
    assert history.dates("Other.md") is None
    assert not history.is_changed("Übung.md")
    assert history.is_changed("Other.md")


def test_nobody_knows_of_no_past() -> None:
    """What stands in where there is none."""
    none = NoHistory()
    assert none.dates("a.md") is None
    assert none.is_changed("a.md")
    assert ({}, ()) == (none.content_dates(["a.md"], "", lambda _: True), none.notices)
