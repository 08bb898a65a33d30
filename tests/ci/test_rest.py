from __future__ import annotations

import socket
from collections.abc import Iterator
from threading import Thread

import pytest
from msgspec import Struct
from rest_clock import Clock
from rest_git import Repository
from rest_server import RestServer

from vaultlint.ci.rest import LONGEST_WAIT, Api, RestError, path_of
from vaultlint.rule.errors import UserError

PULL = "/repos/owner/vault/pulls/7"


class File(Struct):
    filename: str


class Pull(Struct):
    number: int


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository.new(tmp_path_factory.mktemp("repository"))
    made.put("topic", {f"{number}.md": "a\n" for number in range(120)})
    return made


@pytest.fixture
def server(repository: Repository) -> Iterator[RestServer]:
    with RestServer(repository) as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(server: RestServer, clock: Clock) -> Api:
    return Api(server.url, server.state.token, clock)


def test_get(api: Api) -> None:
    """A call sends the headers that the service documents, and reads what it asked for."""
    assert Pull(7) == api.get(PULL, Pull)


def test_pages(server: RestServer, api: Api) -> None:
    """A list is read to its last page, a hundred at a time."""
    files = api.pages(f"{PULL}/files", File)

    assert {f"{number}.md" for number in range(120)} == {file.filename for file in files}
    assert 2 == len(server.state.calls)


def test_endless_pages(server: RestServer, api: Api) -> None:
    """A list that never ends is given up."""
    again = {"Link": f'<{server.url}{PULL}/files?page=1>; rel="next"'}
    server.fail("GET .*", body=b"[]", status=200, headers=again, times=999)

    with pytest.raises(RestError, match="lists more than 4,000"):
        api.pages(f"{PULL}/files", File)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1/x", "https://example.org/x", "//example.org/x", "http://user@127.0.0.1/", "http://[", "/\xe4"],
)
def test_next_page_elsewhere(server: RestServer, api: Api, address: str) -> None:
    """A next page at another host is not asked for: the token does not go there."""
    server.fail("GET .*", body=b"[]", status=200, headers={"Link": f'<{address}>; rel="next"'})

    with pytest.raises(RestError, match="points to an"):
        api.pages(f"{PULL}/files", File)
    assert 1 == len(server.state.calls)


def test_moved(server: RestServer, api: Api) -> None:
    """A repository that was renamed is found where the service says."""
    server.fail(f"GET {PULL}", status=301, headers={"Location": f"{server.url}{PULL}"})

    assert Pull(7) == api.get(PULL, Pull)


@pytest.mark.parametrize(("method", "status"), [("GET", 302), ("GET", 307), ("POST", 308)])
def test_moved_elsewhere(server: RestServer, api: Api, method: str, status: int) -> None:
    """No call follows to another host."""
    with RestServer(server.repository) as other:
        server.fail(".*", status=status, headers={"Location": f"{other.url}{PULL}"})
        with pytest.raises(RestError, match="points to another host"):
            api.send(method, PULL, {}, Pull)
        assert [] == other.state.calls


def test_moved_for_ever(server: RestServer, api: Api) -> None:
    """A circle of addresses is left."""
    server.fail("GET .*", status=302, headers={"Location": f"{server.url}{PULL}"}, times=99)

    with pytest.raises(RestError, match="from one place to another"):
        api.get(PULL, Pull)


def test_post_is_not_turned_into_get(server: RestServer, api: Api) -> None:
    """A redirect that clients turn into GET is no answer to a change."""
    server.fail("POST .*", status=302, headers={"Location": f"{server.url}{PULL}"})

    with pytest.raises(RestError, match="has moved"):
        api.send("POST", PULL, {}, Pull)


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"Retry-After": "7"}, 7.0),
        (403, {"Retry-After": "7"}, 7.0),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000020"}, 21.0),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1600000000"}, 1.0),
        (429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000020"}, 21.0),
        (429, {}, 60.0),
        (503, {"Retry-After": "9"}, 9.0),
    ],
)
def test_limits(server: RestServer, api: Api, clock: Clock, status: int, headers: dict[str, str], wait: float) -> None:
    """A limit is waited for as long as the service says."""
    server.fail("GET .*", status=status, headers=headers)

    assert Pull(7) == api.get(PULL, Pull)
    assert [wait] == clock.waits


def test_secondary_limit(server: RestServer, api: Api, clock: Clock) -> None:
    """A limit that is told in words alone is one as well."""
    server.fail("GET .*", status=403, body=b'{"message": "You have exceeded a secondary rate limit."}')

    assert Pull(7) == api.get(PULL, Pull)
    assert [60.0] == clock.waits


