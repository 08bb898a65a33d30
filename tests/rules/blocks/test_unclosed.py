"""What opens and is not closed, beside what looks like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.blocks.unclosed_syntax import UnclosedSyntax

Found = Callable[..., list[str]]


@pytest.mark.parametrize("text", ["%%%%\n", "a %%%% b\n", "a %%%%%% b\n\n%%c%%\n", "> a %%%%\n"])
def test_an_empty_comment_is_closed(found: Found, text: str) -> None:
    assert [] == found(UnclosedSyntax, text)


def test_a_comment_that_is_not_closed_is_told_once(found: Found) -> None:
    assert ["1:3 '%%' is not closed: what follows is hidden"] == found(UnclosedSyntax, "> %%%`\n")


def test_a_sign_beside_comments_that_are_closed(found: Found) -> None:
    text = "%% a %%\n\nb %%c%% d <!-- e -->\n\nf %%g\n"
    assert ["5:3 '%%' is not closed: the signs are shown as they are"] == found(UnclosedSyntax, text)
