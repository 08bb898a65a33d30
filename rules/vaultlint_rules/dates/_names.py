"""Which properties hold dates, by their names."""

from __future__ import annotations

import re
from functools import lru_cache

_APART = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")

CREATED_NAMES = frozenset(
    {"created", "created at", "created on", "creation date", "date created"},
)
"""Names of the day on which a note was made, as `plain_name` gives them."""

MODIFIED_NAMES = frozenset(
    {
        "date modified",
        "date updated",
        "last modified",
        "last updated",
        "lastmod",
        "modified",
        "modified at",
        "modified on",
        "updated",
        "updated at",
        "updated on",
    }
)
"""Names of the day on which a note was last changed."""

PAST_NAMES = CREATED_NAMES | MODIFIED_NAMES | {"birthday", "completed", "date of birth"}
"""Names of days that have been. What is published or begins may well be planned, and `date` may be anything's."""

DATE_NAMES = PAST_NAMES | {
    "date",
    "datetime",
    "deadline",
    "due",
    "due date",
    "end date",
    "published",
    "publish date",
    "scheduled",
    "start date",
}
"""Names under which people keep dates."""


@lru_cache(maxsize=1024)
def plain_name(key: str) -> str:
    """A property's name in lower case, words apart: `created at` of `createdAt`."""
    return _APART.sub(" ", key.strip()).lower()
