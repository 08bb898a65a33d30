"""Arbitrary text as text in GitHub-flavoured Markdown: what a stranger wrote gets no meaning on the page.

Whatever Markdown could read is written as a numeric character reference: CommonMark (6.2, "Entity and numeric
character references") gives those no structural meaning, in a table cell or the text of a link no more than in a
paragraph. What the service reads after that, in each run of the finished text (mentions, numbers of issues, emoji,
addresses, formulas), is parted by an element around its sign, as its documentation advises for `$`. A space without
width would part it too, and be in whatever somebody copies from the page.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from vaultlint.report.escape import encodable, visible

_MARKUP = re.compile(r"[\\`*_{}\[\]()#+\-.!|~<>&=^$@:\"']")
_READ_LATER = re.compile(r"([@#$]|:(?=\S)|(?<=www)\.|(?<=gh)-)", re.IGNORECASE)
"""What starts a mention, the number of an issue, a formula, an emoji, or an address that becomes a link."""
_SAFE_IN_URL = "!#$%&'()*+,/:;=?@[]~"


def text(said: str) -> str:
    """`said` on one line that shows exactly that: no markup, HTML, mention, reference, link, image or formula."""
    parts = map(_references, _READ_LATER.split(visible(said)))
    return "".join([f"<span>{part}</span>" if number % 2 else part for number, part in enumerate(parts)])


def code(said: str) -> str:
    """`said` on one line as code, to be copied as it stands; in a table cell or a link too."""
    return f"<code>{_references(visible(said))}</code>"


def link(label: str, url: str) -> str:
    """A link that shows `label`, which is Markdown already, as `text` and `code` make it."""
    return f"[{label}](<{quote(encodable(url), safe=_SAFE_IN_URL)}>)"


def _references(shown: str) -> str:
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", shown)
