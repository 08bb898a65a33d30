"""Which properties hold dates, by their names."""

from __future__ import annotations

import re
from functools import lru_cache

_APART = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")

DATE_NAMES = frozenset(
    {
        "birthday",
        "completed",
        "created",
        "created at",
        "created on",
        "creation date",
        "date",
        "date created",
        "date modified",
        "date updated",
        "datetime",
        "deadline",
        "due",
        "due date",
        "end date",
        "last modified",
        "last updated",
        "lastmod",
        "modified",
        "modified at",
        "modified on",
        "published",
        "publish date",
        "scheduled",
        "start date",
        "updated",
        "updated at",
        "updated on",
    }
)
"""Names, as `plain_name` gives them, under which people keep dates."""


@lru_cache(maxsize=1024)
def plain_name(key: str) -> str:
    """A property's name in lower case, words apart: `created at` of `createdAt`."""
    return _APART.sub(" ", key.strip()).lower()
