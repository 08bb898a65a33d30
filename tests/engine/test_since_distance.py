"""Broken at a distance: what one change breaks elsewhere is one finding, where the change was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.config.settings import load_settings
from vaultlint.engine.check import check_vault
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.since import Since
from vaultlint.rule.finding import Diagnostic
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import installed_rules

SOUP = """# Soup

Carrots, leek and a stock that somebody made.

## Hot

Boil it for an hour or so. ^boil

## Cold

Put it in the cellar and wait until it is done.
"""
Told = Callable[..., list[Diagnostic]]


@pytest.fixture
def repository(new_repository: Callable[..., Any]) -> Any:
    """Three notes that link to a fourth, and a fault that is old."""
    made = new_repository("vault")
    links = {f"Notes/{name}.md": "See [[Soup]], [[Soup#Hot]]\nand [[Soup#^boil]].\n" for name in "ABC"}
    made.commit({".obsidian/app.json": "{}", "Soup.md": SOUP, **links, "Old.md": "[[Gone]]\n"})
    return made


@pytest.fixture
def told(repository: Any) -> Told:
    """What is new since the base."""

    def tell(paths: list[str] | None = None) -> list[Diagnostic]:
        settings = load_settings(repository.top, installed_rules())
        return list(check_vault(settings, paths=paths, known=Since.of(settings, "HEAD")).diagnostics)

    return tell


def lines(diagnostics: list[Diagnostic]) -> list[str]:
    return [
        f"{one.path}:{one.position.line}:{one.position.column} {one.rule} {one.message} ({one.hint})"
        for one in diagnostics
    ]


def related(diagnostic: Diagnostic) -> list[str]:
    return [f"{one.path}:{one.position.line}:{one.position.column}" for one in diagnostic.related if one.position]


def fix_all(top: Path, at_least: Applicability) -> int:
    settings = load_settings(top, installed_rules())
    return fix_vault(settings, known=Since.of(settings, "HEAD"), at_least=at_least).fixed


def test_renamed_heading(repository: Any, told: Told) -> None:
    """A heading that gets another text is told at its line, with all links that lead to it no more."""
    repository.write({"Soup.md": SOUP.replace("## Hot", "\n## Boiling hot")})

    found = told()

    assert [
        "Soup.md:6:1 unresolved-heading the heading 'Hot' became 'Boiling hot': 3 links in 3 notes lead to it no more "
        "(lead them to 'Boiling hot', or call the heading 'Hot' again)"
    ] == lines(found)
    assert ["Notes/A.md:1:22", "Notes/B.md:1:22", "Notes/C.md:1:22"] == related(found[0])
    assert found[0].span.of((repository.top / "Soup.md").read_text()).strip() == "## Boiling hot"


def test_fix_for_a_heading(repository: Any, told: Told) -> None:
    """A heading that alone was written anew is known to every link, before anything is committed."""
    repository.write({"Soup.md": SOUP.replace("## Hot", "## Boiling")})

    [found] = told()

    assert found.fix is not None
    assert ("link to the heading 'Boiling', 3 times", Applicability.SAFE) == (found.fix.title, found.fix.applicability)
    assert ["Notes/A.md", "Notes/B.md", "Notes/C.md"] == [change.path for change in found.fix.changes]
    assert 3 == fix_all(repository.top, Applicability.SAFE)
    assert "See [[Soup]], [[Soup#Boiling]]\nand [[Soup#^boil]].\n" == (repository.top / "Notes/B.md").read_text()


def test_no_fix_for_all_where_one_has_none(repository: Any, told: Told) -> None:
    """One finding offers to mend all links or none; what can be mended of them is mended all the same."""
    repository.commit({"Notes/D.md": "# [[Soup#Hot]]\n\n[[#Soup Hot]]\n"})
    repository.write({"Soup.md": SOUP.replace("## Hot", "## Boiling")})

    [found] = told()

    assert ["Notes/A.md", "Notes/B.md", "Notes/C.md", "Notes/D.md"] == sorted(one.path for one in found.related)
    assert found.fix is None
    assert 3 == fix_all(repository.top, Applicability.SAFE)
    assert [["Notes/D.md"]] == [[one.path for one in left.related] for left in told()]


def test_a_link_that_leads_to_another_note_now(repository: Any, told: Told) -> None:
    """Where another note got the name, it is the rename that broke a link to a heading; no heading went away."""
    (repository.top / "Soup.md").rename(repository.top / "Broth.md")
    repository.write({"Other/Soup.md": "words of another soup\n"})

    assert [
        "Broth.md:1:1 unresolved-block renaming 'Soup.md' to 'Broth.md' broke 3 links in 3 notes",
        "Broth.md:1:1 unresolved-heading renaming 'Soup.md' to 'Broth.md' broke 3 links in 3 notes",
    ] == [f"{one.path}:{one.position.line}:{one.position.column} {one.rule} {one.message}" for one in told()]


def test_a_link_that_a_new_note_took(repository: Any, told: Told) -> None:
    """Where the note is there and its name is another's now, nothing went away: the link is told where it stands."""
    repository.commit({"Deep/Salt.md": "# Salt\n\n## Sea\n", "Notes/D.md": "[[Salt#Sea]]\n"})
    repository.write({"Salt.md": "words of another salt\n"})

    assert ["Notes/D.md:1:8 unresolved-heading 'Salt' has no heading 'Sea'"] == [
        f"{one.path}:{one.position.line}:{one.position.column} {one.rule} {one.message}" for one in told()
    ]


