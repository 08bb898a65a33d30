"""Links to what was renamed in git: told, and mended where it is sure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.cli.main import run as main
from vaultlint.config.settings import load_settings
from vaultlint.engine.check import check_vault
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.library import fix_text
from vaultlint.git.door import Git
from vaultlint.rule.finding import Diagnostic
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import RuleSet

New = Callable[..., Any]
RULES = ("unresolved-link", "missing-embed", "unresolved-property-link", "unresolved-heading")
SOUP = "# Pea soup\n\n## You need\n\nPeas, water and salt.\n\n## How\n\nSoak the peas for a night.\n"


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's folders, moved out of the way."""
    for kind in ("cache", "state", "config"):
        folder = tmp_path / kind / "vaultlint"
        monkeypatch.setattr(f"platformdirs.user_{kind}_path", lambda *_, place=folder, **__: place)


@pytest.fixture
def vault(new_repository: New) -> Any:
    """A vault under git."""
    repository = new_repository("vault")
    repository.commit({".obsidian/app.json": "{}", "kitchen/Soup.md": SOUP, "pot.png": b"\x89PNG a pot"})
    return repository


@pytest.fixture
def found(ruleset: RuleSet) -> Callable[[Path], tuple[Diagnostic, ...]]:
    """What is found in a vault."""
    return lambda root: check_vault(load_settings(root, ruleset, select=RULES)).diagnostics


@pytest.fixture
def mend(ruleset: RuleSet) -> Callable[..., dict[str, str]]:
    """Note -> text of those that fixes change."""

    def run(root: Path, at_least: Applicability = Applicability.SAFE) -> dict[str, str]:
        result = fix_vault(load_settings(root, ruleset, select=RULES), at_least=at_least, write=False)
        assert set() == {one.rule for one in result.report.diagnostics} - set(RULES)
        return {note.path: note.after for note in result.changed}

    return run


