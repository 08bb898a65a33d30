"""A mistune plug-in for `[[path#subpath|alias]]` and `![[embeds]]`, as Obsidian reads them.

On one line; of nested ones the innermost; none that has a code span or an HTML tag in it. The first bar splits, but not
one that is the first sign; `\\|` is a bar too, as it is written in tables. The first `#` begins the subpath.

    markdown = mistune.create_markdown(renderer=None, plugins=[wikilinks])

gives tokens of type `wikilink` or `embed` with `raw` (what is between the brackets) and the attributes `target`,
`path`, `subpath` (with its `#`, or empty) and `alias` (`None` without a bar).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mistune import escape

if TYPE_CHECKING:
    from mistune import BaseRenderer, InlineParser, InlineState, Markdown

__all__ = ["read_wikilink", "wikilinks"]


def wikilinks(md: Markdown) -> None:
    """Effect: teaches `md` wikilinks and embeds."""
    md.inline.register("wikilink", r"!?\[\[", _parse, before="link", start_chars=("!", "["))
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register("wikilink", _html_link)
        md.renderer.register("embed", _html_embed)


def read_wikilink(inner: str) -> dict[str, Any]:
    """The attributes of the link with this text between its brackets."""
    bar = inner.find("|", 1) if inner[:1] != "|" else -1
    alias = inner[bar + 1 :] if bar >= 0 else None
    target = inner if bar < 0 else inner[:bar].removesuffix("\\")
    target = target.strip()
    path, hash_sign, subpath = target.partition("#")
    return {"target": target, "path": path.rstrip(), "subpath": hash_sign + subpath, "alias": alias}


_TAG = re.compile(
    r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:[ \t/][^<>]*)?|!--.*?--|[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>"
)
"""A tag, a comment or an autolink: no link is made across one."""


def _parse(inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    src, start = state.src, match.end()
    close = state.delimiters.find("]]", start)
    if close is None:
        return None
    # `[[[a]` is a bracket in front of a link unless nothing but it closes there (observed 9).
    inner = src[start:close]
    if "\n" in inner or "[[" in inner or not inner.strip() or _TAG.search(inner) or _has_code(state, inner, start):
        return None
    embed = match[0][0] == "!"
    state.append_token({"type": "embed" if embed else "wikilink", "raw": inner, "attrs": read_wikilink(inner)})
    return close + 2


def _has_code(state: InlineState, inner: str, start: int) -> bool:
    """Whether a code span begins between the brackets: code wins."""
    at = inner.find("`")
    while at >= 0:
        behind = at
        while inner[behind : behind + 1] == "`":
            behind += 1
        if state.delimiters.code_end(inner[at:behind], start + behind) is not None:
            return True
        at = inner.find("`", behind)
    return False


def _html_link(renderer: BaseRenderer, raw: str, target: str, alias: str | None, **_: str) -> str:
    shown = escape(alias or target)
    return f'<a class="internal-link" href="{escape(quote(target))}">{shown}</a>'


def _html_embed(renderer: BaseRenderer, raw: str, target: str, alias: str | None, **_: str) -> str:
    return f'<span class="internal-embed" data-src="{escape(target)}">{escape(alias or target)}</span>'
