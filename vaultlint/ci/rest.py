"""GitHub's REST API, as far as a pull request's job needs it: one call at a time, bounded in every direction.

Sources: GitHub's documentation, "Getting started with the REST API" (headers), "Using pagination", "Rate limits for
the REST API" and "Best practices for using the REST API" (what to wait for and how long).

The standard library sends: a few dozen calls a job need no pool of connections, its opener takes proxies from the
environment, and what has to be decided here (how long a job may wait in all, which call may be sent twice, where the
token may go) is what a library would leave to us. So the Action installs nothing for it.
"""

from __future__ import annotations

import re
import time
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote, urlencode, urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

import msgspec
from msgspec import Struct, field

from vaultlint._version import __version__
from vaultlint.report.escape import visible
from vaultlint.rule.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    class Clock(Protocol):
        """What a call waits by: the module `time`, or a test's own."""

        def time(self) -> float:
            """Seconds since 1970, UTC."""

        def sleep(self, seconds: float, /) -> None:
            """Effect: waits."""


API_VERSION: Final = "2022-11-28"
LONGEST_WAIT: Final = 60.0
"""Seconds that all calls of a job may wait together for limits and for a service that is down."""
ATTEMPTS: Final = 4
TIMEOUT: Final = 15.0
"""Seconds without a byte. The service ends a call that takes it more than 10 (its page "Timeouts")."""
LARGEST_ANSWER: Final = 32 * 1024 * 1024
PER_PAGE: Final = 100
PAGES: Final = 40
"""Of 100 each: the service lists at most 3,000 files of a pull request."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_NEXT = re.compile(r'<([^<>]{1,4096})>[^<,]{0,256}?\brel="?next\b')
_SAID = 300
"""Characters of the service's own words that a message repeats."""

T = TypeVar("T")