def test_fix_mends_the_links_of_fifty_notes_to_one_that_was_renamed(
    vault: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """`vaultlint check --fix` after `git mv`: aliases and subpaths stay, tables and Markdown stay well formed."""
    text = (
        '---\nup: "[[Soup]]"\n---\n'
        "[[Soup]], [[Soup|green]], [[kitchen/Soup#How]], [[Soup.md]], [a](kitchen/Soup.md), [b](Soup.md#you%20need)\n"
        "![[Soup#How]] ![[pot.png|300]] ![a pot](pot.png) [c](<Soup.md>)\n\n"
        "| what |\n| --- |\n| [[Soup]] and [[Soup\\|green]] ![[pot.png\\|30]] [d](Soup.md) |\n\n"
        "%% [[Soup]] %% `[[Soup]]`\n"
    )
    vault.commit({f"notes/{place}.md": text for place in range(50)})
    vault.move("kitchen/Soup.md", "cellar/Pea soup (green).md")
    vault.move("pot.png", "pictures/my pot.png")
    vault.commit()
    main(["check", str(vault.top), "--fix", "--ignore", "alias-collision", "--output-format", "concise"])
    said = capsys.readouterr().out.splitlines()
    assert 50 == sum("no file named 'Soup'" in line for line in said)  # those in comments
    mended = {(vault.top / "notes" / f"{place}.md").read_text() for place in range(50)}
    assert {
        '---\nup: "[[Pea soup (green)]]"\n---\n'
        "[[Pea soup (green)]], [[Pea soup (green)|green]], [[Pea soup (green)#How]], "
        "[[Pea soup (green).md]], [a](Pea%20soup%20%28green%29.md), "
        "[b](Pea%20soup%20%28green%29.md#you%20need)\n"
        "![[Pea soup (green)#How]] ![[my pot.png|300]] ![a pot](my%20pot.png) [c](<Pea soup (green).md>)\n\n"
        "| what |\n| --- |\n"
        "| [[Pea soup (green)]] and [[Pea soup (green)\\|green]] ![[my pot.png\\|30]] "
        "[d](Pea%20soup%20%28green%29.md) |\n\n"
        "%% [[Soup]] %% `[[Soup]]`\n"
    } == mended


def test_a_rename_is_told_in_the_hint(vault: Any, found: Callable[[Path], tuple[Diagnostic, ...]]) -> None:
    """Whoever does not mend sees where the file went."""
    vault.commit({"Note.md": '---\nup: "[[Soup]]"\n---\n[[Soup]] ![[pot.png]]\n'})
    vault.move("kitchen/Soup.md", "Stew.md")
    vault.move("pot.png", "pan.png")
    vault.commit()
    assert [
        ("unresolved-property-link", "was renamed to 'Stew' (git)", Applicability.SAFE),
        ("unresolved-link", "was renamed to 'Stew' (git)", Applicability.SAFE),
        ("missing-embed", "was renamed to 'pan.png' (git)", Applicability.SAFE),
    ] == [(one.rule, one.hint, one.fix.applicability) for one in found(vault.top) if one.fix]


def test_what_is_not_sure_is_not_mended_unasked(
    vault: Any, found: Callable[[Path], tuple[Diagnostic, ...]], mend: Callable[..., dict[str, str]]
) -> None:
    """Two files had the name: the fix is unsafe and says why."""
    vault.commit({"Note.md": "[[Soup]]\n", "cellar/Soup.md": "Another soup.\n"})
    vault.move("kitchen/Soup.md", "Stew.md")
    vault.move("cellar/Soup.md", "Broth.md")
    vault.commit()
    (one,) = found(vault.top)
    assert one.fix is not None
    assert "may have been renamed to 'Broth' (git)" == one.hint
    assert "in git's history, 2 files had this name" == one.fix.reason
    assert {} == mend(vault.top)
    assert {"Note.md": "[[Broth]]\n"} == mend(vault.top, Applicability.UNSAFE)


def test_a_note_that_was_deleted_is_as_if_there_were_no_git(
    vault: Any, found: Callable[[Path], tuple[Diagnostic, ...]]
) -> None:
    """The nearest name is offered then."""
    vault.commit({"Note.md": "[[Soup]]\n", "Soups.md": "All soups.\n"})
    (vault.top / "kitchen" / "Soup.md").unlink()
    vault.commit()
    assert ["did you mean 'Soups'?"] == [one.hint for one in found(vault.top)]


def test_a_vault_in_a_folder_of_a_repository_is_mended_too(
    new_repository: New, mend: Callable[..., dict[str, str]]
) -> None:
    """Only renames within the vault count."""
    repository = new_repository()
    repository.commit(
        {"my vault/.obsidian/x": "", "my vault/A.md": "one\n", "B.md": "two\n", "my vault/N.md": "[[A]] [[B]]"}
    )
    repository.move("my vault/A.md", "my vault/A2.md")
    repository.move("B.md", "B2.md")
    repository.commit()
    assert {"N.md": "[[A2]] [[B]]"} == mend(repository.top / "my vault")


def test_git_is_not_asked_where_nothing_is_broken(
    vault: Any, found: Callable[[Path], tuple[Diagnostic, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And never for a text that is judged alone."""
    monkeypatch.setattr(Git, "of", lambda _: pytest.fail("git was asked"))
    vault.commit({"Note.md": "[[Soup#How]] ![[pot.png]]\n"})
    assert () == found(vault.top)
    monkeypatch.chdir(vault.top)
    assert "[[Nowhere]]\n" == fix_text("[[Nowhere]]\n")


def test_a_heading_that_was_renamed_is_mended(
    vault: Any, found: Callable[[Path], tuple[Diagnostic, ...]], mend: Callable[..., dict[str, str]]
) -> None:
    """Where its line alone was written anew; a chain of headings keeps what is there."""
    text = "[[Soup#You need]] [[Soup#Pea soup#You need|x]] [b](Soup.md#You%20need)\n\n"
    text += "| a |\n| --- |\n| [[Soup#You need\\|y]] |\n"
    vault.commit({"Note.md": text})
    vault.commit({"kitchen/Soup.md": SOUP.replace("## You need", "## Ingredients: all")})
    assert {"was renamed to 'Ingredients: all' (git)", "was renamed to 'Pea soup > Ingredients: all' (git)"} == {
        one.hint for one in found(vault.top)
    }
    assert {"Note.md": text.replace("You need", "Ingredients all").replace("You%20need", "Ingredients%20all")} == mend(
        vault.top
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("## You need", "### Ingredients"),
        ("## You need", "Ingredients"),
        ("## You need\n\nPeas,", "## Ingredients\n\nBeans and peas,"),
        ("## You need\n\nPeas, water and salt.", "## Ingredients\n## More\n\nBeans."),
        ("## You need", "## How"),
        ("## You need\n\nPeas, water and salt.\n", "## Ingredients\nPeas and more.\n"),
    ],
)
def test_a_heading_that_may_be_another_is_not_mended(
    vault: Any, mend: Callable[..., dict[str, str]], old: str, new: str
) -> None:
    """Of another level, gone, twice there, or written anew with its text: that is no proof."""
    vault.commit({"Note.md": "[[Soup#You need]]\n"})
    vault.commit({"kitchen/Soup.md": SOUP.replace(old, new)})
    expected = {"Note.md": "[[Soup#Ingredients]]\n"} if "Beans and peas" in new else {}
    assert expected == mend(vault.top)


def test_a_link_in_a_heading_that_is_linked_to_is_left(vault: Any, mend: Callable[..., dict[str, str]]) -> None:
    """Mending it would break the link to the heading."""
    vault.commit({"Note.md": "# See [[Soup#You need]]\n", "Other.md": "[[Note#See Soup You need]]\n"})
    vault.commit({"kitchen/Soup.md": SOUP.replace("## You need", "## Ingredients")})
    assert {} == mend(vault.top)


def test_what_was_renamed_is_mended_with_its_heading(vault: Any, mend: Callable[..., dict[str, str]]) -> None:
    """First the note is found, in the next round its heading."""
    vault.commit({"Note.md": "[[Soup#You need|x]]\n"})
    vault.move("kitchen/Soup.md", "Stew.md")
    vault.commit()
    vault.commit({"Stew.md": SOUP.replace("## You need", "## Ingredients")})
    assert {"Note.md": "[[Stew#Ingredients|x]]\n"} == mend(vault.top)