def test_limited_change(server: RestServer, api: Api, clock: Clock) -> None:
    """What was refused for a limit was not done: it is sent again, though it must not be done twice."""
    server.fail("POST .*", status=429, headers={"Retry-After": "1"})
    server.fail("POST .*", status=200, body=b'{"number": 1}')

    assert Pull(1) == api.send("POST", PULL, {}, Pull, repeatable=False)


@pytest.mark.parametrize(
    "headers", [{"Retry-After": "61"}, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700003600"}]
)
def test_limit_too_far_away(server: RestServer, api: Api, clock: Clock, headers: dict[str, str]) -> None:
    """A job does not wait for a limit longer than it may: it gives up at once."""
    server.fail("GET .*", status=403, headers=headers)

    with pytest.raises(RestError, match="rate limit is reached"):
        api.get(PULL, Pull)
    assert [] == clock.waits


def test_waiting_in_all(server: RestServer, api: Api, clock: Clock) -> None:
    """All calls of a job together wait no longer than a minute."""
    server.fail("GET .*", status=429, headers={"Retry-After": "25"}, times=99)

    for _ in range(3):
        with pytest.raises(RestError, match="rate limit"):
            api.get(PULL, Pull)
    assert [25.0, 25.0] == clock.waits
    assert sum(clock.waits) <= LONGEST_WAIT


def test_service_down_for_a_moment(server: RestServer, api: Api, clock: Clock) -> None:
    """What may be asked twice is asked again, after growing pauses."""
    server.fail("GET .*", status=502, times=2)
    server.fail("GET .*", cut=True, after=True)

    assert Pull(7) == api.get(PULL, Pull)
    assert [1.0, 2.0, 4.0] == clock.waits


def test_service_down(server: RestServer, api: Api) -> None:
    """A service that stays down is given up."""
    server.fail("GET .*", status=500, times=99)

    with pytest.raises(RestError, match=r"an error of its own \(no luck\)") as caught:
        api.get(PULL, Pull)
    assert 4 == len(server.state.calls)
    assert not caught.value.refused


@pytest.mark.parametrize("fault", [{"status": 500}, {"cut": True, "status": 200}])
def test_change_is_not_repeated(server: RestServer, api: Api, fault: dict[str, int]) -> None:
    """What would be there twice is sent once: it may have been done though the answer failed."""
    server.fail("POST .*", **fault)

    with pytest.raises(RestError) as caught:
        api.send("POST", PULL, {}, Pull, repeatable=False)
    assert 1 == len(server.state.calls)
    assert not caught.value.refused


def test_nobody_there(clock: Clock, server: RestServer) -> None:
    """A service that can't be reached is said in a line."""
    api = Api("http://127.0.0.1:1", server.state.token, clock)

    with pytest.raises(RestError, match=r"^no answer from the service: .*refused"):
        api.get(PULL, Pull)


@pytest.mark.parametrize("status", [403, 404])
def test_want_of_a_permission(server: RestServer, api: Api, status: int) -> None:
    """A permission that is missing is named as the workflow must grant it."""
    server.fail("GET .*", status=status, body=b'{"message": "Resource not accessible by integration"}')

    with pytest.raises(RestError) as caught:
        api.get(PULL, Pull, "pull-requests: read")
    expected = "the token may not do this: the workflow needs 'permissions: pull-requests: read'"
    assert f"{expected} (Resource not accessible by integration)" == str(caught.value)


def test_wrong_token(server: RestServer, clock: Clock) -> None:
    """A token that the service does not know is said, and not shown."""
    with pytest.raises(RestError) as caught:
        Api(server.url, "ghs_wrong", clock).get(PULL, Pull)

    assert "the service does not accept the token (Bad credentials)" == str(caught.value)


def test_no_token(server: RestServer) -> None:
    """Without a token nothing is sent."""
    with pytest.raises(RestError, match="GITHUB_TOKEN"):
        Api(server.url, None).get(PULL, Pull)
    assert [] == server.state.calls


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            b'{"message": "Validation Failed", "errors": [{"field": "body", "code": "missing"}]}',
            "Validation Failed; body missing",
        ),
        (b'{"message": "No", "errors": ["this", {"message": "that"}]}', "No; this; that"),
        (b'{"message": "a\\u001b[31m\\nb"}', r"a\x1b[31m\nb"),
        (b"<html>", "422"),
        (b'{"message": 1}', "422"),
        (b"[" * 100_000, "422"),
    ],
)
def test_validation(server: RestServer, api: Api, body: bytes, said: str) -> None:
    """Why the service refuses is told in its own words, on one line without control characters."""
    server.fail("GET .*", status=422, body=body)

    with pytest.raises(RestError) as caught:
        api.get(PULL, Pull)
    assert f"the service refuses ({said})" == str(caught.value)
    assert caught.value.refused