@pytest.mark.parametrize("ending", ["md", "png"])
def test_an_empty_file_is_not_renamed(repository: Any, told: Told, ending: str) -> None:
    """An empty file that comes when another goes is not that file: nothing is led to it."""
    repository.commit({f"Empty.{ending}": "", "Notes/D.md": f"[[Empty.{ending}]] and again [[Empty.{ending}]]\n"})
    (repository.top / f"Empty.{ending}").unlink()
    repository.write({f"Fresh.{ending}": ""})

    [found] = told()

    assert f"deleting 'Empty.{ending}' broke 2 links in 1 note" == found.message
    assert found.fix is None


def test_a_renamed_note_whose_old_name_is_an_alias(repository: Any, told: Told) -> None:
    """Whichever rule speaks of the broken links: they are told once, in the note that was renamed."""
    repository.commit({"Soup.md": f"---\naliases: [Soup]\n---\n{SOUP}"})
    (repository.top / "Soup.md").rename(repository.top / "Stew.md")

    found = told()

    assert [("Stew.md", "alias-as-target", "renaming 'Soup.md' to 'Stew.md' broke 9 links in 3 notes")] == [
        (one.path, one.rule, one.message) for one in found
    ]


def test_relative_links_to_a_renamed_note(repository: Any, told: Told) -> None:
    """Where each folder names the note otherwise, the next step names its path."""
    links = {"A.md": "[[Notes/Pie]]\n", "Notes/B.md": "[[Pie]]\n", "Notes/Pie.md": "Apples and a crust.\n"}
    repository.commit({".obsidian/app.json": '{"newLinkFormat": "relative"}', **links})
    (repository.top / "Notes/Pie.md").rename(repository.top / "Notes/Tart.md")

    assert ["lead them to 'Notes/Tart.md'; Obsidian does that when it renames"] == [one.hint for one in told()]


def test_deleted_heading(repository: Any, told: Told) -> None:
    """Where a heading left nothing, the line stands that is there now."""
    repository.write({"Soup.md": SOUP.replace("## Hot\n\n", "")})

    found = told()

    assert [
        "Soup.md:5:1 unresolved-heading the heading 'Hot' is gone: 3 links in 3 notes lead to it no more "
        "(bring it back, or lead them elsewhere)"
    ] == lines(found)


def test_deleted_end(repository: Any, told: Told) -> None:
    """Where all that came behind is gone, too, it is the last line."""
    repository.write({"Soup.md": SOUP.partition("## Hot")[0].rstrip() + "\n"})

    assert ["Soup.md:3:1", "Soup.md:3:1"] == [f"{one.path}:{one.position.line}:{one.position.column}" for one in told()]


def test_removed_block_id(repository: Any, told: Told) -> None:
    """A block id is told at the line that it stood on."""
    repository.write({"Soup.md": "new\n\n" + SOUP.replace(" ^boil", "")})

    found = told()

    assert [
        "Soup.md:9:1 unresolved-block the block id '^boil' is gone: 3 links in 3 notes lead to it no more "
        "(bring it back, or lead them elsewhere)"
    ] == lines(found)
    assert ["Notes/A.md:2:12", "Notes/B.md:2:12", "Notes/C.md:2:12"] == related(found[0])


