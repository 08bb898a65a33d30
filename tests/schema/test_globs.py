"""Globs over paths of the vault."""

from __future__ import annotations

import pytest

from vaultlint.schema.globs import Globs


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("videos/**", "videos/a.md", True),
        ("videos/**", "videos/2024/a.md", True),
        ("videos/**", "old/videos/a.md", False),
        ("videos/", "videos/a.md", True),
        ("/videos/**", "videos/a.md", True),
        ("./videos/**", "videos/a.md", True),
        ("videos", "videos/2024/a.md", True),
        ("videos/2024", "videos/2024/a.md", True),
        ("videos", "videos old/a.md", False),
        ("videos", "old/videos/a.md", False),
        ("videos/a.md", "videos/a.md", True),
        ("./", "videos/a.md", True),
        ("*.md", "a.md", True),
        ("*.md", "videos/a.md", False),
        ("**/a.md", "a.md", True),
        ("**/a.md", "x/y/a.md", True),
        ("**/talks/*.md", "x/talks/a.md", True),
        ("**/talks/*.md", "x/talks/y/a.md", False),
        ("**/b/**/c.md", "a/b/x/b/y/c.md", True),
        ("talk-?.md", "talk-1.md", True),
        ("talk-?.md", "talk-12.md", False),
        ("a*b*c.md", "axxbxxc.md", True),
        ("a*b*c.md", "axxcxxb.md", False),
        ("a+(b).md", "a+(b).md", True),
        ("Videos/**", "videos/a.md", False),
        ("/videos/", "videos/2024/a.md", True),
        ("videos", "videos.md", False),
        ("**/talks", "x/talks/a.md", True),
        ("v*", "videos/a.md", False),
        ("*", "videos/a.md", False),
        ("a.md", "x/a.md", False),
    ],
)
def test_what_a_glob_matches(glob: str, path: str, matches: bool) -> None:
    """A star stays inside a folder, two stars cross folders, the name of a folder means all that is in it."""
    assert matches is Globs([glob]).match(path)


def test_one_of_several_is_enough() -> None:
    """Several globs are alternatives."""
    globs = Globs(["a/**", "*.canvas.md"])

    assert [True, True, False] == [globs.match(path) for path in ("a/x.md", "x.canvas.md", "b/x.md")]


def test_many_stars() -> None:
    """A glob of many stars comes to an end: one that tried every way to share a path would not."""
    globs = Globs(["*a" * 40 + "b", "**/" * 40 + "b"])

    assert not globs.match("a" * 2000)
    assert not globs.match("a/" * 1000 + "a")
