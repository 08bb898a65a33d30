"""Tags: what is one, and what is left of those that move."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.tags.tag_location import Options as PlaceOptions
from vaultlint_rules.tags.tag_location import TagLocation
from vaultlint_rules.tags.tag_required import Options as RequiredOptions
from vaultlint_rules.tags.tag_required import TagRequired
from vaultlint_rules.tags.tag_syntax import TagSyntax

from vaultlint.rule.fix import Applicability

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
