"""The types of callouts that a vault's own CSS and its plug-ins define (semantics 7.2)."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_MOST_SNIPPETS = 200
_TYPE = re.compile(r"""\[\s*+data-callout\s*+=\s*+["']?+([^\s"'\]]++)""", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def callout_types(
    root: str, folder: str, read_json: Callable[[str], dict[str, Any]], read_file: Callable[[str], bytes]
) -> tuple[str, ...]:
    """Effect: reads files. The types in the vault at `root`, in lower case, sorted.

    They come from the CSS snippets that are switched on, the theme, and the plug-ins Callout Manager and Admonition.
    `folder` is that of the app's settings; `read_json` takes a path in it, `read_file` one in the vault, and raises
    `OSError`. What can't be read defines nothing.
    """
    found: set[str] = set()
    for path in _style_sheets(root, folder, read_json("appearance.json")):
        try:
            text = read_file(path).decode("utf-8", "replace")
        except OSError:
            continue
        if "data-callout" in text:
            found.update(_TYPE.findall(_COMMENT.sub("", text)))
    manager = read_json("plugins/callout-manager/data.json").get("callouts")
    found.update(_texts(manager.get("custom")) if isinstance(manager, dict) else ())
    found.update(_texts(read_json("plugins/obsidian-admonition/data.json").get("userAdmonitions")))
    return tuple(sorted({each.lower() for each in found}))


def _style_sheets(root: str, folder: str, appearance: dict[str, Any]) -> Iterator[str]:
    enabled = appearance.get("enabledCssSnippets")
    for name in _css_files(root, f"{folder}/snippets"):
        # Without the app's list nobody knows which of them are on.
        if not isinstance(enabled, list) or name.removesuffix(".css") in enabled:
            yield f"{folder}/snippets/{name}"
    theme = appearance.get("cssTheme")
    if isinstance(theme, str) and theme and not {"/", "\\", "\0"} & set(theme):
        yield f"{folder}/themes/{theme}/theme.css"


def _css_files(root: str, folder: str) -> list[str]:
    real = os.path.realpath(f"{root}/{folder}")
    if not real.startswith(root.rstrip(os.sep) + os.sep):
        return []  # a link leads out of the vault
    try:
        with os.scandir(real) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(".css"))
    except OSError:
        return []
    return names[:_MOST_SNIPPETS]


def _texts(value: Iterable[object] | None) -> list[str]:
    return [each for each in value if isinstance(each, str) and each] if isinstance(value, (list, dict)) else []
