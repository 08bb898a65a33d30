"""Text of notes and names of files, made safe to show: nothing in them may steer a terminal or hide.

Control characters, bidirectional controls and characters without width are shown as escapes (`\\x1b`,
`\\u202e`); letters, marks, emoji and spaces of all scripts stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSEEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # controls: C0, delete, C1
    "\xad\u034f"  # soft hyphen, combining grapheme joiner
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, embeddings, overrides and isolates of direction
    "\u115f\u1160\u3164\uffa0\u17b4\u17b5"  # fillers and vowels without a glyph
    "\u180b-\u180f"  # Mongolian variation selectors and vowel separator
    "\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff"  # spaces and joiners without width, invisible operators
    "\u2028\u2029"  # line and paragraph separator
    "\ufff9-\ufffb"  # interlinear annotation
    "\U0001d173-\U0001d17a"  # musical formatting
    "\U000e0000-\U000e0fff"  # tags and supplementary variation selectors: whole sentences hide in them
    "\ud800-\udfff"  # lone surrogates: bytes of a file name that are no UTF-8
    "]"
)

_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Controls but line breaks, which commands have escapes of their own for."""

_SELECTORS = "[\ufe00-\ufe0f]*"
_COMMAND = re.compile(f"#(?={_SELECTORS}#{_SELECTORS}(?:v{_SELECTORS}s{_SELECTORS}o{_SELECTORS})?\\[)", re.IGNORECASE)
"""`##[error]`, `##vso[task.complete]`: obeyed by the logs of GitHub and of Azure anywhere in a line.

Both look for it as people read text, so that characters without a glyph of their own don't count.
"""

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """`text` on one line, with everything that a terminal would obey or not show written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(lambda match: escape(match[0]), text)


def visible_lines(text: str) -> str:
    """As `visible`, but line breaks and tabs stay what they are."""
    return "\n".join(["\t".join(map(visible, line.split("\t"))) for line in text.split("\n")])


def shown_path(path: str) -> str:
    """A path to begin a line with; one that would be a workflow command (`::error`) gets `./` before it."""
    return unobeyed(visible(f"./{path}" if path.lstrip().startswith("::") else path))


def unobeyed(text: str, written: str = "\\x23") -> str:
    """Text for a log, with every mark that would begin a command within a line written as an escape.

    `written` is the `#` of such a mark: `\\u0023` in JSON and `&#35;` in XML are the same character to who reads these.
    """
    return _COMMAND.sub(lambda _: written, text) if "#" in text else text


def logged_path(path: str) -> str:
    """A path inside a command of a workflow's log: the file must be found, so only controls are escapes."""
    return _CONTROL.sub(lambda match: escape(match[0]), path)


def escape(char: str) -> str:
    """One character as Python writes it: `\\n`, `\\x1b`, `\\u202e`, `\\U000e0041`."""
    short = _SHORT.get(char)
    if short:
        return short
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def encodable(text: str) -> str:
    """`text` with lone surrogates written out as escapes, so that UTF-8 can hold it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def cells(text: str) -> int:
    """How many columns of a terminal visible text takes: two for wide letters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


@lru_cache(maxsize=4096)
def _cells_of(char: str) -> int:
    if char < "\u0300":
        return 1
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