def test_long_words(server: RestServer, api: Api) -> None:
    """A service that says a lot is cut short."""
    server.fail("GET .*", status=422, body=b'{"message": "%s"}' % (b"x" * 5000))

    with pytest.raises(RestError) as caught:
        api.get(PULL, Pull)
    assert len(str(caught.value)) < 400


def test_token_in_words(server: RestServer, api: Api) -> None:
    """A token that the service repeats is not told."""
    server.fail("GET .*", status=422, body=b'{"message": "not you, %s"}' % server.state.token.encode())

    with pytest.raises(RestError) as caught:
        api.get(PULL, Pull)
    assert "the service refuses (not you, ***)" == str(caught.value)


@pytest.mark.parametrize("body", [b"", b"{", b'{"number": "7"}', b"[]", b"\xff", b"[" * 100_000])
def test_malformed(server: RestServer, api: Api, body: bytes) -> None:
    """An answer that is not what the service documents is an error, not a crash."""
    server.fail("GET .*", status=200, body=body)

    with pytest.raises(RestError, match="not what it documents"):
        api.get(PULL, Pull)


def test_huge(server: RestServer, api: Api) -> None:
    """An answer without end is not read to its end."""
    server.fail("GET .*", status=200, body=b'{"number": 7}' + b" " * (33 * 1024 * 1024))

    with pytest.raises(RestError, match="larger than vaultlint reads"):
        api.get(PULL, Pull)


@pytest.mark.parametrize(
    "base",
    [
        "http://example.org",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "api.github.com",
        "",
        "https://a:secret@b/",
        "https://[",
    ],
)
def test_clear_text(base: str) -> None:
    """The token never goes over the net in the clear."""
    with pytest.raises(UserError, match="https://") as caught:
        Api(base, "ghs_x")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("token", ["a\nX-Injected: 1", "ä", "a\0"])
def test_token_that_is_none(token: str) -> None:
    """A token that would break out of its header is refused, and not shown."""
    with pytest.raises(UserError) as caught:
        Api("https://api.github.com", token)
    assert token not in str(caught.value)


def test_token_with_a_line_break(server: RestServer) -> None:
    """A line break at the end of a token, as files have one, is no part of it."""
    assert Pull(7) == Api(server.url, f"{server.state.token}\n").get(PULL, Pull)


@pytest.mark.parametrize("enterprise", [False, True])
def test_viewer(repository: Repository, enterprise: bool) -> None:
    """Whom the token speaks for is asked in a way that a job's own token may, on a server of one's own too."""
    with RestServer(repository, enterprise=enterprise) as server:
        viewer = Api(server.url, server.state.token).viewer()

    assert ("github-actions[bot]", 41898282) == (viewer.login, viewer.id)


@pytest.mark.parametrize("body", [b'{"errors": [{"message": "no"}]}', b'{"data": null}', b'{"data": {"viewer": null}}'])
def test_no_viewer(server: RestServer, api: Api, body: bytes) -> None:
    """A service that does not say is an error."""
    server.fail("POST /graphql", status=200, body=body)

    with pytest.raises(RestError):
        api.viewer()


def test_gone_already(server: RestServer, api: Api) -> None:
    """What is deleted twice is gone all the same."""
    api.delete("/repos/owner/vault/pulls/comments/5")

    assert ["DELETE /repos/owner/vault/pulls/comments/5"] == server.state.calls


def test_proxy(server: RestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call to this machine takes no proxy: it would hand the token over in the clear."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")

    assert Pull(7) == Api(server.url, server.state.token, Clock()).get(PULL, Pull)


def test_proxy_of_the_environment(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere the proxy of the environment is asked, which sees no token."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.settimeout(10)
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "")

        def listen() -> None:
            for _ in range(4):
                connection, _ = proxy.accept()
                with connection:
                    heard.append(connection.recv(4096))

        thread = Thread(target=listen)
        thread.start()
        with pytest.raises(RestError):
            Api("https://api.example.org", "ghs_secret", clock).get(PULL, Pull)
        thread.join()

    assert heard[0].startswith(b"CONNECT api.example.org:443 ")
    assert b"ghs_secret" not in b"".join(heard)


def test_path_of() -> None:
    """A name can't lead a call elsewhere."""
    assert "/repos/a%2F..%3Fx%23/%C3%A4%20b/7" == path_of("repos", "a/..?x#", "ä b", 7)
