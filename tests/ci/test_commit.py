from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rest_clock import Clock
from rest_git import Repository
from rest_server import RestServer

from vaultlint.ci.commit import MOST_FILES, CommitOutcome, commit
from vaultlint.ci.rest import Api

BYTES = b"\xef\xbb\xbf\xf0\x9f\x98\x80\r\ntwo\rthree\n\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository.new(tmp_path / "repository")
    made.put("topic/one", {"A.md": "old\n", "B.md": "stays\n", "notes/C.md": "old\n"})
    return made


@pytest.fixture
def server(repository: Repository) -> Iterator[RestServer]:
    with RestServer(repository, head="topic/one") as running:
        yield running


@pytest.fixture
def api(server: RestServer) -> Api:
    return Api(server.url, server.state.token, Clock())


def test_commit(server: RestServer, api: Api) -> None:
    """A commit stands on the newest one, changes the files given and no other, and holds every byte."""
    head, git = server.head_sha, server.repository
    files = [("A.md", "100644", BYTES), ("notes/ä 😀.md", "100755", b"")]

    outcome = commit(api, "owner/vault", "topic/one", head, files, "Mend\n\nthe notes 😀")

    assert CommitOutcome(server.head_sha) == outcome
    assert head == git.id("topic/one^")
    assert BYTES == git.ask("show", "topic/one:A.md")
    assert b"Mend\n\nthe notes \xf0\x9f\x98\x80" == git.ask("log", "-1", "--format=%B", "topic/one").rstrip()
    changes = git.ask("diff", "-z", "--raw", "--abbrev=4", head, "topic/one").decode().split("\0")
    assert ["A.md", "notes/ä 😀.md"] == changes[1::2]
    assert "100755" == changes[2].split()[1]


def test_branch_moved(server: RestServer, api: Api) -> None:
    """A branch that somebody moved on meanwhile is left alone, and that is said."""
    old = server.head_sha
    new = server.repository.put("topic/one", {"A.md": "mine\n"})

    outcome = commit(api, "owner/vault", "topic/one", old, [("A.md", "100644", b"new\n")], "Mend")

    expected = "the branch 'topic/one' has moved on, is gone or is protected"
    assert CommitOutcome(None, f"{expected} (the service refuses (Update is not a fast forward))") == outcome
    assert new == server.head_sha


def test_branch_gone(server: RestServer, api: Api) -> None:
    """A branch that was deleted is not made again."""
    head = server.head_sha

    outcome = commit(api, "owner/vault", "gone", head, [("A.md", "100644", b"new\n")], "Mend")

    assert outcome.problem is not None
    assert "the branch 'gone' has moved on, is gone" in outcome.problem
    assert not server.repository.works("rev-parse", "--verify", "refs/heads/gone")


def test_read_only(server: RestServer, api: Api) -> None:
    """A token that may not write is a problem that names the permission."""
    server.state.permissions = {"pull-requests: write"}
    head = server.head_sha

    outcome = commit(api, "owner/vault", "topic/one", head, [("A.md", "100644", b"new\n")], "Mend")

    expected = "the token may not do this: the workflow needs 'permissions: contents: write'"
    assert CommitOutcome(None, f"{expected} (Resource not accessible by integration)") == outcome
    assert head == server.head_sha


@pytest.mark.parametrize("call", ["POST .*/blobs", "POST .*/trees", "POST .*/commits", "PATCH .*"])
def test_answer_lost(server: RestServer, api: Api, call: str) -> None:
    """A call that was carried out though the answer failed is sent again, and there is one commit."""
    head = server.head_sha
    server.fail(call, status=502, after=True)
    server.fail(call, cut=True)

    outcome = commit(api, "owner/vault", "topic/one", head, [("A.md", "100644", b"new\n")], "Mend")

    assert CommitOutcome(server.head_sha) == outcome
    assert head == server.repository.id("topic/one^")


def test_bytes_changed(server: RestServer, api: Api) -> None:
    """A service that stores other bytes than were sent gets no commit."""
    head = server.head_sha
    server.fail("POST .*/blobs", status=201, body=b'{"sha": "%s"}' % (b"0" * 40))

    outcome = commit(api, "owner/vault", "topic/one", head, [("A.md", "100644", b"new\n")], "Mend")

    assert CommitOutcome(None, "the service stored a note otherwise than it was sent") == outcome
    assert head == server.head_sha


def test_name_that_is_no_text(server: RestServer, api: Api) -> None:
    """A name that is no UTF-8 can't be told, and nothing is committed."""
    head = server.head_sha

    outcome = commit(api, "owner/vault", "topic/one", head, [("\udcff.md", "100644", b"new\n")], "Mend")

    assert "the name of a note is no UTF-8, which the service can't be told" == outcome.problem
    assert head == server.head_sha


def test_many_files(server: RestServer, api: Api) -> None:
    """More files than a job has calls for are refused before the first call."""
    files = [(f"{number}.md", "100644", b"") for number in range(MOST_FILES + 1)]

    outcome = commit(api, "owner/vault", "topic/one", server.head_sha, files, "Mend")

    assert outcome.problem is not None
    assert [] == server.state.calls


def test_commit_that_is_unknown(server: RestServer, api: Api) -> None:
    """A commit that the service does not have is a problem."""
    outcome = commit(api, "owner/vault", "topic/one", "0" * 40, [("A.md", "100644", b"")], "Mend")

    assert outcome.problem is not None
    assert "Not Found" in outcome.problem
