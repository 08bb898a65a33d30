"""Each fault of a link is reported by one rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultlint.rule.finding import Diagnostic

Lines = Callable[..., list[str]]
Found = Callable[..., tuple[Diagnostic, ...]]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[[Nowhere]]", "unresolved-link"),
        ("[a](nowhere.md)", "unresolved-link"),
        ("![[nowhere.png]]", "missing-embed"),
        ("![a](nowhere.png)", "missing-embed"),
        ("[[Green]]", "alias-as-target"),
        ("![[Green]]", "alias-as-target"),
        ("[[|Nowhere]]", "empty-alias"),
        ("![[|Nowhere]]", "empty-alias"),
        ("[[Soup#Nowhere]]", "unresolved-heading"),
        ("[[Nowhere#Nowhere]]", "unresolved-link"),
        ("[[Soup#^nowhere]]", "unresolved-block"),
        ('---\nup: "[[Nowhere]]"\n---\n', "unresolved-property-link"),
        ('---\nup: "[[Green]]"\n---\n', "unresolved-property-link"),
        ('---\nup: "[[Soup#Nowhere]]"\n---\n', "unresolved-heading"),
        ('---\nup: "[[|Nowhere]]"\n---\n', "empty-alias"),
        ("| a |\n| --- |\n| [[Nowhere|b]] |", "unescaped-alias-bar"),
    ],
)
def test_faults(lines: Lines, text: str, rule: str) -> None:
    """One fault is one finding, of the rule that knows most of it."""
    vault = {"Soup.md": "---\naliases: [Green]\n---\n## Pea\n", "Note.md": text}

    found = [line.split(" ")[1] for line in lines(vault, "links", "aliases", "unresolved-property-link")]

    assert [rule] == found


@pytest.mark.parametrize("text", ["[[../Outside]]", "![](../../outside.png)", "[[<% tp.x %>]]", "[[{{date}}]]"])
def test_not_judged(lines: Lines, text: str) -> None:
    """Links out of the vault are not judged, nor are a template's placeholders in the folder of templates."""
    vault = {
        ".obsidian/templates.json": '{"folder": "Templates"}',
        "Templates/Note.md": text.replace("../", "../../"),
        "Outside/Soup.md": "",
    }

    assert [] == lines(vault, "links")


def test_folder_that_says_it_holds_templates(lines: Lines) -> None:
    """A placeholder waits to be filled in where the folder's name says so; any other link there is judged."""
    vault = {"My templates/Day.md": "[[{{date}}]] [[Nowhere]]"}

    assert ["My templates/Day.md:1:16 unresolved-link no file named 'Nowhere'"] == lines(vault, "links")


def test_placeholder_left_behind(lines: Lines) -> None:
    """A placeholder outside the folder of templates is what the app says it is: unresolved."""
    vault = {".obsidian/templates.json": '{"folder": "Templates"}', "Note.md": "[[{{date}}]]"}

    assert ["Note.md:1:3 unresolved-link no file named '{{date}}'"] == lines(vault, "links")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[[Recipies]]", "did you mean 'Recipes'?"),
        ("![[pot]]", "did you mean 'pot.png'?"),
        ("[[cellar/Recipes]]", "did you mean 'Recipes'?"),
        (
            "[[https://example.com]]",
            "a web address is written as a Markdown link: [text](https://example.com)",
        ),
        ("[[Recipes#Soop]]", "did you mean 'Soup'?"),
        ("[[Recipes#Soup#Stew]]", "the headings are there, but not each below the one before"),
        ("[[Recipes#^a_b]]", "a block id takes letters, digits and dashes only"),
        ("[[Something else]]", None),
    ],
)
def test_hints(found: Found, text: str, hint: str | None) -> None:
    """The next step is named where there is one."""
    vault = {"Recipes.md": "## Soup\n## Stew\n", "pot.png": "", "Note.md": text}

    (diagnostic,) = found(vault, "links")

    assert hint == diagnostic.hint


def test_drawing(lines: Lines) -> None:
    """Places in a drawing are for Excalidraw to know."""
    drawing = "---\nexcalidraw-plugin: parsed\n---\n# Excalidraw Data\n## Text Elements\nhello ^abc\n"
    vault = {
        "a.excalidraw.md": drawing,
        "b.md": drawing,
        "Note.md": "[[a.excalidraw#^x]] [[b#^area=1]] [[b#x]]",
    }

    assert [] == lines(vault, "links")
