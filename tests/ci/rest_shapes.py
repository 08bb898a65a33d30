"""The bodies of the calls as GitHub publishes them in its OpenAPI description; unknown fields are refused.

And the words in which it refuses comments.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

OUTSIDE = (
    "Pull request review thread line must be part of the diff and Pull request review thread diff hunk can't be blank"
)
WRONG_PATH = "Pull request review thread path is invalid and Pull request review thread diff hunk can't be blank"
OTHER_HUNK = "Pull request review thread start line must be part of the same hunk as the line."
ORDER = "Pull request review thread start line must precede the end line."


class Comment(Struct, forbid_unknown_fields=True):
    """One of `comments` of "Create a review for a pull request"; what is documented as deprecated is refused."""

    path: str
    body: str
    line: int
    side: Literal["LEFT", "RIGHT"] = "RIGHT"
    start_line: int | None = None
    start_side: Literal["LEFT", "RIGHT", "side"] | None = None


class Review(Struct, forbid_unknown_fields=True):
    event: Literal["APPROVE", "REQUEST_CHANGES", "COMMENT"]
    commit_id: str = ""
    body: str = ""
    comments: list[Comment] = []


class Body(Struct, forbid_unknown_fields=True):
    body: str


class Blob(Struct, forbid_unknown_fields=True):
    content: str
    encoding: Literal["utf-8", "base64"] = "utf-8"


class Entry(Struct, forbid_unknown_fields=True):
    path: str
    mode: Literal["100644", "100755", "040000", "160000", "120000"]
    type: Literal["blob", "tree", "commit"]
    sha: str | None


class Tree(Struct, forbid_unknown_fields=True):
    tree: list[Entry]
    base_tree: str | None = None


class Commit(Struct, forbid_unknown_fields=True):
    message: str
    tree: str
    parents: list[str] = []


class Reference(Struct, forbid_unknown_fields=True):
    sha: str
    force: bool = False


class Query(Struct, forbid_unknown_fields=True):
    query: Literal["query { viewer { login databaseId } }"]