class RestError(Exception):
    """The service did not do what it was asked; one line for people, which never holds the token."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status
        """Of HTTP; 0 where there was no answer, or none that can be read."""

    @property
    def refused(self) -> bool:
        """Whether it was certainly not done; where it was not refused, look before asking again."""
        return 400 <= self.status < 500


class Viewer(Struct, frozen=True):
    """Who the token speaks for, as the authors of comments are told apart."""

    login: str
    id: int = field(name="databaseId")


class Api:
    """The API at one address, with one token. Not for several threads."""

    def __init__(self, base: str, token: str | None, clock: Clock = time) -> None:
        """`base` is `GITHUB_API_URL`. Raises `UserError` where the token would go over the net in the clear."""
        try:
            parts = urlsplit(base)
        except ValueError:
            parts = urlsplit("")
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        if not safe or not parts.hostname or parts.username is not None:
            shown = visible(parts.hostname or base)  # before an '@' there may be a password
            raise UserError(f"the address of the API ('{shown}') must be 'https://' and a host")
        self._base = base.rstrip("/")
        self._origin = (parts.scheme, parts.netloc.lower())
        self._token = (token or "").strip()
        if not (self._token.isascii() and self._token.isprintable()):
            raise UserError("the token for the API holds characters that no token has")
        self._clock = clock
        self._waited = 0.0
        self._opener = OpenerDirector()  # without handlers that follow redirects or raise: each answer is judged here
        if parts.scheme == "https":
            self._opener.add_handler(ProxyHandler())
        self._opener.add_handler(HTTPSHandler())
        self._opener.add_handler(HTTPHandler())

    def get(self, path: str, shape: type[T], need: str = "") -> T:
        """Effect: asks the service. What it answers; raises `RestError`.

        `need` is the permission that the workflow must grant, for the message: `pull-requests: read`.
        """
        return _decoded(self._send("GET", self._base + path, need=need).body, shape)

    def pages(self, path: str, shape: type[T], need: str = "") -> list[T]:
        """Effect: asks the service. All pages of a list of `shape`; raises `RestError`, also where there are too many.

        The address of the next page is the service's own word; one at another host is refused.
        """
        found: list[T] = []
        url = f"{self._base}{path}?{urlencode({'per_page': PER_PAGE})}"
        for _ in range(PAGES):
            answer = self._send("GET", url, need=need)
            found += _decoded(answer.body, list[shape])  # type: ignore[valid-type]  # a type that is a value
            more = _NEXT.search(answer.headers.get("link", ""))
            if more is None:
                return found
            url = self._same_origin(url, more[1])
        raise RestError(f"the service lists more than {PAGES * PER_PAGE:,} of what was asked for")

    def send(
        self, method: str, path: str, body: object, shape: type[T], need: str = "", *, repeatable: bool = True
    ) -> T:
        """Effect: changes something at the service. What it answers; raises `RestError`.

        What is not `repeatable` would be there twice if it were sent twice: it is sent again only where the service
        refused it for a limit.
        """
        data = msgspec.json.encode(body)
        return _decoded(self._send(method, self._base + path, data, need, repeatable=repeatable).body, shape)

    def delete(self, path: str, need: str = "") -> None:
        """Effect: removes something at the service, or finds it gone; raises `RestError`."""
        try:
            self._send("DELETE", self._base + path, need=need)
        except RestError as error:
            if error.status not in (404, 410):
                raise

    def viewer(self) -> Viewer:
        """Effect: asks the service. Who the token speaks for; raises `RestError`.

        A job's own token may not ask `GET /user`; the query `viewer` answers every kind of token.
        """
        # GitHub Enterprise Server has the two APIs side by side: /api/v3 and /api/graphql.
        url = self._base.removesuffix("/v3") + "/graphql"
        data = msgspec.json.encode({"query": "query { viewer { login databaseId } }"})
        answer = _decoded(self._send("POST", url, data, repeatable=True).body, _ViewerAnswer)
        if answer.data is None:
            raise RestError("the service does not say whom the token speaks for")
        return answer.data.viewer

    def _send(
        self, method: str, url: str, data: bytes | None = None, need: str = "", *, repeatable: bool = True
    ) -> _Answer:
        if not self._token:
            raise RestError("there is no token: the step needs 'GITHUB_TOKEN'", 401)
        problem = RestError("the service sends from one place to another")
        for attempt in range(ATTEMPTS):
            try:
                answer = self._once(method, url, data)
            except (OSError, HTTPException) as error:
                reason = visible(str(getattr(error, "reason", error)) or type(error).__name__)
                problem = RestError(f"no answer from the service: {self._hidden(reason)}")
                pause: float | None = 2.0**attempt
            else:
                if answer.status < 300:
                    return answer
                if answer.status in _MOVED:
                    url = self._moved(method, url, answer)
                    continue
                problem = self._problem(answer, need)
                pause = self._pause(answer, 2.0**attempt)
            may = repeatable or problem.refused
            if pause is None or not may or attempt == ATTEMPTS - 1 or not self.wait(pause):
                break
        raise problem

    def _once(self, method: str, url: str, data: bytes | None) -> _Answer:
        request = Request(url, data, method=method)  # noqa: S310  the constructor and `_same_origin` saw to it
        request.add_header("Accept", "application/vnd.github+json")
        request.add_header("Authorization", f"Bearer {self._token}")
        request.add_header("User-Agent", f"vaultlint/{__version__}")
        request.add_header("X-GitHub-Api-Version", API_VERSION)
        if data is not None:
            request.add_header("Content-Type", "application/json")
        with self._opener.open(request, timeout=TIMEOUT) as response:
            body: bytes = response.read(LARGEST_ANSWER + 1)
            headers = {name.lower(): value for name, value in response.headers.items()}
            if len(body) > LARGEST_ANSWER:
                raise RestError("the service's answer is larger than vaultlint reads", response.status)
            # `read` with a size says nothing of an answer that was cut off.
            if len(body) < (_number(headers.get("content-length")) or 0):
                raise HTTPException("the answer was cut off")
            return _Answer(response.status, headers, body)

    def _problem(self, answer: _Answer, need: str) -> RestError:
        status, said = answer.status, self._hidden(_said(answer.body))
        if status == 429 or _is_limit(answer, said):
            return RestError(f"the service's rate limit is reached ({said or status})", status)
        if status == 401:
            return RestError(f"the service does not accept the token ({said or status})", status)
        if status in (403, 404):
            wanted = f": the workflow needs 'permissions: {need}'" if need else ""
            return RestError(f"the token may not do this{wanted} ({said or status})", status)
        if status >= 500:
            return RestError(f"the service has an error of its own ({said or status})", status)
        return RestError(f"the service refuses ({said or status})", status)

    def _pause(self, answer: _Answer, backoff: float) -> float | None:
        """How long to wait before asking again; `None`: there is no use."""
        if answer.status >= 500:
            return _number(answer.headers.get("retry-after")) or backoff
        if answer.status == 429 or _is_limit(answer, _said(answer.body)):
            after = _number(answer.headers.get("retry-after"))
            if after is not None:
                return after
            reset = _number(answer.headers.get("x-ratelimit-reset"))
            if answer.headers.get("x-ratelimit-remaining") == "0" and reset is not None:
                return max(reset - self._clock.time(), 0.0) + 1.0  # their clock and ours may differ
            return LONGEST_WAIT  # documented for secondary limits that do not say: at least a minute
        return None

    def wait(self, seconds: float) -> bool:
        """Effect: waits, if the job may still wait that long; whether it did."""
        if self._waited + seconds > LONGEST_WAIT:
            return False
        self._waited += seconds
        self._clock.sleep(seconds)
        return True

    def _moved(self, method: str, url: str, answer: _Answer) -> str:
        """Where a renamed repository is now. 301 and 302 let a client turn a call into GET: only GET follows them."""
        if method != "GET" and answer.status not in (307, 308):
            raise RestError("the service has moved what was asked for", answer.status)
        return self._same_origin(url, answer.headers.get("location", ""))

    def _same_origin(self, url: str, where: str) -> str:
        """The address that an answer from `url` points to, if the token may go there."""
        try:
            found = urljoin(url, where)
            parts = urlsplit(found)
        except ValueError:
            raise RestError("the service points to an address that is none") from None
        if (parts.scheme, parts.netloc.lower()) != self._origin or not (found.isascii() and found.isprintable()):
            raise RestError("the service points to another host, which does not get the token")
        return found

    def _hidden(self, said: str) -> str:
        return said.replace(self._token, "***")


def path_of(*segments: str | int) -> str:
    """The path of a call: `/repos/owner/name/pulls/1`; what is no letter, digit or mark of an address is quoted.

    A name of a repository or a branch is several segments: split it.
    """
    return "".join(f"/{quote(str(segment), safe='')}" for segment in segments)


class _Answer(Struct, frozen=True):
    status: int
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes


class _ViewerData(Struct, frozen=True):
    viewer: Viewer


class _ViewerAnswer(Struct, frozen=True):
    data: _ViewerData | None = None


class _Refusal(Struct, frozen=True):
    message: str = ""
    errors: Any = None
    """Documented as sentences, or as objects with `resource`, `field`, `code` and `message`."""


_MOVED = frozenset((301, 302, 307, 308))


def _decoded(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body or b"null", type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RestError(f"the service's answer is not what it documents: {visible(str(error))}") from None


def _said(body: bytes) -> str:
    """The service's own words for why it refuses, on one line; empty where there are none."""
    try:
        refusal = msgspec.json.decode(body, type=_Refusal)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    errors = refusal.errors if isinstance(refusal.errors, list) else []
    words = [refusal.message, *(_fault(error) for error in errors)]
    said = visible("; ".join(word for word in words if word))
    return said if len(said) <= _SAID else f"{said[:_SAID]}..."


def _fault(error: object) -> str:
    if isinstance(error, dict):
        return str(error.get("message") or f"{error.get('field', '')} {error.get('code', '')}".strip())
    return error if isinstance(error, str) else ""


def _is_limit(answer: _Answer, said: str) -> bool:
    """Whether a 403 is a limit and not the want of a permission."""
    if answer.status != 403:
        return False
    headers = answer.headers
    spent = headers.get("x-ratelimit-remaining") == "0"
    return spent or "retry-after" in headers or "rate limit" in said.lower()


def _number(value: str | None) -> float | None:
    return float(value) if value is not None and re.fullmatch("[0-9]{1,12}", value) else None