def test_renamed_note(repository: Any, told: Told) -> None:
    """A renamed note is told in its first line; what breaks in it is every link to it."""
    (repository.top / "Soup.md").rename(repository.top / "Broth.md")

    [found] = told()

    assert [
        "Broth.md:1:1 unresolved-link renaming 'Soup.md' to 'Broth.md' broke 9 links in 3 notes "
        "(lead them to 'Broth'; Obsidian does that when it renames)"
    ] == lines([found])
    assert found.fix is not None
    assert ("link to 'Broth', 9 times", Applicability.SAFE) == (found.fix.title, found.fix.applicability)
    assert 9 == fix_all(repository.top, Applicability.SAFE)
    assert "See [[Broth" in (repository.top / "Notes/C.md").read_text()
    assert "[[Gone]]\n" == (repository.top / "Old.md").read_text()


def test_renamed_and_changed_note(repository: Any, told: Told) -> None:
    """A note that was changed when it was renamed may be another one: the fix says so."""
    (repository.top / "Soup.md").unlink()
    repository.write({"Broth.md": SOUP.replace("# Soup", "# Broth")})

    [found] = told()

    assert found.fix is not None
    assert Applicability.UNSAFE is found.fix.applicability
    assert "it was changed when it was renamed: 95% of it is the same" == found.fix.reason


def test_deleted_note(repository: Any, told: Told) -> None:
    """A deleted note has no line: the first of the links says what was broken."""
    (repository.top / "Soup.md").unlink()

    found = told()

    assert [
        "Notes/A.md:1:7 unresolved-link deleting 'Soup.md' broke 9 links in 3 notes "
        "(lead them elsewhere, take them out, or bring it back)"
    ] == lines(found)
    assert 9 == len(found[0].related)


def test_renamed_picture(repository: Any, told: Told) -> None:
    """A picture has no lines either; it is known again by its bytes."""
    embeds = {f"Notes/{name}.md": "![[pot.png]]\n" for name in "AB"}
    repository.commit({"pot.png": b"\x89PNG\r\n\x1a\n pot", **embeds})
    (repository.top / "pot.png").rename(repository.top / "pan.png")

    [found] = told()

    assert [
        "Notes/A.md:1:4 missing-embed renaming 'pot.png' to 'pan.png' broke 2 embeds in 2 notes "
        "(lead them to 'pan.png'; Obsidian does that when it renames)"
    ] == lines([found])
    assert 2 == fix_all(repository.top, Applicability.SAFE)


def test_new_link_to_what_is_gone(repository: Any, told: Told) -> None:
    """A link that nobody had written at the base is no victim: it is told where it stands."""
    (repository.top / "Soup.md").unlink()
    repository.write({"New.md": "[[Soup]]\n"})

    assert ["New.md:1:3", "Notes/A.md:1:7"] == sorted(f"{a.path}:{a.position.line}:{a.position.column}" for a in told())


def test_note_that_is_not_judged(repository: Any, told: Told) -> None:
    """Where the change stands in a note that is not asked for, the first of the links is told."""
    repository.write({"Soup.md": SOUP.replace("## Hot", "## Boiling hot")})

    assert ["Notes/B.md:1:22"] == [
        f"{one.path}:{one.position.line}:{one.position.column}" for one in told(["Notes/B.md"])
    ]
    assert [("Notes/A.md", 3)] == [(one.path, len(one.related)) for one in told(["Notes"])]


def test_chain_of_headings(repository: Any, told: Told) -> None:
    """Of a chain, the heading that went is the cause."""
    repository.commit({"Notes/D.md": "[[Soup#Soup#Cold]] and [[#Own]]\n\n# Own\n"})
    repository.write({"Soup.md": SOUP.replace("# Soup", "# Broth", 1)})

    assert ["the heading 'Soup' became 'Broth': 1 link in 1 note leads to it no more"] == [
        one.message for one in told()
    ]


def test_severity_and_rules(repository: Any, told: Told) -> None:
    """Each rule tells its own, for each has its severity."""
    repository.commit({"Notes/D.md": "---\nup: '[[Soup]]'\n---\n![[Soup]]\n"})
    (repository.top / "Soup.md").rename(repository.top / "Broth.md")

    assert ["missing-embed", "unresolved-link", "unresolved-property-link"] == sorted(one.rule for one in told())
    assert {"Broth.md"} == {one.path for one in told()}
