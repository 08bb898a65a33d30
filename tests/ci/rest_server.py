"""GitHub's REST API, played on this machine: real sockets, a real repository, reviews and comments that stay.

Each call is checked against the published shapes (paths, headers, bodies, unknown fields); one that would be wrong at
the service is answered with 400, kept in `state.violations`, and fails the test at the end.

    with RestServer(repository, head="topic") as server:
        api = Api(server.url, server.state.token)
        server.fail("POST .*/reviews", status=502, after=True)      # carried out, and answered with 502 all the same
        server.fail("GET .*", status=429, headers={"retry-after": "3"})
        server.fail("GET .*", body=b"{")
"""

from __future__ import annotations

import base64
import contextlib
import json
import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from subprocess import CalledProcessError
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
from rest_git import Repository, lines_in
from rest_shapes import (
    ORDER,
    OTHER_HUNK,
    OUTSIDE,
    WRONG_PATH,
    Blob,
    Body,
    Comment,
    Commit,
    Query,
    Reference,
    Review,
    Tree,
)
from rest_state import Fault, Json, Refused, State


class RestServer:
    """The service, with one repository and one pull request in it."""

    def __init__(
        self,
        repository: Repository,
        head: str = "topic",
        base: str = "main",
        *,
        name: str = "owner/vault",
        number: int = 7,
        enterprise: bool = False,
    ) -> None:
        self.repository = repository
        self.head, self.base, self.name, self.number = head, base, name, number
        self.state = State()
        self.faults: list[Fault] = []
        self.lock = Lock()
        self.root = "/api/v3" if enterprise else ""
        self.graphql = "/api/graphql" if enterprise else "/graphql"
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}{self.root}"

    def __enter__(self) -> RestServer:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        if kind is None:
            assert [] == self.state.violations

    def fail(self, match: str, **more: Any) -> None:
        """Calls (`METHOD path`) that match this pattern as a whole go wrong; see `Fault`."""
        self.faults.append(Fault(match, **more))

    @property
    def head_sha(self) -> str:
        return self.repository.id(f"refs/heads/{self.head}")

    def answer(self, method: str, path: str, data: bytes) -> tuple[int, Json]:
        """Effect: carries a call out. Status and body; raises `Refused`."""
        if (method, path) == ("POST", self.graphql):
            self._read(data, Query)
            viewer = self.state.viewer
            return 200, {"data": {"viewer": {"login": viewer["login"], "databaseId": viewer["id"]}}}
        for expected, pattern, call in self._routes():
            found = re.fullmatch(self.root + pattern, path)
            if found and method == expected:
                return call(data, *map(unquote, found.groups()))
        raise self._wrong(f"no such call: {method} {path}")

    def _routes(self) -> list[tuple[str, str, Callable[..., tuple[int, Json]]]]:
        here = f"/repos/{re.escape(self.name)}"
        pull = f"{here}/pulls/{self.number}"
        return [
            ("GET", pull, self._get_pull),
            ("GET", f"{pull}/files", self._get_files),
            ("GET", f"{pull}/reviews", lambda _: (200, self.state.reviews)),
            ("POST", f"{pull}/reviews", self._post_review),
            ("PUT", f"{pull}/reviews/([0-9]+)", self._put_review),
            ("GET", f"{pull}/comments", lambda _: (200, self.comments())),
            ("PATCH", f"{here}/pulls/comments/([0-9]+)", self._patch_comment),
            ("DELETE", f"{here}/pulls/comments/([0-9]+)", self._delete_comment),
            ("GET", f"{here}/git/commits/([0-9a-f]{{40}})", self._get_commit),
            ("POST", f"{here}/git/blobs", self._post_blob),
            ("POST", f"{here}/git/trees", self._post_tree),
            ("POST", f"{here}/git/commits", self._post_commit),
            ("PATCH", f"{here}/git/refs/heads/(.+)", self._patch_reference),
        ]

    # Pull requests

    def _get_pull(self, _: bytes) -> tuple[int, Json]:
        base = self.repository.id(f"refs/heads/{self.base}")
        head = {"sha": self.head_sha, "ref": self.head, "repo": {"full_name": self.name}}
        return 200, {"number": self.number, "state": "open", "head": head, "base": {"sha": base, "ref": self.base}}

    def _get_files(self, _: bytes) -> tuple[int, Json]:
        files = []
        for path, status, patch in self.repository.patches(self.base, self.head_sha):
            shown = {} if patch is None or path in self.state.without_patch else {"patch": patch}
            files.append({"sha": "0" * 40, "filename": path, "status": status, "changes": 1, **shown})
        return 200, files

    def _post_review(self, data: bytes) -> tuple[int, Json]:
        self._may("pull-requests: write")
        review = self._read(data, Review)
        commit = review.commit_id or self.head_sha
        if not review.body.strip() and review.event != "APPROVE":
            raise self._wrong("a review that comments needs a body")
        if not self.repository.works("merge-base", "--is-ancestor", commit, self.head_sha):
            raise Refused(422, "Unprocessable Entity", ["commit_id is not part of the pull request"])
        patches = {path: patch for path, _, patch in self.repository.patches(self.base, commit)}
        errors = [fault for one in review.comments if (fault := self._fault(patches, one))]
        if errors:
            raise Refused(422, "Unprocessable Entity", [", and ".join(dict.fromkeys(errors))])
        number = 1000 + len(self.state.calls)
        made = {"id": number, "user": self.state.viewer, "body": review.body, "state": "COMMENTED", "commit_id": commit}
        self.state.reviews.append(made)
        for one in review.comments:
            self.add_comment(one, commit, number)
        return 200, made

    def _fault(self, patches: dict[str, str | None], one: Comment) -> str | None:
        if one.path not in patches:
            return WRONG_PATH
        if one.start_line is not None and one.start_line >= one.line:
            return ORDER
        if (one.start_line is None) != (one.start_side is None):
            self._wrong("start_line and start_side go together")
        hunk = next((lines for lines in lines_in(patches[one.path] or "") if one.line in lines), None)
        if hunk is None or (one.path, one.line) in self.state.refused_lines:
            return OUTSIDE
        return OTHER_HUNK if one.start_line is not None and one.start_line not in hunk else None

    def add_comment(
        self, one: Comment, commit: str, review: int, author: Json = None, reply_to: int | None = None
    ) -> int:
        """Effect: a comment, as somebody makes it; its number."""
        number: int = max([5000, *(there["id"] for there in self.state.comments)]) + 1
        made = {
            "id": number,
            "pull_request_review_id": review,
            "user": author or self.state.viewer,
            "path": one.path,
            "body": one.body,
            "original_commit_id": commit,
            "original_line": one.line,
            "original_start_line": one.start_line,
            **({"in_reply_to_id": reply_to} if reply_to is not None else {}),
        }
        self.state.comments.append(made)
        return number

    def comments(self) -> list[dict[str, Json]]:
        """All comments where they stand now: without a line where that was changed, or left the diff."""
        now = self.head_sha
        shown = {path: lines_in(patch or "") for path, _, patch in self.repository.patches(self.base, now)}
        found = []
        for one in self.state.comments:
            last, path = one["original_line"], one["path"]
            first = one["original_start_line"] or last
            lines = [self.repository.line_now(one["original_commit_id"], now, path, n) for n in range(first, last + 1)]
            there = None not in lines and any(lines[-1] in hunk for hunk in shown.get(path, ()))
            there = there and not one.get("outdated")
            start = lines[0] if there and one["original_start_line"] else None
            found.append(one | {"line": lines[-1] if there else None, "start_line": start, "side": "RIGHT"})
        return found

    def _put_review(self, data: bytes, number: str) -> tuple[int, Json]:
        self._may("pull-requests: write")
        return 200, self._edit(self.state.reviews, number, self._read(data, Body))

    def _patch_comment(self, data: bytes, number: str) -> tuple[int, Json]:
        self._may("pull-requests: write")
        return 200, self._edit(self.state.comments, number, self._read(data, Body))

    def _delete_comment(self, data: bytes, number: str) -> tuple[int, Json]:
        self._may("pull-requests: write")
        self.state.comments.remove(self._own(self.state.comments, number))
        return 204, None

    def _edit(self, there: list[dict[str, Json]], number: str, wanted: Body) -> Json:
        found = self._own(there, number)
        found["body"] = wanted.body
        return found

    def _own(self, there: list[dict[str, Json]], number: str) -> dict[str, Json]:
        found = next((one for one in there if one["id"] == int(number)), None)
        if found is None:
            raise Refused(404, "Not Found")
        if found["user"]["id"] != self.state.viewer["id"]:
            raise self._wrong(f"{found['id']} is somebody else's")
        return found

    # The git database

    def _get_commit(self, _: bytes, commit: str) -> tuple[int, Json]:
        if not self.repository.works("cat-file", "-e", f"{commit}^{{commit}}"):
            raise Refused(404, "Not Found")
        return 200, {"sha": commit, "tree": {"sha": self.repository.id(f"{commit}^{{tree}}")}}

    def _post_blob(self, data: bytes) -> tuple[int, Json]:
        self._may("contents: write")
        blob = self._read(data, Blob)
        content = base64.b64decode(blob.content, validate=True) if blob.encoding == "base64" else blob.content.encode()
        return 201, {"sha": self.repository.blob(content)}

    def _post_tree(self, data: bytes) -> tuple[int, Json]:
        self._may("contents: write")
        wanted = self._read(data, Tree)
        entries = [(one.path, one.mode, one.sha) for one in wanted.tree]
        return 201, {"sha": self.repository.tree(wanted.base_tree, entries)}

    def _post_commit(self, data: bytes) -> tuple[int, Json]:
        self._may("contents: write")
        wanted = self._read(data, Commit)
        return 201, {"sha": self.repository.commit(wanted.tree, wanted.parents, wanted.message)}

    def _patch_reference(self, data: bytes, branch: str) -> tuple[int, Json]:
        self._may("contents: write")
        wanted = self._read(data, Reference)
        name = f"refs/heads/{branch}"
        if not self.repository.works("rev-parse", "--verify", "-q", name):
            raise Refused(422, "Reference does not exist")
        if not wanted.force and not self.repository.works("merge-base", "--is-ancestor", name, wanted.sha):
            raise Refused(422, "Update is not a fast forward")
        self.repository.ask("update-ref", name, wanted.sha)
        return 200, {"ref": name, "object": {"type": "commit", "sha": wanted.sha}}

    # What all calls share

    def _may(self, permission: str) -> None:
        if permission not in self.state.permissions:
            raise Refused(403, "Resource not accessible by integration")

    def _read(self, data: bytes, shape: type[Any]) -> Any:
        try:
            return msgspec.json.decode(data, type=shape)
        except msgspec.DecodeError as error:
            raise self._wrong(f"{shape.__name__}: {error}") from None

    def _wrong(self, what: str) -> Refused:
        self.state.violations.append(what)
        return Refused(400, what)

    def check_headers(self, headers: Any, data: bytes) -> None:
        """Raises `Refused` where the headers are not those that are documented."""
        if headers.get("Authorization") != f"Bearer {self.state.token}":
            raise Refused(401, "Bad credentials")
        wanted = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        if data:
            wanted["Content-Type"] = "application/json"
        for name, value in wanted.items():
            if headers.get(name) != value:
                raise self._wrong(f"{name} is {headers.get(name)!r}")
        if not headers.get("User-Agent", "").startswith("vaultlint/"):
            raise self._wrong("no User-Agent")

    def fault_for(self, call: str) -> Fault | None:
        for fault in self.faults:
            if fault.times > 0 and re.fullmatch(fault.match, call):
                fault.times -= 1
                return fault
        return None


