"""Tags: what is one, and what is left of those that move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs
from vaultlint_rules.tags.tag_location import Options as PlaceOptions
from vaultlint_rules.tags.tag_location import TagLocation
from vaultlint_rules.tags.tag_required import Options as RequiredOptions
from vaultlint_rules.tags.tag_required import TagRequired
from vaultlint_rules.tags.tag_syntax import TagSyntax

from vaultlint.rule.fix import Applicability
from vaultlint.testing.laws import check_fixes
from vaultlint.testing.settings import every_rule

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tags: #a", "tags: a"),
        ("tags: #a #b", "tags: [a, b]"),
        ("Tags: #a, #b", "Tags: [a, b]"),
        ("tags: [#a #b, c]", "tags: [a, b, c]"),
        ("tags: ['x', #b]", "tags: ['x', b]"),
        ("tags:\n- #a\n- b\n- #c/d", "tags:\n- a\n- b\n- c/d"),
        ("tags:\n  - #true", 'tags:\n  - "true"'),
        ("tags: a, b", "tags: [a, b]"),
        ("tags: a, b,", "tags: [a, b]"),
        ("tags: '#a'", "tags: '#a'"),
        ("tags: # a comment", "tags: # a comment"),
        ("tags: #a comment", "tags: #a comment"),
        ("tags: #todo\n- a", "tags: #todo\n- a"),
        ("tags: a b, c", "tags: a b, c"),
        ("tags: 'a, b'", "tags: 'a, b'"),
        ("tags: [a, b] # #c", "tags: [a, b] # #c"),
        ("topics: #a #b", "topics: #a #b"),
        ("tags: [#a, {{b}}]", "tags: [#a, {{b}}]"),
        ("tags: [#a\nx: 1", "tags: [#a\nx: 1"),
    ],
)
def test_what_was_meant_is_written(fixed: Fixed, before: str, after: str) -> None:
    """Only what is beyond doubt, and only in `tags`."""
    for newline in ("\n", "\r\n"):
        text = f"---\n{before}\n---\n".replace("\n", newline)
        assert f"---\n{after}\n---\n".replace("\n", newline) == fixed(TagSyntax, text)


def test_text_is_full_of_signs_that_are_no_tags(found: Found) -> None:
    """Numbers, colours in code, fragments and aliases of links are not looked at."""
    text = "#1 [#12](x) `#a//` [[A#b/]] [[B|#c/]] https://x.y/#d/ <a href='#e/'> $#f/$\n\n    #g/\n"

    assert [] == found(TagSyntax, text)


@pytest.mark.parametrize(
    "text",
    [
        "# Head #a\n",
        "|#a|x|\n|-|-|\n",
        "[a #a b](https://example.org)\n",
        "_#a_ and (#a)\n",
        "> [!note] Title #a\n> text\n",
        "#a#b\n",
        "#a:: value\n",
        "#-a-\n",
    ],
)
def test_a_tag_that_holds_more_than_itself_stays_in_the_text(fixed: Fixed, text: str) -> None:
    """In headings, tables, links, fields and between signs nothing is taken out."""
    after = fixed(TagLocation, text, at_least=Applicability.UNSAFE, options=PlaceOptions(left="nothing"))

    assert after.endswith(text)


def test_what_is_left_of_a_tag(fixed: Fixed) -> None:
    """The tag, its word, nothing, or what fits."""
    text = "---\ntags: [a, b]\n---\nAn #a day.\n#b #a\n"
    left = {
        "tag": "An #a day.\n#b #a\n",
        "word": "An a day.\nb a\n",
        "nothing": "An day.\n",
        "fitting": "An a day.\n",
    }

    for name, body in left.items():
        options = PlaceOptions(left=name)  # type: ignore[arg-type]
        after = fixed(TagLocation, text, at_least=Applicability.UNSAFE, options=options)
        assert f"---\ntags: [a, b]\n---\n{body}" == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("> Quoted.\n> #a #b\n\nText\n", "> Quoted.\n\nText\n"),
        ("> Quoted.\n>\n> #a\n", "> Quoted.\n>\n> a\n"),
        ("> #a\n", "> a\n"),
        ("A break  \n#a\n", "A break  \na\n"),
        ("A break\\\n#a\n", "A break\\\na\n"),
        ("Text\n#a", "Text\n"),
        ("Text\n\n#a", "Text\n"),
        ("#a\n\n\nText\n", "\nText\n"),
        ("#a\n# Head\n", "# Head\n"),
        ("- item\n#a\n", "- item\n"),
    ],
)
def test_lines_of_tags(fixed: Fixed, before: str, after: str) -> None:
    """A line of tags goes where nothing hangs on it; else its words stay."""
    head = "---\ntags: [a, b]\n---\n"

    assert head + after == fixed(TagLocation, head + before, at_least=Applicability.UNSAFE)


def test_tasks_and_comments_keep_their_tags(found: Found) -> None:
    """They say something of the task, or to the owner alone."""
    assert [] == found(TagLocation, "- [ ] call #home\n- [x] done #home\n\n%% #todo %%\n\n#due:: today\n")


def test_tags_go_to_the_end_of_the_text_where_they_are_read(fixed: Fixed) -> None:
    """Not into an open fence or comment, and not if one of them would be no tag."""
    options = PlaceOptions(place="text")
    for text in ("---\ntags: [a]\n---\n```\ncode\n", "---\ntags: [a]\n---\n%% open\n", "---\ntags: [a b, c]\n---\n"):
        assert text == fixed(TagLocation, text, at_least=Applicability.UNSAFE, options=options)

    assert "---\n---\n#a #b\n" == fixed(
        TagLocation, "---\ntags: [a, b]\n---\n", at_least=Applicability.UNSAFE, options=options
    )


def test_folders_and_globs(found: Found) -> None:
    """A folder means all below it; every entry that fits asks for its tags."""
    options = RequiredOptions(tags={"A": ("x",), "A/*.md": ("#y",), "**/c.md": ("z",), "B/": ("w",)})

    def asked(path: str) -> list[str]:
        return found(TagRequired, "", path, options=options)

    assert ["1:1 the tags 'x', 'y' of this folder are missing"] == asked("A/a.md")
    assert ["1:1 the tags 'x', 'z' of this folder are missing"] == asked("A/b/c.md")
    assert ["1:1 the tag 'w' of this folder is missing"] == asked("B/b/b.md")
    assert [] == asked("AB/a.md")
    assert [] == found(TagRequired, "", "A/a.md", options=options, template_folders=("A",))


AROUND = [
    *("> #a\n", "> Quoted.\n>\n> #a\n", "> x\n\n#a\n\n> y\n", "> [!note]\n> #a\n", "> [!note] T\n> #a\n> x\n"),
    *("A break  \n#a\n", "A break\\\n#a\n", "#a\n===\n", "x\n#a\n---\n", "#a\n* * *\n", "#a\n# Head\n"),
    *("- x\n\n#a\n\n- y\n", "1. x\n\n#a\n\n1. y\n", "- x\n\n  #a\n\n- y\n", "1. x\n   #a\n", "- a\n- #a\n\n#b\n- c\n"),
    *(
        "| a |\n|-|\n| #b |\n#a\n",
        "#a ^id\n",
        "x\n#a\n^id\n",
        "^[#a]\n",
        "[^1]: #a\n",
        "<b>#a</b> #a\n",
        "Key:: x\n#a\n",
    ),
    *(
        "#a\n```\nx\n```\n",
        "x\n\n#a\n\n    code\n",
        "\n\n#a\n\n\n#b\n\n",
        "text #a\n text\n",
        "**x #a** y #b.\n",
        "#a #b text\n",
    ),
]


@pytest.mark.parametrize("left", ["fitting", "word", "nothing"])
def test_what_stands_around_a_tag_stays(tmp_path: Path, left: str) -> None:
    """Lists are not joined, quotes do not vanish, no text becomes a heading: no such fix is refused."""
    settings = every_rule(tmp_path)
    options = PlaceOptions(left=left)  # type: ignore[arg-type]
    rules = tuple(structs.replace(one, options=options) for one in settings.rules if one.name == TagLocation.name)
    texts = [f"---\ntags: [a, b]\n---\n{text}" for text in AROUND]
    notes = {f"{place}.md": text for place, text in enumerate(texts + [text.replace("\n", "\r\n") for text in texts])}

    after = check_fixes(structs.replace(settings, rules=rules), notes, Applicability.UNSAFE)

    assert after != notes
