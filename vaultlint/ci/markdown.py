"""Arbitrary text as text in GitHub-flavoured Markdown: what a stranger wrote gets no meaning on the page.

Whatever Markdown could read is written as a numeric character reference: CommonMark (6.2, "Entity and numeric
character references") gives those no structural meaning, in a table cell or the text of a link no more than in a
paragraph. What the service reads after that, in the finished text (mentions, numbers of issues, emoji, addresses),
is parted by a space without width; formulas by the element that its documentation names for it.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from vaultlint.report.escape import encodable, visible

_MARKUP = re.compile(r"[\\`*_{}\[\]()#+\-.!|~<>&=^$@:\"']")
_READ_LATER = re.compile(r"[@#]|:(?=\S)|(?<=www)\.|(?<=gh)-", re.IGNORECASE)
"""What starts a mention, the number of an issue, an emoji, or an address that becomes a link."""
_SAFE_IN_URL = "!#$%&'()*+,/:;=?@[]~"


def text(said: str) -> str:
    """`said` on one line that shows exactly that: no markup, HTML, mention, reference, link, image or formula."""
    parted = _READ_LATER.sub("\\g<0>\u200b", visible(said))  # what is visible holds no such space of its own
    return _references(parted).replace("\u200b", "&#8203;").replace("&#36;", "<span>&#36;</span>")


def code(said: str) -> str:
    """`said` on one line as code, to be copied as it stands; in a table cell or a link too."""
    return f"<code>{_references(visible(said))}</code>"


def link(label: str, url: str) -> str:
    """A link that shows `label`, which is Markdown already, as `text` and `code` make it."""
    return f"[{label}](<{quote(encodable(url), safe=_SAFE_IN_URL)}>)"


def _references(shown: str) -> str:
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", shown)
