"""URLs of vaults: telling them from paths, and showing them without what is secret."""

from __future__ import annotations

import re

_URL = re.compile(r"[a-z][a-z0-9+.-]+(?:://|::)")
_USER = re.compile(r"(?<=://)[^/@\s]*@|[^/:@\s'\"]+:[^/@\s'\"]+@")
"""`user:password@` wherever it stands, and whatever stands before an `@` behind a scheme."""
_QUERY = re.compile(r"\?[^\s'\"]*?(?=::|[\s'\"]|$)")


def is_url(place: object) -> bool:
    """Whether this is a word that names a place that fsspec opens: `s3://bucket/vault`, `zip://::notes.zip`.

    The drive of a Windows path is one letter, and no scheme is.
    """
    return isinstance(place, str) and _URL.match(place) is not None


def masked(text: str) -> str:
    """A text without the users, passwords and keys of the URLs in it, to be shown."""
    return _QUERY.sub("?***", _USER.sub("***@", text))
