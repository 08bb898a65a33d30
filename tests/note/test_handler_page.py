"""`docs/python-frontmatter.md` tells the truth: both handlers are run on each row of its tables."""

from __future__ import annotations

import re
from pathlib import Path

import frontmatter
import pytest
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from vaultlint.note.handler import ObsidianHandler

PAGE = Path(__file__).parents[2] / "docs" / "python-frontmatter.md"
_ROW = re.compile(r"^\| `(.+?)` \| `(.+?)` \| `(.+?)` \| .* \|$", re.MULTILINE)
_SIGNS = {r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\ufeff": "\ufeff"}


def rows(heading: str) -> list[tuple[str, str, str]]:
    """The first three cells of each row of the table below a heading."""
    _, _, section = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")
    return [(row[1], row[2], row[3]) for row in _ROW.finditer(section.partition("\n## ")[0])]


def written(cell: str) -> str:
    """The text that a cell of the first column stands for."""
    return re.sub("|".join(map(re.escape, _SIGNS)), lambda sign: _SIGNS[sign[0]], cell)


def read(text: str, handler: BaseHandler, *, with_content: bool) -> str:
    """What python-frontmatter makes of a note, as the page writes it."""
    try:
        post = frontmatter.loads(text, handler=handler)
    except Exception as error:  # noqa: BLE001  whatever it is, the page names it
        return type(error).__name__
    return f"{post.metadata!r}, {post.content!r}" if with_content else repr(post.metadata)


@pytest.mark.parametrize(("cell", "ours", "theirs"), rows("What is read"))
def test_what_is_read(cell: str, ours: str, theirs: str) -> None:
    """Each row of the first table."""
    text = f"---\n{written(cell)}\n---\nText"

    assert ours == read(text, ObsidianHandler(), with_content=False)
    assert theirs == read(text, YAMLHandler(), with_content=False)


@pytest.mark.parametrize(("cell", "ours", "theirs"), rows("Where the properties are"))
def test_where_the_properties_are(cell: str, ours: str, theirs: str) -> None:
    """Each row of the second table."""
    assert ours == read(written(cell), ObsidianHandler(), with_content=True)
    assert theirs == read(written(cell), YAMLHandler(), with_content=True)


def test_no_row_is_passed_over() -> None:
    """Every row of the page's tables is one that is run."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]

    assert len(lines) == len(rows("What is read")) + len(rows("Where the properties are")) > 30
