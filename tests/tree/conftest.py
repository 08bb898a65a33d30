"""What the tests of the second reader share: how a tree is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import mistune
import pytest

Tokens = list[dict[str, Any]]


@pytest.fixture
def tokens() -> Callable[..., Tokens]:
    """What mistune makes of a text with some plug-ins and nothing else of ours."""

    def read(text: str, *plugins: Any) -> Tokens:
        found = mistune.create_markdown(renderer=None, plugins=plugins)(text)
        assert isinstance(found, list)
        return found

    return read


@pytest.fixture
def html() -> Callable[..., str]:
    """The page that mistune makes of a text with some plug-ins."""

    def render(text: str, *plugins: Any) -> str:
        page = mistune.create_markdown(plugins=plugins)(text)
        assert isinstance(page, str)
        return page

    return render


@pytest.fixture
def found() -> Callable[[Iterable[dict[str, Any]], str], list[dict[str, Any]]]:
    """The tokens of one type in a tree of tokens, in text order."""

    def of(tokens: Iterable[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
        every: list[dict[str, Any]] = []
        for token in tokens:
            if token["type"] == kind:
                every.append(token)
            every += of(token.get("children", ()), kind)
        return every

    return of
