"""A commit on a branch of the repository, made through the service: no push, no credentials on disk.

Sources: GitHub's documentation of the git database: blobs, trees, commits, references.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha1
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from vaultlint.ci.rest import RestError, path_of
from vaultlint.report.escape import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.ci.rest import Api

MOST_FILES = 400
"""One call a file; the service grants a job about 1,000 calls an hour, and 500 that make something."""

WRITE = "contents: write"
READ = "contents: read"

_Id = Annotated[str, Meta(pattern="^[0-9a-f]{40}$")]


class CommitOutcome(Struct, frozen=True):
    """The commit that was made, or why there is none."""

    sha: str | None = None
    problem: str | None = None


class _Object(Struct, frozen=True):
    sha: _Id


class _Commit(Struct, frozen=True):
    sha: _Id
    tree: _Object


class _Reference(Struct, frozen=True):
    ref: str


def commit(
    api: Api, repository: str, branch: str, head_sha: str, files: Sequence[tuple[str, str, bytes]], message: str
) -> CommitOutcome:
    """Effect: makes a commit on `branch` of `repository` (`owner/name`). Never raises `RestError`.

    `head_sha` is its parent, and must still be the newest commit of the branch: the branch is only ever moved
    forward. `files` are path from the top of the repository, mode (`100644`) and bytes, which arrive exactly. The
    caller sees to it that the repository is the job's own.
    """
    if len(files) > MOST_FILES:
        return CommitOutcome(
            problem=f"more than {MOST_FILES} notes would change: the service grants no job so many calls"
        )
    database = path_of("repos", *repository.split("/"), "git")
    try:
        sha = _made(api, database, head_sha, files, message)
    except RestError as error:
        return CommitOutcome(problem=str(error))
    except UnicodeEncodeError:
        return CommitOutcome(problem="the name of a note is no UTF-8, which the service can't be told")
    path = database + path_of("refs", "heads", *branch.split("/"))
    try:
        api.send("PATCH", path, {"sha": sha, "force": False}, _Reference, WRITE)
    except RestError as error:
        if error.status in (409, 422):
            said = f"the branch '{visible(branch)}' has moved on, is gone or is protected ({error})"
            return CommitOutcome(problem=said)
        return CommitOutcome(problem=str(error))
    return CommitOutcome(sha)


def _made(api: Api, database: str, head_sha: str, files: Sequence[tuple[str, str, bytes]], message: str) -> str:
    """Effect: makes a commit that no branch has yet; its id. Raises `RestError`.

    All of this may be sent twice: objects of the same content are one, and a commit without a branch is nothing.
    """
    parent = api.get(database + path_of("commits", head_sha), _Commit, READ)
    entries = [
        {"path": path, "mode": mode, "type": "blob", "sha": _blob(api, database, data)} for path, mode, data in files
    ]
    tree = api.send("POST", f"{database}/trees", {"base_tree": parent.tree.sha, "tree": entries}, _Object, WRITE)
    wanted = {"message": message, "tree": tree.sha, "parents": [head_sha]}
    return api.send("POST", f"{database}/commits", wanted, _Object, WRITE).sha


def _blob(api: Api, database: str, data: bytes) -> str:
    """Effect: stores a file; its id, which proves that every byte arrived."""
    wanted = {"content": b64encode(data).decode(), "encoding": "base64"}
    sha = api.send("POST", f"{database}/blobs", wanted, _Object, WRITE).sha
    if sha != sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest():
        raise RestError("the service stored a note otherwise than it was sent")
    return sha
