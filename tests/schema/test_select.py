"""Which notes a schema is for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

VIDEO = 'any = [{ has = "videoId" }, { first-line = "^From: ", timestamps = true }]'


@pytest.mark.parametrize(
    ("toml", "text", "path", "expected"),
    [
        ("", "", "Note.md", True),
        ("match = 'talks/**'", "", "talks/a.md", True),
        ("match = 'talks/**'", "", "a.md", False),
        ("has = 'videoid'", "---\nvideoId: x\n---\n", "a.md", True),
        ("has = 'videoId'", "---\nvideoId:\n---\n", "a.md", True),
        ("has = ['videoId', 'title']", "---\nvideoId: x\n---\n", "a.md", False),
        ("where = { type = 'paper' }", "---\nType: paper\n---\n", "a.md", True),
        ("where = { type = 'paper' }", "---\ntype: [paper, book]\n---\n", "a.md", True),
        ("where = { type = ['paper', 'book'] }", "---\ntype: book\n---\n", "a.md", True),
        ("where = { type = 'paper' }", "---\ntype: papers\n---\n", "a.md", False),
        ("where = { done = true }", "---\ndone: true\n---\n", "a.md", True),
        ("where = { done = true }", "---\ndone: 1\n---\n", "a.md", False),
        ("tag = 'talk'", "Heard #Talk/2024 today", "a.md", True),
        ("tag = 'talk'", "Heard #talks today", "a.md", False),
        ("tag = '#talk'", "---\ntags: [talk]\n---\n", "a.md", True),
        ("tag = 'talk'", "---\ntags: talk\n---\n", "a.md", True),
        (VIDEO, "---\nvideoId: x\n---\n", "a.md", True),
        (VIDEO, '\n\nFrom: [[c]] <br/>\n<a data-t="00:00:03">[00:00:03]</a>\n', "a.md", True),
        (VIDEO, "From: [[c]] <br/>\nno time\n", "a.md", False),
        (VIDEO, 'Hello\nFrom: x\n<a data-t="00:00:03">[00:00:03]</a>\n', "a.md", False),
        ("match = 'talks/**'\nhas = 'x'", "---\nx: 1\n---\n", "a.md", False),
    ],
)
def test_all_conditions_must_hold(
    applies: Callable[..., bool], toml: str, text: str, path: str, expected: bool
) -> None:
    """A schema is for a note if path, properties, tags and first line are as it says."""
    assert expected is applies(toml, text, path)
