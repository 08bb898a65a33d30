"""A mistune plug-in for Obsidian's `#tags`.

A tag begins at the start of a run of text, behind white space, behind another tag, behind a sign of emphasis or an
escaped sign; it ends before white space and all ASCII punctuation but `-`, `_` and `/`; one of digits alone is none.
Tokens: `tag`, with `raw` the name without its `#`, in the case written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mistune import escape

from vaultlint.tree.lexical import bracket_close

if TYPE_CHECKING:
    import re

    from mistune import BaseRenderer, InlineParser, InlineState, Markdown

__all__ = ["tags"]

_NAME = r"#[^\s!-,.:-@\[-^`{-~\u2000-\u206f\u2e00-\u2e7f]+"


def tags(md: Markdown) -> None:
    """Effect: teaches `md` tags."""
    md.inline.register("tag", _NAME, _parse, before="link", start_chars="#")
    if md.renderer and md.renderer.NAME == "html":
        md.renderer.register("tag", _html)


def _parse(inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    src, start = state.src, match.start()
    before = src[start - 1] if start else " "
    name = match[0][1:]
    if before == "_":
        name = name.rstrip("_")  # `_#a_` is the tag `a` in emphasis
    if not name.strip("0123456789") or not (before.isspace() or before in "_*" or _opens_run(state, start, before)):
        return None
    state.append_token({"type": "tag", "raw": name})
    return start + 1 + len(name)


def _opens_run(state: InlineState, start: int, before: str) -> bool:
    """Whether a run of text begins at a place inside the source though no white space is before it."""
    last = state.tokens[-1] if state.tokens else None
    # An escaped sign is a text of its own.
    if last is None or last["type"] != "text" or (not last.get("_emphasis", True) and last["raw"].endswith(before)):
        return True
    close = bracket_close(state, start - 1) if before == "[" else None
    image = state.src.startswith("!", start - 2) if start > 1 else False
    return close is not None and not image and state.src.startswith("(", close + 1)


def _html(renderer: BaseRenderer, raw: str) -> str:
    return f'<a class="tag" href="#{escape(raw)}">#{escape(raw)}</a>'