def _handler(server: RestServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = urlsplit(self.path)
            call = f"{self.command} {parts.path.removeprefix(server.root)}"
            with server.lock:
                server.state.calls.append(call)
                fault = server.fault_for(call)
                status, body = 200, b""
                headers: dict[str, str] = {}
                if fault is None or fault.after:
                    status, body, headers = self.carried_out(parts.path, parts.query, data)
            if fault is not None:
                status, headers = fault.status or status, headers | fault.headers
                body = fault.body if fault.body is not None else body or b'{"message":"no luck"}'
            self.say(status, headers, body, cut=fault is not None and fault.cut)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do  # noqa: N815

        def carried_out(self, path: str, query: str, data: bytes) -> tuple[int, bytes, dict[str, str]]:
            try:
                server.check_headers(self.headers, data)
                status, answer = server.answer(self.command, path, data)
            except Refused as refused:
                return refused.status, json.dumps(refused.body).encode(), {}
            except CalledProcessError as error:
                return 422, json.dumps({"message": f"git: {error.stderr!r}"}).encode(), {}
            headers = {"x-ratelimit-remaining": "4999"}
            if isinstance(answer, list):
                answer, link = self.page(answer, path, {k: v[0] for k, v in parse_qs(query).items()})
                headers |= link
            return status, b"" if status == 204 else json.dumps(answer).encode(), headers

        def page(self, answer: list[Json], path: str, query: dict[str, str]) -> tuple[list[Json], dict[str, str]]:
            size, number = min(int(query.get("per_page", 30)), 100), int(query.get("page", 1))
            origin = server.url.removesuffix(server.root)
            last = max(-(-len(answer) // size), 1)
            named = {"prev": number - 1, "next": number + 1, "last": last, "first": 1}
            links = [
                f'<{origin}{path}?per_page={size}&page={to}>; rel="{name}"'
                for name, to in named.items()
                if 1 <= to <= last and to != number
            ]
            return answer[(number - 1) * size : number * size], {"Link": ", ".join(links)} if links else {}

        def say(self, status: int, headers: dict[str, str], body: bytes, *, cut: bool) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):  # a client that has read enough hangs up
                self.wfile.write(body[: len(body) // 2] if cut else body)
            self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
